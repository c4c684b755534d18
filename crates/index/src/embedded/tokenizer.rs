//! `analyze` as tantivy tokenizers, so that index, query and highlights cut the same words.
//!
//! A tantivy tokenizer sees nothing but a text; the language and the spans that count are put
//! before it ([`marked`]). Each word of a text gives two terms at its position, the exact form and
//! the stem under its language, and marks: whether it has capital letters, whether a sentence
//! begins there. Other ways to write words give terms of their own, at the position of the first of
//! these words; where there are no positions, they give the same terms as words do.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use morgue_core::analyze::{self, Capitals, SENTENCE_MARK, Variants};
use morgue_core::article::{Language, Span};

/// Cuts marked text into exact forms and stems.
pub(super) const TEXT: &str = "morgue-text";
/// Cuts marked text into stems.
pub(super) const STEMS: &str = "morgue-stems";
/// Cuts names and other short values into exact forms, with umlauts also spelled out.
pub(super) const NAMES: &str = "morgue-names";

/// Between the parts of a marked text; no language code or number holds it.
const MARK: char = '\u{1f}';

/// Makes the tokenizers known by their names.
pub(super) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(TEXT, TextAnalyzer::from(TextTokenizer::<true>::default()));
    tokenizers.register(STEMS, TextAnalyzer::from(TextTokenizer::<false>::default()));
    tokenizers.register(NAMES, TextAnalyzer::from(NameTokenizer::default()));
}

/// A part of a text, and which of its words count.
#[derive(Clone, Copy)]
pub(super) struct Counted<'a> {
    /// The position of its first word in the whole text.
    pub position: usize,
    /// The spans of the part outside of which no word counts; all do when there are none.
    pub spans: &'a [Span],
}

/// A text of which every word counts.
const WHOLE: Counted<'static> = Counted { position: 0, spans: &[] };

/// The text with its language.
pub(super) fn marked(language: &str, text: &str) -> String {
    marked_part(language, WHOLE, text)
}

/// A part of a text with its language.
pub(super) fn marked_part(language: &str, Counted { position, spans }: Counted<'_>, text: &str) -> String {
    use std::fmt::Write as _;
    let mut marked = String::with_capacity(language.len() + spans.len() * 10 + text.len() + 8);
    marked.push_str(language);
    marked.push(MARK);
    write!(marked, "{position}").expect("a String can be written to");
    for span in spans {
        write!(marked, " {} {}", span.start(), span.end()).expect("a String can be written to");
    }
    marked.push(MARK);
    marked.push_str(text);
    marked
}

/// The parts of a marked text: its language, the position of its first word, its spans, its text.
fn unmarked(marked: &str) -> Option<(&str, usize, Vec<Span>, &str)> {
    let (language, rest) = marked.split_once(MARK)?;
    let (numbers, text) = rest.split_once(MARK)?;
    let mut numbers = numbers.split_ascii_whitespace().map(str::parse);
    let position = numbers.next()?.ok()?;
    let mut spans = Vec::new();
    while let (Some(Ok(start)), Some(Ok(end))) = (numbers.next(), numbers.next()) {
        spans.extend(Span::new(start, end));
    }
    Some((language, position, spans, text))
}

/// The language of a code that [`marked`] was given; `und` is none.
pub(super) fn known_language(code: &str) -> Option<Language> {
    Language::from_tag(code).filter(|_| code != UNKNOWN)
}

/// Stands for the language of an article that has none.
pub(super) const UNKNOWN: &str = "und";

/// Terms with their positions, their text in one buffer that is used again for the next value.
#[derive(Clone, Default)]
struct Terms {
    text: String,
    /// Where a term ends in `text`, and its position.
    ends: Vec<(usize, usize)>,
}

impl Terms {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn push(&mut self, term: &str, position: usize) {
        self.text.push_str(term);
        self.ends.push((self.text.len(), position));
    }

    fn stream(&self) -> Stream<'_> {
        Stream { terms: self, next: 0, start: 0, token: Token::default() }
    }
}

