//! What a checked query means: whether a passage is a hit, and which of its words made it one.
//!
//! The meaning of the language, the highlighter of every backend, and what a backend's hits are tested against; so it is
//! written to be read rather than to be fast. A passage of a few hundred words takes some tens of microseconds.

use std::borrow::Cow;

use super::{
    CheckedQuery, Clause, Filter, QuoteClause, TextField, TextPattern, WordPattern,
    spans::{merged, phrase_matches},
};
use crate::{
    analyze::{self, Forms, Stemmer, Word},
    article::{Article, Language, Quote, Span},
};

/// The words that made a passage a hit, sorted and disjoint; `None` when it is none.
///
/// `passage` is an ordinal of the article, `quotes` are the article's. The spans are empty when the query asks for no words.
pub fn evaluate(
    query: &CheckedQuery,
    article: &Article,
    passage: usize,
    quotes: &[Quote],
) -> Option<Vec<Span>> {
    let page = Page::new(article, passage, quotes)?;
    page.is_hit(&query.root).then(|| merged(page.shown(&query.root)))
}

/// A passage with what a query may ask about it.
struct Page<'a> {
    article: &'a Article,
    passage: usize,
    quotes: Vec<&'a Quote>,
    body: Text,
    headline: Text,
}

/// A text as words, each with its stem.
struct Text {
    words: Vec<Word>,
    stems: Vec<String>,
    stemmer: Stemmer,
}

impl<'a> Page<'a> {
    fn new(article: &'a Article, passage: usize, quotes: &'a [Quote]) -> Option<Page<'a>> {
        let text = &article.passages().get(passage)?.text;
        let language = article.metadata.language.as_ref().map(|it| it.value);
        let headline = article.metadata.headline.as_ref().map_or("", |it| it.value.as_str());
        Some(Page {
            article,
            passage,
            quotes: quotes.iter().filter(|it| it.passage == passage).collect(),
            body: Text::new(text, language),
            headline: Text::new(headline, language),
        })
    }

    fn matches(&self, clause: &Clause) -> bool {
        match clause {
            Clause::Everything => true,
            Clause::Text(pattern) => self.body.has(pattern) || self.headline.has(pattern),
            Clause::Quoted(clause) => self.quotes.iter().any(|it| self.quote_matches(it, clause)),
            Clause::Filter(filter) => self.passes(filter),
            Clause::And(clauses) => clauses.iter().all(|it| self.matches(it)),
            Clause::Or(clauses) => clauses.iter().any(|it| self.matches(it)),
            Clause::Not(inner) => !self.matches(inner),
            Clause::AtLeast { n, of } => of.iter().filter(|it| self.matches(it)).count() >= *n,
        }
    }

    fn is_hit(&self, clause: &Clause) -> bool {
        match clause {
            Clause::Everything | Clause::Quoted(_) | Clause::Filter(_) | Clause::Not(_) => {
                self.matches(clause)
            }
            Clause::Text(pattern) => self.body.has(pattern),
            Clause::Or(clauses) => clauses.iter().any(|it| self.is_hit(it)),
            Clause::And(clauses) | Clause::AtLeast { of: clauses, .. } => {
                let mut with_words = clauses.iter().filter(|it| it.has_words()).peekable();
                let has_no_words = with_words.peek().is_none();
                self.matches(clause) && (has_no_words || with_words.any(|it| self.is_hit(it)))
            }
        }
    }

    /// The spans of the words that made the clause match; none where it does not.
    fn shown(&self, clause: &Clause) -> Vec<Span> {
        if !self.matches(clause) {
            return Vec::new();
        }
        match clause {
            Clause::Everything | Clause::Filter(_) | Clause::Not(_) => Vec::new(),
            Clause::Text(pattern) => self.body.find(pattern, &|_| true),
            Clause::Quoted(clause) => {
                let quotes = self.quotes.iter().filter(|it| self.quote_matches(it, clause));
                quotes.flat_map(|it| self.shown_in_quote(it, clause)).collect()
            }
            Clause::And(clauses) | Clause::Or(clauses) | Clause::AtLeast { of: clauses, .. } => {
                clauses.iter().flat_map(|it| self.shown(it)).collect()
            }
        }
    }

    fn quote_matches(&self, quote: &Quote, clause: &QuoteClause) -> bool {
        let speaker = quote.speaker.as_ref();
        match clause {
            QuoteClause::Said(_) => !self.shown_in_quote(quote, clause).is_empty(),
            QuoteClause::Speaker(pattern) => speaker.is_some_and(|it| names_has(&it.name, pattern)),
            QuoteClause::Role(pattern) => {
                speaker.and_then(|it| it.role.as_ref()).is_some_and(|it| names_has(it, pattern))
            }
            QuoteClause::Kind(kind) => quote.kind == *kind,
            QuoteClause::And(clauses) => clauses.iter().all(|it| self.quote_matches(quote, it)),
            QuoteClause::Or(clauses) => clauses.iter().any(|it| self.quote_matches(quote, it)),
            QuoteClause::Not(inner) => !self.quote_matches(quote, inner),
        }
    }

    /// The spans of the words of the quote that made the clause match.
    fn shown_in_quote(&self, quote: &Quote, clause: &QuoteClause) -> Vec<Span> {
        match clause {
            QuoteClause::Said(pattern) => {
                self.body.find(pattern, &|word| quote.content.iter().any(|it| it.contains(word)))
            }
            QuoteClause::Speaker(_) | QuoteClause::Role(_) | QuoteClause::Kind(_) | QuoteClause::Not(_) => {
                Vec::new()
            }
            QuoteClause::And(clauses) | QuoteClause::Or(clauses) => {
                let matching = clauses.iter().filter(|it| self.quote_matches(quote, it));
                matching.flat_map(|it| self.shown_in_quote(quote, it)).collect()
            }
        }
    }

    fn passes(&self, filter: &Filter) -> bool {
        let metadata = &self.article.metadata;
        match filter {
            Filter::Field(field, pattern) => {
                let value = match field {
                    TextField::Headline => return self.headline.has(pattern),
                    TextField::Byline => &metadata.byline,
                    TextField::Place => &metadata.place,
                    TextField::Section => &metadata.section,
                    TextField::Source => &metadata.source,
                };
                value.as_ref().is_some_and(|it| names_has(&it.value, pattern))
            }
            Filter::Language(language) => metadata.language.as_ref().is_some_and(|it| it.value == *language),
            Filter::PassageKind(kind) => {
                self.article.passages().get(self.passage).is_some_and(|it| it.kind == *kind)
            }
            Filter::Published(days) => metadata.date.as_ref().is_some_and(|it| days.may_hold(it.value)),
            Filter::Path(glob) => glob.matches(&self.article.place.path.to_lowercase()),
            Filter::Url(glob) => {
                metadata.url.as_ref().is_some_and(|it| glob.matches(&it.value.to_lowercase()))
            }
        }
    }
}

