//! Questions, answered from the state of the last commit. What they mean is the matter of
//! [`crate::search`].

use std::sync::Arc;

use anyhow::Result;
use jiff::civil::Date;

use crate::{
    article::{ArticleId, Speaker},
    index::{self, Counts, Snapshot},
    search::{
        self, Chip, Comparison, CountsRequest, CountsResults, Explanation, Extent, Hit, Neighbors, People,
        QuotesRequest, QuotesResults, Results, SearchRequest, SimilarArticles, SimilarRequest,
        SimilarResults, SpeakersRequest, SpeakersResults, TypedQuery, Version,
    },
};

use super::{Archive, WhichArticle};

/// How much an archive holds, and of which time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// How much.
    pub counts: Counts,
    /// Articles without a date.
    pub undated: usize,
    /// The first and the last year of an article.
    pub years: Option<(i16, i16)>,
}

impl Archive {
    /// The state of the last commit, or the one that is [held](Archive::held).
    pub(super) fn snapshot(&self) -> Result<Arc<Snapshot>, index::Error> {
        match &self.held {
            Some(held) => Ok(held.snapshot.clone()),
            None => Ok(Arc::new(self.index()?.snapshot()?)),
        }
    }

    /// The people of that state.
    pub(super) fn people<'a>(&'a self, snapshot: &'a Snapshot) -> People<'a> {
        let table = self.held.as_ref().map(|it| it.people.clone()).unwrap_or_default();
        People::sharing(snapshot, self.corrections.as_deref().map_err(String::as_str), table)
    }

    /// How much there is in all; looks at the index only.
    pub fn holdings(&self) -> Result<Holdings> {
        let snapshot = self.snapshot()?;
        let days = snapshot.days_of_articles()?;
        let first = days.values().map(|it| it.0.year()).min();
        let last = days.values().map(|it| it.1.year()).max();
        let (counts, undated) = (snapshot.counts()?, snapshot.undated_articles()?);
        Ok(Holdings { counts, undated, years: first.zip(last) })
    }

    /// Finds passages: [`search::search`]. `today` is the day that dates like `yesterday` are
    /// counted from.
    pub fn search(&self, request: &SearchRequest, today: Date) -> Result<Results> {
        Ok(search::search(&*self.snapshot()?, request, today)?)
    }

    /// Finds passages, and gives the hits one by one: [`search::each_hit`].
    pub fn each_hit(
        &self,
        request: &SearchRequest,
        today: Date,
        give: impl FnMut(Extent, &Hit) -> Result<()>,
    ) -> Result<(Results, Extent)> {
        search::each_hit(&*self.snapshot()?, request, today, give)
    }

    /// Where an article stands in the result of a search: [`search::neighbors`].
    pub fn neighbors(
        &self,
        request: &SearchRequest,
        (article, rank): (ArticleId, usize),
        today: Date,
    ) -> Result<Option<Neighbors>> {
        Ok(search::neighbors(&*self.snapshot()?, request, (article, rank), today)?)
    }

    /// Finds passages, and counts all that match.
    pub fn search_with_counts(
        &self,
        request: &SearchRequest,
        counts: &CountsRequest,
        today: Date,
    ) -> Result<(Results, CountsResults)> {
        let snapshot = self.snapshot()?;
        Ok(search::search_with_counts(&snapshot, &self.people(&snapshot), request, counts, today)?)
    }

    /// Counts what matches a query: [`search::counts`].
    pub fn counts(&self, typed: &TypedQuery, request: &CountsRequest, today: Date) -> Result<CountsResults> {
        let snapshot = self.snapshot()?;
        Ok(search::counts(&snapshot, &self.people(&snapshot), typed, request, today)?)
    }

    /// Finds the quotes of a speaker: [`search::quotes`].
    pub fn quotes(&self, request: &QuotesRequest, today: Date) -> Result<QuotesResults> {
        let snapshot = self.snapshot()?;
        Ok(search::quotes(&snapshot, &self.people(&snapshot), request, today)?)
    }

    /// Lists who is quoted.
    pub fn speakers(&self, request: &SpeakersRequest) -> Result<SpeakersResults> {
        let snapshot = self.snapshot()?;
        Ok(search::speakers(&snapshot, &self.people(&snapshot), request)?)
    }

    /// Who the speakers of quotes are in the whole archive: [`search::known_people`].
    pub fn known_people(&self, speakers: &[(ArticleId, &Speaker)]) -> Result<Vec<Option<String>>> {
        let snapshot = self.snapshot()?;
        Ok(search::known_people(&self.people(&snapshot), speakers)?)
    }

    /// Lists pairs of names that may be one person's: [`search::similar_speakers`].
    pub fn similar_speakers(
        &self,
        names: &[String],
        quotes_min: usize,
        limit: usize,
    ) -> Result<SimilarResults> {
        Ok(search::similar_speakers(&self.people(&*self.snapshot()?), names, quotes_min, limit)?)
    }

    /// Explains a query; without an index, only how it is read.
    pub fn explain_query(&self, typed: &TypedQuery, today: Date) -> Result<Explanation> {
        let snapshot = match self.snapshot() {
            Ok(snapshot) => Some(snapshot),
            Err(index::Error::Missing(_)) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(search::explain(snapshot.as_deref(), typed, today)?)
    }

    /// A query clause by clause, with what each did: [`search::chips`].
    pub fn chips(&self, typed: &TypedQuery, today: Date) -> Result<Vec<Chip>> {
        Ok(search::chips(&*self.snapshot()?, typed, today)?)
    }

    /// The copies of an article and related ones; `None` if there is no such article.
    pub fn similar(&self, which: &WhichArticle, request: &SimilarRequest) -> Result<Option<SimilarArticles>> {
        let Some(shown) = self.article(which)? else { return Ok(None) };
        Ok(Some(search::similar(&*self.snapshot()?, (shown.article, &shown.quotes), request)?))
    }

    /// Compares two articles, the earlier one first; `None` if one of them is not there.
    pub fn compare(
        &self,
        [one, other]: [&WhichArticle; 2],
        request: &SimilarRequest,
    ) -> Result<Option<Comparison>> {
        let (Some(one), Some(other)) = (self.article(one)?, self.article(other)?) else { return Ok(None) };
        let [one, other] = [one, other].map(|it| (it.article, it.quotes));
        Ok(Some(search::compare(&*self.snapshot()?, one, other, request)?))
    }

    /// Those whose names are spelled nearly as one that nobody has: full names with the number of
    /// quotes, the nearest first.
    pub fn nearest_people(&self, typed: &str) -> Result<Vec<(String, usize)>> {
        let snapshot = self.snapshot()?;
        Ok(search::nearest_people(&snapshot, &self.people(&snapshot), typed)?)
    }

    /// The first and the last day of a dated article; `None` if none is dated.
    pub fn days(&self) -> Result<Option<(Date, Date)>> {
        let snapshot = self.snapshot()?;
        let days = snapshot.days_of_articles()?;
        let first = days.values().map(|it| it.0).min();
        Ok(first.zip(days.values().map(|it| it.1).max()))
    }

    /// All families of copies, the largest first; the versions of each, the earliest first.
    pub fn families(&self) -> Result<Vec<Vec<Version>>> {
        Ok(search::families(&*self.snapshot()?)?)
    }
}
