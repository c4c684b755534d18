//! What a checked query means: whether a passage is a hit, and which of its words made it one.
//!
//! The meaning of the language, the highlighter of every backend, and what a backend's hits are tested against; so it is
//! written to be read rather than to be fast. A passage of a few hundred words takes some tens of microseconds.

use std::borrow::Cow;

use super::{
    ArticlePart, CheckedQuery, Clause, Filter, QuoteClause, TextField, TextPattern, WordPattern,
    spans::{Positions, Shape, Stretch, merged},
};
use crate::{
    analyze::{self, Capitals, Forms, Stemmer, Word},
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

/// A text as words, each with its stem and its capital letters.
struct Text {
    words: Vec<Word>,
    stems: Vec<String>,
    capitals: Vec<Capitals>,
    /// The positions at which sentences begin, the first left out.
    sentences: Vec<u32>,
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
            QuoteClause::Speaker(pattern) => speaker.is_some_and(|it| name_fits(&it.name, pattern)),
            QuoteClause::Role(pattern) => {
                speaker.and_then(|it| it.role.as_ref()).is_some_and(|it| name_fits(it, pattern))
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
                value.as_ref().is_some_and(|it| name_fits(&it.value, pattern))
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
            Filter::Part(part, pattern) => self.part_has(*part, pattern),
            Filter::Length(lengths) => (lengths.min..=lengths.max).contains(&n_words(self.article)),
        }
    }

    fn part_has(&self, part: ArticlePart, pattern: &TextPattern) -> bool {
        let (n, pattern) = match pattern {
            TextPattern::AtLeast { n, of } => (*n as usize, of.as_ref()),
            other => (1, other),
        };
        let language = self.article.metadata.language.as_ref().map(|it| it.value);
        let ordinals: Vec<usize> = match part {
            ArticlePart::Whole => (0..self.article.passages().len()).collect(),
            ArticlePart::Lead => self.article.lead().collect(),
        };
        let texts = ordinals.iter().filter_map(|it| self.article.passages().get(*it));
        texts.map(|it| Text::new(&it.text, language).matches(pattern).len()).sum::<usize>() >= n
    }
}

/// How many words an article has, all its passages together.
pub fn n_words(article: &Article) -> u64 {
    let mut n = 0;
    for passage in article.passages() {
        analyze::for_each_word(&passage.text, |_| n += 1);
    }
    n
}

/// Whether a name, a role or a title of a section has the words; names are in no language.
pub fn name_fits(name: &str, pattern: &TextPattern) -> bool {
    Text::new(name, None).has(pattern)
}

impl Text {
    fn new(text: &str, language: Option<Language>) -> Text {
        let words: Vec<Word> = analyze::words(text).collect();
        let stemmer = Stemmer::for_language(language);
        let stems = words.iter().map(|it| stemmer.stem(it.forms()).into_owned()).collect();
        let capitals = words.iter().map(|it| Capitals::of(it.span.of(text))).collect();
        let pairs = (1_u32..).zip(words.windows(2));
        let begins = |it: &(u32, &[Word])| analyze::begins_sentence(text, it.1[0].span, it.1[1].span);
        let sentences = pairs.filter(begins).map(|it| it.0).collect();
        Text { words, stems, capitals, sentences, stemmer }
    }

    fn has(&self, pattern: &TextPattern) -> bool {
        !self.matches(pattern).is_empty()
    }

    /// Where the pattern stands.
    fn matches(&self, pattern: &TextPattern) -> Vec<Stretch> {
        self.stretches(pattern, &|_| true, Shape::matches)
    }

    /// The spans to mark of the pattern, a phrase from its first word to its last, all its words among the allowed.
    fn find(&self, pattern: &TextPattern, allowed: &dyn Fn(Span) -> bool) -> Vec<Span> {
        let span = |it: Stretch| {
            let (first, last) = (self.words.get(it.first as usize)?, self.words.get(it.last as usize)?);
            Span::new(first.span.start(), last.span.end())
        };
        self.stretches(pattern, allowed, Shape::shown).into_iter().filter_map(span).collect()
    }

    fn stretches(
        &self,
        pattern: &TextPattern,
        allowed: &dyn Fn(Span) -> bool,
        of: fn(&Shape, Positions<'_>) -> Vec<Stretch>,
    ) -> Vec<Stretch> {
        let (shape, words) = Shape::new(pattern);
        let words: Vec<Vec<u32>> = words.into_iter().map(|it| self.positions(it, allowed)).collect();
        of(&shape, Positions { words: &words, sentences: &self.sentences })
    }

    /// The positions of the allowed words that fit.
    fn positions(&self, pattern: &WordPattern, allowed: &dyn Fn(Span) -> bool) -> Vec<u32> {
        let (spelling, letters) = pattern.parts();
        let stem = match spelling {
            WordPattern::Stem { form, accented } => self.stemmer.stem(Forms { form, accented }),
            _ => Cow::Borrowed(""),
        };
        let fits = |at: usize, word: &Word| {
            let spelled = spelling.fits_form(&word.form) || (!stem.is_empty() && self.stems[at] == stem);
            spelled && letters.is_none_or(|it| it.allow(self.capitals[at]))
        };
        let found = self.words.iter().enumerate().filter(|(at, word)| fits(*at, word) && allowed(word.span));
        found.filter_map(|(at, _)| u32::try_from(at).ok()).collect()
    }
}
