//! A passage with what the rules made of it → what a feature may ask of each of its units.

use std::ops::Range;

use super::super::{
    assign::{Draft, Source},
    cue::{Cue, CueKind},
    lexicon::Classes,
    phrase::PhraseKind,
    skeleton::{Unit, UnitKind},
    subject::Place,
};
use super::part::Part;

/// What stands where a window reaches over the ends of a passage.
pub(super) const END: Part<'static> = Part::new("end");
const NONE: Part<'static> = Part::new("none");

/// A part whose hash is known when the program is built.
macro_rules! part {
    ($text:literal) => {
        const { Part::new($text) }
    };
}

/// What features may ask of one unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Traits<'a> {
    /// The word, as far as it is no name.
    pub(super) word: Part<'a>,
    /// What kind of word or sign it is.
    pub(super) tag: Part<'a>,
    /// How it ends, where the lexicon does not know it.
    pub(super) ending: Part<'a>,
    /// What the rules say of it.
    pub(super) ruled: Part<'a>,
    /// The rule that says so.
    pub(super) rule: Part<'a>,
    /// The nearest cue before it in its sentence: its class, its word, and how far.
    pub(super) cue_before: CueSeen<'a>,
    /// The nearest cue after it.
    pub(super) cue_after: CueSeen<'a>,
    /// What stands between the cue before and the unit.
    pub(super) since: Part<'a>,
    /// Of a quotation: its length, how it ends and how it is written.
    pub(super) length: Part<'a>,
    pub(super) last_char: Part<'a>,
    pub(super) capitals: Part<'a>,
    pub(super) voice: Part<'a>,
    /// How many quotations its sentence has, and which it is.
    pub(super) among: Part<'a>,
    /// Verbs, and the last break, since the cue before.
    pub(super) verbs: Part<'a>,
    pub(super) last_break: Part<'a>,
    pub(super) breaks: Part<'a>,
    /// Its tag as a number.
    pub(super) tag_index: usize,
    /// Whether it begins or ends its sentence.
    pub(super) place: Part<'a>,
    /// What the sentence is.
    pub(super) sentence: Part<'a>,
    /// What the rules made of the sentence before.
    pub(super) sentence_before: Part<'a>,
}

/// A cue as a unit beside it sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct CueSeen<'a> {
    pub(super) class: Part<'a>,
    pub(super) word: Part<'a>,
    pub(super) far: Part<'a>,
    pub(super) subject: Part<'a>,
}

const NO_CUE: CueSeen<'static> = CueSeen { class: NONE, word: NONE, far: NONE, subject: NONE };

/// What the rules say of a unit.
#[derive(Clone, Copy)]
struct Ruled {
    state: Part<'static>,
    rule: Part<'static>,
}

/// The traits of all units of a passage.
pub(super) fn traits<'a>(source: Source<'a>, drafts: &[Draft]) -> Vec<Traits<'a>> {
    let units = &source.skeleton.units;
    let ruled = ruled(source, drafts);
    let mut found = Vec::with_capacity(units.len());
    let mut before = part!("first");
    for (index, range) in source.skeleton.sentences.iter().enumerate() {
        let sentence = Sentence { source, cues: &source.cues[index], ruled: &ruled, range: range.clone() };
        sentence.traits(before, &mut found);
        before = sentence.summary();
    }
    found
}

/// What the rules say of each unit: `reported`, the `cue`, the `subject`, or nothing.
fn ruled(source: Source<'_>, drafts: &[Draft]) -> Vec<Ruled> {
    let units = &source.skeleton.units;
    let mut found = vec![Ruled { state: part!("outside"), rule: part!("no rule") }; units.len()];
    let mut mark = |bytes: &Range<usize>, state: Part<'static>, rule: &'static str| {
        let rule = Part::new(rule);
        let from = units.partition_point(|it| it.end <= bytes.start);
        for at in from..units.len() {
            if units[at].start >= bytes.end {
                break;
            }
            found[at] = Ruled { state, rule };
        }
    };
    for draft in drafts {
        if let Some(subject) = &draft.subject {
            let subject = &subject.phrase.units;
            mark(&(units[subject.start].start..units[subject.end - 1].end), part!("subject"), draft.rule);
        }
        if let Some(cue) = &draft.cue {
            mark(cue, part!("cue"), draft.rule);
        }
    }
    for draft in drafts {
        for span in &draft.content {
            let leads = draft.cue.as_ref().is_some_and(|it| span.end <= it.start);
            mark(span, if leads { part!("leading") } else { part!("trailing") }, draft.rule);
        }
    }
    found
}

struct Sentence<'s, 'a> {
    source: Source<'a>,
    cues: &'s [Cue],
    ruled: &'s [Ruled],
    range: Range<usize>,
}

