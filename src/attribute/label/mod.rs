//! The units of a passage → which of them report, and which are reported.
//!
//! ```text
//! units + what the rules made of them ─▶ features ─▶ weights ─▶ the likeliest labels
//! ```
//!
//! A linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001) over the units of the skeleton, a quotation
//! being one of them. The rules stay: what they made of a unit is a feature of it. `weights.txt` is a list of named features that a person
//! can read; `examples/train_attribution` writes it. No name is a feature.

mod features;
mod part;
mod revise;
mod table;
mod view;

pub(super) use revise::revised;

use std::{collections::HashMap, sync::LazyLock};

use super::assign::{Draft, Source};
use part::{SEPARATOR, key, key_of};
use table::Table;
pub use view::TAGS;

/// What a unit is in what is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Nobody reports it, and it reports nothing.
    Outside,
    /// Reported, with its cue after it.
    Leading,
    /// Reported, with its cue before it or none.
    Trailing,
    /// Says who reports what stands before it: `…, Lund said`.
    Closing,
    /// Says who reports what stands after it: `Lund told reporters that …`.
    Opening,
}

impl Label {
    /// All labels, in the order of the weights.
    pub const ALL: [Label; 5] =
        [Label::Outside, Label::Leading, Label::Trailing, Label::Closing, Label::Opening];

    /// Whether such a unit is part of what is reported.
    pub fn is_reported(self) -> bool {
        matches!(self, Label::Leading | Label::Trailing)
    }
}

/// How many labels there are.
pub const LABELS: usize = Label::ALL.len();

/// A number for each label.
pub type Scores = [f32; LABELS];

/// The weights of one feature, in hundredths.
type Weights = [i16; LABELS];

/// The weights of features for each label, and of labels after each other.
#[derive(Clone, Debug)]
pub struct Labeler {
    emissions: Table,
    /// For each tag of a unit and each label before it, the factors by which that makes its labels likelier.
    follows: Vec<[Scores; LABELS]>,
    /// The same for the first unit of a passage.
    begins: Scores,
}

static ENGLISH: LazyLock<Labeler> = LazyLock::new(|| Labeler::read(include_str!("weights.txt")));

impl Labeler {
    /// The weights for English that are compiled into the program.
    pub fn english() -> &'static Labeler {
        &ENGLISH
    }

    /// Reads lines of weights, one for each label, and the name of a feature; `#` starts a comment. Other lines are passed over.
    pub fn read(text: &str) -> Labeler {
        let mut labeler = Labeler { emissions: Table::default(), follows: Vec::new(), begins: [0.0; LABELS] };
        let mut named: HashMap<&str, Weights> = HashMap::new();
        let mut rows: Vec<(u64, Weights)> = Vec::new();
        for line in text.lines().filter(|it| !it.starts_with('#')) {
            let Some((row, rest)) = row(line) else { continue };
            if rest == "begin" {
                labeler.begins = whole(row.map(i32::from)).map(f32::exp);
            } else if let Some(label) = rest.strip_prefix("follows ") {
                named.insert(label, row);
            } else {
                rows.push((key_of(rest), row));
            }
        }
        labeler.emissions = Table::new(&rows);
        for tag in TAGS {
            labeler.follows.push(Label::ALL.map(|label| {
                let label = format!("{label:?}").to_lowercase();
                let base = named.get(label.as_str()).copied().unwrap_or_default();
                let own = named
                    .get(format!("{label} {}", tag.to_lowercase()).as_str())
                    .copied()
                    .unwrap_or_default();
                whole(std::array::from_fn(|it| i32::from(base[it]) + i32::from(own[it]))).map(f32::exp)
            }));
        }
        labeler
    }

    /// How likely each label of each unit is, by the forward-backward algorithm with sums scaled to one.
    fn marginals(&self, scores: &[Scores], tags: &[usize]) -> Vec<Scores> {
        let local: Vec<Scores> = scores
            .iter()
            .map(|it| {
                let largest = it.iter().copied().fold(f32::MIN, f32::max);
                it.map(|it| (it - largest).exp())
            })
            .collect();
        let mut forward: Vec<Scores> = Vec::with_capacity(scores.len());
        for (at, local) in local.iter().enumerate() {
            let mut sums = self.begins;
            if let Some(before) = forward.last() {
                sums = [0.0; LABELS];
                for (before, row) in before.iter().zip(&self.follows[tags[at]]) {
                    sums.iter_mut().zip(row).for_each(|(sum, it)| *sum += before * it);
                }
            }
            sums.iter_mut().zip(local).for_each(|(sum, it)| *sum *= it);
            forward.push(scaled(sums));
        }
        let mut backward = [1.0; LABELS];
        for at in (0..scores.len()).rev() {
            let mut here = forward[at];
            here.iter_mut().zip(&backward).for_each(|(to, it)| *to *= it);
            forward[at] = scaled(here);
            backward.iter_mut().zip(&local[at]).for_each(|(to, it)| *to *= it);
            backward = scaled(
                self.follows[tags[at]]
                    .map(|row| row.iter().zip(&backward).map(|(one, other)| one * other).sum()),
            );
        }
        forward
    }

    #[inline]
    fn add(&self, key: u64, sums: &mut [i32; LABELS]) {
        if let Some(row) = self.emissions.get(key) {
            sums.iter_mut().zip(row).for_each(|(to, from)| *to += i32::from(*from));
        }
    }
}

