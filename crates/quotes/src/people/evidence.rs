//! Two names → what speaks for their being one person, and what against.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use morgue_core::article::Appearance;

use super::{days::joined_days, name_table::NameTable, trade::are_far};

/// What the articles say round a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile<'a> {
    /// Fields of work with the quotes under them.
    fields: BTreeMap<&'static str, usize>,
    /// Words of the roles that tell more than a rank, with the articles that give them.
    words: BTreeMap<&'a str, usize>,
    /// Whole roles, with the articles.
    roles: BTreeMap<&'a str, usize>,
    /// Articles that give a role.
    n_with_role: usize,
    sources: BTreeSet<&'a str>,
    articles: BTreeSet<u64>,
    pub days: Option<(Date, Date)>,
}

/// What speaks for and against, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    pub pro: Vec<String>,
    pub contra: Vec<String>,
    /// Whether a role is shared.
    pub strong: bool,
    /// Whether they are quoted side by side, or their fields are seldom one person's.
    pub contrary: bool,
    /// Whether years lie between the two.
    pub years_apart: bool,
}

impl Evidence {
    /// Whether it is strong and nothing is contrary.
    pub(super) fn is_convincing(&self) -> bool {
        self.strong && !self.contrary
    }

    /// How likely the two are one, in percent, where the likeness of their names alone makes it so
    /// likely (from 0 to 1). A shared role multiplies the odds by 6, what is contrary and years
    /// between divide them by 5 and 3: estimates, to order pairs by.
    pub(super) fn likely(&self, alone: f64) -> u8 {
        let mut odds = alone / (1.0 - alone).max(0.01);
        for (holds, times) in [(self.strong, 6.0), (self.contrary, 0.2), (self.years_apart, 0.33)] {
            odds *= if holds { times } else { 1.0 };
        }
        (100.0 * odds / (1.0 + odds)).round() as u8
    }
}

/// How many words are named at most.
const NAMED_MAX: usize = 3;
/// A role, or a word of one, is somebody's if at least one in 20 of the articles that give them a
/// role gives it: what is rarer is a slip of the reader.
const ROLE_SHARE: usize = 20;
/// Two names are two people if at least one in 5 of the articles of the rarer name quotes both: now
/// and then an article writes one person in two ways.
const SIDE_BY_SIDE_SHARE: usize = 5;

impl<'a> Profile<'a> {
    pub(super) fn new(
        table: &'a NameTable<'a>,
        appearances: impl Iterator<Item = &'a Appearance>,
    ) -> Profile<'a> {
        let mut profile = Profile::default();
        for it in appearances {
            let mut words = BTreeSet::new();
            let mut roles = BTreeSet::new();
            for (trade, n) in table.trades(it) {
                for field in &trade.fields {
                    *profile.fields.entry(field).or_default() += n;
                }
                words.extend(trade.words.iter().map(String::as_str));
                roles.insert(trade.whole.as_str());
            }
            profile.n_with_role += usize::from(!roles.is_empty());
            for it in words {
                *profile.words.entry(it).or_default() += 1;
            }
            for it in roles {
                *profile.roles.entry(it).or_default() += 1;
            }
            profile.sources.extend(it.source.as_deref());
            profile.articles.insert(it.article);
            profile.days = joined_days(profile.days, it.days);
        }
        profile
    }

    /// Whether the fields of the two are seldom one person's: both are known, none is shared, all
    /// are far.
    fn is_far(&self, other: &Profile<'_>) -> bool {
        !self.fields.is_empty()
            && !other.fields.is_empty()
            && self.fields.keys().all(|one| other.fields.keys().all(|it| are_far(one, it)))
    }

    /// Whether a role is shared, by a word that tells more than a rank or as a whole.
    fn shared_role(&self, other: &Profile<'_>) -> Option<String> {
        let both = |one: &BTreeMap<&'a str, usize>, that: &BTreeMap<&str, usize>| -> Vec<&'a str> {
            let often = |n: usize, profile: usize| n * ROLE_SHARE >= profile;
            let mine = one.iter().filter(|it| often(*it.1, self.n_with_role));
            let shared = mine.filter(|it| that.get(*it.0).is_some_and(|n| often(*n, other.n_with_role)));
            shared.map(|it| *it.0).collect()
        };
        // The longest says most.
        let whole = both(&self.roles, &other.roles).into_iter().max_by_key(|it| it.len());
        let words = || both(&self.words, &other.words).into_iter().take(NAMED_MAX).collect::<Vec<_>>();
        whole.map(str::to_owned).or_else(|| Some(words().join(" ")).filter(|it| !it.is_empty()))
    }

    /// In how many articles it is quoted.
    pub(super) fn n_articles(&self) -> usize {
        self.articles.len()
    }

    /// Years between the two, 0 when their times meet; `None` when either is undated.
    pub(super) fn years_apart(&self, other: &Profile<'_>) -> Option<i64> {
        let ((from, to), (first, last)) = (self.days?, other.days?);
        let gap = if to < first {
            (to, first)
        } else if last < from {
            (last, from)
        } else {
            return Some(0);
        };
        Some(i64::from(gap.1.year()) - i64::from(gap.0.year()))
    }

    /// Weighs whether the two are one.
    pub(super) fn weigh(&self, other: &Profile<'_>) -> Evidence {
        let mut evidence = Evidence::default();
        if let Some(role) = self.shared_role(other) {
            evidence.pro.push(format!("role: {role}"));
            evidence.strong = true;
        }
        if let Some(source) = self.sources.intersection(&other.sources).next() {
            evidence.pro.push(format!("outlet: {source}"));
        }
        let (rarer, other_articles) = if self.articles.len() <= other.articles.len() {
            (&self.articles, &other.articles)
        } else {
            (&other.articles, &self.articles)
        };
        let side_by_side = rarer.iter().filter(|it| other_articles.contains(it)).count();
        if side_by_side > 0 {
            let articles = if side_by_side == 1 { "article" } else { "articles" };
            evidence.contra.push(format!("both quoted in {side_by_side} {articles}"));
            evidence.contrary = side_by_side * SIDE_BY_SIDE_SHARE >= rarer.len();
        }
        if self.is_far(other) {
            let of = |it: &Profile<'_>| it.fields.keys().copied().collect::<Vec<_>>().join(", ");
            let when = if self.years_apart(other) == Some(0) { " at one time" } else { "" };
            evidence.contra.push(format!("work: {} / {}{when}", of(self), of(other)));
            evidence.contrary = true;
        }
        match self.years_apart(other) {
            Some(0) => evidence.pro.push("quoted in the same years".to_owned()),
            Some(years) if years >= YEARS_FAR => {
                evidence.contra.push(format!("{years} years apart"));
                evidence.years_apart = true;
            }
            _ => (),
        }
        evidence
    }
}

/// Years without a quote that make one doubt.
const YEARS_FAR: i64 = 5;
