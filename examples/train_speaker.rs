//! Trains the ranker of speakers on attributions marked by hand, or says how it does on articles it was not trained on.
//!
//! ```console
//! $ cargo run --release --example train_speaker -- gold.jsonl
//! $ cargo run --release --example train_speaker -- gold.jsonl --hold-out publisher > pred.jsonl
//! ```
//!
//! `gold.jsonl` is what `make_gold.py` of the evaluation data writes: a line for each article, with its text and its
//! attributions, offsets in code points. The first command writes `src/attribute/rank/weights.txt`, the same bytes each time. The
//! second trains without a part of the articles (`publisher`: those of one outlet; `random`: a fifth, by a digest of
//! their names), attributes that part, and prints it as `morgue annotate` would.
//!
//! The loss is that of a conditional log-linear model: minus the logarithm of the probability that all right candidates of
//! a quotation have together, with a quadratic penalty; minimized by RPROP (Riedmiller and Braun, 1993) over all examples, which
//! has no step to tune and no random order.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own")]
#![expect(clippy::disallowed_methods, reason = "it reads the articles and writes the weights")]

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt::Write as _,
    fs,
    ops::Range,
    path::PathBuf,
};

use morgue::{
    article::{Passage, PassageKind, Quote},
    attribute::{Lexicon, attribute_with, questions, rank::Ranker},
};
use serde::Deserialize;
use serde_json::json;

/// A feature counts when it occurs in so many articles …
const ARTICLES_MIN: usize = 5;
/// … of so many outlets.
const OUTLETS_MIN: usize = 3;
/// Steps of the search for the least loss.
const STEPS: usize = 120;
/// Weight of the quadratic penalty.
const PENALTY: f64 = 3.0;

#[derive(Deserialize)]
struct Gold {
    id: String,
    text: String,
    attributions: Vec<Attribution>,
}

#[derive(Deserialize)]
struct Attribution {
    content: Vec<[usize; 2]>,
    source: Vec<[usize; 2]>,
}

/// An article cut into passages.
struct Article {
    id: String,
    text: String,
    passages: Vec<Passage>,
    /// Where each passage begins.
    offsets: Vec<usize>,
    examples: Vec<Example>,
}

/// A quotation with the features of its candidates.
struct Example {
    candidates: Vec<Vec<String>>,
    right: Vec<bool>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (gold, hold_out) = match arguments[..] {
        [gold] => (gold, None),
        [gold, "--hold-out", how @ ("publisher" | "random")] => (gold, Some(how)),
        _ => return Err("usage: train_speaker gold.jsonl [--hold-out publisher|random]".into()),
    };
    let lines = fs::read_to_string(gold)?;
    let articles: Vec<Article> = lines
        .lines()
        .map(|it| Ok(article(serde_json::from_str(it)?)))
        .collect::<Result<_, serde_json::Error>>()?;
    match hold_out {
        None => {
            let all: Vec<&Article> = articles.iter().collect();
            let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/attribute/rank/weights.txt");
            fs::write(path, trained(&all))?;
        }
        Some(how) => hold_out_parts(&articles, how),
    }
    Ok(())
}

fn outlet(id: &str) -> &str {
    id.split('_').next().unwrap_or_default()
}

fn hold_out_parts(articles: &[Article], how: &str) {
    let part = |it: &Article| match how {
        "random" => (blake3::hash(it.id.as_bytes()).as_bytes()[0] % 5).to_string(),
        _ => outlet(&it.id).to_owned(),
    };
    let parts: BTreeSet<String> = articles.iter().map(part).collect();
    for held in parts {
        let rest: Vec<&Article> = articles.iter().filter(|it| part(it) != held).collect();
        let ranker = Ranker::read(&trained(&rest));
        eprintln!("{held}: trained on {}", rest.len());
        for article in articles.iter().filter(|it| part(it) == held) {
            print(article, &ranker);
        }
    }
}

fn print(article: &Article, ranker: &Ranker) {
    let quotes = attribute_with(&article.passages, Lexicon::for_language(None), ranker);
    let points = CodePoints::new(&article.text);
    let span = |passage: usize, range: Range<usize>| {
        let offset = article.offsets[passage];
        [points.at(offset + range.start), points.at(offset + range.end)]
    };
    let row = |quote: &Quote| {
        let spans: Vec<[usize; 2]> = quote.content.iter().map(|it| span(quote.passage, it.range())).collect();
        let speaker = quote.speaker.as_ref();
        json!({
            "start": spans[0][0], "end": spans[spans.len() - 1][1], "spans": spans, "kind": quote.kind.name(),
            "speaker_span": quote.mention.map(|it| span(it.passage, it.span.range())),
            "speaker": speaker.map(|it| &it.name), "speaker_kind": speaker.map(|it| it.kind.name()),
            "role": speaker.and_then(|it| it.role.as_ref()),
            "cue": quote.cue.map(|it| span(quote.passage, it.range())),
            "confidence": quote.confidence, "rule": quote.rule,
        })
    };
    let quotes: Vec<_> = quotes.iter().map(row).collect();
    println!("{}", json!({"id": article.id, "quotes": quotes}));
}

/// Bytes of a text.
type Spans = Vec<Range<usize>>;

