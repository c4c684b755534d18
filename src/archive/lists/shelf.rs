//! The reading lists as a query asks for them.

use std::sync::Arc;

use crate::{
    article::ArticleId,
    index::Snapshot,
    list::{Block, List},
    query::{Field, Listed, Shelf},
};

use super::{Archive, ListName, path_of};

impl Archive {
    /// What stands on the reading lists, if one of the queries may ask for it: no list is read for
    /// others.
    pub fn shelf<'a>(&self, queries: impl IntoIterator<Item = &'a str>) -> Arc<Shelf> {
        if !queries.into_iter().any(may_ask_for_lists) {
            return Arc::default();
        }
        let mut shelf = Shelf::default();
        // Without an index there is nothing to find.
        let snapshot = self.snapshot().ok();
        match self.list_names() {
            Ok(names) => {
                for name in names {
                    match self.list(&name) {
                        Ok(list) => {
                            let mut entries = listed(&name, &list, snapshot.as_deref());
                            if let Some(snapshot) = snapshot.as_deref() {
                                self.follow(snapshot, &list, &mut entries);
                            }
                            shelf.entries.extend(entries);
                        }
                        Err(error) => shelf.problems.push(format!("{error:#}")),
                    }
                }
            }
            Err(error) => shelf.problems.push(format!("{error:#}")),
        }
        Arc::new(shelf)
    }
}

impl Archive {
    /// Adds to the entries of a list where their articles are now, if the archive has one no more
    /// as it was listed.
    fn follow(&self, snapshot: &Snapshot, list: &List, entries: &mut [Listed]) {
        let is_there = |it: ArticleId| snapshot.ids_from(&it.to_string(), 1).is_ok_and(|it| !it.is_empty());
        if list.entries().filter_map(|it| it.id).all(is_there) {
            return;
        }
        for (entry, now) in entries.iter_mut().zip(self.whereabouts(snapshot, list).unwrap_or_default()) {
            entry.articles.extend(now.id().filter(|it| !entry.articles.contains(it)));
        }
    }
}

fn may_ask_for_lists(query: &str) -> bool {
    let query = query.to_ascii_lowercase();
    let names = [Field::List, Field::Tag, Field::Note].into_iter().flat_map(Field::names);
    names.into_iter().any(|it| query.contains(&format!("{it}:")))
}

/// The entries of a list; those without an id are the articles of the file that they link to.
fn listed(name: &ListName, list: &List, snapshot: Option<&Snapshot>) -> Vec<Listed> {
    let linked = |link: &str| -> Vec<ArticleId> {
        let articles = snapshot.zip(path_of(link)).and_then(|(it, path)| it.articles_of_file(path).ok());
        articles.into_iter().flatten().map(|it| it.1).collect()
    };
    let of = |id: Option<ArticleId>, link: &str| id.map_or_else(|| linked(link), |it| vec![it]);
    let entry = |entry: &crate::list::Entry| Listed {
        list: name.to_string(),
        title: list.front().title.clone(),
        tags: entry.tags.clone(),
        notes: entry.blocks.iter().filter_map(note).collect(),
        articles: of(entry.id, &entry.link)
            .into_iter()
            .chain(entry.versions.iter().flat_map(|it| of(it.id, &it.link)))
            .collect(),
    };
    list.entries().map(entry).collect()
}

fn note(block: &Block) -> Option<String> {
    match block {
        Block::Note(text) => Some(text.clone()),
        Block::Passage(_) => None,
    }
}
