//! Finds the quotes of an article and who speaks them.
//!
//! ```text
//! passages ─▶ tokens ─▶ quotations ─▶ skeleton ─▶ cues ─▶ drafts ─▶ quotes
//!                                        └─▶ cast of names ─▶ identity ─┘
//! ```
//!
//! In: the passages of an article, in reading order. Out: its quotes in reading order. Cannot fail: a quote that
//! nobody claims has no speaker. Each step is a file and a function of the step before it, so that one can be
//! replaced alone. The method is rules over a lexicon: cues beside quotations, in the tradition of Krestel, Bergler
//! and Witte (LREC 2008) and O'Keefe et al. (EMNLP 2012); measured in `docs/evaluation.md`.

mod assign;
mod cast;
mod claim;
mod content;
mod cue;
mod dateline;
mod explain;
mod fold;
mod fold_hash;
mod identity;
pub mod label;
mod lexicon;
mod naming;
pub mod people;
mod phrase;
mod pieces;
mod quotation;
pub mod rank;
mod role;
mod skeleton;
mod subject;
mod token;
mod turn;

pub use explain::{Explanation, Link, explain};
pub use lexicon::Lexicon;

use std::borrow::Cow;

use std::ops::Range;

use crate::article::{
    Language, Passage, PassageKind, PassageSpan, Quote, QuoteKind, Span, Speaker, SpeakerKind,
};

use assign::{Draft, Source, drafts};
use cue::Cue;
use identity::{Identified, Identifier, Place};
use label::Labeler;
use lexicon::Classes;
use quotation::{Quotation, quotations};
use rank::{Panel, Ranker};
use skeleton::{Skeleton, skeleton};
use turn::Turn;

/// Finds the quotes of an article's passages, in reading order.
///
/// Each lies in one passage; a quotation over several passages is one quote in each. With an empty lexicon (an
/// unknown language) only what stands between marks is found, without speakers, and the rule says so.
pub fn attribute(passages: &[Passage], lexicon: &Lexicon) -> Vec<Quote> {
    attribute_with(passages, lexicon, lexicon.labeler(), Ranker::english())
}

/// Finds the quotes of an article, their contents found by that labeler and their speakers chosen by that ranker.
pub fn attribute_with(
    passages: &[Passage],
    lexicon: &Lexicon,
    labeler: Option<&Labeler>,
    ranker: &Ranker,
) -> Vec<Quote> {
    attributed(passages, lexicon, labeler, &mut Judge::Ranker(ranker))
}

/// What the ranker would be asked about an article, with the speakers that the rules alone give: what a trainer needs.
pub fn questions(passages: &[Passage], lexicon: &Lexicon, labeler: Option<&Labeler>) -> Vec<rank::Observed> {
    let mut asked = Vec::new();
    attributed(passages, lexicon, labeler, &mut Judge::Rules(&mut asked));
    asked
}

/// The units of each passage with the features that the labeler sees, and none of what is no part of the story: what a trainer needs.
pub fn observed(passages: &[Passage], lexicon: &Lexicon) -> Vec<Vec<label::ObservedUnit>> {
    let of = |it: &Read<'_>| match it.kind {
        PassageKind::Body | PassageKind::Caption => label::observed(it.source(), &drafts(it.source())),
        PassageKind::Headline | PassageKind::Heading => Vec::new(),
    };
    read_all(passages, lexicon).iter().map(of).collect()
}

/// Who decides which candidate speaks.
enum Judge<'a> {
    Ranker(&'a Ranker),
    /// The rules alone; what a ranker would have been asked is noted.
    Rules(&'a mut Vec<rank::Observed>),
}

fn attributed(
    passages: &[Passage],
    lexicon: &Lexicon,
    labeler: Option<&Labeler>,
    judge: &mut Judge<'_>,
) -> Vec<Quote> {
    let read = read_all(passages, lexicon);
    if lexicon.is_empty() {
        return read.iter().enumerate().flat_map(|(ordinal, it)| marks_only(ordinal, it)).collect();
    }
    let cast = cast::cast(read.iter().map(|it| (it.text, &it.skeleton)));
    let mut identifier = Identifier::new(&cast);
    let mut found: Vec<Quote> = Vec::new();
    let mut scene = Scene::default();
    let drafted = |it: &Read<'_>| {
        let source = it.source();
        let drafts = drafts(source);
        let likely = labeler.map(|it| it.likely(source, &drafts)).unwrap_or_default();
        let drafts = if likely.is_empty() { drafts } else { label::revised(source, drafts, &likely) };
        Drafted { drafts, likely }
    };
    let lines: Vec<turn::Line<'_>> = read.iter().map(Read::line).collect();
    for ((ordinal, passage), turn) in read.iter().enumerate().zip(turn::turns(&lines)) {
        if let Some(turn) = turn {
            found.extend(scene.turn(ordinal, passage, turn, &mut identifier));
            continue;
        }
        match passage.kind {
            PassageKind::Body => {
                scene.passage(ordinal, passage, drafted(passage), &mut identifier, judge, &mut found);
            }
            // A caption stands beside the story: what is said there goes no further.
            PassageKind::Caption => {
                let drafts = drafted(passage);
                Scene::default().passage(ordinal, passage, drafts, &mut identifier, judge, &mut found);
            }
            PassageKind::Headline | PassageKind::Heading => scene = Scene::default(),
        }
    }
    found
}

