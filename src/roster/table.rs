//! Base and changes as one table: who is in it, by name, by word, by what is written.

use std::collections::{BTreeSet, HashSet};

use crate::{
    article::SpeakerKind,
    attribute::people::{self, MatchStrength, Pair, Person, TypedName, WrittenName},
    index::Kept,
};

use super::{
    groups::Group,
    keys::{self, NameKeys},
    layer::Layer,
    layout::{PARTIAL, Section},
    pages::{Damage, Result},
    summary::Summary,
};

/// Somebody of one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId {
    layer: LayerId,
    number: u32,
}

/// Which file of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum LayerId {
    Base,
    Changes,
}

/// A group of one table.
pub(super) type GroupId = (LayerId, u32);

/// The people of an archive at one commit. Whatever is read fails with [`Damage`] where the bytes
/// are not those that were written.
pub struct Table {
    base: Layer,
    changes: Option<Layer>,
    /// The groups of the base that are not there any more.
    replaced: HashSet<u32>,
}

impl Table {
    /// Opens a base and what changed since. Changes of another base, or that cannot be read, count
    /// as none: then the table is of the commit that its base is of.
    pub(super) fn open(base: Kept, changes: Option<Kept>) -> Result<Table> {
        let base = Layer::open(base)?;
        let changes = changes.and_then(|it| Layer::open(it).ok());
        let changes = changes.filter(|it| it.header.base == Some(base.header.id));
        let replaced = changes.iter().flat_map(|it| it.header.replaced.iter().copied()).collect();
        Ok(Table { base, changes, replaced })
    }

    /// The file that says what the table was made of.
    pub(super) fn newest(&self) -> &Layer {
        self.changes.as_ref().unwrap_or(&self.base)
    }

    pub(super) fn base(&self) -> &Layer {
        &self.base
    }

    pub(super) fn replaced(&self) -> &HashSet<u32> {
        &self.replaced
    }

    /// Everybody whom a typed name fits, and how well, in no order.
    pub fn fitting(&self, typed: &TypedName) -> Result<Vec<(PersonId, MatchStrength, Person)>> {
        let mut fitting = Vec::new();
        for id in self.named(typed.words_needed())? {
            let person = self.person(id)?;
            if let Some(strength) = typed.fit(&person) {
                fitting.push((id, strength, person));
            }
        }
        Ok(fitting)
    }

    /// Those who have all of the folded words in their names; without a word, nobody.
    pub fn named(&self, words: &[String]) -> Result<BTreeSet<PersonId>> {
        let mut found = BTreeSet::new();
        for (layer, file) in self.layers() {
            let mut common: Option<Vec<u32>> = None;
            for word in words {
                let mut with = file.people_with(word)?;
                if let Some(common) = common {
                    with.retain(|it| common.binary_search(it).is_ok());
                }
                common = Some(with);
            }
            for number in common.unwrap_or_default() {
                if self.is_there((layer, file.group_of(number)?)) {
                    found.insert(PersonId { layer, number });
                }
            }
        }
        Ok(found)
    }

    /// What everybody is sorted by, in no order.
    pub fn summaries(&self) -> Result<Vec<(PersonId, Summary)>> {
        let mut all = Vec::new();
        for (layer, file) in self.layers() {
            for number in 0..file.n_people() {
                if self.replaced.is_empty() || self.is_there((layer, file.group_of(number)?)) {
                    all.push((PersonId { layer, number }, file.summary(number)?));
                }
            }
        }
        Ok(all)
    }

    /// The person.
    pub fn person(&self, id: PersonId) -> Result<Person> {
        self.layer(id.layer)?.person(id.number)
    }

    /// What the person is sorted by.
    pub fn summary(&self, id: PersonId) -> Result<Summary> {
        self.layer(id.layer)?.summary(id.number)
    }

    /// A person's name and qualifier.
    pub fn name(&self, id: PersonId) -> Result<(&str, Option<&str>)> {
        self.layer(id.layer)?.name(id.number)
    }

    /// Those who are called by a written name, each with whether they are in some articles only.
    pub fn bearers(&self, name: &str, kind: SpeakerKind) -> Result<Vec<(PersonId, bool)>> {
        let key = keys::of_name(name, kind);
        let mut bearers = Vec::new();
        for (layer, file) in self.layers() {
            for entry in file.with_key(Section::Names, key)? {
                let number = entry & !PARTIAL;
                if self.replaced.is_empty() || self.is_there((layer, file.group_of(number)?)) {
                    bearers.push((PersonId { layer, number }, entry & PARTIAL != 0));
                }
            }
        }
        Ok(bearers)
    }

