//! Senses of full names → which of them are one person, by rules that need no reader.
//!
//! Each rule looks only at names that share a key (surname, first and last name, consonants). Rules
//! that guess more ask for evidence: a shared role or company, and nothing against.

use std::collections::{BTreeMap, HashMap};

use morgue_core::article::SpeakerKind;

use super::{
    evidence::Evidence,
    groups::Groups,
    name::{
        Name, agree, full_forms, genders_differ, is_given, is_initial, middles_agree, skeleton, sound_alike,
    },
    name_table::NameTable,
    sense::Sense,
};

/// Names with one key, at most, that are compared with each other.
pub(super) const ALIKE_MAX: usize = 40;

/// Joins what the rules join.
pub(super) fn join(table: &NameTable<'_>, senses: &[Sense], groups: &mut Groups<'_>) {
    let rules = Rules { table, senses };
    rules.by_hand(groups);
    rules.mistaken_kinds(groups);
    rules.middle_names(groups);
    rules.second_surnames(groups);
    rules.initials(groups);
    rules.nicknames(groups);
    rules.spellings(groups);
    rules.orders(groups);
}

/// All pairs of some senses.
pub(super) fn pairs(senses: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    senses.iter().enumerate().flat_map(|(at, one)| senses[at + 1..].iter().map(move |it| (*one, *it)))
}

/// The rules, over all senses.
pub(super) struct Rules<'a> {
    pub table: &'a NameTable<'a>,
    pub senses: &'a [Sense],
}