impl<'a> Sentence<'_, 'a> {
    fn units(&self) -> &'a [Unit] {
        &self.source.skeleton.units
    }

    /// What the rules made of the sentence.
    fn summary(&self) -> Part<'static> {
        let units = self.units();
        let last = self.range.clone().rev().find(|it| !matches!(units[*it].kind, UnitKind::Punct));
        let Some(last) = last else { return part!("empty") };
        let quoted = units[self.range.clone()].iter().any(Unit::is_quote);
        let reported = |it: usize| matches!(self.ruled[it].state.text, "leading" | "trailing");
        match (self.range.clone().any(reported), quoted, reported(last)) {
            (true, true, true) => part!("quoted to its end"),
            (true, true, false) => part!("quoted"),
            (true, false, true) => part!("reported to its end"),
            (true, false, false) => part!("reported"),
            (false, true, _) => part!("marks alone"),
            (false, false, _) => part!("outside"),
        }
    }

    /// What kind of sentence it is.
    fn kind(&self) -> Part<'static> {
        let slice = &self.units()[self.range.clone()];
        let quoted = slice.iter().any(Unit::is_quote);
        let words = slice.iter().any(Unit::is_word);
        let speech = self
            .cues
            .iter()
            .any(|it| it.classes.any(Classes::SAY | Classes::REPORT) || it.kind == CueKind::According);
        match (quoted, words, speech, self.cues.is_empty()) {
            (true, false, ..) => part!("bare quotation"),
            (true, true, true, _) => part!("quotation, cue of speech"),
            (true, true, false, false) => part!("quotation, other cue"),
            (true, true, false, true) => part!("quotation, no cue"),
            (false, _, true, _) => part!("cue of speech"),
            (false, _, false, false) => part!("other cue"),
            (false, _, false, true) => part!("no cue"),
        }
    }

    fn traits(&self, before: Part<'static>, found: &mut Vec<Traits<'a>>) {
        let units = self.units();
        let kind = self.kind();
        let mut next_cue = 0;
        let mut since = Since::default();
        let all_quotes = units[self.range.clone()].iter().filter(|it| it.is_quote()).count();
        let mut n_quotes = 0;
        for at in self.range.clone() {
            let unit = &units[at];
            while self.cues.get(next_cue).is_some_and(|it| it.end <= at) {
                next_cue += 1;
                since = Since::default();
            }
            let seen = |it: Option<&Cue>, far: fn(&Cue, usize) -> usize| {
                it.map_or(NO_CUE, |it| self.seen(it, far(it, at)))
            };
            let quotation = self.source.quotation(unit);
            n_quotes += usize::from(quotation.is_some());
            let voice = quotation.map_or(NONE, |it| voice(it.inside));
            let among = match (n_quotes, all_quotes) {
                _ if quotation.is_none() => NONE,
                (_, 1) => part!("only"),
                (1, _) => part!("first"),
                (n, all) if n == all => part!("last"),
                _ => part!("middle"),
            };
            let (length, last_char, capitals) = match quotation {
                Some(quotation) => {
                    let n = self.source.n_words(quotation);
                    let last = self.source.last_char(quotation);
                    let text = &self.source.text[quotation.start..quotation.end];
                    (length(n), ending(last), capitals(text))
                }
                None => (NONE, NONE, NONE),
            };
            found.push(Traits {
                word: self.word(unit),
                tag: TAG_PARTS[tag_index(unit)],
                ending: self.ending(unit),
                ruled: self.ruled[at].state,
                rule: self.ruled[at].rule,
                cue_before: seen(next_cue.checked_sub(1).and_then(|it| self.cues.get(it)), |it, at| {
                    at - it.end
                }),
                cue_after: seen(
                    self.cues.get(next_cue).filter(|it| it.at > at).or_else(|| self.cues.get(next_cue + 1)),
                    |it, at| it.at.saturating_sub(at),
                ),
                since: since.name(),
                voice,
                among,
                verbs: COUNTS[since.verbs.min(3)],
                breaks: COUNTS[since.breaks.min(3)],
                last_break: since.last_break.map_or(NONE, |it| self.word(&units[it])),
                tag_index: tag_index(unit),
                length,
                last_char,
                capitals,
                place: match at {
                    _ if at == self.range.start => part!("first"),
                    _ if at + 1 == self.range.end => part!("last"),
                    _ => part!("inside"),
                },
                sentence: kind,
                sentence_before: before,
            });
            since.note(unit, at);
        }
    }

    fn seen(&self, cue: &Cue, far: usize) -> CueSeen<'a> {
        let unit = &self.units()[cue.at];
        CueSeen {
            class: class(cue),
            word: Part::new(&self.source.text[unit.start..unit.end]),
            far: match far {
                0 => part!("0"),
                1 => part!("1"),
                2..=3 => part!("2"),
                4..=7 => part!("4"),
                8..=15 => part!("8"),
                _ => part!("16"),
            },
            subject: match (&cue.subject, cue.place) {
                (None, _) => part!("nobody"),
                (Some(_), Place::Shared) => part!("shared"),
                (Some(_), Place::After) => part!("inverted"),
                (Some(it), _) => match it.kind {
                    PhraseKind::Pronoun => part!("pronoun"),
                    PhraseKind::Relative => part!("relative"),
                    PhraseKind::Dropped => part!("dropped"),
                    PhraseKind::Name(_) => part!("name"),
                    PhraseKind::Noun => part!("noun"),
                },
            },
        }
    }

    /// The word itself, unless it may be a name: those that begin small, and those of the lexicon.
    fn word(&self, unit: &Unit) -> Part<'a> {
        match unit.kind {
            UnitKind::Name => part!("NAME"),
            UnitKind::Number => part!("NUMBER"),
            UnitKind::Quote(_) => part!("QUOTE"),
            UnitKind::Clitic | UnitKind::Punct => Part::new(&self.source.text[unit.start..unit.end]),
            UnitKind::Word if unit.first.is_lowercase() || unit.classes != Classes::NONE => {
                Part::new(&self.source.text[unit.start..unit.end])
            }
            UnitKind::Word => part!("CAPITAL"),
        }
    }

    fn ending(&self, unit: &Unit) -> Part<'a> {
        const LETTERS: usize = 3;
        if unit.kind != UnitKind::Word || !unit.first.is_lowercase() {
            return NONE;
        }
        let text = &self.source.text[unit.start..unit.end];
        text.char_indices().rev().nth(LETTERS - 1).map_or(NONE, |(at, _)| Part::new(&text[at..]))
    }
}

