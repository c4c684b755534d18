//! Articles read once each, shared by their hits.

use std::{collections::HashMap, sync::Arc};

use crate::{
    article::{Article, ArticleId, Quote},
    index::{Error, FoundHit, Snapshot},
};

/// Articles read once each, shared by their hits.
pub struct Articles<'a> {
    snapshot: &'a Snapshot,
    read: HashMap<ArticleId, Option<SharedArticle>>,
}

/// An article and its quotes, shared by the hits in it.
pub type SharedArticle = (Arc<Article>, Arc<Vec<Quote>>);

impl<'a> Articles<'a> {
    /// Reads from `snapshot`.
    pub fn new(snapshot: &'a Snapshot) -> Articles<'a> {
        Articles { snapshot, read: HashMap::new() }
    }

    /// The article of that id.
    pub fn get(&mut self, id: ArticleId) -> Result<Option<SharedArticle>, Error> {
        self.read(id, |snapshot| snapshot.article(id))
    }

    /// The article of a hit.
    pub fn of(&mut self, hit: &FoundHit) -> Result<Option<SharedArticle>, Error> {
        self.read(hit.article, |snapshot| snapshot.article_of(hit))
    }

    fn read(
        &mut self,
        id: ArticleId,
        read: impl FnOnce(&Snapshot) -> Result<Option<(Article, Vec<Quote>)>, Error>,
    ) -> Result<Option<SharedArticle>, Error> {
        if let Some(known) = self.read.get(&id) {
            return Ok(known.clone());
        }
        let read = read(self.snapshot)?.map(|(article, quotes)| (Arc::new(article), Arc::new(quotes)));
        self.read.insert(id, read.clone());
        Ok(read)
    }
}
