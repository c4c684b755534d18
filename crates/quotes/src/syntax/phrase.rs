//! Units of a skeleton → noun phrases that can be speakers: `he`, `Ms. Lund`, `a senior official`.
//!
//! A chunker without part-of-speech tags: the closed classes, the verbs of the lexicon and the signs end a phrase,
//! every other word belongs to it. A phrase is its core only: what follows in apposition or after a preposition is
//! not in it.

use std::ops::Range;

use crate::{
    lexicon::Classes,
    text::token::{Unit, UnitKind},
};

/// A noun phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// Its units.
    pub units: Range<usize>,
    /// What it is.
    pub kind: PhraseKind,
}

/// What a noun phrase is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PhraseKind {
    /// `she`.
    Pronoun,
    /// `who`, after the phrase it belongs to.
    Relative,
    /// Left out: the verb stands for it (`Dijo que …`).
    Dropped,
    /// It ends in a name: these units.
    Name(Range<usize>),
    /// It ends in a common noun.
    Noun,
}

/// Words that end a phrase.
const STOPS: Classes = Classes::WHO
    .union(Classes::THAT)
    .union(Classes::IF)
    .union(Classes::WH)
    .union(Classes::AND)
    .union(Classes::OF)
    .union(Classes::AUXILIARY)
    .union(Classes::NOT)
    .union(Classes::REFLEXIVE)
    .union(Classes::TIME)
    .union(Classes::ACCORDING);

/// Longest phrase, in units.
const UNITS_MAX: usize = 16;

/// The phrase that begins at `at` and ends before `hi`.
pub(crate) fn phrase_after(units: &[Unit], at: usize, hi: usize) -> Option<Phrase> {
    let first = units.get(at).filter(|_| at < hi)?;
    if first.is(Classes::PRONOUN) && !opens_noun(units, at, hi) {
        return Some(Phrase { units: at..at + 1, kind: PhraseKind::Pronoun });
    }
    let mut chunk = Chunk { units, at, hi, end: at, names: 0, nouns: 0 };
    while chunk.end < hi.min(at + UNITS_MAX) && chunk.takes() {
        chunk.end += 1;
    }
    phrase_of(units, at..chunk.end)
}

/// A phrase as it grows, unit by unit.
struct Chunk<'a> {
    units: &'a [Unit],
    at: usize,
    hi: usize,
    end: usize,
    /// Name words since the last common noun.
    names: usize,
    /// Common nouns and adjectives.
    nouns: usize,
}

impl Chunk<'_> {
    /// Whether the phrase goes on with the unit at `end`.
    fn takes(&mut self) -> bool {
        let unit = &self.units[self.end];
        let next = self.units.get(self.end + 1).filter(|_| self.end + 1 < self.hi);
        let (first, bare) = (self.end == self.at, self.names == 0 && self.nouns == 0);
        let nominal = next.is_some_and(|it| it.is_name() || is_noun(it));
        match unit.kind {
            UnitKind::Quote(_) | UnitKind::Punct => return false,
            UnitKind::Number => return true,
            UnitKind::Clitic => return !first && nominal,
            UnitKind::Name => {
                self.names += 1;
                return true;
            }
            UnitKind::Word => (),
        }
        if unit.is(Classes::DETERMINER | Classes::POSSESSIVE) && !unit.is(Classes::THAT) {
            first || self.end == self.at + 1 && bare
        } else if first && unit.is(Classes::DEMONSTRATIVE) && next.is_some_and(is_noun)
            || unit.is_particle(self.end.checked_sub(1).map(|it| &self.units[it]))
                && next.is_some_and(Unit::in_name)
        {
            true
        } else if unit.is(Classes::GENITIVE) {
            let office = self.names > 0 && self.units[self.end - 1].classes.any(Classes::TITLE);
            office && next.is_some_and(Unit::is_name)
        } else if unit.is(STOPS | Classes::PRONOUN) {
            false
        } else if unit.is(Classes::ADVERB) && !unit.is(Classes::NO_ADVERB) {
            !first && bare && nominal
        } else {
            self.takes_noun(unit, next)
        }
    }

    /// Whether a word of no closed class belongs to it as a noun or adjective.
    fn takes_noun(&mut self, unit: &Unit, next: Option<&Unit>) -> bool {
        let verb = unit.is(Classes::CUE | Classes::VERB);
        let speaking_next = next.is_some_and(|it| it.is(Classes::SPEAKING));
        let fits = if self.names > 0 {
            unit.is(Classes::SPEAKING) || speaking_next && !verb
        } else if verb {
            let attribute = self.end > self.at
                || !unit.is(Classes::CUE) && next.is_some_and(|it| it.is_name() || is_noun(it));
            self.nouns == 0 && (attribute || unit.is(Classes::SPEAKING))
                || noun_after(self.units, self.at, self.end, self.hi)
                || speaking_next
        } else {
            true
        };
        if fits {
            self.nouns += 1;
            self.names = 0;
        }
        fits
    }
}

