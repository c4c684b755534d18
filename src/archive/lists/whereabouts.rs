//! Where the article of an entry is now.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use jiff::civil::Date;

use crate::{
    article::ArticleId,
    index::Snapshot,
    list::{Entry, List, Version, story::Told},
    search::{Articles, SharedArticle},
};

use super::{Archive, path_of, told, version_of};

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
        let versions: HashSet<ArticleId> = version_ids(list).collect();
        let mut found = Vec::new();
        for entry in list.entries() {
            let whereabouts = find(snapshot, &mut articles, entry, &taken, &versions)?;
            taken.extend(whereabouts.id());
            found.push(whereabouts);
        }
        Ok(found)
    }

    /// The other versions that lie in another file now, by the id that the list has of them.
    /// `found` is where its entries are: what one of them stands for is no other version.
    pub(super) fn moved_versions(
        &self,
        snapshot: &Snapshot,
        list: &List,
        found: &[Whereabouts],
    ) -> Result<HashMap<ArticleId, Version>> {
        let mut articles = Articles::new(snapshot);
        let of_entries =
            list.entries().filter_map(|it| it.id).chain(found.iter().filter_map(Whereabouts::id));
        let mut taken: HashSet<ArticleId> = of_entries.chain(version_ids(list)).collect();
        let mut moved = HashMap::new();
        for version in list.entries().flat_map(|it| &it.versions) {
            let Some(id) = version.id else { continue };
            if articles.get(id)?.is_some() {
                continue;
            }
            let free = copies(snapshot, id, COPIES_MAX)?.into_iter().find(|it| !taken.contains(it));
            let Some((article, _)) = free.map(|it| articles.get(it)).transpose()?.flatten() else { continue };
            taken.insert(article.id);
            let now = version_of(&article);
            // What it is called stays, unless that was its path.
            let is_path = path_of(&version.link) == Some(version.label.as_str());
            let label = if is_path { now.label } else { version.label.clone() };
            moved.insert(id, Version { label, ..now });
        }
        Ok(moved)
    }
}

/// By id, by the words that the id stands for, then by path.
fn find(
    snapshot: &Snapshot,
    articles: &mut Articles<'_>,
    entry: &Entry,
    taken: &HashSet<ArticleId>,
    versions: &HashSet<ArticleId>,
) -> Result<Whereabouts> {
    if let Some(id) = entry.id {
        if let Some(article) = articles.get(id)? {
            return Ok(Whereabouts::Here(article));
        }
        // A file that was nowhere before is more likely where it went than one that is listed as
        // another version.
        let mut copies = copies(snapshot, id, COPIES_MAX)?;
        copies.sort_by_key(|it| versions.contains(it));
        for copy in copies.into_iter().filter(|it| !taken.contains(it)) {
            if let Some(article) = articles.get(copy)? {
                return Ok(Whereabouts::Moved(article));
            }
        }
    }
    let path = path_of(&entry.link);
    let is_whole_file = match path {
        Some(path) => snapshot.file(path)?.is_some_and(|it| it.articles == 1),
        None => false,
    };
    // Documents move within a file of several: an address says which one a person meant, and not
    // what became of one that was listed before.
    let path = path.filter(|_| is_whole_file || entry.id.is_none());
    let alone = path.map(|it| snapshot.articles_of_file(it)).transpose()?.unwrap_or_default();
    if let [(_, id)] = alone.as_slice()
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

/// The ids of the articles with the same words, `max` at most.
pub(super) fn copies(snapshot: &Snapshot, id: ArticleId, max: usize) -> Result<Vec<ArticleId>> {
    Ok(snapshot.ids_from(&format!("{}-", id.words()), max)?)
}

fn version_ids(list: &List) -> impl Iterator<Item = ArticleId> {
    list.entries().flat_map(|it| &it.versions).filter_map(|it| it.id)
}

/// So many copies of a moved article are looked at.
const COPIES_MAX: usize = 100;
