//! Algebra of positions: where a pattern stands in a text, over sorted lists of the positions of
//! its words.
//!
//! The lists come from the words of a passage (`evaluate`) or from the postings of an index, and
//! mean the same. A pattern stands at a set of [`Stretch`]es: a word at its positions (from that of
//! `e` to that of `mail` where `e-mail` is another way to write it), a phrase where its words follow
//! each other, alternatives where any of them stands, two patterns near each other from the first
//! word of both to the last. What is marked of a match is found from the top
//! down: of two near each other both, not what stands between.

mod phrase;

use std::collections::BTreeSet;

use super::{Nearness, TextPattern, Within, WordPattern};
use morgue_core::article::Span;
use phrase::{innermost, joined_phrase_matches, phrase_matches, sorted};

pub use phrase::{Stretch, WordPlaces};

/// So many pairs of stretches are weighed for one `w/n` of one text; in a text with more, each
/// stretch is joined only to the nearest that follows. Bounds time and memory on a passage of a
/// hundred thousand words.
const PAIRS_MAX: usize = 65_536;

/// The words of a text, as far as a pattern asks for them.
#[derive(Clone, Copy)]
pub struct Positions<'a> {
    /// For each of the pattern's [words](Shape::new), in that order, where it stands.
    pub words: &'a [WordPlaces],
    /// Where sentences begin, the first left out: sorted.
    pub sentences: &'a [u32],
}

/// A pattern with numbers in place of its words.
#[derive(Clone, Debug)]
pub struct Shape {
    root: Part,
}

#[derive(Clone, Debug)]
enum Part {
    Word(usize),
    Phrase { words: Vec<usize>, slop: u32 },
    AnyOf(Vec<Part>),
    Near { sides: Box<[Part; 2]>, nearness: Nearness },
    NotNear { sides: Box<[Part; 2]>, nearness: Nearness },
    AtLeast { n: usize, of: Box<Part> },
}

impl Shape {
    /// The shape of a pattern, and its words, each once, by their numbers.
    pub fn new(pattern: &TextPattern) -> (Shape, Vec<&WordPattern>) {
        let mut words = Vec::new();
        let root = part(pattern, &mut words);
        (Shape { root }, words)
    }

    /// Where the pattern stands, sorted.
    pub fn matches(&self, text: Positions<'_>) -> Vec<Stretch> {
        text.of(&self.root)
    }

    /// How many times the pattern stands there.
    pub fn count(&self, text: Positions<'_>) -> usize {
        match &self.root {
            Part::Phrase { words, slop: 0 } if !text.has_joined(words) => text.count_phrase(words),
            root => text.of(root).len(),
        }
    }

    /// Whether nothing matches without each of its words.
    pub fn needs_each_word(&self) -> bool {
        self.root.needs_each_word()
    }

    /// What is to be marked of all matches; may overlap.
    pub fn shown(&self, text: Positions<'_>) -> Vec<Stretch> {
        let mut shown = Vec::new();
        text.show(&self.root, &text.of(&self.root), &mut shown);
        shown
    }

    /// Whether it asks where sentences begin.
    pub fn asks_for_sentences(&self) -> bool {
        self.root.asks_for_sentences()
    }
}

fn part<'p>(pattern: &'p TextPattern, words: &mut Vec<&'p WordPattern>) -> Part {
    let mut number = |word: &'p WordPattern| {
        words.iter().position(|it| *it == word).unwrap_or_else(|| {
            words.push(word);
            words.len() - 1
        })
    };
    match pattern {
        TextPattern::Word(word) => Part::Word(number(word)),
        TextPattern::Phrase { parts, slop } => {
            Part::Phrase { words: parts.iter().map(number).collect(), slop: *slop }
        }
        TextPattern::AnyOf(any) => Part::AnyOf(any.iter().map(|it| part(it, words)).collect()),
        TextPattern::Near { left, right, nearness } => {
            Part::Near { sides: Box::new([part(left, words), part(right, words)]), nearness: *nearness }
        }
        TextPattern::NotNear { left, right, nearness } => {
            Part::NotNear { sides: Box::new([part(left, words), part(right, words)]), nearness: *nearness }
        }
        TextPattern::AtLeast { n, of } => Part::AtLeast { n: *n as usize, of: Box::new(part(of, words)) },
    }
}

impl Part {
    fn needs_each_word(&self) -> bool {
        match self {
            Part::Word(_) | Part::Phrase { .. } => true,
            Part::Near { sides, .. } => sides.iter().all(Part::needs_each_word),
            Part::AtLeast { of, .. } => of.needs_each_word(),
            Part::AnyOf(_) | Part::NotNear { .. } => false,
        }
    }

