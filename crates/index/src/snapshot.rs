//! The state of one commit: what can be asked of an index.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use jiff::civil::Date;

use morgue_core::article::{Article, ArticleId, ArticlePlace, Metadata, Quote, SpeakerKind, Spoken};
use morgue_query::{CheckedQuery, Facet, Grouping, Order, Place, WordPattern};

use crate::{
    ArticleNumber, CommitId, Counted, CountedSpeaker, Counts, Error, Expansion, Families, FileRecord, Found,
    FoundHit, Kept, KeptFile, Matched, QuotedPassage, Ranking, Related, SpeakerFilter, SpeakerProperty,
    embedded,
};

/// The state of one commit. It does not change, whatever is written meanwhile.
///
/// Articles are named by their keys ([`ArticleId::key`]) where many are counted. An operation fails
/// with [`Error::TooCostly`] if it runs a query that would read too much, and with
/// [`Error::Damaged`] if the index cannot be read.
pub struct Snapshot(Backend);

/// What an index is kept in. Each operation names all of them, so that the compiler asks a new one
/// for each.
enum Backend {
    Embedded(embedded::Snapshot),
}

impl Snapshot {
    pub(crate) fn embedded(snapshot: embedded::Snapshot) -> Snapshot {
        Snapshot(Backend::Embedded(snapshot))
    }

