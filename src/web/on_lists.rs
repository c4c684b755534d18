//! Which reading lists there are, and which of them have an article; read once, and again when a
//! file of them changed.

use std::{
    cmp::Reverse,
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;

use crate::{
    archive::{Archive, ListName},
    article::{ArticleId, Described},
    list::State,
};

use super::library::{ListsStamp, lists_stamp};

/// A file that was changed so recently may be changed again without another time.
const SETTLED: Duration = Duration::from_secs(2);

/// The lists as they were read last.
#[derive(Default)]
pub(super) struct KeptLists(Mutex<Option<(ListsStamp, Arc<OnLists>)>>);

impl KeptLists {
    /// The lists of an archive as they are now, which are read only if they are others than before.
    pub(super) fn of(&self, archive: &Archive) -> Arc<OnLists> {
        let stamp = lists_stamp(archive);
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, lists)) = kept.filter(|it| it.0 == stamp) {
            return lists;
        }
        let lists = Arc::new(OnLists::read(archive));
        let is_settled = stamp.iter().all(|(_, it)| {
            let modified = it.and_then(|it| Timestamp::try_from(it.0).ok());
            modified.is_some_and(|it| {
                let age = Timestamp::now().duration_since(it);
                Duration::try_from(age).is_ok_and(|it| it > SETTLED)
            })
        });
        let kept = is_settled.then(|| (stamp, Arc::clone(&lists)));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = kept;
        lists
    }
}

/// What was read is no part of what the server is.
impl fmt::Debug for KeptLists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeptLists")
    }
}

/// The lists of an archive.
#[derive(Default)]
pub(super) struct OnLists {
    /// Every list that can be read, those changed last first.
    pub(super) lists: Vec<NamedList>,
    entries: HashMap<ArticleId, Vec<OnList>>,
    /// Entries that were made by hand and have no id yet, by path.
    by_path: HashMap<String, Vec<OnList>>,
}

/// A list as it is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedList {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) n_entries: usize,
}

/// An entry for an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OnList {
    /// The list.
    pub(super) list: NamedList,
    /// Which of its entries, from 1.
    pub(super) number: usize,
    pub(super) state: State,
    pub(super) note: String,
    /// What the entry's words are known by, so that nobody writes over those of somebody else.
    pub(super) digest: String,
    /// The article of the entry, as a form names it.
    pub(super) article: String,
    /// Whether the entry names the article as another version of its own.
    pub(super) is_version: bool,
}

impl OnLists {
    /// Reads the lists. One that cannot be read is left out, as its own page says why.
    fn read(archive: &Archive) -> OnLists {
        let mut names = archive.list_names().unwrap_or_default();
        let changed = |it: &ListName| archive.list_path(it).metadata().and_then(|it| it.modified()).ok();
        names.sort_by_cached_key(|it| Reverse(changed(it)));
        let mut all = OnLists::default();
        for name in names {
            let Ok(list) = archive.list(&name) else { continue };
            let title = list.front().title.clone().unwrap_or_else(|| name.to_string());
            let n_entries = list.entries().count();
            let named = NamedList { name: name.to_string(), title, n_entries };
            for (number, entry) in (1..).zip(list.entries()) {
                let on = |is_version| OnList {
                    list: named.clone(),
                    number,
                    state: entry.state,
                    note: entry.note(),
                    digest: entry.digest(),
                    article: entry.named(),
                    is_version,
                };
                match entry.id {
                    Some(id) => all.entries.entry(id).or_default().push(on(false)),
                    None => {
                        let path = entry.link.strip_prefix("../").unwrap_or(&entry.link);
                        all.by_path.entry(path.to_owned()).or_default().push(on(false));
                    }
                }
                for id in entry.versions.iter().filter_map(|it| it.id) {
                    all.entries.entry(id).or_default().push(on(true));
                }
            }
            all.lists.push(named);
        }
        all
    }

    /// The entries for an article.
    pub(super) fn of(&self, article: &impl Described) -> impl Iterator<Item = &OnList> {
        let by_path = self.by_path.get(&*article.place().address());
        self.entries.get(&article.id()).into_iter().chain(by_path).flatten()
    }
}
