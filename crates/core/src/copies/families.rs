//! Sketches → families of copies.
//!
//! 1. All fingerprints are sorted with their articles (`fingerprints`); those that strangers share are
//!    left out (`common`).
//! 2. Each article with a fingerprint is compared with the longest that has it, since a cut is contained in
//!    something longer, and with its neighbors by length (`candidates`). That is linear in their number.
//! 3. Each article is tied to the one longer article that contains most of it, if that is enough: to one only, or
//!    a brief that two stories quote would join them. A digest ties nothing together (`digest`).
//! 4. Families are what is tied together.

use super::{
    Sketch,
    candidates::Candidates,
    common::Judge,
    digest,
    fingerprints::{Articles, Entry},
    tie::Tie,
};

/// The families of two or more articles, each as their keys in order; families in the order of
/// their first key.
///
/// Time is that of sorting the fingerprints that articles share. Memory beside the sketches is 36
/// bytes for each article, 1 to 4 for each fingerprint, 16 for each that an article shares with
/// others, and some for each pair compared.
pub fn families(sketches: Vec<Sketch>) -> Vec<Vec<u64>> {
    let mut candidates = Candidates::default();
    let mut judge = Judge::default();
    let is_common = |articles: &Articles, list: &[Entry]| judge.is_common(articles, list);
    let articles = Articles::new(sketches, is_common, |articles, list| candidates.add(articles, list));
    drop(judge);
    let mut best: Vec<Option<Tie>> = vec![None; articles.len()];
    for tie in candidates.into_pairs().into_iter().filter_map(|(a, b)| Tie::new(&articles, a, b)) {
        let known = best[tie.small as usize].get_or_insert(tie);
        if tie.is_closer(known, &articles) {
            *known = tie;
        }
    }
    let ties = digest::without_digests(&articles, best.into_iter().flatten().collect());
    joined(&articles, &ties)
}

/// What the ties join, by union-find.
fn joined(articles: &Articles, ties: &[Tie]) -> Vec<Vec<u64>> {
    let mut parent: Vec<u32> = (0..articles.len() as u32).collect();
    fn root(parent: &mut [u32], mut of: u32) -> u32 {
        while parent[of as usize] != of {
            parent[of as usize] = parent[parent[of as usize] as usize];
            of = parent[of as usize];
        }
        of
    }
    for tie in ties {
        let (a, b) = (root(&mut parent, tie.small), root(&mut parent, tie.large));
        parent[a.max(b) as usize] = a.min(b);
    }
    let mut members: Vec<(u32, u32)> =
        ties.iter().flat_map(|it| [it.small, it.large]).map(|it| (root(&mut parent, it), it)).collect();
    members.sort_unstable();
    members.dedup();
    let key = |member: &(u32, u32)| articles.sketch(member.1).article;
    members.chunk_by(|a, b| a.0 == b.0).map(|family| family.iter().map(key).collect()).collect()
}
