//! The order that tells stories: articles on one event together, the oldest first.
//!
//! `order(articles) -> Vec<usize>`. Two articles are as alike as the cosine of their weighed terms,
//! less something for each day between them. In the order of relevance each joins the story whose
//! articles it is most alike on average, or begins one. The average keeps apart what a chain of
//! likenesses would join: a campaign is one chain from debate to debate. The sums are kept by story
//! and term, so the time grows with the terms that stories share, not with pairs of articles.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

/// What is looked at of an article.
pub struct Told {
    /// Its terms, and how much each tells it from the rest of the archive.
    pub terms: Vec<(String, f64)>,
    /// The first day it may have been published on.
    pub day: Option<Date>,
}

/// An article that is less alike a story tells another. Chosen by reading: of pairs within a week
/// (a hundred were read) those below 0.1 were seldom on one event, those from 0.17 on nearly
/// always; in some forty stories of four lists one article in ten was out of place with 0.12, and
/// with 0.09 neighbouring stories ran together. `docs/evaluation.md` has the counts.
const ALIKE_MIN: f64 = 0.12;

/// So much less alike they are for each day between them.
const ALIKE_A_DAY: f64 = 0.005;

/// Articles further apart do not tell one story.
const DAYS_MAX: i32 = 30;

/// Articles on one event, as far as they are told.
#[derive(Default)]
struct Story {
    days: Vec<Option<Date>>,
}

/// How much of each term the articles of each story have, so that an article is held against the
/// stories that share a term with it, rather than against every other article.
#[derive(Default)]
struct Shares<'a> {
    /// By term: the stories, in order, each with the sum over its articles.
    by_term: HashMap<&'a str, Vec<(usize, f64)>>,
}

