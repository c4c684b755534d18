//! Finds the quotes of an article and who speaks them, and tells which names of an archive are one
//! person.
//!
//! ```
//! use morgue_core::article::{Passage, PassageKind};
//!
//! let text = "“We will not sell the mill,” said Ada Lund, the mayor of Osby. She added that talks had ended.";
//! let passages: Vec<Passage> = Passage::new(PassageKind::Body, text).into_iter().collect();
//! let quotes = morgue_quotes::attribute(&passages, None);
//! let said: Vec<(&str, &str)> = quotes
//!     .iter()
//!     .map(|quote| (quote.content[0].of(text), quote.speaker.as_ref().map_or("", |it| &it.name)))
//!     .collect();
//! assert_eq!(said, [("We will not sell the mill,", "Ada Lund"), ("that talks had ended", "Ada Lund")]);
//! ```
//!
//! The engine is a pure function of the passages and needs no index. It cannot fail: a quote that
//! nobody claims has no speaker.
//!
//! ```text
//! passages ─▶ masked sentences ─▶ phrases, cues ─▶ terms ─▶ drafts ─▶ labeler ─▶ ranker ─▶ quotes
//!             text                syntax           term     drafts    label      rank      discourse
//!                    └─▶ entities and their mentions ─▶ coreference ────────┘
//! ```
//!
//! Rules over a lexicon propose what is reported and by whom: cues beside quotations, in the
//! tradition of Krestel, Bergler and Witte (LREC 2008) and O'Keefe et al. (EMNLP 2012). In English
//! three small trained models help: `term` tells what is only a term between marks, `label` weighs
//! for each word whether it is reported, `rank` which candidate speaks. What the rules decided is a
//! feature of the last two (`weights`). `docs/evaluation.md` has what was measured.

mod lexicon;
mod text;
mod syntax;
pub mod term;
mod passage;
mod drafts;
mod weights;
pub mod label;
pub mod rank;
mod resources;
mod entities;
mod coreference;
mod discourse;
mod explain;
mod fold;
mod work;
pub mod people;
#[cfg(test)]
mod growth;

pub use explain::{Explanation, Link, explain};
pub use lexicon::Lexicon;
pub use resources::Resources;

use morgue_core::article::{Language, Passage, PassageKind, Quote, QuoteKind, Rule, Span, Stance};

use coreference::Resolver;
use discourse::{Discourse, Drafted, RankingMode, headline, turn};
use drafts::drafts;
use entities::Entities;
use passage::{Parsed, kind_of, parse_all};
use text::quotation::Quotation;

/// Finds the quotes of an article's passages, in reading order.
///
/// Each lies in one passage; a quotation over several passages is one quote in each. In a language
/// without a lexicon only what stands between marks is found, without speakers, and the rule says
/// so.
pub fn attribute(passages: &[Passage], language: Option<Language>) -> Vec<Quote> {
    attribute_with(passages, Resources::for_language(language))
}

/// Finds the quotes of an article with resources of the caller's choice.
pub fn attribute_with(passages: &[Passage], resources: Resources<'_>) -> Vec<Quote> {
    attributed(&parsed(passages, resources), resources, &mut RankingMode::Rank(resources.ranker))
}

fn parsed<'a>(passages: &'a [Passage], resources: Resources<'_>) -> Vec<Parsed<'a>> {
    let mut parsed = parse_all(passages, resources.lexicon);
    term::mark(&mut parsed, resources.terms);
    parsed
}

/// The quotations of an article as the ranker is given them, when the rules alone choose the
/// speakers: what a trainer needs.
pub fn instances(passages: &[Passage], resources: Resources<'_>) -> Vec<rank::ObservedInstance> {
    let mut instances = Vec::new();
    attributed(&parsed(passages, resources), resources, &mut RankingMode::Observe(&mut instances));
    instances
}

