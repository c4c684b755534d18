//! A name that several people may be called by, in one article → whose it is there.
//!
//! What an outlet means by `Lund` it tells in other articles, which give the full name. The share
//! of each bearer among these is the prior: of the outlet in the months around the article,
//! smoothed with that of the outlet in the years around it, smoothed with that of all outlets
//! (backing off with Dirichlet smoothing; MacKay and Peto, A Hierarchical Dirichlet Language Model,
//! 1995). The role that the article gives (`Senator Lund`) multiplies it by how often the bearer
//! has such a role. Only who is probable is meant; else nobody.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use morgue_core::article::Appearance;

use super::{name_table::NameTable, trade::Trade};

/// What is less probable than this stays a name of its own. Between .6 and .8 the figures of the
/// officials of Reuters-21578 do not move by more than a hundredth.
const PROBABLE: f64 = 0.7;
/// Articles that somebody counts for whom no article gives in full.
const NOBODY_KNOWN: f64 = 0.3;
/// How many articles the wider estimate counts for in the narrower one.
const SMOOTHING: f64 = 3.0;
/// Months before and after an article in which an outlet means the same by a name.
const MONTHS_NEAR: i32 = 2;
/// Months before and after an article in which a bearer may be meant at all.
const MONTHS_MAX: i32 = 24;
/// Bearers that are weighed: those of most articles, and those of most in the outlet.
const BEARERS_MAX: usize = 40;
/// How probable a role is for somebody of whom none is known.
const ROLE_UNKNOWN: f64 = 0.2;
/// How many articles a role counts for that somebody with other roles may have too.
const ROLE_UNSEEN: f64 = 0.1;

/// Somebody who may be meant, and what their full names tell.
#[derive(Default)]
struct Bearer<'a> {
    person: usize,
    all: Months,
    by_outlet: HashMap<Option<&'a str>, Months>,
    /// In how many articles each word of a role is given.
    words: HashMap<&'a str, usize>,
    n_with_role: usize,
    articles: HashSet<u64>,
}

/// The months of some articles.
#[derive(Default)]
struct Months {
    /// In order, counted from year 0.
    dated: Vec<i32>,
    undated: usize,
}

impl Months {
    fn add(&mut self, month: Option<i32>) {
        match month {
            Some(it) => self.dated.push(it),
            None => self.undated += 1,
        }
    }

    /// How many are at most `within` months before or after a month; all if it is not known.
    fn near(&self, month: Option<i32>, within: i32) -> f64 {
        let dated = match month {
            Some(month) => {
                let from = self.dated.partition_point(|it| *it < month - within);
                self.dated.partition_point(|it| *it <= month + within) - from
            }
            None => self.dated.len(),
        };
        (dated + self.undated) as f64
    }

    fn n(&self) -> usize {
        self.dated.len() + self.undated
    }
}

/// The bearers of a name.
pub(super) struct Prior<'a> {
    bearers: Vec<Bearer<'a>>,
    /// Places of the bearers of most articles.
    most: Vec<usize>,
    most_of_outlet: HashMap<Option<&'a str>, Vec<usize>>,
}

/// Who is meant, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meant {
    pub person: usize,
    pub reason: &'static str,
}

