//! Senses of full names → which of them are one person, by rules that need no reader.
//!
//! Each rule looks only at names that share a key (surname, first and last name, consonants). What
//! one form leaves out agrees with what another states; only what both state differently keeps them
//! apart. Rules that guess more ask for evidence: a shared role, and nothing against.

use std::{
    cell::OnceCell,
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
};

use morgue_core::article::SpeakerKind;

use super::{
    evidence::{Evidence, Profile},
    groups::Groups,
    name::{Form, Name, full_forms, genders_differ, is_given, is_initial, skeleton, sound_alike},
    name_table::NameTable,
    sense::Sense,
};

/// Names with one key, at most, that are compared with each other.
pub(super) const ALIKE_MAX: usize = 40;

/// Joins what the rules join.
pub(super) fn join<'a>(table: &'a NameTable<'a>, senses: &'a [Sense], groups: &mut Groups<'_>) {
    let rules = Rules::new(table, senses);
    rules.by_hand(groups);
    rules.mistaken_kinds(groups);
    rules.forms(groups);
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
    /// What the articles say round each sense, once it is asked for.
    profiles: Vec<OnceCell<Profile<'a>>>,
}

/// Of several who may be meant by a form, one is meant who is quoted in at least 4 times the
/// articles of the next: a slip of the pen does not make a rival.
const TIMES_MIN: usize = 4;

impl<'a> Rules<'a> {
    pub(super) fn new(table: &'a NameTable<'a>, senses: &'a [Sense]) -> Rules<'a> {
        Rules { table, senses, profiles: senses.iter().map(|_| OnceCell::new()).collect() }
    }

    pub(super) fn name(&self, sense: usize) -> &'a Name {
        &self.table.names[self.senses[sense].row]
    }

