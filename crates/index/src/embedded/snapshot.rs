//! The state of one commit: its manifest, its counts, its terms; what it stores of articles is read
//! in `doc_store`.

use std::{
    collections::{BTreeSet, HashMap},
    sync::OnceLock,
};

use jiff::civil::Date;
use tantivy::{
    DocAddress, DocId, IndexReader, ReloadPolicy, Searcher, SegmentReader, Term,
    collector::{Count, DocSetCollector},
    query::BooleanQuery,
    schema::Field,
};

use morgue_core::{
    article::{ArticleId, ArticlePlace, Language, Metadata},
    system::stop,
};
use morgue_query::WordPattern;

use crate::{CommitId, Counts, Error, Expansion, Families, FileRecord};

use super::{
    Index,
    boolean::having,
    days::{DayColumns, dates},
    failure::Result,
    memo::{Memo, once},
    places::Places,
    ranking::Articles,
    rows::RowError,
    schema::{Fields, Unit},
    segment,
    tokenizer::known_language,
};

/// How many articles' metadata is remembered, some 2 KB each: to read it takes a third of the time
/// of a hit.
const KNOWN_MAX: usize = 1024;

/// How many patterns are remembered: a process that answers many queries would keep the expansions
/// of all.
const PATTERNS_MAX: usize = 64;

/// The first and the last day that articles may be of, by their keys.
type DaysByArticle = HashMap<u64, (Date, Date)>;

/// The state of one commit, with what was read of it.
pub(crate) struct Snapshot {
    pub(super) searcher: Searcher,
    pub(super) index: Index,
    commit: CommitId,
    /// By segment, opened when an article is read: opening them costs more than reading a passage.
    pub(super) places: OnceLock<Vec<Places>>,
    /// The languages of articles, asked for by every translation.
    languages: OnceLock<Vec<Option<Language>>>,
    /// How many passages there are, deleted ones included.
    n_passages: OnceLock<u64>,
    /// Looked at when hits are ranked.
    articles: OnceLock<Articles>,
    /// Read when it is first asked for.
    families: OnceLock<Families>,
    /// The same.
    counts: OnceLock<Counts>,
    undated: OnceLock<usize>,
    days: OnceLock<DaysByArticle>,
    /// What is known of articles that were read, by their own documents.
    pub(super) known: Memo<DocAddress, (ArticlePlace, Metadata)>,
    /// What patterns of spelling stand for, looked up once: it takes a walk over the dictionary.
    pub(super) expansions: Memo<(Field, WordPattern), Expansion>,
}

/// Of each segment so many blocks of stored rows are remembered, unpacked: 1.6 MB, and more where
/// rows are longer than a block, as those of articles without paragraphs are.
const STORED_BLOCKS_REMEMBERED: usize = 400;

impl Snapshot {
    pub(super) fn new(index: &Index, commit: CommitId) -> Result<Snapshot> {
        let reader = index.tantivy.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader = reader.doc_store_cache_num_blocks(STORED_BLOCKS_REMEMBERED);
        let reader: IndexReader = reader.try_into()?;
        Ok(Snapshot {
            searcher: reader.searcher(),
            index: index.clone(),
            commit,
            places: OnceLock::new(),
            languages: OnceLock::new(),
            known: Memo::new(KNOWN_MAX),
            n_passages: OnceLock::new(),
            articles: OnceLock::new(),
            families: OnceLock::new(),
            counts: OnceLock::new(),
            undated: OnceLock::new(),
            days: OnceLock::new(),
            expansions: Memo::new(PATTERNS_MAX),
        })
    }

    /// Says of a failure where the index lies. Each operation comes by here.
    #[inline]
    pub(crate) fn located<T>(&self, done: Result<T>) -> Result<T, Error> {
        stop::look();
        self.index.located(done)
    }

    pub(super) fn articles_of_segments(&self) -> tantivy::Result<&Articles> {
        once(&self.articles, || Articles::of(&self.searcher, self.fields()))
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.index.fields
    }

    pub(crate) fn families(&self) -> Result<&Families> {
        Ok(once(&self.families, || self.read_families())?)
    }

    pub(crate) fn counts(&self) -> Result<Counts> {
        let count = || -> Result<Counts> {
            Ok(Counts {
                files: self.count(Unit::File)?,
                articles: self.count(Unit::Article)?,
                passages: self.count(Unit::Passage)?,
                quotes: self.count(Unit::Quote)?,
            })
        };
        once(&self.counts, count).copied()
    }

    fn count(&self, unit: Unit) -> Result<usize> {
        Ok(self.searcher.search(&having(self.fields().unit, unit.term()), &Count)?)
    }

    pub(crate) fn undated_articles(&self) -> Result<usize> {
        Ok(once(&self.undated, || self.count_undated()).copied()?)
    }

    fn count_undated(&self) -> tantivy::Result<usize> {
        let mut undated = 0;
        for segment in self.searcher.segment_readers() {
            let articles = self.live(segment, Unit::Article)?;
            let days = DayColumns::of(segment)?;
            let is_undated = |it: &&DocId| days.as_ref().is_none_or(|days| !days.has(**it));
            undated += articles.iter().filter(is_undated).count();
        }
        Ok(undated)
    }

    pub(crate) fn days_of_articles(&self) -> Result<&DaysByArticle> {
        Ok(once(&self.days, || self.read_days())?)
    }

