//! Labels the tokens of a passage that report, and those that are reported.
//!
//! ```text
//! tokens + what the rules made of them ─▶ features ─▶ weights ─▶ the likeliest labels
//! ```
//!
//! A linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001) over the
//! tokens of masked sentences. What the rules made of a token is one of its features; no name is a
//! feature. `weights.txt` lists the features by readable names; `examples/train_attribution` writes
//! it.

mod features;
mod quotation;
mod revise;
mod since;
mod view;

pub(super) use revise::revised;

use std::{collections::HashMap, sync::LazyLock};

pub use crate::weights::TAGS;
use crate::{
    drafts::draft::Draft,
    passage::Parsed,
    weights::{Part, Sums, Table, key, key_of, line, name, parted, whole},
};
use features::{N_KINDS, features};
use view::PassageView;

/// What a token is in what is reported.
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
}

/// How many labels there are.
pub const LABELS: usize = Label::ALL.len();

/// A number for each label.
pub type Scores = [f32; LABELS];

/// The weights of one feature, in hundredths.
type Row = [i16; LABELS];

/// The weights of features for each label, and of labels after each other.
#[derive(Clone, Debug)]
pub struct Labeler {
    /// For each kind of feature, those of its kind.
    emissions: [Table; N_KINDS],
    /// For each tag of a token and each label before it, the factors that this contributes to its
    /// labels.
    follows: Vec<[Scores; LABELS]>,
    /// The same for the first token of a passage.
    begins: Scores,
}

static ENGLISH: LazyLock<Labeler> = LazyLock::new(|| Labeler::read(include_str!("weights.txt")));

impl Labeler {
    /// The weights for English that are compiled into the program.
    pub fn english() -> &'static Labeler {
        &ENGLISH
    }

    /// Reads lines of one weight for each label and the name of a feature. Other lines are skipped;
    /// `#` starts a comment.
    pub fn read(text: &str) -> Labeler {
        let mut begins = [0.0; LABELS];
        let mut named: HashMap<&str, Row> = HashMap::new();
        let mut rows: [Vec<(u64, Row)>; N_KINDS] = std::array::from_fn(|_| Vec::new());
        let (names, mut kind) = (features::names(), 0);
        for (row, rest) in text.lines().filter_map(line) {
            if rest == "begin" {
                begins = whole(row).map(f32::exp);
            } else if let Some(label) = rest.strip_prefix("follows ") {
                named.insert(label, row);
            } else if let Some((name, parts)) = parted(rest) {
                // The lines are sorted: most have the kind of the line before.
                if names[kind] != name {
                    kind = names.iter().position(|it| *it == name).unwrap_or(kind);
                }
                if names[kind] == name {
                    rows[kind].push((key_of(parts), row));
                }
            }
        }
        let follows = |tag: &str| {
            Label::ALL.map(|label| {
                let label = format!("{label:?}").to_lowercase();
                let base = named.get(label.as_str()).copied().unwrap_or_default();
                let own = named
                    .get(format!("{label} {}", tag.to_lowercase()).as_str())
                    .copied()
                    .unwrap_or_default();
                let sums = whole(std::array::from_fn(|it| base[it].saturating_add(own[it])));
                sums.map(|it| it.clamp(-FOLLOWS_MAX, FOLLOWS_MAX).exp())
            })
        };
        Labeler {
            emissions: rows.map(|it| Table::new(&it)),
            follows: TAGS.iter().copied().map(follows).collect(),
            begins,
        }
    }

    /// How likely each token of a passage has each label, given what the rules made of it.
    pub(super) fn likely(&self, passage: &Parsed<'_>, drafts: &[Draft]) -> Vec<Scores> {
        let mut local: Vec<Scores> = Vec::with_capacity(passage.tokens.len());
        let mut tags: Vec<u8> = Vec::with_capacity(passage.tokens.len());
        PassageView::new(passage, drafts).each(|near, context| {
            let mut sums = Sums::default();
            features(near, context, &mut |kind, parts| self.emissions[kind].add(key(parts), &mut sums));
            local.push(shares(sums.row()));
            tags.push(near.tag_index() as u8);
        });
        self.marginals(&local, &tags)
    }

    /// How likely each label of each token is, by the forward-backward algorithm, given how likely
    /// it is by itself.
    ///
    /// Sums are scaled to one every [`SCALED_EVERY`] tokens, before they leave the range of `f32`:
    /// a division for each token, which the next must wait for, would take most of the time.
    fn marginals(&self, local: &[Scores], tags: &[u8]) -> Vec<Scores> {
        let mut likely: Vec<Scores> = Vec::with_capacity(local.len());
        for (at, (local, tag)) in local.iter().zip(tags).enumerate() {
            let mut sums = self.begins;
            if let Some(before) = likely.last() {
                sums = [0.0; LABELS];
                for (before, row) in before.iter().zip(&self.follows[usize::from(*tag)]) {
                    sums.iter_mut().zip(row).for_each(|(sum, it)| *sum += before * it);
                }
            }
            sums.iter_mut().zip(local).for_each(|(sum, it)| *sum *= it);
            likely.push(if at % SCALED_EVERY == 0 { scaled(sums) } else { sums });
        }
        let mut backward = [1.0; LABELS];
        for at in (0..local.len()).rev() {
            let mut here = likely[at];
            here.iter_mut().zip(&backward).for_each(|(to, it)| *to *= it);
            likely[at] = scaled(here);
            backward.iter_mut().zip(&local[at]).for_each(|(to, it)| *to *= it);
            backward = self.follows[usize::from(tags[at])]
                .map(|row| row.iter().zip(&backward).map(|(one, other)| one * other).sum());
            if at % SCALED_EVERY == 0 {
                backward = scaled(backward);
            }
        }
        likely
    }
}

