//! Which fingerprints say nothing: those that strangers share.
//!
//! A standing paragraph, a turn of phrase and the words of a weekly table are in many articles that have little else in
//! common; the text of a wire story is in many articles that share the rest as well. So a fingerprint of many
//! articles is weighed by what else some of them share, among what is rarer than itself.

use std::collections::HashMap;

use super::{
    families::{Sketches, shared},
    prints::{PrintMap, PrintSet},
};

/// A fingerprint in fewer articles is never taken for common: a few outlets may well print one story.
const ARTICLES_MIN: usize = 6;
/// So many articles of a list are looked at.
const LOOKED_AT: usize = 8;
/// With less of its own than this share, an article is little more than what it shares.
const OWN_SHARE_MIN: f64 = 0.2;
/// Articles that share less than this of what is rarer are strangers.
const SHARED_SHARE_MIN: f64 = 0.25;

/// The fingerprints that strangers share.
pub(super) fn common_prints(sketches: &Sketches<'_>) -> PrintSet {
    let mut lists: PrintMap<Vec<u32>> = PrintMap::default();
    sketches.for_each_list(ARTICLES_MIN, |print, articles| {
        lists.insert(print, articles.to_vec());
    });
    let frequency = |print: u32| lists.get(&print).map_or(1, Vec::len);
    // The fingerprints of one standing paragraph are in the same articles: they are judged once.
    let mut judged: HashMap<&[u32], bool> = HashMap::new();
    let mut common = PrintSet::default();
    for (print, articles) in &lists {
        let is_common = *judged
            .entry(articles.as_slice())
            .or_insert_with(|| shared_by_strangers(sketches, articles, &frequency));
        if is_common {
            common.insert(*print);
        }
    }
    common
}

/// Whether most of some of the articles are strangers to the longest of them, and most to their neighbour in the list.
///
/// Two cuts of one story may share one paragraph only, but the whole story has both: so the longest decides too.
fn shared_by_strangers(sketches: &Sketches<'_>, articles: &[u32], frequency: &dyn Fn(u32) -> usize) -> bool {
    let step = articles.len().div_ceil(LOOKED_AT);
    let some: Vec<u32> = articles.iter().copied().step_by(step).collect();
    let n = articles.len();
    let rarer = |article: u32| -> Vec<u32> {
        sketches.prints(article).iter().copied().filter(|it| frequency(*it) < n).collect()
    };
    let strangers = |a: u32, b: u32| {
        let (rare_a, rare_b) = (rarer(a), rarer(b));
        let (small, of) = if rare_a.len() <= rare_b.len() { (&rare_a, a) } else { (&rare_b, b) };
        let has_own = small.len() as f64 >= OWN_SHARE_MIN * sketches.prints(of).len() as f64;
        has_own && (shared(&rare_a, &rare_b) as f64) < SHARED_SHARE_MIN * small.len().max(1) as f64
    };
    let longest = articles.iter().copied().max_by_key(|it| sketches.rank(*it)).unwrap_or_default();
    let others: Vec<u32> = some.iter().copied().filter(|it| *it != longest).collect();
    let to_longest = others.iter().filter(|it| strangers(**it, longest)).count();
    let to_neighbour = some.windows(2).filter(|it| strangers(it[0], it[1])).count();
    2 * to_longest >= others.len() && 2 * to_neighbour >= some.len() - 1
}
