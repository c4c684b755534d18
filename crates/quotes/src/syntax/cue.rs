//! A sentence of a skeleton → its cues: the words that report, each with the phrase that does the reporting.
//!
//! `Lund, the mayor, told reporters` has the cue `told` and the subject `Lund`. A cue's subject stands before it,
//! perhaps behind an apposition, or right after it (`said Lund`), or is shared with an earlier verb (`smiled and
//! said`, `…, adding`).

use std::ops::Range;

use crate::{
    lexicon::Classes,
    syntax::{
        phrase::{Phrase, PhraseKind, is_noun, phrase_after},
        subject::{self, Place, Placed, Verb, skip_auxiliaries},
    },
    text::token::{Unit, UnitKind},
};

/// Words that report, in one sentence.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    /// The unit of the verb, or `according`, or the colon.
    pub at: usize,
    /// One past its last unit: after `to` of `according to`.
    pub end: usize,
    /// What it is.
    pub kind: CueKind,
    /// The classes of its verb.
    pub classes: Classes,
    /// Who reports.
    pub subject: Option<Phrase>,
    /// Where the subject stands.
    pub place: Place,
    /// First unit of the reporting clause: of its subject or its verb, whatever comes first.
    pub clause: usize,
    /// The phrase that a relative subject (`who`) belongs to.
    pub antecedent: Option<Phrase>,
}

/// What kind of cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CueKind {
    /// A verb.
    Verb,
    /// `according to`.
    According,
}

/// Finds the cues of `sentence`, in order.
pub(crate) fn cues(units: &[Unit], sentence: Range<usize>) -> Vec<Cue> {
    let mut found: Vec<Cue> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let unit = &units[at];
        if let Some(end) = according_end(units, &sentence, at) {
            found.extend(according(units, &sentence, at, end));
            at = end - 1;
        } else if unit.is(Classes::CUE) && !is_noun_here(units, &sentence, at) {
            let earlier = found.iter().rev().find(|it| it.kind == CueKind::Verb && it.subject.is_some());
            found.extend(verb(units, &sentence, at, earlier));
        }
        at += 1;
    }
    found
}

/// Where the words at `at` end that name a source as `according to` does, if they do.
fn according_end(units: &[Unit], sentence: &Range<usize>, at: usize) -> Option<usize> {
    let next = units.get(at + 1).filter(|_| at + 1 < sentence.end)?;
    let unit = &units[at];
    if unit.is(Classes::ACCORDING) && next.is(Classes::OF) {
        Some(at + 2)
    } else if unit.is(Classes::SOURCE) {
        // `según dijo Lund`
        Some(if next.is(Classes::FINITE) && next.is(Classes::CUE) { at + 2 } else { at + 1 })
    } else {
        None
    }
}

fn according(units: &[Unit], sentence: &Range<usize>, at: usize, end: usize) -> Option<Cue> {
    let subject = phrase_after(units, subject::past_adverbs(units, end, sentence.end), sentence.end)?;
    // `de acuerdo con`
    let at = at
        .checked_sub(1)
        .filter(|it| *it >= sentence.start && units[*it].is(Classes::GENITIVE))
        .unwrap_or(at);
    Some(Cue {
        at,
        end,
        kind: CueKind::According,
        classes: Classes::ACCORDING,
        subject: Some(subject),
        place: Place::After,
        clause: at,
        antecedent: None,
    })
}

/// Whether the verb form at `at` is used as a noun: `his claim`, `a report`.
fn is_noun_here(units: &[Unit], sentence: &Range<usize>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|it| *it >= sentence.start).map(|it| &units[it]) else {
        return false;
    };
    let unit = &units[at];
    let after = units.get(at + 1).filter(|_| at + 1 < sentence.end);
    // `the last claim`, `a back-handed compliment`
    let form = unit.is(Classes::BASE | Classes::THIRD);
    let farther = at.checked_sub(2).filter(|it| *it >= sentence.start).map(|it| &units[it]);
    if form
        && before.kind == UnitKind::Word
        && (is_noun(before) && !before.is(Classes::SPEAKING) || before.is(Classes::ADVERB | Classes::VERB))
        && farther.is_some_and(|it| {
            it.is(Classes::DETERMINER | Classes::POSSESSIVE) && !it.is(Classes::PRONOUN | Classes::THEY)
        })
    {
        return true;
    }
    if unit.is(Classes::BASE) && unit.is(Classes::ADVERB) {
        return true;
    }
    if before.kind == UnitKind::Number
        && !unit.is(Classes::SAY | Classes::GERUND)
        && after.is_some_and(|it| it.is_name() || is_noun(it))
    {
        return true;
    }
    if before.kind == UnitKind::Clitic {
        return !before.is(Classes::MODAL | Classes::HAVE) && !unit.is(Classes::GERUND | Classes::SAY);
    }
    before.is(Classes::DETERMINER | Classes::POSSESSIVE)
        && !before.is(Classes::INDEFINITE | Classes::WHO | Classes::PRONOUN)
        || before.is(Classes::POSSESSIVE) && !unit.is(Classes::SAY)
        || before.is(Classes::PEOPLE_OF)
        || before.is(Classes::OF) && !unit.is(Classes::GERUND) && !before.is(Classes::INFINITIVE)
        || after.is_some_and(|it| it.kind == UnitKind::Clitic)
}

