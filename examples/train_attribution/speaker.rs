//! The candidates of a quotation of which marked attributions say that they speak it, and the
//! weights that teach them.
//!
//! The loss is that of a conditional log-linear model: minus the logarithm of the probability that
//! all right candidates of a quotation have together, with a quadratic penalty.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    ops::Range,
};

use morgue::attribute::{Resources, instances, label::Labeler, term::Terms};

use crate::{gold::Article, rprop::Rprop};

/// A feature counts when it occurs in so many articles …
const ARTICLES_MIN: usize = 5;
/// … of so many outlets.
const OUTLETS_MIN: usize = 3;
/// Steps of the search for the least loss.
const STEPS: usize = 120;
/// Weight of the quadratic penalty.
const PENALTY: f64 = 3.0;

/// A quotation with the features of its candidates.
pub(crate) struct Example {
    candidates: Vec<Vec<String>>,
    right: Vec<bool>,
}

/// The quotations of an article whose speakers can be learned from.
pub(crate) fn examples(article: &Article, terms: &Terms, labeler: &Labeler) -> Vec<Example> {
    let resources = Resources { terms: Some(terms), labeler: Some(labeler), ..Resources::for_language(None) };
    let mut examples = Vec::new();
    for instance in instances(&article.passages, resources) {
        let place = |passage: usize, range: Range<usize>| {
            let offset = article.offsets[passage];
            offset + range.start..offset + range.end
        };
        let words = place(instance.quotation.passage, instance.quotation.span.range());
        let covered = |spans: &[Range<usize>]| spans.iter().map(|it| overlap(it, &words)).sum::<usize>();
        let best = article.attributions.iter().max_by_key(|it| covered(&it.content));
        let source =
            best.filter(|it| covered(&it.content) * 2 >= words.len()).map_or(&[][..], |it| &it.source);
        let heads: Vec<Option<usize>> = instance
            .candidates
            .iter()
            .map(|it| {
                it.mention.map(|it| {
                    let phrase = it.span.of(&article.passages[it.passage].text);
                    article.offsets[it.passage] + it.span.start() + head(phrase)
                })
            })
            .collect();
        let wanted = source.first().map(|it| it.start + core_head(&article.text[it.clone()]));
        let exact = wanted.is_some() && heads.contains(&wanted);
        let right = |head: &Option<usize>| match head {
            None => source.is_empty(),
            Some(_) if exact => *head == wanted,
            Some(at) => source.iter().any(|it| it.contains(at)),
        };
        let right: Vec<bool> = heads.iter().map(right).collect();
        if right.contains(&true) {
            let candidates = instance.candidates.into_iter().map(|it| it.features).collect();
            examples.push(Example { candidates, right });
        }
    }
    examples
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> usize {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}

/// Where the last word of a phrase begins; `Jr.` and the like are none.
fn head(phrase: &str) -> usize {
    let mut at = phrase.len();
    for word in phrase.split_whitespace().rev() {
        at = word.as_ptr() as usize - phrase.as_ptr() as usize;
        if !matches!(word, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV") {
            break;
        }
    }
    at
}

/// Where the head of a marked source begins: the last word before what only describes it.
fn core_head(source: &str) -> usize {
    const ENDS: &[&str] = &[
        "of", "in", "for", "from", "at", "on", "with", "to", "by", "who", "whom", "whose", "which", "that",
        "as", "and", "or", "is", "was", "has", "had",
    ];
    let mut end = source
        .find([',', ';', ':', '(', '[', '—', '–', '"', '“', '”'])
        .filter(|it| *it > 0)
        .unwrap_or(source.len());
    for word in source[..end].split_whitespace().skip(1) {
        if ENDS.contains(&word) {
            end = word.as_ptr() as usize - source.as_ptr() as usize;
            break;
        }
    }
    head(source[..end].trim_end())
}

/// The lines of the weights that the examples of the articles teach.
pub(crate) fn trained(articles: &[(&Article, &[Example])]) -> String {
    let mut seen: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for (article, examples) in articles {
        for name in examples.iter().flat_map(|it| it.candidates.iter().flatten()) {
            let (ids, outlets) = seen.entry(name).or_default();
            ids.insert(&article.id);
            outlets.insert(article.outlet());
        }
    }
    let kept =
        seen.iter().filter(|(_, (ids, outlets))| ids.len() >= ARTICLES_MIN && outlets.len() >= OUTLETS_MIN);
    let names: Vec<&str> = kept.map(|(name, _)| *name).collect();
    let number: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, it)| (*it, at)).collect();
    let numbered = |it: &Vec<String>| it.iter().filter_map(|it| number.get(it.as_str()).copied()).collect();
    let examples: Vec<(Vec<Vec<usize>>, &[bool])> = articles
        .iter()
        .flat_map(|it| it.1)
        .map(|it| (it.candidates.iter().map(numbered).collect(), it.right.as_slice()))
        .collect();
    let weights = least_loss(&examples, names.len());
    let mut lines = String::from(HEAD);
    let mut listed: Vec<(f64, &str)> = weights.into_iter().zip(names).collect();
    listed.retain(|(weight, _)| weight.abs() >= 0.005);
    listed.sort_by(|one, other| one.1.cmp(other.1));
    for (weight, name) in listed {
        let _ = writeln!(lines, "{:+.0} {name}", weight * 100.0);
    }
    lines
}

const HEAD: &str = "# How much each feature of a candidate speaks for it (+) or against it (-), in hundredths of natural logarithms of odds.
# Written by examples/train_attribution; see rank/features.rs for what each name asks.
";

fn least_loss(examples: &[(Vec<Vec<usize>>, &[bool])], n: usize) -> Vec<f64> {
    let mut search = Rprop::new(n);
    for _ in 0..STEPS {
        let weights = &search.weights;
        let mut slope: Vec<f64> = weights.iter().map(|it| PENALTY * it).collect();
        for (candidates, right) in examples {
            let scores: Vec<f64> =
                candidates.iter().map(|it| it.iter().map(|it| weights[*it]).sum::<f64>()).collect();
            let largest = scores.iter().copied().fold(f64::MIN, f64::max);
            let powers: Vec<f64> = scores.iter().map(|it| (it - largest).exp()).collect();
            let all: f64 = powers.iter().sum();
            let of_right: f64 = powers.iter().zip(*right).filter(|it| *it.1).map(|it| it.0).sum();
            for ((features, power), right) in candidates.iter().zip(&powers).zip(*right) {
                let wanted = if *right { power / of_right.max(1e-300) } else { 0.0 };
                let push = power / all - wanted;
                features.iter().for_each(|it| slope[*it] += push);
            }
        }
        search.step(&slope);
    }
    search.weights
}
