//! Written names of the same words → their senses: usually one, two when two people bear the name.
//!
//! The articles of a name hang together by shared roles, fields of work and rare company. Parts
//! that hang together in nothing, whose work is seldom one person's (police, sea) and whose times
//! meet are two people. What says nothing of its own goes with the part of its company, else with
//! the one nearest in time. Whoever has several roles one after the other stays one person: careers
//! change.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use morgue_core::article::{Appearance, SpeakerKind};

use super::{
    days::{days_between, joined_days},
    evidence::Profile,
    name_table::NameTable,
    trade::{Trade, are_far, own_words},
};
use crate::fold::name_words;

/// One meaning of a name: all that is thought to be one person's from the name alone.
#[derive(Clone, Debug)]
pub(super) struct Sense {
    /// The place of its name among all.
    pub row: usize,
    /// Written names of these words, each with the places of its appearances that are meant.
    pub rows: Vec<(usize, Vec<usize>)>,
    /// What the corrections call it: folded words, perhaps with a role in brackets.
    pub key: String,
    /// How many senses the name has.
    pub n_senses: usize,
}

impl Sense {
    /// The appearances that are meant.
    pub(super) fn appearances<'a>(&self, table: &NameTable<'a>) -> impl Iterator<Item = &'a Appearance> {
        let spoken = &table.spoken;
        self.rows.iter().flat_map(move |(row, places)| {
            let appearances = &spoken[*row].appearances;
            places.iter().map(move |it| &appearances[*it])
        })
    }

    /// What the articles say round the name.
    pub(super) fn profile<'a>(&self, table: &NameTable<'a>) -> Profile<'a> {
        Profile::new(self.appearances(table), &table.company, table.company.label(self.row))
    }
}

/// Some appearances of one written name, as somebody's.
#[derive(Clone)]
pub(super) struct Share {
    /// The place of the name among all.
    pub row: usize,
    /// Places among the appearances of the name, in order.
    pub appearances: Vec<usize>,
    pub reason: &'static str,
}

/// All senses of all names but bare surnames, whose owners are looked for later.
pub(super) fn senses(table: &NameTable<'_>) -> Vec<Sense> {
    type Words<'a> = (SpeakerKind, &'a [String], Option<&'a str>);
    let mut alike: BTreeMap<Words<'_>, Vec<usize>> = BTreeMap::new();
    for (row, name) in table.names.iter().enumerate() {
        alike.entry((name.kind, &name.words, name.suffix.as_deref())).or_default().push(row);
    }
    let mut senses = Vec::new();
    for rows in alike.into_values() {
        let (first, name) = (rows[0], &table.names[rows[0]]);
        let key = name.key();
        let whole =
            || rows.iter().map(|it| (*it, (0..table.spoken[*it].appearances.len()).collect())).collect();
        let parts = if name.ends().is_some() { Parts::new(table, &rows, &key) } else { None };
        match parts {
            None => senses.push(Sense { row: first, rows: whole(), key, n_senses: 1 }),
            Some(parts) => senses.extend(parts.senses(&key)),
        }
    }
    senses
}

/// One article's use of the name, and what it says of the bearer.
struct Use<'a> {
    row: usize,
    place: usize,
    appearance: &'a Appearance,
    fields: Vec<&'static str>,
    words: Vec<String>,
    part: usize,
}

/// The uses of a name, shared out among people.
struct Parts<'a> {
    uses: Vec<Use<'a>>,
    /// What the corrections call each part, if they do.
    labels: Vec<Option<String>>,
}

