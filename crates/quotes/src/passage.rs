//! A passage → its quotations, masked sentences and cues, which every later step reads.

use std::ops::Range;

use morgue_core::article::{Passage, PassageKind, PassageSpan, QuoteKind, Span};

use crate::{
    lexicon::Lexicon,
    syntax::{
        cue::{self, Cue},
        surname,
    },
    text::{
        lexer::{self, Lexeme, SOFT_HYPHEN},
        masked::{Masked, mask},
        quotation::{Quotation, quotations},
        token::{Token, TokenKind},
    },
};

/// A passage of an article, parsed.
pub(crate) struct Parsed<'a> {
    /// Its place in the article.
    pub ordinal: usize,
    pub text: &'a str,
    pub kind: PassageKind,
    pub quotations: Vec<Quotation>,
    /// Whether it has no words outside its quotations.
    pub bare: bool,
    /// The words and signs outside its quotations, and its quotations, in order.
    pub tokens: Vec<Token>,
    /// Its sentences: ranges of tokens, in order, without gaps.
    pub sentences: Vec<Range<usize>>,
    /// Whether all its words have capitals, but for short ones.
    capitalized: bool,
    /// Whether it is written in capitals alone, or as a headline.
    heading: bool,
    /// Whether it is written in capitals alone.
    shouted: bool,
    /// The cues of all its sentences, in order …
    cues: Vec<Cue>,
    /// … and how many there are up to the end of each.
    cue_ends: Vec<usize>,
}

/// The most bytes that are kept of a name or role, since each quote of its bearer repeats it. The
/// longest of 21,578 Reuters stories and the other articles of `docs/evaluation.md` has 156.
const WORDS_BYTES_MAX: usize = 256;

/// A sentence of a passage.
#[derive(Clone, Copy)]
pub(crate) struct Sentence<'a> {
    pub passage: &'a Parsed<'a>,
    /// Its place in the passage.
    pub index: usize,
    /// All tokens of the passage.
    pub tokens: &'a [Token],
    /// Its first token, and one past its last.
    pub start: usize,
    pub end: usize,
    pub cues: &'a [Cue],
}

impl Sentence<'_> {
    /// The range of its tokens.
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

impl Parsed<'_> {
    /// Finds the cues of all sentences, once it is known what the tokens are.
    fn find_cues(&mut self) {
        for sentence in &self.sentences {
            cue::cues(&self.tokens, sentence.clone(), &mut self.cues);
            self.cue_ends.push(self.cues.len());
        }
    }

    /// Its text and tokens, for the search for surnames.
    fn words_of(&mut self) -> surname::Text<'_> {
        surname::Text { in_story: self.is_story(), text: self.text, tokens: &mut self.tokens }
    }

    /// Whether it tells the story, rather than heading it, and its capitals tell names.
    pub(crate) fn is_story(&self) -> bool {
        matches!(self.kind, PassageKind::Body | PassageKind::Caption) && !self.heading
    }

    /// Whether it heads a story and all its words have capitals, so that none of them is a name by
    /// its capital.
    pub(crate) fn is_capitalized(&self) -> bool {
        !self.is_story() && self.capitalized
    }

    /// Whether it is written in capitals alone.
    pub(crate) fn is_shouted(&self) -> bool {
        self.shouted
    }

    /// The sentence of that place.
    pub(crate) fn sentence(&self, index: usize) -> Sentence<'_> {
        let Range { start, end } = self.sentences[index];
        Sentence { passage: self, index, tokens: &self.tokens, start, end, cues: self.cues(index) }
    }

    /// The cues of the sentence of that place.
    pub(crate) fn cues(&self, sentence: usize) -> &[Cue] {
        let start = sentence.checked_sub(1).map_or(0, |it| self.cue_ends[it]);
        &self.cues[start..self.cue_ends[sentence]]
    }

    /// The quotation that the token stands for.
    pub(crate) fn quotation(&self, token: &Token) -> Option<&Quotation> {
        match token.kind {
            TokenKind::Quote(index) => self.quotations.get(index as usize),
            _ => None,
        }
    }

    /// The last character inside the quotation.
    pub(crate) fn last_char(&self, quotation: &Quotation) -> Option<char> {
        quotation.text(self.text).trim_end().chars().next_back()
    }

    /// Whether the token is a quotation that says something, rather than a term.
    pub(crate) fn is_said(&self, token: &Token) -> bool {
        self.quotation(token).is_some_and(|it| !it.term)
    }

    /// Whether the token is a quotation that is rather a term than words of somebody, not surely
    /// so.
    pub(crate) fn is_doubtful(&self, token: &Token) -> bool {
        self.quotation(token).is_some_and(|it| it.term && it.doubtful)
    }

    /// Words inside the quotation, counted up to ten.
    pub(crate) fn n_words(&self, quotation: &Quotation) -> usize {
        quotation.text(self.text).split_whitespace().take(10).count()
    }

    /// The bytes inside the quotation of that token, trimmed.
    pub(crate) fn inside(&self, token: usize) -> Option<Range<usize>> {
        let quotation = self.quotation(self.tokens.get(token)?)?;
        self.trimmed(quotation.start..quotation.end)
    }

    /// The range without white space at its ends; `None` when nothing is left.
    pub(crate) fn trimmed(&self, range: Range<usize>) -> Option<Range<usize>> {
        let inner = self.text.get(range.clone())?;
        let start = range.start + (inner.len() - inner.trim_start().len());
        let end = start + inner.trim().len();
        (start < end).then_some(start..end)
    }

    /// The token that begins at that byte.
    pub(crate) fn token_at(&self, start: usize) -> usize {
        self.tokens.partition_point(|it| it.start() < start)
    }

    /// The tokens that a range of bytes touches.
    pub(crate) fn tokens_in(&self, bytes: &Range<usize>) -> Range<usize> {
        self.tokens.partition_point(|it| it.end() <= bytes.start)
            ..self.tokens.partition_point(|it| it.start() < bytes.end)
    }

    /// The place of a range of tokens; `None` when it is empty.
    pub(crate) fn span(&self, tokens: Range<usize>) -> Option<PassageSpan> {
        let tokens = self.tokens.get(tokens)?;
        let span = Span::new(tokens.first()?.start(), tokens.last()?.end())?;
        Some(PassageSpan { passage: self.ordinal, span })
    }

    /// The text of a range of tokens, with single spaces; no more than [`WORDS_BYTES_MAX`].
    pub(crate) fn words(&self, tokens: Range<usize>) -> String {
        let tokens = &self.tokens[tokens];
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return String::new() };
        let longest = self.text.floor_char_boundary(first.start() + WORDS_BYTES_MAX);
        let text = &self.text[first.start()..last.end().min(longest)];
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.contains(SOFT_HYPHEN) { words.replace(SOFT_HYPHEN, "") } else { words }
    }

    /// The bytes of a cue.
    pub(crate) fn cue_bytes(&self, cue: &Cue) -> Range<usize> {
        self.tokens[cue.at].start()..self.tokens[cue.end - 1].end()
    }
}

