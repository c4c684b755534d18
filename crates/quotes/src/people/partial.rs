//! Names that say less than a full one → whose they are, article by article: an article that says
//! `Obama` and never the full name; `George Lund`, where others are `George A. Lund` and
//! `George B. Lund`.
//!
//! Who is meant is weighed by `prior`. Everything else stays a person of its own, by the name as it
//! is.

use std::collections::{BTreeMap, HashMap, HashSet};

use morgue_core::article::SpeakerKind;

use super::{
    groups::Groups,
    name::is_surname_alone,
    name_table::NameTable,
    prior::Prior,
    sense::{Sense, Share},
};

/// The appearances of such names that are somebody's.
#[derive(Default)]
pub(super) struct Resolved {
    /// By the root of the group whose they are.
    pub shares: BTreeMap<usize, Vec<Share>>,
    /// The same as places of names and of their appearances.
    pub given: HashSet<(usize, usize)>,
}

/// The senses of full names by their surnames; of two surnames, by either.
pub(super) fn bearers<'a>(table: &'a NameTable<'_>, senses: &[Sense]) -> HashMap<&'a str, Vec<usize>> {
    let mut bearers: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, sense) in senses.iter().enumerate() {
        let name = &table.names[sense.row];
        for surname in name.form().map(|it| it.last).into_iter().chain(name.first_surname()) {
            bearers.entry(surname).or_default().push(index);
        }
    }
    bearers
}

/// Looks for the owners of all names that say less than a full one.
pub(super) fn resolve<'a>(table: &'a NameTable<'a>, senses: &'a [Sense], groups: &Groups<'_>) -> Resolved {
    let search = Search { table, senses, groups };
    let bearers = bearers(table, senses);
    let mut found = Resolved::default();
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, name) in table.names.iter().enumerate() {
        // A surname that is a trade too may have been taken for one.
        let taken =
            name.kind == SpeakerKind::Unknown && table.spoken[row].name.starts_with(char::is_uppercase);
        if let [word] = name.words.as_slice()
            && (name.is_bare() || taken)
            && is_surname_alone(&table.spoken[row].name)
        {
            by_word.entry(word).or_default().push(row);
        }
    }
    for (word, rows) in by_word {
        let Some(bearers) = bearers.get(word) else { continue };
        let rows: Vec<(usize, Vec<usize>)> =
            rows.into_iter().map(|row| (row, (0..table.spoken[row].appearances.len()).collect())).collect();
        search.share(word, &rows, bearers, &mut found);
    }
    // A form that states nothing more, where several state what contradicts each other.
    let mut forms: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (sense, form) in (0..senses.len()).filter_map(|it| Some((it, table.names[senses[it].row].form()?))) {
        forms.entry((form.last, form.given)).or_default().push(sense);
    }
    for alike in forms.into_values().filter(|it| it.len() > 1) {
        let alone =
            |it: &usize| alike.iter().all(|that| that == it || groups.root(*that) != groups.root(*it));
        let states_more = |it: &usize| table.names[senses[*it].row].form().is_some_and(|it| it.states_more());
        let (stated, plain): (Vec<usize>, Vec<usize>) = alike.iter().copied().partition(states_more);
        if let [plain] = plain[..]
            && alone(&plain)
        {
            search.share(&senses[plain].key, &senses[plain].rows, &stated, &mut found);
        }
    }
    found
}

struct Search<'a, 'b> {
    table: &'a NameTable<'a>,
    senses: &'a [Sense],
    groups: &'b Groups<'b>,
}

impl<'a> Search<'a, '_> {
    /// Gives the appearances of a name to those of the bearers whom they mean.
    fn share(&self, key: &str, rows: &[(usize, Vec<usize>)], bearers: &[usize], found: &mut Resolved) {
        if self.table.corrections.entry(key).is_some() {
            return;
        }
        let mut people: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for it in bearers {
            people.entry(self.groups.root(*it)).or_default().push(*it);
        }
        people.retain(|root, members| !self.groups.refuses(*root, key) && self.may_be_meant(members));
        if people.is_empty() {
            return;
        }
        let uses = people.into_iter().map(|(root, members)| {
            (root, members.into_iter().flat_map(|it| self.senses[it].appearances(self.table)))
        });
        let prior = Prior::new(self.table, uses);
        for (row, places) in rows {
            let taken = self.table.names[*row].kind == SpeakerKind::Unknown;
            for place in places {
                let appearance = &self.table.spoken[*row].appearances[*place];
                // What was taken for a trade is told from nobody.
                let beside = if taken { prior.named_beside(appearance) } else { None };
                let Some(meant) = beside.or_else(|| prior.meant(self.table, appearance)) else { continue };
                found.given.insert((*row, *place));
                let shares = found.shares.entry(meant.person).or_default();
                match shares.iter_mut().find(|it| it.row == *row && it.reason == meant.reason) {
                    Some(share) => share.appearances.push(*place),
                    None => {
                        let share = Share { row: *row, appearances: vec![*place], reason: meant.reason };
                        shares.push(share);
                    }
                }
            }
        }
    }

    /// Whether names are more than words of a headline or a body's: a given name that is known, or
    /// two articles and neither a verb nor a body's words (`Statistics Ireland`).
    fn may_be_meant(&self, members: &[usize]) -> bool {
        let name = |it: &usize| &self.table.names[self.senses[*it].row];
        let is_somebodys = |it: &usize| !name(it).has_verb() && !name(it).is_bodily();
        let n_articles =
            || members.iter().map(|it| self.senses[*it].appearances(self.table).count()).sum::<usize>();
        members.iter().any(|it| name(it).is_likely()) || members.iter().any(is_somebodys) && n_articles() > 1
    }
}
