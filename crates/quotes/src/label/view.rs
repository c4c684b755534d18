//! What the features of the labeler read of each token, given what the rules made of the passage.

use std::{ops::Range, sync::LazyLock};

use morgue_core::article::Rule;

use crate::{
    drafts::draft::Draft,
    passage::{Parsed, Sentence},
    syntax::{cue::Cue, phrase::PhraseKind, subject::SubjectPlace},
    term::traits::word,
    text::token::{Token, TokenKind},
    weights::{NONE, Part, cue_class, part, tag_at, tag_index},
};

use super::{
    quotation::{QuotationTraits, quotation_traits},
    since::{COUNTS, Since},
};

/// What the rules make of a token, and the rule that does.
#[derive(Clone, Copy, Debug)]
struct Ruling {
    ruled: Ruled,
    rule: Option<Rule>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ruled {
    /// No draft holds it.
    Outside,
    Subject,
    Cue,
    Leading,
    Trailing,
}

impl Ruling {
    fn is_reported(self) -> bool {
        matches!(self.ruled, Ruled::Leading | Ruled::Trailing)
    }

    fn parts(self) -> (Part<'static>, Part<'static>) {
        let ruled = match self.ruled {
            Ruled::Outside => OUTSIDE,
            Ruled::Subject => part!("subject"),
            Ruled::Cue => part!("cue"),
            Ruled::Leading => part!("leading"),
            Ruled::Trailing => part!("trailing"),
        };
        (ruled, self.rule.map_or(part!("no rule"), |it| RULES[it as usize]))
    }
}

/// The names of all rules, in their order.
static RULES: LazyLock<Vec<Part<'static>>> =
    LazyLock::new(|| Rule::ALL.iter().map(|it| Part::new(it.name())).collect());

/// What the rules say of a token that no draft holds.
const OUTSIDE: Part<'static> = part!("outside");
/// What stands where a window reaches over the ends of a passage.
const END: Part<'static> = Part::new("end");

/// What features may ask of a token and of those beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct TokenView<'a> {
    /// The word, as far as it is no name.
    pub word: Part<'a>,
    /// What kind of word or sign it is.
    pub tag: Part<'a>,
    /// The same as a number.
    pub tag_index: usize,
    /// How it ends, where the lexicon does not know it.
    pub ending: Part<'a>,
    /// What the rules say of it.
    pub ruled: Part<'a>,
    /// The rule that says so.
    pub rule: Part<'a>,
}

/// A token and those beside it, [`BESIDE`] on each side unless the passage ends before.
pub(super) struct Window<'v, 'a> {
    views: &'v [TokenView<'a>],
    at: usize,
}

/// How far features look to each side, in tokens.
const BESIDE: usize = 2;

impl<'a> Window<'_, 'a> {
    /// A part of the token `by` places on.
    fn beside(&self, by: isize, part: fn(&TokenView<'a>) -> Part<'a>) -> Part<'a> {
        self.at.checked_add_signed(by).and_then(|it| self.views.get(it)).map_or(END, part)
    }

    /// The tag of the token itself, as a number.
    pub(super) fn tag_index(&self) -> usize {
        self.views[self.at].tag_index
    }

    pub(super) fn word(&self, by: isize) -> Part<'a> {
        self.beside(by, |it| it.word)
    }

    pub(super) fn tag(&self, by: isize) -> Part<'a> {
        self.beside(by, |it| it.tag)
    }

    pub(super) fn ending(&self, by: isize) -> Part<'a> {
        self.beside(by, |it| it.ending)
    }

    pub(super) fn ruled(&self, by: isize) -> Part<'a> {
        self.beside(by, |it| it.ruled)
    }

    pub(super) fn rule(&self, by: isize) -> Part<'a> {
        self.beside(by, |it| it.rule)
    }
}

/// Where a token stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct TokenContext<'a> {
    /// Whether it begins or ends its sentence.
    pub place: Part<'static>,
    /// What the rules made of the sentence before.
    pub sentence_before: Part<'static>,
    /// `None` in a silent sentence, one with neither cue nor quotation nor rule.
    pub traits: Option<Traits<'a>>,
}

/// What features may ask of one token alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Traits<'a> {
    /// The nearest cue before it in its sentence: its class, its word, and how far.
    pub before: CueView<'a>,
    /// The nearest cue after it.
    pub after: CueView<'a>,
    /// What stands between the cue before and the token.
    pub since: Part<'static>,
    /// Verbs since the cue before, and the last break.
    pub verbs: Part<'static>,
    pub last_break: Part<'a>,
    /// What the sentence is.
    pub sentence: Part<'static>,
    /// Of a quotation.
    pub quotation: Option<QuotationTraits<'a>>,
}