struct Stream<'a> {
    terms: &'a Terms,
    next: usize,
    start: usize,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(&(end, position)) = self.terms.ends.get(self.next) else { return false };
        self.token.text.clear();
        self.token.text.push_str(&self.terms.text[self.start..end]);
        self.token.position = position;
        self.start = end;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Longer texts are not compared with the one before.
const REPEATED_BYTES_MAX: usize = 400;

/// Whether `text` is what was cut `last`, and remembers it: tantivy gives each field its own
/// tokenizer, and all documents of an article have its headline, its source, its byline.
fn is_repeated(last: &mut String, text: &str) -> bool {
    if text.len() > REPEATED_BYTES_MAX {
        last.clear();
        return false;
    }
    // Before the first text, and after a long one, `last` is empty.
    if last == text && !text.is_empty() {
        return true;
    }
    last.clear();
    last.push_str(text);
    false
}

/// Gives the stem of each word, and with `EXACT` its exact form and position too.
#[derive(Default)]
struct TextTokenizer<const EXACT: bool> {
    terms: Terms,
    /// What `terms` were cut from, where it may come again at once.
    last: String,
    stemmer: Option<(String, analyze::Stemmer)>,
}

/// tantivy clones a tokenizer for each thread; what a stemmer remembers stays behind.
impl<const EXACT: bool> Clone for TextTokenizer<EXACT> {
    fn clone(&self) -> Self {
        TextTokenizer::default()
    }
}

impl<const EXACT: bool> Tokenizer for TextTokenizer<EXACT> {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, marked: &'a str) -> Stream<'a> {
        if is_repeated(&mut self.last, marked) {
            return self.terms.stream();
        }
        self.terms.clear();
        let (language, first, spans, text) =
            unmarked(marked).unwrap_or((UNKNOWN, WHOLE.position, Vec::new(), marked));
        if self.stemmer.as_ref().is_none_or(|it| it.0 != language) {
            let stemmer = analyze::Stemmer::for_language(known_language(language));
            self.stemmer = Some((language.to_owned(), stemmer));
        }
        let (_, stemmer) = self.stemmer.as_mut().expect("set above");
        let terms = &mut self.terms;
        let mut position = first;
        let mut before: Option<Span> = None;
        // The first span that ends behind the words so far: spans and words are in order.
        let mut next_span = 0;
        let mut variants = Variants::new(known_language(language));
        analyze::for_each_word(text, |word| {
            // Also where the word itself does not count: between two that do, a sentence may begin
            // outside the spans.
            if before.is_some_and(|it| analyze::begins_sentence(text, it, word.span)) {
                terms.push(SENTENCE_MARK, position);
            }
            while spans.get(next_span).is_some_and(|it| it.end() < word.span.end()) {
                next_span += 1;
            }
            let counts =
                |it: Span| spans.is_empty() || spans.get(next_span).is_some_and(|span| span.contains(it));
            if counts(word.span) {
                if EXACT {
                    terms.push(word.form, position);
                }
                terms.push(stemmer.term(word.forms()), position);
                if let Some(mark) = Capitals::of(word.span.of(text)).mark() {
                    terms.push(mark, position);
                }
            }
            variants.add(text, word, |it| {
                if !counts(it.span) {
                    return;
                }
                if EXACT {
                    let term = stemmer.variant_term(it.forms, it.n_words);
                    terms.push(&term, position + 1 - it.n_words);
                } else {
                    terms.push(stemmer.term(it.forms), position);
                }
            });
            before = Some(word.span);
            position += 1;
        });
        self.terms.stream()
    }
}

#[derive(Clone, Default)]
struct NameTokenizer {
    terms: Terms,
    /// What `terms` were cut from, where it may come again at once.
    last: String,
}

impl Tokenizer for NameTokenizer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        if is_repeated(&mut self.last, text) {
            return self.terms.stream();
        }
        self.terms.clear();
        let terms = &mut self.terms;
        let mut position = 0;
        let mut variants = Variants::of_name();
        analyze::for_each_word(text, |word| {
            terms.push(word.form, position);
            variants.add(text, word, |variant| {
                if variant.n_words == 1 && variant.forms.form != word.form {
                    terms.push(variant.forms.form, position);
                }
            });
            position += 1;
        });
        self.terms.stream()
    }
}