/// What has been seen since a cue.
#[derive(Default)]
struct Since {
    that: bool,
    comma: bool,
    quote: bool,
    verb: bool,
    verbs: usize,
    breaks: usize,
    last_break: Option<usize>,
}

const COUNTS: [Part<'static>; 4] = [part!("0"), part!("1"), part!("2"), part!("3")];

impl Since {
    fn note(&mut self, unit: &Unit, at: usize) {
        let joins = unit.sets_apart()
            || unit.is_sign(';')
            || unit.is_sign(':')
            || unit.is(Classes::AND | Classes::IF | Classes::WHO);
        if joins {
            self.breaks += 1;
            self.last_break = Some(at);
        }
        self.verbs += usize::from(unit.is(Classes::AUXILIARY | Classes::VERB | Classes::CUE));
        self.that |= unit.is(Classes::THAT);
        self.comma |= unit.sets_apart() || unit.is_sign(';') || unit.is_sign(':');
        self.quote |= unit.is_quote();
        self.verb |= unit.is(Classes::AUXILIARY | Classes::VERB);
    }

    fn name(&self) -> Part<'static> {
        match (self.that, self.comma, self.quote, self.verb) {
            (false, false, false, false) => part!("nothing"),
            (false, false, false, true) => part!("verb"),
            (false, false, true, false) => part!("quotation"),
            (false, false, true, true) => part!("quotation, verb"),
            (false, true, false, false) => part!("comma"),
            (false, true, false, true) => part!("comma, verb"),
            (false, true, true, false) => part!("comma, quotation"),
            (false, true, true, true) => part!("comma, quotation, verb"),
            (true, false, false, false) => part!("that"),
            (true, false, false, true) => part!("that, verb"),
            (true, false, true, false) => part!("that, quotation"),
            (true, false, true, true) => part!("that, quotation, verb"),
            (true, true, false, false) => part!("that, comma"),
            (true, true, false, true) => part!("that, comma, verb"),
            (true, true, true, false) => part!("that, comma, quotation"),
            (true, true, true, true) => part!("that, comma, quotation, verb"),
        }
    }
}

/// What the words inside the marks are: whose words they may be.
fn voice(inside: Classes) -> Part<'static> {
    let verb = inside.any(Classes::AUXILIARY | Classes::VERB | Classes::CUE);
    match (inside.any(Classes::FIRST | Classes::SECOND), verb, inside.any(Classes::PRONOUN)) {
        (true, true, _) => part!("I, verb"),
        (true, false, _) => part!("I"),
        (false, true, true) => part!("he, verb"),
        (false, true, false) => part!("verb"),
        (false, false, _) => part!("phrase"),
    }
}

fn length(n_words: usize) -> Part<'static> {
    match n_words {
        0..=1 => part!("1 word"),
        2 => part!("2 words"),
        3 => part!("3 words"),
        4..=5 => part!("4 words"),
        6..=8 => part!("6 words"),
        _ => part!("9 words"),
    }
}

