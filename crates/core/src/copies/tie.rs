//! When an article is a copy of a longer one.

use super::{
    Sketch,
    fingerprints::{Articles, n_in_both},
};

/// An article is a copy if this share of its fingerprints is in the other. These limits were
/// chosen on newswire and made families, see `docs/evaluation.md`.
const CONTAINED_MIN: f64 = 0.5;
/// The fewest fingerprints that must be shared, about 25 words. Shorter articles must be the same
/// and have one headline.
const SHARED_MIN: usize = 6;
/// If at least this many are shared, about 80 words, …
const MUCH_SHARED_MIN: usize = 20;
/// … a smaller share is enough: a story that was edited all over.
const MUCH_CONTAINED_MIN: f64 = 0.4;
/// What two short articles must share of each other.
const SHORT_RESEMBLANCE_MIN: f64 = 0.8;
/// The share of an article's numbers that must be in the other: two weeks of one table share their
/// words but not their figures.
const FIGURES_MIN: f64 = 0.6;
/// With more numbers than this for each fingerprint, an article is a table, …
const TABLE_FIGURES_MIN: f64 = 0.6;
/// … and this share of its numbers must agree: the same table an hour later is another.
const TABLE_AGREE_MIN: f64 = 0.85;
/// More days than this apart, two articles are rather two issues of a regular column, and must
/// share more: see below.
const DAYS_APART_MAX: i64 = 3;
/// At least this many fingerprints, about a hundred words, …
const APART_SHARED_MIN: usize = 24;
/// … and this share of the shorter article …
const APART_CONTAINED_MIN: f64 = 0.8;
/// … and of its numbers.
const APART_FIGURES_MIN: f64 = 0.95;

/// An article and a longer one that contains it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tie {
    pub(super) small: u32,
    pub(super) large: u32,
    /// The share of the small one that the large one has.
    contained: f64,
}

impl Tie {
    /// Ties the shorter of two articles to the longer one if it is a copy of it.
    pub(super) fn new(articles: &Articles, a: u32, b: u32) -> Option<Tie> {
        let (small, large) = if articles.by_length(a) < articles.by_length(b) { (a, b) } else { (b, a) };
        let n_small = articles.n_prints(small).max(1) as f64;
        let n_shared_max = articles.shared(a).len().min(articles.shared(b).len());
        // Most pairs share a fingerprint by chance: these need not be counted.
        if (n_shared_max as f64) < MUCH_CONTAINED_MIN * n_small {
            return None;
        }
        let n_shared = articles.n_shared(a, b);
        let tie = Tie { small, large, contained: n_shared as f64 / n_small };
        tie.is_copy(articles, n_shared).then_some(tie)
    }

    /// Whether the small article is a copy of the large one.
    fn is_copy(&self, articles: &Articles, n_shared: usize) -> bool {
        let (small, large) = (articles.sketch(self.small), articles.sketch(self.large));
        let enough = if days_apart(small, large) > DAYS_APART_MAX {
            n_shared >= APART_SHARED_MIN && self.contained >= APART_CONTAINED_MIN
        } else if n_shared >= SHARED_MIN {
            let much = n_shared >= MUCH_SHARED_MIN;
            self.contained >= if much { MUCH_CONTAINED_MIN } else { CONTAINED_MIN }
        } else {
            let union = articles.n_prints(self.small) + articles.n_prints(self.large) - n_shared;
            let alike = n_shared as f64 >= SHORT_RESEMBLANCE_MIN * union as f64;
            alike && n_shared > 0 && small.headline == large.headline
        };
        enough && figures_agree(small, large, n_shared)
    }

    /// Whether this is the better tie of the same small article: the large one contains more of it,
    /// or as much and is nearer in length.
    pub(super) fn is_closer(&self, known: &Tie, articles: &Articles) -> bool {
        let by_share = self.contained.total_cmp(&known.contained);
        let length = |tie: &Tie| articles.by_length(tie.large);
        by_share.then_with(|| length(known).cmp(&length(self))).is_gt()
    }
}

/// Days from the earlier to the later; none where they may be of one day, or a date is unknown.
fn days_apart(a: &Sketch, b: &Sketch) -> i64 {
    a.days.zip(b.days).map_or(0, |(a, b)| (b.0 - a.1).max(a.0 - b.1).max(0))
}

/// Whether enough numbers of the article with fewer are in the other: each may have paragraphs that
/// the other lacks.
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
    n_in_both(small.figures.iter().copied(), large.figures.iter().copied()) as f64 >= agree_min
}
