//! Digests: an article that holds several others, each in one block, is no version of any of them.
//!
//! "News in brief" would join the stories it is made of. Cuts of one story share its beginning or
//! lie scattered in it; the items of a digest stand one behind the other, share nothing, and have
//! headlines of their own.

use std::collections::{BTreeMap, HashSet};

use super::{fingerprints::Articles, tie::Tie};

/// An item is at most this share of its digest.
const ITEM_SHARE_MAX: f64 = 0.6;
/// In a block, so much of what stands between its ends is the item's.
const BLOCK_SHARE_MIN: f64 = 0.7;
/// Items of a digest share less than this of each other.
const ITEMS_SHARED_MAX: f64 = 0.1;

/// The ties without those of items to their digest.
pub(super) fn without_digests(articles: &Articles, ties: Vec<Tie>) -> Vec<Tie> {
    let mut by_large: BTreeMap<u32, Vec<Tie>> = BTreeMap::new();
    for tie in ties {
        by_large.entry(tie.large).or_default().push(tie);
    }
    let mut kept = Vec::new();
    for (large, ties) in by_large {
        let (items, others): (Vec<Tie>, Vec<Tie>) =
            if ties.len() < 2 { (Vec::new(), ties) } else { split(articles, large, ties) };
        kept.extend(others);
        if !is_digest(articles, &items) {
            kept.extend(items);
        }
    }
    kept
}

/// The ties that may be of items of a digest, and the others.
fn split(articles: &Articles, large: u32, ties: Vec<Tie>) -> (Vec<Tie>, Vec<Tie>) {
    let whole = articles.sketch(large);
    ties.into_iter().partition(|tie| {
        let item = articles.sketch(tie.small);
        let small = item.prints.len() as f64 <= ITEM_SHARE_MAX * whole.prints.len() as f64;
        let own_headline = item.headline != 0 && item.headline != whole.headline;
        small && own_headline && is_block(&item.prints, &whole.prints)
    })
}

/// Whether the fingerprints that both have stand side by side in the whole.
fn is_block(item: &[u32], whole: &[u32]) -> bool {
    let item: HashSet<u32> = item.iter().copied().collect();
    let places: Vec<usize> =
        whole.iter().enumerate().filter(|it| item.contains(it.1)).map(|it| it.0).collect();
    // Without the outermost, which may be a phrase that stands elsewhere as well.
    let trimmed = &places[places.len() / 20..places.len() - places.len() / 20];
    match (trimmed.first(), trimmed.last()) {
        (Some(first), Some(last)) => trimmed.len() as f64 >= BLOCK_SHARE_MIN * (last - first + 1) as f64,
        _ => false,
    }
}

/// Whether two of the items have nothing to do with each other.
fn is_digest(articles: &Articles, items: &[Tie]) -> bool {
    let strangers = |a: &Tie, b: &Tie| {
        let other_headline = articles.sketch(a.small).headline != articles.sketch(b.small).headline;
        other_headline && {
            let n = articles.n_prints(a.small).min(articles.n_prints(b.small));
            (articles.n_shared(a.small, b.small) as f64) < ITEMS_SHARED_MAX * n as f64
        }
    };
    // Against the first is enough: a story's own cuts all share something with it, or with none.
    items.iter().skip(1).any(|it| strangers(&items[0], it))
}
