//! The labels that marked attributions give to tokens, and the weights that teach them: a
//! linear-chain conditional random field, its gradient by the forward-backward algorithm, minimized
//! by RPROP.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    ops::Range,
    thread,
};

use morgue::attribute::label::{LABELS, Label, ObservedToken, TAGS};

use crate::{Lesson, gold::Attribution, rprop::Rprop};

/// A feature counts when it occurs in so many articles …
const ARTICLES_MIN: usize = 20;
/// … and one of a quotation in so many, since there are fewer of them …
const QUOTED_ARTICLES_MIN: usize = 5;
/// … of so many outlets.
const OUTLETS_MIN: usize = 3;
/// Steps of the search for the least loss.
const STEPS: usize = 60;
/// Weight of the quadratic penalty.
const PENALTY: f64 = 20.0;
/// Parts of the examples that are summed up by themselves, whatever the number of threads: sums of
/// floats depend on their order.
const PARTS: usize = 4;

fn articles_min(name: &str) -> usize {
    if name.starts_with("quote") { QUOTED_ARTICLES_MIN } else { ARTICLES_MIN }
}

/// The tokens of a passage with their labels.
pub(crate) struct Sequence {
    pub(crate) features: Vec<Vec<String>>,
    pub(crate) labels: Vec<Label>,
    pub(crate) tags: Vec<usize>,
}

/// Tokens of what reports stand at most so far from what they report.
const GAP_MAX: usize = 60;

/// What the attributions say of the tokens of a passage that begins at byte `offset`.
pub(crate) fn labeled(
    tokens: Vec<ObservedToken>,
    offset: usize,
    text: &str,
    marked: &[Attribution],
) -> Sequence {
    let mut labels = vec![Label::Outside; tokens.len()];
    let place = |it: &ObservedToken| it.bytes.start + offset..it.bytes.end + offset;
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return Sequence { features: Vec::new(), labels, tags: Vec::new() };
    };
    let passage = place(first).start..place(last).end;
    let within = |it: &&Range<usize>| it.start < passage.end && passage.start < it.end;
    // What reports first, then what is reported over it: an inner report is part of what the outer
    // one reports.
    let mut ordered: Vec<&Attribution> = marked.iter().collect();
    ordered.sort_by_key(|it| it.content.iter().map(Range::len).sum::<usize>());
    for it in &ordered {
        let frame: Vec<&Range<usize>> = it.cue.iter().chain(&it.source).filter(within).collect();
        let content: Vec<&Range<usize>> = it.content.iter().filter(within).collect();
        if content.is_empty() {
            continue;
        }
        for span in &frame {
            let leads = content.iter().any(|it| it.end <= span.start);
            let label = if leads { Label::Closing } else { Label::Opening };
            // Up to what it reports: `told reporters on Friday that`.
            let reach = content.iter().map(|it| it.start).filter(|it| *it >= span.end).min();
            let reach =
                reach.filter(|it| *it - span.end < GAP_MAX && !text[span.end..*it].contains(['.', ';']));
            let end = reach.unwrap_or(span.end);
            for (at, token) in tokens.iter().enumerate() {
                let token = place(token);
                if token.start < end && span.start < token.end {
                    labels[at] = label;
                }
            }
        }
    }
    for it in &ordered {
        let reports = it.cue.iter().chain(&it.source).filter(within).map(|it| it.start).min();
        let cue = it.cue.iter().filter(within).map(|it| it.start).min().or(reports);
        for span in it.content.iter().filter(within) {
            let label = if cue.is_some_and(|it| span.end <= it) { Label::Leading } else { Label::Trailing };
            for (at, token) in tokens.iter().enumerate() {
                let token = place(token);
                let covered = token.end.min(span.end).saturating_sub(token.start.max(span.start));
                if covered * 2 > token.len() {
                    labels[at] = label;
                }
            }
        }
    }
    Sequence {
        tags: tokens.iter().map(|it| it.tag).collect(),
        features: tokens.into_iter().map(|it| it.features).collect(),
        labels,
    }
}

/// A sequence with its features numbered.
struct Numbered {
    tags: Vec<usize>,
    starts: Vec<u32>,
    features: Vec<u32>,
    labels: Vec<u8>,
}

