//! Reading lists: the files of `lists/`, and what they have to do with the archive's articles.
//!
//! `store` reads and writes the files, `whereabouts` finds the article of an entry, `gather` what a
//! query finds for a list, `refresh` what it finds since. The files' text is `crate::list`'s
//! matter.

mod change;
mod dossier;
mod edit;
mod gather;
mod import;
mod refresh;
mod shelf;
mod store;
mod whereabouts;

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashSet},
};

use anyhow::{Context as _, Result};
use jiff::civil::Date;

use crate::{
    article::{Article, ArticleId, FieldName, Quote},
    index::Snapshot,
    list::{Block, Entry, EntryContent, Front, List, Order, PassageWords, State, Version, story},
    search::{Articles, Hit},
    system,
};

use super::{Archive, WhichArticle};

pub use change::Sorted;
pub use dossier::{Dossier, DossierItem};
pub use edit::{Edited, EntryEdit, TakenOut};
pub use gather::{Find, Gather, Gathered};
pub use import::{Imported, Unheld};
pub use refresh::Refreshed;
pub use store::{DeletedList, ListName};
pub use whereabouts::Whereabouts;

/// An article as somebody names it to add it: as in [`WhichArticle`], and perhaps `#` and the
/// ordinal of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted(pub String);

impl Wanted {
    /// The passage that `c3f9a1#3` or `corpus/a.txt#3` asks for, and the article's name before it.
    fn passage(&self) -> Option<(WhichArticle, usize)> {
        let (article, passage) = self.0.rsplit_once('#').filter(|it| !it.0.is_empty())?;
        Some((WhichArticle(article.to_owned()), passage.parse().ok()?))
    }
}

/// What became of a list.
#[derive(Clone, Debug, Default)]
pub struct ListChange {
    /// Titles of the entries that are new.
    pub added: Vec<String>,
    /// How many passages were added to entries that were there.
    pub passages: usize,
    /// How many articles were named as other versions of entries.
    pub versions: usize,
    /// How many were there already.
    pub known: usize,
    /// What the user should know, a sentence each.
    pub notes: Vec<String>,
}

/// One list among all.
#[derive(Clone, Debug)]
pub struct ListSummary {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: Option<String>,
    /// Its saved query.
    pub query: Option<String>,
    /// How many entries it has in each state, in the order of [`State::ALL`].
    pub states: [usize; 3],
    /// How many a refresh brought that nobody dealt with.
    pub new: usize,
    /// How many the archive no longer has, as the file says.
    pub missing: usize,
    /// When its query was last run.
    pub refreshed: Option<Date>,
    /// Why it cannot be read, by line.
    pub problem: Option<String>,
}

impl Archive {
    /// Every list with its counts, by name; one that cannot be read has its problem.
    pub fn lists(&self) -> Result<Vec<ListSummary>> {
        let summary = |name: &ListName| match self.list(name) {
            Err(error) => ListSummary {
                problem: Some(system::causes(error.as_ref())),
                ..ListSummary::of(name, &Front::default())
            },
            Ok(list) => {
                let mut summary = ListSummary::of(name, list.front());
                for entry in list.entries() {
                    let state = State::ALL.iter().position(|it| *it == entry.state).unwrap_or(0);
                    summary.states[state] += 1;
                    summary.new += usize::from(entry.new.is_some());
                    summary.missing += usize::from(entry.missing.is_some());
                }
                summary
            }
        };
        Ok(self.list_names()?.iter().map(summary).collect())
    }

    /// Makes a list; with a query, of what it finds. Fails when there is one of that name.
    pub fn new_list(
        &self,
        name: &ListName,
        title: Option<String>,
        gather: Option<&Gather>,
        today: Date,
    ) -> Result<ListChange> {
        self.ensure_no_list(name)?;
        let gathered = gather.map(|it| self.gather(it, &Skip::default(), today)).transpose()?;
        let front = Front {
            title: Some(title.unwrap_or_else(|| name.to_string())),
            query: gather.map(|it| it.query.clone()),
            created: Some(today),
            refreshed: gather.map(|_| today),
            order: gather.map(|it| it.order).filter(|it| *it != Order::Relevance),
            max: gather.and_then(|it| it.max),
            per_source: gather.and_then(|it| it.per_source),
            removed: Vec::new(),
        };
        let mut list = List::new(&front);
        let change = gathered.map_or_else(ListChange::default, |it| take_in(&mut list, it, None, &[]));
        self.create_list(name, &list)?;
        Ok(change)
    }

