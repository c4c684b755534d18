//! What is like an article: its copies with what differs in each, then articles about the same.

use std::sync::Arc;

use crate::{
    article::Article,
    copies::{self, Difference},
    index::{Error, Snapshot},
};

use super::{Articles, Fold, Version, Versions};

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
}

/// Another version of an article.
pub struct Copy {
    /// The version.
    pub article: Arc<Article>,
    /// What it has otherwise.
    pub difference: Difference,
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

/// The copies of an article and at most `limit` related ones.
pub fn similar(snapshot: &Snapshot, article: Article, limit: usize) -> Result<SimilarArticles, Error> {
    let article = Arc::new(article);
    let mut articles = Articles::new(snapshot);
    let mut copies = Vec::new();
    for version in Versions::default().of(snapshot, article.id)?.iter() {
        let Some((other, _)) = articles.get(version.article)? else { continue };
        copies.push(Copy { difference: copies::difference(&article, &other), article: other });
    }
    let mut fold = Fold::new(snapshot.families()?);
    fold.is_first_version(article.id);
    let mut nearest = snapshot.related(&article)?;
    nearest.retain(|it| fold.is_first_version(it.article));
    let n_related = nearest.len();
    let mut related = Vec::new();
    for found in nearest.into_iter().take(limit) {
        if let Some((other, _)) = articles.get(found.article)? {
            related.push(RelatedArticle { article: other, score: found.score, words: found.words });
        }
    }
    Ok(SimilarArticles { article, copies, related, n_related })
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
