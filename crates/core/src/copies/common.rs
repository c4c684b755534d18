//! Common fingerprints: those that articles share that have little else in common. They do not
//! count.
//!
//! A standing paragraph, a turn of phrase and the words of a weekly table are in many articles that
//! are otherwise different; the text of a wire story is in many articles that share the rest as
//! well. So a fingerprint in many articles is judged by what else some of these articles share,
//! among fingerprints that are rarer.

use std::collections::HashMap;

use super::fingerprints::{Articles, Entry, n_in_both};

/// A fingerprint in fewer articles is never common: a few outlets may well print one story.
const ARTICLES_MIN: usize = 6;
/// So many articles of a list are compared, spread evenly over it.
const COMPARED: usize = 8;
/// If less than this share of an article's fingerprints is rarer, the article says nothing about
/// whether others are strangers.
const RARER_SHARE_MIN: f64 = 0.2;
/// Two articles are strangers if they share less than this of the rarer fingerprints of the one
/// that has fewer.
const SHARED_SHARE_MIN: f64 = 0.25;

/// Tells which fingerprints are common.
#[derive(Default)]
pub(super) struct Judge {
    /// The fingerprints of one standing paragraph are in the same articles, which are judged once.
    judged: HashMap<Vec<u32>, bool>,
}

impl Judge {
    /// Whether a fingerprint is common that these articles have.
    pub(super) fn is_common(&mut self, articles: &Articles, list: &[Entry]) -> bool {
        list.len() >= ARTICLES_MIN
            && *self
                .judged
                .entry(list.iter().map(|it| it.1).collect())
                .or_insert_with_key(|list| are_strangers(articles, list))
    }
}

/// Whether most of a list's articles are strangers to the longest of them, and most to their
/// neighbor in the list.
///
/// The longest decides too because two cuts of one story may share one paragraph only, but the
/// whole story has both.
fn are_strangers(articles: &Articles, list: &[u32]) -> bool {
    let rarer = |article| articles.shared(article).iter().filter(|it| (it.n_articles as usize) < list.len());
    let n_rarer =
        |article| articles.n_prints(article) - (articles.shared(article).len() - rarer(article).count());
    let strangers = |a: u32, b: u32| {
        let fewer = if n_rarer(a) <= n_rarer(b) { a } else { b };
        let n_rarer = n_rarer(fewer) as f64;
        let n_shared = n_in_both(rarer(a).map(|it| it.print), rarer(b).map(|it| it.print));
        n_rarer >= RARER_SHARE_MIN * articles.n_prints(fewer) as f64
            && (n_shared as f64) < SHARED_SHARE_MIN * n_rarer.max(1.0)
    };
    let some: Vec<u32> = list.iter().copied().step_by(list.len().div_ceil(COMPARED)).collect();
    let longest = list.iter().copied().max_by_key(|it| articles.by_length(*it)).unwrap_or_default();
    let to_longest = some.iter().filter(|it| **it != longest).map(|it| (*it, longest));
    let to_neighbor = some.windows(2).map(|it| (it[0], it[1]));
    let are_most = |pairs: Vec<(u32, u32)>| {
        pairs.iter().filter(|it| strangers(it.0, it.1)).count() >= pairs.len().div_ceil(2)
    };
    are_most(to_longest.collect()) && are_most(to_neighbor.collect())
}