    /// Gives the articles, by their keys, in which a written name is that of somebody who has it in
    /// some articles only.
    pub fn each_article(
        &self,
        id: PersonId,
        name: &str,
        kind: SpeakerKind,
        give: impl FnMut(u64),
    ) -> Result<()> {
        self.layer(id.layer)?.each_article(id.number, name, kind, give)
    }

    /// Who is meant by a written name in an article, by its key, and why.
    pub fn person_of(
        &self,
        name: &str,
        kind: SpeakerKind,
        article: u64,
    ) -> Result<Option<(Person, WrittenName)>> {
        for (id, _) in self.bearers(name, kind)? {
            let person = self.person(id)?;
            let is_meant = |it: &&WrittenName| it.is_written(name, kind, article);
            if let Some(written) = person.names.iter().find(is_meant).cloned() {
                return Ok(Some((person, written)));
            }
        }
        Ok(None)
    }

    /// The pairs of names that may be one person's, the first to look at first; of those who have
    /// all words of one of the names. Without a name, all pairs.
    pub fn pairs(&self, names: &[String]) -> Result<Pairs<'_>> {
        let mut groups = BTreeSet::new();
        for name in names {
            for id in self.named(&people::name_words(name))? {
                groups.insert((id.layer, self.layer(id.layer)?.group_of(id.number)?));
            }
        }
        let mut ranked = Vec::new();
        for (layer, file) in self.layers() {
            for number in 0..file.n_pairs() {
                let (group, rank) = file.rank_of_pair(number)?;
                let group = (layer, group);
                if self.is_there(group) && (names.is_empty() || groups.contains(&group)) {
                    ranked.push((rank, layer, number));
                }
            }
        }
        ranked.sort_unstable();
        Ok(Pairs { table: self, ranked })
    }

    fn layers(&self) -> impl Iterator<Item = (LayerId, &Layer)> {
        [(LayerId::Base, &self.base)].into_iter().chain(self.changes.iter().map(|it| (LayerId::Changes, it)))
    }

    fn layer(&self, id: LayerId) -> Result<&Layer> {
        match id {
            LayerId::Base => Ok(&self.base),
            LayerId::Changes => self.changes.as_ref().ok_or(Damage),
        }
    }

    fn is_there(&self, (layer, group): GroupId) -> bool {
        layer == LayerId::Changes || !self.replaced.contains(&group)
    }

    /// The groups that stand beside a key.
    pub(super) fn groups_with(&self, section: Section, key: u64) -> Result<Vec<GroupId>> {
        let mut found = Vec::new();
        for (layer, file) in self.layers() {
            found.extend(file.with_key(section, key)?.into_iter().map(|it| (layer, it)));
        }
        found.retain(|it| self.is_there(*it));
        Ok(found)
    }

    /// The groups that are there.
    pub(super) fn groups(&self) -> Vec<GroupId> {
        let all = self.layers().flat_map(|(layer, file)| (0..file.n_groups()).map(move |it| (layer, it)));
        all.filter(|it| self.is_there(*it)).collect()
    }

    /// The written names of a group, and their keys.
    pub(super) fn names_of(&self, (layer, group): GroupId) -> Result<Vec<((String, SpeakerKind), NameKeys)>> {
        Ok(self.layer(layer)?.group(group)?.names)
    }

    /// How many people a group has.
    pub(super) fn n_people_of(&self, (layer, group): GroupId) -> Result<usize> {
        Ok(self.layer(layer)?.group(group)?.people.len())
    }

    /// A group with all that is in it.
    pub(super) fn group(&self, (layer, group): GroupId) -> Result<Group> {
        let file = self.layer(layer)?;
        let entry = file.group(group)?;
        let (names, keys) = entry.names.into_iter().unzip();
        Ok(Group {
            names,
            keys,
            people: entry.people.map(|it| file.person(it)).collect::<Result<_>>()?,
            pairs: entry.pairs.map(|it| file.pair(it)).collect::<Result<_>>()?,
        })
    }
}

/// Pairs in the order of their ranks, read as they are asked for.
pub struct Pairs<'a> {
    table: &'a Table,
    ranked: Vec<((i64, i64, i64), LayerId, u32)>,
}

impl Pairs<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ranked.len()
    }

    /// Whether there is no pair.
    pub fn is_empty(&self) -> bool {
        self.ranked.is_empty()
    }

    /// Gives the pairs to `f` until it has enough of them, equal ranks by name.
    pub fn each(&self, mut f: impl FnMut(Pair) -> std::ops::ControlFlow<()>) -> Result<()> {
        for equal in self.ranked.chunk_by(|a, b| a.0 == b.0) {
            let mut pairs = Vec::with_capacity(equal.len());
            for (_, layer, number) in equal {
                pairs.push(self.table.layer(*layer)?.pair(*number)?);
            }
            pairs.sort_by(|a, b| a.names().cmp(&b.names()));
            for pair in pairs {
                if f(pair).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}
