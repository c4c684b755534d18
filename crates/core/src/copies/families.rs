//! Sketches → families of copies.
//!
//! 1. Every fingerprint lists its articles; those that strangers share are left out (`common`).
//! 2. Each article of a list is compared with the longest of the list, since a cut is contained in something longer, and
//!    with its neighbours by length (`candidates`). That is linear in the length of a list.
//!    How many fingerprints two share is how many lists name both: they are counted, but for those of long lists.
//! 3. Each article is tied to the one longer article that contains most of it, if that is enough: to one only, or
//!    a brief that two stories quote would join them. A digest ties nothing together (`digest`).
//! 4. Families are what is tied together.

use super::{
    Sketch,
    candidates::{ALL_PAIRS_MAX, Candidate, Candidates},
    common::{ARTICLES_MIN, are_common},
    digest,
    prints::{Lists, Prints, Rows},
};

/// An article is a copy when so much of its fingerprints stands in the other. These limits were chosen on newswire and made
/// families, see `docs/evaluation.md`.
const CONTAINED_MIN: f64 = 0.5;
/// So many fingerprints must be shared, some 25 words. Shorter articles must be the same and have one headline.
const SHARED_MIN: usize = 6;
/// When so many are shared, some 80 words, …
const MUCH_SHARED_MIN: usize = 20;
/// … a smaller share is enough: a story that was edited all over.
const MUCH_CONTAINED_MIN: f64 = 0.4;
/// What two short articles must share of each other.
const SHORT_RESEMBLANCE_MIN: f64 = 0.8;
/// So many of an article's numbers must stand in the other: two weeks of one table share their words and no figures.
const FIGURES_MIN: f64 = 0.6;
/// With more numbers than this for each fingerprint, an article is a table, …
const TABLE_FIGURES_MIN: f64 = 0.6;
/// … of which so many must agree: the same table an hour later is another.
const TABLE_AGREE_MIN: f64 = 0.85;
/// More days than this apart, two articles are rather two issues of a regular column, and must share more: see below.
const DAYS_APART_MAX: i64 = 3;
/// So many fingerprints, some hundred words, …
const APART_SHARED_MIN: usize = 24;
/// … and so much of the shorter.
const APART_CONTAINED_MIN: f64 = 0.8;
/// … and of its numbers.
const APART_FIGURES_MIN: f64 = 0.95;
/// The families of two and more, each as the keys of its articles, sorted; in the order of their first.
///
/// Time is linear in the number of fingerprints. Memory beside the sketches is one number for each, some five more for one that six articles
/// share, and two to six for each pair of articles that share some.
#[expect(clippy::needless_pass_by_value, reason = "nobody needs them afterwards")]
pub fn families(sketches: Vec<Sketch>) -> Vec<Vec<u64>> {
    let (sketches, candidates) = Sketches::new(&sketches);
    let mut likely: Vec<(Tie, usize)> = candidates.pairs().filter_map(|it| sketches.likely(&it)).collect();
    // Versions mostly stand near each other: in the order of the sketches, these are still near the processor.
    likely.sort_unstable_by_key(|it| sketches.places[it.0.small as usize]);
    let mut best: Vec<Option<Tie>> = vec![None; sketches.len()];
    for (tie, n_shared) in likely {
        if sketches.is_copy(&tie, n_shared) {
            let known = best[tie.small as usize].get_or_insert(tie);
            if sketches.closer(&tie, known) {
                *known = tie;
            }
        }
    }
    let ties = digest::without_digests(&sketches, &candidates, best.into_iter().flatten().collect());
    joined(&sketches, &ties)
}

/// An article and a longer one that contains it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tie {
    pub(super) small: u32,
    pub(super) large: u32,
    /// The share of the small one that the large one has.
    contained: f64,
}

/// The sketches by article: articles are numbered in the order of their keys.
pub(super) struct Sketches<'a> {
    sketches: &'a [Sketch],
    /// Where the sketch of each article stands.
    places: Vec<u32>,
    /// How many fingerprints each has, one that stands twice counted twice.
    lengths: Vec<u32>,
    /// How many, each counted once.
    n_prints: Vec<u32>,
    /// How many of these count.
    n_counting: Vec<u32>,
    /// Those that do not count.
    common: Rows<u32>,
    /// Those that count and whose lists are too long to name all their pairs.
    in_long: Rows<u32>,
}

