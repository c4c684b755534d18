//! What is counted: how much an archive holds, and how much matches a query.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

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

/// How much there is of one value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The articles, by key.
    pub articles: HashSet<u64>,
    /// The quotes by article, where quotes are counted.
    quotes: HashMap<u64, usize>,
    passages: usize,
    /// Passages by article and ordinal, where several quotes may stand in one.
    places: HashSet<(u64, u64)>,
    last: Option<u64>,
}

impl Counted {
    /// How many passages.
    pub fn passages(&self) -> usize {
        self.passages + self.places.len()
    }

    /// How many quotes, where quotes are counted.
    pub fn quotes(&self) -> usize {
        self.quotes.values().sum()
    }

    /// What of counted quotes is each owner's of the articles they stand in.
    pub fn by_owner<T: Copy + Eq + Hash>(self, owner: impl Fn(u64) -> Option<T>) -> HashMap<T, Counted> {
        let owners: HashMap<u64, T> = self.quotes.keys().filter_map(|it| Some((*it, owner(*it)?))).collect();
        let mut found: HashMap<T, Counted> = HashMap::new();
        for (article, owner) in &owners {
            let theirs = found.entry(*owner).or_default();
            theirs.articles.insert(*article);
            theirs.quotes.insert(*article, self.quotes[article]);
        }
        for place in self.places {
            if let Some(owner) = owners.get(&place.0) {
                found.entry(*owner).or_default().places.insert(place);
            }
        }
        found
    }

    /// The same articles, as if nothing in them was counted.
    pub fn without_passages(self) -> Counted {
        Counted { articles: self.articles, ..Counted::default() }
    }

    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: Counted) {
        self.articles.extend(other.articles);
        self.places.extend(other.places);
        self.passages += other.passages;
        for (article, n) in other.quotes {
            *self.quotes.entry(article).or_default() += n;
        }
    }

    pub(crate) fn add_passage(&mut self, article: u64) {
        self.passages += 1;
        // The passages of an article mostly stand side by side.
        if self.last != Some(article) {
            self.last = Some(article);
            self.articles.insert(article);
        }
    }

    pub(crate) fn add_quote(&mut self, article: u64, ordinal: u64) {
        *self.quotes.entry(article).or_default() += 1;
        self.places.insert((article, ordinal));
        self.articles.insert(article);
    }
}
