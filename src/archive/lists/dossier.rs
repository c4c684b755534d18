//! A list or results with everything that an export needs, read from the archive.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use anyhow::Result;
use jiff::civil::Date;

use crate::{
    article::{Article, ArticleId, FieldName, Published},
    list::{Block, Entry, Order, State, Version},
    search::{Articles, Results, SharedArticle},
};

use super::{Archive, ListName, Wanted, Whereabouts, gather, path_of, title_of, version_of};

/// Articles and passages in an order, with what people noted on them.
pub struct Dossier {
    /// A short name, as of a file.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Text before the articles.
    pub introduction: String,
    /// The query it was made with.
    pub query: Option<String>,
    /// The order that was asked for last; `None` for that in which entries came.
    pub order: Option<Order>,
    /// The day it was made.
    pub created: Option<Date>,
    /// The day its query was last run.
    pub refreshed: Option<Date>,
    /// The articles.
    pub items: Vec<DossierItem>,
    /// What the user should know, a sentence each.
    pub notes: Vec<String>,
}

/// An article of a dossier: what the list says of it, else what the archive knows.
#[derive(Default)]
pub struct DossierItem {
    /// Its id.
    pub id: Option<ArticleId>,
    /// What names it on the list, however the archive names its article by now: its id there, or
    /// its link. Empty off lists.
    pub named: String,
    /// Its headline, or what the list calls it.
    pub title: String,
    /// Who published it.
    pub source: Option<String>,
    /// When, as fine as known.
    pub date: Option<Published>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Where it was published on the web.
    pub url: Option<String>,
    /// Its file in the archive.
    pub path: Option<String>,
    /// Where it was reported from.
    pub place: Option<String>,
    /// The section it stood in.
    pub section: Option<String>,
    /// The language of its text.
    pub language: Option<String>,
    /// How far somebody is with it; results of a search have no state.
    pub state: Option<State>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The day a refresh brought it.
    pub new: Option<Date>,
    /// Notes and passages.
    pub blocks: Vec<Block>,
    /// Its other versions, with their path in the archive for a link.
    pub versions: Vec<Version>,
    /// What the archive has of it.
    pub whereabouts: Whereabouts,
}

impl DossierItem {
    /// Its notes as one text.
    pub fn note(&self) -> String {
        crate::list::notes(&self.blocks)
    }

    /// Tells whether its tags or notes were changed: the digest of its entry.
    pub fn digest(&self) -> String {
        crate::list::digest(&self.tags, &self.note())
    }

    /// The ordinals of its passages.
    pub fn passages(&self) -> Vec<usize> {
        let ordinal = |it: &Block| match it {
            Block::Passage(passage) => passage.ordinal,
            Block::Note(_) => None,
        };
        self.blocks.iter().filter_map(ordinal).collect()
    }

    fn of_article(article: &SharedArticle) -> DossierItem {
        let metadata = &article.0.metadata;
        let text = |field| metadata.text(field).map(Cow::into_owned);
        DossierItem {
            id: Some(article.0.id),
            title: title_of(&article.0),
            source: text(FieldName::Source),
            date: metadata.published(),
            byline: text(FieldName::Byline),
            url: text(FieldName::Url),
            path: Some(article.0.place.address().into_owned()),
            place: text(FieldName::Place),
            section: text(FieldName::Section),
            language: text(FieldName::Language),
            whereabouts: Whereabouts::Here(article.clone()),
            ..DossierItem::default()
        }
    }

    fn of_find(find: &gather::Find) -> DossierItem {
        let version = |it: &Arc<Article>| Version { link: it.place.address().into_owned(), ..version_of(it) };
        DossierItem {
            blocks: find.new_passages().into_iter().map(Block::Passage).collect(),
            versions: find.versions.iter().map(version).collect(),
            ..DossierItem::of_article(&(find.article.clone(), find.quotes.clone()))
        }
    }

