//! What a reader does to one entry that they see, perhaps no longer as it is: an editor, or another
//! reader, may have changed the list meanwhile.

use anyhow::{Context as _, Result};

use crate::list::{Entry, EntryContent, List, State};

use super::{
    Archive, ListName,
    change::{ensure_place, note_removed},
};

/// A change to an entry, by somebody who saw it at some state. What is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryEdit {
    /// How far it was read.
    pub state: Option<State>,
    /// Its tags, which replace those it has.
    pub tags: Option<Vec<String>>,
    /// Its note, which replaces those it has.
    pub note: Option<String>,
    /// Its new place, from 1.
    pub place: Option<usize>,
    /// The [`EntryContent::digest`] of the entry as it was seen; `None` if it does not matter.
    pub seen: Option<String>,
}

/// What became of it.
#[derive(Clone, Debug)]
pub enum Edited {
    /// It is done; the title of the entry.
    Done(String),
    /// The words that it replaces were changed meanwhile, so nothing was written. The entry as it
    /// is.
    Conflict(Box<EntryContent>),
}

/// An entry that was taken out, so that it can be put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenOut {
    /// Its title.
    pub title: String,
    /// Its lines in the file.
    pub text: String,
    /// Its place before, from 1.
    pub place: usize,
}

impl Archive {
    /// Changes an entry. A note and tags are replaced only if they are those that were seen; a
    /// state and a place count whatever was changed meanwhile.
    pub fn edit_entry(&self, name: &ListName, which: &str, edit: &EntryEdit) -> Result<Edited> {
        self.edit_list(name, |list| {
            let place = self.place(name, list, which)?;
            let Some(entry) = list.entry_mut(place) else { anyhow::bail!("the entry is gone") };
            let note = edit.note.as_ref().filter(|it| it.trim() != entry.note().trim());
            let tags = edit.tags.as_ref().filter(|it| **it != entry.tags);
            let was_seen = edit.seen.as_ref().is_none_or(|it| *it == entry.digest());
            if (note.is_some() || tags.is_some()) && !was_seen {
                return Ok(Edited::Conflict(Box::new((**entry).clone())));
            }
            if let Some(note) = note {
                entry.replace_note(note);
            }
            if let Some(tags) = tags {
                entry.set_tags(tags);
            }
            match edit.state.filter(|it| *it != entry.state) {
                Some(state) => entry.set_state(state),
                None => entry.set_seen(),
            }
            let title = entry.title.clone();
            if let Some(to) = edit.place.filter(|it| *it != place + 1) {
                ensure_place(name, list, to)?;
                list.move_entry(place, to.saturating_sub(1));
            }
            Ok(Edited::Done(title))
        })
    }

    /// Takes an entry out, as [`Archive::remove_entries`] does, and gives it.
    pub fn take_out(&self, name: &ListName, which: &str) -> Result<TakenOut> {
        self.edit_list(name, |list| {
            let place = self.place(name, list, which)?;
            let entry = list.remove(place).context("the entry is gone")?;
            note_removed(list, &entry);
            Ok(TakenOut { title: entry.title.clone(), text: entry.print(), place: place + 1 })
        })
    }

    /// Puts an entry back that was taken out, with all that stood in it.
    pub fn put_back(&self, name: &ListName, text: &str, place: usize) -> Result<String> {
        let taken = List::parse(text).ok();
        let mut entries = taken.iter().flat_map(List::entries);
        let (Some(entry), None) = (entries.next(), entries.next()) else {
            anyhow::bail!("this is no entry of a list")
        };
        self.edit_list(name, |list| {
            let is_it = |it: &Entry| it.id.is_some() && it.id == entry.id;
            anyhow::ensure!(!list.entries().any(is_it), "`{}` is on the list already", entry.title);
            list.put_back(entry.clone(), place.saturating_sub(1));
            let mut front = list.front().clone();
            let ids: Vec<_> =
                entry.id.into_iter().chain(entry.versions.iter().filter_map(|it| it.id)).collect();
            front.removed.retain(|it| !ids.contains(&it.0));
            list.set_front(front);
            Ok(entry.title.clone())
        })
    }
}
