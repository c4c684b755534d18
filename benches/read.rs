//! Bytes to articles: plain text and JSON Lines of several sizes, and every file of `corpus/`.

#[path = "generated.rs"]
mod generated;
mod support;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use morgue::{
    article::{Article, ArticlePlace},
    extract::{self, Context},
    read::{self, ReadRules},
};
use support::{SIZES, extracted, quick, sample};

fn text(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read/text");
    for n in SIZES {
        let files: Vec<_> = generated::articles(n).collect();
        let n_passages: usize = files.iter().map(|it| it.n_passages).sum();
        group.throughput(Throughput::Bytes(files.iter().map(|it| it.text.len() as u64).sum()));
        group.bench_with_input(BenchmarkId::from_parameter(n), &files, |bencher, files| {
            bencher.iter(|| {
                let articles = files.iter().flat_map(|it| extracted(&it.name, it.text.as_bytes()));
                let found: usize = articles.map(|it| it.passages().len()).sum();
                assert_eq!(found, n_passages);
            });
        });
    }
}

fn json_lines(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read/jsonl");
    for n in SIZES {
        let file = generated::json_lines(n);
        group.throughput(Throughput::Bytes(file.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(n), &file, |bencher, file| {
            let rules = ReadRules::default();
            let place = |ordinal| ArticlePlace::record("dump.jsonl".to_owned(), ordinal);
            bencher.iter(|| {
                let documents = read::documents(file.as_bytes(), "dump.jsonl", &rules).enumerate();
                let articles = documents.filter_map(|(ordinal, it)| {
                    extract::extract(it.expect("a record"), place(ordinal), &Context::default())
                });
                let articles: Vec<Article> = articles.collect();
                assert_eq!(black_box(articles).len(), n);
            });
        });
    }
}

fn corpus(criterion: &mut Criterion) {
    let files = sample();
    let mut group = criterion.benchmark_group("read/corpus");
    group.throughput(Throughput::Bytes(files.iter().map(|it| it.1.len() as u64).sum()));
    group.bench_function("all formats", |bencher| {
        bencher.iter(|| {
            let articles = files.iter().map(|(name, bytes)| extracted(name, bytes).len());
            assert!(articles.sum::<usize>() >= support::CORPUS_ARTICLES_MIN);
        });
    });
}

criterion_group! { name = benches; config = quick(); targets = text, json_lines, corpus }
criterion_main!(benches);
