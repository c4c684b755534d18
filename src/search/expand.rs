//! Adds related words to a query: those that the best articles for it have in common.
//!
//! Method: RM3, a relevance model mixed with the query (Lavrenko and Croft, SIGIR 2001;
//! Abdul-Jaleel et al., TREC 2004), with the values common in the literature. Words are chosen and
//! weighed by how much likelier they are in the best articles than in all (the divergence of
//! Kullback and Leibler: Carpineto et al., TOIS 2001): likeliness alone brings in what every
//! article says. It finds what a story is also told with, and articles that lack the words typed;
//! it costs a second search.

use std::collections::HashMap;

use crate::{
    analyze::{self, Stemmer},
    article::{Article, Language},
    index::{Error, Evidence, Ranking, Snapshot},
    query::{CheckedQuery, Grouping, TextPattern, WordPattern},
};

use super::{Added, Articles, PreparedQuery, Selection, find};

/// So many of the best articles are taken for good ones.
const ARTICLES: usize = 10;
/// So many words are added at most.
const WORDS: usize = 20;
/// What the words typed count; the rest is for those added.
const TYPED_SHARE: f32 = 0.5;
/// So many of the likeliest words are looked up in the index to find those that are not as likely
/// everywhere.
const CONSIDERED: usize = 400;

/// A query with words added to it.
pub(super) struct Expanded {
    /// Finds passages with any of the words typed or added; fields and exclusions still hold.
    pub(super) query: CheckedQuery,
    /// What they are ranked by.
    pub(super) ranking: Ranking,
    /// The words that were added, weightiest first.
    pub(super) added: Vec<Added>,
}

/// Adds related words to a query for any of its words; `None` where there are none, as when nothing
/// is found or no words of running text are asked for.
pub(super) fn expand(snapshot: &Snapshot, query: &PreparedQuery) -> Result<Option<Expanded>, Error> {
    let PreparedQuery { checked: query, ranking, .. } = query;
    let best = Selection { limit: ARTICLES, grouping: Grouping::Article, ..Selection::default() };
    let found = find(snapshot, query, ranking, &best)?;
    let total: f32 = found.hits.iter().map(|it| it.score).sum();
    if ranking.evidence.is_empty() || total <= 0.0 {
        return Ok(None);
    }
    let mut model = Model::default();
    let mut articles = Articles::new(snapshot);
    for hit in &found.hits {
        if let Some((article, _)) = articles.of(hit)? {
            model.add(&article, hit.score / total);
        }
    }
    let mut related = model.related(snapshot)?;
    let excluded = query.excluded();
    related.retain(|it| !excluded.iter().any(|pattern| has_stem(pattern, &it.term)));
    let typed_weight: f32 = ranking.evidence.iter().map(|it| it.weight).sum();
    let mut mixed = ranking.clone();
    for it in &mut mixed.evidence {
        it.weight *= TYPED_SHARE / typed_weight;
    }
    let sum: f32 = related.iter().map(|it| it.weight).sum();
    let mut added = Vec::new();
    for Related { pattern, term, word, weight } in &related {
        let weight = (1.0 - TYPED_SHARE) * weight / sum;
        let same = mixed.evidence.iter_mut().find(|it| has_stem(&it.pattern, term));
        if let Some(same) = same {
            same.weight += weight;
        } else {
            mixed.evidence.push(Evidence { pattern: pattern.clone(), weight });
            added.push(Added { word: word.clone(), weight: weight / TYPED_SHARE });
        }
    }
    let words = mixed.evidence[ranking.evidence.len()..].iter().map(|it| it.pattern.clone());
    let query = query.widened(&words.collect::<Vec<_>>());
    Ok(query.filter(|_| !added.is_empty()).map(|query| Expanded { query, ranking: mixed, added }))
}

/// Whether the pattern is a word of that stem term.
fn has_stem(pattern: &TextPattern, term: &str) -> bool {
    let TextPattern::Word(WordPattern::Stem { form, accented }) = pattern else { return false };
    let language = term.split_once(analyze::STEM_MARK).and_then(|(code, _)| Language::from_tag(code));
    analyze::query_terms(analyze::Forms { form, accented }, &[language]).iter().any(|it| it == term)
}

/// The words of the best articles, by stem: how likely each is in what the query is about.
#[derive(Default)]
struct Model {
    stems: HashMap<String, Stem>,
}

#[derive(Default)]
struct Stem {
    /// How likely the word is; later, by how much more so than in all articles.
    weight: f32,
    /// How often each way to write it was seen, by form; with its accents.
    written: HashMap<String, (usize, String)>,
}

/// A word that the best articles have in common.
struct Related {
    pattern: TextPattern,
    /// Its stem term.
    term: String,
    word: String,
    weight: f32,
}

impl Model {
    fn add(&mut self, article: &Article, share: f32) {
        let language = article.metadata.language.as_ref().map(|it| it.value);
        let mut stemmer = Stemmer::for_language(language);
        let mut counts: HashMap<String, (usize, Stem)> = HashMap::new();
        let mut n_words = 0;
        for passage in article.passages() {
            analyze::for_each_word(&passage.text, |word| {
                if !says_something(word.form) {
                    return;
                }
                n_words += 1;
                let term = stemmer.term(word.forms());
                if !counts.contains_key(term) {
                    counts.insert(term.to_owned(), Default::default());
                }
                let Some((n, stem)) = counts.get_mut(term) else { return };
                *n += 1;
                let written = stem.written.entry(word.form.to_owned());
                written.or_insert_with(|| (0, word.accented.to_owned())).0 += 1;
            });
        }
        for (term, (n, counted)) in counts {
            let stem = self.stems.entry(term).or_default();
            stem.weight += share * n as f32 / n_words as f32;
            for (form, (n, accented)) in counted.written {
                stem.written.entry(form).or_insert((0, accented)).0 += n;
            }
        }
    }

    /// The weightiest words, weightiest first; of equal ones the first in the alphabet.
    fn related(self, snapshot: &Snapshot) -> Result<Vec<Related>, Error> {
        let mut stems: Vec<(String, Stem)> = self.stems.into_iter().collect();
        let by_weight = |a: &(String, Stem), b: &(String, Stem)| {
            b.1.weight.total_cmp(&a.1.weight).then_with(|| a.0.cmp(&b.0))
        };
        stems.sort_by(by_weight);
        stems.truncate(CONSIDERED);
        for (term, stem) in &mut stems {
            let everywhere = snapshot.likelihood(term)?;
            stem.weight *= (stem.weight / everywhere).ln().max(0.0);
        }
        stems.sort_by(by_weight);
        let mut related: Vec<Related> = Vec::new();
        for (term, stem) in stems.into_iter().take(WORDS).filter(|it| it.1.weight > 0.0) {
            let mostly =
                stem.written.into_iter().max_by(|a, b| a.1.0.cmp(&b.1.0).then_with(|| b.0.cmp(&a.0)));
            let Some((form, (_, accented))) = mostly else { continue };
            let pattern =
                TextPattern::Word(WordPattern::Stem { form: form.clone(), accented: accented.clone() });
            related.push(Related { pattern, term, word: accented, weight: stem.weight });
        }
        Ok(related)
    }
}

/// Whether a form may say what a text is about: two to twenty letters or digits, no number and no
/// stop word.
fn says_something(form: &str) -> bool {
    let n = form.chars().count();
    (2..=20).contains(&n)
        && form.chars().all(char::is_alphanumeric)
        && form.chars().any(char::is_alphabetic)
        && !analyze::is_stop_word(form)
}
