//! The people of an archive → pairs of names that may be one person, with the evidence for and
//! against.
//!
//! What the rules left apart though the names are alike, what they joined on evidence alone, and
//! one name that they gave to two people: the cases that a reader should look at and `people.toml`
//! can decide.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use super::{
    directory::Directory,
    join::{ALIKE_MAX, Rules, order_key, pairs, spelling_key},
    name::{Name, agree, is_initial, middles_agree},
    partial::bearers,
    person,
};

/// Two names that may be one person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The one with more quotes.
    pub one: Side,
    /// The other.
    pub other: Side,
    /// What the rules made of it.
    pub standing: Standing,
    /// What makes the names alike: `nickname`, `spelling`, `same name` ….
    pub likeness: &'static str,
    /// What speaks for one person.
    pub pro: Vec<String>,
    /// What speaks against.
    pub contra: Vec<String>,
    /// How likely it is that the two are one, in percent: an estimate to order pairs by.
    pub likely: u8,
}

/// One side of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The name, with what tells its bearer from another of the same name.
    pub name: String,
    /// The most used role.
    pub role: Option<String>,
    /// Quotes.
    pub n_quotes: usize,
    /// Articles they stand in.
    pub n_articles: usize,
}

/// What the rules made of a pair of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Two people, though they may be one.
    Apart,
    /// One person, though they may be two.
    Joined,
}

impl Standing {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Apart => "apart",
            Standing::Joined => "joined",
        }
    }
}

/// The pairs that a reader should look at: those with most evidence first, then those with most
/// quotes.
pub(super) fn similar(known: &Directory<'_>) -> Vec<Pair> {
    let rules = Rules::new(&known.table, &known.senses);
    let mut search = Search { known, rules: &rules, pairs: Vec::new(), seen: BTreeSet::new() };
    search.same_names();
    search.spellings();
    search.orders();
    search.families();
    search.bare_surnames();
    let mut pairs = search.pairs;
    pairs.sort_by(|a, b| a.rank().cmp(&b.rank()).then_with(|| a.names().cmp(&b.names())));
    pairs
}

impl Pair {
    /// What pairs are ordered by, the first to look at first: the likely ones, of these what the
    /// rules left apart, of these what has most quotes to gain. Equal ones by [`Pair::names`].
    pub fn rank(&self) -> (i64, i64, i64) {
        let n = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
        (-i64::from(self.likely / 10), self.standing as i64, -n(self.other.n_quotes))
    }

    /// The two names.
    pub fn names(&self) -> (&str, &str) {
        (&self.one.name, &self.other.name)
    }
}

/// What makes two names alike, and how likely they are one person's by that alone.
type Likeness = (&'static str, f64);

// Estimates, read off pairs of Reuters-21578: they order pairs and decide nothing.
const SAME_NAME: Likeness = ("same name", 0.5);
const NAME_ORDER: Likeness = ("name order", 0.3);
const NICKNAME: Likeness = ("nickname", 0.4);
const INITIALS: Likeness = ("initials", 0.3);
const MIDDLE_NAME: Likeness = ("middle name", 0.05);
const SUFFIX: Likeness = ("suffix", 0.05);
const BARE_SURNAME: f64 = 0.3;

/// What is less likely, in percent, is no pair to look at.
const LIKELY_MIN: u8 = 8;

struct Search<'a> {
    known: &'a Directory<'a>,
    rules: &'a Rules<'a>,
    pairs: Vec<Pair>,
    seen: BTreeSet<(usize, usize)>,
}

impl<'a> Search<'a> {
    /// Notes two senses, unless a correction has decided about them, or one is words of a headline.
    fn note(&mut self, one: usize, other: usize, (likeness, alone): Likeness) {
        let known = self.known;
        let (Some(a), Some(b)) = (known.person_of[one], known.person_of[other]) else { return };
        let corrections = known.table.corrections;
        let keys = [&known.senses[one].key, &known.senses[other].key];
        let joined_by_hand =
            corrections.entry(keys[0]).is_some() && corrections.entry(keys[0]) == corrections.entry(keys[1]);
        if joined_by_hand
            || corrections.keeps_apart(keys[0], keys[1])
            || !self.seen.insert((one.min(other), one.max(other)))
        {
            return;
        }
        let names = [self.rules.name(one), self.rules.name(other)];
        if names.iter().any(|it| it.has_verb()) {
            return;
        }
        let evidence = self.rules.evidence(one, other);
        let standing = if a == b { Standing::Joined } else { Standing::Apart };
        let likely = evidence.likely(alone);
        if likely < LIKELY_MIN {
            return;
        }
        let mut sides = [self.side(one, a), self.side(other, b)];
        sides.sort_by(|a, b| b.n_quotes.cmp(&a.n_quotes).then_with(|| a.name.cmp(&b.name)));
        let [one, other] = sides;
        self.pairs.push(Pair {
            one,
            other,
            standing,
            likeness,
            pro: evidence.pro,
            contra: evidence.contra,
            likely,
        });
    }

    fn side(&self, sense: usize, person: usize) -> Side {
        let table = &self.known.table;
        let person = &self.known.people[person];
        let row = self.known.senses[sense].row;
        let words = &table.names[row].words;
        // As most quotes write it, with the person's qualifier if the name is theirs.
        let written = self.known.senses[sense].rows.iter().map(|it| it.0);
        let n_quotes =
            |row: &usize| table.spoken[*row].appearances.iter().map(|it| it.n_quotes).sum::<usize>();
        let written = written.max_by_key(|it| (n_quotes(it), std::cmp::Reverse(*it))).unwrap_or(row);
        let own = Name::read(&person.name, person.kind).words == *words;
        let mine = || self.known.senses[sense].appearances(table);
        let articles: BTreeSet<u64> = mine().map(|it| it.article).collect();
        Side {
            name: if own { person.full_name() } else { table.spoken[written].name.clone() },
            role: person::roles(mine()).into_iter().next().map(|it| it.role),
            n_quotes: mine().map(|it| it.n_quotes).sum(),
            n_articles: articles.len(),
        }
    }

