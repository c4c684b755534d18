//! Runs a query over passages or quotes and keeps the best, in an order that does not depend on
//! segments.

use std::{cmp::Ordering, collections::HashMap};

use tantivy::{
    DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, Term,
    collector::{Collector, SegmentCollector},
    columnar::Column,
    query::{BooleanQuery, Occur, Query, TermSetQuery},
};

use morgue_core::{
    article::{ArticleId, SpeakerKind},
    system::stop,
};
use morgue_query::{CheckedQuery, Grouping, Order};

use crate::{Found, FoundHit, Ranking, SpeakerFilter, Stances};

use super::{
    Snapshot,
    boolean::{BoxedQuery, having, unscored},
    doc_set_query::DocSetQuery,
    failure::Result,
    schema::{SpeakerFields, Unit},
    segment::{documents_with, term_ordinal},
};

impl Snapshot {
    pub(crate) fn find(
        &self,
        query: &CheckedQuery,
        ranking: &Ranking,
        order: Order,
        grouping: Grouping,
        limit: usize,
        offset: usize,
    ) -> Result<Found> {
        if order == Order::Relevance {
            return self.best_passages(query, ranking, grouping, limit, offset);
        }
        let query = self.translate(Unit::Passage, query)?;
        let query = self.of_unit(Unit::Passage, vec![(Occur::Must, query)]);
        let best = Best { order, grouping, keep: limit.saturating_add(offset), place: "ordinal" };
        self.run(Unit::Passage, &query, &best, offset)
    }

    pub(crate) fn find_quotes(
        &self,
        filter: &SpeakerFilter,
        query: Option<&CheckedQuery>,
        order: Order,
        limit: usize,
        offset: usize,
    ) -> Result<Found> {
        let fields = self.fields();
        let units: &[Unit] = match filter.stances {
            Stances::Said => &[Unit::Quote],
            Stances::Unsaid => &[Unit::Unsaid],
            Stances::All => &[Unit::Quote, Unit::Unsaid],
        };
        let mut parts: Vec<BoxedQuery> = Vec::new();
        for unit in units {
            parts.extend(self.quotes_by(filter, SpeakerFields::of(fields, *unit == Unit::Quote))?);
        }
        let speakers: BoxedQuery = Box::new(BooleanQuery::union(parts));
        let mut clauses: Vec<(Occur, BoxedQuery)> = vec![(Occur::Must, unscored(speakers))];
        if let Some(kind) = filter.quote_kind {
            clauses.push((Occur::Must, unscored(having(fields.quote_kind, kind.name()))));
        }
        if let Some(query) = query {
            clauses.push((Occur::Must, self.translate(Unit::Quote, query)?));
        }
        let of_units = units.iter().map(|it| having(fields.unit, it.term())).collect();
        clauses.push((Occur::Must, unscored(Box::new(BooleanQuery::union(of_units)))));
        let query = BooleanQuery::new(clauses);
        let best =
            Best { order, grouping: Grouping::Passage, keep: limit.saturating_add(offset), place: "number" };
        self.run(Unit::Quote, &query, &best, offset)
    }

    /// The quotes of those whom a filter names, a query for each way to find them.
    fn quotes_by(&self, filter: &SpeakerFilter, fields: SpeakerFields) -> tantivy::Result<Vec<BoxedQuery>> {
        let mut names: HashMap<SpeakerKind, Vec<Term>> = HashMap::new();
        let mut parts: Vec<BoxedQuery> = Vec::new();
        let mut shared: Vec<SharedName<'_>> = Vec::new();
        for (name, kind, articles) in &filter.names {
            match articles {
                Some(articles) => shared.push((name, *kind, articles)),
                None => names.entry(*kind).or_default().push(Term::from_field_text(fields.name, name)),
            }
        }
        if !shared.is_empty() {
            parts.push(Box::new(self.quotes_in_articles(&shared, fields)?));
        }
        let of_kind = |(kind, names): (SpeakerKind, Vec<Term>)| -> BoxedQuery {
            let named: BoxedQuery = Box::new(TermSetQuery::new(names));
            Box::new(BooleanQuery::intersection(vec![named, having(fields.kind, kind.name())]))
        };
        parts.extend(names.into_iter().map(of_kind));
        Ok(parts)
    }

