//! What a search gives.

use std::{fmt, ops::Bound, sync::Arc};

use morgue_core::choices;

use super::{Selection, Version};
use crate::{
    article::{Excerpt, Passage, PassageKind, Quote, Span},
    query::CheckedQuery,
};

/// The hits that were asked for, and how many there are in all.
#[derive(Default)]
pub struct Results {
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many passages match (articles, when grouped), and articles [apart](Results::apart), of
    /// which `hits` are a part.
    pub total: usize,
    /// How many articles have what was asked for in different passages and in none of them all of
    /// it. They come after the passages. None where articles were asked for from the start.
    pub apart: usize,
    /// How many were folded as copies of what is among the hits or before them.
    pub folded: usize,
    /// That they do not have all of the query, in a sentence, if nothing has.
    pub relaxed: Option<String>,
    /// What the user should know about how they were found, a sentence each.
    pub notes: Vec<String>,
    /// The query that found them, where it may be another than the one asked for.
    pub query: Option<CheckedQuery>,
    /// Related words that were added to the query, weightiest first.
    pub added: Vec<Added>,
    /// So many passages before and after each hit are shown with it.
    pub context: usize,
}

impl Results {
    /// How many of the results there are here, as the selection asked for them.
    pub fn extent(&self, selection: &Selection) -> Extent {
        let unit = if self.apart > 0 { "hit" } else { selection.grouping.name() };
        Extent { shown: self.hits.len(), offset: selection.offset, total: self.total, unit }
    }
}

/// How many of the results there are here, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// How many are here.
    pub shown: usize,
    /// How many before them were left out.
    pub offset: usize,
    /// How many there are in all.
    pub total: usize,
    /// What one result is: `passage`, `article`, `quote`.
    pub unit: &'static str,
}

impl Extent {
    /// Whether some are not here.
    pub fn is_part(&self) -> bool {
        self.shown < self.total
    }
}

/// `105 passages`, `10 of 105 passages`, `11 to 20 of 105 passages`.
impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Extent { shown, offset, total, unit } = self;
        match (self.is_part(), offset) {
            (false, _) => {}
            (true, 0) => write!(f, "{shown} of ")?,
            (true, _) if *shown == 0 => write!(f, "none of ")?,
            (true, _) => write!(f, "{} to {} of ", offset + 1, offset + shown)?,
        }
        write!(f, "{total} {unit}{}", if *total == 1 { "" } else { "s" })
    }
}

/// A word that was added to a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// As it is mostly written in the articles it came from.
    pub word: String,
    /// What it counts; those typed count `1` together.
    pub weight: f32,
}

choices! {
    /// What of an article matches.
    #[derive(Default)]
    pub enum Matched {
        #[default]
        Passage = "passage": "A passage has all that is asked for",
        Article = "article": "Different passages of the article have it together",
    }
}

/// A passage that is shown beside that of a hit, since it has other words of the query.
pub struct AlsoShown {
    /// Its ordinal in the article.
    pub passage: usize,
    /// The quotes in it.
    pub quotes: Vec<Quote>,
    /// What of the query stands in it, as spans of its text: sorted and disjoint.
    pub highlights: Vec<Span>,
}

/// A passage that matches, or an article whose passages match together.
pub struct Hit {
    /// Counted from 1 among all that match.
    pub rank: usize,
    /// Larger is better; comparable within one search only.
    pub score: f32,
    /// Whether the passage matches, or the article.
    pub matched: Matched,
    /// Its article, as far as it is shown.
    pub article: Excerpt,
    /// The ordinal in the article of the passage, or of that with most of what is asked for.
    pub passage: usize,
    /// The quotes in it.
    pub quotes: Vec<Quote>,
    /// What made it match, as spans of its text: sorted and disjoint.
    pub highlights: Vec<Span>,
    /// The passages of an article that matches which have the rest, in the article's order.
    pub also: Vec<AlsoShown>,
    /// What of the query stands in the headline.
    pub headline_highlights: Vec<Span>,
    /// The other versions of its article.
    pub copies: Arc<[Version]>,
}

impl Hit {
    /// The passage itself.
    pub fn passage(&self) -> &Passage {
        &self.article.passages[&self.passage]
    }

    /// The passages that are shown of the article, in its order: ordinals, what to mark, quotes.
    pub fn shown(&self) -> Vec<(usize, &[Span], &[Quote])> {
        let own = (self.passage, self.highlights.as_slice(), self.quotes.as_slice());
        let also = self.also.iter().map(|it| (it.passage, it.highlights.as_slice(), it.quotes.as_slice()));
        let mut all: Vec<_> = std::iter::once(own).chain(also).collect();
        all.sort_by_key(|it| it.0);
        all
    }

    /// The passages that were read before it, up to `n`, and after it, by their ordinals, in order;
    /// the headline stands above every hit.
    pub fn around(&self, n: usize) -> (Beside<'_>, Beside<'_>) {
        let beside =
            |it: &(&usize, &Passage)| it.1.kind != PassageKind::Headline && it.0.abs_diff(self.passage) <= n;
        let of = |range: (Bound<usize>, Bound<usize>)| {
            self.article.passages.range(range).filter(beside).map(|it| (*it.0, it.1)).collect()
        };
        let own = Bound::Excluded(self.passage);
        (of((Bound::Unbounded, own)), of((own, Bound::Unbounded)))
    }
}

/// Passages beside a hit, by their ordinals.
pub type Beside<'a> = Vec<(usize, &'a Passage)>;