    fn asks_for_sentences(&self) -> bool {
        match self {
            Part::Word(_) | Part::Phrase { .. } => false,
            Part::AnyOf(any) => any.iter().any(Part::asks_for_sentences),
            Part::Near { sides, nearness } | Part::NotNear { sides, nearness } => {
                nearness.within == Within::Sentence || sides.iter().any(Part::asks_for_sentences)
            }
            Part::AtLeast { of, .. } => of.asks_for_sentences(),
        }
    }
}

/// Whether a position is among sorted ones. Few are looked at all at once, faster than halving
/// finds its way among them.
fn has(positions: &[u32], at: u32) -> bool {
    const FEW: usize = 32;
    if positions.len() <= FEW { positions.contains(&at) } else { positions.binary_search(&at).is_ok() }
}

impl Positions<'_> {
    /// Whether any of the words stands where several words are another way to write it.
    fn has_joined(self, words: &[usize]) -> bool {
        words.iter().any(|it| !self.words[*it].joined.is_empty())
    }

    /// How many times the words follow each other without another between, where none is joined.
    fn count_phrase(self, words: &[usize]) -> usize {
        let alone = |word: usize| self.words[word].alone.as_slice();
        let Some((rarest, first)) = (0_u32..).zip(words).min_by_key(|it| alone(*it.1).len()) else {
            return 0;
        };
        let all_stand = |at: &u32| {
            at.checked_sub(rarest).is_some_and(|start| {
                (start..).zip(words).all(|(here, it)| here == *at || has(alone(*it), here))
            })
        };
        alone(*first).iter().filter(|it| all_stand(it)).count()
    }

    /// Where the part stands: sorted, without repeats.
    fn of(self, part: &Part) -> Vec<Stretch> {
        match part {
            Part::Word(word) => self.words[*word].stretches(),
            Part::Phrase { words, slop } if self.has_joined(words) => {
                let lists: Vec<Vec<Stretch>> = words.iter().map(|it| self.words[*it].stretches()).collect();
                joined_phrase_matches(&lists, *slop)
            }
            Part::Phrase { words, slop } => {
                let lists: Vec<&[u32]> = words.iter().map(|it| self.words[*it].alone.as_slice()).collect();
                phrase_matches(&lists, *slop)
            }
            Part::AnyOf(any) => any.iter().fold(Vec::new(), |mut found, it| {
                found.extend(self.of(it));
                sorted(found)
            }),
            Part::Near { sides, nearness } => {
                let mut found = Vec::new();
                self.pairs(sides, *nearness, |left, right| found.push(left.joined(right)));
                sorted(found)
            }
            Part::NotNear { sides, nearness } => {
                let [left, right] = &**sides;
                let left = self.of(left);
                if left.is_empty() {
                    return left;
                }
                let others = Others::new(self.of(right));
                left.into_iter().filter(|it| !others.any_near(self, *it, *nearness)).collect()
            }
            Part::AtLeast { n, of } => {
                let found = self.of(of);
                if found.len() >= *n { found } else { Vec::new() }
            }
        }
    }

    /// Adds what is to be marked of the `chosen` ones among the stretches of the part, which are
    /// sorted.
    fn show(self, part: &Part, chosen: &[Stretch], shown: &mut Vec<Stretch>) {
        if chosen.is_empty() {
            return;
        }
        match part {
            Part::Word(_) | Part::Phrase { .. } => shown.extend(chosen),
            Part::AnyOf(any) => {
                for part in any {
                    let mut own = self.of(part);
                    own.retain(|it| chosen.binary_search(it).is_ok());
                    self.show(part, &own, shown);
                }
            }
            Part::Near { sides, nearness } => {
                let mut used = [BTreeSet::new(), BTreeSet::new()];
                self.pairs(sides, *nearness, |left, right| {
                    if chosen.binary_search(&left.joined(right)).is_ok() {
                        used[0].insert(left);
                        used[1].insert(right);
                    }
                });
                for (part, used) in sides.iter().zip(used) {
                    self.show(part, &Vec::from_iter(used), shown);
                }
            }
            Part::NotNear { sides, .. } => self.show(&sides[0], chosen, shown),
            Part::AtLeast { of, .. } => self.show(of, chosen, shown),
        }
    }

    /// Calls `f` with each pair of stretches of the two sides that are near each other: the left
    /// side's, the right side's.
    fn pairs(self, sides: &[Part; 2], nearness: Nearness, mut f: impl FnMut(Stretch, Stretch)) {
        let left = self.of(&sides[0]);
        if left.is_empty() {
            return;
        }
        let right = self.of(&sides[1]);
        self.following(&left, &right, nearness.within, &mut |it, next| f(it, next));
        if !nearness.ordered {
            self.following(&right, &left, nearness.within, &mut |it, next| f(next, it));
        }
    }

    /// Calls `f` with each of the first and each of the second that follows it near enough.
    fn following(
        self,
        firsts: &[Stretch],
        seconds: &[Stretch],
        within: Within,
        f: &mut dyn FnMut(Stretch, Stretch),
    ) {
        let mut pairs = Vec::new();
        let mut n_weighed = 0;
        for &first in firsts {
            let from = seconds.partition_point(|it| it.first <= first.last);
            for &second in seconds[from..].iter().take_while(|it| self.may_follow(first, it.first, within)) {
                n_weighed += 1;
                if n_weighed > PAIRS_MAX {
                    return self.nearest_following(firsts, seconds, within, f);
                }
                if self.is_near(first, second, within) {
                    pairs.push((first, second));
                }
            }
        }
        pairs.into_iter().for_each(|(first, second)| f(first, second));
    }

    /// The same for each innermost of the first and only the nearest that follows it.
    fn nearest_following(
        self,
        firsts: &[Stretch],
        seconds: &[Stretch],
        within: Within,
        f: &mut dyn FnMut(Stretch, Stretch),
    ) {
        let seconds = innermost(seconds);
        for first in innermost(firsts) {
            let next = seconds.get(seconds.partition_point(|it| it.first <= first.last));
            if let Some(&next) = next.filter(|it| self.is_near(first, **it, within)) {
                f(first, next);
            }
        }
    }

    /// Whether what begins there can be near what stands before it; once it cannot, nothing behind
    /// can.
    fn may_follow(self, before: Stretch, first: u32, within: Within) -> bool {
        match within {
            Within::Words(n) => first - before.last <= n,
            Within::Sentence => self.sentence(before.first) == self.sentence(first),
            Within::Passage => true,
        }
    }

    /// Whether the second, which begins after the end of the first, is near it.
    fn is_near(self, first: Stretch, second: Stretch, within: Within) -> bool {
        match within {
            Within::Words(n) => second.first - first.last <= n,
            Within::Sentence => self.sentence(first.first) == self.sentence(second.last),
            Within::Passage => true,
        }
    }

    /// The number of the sentence that the word stands in.
    fn sentence(self, position: u32) -> usize {
        self.sentences.partition_point(|it| *it <= position)
    }
}