    /// How many files, articles, passages and quotes there are.
    pub fn counts(&self) -> Result<Counts, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.counts())
    }

    /// Which commit it is.
    pub fn commit_id(&self) -> CommitId {
        let Backend::Embedded(it) = &self.0;
        it.commit_id()
    }

    /// The content of a file that is kept beside the segments; `None` when there is none. It may
    /// have been made of another state.
    ///
    /// Nothing is checked here: a damaged file gives damaged bytes.
    pub fn kept(&self, file: KeptFile) -> Result<Option<Kept>, Error> {
        let Backend::Embedded(it) = &self.0;
        Ok(it.located(it.kept(file))?.map(Kept::embedded))
    }

    /// Puts a file in the place of the one that is kept, as a whole; who reads the old one goes on.
    ///
    /// It is not waited until the bytes are on the disk: what is kept must have checksums.
    pub fn keep(&self, file: KeptFile, bytes: &[u8]) -> Result<(), Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.keep(file, bytes))
    }

    /// Removes a kept file if it is there.
    pub fn remove_kept(&self, file: KeptFile) -> Result<(), Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.remove_kept(file))
    }

    /// The manifest, in no order.
    pub fn files(&self) -> Result<Vec<FileRecord>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.files())
    }

    /// What the manifest knows of the file at `path`.
    pub fn file(&self, path: &str) -> Result<Option<FileRecord>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.file(path))
    }

    /// The articles of the file at `path`, in its order, each with its place among the documents of
    /// the file, counted from 0. An address such as `export.docx#17` gives that article alone.
    pub fn articles_of_file(&self, path: &str) -> Result<Vec<(usize, ArticleId)>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.articles_of_file(path))
    }

    /// The ids that begin with `prefix`, at most `limit`, in order.
    pub fn ids_from(&self, prefix: &str, limit: usize) -> Result<Vec<ArticleId>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.ids_from(prefix, limit))
    }

    /// The article with its quotes, in reading order; `None` when the archive has none of that id.
    pub fn article(&self, id: ArticleId) -> Result<Option<(Article, Vec<Quote>)>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.article(id))
    }

    /// Where an article lies and what is known of it, without its text; `None` when the archive has
    /// none of that id.
    pub fn about(&self, id: ArticleId) -> Result<Option<(ArticlePlace, Metadata)>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.about(id))
    }

    /// Gives path, ordinal and metadata of every article, in no order.
    pub fn each_metadata(&self, f: impl FnMut(&str, usize, &Metadata)) -> Result<(), Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.each_metadata(f))
    }

    /// The passages that are hits of the query, without their text; with [`Grouping::Article`] the
    /// best passage of each article.
    ///
    /// At most `limit` after the first `offset`. [`Order::Relevance`] scores them from 0 to 1 by
    /// the ranking, which other orders do not look at. Equal ones come by article id and place, so
    /// that the order is the same on every machine.
    pub fn find(
        &self,
        query: &CheckedQuery,
        ranking: &Ranking,
        order: Order,
        grouping: Grouping,
        limit: usize,
        offset: usize,
    ) -> Result<Found, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.find(query, ranking, order, grouping, limit, offset))
    }

    /// How many articles meet a condition on articles: what an
    /// [article reading](morgue_query::ArticleReading) asks.
    pub fn count_articles(&self, condition: &CheckedQuery) -> Result<usize, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.count_articles(condition))
    }

    /// The quotes of some speakers whose words, or the headlines above them, match the query; at
    /// most `limit` after the first `offset`.
    pub fn find_quotes(
        &self,
        filter: &SpeakerFilter,
        query: Option<&CheckedQuery>,
        order: Order,
        limit: usize,
        offset: usize,
    ) -> Result<Found, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.find_quotes(filter, query, order, limit, offset))
    }

    /// The article of a hit with its quotes.
    pub fn article_of(&self, hit: &FoundHit) -> Result<Option<(Article, Vec<Quote>)>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.article_of(hit))
    }

    /// Where the article of a hit lies and what is known of it, without its text.
    pub fn known_of(&self, hit: &FoundHit) -> Result<Arc<(ArticlePlace, Metadata)>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.known_of(hit))
    }

    /// Where the article of a hit lies, and what its file calls it.
    pub fn place_of(&self, hit: &FoundHit) -> Result<(ArticlePlace, Option<String>), Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.place_of(hit))
    }

    /// The passage of a hit and its quotes.
    pub fn passage_of(&self, hit: &FoundHit) -> Result<QuotedPassage, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.passage_of(hit))
    }

    /// The wanted passages of the article of a hit, by their ordinals, with their quotes.
    pub fn passages_of(
        &self,
        hit: &FoundHit,
        wanted: impl Fn(usize) -> bool,
    ) -> Result<Vec<(usize, QuotedPassage)>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.passages_of(hit, wanted))
    }

    /// The passages that match, or all: found once for all that is counted of them.
    pub fn matched(&self, query: Option<&CheckedQuery>) -> Result<Matched, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.matched(query)).map(Matched::embedded)
    }

    /// The articles that meet a condition on articles, none of whose passages count.
    pub fn matched_articles(&self, condition: &CheckedQuery) -> Result<Matched, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.matched_articles(condition)).map(Matched::embedded)
    }

    /// How much matches in all.
    pub fn all_counted(&self, matched: &Matched) -> Counted {
        let Backend::Embedded(_) = &self.0;
        embedded::Snapshot::all_counted(matched.as_embedded())
    }

    /// What matches by the values of a field, `None` being what has none.
    ///
    /// [`Facet::Speaker`] counts written names, see [`Snapshot::speaker_counts`].
    pub fn facet(&self, matched: &Matched, facet: Facet) -> Result<BTreeMap<Option<String>, Counted>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.facet(matched.as_embedded(), facet))
    }

    /// The quotes in matching passages by the name and the kind of their speaker, each name once,
    /// in no order; quotes without a speaker may come in several parts.
    pub fn speaker_counts(&self, matched: &Matched) -> Result<Vec<CountedSpeaker>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.speaker_counts(matched.as_embedded()))
    }

    /// Tells the key of a counted article.
    pub fn article_keys(&self) -> Result<impl Fn(ArticleNumber) -> Option<u64>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.article_keys())
    }

    /// Everybody who is quoted, each written name on its own, ordered by name and kind.
    pub fn spoken(&self) -> Result<Vec<Spoken>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.spoken())
    }

    /// The appearances of some written names, ordered by name and kind; those whom nobody quotes
    /// are left out. Costs as much as these names have quotes.
    pub fn spoken_of(&self, names: &[(String, SpeakerKind)]) -> Result<Vec<Spoken>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.spoken_of(names))
    }

    /// The names that speakers have in the articles of some files.
    pub fn names_in_files(&self, paths: &[&str]) -> Result<BTreeSet<(String, SpeakerKind)>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.names_in_files(paths))
    }

    /// The names, or the roles, of the speakers of quotes that match, with how many quotes each
    /// has.
    pub fn names_of_quotes(
        &self,
        query: &CheckedQuery,
        property: SpeakerProperty,
    ) -> Result<BTreeMap<String, usize>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.names_of_quotes(query, property))
    }

    /// The names, or the roles, of speakers that fit, with how many quotes each has. Looks at each
    /// name.
    pub fn names_that_fit(
        &self,
        property: SpeakerProperty,
        fits: impl Fn(&str) -> bool,
    ) -> Result<BTreeMap<String, usize>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.names_that_fit(property, fits))
    }

    /// The first and the last day that each dated article may be of, by key.
    pub fn days_of_articles(&self) -> Result<&HashMap<u64, (Date, Date)>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.days_of_articles())
    }

    /// How many articles have no date.
    pub fn undated_articles(&self) -> Result<usize, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.undated_articles())
    }

    /// The names of outlets, in order.
    pub fn source_names(&self) -> Result<BTreeSet<String>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.source_names())
    }

    /// What a word of a query stands for in the place where it is sought.
    pub fn expansion(&self, place: Place, word: &WordPattern) -> Result<Expansion, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.expansion(place, word))
    }

    /// How likely a word of any article is one of this stem term, counted once in each article that
    /// has it; more than 0.
    pub fn likelihood(&self, term: &str) -> Result<f32, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.likelihood(term))
    }

    /// The terms of the article with their weight: how much they tell it from others.
    pub fn weighed_terms(&self, article: &Article) -> Result<Vec<(String, f64)>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.weighed_terms(article))
    }

    /// The articles that share most with an article, best first, itself not among them.
    pub fn related(&self, article: &Article) -> Result<Vec<Related>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.related(article))
    }

    /// The families of copies.
    pub fn families(&self) -> Result<&Families, Error> {
        let Backend::Embedded(it) = &self.0;
        it.located(it.families())
    }
}