/// The tokens of each passage with the features that the labeler is given: what a trainer needs.
/// Headlines and headings have none.
pub fn observed(passages: &[Passage], resources: Resources<'_>) -> Vec<Vec<label::ObservedToken>> {
    let observed = |it: &Parsed<'_>| match it.kind {
        PassageKind::Body | PassageKind::Caption => label::observed(it, &drafts(it)),
        PassageKind::Headline | PassageKind::Heading | PassageKind::Correction => Vec::new(),
    };
    parsed(passages, resources).iter().map(observed).collect()
}

/// The short quotations of an article with the features that tell a term: what a trainer needs.
pub fn short_quotations(passages: &[Passage], lexicon: &Lexicon) -> Vec<term::ObservedQuotation> {
    parse_all(passages, lexicon).iter().flat_map(term::observed).collect()
}

fn attributed(parsed: &[Parsed<'_>], resources: Resources<'_>, mode: &mut RankingMode<'_>) -> Vec<Quote> {
    if resources.lexicon.is_empty() {
        // A note repeats what was wrong, and its outlet says it.
        let said = parsed.iter().filter(|it| it.kind != PassageKind::Correction);
        return said.flat_map(marks_only).collect();
    }
    let entities = Entities::find(parsed);
    let mut resolver = Resolver::new(&entities, parsed);
    let mut discourse = Discourse::default();
    let mut found: Vec<Quote> = Vec::new();
    for (passage, turn) in parsed.iter().zip(turn::turns(parsed)) {
        if let Some(turn) = turn {
            found.extend(discourse.turn(passage, turn, &mut resolver));
            continue;
        }
        let drafts = || Drafted::new(passage, resources.labeler);
        match passage.kind {
            PassageKind::Body => {
                if let Some(below) = parsed.get(passage.ordinal + 1).filter(|_| passage.bare) {
                    discourse.sign(below, &resolver);
                }
                discourse.passage(passage, drafts(), &mut resolver, mode, &mut found);
            }
            // A caption stands beside the story: what is said there goes no further.
            PassageKind::Caption => {
                Discourse::default().passage(passage, drafts(), &mut resolver, mode, &mut found);
            }
            // A headline repeats what the story says: only what stands between marks, or after a
            // name and a colon, counts.
            PassageKind::Headline => {
                discourse = Discourse::default();
                let mut quotes = Vec::new();
                Discourse::default().passage(passage, drafts(), &mut resolver, mode, &mut quotes);
                match headline::after_colon(passage, &resolver) {
                    Some(quote) => found.push(quote),
                    None => found.extend(
                        quotes
                            .into_iter()
                            .filter(|it| it.kind != QuoteKind::Indirect && it.speaker.is_some()),
                    ),
                }
            }
            PassageKind::Heading | PassageKind::Correction => discourse = Discourse::default(),
        }
    }
    each_once(&mut found);
    said_once(&mut found);
    found
}

/// Words that were not said inside words that were are part of these: `said it will announce that`.
fn said_once(found: &mut Vec<Quote>) {
    let (mut passage, mut until) = (None, 0);
    found.retain(|it| {
        if passage != Some(it.passage) {
            (passage, until) = (Some(it.passage), 0);
        }
        let end = it.content.last().map_or(0, |it| it.end());
        if it.stance == Stance::Said {
            until = until.max(end);
        }
        it.stance == Stance::Said || end > until
    });
}

/// Two cues may claim one content for one speaker, and it was said once: the surer of them holds,
/// of equals the first.
fn each_once(found: &mut Vec<Quote>) {
    fn what(it: &Quote) -> (usize, &[Span], Option<&str>) {
        (it.passage, &it.content, it.speaker.as_ref().map(|it| it.name.as_str()))
    }
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|one, other| {
        let (one, other) = (&found[*one], &found[*other]);
        what(one).cmp(&what(other)).then(other.confidence.total_cmp(&one.confidence))
    });
    order.dedup_by(|later, first| what(&found[*later]) == what(&found[*first]));
    if order.len() == found.len() {
        return;
    }
    order.sort_unstable();
    let (mut at, mut held) = (0, order.into_iter().peekable());
    found.retain(|_| {
        at += 1;
        held.next_if_eq(&(at - 1)).is_some()
    });
}

