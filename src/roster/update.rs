//! What a table becomes: made of everybody who is quoted, or of an older table and the names that
//! were touched since.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    hash::{BuildHasher as _, Hasher as _, RandomState},
};

use crate::{
    article::{SpeakerKind, Spoken},
    attribute::people::Corrections,
    index::{self, CommitId},
};

use super::{
    builder::Builder,
    groups::{self, Group},
    keys::NameKeys,
    layout::{Header, Section},
    pages::Damage,
    table::{GroupId, LayerId, Table},
};

/// A written name.
pub(super) type Named = (String, SpeakerKind);

/// What a table is made of.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub commit: CommitId,
    pub corrections: &'a Corrections,
    /// The digest of their text.
    pub digest: [u8; 32],
}

/// A file to write.
pub(super) enum File {
    /// Everybody.
    Base(Vec<u8>),
    /// Those who changed since.
    Changes(Vec<u8>),
}

/// Why a table cannot be made of an older one.
pub(super) enum Failure {
    /// The older one is damaged, or so much changed that to make it anew costs less.
    Anew,
    /// The index cannot be read.
    Index(index::Error),
}

impl From<Damage> for Failure {
    fn from(_: Damage) -> Failure {
        Failure::Anew
    }
}

/// Changes are written into the base when they have more people than this …
const CHANGES_MIN: u32 = 2_000;
/// … and than this part of the base: reading a name looks into both.
const CHANGES_SHARE: u32 = 16;
/// Where more than this part of all people are touched, all are worked out anew: everybody's
/// appearances are read at once faster than name by name.
const TOUCHED_SHARE: usize = 4;

impl Source<'_> {
    /// The table of everybody who is quoted.
    pub(super) fn anew(&self, spoken: Vec<Spoken>) -> Vec<u8> {
        let mut builder = Builder::default();
        groups::work_out(spoken, self.corrections).for_each(|it| builder.add(&it));
        self.base(builder)
    }

    /// What an older table becomes when the articles of some names change, and the corrections.
    ///
    /// `touched` has all names of articles that were added or are gone. `spoken_of` gives the
    /// appearances of names.
    pub(super) fn changed(
        &self,
        old: &Table,
        touched: &BTreeSet<Named>,
        spoken_of: impl Fn(&[Named]) -> Result<Vec<Spoken>, index::Error>,
    ) -> Result<File, Failure> {
        let Touched { groups: gone, names } = self.touched(old, touched)?;
        let names: Vec<Named> = names.into_iter().collect();
        let spoken = spoken_of(&names).map_err(Failure::Index)?;
        let new: Vec<Group> = groups::work_out(spoken, self.corrections).collect();
        let mut builder = Builder::default();
        for group in old.groups() {
            if group.0 == LayerId::Changes && !gone.contains(&group) {
                builder.add(&old.group(group)?);
            }
        }
        new.iter().for_each(|it| builder.add(it));
        let n_base = old.base().n_people();
        if builder.n_people() > CHANGES_MIN.max(n_base / CHANGES_SHARE) {
            for group in old.groups() {
                if group.0 == LayerId::Base && !gone.contains(&group) {
                    builder.add(&old.group(group)?);
                }
            }
            return Ok(File::Base(self.base(builder)));
        }
        let of_base = gone.iter().filter(|it| it.0 == LayerId::Base).map(|it| it.1);
        let replaced: BTreeSet<u32> = old.replaced().iter().copied().chain(of_base).collect();
        let header = Header {
            base: Some(old.base().header.id),
            replaced: replaced.into_iter().collect(),
            ..self.header()
        };
        Ok(File::Changes(builder.finish(header)))
    }

    /// The groups of an older table that have to be worked out anew, and all names of theirs.
    fn touched(&self, old: &Table, names: &BTreeSet<Named>) -> Result<Touched, Failure> {
        let mut touched = Touched { groups: HashSet::new(), names: BTreeSet::new() };
        let mut n_people = 0;
        let n_people_max = (old.base().n_people() as usize / TOUCHED_SHARE).max(CHANGES_MIN as usize);
        if names.len() > n_people_max {
            return Err(Failure::Anew);
        }
        let mut todo: Vec<u64> = Vec::new();
        let linked = groups::linked_blocks(self.corrections);
        if self.digest != old.newest().header.corrections {
            todo.extend(&old.newest().header.corrected);
            todo.extend(linked.iter().flatten());
        }
        let mut linked_with: HashMap<u64, Vec<usize>> = HashMap::new();
        for (list, block) in linked.iter().enumerate().flat_map(|(n, it)| it.iter().map(move |it| (n, *it))) {
            linked_with.entry(block).or_default().push(list);
        }
        let mut pulled: Vec<GroupId> = Vec::new();
        for (name, kind) in names {
            let keys = NameKeys::new(name, *kind);
            todo.push(keys.block);
            // A new name may link groups by being written in the other order.
            pulled.extend(old.groups_with(Section::Turned, keys.form)?);
            if let Some(turned) = keys.turned {
                pulled.extend(old.groups_with(Section::Forms, turned)?);
            }
            touched.names.insert((name.clone(), *kind));
        }
        let mut seen: HashSet<u64> = HashSet::new();
        while let Some(block) = todo.pop() {
            if seen.insert(block) {
                pulled.extend(old.groups_with(Section::Blocks, block)?);
                let lists = linked_with.get(&block).into_iter().flatten();
                todo.extend(lists.flat_map(|it| &linked[*it]));
            }
            for group in pulled.drain(..) {
                if !touched.groups.insert(group) {
                    continue;
                }
                n_people += old.n_people_of(group)?;
                if n_people > n_people_max {
                    return Err(Failure::Anew);
                }
                for (name, keys) in old.names_of(group)? {
                    todo.push(keys.block);
                    touched.names.insert(name);
                }
            }
        }
        Ok(touched)
    }

    fn base(&self, builder: Builder) -> Vec<u8> {
        builder.finish(self.header())
    }

    fn header(&self) -> Header {
        Header {
            id: RandomState::new().build_hasher().finish(),
            base: None,
            commit: (self.commit.generation, self.commit.number),
            corrections: self.digest,
            corrected: groups::linked_blocks(self.corrections).into_iter().flatten().collect(),
            replaced: Vec::new(),
            sections: Vec::new(),
        }
    }
}

/// What is worked out anew.
struct Touched {
    groups: HashSet<GroupId>,
    names: BTreeSet<Named>,
}