/// The phrase whose last unit is `last`, begun after `lo`. Its head comes before any preposition: of `a spokesman
/// for the ministry` it is `a spokesman`.
pub(crate) fn phrase_before(units: &[Unit], lo: usize, last: usize) -> Option<Phrase> {
    const CHAIN_MAX: usize = 6;
    let nearest = core_before(units, lo, last)?;
    if let Some(officer) = officer_before(units, lo, &nearest) {
        return Some(officer);
    }
    let mut head = nearest.clone();
    for _ in 0..CHAIN_MAX {
        let Some(joint) = head.units.start.checked_sub(1).filter(|it| *it > lo) else { break };
        if !units[joint].is(Classes::OF) || units[joint].is(Classes::IF) {
            break;
        }
        match core_before(units, lo, joint - 1) {
            Some(earlier) if !matches!(earlier.kind, PhraseKind::Pronoun) || earlier.units.start == lo => {
                head = earlier;
            }
            _ => break,
        }
    }
    // `At a rally in Ohio Lund said`: all of the chain but its last name hangs on a preposition.
    let hangs = head.units.start.checked_sub(1).is_some_and(|it| it >= lo && units[it].is(Classes::OF));
    Some(if hangs { nearest } else { head })
}

/// `Secretary of State Ada Lund`, `Chancellor of the Exchequer Ada Lund`: the whole, where the nearest phrase begins with what the
/// office is over and goes on with a full name. `A spokesman for Ada Lund` is somebody else.
fn officer_before(units: &[Unit], lo: usize, nearest: &Phrase) -> Option<Phrase> {
    let PhraseKind::Name(name) = &nearest.kind else { return None };
    let of = nearest.units.start.checked_sub(1).filter(|it| *it > lo && units[*it].is(Classes::GENITIVE))?;
    let holds = |it: &Unit| it.classes.any(Classes::TITLE | Classes::ROLE);
    let full = |it: &usize| *it + 1 < name.end && is_given_alone(&units[*it]);
    let over = nearest.units.start + usize::from(units[nearest.units.start].is(Classes::DETERMINER));
    let given = (over + 1..name.end).find(full)?;
    let honors = |it: &Unit| it.classes.any(Classes::SHORT | Classes::COURTESY);
    if !(units[of - 1].is_name() && holds(&units[of - 1])) || units[over..given].iter().any(honors) {
        return None;
    }
    let office = core_before(units, lo, of - 1)?;
    Some(Phrase { units: office.units.start..nearest.units.end, kind: PhraseKind::Name(given..name.end) })
}

