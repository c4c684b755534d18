//! A list brought up to date with the archive: what its query finds since, and where its articles
//! are now.

use std::collections::HashMap;

use anyhow::Result;
use jiff::civil::Date;

use crate::{
    article::{ArticleId, FieldName},
    list::{Front, List, Version},
};

use super::{Archive, Gather, ListChange, ListName, Skip, Whereabouts, link_to, take_in};

/// What a refresh did to a list, or would do.
#[derive(Clone, Debug, Default)]
pub struct Refreshed {
    /// What came in.
    pub change: ListChange,
    /// Titles of the entries whose article lies in another file now, and what the other versions
    /// are called that do.
    pub moved: Vec<String>,
    /// Titles of those whose file has other words now.
    pub changed: Vec<String>,
    /// Titles of those that are not in the archive any more.
    pub missing: Vec<String>,
    /// Titles of those that are there again.
    pub back: Vec<String>,
}

impl Archive {
    /// Runs the saved query of a list, adds what it finds since, and leads each entry to its
    /// article. What was taken out by hand never comes back. With `write` false the list stays as
    /// it is.
    pub fn refresh_list(&self, name: &ListName, write: bool, today: Date) -> Result<Refreshed> {
        let snapshot = self.snapshot()?;
        let mut list = self.list(name)?;
        let refresh = |list: &mut List| -> Result<Refreshed> {
            let found = self.whereabouts(&snapshot, list)?;
            let moved = self.moved_versions(&snapshot, list, &found)?;
            let mut refreshed = Refreshed::default();
            for (place, whereabouts) in found.iter().enumerate() {
                follow(list, place, whereabouts, today, &mut refreshed);
                follow_versions(list, place, &moved, &mut refreshed);
            }
            if let Some(query) = list.front().query.clone() {
                let gather = Gather {
                    query,
                    max: list.front().max,
                    per_source: list.front().per_source,
                    order: list.front().order.unwrap_or_default(),
                    passages: 1,
                };
                let gathered = self.gather(&gather, &known(list), today)?;
                refreshed.change = take_in(list, gathered, Some(today), &[]);
                let front = Front { refreshed: Some(today), ..list.front().clone() };
                list.set_front(front);
            }
            Ok(refreshed)
        };
        if write { self.edit_list(name, refresh) } else { refresh(&mut list) }
    }
}

impl Archive {
    /// Refreshes a list if its saved query finds articles that it does not have; `None` for others,
    /// whose files are not touched.
    pub fn refresh_if_news(&self, name: &ListName, today: Date) -> Result<Option<Refreshed>> {
        if self.list(name)?.front().query.is_none() {
            return Ok(None);
        }
        let found = self.refresh_list(name, false, today)?.change;
        let is_news = !found.added.is_empty() || found.versions > 0;
        is_news.then(|| self.refresh_list(name, true, today)).transpose()
    }
}

/// What a refresh does not offer again. Copies of listed articles are found all the same, to be
/// named as versions.
fn known(list: &List) -> Skip {
    let listed = list.entries().flat_map(|it| it.versions.iter().filter_map(|it| it.id).chain(it.id));
    Skip { listed: listed.collect(), removed: list.front().removed.clone(), passed: list.passed_over() }
}

/// Makes an entry say where its article is.
fn follow(list: &mut List, place: usize, whereabouts: &Whereabouts, today: Date, refreshed: &mut Refreshed) {
    let Some(entry) = list.entry_mut(place) else { return };
    let title = entry.title.clone();
    match whereabouts {
        Whereabouts::Here(_) => {}
        Whereabouts::Moved(_) => refreshed.moved.push(title.clone()),
        Whereabouts::Changed(_) => refreshed.changed.push(title.clone()),
        Whereabouts::Missing => {
            refreshed.missing.push(title.clone());
            if entry.missing.is_none() {
                entry.set_missing(Some(today));
            }
        }
    }
    if let Some((article, _)) = whereabouts.article() {
        if entry.missing.is_some() {
            refreshed.back.push(title);
            entry.set_missing(None);
        }
        entry.set_place(article.id, &link_to(&article.place.address()));
        let metadata = &article.metadata;
        let (source, byline) = (metadata.text(FieldName::Source), metadata.text(FieldName::Byline));
        entry.fill(source.as_deref(), metadata.published(), byline.as_deref());
    }
}

/// Makes an entry say where its other versions are. One that the entry itself has come to stand for
/// is none any more.
fn follow_versions(
    list: &mut List,
    place: usize,
    moved: &HashMap<ArticleId, Version>,
    refreshed: &mut Refreshed,
) {
    let Some(entry) = list.entry_mut(place) else { return };
    let known = entry.versions.clone();
    for (n, version) in known.iter().enumerate().rev() {
        if version.id.is_some() && version.id == entry.id {
            entry.set_version(n, None);
        } else if let Some(now) = version.id.and_then(|it| moved.get(&it)) {
            refreshed.moved.push(now.label.clone());
            entry.set_version(n, Some(now));
        }
    }
}
