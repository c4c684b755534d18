//! A masked sentence → its cues: the words that report, each with the phrase that does the
//! reporting.
//!
//! `Lund, the mayor, told reporters` has the cue `told` and the subject `Lund`. A cue's subject
//! stands before it, perhaps behind an apposition, or right after it (`said Lund`), or is shared
//! with an earlier verb (`smiled and said`, `…, adding`).

use std::ops::Range;

use crate::{
    lexicon::Classes,
    syntax::{
        phrase::{Phrase, PhraseKind, is_noun, phrase_after},
        subject::{self, PlacedSubject, SubjectPlace, Verb, skip_auxiliaries},
    },
    text::token::{Token, TokenKind},
};

/// Words that report, in one sentence.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    /// The token of the verb, or `according`, or the colon.
    pub at: usize,
    /// One past its last token: after `to` of `according to`.
    pub end: usize,
    pub kind: CueKind,
    /// The classes of its verb.
    pub classes: Classes,
    /// Who reports.
    pub subject: Option<Phrase>,
    /// Where the subject stands.
    pub place: SubjectPlace,
    /// First token of the reporting clause: of its subject or its verb, whatever comes first.
    pub clause: usize,
    /// The phrase that a relative subject (`who`) belongs to.
    pub antecedent: Option<Phrase>,
}

impl Cue {
    /// Whether it is one of speech, not of thought or judgement.
    pub(crate) fn is_speech(&self) -> bool {
        self.kind == CueKind::According || self.classes.any(Classes::SPEECH)
    }

    /// Whether it needs marks right beside it.
    pub(crate) fn is_weak(&self) -> bool {
        self.kind == CueKind::Verb && !self.classes.any(Classes::CUE.without(Classes::MARKS))
    }
}

/// What kind of cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CueKind {
    /// A verb.
    Verb,
    /// `according to`.
    According,
}

/// Adds the cues of `sentence`, in order.
pub(crate) fn cues(tokens: &[Token], sentence: Range<usize>, found: &mut Vec<Cue>) {
    let first = found.len();
    let mut at = sentence.start;
    while at < sentence.end {
        let token = &tokens[at];
        if let Some(end) = according_end(tokens, &sentence, at) {
            found.extend(according(tokens, &sentence, at, end));
            at = end - 1;
        } else if token.is(Classes::CUE) && !is_noun_here(tokens, &sentence, at) {
            let earlier =
                found[first..].iter().rev().find(|it| it.kind == CueKind::Verb && it.subject.is_some());
            let cue = verb(tokens, &sentence, at, earlier);
            found.extend(cue);
        }
        at += 1;
    }
}

/// Where the words at `at` end that name a source as `according to` does, if they do.
fn according_end(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<usize> {
    let next = tokens.get(at + 1).filter(|_| at + 1 < sentence.end)?;
    let token = &tokens[at];
    if token.is(Classes::ACCORDING) && next.is(Classes::OF) {
        Some(at + 2)
    } else if token.is(Classes::SOURCE) {
        // `según dijo Lund`
        Some(if next.is(Classes::FINITE) && next.is(Classes::CUE) { at + 2 } else { at + 1 })
    } else {
        None
    }
}

fn according(tokens: &[Token], sentence: &Range<usize>, at: usize, end: usize) -> Option<Cue> {
    let subject = phrase_after(tokens, subject::past_adverbs(tokens, end, sentence.end), sentence.end)?;
    // `de acuerdo con`
    let at = at
        .checked_sub(1)
        .filter(|it| *it >= sentence.start && tokens[*it].is(Classes::GENITIVE))
        .unwrap_or(at);
    Some(Cue {
        at,
        end,
        kind: CueKind::According,
        classes: Classes::ACCORDING,
        subject: Some(subject),
        place: SubjectPlace::After,
        clause: at,
        antecedent: None,
    })
}

/// Whether the verb form at `at` is used as a noun: `his claim`, `a report`.
fn is_noun_here(tokens: &[Token], sentence: &Range<usize>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|it| *it >= sentence.start).map(|it| &tokens[it]) else {
        return false;
    };
    let token = &tokens[at];
    let after = tokens.get(at + 1).filter(|_| at + 1 < sentence.end);
    // `the last claim`, `a back-handed compliment`
    let form = token.is(Classes::BASE | Classes::THIRD);
    let farther = at.checked_sub(2).filter(|it| *it >= sentence.start).map(|it| &tokens[it]);
    if form
        && before.kind == TokenKind::Word
        && (is_noun(before) && !before.is(Classes::SPEAKING) || before.is(Classes::ADVERB | Classes::VERB))
        && farther.is_some_and(|it| {
            it.is(Classes::DETERMINER | Classes::POSSESSIVE) && !it.is(Classes::PRONOUN | Classes::THEY)
        })
    {
        return true;
    }
    if token.is(Classes::BASE) && token.is(Classes::ADVERB) {
        return true;
    }
    if before.kind == TokenKind::Number
        && !token.is(Classes::SAY | Classes::GERUND)
        && after.is_some_and(|it| it.is_name() || is_noun(it))
    {
        return true;
    }
    if before.kind == TokenKind::Clitic {
        return !before.is(Classes::MODAL | Classes::HAVE) && !token.is(Classes::GERUND | Classes::SAY);
    }
    before.is(Classes::DETERMINER | Classes::POSSESSIVE)
        && !before.is(Classes::INDEFINITE | Classes::WHO | Classes::PRONOUN)
        || before.is(Classes::POSSESSIVE) && !token.is(Classes::SAY)
        || before.is(Classes::PEOPLE_OF)
        || before.is(Classes::OF) && !token.is(Classes::GERUND) && !before.is(Classes::INFINITIVE)
        || after.is_some_and(|it| it.kind == TokenKind::Clitic)
}