/// The phrase whose last unit is `last`, without what it hangs on.
pub(crate) fn core_before(units: &[Unit], lo: usize, last: usize) -> Option<Phrase> {
    let unit = units.get(last).filter(|_| last >= lo)?;
    if unit.is(Classes::PRONOUN) && !unit.is(Classes::DETERMINER) || unit.is(Classes::INDEFINITE) {
        return Some(Phrase { units: last..last + 1, kind: PhraseKind::Pronoun });
    }
    let mut start = last + 1;
    while start > lo && last + 1 - start < UNITS_MAX {
        let unit = &units[start - 1];
        let before = start.checked_sub(2).filter(|it| *it >= lo).map(|it| &units[it]);
        let in_front = units.get(start).filter(|_| start <= last);
        let opens = unit.is(Classes::DETERMINER | Classes::POSSESSIVE) && !unit.is(Classes::WHO);
        let fits = match unit.kind {
            UnitKind::Quote(_) | UnitKind::Punct => false,
            UnitKind::Number => true,
            UnitKind::Name => in_front.is_none_or(joins_name),
            UnitKind::Clitic => in_front.is_some(),
            UnitKind::Word if opens => start <= last,
            UnitKind::Word if unit.is_particle(before) => in_front.is_some_and(Unit::in_name),
            UnitKind::Word if unit.is(STOPS | Classes::PRONOUN) => false,
            UnitKind::Word if unit.is(Classes::ADVERB) && !unit.is(Classes::NO_ADVERB) => {
                start <= last && before.is_some_and(|it| it.is(Classes::DETERMINER))
            }
            UnitKind::Word if unit.is(Classes::CUE | Classes::VERB) => {
                let form = unit.is(Classes::BASE | Classes::THIRD);
                let noun_place = before.is_some_and(|it| {
                    it.is(Classes::DETERMINER | Classes::POSSESSIVE)
                        || form && it.is(Classes::OF) && !it.is(Classes::INFINITIVE)
                        || matches!(it.kind, UnitKind::Clitic | UnitKind::Number)
                });
                noun_place
                    || unit.is(Classes::SPEAKING)
                        && (start <= last || before.is_none_or(|it| !it.is(Classes::PRONOUN)))
            }
            UnitKind::Word => true,
        };
        if !fits {
            break;
        }
        start -= 1;
        if opens && !before.is_some_and(|it| it.is(Classes::DETERMINER)) {
            break;
        }
    }
    // A phrase does not begin with the end of a contraction.
    while start <= last && units[start].kind == UnitKind::Clitic {
        start += 1;
    }
    phrase_of(units, start..last + 1)
}

/// Whether a name may stand right before `unit` inside one phrase.
fn joins_name(unit: &Unit) -> bool {
    match unit.kind {
        UnitKind::Name | UnitKind::Clitic | UnitKind::Number => true,
        UnitKind::Word => !unit.is(Classes::DETERMINER | Classes::POSSESSIVE),
        UnitKind::Punct | UnitKind::Quote(_) => false,
    }
}

fn phrase_of(units: &[Unit], mut range: Range<usize>) -> Option<Phrase> {
    while range.end > range.start && units.get(range.end - 1)?.kind == UnitKind::Clitic {
        range.end -= 1;
    }
    let core = units.get(range.clone())?;
    if !core.iter().any(|it| it.is_name() || is_noun(it)) {
        return None;
    }
    let kind = match name_at_end(units, range.clone()) {
        Some(name) => PhraseKind::Name(name),
        None => PhraseKind::Noun,
    };
    Some(Phrase { units: range, kind })
}

