//! What a checked query means: whether a passage is a hit, and which of its words made it one.
//!
//! The meaning of the language, the highlighter of every backend, and what a backend's hits are
//! tested against; so it is written to be read; what it costs is the cutting of the text into words
//! (`text`), done once for each.

use std::cell::OnceCell;

use super::{
    ArticlePart, CheckedQuery, Clause, Filter, QuoteClause, TextField, TextPattern, spans::merged,
    text::Text, whole_value,
};
use morgue_core::analyze;
use morgue_core::article::{
    Article, ArticleId, Described, Excerpt, Language, Metadata, Passage, PassageKind, Quote, Span,
};

/// The words that made a passage a hit, sorted and disjoint; `None` when it is none.
///
/// `passage` is an ordinal of the article, `quotes` are the article's. The spans are empty when
/// none of the words asked for stand in the passage.
pub fn evaluate(
    query: &CheckedQuery,
    article: &Article,
    passage: usize,
    quotes: &[Quote],
) -> Option<Vec<Span>> {
    Page::new(article, passage, quotes)?.evaluate(query)
}

/// A passage with what a query may ask about it. Its words are cut when they are first asked for,
/// and kept.
pub struct Page<'a> {
    id: ArticleId,
    metadata: &'a Metadata,
    path: &'a str,
    ordinal: usize,
    passage: &'a Passage,
    quotes: Vec<&'a Quote>,
    /// The article's quotes, as far as they were given.
    all_quotes: &'a [Quote],
    body: OnceCell<Text<'a>>,
    headline: OnceCell<Text<'a>>,
    /// All of the article, unless the query asks for none of it.
    whole: Option<&'a Article>,
    n_words: OnceCell<u64>,
    all: OnceCell<Vec<Text<'a>>>,
    /// The passages of the article.
    pages: OnceCell<Vec<Page<'a>>>,
}

