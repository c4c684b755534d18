//! What the features of the ranker read of a quotation, of what stands beside it, and of its
//! candidates.

use std::ops::Range;

use morgue_core::article::Rule;

use super::candidates::{Candidate, CandidatePhrase, Phrases, candidates};
use crate::{
    drafts::draft::Draft,
    label::{Label, Scores},
    lexicon::Classes,
    passage::Parsed,
    syntax::{cue::Cue, phrase::PhraseKind},
    text::{
        quotation::is_capitalized,
        token::{Token, TokenKind},
    },
    weights::{NONE, Part, ending, part, tag},
};

/// A quotation whose speaker is to be chosen, and what the features of every candidate ask of it.
pub(crate) struct Instance<'a> {
    pub passage: &'a Parsed<'a>,
    /// How likely each token of the passage has each label; empty without a labeler.
    pub likely: &'a [Scores],
    /// What the rules made of the quotation.
    pub draft: &'a Draft,
    /// The draft with a quotation before this one in the passage.
    pub before: Option<&'a Draft>,
    pub context: Context,
    /// The token of the quotation.
    pub quote: usize,
    /// The sentence it stands in.
    pub sentence: usize,
    /// The rule of the draft.
    pub rule: Part<'static>,
    /// What the rules would do if nothing claimed the quotation.
    pub fallback: Part<'static>,
    /// How many words it has.
    pub length: Part<'static>,
    /// How it ends.
    pub ending: Part<'static>,
    /// Whether its sentence has words outside marks.
    pub beside_words: Part<'static>,
    /// Whether it opens its sentence.
    pub opens: Part<'static>,
}

/// What the passages before have left.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    /// What the rules would do with a quotation that nothing claims.
    pub fallback: Rule,
    /// How many passages back the last speaker spoke; none when nobody did.
    pub back: Option<usize>,
}

