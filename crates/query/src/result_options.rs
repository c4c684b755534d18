//! What may be asked of results beside the query: their order, what one result is, what is counted.

use jiff::civil::Date;

use morgue_core::choices;

choices! {
    /// Which results come first. Ties are broken by article and place, so the order is the same on
    /// every machine.
    #[derive(Default)]
    pub enum Order {
        #[default]
        Relevance = "relevance": "The best matches",
        Newest = "newest": "The newest; undated articles last",
        Oldest = "oldest": "The oldest; undated articles last",
        Added = "added": "Those that came into the archive last",
    }
}

choices! {
    /// What one result is.
    #[derive(Default)]
    pub enum Grouping {
        #[default]
        Passage = "passage": "Each passage",
        Article = "article": "Each article that has all that is asked for, in one passage or in several; NOT is about all of the article",
    }
}

choices! {
    /// A field whose values can be counted.
    pub enum Facet {
        Source = "source": "Who published it",
        Speaker = "speaker": "Who is quoted",
        Year = "year": "The year",
        Month = "month": "The month",
        Day = "day": "The day",
        Section = "section": "The section",
        Place = "place": "The place of the dateline",
        Language = "language": "The language",
        Kind = "kind": "Kinds of passages, and of quotes in them",
    }
}

impl Facet {
    /// The year, month or day, as this facet counts them, that an article published within these
    /// days belongs to: the month if they are several days, the year if they span several months,
    /// nothing if they span several years.
    pub fn period(self, (first, last): (Date, Date)) -> Option<String> {
        if first.year() != last.year() {
            None
        } else if self == Facet::Day && first == last {
            Some(first.to_string())
        } else if matches!(self, Facet::Month | Facet::Day) && first.month() == last.month() {
            Some(format!("{:04}-{:02}", first.year(), first.month()))
        } else {
            Some(format!("{:04}", first.year()))
        }
    }

    /// Whether its values are times.
    pub fn is_of_time(self) -> bool {
        matches!(self, Facet::Year | Facet::Month | Facet::Day)
    }
}
