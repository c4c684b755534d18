//! What is like an article: its copies with what differs in each, then articles about the same.

use std::sync::Arc;

use crate::{
    article::{Article, Published, Quote},
    copies::{self, Difference},
    index::{Error, Snapshot},
};

use super::{Articles, Fold, SimilarRequest, Version, Versions, narrow::narrow};

/// What is like an article.
pub struct SimilarArticles {
    /// The article that was asked about.
    pub article: Arc<Article>,
    /// Its other versions, the earliest first.
    pub copies: Vec<Copy>,
    /// Articles about the same that are no copies, the nearest first; of a story in several
    /// versions one.
    pub related: Vec<RelatedArticle>,
    /// How many of these there are in all.
    pub n_related: usize,
    /// How many more copies differ in nothing that is wanted.
    pub n_alike: usize,
}

/// Another version of an article.
pub struct Copy {
    /// The version.
    pub article: Arc<Article>,
    /// What it has otherwise.
    pub difference: Difference,
    /// How many more changes there are that are not wanted.
    pub n_hidden: usize,
}

/// An article about the same.
pub struct RelatedArticle {
    /// The article.
    pub article: Arc<Article>,
    /// How much of what tells the other article from the rest of the archive it has, from 0 to 1.
    pub score: f64,
    /// The words that both have, the most telling first.
    pub words: Vec<String>,
}

/// The copies of an article, with the changes that are wanted, and related articles. Where not all
/// changes are wanted, copies without one are left out, and what is related as well.
pub fn similar(
    snapshot: &Snapshot,
    (article, quotes): (Article, &[Quote]),
    request: &SimilarRequest,
) -> Result<SimilarArticles, Error> {
    let article = Arc::new(article);
    let mut articles = Articles::new(snapshot);
    let (mut copies, mut n_alike) = (Vec::new(), 0);
    for version in Versions::default().of(snapshot, article.id)?.iter() {
        let Some((other, their_quotes)) = articles.get(version.article)? else { continue };
        let difference = copies::difference(&article, &other);
        let versions = [(&*article, quotes), (&*other, &*their_quotes)];
        match narrow(difference, versions, request) {
            Some((difference, n_hidden)) => copies.push(Copy { difference, n_hidden, article: other }),
            None => n_alike += 1,
        }
    }
    if request.is_narrow() {
        return Ok(SimilarArticles { article, copies, related: Vec::new(), n_related: 0, n_alike });
    }
    let mut fold = Fold::new(snapshot.families()?);
    fold.is_first_version(article.id);
    let mut nearest = snapshot.related(&article)?;
    nearest.retain(|it| fold.is_first_version(it.article));
    let n_related = nearest.len();
    let mut related = Vec::new();
    for found in nearest.into_iter().take(request.limit) {
        if let Some((other, _)) = articles.get(found.article)? {
            related.push(RelatedArticle { article: other, score: found.score, words: found.words });
        }
    }
    Ok(SimilarArticles { article, copies, related, n_related, n_alike })
}

/// Two articles side by side.
pub struct Comparison {
    /// The earlier one.
    pub here: Arc<Article>,
    /// The later one, with the changes that are wanted.
    pub there: Copy,
    /// All changes.
    pub whole: Difference,
    /// Whether they are versions of one story.
    pub is_version: bool,
}

impl Comparison {
    /// Whether the dates do not tell which was first: one may be of a day of the other's month,
    /// both are of one day, or one has none.
    pub fn is_order_unknown(&self) -> bool {
        let [here, there] = [&*self.here, &*self.there.article].map(|it| it.metadata.published());
        match (here, there) {
            (Some(Published::Instant(here, _)), Some(Published::Instant(there, _))) => here == there,
            (Some(here), Some(there)) => there.days().0 <= here.days().1,
            _ => true,
        }
    }
}

/// Compares two articles, the earlier one first, an undated one last; with the changes that are
/// wanted.
pub fn compare(
    snapshot: &Snapshot,
    one: (Article, Vec<Quote>),
    other: (Article, Vec<Quote>),
    request: &SimilarRequest,
) -> Result<Comparison, Error> {
    let is_later = |a: &Article, b: &Article| match (a.metadata.published(), b.metadata.published()) {
        (Some(Published::Instant(a, _)), Some(Published::Instant(b, _))) => a > b,
        (Some(a), Some(b)) => a.days() > b.days(),
        (a, b) => a.is_none() && b.is_some(),
    };
    let (here, there) = if is_later(&one.0, &other.0) { (other, one) } else { (one, other) };
    let whole = copies::difference(&here.0, &there.0);
    let versions = [(&here.0, &*here.1), (&there.0, &*there.1)];
    let n_changes = |it: &Difference| {
        let passages = it.added.len() + it.cut.len() + it.changed.len();
        passages + usize::from(it.headline) + usize::from(it.reordered)
    };
    let none = || (Difference { same: whole.same, ..Difference::default() }, n_changes(&whole));
    let (difference, n_hidden) = narrow(whole.clone(), versions, request).unwrap_or_else(none);
    let families = snapshot.families()?;
    let family = families.family(here.0.id);
    let is_version = family.is_some() && family == families.family(there.0.id);
    let there = Copy { article: Arc::new(there.0), difference, n_hidden };
    Ok(Comparison { here: Arc::new(here.0), there, whole, is_version })
}

/// All families of copies, the largest first; the versions of each, the earliest first.
pub fn families(snapshot: &Snapshot) -> Result<Vec<Vec<Version>>, Error> {
    let mut versions = Versions::default();
    let mut families = Vec::new();
    for members in snapshot.families()?.iter() {
        families.push(versions.read(snapshot, members)?);
    }
    families.sort_by_cached_key(|it| std::cmp::Reverse(it.len()));
    Ok(families)
}