fn verb(tokens: &[Token], sentence: &Range<usize>, at: usize, earlier: Option<&Cue>) -> Option<Cue> {
    let lo = sentence.start;
    let (before, passive) = skip_auxiliaries(tokens, lo, at);
    let gerund = tokens[at].is(Classes::GERUND);
    let joined = before == at.checked_sub(1) && before.is_some_and(|it| tokens[it].is(Classes::AND));
    // `talk to or yell at`: a base form that is joined to another is no finite verb.
    if is_participle(tokens, sentence, at) || joined && tokens[at].is(Classes::BASE) {
        return None;
    }
    let auxiliaries = &tokens[before.map_or(lo, |it| it + 1)..at];
    if tokens[at].is(Classes::PARTICIPLE) && !auxiliaries.iter().any(|it| it.is(Classes::HAVE)) {
        return None;
    }
    let earlier = earlier.and_then(|it| it.subject.clone());
    let found = match before {
        _ if passive && !gerund => PlacedSubject::nowhere(at),
        None => PlacedSubject::first(tokens, at, sentence.end),
        Some(last) => {
            let verb = Verb { tokens, lo, hi: sentence.end, at, last, participle: gerund && !passive };
            let placed = verb.subject(earlier);
            let finite = placed.place == SubjectPlace::Before && placed.antecedent.is_none() && !gerund;
            if let Some(subject) = placed.subject.as_ref().filter(|_| finite)
                && subject.kind != PhraseKind::Relative
                && !agrees(tokens, subject, at, last)
            {
                return None;
            }
            placed
        }
    };
    let found = if passive { found } else { found.or_dropped(tokens, lo, at) };
    let PlacedSubject { subject, place, clause, antecedent } = found;
    let (kind, classes) = (CueKind::Verb, tokens[at].classes);
    Some(Cue { at, end: at + 1, kind, classes, subject, place, clause, antecedent })
}

/// Whether the form at `at` is a participle behind its noun: `the hacker known as Rook`, `a plan
/// backed by`.
fn is_participle(tokens: &[Token], sentence: &Range<usize>, at: usize) -> bool {
    let form = tokens[at].is(Classes::BASE | Classes::THIRD | Classes::GERUND);
    let before = at.checked_sub(1).filter(|it| *it >= sentence.start).map(|it| &tokens[it]);
    let noun = before.is_some_and(|it| it.is_name() || is_noun(it) || it.is(Classes::SPEAKING));
    let after = tokens.get(at + 1).filter(|_| at + 1 < sentence.end);
    !form && noun && !tokens[at].is(Classes::SAY) && after.is_some_and(|it| it.is(Classes::AGENT))
}

/// Whether a present form agrees with the phrase before it, so that it is a verb and not the
/// phrase's last noun: a base form follows `to`, a modal or a plural, a third person something that
/// can speak.
fn agrees(tokens: &[Token], subject: &Phrase, at: usize, last: usize) -> bool {
    let head = &tokens[last];
    let bare = last + 1 == at;
    let speaks = subject.kind != PhraseKind::Noun || head.is(Classes::SPEAKING);
    if tokens[at].is(Classes::BASE) && bare {
        return head.is(Classes::GROUP | Classes::THEY | Classes::FIRST | Classes::PLURAL)
            || head.is_name()
                && subject.tokens.len() <= 3
                && !tokens[subject.tokens.start].is(Classes::DETERMINER)
            || head.kind == TokenKind::Word && !speaks && tokens[at].is(Classes::SAY);
    }
    if tokens[at].is(Classes::THIRD) && bare {
        return speaks && !head.is(Classes::GROUP);
    }
    true
}
