//! The algebra against trying everything.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// Every choice of one position from each list; those that are matches, without those that contain
/// another.
fn by_force(lists: &[Vec<u32>], slop: u32) -> Vec<Stretch> {
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
    let inner = |outer: &(u32, u32)| all.iter().any(|it| it != outer && outer.0 <= it.0 && it.1 <= outer.1);
    all.iter().filter(|it| !inner(it)).map(|it| Stretch { first: it.0, last: it.1 }).collect()
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
        let shape = Shape { root: Part::Phrase { words: (0..lists.len()).collect(), slop } };
        let words = alone(&lists);
        let text = Positions { words: &words, sentences: &[] };
        prop_assert_eq!(shape.count(text), shape.matches(text).len());
        let stretches: Vec<Vec<Stretch>> = words.iter().map(WordPlaces::stretches).collect();
        prop_assert_eq!(joined_phrase_matches(&stretches, slop), shape.matches(text));
    }

    #[test]
    fn phrases_of_joined_words_are_where_trying_everything_finds_them(
        lists in prop::collection::vec(prop::collection::btree_set((0_u32..9, 0_u32..3), 0..7), 1..4),
    ) {
        let stretch = |it: &(u32, u32)| Stretch { first: it.0, last: it.0 + it.1 };
        let lists: Vec<Vec<Stretch>> = lists.iter().map(|it| it.iter().map(stretch).collect()).collect();
        let mut chains: Vec<Stretch> = lists[0].clone();
        for list in &lists[1..] {
            let follows = |chain: &Stretch, it: &&Stretch| it.first == chain.last + 1;
            chains = chains
                .iter()
                .flat_map(|chain| list.iter().filter(move |it| follows(chain, it)).map(|it| chain.joined(*it)))
                .collect();
        }
        let contains_other = |outer: &Stretch| {
            chains.iter().any(|it| it != outer && outer.first <= it.first && it.last <= outer.last)
        };
        let expected: BTreeSet<Stretch> = chains.iter().filter(|it| !contains_other(it)).copied().collect();
        prop_assert_eq!(joined_phrase_matches(&lists, 0), Vec::from_iter(expected));
    }
}

/// Words of which none is joined.
fn alone(lists: &[Vec<u32>]) -> Vec<WordPlaces> {
    lists.iter().map(|it| WordPlaces { alone: it.clone(), joined: Vec::new() }).collect()
}

/// Where a pattern stands, by trying everything.
fn tried(part: &Part, words: &[Vec<u32>], sentences: &[u32]) -> BTreeSet<(u32, u32)> {
    let all = |part: &Part| tried(part, words, sentences);
    let sentence = |at: u32| sentences.iter().filter(|it| **it <= at).count();
    let near = |a: (u32, u32), b: (u32, u32), within: Within| match within {
        Within::Words(n) => a.1 < b.0 && b.0 - a.1 <= n,
        Within::Sentence => a.1 < b.0 && sentence(a.0) == sentence(b.1),
        Within::Passage => a.1 < b.0,
    };
    match part {
        Part::Word(word) => words[*word].iter().map(|it| (*it, *it)).collect(),
        Part::Phrase { words: of, slop } => {
            let lists: Vec<Vec<u32>> = of.iter().map(|it| words[*it].clone()).collect();
            by_force(&lists, *slop).iter().map(|it| (it.first, it.last)).collect()
        }
        Part::AnyOf(any) => any.iter().flat_map(all).collect(),
        Part::Near { sides, nearness } => {
            let (left, right) = (all(&sides[0]), all(&sides[1]));
            let pairs = left.iter().flat_map(|a| right.iter().map(|b| (*a, *b)));
            let is_match = |(a, b): &((u32, u32), (u32, u32))| {
                near(*a, *b, nearness.within) || (!nearness.ordered && near(*b, *a, nearness.within))
            };
            pairs.filter(is_match).map(|(a, b)| (a.0.min(b.0), a.1.max(b.1))).collect()
        }
        Part::NotNear { sides, nearness } => {
            let (left, right) = (all(&sides[0]), all(&sides[1]));
            let excludes = |a: (u32, u32), b: (u32, u32)| {
                let overlap = a.0 <= b.1 && b.0 <= a.1;
                let inside = a.0 <= b.0 && b.1 <= a.1;
                let before = !nearness.ordered && near(b, a, nearness.within);
                near(a, b, nearness.within) || before || (overlap && !inside)
            };
            left.iter().filter(|a| !right.iter().any(|b| excludes(**a, *b))).copied().collect()
        }
        Part::AtLeast { n, of } => {
            let found = all(of);
            if found.len() >= *n { found } else { BTreeSet::new() }
        }
    }
}

