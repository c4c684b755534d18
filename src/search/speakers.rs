//! Who is quoted: people under all their names, with their roles, counts and dates.

use crate::attribute::people::{self, Pair, Person};

use super::{Error, People, SpeakersOrder, SpeakersRequest};

/// Who was found.
pub struct SpeakersResults {
    /// In the order that was asked for.
    pub speakers: Vec<Person>,
}

/// Names that may be one person's.
pub struct SimilarResults {
    /// Those with most evidence first, those that the rules joined last.
    pub pairs: Vec<Pair>,
}

/// Lists who is quoted.
pub fn speakers(people: &People<'_>, request: &SpeakersRequest) -> Result<SpeakersResults, Error> {
    let mut speakers = people.all()?;
    speakers.retain(|person| {
        let asked =
            request.names.is_empty() || request.names.iter().any(|it| people::matches(person, it).is_some());
        let shown = request.all_kinds || !request.names.is_empty() || person.has_own_name();
        asked && shown && person.n_quotes >= request.quotes_min
    });
    speakers.sort_by(|a, b| {
        let order = match request.order {
            SpeakersOrder::Quotes => b.n_quotes.cmp(&a.n_quotes),
            SpeakersOrder::Articles => b.n_articles.cmp(&a.n_articles),
            SpeakersOrder::Name => std::cmp::Ordering::Equal,
            SpeakersOrder::Recent => b.days.map(|it| it.1).cmp(&a.days.map(|it| it.1)),
        };
        let name = |it: &Person| (it.name.to_lowercase(), it.qualifier.clone());
        // Whoever has no name of their own comes below.
        let named = b.has_own_name().cmp(&a.has_own_name());
        named.then(order).then_with(|| name(a).cmp(&name(b))).then(a.kind.cmp(&b.kind))
    });
    Ok(SpeakersResults { speakers })
}

/// Lists pairs of names that may be one person's, of those who have one of the names; of all if
/// there are none.
pub fn similar_speakers(
    people: &People<'_>,
    names: &[String],
    quotes_min: usize,
) -> Result<SimilarResults, Error> {
    let mut pairs = people.similar()?;
    pairs.retain(|it| {
        let asked =
            |name: &String| people::names_fit(&it.one.name, name) || people::names_fit(&it.other.name, name);
        (names.is_empty() || names.iter().any(asked)) && it.one.n_quotes + it.other.n_quotes >= quotes_min
    });
    Ok(SimilarResults { pairs })
}
