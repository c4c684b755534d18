//! Why a quote is somebody's: within its article, and in the whole archive.

use crate::{
    article::{Article, ArticleId, Quote, Speaker},
    attribute::{self, Explanation},
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

/// Who the speakers of quotes are in the whole archive: of each name in an article the full name of
/// the person; `None` where nobody is known by it.
pub fn known_people(
    people: &People<'_>,
    speakers: &[(ArticleId, &Speaker)],
) -> Result<Vec<Option<String>>, Error> {
    people.ask(|table| {
        let known = speakers.iter().map(|(article, Speaker { name, kind, .. })| {
            // Who alone has the name is not read whole: some have thousands of quotes.
            if let [(person, false)] = table.bearers(name, *kind)?[..] {
                return Ok(Some(match table.name(person)? {
                    (name, Some(qualifier)) => format!("{name} ({qualifier})"),
                    (name, None) => name.to_owned(),
                }));
            }
            let person = table.person_of(name, *kind, article.key())?;
            Ok(person.map(|it| it.0.full_name()))
        });
        known.collect()
    })
}

/// Why each quote of an article is its speaker's, in the order of the quotes.
pub fn reasons(people: &People<'_>, article: &Article, quotes: &[Quote]) -> Result<Vec<Reason>, Error> {
    people.ask(|table| {
        let reason = |quote: &Quote| {
            let person = match &quote.speaker {
                Some(speaker) => table.person_of(&speaker.name, speaker.kind, article.id.key())?,
                None => None,
            };
            let person = person.map(|(person, written)| (person.full_name(), written.reason));
            Ok(Reason { explanation: attribute::explain(quote, article.passages()), person })
        };
        quotes.iter().map(reason).collect()
    })
}