/// How many tokens share one scaling of the sums.
const SCALED_EVERY: usize = 8;
/// Largest weight of labels after each other: eight such factors, each over five labels, stay below
/// the largest `f32`.
const FOLLOWS_MAX: f32 = 8.0;

/// The likelihood of each label relative to the likeliest.
fn shares(sums: Row) -> Scores {
    let largest = sums.iter().copied().max().unwrap_or_default();
    sums.map(|it| EXP.get(usize::from(largest.abs_diff(it))).copied().unwrap_or_default())
}

/// `exp(-n / 100)` for each difference of `n` hundredths; beyond its end it is below a millionth.
static EXP: LazyLock<[f32; 1400]> = LazyLock::new(|| std::array::from_fn(|it| (-(it as f32) / 100.0).exp()));

/// Scales a row to a sum of one.
fn scaled(row: Scores) -> Scores {
    let sum: f32 = row.iter().sum();
    row.map(|it| it / sum.max(f32::MIN_POSITIVE))
}

/// A token as a trainer sees it.
#[derive(Clone, Debug)]
pub struct ObservedToken {
    /// Its bytes in the passage, of a quotation with its marks.
    pub bytes: std::ops::Range<usize>,
    /// The names of its features.
    pub features: Vec<String>,
    /// The kind of word it is, on which depends how labels follow each other.
    pub tag: usize,
}

/// The tokens of a passage with their features.
pub(super) fn observed(passage: &Parsed<'_>, drafts: &[Draft]) -> Vec<ObservedToken> {
    let view = PassageView::new(passage, drafts);
    let kinds = features::names();
    let mut found: Vec<ObservedToken> = Vec::with_capacity(passage.tokens.len());
    view.each(|near, context| {
        let mut names = Vec::new();
        features(near, context, &mut |kind, parts| {
            names.push(name(&[&[Part::new(kinds[kind])], parts].concat()));
        });
        let token = &passage.tokens[found.len()];
        let bytes = token.start()..token.end();
        found.push(ObservedToken { bytes, features: names, tag: near.tag_index() });
    });
    found
}
