//! Who may have spoken a quotation: the phrases of its sentence and of those beside it, the last
//! speaker, and nobody.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    drafts::{cue_choice::holds, draft::Draft},
    lexicon::{Classes, any},
    passage::Parsed,
    syntax::{
        cue::{Cue, CueKind},
        phrase::{Phrase, PhraseKind, name_at_end, phrase_after},
    },
    text::token::{Token, TokenKind},
};

/// Candidates of one quotation, at most: the nearest are kept.
const CANDIDATES_MAX: usize = 24;

/// Who may have spoken a quotation.
#[derive(Clone, Debug)]
pub(crate) enum Candidate {
    /// A phrase of the passage.
    Phrase(CandidatePhrase),
    /// The last speaker before.
    LastSpeaker,
    /// Nobody the text names.
    Nobody,
}

impl Candidate {
    /// Whether it is the same phrase, the subject of another cue perhaps.
    pub(super) fn same(&self, other: &Candidate) -> bool {
        match (self, other) {
            (Candidate::Phrase(one), Candidate::Phrase(other)) => one.head() == other.head(),
            (Candidate::LastSpeaker, Candidate::LastSpeaker) | (Candidate::Nobody, Candidate::Nobody) => true,
            _ => false,
        }
    }
}

/// A phrase that may be who speaks.
#[derive(Clone, Debug)]
pub(crate) struct CandidatePhrase {
    pub phrase: Phrase,
    /// The sentence it stands in.
    pub sentence: usize,
    /// The cue whose subject it is: its place among those of its sentence.
    pub cue: Option<usize>,
    /// Whom a relative pronoun stands for.
    pub antecedent: Option<Phrase>,
    /// Whether what it possesses was said, rather than it spoke: `his` of `his claim that`.
    pub owner: bool,
    /// Whether the rules chose it.
    pub ruled: bool,
}

impl CandidatePhrase {
    fn new(phrase: Phrase, sentence: usize) -> CandidatePhrase {
        CandidatePhrase { phrase, sentence, cue: None, antecedent: None, owner: false, ruled: false }
    }

    /// The token of its head.
    pub(super) fn head(&self) -> usize {
        self.phrase.tokens.end.saturating_sub(1)
    }

    /// Whether another with its head adds nothing to it: one with its cue, or with none.
    fn covers(&self, other: &CandidatePhrase) -> bool {
        self.head() == other.head() && (self.cue == other.cue || other.cue.is_none())
    }
}

/// The phrases of the sentences of a passage that were last asked for: quotations that stand side
/// by side have the same.
#[derive(Default)]
pub(crate) struct Phrases {
    by_sentence: BTreeMap<usize, Vec<CandidatePhrase>>,
}

impl Phrases {
    /// The phrases of a sentence: the subjects of its cues, and the others.
    fn of(&mut self, passage: &Parsed<'_>, sentence: usize) -> &[CandidatePhrase] {
        self.by_sentence.retain(|it, _| it.abs_diff(sentence) <= 2);
        self.by_sentence.entry(sentence).or_insert_with(|| {
            let mut found = Vec::new();
            for (index, cue) in passage.cues(sentence).iter().enumerate() {
                let Some(phrase) = cue.subject.clone() else { continue };
                let antecedent = cue.antecedent.clone();
                let phrase = CandidatePhrase::new(phrase, sentence);
                found.push(CandidatePhrase { cue: Some(index), antecedent, ..phrase });
            }
            mentions(&passage.tokens, &passage.sentences[sentence], sentence, &mut found);
            found
        })
    }
}

/// The candidates of a draft whose quotation is the token `quote` of sentence `at`: the one of the
/// rules, then the nearest.
pub(super) fn candidates(
    passage: &Parsed<'_>,
    phrases: &mut Phrases,
    draft: &Draft,
    quote: usize,
    at: usize,
) -> Vec<Candidate> {
    let ruled = draft.subject.as_ref().map(|subject| {
        let cue = own_cue(passage.cues(subject.sentence), passage, draft, &subject.phrase);
        let antecedent = subject.antecedent.clone();
        let phrase = CandidatePhrase::new(subject.phrase.clone(), subject.sentence);
        CandidatePhrase { cue, antecedent, ruled: true, ..phrase }
    });
    // `Q, Lund said, according to the Herald`: who uttered it, not who heard it.
    let uttered = ruled.as_ref().and_then(|it| passage.cues(it.sentence).get(it.cue?));
    let uttered = uttered.is_some_and(|it| it.kind == CueKind::Verb && it.classes.any(Classes::SPEECH));
    let mut behind = (quote..passage.sentences[at].end).filter(|_| uttered);
    let according = behind.find(|it| passage.tokens[*it].is(Classes::ACCORDING)).unwrap_or(usize::MAX);
    let heard = |it: &CandidatePhrase| it.sentence == at && according < it.head();
    if let Some(ruled) = &ruled
        && let Some(certainty) = certainty(passage, ruled, quote)
    {
        let nobody = Some(Candidate::Nobody).filter(|_| certainty == Certainty::IfAnybody);
        return std::iter::once(Candidate::Phrase(ruled.clone())).chain(nobody).collect();
    }
    // `a neighbor, Tom Berg, said`, `chairman, founder and owner Tom Berg said`: one person.
    let apposed = |it: &CandidatePhrase| {
        let ruled = ruled.as_ref().filter(|ruled| ruled.sentence == it.sentence && it.cue.is_none());
        let start = ruled.map_or(0, |it| it.phrase.tokens.start);
        it.phrase.kind == PhraseKind::Noun
            && it.phrase.tokens.start > quote
            && it.phrase.tokens.end < start
            && passage.tokens[it.phrase.tokens.end..start].iter().all(|it| {
                it.is_sign(',') || it.is(Classes::AND) || it.classes.any(Classes::ROLE | Classes::TITLE)
            })
    };
    let is_ruled = |it: &CandidatePhrase| ruled.as_ref().is_some_and(|ruled| ruled.covers(it));
    let mut found: Vec<CandidatePhrase> = ruled.iter().cloned().collect();
    for sentences in [vec![at], vec![at.wrapping_sub(1), at + 1]] {
        let mut near: Vec<(usize, usize, usize)> = Vec::new();
        for sentence in
            sentences.into_iter().filter(|it| *it < passage.sentences.len() && found.len() < CANDIDATES_MAX)
        {
            for (index, it) in phrases.of(passage, sentence).iter().enumerate() {
                if !is_ruled(it) && !heard(it) && !apposed(it) {
                    near.push((it.head().abs_diff(quote), sentence, index));
                }
            }
        }
        near.sort_unstable();
        near.truncate(CANDIDATES_MAX - found.len());
        found.extend(near.iter().map(|(_, sentence, index)| phrases.by_sentence[sentence][*index].clone()));
    }
    found.into_iter().map(Candidate::Phrase).chain([Candidate::LastSpeaker, Candidate::Nobody]).collect()
}