    fn of_entry(entry: &Entry, whereabouts: Whereabouts, moved: &HashMap<ArticleId, Version>) -> DossierItem {
        let page = entry.link.contains("://").then(|| entry.link.clone());
        let known = whereabouts.article().map(DossierItem::of_article);
        let path = || path_of(&entry.link).map(str::to_owned);
        let known =
            known.unwrap_or_else(|| DossierItem { id: entry.id, path: path(), ..DossierItem::default() });
        let in_archive = |it: &Version| {
            let now = it.id.and_then(|id| moved.get(&id)).unwrap_or(it);
            Version { link: path_of(&now.link).unwrap_or(&now.link).to_owned(), ..now.clone() }
        };
        // What people wrote into the list counts; the archive fills in what they left out.
        DossierItem {
            named: entry.named(),
            title: entry.title.clone(),
            source: entry.source.clone().or(known.source),
            date: entry.date.or(known.date),
            byline: entry.byline.clone().or(known.byline),
            url: page.or(known.url),
            state: Some(entry.state),
            tags: entry.tags.clone(),
            new: entry.new,
            blocks: entry.blocks.clone(),
            versions: entry.versions.iter().map(in_archive).collect(),
            whereabouts,
            ..known
        }
    }
}

impl Archive {
    /// A list with what the archive knows of its articles. An entry whose article is gone is there,
    /// and a note says so.
    pub fn dossier(&self, name: &ListName) -> Result<Dossier> {
        let list = self.list(name)?;
        let snapshot = self.snapshot()?;
        let found = self.whereabouts(&snapshot, &list)?;
        let moved = self.moved_versions(&snapshot, &list, &found)?;
        let item = |(entry, at)| DossierItem::of_entry(entry, at, &moved);
        let front = list.front();
        let mut notes = list.notes.clone();
        let shown = self.list_shown(name);
        for (entry, whereabouts) in list.entries().zip(&found) {
            let named = entry.id.map_or_else(|| entry.link.clone(), |it| it.to_string());
            let reason = match whereabouts {
                Whereabouts::Here(_) => continue,
                Whereabouts::Moved(article) => format!("`{named}` lies in {} now", article.0.place.address()),
                Whereabouts::Changed(_) => format!("`{named}` has other words now than when it was listed"),
                Whereabouts::Missing => format!("the archive has no article `{named}`"),
            };
            notes.push(format!("{shown}:{}: {reason}", entry.line));
        }
        Ok(Dossier {
            name: name.to_string(),
            title: front.title.clone().unwrap_or_else(|| name.to_string()),
            introduction: list.introduction(),
            query: front.query.clone(),
            order: front.order,
            created: front.created,
            refreshed: front.refreshed,
            items: list.entries().zip(found).map(item).collect(),
            notes,
        })
    }

    /// Results as a dossier: an article once with its passages; with `fold`, copies beside the
    /// first of them rather than each by itself.
    pub fn dossier_of(&self, results: &Results, query: &str, fold: bool, today: Date) -> Result<Dossier> {
        let snapshot = self.snapshot()?;
        let mut articles = Articles::new(&snapshot);
        let finds = gather::by_article(&results.hits, &mut articles, usize::MAX)?;
        let finds = if fold { gather::folded(finds, snapshot.families()?) } else { finds };
        Ok(Dossier {
            name: "search".to_owned(),
            title: query.to_owned(),
            introduction: String::new(),
            query: Some(query.to_owned()),
            order: None,
            created: Some(today),
            refreshed: None,
            items: finds.iter().map(DossierItem::of_find).collect(),
            notes: Vec::new(),
        })
    }

    /// Articles and passages by name as a dossier, in the order in which they are named first.
    /// Fails if the archive lacks one.
    pub fn dossier_of_articles(&self, wanted: &[Wanted], title: &str, today: Date) -> Result<Dossier> {
        let mut finds: Vec<gather::Find> = Vec::new();
        for find in self.find_wanted(wanted)? {
            match finds.iter_mut().find(|it| it.article.id == find.article.id) {
                Some(known) => known.passages.extend(find.passages),
                None => finds.push(find),
            }
        }
        Ok(Dossier {
            name: "chosen".to_owned(),
            title: title.to_owned(),
            introduction: String::new(),
            query: None,
            order: None,
            created: Some(today),
            refreshed: None,
            items: finds.iter().map(DossierItem::of_find).collect(),
            notes: Vec::new(),
        })
    }
}
