//! Where the article of an entry is now.

use std::collections::HashSet;

use anyhow::Result;
use jiff::civil::Date;

use crate::{
    article::ArticleId,
    index::Snapshot,
    list::{Entry, List, story::Told},
    search::{Articles, SharedArticle},
};

use super::{Archive, path_of, told};

/// What the archive has of an entry's article.
#[derive(Clone, Default)]
pub enum Whereabouts {
    /// It is where the entry says.
    Here(SharedArticle),
    /// The same words lie in another file.
    Moved(SharedArticle),
    /// The file of the entry has other words now.
    Changed(SharedArticle),
    /// The archive has neither.
    #[default]
    Missing,
}

impl Whereabouts {
    /// The article, where there is one.
    pub fn article(&self) -> Option<&SharedArticle> {
        match self {
            Whereabouts::Here(article) | Whereabouts::Moved(article) | Whereabouts::Changed(article) => {
                Some(article)
            }
            Whereabouts::Missing => None,
        }
    }

    /// Its id.
    pub fn id(&self) -> Option<ArticleId> {
        self.article().map(|it| it.0.id)
    }

    /// What it tells, for the order of stories.
    pub(super) fn told(&self, snapshot: &Snapshot, day: Option<Date>) -> Result<Told> {
        match self.article() {
            Some((article, _)) => told(snapshot, article, day),
            None => Ok(Told { terms: Vec::new(), day }),
        }
    }
}

impl Archive {
    /// Finds the article of each entry, in the list's order.
    pub(super) fn whereabouts(&self, snapshot: &Snapshot, list: &List) -> Result<Vec<Whereabouts>> {
        let mut articles = Articles::new(snapshot);
        let mut taken: HashSet<ArticleId> = list.entries().filter_map(|it| it.id).collect();
        let mut found = Vec::new();
        for entry in list.entries() {
            let whereabouts = find(snapshot, &mut articles, entry, &taken)?;
            taken.extend(whereabouts.id());
            found.push(whereabouts);
        }
        Ok(found)
    }
}

/// By id, by the words that the id stands for, then by path.
fn find(
    snapshot: &Snapshot,
    articles: &mut Articles<'_>,
    entry: &Entry,
    taken: &HashSet<ArticleId>,
) -> Result<Whereabouts> {
    if let Some(id) = entry.id {
        if let Some(article) = articles.get(id)? {
            return Ok(Whereabouts::Here(article));
        }
        for copy in snapshot.ids_from(&format!("{}-", id.words()), COPIES_MAX)? {
            if taken.contains(&copy) {
                continue;
            }
            if let Some(article) = articles.get(copy)? {
                return Ok(Whereabouts::Moved(article));
            }
        }
    }
    let record = path_of(&entry.link).map(|it| snapshot.file(it)).transpose()?.flatten();
    // Of a file with several articles, which one it was is not known any more.
    let ids: Vec<ArticleId> =
        record.iter().flat_map(|it| &it.articles).filter_map(|it| it.parse().ok()).collect();
    if let [id] = ids.as_slice()
        && !taken.contains(id)
        && let Some(article) = articles.get(*id)?
    {
        return Ok(if entry.id.is_none() {
            Whereabouts::Here(article)
        } else {
            Whereabouts::Changed(article)
        });
    }
    Ok(Whereabouts::Missing)
}

/// So many copies of a moved article are looked at.
const COPIES_MAX: usize = 100;
