//! The cases of every format, changed at random: each reader survives them, and what it gives can
//! be made into articles.

use std::fs;

use morgue::{
    article::ArticlePlace,
    extract::{self, Context},
    read::{self, ReadRules},
};

use super::{cases, folders};
use crate::support::random::{Random, mutate};

/// Changed files for each case. Each target of `fuzz/` tries millions.
const CHANGED: usize = 40;

#[test]
fn changed_cases_are_survived() {
    let mut random = Random::new(31);
    let files: Vec<_> = folders().iter().flat_map(|it| cases(it)).collect();
    let contents: Vec<Vec<u8>> = files.iter().map(|it| fs::read(it).expect("a case")).collect();
    let rules = ReadRules { record_bytes_max: 1 << 16, ..ReadRules::default() };
    let mut n_articles = 0;
    for (file, content) in files.iter().zip(&contents) {
        let name = file.file_name().expect("a file").to_string_lossy().into_owned();
        for round in 0..CHANGED {
            let changed = mutate(content, random.pick(&contents).as_slice(), &mut random);
            let read = std::panic::catch_unwind(|| articles_of(&changed, &name, &rules));
            let Ok(articles) = read else { panic!("{name}, round {round}: {}", changed.escape_ascii()) };
            n_articles += articles;
        }
    }
    assert!(n_articles > files.len(), "{n_articles} articles of {} files", files.len());
}

/// How many articles a file gives.
fn articles_of(content: &[u8], name: &str, rules: &ReadRules) -> usize {
    let documents = read::documents(content, name, rules).enumerate();
    let articles = documents.filter_map(|(ordinal, it)| {
        let document = it.ok()?;
        assert!(document.blocks.iter().all(|it| !it.text.trim().is_empty()), "a blank block");
        extract::extract(document, ArticlePlace::record(name, ordinal), &Context::default())
    });
    articles.count()
}
