//! Queries on an open index of several sizes, and on one opened for each: what a search costs after
//! the process began.

#[path = "generated.rs"]
mod generated;
mod support;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use jiff::civil::{Date, date};
use morgue::{
    article::SpeakerKind,
    index::{Index, Ranking, Snapshot, SpeakerFilter},
    query::{self, CheckedQuery, Order},
    search::{self, Selection},
};
use support::{attributed, quick};

const TODAY: Date = date(2026, 1, 1);

fn checked(typed: &str) -> CheckedQuery {
    query::check(&query::parse(typed).expect("a query"), TODAY).expect("a query")
}

fn hits(snapshot: &Snapshot, query: &CheckedQuery) -> usize {
    let ten = Selection { limit: 10, ..Selection::default() };
    let found = search::find(snapshot, query, &Ranking::of(query, &[]), &ten).expect("hits");
    let hits = search::hits(snapshot, query, &found, 0, 0).expect("hits");
    assert_eq!(hits.len(), found.total.min(10));
    found.total
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
            let filter = SpeakerFilter { names, ..SpeakerFilter::default() };
            let expected = generated::one_in(generated::SPEAKER_EVERY, n);
            bencher.iter(|| {
                let found = snapshot.find_quotes(&filter, None, Order::Newest, 10, 0).expect("quotes");
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

criterion_group! { name = benches; config = quick(); targets = open_index }
criterion_main!(benches);
