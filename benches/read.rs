//! Bytes to articles: plain text and JSON Lines of several sizes, the same articles as web pages
//! and as exports, and every file of `corpus/`.

#[path = "exports.rs"]
mod exports;
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

/// The same articles as pages and in other formats. A DOCX export may take three times as long as
/// the pages, XML twice as long.
fn written_by_others(criterion: &mut Criterion) {
    const N: usize = 500;
    let mut group = criterion.benchmark_group("read/500 articles");
    group.throughput(Throughput::Elements(N as u64));
    let bytes = |files: Vec<String>| files.into_iter().map(String::into_bytes).collect();
    let kinds: [(&str, &str, Vec<Vec<u8>>); 4] = [
        ("pages", "a.html", bytes(exports::pages(N))),
        ("docx", "a.docx", vec![exports::docx(N)]),
        ("nitf", "a.xml", bytes(exports::nitf(N))),
        ("feed", "a.rss", vec![exports::feed(N).into_bytes()]),
    ];
    let n_passages: usize = generated::articles(N).map(|it| it.n_passages).sum();
    for (kind, name, files) in kinds {
        group.bench_function(kind, |bencher| {
            bencher.iter(|| {
                let articles: Vec<Article> = files.iter().flat_map(|it| extracted(name, it)).collect();
                assert_eq!(articles.len(), N, "{kind}");
                assert_eq!(
                    articles.iter().map(|it| it.passages().len()).sum::<usize>(),
                    n_passages,
                    "{kind}"
                );
                assert!(articles.iter().all(|it| it.metadata.date.is_some()), "{kind}");
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

criterion_group! { name = benches; config = quick(); targets = text, json_lines, written_by_others, corpus }
criterion_main!(benches);
