//! The order that tells stories: articles on one event together, the oldest first.
//!
//! `order(articles) -> Vec<usize>`. Two articles belong to one story when their words are alike: the cosine of their
//! weighted words (a word's weight grows with how often the article has it and falls with how many of the articles do)
//! reaches `ALIKE_MIN`, more the more days lie between them. Stories are what such pairs join, each article to the
//! most alike one before it in the order of relevance. Quadratic in the articles of one list, of which there are hundreds.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::analyze;

/// What is looked at of an article.
pub struct Told<'a> {
    /// Its headline and paragraphs.
    pub texts: Vec<&'a str>,
    /// The first day it may have been published on.
    pub day: Option<Date>,
}

/// Articles of one day whose words are less alike tell different stories. On a list of 30 articles on one affair half of
/// all pairs had less than 0.054, two reports of one hearing 0.136, and the most alike of different weeks 0.21.
const ALIKE_MIN: f64 = 0.12;

/// So much more alike they must be for each day between them.
const ALIKE_A_DAY: f64 = 0.005;

/// A later article takes the story up again only within so many days.
const DAYS_MAX: i32 = 30;

/// The places of the articles in the order they are told. They are given best first; the first story is that of the first.
pub fn order(articles: &[Told<'_>]) -> Vec<usize> {
    let weights = weights(articles);
    // Which story each article belongs to, named by the first of its articles.
    let mut story: Vec<usize> = Vec::with_capacity(articles.len());
    for at in 0..articles.len() {
        let best = (0..at)
            .filter_map(|it| {
                let days = days_apart(&articles[it], &articles[at]);
                let above = cosine(&weights[it], &weights[at]) - ALIKE_MIN - ALIKE_A_DAY * f64::from(days);
                (days <= DAYS_MAX && above >= 0.0).then_some((above, it))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        story.push(best.map_or(at, |it| story[it.1]));
    }
    let mut order: Vec<usize> = (0..articles.len()).collect();
    let day = |it: usize| (articles[it].day.is_none(), articles[it].day);
    order.sort_by_key(|it| (story[*it], day(*it), *it));
    order
}

/// No distance where one of the two days is unknown.
fn days_apart(a: &Told<'_>, b: &Told<'_>) -> i32 {
    match (a.day, b.day) {
        (Some(a), Some(b)) => (b - a).get_days().abs(),
        _ => 0,
    }
}

/// The words of an article with their weights, as a vector of length one, sorted by word.
fn weights(articles: &[Told<'_>]) -> Vec<Vec<(u32, f64)>> {
    let mut ids: HashMap<String, u32> = HashMap::new();
    let mut in_articles: Vec<usize> = Vec::new();
    let mut counts: Vec<HashMap<u32, usize>> = Vec::new();
    for article in articles {
        let mut count: HashMap<u32, usize> = HashMap::new();
        for text in &article.texts {
            for word in analyze::words(text) {
                let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
                let id = *ids.entry(word.form).or_insert(next);
                if id as usize == in_articles.len() {
                    in_articles.push(0);
                }
                *count.entry(id).or_default() += 1;
            }
        }
        count.keys().for_each(|it| in_articles[*it as usize] += 1);
        counts.push(count);
    }
    let n = articles.len() as f64;
    let weight = |(id, count): (u32, usize)| {
        let rarity = ((n + 1.0) / (in_articles[id as usize] as f64 + 0.5)).ln();
        (id, (1.0 + (count as f64).ln()) * rarity.max(0.0))
    };
    counts.into_iter().map(|it| unit(it.into_iter().map(weight).collect())).collect()
}

fn unit(mut vector: Vec<(u32, f64)>) -> Vec<(u32, f64)> {
    let length = vector.iter().map(|it| it.1 * it.1).sum::<f64>().sqrt();
    vector.iter_mut().filter(|_| length > 0.0).for_each(|it| it.1 /= length);
    vector.sort_by_key(|it| it.0);
    vector
}

fn cosine(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += x.1 * y.1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_told_from_its_beginning() {
        let told = |text: &'static str, day: &str| Told { texts: vec![text], day: day.parse().ok() };
        let articles = [
            told("The harbour dredging contract went to Brightwater on Monday", "2019-03-02"),
            told("Sirens along the valley stayed silent when the dam opened its gates", "2018-02-20"),
            told("Brightwater had offered the lowest price for the harbour dredging contract", "2019-02-01"),
            told("The silent sirens of the valley will be tested after the dam flood", "2018-03-01"),
            told("Undated notes on cheese and its makers in the hills", ""),
        ];
        assert_eq!(order(&articles), [2, 0, 1, 3, 4]);
    }
}
