//! What patterns a checked query has, and where each is sought.

use jiff::civil::Date;

use super::{
    ArticlePart, CheckedQuery, Clause, Days, Filter, QuoteClause, TextField, TextPattern, WordPattern,
    glob::Glob,
};

/// The most patterns that begin with `*` or `?` or end with `~`, paths and addresses in a query:
/// each is compared with every word, path or address of the archive, a tenth of a second on twenty
/// thousand articles.
pub const SCANS_MAX: usize = 8;

/// Where a pattern is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In passages and headlines.
    Text,
    /// In a field of the article.
    Field(TextField),
    /// In a part of the article.
    Part(ArticlePart),
    /// In the words of a quote.
    Said,
    /// In the names of speakers.
    Speaker,
    /// In the roles of speakers.
    Role,
}

impl CheckedQuery {
    /// Its patterns, from left to right, each with its place.
    pub fn patterns(&self) -> Vec<(Place, &TextPattern)> {
        let mut found = Vec::new();
        of_clause(&self.root, &mut found);
        found
    }
}

impl CheckedQuery {
    /// The words and patterns that must not stand in running text, each by itself.
    pub fn excluded(&self) -> Vec<&TextPattern> {
        let mut found = Vec::new();
        excluded(&self.root, &mut found);
        found
    }

    /// Whether any of its conditions on articles and passages is so, exclusions aside.
    pub fn asks_for(&self, is_so: impl Fn(&Filter) -> bool) -> bool {
        asks_for(&self.root, &is_so)
    }

    /// Whether any of its conditions on articles and passages, also under an exclusion, is so.
    pub fn has_filter(&self, is_so: impl Fn(&Filter) -> bool) -> bool {
        any_leaf(&self.root, &|it| matches!(it, Clause::Filter(filter) if is_so(filter)))
    }

    /// Whether it asks for words anywhere in an article, or for its length, so that a passage alone
    /// does not tell.
    pub fn asks_for_whole_articles(&self) -> bool {
        self.has_filter(|it| matches!(it, Filter::Part(..) | Filter::Length(_) | Filter::SomePassage(_)))
    }

    /// The days outside of which nothing can match, as far as its conditions on dates say; `None`
    /// without such a condition, or where no day meets them all.
    pub fn days_asked(&self) -> Option<Days> {
        days_asked(&self.root).filter(|it| !it.is_reversed())
    }

    /// The first and the last day that its conditions on dates ask for, where the last comes before
    /// the first, so that no day meets them all.
    pub fn days_reversed(&self) -> Option<(Date, Date)> {
        days_asked(&self.root).filter(|it| it.is_reversed()).and_then(|it| it.first.zip(it.last))
    }

    /// Whether it asks for properties of quotes.
    pub fn asks_for_quotes(&self) -> bool {
        any_leaf(&self.root, &|it| matches!(it, Clause::Quoted(_)))
    }

    /// Whether a condition on quotes [names a stance](QuoteClause::names_stance).
    pub fn names_stance(&self) -> bool {
        any_leaf(&self.root, &|it| matches!(it, Clause::Quoted(clause) if clause.names_stance()))
    }
}

impl QuoteClause {
    /// Whether it names a stance, and so is about quotes of any; else about those that were said.
    pub fn names_stance(&self) -> bool {
        match self {
            QuoteClause::Stance(_) => true,
            QuoteClause::And(all) | QuoteClause::Or(all) => all.iter().any(QuoteClause::names_stance),
            QuoteClause::Not(inner) => inner.names_stance(),
            QuoteClause::Said(_) | QuoteClause::Speaker(_) | QuoteClause::Role(_) | QuoteClause::Kind(_) => {
                false
            }
        }
    }
}

fn asks_for(clause: &Clause, is_so: &dyn Fn(&Filter) -> bool) -> bool {
    match clause {
        Clause::And(all) | Clause::Or(all) | Clause::AtLeast { of: all, .. } => {
            all.iter().any(|it| asks_for(it, is_so))
        }
        Clause::Filter(filter) => is_so(filter),
        Clause::Everything | Clause::Text(_) | Clause::Quoted(_) | Clause::Not(_) => false,
    }
}

fn days_asked(clause: &Clause) -> Option<Days> {
    match clause {
        Clause::Filter(Filter::Published(days) | Filter::PublishedWithin(days)) => Some(*days),
        Clause::And(all) => all.iter().filter_map(days_asked).reduce(|a, b| Days {
            first: a.first.max(b.first),
            last: [a.last, b.last].into_iter().flatten().min(),
        }),
        Clause::Or(any) => {
            let days: Option<Vec<Days>> = any.iter().map(days_asked).collect();
            days?.into_iter().reduce(|a, b| Days {
                first: a.first.zip(b.first).map(|(a, b)| a.min(b)),
                last: a.last.zip(b.last).map(|(a, b)| a.max(b)),
            })
        }
        Clause::Everything
        | Clause::Text(_)
        | Clause::Quoted(_)
        | Clause::Filter(_)
        | Clause::Not(_)
        | Clause::AtLeast { .. } => None,
    }
}