impl<'a> Sketches<'a> {
    /// The sketches, and the pairs of articles that are worth comparing.
    pub(super) fn new(sketches: &'a [Sketch]) -> (Sketches<'a>, Candidates) {
        let mut keys: Vec<(u64, u32)> = sketches.iter().map(|it| it.article).zip(0..).collect();
        keys.sort_unstable();
        let places: Vec<u32> = keys.into_iter().map(|it| it.1).collect();
        let (mut numbers, mut lengths) = (vec![0; sketches.len()], vec![0; sketches.len()]);
        for (article, place) in places.iter().enumerate() {
            numbers[*place as usize] = article as u32;
        }
        for (article, sketch) in numbers.iter().zip(sketches) {
            lengths[*article as usize] = sketch.prints.len() as u32;
        }
        let mut all = Sketches {
            sketches,
            places,
            n_prints: lengths.clone(),
            n_counting: Vec::new(),
            lengths,
            common: Rows::dealt(sketches.len(), &Lists::default(), |_| None),
            in_long: Rows::dealt(sketches.len(), &Lists::default(), |_| None),
        };
        let candidates = all.find_common(&numbers);
        (all, candidates)
    }

    /// Finds the fingerprints that do not count, and the pairs that the others name.
    fn find_common(&mut self, numbers: &[u32]) -> Candidates {
        let mut candidates = Candidates::new(self.len());
        let mut lists = Lists::default();
        Prints::of(self.sketches).for_each_repeated(numbers, |print, articles| {
            for same in articles.windows(2).filter(|it| it[0] == it[1]) {
                self.n_prints[same[0] as usize] -= 1;
            }
            articles.dedup();
            if articles.len() < ARTICLES_MIN {
                candidates.add(self, articles);
            } else {
                lists.push(print, articles);
            }
        });
        candidates.count();
        let common = are_common(self, &candidates, &lists);
        for list in (0..lists.len()).filter(|it| !common[*it]) {
            candidates.add(self, lists.articles(list));
        }
        self.common = Rows::dealt(self.len(), &lists, |list| common[list].then(|| lists.print(list)));
        self.n_counting =
            (0..).zip(&self.n_prints).map(|(article, n)| n - self.common.get(article).len() as u32).collect();
        self.in_long = Rows::dealt(self.len(), &lists, |list| {
            let long = !common[list] && lists.articles(list).len() > ALL_PAIRS_MAX;
            long.then(|| lists.print(list))
        });
        candidates.count();
        candidates
    }

    /// How many articles there are.
    pub(super) fn len(&self) -> usize {
        self.sketches.len()
    }

    /// How many fingerprints an article has, each counted once.
    pub(super) fn n_prints(&self, article: u32) -> usize {
        self.n_prints[article as usize] as usize
    }

    /// How many fingerprints of an article count.
    pub(super) fn n_counting(&self, article: u32) -> usize {
        self.n_counting[article as usize] as usize
    }

    /// How many fingerprints that count two articles share.
    pub(super) fn n_shared(&self, pairs: &Candidates, a: u32, b: u32) -> usize {
        pairs.n_lists(a, b) + shared(self.in_long.get(a), self.in_long.get(b))
    }

    /// The sketch of an article, whole.
    pub(super) fn sketch(&self, article: u32) -> &Sketch {
        &self.sketches[self.places[article as usize] as usize]
    }

    /// The order by length, and by key between equals.
    pub(super) fn rank(&self, article: u32) -> (u32, u32) {
        (self.lengths[article as usize], article)
    }

