//! What an export holds: passages, quotes, articles.

use serde::{Deserialize, Serialize};

use crate::{
    article::{CodePoints, Described, Span},
    search::{Hit, QuotesResults, Results, SpokenQuote},
};

use super::Dossier;

/// A passage, a quote or an article that an export holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "web", derive(schemars::JsonSchema))]
pub struct HitRow {
    /// The article's id.
    pub article: String,
    /// Its file.
    pub path: String,
    /// Its headline.
    pub headline: String,
    /// The ordinal of the passage; absent for an article as a whole.
    pub passage: Option<usize>,
    /// What matched, or the quote's words, in code points of the passage.
    pub spans: Vec<[usize; 2]>,
    /// A digest of the passage's text, or of the article's when there is no passage; absent when
    /// the archive has neither.
    pub words: Option<String>,
}

impl HitRow {
    fn new(article: &impl Described, passage: Option<usize>, spans: &[Span]) -> HitRow {
        let text = passage.and_then(|it| article.passage(it)).map(|it| it.text.as_str());
        let code_points = CodePoints::of(text.unwrap_or_default());
        let words = text.map_or_else(|| article.id().words(), digest);
        HitRow {
            article: article.id().to_string(),
            path: article.place().path.clone(),
            headline: article.metadata().headline.as_ref().map(|it| it.value.clone()).unwrap_or_default(),
            passage,
            spans: spans.iter().map(|it| code_points.span(*it)).collect(),
            words: Some(words),
        }
    }

    /// Its values for a table: article, passage, spans, words, file.
    pub fn cells(&self) -> [String; 5] {
        let spans: Vec<String> = self.spans.iter().map(|[start, end]| format!("{start}–{end}")).collect();
        [
            self.article.clone(),
            self.passage.map(|it| it.to_string()).unwrap_or_default(),
            spans.join(", "),
            self.words.clone().unwrap_or_default(),
            self.path.clone(),
        ]
    }

    /// The first part of the id: the article's words.
    pub(super) fn content(&self) -> &str {
        self.article.split('-').next().unwrap_or_default()
    }
}

fn digest(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
}

/// What an export of results holds.
pub fn hits_of_search(results: &Results) -> Vec<HitRow> {
    results.hits.iter().map(hit_of_search).collect()
}

/// The row of one result.
pub fn hit_of_search(hit: &Hit) -> HitRow {
    HitRow::new(&hit.article, Some(hit.passage), &hit.highlights)
}

/// What a quote sheet holds.
pub fn hits_of_quotes(results: &QuotesResults) -> Vec<HitRow> {
    let row = |it: &SpokenQuote| HitRow::new(&it.article, Some(it.quote.passage), &it.quote.content);
    results.quotes.iter().map(row).collect()
}

/// What a list's export holds: each article, then its passages.
pub fn hits_of_dossier(dossier: &Dossier) -> Vec<HitRow> {
    let mut hits = Vec::new();
    for item in &dossier.items {
        match item.whereabouts.article() {
            Some((article, _)) => {
                hits.push(HitRow::new(article, None, &[]));
                let there = item.passages().into_iter().filter(|it| *it < article.passages().len());
                hits.extend(there.map(|it| HitRow::new(article, Some(it), &[])));
            }
            None => hits.push(HitRow {
                article: item.id.map(|it| it.to_string()).unwrap_or_default(),
                path: item.path.clone().unwrap_or_default(),
                headline: item.title.clone(),
                passage: None,
                spans: Vec::new(),
                words: None,
            }),
        }
    }
    hits
}