impl Labeler {
    /// How likely each unit of a passage has each label, given what the rules made of it.
    pub(super) fn likely(&self, source: Source<'_>, drafts: &[Draft]) -> Vec<Scores> {
        let traits = view::traits(source, drafts);
        let mut tags = Vec::with_capacity(traits.len());
        let scores: Vec<Scores> = (0..traits.len())
            .map(|at| {
                let mut sums = [0; LABELS];
                features::features(&traits, at, |parts| self.add(key(parts), &mut sums));
                tags.push(traits[at].tag_index);
                whole(sums)
            })
            .collect();
        self.marginals(&scores, &tags)
    }
}

/// Hundredths as numbers.
fn whole(hundredths: [i32; LABELS]) -> Scores {
    #[expect(clippy::cast_precision_loss, reason = "sums of a hundred weights")]
    hundredths.map(|it| it as f32 / 100.0)
}

/// The weights of a line, hundredths in the file, and the name after them.
fn row(line: &str) -> Option<(Weights, &str)> {
    let mut rest = line;
    let mut row = [0; LABELS];
    for weight in &mut row {
        let (number, after) = rest.split_once(' ')?;
        *weight = number.parse().ok()?;
        rest = after;
    }
    Some((row, rest))
}

/// The same in proportion, with a sum of one.
fn scaled(row: Scores) -> Scores {
    let sum: f32 = row.iter().sum();
    row.map(|it| it / sum.max(f32::MIN_POSITIVE))
}

/// A unit as a trainer sees it.
#[derive(Clone, Debug)]
pub struct ObservedUnit {
    /// Its bytes in the passage, of a quotation with its marks.
    pub bytes: std::ops::Range<usize>,
    /// The names of its features.
    pub features: Vec<String>,
    /// The kind of word it is, on which depends how labels follow each other.
    pub tag: usize,
}

/// The units of a passage with their features.
pub(super) fn observed(source: Source<'_>, drafts: &[Draft]) -> Vec<ObservedUnit> {
    let traits = view::traits(source, drafts);
    let units = &source.skeleton.units;
    (0..traits.len())
        .map(|at| {
            let mut names = Vec::new();
            features::features(&traits, at, |parts| {
                let texts: Vec<String> = parts.iter().map(|it| it.text.to_ascii_lowercase()).collect();
                names.push(texts.join(&SEPARATOR.to_string()).replace(['\n', '\r'], " "));
            });
            ObservedUnit { bytes: units[at].start..units[at].end, features: names, tag: traits[at].tag_index }
        })
        .collect()
}