fn ending(last: Option<char>) -> Part<'static> {
    match last {
        Some(',') => part!("comma"),
        Some('.') => part!("stop"),
        Some('?' | '!') => part!("cry"),
        Some('-' | '–' | '—') => part!("dash"),
        _ => part!("open"),
    }
}

/// How the words inside the marks are written: as a title all long words have capitals.
fn capitals(text: &str) -> Part<'static> {
    const LONG: usize = 4;
    const WORDS: usize = 10;
    let capital = |it: &str| it.chars().find(|it| it.is_alphabetic()).is_some_and(char::is_uppercase);
    let long = |it: &&str| it.chars().filter(|it| it.is_alphabetic()).count() >= LONG;
    let words = || text.split_whitespace().take(WORDS);
    let first = words().next().is_some_and(capital);
    let title = first && words().skip(1).filter(long).all(capital);
    match (first, title, words().count()) {
        (true, _, 1) => part!("one capital"),
        (true, true, _) if words().skip(1).any(|it| long(&it)) => part!("title"),
        (true, true, _) => part!("short title"),
        (true, false, _) => part!("first capital"),
        (false, ..) => part!("small"),
    }
}

fn class(cue: &Cue) -> Part<'static> {
    if cue.kind == CueKind::According {
        return part!("according");
    }
    CUES.iter().find(|(class, _)| cue.classes.any(*class)).map_or(part!("marks"), |(_, name)| *name)
}

const CUES: [(Classes, Part<'static>); 5] = [
    (Classes::SAY, part!("say")),
    (Classes::REPORT, part!("report")),
    (Classes::THINK, part!("think")),
    (Classes::SHOW, part!("show")),
    (Classes::OBJECT, part!("object")),
];

/// The names of all tags.
pub const TAGS: [&str; 45] = {
    let mut names = [""; 45];
    let signs = [
        "quotation",
        "clitic",
        "number",
        "title",
        "name",
        "comma",
        "colon",
        "semicolon",
        "stop",
        "dash",
        "bracket opens",
        "bracket closes",
        "sign",
        "word",
    ];
    let mut at = 0;
    while at < signs.len() {
        names[at] = signs[at];
        at += 1;
    }
    while at < 45 {
        names[at] = WORDS[at - signs.len()].1;
        at += 1;
    }
    names
};

/// The same as parts of names.
const TAG_PARTS: [Part<'static>; TAGS.len()] = {
    let mut parts = [NONE; TAGS.len()];
    let mut at = 0;
    while at < TAGS.len() {
        parts[at] = Part::new(TAGS[at]);
        at += 1;
    }
    parts
};

fn tag_index(unit: &Unit) -> usize {
    match unit.kind {
        UnitKind::Quote(_) => 0,
        UnitKind::Clitic => 1,
        UnitKind::Number => 2,
        UnitKind::Name => {
            if unit.classes.any(Classes::TITLE) {
                3
            } else {
                4
            }
        }
        UnitKind::Punct => match unit.first {
            ',' => 5,
            ':' => 6,
            ';' => 7,
            '.' | '?' | '!' | '…' => 8,
            '-' | '—' | '–' => 9,
            '(' | '[' => 10,
            ')' | ']' => 11,
            _ => 12,
        },
        UnitKind::Word => WORDS.iter().position(|(class, _)| unit.is(*class)).map_or(13, |it| it + 14),
    }
}

/// Words by their classes; the first that fits.
const WORDS: [(Classes, &str); 31] = [
    (Classes::THAT, "that"),
    (Classes::WHO, "who"),
    (Classes::WH, "wh"),
    (Classes::IF, "if"),
    (Classes::AND, "and"),
    (Classes::ACCORDING, "according"),
    (Classes::AGENT, "by"),
    (Classes::INFINITIVE, "to"),
    (Classes::OF, "of"),
    (Classes::BE, "be"),
    (Classes::HAVE, "have"),
    (Classes::MODAL, "modal"),
    (Classes::NOT, "not"),
    (Classes::POSSESSIVE, "his"),
    (Classes::DEFINITE, "the"),
    (Classes::FIRST, "I"),
    (Classes::DETERMINER, "a"),
    (Classes::PRONOUN, "he"),
    (Classes::GERUND, "-ing"),
    (Classes::SAY, "say"),
    (Classes::REPORT, "report"),
    (Classes::THINK, "think"),
    (Classes::SHOW, "show"),
    (Classes::OBJECT, "object"),
    (Classes::CUE, "marks"),
    (Classes::TIME, "time"),
    (Classes::ADVERB, "adverb"),
    (Classes::VERB, "verb"),
    (Classes::DOCUMENT, "document"),
    (Classes::SPEAKING, "speaker"),
    (Classes::PLURAL, "plural"),
];