/// Parses the passages of an article. Where most quotations stand between double marks, single
/// marks open none.
pub(crate) fn parse_all<'a>(passages: &'a [Passage], lexicon: &Lexicon) -> Vec<Parsed<'a>> {
    let mut parsed = Vec::with_capacity(passages.len());
    // Passages with single marks wait until it is known whether these count.
    let mut waiting = Vec::new();
    let (mut n_single, mut n_double) = (0, 0);
    for (ordinal, passage) in passages.iter().enumerate() {
        let lexemes = lexer::lexemes(&passage.text, lexicon);
        let mut quotations = quotations(&passage.text, &lexemes);
        if let Some(last) = quotations.last_mut() {
            last.close_before_cue(&lexemes);
        }
        let own_single = quotations.iter().filter(|it| it.single).count();
        n_single += own_single;
        n_double += quotations.len() - own_single;
        if own_single == 0 {
            parsed.push(parse(ordinal, passage, &lexemes, quotations));
        } else {
            parsed.push(parse(ordinal, passage, &[], Vec::new()));
            waiting.push((ordinal, lexemes, quotations));
        }
    }
    for (ordinal, lexemes, mut quotations) in waiting {
        quotations.retain(|it| !it.single || n_single > n_double);
        parsed[ordinal] = parse(ordinal, &passages[ordinal], &lexemes, quotations);
    }
    surname::settle(&mut parsed.iter_mut().map(Parsed::words_of).collect::<Vec<_>>());
    for passage in &mut parsed {
        passage.find_cues();
    }
    parsed
}

fn parse<'a>(
    ordinal: usize,
    passage: &'a Passage,
    lexemes: &[Lexeme],
    quotations: Vec<Quotation>,
) -> Parsed<'a> {
    let text = passage.text.as_str();
    let heads = matches!(passage.kind, PassageKind::Headline | PassageKind::Heading);
    let shouted = lexer::is_shouted(lexemes);
    let heading = shouted || lexer::is_headline(lexemes);
    let capitalized = heading || heads && lexer::is_capitalized(lexemes);
    let Masked { tokens, sentences } = mask(text, lexemes, &quotations, capitalized);
    let bare = !tokens.iter().any(Token::is_word);
    let (cues, cue_ends) = (Vec::new(), Vec::new());
    Parsed {
        ordinal,
        text,
        kind: passage.kind,
        quotations,
        bare,
        tokens,
        sentences,
        capitalized,
        heading,
        shouted,
        cues,
        cue_ends,
    }
}

/// Direct when every span lies between marks, mixed when some words do; the marks of terms do not
/// count.
pub(crate) fn kind_of(spans: &[Span], quotations: &[Quotation]) -> QuoteKind {
    let touches = |span: &Span| {
        let from = quotations.partition_point(|it| it.end <= span.start());
        let mut touched = quotations[from..].iter().take_while(|it| it.start < span.end());
        touched.find(|it| !it.term)
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