impl<'a> Page<'a> {
    /// A passage of an article, by its ordinal; `quotes` are the article's.
    pub fn new(article: &'a Article, passage: usize, quotes: &'a [Quote]) -> Option<Page<'a>> {
        Page::of(article, Some(article), passage, quotes)
    }

    /// A passage that was read of an article, for queries that do not [ask for whole
    /// articles](CheckedQuery::asks_for_whole_articles).
    pub fn of_excerpt(excerpt: &'a Excerpt, passage: usize, quotes: &'a [Quote]) -> Option<Page<'a>> {
        Page::of(excerpt, None, passage, quotes)
    }

    fn of(
        described: &'a impl Described,
        whole: Option<&'a Article>,
        passage: usize,
        quotes: &'a [Quote],
    ) -> Option<Page<'a>> {
        Some(Page {
            id: described.id(),
            metadata: described.metadata(),
            path: &described.place().path,
            ordinal: passage,
            passage: described.passage(passage)?,
            quotes: quotes.iter().filter(|it| it.passage == passage).collect(),
            all_quotes: quotes,
            body: OnceCell::new(),
            headline: OnceCell::new(),
            whole,
            n_words: OnceCell::new(),
            all: OnceCell::new(),
            pages: OnceCell::new(),
        })
    }

    /// The words that make the passage a hit; see [`evaluate`].
    pub fn evaluate(&self, query: &CheckedQuery) -> Option<Vec<Span>> {
        self.is_hit(&query.root).then(|| self.marks(query))
    }

    /// Whether the passage is a hit of a clause.
    pub fn is_hit_of(&self, clause: &Clause) -> bool {
        self.is_hit(clause)
    }

    /// The same for a passage that is known to be a hit.
    pub fn marks(&self, query: &CheckedQuery) -> Vec<Span> {
        merged(self.shown(&query.root))
    }

    fn language(&self) -> Option<Language> {
        self.metadata.language.as_ref().map(|it| it.value)
    }

    fn body(&self) -> &Text<'a> {
        self.body.get_or_init(|| Text::new(&self.passage.text, self.language()))
    }

    fn headline(&self) -> &Text<'a> {
        let text = || self.metadata.headline.as_ref().map_or("", |it| it.value.as_str());
        self.headline.get_or_init(|| Text::new(text(), self.language()))
    }

    pub(super) fn matches(&self, clause: &Clause) -> bool {
        match clause {
            Clause::Everything => true,
            Clause::Text(pattern) => self.body().has(pattern) || self.headline().has(pattern),
            Clause::Quoted(clause) => self.quotes_asked(clause).any(|it| self.quote_matches(it, clause)),
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
            Clause::Text(pattern) => self.body().has(pattern),
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
        match clause {
            Clause::Everything | Clause::Not(_) => Vec::new(),
            Clause::Filter(filter) => self.shown_of_filter(filter),
            // Where it stands in the headline alone, nothing is found here to be shown.
            Clause::Text(pattern) => self.body().find(pattern),
            Clause::Quoted(clause) => {
                let quotes = self.quotes_asked(clause).filter(|it| self.quote_matches(it, clause));
                quotes.flat_map(|it| self.shown_in_quote(it, clause)).collect()
            }
            Clause::Or(clauses) => clauses.iter().flat_map(|it| self.shown(it)).collect(),
            Clause::And(clauses) | Clause::AtLeast { of: clauses, .. } => {
                let shown = || clauses.iter().flat_map(|it| self.shown(it)).collect();
                if self.matches(clause) { shown() } else { Vec::new() }
            }
        }
    }

    /// The spans of the words that a condition on a part of the article is about, where the passage
    /// is in that part.
    fn shown_of_filter(&self, filter: &Filter) -> Vec<Span> {
        let is_in_part = match filter {
            Filter::Field(TextField::Headline, _) => self.passage.kind == PassageKind::Headline,
            Filter::Part(ArticlePart::Whole, _) => true,
            Filter::Part(ArticlePart::Lead, _) => {
                self.whole.is_some_and(|it| it.lead().any(|it| it == self.ordinal))
            }
            _ => false,
        };
        match filter.sought() {
            Some(pattern) if is_in_part && self.passes(filter) => self.body().find(pattern),
            _ => Vec::new(),
        }
    }

    /// The quotes that a condition is about: those that were said, unless it names a stance.
    fn quotes_asked(&self, clause: &QuoteClause) -> impl Iterator<Item = &'a Quote> {
        let of_any_stance = clause.names_stance();
        self.quotes.iter().copied().filter(move |it| of_any_stance || it.is_said())
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
            QuoteClause::Stance(stance) => quote.stance == *stance,
            QuoteClause::And(clauses) => clauses.iter().all(|it| self.quote_matches(quote, it)),
            QuoteClause::Or(clauses) => clauses.iter().any(|it| self.quote_matches(quote, it)),
            QuoteClause::Not(inner) => !self.quote_matches(quote, inner),
        }
    }

    /// The spans of the words of the quote that made the clause match.
    fn shown_in_quote(&self, quote: &Quote, clause: &QuoteClause) -> Vec<Span> {
        match clause {
            QuoteClause::Said(pattern) => self.body().find_within(pattern, &quote.content),
            QuoteClause::Speaker(_)
            | QuoteClause::Role(_)
            | QuoteClause::Kind(_)
            | QuoteClause::Stance(_)
            | QuoteClause::Not(_) => Vec::new(),
            QuoteClause::And(clauses) | QuoteClause::Or(clauses) => {
                let matching = clauses.iter().filter(|it| self.quote_matches(quote, it));
                matching.flat_map(|it| self.shown_in_quote(quote, it)).collect()
            }
        }
    }

    fn passes(&self, filter: &Filter) -> bool {
        let metadata = self.metadata;
        match filter {
            Filter::Field(field, pattern) => {
                let value = match field {
                    TextField::Headline => return self.headline().has(pattern),
                    TextField::Byline => &metadata.byline,
                    TextField::Place => &metadata.place,
                    TextField::Section => &metadata.section,
                    TextField::Source => &metadata.source,
                };
                value.as_ref().is_some_and(|it| name_fits(&it.value, pattern))
            }
            Filter::Value(field, value) => {
                metadata.text(field.name()).is_some_and(|it| whole_value(&it).is_some_and(|it| it == *value))
            }
            Filter::Language(language) => metadata.language.as_ref().is_some_and(|it| it.value == *language),
            Filter::PassageKind(kind) => self.passage.kind == *kind,
            Filter::Published(days) => metadata.date.as_ref().is_some_and(|it| days.may_hold(it.value)),
            Filter::PublishedWithin(days) => metadata.date.as_ref().is_some_and(|it| days.hold_all(it.value)),
            Filter::Added(days) => metadata.added.is_some_and(|it| days.hold(it)),
            Filter::Path(glob) => glob.matches(&self.path.to_lowercase()),
            Filter::Url(glob) => {
                metadata.url.as_ref().is_some_and(|it| glob.matches(&it.value.to_lowercase()))
            }
            Filter::Part(part, pattern) => self.part_has(*part, pattern),
            Filter::Length(lengths) => self.whole.is_some_and(|it| {
                (lengths.min..=lengths.max).contains(self.n_words.get_or_init(|| n_words(it)))
            }),
            Filter::OnList { articles, .. } => articles.iter().any(|it| it.same_content(self.id)),
            Filter::SomePassage(clause) => self.pages().iter().any(|it| it.is_hit(clause)),
        }
    }

    /// The passages of the article, this one among them; none if the article is not known whole.
    fn pages(&self) -> &[Page<'a>] {
        self.pages.get_or_init(|| {
            let Some(article) = self.whole else { return Vec::new() };
            let ordinals = 0..article.passages().len();
            ordinals.filter_map(|it| Page::new(article, it, self.all_quotes)).collect()
        })
    }

    fn part_has(&self, part: ArticlePart, pattern: &TextPattern) -> bool {
        let (n, pattern) = match pattern {
            TextPattern::AtLeast { n, of } => (*n as usize, of.as_ref()),
            other => (1, other),
        };
        let Some(article) = self.whole else { return false };
        let of_passage = |it: &'a Passage| Text::new(&it.text, self.language());
        let all = self.all.get_or_init(|| article.passages().iter().map(of_passage).collect());
        let count = |ordinal: usize| all.get(ordinal).map_or(0, |it| it.matches(pattern).len());
        let found: usize = match part {
            ArticlePart::Whole => (0..all.len()).map(count).sum(),
            ArticlePart::Lead => article.lead().map(count).sum(),
        };
        found >= n
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
    Text::of_name(name).has(pattern)
}
