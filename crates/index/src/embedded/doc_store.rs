//! Articles and passages as the index stores them, read back.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use tantivy::{
    DocAddress,
    schema::document::{
        DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize, ValueDeserializer,
    },
};

use morgue_core::{
    article::{Article, ArticleId, ArticlePlace, Metadata, Quote},
    system::stop,
};

use crate::{FoundHit, QuotedPassage};

use super::{
    Snapshot,
    failure::Result,
    hit_ref::address,
    places::Places,
    rows::{ArticleRow, PassageRow, RowError},
    schema::Unit,
};

impl Snapshot {
    pub(crate) fn about(&self, id: ArticleId) -> Result<Option<(ArticlePlace, Metadata)>> {
        let id = id.to_string();
        let terms = [(self.fields().article, id.as_str()), (self.fields().unit, Unit::Article.term())];
        let Some(address) = self.with_terms(&terms)?.first().copied() else { return Ok(None) };
        self.read_known(address).map(Some)
    }

    pub(crate) fn article(&self, id: ArticleId) -> Result<Option<(Article, Vec<Quote>)>> {
        self.assembled(&self.with_terms(&[(self.fields().article, &id.to_string())])?)
    }

    pub(crate) fn article_of(&self, hit: &FoundHit) -> Result<Option<(Article, Vec<Quote>)>> {
        let articles = self.articles_of_segments()?;
        let own = articles.own(address(hit));
        let documents = articles.documents(own).map(|it| DocAddress::new(own.segment_ord, it));
        self.assembled(&documents.collect::<Vec<_>>())
    }

    pub(crate) fn place_of(&self, hit: &FoundHit) -> Result<(ArticlePlace, Option<String>)> {
        let row = self.row(self.own_document(hit)?)?;
        let row = self.article_row(&row)?;
        Ok((row.place(), row.name.map(Cow::into_owned)))
    }

    /// Remembered for some articles: many searches find the same ones.
    pub(crate) fn known_of(&self, hit: &FoundHit) -> Result<Arc<(ArticlePlace, Metadata)>> {
        let own = self.own_document(hit)?;
        self.known.get(own, || self.read_known(own))
    }

    pub(crate) fn passage_of(&self, hit: &FoundHit) -> Result<QuotedPassage> {
        self.passage_row(address(hit), hit.place)
    }

    pub(crate) fn passages_of(
        &self,
        hit: &FoundHit,
        wanted: impl Fn(usize) -> bool,
    ) -> Result<Vec<(usize, QuotedPassage)>> {
        let articles = self.articles_of_segments()?;
        let segment = address(hit).segment_ord;
        let Some(places) = self.places()?.get(segment as usize) else { return Ok(Vec::new()) };
        let documents = articles.documents(articles.own(address(hit)));
        let passages = documents.filter_map(|it| Some((it, places.passage(it).filter(|it| wanted(*it))?)));
        let read = |(document, ordinal)| {
            Ok((ordinal, self.passage_row(DocAddress::new(segment, document), ordinal)?))
        };
        passages.map(read).collect()
    }

    /// The article's own document.
    fn own_document(&self, hit: &FoundHit) -> Result<DocAddress> {
        let articles = self.articles_of_segments()?;
        Ok(articles.own(address(hit)))
    }

    fn passage_row(&self, address: DocAddress, ordinal: usize) -> Result<QuotedPassage> {
        let row = self.row(address)?;
        let row = serde_json::from_str::<PassageRow<'_>>(&row).map_err(RowError::from);
        Ok(row?.read(ordinal)?)
    }

    fn read_known(&self, own: DocAddress) -> Result<(ArticlePlace, Metadata)> {
        let row = self.row(own)?;
        let row = self.article_row(&row)?;
        Ok((row.place(), row.metadata()?))
    }

    pub(super) fn article_row<'r>(&self, row: &'r str) -> Result<ArticleRow<'r>> {
        Ok(serde_json::from_str(row).map_err(RowError::from)?)
    }

    /// An article of its documents, its own before its passages; a file's document may follow them.
    fn assembled(&self, documents: &[DocAddress]) -> Result<Option<(Article, Vec<Quote>)>> {
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
        let (place, name) = (row.place(), row.name.clone().map(Cow::into_owned));
        let metadata = row.metadata()?;
        let (passages, quotes): (Vec<_>, Vec<_>) = passages.into_values().unzip();
        let quotes = quotes.into_iter().flatten().collect();
        Ok(Article::new(place, metadata, passages).map(|article| (article.named(name), quotes)))
    }

    pub(crate) fn each_metadata(&self, mut f: impl FnMut(&str, usize, &Metadata)) -> Result<()> {
        for address in self.with_terms(&[(self.fields().unit, Unit::Article.term())])? {
            stop::look();
            let (place, metadata) = self.read_known(address)?;
            f(&place.path, place.ordinal(), &metadata);
        }
        Ok(())
    }

    /// What the document stores.
    pub(super) fn row(&self, address: DocAddress) -> Result<String> {
        let StoredRow(row) = self.searcher.doc(address)?;
        Ok(row.ok_or_else(RowError::absent)?)
    }

    /// The key of a document's article.
    pub(super) fn key(&self, document: DocAddress) -> Result<u64> {
        let places = self.places()?.get(document.segment_ord as usize);
        Ok(places.and_then(|it| it.key(document.doc_id)).unwrap_or(0))
    }

    /// The ordinal of a passage.
    pub(super) fn ordinal(&self, document: DocAddress) -> Result<usize> {
        let places = self.places()?.get(document.segment_ord as usize);
        Ok(places.and_then(|it| it.passage(document.doc_id)).unwrap_or(usize::MAX))
    }

    pub(super) fn places(&self) -> Result<&[Places]> {
        if let Some(places) = self.places.get() {
            return Ok(places);
        }
        let segments = self.searcher.segment_readers().iter();
        let places = segments.map(Places::open).collect::<tantivy::Result<_>>()?;
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