/// A cue as a token beside it sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct CueView<'a> {
    pub class: Part<'a>,
    pub word: Part<'a>,
    pub far: Part<'a>,
    pub subject: Part<'a>,
}

const NO_CUE: CueView<'static> = CueView { class: NONE, word: NONE, far: NONE, subject: NONE };

impl<'a> CueView<'a> {
    /// The same seen from that many tokens.
    fn at(self, tokens: usize) -> CueView<'a> {
        let far = match tokens {
            0 => part!("0"),
            1 => part!("1"),
            2..=3 => part!("2"),
            4..=7 => part!("4"),
            8..=15 => part!("8"),
            _ => part!("16"),
        };
        CueView { far, ..self }
    }
}

/// A cue as a token at it sees it.
fn seen<'a>(passage: &'a Parsed<'a>, cue: &Cue) -> CueView<'a> {
    let token = &passage.tokens[cue.at];
    CueView {
        class: cue_class(cue),
        word: Part::new(token.text(passage.text)),
        far: part!("0"),
        subject: match (&cue.subject, cue.place) {
            (None, _) => part!("nobody"),
            (Some(_), SubjectPlace::Shared) => part!("shared"),
            (Some(_), SubjectPlace::After) => part!("inverted"),
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

/// The tokens of a passage as features see them.
pub(super) struct PassageView<'a> {
    passage: &'a Parsed<'a>,
    /// For each token.
    rulings: Vec<Ruling>,
}

/// How many tokens are viewed at once: a view is several times as large as its token.
const VIEWS_AHEAD: usize = 1024;

impl<'a> PassageView<'a> {
    /// Of a passage and what the rules made of it.
    pub(super) fn new(passage: &'a Parsed<'a>, drafts: &[Draft]) -> PassageView<'a> {
        let mut rulings = vec![Ruling { ruled: Ruled::Outside, rule: None }; passage.tokens.len()];
        let mut mark = |tokens: Range<usize>, ruled, rule: Rule| {
            rulings[tokens].fill(Ruling { ruled, rule: Some(rule) });
        };
        for draft in drafts {
            if let Some(subject) = &draft.subject {
                mark(subject.phrase.tokens.clone(), Ruled::Subject, draft.rule);
            }
            if let Some(cue) = &draft.cue {
                mark(passage.tokens_in(cue), Ruled::Cue, draft.rule);
            }
        }
        for draft in drafts {
            for span in &draft.content {
                let leads = draft.cue.as_ref().is_some_and(|it| span.end <= it.start);
                let ruled = if leads { Ruled::Leading } else { Ruled::Trailing };
                mark(passage.tokens_in(span), ruled, draft.rule);
            }
        }
        PassageView { passage, rulings }
    }

    fn view(&self, at: usize) -> TokenView<'a> {
        let token = &self.passage.tokens[at];
        let tag_index = tag_index(token);
        let (ruled, rule) = self.rulings[at].parts();
        TokenView {
            word: word(token, self.passage.text),
            tag: tag_at(tag_index),
            tag_index,
            ending: word_ending(self.passage, token),
            ruled,
            rule,
        }
    }

    /// Calls `take` for each token, in order.
    pub(super) fn each(&self, mut take: impl FnMut(&Window<'_, 'a>, &TokenContext<'a>)) {
        let mut before = part!("first");
        // The views of the tokens from `first` on.
        let (mut first, mut views) = (0, Vec::new());
        for index in 0..self.passage.sentences.len() {
            let sentence = self.passage.sentence(index);
            let from = sentence.start.saturating_sub(BESIDE);
            let to = (sentence.end + BESIDE).min(self.rulings.len());
            if first + views.len() < to {
                views.drain(..from - first);
                first = from;
                let ahead = to.max(self.rulings.len().min(first + VIEWS_AHEAD));
                views.extend((first + views.len()..ahead).map(|it| self.view(it)));
            }
            let seen = sentence.cues.iter().map(|it| seen(self.passage, it)).collect();
            let rulings = &self.rulings[sentence.range()];
            let sentence = SentenceView { sentence, seen, rulings, views: &views, first };
            sentence.each(before, &mut take);
            before = sentence.summary();
        }
    }
}

struct SentenceView<'s, 'a> {
    sentence: Sentence<'a>,
    /// Its cues as a token beside them sees them, but for how far they are.
    seen: Vec<CueView<'a>>,
    /// What the rules make of its tokens.
    rulings: &'s [Ruling],
    /// Views of its tokens and those beside them, the first of token `first`.
    views: &'s [TokenView<'a>],
    first: usize,
}

