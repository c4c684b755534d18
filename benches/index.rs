//! Articles with their quotes to an index on disk: one thread, a commit at the end, merges waited
//! for.

#[path = "generated.rs"]
mod generated;
mod support;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use morgue::index::{Counts, FileRecord, Index};
use support::{Attributed, attributed, quick};

fn write(location: &std::path::Path, articles: &[Attributed]) -> Counts {
    let index = Index::create(location).expect("an index");
    let mut writer = index.writer(1, 64_000_000).expect("a writer");
    for (article, quotes) in articles {
        writer.add(article, quotes).expect("a written article");
        writer.record(&FileRecord::unread(&article.place.path, 0, 0, "")).expect("a record");
    }
    writer.commit().expect("a commit");
    writer.finish().expect("merged segments");
    index.snapshot().and_then(|it| it.counts()).expect("counts")
}

fn generated_articles(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("index/write");
    for n in [10, 100, 1000] {
        let articles = attributed(n);
        let expected = Counts {
            files: n,
            articles: n,
            passages: articles.iter().map(|it| it.0.passages().len()).sum(),
            quotes: articles.iter().map(|it| it.1.len()).sum(),
        };
        group.throughput(Throughput::Elements(expected.passages as u64));
        group.bench_with_input(BenchmarkId::from_parameter(n), &articles, |bencher, articles| {
            let folder = || tempfile::tempdir().expect("a temporary folder");
            let written = |folder: tempfile::TempDir| {
                assert_eq!(write(folder.path(), articles), expected);
                folder
            };
            bencher.iter_batched(folder, written, BatchSize::PerIteration);
        });
    }
}

criterion_group! { name = benches; config = quick(); targets = generated_articles }
criterion_main!(benches);