/// Whether a name, a role or a title of a section has the words; names are in no language.
fn names_has(name: &str, pattern: &TextPattern) -> bool {
    Text::new(name, None).has(pattern)
}

impl Text {
    fn new(text: &str, language: Option<Language>) -> Text {
        let words: Vec<Word> = analyze::words(text).collect();
        let stemmer = Stemmer::for_language(language);
        let stems = words.iter().map(|it| stemmer.stem(it.forms()).into_owned()).collect();
        Text { words, stems, stemmer }
    }

    fn has(&self, pattern: &TextPattern) -> bool {
        !self.find(pattern, &|_| true).is_empty()
    }

    /// The spans of the pattern, a phrase from its first word to its last, all its words among the allowed.
    fn find(&self, pattern: &TextPattern, allowed: &dyn Fn(Span) -> bool) -> Vec<Span> {
        let (parts, slop) = match pattern {
            TextPattern::Word(part) => (std::slice::from_ref(part), 0),
            TextPattern::Phrase { parts, slop } => (parts.as_slice(), *slop),
        };
        let lists: Vec<Vec<u32>> = parts.iter().map(|it| self.positions(it, allowed)).collect();
        let lists: Vec<&[u32]> = lists.iter().map(Vec::as_slice).collect();
        let spans = phrase_matches(&lists, slop).into_iter().filter_map(|(first, last)| {
            let (first, last) = (self.words.get(first as usize)?, self.words.get(last as usize)?);
            Span::new(first.span.start(), last.span.end())
        });
        spans.collect()
    }

    /// The positions of the allowed words that fit.
    fn positions(&self, part: &WordPattern, allowed: &dyn Fn(Span) -> bool) -> Vec<u32> {
        let stem = match part {
            WordPattern::Stem { form, accented } => self.stemmer.stem(Forms { form, accented }),
            _ => Cow::Borrowed(""),
        };
        let fits = |at: usize, word: &Word| {
            part.fits_form(&word.form) || (!stem.is_empty() && self.stems[at] == stem)
        };
        let found = self.words.iter().enumerate().filter(|(at, word)| fits(*at, word) && allowed(word.span));
        found.filter_map(|(at, _)| u32::try_from(at).ok()).collect()
    }
}
