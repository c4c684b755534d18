//! Who may have spoken a quotation: the phrases of its sentence and of those beside it, the last
//! speaker, and nobody.

use std::ops::Range;

use crate::{
    drafts::draft::Draft,
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
}

/// The candidates of a draft whose quotation is the token `quote` of sentence `at`.
pub(super) fn candidates(passage: &Parsed<'_>, draft: &Draft, quote: usize, at: usize) -> Vec<Candidate> {
    let cues = &passage.cues;
    let mut found: Vec<CandidatePhrase> = Vec::new();
    if let Some(subject) = &draft.subject {
        let cue = cues.get(subject.sentence).and_then(|it| own_cue(it, passage, draft, &subject.phrase));
        let antecedent = subject.antecedent.clone();
        let phrase = CandidatePhrase::new(subject.phrase.clone(), subject.sentence);
        found.push(CandidatePhrase { cue, antecedent, ruled: true, ..phrase });
    }
    // `Q, Lund said, according to the Herald`: who uttered it, not who heard it.
    let uttered = found.first().and_then(|it| cues[it.sentence].get(it.cue?));
    let uttered = uttered.is_some_and(|it| it.kind == CueKind::Verb && it.classes.any(Classes::SPEECH));
    let (first, last) = (at.saturating_sub(1), (at + 1).min(cues.len().saturating_sub(1)));
    for (sentence, own) in cues.iter().enumerate().take(last + 1).skip(first) {
        for (index, cue) in own.iter().enumerate() {
            let Some(phrase) = cue.subject.clone() else { continue };
            let antecedent = cue.antecedent.clone();
            let phrase = CandidatePhrase::new(phrase, sentence);
            add(&mut found, CandidatePhrase { cue: Some(index), antecedent, ..phrase });
        }
        mentions(&passage.tokens, &passage.sentences[sentence], sentence, &mut found);
    }
    let tokens = &passage.tokens;
    let heard = |it: &CandidatePhrase| {
        it.sentence == at
            && tokens.get(quote..it.head()).is_some_and(|it| it.iter().any(|it| it.is(Classes::ACCORDING)))
    };
    found.retain(|it| it.ruled || !uttered || !heard(it));
    let far = |it: &CandidatePhrase| (!it.ruled, it.sentence.abs_diff(at), it.head().abs_diff(quote));
    found.sort_by_key(far);
    found.truncate(CANDIDATES_MAX);
    found.into_iter().map(Candidate::Phrase).chain([Candidate::LastSpeaker, Candidate::Nobody]).collect()
}

/// The cue of the draft, whose subject the phrase is.
fn own_cue(cues: &[Cue], passage: &Parsed<'_>, draft: &Draft, phrase: &Phrase) -> Option<usize> {
    let start = draft.cue.as_ref().map(|it| it.start);
    let of = |it: &Cue| it.subject.as_ref() == Some(phrase);
    let same = |it: &Cue| Some(passage.tokens[it.at].start) == start;
    cues.iter().position(|it| of(it) && same(it)).or_else(|| cues.iter().position(of))
}

/// Adds a phrase unless one with its head and its cue, or any cue, is there.
fn add(found: &mut Vec<CandidatePhrase>, phrase: CandidatePhrase) {
    let known =
        |it: &CandidatePhrase| it.head() == phrase.head() && (it.cue == phrase.cue || phrase.cue.is_none());
    if !found.iter().any(known) {
        found.push(phrase);
    }
}

/// Adds the phrases of a sentence.
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
            add(found, CandidatePhrase { owner, ..CandidatePhrase::new(phrase, sentence) });
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
