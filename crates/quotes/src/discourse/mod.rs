//! Turns the drafts of a passage into quotes, given what the passages before left: who spoke last,
//! whose quotation is still open, who was introduced by a colon.

pub(crate) mod headline;
mod stance;
pub(crate) mod turn;

use std::ops::Range;

use morgue_core::article::{PassageSpan, Quote, QuoteKind, Rule, Span, Speaker, SpeakerKind, Stance};
use stance::stance;

use crate::{
    coreference::{Referent, Resolver},
    discourse::turn::Turn,
    drafts::{
        draft::{Draft, Subject},
        drafts,
    },
    label::{self, Labeler},
    lexicon::Classes,
    passage::{Parsed, kind_of},
    rank::{self, Choice, Context, Instance, Phrases, Ranker},
    syntax::{
        phrase::{self, Phrase, PhraseKind},
        subject, together,
    },
    text::token::{Token, TokenKind},
};

/// How the speaker of words between marks is chosen.
pub(crate) enum RankingMode<'a> {
    /// The ranker chooses.
    Rank(&'a Ranker),
    /// The rules choose, and what a ranker would be given is noted.
    Observe(&'a mut Vec<rank::ObservedInstance>),
}

/// How sure a signature is.
const SIGNED: f32 = 0.9;

/// What is attributed in a passage.
pub(crate) struct Drafted {
    pub drafts: Vec<Draft>,
    /// How likely each token has each label; empty without a labeler.
    pub likely: Vec<label::Scores>,
}

impl Drafted {
    /// The drafts of a passage, revised by the labeler if there is one.
    pub(crate) fn new(passage: &Parsed<'_>, labeler: Option<&Labeler>) -> Drafted {
        let drafts = drafts(passage);
        let likely = labeler.map(|it| it.likely(passage, &drafts)).unwrap_or_default();
        let drafts = if likely.is_empty() { drafts } else { label::revised(passage, drafts, &likely) };
        Drafted { drafts, likely }
    }
}

/// What the next passage must know of the ones before it.
#[derive(Default)]
pub(crate) struct Discourse {
    /// The last speaker, and where the text names them.
    last: Option<(Referent, PassageSpan)>,
    /// Whether the last quotation still waits for its closing mark.
    left_open: bool,
    /// Who introduces what follows, when the last passage ended in a colon.
    introducer: Option<(Referent, PassageSpan)>,
    /// Who signs the passage at hand in the one below it.
    signer: Option<(Referent, PassageSpan)>,
    /// How many passages ago the last speaker spoke.
    silent: usize,
    /// Whether the introducer introduced the passage at hand.
    introduced: bool,
    /// The passage of the first turn of a transcript.
    first_turn: Option<usize>,
    /// Whether somebody whom the article does not name is asking.
    asked: bool,
    /// How sure it is that the last speaker spoke.
    last_confidence: f32,
    /// The byte of the passage at hand up to which its quotes reach so far.
    reported_until: usize,
}

impl Discourse {
    /// Notes who signs the next passage, if the one below it is a signature: `— Ada Lund, mayor`.
    pub(crate) fn sign(&mut self, below: &Parsed<'_>, resolver: &Resolver<'_>) {
        self.signer = signer(below, resolver);
    }

    /// Adds the quotes of one passage.
    pub(crate) fn passage(
        &mut self,
        passage: &Parsed<'_>,
        Drafted { mut drafts, likely }: Drafted,
        resolver: &mut Resolver<'_>,
        mode: &mut RankingMode<'_>,
        found: &mut Vec<Quote>,
    ) {
        let opens = passage.tokens.first().is_some_and(Token::is_quote);
        let unclaimed = |it: &Draft| it.subject.is_none() && it.cue.is_none();
        if self.introducer.is_some() && opens && drafts.first().is_some_and(unclaimed) {
            self.last = self.introducer.take();
            self.last_confidence = 1.0;
            self.silent = 1;
            self.introduced = true;
        }
        found.reserve(drafts.len());
        let mut phrases = Phrases::default();
        let mut last_quoted: Option<usize> = None;
        self.reported_until = 0;
        for index in 0..drafts.len() {
            let before = last_quoted;
            last_quoted = Some(index).filter(|it| drafts[*it].quoted).or(before);
            let Some((content, kind)) = drafts[index].spans(passage) else { continue };
            if let Some(signer) = self.signer.clone().filter(|_| unclaimed(&drafts[index])) {
                drafts[index].confidence = SIGNED * signer.0.confidence;
                self.last = Some(signer);
                self.last_confidence = 1.0;
                let choice = (Choice::LastSpeaker, Rule::SpeakerNamedAfter);
                found.push(self.quote(passage, &drafts[index], (content, kind), choice, resolver));
                continue;
            }
            let fallback = self.fallback(passage, opens, index == 0);
            let mut choice = Choice::by_rules(&drafts[index], fallback);
            if kind != QuoteKind::Indirect && drafts[index].rule != Rule::SubjectBefore {
                let context = Context { fallback, back: self.last.as_ref().map(|_| self.silent) };
                let before = before.map(|it| &drafts[it]);
                let instance = Instance::new(passage, &likely, &drafts[index], before, context);
                match (&mut *mode, instance) {
                    // Only terms: nobody's words.
                    (_, None) => choice = Choice::Nobody,
                    (RankingMode::Rank(ranker), Some(instance)) => {
                        if let Some(best) = ranker.best(&instance, &mut phrases) {
                            choice = Choice::by_ranker(best, passage, &mut drafts[index]);
                        }
                    }
                    (RankingMode::Observe(noted), Some(instance)) => {
                        let last = self.last.as_ref().map(|it| it.1);
                        noted.extend(rank::observed(&instance, &mut phrases, last));
                    }
                }
            }
            let quote = self.quote(passage, &drafts[index], (content, kind), (choice, fallback), resolver);
            let beside = match (&drafts[index].subject, choice) {
                (Some(subject), Choice::Subject) => beside(&quote, subject, passage, resolver),
                _ => Vec::new(),
            };
            found.push(quote);
            found.extend(beside);
        }
        self.introduced = false;
        self.signer = None;
        self.silent += 1;
        self.left_open = passage.quotations.last().is_some_and(|it| it.left_open);
        self.introducer =
            introducer(passage, resolver).or_else(|| self.last.clone().filter(|_| ends_in_colon(passage)));
    }

    /// What the rules would do with a quotation that nothing claims.
    fn fallback(&self, passage: &Parsed<'_>, opens: bool, first: bool) -> Rule {
        if self.left_open && opens && first {
            Rule::Continued
        } else if self.introduced && opens {
            Rule::IntroducedByColon
        } else if passage.bare {
            Rule::SpeakerOfPassageBefore
        } else {
            Rule::SameSpeaker
        }
    }

    /// The quote of a draft, with the speaker chosen for it.
    fn quote(
        &mut self,
        passage: &Parsed<'_>,
        draft: &Draft,
        (content, kind): (Vec<Span>, QuoteKind),
        (choice, fallback): (Choice, Rule),
        resolver: &mut Resolver<'_>,
    ) -> Quote {
        let stance = stance(draft, passage);
        // `If he had said “stop,” they would have`: the clause behind the marks is the article's
        // own.
        let unsaid = stance != Stance::Said;
        let marked = marked_at_start(passage, &content).filter(|_| unsaid);
        let (content, kind) = marked.map_or((content, kind), |it| (vec![it], QuoteKind::Direct));
        let mut quote = Quote {
            passage: passage.ordinal,
            content,
            kind,
            cue: draft.cue.clone().and_then(|it| Span::new(it.start, it.end)),
            mention: None,
            speaker: None,
            confidence: draft.confidence,
            // `might add reserves`, `will report earnings`: no speech is denied or expected.
            rule: if unsaid && draft.rule == Rule::Reported && !reports_words(draft, passage) {
                Rule::Judged
            } else {
                draft.rule
            },
            stance,
        };
        let until = quote.content.last().map_or(0, |it| it.end());
        match choice {
            Choice::LastSpeaker => {
                self.hand_on(&mut quote, fallback);
                self.silent = 0;
            }
            Choice::Subject => {
                let subject = draft.subject.as_ref();
                if let Some((who, span)) = subject.and_then(|it| identified(it, passage, resolver)) {
                    quote.mention = Some(span);
                    // `“Q,” they said`: whoever they are, it is nobody who spoke before.
                    if who.is_none() {
                        self.last = None;
                    }
                    if let Some(who) = who {
                        quote.confidence *= who.confidence;
                        quote.speaker = Some(who.speaker.clone());
                        // Whoever speaks inside what another reports is not who goes on.
                        let inside = quote.content.last().is_some_and(|it| it.end() <= self.reported_until);
                        if !inside || quote.kind != QuoteKind::Indirect {
                            resolver.note(passage.ordinal, &who);
                            self.last = Some((who, span));
                            self.last_confidence = quote.confidence;
                            self.silent = 0;
                        }
                    }
                }
            }
            Choice::Nobody => (),
        }
        self.reported_until = self.reported_until.max(until);
        quote
    }

    /// The quote of a turn of a transcript; `None` for a question, whose interviewer nobody names.
    pub(crate) fn turn(
        &mut self,
        passage: &Parsed<'_>,
        turn: Turn,
        resolver: &mut Resolver<'_>,
    ) -> Option<Quote> {
        let tokens = &passage.tokens;
        let first_turn = *self.first_turn.get_or_insert(passage.ordinal);
        let mut mention = self.last.as_ref().map(|it| it.1);
        let (from, rule) = match turn {
            Turn::GoesOn => (0, Rule::TurnGoesOn),
            Turn::Begins { label, words } => {
                let span = passage.span(label.clone())?;
                mention = Some(span);
                let is = |class| label.len() == 1 && tokens[label.start].classes.any(class);
                self.asked = is(Classes::ASKS);
                let (who, rule) = if self.asked || is(Classes::ANSWERS) {
                    let who = resolver.interviewed(first_turn).filter(|_| !self.asked);
                    (who, Rule::Answer)
                } else {
                    (Some(labeled(passage, label, resolver)), Rule::Turn)
                };
                if let Some(who) = &who {
                    resolver.note(passage.ordinal, who);
                }
                self.last = who.map(|it| (it, span));
                self.last_confidence = 1.0;
                (words, rule)
            }
        };
        self.silent = 0;
        self.left_open = false;
        self.introducer = None;
        if self.asked {
            return None;
        }
        let content = passage.trimmed(from..passage.text.len())?;
        let content = Span::new(content.start, content.end)?;
        Some(Quote {
            passage: passage.ordinal,
            content: vec![content],
            // No marks stand round them, though they are word for word.
            kind: kind_of(&[content], &passage.quotations),
            cue: None,
            mention,
            speaker: self.last.as_ref().map(|it| it.0.speaker.clone()),
            confidence: self.last.as_ref().map_or(0.5, |it| 0.9 * it.0.confidence),
            rule,
            stance: Stance::Said,
        })
    }

    fn hand_on(&self, quote: &mut Quote, rule: Rule) {
        if let Some((who, span)) = &self.last {
            quote.speaker = Some(who.speaker.clone());
            quote.mention = Some(*span);
            quote.rule = rule;
            // Nobody is surer of whoever goes on than of whoever began.
            quote.confidence = quote.confidence.min(self.last_confidence);
        }
    }
}

/// Whether a clause without marks is words for sure: behind a verb that reports anything, or opened
/// by `that`, `why`, `whether`.
fn reports_words(draft: &Draft, passage: &Parsed<'_>) -> bool {
    let says = |it: &Range<usize>| {
        passage.tokens.get(passage.token_at(it.start)).is_some_and(|it| it.is(Classes::SAY))
    };
    let opened = draft.content.first().and_then(|it| passage.tokens.get(passage.token_at(it.start)));
    draft.cue.as_ref().is_some_and(says)
        || opened.is_some_and(|it| it.is(Classes::THAT | Classes::WH | Classes::IF))
}

/// The words of the quotation that a content begins with.
fn marked_at_start(passage: &Parsed<'_>, content: &[Span]) -> Option<Span> {
    let start = content.first()?.start();
    let first = passage.tokens.get(passage.tokens_in(&(start..start + 1)).start)?;
    let inside = passage.inside(passage.token_at(first.start())).filter(|_| passage.is_said(first))?;
    Span::new(inside.start, inside.end)
}

/// Who the label of a turn names: an entity, else the words themselves.
fn labeled(passage: &Parsed<'_>, label: Range<usize>, resolver: &Resolver<'_>) -> Referent {
    let tokens = &passage.tokens;
    let sentence = passage.sentence(0);
    let phrase = phrase::phrase_after(tokens, label.start, label.end).filter(|it| it.tokens.end == label.end);
    phrase.and_then(|it| resolver.resolve(&it, None, sentence)).unwrap_or_else(|| {
        let name = passage.words(label);
        let speaker = Speaker { name, kind: SpeakerKind::Unknown, role: None };
        Referent { speaker, entity: None, confidence: 0.7 }
    })
}

fn ends_in_colon(passage: &Parsed<'_>) -> bool {
    passage.text.trim_end().ends_with(':')
}

/// Whom a passage of a dash and a name names, with what they are behind a comma: nobody's words.
fn signer(passage: &Parsed<'_>, resolver: &Resolver<'_>) -> Option<(Referent, PassageSpan)> {
    const TOKENS_MAX: usize = 16;
    let tokens = &passage.tokens;
    let dash = tokens.first().is_some_and(|it| matches!(it.first, '-' | '–' | '—' | '―') && it.sets_apart());
    let verb = Classes::AUXILIARY | Classes::VERB | Classes::CUE | Classes::PRONOUN;
    if !dash || tokens.len() > TOKENS_MAX || tokens.iter().any(|it| it.is_quote() || it.is(verb)) {
        return None;
    }
    let phrase = phrase::phrase_after(tokens, 1, tokens.len())?;
    let ends = tokens.get(phrase.tokens.end).is_none_or(|it| it.kind == TokenKind::Punct);
    let named = matches!(phrase.kind, PhraseKind::Name(_)) && ends;
    let subject = Subject { phrase, antecedent: None, sentence: 0 };
    let (who, span) = identified(&subject, passage, resolver).filter(|_| named)?;
    Some((who?, span))
}

/// Who introduces the passages to come: the subject of the last verb before a closing colon.
fn introducer(passage: &Parsed<'_>, resolver: &Resolver<'_>) -> Option<(Referent, PassageSpan)> {
    let sentence = passage.sentences.last().filter(|_| ends_in_colon(passage))?;
    let tokens = &passage.tokens;
    let phrase = subject::nearest_subject(tokens, sentence.start, sentence.end).or_else(|| {
        subject::main_subject(tokens, sentence.start, sentence.end).filter(|it| phrase::speaks(tokens, it))
    })?;
    let index = passage.sentences.len() - 1;
    let subject = Subject { phrase, antecedent: None, sentence: index };
    let (who, span) = identified(&subject, passage, resolver)?;
    Some((who?, span))
}

/// The same quote for each other person who speaks with its subject: `Ada Lund and Tom Berg said`.
///
/// Only people with a full name in the article or a title, since `Holt and Sons` is one firm.
fn beside(quote: &Quote, subject: &Subject, passage: &Parsed<'_>, resolver: &Resolver<'_>) -> Vec<Quote> {
    let range = &passage.sentences[subject.sentence];
    let named = |it: &Phrase| match &it.kind {
        PhraseKind::Name(name) => name.start > it.tokens.start,
        _ => false,
    };
    let is_one = |who: &Speaker, phrase: &Phrase| {
        who.kind == SpeakerKind::Person && (who.name.contains(' ') || named(phrase))
    };
    // `Ada Lund and her husband said`
    let noun = subject.phrase.kind == PhraseKind::Noun;
    if !quote.speaker.as_ref().is_some_and(|it| noun || is_one(it, &subject.phrase)) {
        return Vec::new();
    }
    let others = together::together(&passage.tokens, range.start, range.end, &subject.phrase);
    let of = |phrase: Phrase| {
        let other = Subject { phrase, antecedent: None, sentence: subject.sentence };
        let (who, span) = identified(&other, passage, resolver)?;
        let who = who.filter(|it| is_one(&it.speaker, &other.phrase))?;
        Some(Quote { mention: Some(span), speaker: Some(who.speaker), ..quote.clone() })
    };
    others.into_iter().filter_map(of).collect()
}

/// Who the subject is, and the bytes of the phrase.
fn identified(
    subject: &Subject,
    passage: &Parsed<'_>,
    resolver: &Resolver<'_>,
) -> Option<(Option<Referent>, PassageSpan)> {
    let span = passage.span(subject.phrase.tokens.clone())?;
    let sentence = passage.sentence(subject.sentence);
    Some((resolver.resolve(&subject.phrase, subject.antecedent.as_ref(), sentence), span))
}
