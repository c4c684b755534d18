//! Written names → groups of names that are worked out together, and the people of each.
//!
//! A group is all names of some blocks: of one, or of several that are linked, because a name is
//! also written in the other order, or because the corrections speak of names of both.

use std::collections::{BTreeMap, HashMap};

use crate::{
    article::{SpeakerKind, Spoken},
    attribute::people::{self, Corrections, Pair, Person},
};

use super::keys::{self, NameKeys};

/// A group with its people.
pub(super) struct Group {
    /// All written names.
    pub names: Vec<(String, SpeakerKind)>,
    /// Of each.
    pub keys: Vec<NameKeys>,
    /// Who bears them.
    pub people: Vec<Person>,
    /// Names that may be one person's.
    pub pairs: Vec<Pair>,
}

/// Blocks that the corrections link, as keys.
pub(super) fn linked_blocks(corrections: &Corrections) -> Vec<Vec<u64>> {
    corrections.blocks().iter().map(|it| it.iter().map(|it| keys::of_block(it)).collect()).collect()
}

/// Works out the people of some names, which must be all names of their groups.
pub(super) fn work_out(spoken: Vec<Spoken>, corrections: &Corrections) -> impl Iterator<Item = Group> {
    let name_keys: Vec<NameKeys> = spoken.iter().map(|it| NameKeys::new(&it.name, it.kind)).collect();
    let groups = groups(&name_keys, &linked_blocks(corrections));
    let mut spoken: Vec<Option<Spoken>> = spoken.into_iter().map(Some).collect();
    groups.into_iter().map(move |members| {
        let of_group: Vec<Spoken> = members.iter().filter_map(|it| spoken[*it].take()).collect();
        let (people, pairs) = people::who_is_who(&of_group, corrections);
        Group {
            people,
            pairs,
            keys: members.iter().map(|it| name_keys[*it]).collect(),
            names: of_group.into_iter().map(|it| (it.name, it.kind)).collect(),
        }
    })
}

/// The places of the names of each group, in the order of names.
fn groups(names: &[NameKeys], linked: &[Vec<u64>]) -> Vec<Vec<usize>> {
    let mut blocks: HashMap<u64, usize> = HashMap::new();
    let mut of_form: HashMap<u64, usize> = HashMap::new();
    for it in names {
        let next = blocks.len();
        let block = *blocks.entry(it.block).or_insert(next);
        of_form.insert(it.form, block);
    }
    let mut parent: Vec<usize> = (0..blocks.len()).collect();
    let mut join = |one: usize, other: usize| {
        let (one, other) = (root(&mut parent, one), root(&mut parent, other));
        parent[one.max(other)] = one.min(other);
    };
    for it in names {
        if let Some(other) = it.turned.and_then(|it| of_form.get(&it)) {
            join(blocks[&it.block], *other);
        }
    }
    for list in linked {
        let known: Vec<usize> = list.iter().filter_map(|it| blocks.get(it).copied()).collect();
        known.windows(2).for_each(|it| join(it[0], it[1]));
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, it) in names.iter().enumerate() {
        groups.entry(root(&mut parent, blocks[&it.block])).or_default().push(place);
    }
    groups.into_values().collect()
}

fn root(parent: &mut [usize], mut it: usize) -> usize {
    while parent[it] != it {
        parent[it] = parent[parent[it]];
        it = parent[it];
    }
    it
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_linked_blocks_are_one_group() {
        let person = SpeakerKind::Person;
        let names = [
            "Ada Lund",
            "Lund",
            "Wen Jialing",
            "Jialing Wen",
            "Bea Wen",
            "Tom Berg",
            "Ida Brandt",
            "Ole Dahl",
        ];
        let corrections =
            Corrections::parse("[[person]]\nname = \"Tom Berg\"\nnames = [\"Ida Brandt\", \"Nobody\"]\n");
        let linked = linked_blocks(&corrections.unwrap());
        let keys: Vec<NameKeys> = names.iter().map(|it| NameKeys::new(it, person)).collect();
        let groups = groups(&keys, &linked);
        let named: Vec<String> =
            groups.iter().map(|it| it.iter().map(|it| names[*it]).collect::<Vec<_>>().join(", ")).collect();
        assert_eq!(
            named,
            ["Ada Lund, Lund", "Wen Jialing, Jialing Wen, Bea Wen", "Tom Berg, Ida Brandt", "Ole Dahl"]
        );
    }
}
