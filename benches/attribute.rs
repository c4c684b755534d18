//! Articles to quotes, and written names to people: generated articles of several numbers, and
//! those of `corpus/`.

#[path = "generated.rs"]
mod generated;
mod support;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use morgue::{
    article::{Appearance, Article, QuoteKind, SpeakerKind, Spoken},
    attribute::{
        attribute,
        people::{Corrections, who_is_who},
    },
};
use support::{SIZES, extracted, quick, sample};
use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer};

/// How many quotes between marks have a speaker.
fn quotes(articles: &[Article]) -> usize {
    let of = |it: &Article| {
        let language = it.metadata.language.as_ref().map(|it| it.value);
        attribute(it.passages(), language)
            .iter()
            .filter(|it| it.kind == QuoteKind::Direct && it.speaker.is_some())
            .count()
    };
    articles.iter().map(of).sum()
}

fn generated_articles(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("attribute/generated");
    for n in SIZES {
        let files: Vec<_> = generated::articles(n).collect();
        let n_quotes: usize = files.iter().map(|it| it.n_quotes).sum();
        let articles: Vec<_> = files.iter().flat_map(|it| extracted(&it.name, it.text.as_bytes())).collect();
        group.throughput(Throughput::Bytes(files.iter().map(|it| it.text.len() as u64).sum()));
        group.bench_with_input(BenchmarkId::from_parameter(n), &articles, |bencher, articles| {
            bencher.iter(|| assert_eq!(quotes(articles), n_quotes));
        });
    }
}

fn corpus(criterion: &mut Criterion) {
    let articles: Vec<_> = sample().iter().flat_map(|(name, bytes)| extracted(name, bytes)).collect();
    let mut group = criterion.benchmark_group("attribute");
    group.throughput(Throughput::Elements(articles.len() as u64));
    group.bench_function("corpus", |bencher| {
        bencher.iter(|| assert!(quotes(&articles) >= support::CORPUS_SPOKEN_MIN));
    });
}

/// The same text cut into words by tantivy and put in small letters: the least that an index does
/// with it.
fn plain_tokens(criterion: &mut Criterion) {
    let articles: Vec<_> = sample().iter().flat_map(|(name, bytes)| extracted(name, bytes)).collect();
    let texts: Vec<&str> = articles.iter().flat_map(|it| it.passages()).map(|it| it.text.as_str()).collect();
    let n_spaces: usize = texts.iter().map(|it| it.split_whitespace().count()).sum();
    let mut analyzer = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).build();
    let mut group = criterion.benchmark_group("attribute");
    group.throughput(Throughput::Elements(articles.len() as u64));
    group.bench_function("plain tokens of the corpus", |bencher| {
        bencher.iter(|| {
            let mut n = 0;
            for text in &texts {
                analyzer.token_stream(text).process(&mut |_| n += 1);
            }
            assert!(n * 10 >= n_spaces * 9, "{n} tokens of {n_spaces}");
        });
    });
}

/// As many names as a large archive has, half of them the surnames of the others.
fn names(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("attribute/people");
    for n in [1_000, 10_000] {
        let mut rows = Vec::new();
        for number in 0..n / 2 {
            let surname = generated::surname(number);
            for (name, second) in [(format!("Maria {surname}"), 0), (surname, 1)] {
                let appearance = Appearance {
                    article: (number * 2 + second) as u64,
                    n_quotes: 1,
                    roles: vec![("mayor".into(), 1)],
                    source: Some("Post".into()),
                    days: None,
                };
                rows.push(Spoken { name, kind: SpeakerKind::Person, appearances: vec![appearance] });
            }
        }
        group.bench_with_input(BenchmarkId::from_parameter(n), &rows, |bencher, rows| {
            let corrections = Corrections::default();
            bencher.iter(|| {
                let n_quotes: usize = who_is_who(rows, &corrections).0.iter().map(|it| it.n_quotes).sum();
                assert_eq!(n_quotes, n);
            });
        });
    }
}

criterion_group! { name = benches; config = quick(); targets = generated_articles, corpus, plain_tokens, names }
criterion_main!(benches);