impl<'a> Parts<'a> {
    /// `None` when all uses are one person's.
    fn new(table: &NameTable<'a>, rows: &[usize], key: &str) -> Option<Parts<'a>> {
        let qualifiers = table.corrections.qualifiers(key);
        let by_hand = table.corrections.entry(key).is_some();
        if by_hand && qualifiers.is_empty() {
            return None;
        }
        let mut uses = Vec::new();
        for row in rows {
            for (place, appearance) in table.spoken[*row].appearances.iter().enumerate() {
                let trades: Vec<Trade> = appearance.roles.iter().map(|it| Trade::from_role(&it.0)).collect();
                let fields = trades.iter().flat_map(|it| it.fields.iter().copied()).collect();
                let words = trades.into_iter().flat_map(|it| it.words).collect();
                uses.push(Use { row: *row, place, appearance, fields, words, part: 0 });
            }
        }
        if !qualifiers.is_empty() {
            return Some(Parts::by_hand(uses, key, qualifiers, by_hand));
        }
        // Most names are of one field or none.
        let mut seen: Vec<&str> = uses.iter().flat_map(|it| it.fields.iter().copied()).collect();
        seen.sort_unstable();
        seen.dedup();
        if !seen.iter().any(|one| seen.iter().any(|it| are_far(one, it))) {
            return None;
        }
        let own = table.company.label(rows[0]);
        let n_parts = hang_together(table, &mut uses, own);
        let mut parts = Parts { uses, labels: vec![None; n_parts] };
        parts.merge(table, own);
        (parts.labels.len() > 1).then_some(parts)
    }

    /// Parts as the corrections name them by a role in brackets; what no bracket fits goes with the
    /// nearest in time, or stays by itself when the corrections have one bracket only, or speak of
    /// the bare name too.
    fn by_hand(mut uses: Vec<Use<'a>>, key: &str, qualifiers: &[String], bare: bool) -> Parts<'a> {
        let mut labels: Vec<Option<String>> =
            qualifiers.iter().map(|it| Some(format!("{key} ({it})"))).collect();
        let rest = labels.len();
        for it in &mut uses {
            let roles: Vec<Vec<String>> = it.appearance.roles.iter().map(|it| own_words(&it.0)).collect();
            let fits = |qualifier: &String| {
                let wanted = name_words(qualifier);
                roles.iter().any(|role| wanted.iter().all(|word| role.contains(word)))
            };
            it.part = qualifiers.iter().position(fits).unwrap_or(rest);
        }
        if bare || qualifiers.len() == 1 {
            labels.push(None);
        } else {
            let known: Vec<(usize, Option<(Date, Date)>)> =
                uses.iter().filter(|it| it.part < rest).map(|it| (it.part, it.appearance.days)).collect();
            for it in uses.iter_mut().filter(|it| it.part == rest) {
                it.part = nearest(it.appearance.days, &known).unwrap_or(0);
            }
        }
        Parts { uses, labels }
    }

    /// Merges the parts that may well be one person's, the largest first, and gives away those that
    /// say nothing.
    fn merge(&mut self, table: &NameTable<'a>, own: Option<u32>) {
        let n_parts = self.labels.len();
        let of = |part: usize| self.uses.iter().filter(move |it| it.part == part);
        let n_quotes = |part: usize| of(part).map(|it| it.appearance.n_quotes).sum::<usize>();
        let (mut telling, silent): (Vec<usize>, Vec<usize>) =
            (0..n_parts).partition(|it| of(*it).any(|it| !it.fields.is_empty()));
        telling.sort_by_key(|it| (std::cmp::Reverse(n_quotes(*it)), *it));
        let profile = |parts: &[usize]| {
            let mine = self.uses.iter().filter(|it| parts.contains(&it.part)).map(|it| it.appearance);
            Profile::new(mine, &table.company, own)
        };
        let mut people: Vec<Vec<usize>> = Vec::new();
        for part in telling {
            let alone = profile(&[part]);
            let home = people.iter().position(|it| {
                let known = profile(it);
                !(known.weigh(&alone, &table.company).contrary && known.years_apart(&alone) == Some(0))
            });
            match home {
                Some(home) => people[home].push(part),
                None => people.push(vec![part]),
            }
        }
        let person_of = |part: usize| people.iter().position(|it| it.contains(&part));
        let known: Vec<(usize, Option<(Date, Date)>)> =
            self.uses.iter().filter_map(|it| Some((person_of(it.part)?, it.appearance.days))).collect();
        let mut to = vec![0; n_parts];
        for (part, to) in to.iter_mut().enumerate() {
            *to = person_of(part).unwrap_or_default();
        }
        for part in silent {
            let days = of(part).fold(None, |days, it| joined_days(days, it.appearance.days));
            to[part] = nearest(days, &known).unwrap_or(0);
        }
        for it in &mut self.uses {
            it.part = to[it.part];
        }
        self.labels = vec![None; people.len()];
    }

    fn senses(&self, key: &str) -> Vec<Sense> {
        let mut senses = Vec::new();
        for (part, label) in self.labels.iter().enumerate() {
            let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for it in self.uses.iter().filter(|it| it.part == part) {
                rows.entry(it.row).or_default().push(it.place);
            }
            let Some(row) = rows.keys().next().copied() else { continue };
            let key = label.clone().unwrap_or_else(|| key.to_owned());
            senses.push(Sense { row, rows: rows.into_iter().collect(), key, n_senses: self.labels.len() });
        }
        senses
    }
}

/// Puts uses that share a field, a telling word of a role or rare company into one part; returns
/// the number of parts.
fn hang_together(table: &NameTable<'_>, uses: &mut [Use<'_>], own: Option<u32>) -> usize {
    #[derive(PartialEq, Eq, Hash)]
    enum Tie<'a> {
        Field(&'static str),
        Word(&'a str),
        Company(u32),
    }
    let mut parent: Vec<usize> = (0..uses.len()).collect();
    let root = |parent: &[usize], mut it: usize| {
        while parent[it] != it {
            it = parent[it];
        }
        it
    };
    // A word that goes with far fields is a place or the like: `Osby police chief`, `Osby skipper`.
    let mut fields_of: HashMap<&str, Vec<&str>> = HashMap::new();
    for it in uses.iter() {
        for word in &it.words {
            fields_of.entry(word).or_default().extend(it.fields.iter().copied());
        }
    }
    let tells = |word: &&String| {
        let fields = &fields_of[word.as_str()];
        let distinct: BTreeSet<&str> = fields.iter().copied().collect();
        !distinct.iter().any(|one| distinct.iter().any(|it| are_far(one, it)))
    };
    let mut first: HashMap<Tie<'_>, usize> = HashMap::new();
    for (index, it) in uses.iter().enumerate() {
        let fields = it.fields.iter().map(|it| Tie::Field(it));
        let telling = it.words.iter().filter(tells).map(|it| Tie::Word(it));
        let company = table.company.rare(it.appearance.article);
        let company = company.filter(|it| Some(*it) != own).map(Tie::Company);
        for tie in fields.chain(telling).chain(company) {
            let known = *first.entry(tie).or_insert(index);
            let (one, other) = (root(&parent, known), root(&parent, index));
            parent[one.max(other)] = one.min(other);
        }
    }
    let mut number: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, it) in uses.iter_mut().enumerate() {
        let next = number.len();
        it.part = *number.entry(root(&parent, index)).or_insert(next);
    }
    number.len()
}

/// Whose known days lie nearest to `days`.
fn nearest(days: Option<(Date, Date)>, known: &[(usize, Option<(Date, Date)>)]) -> Option<usize> {
    let days = days?;
    let dated = known.iter().filter_map(|(part, it)| it.map(|it| (days_between(it, days), *part)));
    dated.min().map(|it| it.1)
}
