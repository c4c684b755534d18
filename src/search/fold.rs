//! Copies in results: of a passage or a quote that several versions of a story have, the first is
//! kept; the others are named.
//!
//! What only one version has is always kept, so folding hides no words.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use crate::{
    article::{ArticleId, ArticlePlace, Published},
    copies::Shingles,
    index::{Error, Families, Snapshot},
};

/// Another version of a hit's article: where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its id.
    pub article: ArticleId,
    /// Where it was read.
    pub place: ArticlePlace,
    /// Its headline.
    pub headline: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// When.
    pub date: Option<Published>,
}

/// Tells what was seen before in another version.
pub struct Fold<'a> {
    families: &'a Families,
    seen: HashMap<u64, Vec<Shingles>>,
}

/// Two passages, or two quotes, of one family are the same when they share so much of their
/// shingles: an outlet changes a word here and there.
const SAME_MIN: f64 = 1.0 / 3.0;

impl<'a> Fold<'a> {
    /// Nothing is seen yet.
    pub fn new(families: &'a Families) -> Fold<'a> {
        Fold { families, seen: HashMap::new() }
    }

    /// Whether the article has copies, so that something in it can be folded.
    pub fn has_copies(&self, article: ArticleId) -> bool {
        self.families.family(article).is_some()
    }

    /// Whether no version of the article had this text before, but for a few words.
    pub fn is_first(&mut self, article: ArticleId, text: &str) -> bool {
        let Some(family) = self.families.family(article) else { return true };
        let (seen, shingles) = (self.seen.entry(family).or_default(), Shingles::of(text));
        let first = seen.iter().all(|it| it.resemblance(&shingles) < SAME_MIN);
        if first {
            seen.push(shingles);
        }
        first
    }

    /// Whether no version of the article was there before.
    pub fn is_first_version(&mut self, article: ArticleId) -> bool {
        let Some(family) = self.families.family(article) else { return true };
        let seen = self.seen.entry(family).or_default();
        let first = seen.is_empty();
        if first {
            seen.push(Shingles::default());
        }
        first
    }
}

/// Reads of each article what its other versions are, once.
#[derive(Default)]
pub struct Versions {
    read: HashMap<ArticleId, Option<Version>>,
}

impl Versions {
    /// The other versions of an article: the earliest first, undated ones last.
    pub fn of(&mut self, snapshot: &Snapshot, article: ArticleId) -> Result<Arc<[Version]>, Error> {
        Ok(self.read(snapshot, snapshot.families()?.copies(article))?.into())
    }

    /// Where the articles are: the earliest first, undated ones last.
    pub fn read(&mut self, snapshot: &Snapshot, articles: Vec<ArticleId>) -> Result<Vec<Version>, Error> {
        let mut versions = Vec::with_capacity(articles.len());
        for copy in articles {
            let version = match self.read.entry(copy) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => {
                    let version = snapshot.about(copy)?.map(|(place, metadata)| Version {
                        article: copy,
                        place,
                        headline: metadata.headline.map(|it| it.value),
                        source: metadata.source.map(|it| it.value),
                        date: metadata.date.map(|it| it.value),
                    });
                    unknown.insert(version)
                }
            };
            versions.extend(version.clone());
        }
        let day = |it: &Version| it.date.map(Published::days);
        versions.sort_by_cached_key(|it| (day(it).is_none(), day(it), it.place.path.clone(), it.article));
        Ok(versions)
    }
}