impl Numbered {
    fn token(&self, at: usize) -> &[u32] {
        &self.features[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// The lines of the weights that the sequences of the articles teach; each article with its name
/// and outlet.
pub(crate) fn trained(lessons: &[&(&Lesson, Vec<Sequence>)]) -> String {
    let mut seen: BTreeMap<&str, (u32, u32, BTreeSet<&str>)> = BTreeMap::new();
    for (number, (lesson, sequences)) in lessons.iter().copied().enumerate() {
        let outlet = lesson.article.outlet();
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        for name in sequences.iter().flat_map(|it| it.features.iter().flatten()) {
            let (last, count, outlets) = seen.entry(name).or_insert((u32::MAX, 0, BTreeSet::new()));
            if *last != number {
                *last = number;
                *count += 1;
                outlets.insert(outlet);
            }
        }
    }
    let kept = seen.iter().filter(|(name, (_, count, outlets))| {
        *count as usize >= articles_min(name) && outlets.len() >= OUTLETS_MIN
    });
    let names: Vec<&str> = kept.map(|(name, _)| *name).collect();
    let number: BTreeMap<&str, u32> = names.iter().enumerate().map(|(at, it)| (*it, at as u32)).collect();
    let sequences: Vec<Numbered> = lessons
        .iter()
        .flat_map(|it| &it.1)
        .filter(|it| !it.labels.is_empty())
        .map(|it| {
            let (mut starts, mut features) = (vec![0], Vec::new());
            for token in &it.features {
                features.extend(token.iter().filter_map(|it| number.get(it.as_str()).copied()));
                starts.push(features.len() as u32);
            }
            let labels = it.labels.iter().map(|it| *it as u8).collect();
            Numbered { tags: it.tags.clone(), starts, features, labels }
        })
        .collect();
    let weights = least_loss(&sequences, names.len());
    let mut lines = String::from(HEAD);
    let (emissions, joints) = weights.split_at(names.len() * LABELS);
    for (at, row) in joints.chunks(LABELS).enumerate() {
        let name = match at.checked_sub(LABELS + 1) {
            _ if at == LABELS => "begin".to_owned(),
            None => format!("follows {:?}", Label::ALL[at]).to_lowercase(),
            Some(it) => format!("follows {:?} {}", Label::ALL[it % LABELS], TAGS[it / LABELS]).to_lowercase(),
        };
        let _ = writeln!(lines, "{} {name}", row_text(row));
    }
    for (row, name) in emissions.chunks(LABELS).zip(names) {
        if row.iter().any(|it| it.abs() >= 0.03) {
            let _ = writeln!(lines, "{} {name}", row_text(row));
        }
    }
    lines
}

fn row_text(row: &[f64]) -> String {
    let texts: Vec<String> = row.iter().map(|it| format!("{:+.0}", it * 100.0)).collect();
    texts.join(" ")
}

const HEAD: &str = "# How much each feature of a unit speaks for its being outside, leading, trailing, closing and opening, in hundredths.
# Written by examples/train_attribution; see label/features.rs for what each name asks.
";

/// The weights of least loss: of each feature for each label, then of each label after each other,
/// then of the first.
fn least_loss(sequences: &[Numbered], n: usize) -> Vec<f64> {
    let size = n * LABELS + (LABELS + 1) * LABELS + TAGS.len() * LABELS * LABELS;
    let mut search = Rprop::new(size);
    // Parts of about as many tokens each.
    let all: usize = sequences.iter().map(|it| it.labels.len()).sum();
    let mut bounds = vec![0];
    let mut sum = 0;
    for (at, it) in sequences.iter().enumerate() {
        sum += it.labels.len();
        if sum * PARTS >= all * bounds.len() && bounds.len() < PARTS {
            bounds.push(at + 1);
        }
    }
    bounds.push(sequences.len());
    for step in 0..STEPS {
        let weights = &search.weights;
        let parts: Vec<(f64, Vec<f64>)> = thread::scope(|scope| {
            let running: Vec<_> = bounds
                .windows(2)
                .map(|it| &sequences[it[0]..it[1]])
                .map(|part| scope.spawn(move || slope(part, weights, n)))
                .collect();
            running.into_iter().map(|it| it.join().expect("no panic")).collect()
        });
        let mut slope: Vec<f64> = weights.iter().map(|it| PENALTY * it).collect();
        let mut loss = 0.0;
        for (part_loss, part) in parts {
            loss += part_loss;
            slope.iter_mut().zip(part).for_each(|(to, from)| *to += from);
        }
        search.step(&slope);
        if step % 20 == 0 || step + 1 == STEPS {
            eprintln!("step {step}: loss {:.4} a token", loss / all as f64);
        }
    }
    search.weights
}

/// The loss of the sequences and its slope, by the forward-backward algorithm with sums scaled to
/// one at each token.
fn slope(sequences: &[Numbered], weights: &[f64], n: usize) -> (f64, Vec<f64>) {
    let (emissions, joints) = weights.split_at(n * LABELS);
    let mut slope = vec![0.0; weights.len()];
    const BASE: usize = (LABELS + 1) * LABELS;
    let full: Vec<f64> = (0..TAGS.len())
        .flat_map(|tag| {
            (0..LABELS * LABELS).map(move |it| joints[it] + joints[BASE + tag * LABELS * LABELS + it])
        })
        .collect();
    let powers: Vec<f64> = full.iter().map(|it| it.exp()).collect();
    let begin: Vec<f64> = joints[LABELS * LABELS..BASE].iter().map(|it| it.exp()).collect();
    let mut loss = 0.0;
    for it in sequences {
        let length = it.labels.len();
        let mut local = vec![[0.0; LABELS]; length];
        let mut shift = 0.0;
        for at in 0..length {
            let mut scores = [0.0; LABELS];
            for feature in it.token(at) {
                let row = &emissions[*feature as usize * LABELS..][..LABELS];
                scores.iter_mut().zip(row).for_each(|(to, from)| *to += from);
            }
            let largest = scores.iter().copied().fold(f64::MIN, f64::max);
            shift += largest - scores[it.labels[at] as usize];
            let label = it.labels[at] as usize;
            shift -= match at.checked_sub(1) {
                None => joints[LABELS * LABELS + label],
                Some(before) => {
                    full[it.tags[at] * LABELS * LABELS + it.labels[before] as usize * LABELS + label]
                }
            };
            local[at] = scores.map(|it| (it - largest).exp());
        }
        let mut forward = vec![[0.0; LABELS]; length];
        for at in 0..length {
            let mut here = [0.0; LABELS];
            for to in 0..LABELS {
                let sum = if at == 0 {
                    begin[to]
                } else {
                    (0..LABELS)
                        .map(|from| {
                            forward[at - 1][from] * powers[it.tags[at] * LABELS * LABELS + from * LABELS + to]
                        })
                        .sum()
                };
                here[to] = sum * local[at][to];
            }
            let scale: f64 = here.iter().sum();
            loss += scale.ln();
            forward[at] = here.map(|it| it / scale);
        }
        loss += shift;
        let mut backward = [1.0; LABELS];
        for at in (0..length).rev() {
            let mut here: [f64; LABELS] = std::array::from_fn(|label| forward[at][label] * backward[label]);
            let sum: f64 = here.iter().sum();
            here.iter_mut().for_each(|it| *it /= sum);
            here[it.labels[at] as usize] -= 1.0;
            for feature in it.token(at) {
                let row = &mut slope[*feature as usize * LABELS..][..LABELS];
                row.iter_mut().zip(&here).for_each(|(to, from)| *to += from);
            }
            let joint = &mut slope[n * LABELS..];
            if at == 0 {
                (0..LABELS).for_each(|to| joint[LABELS * LABELS + to] += here[to]);
                break;
            }
            let ahead: [f64; LABELS] = std::array::from_fn(|to| local[at][to] * backward[to]);
            let mut pairs = [[0.0; LABELS]; LABELS];
            let mut all = 0.0;
            for from in 0..LABELS {
                for to in 0..LABELS {
                    let pair = forward[at - 1][from]
                        * powers[it.tags[at] * LABELS * LABELS + from * LABELS + to]
                        * ahead[to];
                    pairs[from][to] = pair;
                    all += pair;
                }
            }
            for from in 0..LABELS {
                for to in 0..LABELS {
                    joint[from * LABELS + to] += pairs[from][to] / all;
                    joint[BASE + it.tags[at] * LABELS * LABELS + from * LABELS + to] += pairs[from][to] / all;
                }
            }
            joint[it.labels[at - 1] as usize * LABELS + it.labels[at] as usize] -= 1.0;
            joint[BASE
                + it.tags[at] * LABELS * LABELS
                + it.labels[at - 1] as usize * LABELS
                + it.labels[at] as usize] -= 1.0;
            let before: [f64; LABELS] = std::array::from_fn(|from| {
                (0..LABELS)
                    .map(|to| powers[it.tags[at] * LABELS * LABELS + from * LABELS + to] * ahead[to])
                    .sum()
            });
            let scale: f64 = before.iter().sum();
            backward = before.map(|it| it / scale);
        }
    }
    (loss, slope)
}