/// Whether the article says that its speaker uttered it: all between marks, and reported speech.
///
/// What only reads as if somebody reported it, with no cue that says so, is none.
/// What somebody is said to think, to show or to have judged is attributed too, as annotators do; a reporter who asks
/// what somebody said does not mean it.
pub fn is_utterance(quote: &Quote) -> bool {
    quote.kind != QuoteKind::Indirect
        || !matches!(&*quote.rule, "thought" | "shown" | "judged" | "reads as reported")
}

/// Attributes a plain text whose paragraphs are its lines that are not blank.
///
/// Quotes come with the byte offset in `text` at which each passage begins: a span in passage `p` lies at
/// `offsets[p] + span.start()`.
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
    let quotes = attribute(&passages, Lexicon::for_language(language));
    Annotated { quotes, offsets }
}

/// The quotes of a plain text.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotated {
    /// In reading order.
    pub quotes: Vec<Quote>,
    /// The byte of the text at which each passage begins.
    pub offsets: Vec<usize>,
}

/// A passage with its first three readings.
struct Read<'a> {
    text: &'a str,
    kind: PassageKind,
    quotations: Vec<Quotation>,
    skeleton: Skeleton,
    cues: Vec<Vec<Cue>>,
}

impl Read<'_> {
    fn line(&self) -> turn::Line<'_> {
        turn::Line { text: self.text, kind: self.kind, units: &self.skeleton.units }
    }

    fn source(&self) -> Source<'_> {
        Source { text: self.text, quotations: &self.quotations, skeleton: &self.skeleton, cues: &self.cues }
    }
}

/// Reads the passages. An article that quotes between double marks means something else by single ones.
fn read_all<'a>(passages: &'a [Passage], lexicon: &Lexicon) -> Vec<Read<'a>> {
    let mut marked = Vec::with_capacity(passages.len());
    let (mut n_single, mut n_double) = (0, 0);
    for passage in passages {
        let tokens = token::tokens(&passage.text, lexicon);
        let quotations = quotations(&passage.text, &tokens);
        for it in &quotations {
            *(if it.single { &mut n_single } else { &mut n_double }) += 1;
        }
        marked.push((passage, tokens, quotations));
    }
    let read = marked.into_iter().map(|(passage, tokens, mut quotations)| {
        quotations.retain(|it| !it.single || n_single > n_double);
        let text = passage.text.as_str();
        let skeleton = skeleton(text, &tokens, &quotations);
        let cues = skeleton.sentences.iter().map(|it| cue::cues(&skeleton.units, it.clone())).collect();
        Read { text, kind: passage.kind, quotations, skeleton, cues }
    });
    read.collect()
}

/// What is attributed in a passage.
struct Drafted {
    drafts: Vec<Draft>,
    /// How likely each unit has each label; empty without a labeler.
    likely: Vec<label::Scores>,
}

/// What the next passage must know of the ones before it.
#[derive(Default)]
struct Scene {
    /// The last speaker, and where the text names them.
    last: Option<(Identified, PassageSpan)>,
    /// Whether the last quotation still waits for its closing mark.
    left_open: bool,
    /// Who introduces what follows, when the last passage ended in a colon.
    introducer: Option<(Identified, PassageSpan)>,
    /// How many passages ago the last speaker spoke.
    silent: usize,
    /// Whether the introducer introduced the passage at hand.
    introduced: bool,
}

/// Who has a claim to a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
    /// The subject of the draft.
    Subject,
    /// The last speaker before.
    Earlier,
    /// Nobody.
    Nobody,
}

impl Claim {
    fn by_rules(draft: &Draft, state: &str) -> Claim {
        match (&draft.subject, &draft.cue) {
            (Some(_), _) => Claim::Subject,
            (None, None) if state != "same speaker until the paragraph ends" => Claim::Earlier,
            _ => Claim::Nobody,
        }
    }
}

