//! What the benches share: the sample corpus, articles made of bytes, and short runs.

#![allow(dead_code, reason = "each bench uses a part of it")]

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use criterion::Criterion;
use morgue::{
    article::{Article, ArticlePlace, Quote},
    attribute::attribute,
    extract::{self, Context, template::Template},
    read::{self, ReadRules},
    walk,
};

use super::generated;

/// The memory of the program itself.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many generated articles.
pub(crate) const SIZES: [usize; 3] = [10, 100, 1000];
/// `corpus/` has at least so many articles that can be read.
pub(crate) const CORPUS_ARTICLES_MIN: usize = 55;
/// At least so many quotes of `corpus/` have a speaker.
pub(crate) const CORPUS_SPOKEN_MIN: usize = 200;

/// Few and short samples: all benches together take some minutes.
pub(crate) fn quick() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800))
}

/// The articles of a file. No template but that of the generated files is known here.
pub(crate) fn extracted(name: &str, bytes: &[u8]) -> Vec<Article> {
    let template = Template::new(generated::TEMPLATE, Vec::new()).expect("a template");
    let context = Context { path: template.fields(name).unwrap_or_default(), ..Context::default() };
    let rules = ReadRules::default();
    let documents = read::documents(bytes, name, &rules).flatten().enumerate();
    let place = |ordinal| ArticlePlace::record(name.to_owned(), ordinal);
    documents.filter_map(|(ordinal, it)| extract::extract(it, place(ordinal), &context)).collect()
}

/// An article and its quotes.
pub(crate) type Attributed = (Article, Vec<Quote>);

/// Generated articles with their quotes.
pub(crate) fn attributed(n: usize) -> Vec<Attributed> {
    let articles = generated::articles(n).flat_map(|it| extracted(&it.name, it.text.as_bytes()));
    let with_quotes = |it: Article| {
        let language = it.metadata.language.as_ref().map(|it| it.value);
        let quotes = attribute(it.passages(), language);
        (it, quotes)
    };
    articles.map(with_quotes).collect()
}

/// The files of `corpus/`, or of the folder that `MORGUE_TEXTS` names, by name.
#[expect(clippy::disallowed_methods, reason = "a bench reads the sample")]
pub(crate) fn sample() -> Vec<(String, Vec<u8>)> {
    let other = std::env::var_os("MORGUE_TEXTS").map(PathBuf::from);
    let folder = other.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"));
    let files = walk::files(&folder, &|_| false).map(|it| it.expect("a file"));
    let articles = files.filter(|it| it.name != "README.md" && !it.name.ends_with(".meta.toml"));
    articles.map(|it| (it.name, fs::read(it.path).expect("a readable file"))).collect()
}
