//! The reading lists as a query and a page ask for them.

use std::{collections::HashMap, sync::Arc};

use anyhow::Result;

use crate::{
    article::ArticleId,
    index::Snapshot,
    list::{Block, Entry, List, State},
    query::{Field, Listed, Shelf},
};

use super::{Archive, ListName, path_of};

/// The entry of a list that an article has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnList {
    /// The list.
    pub list: ListName,
    /// What people call it.
    pub title: String,
    /// The entry's number, from 1.
    pub number: usize,
    /// How far somebody is with it.
    pub state: State,
}

impl Archive {
    /// Which lists have these articles, or other versions of them, by list. Articles on no list are
    /// left out, and so are lists that cannot be read. Reads every list.
    pub fn listed_on(&self, articles: &[ArticleId]) -> Result<HashMap<ArticleId, Vec<OnList>>> {
        let mut listed: HashMap<ArticleId, Vec<OnList>> = HashMap::new();
        let snapshot = self.snapshot()?;
        for name in self.list_names()? {
            let Ok(list) = self.list(&name) else { continue };
            let title = list.front().title.clone().unwrap_or_else(|| name.to_string());
            for (entry, number) in list.entries().zip(1..) {
                for id in articles_of(entry, Some(&snapshot)).into_iter().filter(|it| articles.contains(it)) {
                    let on = OnList { list: name.clone(), title: title.clone(), number, state: entry.state };
                    let known = listed.entry(id).or_default();
                    if !known.contains(&on) {
                        known.push(on);
                    }
                }
            }
        }
        Ok(listed)
    }

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

/// The entries of a list.
fn listed(name: &ListName, list: &List, snapshot: Option<&Snapshot>) -> Vec<Listed> {
    let entry = |entry: &Entry| Listed {
        list: name.to_string(),
        title: list.front().title.clone(),
        tags: entry.tags.clone(),
        notes: entry.blocks.iter().filter_map(note).collect(),
        articles: articles_of(entry, snapshot),
    };
    list.entries().map(entry).collect()
}

/// The articles that an entry stands for, other versions too; without an id those of the file that
/// it links to.
fn articles_of(entry: &Entry, snapshot: Option<&Snapshot>) -> Vec<ArticleId> {
    let linked = |link: &str| -> Vec<ArticleId> {
        let articles = snapshot.zip(path_of(link)).and_then(|(it, path)| it.articles_of_file(path).ok());
        articles.into_iter().flatten().map(|it| it.1).collect()
    };
    let of = |id: Option<ArticleId>, link: &str| id.map_or_else(|| linked(link), |it| vec![it]);
    let versions = entry.versions.iter().flat_map(|it| of(it.id, &it.link));
    of(entry.id, &entry.link).into_iter().chain(versions).collect()
}

fn note(block: &Block) -> Option<String> {
    match block {
        Block::Note(text) => Some(text.clone()),
        Block::Passage(_) => None,
    }
}
