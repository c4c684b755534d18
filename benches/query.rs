//! Queries on an open index of several sizes, and on one opened for each: what a search costs after the process began.

#[path = "generated.rs"]
mod generated;
mod support;
#[path = "support/tantivy_alone.rs"]
mod tantivy_alone;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use jiff::civil::{Date, date};
use morgue::{
    article::SpeakerKind,
    index::{Grouping, Index, Order, Ranking, Snapshot, Voice},
    query::{self, CheckedQuery},
    search::{Request, search},
};
use std::collections::BTreeMap;
use support::{Attributed, attributed, quick};
use tantivy_alone::TantivyAlone;

const TODAY: Date = date(2026, 1, 1);

fn checked(typed: &str) -> CheckedQuery {
    query::check(&query::parse(typed).expect("a query"), TODAY).expect("a query")
}

fn hits(snapshot: &Snapshot, query: &CheckedQuery) -> usize {
    let (order, grouping) = (Order::Relevance, Grouping::Passage);
    let ranking = Ranking::of(query, &[]);
    let fold = false;
    let request = Request { query, ranking: &ranking, limit: 10, offset: 0, order, grouping, fold };
    let results = search(snapshot, &request);
    let results = results.expect("results");
    assert_eq!(results.hits.len(), results.total.min(10));
    results.total
}

/// Queries, and how many of `n` articles have a passage for each.
fn queries(n: usize) -> Vec<(&'static str, String, usize)> {
    let rare = generated::one_in(generated::RARE_EVERY, n);
    let spoken = generated::one_in(generated::SPEAKER_EVERY, n);
    vec![
        ("word", "tidemark".to_owned(), rare),
        ("words", "tidemark ordinance aloud".to_owned(), rare),
        ("phrase", format!("\"{}\"", generated::RARE_PHRASE), rare),
        // The words of the phrase, near each other: at most three times its time.
        ("near", "the w/1 tidemark w/1 ordinance".to_owned(), rare),
        ("near in order", "the pre/1 tidemark pre/1 ordinance".to_owned(), rare),
        ("sentence", "tidemark w/s ordinance".to_owned(), rare),
        ("prefix", "tidema*".to_owned(), rare),
        ("fuzzy", "tidemork~1".to_owned(), rare),
        ("speaker", "speaker:brandreth".to_owned(), spoken),
        ("speaker said", "speaker:brandreth said:the".to_owned(), spoken),
        ("not", "tidemark NOT zzyzx".to_owned(), rare),
    ]
}

fn open_index(criterion: &mut Criterion) {
    for n in [100, 1000, 5000] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = Index::create(folder.path()).expect("an index");
        let mut writer = index.writer(2, 64_000_000).expect("a writer");
        for (article, quotes) in attributed(n) {
            writer.add(&article, &quotes).expect("a written article");
        }
        writer.commit().expect("a commit");
        writer.finish().expect("merged segments");

        let mut group = criterion.benchmark_group("query");
        let snapshot = index.snapshot().expect("a snapshot");
        for (name, typed, expected) in queries(n) {
            let query = checked(&typed);
            group.bench_function(BenchmarkId::new(name, n), |bencher| {
                bencher.iter(|| assert_eq!(hits(&snapshot, &query), expected));
            });
        }
        group.bench_function(BenchmarkId::new("quotes", n), |bencher| {
            let names = vec![(generated::SPEAKER.to_owned(), SpeakerKind::Person, None)];
            let voice = Voice { names, quote_kind: None };
            let expected = generated::one_in(generated::SPEAKER_EVERY, n);
            bencher.iter(|| {
                let found = snapshot.find_quotes(&voice, None, Order::Newest, 10, 0).expect("quotes");
                assert_eq!(found.total, expected);
            });
        });
        group.bench_function(BenchmarkId::new("opened for one word", n), |bencher| {
            let query = checked("tidemark");
            let expected = generated::one_in(generated::RARE_EVERY, n);
            bencher.iter(|| {
                let opened = Index::open(folder.path()).and_then(|it| it.snapshot()).expect("an index");
                assert_eq!(hits(&opened, &query), expected);
            });
        });
    }
}

