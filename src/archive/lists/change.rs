//! What people do to the entries of a list: sort, move, take out, note, mark, tag.

use anyhow::{Result, bail, ensure};
use jiff::civil::Date;
use morgue_core::{count, number};

use crate::list::{Entry, Front, List, Order, order_digest, story};

use super::{Archive, ListName};

/// What became of a list that was to be sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// It is done.
    Done,
    /// Its entries were moved meanwhile, so nothing was written. What tells the order now.
    Conflict(String),
}

impl Archive {
    /// Puts the entries into another order, if they stand in the order that was seen:
    /// [`order_digest`] of their names; `None` if it does not matter. By relevance needs the list's
    /// saved query.
    pub fn sort_list(
        &self,
        name: &ListName,
        order: Order,
        seen: Option<&str>,
        today: Date,
    ) -> Result<Sorted> {
        let list = self.list(name)?;
        let ranks = match (order, &list.front().query) {
            (Order::Date, _) => Vec::new(),
            (_, Some(query)) => self.ranks(query, today)?,
            (Order::Story, None) => Vec::new(),
            (Order::Relevance, None) => {
                bail!("the list `{name}` has no saved query, so nothing is more relevant than the rest")
            }
        };
        let snapshot = self.snapshot()?;
        self.edit_list(name, |list| {
            let named: Vec<String> = list.entries().map(|it| it.named()).collect();
            let now = order_digest(named.iter().map(String::as_str));
            if seen.is_some_and(|it| it != now) {
                return Ok(Sorted::Conflict(now));
            }
            let found = self.whereabouts(&snapshot, list)?;
            let rank = |at: usize| {
                let id = found[at].id();
                ranks.iter().position(|it| Some(*it) == id).unwrap_or(usize::MAX)
            };
            let mut places: Vec<usize> = (0..found.len()).collect();
            places.sort_by_cached_key(|it| rank(*it));
            let entries: Vec<_> = list.entries().collect();
            let day = |at: usize| entries[at].date.map(|it| it.days().0);
            match order {
                Order::Relevance => {}
                Order::Date => places.sort_by_key(|it| (day(*it).is_none(), day(*it))),
                Order::Story => {
                    let told = places.iter().map(|it| found[*it].told(&snapshot, day(*it)));
                    let told: Vec<_> = told.collect::<Result<_>>()?;
                    places = story::order(&told).into_iter().map(|it| places[it]).collect();
                }
            }
            let front = Front { order: Some(order), ..list.front().clone() };
            list.reorder(&places);
            list.set_front(front);
            Ok(Sorted::Done)
        })
    }

    /// Takes entries out; a refresh will not bring them back.
    pub fn remove_entries(&self, name: &ListName, which: &[String]) -> Result<Vec<String>> {
        self.edit_list(name, |list| {
            let mut places = self.places(name, list, which)?;
            places.sort_unstable_by(|a, b| b.cmp(a));
            let mut titles = Vec::new();
            for place in places {
                let Some(entry) = list.remove(place) else { continue };
                note_removed(list, &entry);
                titles.push(entry.title.clone());
            }
            titles.reverse();
            Ok(titles)
        })
    }

    /// Changes the named entries one by one, and gives their titles.
    pub fn edit_entries(
        &self,
        name: &ListName,
        which: &[String],
        change: impl Fn(&mut crate::list::Entry),
    ) -> Result<Vec<String>> {
        self.edit_list(name, |list| {
            let mut titles = Vec::new();
            for place in self.places(name, list, which)? {
                if let Some(entry) = list.entry_mut(place) {
                    change(entry);
                    titles.push(entry.title.clone());
                }
            }
            Ok(titles)
        })
    }

    /// Moves an entry to a place, counted from 1.
    pub fn move_entry(&self, name: &ListName, which: &str, to: usize) -> Result<String> {
        self.edit_list(name, |list| {
            let from = self.place(name, list, which)?;
            let title = list.entries().nth(from).map(|it| it.title.clone()).unwrap_or_default();
            ensure_place(name, list, to)?;
            list.move_entry(from, to.saturating_sub(1));
            Ok(title)
        })
    }

    /// The places of the named entries, each once.
    fn places(&self, name: &ListName, list: &List, which: &[String]) -> Result<Vec<usize>> {
        let mut places = Vec::new();
        for which in which {
            let place = self.place(name, list, which)?;
            if !places.contains(&place) {
                places.push(place);
            }
        }
        Ok(places)
    }

    /// The place of the entry that a word names.
    pub(super) fn place(&self, name: &ListName, list: &List, which: &str) -> Result<usize> {
        match list.find(which).as_slice() {
            [place] => Ok(*place),
            [] => bail!(
                "the list `{name}` has no entry `{which}`; name one by its number, its id, the beginning of one, or its path"
            ),
            several => {
                let entries: Vec<_> = list.entries().collect();
                let named: Vec<String> = several
                    .iter()
                    .take(10)
                    .map(|it| format!("\n  {}  {}", it + 1, entries[*it].title))
                    .collect();
                bail!("`{which}` names several entries of `{name}`:{}", named.concat())
            }
        }
    }
}

/// Fails where a list has no place of that number, from 1.
pub(super) fn ensure_place(name: &ListName, list: &List, place: usize) -> Result<()> {
    let n = list.entries().count();
    ensure!(
        (1..=n).contains(&place),
        "the list `{name}` has {}; there is no place {}",
        count(n, "entry"),
        number(place)
    );
    Ok(())
}

/// Notes in a list that an entry was taken out by hand, so that a refresh does not bring it back.
pub(super) fn note_removed(list: &mut List, entry: &Entry) {
    let mut front = list.front().clone();
    let versions = entry.versions.iter().filter_map(|it| it.id);
    for id in entry.id.into_iter().chain(versions) {
        front.removed.retain(|it| it.0 != id);
        front.removed.push((id, entry.title.clone()));
    }
    list.set_front(front);
}
