//! Counts what of a checked query costs a walk over the words of the archive.

use super::{Clause, Filter, QuoteClause, TextPattern, WordPattern};

/// The most patterns with `*`, `?` or `~`, paths and addresses in a query: each is compared with every word, path or address
/// of the archive, some milliseconds on twenty thousand articles.
pub const EXPANSIONS_MAX: usize = 50;

/// The patterns of a clause that are compared with every word, path or address.
pub(super) fn n_expansions(clause: &Clause) -> usize {
    match clause {
        Clause::Everything => 0,
        Clause::Text(pattern) => of_text(pattern),
        Clause::Quoted(quote) => of_quote(quote),
        Clause::Filter(filter) => match filter {
            Filter::Field(_, pattern) | Filter::Part(_, pattern) => of_text(pattern),
            Filter::Path(_) | Filter::Url(_) => 1,
            Filter::Language(_) | Filter::PassageKind(_) | Filter::Published(_) | Filter::Length(_) => 0,
        },
        Clause::And(all) | Clause::Or(all) | Clause::AtLeast { of: all, .. } => {
            all.iter().map(n_expansions).sum()
        }
        Clause::Not(inner) => n_expansions(inner),
    }
}

fn of_quote(clause: &QuoteClause) -> usize {
    match clause {
        QuoteClause::Said(pattern) | QuoteClause::Speaker(pattern) | QuoteClause::Role(pattern) => {
            of_text(pattern)
        }
        QuoteClause::Kind(_) => 0,
        QuoteClause::And(all) | QuoteClause::Or(all) => all.iter().map(of_quote).sum(),
        QuoteClause::Not(inner) => of_quote(inner),
    }
}

fn of_text(pattern: &TextPattern) -> usize {
    match pattern {
        TextPattern::Word(word) => of_word(word),
        TextPattern::Phrase { parts, .. } => parts.iter().map(of_word).sum(),
        TextPattern::AnyOf(any) => any.iter().map(of_text).sum(),
        TextPattern::Near { left, right, .. } | TextPattern::NotNear { left, right, .. } => {
            of_text(left) + of_text(right)
        }
        TextPattern::AtLeast { of, .. } => of_text(of),
    }
}

fn of_word(word: &WordPattern) -> usize {
    match word.parts().0 {
        WordPattern::Prefix(_) | WordPattern::Wildcard(_) | WordPattern::Fuzzy { .. } => 1,
        WordPattern::Stem { .. } | WordPattern::Exact(_) | WordPattern::Written { .. } => 0,
    }
}