    /// The quotes by somebody of a name and a kind in some articles each.
    fn quotes_in_articles(
        &self,
        names: &[SharedName<'_>],
        fields: SpeakerFields,
    ) -> tantivy::Result<DocSetQuery> {
        let kind_column = self.searcher.schema().get_field_name(fields.kind);
        let mut of_segments = Vec::new();
        for segment in self.searcher.segment_readers() {
            let columns = segment.fast_fields();
            let (Some(kinds), Some(keys)) =
                (columns.str(kind_column)?, columns.column_opt::<u64>("article_key")?)
            else {
                continue;
            };
            let mut quotes = Vec::new();
            for (name, kind, articles) in names {
                let Some(kind) = kinds.dictionary().term_ord(kind.name())? else { continue };
                let term = Term::from_field_text(fields.name, name);
                quotes.extend(documents_with(segment, &term)?.into_iter().filter(|it| {
                    let article = keys.first(*it).is_some_and(|it| articles.binary_search(&it).is_ok());
                    article && term_ordinal(Some(&kinds), *it) == Some(kind)
                }));
            }
            quotes.sort_unstable();
            quotes.dedup();
            let ranges = quotes.into_iter().map(|it| (it..it + 1, 0.0)).collect();
            of_segments.push((segment.segment_id(), ranges));
        }
        Ok(DocSetQuery::new(of_segments))
    }

    fn run(&self, unit: Unit, query: &dyn Query, best: &Best, offset: usize) -> Result<Found> {
        let found = self.searcher.search_with_statistics_provider(query, best, &self.statistics(unit));
        let mut found = found?;
        found.hits.drain(..offset.min(found.hits.len()));
        Ok(found)
    }

    pub(super) fn of_unit(&self, unit: Unit, mut clauses: Vec<(Occur, BoxedQuery)>) -> BooleanQuery {
        clauses.push((Occur::Must, unscored(having(self.fields().unit, unit.term()))));
        BooleanQuery::new(clauses)
    }
}

/// A name of some kind that is somebody's in some articles, by their keys in order.
type SharedName<'a> = (&'a str, SpeakerKind, &'a [u64]);

/// Collects the best hits and counts them all.
struct Best {
    order: Order,
    grouping: Grouping,
    /// How many hits are wanted.
    keep: usize,
    /// The column of a hit's place in its article.
    place: &'static str,
}

/// A hit with what it is ordered by.
#[derive(Clone, Copy, PartialEq)]
struct Candidate {
    score: f32,
    /// By date: smaller comes first.
    day: i64,
    article: u64,
    place: u64,
    document: DocAddress,
}

impl Candidate {
    fn before(&self, other: &Candidate) -> Ordering {
        let by_day = self.day.cmp(&other.day);
        let by_score = other.score.total_cmp(&self.score);
        by_day.then(by_score).then(self.article.cmp(&other.article)).then(self.place.cmp(&other.place))
    }
}

impl Collector for Best {
    type Fruit = Found;
    type Child = BestOfSegment;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<BestOfSegment> {
        let columns = segment.fast_fields();
        let day = match self.order {
            Order::Relevance => None,
            Order::Newest => columns.i64("day_last").ok(),
            Order::Oldest => columns.i64("day_first").ok(),
            Order::Added => columns.i64("added").ok(),
        };
        Ok(BestOfSegment {
            ordinal,
            order: self.order,
            keep: self.keep,
            articles: columns.u64("article_key")?,
            places: columns.u64(self.place)?,
            day,
            kept: match self.grouping {
                Grouping::Passage => Kept::Passages { best: Vec::new(), total: 0 },
                Grouping::Article => Kept::Articles(HashMap::new()),
            },
        })
    }

    fn requires_scoring(&self) -> bool {
        self.order == Order::Relevance
    }

    fn merge_fruits(&self, segments: Vec<Kept>) -> tantivy::Result<Found> {
        let mut all = match self.grouping {
            Grouping::Passage => Kept::Passages { best: Vec::new(), total: 0 },
            Grouping::Article => Kept::Articles(HashMap::new()),
        };
        for segment in segments {
            all.add_all(segment);
        }
        let (mut best, total) = match all {
            Kept::Passages { best, total } => (best, total),
            Kept::Articles(best) => {
                let total = best.len();
                (best.into_values().collect(), total)
            }
        };
        best.sort_unstable_by(Candidate::before);
        best.truncate(self.keep);
        let hit = |it: Candidate| FoundHit {
            article: ArticleId::from_key(it.article),
            place: usize::try_from(it.place).unwrap_or(usize::MAX),
            score: it.score,
            reference: it.document.into(),
        };
        Ok(Found { hits: best.into_iter().map(hit).collect(), total, ..Found::default() })
    }
}

/// The best hits so far.
enum Kept {
    /// At most twice as many as are wanted, and how many there were.
    Passages { best: Vec<Candidate>, total: usize },
    /// The best passage of each article.
    Articles(HashMap<u64, Candidate>),
}

impl Kept {
    fn add(&mut self, candidate: Candidate, keep: usize) {
        match self {
            Kept::Passages { best, total } => {
                *total += 1;
                best.push(candidate);
                if best.len() >= keep.saturating_mul(2).max(64) && keep < best.len() {
                    best.select_nth_unstable_by(keep, Candidate::before);
                    best.truncate(keep);
                }
            }
            Kept::Articles(best) => {
                let known = best.entry(candidate.article).or_insert(candidate);
                if candidate.before(known) == Ordering::Less {
                    *known = candidate;
                }
            }
        }
    }

    fn add_all(&mut self, other: Kept) {
        match (&mut *self, other) {
            (Kept::Passages { best, total }, Kept::Passages { best: others, total: n }) => {
                best.extend(others);
                *total += n;
            }
            (_, Kept::Articles(others)) => others.into_values().for_each(|it| self.add(it, usize::MAX)),
            (Kept::Articles(_), Kept::Passages { .. }) => (),
        }
    }
}

struct BestOfSegment {
    ordinal: SegmentOrdinal,
    order: Order,
    keep: usize,
    articles: Column<u64>,
    places: Column<u64>,
    day: Option<Column<i64>>,
    kept: Kept,
}

impl SegmentCollector for BestOfSegment {
    type Fruit = Kept;

    fn collect(&mut self, document: DocId, score: Score) {
        stop::look();
        let day = self.day.as_ref().and_then(|it| it.first(document));
        let day = match self.order {
            Order::Relevance => 0,
            Order::Newest | Order::Added => day.map_or(i64::MAX, |it| -it),
            Order::Oldest => day.unwrap_or(i64::MAX),
        };
        let candidate = Candidate {
            score: if self.order == Order::Relevance { score } else { 0.0 },
            day,
            article: self.articles.first(document).unwrap_or(0),
            place: self.places.first(document).unwrap_or(0),
            document: DocAddress::new(self.ordinal, document),
        };
        self.kept.add(candidate, self.keep);
    }

    fn harvest(self) -> Kept {
        self.kept
    }
}
