//! What can be asked for, one type for each use. The command line, receipts and batches fill the
//! same ones.

use std::sync::Arc;

use morgue_core::choices;

use crate::{
    article::QuoteKind,
    query::{Dialect, Facet, Grouping, Order, Shelf},
};

/// A query as somebody types it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedQuery {
    /// The query itself.
    pub text: String,
    /// The language it is written in.
    pub dialect: Dialect,
    /// Whether any of the words will do, rather than all.
    pub any: bool,
    /// What stands on the reading lists, if the query may ask for it.
    pub shelf: Arc<Shelf>,
}

/// Which of the results to give.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// How many at most.
    pub limit: usize,
    /// How many of the first to leave out.
    pub offset: usize,
    /// Which come first.
    pub order: Order,
    /// What one result is.
    pub grouping: Grouping,
    /// Whether what several versions of a story have is given once.
    pub fold: bool,
}

/// A search for passages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchRequest {
    /// What to find.
    pub query: TypedQuery,
    /// Whether to look for related words too.
    pub expand: bool,
    /// Which hits to give.
    pub selection: Selection,
    /// How many passages before and after each hit are shown with it.
    pub context: usize,
}

/// What to count of all that matches a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountsRequest {
    /// The fields whose values are counted.
    pub facets: Vec<Facet>,
    /// How many values of a field at most, years, months and days aside; all if 0.
    pub limit: usize,
    /// Whether to count over time as well, and how.
    pub timeline: Option<TimelineRequest>,
}

/// How to count over time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimelineRequest {
    /// What one bar is.
    pub by: TimelineBy,
    /// Whether to say how many of all articles of its time each bar is.
    pub share: bool,
}

choices! {
    /// What one bar of a timeline is.
    #[derive(Default)]
    pub enum TimelineBy {
        #[default]
        Auto = "auto": "A month, or a year when there are more than three years of them",
        Month = "month": "A month",
        Year = "year": "A year",
        Day = "day": "A day, where these are at most 92; otherwise as auto",
        Fit = "fit": "As day, and nothing is said where it is a month or a year",
    }
}

/// Which quotes of a speaker to give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuotesRequest {
    /// The speaker's name, or a part of it.
    pub name: String,
    /// Only quotes that match this query; all if its text is blank.
    pub query: TypedQuery,
    /// Only quotes that match this query too, which flags were put together to; empty for none.
    pub filters: String,
    /// Only quotes of this kind.
    pub kind: Option<QuoteKind>,
    /// Whether to give the quotes of everybody whom the name fits, where there are several.
    pub all: bool,
    /// Whether whoever the archive calls exactly so is meant before others whom the name fits: of
    /// `Renn`, the one whom their articles only call Renn.
    pub exactly: bool,
    /// Which quotes to give; what one result is does not count.
    pub selection: Selection,
    /// Whether to count them over time as well, and how.
    pub timeline: Option<TimelineRequest>,
    /// Whether to say of each why it is theirs.
    pub why: bool,
    /// Whether to give quotes too that the articles deny, imagine, expect or ask about. A query
    /// that names a stance asks for them by itself.
    pub all_stances: bool,
    /// Whether to say of which kinds they are, and who else is quoted in their articles.
    pub about: bool,
}

/// What of the copies of an article to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SimilarRequest {
    /// How many related articles at most.
    pub limit: usize,
    /// Only changes of these parts; of all if empty.
    pub only: Vec<ChangedPart>,
    /// Only changes of at least so many words; any if 0.
    pub words_min: usize,
}

impl SimilarRequest {
    /// Whether some changes are not wanted.
    pub fn is_narrow(&self) -> bool {
        !self.only.is_empty() || self.words_min > 0
    }
}

choices! {
    /// A part of an article that another version may have otherwise.
    pub enum ChangedPart {
        Headline = "headline": "The headline",
        Quotes = "quotes": "Words between quotation marks that somebody is given",
        Numbers = "numbers": "Figures, and numbers in words",
    }
}

/// Which speakers to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpeakersRequest {
    /// Only those who have one of these names; all if empty.
    pub names: Vec<String>,
    /// Only those with at least so many quotes.
    pub quotes_min: usize,
    /// Which come first.
    pub order: SpeakersOrder,
    /// Whether to list unnamed people and groups too.
    pub all_kinds: bool,
    /// How many at most; all if 0.
    pub limit: usize,
    /// How many of the first to leave out.
    pub offset: usize,
}

choices! {
    /// Which speakers come first.
    #[derive(Default)]
    pub enum SpeakersOrder {
        #[default]
        Quotes = "quotes": "Those with most quotes",
        Articles = "articles": "Those in most articles",
        Name = "name": "By name",
        Recent = "recent": "Those quoted last",
    }
}
