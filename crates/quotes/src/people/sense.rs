//! Written names of the same words → their senses: usually one, two when two people bear the name.
//!
//! The articles of a name hang together by shared roles and fields of work. Parts that hang
//! together in nothing, whose work is seldom one person's (police, sea) and whose times meet are
//! two people, if each is more than a slip. What says nothing of its own goes with the part nearest
//! in time, or the one whose time spans it. Whoever has several roles one after the other stays one
//! person: careers change.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use morgue_core::article::{Appearance, SpeakerKind};

use super::{
    days::days_between,
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
    pub(super) fn profile<'a>(&self, table: &'a NameTable<'a>) -> Profile<'a> {
        Profile::new(table, self.appearances(table))
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
pub(super) fn senses<'a>(table: &'a NameTable<'a>) -> Vec<Sense> {
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
    trades: Vec<&'a Trade>,
    part: usize,
}

impl<'a> Use<'a> {
    fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.trades.iter().flat_map(|it| it.fields.iter().copied())
    }

    fn words(&self) -> impl Iterator<Item = &'a str> {
        self.trades.iter().flat_map(|it| it.words.iter().map(String::as_str))
    }
}

/// The uses of a name, shared out among people.
struct Parts<'a> {
    uses: Vec<Use<'a>>,
    /// What the corrections call each part, if they do.
    labels: Vec<Option<String>>,
}

/// A second bearer of a name is quoted in at least one article for 20 of the first; what is rarer
/// is a role that the reader took from somebody else.
const SECOND_BEARER_SHARE: usize = 20;