impl Scene {
    /// Adds the quotes of one passage.
    fn passage(
        &mut self,
        ordinal: usize,
        read: &Read<'_>,
        Drafted { mut drafts, likely }: Drafted,
        identifier: &mut Identifier<'_>,
        judge: &mut Judge<'_>,
        found: &mut Vec<Quote>,
    ) {
        let source = read.source();
        let panel = (!read.quotations.is_empty()).then_some(Panel { source, likely: &likely });
        let opens = read.skeleton.units.first().is_some_and(skeleton::Unit::is_quote);
        let all_quotation = read.skeleton.units.iter().all(|it| !it.is_word());
        if self.introducer.is_some()
            && drafts.first().is_some_and(|it| it.subject.is_none() && it.cue.is_none())
            && opens
        {
            self.last = self.introducer.take();
            self.silent = 1;
            self.introduced = true;
        }
        for index in 0..drafts.len() {
            let Some((content, kind)) = content_of(&drafts[index], read) else { continue };
            let state = if self.left_open && opens && index == 0 {
                "continued"
            } else if self.introduced && opens {
                "introduced by a colon"
            } else if all_quotation {
                "speaker of the passage before"
            } else {
                "same speaker until the paragraph ends"
            };
            let back = self.last.as_ref().map(|_| self.silent);
            let scene = rank::Scene { state, back };
            let mut claim = Claim::by_rules(&drafts[index], state);
            if let Some(panel) = panel.as_ref().filter(|_| kind != QuoteKind::Indirect) {
                let before = drafts[..index].iter().rfind(|it| it.quoted);
                match judge {
                    Judge::Ranker(ranker) => {
                        if let Some(best) = panel.best(ranker, &drafts[index], before, scene) {
                            claim = panel.settle(best, &mut drafts[index]);
                        }
                    }
                    Judge::Rules(asked) => {
                        let last = self.last.as_ref().map(|it| it.1);
                        asked.push(panel.observed(&drafts[index], before, scene, ordinal, last));
                    }
                }
            }
            let draft = &drafts[index];
            let mut quote = Quote {
                passage: ordinal,
                content,
                kind,
                cue: draft.cue.clone().and_then(|it| Span::new(it.start, it.end)),
                mention: None,
                speaker: None,
                confidence: draft.confidence,
                rule: Cow::Borrowed(draft.rule),
            };
            match claim {
                Claim::Earlier => {
                    self.hand_on(&mut quote, state);
                    self.silent = 0;
                }
                Claim::Subject => {
                    if let Some((who, span)) =
                        draft.subject.as_ref().and_then(|it| identified(it, ordinal, read, identifier))
                    {
                        quote.mention = Some(span);
                        if let Some(who) = who {
                            identifier.note(ordinal, &who);
                            quote.confidence *= who.confidence;
                            quote.speaker = Some(who.speaker.clone());
                            self.last = Some((who, span));
                            self.silent = 0;
                        }
                    }
                }
                Claim::Nobody => (),
            }
            found.push(quote);
        }
        self.introduced = false;
        self.silent += 1;
        self.left_open = read.quotations.last().is_some_and(|it| it.left_open);
        self.introducer = introducer(ordinal, read, identifier)
            .or_else(|| self.last.clone().filter(|_| ends_in_colon(read)));
    }

    /// The quote that a turn of a transcript is.
    fn turn(
        &mut self,
        ordinal: usize,
        read: &Read<'_>,
        turn: Turn,
        identifier: &mut Identifier<'_>,
    ) -> Option<Quote> {
        let units = &read.skeleton.units;
        let (from, rule) = match turn {
            Turn::GoesOn => (0, "turn goes on"),
            Turn::Begins { label, words } => {
                let span = Span::new(units[label.start].start, units[label.end - 1].end)?;
                let who = labeled(read, ordinal, label, identifier);
                if let Some(who) = &who {
                    identifier.note(ordinal, who);
                }
                self.last = who.map(|it| (it, PassageSpan { passage: ordinal, span }));
                (words, "turn of a transcript")
            }
        };
        self.silent = 0;
        self.left_open = false;
        self.introducer = None;
        let content = pieces::trimmed(read.text, from..read.text.len())?;
        Some(Quote {
            passage: ordinal,
            content: vec![Span::new(content.start, content.end)?],
            kind: QuoteKind::Direct,
            cue: None,
            mention: self.last.as_ref().map(|it| it.1),
            speaker: self.last.as_ref().map(|it| it.0.speaker.clone()),
            confidence: self.last.as_ref().map_or(0.5, |it| 0.9 * it.0.confidence),
            rule: Cow::Borrowed(rule),
        })
    }

    fn hand_on(&self, quote: &mut Quote, rule: &'static str) {
        if let Some((who, span)) = &self.last {
            quote.speaker = Some(who.speaker.clone());
            quote.mention = Some(*span);
            quote.rule = Cow::Borrowed(rule);
        }
    }
}