/// Whether its words are given as somebody's utterance: what is between marks, and reported
/// speech. Whether the article says that they were uttered is another question ([`Stance`]).
///
/// What only reads as reported, with no cue, is no utterance.
/// What somebody is said to think, show or judge is attributed too, as annotators do, but a
/// reporter who asks what somebody said does not mean it.
pub fn is_utterance(quote: &Quote) -> bool {
    let spoken = !matches!(quote.rule, Rule::Thought | Rule::Shown | Rule::Judged | Rule::ReadsAsReported);
    quote.kind != QuoteKind::Indirect || spoken
}

/// Whether a quote is a turn of a transcript or an interview: word for word, though without marks.
pub fn is_turn(quote: &Quote) -> bool {
    matches!(quote.rule, Rule::Turn | Rule::TurnGoesOn | Rule::Answer)
}

/// Attributes a plain text whose paragraphs are its lines that are not blank.
///
/// Quotes come with the byte offset in `text` at which each passage begins: a span in passage `p`
/// lies at `offsets[p] + span.start()`.
pub fn annotate(text: &str, language: Option<Language>) -> Annotated {
    let mut passages = Vec::new();
    let mut offsets = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(passage) = Passage::new(PassageKind::Body, line) {
            offsets.push(at + (line.len() - line.trim_start().len()));
            passages.push(passage);
        }
        at += line.len();
    }
    let resources = Resources::for_language(language);
    let parsed = parsed(&passages, resources);
    let mut quotes = Vec::new();
    for quote in attributed(&parsed, resources, &mut RankingMode::Rank(resources.ranker)) {
        let quotations = &parsed[quote.passage].quotations;
        in_pieces(quote, quotations, &mut quotes);
    }
    Annotated { quotes, offsets }
}

/// Takes the pieces of a quote, each with its own kind, given the quotations of its passage: `that
/// it was “unsafe”` is mixed, `“We go,”` of the same quote direct.
fn in_pieces(mut quote: Quote, quotations: &[Quotation], pieces: &mut Vec<Quote>) {
    if quote.content.len() == 1 {
        pieces.push(quote);
        return;
    }
    let content = std::mem::take(&mut quote.content);
    pieces.extend(content.into_iter().map(|span| {
        let kind = if quote.kind == QuoteKind::Mixed { kind_of(&[span], quotations) } else { quote.kind };
        Quote { content: vec![span], kind, ..quote.clone() }
    }));
}

/// The quotes of a plain text, each piece of a quote on its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotated {
    /// In reading order.
    pub quotes: Vec<Quote>,
    /// The byte of the text at which each passage begins.
    pub offsets: Vec<usize>,
}

/// What stands between marks in a language without a lexicon: no speaker, and little trust.
fn marks_only(passage: &Parsed<'_>) -> Vec<Quote> {
    const WORDS_MIN: usize = 4;
    // Of Chinese and Japanese, which put no blanks between words.
    const IDEOGRAPHS_MIN: usize = 2 * WORDS_MIN;
    let long = |it: &&Quotation| {
        let text = it.text(passage.text);
        let is_ideograph = |it: &char| *it >= '\u{2e80}' && it.is_alphabetic();
        text.split_whitespace().take(WORDS_MIN).count() == WORDS_MIN
            || text.chars().filter(is_ideograph).take(IDEOGRAPHS_MIN).count() == IDEOGRAPHS_MIN
    };
    let spans = passage.quotations.iter().filter(long).filter_map(|it| {
        let range = passage.trimmed(it.start..it.end)?;
        Span::new(range.start, range.end)
    });
    spans
        .map(|span| Quote {
            passage: passage.ordinal,
            content: vec![span],
            kind: QuoteKind::Direct,
            cue: None,
            mention: None,
            speaker: None,
            confidence: 0.2,
            rule: Rule::MarksOnly,
            stance: Stance::Said,
        })
        .collect()
}