/// How surely a clause says who speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Certainty {
    /// It is said, and by them: `called Q by Lund`.
    Whole,
    /// If it is said it is by them: `recalled that the man said Q`.
    IfAnybody,
}

/// Whether the clause leaves no doubt who speaks.
fn certainty(passage: &Parsed<'_>, ruled: &CandidatePhrase, quote: usize) -> Option<Certainty> {
    let (tokens, cues) = (&passage.tokens, passage.cues(ruled.sentence));
    let cue = cues.get(ruled.cue?)?;
    let rival = |it: &Cue| it.at != cue.at && it.is_speech() && it.subject.is_some();
    let relative = cue.clause.checked_sub(1).is_some_and(|it| tokens[it].is(Classes::WHO));
    if cue.sure || cue.names(tokens, quote) {
        Some(Certainty::Whole)
    } else {
        let held = holds(tokens, cue, quote) && (relative || cues.iter().any(rival));
        let introduced = quote > cue.end && tokens[quote - 1].kind == TokenKind::Punct;
        held.then_some(if introduced { Certainty::Whole } else { Certainty::IfAnybody })
    }
}

/// The cue of the draft, whose subject the phrase is.
fn own_cue(cues: &[Cue], passage: &Parsed<'_>, draft: &Draft, phrase: &Phrase) -> Option<usize> {
    let start = draft.cue.as_ref().map(|it| it.start);
    let of = |it: &Cue| it.subject.as_ref() == Some(phrase);
    let same = |it: &Cue| Some(passage.tokens[it.at].start()) == start;
    cues.iter().position(|it| of(it) && same(it)).or_else(|| cues.iter().position(of))
}

/// Adds the phrases of a sentence that are not there as subjects of cues.
fn mentions(tokens: &[Token], range: &Range<usize>, sentence: usize, found: &mut Vec<CandidatePhrase>) {
    let mut at = range.start;
    while at < range.end {
        let token = &tokens[at];
        let verb =
            token.is(Classes::VERB | Classes::CUE | Classes::AUXILIARY) && !token.is(Classes::SPEAKING);
        let opens = matches!(token.kind, TokenKind::Word | TokenKind::Name | TokenKind::Number) && !verb;
        let Some(phrase) = phrase_after(tokens, at, range.end).filter(|_| opens) else {
            at += 1;
            continue;
        };
        at = phrase.tokens.end.max(at + 1);
        let mut push = |phrase: Phrase, owner: bool| {
            let phrase = CandidatePhrase { owner, ..CandidatePhrase::new(phrase, sentence) };
            if !found.iter().any(|it| it.covers(&phrase)) {
                found.push(phrase);
            }
        };
        // `his claim`, `Lund’s claim`: whose it is may be who spoke.
        let start = phrase.tokens.start;
        if tokens[start].is(Classes::POSSESSIVE) && tokens[start].is(PERSON) {
            push(Phrase { tokens: start..start + 1, kind: PhraseKind::Pronoun }, true);
        }
        let clitic = phrase.tokens.clone().find(|it| tokens[*it].kind == TokenKind::Clitic);
        if let Some(name) = clitic.and_then(|it| name_at_end(tokens, start..it)) {
            push(Phrase { tokens: name.clone(), kind: PhraseKind::Name(name) }, true);
        }
        let followed = tokens
            .get(phrase.tokens.end)
            .is_some_and(|it| it.kind == TokenKind::Clitic && it.is(Classes::BE));
        let owner = followed && matches!(phrase.kind, PhraseKind::Name(_));
        push(phrase, owner);
    }
}

/// Pronouns of a person or a body.
const PERSON: Classes = any!(HE | SHE | THEY | THING);
