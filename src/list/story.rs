//! The order that tells stories: articles on one event together, the oldest first.
//!
//! `order(articles) -> Vec<usize>`. Two articles are as alike as the cosine of their weighed terms, less something for each
//! day between them. In the order of relevance each joins the story whose articles it is most alike on average, or begins
//! one. The average keeps apart what a chain of likenesses would join: a campaign is one chain from debate to debate.
//! Quadratic in the articles of one list, of which there are hundreds.

use jiff::civil::Date;

/// What is looked at of an article.
pub struct Told {
    /// Its terms, and how much each tells it from the rest of the archive.
    pub terms: Vec<(String, f64)>,
    /// The first day it may have been published on.
    pub day: Option<Date>,
}

/// An article that is less alike a story tells another. Chosen by reading: of pairs within a week (a hundred were read) those
/// below 0.1 were seldom on one event, those from 0.17 on nearly always; in some forty stories of four lists one article in
/// ten was out of place with 0.12, and with 0.09 neighbouring stories ran together. `docs/evaluation.md` has the counts.
const ALIKE_MIN: f64 = 0.12;

/// So much less alike they are for each day between them.
const ALIKE_A_DAY: f64 = 0.005;

/// Articles further apart do not tell one story.
const DAYS_MAX: i32 = 30;

/// The places of the articles in the order they are told. They are given best first; the first story is that of the first.
pub fn order(articles: &[Told]) -> Vec<usize> {
    let vectors: Vec<Vec<(&str, f64)>> = articles.iter().map(|it| unit(&it.terms)).collect();
    let alike = |a: usize, b: usize| {
        let days = days_apart(&articles[a], &articles[b]);
        let alike = cosine(&vectors[a], &vectors[b]) - ALIKE_A_DAY * f64::from(days);
        (days <= DAYS_MAX).then_some(alike)
    };
    let mut stories: Vec<Vec<usize>> = Vec::new();
    // Which story each article belongs to.
    let mut story: Vec<usize> = Vec::with_capacity(articles.len());
    for at in 0..articles.len() {
        let mean = |told: &Vec<usize>| {
            let sum: Option<f64> = told.iter().map(|it| alike(*it, at)).sum();
            sum.map(|it| it / told.len() as f64).filter(|it| *it >= ALIKE_MIN)
        };
        let means = stories.iter().enumerate().filter_map(|(n, it)| Some((mean(it)?, n)));
        let best = means.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let own = best.map_or(stories.len(), |it| it.1);
        if own == stories.len() {
            stories.push(Vec::new());
        }
        stories[own].push(at);
        story.push(own);
    }
    let mut order: Vec<usize> = (0..articles.len()).collect();
    let day = |it: usize| (articles[it].day.is_none(), articles[it].day);
    order.sort_by_key(|it| (story[*it], day(*it), *it));
    order
}

/// No distance where one of the two days is unknown.
fn days_apart(a: &Told, b: &Told) -> i32 {
    match (a.day, b.day) {
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

fn cosine(a: &[(&str, f64)], b: &[(&str, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(y.0) {
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
}
