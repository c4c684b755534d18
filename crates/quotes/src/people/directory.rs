//! Speakers and corrections → the people of an archive: senses, joined by the rules, with their
//! bare surnames.

use morgue_core::article::Spoken;

use super::{
    corrections::Corrections,
    groups::Groups,
    join,
    name_table::NameTable,
    partial,
    person::{self, Person},
    sense::{self, Sense},
};

/// The people of an archive, and what was found on the way.
pub(super) struct Directory<'a> {
    pub people: Vec<Person>,
    pub table: NameTable<'a>,
    /// All senses of full names.
    pub senses: Vec<Sense>,
    /// The person of each sense; `None` when all its articles turned out to mean somebody else.
    pub person_of: Vec<Option<usize>>,
}

impl<'a> Directory<'a> {
    pub(super) fn new(spoken: &'a [Spoken], corrections: &'a Corrections) -> Directory<'a> {
        let table = NameTable::new(spoken, corrections);
        let senses = sense::senses(&table);
        let mut groups = Groups::new(&senses, corrections);
        join::join(&table, &senses, &mut groups);
        let surnames = partial::resolve(&table, &senses, &groups);
        let mut people = Vec::new();
        let mut person_of = vec![None; senses.len()];
        for (root, members) in groups.members() {
            let shares = person::shares(&senses, &groups, &members, root, &surnames);
            if shares.is_empty() {
                continue;
            }
            for member in &members {
                person_of[*member] = Some(people.len());
            }
            let by_hand = members.iter().find_map(|it| corrections.entry(&senses[*it].key));
            people.push(person::person(&table, &shares, by_hand.map(|it| corrections.person(it))));
        }
        person::tell_apart(&mut people);
        let mut order: Vec<usize> = (0..people.len()).collect();
        order.sort_by(|one, other| {
            let (one, other) = (&people[*one], &people[*other]);
            let by_name =
                || (one.kind, &one.name, &one.qualifier).cmp(&(other.kind, &other.name, &other.qualifier));
            other.n_quotes.cmp(&one.n_quotes).then_with(by_name)
        });
        let mut place = vec![0; order.len()];
        for (to, from) in order.iter().enumerate() {
            place[*from] = to;
        }
        for it in person_of.iter_mut().flatten() {
            *it = place[*it];
        }
        let mut slots: Vec<Option<Person>> = people.into_iter().map(Some).collect();
        let people = order.into_iter().filter_map(|it| slots[it].take()).collect();
        Directory { people, table, senses, person_of }
    }
}
