//! What is like an article: its copies with what differs in each, then articles about the same.

use std::sync::Arc;

use crate::{
    article::{Article, Quote},
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