fn verb(units: &[Unit], sentence: &Range<usize>, at: usize, earlier: Option<&Cue>) -> Option<Cue> {
    let lo = sentence.start;
    let (before, passive) = skip_auxiliaries(units, lo, at);
    let gerund = units[at].is(Classes::GERUND);
    let joined = before == at.checked_sub(1) && before.is_some_and(|it| units[it].is(Classes::AND));
    // `talk to or yell at`: a base form that is joined to another is no finite verb.
    if is_participle(units, sentence, at) || joined && units[at].is(Classes::BASE) {
        return None;
    }
    let auxiliaries = &units[before.map_or(lo, |it| it + 1)..at];
    if units[at].is(Classes::PARTICIPLE) && !auxiliaries.iter().any(|it| it.is(Classes::HAVE)) {
        return None;
    }
    let earlier = earlier.and_then(|it| it.subject.clone());
    let found = match before {
        _ if passive && !gerund => Placed::nowhere(at),
        None => Placed::first(units, at, sentence.end),
        Some(last) => {
            let verb = Verb { units, lo, hi: sentence.end, at, last, participle: gerund && !passive };
            let placed = verb.subject(earlier);
            let finite = placed.place == Place::Before && placed.antecedent.is_none() && !gerund;
            if let Some(subject) = placed.subject.as_ref().filter(|_| finite)
                && subject.kind != PhraseKind::Relative
                && !agrees(units, subject, at, last)
            {
                return None;
            }
            placed
        }
    };
    let found = if passive { found } else { found.or_dropped(units, lo, at) };
    let Placed { subject, place, clause, antecedent } = found;
    let (kind, classes) = (CueKind::Verb, units[at].classes);
    Some(Cue { at, end: at + 1, kind, classes, subject, place, clause, antecedent })
}

/// Whether the form at `at` is a participle behind its noun: `the hacker known as Rook`, `a plan backed by`.
fn is_participle(units: &[Unit], sentence: &Range<usize>, at: usize) -> bool {
    let form = units[at].is(Classes::BASE | Classes::THIRD | Classes::GERUND);
    let before = at.checked_sub(1).filter(|it| *it >= sentence.start).map(|it| &units[it]);
    let noun = before.is_some_and(|it| it.is_name() || is_noun(it) || it.is(Classes::SPEAKING));
    let after = units.get(at + 1).filter(|_| at + 1 < sentence.end);
    !form && noun && !units[at].is(Classes::SAY) && after.is_some_and(|it| it.is(Classes::AGENT))
}

/// Whether a present form agrees with the phrase before it, so that it is a verb and not the phrase's last noun: a
/// base form follows `to`, a modal or a plural, a third person something that can speak.
fn agrees(units: &[Unit], subject: &Phrase, at: usize, last: usize) -> bool {
    let head = &units[last];
    let bare = last + 1 == at;
    let speaks = subject.kind != PhraseKind::Noun || head.is(Classes::SPEAKING);
    if units[at].is(Classes::BASE) && bare {
        return head.is(Classes::GROUP | Classes::THEY | Classes::FIRST | Classes::PLURAL)
            || head.is_name()
                && subject.units.len() <= 3
                && !units[subject.units.start].is(Classes::DETERMINER)
            || head.kind == UnitKind::Word && !speaks && units[at].is(Classes::SAY);
    }
    if units[at].is(Classes::THIRD) && bare {
        return speaks && !head.is(Classes::GROUP);
    }
    true
}
