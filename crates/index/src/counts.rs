//! What is counted: how much an archive holds, and how much matches a query.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

use morgue_core::article::SpeakerKind;

/// How much an index holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files of the manifest.
    pub files: usize,
    /// Articles.
    pub articles: usize,
    /// Passages, headlines included.
    pub passages: usize,
    /// Quotes, with and without a speaker.
    pub quotes: usize,
}

/// An article of one snapshot, by its place among all: articles come in the order of their
/// documents, so what is counted in that order is sorted as it is counted.
pub type ArticleNumber = u32;

/// A passage: its article, and its place among the matching passages.
type PassagePlace = (ArticleNumber, u32);

/// How much there is of one value, in a form that can be added to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The articles with passages that were counted.
    articles: Ascending<ArticleNumber>,
    passages: usize,
    /// The passage of each quote, where quotes are counted: several may stand in one.
    quotes: Ascending<PassagePlace>,
}

/// How many quotes a written name has, by its kind; `None` for quotes without a speaker.
pub type CountedSpeaker = (Option<(String, SpeakerKind)>, Counted);

/// How much there is of one value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Articles.
    pub articles: usize,
    /// Passages.
    pub passages: usize,
    /// Quotes, where quotes are counted.
    pub quotes: usize,
}

impl Counted {
    /// How many articles, passages and quotes there are, each counted once.
    pub fn totals(&self) -> Totals {
        let (n_of_quotes, n_places) = self.quotes.n_articles_and_places();
        let articles = match (self.articles.is_empty(), self.quotes.is_empty()) {
            (_, true) => self.articles.n_distinct(),
            (true, false) => n_of_quotes,
            (false, false) => {
                let of_quotes = self.quotes.values.iter().map(|it| it.0);
                self.articles.values.iter().copied().chain(of_quotes).collect::<HashSet<_>>().len()
            }
        };
        Totals { articles, passages: self.passages + n_places, quotes: self.quotes.values.len() }
    }

    /// The articles of counted quotes, one after the other.
    pub fn quoted_articles(&self) -> impl Iterator<Item = ArticleNumber> {
        self.quotes.values.chunk_by(|a, b| a.0 == b.0).map(|it| it[0].0)
    }

    /// What of counted quotes is each owner's of the articles they stand in.
    pub fn by_owner<T: Copy + Eq + Hash>(
        &self,
        owner: impl Fn(ArticleNumber) -> Option<T>,
    ) -> HashMap<T, Counted> {
        let mut found: HashMap<T, Counted> = HashMap::new();
        for of_article in self.quotes.values.chunk_by(|a, b| a.0 == b.0) {
            if let Some(owner) = owner(of_article[0].0) {
                let theirs = found.entry(owner).or_default();
                of_article.iter().for_each(|it| theirs.quotes.push(*it));
            }
        }
        found
    }

    /// The same articles, as if nothing in them was counted.
    pub fn without_passages(self) -> Counted {
        Counted { articles: self.articles, ..Counted::default() }
    }

    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: &Counted) {
        self.articles.extend(&other.articles);
        self.passages += other.passages;
        self.quotes.extend(&other.quotes);
    }

    /// Adds an article and `n_passages` of its passages.
    pub(crate) fn add_article(&mut self, article: ArticleNumber, n_passages: usize) {
        self.passages += n_passages;
        if self.articles.values.last() != Some(&article) {
            self.articles.push(article);
        }
    }

    /// Adds a quote by its passage.
    pub(crate) fn add_quote(&mut self, article: ArticleNumber, passage: u32) {
        self.quotes.push((article, passage));
    }
}

/// Values that mostly come in order: then they are counted as they stand, and sorted otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ascending<T> {
    values: Vec<T>,
    sorted: bool,
}

impl<T> Default for Ascending<T> {
    fn default() -> Ascending<T> {
        Ascending { values: Vec::new(), sorted: true }
    }
}

impl<T: Copy + Ord> Ascending<T> {
    fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    fn push(&mut self, value: T) {
        self.sorted &= self.values.last().is_none_or(|it| *it <= value);
        self.values.push(value);
    }

    fn extend(&mut self, other: &Ascending<T>) {
        let follows = self.values.last().zip(other.values.first()).is_none_or(|(last, it)| last <= it);
        self.sorted &= other.sorted && follows;
        self.values.extend_from_slice(&other.values);
    }

    fn in_order<R>(&self, f: impl FnOnce(&[T]) -> R) -> R {
        if self.sorted {
            return f(&self.values);
        }
        let mut values = self.values.clone();
        values.sort_unstable();
        f(&values)
    }

    fn n_distinct(&self) -> usize {
        self.in_order(|it| n_runs(it, |a, b| a == b))
    }
}

impl Ascending<PassagePlace> {
    fn n_articles_and_places(&self) -> (usize, usize) {
        self.in_order(|it| (n_runs(it, |a, b| a.0 == b.0), n_runs(it, |a, b| a == b)))
    }
}

/// How many stretches of equal values there are.
fn n_runs<T>(values: &[T], equal: impl Fn(&T, &T) -> bool) -> usize {
    let n_changes = values.windows(2).filter(|it| !equal(&it[0], &it[1])).count();
    n_changes + usize::from(!values.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_quotes(quotes: &[(ArticleNumber, u32)]) -> Counted {
        let mut counted = Counted::default();
        quotes.iter().for_each(|it| counted.add_quote(it.0, it.1));
        counted
    }

    fn totals(counted: &Counted) -> (usize, usize, usize) {
        let Totals { articles, passages, quotes } = counted.totals();
        (articles, passages, quotes)
    }

    #[test]
    fn what_is_counted_twice_is_there_once() {
        let mut of_one_name = of_quotes(&[(1, 10), (1, 10), (1, 11), (4, 40)]);
        assert_eq!(totals(&of_one_name), (2, 3, 4));
        // Another name of the same person, in the same passages and elsewhere.
        of_one_name.add(&of_quotes(&[(0, 3), (1, 11), (1, 12)]));
        assert_eq!(totals(&of_one_name), (3, 5, 7));
        assert_eq!(totals(&Counted::default()), (0, 0, 0));
    }

    #[test]
    fn articles_that_match_apart_add_no_passages() {
        let (mut passages, mut apart) = (Counted::default(), Counted::default());
        for (article, n) in [(2, 3), (5, 1), (5, 1)] {
            passages.add_article(article, n);
        }
        assert_eq!(totals(&passages), (2, 5, 0));
        [(1, 4), (5, 1)].iter().for_each(|it| apart.add_article(it.0, it.1));
        passages.add(&apart.without_passages());
        assert_eq!(totals(&passages), (3, 5, 0));
        passages.add(&of_quotes(&[(1, 1), (9, 2)]));
        assert_eq!(totals(&passages), (4, 7, 2));
    }

    #[test]
    fn quotes_of_a_shared_name_go_to_whose_article_it_is() {
        let shared = of_quotes(&[(1, 10), (1, 11), (2, 20), (3, 30), (3, 30)]);
        let by_owner = shared.by_owner(|it| (it != 2).then_some(it == 3));
        assert_eq!(by_owner.len(), 2);
        assert_eq!((totals(&by_owner[&false]), totals(&by_owner[&true])), ((1, 2, 2), (1, 1, 2)));
    }
}