impl<'a> Parts<'a> {
    /// `None` when all uses are one person's.
    fn new(table: &'a NameTable<'a>, rows: &[usize], key: &str) -> Option<Parts<'a>> {
        let qualifiers = table.corrections.qualifiers(key);
        let by_hand = table.corrections.entry(key).is_some();
        if by_hand && qualifiers.is_empty() {
            return None;
        }
        let mut uses = Vec::new();
        for row in rows {
            for (place, appearance) in table.spoken[*row].appearances.iter().enumerate() {
                let trades = table.trades(appearance).map(|it| it.0).collect();
                uses.push(Use { row: *row, place, appearance, trades, part: 0 });
            }
        }
        if !qualifiers.is_empty() {
            return Some(Parts::by_hand(uses, key, qualifiers, by_hand));
        }
        // Most names are of one field or none.
        let mut seen: Vec<&str> = uses.iter().flat_map(Use::fields).collect();
        seen.sort_unstable();
        seen.dedup();
        if !seen.iter().any(|one| seen.iter().any(|it| are_far(one, it))) {
            return None;
        }
        let n_parts = hang_together(&mut uses);
        let mut parts = Parts { uses, labels: vec![None; n_parts] };
        parts.merge(table);
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
            let known =
                Known::new(uses.iter().filter(|it| it.part < rest).map(|it| (it.part, it.appearance)));
            for it in uses.iter_mut().filter(|it| it.part == rest) {
                it.part = known.nearest(it.appearance.days).unwrap_or(0);
            }
        }
        Parts { uses, labels }
    }

    /// Merges the parts that may well be one person's, the largest first, and gives away those that
    /// say nothing.
    fn merge(&mut self, table: &'a NameTable<'a>) {
        let mut parts: Vec<Vec<usize>> = vec![Vec::new(); self.labels.len()];
        for (index, it) in self.uses.iter().enumerate() {
            parts[it.part].push(index);
        }
        let tells = |it: &[usize]| it.iter().any(|it| self.uses[*it].fields().next().is_some());
        let mut telling: Vec<Vec<usize>> = parts.into_iter().filter(|it| tells(it)).collect();
        telling.sort_by_key(|it| (std::cmp::Reverse(it.len()), it[0]));
        let profile = |part: &[usize]| Profile::new(table, part.iter().map(|it| self.uses[*it].appearance));
        let mut people: Vec<Vec<usize>> = Vec::new();
        for part in telling {
            let alone = profile(&part);
            let home = people.iter().position(|it| {
                let known = profile(it);
                !(known.weigh(&alone).contrary && known.years_apart(&alone) == Some(0))
            });
            match home {
                Some(home) => people[home].extend(part),
                None => people.push(part),
            }
        }
        let most = people.iter().map(Vec::len).max().unwrap_or_default();
        people.retain(|it| it.len() * SECOND_BEARER_SHARE >= most);
        let mut to = vec![None; self.uses.len()];
        for (person, index) in people.iter().enumerate().flat_map(|(n, it)| it.iter().map(move |it| (n, *it)))
        {
            to[index] = Some(person);
        }
        let known = Known::new(
            self.uses.iter().zip(&to).filter_map(|(it, to)| to.map(|person| (person, it.appearance))),
        );
        for (it, to) in self.uses.iter_mut().zip(to) {
            it.part = to.or_else(|| known.nearest(it.appearance.days)).unwrap_or(0);
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

/// Puts uses that share a field or a telling word of a role into one part; returns the number of
/// parts.
fn hang_together(uses: &mut [Use<'_>]) -> usize {
    #[derive(PartialEq, Eq, Hash)]
    enum Tie<'a> {
        Field(&'static str),
        Word(&'a str),
    }
    let mut parent: Vec<usize> = (0..uses.len()).collect();
    let root = |parent: &mut [usize], mut it: usize| {
        while parent[it] != it {
            parent[it] = parent[parent[it]];
            it = parent[it];
        }
        it
    };
    // A word that goes with far fields is a place or the like: `Osby police chief`, `Osby skipper`.
    let mut fields_of: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for it in uses.iter() {
        for word in it.words() {
            fields_of.entry(word).or_default().extend(it.fields());
        }
    }
    let tells = |word: &&str| {
        let fields = &fields_of[word];
        !fields.iter().any(|one| fields.iter().any(|it| are_far(one, it)))
    };
    let mut first: HashMap<Tie<'_>, usize> = HashMap::new();
    for (index, it) in uses.iter().enumerate() {
        let telling = it.words().filter(tells).map(Tie::Word);
        for tie in it.fields().map(Tie::Field).chain(telling) {
            let known = *first.entry(tie).or_insert(index);
            let (one, other) = (root(&mut parent, known), root(&mut parent, index));
            parent[one.max(other)] = one.min(other);
        }
    }
    let mut number: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, it) in uses.iter_mut().enumerate() {
        let next = number.len();
        it.part = *number.entry(root(&mut parent, index)).or_insert(next);
    }
    number.len()
}

/// Dated uses whose part is known.
struct Known {
    /// By their first day.
    uses: Vec<(Date, Date, usize)>,
    /// The first and the last day of each part.
    spans: BTreeMap<usize, (Date, Date)>,
}

/// Days in which somebody goes on being quoted in one role.
const DAYS_NEAR: i32 = 365;

impl Known {
    fn new<'a>(uses: impl Iterator<Item = (usize, &'a Appearance)>) -> Known {
        let dated = uses.filter_map(|(part, it)| it.days.map(|(from, to)| (from, to, part)));
        let mut uses: Vec<(Date, Date, usize)> = dated.collect();
        uses.sort_unstable();
        let mut spans: BTreeMap<usize, (Date, Date)> = BTreeMap::new();
        for (from, to, part) in &uses {
            let span = spans.entry(*part).or_insert((*from, *to));
            span.1 = span.1.max(*to);
        }
        Known { uses, spans }
    }

    /// The part of the use nearest to `days`, of the last before and the first after; where that is
    /// far, the only part that spans them.
    fn nearest(&self, days: Option<(Date, Date)>) -> Option<usize> {
        let days = days?;
        let at = self.uses.partition_point(|it| it.0 < days.0);
        let near = self.uses[at.saturating_sub(1)..].iter().take(2);
        let (apart, part) = near.map(|(from, to, part)| (days_between((*from, *to), days), *part)).min()?;
        let mut spanning = self.spans.iter().filter(|it| it.1.0 <= days.0 && days.1 <= it.1.1);
        match (spanning.next(), spanning.next()) {
            (Some((only, _)), None) if apart > DAYS_NEAR => Some(*only),
            _ => Some(part),
        }
    }
}