    fn read_days(&self) -> tantivy::Result<DaysByArticle> {
        let mut days = DaysByArticle::new();
        for segment in self.searcher.segment_readers() {
            let keys = segment.fast_fields().column_opt::<u64>("article_key")?;
            let (Some(keys), Some(columns)) = (keys, DayColumns::of(segment)?) else { continue };
            for document in self.live(segment, Unit::Article)? {
                days.extend(keys.first(document).zip(columns.get(document).map(dates)));
            }
        }
        Ok(days)
    }

    pub(crate) fn files(&self) -> Result<Vec<FileRecord>> {
        let mut records = Vec::new();
        for address in self.with_terms(&[(self.fields().unit, Unit::File.term())])? {
            records.push(self.file_record(address)?);
        }
        Ok(records)
    }

    pub(crate) fn file(&self, path: &str) -> Result<Option<FileRecord>> {
        let terms = [(self.fields().unit, Unit::File.term()), (self.fields().file, path)];
        self.with_terms(&terms)?.first().map(|it| self.file_record(*it)).transpose()
    }

    pub(crate) fn articles_of_file(&self, path: &str) -> Result<Vec<(usize, ArticleId)>> {
        let mut articles = Vec::new();
        for own in self.own_documents_of_file(path)? {
            let row = self.row(own)?;
            articles.push((self.article_row(&row)?.place(), ArticleId::from_key(self.key(own)?)));
        }
        if articles.is_empty()
            && let Some((file, record)) = ArticlePlace::split_address(path)
        {
            for own in self.own_documents_of_file(file)? {
                let row = self.row(own)?;
                let place = self.article_row(&row)?.place();
                if place.record == Some(record) {
                    articles.push((place, ArticleId::from_key(self.key(own)?)));
                }
            }
        }
        let mut articles: Vec<_> = articles.into_iter().map(|(place, id)| (place.ordinal(), id)).collect();
        articles.sort_unstable();
        Ok(articles)
    }

    /// The keys of the articles of a file, in no order, each with the day that the archive first
    /// had the article.
    pub(super) fn keys_of_file(&self, path: &str) -> Result<Vec<(u64, Option<i64>)>> {
        let day = |own: DocAddress| -> Result<Option<i64>> {
            let segment = self.searcher.segment_reader(own.segment_ord);
            let column = segment.fast_fields().column_opt::<i64>("added")?;
            Ok(column.and_then(|it| it.first(own.doc_id)))
        };
        self.own_documents_of_file(path)?.into_iter().map(|it| Ok((self.key(it)?, day(it)?))).collect()
    }

    /// The documents that stand for the articles of a file themselves.
    fn own_documents_of_file(&self, path: &str) -> Result<Vec<DocAddress>> {
        self.with_terms(&[(self.fields().file, path), (self.fields().unit, Unit::Article.term())])
    }

    fn file_record(&self, address: DocAddress) -> Result<FileRecord> {
        Ok(serde_json::from_str(&self.row(address)?).map_err(RowError::from)?)
    }

    pub(crate) fn commit_id(&self) -> CommitId {
        self.commit
    }

    pub(crate) fn ids_from(&self, prefix: &str, limit: usize) -> Result<Vec<ArticleId>> {
        let mut ids = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields().article)?;
            for (term, _) in segment::terms(&inverted, prefix, limit, |_| true)? {
                let known = !self.with_terms(&[(self.fields().article, &term)])?.is_empty();
                ids.extend(term.parse::<ArticleId>().ok().filter(|_| known));
            }
        }
        Ok(ids.into_iter().take(limit).collect())
    }

    pub(crate) fn likelihood(&self, term: &str) -> Result<f32> {
        let articles = self.articles_of_segments()?;
        let n = self.n_with(&Term::from_field_text(self.fields().whole, term))?;
        Ok(n.max(1) as f32 / articles.n_words.max(1) as f32)
    }

    /// The live documents of one unit in a segment.
    pub(super) fn live(&self, segment: &SegmentReader, unit: Unit) -> tantivy::Result<Vec<DocId>> {
        segment::live_with(segment, &self.fields().unit_term(unit))
    }

    /// The live documents that have exactly these terms, in the order they were added within a
    /// segment.
    pub(super) fn with_terms(&self, terms: &[(Field, &str)]) -> Result<Vec<DocAddress>> {
        let query = BooleanQuery::intersection(terms.iter().map(|it| having(it.0, it.1)).collect());
        let found = self.searcher.search(&query, &DocSetCollector)?;
        Ok(BTreeSet::from_iter(found).into_iter().collect())
    }

    /// The languages of articles, `None` for those that have none.
    pub(super) fn known_languages(&self) -> Result<&[Option<Language>]> {
        let languages = once(&self.languages, || {
            let mut codes = BTreeSet::new();
            for segment in self.searcher.segment_readers() {
                let inverted = segment.inverted_index(self.fields().language)?;
                codes.extend(segment::terms(&inverted, "", 1000, |_| true)?.into_iter().map(|it| it.0));
            }
            tantivy::Result::Ok(codes.iter().map(|it| known_language(it)).collect())
        });
        Ok(languages?)
    }

    /// How many passages there are, deleted ones included.
    pub(super) fn n_passages(&self) -> tantivy::Result<u64> {
        once(&self.n_passages, || self.searcher.doc_freq(&self.fields().unit_term(Unit::Passage))).copied()
    }
}
