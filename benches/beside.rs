//! The best ten of plain words and phrases beside tantivy's own of the same passages: morgue's,
//! each with what made it match; tantivy's read; and tantivy's with its snippets. They take turns,
//! query by query, for a machine may change its pace: the shares are what counts. `cargo bench
//! --bench beside`.

#![expect(clippy::print_stdout, reason = "it is its result")]

#[path = "generated.rs"]
mod generated;
mod support;
#[path = "support/tantivy_alone.rs"]
mod tantivy_alone;

use std::{collections::BTreeMap, hint::black_box, time::Instant};

use jiff::civil::date;
use morgue::{
    index::{Index, Ranking, Snapshot},
    query::{self, CheckedQuery, Grouping, Order},
    search::{self, Selection},
};
use support::{Attributed, attributed};
use tantivy_alone::TantivyAlone;

const ARTICLES: usize = 5000;
const ROUNDS: usize = 1000;
/// Words in turn: a round is one of them.
const WORDS: usize = 100;

fn main() {
    // `cargo test --benches` builds and asks for a list of tests.
    if std::env::args().any(|it| it == "--test" || it == "--list") {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = Index::create(folder.path()).expect("an index");
    let mut writer = index.writer(2, 64_000_000).expect("a writer");
    let articles = attributed(ARTICLES);
    for (article, quotes) in &articles {
        writer.add(article, quotes).expect("a written article");
    }
    writer.commit().expect("a commit");
    writer.finish().expect("merged segments");
    let snapshot = index.snapshot().expect("a snapshot");
    let passages = articles.iter().flat_map(|it| it.0.passages());
    let tantivy = TantivyAlone::of(passages.map(|it| it.text.as_str()));

    println!(
        "{:<24} {:>9} {:>10} {:>10} {:>10} {:>8} {:>8}",
        "", "passages", "morgue µs", "read µs", "snippets", "of read", "of snip."
    );
    for (name, words) in [
        ("rare word", "tidemark"),
        ("common word", "harbor"),
        ("phrase", "tidemark ordinance"),
        ("phrase of common words", "the harbor"),
    ] {
        in_turn(name, &snapshot, &tantivy, &[words.to_owned()]);
    }
    in_turn("a hundred words in turn", &snapshot, &tantivy, &words_of(&articles));
}

/// A hundred words, from the commonest to those of twenty passages.
fn words_of(articles: &[Attributed]) -> Vec<String> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for (article, _) in articles {
        let texts = article.passages().iter().flat_map(|it| it.text.split_whitespace());
        let plain = texts.filter(|it| it.len() > 3 && it.bytes().all(|it| it.is_ascii_lowercase()));
        plain.for_each(|it| *uses.entry(it).or_default() += 1);
    }
    let mut words: Vec<(&str, usize)> = uses.into_iter().filter(|it| it.1 >= 20).collect();
    words.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
    let step = words.len().div_ceil(WORDS);
    words.into_iter().step_by(step).map(|it| it.0.to_owned()).collect()
}

/// Measures all of the queries, and prints the medians and the shares of them.
fn in_turn(name: &str, snapshot: &Snapshot, tantivy: &TantivyAlone, queries: &[String]) {
    let checked: Vec<(CheckedQuery, usize)> =
        queries.iter().map(|it| checked(it, snapshot, tantivy)).collect();
    let mut times: [Vec<u128>; 3] = Default::default();
    for round in 0..ROUNDS {
        for (which, times) in times.iter_mut().enumerate() {
            // Each at another of the queries: none finds in memory what the one before it has just
            // read.
            let at = (round + which * queries.len() / 3) % queries.len();
            let ((query, total), words) = (&checked[at], &queries[at]);
            let start = Instant::now();
            let n = black_box(match which {
                0 => best_ten(snapshot, query).1,
                1 => tantivy.read(words).len(),
                _ => tantivy.marked(words),
            });
            times.push(start.elapsed().as_nanos());
            assert_eq!(n, (*total).min(10), "{words}");
        }
    }
    let [morgue, read, marked] = times.map(|mut it| {
        it.sort_unstable();
        it[it.len() / 2] as f64 / 1e3
    });
    let passages = if let [(_, total)] = checked[..] { total.to_string() } else { String::new() };
    println!(
        "{name:<24} {passages:>9} {morgue:>10.1} {read:>10.1} {marked:>10.1} {:>8.2} {:>8.2}",
        read / morgue,
        marked / morgue
    );
}

/// The query, and how many passages both find for it.
fn checked(words: &str, snapshot: &Snapshot, tantivy: &TantivyAlone) -> (CheckedQuery, usize) {
    let typed = if words.contains(' ') { format!("\"{words}\"") } else { words.to_owned() };
    let query = query::check(&query::parse(&typed).expect("a query"), date(2026, 1, 1)).expect("a query");
    let total = best_ten(snapshot, &query).0;
    assert_eq!(total, tantivy.count(words), "{words}");
    (query, total)
}

/// The ten best.
const TEN: Selection =
    Selection { limit: 10, offset: 0, order: Order::Relevance, grouping: Grouping::Passage, fold: false };

/// How many passages there are, and how many of the ten best have something marked.
fn best_ten(snapshot: &Snapshot, query: &CheckedQuery) -> (usize, usize) {
    let ranking = Ranking::of(query, &[]);
    let found = search::find(snapshot, query, &ranking, &TEN).expect("hits");
    let hits = search::hits(snapshot, query, &found, 0, 0).expect("hits");
    (found.total, hits.iter().filter(|it| !it.highlights.is_empty()).count())
}
