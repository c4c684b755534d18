//! Two names → what speaks for their being one person, and what against.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use morgue_core::article::Appearance;

use super::{
    company::Company,
    days::joined_days,
    trade::{Trade, are_far},
};

/// What the articles say round a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile<'a> {
    /// Fields of work with the quotes under them.
    fields: BTreeMap<&'static str, usize>,
    /// Words of the roles that tell more than a rank.
    words: BTreeSet<String>,
    /// Whole roles.
    roles: BTreeSet<String>,
    /// Who else is quoted in the articles and in few others.
    company: BTreeSet<u32>,
    sources: BTreeSet<&'a str>,
    articles: BTreeSet<u64>,
    pub days: Option<(Date, Date)>,
}

/// What speaks for and against, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    pub pro: Vec<String>,
    pub contra: Vec<String>,
    /// Whether a role or rare company is shared.
    pub strong: bool,
    /// Whether one article quotes both, or their fields are seldom one person's.
    pub contrary: bool,
}

impl Evidence {
    /// Whether it is strong and nothing is contrary.
    pub(super) fn is_convincing(&self) -> bool {
        self.strong && !self.contrary
    }
}

/// How many companions are named at most.
const NAMED_MAX: usize = 3;

impl<'a> Profile<'a> {
    /// Of the appearances under the name with that label, which is not its own company.
    pub(super) fn new(
        appearances: impl Iterator<Item = &'a Appearance>,
        company: &Company,
        own: Option<u32>,
    ) -> Profile<'a> {
        let mut profile = Profile::default();
        for it in appearances {
            for (role, n) in &it.roles {
                let trade = Trade::from_role(role);
                for field in trade.fields {
                    *profile.fields.entry(field).or_default() += n;
                }
                profile.words.extend(trade.words);
                profile.roles.insert(trade.whole);
            }
            profile.company.extend(company.rare(it.article).filter(|it| Some(*it) != own));
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
        // The longest says most.
        let whole = self.roles.intersection(&other.roles).max_by_key(|it| it.len());
        let words =
            || self.words.intersection(&other.words).take(NAMED_MAX).map(String::as_str).collect::<Vec<_>>();
        whole.cloned().or_else(|| Some(words().join(" ")).filter(|it| !it.is_empty()))
    }

    /// In how many articles it is quoted.
    pub(super) fn n_articles(&self) -> usize {
        self.articles.len()
    }

    pub(super) fn shares_source(&self, other: &Profile<'_>) -> bool {
        !self.sources.is_disjoint(&other.sources)
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
    pub(super) fn weigh(&self, other: &Profile<'_>, company: &Company) -> Evidence {
        let mut evidence = Evidence::default();
        if let Some(role) = self.shared_role(other) {
            evidence.pro.push(format!("role: {role}"));
            evidence.strong = true;
        }
        let shared: Vec<u32> = self.company.intersection(&other.company).copied().collect();
        if !shared.is_empty() {
            let names = company.named(shared.iter().copied());
            let more = if names.len() > NAMED_MAX { " …" } else { "" };
            evidence.pro.push(format!("company: {}{more}", names[..names.len().min(NAMED_MAX)].join(", ")));
            evidence.strong = true;
        }
        if let Some(source) = self.sources.intersection(&other.sources).next() {
            evidence.pro.push(format!("outlet: {source}"));
        }
        let side_by_side = self.articles.intersection(&other.articles).count();
        if side_by_side > 0 {
            let articles = if side_by_side == 1 { "article" } else { "articles" };
            evidence.contra.push(format!("both quoted in {side_by_side} {articles}"));
            evidence.contrary = true;
        }
        if self.is_far(other) {
            let of = |it: &Profile<'_>| it.fields.keys().copied().collect::<Vec<_>>().join(", ");
            let when = if self.years_apart(other) == Some(0) { " at one time" } else { "" };
            evidence.contra.push(format!("work: {} / {}{when}", of(self), of(other)));
            evidence.contrary = true;
        }
        match self.years_apart(other) {
            Some(0) => evidence.pro.push("quoted in the same years".to_owned()),
            Some(years) if years >= YEARS_FAR => evidence.contra.push(format!("{years} years apart")),
            _ => (),
        }
        evidence
    }
}

/// Years without a quote that make one doubt.
const YEARS_FAR: i64 = 5;