/// Who the label of a turn names: a member of the cast, else the words themselves; nobody for `Q` and `A`.
fn labeled(
    read: &Read<'_>,
    passage: usize,
    label: Range<usize>,
    identifier: &Identifier<'_>,
) -> Option<Identified> {
    let units = &read.skeleton.units;
    if units[label.clone()].iter().any(|it| it.classes.any(Classes::ASKS | Classes::ANSWERS))
        && label.len() == 1
    {
        return None;
    }
    let place = Place { passage, sentence: 0, text: read.text, skeleton: &read.skeleton };
    let phrase = phrase::phrase_after(units, label.start, label.end).filter(|it| it.units.end == label.end);
    phrase.and_then(|it| identifier.identify(&it, None, place)).or_else(|| {
        let name = read.text[units[label.start].start..units[label.end - 1].end].to_owned();
        let speaker = Speaker { name, kind: SpeakerKind::Unknown, role: None };
        Some(Identified { speaker, member: None, confidence: 0.7 })
    })
}

fn ends_in_colon(read: &Read<'_>) -> bool {
    read.text.trim_end().ends_with(':')
}

/// Who introduces the passages to come: the subject of the last verb before a closing colon.
fn introducer(
    ordinal: usize,
    read: &Read<'_>,
    identifier: &Identifier<'_>,
) -> Option<(Identified, PassageSpan)> {
    let sentence = read.skeleton.sentences.last().filter(|_| ends_in_colon(read))?;
    let units = &read.skeleton.units;
    let phrase = subject::nearest_subject(units, sentence.start, sentence.end).or_else(|| {
        subject::main_subject(units, sentence.start, sentence.end).filter(|it| subject::speaks(units, it))
    })?;
    let index = read.skeleton.sentences.len() - 1;
    let subject = assign::Subject { phrase, antecedent: None, sentence: index };
    let (who, span) = identified(&subject, ordinal, read, identifier)?;
    Some((who?, span))
}

/// Who the subject is, and the bytes of the phrase.
fn identified(
    subject: &assign::Subject,
    ordinal: usize,
    read: &Read<'_>,
    identifier: &Identifier<'_>,
) -> Option<(Option<Identified>, PassageSpan)> {
    let units = &read.skeleton.units[subject.phrase.units.clone()];
    let span = Span::new(units.first()?.start, units.last()?.end)?;
    let place =
        Place { passage: ordinal, sentence: subject.sentence, text: read.text, skeleton: &read.skeleton };
    let who = identifier.identify(&subject.phrase, subject.antecedent.as_ref(), place);
    Some((who, PassageSpan { passage: ordinal, span }))
}

/// The spans of a draft, disjoint and off its cue, and what kind of quote they make.
fn content_of(draft: &Draft, read: &Read<'_>) -> Option<(Vec<Span>, QuoteKind)> {
    let mut ranges: Vec<Range<usize>> = draft.content.clone();
    ranges.sort_by_key(|it| it.start);
    let mut spans: Vec<Span> = Vec::new();
    for range in ranges {
        let start = range.start.max(spans.last().map_or(0, |it| it.end()));
        let cut = match &draft.cue {
            Some(cue) if cue.start < range.end && start < cue.end => cue.start,
            _ => range.end,
        };
        spans.extend(Span::new(start, cut));
    }
    let kind = kind_of(&spans, read);
    (!spans.is_empty()).then_some((spans, kind))
}

/// Direct when every span lies between marks, mixed when some words do.
fn kind_of(spans: &[Span], read: &Read<'_>) -> QuoteKind {
    let touches = |span: &Span| {
        let from = read.quotations.partition_point(|it| it.end <= span.start());
        read.quotations.get(from).filter(|it| it.start < span.end())
    };
    if spans
        .iter()
        .all(|it| touches(it).is_some_and(|other| other.start <= it.start() && it.end() <= other.end))
    {
        QuoteKind::Direct
    } else if spans.iter().any(|it| touches(it).is_some()) {
        QuoteKind::Mixed
    } else {
        QuoteKind::Indirect
    }
}

/// What stands between marks in a language without a lexicon: no speaker, and little trust.
fn marks_only(ordinal: usize, read: &Read<'_>) -> Vec<Quote> {
    const WORDS_MIN: usize = 4;
    let long =
        |it: &&Quotation| read.text[it.start..it.end].split_whitespace().take(WORDS_MIN).count() == WORDS_MIN;
    let spans = read.quotations.iter().filter(long).filter_map(|it| {
        let range = pieces::trimmed(read.text, it.start..it.end)?;
        Span::new(range.start, range.end)
    });
    spans
        .map(|span| Quote {
            passage: ordinal,
            content: vec![span],
            kind: QuoteKind::Direct,
            cue: None,
            mention: None,
            speaker: None::<Speaker>,
            confidence: 0.2,
            rule: Cow::Borrowed("marks only: no lexicon of this language"),
        })
        .collect()
}
