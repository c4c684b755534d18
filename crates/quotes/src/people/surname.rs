//! Bare surnames → whose they are: an article that says `Obama` and never the full name.
//!
//! Article by article. The only person of that surname is meant when quoted within two years of the
//! article, in the same outlet or with a shared role or company, or in several articles; of several
//! bearers the one who alone shares a role or company, or is quoted far more often than the others
//! who do. Everything else stays a person of its own, by the bare name.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    evidence::Profile,
    groups::Groups,
    name_table::NameTable,
    sense::{Sense, Share},
};

/// Bearers of one surname at most; more tell nothing.
const BEARERS_MAX: usize = 60;
/// Of several bearers who fit, one quoted in this many times the articles of the next is meant.
const TIMES_MIN: usize = 10;
const SHARED: &str = "surname, and a shared role or company";
/// A bearer who is quoted that many years before or after the article may still be meant.
const YEARS_MAX: i64 = 2;

/// The appearances of bare surnames that are somebody's.
#[derive(Default)]
pub(super) struct Resolved {
    /// By the root of the group whose they are.
    pub shares: BTreeMap<usize, Vec<Share>>,
    /// The same as places of names and of their appearances.
    pub given: HashSet<(usize, usize)>,
}

/// The senses of full names by their surnames.
pub(super) fn bearers<'a>(table: &'a NameTable<'_>, senses: &[Sense]) -> HashMap<&'a str, Vec<usize>> {
    let mut bearers: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, sense) in senses.iter().enumerate() {
        if let Some((_, last)) = table.names[sense.row].ends() {
            bearers.entry(last).or_default().push(index);
        }
    }
    bearers
}

/// Looks for the owners of all bare surnames.
pub(super) fn resolve(table: &NameTable<'_>, senses: &[Sense], groups: &Groups<'_>) -> Resolved {
    let bearers = bearers(table, senses);
    let mut found = Resolved::default();
    for (row, name) in table.names.iter().enumerate().filter(|it| it.1.is_bare()) {
        let key = name.key();
        if table.corrections.entry(&key).is_some() {
            continue;
        }
        let Some(bearers) = bearers.get(name.words[0].as_str()).filter(|it| it.len() <= BEARERS_MAX) else {
            continue;
        };
        let mut people: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for it in bearers {
            people.entry(groups.root(*it)).or_default().push(*it);
        }
        people.retain(|root, _| !groups.refuses(*root, &key));
        let candidates: Vec<(usize, Profile<'_>)> = people
            .into_iter()
            .map(|(root, members)| {
                let appearances = members.iter().flat_map(|it| senses[*it].appearances(table));
                (root, Profile::new(appearances, &table.company, table.company.label(senses[members[0]].row)))
            })
            .collect();
        for (place, appearance) in table.spoken[row].appearances.iter().enumerate() {
            let own = Profile::new(std::iter::once(appearance), &table.company, None);
            if let Some((root, reason)) = meant(&own, &candidates, table) {
                found.given.insert((row, place));
                let shares = found.shares.entry(root).or_default();
                match shares.iter_mut().find(|it| it.row == row && it.reason == reason) {
                    Some(share) => share.appearances.push(place),
                    None => shares.push(Share { row, appearances: vec![place], reason }),
                }
            }
        }
    }
    found
}

/// Who of the candidates is meant, and why.
fn meant(
    own: &Profile<'_>,
    candidates: &[(usize, Profile<'_>)],
    table: &NameTable<'_>,
) -> Option<(usize, &'static str)> {
    let near: Vec<&(usize, Profile<'_>)> =
        candidates.iter().filter(|it| it.1.years_apart(own).is_none_or(|it| it <= YEARS_MAX)).collect();
    let fits = |it: &&&(usize, Profile<'_>)| it.1.weigh(own, &table.company).is_convincing();
    if let ([(root, profile)], 1) = (near.as_slice(), candidates.len()) {
        let evidence = profile.weigh(own, &table.company);
        let known = evidence.strong || profile.shares_source(own) || profile.n_articles() > 1;
        return (known && !evidence.contrary).then_some((*root, "only one of that surname"));
    }
    let mut fitting: Vec<&&(usize, Profile<'_>)> = near.iter().filter(fits).collect();
    fitting.sort_by_key(|it| std::cmp::Reverse(it.1.n_articles()));
    match fitting.as_slice() {
        [only] => Some((only.0, SHARED)),
        [best, second, ..] if best.1.n_articles() >= TIMES_MIN * second.1.n_articles() => {
            Some((best.0, SHARED))
        }
        _ => None,
    }
}