impl<'a> SentenceView<'_, 'a> {
    /// What the rules made of the sentence.
    fn summary(&self) -> Part<'static> {
        let tokens = self.sentence.tokens;
        let last = self.sentence.range().rev().find(|it| !matches!(tokens[*it].kind, TokenKind::Punct));
        let Some(last) = last else { return part!("empty") };
        let quoted = tokens[self.sentence.range()].iter().any(Token::is_quote);
        let reported = self.rulings.iter().any(|it| it.is_reported());
        match (reported, quoted, self.rulings[last - self.sentence.start].is_reported()) {
            (true, true, true) => part!("quoted to its end"),
            (true, true, false) => part!("quoted"),
            (true, false, true) => part!("reported to its end"),
            (true, false, false) => part!("reported"),
            (false, true, _) => part!("marks alone"),
            (false, false, _) => OUTSIDE,
        }
    }

    fn is_silent(&self) -> bool {
        self.sentence.cues.is_empty()
            && !self.sentence.tokens[self.sentence.range()].iter().any(Token::is_quote)
            && self.rulings.iter().all(|it| it.ruled == Ruled::Outside)
    }

    /// What kind of sentence it is.
    fn kind(&self) -> Part<'static> {
        let slice = &self.sentence.tokens[self.sentence.range()];
        let quoted = slice.iter().any(Token::is_quote);
        let words = slice.iter().any(Token::is_word);
        let speech = self.sentence.cues.iter().any(Cue::is_speech);
        match (quoted, words, speech, self.sentence.cues.is_empty()) {
            (true, false, ..) => part!("bare quotation"),
            (true, true, true, _) => part!("quotation, cue of speech"),
            (true, true, false, false) => part!("quotation, other cue"),
            (true, true, false, true) => part!("quotation, no cue"),
            (false, _, true, _) => part!("cue of speech"),
            (false, _, false, false) => part!("other cue"),
            (false, _, false, true) => part!("no cue"),
        }
    }

    fn each(&self, before: Part<'static>, take: &mut impl FnMut(&Window<'_, 'a>, &TokenContext<'a>)) {
        let Sentence { passage, tokens, cues, .. } = self.sentence;
        let place = |at: usize| match at {
            _ if at == self.sentence.start => part!("first"),
            _ if at + 1 == self.sentence.end => part!("last"),
            _ => part!("inside"),
        };
        let (views, first) = (self.views, self.first);
        let mut take = |at: usize, traits: Option<Traits<'a>>| {
            let context = TokenContext { place: place(at), sentence_before: before, traits };
            take(&Window { views, at: at - first }, &context);
        };
        if self.is_silent() {
            self.sentence.range().for_each(|at| take(at, None));
            return;
        }
        let sentence = self.kind();
        let mut next_cue = 0;
        let mut since = Since::default();
        let n_quotes = tokens[self.sentence.range()].iter().filter(|it| it.is_quote()).count();
        let mut nth_quote = 0;
        for at in self.sentence.range() {
            let token = &tokens[at];
            while cues.get(next_cue).is_some_and(|it| it.end <= at) {
                next_cue += 1;
                since = Since::default();
            }
            let cue_before = next_cue.checked_sub(1);
            let here = cues.get(next_cue).is_some_and(|it| it.at <= at);
            let cue_after = next_cue + usize::from(here);
            let quotation = passage.quotation(token).map(|it| {
                nth_quote += 1;
                quotation_traits(self.sentence, at, it, (nth_quote, n_quotes))
            });
            let traits = Traits {
                before: cue_before.map_or(NO_CUE, |it| self.seen[it].at(at - cues[it].end)),
                after: cues
                    .get(cue_after)
                    .map_or(NO_CUE, |it| self.seen[cue_after].at(it.at.saturating_sub(at))),
                since: since.name(),
                verbs: COUNTS[since.verbs.min(3)],
                last_break: since.last_break.map_or(NONE, |it| views[it - first].word),
                sentence,
                quotation,
            };
            take(at, Some(traits));
            since.note(token, at);
        }
    }
}

fn word_ending<'a>(passage: &'a Parsed<'a>, token: &Token) -> Part<'a> {
    const LETTERS: usize = 3;
    if token.kind != TokenKind::Word || !token.first.is_lowercase() {
        return NONE;
    }
    let text = token.text(passage.text);
    text.char_indices().rev().nth(LETTERS - 1).map_or(NONE, |(at, _)| Part::new(&text[at..]))
}
