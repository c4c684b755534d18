//! Which fingerprints say nothing: those that strangers share.
//!
//! A standing paragraph, a turn of phrase and the words of a weekly table are in many articles that have little else in
//! common; the text of a wire story is in many articles that share the rest as well. So a fingerprint of many
//! articles is weighed by what else some of them share, among what is rarer than itself.

use std::collections::HashMap;

use super::{
    candidates::Candidates,
    families::Sketches,
    prints::{Lists, Rows},
};

/// A fingerprint in fewer articles is never taken for common: a few outlets may well print one story.
pub(super) const ARTICLES_MIN: usize = 6;
/// So many articles of a list are looked at.
const LOOKED_AT: usize = 8;
/// With less of its own than this share, an article is little more than what it shares.
const OWN_SHARE_MIN: f64 = 0.2;
/// Articles that share less than this of what is rarer are strangers.
const SHARED_SHARE_MIN: f64 = 0.25;

/// Of each list of a fingerprint in many articles, whether strangers share it.
pub(super) fn are_common(sketches: &Sketches<'_>, pairs: &Candidates, lists: &Lists) -> Vec<bool> {
    let frequent = Rows::dealt(sketches.len(), lists, |list| {
        Some(Frequent { print: lists.print(list), n: lists.articles(list).len() as u32 })
    });
    // The fingerprints of one standing paragraph are in the same articles: they are judged once.
    let mut judged: HashMap<&[u32], bool> = HashMap::new();
    let judge = |articles| {
        *judged.entry(articles).or_insert_with(|| shared_by_strangers(sketches, pairs, &frequent, articles))
    };
    (0..lists.len()).map(|list| lists.articles(list)).map(judge).collect()
}

/// A fingerprint of an article that many have.
#[derive(Clone, Copy, Default)]
struct Frequent {
    print: u32,
    /// In how many articles it is.
    n: u32,
}

/// Whether most of some of the articles are strangers to the longest of them, and most to their neighbour in the list.
///
/// Two cuts of one story may share one paragraph only, but the whole story has both: so the longest decides too.
fn shared_by_strangers(
    sketches: &Sketches<'_>,
    pairs: &Candidates,
    frequent: &Rows<Frequent>,
    articles: &[u32],
) -> bool {
    let step = articles.len().div_ceil(LOOKED_AT);
    let some: Vec<u32> = articles.iter().copied().step_by(step).collect();
    // What is not rarer than the fingerprint itself does not count.
    let n_rare = |article: u32| {
        let not_rarer = frequent.get(article).iter().filter(|it| it.n as usize >= articles.len());
        sketches.n_prints(article) - not_rarer.count()
    };
    let rarer = |article: u32| {
        frequent.get(article).iter().filter(|it| (it.n as usize) < articles.len()).map(|it| it.print)
    };
    let strangers = |a: u32, b: u32| {
        let (n_rare_a, n_rare_b) = (n_rare(a), n_rare(b));
        let (n_rare, of) = if n_rare_a <= n_rare_b { (n_rare_a, a) } else { (n_rare_b, b) };
        let has_own = n_rare as f64 >= OWN_SHARE_MIN * sketches.n_prints(of) as f64;
        let n_shared = || pairs.n_lists(a, b) + shared_in_order(rarer(a), rarer(b));
        has_own && (n_shared() as f64) < SHARED_SHARE_MIN * n_rare.max(1) as f64
    };
    let longest = articles.iter().copied().max_by_key(|it| sketches.rank(*it)).unwrap_or_default();
    let to_longest = some.iter().filter(|it| **it != longest).map(|it| (*it, longest));
    let to_neighbour = some.windows(2).map(|it| (it[0], it[1]));
    let half_of = |pairs: &mut dyn Iterator<Item = (u32, u32)>, n: usize| {
        pairs.filter(|it| strangers(it.0, it.1)).take(n.div_ceil(2)).count() >= n.div_ceil(2)
    };
    let n = to_longest.clone().count();
    half_of(&mut to_longest.into_iter(), n) && half_of(&mut to_neighbour.into_iter(), some.len() - 1)
}

/// How many numbers two sequences in order share.
fn shared_in_order(a: impl Iterator<Item = u32>, b: impl Iterator<Item = u32>) -> usize {
    let mut b = b.peekable();
    a.filter(|a| {
        while b.next_if(|b| b < a).is_some() {}
        b.peek() == Some(a)
    })
    .count()
}