impl<'a> Shares<'a> {
    /// The sum of the cosines between an article and those of each story; stories without a common
    /// term are left out.
    fn cosines(&self, vector: &[(&'a str, f64)]) -> BTreeMap<usize, f64> {
        let mut sums = BTreeMap::new();
        for (term, weight) in vector {
            for (story, share) in self.by_term.get(term).into_iter().flatten() {
                *sums.entry(*story).or_insert(0.0) += weight * share;
            }
        }
        sums
    }

    fn add(&mut self, story: usize, vector: &[(&'a str, f64)]) {
        for (term, weight) in vector {
            let stories = self.by_term.entry(term).or_default();
            match stories.binary_search_by_key(&story, |it| it.0) {
                Ok(at) => stories[at].1 += weight,
                Err(at) => stories.insert(at, (story, *weight)),
            }
        }
    }
}

/// The places of the articles in the order they are told. They are given best first; the first
/// story is that of the first.
pub fn order(articles: &[Told]) -> Vec<usize> {
    let mut stories: Vec<Story> = Vec::new();
    let mut shares = Shares::default();
    // Which story each article belongs to.
    let mut story: Vec<usize> = Vec::with_capacity(articles.len());
    for article in articles {
        let vector = unit(&article.terms);
        let mean = |(n, cosines): (usize, f64)| {
            let days = days_between(&stories[n], article.day)?;
            let sum = cosines - ALIKE_A_DAY * days;
            Some((sum / stories[n].days.len() as f64, n)).filter(|it| it.0 >= ALIKE_MIN)
        };
        let means = shares.cosines(&vector).into_iter().filter_map(mean);
        let best = means.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let own = best.map_or(stories.len(), |it| it.1);
        if own == stories.len() {
            stories.push(Story::default());
        }
        stories[own].days.push(article.day);
        shares.add(own, &vector);
        story.push(own);
    }
    let mut order: Vec<usize> = (0..articles.len()).collect();
    let day = |it: usize| (articles[it].day.is_none(), articles[it].day);
    order.sort_by_key(|it| (story[*it], day(*it), *it));
    order
}

/// How many days lie between an article and each of a story, together; `None` where one is too far
/// away.
fn days_between(story: &Story, day: Option<Date>) -> Option<f64> {
    let days = story.days.iter().map(|it| Some(days_apart(*it, day)).filter(|it| *it <= DAYS_MAX));
    days.map(|it| it.map(f64::from)).sum()
}

/// No distance where one of the two days is unknown.
fn days_apart(a: Option<Date>, b: Option<Date>) -> i32 {
    match (a, b) {
        (Some(a), Some(b)) => (b - a).get_days().abs(),
        _ => 0,
    }
}

/// The terms as a vector of length one, sorted by term.
fn unit(terms: &[(String, f64)]) -> Vec<(&str, f64)> {
    let length = terms.iter().map(|it| it.1 * it.1).sum::<f64>().sqrt();
    let mut vector: Vec<(&str, f64)> =
        terms.iter().map(|it| (it.0.as_str(), it.1 / length.max(f64::MIN_POSITIVE))).collect();
    vector.sort_by(|a, b| a.0.cmp(b.0));
    vector
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_event_is_told_from_its_beginning() {
        let told = |text: &str, day: &str| Told {
            terms: text.split(' ').filter(|it| it.len() > 3).map(|it| (it.to_owned(), 1.0)).collect(),
            day: day.parse().ok(),
        };
        let articles = [
            told("The harbour dredging contract went to Brightwater on Monday", "2019-03-02"),
            told("Sirens along the valley stayed silent when the dam opened its gates", "2018-02-20"),
            told("Brightwater had offered the lowest price for the harbour dredging contract", "2019-02-01"),
            told("The silent sirens of the valley will be tested after the dam flood", "2018-03-01"),
            told("Undated notes on cheese and its makers in the hills", ""),
        ];
        assert_eq!(order(&articles), [2, 0, 1, 3, 4]);
    }

    /// The same said plainly: article by article, each pair for itself.
    fn pair_by_pair(articles: &[Told]) -> Vec<usize> {
        let alike = |a: usize, b: usize| {
            let weight = |of: usize, term: &str| {
                unit(&articles[of].terms).into_iter().find(|it| it.0 == term).map_or(0.0, |it| it.1)
            };
            let cosine: f64 = unit(&articles[a].terms).iter().map(|it| it.1 * weight(b, it.0)).sum();
            let days = days_apart(articles[a].day, articles[b].day);
            (days <= DAYS_MAX).then_some(cosine - ALIKE_A_DAY * f64::from(days))
        };
        let mut stories: Vec<Vec<usize>> = Vec::new();
        for at in 0..articles.len() {
            let mut best = (ALIKE_MIN, None);
            for (n, told) in stories.iter().enumerate() {
                let sum: Option<f64> = told.iter().map(|it| alike(*it, at)).sum();
                let mean = sum.map_or(f64::MIN, |it| it / told.len() as f64);
                if mean > best.0 {
                    best = (mean, Some(n));
                }
            }
            match best.1 {
                Some(n) => stories[n].push(at),
                None => stories.push(vec![at]),
            }
        }
        for told in &mut stories {
            told.sort_by_key(|it| (articles[*it].day.is_none(), articles[*it].day, *it));
        }
        stories.concat()
    }

    proptest! {
        #[test]
        fn an_article_joins_the_story_it_is_most_alike(
            articles in prop::collection::vec(
                // Of one term each, many would be exactly as alike as others.
                (prop_oneof![Just(BTreeMap::new()), prop::collection::btree_map("[a-f]", 0.1..9.0_f64, 2..5)], prop::option::of(1..60_i64)), 0..20)
        ) {
            let first = jiff::civil::date(2019, 1, 1);
            let told = |(terms, day): (BTreeMap<String, f64>, Option<i64>)| Told {
                terms: terms.into_iter().collect(),
                day: day.map(|it| first + jiff::Span::new().days(it)),
            };
            let articles: Vec<Told> = articles.into_iter().map(told).collect();
            prop_assert_eq!(order(&articles), pair_by_pair(&articles));
        }
    }
}