    /// What the full name of a sense states; only of senses that have such a form.
    fn form(&self, sense: usize) -> Option<Form<'a>> {
        self.name(sense).form()
    }

    /// In how many articles the names of a group are quoted.
    fn n_articles(&self, members: &[usize]) -> usize {
        members.iter().map(|it| self.profile(*it).n_articles()).sum()
    }

    fn profile(&self, sense: usize) -> &Profile<'a> {
        self.profiles[sense].get_or_init(|| self.senses[sense].profile(self.table))
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

    /// The same without the keys of more than [`ALIKE_MAX`] senses, which tell nothing.
    pub(super) fn sharing_rare<K: Ord>(&self, key: impl Fn(&Name) -> Option<K>) -> Vec<Vec<usize>> {
        let mut found = self.sharing(key);
        found.retain(|it| it.len() <= ALIKE_MAX);
        found
    }

    /// What speaks for and against two senses being one person.
    pub(super) fn evidence(&self, one: usize, other: usize) -> Evidence {
        self.profile(one).weigh(self.profile(other))
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

    /// A name that is a person's in one article and was taken for a body's in another: it is the
    /// person's if it is a full name, else the body's, unless somebody has it for a surname.
    fn mistaken_kinds(&self, groups: &mut Groups<'_>) {
        let all = 0..self.senses.len();
        let key = |it: usize| (self.name(it).words.as_slice(), self.name(it).suffix.as_deref());
        let named = |it: &usize| self.name(*it).kind == SpeakerKind::Person;
        let people: HashMap<_, usize> = all.clone().rev().filter(named).map(|it| (key(it), it)).collect();
        let surnames: HashSet<&str> = all.clone().filter_map(|it| Some(self.form(it)?.last)).collect();
        for sense in all.filter(|it| !named(it)) {
            let Some(person) = people.get(&key(sense)).copied() else { continue };
            let [word] = self.name(sense).words.as_slice() else {
                if self.senses[person].n_senses == 1 {
                    groups.join(person, sense, "same words");
                }
                continue;
            };
            if self.name(sense).kind == SpeakerKind::Organisation && !surnames.contains(word.as_str()) {
                groups.join(sense, person, "same words");
            }
        }
    }

    /// One given name and surname: what one form states and another leaves out (middle names,
    /// initials, `Jr.`) agrees. A form that states nothing more goes with the only one that does,
    /// or the one that is far more usual; where there are rivals it is left to the articles
    /// (`partial`).
    fn forms(&self, groups: &mut Groups<'_>) {
        let key = |it: &Name| it.form().map(|it| (it.last.to_owned(), it.given.to_owned()));
        for alike in self.sharing(key) {
            let (mut stated, plain): (Vec<usize>, Vec<usize>) =
                alike.into_iter().partition(|it| self.form(*it).is_some_and(|it| it.states_more()));
            let n = |it: &usize| self.profile(*it).n_articles();
            stated.sort_by_key(|it| (Reverse(n(it)), *it));
            let mut clusters: Vec<Vec<usize>> = Vec::new();
            for it in stated {
                let agrees = |that: &usize| self.agree(*that, it);
                match clusters.iter_mut().find(|them| them.iter().all(agrees)) {
                    Some(home) => {
                        groups.join(home[0], it, "middle name");
                        home.push(it);
                    }
                    None => clusters.push(vec![it]),
                }
            }
            // Where a name has two bearers, the longer form must show whose it is.
            let sure = plain.len() == 1;
            for it in plain {
                let fitting: Vec<&Vec<usize>> = clusters
                    .iter()
                    .filter(|them| !self.evidence(them[0], it).contrary)
                    .filter(|them| sure || self.evidence(them[0], it).strong)
                    .collect();
                if let Some(home) = self.usual(&fitting) {
                    groups.join(home[0], it, "middle name");
                }
            }
        }
    }

    /// The only one of some groups, or the one quoted in [`TIMES_MIN`] times the articles of the
    /// next.
    fn usual<'b>(&self, groups: &[&'b Vec<usize>]) -> Option<&'b Vec<usize>> {
        let mut counted: Vec<(usize, &'b Vec<usize>)> =
            groups.iter().map(|it| (self.n_articles(it), *it)).collect();
        counted.sort_by_key(|it| (Reverse(it.0), it.1[0]));
        match counted[..] {
            [(_, only)] => Some(only),
            [(most, first), (next, _), ..] if most >= TIMES_MIN * next => Some(first),
            _ => None,
        }
    }

    /// Whether nothing that both names state beside their given names differs.
    fn agree(&self, one: usize, other: usize) -> bool {
        matches!((self.form(one), self.form(other)), (Some(one), Some(other)) if one.agrees(&other))
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

    /// The groups of each family, by surname, each with its members in order.
    fn families(&self, groups: &Groups<'_>) -> Vec<BTreeMap<usize, Vec<usize>>> {
        let families = self.sharing(|it| it.form().map(|it| it.last.to_owned()));
        let grouped = |family: Vec<usize>| {
            let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for it in family {
                found.entry(groups.root(it)).or_default().push(it);
            }
            found
        };
        families.into_iter().map(grouped).collect()
    }

    /// `J. R. Lund` is `Jonas R. Lund` when nobody else could be, or hardly.
    fn initials(&self, groups: &mut Groups<'_>) {
        for family in self.families(groups) {
            let given = |it: usize| self.form(it).map_or("", |it| it.given);
            let (short, long): (Vec<&Vec<usize>>, Vec<&Vec<usize>>) =
                family.values().partition(|them| them.iter().all(|it| is_initial(given(*it))));
            let mut by_letter: BTreeMap<Option<char>, Vec<&Vec<usize>>> = BTreeMap::new();
            for them in long {
                by_letter.entry(given(them[0]).chars().next()).or_default().push(them);
            }
            for short in short.into_iter().flatten() {
                let fits = |them: &&Vec<usize>| {
                    them.iter().all(|it| self.agree(*it, *short)) && !self.evidence(them[0], *short).contrary
                };
                let letter = given(*short).chars().next();
                let long = by_letter.get(&letter).into_iter().flatten().copied();
                if let Some(home) = self.usual(&long.filter(fits).collect::<Vec<_>>()) {
                    groups.join(home[0], *short, "initials");
                }
            }
        }
    }

    /// `Bob Lund` is `Robert Lund` when the lexicon has the nickname and only one of the family
    /// could be meant: nobody else has the surname, or a role is shared.
    fn nicknames(&self, groups: &mut Groups<'_>) {
        for family in self.families(groups) {
            for (short, full) in self.nickname_pairs(&family) {
                let rare = family.len() <= 2;
                let evidence = self.evidence(full, short);
                if self.agree(full, short) && !evidence.contrary && (rare || evidence.strong) {
                    groups.join(full, short, "nickname");
                }
            }
        }
    }

    /// The most quoted sense of each group with a nickname, and of the one group that has its full
    /// name.
    pub(super) fn nickname_pairs(&self, family: &BTreeMap<usize, Vec<usize>>) -> Vec<(usize, usize)> {
        let mut by_given: BTreeMap<&str, Vec<&Vec<usize>>> = BTreeMap::new();
        for them in family.values() {
            let mut given: Vec<&str> = them.iter().filter_map(|it| Some(self.form(*it)?.given)).collect();
            given.sort_unstable();
            given.dedup();
            for it in given {
                by_given.entry(it).or_default().push(them);
            }
        }
        let leader = |them: &Vec<usize>| {
            them.iter().copied().max_by_key(|it| (self.profile(*it).n_articles(), Reverse(*it)))
        };
        let mut pairs = Vec::new();
        for (given, short) in &by_given {
            let fulls: Vec<&Vec<usize>> =
                full_forms(given).iter().filter_map(|it| by_given.get(it)).flatten().copied().collect();
            if let (Some(full), Some(short)) = (self.usual(&fulls), self.usual(short))
                && full != short
                && let (Some(full), Some(short)) = (leader(full), leader(short))
            {
                pairs.push((short, full));
            }
        }
        pairs
    }

    /// Spellings of one name in Latin letters: `Sarfaraz` and `Sarfraz Bugti`, when a role
    /// is shared, or the two sound alike and nobody else has such a surname; and nothing
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

    /// `Li Keqiang` and `Keqiang Li`, when a role is shared.
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