    /// Adds what a query finds.
    pub fn add_found(&self, name: &ListName, gather: &Gather, today: Date) -> Result<ListChange> {
        self.add(name, &self.gather(gather, &Skip::default(), today)?)
    }

    /// Adds articles and passages by name, all or none.
    pub fn add_articles(&self, name: &ListName, wanted: &[Wanted]) -> Result<ListChange> {
        let finds = self.find_wanted(wanted)?;
        self.add(name, &Gathered { finds, ..Gathered::default() })
    }

    /// Each article that is named, with the passage that is; fails if the archive lacks one.
    fn find_wanted(&self, wanted: &[Wanted]) -> Result<Vec<Find>> {
        let mut finds = Vec::new();
        for wanted in wanted {
            // `export.docx#17` is an article of its file, if the file has several.
            let whole = WhichArticle(wanted.0.clone());
            let (shown, which, passage) = match (self.article(&whole)?, wanted.passage()) {
                (None, Some((which, passage))) => (self.article(&which)?, which.0, Some(passage)),
                (shown, _) => (shown, whole.0, None),
            };
            let shown = shown.with_context(|| format!("the archive has no article `{which}`"))?;
            let n = shown.article.passages().len();
            if let Some(passage) = passage {
                anyhow::ensure!(passage < n, "`{which}` has passages 0 to {}, not {passage}", n - 1);
            }
            let passages = passage.into_iter().collect();
            finds.push(Find::new((shown.article.into(), shown.quotes.into()), passages));
        }
        Ok(finds)
    }

    /// Adds the passages of a search's hits.
    pub fn add_hits(&self, name: &ListName, hits: &[Hit]) -> Result<ListChange> {
        let snapshot = self.snapshot()?;
        let mut articles = Articles::new(&snapshot);
        let finds = gather::by_article(hits, &mut articles, usize::MAX)?;
        let finds = gather::folded(finds, snapshot.families()?);
        self.add(name, &Gathered { finds, ..Gathered::default() })
    }

    fn add(&self, name: &ListName, gathered: &Gathered) -> Result<ListChange> {
        let snapshot = self.snapshot()?;
        self.edit_list(name, |list| {
            // An article whose file has other words now, or lies elsewhere, is still the entry's.
            let now: Vec<_> = self.whereabouts(&snapshot, list)?.iter().map(Whereabouts::id).collect();
            Ok(take_in(list, gathered.clone(), None, &now))
        })
    }
}

impl ListSummary {
    fn of(name: &ListName, front: &Front) -> ListSummary {
        ListSummary {
            name: name.to_string(),
            title: front.title.clone(),
            query: front.query.clone(),
            states: [0; 3],
            new: 0,
            missing: 0,
            refreshed: front.refreshed,
            problem: None,
        }
    }

    /// How many entries it has.
    pub fn entries(&self) -> usize {
        self.states.iter().sum()
    }
}

/// Articles that are not to be found again.
#[derive(Default)]
struct Skip {
    /// Listed: they and the other versions of their stories are no news.
    listed: HashSet<ArticleId>,
    /// Taken out by hand, with their titles: they and the other versions of their stories never
    /// come back.
    removed: Vec<(ArticleId, String)>,
    /// The words of those the query found before, and that were left out.
    passed: BTreeSet<String>,
}

/// Puts what was found into a list: new entries at the end, passages and versions into those that
/// are there. `now` is where the articles of its entries are, as far as that is known.
fn take_in(list: &mut List, gathered: Gathered, new: Option<Date>, now: &[Option<ArticleId>]) -> ListChange {
    let mut change = ListChange { notes: gathered.notes, ..ListChange::default() };
    for find in gathered.finds {
        let is_now = |at: usize| now.get(at).is_some_and(|it| *it == Some(find.article.id));
        let is_it = |(at, it): (usize, &Entry)| it.id.is_some_and(|id| find.is_version_of(id)) || is_now(at);
        let listed = list.entries().enumerate().position(is_it);
        match listed {
            None => {
                let entry = new_entry(&find, new);
                change.added.push(entry.title.clone());
                list.push(&entry);
            }
            Some(place) => add_to(list, place, &find, is_now(place), &mut change),
        }
    }
    let mut passed = list.passed_over();
    passed.extend(gathered.passed);
    list.set_passed_over(&passed);
    change
}

