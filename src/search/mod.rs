//! Answers questions about an archive: what a search, a list of quotes, a count means.
//!
//! In: a request (`request`) and the state of the archive ([`Snapshot`](crate::index::Snapshot)).
//! Out: results, with what the user should know about them. Never opens a file and never looks at
//! the clock.
//!
//! A search goes one way: `prepare` (typed → checked, with its ranking), `answer` (found by `find`,
//! by `relax` if no passage has all words, by `expand` with related words), `read` (what is shown
//! of each hit). `notes` says what the user should know about a query, `suggest` what was near when
//! nothing is found. The other uses (`counts`, `quotes`, `name_list`, `explain`) begin with
//! `prepare` as well.

mod ambiguous_name;
mod answer;
mod articles;
mod chips;
mod counts;
mod door;
mod error;
mod expand;
mod explain;
mod find;
mod fold;
mod held_against;
mod name_list;
mod nearest_name;
mod neighbors;
mod notes;
mod people;
mod prepare;
mod quotations;
mod quotes;
mod read;
mod read_article;
mod reason;
mod relax;
mod request;
mod results;
mod similar;
mod narrow;
mod speakers;
mod spelling;
mod suggest;
mod timeline;

pub use ambiguous_name::AmbiguousName;
pub use answer::{HitPlace, each_hit, hit_places, search, search_with_counts};
pub use articles::{Articles, SharedArticle};
pub use chips::{CHIPS_MAX, Chip, chips};
pub use counts::{CountsResults, FacetCount, FacetTable, counts};
pub use door::{Door, offers_everybody};
pub use error::Error;
pub use explain::{Explanation, ResolvedName, ResolvedWord, explain};
pub use find::{FoundBoth, find, find_both, hits, hits_of_both};
pub use fold::{Fold, Version, Versions};
pub use held_against::{ArticleExplanation, explain_article, marks};
pub use name_list::{NameHits, name_hits, names};
pub use neighbors::{Neighbor, Neighbors, neighbors};
pub use people::{People, PeopleTable, nearest_people};
pub use prepare::{PreparedQuery, prepare};
pub use quotations::is_doubtful;
pub use quotes::{AboutQuotes, QuotesResults, SpokenBy, SpokenQuote, quotes};
pub use reason::{Reason, known_people, reasons};
pub use request::{
    ChangedPart, CountsRequest, QuotesRequest, SearchRequest, Selection, SimilarRequest, SpeakersOrder,
    SpeakersRequest, TimelineBy, TimelineRequest, TypedQuery,
};
pub use results::{Added, AlsoShown, Beside, Extent, Hit, Matched, Results};
pub use similar::{Comparison, Copy, RelatedArticle, SimilarArticles, compare, families, similar};
pub use speakers::{SimilarResults, SpeakersResults, similar_speakers, speakers};
pub use timeline::{Bar, Period, PeriodCounts, Timeline};