impl<'a> Instance<'a> {
    /// The instance of a draft; `None` if it holds no quotation.
    pub(crate) fn new(
        passage: &'a Parsed<'a>,
        likely: &'a [Scores],
        draft: &'a Draft,
        before: Option<&'a Draft>,
        context: Context,
    ) -> Option<Instance<'a>> {
        let tokens = &passage.tokens;
        let quote = quotation(passage, draft)?;
        let sentence = passage.sentences.partition_point(|it| it.end <= quote);
        let range = passage.sentences.get(sentence)?.clone();
        let quotation = passage.quotation(&tokens[quote]);
        let leads = |it: &Token| it.is_word() && !it.is(Classes::AND | Classes::ADVERB);
        let beside_words = tokens[range.clone()].iter().any(Token::is_word);
        let inside = tokens[range.start..quote].iter().any(leads);
        Some(Instance {
            passage,
            likely,
            draft,
            before,
            context,
            quote,
            sentence,
            rule: Part::new(draft.rule.name()),
            fallback: Part::new(context.fallback.name()),
            length: match quotation.map(|it| passage.n_words(it)) {
                None => NONE,
                Some(0..=1) => part!("1 word"),
                Some(2..=3) => part!("2 words"),
                Some(4..=8) => part!("4 words"),
                Some(_) => part!("9 words"),
            },
            ending: ending(quotation.and_then(|it| passage.last_char(it))),
            beside_words: if beside_words { part!("words beside") } else { part!("bare") },
            opens: if inside { part!("quote inside") } else { part!("quote opens") },
        })
    }

    /// Who may have spoken it.
    pub(super) fn candidates(&self, phrases: &mut Phrases) -> Vec<Candidate> {
        let mut all = candidates(self.passage, phrases, self.draft, self.quote, self.sentence);
        if self.context.back.is_none() {
            all.retain(|it| !matches!(it, Candidate::LastSpeaker));
        }
        all
    }

    /// How likely a token has one of the labels.
    pub(super) fn likely(&self, token: usize, labels: &[Label]) -> Part<'static> {
        let Some(scores) = self.likely.get(token) else { return part!("unknown") };
        let sum: f32 = labels.iter().map(|it| scores[*it as usize]).sum();
        match sum {
            it if it < 0.03 => part!("never"),
            it if it < 0.1 => part!("0.03"),
            it if it < 0.25 => part!("0.1"),
            it if it < 0.5 => part!("0.25"),
            it if it < 0.75 => part!("0.5"),
            it if it < 0.9 => part!("0.75"),
            it if it < 0.97 => part!("0.9"),
            _ => part!("ever"),
        }
    }

    pub(super) fn cued(&self) -> Part<'static> {
        match self.passage.cues(self.sentence) {
            [] => part!("no cue"),
            cues if cues.iter().any(Cue::is_speech) => part!("cue of speech"),
            _ => part!("other cue"),
        }
    }

    /// How the words inside the marks are written.
    pub(super) fn capitals(&self) -> Part<'static> {
        let Some(quotation) = self.passage.quotation(&self.passage.tokens[self.quote]) else {
            return part!("none");
        };
        let text = quotation.text(self.passage.text);
        let mut words = text.split_whitespace().take(10);
        match (words.next().is_some_and(is_capitalized), words.all(is_capitalized)) {
            (true, true) => part!("all capitals"),
            (true, false) => part!("first capital"),
            (false, _) => part!("small"),
        }
    }

    pub(super) fn side(&self, candidate: &CandidatePhrase) -> Part<'static> {
        match (candidate.sentence.cmp(&self.sentence), candidate.head() < self.quote) {
            (std::cmp::Ordering::Less, _) => part!("in the sentence before"),
            (std::cmp::Ordering::Greater, _) => part!("in the sentence after"),
            (_, true) => part!("left"),
            (_, false) => part!("right"),
        }
    }

    /// How many names and pronouns of its sentence stand between a mention and the quotation.
    pub(super) fn nearer(&self, candidate: &CandidatePhrase) -> Part<'static> {
        let tokens = &self.passage.tokens;
        let (from, to) = if candidate.head() < self.quote {
            (candidate.head() + 1, self.quote)
        } else {
            (self.quote + 1, candidate.phrase.tokens.start.max(self.quote + 1))
        };
        const LOOK: usize = 60;
        let gap = &tokens[from..to.min(from + LOOK)];
        let person = |it: &Token| it.is_name() || it.is(Classes::PRONOUN | Classes::SPEAKING);
        match gap.iter().filter(|it| person(it)).count() {
            0 => part!("0"),
            1 => part!("1"),
            2..=3 => part!("2"),
            _ => part!("4"),
        }
    }

    /// How many tokens stand between a range and the quotation.
    pub(super) fn distance(&self, range: &Range<usize>) -> Part<'static> {
        let n_tokens = if range.end <= self.quote {
            self.quote - range.end
        } else {
            range.start.saturating_sub(self.quote + 1)
        };
        match n_tokens {
            0 => part!("0"),
            1 => part!("1"),
            2..=3 => part!("2"),
            4..=6 => part!("4"),
            7..=12 => part!("7"),
            13..=25 => part!("13"),
            _ => part!("26"),
        }
    }

    pub(super) fn first_in_sentence(&self, candidate: &CandidatePhrase) -> bool {
        let start = self.passage.sentences[candidate.sentence].start;
        let plain = |it: &Token| it.is_word() && !it.is(Classes::ADVERB | Classes::AND);
        !self.passage.tokens[start..candidate.phrase.tokens.start].iter().any(plain)
    }

    /// What is owned after `end`: its noun, as far as the lexicon knows it.
    pub(super) fn owned(&self, end: usize) -> Part<'static> {
        const NOUN_TOKENS_MAX: usize = 4;
        let tokens = &self.passage.tokens;
        let noun = tokens[end.min(tokens.len())..]
            .iter()
            .take(NOUN_TOKENS_MAX)
            .take_while(|it| it.is_word() && !it.is(Classes::OF | Classes::THAT | Classes::AND))
            .filter(|it| it.kind == TokenKind::Word)
            .last();
        noun.map_or(part!("thing"), noun_class)
    }

    /// What a phrase that begins at `start` hangs on by a preposition: `words` of `the words of
    /// Lund`.
    pub(super) fn hangs_on(&self, start: usize) -> Option<Part<'static>> {
        let tokens = &self.passage.tokens;
        let joint = start.checked_sub(1).filter(|it| tokens[*it].is(Classes::OF | Classes::AGENT))?;
        let noun = &tokens[joint.checked_sub(1)?];
        (noun.kind == TokenKind::Word).then(|| noun_class(noun))
    }

    pub(super) fn kind(&self, candidate: &CandidatePhrase) -> Part<'static> {
        let tokens = &self.passage.tokens;
        let head = &tokens[candidate.head()];
        match &candidate.phrase.kind {
            PhraseKind::Relative if candidate.antecedent.is_some() => part!("who"),
            PhraseKind::Relative => part!("who alone"),
            PhraseKind::Dropped => part!("dropped"),
            PhraseKind::Pronoun => match head {
                it if it.is(Classes::FIRST) => part!("I"),
                it if it.is(Classes::SECOND) => part!("you"),
                it if it.is(Classes::HE | Classes::SHE) => part!("he"),
                it if it.is(Classes::INDEFINITE) => part!("some"),
                it if it.is(Classes::THEY) => part!("they"),
                it if it.is(Classes::THING) => part!("it"),
                _ => part!("pronoun"),
            },
            PhraseKind::Name(range) => {
                let name = &tokens[range.clone()];
                let body = Classes::BODY | Classes::DOCUMENT | Classes::OUTLET;
                let titled = range.start > candidate.phrase.tokens.start;
                if name.iter().any(|it| it.classes.any(body)) {
                    part!("body")
                } else if name.iter().all(|it| it.classes.any(Classes::PLACE | Classes::PEOPLE_OF)) {
                    part!("place")
                } else if titled {
                    part!("titled name")
                } else if name.len() > 1 {
                    part!("full name")
                } else {
                    part!("name")
                }
            }
            PhraseKind::Noun => match head.classes {
                it if it.any(Classes::ROLE) => part!("role"),
                it if it.any(Classes::GROUP) => part!("group"),
                it if it.any(Classes::BODY) => part!("noun body"),
                it if it.any(Classes::DOCUMENT) => part!("document"),
                it if it.any(Classes::PEOPLE_OF) => part!("people"),
                _ if head.is_name() => part!("office"),
                it if it.any(Classes::PLURAL) => part!("plural noun"),
                _ => part!("noun"),
            },
        }
    }

    /// The tag of a token, and `an end` behind the passage.
    pub(super) fn tag_at(&self, at: usize) -> Part<'static> {
        self.passage.tokens.get(at).map_or(part!("an end"), tag)
    }

    /// The tag of the token before, and `an end` where a sentence begins.
    pub(super) fn tag_before(&self, at: usize) -> Part<'static> {
        let sentences = &self.passage.sentences;
        let last = self.passage.tokens.len() - 1;
        let sentence = sentences.get(sentences.partition_point(|it| it.end <= at.min(last)));
        let before = at.checked_sub(1).filter(|it| sentence.is_none_or(|range| *it >= range.start));
        before.map_or(part!("an end"), |it| self.tag_at(it))
    }
}

/// The token of a draft's quotation: of several the one nearest to its cue, else the first.
fn quotation(passage: &Parsed<'_>, draft: &Draft) -> Option<usize> {
    let cue = draft.cue.as_ref().map_or(0, |it| passage.token_at(it.start));
    let inside = draft.content.iter().flat_map(|it| passage.tokens_in(it));
    inside.filter(|it| passage.is_said(&passage.tokens[*it])).min_by_key(|it| it.abs_diff(cue))
}

/// A noun by whether words, a judgement, a document or a person is meant.
fn noun_class(noun: &Token) -> Part<'static> {
    match noun {
        it if it.is(Classes::SAY | Classes::REPORT) => part!("words"),
        it if it.is(Classes::CUE) => part!("judgement"),
        it if it.is(Classes::DOCUMENT | Classes::BODY) => part!("document"),
        it if it.is(Classes::ROLE | Classes::GROUP) => part!("person"),
        _ => part!("thing"),
    }
}