    /// One name that is two people's.
    fn same_names(&mut self) {
        let mut named: BTreeMap<(&str, usize), Vec<usize>> = BTreeMap::new();
        for (index, sense) in self.known.senses.iter().enumerate().filter(|it| it.1.n_senses > 1) {
            let words = &self.known.table.names[sense.row].words;
            named.entry((words.last().map_or("", String::as_str), sense.n_senses)).or_default().push(index);
        }
        for senses in named.into_values() {
            let rules = self.rules;
            let same = |one, other| rules.name(one).words == rules.name(other).words;
            self.pairwise(&senses, |one, other| same(one, other).then_some(SAME_NAME));
        }
    }

    fn spellings(&mut self) {
        let rules = self.rules;
        for alike in rules.sharing_rare(spelling_key) {
            self.pairwise(&alike, |one, other| {
                rules.may_be_spellings(one, other).then(|| spelling(rules.name(one), rules.name(other)))
            });
        }
    }

    fn orders(&mut self) {
        let rules = self.rules;
        for alike in rules.sharing_rare(order_key) {
            let turned = |one, other| rules.name(one).words[0] != rules.name(other).words[0];
            self.pairwise(&alike, |one, other| turned(one, other).then_some(NAME_ORDER));
        }
    }

    fn pairwise(&mut self, senses: &[usize], likeness: impl Fn(usize, usize) -> Option<Likeness>) {
        for (one, other) in pairs(senses) {
            if let Some(likeness) = likeness(one, other) {
                self.note(one, other, likeness);
            }
        }
    }

    /// Within a surname: nicknames, initials, middle names that contradict each other, and sons.
    fn families(&mut self) {
        let rules = self.rules;
        for family in rules.sharing(|it| it.ends().map(|it| it.1.to_owned())) {
            let mut people: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for it in &family {
                people.entry(self.known.person_of[*it].unwrap_or(usize::MAX - it)).or_default().push(*it);
            }
            for (short, full) in rules.nickname_pairs(&people) {
                self.note(full, short, NICKNAME);
            }
            // By first letter, so that a common surname does not pair everybody with everybody.
            let mut letters: HashMap<char, Vec<usize>> = HashMap::new();
            for sense in family {
                letters
                    .entry(rules.name(sense).words[0].chars().next().unwrap_or(' '))
                    .or_default()
                    .push(sense);
            }
            let mut letters: Vec<(char, Vec<usize>)> = letters.into_iter().collect();
            letters.sort_unstable();
            for (_, alike) in letters.iter().filter(|it| it.1.len() <= ALIKE_MAX) {
                self.pairwise(alike, |one, other| alike_but_apart(rules.name(one), rules.name(other)));
            }
        }
        self.pairs.retain(|it| {
            it.standing == Standing::Apart || matches!(it.likeness, "nickname" | "spelling" | "name order")
        });
    }

    /// A bare surname that nobody was found for, with those who bear it.
    fn bare_surnames(&mut self) {
        const BEARERS_MAX: usize = 3;
        let known = self.known;
        let bearers = bearers(&known.table, &known.senses);
        for (index, sense) in known.senses.iter().enumerate() {
            let name = &known.table.names[sense.row];
            let Some(person) = known.person_of[index].filter(|_| name.is_bare()) else { continue };
            let Some(bearers) = bearers.get(name.words[0].as_str()) else { continue };
            if !known.people[person].is_bare() {
                continue;
            }
            let mut people: BTreeMap<usize, usize> = BTreeMap::new();
            for (bearer, of) in bearers.iter().filter_map(|it| Some((*it, known.person_of[*it]?))) {
                people.entry(of).or_insert(bearer);
            }
            let n_quotes = |it: usize| known.people[it].n_quotes;
            let total: usize = people.keys().map(|it| n_quotes(*it)).sum();
            let mut people: Vec<(usize, usize)> = people.into_iter().collect();
            people.sort_by_key(|(person, _)| (Reverse(n_quotes(*person)), *person));
            for (person, bearer) in people.into_iter().take(BEARERS_MAX) {
                let share = n_quotes(person) as f64 / total.max(1) as f64;
                self.note(bearer, index, ("bare surname", BARE_SURNAME * share));
            }
        }
    }
}

/// Two names with the same consonants: the more likely one the fewer letters differ.
fn spelling(one: &Name, other: &Name) -> Likeness {
    let (one, other) = (one.key(), other.key());
    let letters = one.chars().count().max(other.chars().count());
    let likely = match (strsim::osa_distance(&one, &other), letters) {
        (0, _) => 0.9,
        (1, 8..) => 0.8,
        (2, 12..) | (1, _) => 0.3,
        _ => 0.05,
    };
    ("spelling", likely)
}

/// What makes two names alike that the rules keep apart.
fn alike_but_apart(one: &Name, other: &Name) -> Option<Likeness> {
    let (given, that) = (&one.words[0], &other.words[0]);
    if one.words == other.words && one.suffix == other.suffix {
        None
    } else if one.suffix != other.suffix && agree(given, that) {
        Some(SUFFIX)
    } else if given == that {
        Some(MIDDLE_NAME)
    } else {
        let initials = is_initial(given) || is_initial(that);
        (initials && agree(given, that) && middles_agree(one.middle(), other.middle())).then_some(INITIALS)
    }
}