/// Cuts a text into passages as `morgue annotate` does, and asks what is to be decided in it.
fn article(gold: Gold) -> Article {
    let (mut passages, mut offsets, mut at) = (Vec::new(), Vec::new(), 0);
    for line in gold.text.split_inclusive('\n') {
        if let Some(passage) = Passage::new(PassageKind::Body, line) {
            offsets.push(at + line.len() - line.trim_start().len());
            passages.push(passage);
        }
        at += line.len();
    }
    let points = CodePoints::new(&gold.text);
    let bytes = |spans: &[[usize; 2]]| -> Spans {
        spans.iter().map(|it| points.byte(it[0])..points.byte(it[1])).collect()
    };
    let marked: Vec<(Spans, Spans)> =
        gold.attributions.iter().map(|it| (bytes(&it.content), bytes(&it.source))).collect();
    let mut examples = Vec::new();
    for asked in questions(&passages, Lexicon::for_language(None)) {
        let Some(quotation) = asked.quotation else { continue };
        let place = |passage: usize, range: Range<usize>| {
            offsets[passage] + range.start..offsets[passage] + range.end
        };
        let words = place(quotation.passage, quotation.span.range());
        let covered = |spans: &[Range<usize>]| spans.iter().map(|it| overlap(it, &words)).sum::<usize>();
        let best = marked.iter().max_by_key(|it| covered(&it.0));
        let source = best.filter(|it| covered(&it.0) * 2 >= words.len()).map_or(&[][..], |it| &it.1);
        let heads: Vec<Option<usize>> = asked
            .candidates
            .iter()
            .map(|it| {
                it.mention.map(|it| {
                    offsets[it.passage] + it.span.start() + head(it.span.of(&passages[it.passage].text))
                })
            })
            .collect();
        let wanted = source.first().map(|it| it.start + core_head(&gold.text[it.clone()]));
        let exact = wanted.is_some() && heads.contains(&wanted);
        let right = |head: &Option<usize>| match head {
            None => source.is_empty(),
            Some(_) if exact => *head == wanted,
            Some(at) => source.iter().any(|it| it.contains(at)),
        };
        let right: Vec<bool> = heads.iter().map(right).collect();
        if right.contains(&true) {
            examples.push(Example {
                candidates: asked.candidates.into_iter().map(|it| it.features).collect(),
                right,
            });
        }
    }
    Article { id: gold.id, text: gold.text, passages, offsets, examples }
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
fn trained(articles: &[&Article]) -> String {
    let mut seen: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for article in articles {
        for name in article.examples.iter().flat_map(|it| it.candidates.iter().flatten()) {
            let (ids, outlets) = seen.entry(name).or_default();
            ids.insert(&article.id);
            outlets.insert(outlet(&article.id));
        }
    }
    let kept =
        seen.iter().filter(|(_, (ids, outlets))| ids.len() >= ARTICLES_MIN && outlets.len() >= OUTLETS_MIN);
    let names: Vec<&str> = kept.map(|(name, _)| *name).collect();
    let number: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, it)| (*it, at)).collect();
    let numbered = |it: &Vec<String>| it.iter().filter_map(|it| number.get(it.as_str()).copied()).collect();
    let examples: Vec<(Vec<Vec<usize>>, &[bool])> = articles
        .iter()
        .flat_map(|it| &it.examples)
        .map(|it| (it.candidates.iter().map(numbered).collect(), it.right.as_slice()))
        .collect();
    let weights = least_loss(&examples, names.len());
    let mut lines = String::from(HEAD);
    let mut listed: Vec<(f64, &str)> = weights.into_iter().zip(names).collect();
    listed.retain(|(weight, _)| weight.abs() >= 0.005);
    listed.sort_by(|one, other| one.1.cmp(other.1));
    for (weight, name) in listed {
        let _ = writeln!(lines, "{weight:+.2} {name}");
    }
    lines
}

const HEAD: &str = "# How much each feature of a candidate speaks for it (+) or against it (-), as natural logarithms of odds.
# Written by examples/train_speaker.rs; see rank/features.rs for what each name asks.
";

/// The weights of least loss, by RPROP without backtracking.
fn least_loss(examples: &[(Vec<Vec<usize>>, &[bool])], n: usize) -> Vec<f64> {
    let (mut weights, mut steps, mut before) = (vec![0.0_f64; n], vec![0.02_f64; n], vec![0.0_f64; n]);
    for _ in 0..STEPS {
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
        for at in 0..n {
            let turn = slope[at] * before[at];
            steps[at] = if turn > 0.0 {
                (steps[at] * 1.2).min(0.5)
            } else if turn < 0.0 {
                (steps[at] * 0.5).max(1e-5)
            } else {
                steps[at]
            };
            before[at] = if turn < 0.0 { 0.0 } else { slope[at] };
            if before[at] != 0.0 {
                weights[at] -= steps[at] * before[at].signum();
            }
        }
    }
    weights
}

/// The byte of each code point of a text.
struct CodePoints(Vec<usize>);

impl CodePoints {
    fn new(text: &str) -> CodePoints {
        CodePoints(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    fn byte(&self, point: usize) -> usize {
        self.0.get(point).or(self.0.last()).copied().unwrap_or(0)
    }

    fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|it| *it < byte)
    }
}
