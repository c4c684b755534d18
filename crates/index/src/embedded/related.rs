//! Articles about the same: those that have most of what an article's words are weighed at.
//!
//! Method: the terms of highest tf·idf (Salton and Buckley 1988) of the article are looked up in
//! the passages; an article scores the share of their weight that it has anywhere. tantivy's own
//! `MoreLikeThisQuery` is not used: in 0.27 it panics when documents were deleted.

use std::collections::{BTreeMap, HashMap, HashSet};

use tantivy::Term;

use morgue_core::analyze::{Stemmer, for_each_word};
use morgue_core::article::{Article, ArticleId};

use crate::Related;

use super::{Snapshot, failure::Result, segment};

/// So many terms of an article are looked up.
const TERMS_MAX: usize = 25;
/// A term in more than this share of the passages says little of what an article is about …
const COMMON_SHARE_MIN: f64 = 0.05;
/// … unless that is fewer passages than this.
const COMMON_MIN: f64 = 5.0;
/// An article that has less of their weight is not related.
const SCORE_MIN: f64 = 0.15;

/// A term of an article.
struct Weighed {
    term: String,
    /// How the article writes it first.
    word: String,
    weight: f64,
}

impl Snapshot {
    pub(crate) fn related(&self, article: &Article) -> Result<Vec<Related>> {
        let mut terms = self.weighed(article)?;
        terms.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.term.cmp(&b.term)));
        terms.truncate(TERMS_MAX);
        let sum: f64 = terms.iter().map(|it| it.weight).sum();
        let mut found: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (n, term) in terms.iter().enumerate() {
            for article in self.articles_with(&term.term)? {
                found.entry(article).or_default().push(n);
            }
        }
        found.remove(&article.id.key());
        let related = |(article, shared): (u64, Vec<usize>)| Related {
            article: ArticleId::from_key(article),
            score: shared.iter().map(|it| terms[*it].weight).sum::<f64>() / sum.max(f64::MIN_POSITIVE),
            words: shared.into_iter().map(|it| terms[it].word.clone()).collect(),
        };
        let mut all: Vec<Related> = found.into_iter().map(related).collect();
        all.retain(|it| it.score >= SCORE_MIN && it.words.len() > 1);
        all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.article.cmp(&b.article)));
        Ok(all)
    }

    pub(crate) fn weighed_terms(&self, article: &Article) -> Result<Vec<(String, f64)>> {
        Ok(self.weighed(article)?.into_iter().map(|it| (it.term, it.weight)).collect())
    }

    /// The same with the words, but for what is everywhere.
    fn weighed(&self, article: &Article) -> Result<Vec<Weighed>> {
        let language = article.metadata.language.as_ref().map(|it| it.value);
        let mut stemmer = Stemmer::for_language(language);
        let mut counted: HashMap<String, (usize, String)> = HashMap::new();
        for passage in article.passages() {
            for_each_word(&passage.text, |word| {
                if !word.form.bytes().any(|it| it.is_ascii_digit()) {
                    let written = || word.span.of(&passage.text).to_owned();
                    counted
                        .entry(stemmer.term(word.forms()).to_owned())
                        .or_insert_with(|| (0, written()))
                        .0 += 1;
                }
            });
        }
        let n_passages = self.counts()?.passages as f64;
        let mut terms = Vec::new();
        for (term, (n, word)) in counted {
            let frequency = self.n_with(&Term::from_field_text(self.fields().text, &term))?;
            if frequency as f64 > (COMMON_SHARE_MIN * n_passages).max(COMMON_MIN) {
                continue;
            }
            let rarity = (n_passages / frequency.max(1) as f64).ln();
            if rarity > 0.0 {
                terms.push(Weighed { term, word, weight: (1.0 + (n as f64).ln()) * rarity });
            }
        }
        Ok(terms)
    }

    /// The keys of the articles with the term in one of their passages.
    fn articles_with(&self, term: &str) -> Result<HashSet<u64>> {
        let term = Term::from_field_text(self.fields().text, term);
        let mut articles = HashSet::new();
        for segment in self.searcher.segment_readers() {
            let documents = segment::live_with(segment, &term)?;
            if !documents.is_empty() {
                let keys = segment.fast_fields().u64("article_key")?;
                articles.extend(documents.into_iter().filter_map(|it| keys.first(it)));
            }
        }
        Ok(articles)
    }
}
