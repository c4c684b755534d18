//! Reads the state of one commit: articles, the manifest, and what is counted.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use tantivy::{
    DocAddress, DocId, ReloadPolicy, Searcher, SegmentReader, Term,
    collector::{Count, DocSetCollector},
    columnar::Column,
    query::{BooleanQuery, Query, TermQuery},
    schema::{
        Field, IndexRecordOption,
        document::{
            DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize, ValueDeserializer,
        },
    },
};

use crate::article::{Article, ArticleId, ArticlePlace, Language, Metadata, Passage, Quote};

use super::{
    Error, FileRecord, FoundHit, Index,
    expansion::Expansions,
    families::Families,
    ranking::Articles,
    rows::{ArticleRow, PassageRow, RowError},
    schema::{Fields, Unit},
    tokenizer::known_language,
};

/// The state of one commit. It does not change, whatever is written meanwhile.
pub struct Snapshot {
    pub(super) searcher: Searcher,
    pub(super) index: Index,
    /// By segment, opened when an article is read: opening them costs more than reading a passage.
    places: OnceLock<Vec<Places>>,
    /// The languages of articles, asked for by every translation.
    languages: OnceLock<Vec<Option<Language>>>,
    /// How many passages there are, deleted ones included.
    n_passages: OnceLock<u64>,
    /// Looked at when hits are ranked.
    articles: OnceLock<Articles>,
    /// Read when it is first asked for.
    families: OnceLock<Families>,
    /// What is known of articles that were read, by their own documents.
    known: Mutex<HashMap<DocAddress, Arc<(ArticlePlace, Metadata)>>>,
    /// What patterns of spelling stand for, looked up once: it takes a walk over the dictionary.
    pub(super) expansions: Expansions,
}

/// Of each segment so many blocks of stored rows are remembered, unpacked: 1.6 MB, and more where rows are longer than a block, as those of
/// articles without paragraphs are.
const STORED_BLOCKS_REMEMBERED: usize = 400;

/// Of so many articles what is known is remembered, some 2 KB for each, and then forgotten: to read it takes a third of the time of a
/// hit.
const KNOWN_MAX: usize = 1024;

/// A passage and its quotes.
pub type QuotedPassage = (Passage, Vec<Quote>);

/// The columns of a segment that tell what of its article a document is.
struct Places {
    /// Of passages and quotes.
    ordinals: Column<u64>,
    /// Of quotes alone.
    numbers: Column<u64>,
    /// Of all: the key of the article.
    keys: Column<u64>,
}

impl Places {
    /// The ordinal of a passage, of its document.
    fn passage(&self, document: DocId) -> Option<usize> {
        let ordinal = self.ordinals.first(document).filter(|_| !self.is_quote(document))?;
        usize::try_from(ordinal).ok()
    }

    fn is_quote(&self, document: DocId) -> bool {
        self.numbers.first(document).is_some()
    }
}

/// How much an index holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files of the manifest.
    pub files: usize,
    /// Articles.
    pub articles: usize,
    /// Passages, headlines included.
    pub passages: usize,
    /// Quotes, with and without a speaker.
    pub quotes: usize,
}

impl Snapshot {
    pub(super) fn new(index: &Index) -> Result<Snapshot, Error> {
        let reader = index.tantivy.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader = reader.doc_store_cache_num_blocks(STORED_BLOCKS_REMEMBERED);
        let reader = reader.try_into().map_err(|error: tantivy::TantivyError| index.damage(&error))?;
        Ok(Snapshot {
            searcher: reader.searcher(),
            index: index.clone(),
            places: OnceLock::new(),
            languages: OnceLock::new(),
            known: Mutex::default(),
            n_passages: OnceLock::new(),
            articles: OnceLock::new(),
            families: OnceLock::new(),
            expansions: Expansions::default(),
        })
    }

    pub(super) fn articles_of_segments(&self) -> tantivy::Result<&Articles> {
        if let Some(articles) = self.articles.get() {
            return Ok(articles);
        }
        let articles = Articles::of(&self.searcher, self.fields())?;
        Ok(self.articles.get_or_init(|| articles))
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.index.fields
    }

    /// The families of copies.
    pub fn families(&self) -> Result<&Families, Error> {
        if let Some(families) = self.families.get() {
            return Ok(families);
        }
        let families = self.read_families().map_err(|error| self.index.damage(&error))?;
        Ok(self.families.get_or_init(|| families))
    }