/// Stretches, ready to be asked whether one of them is near another.
struct Others {
    /// Sorted by the first word, each with the largest last word so far and the smallest last word
    /// from here on.
    by_first: Vec<(Stretch, u32, u32)>,
    /// Sorted by the last word, each with the largest first word so far.
    by_last: Vec<(Stretch, u32)>,
}

impl Others {
    fn new(mut stretches: Vec<Stretch>) -> Others {
        let mut largest = 0;
        let mut by_first: Vec<(Stretch, u32, u32)> = Vec::with_capacity(stretches.len());
        for it in &stretches {
            largest = largest.max(it.last);
            by_first.push((*it, largest, 0));
        }
        let mut smallest = u32::MAX;
        for it in by_first.iter_mut().rev() {
            smallest = smallest.min(it.0.last);
            it.2 = smallest;
        }
        stretches.sort_unstable_by_key(|it| it.last);
        let mut largest = 0;
        let by_last = stretches.into_iter().map(|it| {
            largest = largest.max(it.first);
            (it, largest)
        });
        Others { by_first, by_last: by_last.collect() }
    }

    /// Whether one of them is near it, as [`TextPattern::NotNear`] has it.
    fn any_near(&self, text: Positions<'_>, it: Stretch, nearness: Nearness) -> bool {
        let behind = self.by_first.partition_point(|other| other.0.first <= it.last);
        // The nearest begins first; the one that leaves the sentence last ends first.
        let follows = self.by_first.get(behind).is_some_and(|(other, _, last)| match nearness.within {
            Within::Words(n) => other.first - it.last <= n,
            Within::Sentence => text.sentence(it.first) == text.sentence(*last),
            Within::Passage => true,
        });
        let n_before = self.by_last.partition_point(|other| other.0.last < it.first);
        let before = n_before.checked_sub(1).and_then(|at| self.by_last.get(at));
        let precedes = before.is_some_and(|(other, first)| match nearness.within {
            Within::Words(n) => it.first - other.last <= n,
            Within::Sentence => text.sentence(*first) == text.sentence(it.last),
            Within::Passage => true,
        });
        let begun = |n: usize| n.checked_sub(1).and_then(|at| self.by_first.get(at)).map(|other| other.1);
        let begun_before = begun(self.by_first.partition_point(|other| other.0.first < it.first));
        let reaches_in = begun_before.is_some_and(|last| last >= it.first);
        let reaches_out = begun(behind).is_some_and(|last| last > it.last);
        follows || (precedes && !nearness.ordered) || reaches_in || reaches_out
    }
}

/// The spans sorted, and those that touch or overlap as one.
pub(super) fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last().copied() {
            Some(last) if span.start() <= last.end() => {
                let end = last.end().max(span.end());
                merged.pop();
                merged.extend(Span::new(last.start(), end));
            }
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests;