fn any_leaf(clause: &Clause, is_so: &dyn Fn(&Clause) -> bool) -> bool {
    match clause {
        Clause::And(all) | Clause::Or(all) | Clause::AtLeast { of: all, .. } => {
            all.iter().any(|it| any_leaf(it, is_so))
        }
        Clause::Not(inner) => any_leaf(inner, is_so),
        Clause::Filter(Filter::SomePassage(inner)) => is_so(clause) || any_leaf(inner, is_so),
        Clause::Everything | Clause::Text(_) | Clause::Quoted(_) | Clause::Filter(_) => is_so(clause),
    }
}

impl TextPattern {
    /// Its words, from left to right.
    pub fn words(&self) -> Vec<&WordPattern> {
        match self {
            TextPattern::Word(word) => vec![word],
            TextPattern::Phrase { parts, .. } => parts.iter().collect(),
            TextPattern::AnyOf(any) => any.iter().flat_map(TextPattern::words).collect(),
            TextPattern::Near { left, right, .. } | TextPattern::NotNear { left, right, .. } => {
                [left.words(), right.words()].concat()
            }
            TextPattern::AtLeast { of, .. } => of.words(),
        }
    }
}

impl WordPattern {
    /// Whether it stands for words of the archive that have to be looked for: a prefix, a wildcard,
    /// edits.
    pub fn expands(&self) -> bool {
        match self.parts().0 {
            WordPattern::Prefix(_) | WordPattern::Wildcard(_) | WordPattern::Fuzzy { .. } => true,
            WordPattern::Stem { .. } | WordPattern::Exact(_) | WordPattern::Written { .. } => false,
        }
    }
}

/// The patterns of a query that are compared with every word, path or address.
pub(super) fn n_scans(query: &CheckedQuery) -> usize {
    let words = query.patterns().into_iter().flat_map(|(_, it)| it.words());
    words.filter(|it| it.expands() && it.literal_start().is_empty()).count() + globs(&query.root).len()
}

fn excluded<'q>(clause: &'q Clause, found: &mut Vec<&'q TextPattern>) {
    match clause {
        Clause::And(all) | Clause::Or(all) | Clause::AtLeast { of: all, .. } => {
            all.iter().for_each(|it| excluded(it, found));
        }
        Clause::Not(inner) => match &**inner {
            Clause::Text(pattern) => found.push(pattern),
            Clause::Or(any) => found.extend(any.iter().filter_map(|it| match it {
                Clause::Text(pattern) => Some(pattern),
                _ => None,
            })),
            _ => (),
        },
        Clause::Everything | Clause::Text(_) | Clause::Quoted(_) | Clause::Filter(_) => (),
    }
}

fn of_clause<'q>(clause: &'q Clause, found: &mut Vec<(Place, &'q TextPattern)>) {
    match clause {
        Clause::Everything => (),
        Clause::Text(pattern) => found.push((Place::Text, pattern)),
        Clause::Quoted(quote) => of_quote(quote, found),
        Clause::Filter(Filter::Field(field, pattern)) => found.push((Place::Field(*field), pattern)),
        Clause::Filter(Filter::Part(part, pattern)) => found.push((Place::Part(*part), pattern)),
        Clause::Filter(Filter::SomePassage(inner)) => of_clause(inner, found),
        Clause::Filter(_) => (),
        Clause::And(all) | Clause::Or(all) | Clause::AtLeast { of: all, .. } => {
            all.iter().for_each(|it| of_clause(it, found));
        }
        Clause::Not(inner) => of_clause(inner, found),
    }
}

fn of_quote<'q>(clause: &'q QuoteClause, found: &mut Vec<(Place, &'q TextPattern)>) {
    match clause {
        QuoteClause::Said(pattern) => found.push((Place::Said, pattern)),
        QuoteClause::Speaker(pattern) => found.push((Place::Speaker, pattern)),
        QuoteClause::Role(pattern) => found.push((Place::Role, pattern)),
        QuoteClause::Kind(_) | QuoteClause::Stance(_) => (),
        QuoteClause::And(all) | QuoteClause::Or(all) => all.iter().for_each(|it| of_quote(it, found)),
        QuoteClause::Not(inner) => of_quote(inner, found),
    }
}

fn globs(clause: &Clause) -> Vec<&Glob> {
    match clause {
        Clause::Filter(Filter::Path(glob) | Filter::Url(glob)) => vec![glob],
        Clause::And(all) | Clause::Or(all) | Clause::AtLeast { of: all, .. } => {
            all.iter().flat_map(globs).collect()
        }
        Clause::Not(inner) | Clause::Filter(Filter::SomePassage(inner)) => globs(inner),
        Clause::Everything | Clause::Text(_) | Clause::Quoted(_) | Clause::Filter(_) => Vec::new(),
    }
}
