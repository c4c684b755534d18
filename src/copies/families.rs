//! Sketches → families of copies.
//!
//! 1. Every fingerprint lists its articles; those that strangers share are left out (`common`).
//! 2. Each article of a list is compared with the longest of the list, since a cut is contained in something longer, and
//!    with its neighbours by length (`candidates`). That is linear in the length of a list.
//! 3. Each article is tied to the one longer article that contains most of it, if that is enough: to one only, or
//!    a brief that two stories quote would join them. A digest ties nothing together (`digest`).
//! 4. Families are what is tied together.

use std::collections::BTreeMap;

use super::{
    Sketch,
    candidates::{Candidate, Candidates},
    common::{ARTICLES_MIN, are_common},
    digest,
    prints::{Lists, Rows},
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
/// Time is linear in the number of fingerprints; memory is some one to six numbers for each.
pub fn families(mut sketches: Vec<Sketch>) -> Vec<Vec<u64>> {
    sketches.sort_unstable_by_key(|it| it.article);
    let mut sketches = Sketches::new(&sketches);
    let candidates = sketches.find_common();
    let mut best: Vec<Option<Tie>> = vec![None; sketches.len()];
    for Candidate { a, b, shared_max } in candidates.pairs() {
        let (small, large) = if sketches.rank(a) < sketches.rank(b) { (a, b) } else { (b, a) };
        if let Some(contained) = sketches.contained(small, large, shared_max) {
            let tie = Tie { small, large, contained };
            let known = best[small as usize].get_or_insert(tie);
            if sketches.closer(&tie, known) {
                *known = tie;
            }
        }
    }
    let ties = digest::without_digests(&sketches, best.into_iter().flatten().collect());
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

/// The sketches with their fingerprints sorted, in the order of the articles' keys: an article is its place in it.
pub(super) struct Sketches<'a> {
    sketches: &'a [Sketch],
    /// How many fingerprints each has, one that stands twice counted twice.
    lengths: Vec<u32>,
    prints: Rows<u32>,
    /// Those that do not count.
    common: Rows<u32>,
}

impl<'a> Sketches<'a> {
    pub(super) fn new(sketches: &'a [Sketch]) -> Sketches<'a> {
        let lengths = sketches.iter().map(|it| it.prints.len() as u32).collect();
        let common = Rows::dealt(sketches.len(), &Lists::default(), |_| None);
        Sketches { sketches, lengths, prints: Rows::of(sketches), common }
    }

    /// Finds the fingerprints that do not count, and the pairs that the others name.
    fn find_common(&mut self) -> Candidates {
        let mut candidates = Candidates::new(self.len());
        let mut lists = Lists::default();
        self.prints.for_each_list(|print, articles| {
            if articles.len() < ARTICLES_MIN {
                candidates.add(self, articles);
            } else {
                lists.push(print, articles);
            }
        });
        let common = are_common(self, &lists);
        for list in (0..lists.len()).filter(|it| !common[*it]) {
            candidates.add(self, lists.articles(list));
        }
        self.common = Rows::dealt(self.len(), &lists, |list| common[list].then(|| lists.print(list)));
        candidates
    }

    /// How many articles there are.
    pub(super) fn len(&self) -> usize {
        self.sketches.len()
    }

    /// The fingerprints of an article, sorted, each once.
    pub(super) fn prints(&self, article: u32) -> &[u32] {
        self.prints.get(article)
    }

    /// How many fingerprints of an article count.
    pub(super) fn n_counting(&self, article: u32) -> usize {
        self.prints(article).len() - self.common.get(article).len()
    }

    /// How many fingerprints that count two articles share.
    pub(super) fn n_shared(&self, a: u32, b: u32) -> usize {
        shared(self.prints(a), self.prints(b)) - shared(self.common.get(a), self.common.get(b))
    }

    /// The sketch of an article, whole.
    pub(super) fn sketch(&self, article: u32) -> &Sketch {
        &self.sketches[article as usize]
    }

    /// The order by length, and by key between equals.
    pub(super) fn rank(&self, article: u32) -> (u32, u32) {
        (self.lengths[article as usize], article)
    }

    /// How much of the small article the large one has; `None` when it is no copy.
    fn contained(&self, small: u32, large: u32, shared_max: usize) -> Option<f64> {
        let n_small = self.n_counting(small);
        if (shared_max as f64) < MUCH_CONTAINED_MIN * n_small as f64 {
            return None;
        }
        let n_shared = self.n_shared(small, large);
        let union = n_small + self.n_counting(large) - n_shared;
        let contained = n_shared as f64 / n_small.max(1) as f64;
        let (small, large) = (self.sketch(small), self.sketch(large));
        let enough = if days_apart(small, large) > DAYS_APART_MAX {
            n_shared >= APART_SHARED_MIN && contained >= APART_CONTAINED_MIN
        } else if n_shared >= SHARED_MIN {
            let much = n_shared >= MUCH_SHARED_MIN;
            contained >= if much { MUCH_CONTAINED_MIN } else { CONTAINED_MIN }
        } else {
            let alike = n_shared as f64 >= SHORT_RESEMBLANCE_MIN * union as f64;
            alike && n_shared > 0 && small.headline == large.headline
        };
        (enough && figures_agree(small, large, n_shared)).then_some(contained)
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
    let mut parent: Vec<usize> = (0..sketches.sketches.len()).collect();
    fn root(parent: &mut [usize], mut of: usize) -> usize {
        while parent[of] != of {
            parent[of] = parent[parent[of]];
            of = parent[of];
        }
        of
    }
    for tie in ties {
        let (a, b) = (root(&mut parent, tie.small as usize), root(&mut parent, tie.large as usize));
        parent[a.max(b)] = a.min(b);
    }
    let mut families: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
    for tie in ties {
        families.entry(root(&mut parent, tie.small as usize)).or_default();
    }
    for (article, sketch) in sketches.sketches.iter().enumerate() {
        if let Some(family) = families.get_mut(&root(&mut parent, article)) {
            family.push(sketch.article);
        }
    }
    families.into_values().collect()
}