impl<'a> Prior<'a> {
    /// Of people, each with the articles that give them a fuller name.
    pub(super) fn new<I: Iterator<Item = &'a Appearance>>(
        table: &'a NameTable<'a>,
        people: impl Iterator<Item = (usize, I)>,
    ) -> Prior<'a> {
        let bearers: Vec<Bearer<'a>> =
            people.map(|(person, appearances)| Bearer::new(table, person, appearances)).collect();
        let n = |it: &usize| bearers[*it].all.n();
        let mut most: Vec<usize> = (0..bearers.len()).collect();
        let mut most_of_outlet: HashMap<Option<&str>, Vec<usize>> = HashMap::new();
        for (place, outlet) in
            most.iter().flat_map(|it| bearers[*it].by_outlet.keys().map(move |of| (*it, *of)))
        {
            most_of_outlet.entry(outlet).or_default().push(place);
        }
        for (outlet, places) in &mut most_of_outlet {
            let n = |it: &usize| bearers[*it].by_outlet[outlet].n();
            places.sort_by_key(|it| (std::cmp::Reverse(n(it)), *it));
            places.truncate(BEARERS_MAX);
        }
        most.sort_by_key(|it| (std::cmp::Reverse(n(it)), *it));
        most.truncate(BEARERS_MAX);
        Prior { bearers, most, most_of_outlet }
    }

    /// The only one whom an article quotes under a fuller name too.
    pub(super) fn named_beside(&self, by: &Appearance) -> Option<Meant> {
        let mut beside = self.bearers.iter().filter(|it| it.articles.contains(&by.article));
        let only = beside.next().filter(|_| beside.next().is_none())?;
        Some(Meant { person: only.person, reason: BESIDE })
    }

    /// Who is meant in an article that gives no more than the name. Nobody is whom the article
    /// quotes under a fuller name too: it tells the two apart.
    pub(super) fn meant(&self, table: &NameTable<'_>, by: &Appearance) -> Option<Meant> {
        let outlet = by.source.as_deref();
        let mut weighed = self.most.clone();
        for it in self.most_of_outlet.get(&outlet).into_iter().flatten() {
            if !weighed.contains(it) {
                weighed.push(*it);
            }
        }
        let month = by.days.map(|it| month(it.0));
        let bearers: Vec<&Bearer<'_>> = weighed
            .into_iter()
            .map(|it| &self.bearers[it])
            .filter(|it| it.all.near(month, MONTHS_MAX) > 0.0 && !it.articles.contains(&by.article))
            .collect();
        let trades: Vec<&Trade> = table.trades(by).map(|it| it.0).collect();
        let fit = |it: Option<&Bearer<'_>>| {
            let fits = trades.iter().map(|role| it.map_or(ROLE_UNKNOWN, |it| it.has_role(role)));
            fits.fold(None, |best: Option<f64>, it| Some(best.map_or(it, |best| best.max(it)))).unwrap_or(1.0)
        };
        let anywhere = |it: &Bearer<'_>| it.all.near(month, MONTHS_MAX);
        let of_outlet =
            |it: &Bearer<'_>, within| it.by_outlet.get(&outlet).map_or(0.0, |it| it.near(month, within));
        let mut shares = Shares::new(bearers.iter().map(|it| anywhere(it)));
        shares.narrow(bearers.iter().map(|it| of_outlet(it, MONTHS_MAX)));
        shares.narrow(bearers.iter().map(|it| of_outlet(it, MONTHS_NEAR)));
        let nobody = shares.nobody * fit(None);
        let weights: Vec<f64> =
            shares.of.iter().zip(&bearers).map(|(share, it)| share * fit(Some(it))).collect();
        let total: f64 = weights.iter().sum::<f64>() + nobody;
        let (at, weight) =
            weights.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))?;
        let reason = match (bearers.len(), trades.is_empty()) {
            (1, _) => ONLY,
            (_, true) => USUAL,
            (_, false) => ROLE,
        };
        (*weight >= PROBABLE * total).then_some(Meant { person: bearers[at].person, reason })
    }
}

const ONLY: &str = "only one of that surname";
const BESIDE: &str = "surname of somebody quoted in the same article";
const USUAL: &str = "surname: who is usually meant then";
const ROLE: &str = "surname and role: who is usually meant then";

/// The share of each bearer, and of somebody whom no article gives in full.
struct Shares {
    of: Vec<f64>,
    nobody: f64,
}

impl Shares {
    fn new(counts: impl Iterator<Item = f64>) -> Shares {
        let counts: Vec<f64> = counts.collect();
        let total = counts.iter().sum::<f64>() + NOBODY_KNOWN;
        Shares { of: counts.into_iter().map(|it| it / total).collect(), nobody: NOBODY_KNOWN / total }
    }

    /// The shares among fewer articles, smoothed with those among more.
    fn narrow(&mut self, counts: impl Iterator<Item = f64>) {
        let counts: Vec<f64> = counts.collect();
        let total = counts.iter().sum::<f64>() + NOBODY_KNOWN + SMOOTHING;
        for (share, n) in self.of.iter_mut().zip(counts) {
            *share = (n + SMOOTHING * *share) / total;
        }
        self.nobody = (NOBODY_KNOWN + SMOOTHING * self.nobody) / total;
    }
}

impl<'a> Bearer<'a> {
    fn new(
        table: &'a NameTable<'a>,
        person: usize,
        appearances: impl Iterator<Item = &'a Appearance>,
    ) -> Bearer<'a> {
        let mut bearer = Bearer { person, ..Bearer::default() };
        for it in appearances {
            let month = it.days.map(|it| month(it.0));
            bearer.all.add(month);
            bearer.by_outlet.entry(it.source.as_deref()).or_default().add(month);
            let mut words: Vec<&str> =
                table.trades(it).flat_map(|it| it.0.title.iter().map(String::as_str)).collect();
            bearer.n_with_role += usize::from(!words.is_empty());
            words.sort_unstable();
            words.dedup();
            for word in words {
                *bearer.words.entry(word).or_default() += 1;
            }
            bearer.articles.insert(it.article);
        }
        bearer.all.dated.sort_unstable();
        for it in bearer.by_outlet.values_mut() {
            it.dated.sort_unstable();
        }
        bearer
    }

    /// How probable it is that an article gives them such a role, from 0 to 1.
    fn has_role(&self, role: &Trade) -> f64 {
        if role.title.is_empty() || self.n_with_role == 0 {
            return ROLE_UNKNOWN;
        }
        let given = |word: &String| self.words.get(word.as_str()).copied().unwrap_or_default() as f64;
        let mean = role.title.iter().map(given).sum::<f64>() / role.title.len() as f64;
        (mean + ROLE_UNSEEN) / (self.n_with_role as f64 + 1.0)
    }
}

fn month(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month())
}
