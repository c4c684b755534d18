//! Adds to the scores of hits where words that follow each other in the query stand together.
//!
//! The sequential dependence model (Metzler and Croft, SIGIR 2005) counts three features with
//! weights
//! 0.85, 0.10 and 0.05: the words; two neighbors side by side in their order; two neighbors within
//! eight words in any order. The idf of a pair is the mean of its words'.

use tantivy::{DocId, Term};

use morgue_query::TextPattern;

use super::{
    Candidate, Pair, Ranking, Result,
    articles::{ArticleOf, length},
    occurrences::Places,
    scorer::{EvidenceWeight, Scorer},
};

const WORDS: f32 = 0.85;
/// The weight of words side by side, with that of the words themselves as 1.
const ADJACENT: f32 = 0.10 / WORDS;
/// The weight of words near each other.
const NEAR: f32 = 0.05 / WORDS;
/// The two words of a near pair lie within so many words.
const WINDOW: u32 = 8;

/// How often a pair stands in a text.
#[derive(Clone, Copy, Default)]
struct Together {
    adjacent: u32,
    near: u32,
}

/// Adds the scores of the pairs in each candidate's passage and article to its scores.
pub(super) fn add(scorer: &Scorer<'_>, ranking: &Ranking, candidates: &mut [Candidate]) -> Result<()> {
    candidates.sort_unstable_by_key(|it| (it.segment, it.document));
    let mut terms = Vec::new();
    for evidence in &ranking.evidence {
        terms.push(match &evidence.pattern {
            TextPattern::Word(word) => scorer.translation.terms(scorer.snapshot.fields().text, word)?,
            _ => Vec::new(),
        });
    }
    for of_segment in candidates.chunk_by_mut(|a, b| a.segment == b.segment) {
        add_in_segment(scorer, ranking, &terms, of_segment)?;
    }
    Ok(())
}

fn add_in_segment(
    scorer: &Scorer<'_>,
    ranking: &Ranking,
    terms: &[Vec<Term>],
    candidates: &mut [Candidate],
) -> tantivy::Result<()> {
    let Some(idx) = candidates.first().map(|it| it.segment) else { return Ok(()) };
    let fields = scorer.snapshot.fields();
    let segment = scorer.snapshot.searcher.segment_reader(idx);
    let lengths = segment.fieldnorms_readers();
    let (of_articles, of_passages) = (lengths.get_field(fields.whole)?, lengths.get_field(fields.text)?);
    let places = |terms: &Vec<Term>| Places::of_terms(segment, fields.text, terms);
    let mut places = terms.iter().map(places).collect::<tantivy::Result<Vec<_>>>()?;
    let mut article = ArticleOf::new(scorer.starts(idx));
    let mut found: Vec<Vec<(DocId, Vec<u32>)>> = vec![Vec::new(); terms.len()];
    for hits in candidates.chunk_by_mut(|a, b| a.start == b.start) {
        let Some(start) = hits.first().map(|it| it.start) else { continue };
        article.start(start);
        for (places, found) in places.iter_mut().zip(&mut found) {
            found.clear();
            places.within(start, article.end(), found);
        }
        let length_of_article = length(of_articles.as_ref(), start);
        let mut of_article = 0.0;
        let mut of_passage = vec![0.0; hits.len()];
        for pair in &ranking.pairs {
            let by_passage = together(&found[pair.first], &found[pair.second], pair);
            let sum = by_passage.iter().fold(Together::default(), |sum, (_, it)| Together {
                adjacent: sum.adjacent + it.adjacent,
                near: sum.near + it.near,
            });
            let value = |of: fn(&EvidenceWeight) -> f32| {
                (of(&scorer.weights[pair.first]) + of(&scorer.weights[pair.second])) / 2.0
            };
            of_article += value(|it| it.article)
                * score(sum, |n| scorer.article_bm25.tf_saturation(n, length_of_article));
            for (hit, of_passage) in hits.iter().zip(&mut of_passage) {
                let here = by_passage.iter().find(|it| it.0 == hit.document).map(|it| it.1);
                let length = length(of_passages.as_ref(), hit.document);
                *of_passage += value(|it| it.passage)
                    * score(here.unwrap_or_default(), |n| scorer.passage_bm25.tf_saturation(n, length));
            }
        }
        for (hit, of_passage) in hits.iter_mut().zip(of_passage) {
            hit.article += of_article;
            hit.passage += of_passage;
        }
    }
    Ok(())
}

fn score(together: Together, tf_saturation: impl Fn(u32) -> f32) -> f32 {
    ADJACENT * tf_saturation(together.adjacent) + NEAR * tf_saturation(together.near)
}

/// How often the pair stands in each document that has both words.
fn together(
    first: &[(DocId, Vec<u32>)],
    second: &[(DocId, Vec<u32>)],
    pair: &Pair,
) -> Vec<(DocId, Together)> {
    let mut found = Vec::new();
    let mut seconds = second.iter().peekable();
    for (document, firsts) in first {
        while seconds.next_if(|it| it.0 < *document).is_some() {}
        let Some((_, seconds)) = seconds.next_if(|it| it.0 == *document) else { continue };
        let side_by_side = |it: &&u32| seconds.binary_search(&(**it + pair.gap)).is_ok();
        let within = |it: &&u32| {
            let at = seconds.partition_point(|second| second + WINDOW <= **it);
            seconds.get(at).is_some_and(|second| *second < **it + WINDOW)
        };
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let together = Together {
            adjacent: count(firsts.iter().filter(side_by_side).count()),
            near: count(firsts.iter().filter(within).count()),
        };
        found.push((*document, together));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_side_by_side_and_near() {
        let pair = Pair { first: 0, second: 1, gap: 1 };
        for (first, second, adjacent, near) in [
            (&[0, 10][..], &[1, 30][..], 1, 1),
            (&[5], &[4], 0, 1),
            (&[0], &[7], 0, 1),
            (&[0], &[8], 0, 0),
            (&[8], &[0], 0, 0),
            (&[7], &[0], 0, 1),
            (&[3, 4, 5], &[4], 1, 3),
        ] {
            let found = together(&[(7, first.to_vec())], &[(6, vec![1]), (7, second.to_vec())], &pair);
            let [(7, together)] = found[..] else { panic!("{} documents", found.len()) };
            assert_eq!((together.adjacent, together.near), (adjacent, near), "{first:?} {second:?}");
        }
    }

    #[test]
    fn words_with_a_stop_word_between_them_keep_their_distance() {
        let pair = Pair { first: 0, second: 1, gap: 2 };
        let found = together(&[(7, vec![0, 10])], &[(7, vec![2, 11])], &pair);
        assert_eq!(found[0].1.adjacent, 1);
    }
}
