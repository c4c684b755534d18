//! What people are sorted and filtered by, without reading the whole of them.

use crate::{article::SpeakerKind, attribute::people::Person};

use super::rows;

/// What people are sorted and filtered by, without reading the whole of them.
#[derive(Clone, Copy, Debug)]
pub struct Summary {
    /// Quotes.
    pub n_quotes: usize,
    /// Articles they stand in.
    pub n_articles: usize,
    /// The last day of a dated article, as a number in the order of days.
    pub last_day: Option<i32>,
    /// What kind of speaker.
    pub kind: SpeakerKind,
    /// Whether somebody goes by a name of their own, and not by a noun that means another in each
    /// article: `the company`.
    pub own_name: bool,
}

impl Summary {
    /// That of a person.
    pub fn of(person: &Person) -> Summary {
        Summary {
            n_quotes: person.n_quotes,
            n_articles: person.n_articles,
            last_day: person.days.map(|it| rows::day_number(it.1)),
            kind: person.kind,
            own_name: person.has_own_name(),
        }
    }
}