/// Generated articles in an index of morgue's and in one of tantivy alone.
struct Beside {
    articles: Vec<Attributed>,
    snapshot: Snapshot,
    tantivy: TantivyAlone,
    _folder: tempfile::TempDir,
}

impl Beside {
    fn of(n: usize) -> Beside {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = Index::create(folder.path()).expect("an index");
        let mut writer = index.writer(2, 64_000_000).expect("a writer");
        let articles = attributed(n);
        for (article, quotes) in &articles {
            writer.add(article, quotes).expect("a written article");
        }
        writer.commit().expect("a commit");
        writer.finish().expect("merged segments");
        let snapshot = index.snapshot().expect("a snapshot");
        let passages = articles.iter().flat_map(|it| it.0.passages());
        let tantivy = TantivyAlone::of(passages.map(|it| it.text.as_str()));
        Beside { articles, snapshot, tantivy, _folder: folder }
    }
}

/// The best ten of plain words and phrases: morgue's, each with what made it match, and tantivy's own of the same passages,
/// read, and with its snippets. `cargo bench --bench query 'best ten'`.
fn beside_tantivy(criterion: &mut Criterion) {
    let Beside { snapshot, tantivy: other, .. } = &Beside::of(5000);
    let mut group = criterion.benchmark_group("best ten");
    for (name, words) in [
        ("rare word", "tidemark"),
        ("common word", "harbor"),
        ("phrase", "tidemark ordinance"),
        ("common phrase", "the harbor"),
    ] {
        let typed = if words.contains(' ') { format!("\"{words}\"") } else { words.to_owned() };
        let query = checked(&typed);
        let total = hits(snapshot, &query);
        assert_eq!(total, other.count(words), "{words}");
        group.bench_function(BenchmarkId::new("morgue, marked", name), |bencher| {
            bencher.iter(|| assert_eq!(hits(snapshot, &query), total));
        });
        group.bench_function(BenchmarkId::new("tantivy, read", name), |bencher| {
            bencher.iter(|| assert_eq!(other.read(words).len(), total.min(10)));
        });
        group.bench_function(BenchmarkId::new("tantivy, with snippets", name), |bencher| {
            bencher.iter(|| assert_eq!(other.marked(words), total.min(10)));
        });
    }
}

/// The same for a hundred words in turn, from the commonest to those of twenty passages: nothing is there from the word before.
fn words_in_turn(criterion: &mut Criterion) {
    let pair = Beside::of(5000);
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for (article, _) in &pair.articles {
        let texts = article.passages().iter().flat_map(|it| it.text.split_whitespace());
        let plain = texts.filter(|it| it.len() > 3 && it.bytes().all(|it| it.is_ascii_lowercase()));
        plain.for_each(|it| *uses.entry(it.to_owned()).or_default() += 1);
    }
    let mut words: Vec<(String, usize)> = uses.into_iter().filter(|it| it.1 >= 20).collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let step = words.len().div_ceil(100);
    let words: Vec<String> = words.into_iter().step_by(step).map(|it| it.0).collect();
    let queries: Vec<(CheckedQuery, usize)> = words
        .iter()
        .map(|word| {
            let (query, total) = (checked(word), pair.tantivy.count(word));
            assert_eq!(hits(&pair.snapshot, &query), total, "{word}");
            (query, total)
        })
        .collect();
    let mut group = criterion.benchmark_group("best ten");
    group.bench_function(BenchmarkId::new("morgue, marked", "words in turn"), |bencher| {
        let mut next = queries.iter().cycle();
        bencher.iter(|| next.next().is_some_and(|(query, total)| hits(&pair.snapshot, query) == *total));
    });
    group.bench_function(BenchmarkId::new("tantivy, read", "words in turn"), |bencher| {
        let mut next = words.iter().cycle();
        bencher.iter(|| next.next().map(|it| pair.tantivy.read(it).len()));
    });
    group.bench_function(BenchmarkId::new("tantivy, with snippets", "words in turn"), |bencher| {
        let mut next = words.iter().cycle();
        bencher.iter(|| next.next().map(|it| pair.tantivy.marked(it)));
    });
}

criterion_group! { name = benches; config = quick(); targets = open_index, beside_tantivy, words_in_turn }
criterion_main!(benches);
