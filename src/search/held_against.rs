//! A query held against one article: whether and why it is found, and what to mark in it.

use jiff::civil::Date;

use crate::{
    article::{Article, Quote, Span},
    index::Snapshot,
    query::{self, ArticleReading, CheckedQuery, Clause, Page, Verdict},
};

use super::{Error, TypedQuery, Version, Versions, prepare};

/// Whether a query finds an article, clause by clause.
pub struct ArticleExplanation {
    /// As it was typed.
    pub typed: String,
    /// As it was read, in morgue's own language.
    pub read_as: String,
    /// The article.
    pub article: Article,
    /// How the query fits it.
    pub verdict: Verdict,
    /// The other versions of the article: of a passage that several have a search shows one.
    pub copies: Vec<Version>,
    /// What should be known of how the query was read.
    pub notes: Vec<String>,
}

/// Says why a query finds an article or does not.
pub fn explain_article(
    snapshot: &Snapshot,
    typed: &TypedQuery,
    (article, quotes): (Article, &[Quote]),
    today: Date,
) -> Result<ArticleExplanation, Error> {
    let query = prepare(typed, today)?;
    let verdict = query::judge(&query.checked, &article, quotes);
    let copies = Versions::default().of(snapshot, article.id)?.to_vec();
    Ok(ArticleExplanation {
        typed: typed.text.clone(),
        read_as: query.typed.to_string(),
        verdict,
        copies,
        notes: query.notes(snapshot)?,
        article,
    })
}

/// What to mark in an article for a query, by passage, sorted and disjoint; and what should be known
/// of it.
///
/// Marked is what a search marks: in passages that have all of the query, or else what the passages
/// have together. Of an article that does not have all of it, the words that it has are marked.
pub fn marks(
    typed: &TypedQuery,
    article: &Article,
    quotes: &[Quote],
    today: Date,
) -> Result<(Vec<Vec<Span>>, Vec<String>), Error> {
    let query = prepare(typed, today)?;
    let mut notes = query.reading_notes();
    let verdict = query::judge(&query.checked, article, quotes);
    let any_part = query.checked.of_articles().map(|ArticleReading { parts, .. }| Clause::Or(parts));
    let shown = match any_part {
        _ if !verdict.passages.is_empty() => query.checked,
        Some(any_part) if verdict.has_all => CheckedQuery { root: any_part },
        any_part => {
            notes.push("the article does not have all that is asked for; marked is what it has".to_owned());
            any_part.map_or_else(|| query.checked.any(), |root| CheckedQuery { root })
        }
    };
    let pages = (0..article.passages().len()).map(|it| Page::new(article, it, quotes));
    Ok((pages.map(|it| it.and_then(|it| it.evaluate(&shown)).unwrap_or_default()).collect(), notes))
}