    /// How many of each there are.
    pub fn counts(&self) -> Result<Counts, Error> {
        Ok(Counts {
            files: self.count(Unit::File)?,
            articles: self.count(Unit::Article)?,
            passages: self.count(Unit::Passage)?,
            quotes: self.count(Unit::Quote)?,
        })
    }

    fn count(&self, unit: Unit) -> Result<usize, Error> {
        let term = Term::from_field_text(self.fields().unit, unit.term());
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        self.searcher.search(&query, &Count).map_err(|error| self.index.damage(&error))
    }

    /// How many articles have no date.
    pub fn undated_articles(&self) -> Result<usize, Error> {
        let mut undated = 0;
        for segment in self.searcher.segment_readers() {
            let articles = self.live(segment, Unit::Article).map_err(|error| self.index.damage(&error))?;
            // A segment without a single date has no such column.
            let days = segment.fast_fields().i64("day_first").ok();
            let is_undated = |it: &&u32| days.as_ref().is_none_or(|days| days.first(**it).is_none());
            undated += articles.iter().filter(is_undated).count();
        }
        Ok(undated)
    }

    /// The manifest, in no order.
    pub fn files(&self) -> Result<Vec<FileRecord>, Error> {
        let mut records = Vec::new();
        for address in self.with_terms(&[(self.fields().unit, Unit::File.term())])? {
            records.push(self.file_record(address)?);
        }
        Ok(records)
    }

    /// What the manifest knows of the file at `path`.
    pub fn file(&self, path: &str) -> Result<Option<FileRecord>, Error> {
        let terms = [(self.fields().unit, Unit::File.term()), (self.fields().file, path)];
        self.with_terms(&terms)?.first().map(|it| self.file_record(*it)).transpose()
    }

    fn file_record(&self, address: DocAddress) -> Result<FileRecord, Error> {
        serde_json::from_str(&self.row(address)?).map_err(|error| self.index.damage(&RowError::from(error)))
    }

    /// Where an article lies and what is known of it, without its text; `None` when the archive has none of that id.
    pub fn about(&self, id: ArticleId) -> Result<Option<(ArticlePlace, Metadata)>, Error> {
        let id = id.to_string();
        let terms = [(self.fields().article, id.as_str()), (self.fields().unit, Unit::Article.term())];
        let Some(address) = self.with_terms(&terms)?.first().copied() else { return Ok(None) };
        self.known(address).map(Some)
    }

    /// The article with its quotes, in reading order; `None` when the archive has none of that id.
    pub fn article(&self, id: ArticleId) -> Result<Option<(Article, Vec<Quote>)>, Error> {
        self.assembled(&self.with_terms(&[(self.fields().article, &id.to_string())])?)
    }

    /// The article of a hit with its quotes.
    pub fn article_of(&self, hit: &FoundHit) -> Result<Option<(Article, Vec<Quote>)>, Error> {
        let articles = self.articles_of_segments().map_err(|error| self.index.damage(&error))?;
        let own = articles.own(hit.document);
        let documents = articles.documents(own).map(|it| DocAddress::new(own.segment_ord, it));
        self.assembled(&documents.collect::<Vec<_>>())
    }

    /// Where the article of a hit lies, and what its file calls it.
    pub fn place_of(&self, hit: &FoundHit) -> Result<(ArticlePlace, Option<String>), Error> {
        let row = self.row(self.own_document(hit)?)?;
        let row = self.article_row(&row)?;
        let place = ArticlePlace { path: row.path.into_owned(), ordinal: row.ordinal };
        Ok((place, row.name.map(Cow::into_owned)))
    }

    /// Where the article of a hit lies and what is known of it, without its text.
    /// Remembered for some articles: many searches find the same ones.
    pub fn known_of(&self, hit: &FoundHit) -> Result<Arc<(ArticlePlace, Metadata)>, Error> {
        let own = self.own_document(hit)?;
        if let Some(known) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&own) {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(self.known(own)?);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KNOWN_MAX {
            known.clear();
        }
        known.insert(own, Arc::clone(&read));
        Ok(read)
    }

    /// The passage of a hit and its quotes.
    pub fn passage_of(&self, hit: &FoundHit) -> Result<QuotedPassage, Error> {
        self.passage_row(hit.document, hit.place)
    }

    /// The wanted passages of the article of a hit, by their ordinals, with their quotes.
    pub fn passages_of(
        &self,
        hit: &FoundHit,
        wanted: impl Fn(usize) -> bool,
    ) -> Result<Vec<(usize, QuotedPassage)>, Error> {
        let articles = self.articles_of_segments().map_err(|error| self.index.damage(&error))?;
        let segment = hit.document.segment_ord;
        let Some(places) = self.places()?.get(segment as usize) else { return Ok(Vec::new()) };
        let documents = articles.documents(articles.own(hit.document));
        let passages = documents.filter_map(|it| Some((it, places.passage(it).filter(|it| wanted(*it))?)));
        let read = |(document, ordinal)| {
            Ok((ordinal, self.passage_row(DocAddress::new(segment, document), ordinal)?))
        };
        passages.map(read).collect()
    }