    /// The shorter of two articles tied to the longer, and how many fingerprints they share; `None` when these are too few for a copy.
    fn likely(&self, candidate: &Candidate) -> Option<(Tie, usize)> {
        let Candidate { a, b, n_lists } = *candidate;
        let few = |n_shared: usize, n_small: usize| (n_shared as f64) < MUCH_CONTAINED_MIN * n_small as f64;
        // Most are told apart by what is known of the first, and by one number of the second.
        let n_min = self.n_counting(a).min(self.n_counting(b));
        if few(n_lists + self.in_long.get(a).len(), n_min) {
            return None;
        }
        let n_shared = n_lists + shared(self.in_long.get(a), self.in_long.get(b));
        let (small, large) = if self.rank(a) < self.rank(b) { (a, b) } else { (b, a) };
        let n_small = self.n_counting(small);
        let tie = Tie { small, large, contained: n_shared as f64 / n_small.max(1) as f64 };
        (!few(n_shared, n_small)).then_some((tie, n_shared))
    }

    /// Whether the small article is a copy of the large one.
    fn is_copy(&self, tie: &Tie, n_shared: usize) -> bool {
        let (small, large) = (self.sketch(tie.small), self.sketch(tie.large));
        let enough = if days_apart(small, large) > DAYS_APART_MAX {
            n_shared >= APART_SHARED_MIN && tie.contained >= APART_CONTAINED_MIN
        } else if n_shared >= SHARED_MIN {
            let much = n_shared >= MUCH_SHARED_MIN;
            tie.contained >= if much { MUCH_CONTAINED_MIN } else { CONTAINED_MIN }
        } else {
            let union = self.n_counting(tie.small) + self.n_counting(tie.large) - n_shared;
            let alike = n_shared as f64 >= SHORT_RESEMBLANCE_MIN * union as f64;
            alike && n_shared > 0 && small.headline == large.headline
        };
        enough && figures_agree(small, large, n_shared)
    }

    /// Whether a tie of the same small article is the better one: more of it, then the nearer length.
    fn closer(&self, tie: &Tie, known: &Tie) -> bool {
        let by_share = tie.contained.total_cmp(&known.contained);
        by_share.then_with(|| self.rank(known.large).cmp(&self.rank(tie.large))).is_gt()
    }
}

/// Days from the earlier to the later; none where they may be of one day, or a date is unknown.
fn days_apart(a: &Sketch, b: &Sketch) -> i64 {
    a.days.zip(b.days).map_or(0, |(a, b)| (b.0 - a.1).max(a.0 - b.1).max(0))
}

/// Whether so many numbers of the one that has fewer stand in the other: each may have paragraphs that the other lacks.
fn figures_agree(small: &Sketch, large: &Sketch, n_shared: usize) -> bool {
    let fewer = if small.figures.len() <= large.figures.len() { small } else { large };
    let n = fewer.figures.len() as f64;
    let is_table = n >= TABLE_FIGURES_MIN * fewer.prints.len() as f64;
    let agree_min = match days_apart(small, large) {
        apart if apart > DAYS_APART_MAX => (APART_FIGURES_MIN * n).ceil(),
        _ if is_table => (TABLE_AGREE_MIN * n).ceil(),
        // In a long text one number of two or three may be the outlet's own.
        _ if n_shared >= MUCH_SHARED_MIN => (FIGURES_MIN * n).floor(),
        _ => (FIGURES_MIN * n).ceil(),
    };
    shared(&small.figures, &large.figures) as f64 >= agree_min
}

/// How many numbers two sorted lists share.
pub(super) fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut at_a, mut at_b, mut n) = (0, 0, 0);
    // Without a branch that cannot be foreseen.
    while let (Some(x), Some(y)) = (a.get(at_a), b.get(at_b)) {
        n += usize::from(x == y);
        at_a += usize::from(x <= y);
        at_b += usize::from(y <= x);
    }
    n
}

/// What the ties join, by union-find.
fn joined(sketches: &Sketches<'_>, ties: &[Tie]) -> Vec<Vec<u64>> {
    let mut parent: Vec<u32> = (0..sketches.len() as u32).collect();
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
    let key = |member: &(u32, u32)| sketches.sketch(member.1).article;
    members.chunk_by(|a, b| a.0 == b.0).map(|family| family.iter().map(key).collect()).collect()
}
