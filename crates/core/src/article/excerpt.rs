//! Some of an article: what is known of it, and the passages that were read.

use std::{collections::BTreeMap, sync::Arc};

use super::{Article, ArticleId, ArticlePlace, Metadata, Passage};

/// An article as far as it was read: what is known of it, and some of its passages by their
/// ordinals.
#[derive(Clone, Debug, PartialEq)]
pub struct Excerpt {
    /// The article's name in the archive.
    pub id: ArticleId,
    /// Where it was read and what is known of it; shared by the excerpts of one article.
    pub known: Arc<(ArticlePlace, Metadata)>,
    /// The passages that were read.
    pub passages: BTreeMap<usize, Passage>,
}

/// An article, whole or in part.
pub trait Described {
    /// Its name in the archive.
    fn id(&self) -> ArticleId;
    /// Where it was read.
    fn place(&self) -> &ArticlePlace;
    /// Headline, source, date …, each with its origin.
    fn metadata(&self) -> &Metadata;
    /// The passage of that ordinal, if there is one and it was read.
    fn passage(&self, ordinal: usize) -> Option<&Passage>;
}

impl Described for Article {
    fn id(&self) -> ArticleId {
        self.id
    }

    fn place(&self) -> &ArticlePlace {
        &self.place
    }

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn passage(&self, ordinal: usize) -> Option<&Passage> {
        self.passages().get(ordinal)
    }
}

impl Described for Excerpt {
    fn id(&self) -> ArticleId {
        self.id
    }

    fn place(&self) -> &ArticlePlace {
        &self.known.0
    }

    fn metadata(&self) -> &Metadata {
        &self.known.1
    }

    fn passage(&self, ordinal: usize) -> Option<&Passage> {
        self.passages.get(&ordinal)
    }
}

impl<T: Described> Described for Arc<T> {
    fn id(&self) -> ArticleId {
        (**self).id()
    }

    fn place(&self) -> &ArticlePlace {
        (**self).place()
    }

    fn metadata(&self) -> &Metadata {
        (**self).metadata()
    }

    fn passage(&self, ordinal: usize) -> Option<&Passage> {
        (**self).passage(ordinal)
    }
}