    /// The article's own document.
    fn own_document(&self, hit: &FoundHit) -> Result<DocAddress, Error> {
        let articles = self.articles_of_segments().map_err(|error| self.index.damage(&error))?;
        Ok(articles.own(hit.document))
    }

    fn passage_row(&self, address: DocAddress, ordinal: usize) -> Result<QuotedPassage, Error> {
        let row = self.row(address)?;
        let row = serde_json::from_str::<PassageRow<'_>>(&row).map_err(RowError::from);
        row.and_then(|row| row.read(ordinal)).map_err(|error| self.index.damage(&error))
    }

    fn known(&self, own: DocAddress) -> Result<(ArticlePlace, Metadata), Error> {
        let row = self.row(own)?;
        let row = self.article_row(&row)?;
        let place = ArticlePlace { path: row.path.clone().into_owned(), ordinal: row.ordinal };
        Ok((place, row.metadata().map_err(|error| self.index.damage(&error))?))
    }

    fn article_row<'r>(&self, row: &'r str) -> Result<ArticleRow<'r>, Error> {
        serde_json::from_str(row).map_err(|error| self.index.damage(&RowError::from(error)))
    }

    /// An article of its documents, its own before its passages; a file's document may follow them.
    fn assembled(&self, documents: &[DocAddress]) -> Result<Option<(Article, Vec<Quote>)>, Error> {
        let mut own = None;
        let mut passages: BTreeMap<usize, QuotedPassage> = BTreeMap::new();
        for address in documents {
            let Some(place) = self.places()?.get(address.segment_ord as usize) else { continue };
            match place.passage(address.doc_id) {
                Some(ordinal) => drop(passages.insert(ordinal, self.passage_row(*address, ordinal)?)),
                // A quote's document stores no row: its text stands on the passage.
                None if place.is_quote(address.doc_id) => (),
                None if own.is_none() => own = Some(self.row(*address)?),
                None => (),
            }
        }
        let Some(row) = own else { return Ok(None) };
        let row = self.article_row(&row)?;
        let place = ArticlePlace { path: row.path.clone().into_owned(), ordinal: row.ordinal };
        let name = row.name.clone().map(Cow::into_owned);
        let metadata = row.metadata().map_err(|error| self.index.damage(&error))?;
        let (passages, quotes): (Vec<_>, Vec<_>) = passages.into_values().unzip();
        let quotes = quotes.into_iter().flatten().collect();
        Ok(Article::new(place, metadata, passages).map(|article| (article.named(name), quotes)))
    }

    /// Gives path, ordinal and metadata of every article, in no order.
    pub fn each_metadata(&self, mut f: impl FnMut(&str, usize, &Metadata)) -> Result<(), Error> {
        for address in self.with_terms(&[(self.fields().unit, Unit::Article.term())])? {
            let (place, metadata) = self.known(address)?;
            f(&place.path, place.ordinal, &metadata);
        }
        Ok(())
    }

    /// A number that grows with every commit.
    pub fn generation(&self) -> Result<u64, Error> {
        let metas = self.index.tantivy.load_metas().map_err(|error| self.index.damage(&error))?;
        Ok(metas.opstamp)
    }

    /// The ids that begin with `prefix`, at most `limit`, in order.
    pub fn ids_from(&self, prefix: &str, limit: usize) -> Result<Vec<ArticleId>, Error> {
        let mut ids = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            for (term, _) in self.terms_from(segment, self.fields().article, prefix, limit)? {
                let known = !self.with_terms(&[(self.fields().article, &term)])?.is_empty();
                ids.extend(term.parse::<ArticleId>().ok().filter(|_| known));
            }
        }
        Ok(ids.into_iter().take(limit).collect())
    }

    /// The language codes that articles have.
    pub fn languages(&self) -> Result<BTreeSet<String>, Error> {
        let mut codes = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            codes.extend(
                self.terms_from(segment, self.fields().language, "", 1000)?.into_iter().map(|it| it.0),
            );
        }
        Ok(codes)
    }

    /// How likely a word of any article is one of this stem term, counted once in each article that has it; more than 0.
    pub fn likelihood(&self, term: &str) -> Result<f32, Error> {
        let damage = |error: tantivy::TantivyError| self.index.damage(&error);
        let articles = self.articles_of_segments().map_err(damage)?;
        let n = self.n_with(&Term::from_field_text(self.fields().whole, term)).map_err(damage)?;
        Ok(n.max(1) as f32 / articles.n_words.max(1) as f32)
    }

    /// The terms of a field of one segment that begin with `prefix`, with their document counts, deleted ones included.
    fn terms_from(
        &self,
        segment: &SegmentReader,
        field: Field,
        prefix: &str,
        limit: usize,
    ) -> Result<Vec<(String, u32)>, Error> {
        let damage = |error: &dyn std::error::Error| self.index.damage(error);
        let inverted = segment.inverted_index(field).map_err(|error| damage(&error))?;
        let dictionary = inverted.terms();
        let mut stream = dictionary.range().ge(prefix).into_stream().map_err(|error| damage(&error))?;
        let mut terms = Vec::new();
        while terms.len() < limit && stream.advance() {
            let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
            if !term.starts_with(prefix) {
                break;
            }
            terms.push((term.to_owned(), stream.value().doc_freq));
        }
        Ok(terms)
    }

    /// The live documents that have exactly these terms, in the order they were added within a segment.
    pub(super) fn with_terms(&self, terms: &[(Field, &str)]) -> Result<Vec<DocAddress>, Error> {
        let of_term = |&(field, text): &(Field, &str)| -> Box<dyn Query> {
            Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
        };
        let query = BooleanQuery::intersection(terms.iter().map(of_term).collect());
        let found =
            self.searcher.search(&query, &DocSetCollector).map_err(|error| self.index.damage(&error))?;
        Ok(BTreeSet::from_iter(found).into_iter().collect())
    }

    /// What the document stores.
    fn row(&self, address: DocAddress) -> Result<String, Error> {
        let StoredRow(row) = self.searcher.doc(address).map_err(|error| self.index.damage(&error))?;
        row.ok_or_else(|| self.index.damage(&RowError::absent()))
    }

    /// The languages of articles, `None` for those that have none.
    pub(super) fn known_languages(&self) -> Result<&[Option<Language>], Error> {
        if let Some(languages) = self.languages.get() {
            return Ok(languages);
        }
        let languages = self.languages()?.iter().map(|it| known_language(it)).collect();
        Ok(self.languages.get_or_init(|| languages))
    }

    /// How many passages there are, deleted ones included.
    pub(super) fn n_passages(&self) -> tantivy::Result<u64> {
        if let Some(n) = self.n_passages.get() {
            return Ok(*n);
        }
        let n = self.searcher.doc_freq(&Term::from_field_text(self.fields().unit, Unit::Passage.term()))?;
        Ok(*self.n_passages.get_or_init(|| n))
    }

    /// The key of a document's article.
    pub(super) fn key(&self, document: DocAddress) -> Result<u64, Error> {
        let places = self.places()?.get(document.segment_ord as usize);
        Ok(places.and_then(|it| it.keys.first(document.doc_id)).unwrap_or(0))
    }

    /// The ordinal of a passage.
    pub(super) fn ordinal(&self, document: DocAddress) -> Result<usize, Error> {
        let places = self.places()?.get(document.segment_ord as usize);
        Ok(places.and_then(|it| it.passage(document.doc_id)).unwrap_or(usize::MAX))
    }

    fn places(&self) -> Result<&[Places], Error> {
        if let Some(places) = self.places.get() {
            return Ok(places);
        }
        let of_segment = |segment: &SegmentReader| {
            let columns = segment.fast_fields();
            Ok(Places {
                ordinals: columns.u64("ordinal")?,
                numbers: columns.u64("number")?,
                keys: columns.u64("article_key")?,
            })
        };
        let places = self.searcher.segment_readers().iter().map(of_segment).collect::<tantivy::Result<_>>();
        let places = places.map_err(|error| self.index.damage(&error))?;
        Ok(self.places.get_or_init(|| places))
    }
}

/// The one field that a document stores, read without a copy of the document around it.
struct StoredRow(Option<String>);

impl DocumentDeserialize for StoredRow {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(
        mut document: D,
    ) -> Result<StoredRow, DeserializeError> {
        Ok(StoredRow(document.next_field::<StoredText>()?.map(|(_, StoredText(row))| row)))
    }
}

struct StoredText(String);

impl ValueDeserialize for StoredText {
    fn deserialize<'de, D: ValueDeserializer<'de>>(value: D) -> Result<StoredText, DeserializeError> {
        value.deserialize_string().map(StoredText)
    }
}
