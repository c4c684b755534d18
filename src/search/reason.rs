//! Why a quote is somebody's: within its article, and in the whole archive.

use crate::{
    article::{Article, Quote},
    attribute::{self, Explanation, people::WrittenName},
};

use super::{Error, People};

/// Why a quote is somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Within the article.
    pub explanation: Explanation,
    /// Who that is in the whole archive, and why that name is theirs there: `nickname`.
    pub person: Option<(String, &'static str)>,
}

/// Why each quote of an article is its speaker's, in the order of the quotes.
pub fn reasons(people: &People<'_>, article: &Article, quotes: &[Quote]) -> Result<Vec<Reason>, Error> {
    let people = people.all()?;
    let key = article.id.key();
    let reason = |quote: &Quote| {
        let theirs = |it: &&WrittenName| quote.speaker.as_ref().is_some_and(|speaker| it.is_of(speaker, key));
        let person = people.iter().find_map(|it| {
            let written = it.names.iter().find(theirs)?;
            Some((it.full_name(), written.reason))
        });
        Reason { explanation: attribute::explain(quote, article.passages()), person }
    };
    Ok(quotes.iter().map(reason).collect())
}
