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
                        Ok(list) => shelf.entries.extend(listed(&name, &list, snapshot.as_deref())),
                        Err(error) => shelf.problems.push(format!("{error:#}")),
                    }
                }
            }
            Err(error) => shelf.problems.push(format!("{error:#}")),
        }
        Arc::new(shelf)
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