/// The name that a phrase ends in, without the titles before it; `None` when it ends in a common noun or an office.
pub(crate) fn name_at_end(units: &[Unit], range: Range<usize>) -> Option<Range<usize>> {
    let mut start = range.end;
    while start > range.start {
        let unit = &units[start - 1];
        let inside = start < range.end;
        let before = start.checked_sub(2).filter(|it| *it >= range.start).map(|it| &units[it]);
        if unit.is_name() || inside && unit.is_particle(before) && units[start].in_name() {
            start -= 1;
        } else {
            break;
        }
    }
    let mut run = start..range.end;
    if run.is_empty() {
        return None;
    }
    // `Secretary of State Ada Lund`, `Chancellor of the Exchequer Ada Lund`: the office reaches over the preposition.
    let article = start > range.start && units[start - 1].is(Classes::DETERMINER);
    let of = start - usize::from(article);
    let office = of >= range.start + 2
        && units[of - 1].is(Classes::GENITIVE)
        && units[of - 2].classes.any(Classes::TITLE);
    if office && run.len() > 1 {
        let given = run.clone().find(|it| units[*it].classes.any(Classes::GIVEN) && *it > run.start);
        run.start = given.unwrap_or(run.start + 1);
    }
    let given_first = units[run.start].classes.any(Classes::GIVEN);
    let title = |it: &Unit| it.classes.any(Classes::TITLE | Classes::ROLE);
    let last_title = if given_first && run.len() <= 3 && !units[run.start].classes.any(Classes::SHORT) {
        None
    } else {
        // `Ada King III`: before a suffix stands the surname.
        let is_suffix = |it: usize| it > run.start + 1 && units[it].classes.any(Classes::SUFFIX);
        let titles_end = if is_suffix(run.end - 1) { run.end - 2 } else { run.end };
        // `Treasury Secretary James Baker`: behind titles and a given name stands a surname, whatever else it means.
        let is_surname = titles_end >= run.start + 3 && is_given_alone(&units[titles_end - 2]);
        (run.start..titles_end - usize::from(is_surname))
            .rev()
            .find(|it| title(&units[*it]) && !(units[*it].classes.any(Classes::GIVEN) && *it > run.start))
    };
    let mut name = match last_title {
        // `Prime Minister`, `Press Secretary`: an office without a name.
        Some(at) if at + 1 == run.end => return None,
        Some(at) => at + 1..run.end,
        None => run,
    };
    while name.len() > 2
        && units[name.start].classes.any(Classes::PEOPLE_OF)
        && units[name.start + 1].classes.any(Classes::GIVEN)
    {
        name.start += 1;
    }
    Some(name)
}

/// Whether it is a given name and nothing else that stands before a role: no title, and no place, as in `South Carolina Republican`.
fn is_given_alone(unit: &Unit) -> bool {
    unit.classes.any(Classes::GIVEN) && !unit.classes.any(Classes::TITLE | Classes::ROLE | Classes::PLACE)
}

/// Whether the determiner or possessive at `at` opens a phrase with a noun.
fn opens_noun(units: &[Unit], at: usize, hi: usize) -> bool {
    units[at].is(Classes::POSSESSIVE | Classes::DETERMINER)
        && !units[at].is(Classes::THING)
        && units.get(at + 1).filter(|_| at + 1 < hi).is_some_and(|it| it.is_name() || is_noun(it))
}

/// Whether the verb form at `end` is the noun that ends the phrase begun at `at`: `the final results of`.
fn noun_after(units: &[Unit], at: usize, end: usize, hi: usize) -> bool {
    let opened = units[at].is(Classes::DETERMINER | Classes::POSSESSIVE) || units[at].is_name();
    let form = units[end].is(Classes::BASE | Classes::THIRD);
    let before = &units[end - usize::from(end > at)];
    let next = units.get(end + 1).filter(|_| end + 1 < hi);
    let verb_next = next.is_none_or(|it| {
        it.is(Classes::AUXILIARY | Classes::OF | Classes::AND | Classes::WHO)
            || it.is(Classes::CUE | Classes::VERB) && !it.is(Classes::BASE | Classes::GERUND)
            || it.kind == UnitKind::Punct
    });
    opened
        && form
        && !before.is(Classes::SPEAKING)
        && verb_next
        && !next.is_some_and(|it| it.is(Classes::INFINITIVE))
}

/// Whether it may be a common noun or an adjective.
pub(crate) fn is_noun(unit: &Unit) -> bool {
    match unit.kind {
        UnitKind::Number => true,
        UnitKind::Word => {
            !unit.is(STOPS | Classes::PRONOUN | Classes::DETERMINER)
                && (unit.is(Classes::SPEAKING)
                    || !unit.is(Classes::CUE | Classes::VERB | Classes::ADVERB)
                    || unit.is(Classes::NO_ADVERB))
        }
        _ => false,
    }
}
