//! The short quotations of which marked attributions say whether somebody's words stand in them,
//! invented ones that say it of other kinds of news (`terms.txt`), and the weights that both teach.
//!
//! The loss is that of logistic regression with a quadratic penalty.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use morgue::{
    article::{Passage, PassageKind},
    attribute::{Resources, short_quotations, term::ObservedQuotation},
};

use crate::{gold::Article, rprop::Rprop};

/// The invented sentences.
const INVENTED: &str = include_str!("terms.txt");
/// How much one of their quotations weighs beside one of an article.
const INVENTED_WEIGHT: f64 = 4.0;
/// The fewest articles or invented sentences in which a feature must occur to count.
const ARTICLES_MIN: usize = 3;
/// Steps of the search for the least loss.
const STEPS: usize = 120;
/// Weight of the quadratic penalty.
const PENALTY: f64 = 2.0;

/// How much a quotation weighs that stands somewhere in what is reported: the marks say of the
/// whole clause that somebody uttered it, and its quotation may be theirs or a term.
const INSIDE_WEIGHT: f64 = 0.15;

/// A quotation with its features, whether it is a term, and how much it weighs.
pub(crate) struct Example {
    features: Vec<String>,
    term: bool,
    weight: f64,
}

/// The short quotations of an article that teach: code and numbers do not.
pub(crate) fn examples(article: &Article) -> Vec<Example> {
    let mut examples = Vec::new();
    for quotation in short_quotations(&article.passages, Resources::for_language(None).lexicon) {
        let offset = article.offsets[quotation.inside.passage];
        let inside = offset + quotation.inside.span.start()..offset + quotation.inside.span.end();
        let covered =
            |it: &std::ops::Range<usize>| it.end.min(inside.end).saturating_sub(it.start.max(inside.start));
        let spans = article.attributions.iter().flat_map(|it| &it.content);
        let said = spans.map(covered).max().unwrap_or_default() * 2 >= inside.len();
        let text = &article.text[inside.clone()];
        let code = text.contains(|it: char| it.is_ascii_digit() || it == '@')
            || article.text[..inside.start].ends_with("=\"");
        if !code {
            let weight = if said && !quotation.cued { INSIDE_WEIGHT } else { 1.0 };
            examples.push(Example { features: quotation.features, term: !said, weight });
        }
    }
    examples
}

/// The quotations of the invented sentences, those of a sentence together.
fn invented() -> Vec<Vec<Example>> {
    let lines = INVENTED.lines().filter(|it| !it.starts_with('#')).filter_map(|it| it.split_once(' '));
    lines
        .map(|(kinds, sentence)| {
            let passages: Vec<Passage> = Passage::new(PassageKind::Body, sentence).into_iter().collect();
            let found = short_quotations(&passages, Resources::for_language(None).lexicon);
            let examples = found.into_iter().zip(kinds.chars());
            let example = |(it, kind): (ObservedQuotation, char)| Example {
                features: it.features,
                term: kind == 't',
                weight: INVENTED_WEIGHT,
            };
            examples.map(example).collect()
        })
        .collect()
}

/// The lines of the weights that the examples of the articles and the invented ones teach.
pub(crate) fn trained(articles: &[&[Example]]) -> String {
    let invented = invented();
    let lessons = || articles.iter().copied().chain(invented.iter().map(Vec::as_slice));
    let mut seen: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, examples) in lessons().enumerate() {
        for name in examples.iter().flat_map(|it| &it.features) {
            seen.entry(name).or_default().insert(at);
        }
    }
    let names: Vec<&str> = seen.iter().filter(|it| it.1.len() >= ARTICLES_MIN).map(|it| *it.0).collect();
    let number: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, it)| (*it, at)).collect();
    let numbered = |it: &Example| -> Vec<usize> {
        it.features.iter().filter_map(|it| number.get(it.as_str()).copied()).collect()
    };
    let examples: Vec<(Vec<usize>, bool, f64)> =
        lessons().flatten().map(|it| (numbered(it), it.term, it.weight)).collect();
    let mut search = Rprop::new(names.len());
    for _ in 0..STEPS {
        let weights = &search.weights;
        let mut slope: Vec<f64> = weights.iter().map(|it| PENALTY * it).collect();
        for (features, term, weight) in &examples {
            let score: f64 = features.iter().map(|it| weights[*it]).sum();
            let push = 1.0 / (1.0 + (-score).exp()) - f64::from(u8::from(*term));
            features.iter().for_each(|it| slope[*it] += push * weight);
        }
        search.step(&slope);
    }
    let mut lines = String::from(HEAD);
    for (weight, name) in search.weights.into_iter().zip(names).filter(|it| it.0.abs() >= 0.005) {
        let _ = writeln!(lines, "{:+.0} {name}", weight * 100.0);
    }
    lines
}

const HEAD: &str = "# How much each feature of a quotation speaks for a term (+) or for words that were said (-), in hundredths of natural logarithms of odds.
# Written by examples/train_attribution; see term/features.rs for what each name asks.
";