fn parts() -> impl Strategy<Value = Part> {
    let leaf = prop_oneof![
        3 => (0_usize..4).prop_map(Part::Word),
        1 => (prop::collection::vec(0_usize..4, 2..4), 0_u32..3)
            .prop_map(|(words, slop)| Part::Phrase { words, slop }),
    ];
    let within = prop_oneof![
        4 => (1_u32..5).prop_map(Within::Words),
        1 => Just(Within::Sentence),
        1 => Just(Within::Passage),
    ];
    let nearness = (within, any::<bool>()).prop_map(|(within, ordered)| Nearness { within, ordered });
    leaf.prop_recursive(3, 10, 3, move |inner| {
        let sides = (inner.clone(), inner.clone()).prop_map(|(left, right)| Box::new([left, right]));
        prop_oneof![
            3 => (sides.clone(), nearness.clone()).prop_map(|(sides, nearness)| Part::Near { sides, nearness }),
            1 => (sides, nearness.clone()).prop_map(|(sides, nearness)| Part::NotNear { sides, nearness }),
            1 => prop::collection::vec(inner.clone(), 2..4).prop_map(Part::AnyOf),
            1 => (1_usize..4, inner).prop_map(|(n, of)| Part::AtLeast { n, of: Box::new(of) }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn patterns_are_where_trying_everything_finds_them(
        root in parts(),
        words in prop::collection::vec(positions(), 4),
        sentences in positions(),
    ) {
        let shape = Shape { root };
        let places = alone(&words);
        let text = Positions { words: &places, sentences: &sentences };
        let found: Vec<(u32, u32)> = shape.matches(text).iter().map(|it| (it.first, it.last)).collect();
        let expected: Vec<(u32, u32)> = tried(&shape.root, &words, &sentences).into_iter().collect();
        prop_assert_eq!(&found, &expected, "{:?}", shape.root);
        // What is marked lies in a match, and every match has something marked from its first word
        // to its last.
        let shown = shape.shown(text);
        let holds = |outer: &(u32, u32), it: &Stretch| outer.0 <= it.first && it.last <= outer.1;
        prop_assert!(shown.iter().all(|it| found.iter().any(|outer| holds(outer, it))));
        for outer in &found {
            let inside: Vec<&Stretch> = shown.iter().filter(|it| holds(outer, it)).collect();
            prop_assert_eq!(inside.iter().map(|it| it.first).min(), Some(outer.0));
            prop_assert_eq!(inside.iter().map(|it| it.last).max(), Some(outer.1));
        }
    }
}

#[test]
fn a_text_of_one_word_over_and_over_takes_no_long() {
    let words = alone(&[(0..200_000).collect::<Vec<u32>>()]);
    let side = || Part::Word(0);
    let near = |left, right| Part::Near {
        sides: Box::new([left, right]),
        nearness: Nearness { within: Within::Passage, ordered: false },
    };
    let not_near = Part::NotNear {
        sides: Box::new([side(), near(side(), side())]),
        nearness: Nearness { within: Within::Words(3), ordered: false },
    };
    for (root, n) in [(near(near(side(), side()), side()), 199_998), (not_near, 0)] {
        let found = Shape { root }.matches(Positions { words: &words, sentences: &[] });
        assert_eq!(found.len(), n);
    }
}
