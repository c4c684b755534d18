//! Trains what decides about attributions on articles whose attributions are marked by hand, or
//! says how it does on articles that it was not trained on.
//!
//! ```console
//! $ cargo run --release --example train_attribution -- gold.jsonl
//! $ cargo run --release --example train_attribution -- gold.jsonl --hold-out publisher > pred.jsonl
//! ```
//!
//! `gold.jsonl` is what `make_gold.py` of the evaluation data writes. The first command writes
//! `term/weights.txt`, `label/weights.txt` and `rank/weights.txt` in `crates/quotes/src`, the same
//! bytes each time. The second trains without a part of the articles (`publisher`: those of one
//! outlet; `random`: a fifth, by a digest of their names), attributes that part, and prints it as
//! `morgue annotate` would.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own")]
#![expect(clippy::disallowed_methods, reason = "it reads the articles and writes the weights")]

mod gold;
mod labeler;
mod rprop;
mod speaker;
mod term;

use std::{collections::BTreeSet, error::Error, fs, ops::Range, path::PathBuf};

use gold::{Article, CodePoints};
use labeler::Sequence;
use morgue::{
    article::Quote,
    attribute::{Resources, attribute_with, label::Labeler, observed, rank::Ranker, term::Terms},
};
use serde_json::json;

/// An article and what it teaches.
struct Lesson {
    article: Article,
    /// The short quotations that teach what a term is.
    quotations: Vec<term::Example>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (gold, hold_out) = match arguments[..] {
        [gold] => (gold, None),
        [gold, "--hold-out", how @ ("publisher" | "random")] => (gold, Some(how)),
        _ => return Err("usage: train_attribution gold.jsonl [--hold-out publisher|random]".into()),
    };
    let lessons: Vec<Lesson> = fs::read_to_string(gold)?
        .lines()
        .map(|it| Article::read(it).map(Lesson::new))
        .collect::<Result<_, _>>()?;
    match hold_out {
        None => {
            let Weights { terms, labels, ranks } = trained(&lessons.iter().collect::<Vec<_>>());
            let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("crates/quotes/src");
            fs::write(folder.join("term/weights.txt"), terms)?;
            fs::write(folder.join("label/weights.txt"), labels)?;
            fs::write(folder.join("rank/weights.txt"), ranks)?;
        }
        Some(how) => hold_out_parts(&lessons, how),
    }
    Ok(())
}

impl Lesson {
    fn new(article: Article) -> Lesson {
        let quotations = term::examples(&article);
        Lesson { article, quotations }
    }

    /// The tokens of its passages with their labels, given which quotations are terms.
    fn sequences(&self, terms: &Terms) -> Vec<Sequence> {
        let article = &self.article;
        let resources = Resources { terms: Some(terms), ..Resources::for_language(None) };
        observed(&article.passages, resources)
            .into_iter()
            .zip(&article.offsets)
            .map(|(tokens, offset)| labeler::labeled(tokens, *offset, &article.text, &article.attributions))
            .collect()
    }

    /// Which of two halves it belongs to, by a digest of its name.
    fn in_half(&self) -> bool {
        blake3::hash(self.article.id.as_bytes()).as_bytes()[1] % 2 == 1
    }
}

/// The lines of each file of weights.
struct Weights {
    terms: String,
    labels: String,
    ranks: String,
}

/// The weights that the lessons teach. Each model learns from what the one before it makes of an
/// article that it has not seen, as it will find it: what one half of the lessons teaches is asked
/// of the other.
fn trained(lessons: &[&Lesson]) -> Weights {
    let halves: [Vec<&Lesson>; 2] =
        [false, true].map(|half| lessons.iter().copied().filter(|it| it.in_half() == half).collect());
    let other = |it: &Lesson| usize::from(!it.in_half());
    let terms = halves.each_ref().map(|it| Terms::read(&terms(it)));
    let mut read: Vec<(&Lesson, Vec<Sequence>)> =
        lessons.iter().map(|it| (*it, it.sequences(&terms[other(it)]))).collect();
    let labels = labeler::trained(&read.iter().collect::<Vec<_>>());
    let labelers = [false, true].map(|half| {
        let half: Vec<_> = read.iter().filter(|it| it.0.in_half() == half).collect();
        Labeler::read(&labeler::trained(&half))
    });
    read.clear();
    let examples: Vec<_> = lessons
        .iter()
        .map(|it| speaker::examples(&it.article, &terms[other(it)], &labelers[other(it)]))
        .collect();
    let articles: Vec<_> =
        lessons.iter().zip(&examples).map(|(lesson, it)| (&lesson.article, it.as_slice())).collect();
    Weights { terms: self::terms(lessons), labels, ranks: speaker::trained(&articles) }
}

/// The weights that tell a term.
fn terms(lessons: &[&Lesson]) -> String {
    term::trained(&lessons.iter().map(|it| it.quotations.as_slice()).collect::<Vec<_>>())
}

fn hold_out_parts(lessons: &[Lesson], how: &str) {
    let part = |it: &Lesson| match how {
        "random" => (blake3::hash(it.article.id.as_bytes()).as_bytes()[0] % 5).to_string(),
        _ => it.article.outlet().to_owned(),
    };
    let parts: BTreeSet<String> = lessons.iter().map(part).collect();
    for held in parts {
        let rest: Vec<&Lesson> = lessons.iter().filter(|it| part(it) != held).collect();
        let Weights { terms, labels, ranks } = trained(&rest);
        let (terms, labeler, ranker) = (Terms::read(&terms), Labeler::read(&labels), Ranker::read(&ranks));
        eprintln!("{held}: trained on {}", rest.len());
        for lesson in lessons.iter().filter(|it| part(it) == held) {
            let resources = Resources {
                terms: Some(&terms),
                labeler: Some(&labeler),
                ranker: &ranker,
                ..Resources::for_language(None)
            };
            print(&lesson.article, resources);
        }
    }
}

fn print(article: &Article, resources: Resources<'_>) {
    let quotes = attribute_with(&article.passages, resources);
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
            "confidence": quote.confidence, "rule": quote.rule.name(),
        })
    };
    let quotes: Vec<_> = quotes.iter().map(row).collect();
    println!("{}", json!({"id": article.id, "quotes": quotes}));
}
