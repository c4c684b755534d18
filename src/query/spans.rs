//! Algebra of positions: where phrases stand, over sorted lists of the positions of their words.
//!
//! Its lists come from the words of a passage (`evaluate`) or from the postings of an index, and mean the same.

use crate::article::Span;

/// Where a phrase stands: the positions of its first and last word.
///
/// `lists` holds for each word of the phrase, in order, the positions at which it stands, sorted and without repeats.
/// A match takes one position of each, rising strictly, with at most `slop` other positions between the first and the
/// last. Of matches that contain one another only the innermost are given; they come sorted. Takes time in proportion to
/// the first list, times the words of the phrase, times the logarithm of the longest list.
pub fn phrase_matches(lists: &[&[u32]], slop: u32) -> Vec<(u32, u32)> {
    let Some((first, rest)) = lists.split_first() else { return Vec::new() };
    let mut matches: Vec<(u32, u32)> = Vec::new();
    'starts: for &start in *first {
        let mut end = start;
        for list in rest {
            // The earliest place after the last word leaves most room for the words to come.
            match list.get(list.partition_point(|it| *it <= end)) {
                Some(next) => end = *next,
                None => break 'starts,
            }
        }
        let between = (end - start) as usize - rest.len();
        if between > slop as usize {
            continue;
        }
        // A later start with the same end lies inside the earlier match.
        if matches.last().is_some_and(|it| it.1 == end) {
            matches.pop();
        }
        matches.push((start, end));
    }
    matches
}

/// The spans sorted, and those that touch or overlap as one.
pub(super) fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last().copied() {
            Some(last) if span.start() <= last.end() => {
                let end = last.end().max(span.end());
                merged.pop();
                merged.extend(Span::new(last.start(), end));
            }
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Every choice of one position from each list; those that are matches, without those that contain another.
    fn by_force(lists: &[Vec<u32>], slop: u32) -> Vec<(u32, u32)> {
        let mut chains: Vec<Vec<u32>> = vec![Vec::new()];
        for list in lists {
            chains = chains
                .iter()
                .flat_map(|chain| {
                    list.iter().filter(|it| chain.last() < Some(it)).map(|it| {
                        let mut longer = chain.clone();
                        longer.push(*it);
                        longer
                    })
                })
                .collect();
        }
        let n = u32::try_from(lists.len()).unwrap();
        let all: BTreeSet<(u32, u32)> = chains
            .iter()
            .map(|it| (it[0], it[it.len() - 1]))
            .filter(|(start, end)| end - start + 1 - n <= slop)
            .collect();
        let inner =
            |outer: &(u32, u32)| all.iter().any(|it| it != outer && outer.0 <= it.0 && it.1 <= outer.1);
        all.iter().filter(|it| !inner(it)).copied().collect()
    }

    fn positions() -> impl Strategy<Value = Vec<u32>> {
        prop::collection::btree_set(0_u32..14, 0..7).prop_map(|it| it.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn phrases_are_where_trying_everything_finds_them(
            lists in prop::collection::vec(positions(), 1..5),
            slop in 0_u32..6,
        ) {
            let borrowed: Vec<&[u32]> = lists.iter().map(Vec::as_slice).collect();
            prop_assert_eq!(phrase_matches(&borrowed, slop), by_force(&lists, slop));
        }
    }
}