impl Rules<'_> {
    pub(super) fn name(&self, sense: usize) -> &Name {
        &self.table.names[self.senses[sense].row]
    }

    /// The senses that have a key, by it. Only keys of several senses, and few enough to compare.
    pub(super) fn sharing<K: Ord>(&self, key: impl Fn(&Name) -> Option<K>) -> Vec<Vec<usize>> {
        let mut found: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for sense in 0..self.senses.len() {
            if let Some(key) = key(self.name(sense)) {
                found.entry(key).or_default().push(sense);
            }
        }
        found.into_values().filter(|it| it.len() > 1).collect()
    }

    /// The same without keys of so many senses that they tell nothing.
    pub(super) fn sharing_rare<K: Ord>(&self, key: impl Fn(&Name) -> Option<K>) -> Vec<Vec<usize>> {
        let mut found = self.sharing(key);
        found.retain(|it| it.len() <= ALIKE_MAX);
        found
    }

    /// What speaks for and against two senses being one person.
    pub(super) fn evidence(&self, one: usize, other: usize) -> Evidence {
        let (one, other) = (self.senses[one].profile(self.table), self.senses[other].profile(self.table));
        one.weigh(&other, &self.table.company)
    }

    fn by_hand(&self, groups: &mut Groups<'_>) {
        let mut first: HashMap<usize, usize> = HashMap::new();
        for (index, sense) in self.senses.iter().enumerate() {
            let Some(entry) = self.table.corrections.entry(&sense.key) else { continue };
            match first.get(&entry) {
                Some(known) => groups.join(*known, index, "people.toml"),
                None => {
                    first.insert(entry, index);
                }
            }
        }
    }

    /// A full name that is a person's in one article and was taken for a body's in another: it is
    /// the person's.
    fn mistaken_kinds(&self, groups: &mut Groups<'_>) {
        let mut people: HashMap<(&[String], Option<&str>), usize> = HashMap::new();
        let key = |it: usize| (self.name(it).words.as_slice(), self.name(it).suffix.as_deref());
        for sense in (0..self.senses.len()).filter(|it| self.name(*it).ends().is_some()) {
            people.entry(key(sense)).or_insert(sense);
        }
        for sense in (0..self.senses.len()).filter(|it| self.name(*it).kind != SpeakerKind::Person) {
            if let Some(person) = people.get(&key(sense))
                && self.senses[*person].n_senses == 1
            {
                groups.join(*person, sense, "same words");
            }
        }
    }

    /// First and last name alike, with or without what stands between: only when all that stands
    /// between agrees.
    fn middle_names(&self, groups: &mut Groups<'_>) {
        let key = |it: &Name| {
            let (first, last) = it.ends().filter(|(first, _)| !is_initial(first))?;
            Some((first.to_owned(), last.to_owned(), it.suffix.clone()))
        };
        for alike in self.sharing_rare(key) {
            let middle = |it: usize| self.name(it).middle();
            let rivals =
                alike.iter().any(|it| alike.iter().any(|that| !middles_agree(middle(*it), middle(*that))));
            for (one, other) in pairs(&alike) {
                let two_people = self.name(one).words == self.name(other).words;
                let sure = self.senses[one].n_senses == 1 && self.senses[other].n_senses == 1;
                if two_people || rivals && middle(one) != middle(other) {
                    continue;
                }
                // Where a name has two bearers, the longer form must show whose it is.
                if sure || self.evidence(one, other).is_convincing() {
                    groups.join(one, other, "middle name");
                }
            }
        }
    }

    /// `Inés Calderón` is `Inés Calderón Ibáñez` when no other surname follows.
    fn second_surnames(&self, groups: &mut Groups<'_>) {
        let key = |it: &Name| match it.words.as_slice() {
            [given, family] | [given, family, _]
                if it.ends().is_some() && !is_given(family) && is_given(given) =>
            {
                Some((given.clone(), family.clone()))
            }
            _ => None,
        };
        for alike in self.sharing_rare(key) {
            let (long, short): (Vec<usize>, Vec<usize>) =
                alike.into_iter().partition(|it| self.name(*it).words.len() == 3);
            if let ([long], [short]) = (long.as_slice(), short.as_slice())
                && !is_initial(&self.name(*short).words[1])
                && Some(self.evidence(*long, *short)).is_some_and(|it| !it.pro.is_empty() && !it.contrary)
            {
                groups.join(*long, *short, "second surname");
            }
        }
    }

    /// The senses of each family: people with a surname and what is before it.
    fn families(&self) -> Vec<Vec<usize>> {
        self.sharing(|it| it.ends().map(|(_, last)| (last.to_owned(), it.suffix.clone())))
    }

    /// `J. R. Lund` is `Jonas R. Lund` when nobody else could be.
    fn initials(&self, groups: &mut Groups<'_>) {
        for family in self.families() {
            let (short, long): (Vec<usize>, Vec<usize>) =
                family.into_iter().partition(|it| is_initial(&self.name(*it).words[0]));
            for short in short.into_iter().take(ALIKE_MAX) {
                let name = self.name(short);
                let mut fits: Vec<usize> = long
                    .iter()
                    .copied()
                    .filter(|it| agree(&self.name(*it).words[0], &name.words[0]))
                    .filter(|it| middles_agree(self.name(*it).middle(), name.middle()))
                    .collect();
                fits.dedup_by_key(|it| groups.root(*it));
                if let [only] = fits[..]
                    && !self.evidence(only, short).contrary
                {
                    groups.join(only, short, "initials");
                }
            }
        }
    }

    /// `Bob Lund` is `Robert Lund` when the lexicon has the nickname and only one of the family
    /// could be meant: nobody else has the surname, or a role or company is shared.
    fn nicknames(&self, groups: &mut Groups<'_>) {
        for family in self.sharing(|it| it.ends().map(|it| it.1.to_owned())) {
            let mut roots: Vec<usize> = family.iter().map(|it| groups.root(*it)).collect();
            roots.sort_unstable();
            roots.dedup();
            for (short, full) in self.nickname_pairs(&family) {
                let rare = roots.len() <= 2 && self.name(short).suffix == self.name(full).suffix;
                let evidence = self.evidence(full, short);
                if !evidence.contrary && (rare || evidence.strong) {
                    groups.join(full, short, "nickname");
                }
            }
        }
    }

    /// Each sense of the family with a nickname, and the one sense that has its full name.
    pub(super) fn nickname_pairs(&self, family: &[usize]) -> Vec<(usize, usize)> {
        let mut by_given: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for sense in family {
            by_given.entry(&self.name(*sense).words[0]).or_default().push(*sense);
        }
        let mut pairs = Vec::new();
        for (given, short) in &by_given {
            let fulls: Vec<&Vec<usize>> =
                full_forms(given).iter().filter_map(|it| by_given.get(it)).collect();
            if let [full] = fulls.as_slice()
                && let ([full], [short]) = (full.as_slice(), short.as_slice())
            {
                pairs.push((*short, *full));
            }
        }
        pairs
    }

    /// Spellings of one name in Latin letters: `Sarfaraz` and `Sarfraz Bugti`, when a role or
    /// company is shared, or the two sound alike and nobody else has such a surname; and nothing
    /// speaks against it.
    fn spellings(&self, groups: &mut Groups<'_>) {
        let mut surnames: HashMap<String, usize> = HashMap::new();
        for sense in 0..self.senses.len() {
            if let Some((_, last)) = self.name(sense).ends() {
                *surnames.entry(skeleton(last)).or_default() += 1;
            }
        }
        for alike in self.sharing_rare(spelling_key) {
            for (one, other) in pairs(&alike) {
                if groups.root(one) == groups.root(other) || !self.may_be_spellings(one, other) {
                    continue;
                }
                let evidence = self.evidence(one, other);
                let nobody_else = || {
                    let surname = self.name(one).ends().map(|it| skeleton(it.1)).unwrap_or_default();
                    surnames.get(&surname).is_some_and(|it| *it == alike.len())
                        && self.sound_alike(one, other)
                        && !evidence.pro.is_empty()
                };
                if !evidence.contrary && (evidence.strong || nobody_else()) {
                    groups.join(one, other, "spelling");
                }
            }
        }
    }

    /// Whether two names of one skeleton differ as spellings do: not in their words alone, not in
    /// gender, and a short given name (`Dan`, `Dean`) not at all.
    pub(super) fn may_be_spellings(&self, one: usize, other: usize) -> bool {
        const CONSONANTS_MIN: usize = 3;
        let (one, other) = (&self.name(one).words, &self.name(other).words);
        let (given, that) = (&one[0], &other[0]);
        let words_differ = given != that || one.last() != other.last();
        let long = skeleton(given).chars().count() >= CONSONANTS_MIN;
        words_differ && (given == that || long && !genders_differ(given, that))
    }

    fn sound_alike(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.name(one).words, &self.name(other).words);
        one.len() == other.len() && one.iter().zip(other).all(|(it, that)| sound_alike(it, that))
    }

    /// `Li Keqiang` and `Keqiang Li`, when a role or company is shared.
    fn orders(&self, groups: &mut Groups<'_>) {
        for (one, other) in self.sharing_rare(order_key).iter().flat_map(|it| pairs(it)) {
            let turned = self.name(one).words[0] != self.name(other).words[0];
            if turned && self.evidence(one, other).is_convincing() {
                groups.join(one, other, "name order");
            }
        }
    }
}

/// The consonants of first and last name.
pub(super) fn spelling_key(name: &Name) -> Option<(String, String)> {
    let (first, last) = name.ends().filter(|(first, _)| !is_initial(first))?;
    Some((skeleton(first), skeleton(last)))
}

/// The two words of a name in alphabetical order.
pub(super) fn order_key(name: &Name) -> Option<[String; 2]> {
    let (first, last) = name.ends().filter(|(first, _)| !is_initial(first) && name.words.len() == 2)?;
    let mut words = [first.to_owned(), last.to_owned()];
    words.sort();
    Some(words)
}