/// Adds what an entry does not have yet; `is_own` where the article is that of the entry, whatever
/// its id.
fn add_to(list: &mut List, place: usize, find: &Find, is_own: bool, change: &mut ListChange) {
    let Some(entry) = list.entry_mut(place) else { return };
    let before = (entry.blocks.len(), entry.versions.len());
    let own = is_own || entry.id == Some(find.article.id);
    for article in find.versions.iter().chain([&find.article]) {
        let known = own && article.id == find.article.id
            || entry.id == Some(article.id)
            || entry.versions.iter().any(|it| it.id == Some(article.id));
        if !known {
            entry.add_version(&version_of(article));
        }
    }
    if own || entry.id.is_some_and(|it| it.same_content(find.article.id)) {
        find.new_passages().iter().for_each(|it| entry.add_passage(it));
    }
    change.passages += entry.blocks.len() - before.0;
    change.versions += entry.versions.len() - before.1;
    change.known += usize::from(before == (entry.blocks.len(), entry.versions.len()));
}

fn new_entry(find: &Find, new: Option<Date>) -> EntryContent {
    let article = &find.article;
    let metadata = &article.metadata;
    EntryContent {
        title: title_of(article),
        link: link_to(&article.place.address()),
        id: Some(article.id),
        source: metadata.text(FieldName::Source).map(Cow::into_owned),
        date: metadata.published(),
        byline: metadata.text(FieldName::Byline).map(Cow::into_owned),
        new,
        versions: find.versions.iter().map(|it| version_of(it)).collect(),
        blocks: find.new_passages().into_iter().map(Block::Passage).collect(),
        ..EntryContent::default()
    }
}

/// The headline, or the file's name where there is none.
fn title_of(article: &Article) -> String {
    let name = || article.place.path.rsplit('/').next().unwrap_or_default().into();
    article.metadata.text(FieldName::Headline).unwrap_or_else(name).into_owned()
}

/// Another version, by source and date; by path where neither is known.
fn version_of(article: &Article) -> Version {
    let known = [FieldName::Source, FieldName::Date].map(|it| article.metadata.text(it));
    let parts: Vec<Cow<'_, str>> = known.into_iter().flatten().collect();
    let label = if parts.is_empty() { article.place.address().into_owned() } else { parts.join(", ") };
    Version { label, link: link_to(&article.place.address()), id: Some(article.id) }
}

/// Where a file of the archive lies, seen from the folder of lists.
fn link_to(path: &str) -> String {
    if path.starts_with('/') || path.contains("://") { path.to_owned() } else { format!("../{path}") }
}

/// The path in the archive that a link of a list leads to; `None` for the address of a page.
fn path_of(link: &str) -> Option<&str> {
    (!link.contains("://")).then(|| link.strip_prefix("../").unwrap_or(link))
}

/// A passage with who speaks in it, as a list quotes it; `None` for a headline, which is the
/// entry's title.
fn passage_words(article: &Article, quotes: &[Quote], ordinal: usize) -> Option<PassageWords> {
    let passage = article.passages().get(ordinal)?;
    if passage.kind == crate::article::PassageKind::Headline {
        return None;
    }
    let mut speakers: Vec<String> = Vec::new();
    let said = quotes.iter().filter(|it| it.passage == ordinal && it.is_said());
    for speaker in said.filter_map(|it| it.speaker.as_ref()) {
        let role = speaker.role.as_ref().map_or_else(String::new, |it| format!(", {it}"));
        let named = format!("{}{role}", speaker.name);
        if !speakers.contains(&named) {
            speakers.push(named);
        }
    }
    Some(PassageWords { ordinal: Some(ordinal), text: passage.text.clone(), said_by: speakers.join("; ") })
}

/// An article with the day it tells of, for the order of stories.
fn told(snapshot: &Snapshot, article: &Article, day: Option<Date>) -> Result<story::Told> {
    Ok(story::Told { terms: snapshot.weighed_terms(article)?, day })
}
