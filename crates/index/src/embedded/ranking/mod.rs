//! Ranks the hits of a query: by what the passage says, and more by what its whole article says.
//!
//! In: a query, and the patterns whose presence speaks for a hit ([`Ranking`]). Out: the best hits,
//! scored from 0 to 1. A paragraph rarely repeats what its article is about, so a hit is worth
//!
//! ```text
//! 0.75 · article / best article + 0.25 · passage / best passage of the ten best articles
//! ```
//!
//! where no share is more than 1, and each part is BM25 over texts of its kind ([`bm25`]), to which
//! words of the query that stand side by side or near each other add ([`pairs`]; the sequential
//! dependence model of Metzler and Croft, SIGIR 2005).
//!
//! First the articles are scored, term after term ([`scorer`]; Buckley and Lewit, SIGIR 1985).
//! Passages are scored only in the articles that can have one of the best hits ([`candidates`]),
//! which is why the best articles give the scale. Pairs are looked for in the best [`PAIRED`] hits,
//! which then are the scale themselves. A hit whose article has exactly the query as its headline
//! comes first ([`TITLED`]). Nothing depends on segments or on deleted documents.
//!
//! | constant | value | what chose it |
//! |---|---:|---|
//! | `ARTICLE_SHARE` | 0.75 | nDCG on TIME and others: `docs/evaluation.md` |
//! | `BRIEF`, `LONG`: k1 and b | 0.9, 0.5; 1.2, 0.6 | the same |
//! | `BRIEF_MAX` | 4 words | the same |
//! | `PAIR_GAP_MAX` | 2 words | the same |
//! | `WORDS`, `ADJACENT`, `NEAR`, `WINDOW` | 0.85, 0.10, 0.05, 8 words | Metzler and Croft |
//! | `LettersCap` | half of the lightest, the weightiest | a letter repeated outweighs no word |
//! | `PAIRED` | 200 hits | the same order whatever the page; more take longer |
//! | `SCALE_ARTICLES` | 10 articles | a page of hits; another value gives other scores |
//! | `SUMMED_TERMS_MAX` | 16 terms | none better known; another value gives other scores to words with more terms |
//! | `TABLED` | 8 occurrences | time: see there |

mod articles;
mod bm25;
mod candidates;
mod occurrences;
mod pairs;
mod scorer;

use std::collections::HashSet;

use morgue_core::analyze;
use morgue_core::article::ArticleId;
use morgue_query::{CheckedQuery, Grouping};

use crate::{Evidence, Found, FoundHit, Pair, Ranking};

use super::{Snapshot, failure::Result};

use candidates::{Candidate, Scale};

pub(super) use articles::{ArticleWith, Articles};

/// The number of best hits whose headlines are compared with the query. Ten are a page, and the
/// metadata of a page is read anyway.
const TITLED: usize = 10;

/// Pairs are looked at for so many of the best hits, whatever the limit: so pages of any size
/// follow each other without a hit lost or given twice.
const PAIRED: usize = 200;

impl Snapshot {
    /// The best hits of the query; with [`Grouping::Article`] the best passage of each article.
    pub(super) fn best_passages(
        &self,
        query: &CheckedQuery,
        ranking: &Ranking,
        grouping: Grouping,
        limit: usize,
        offset: usize,
    ) -> Result<Found> {
        let keep = limit.saturating_add(offset);
        let looked_at = if keep == 0 { 0 } else { keep.max(TITLED) };
        let (mut candidates, total, articles) = self.ranked(query, ranking, grouping, looked_at)?;
        if let Some(title) = &ranking.title {
            self.put_titled_first(&mut candidates, title)?;
        }
        candidates.truncate(keep);
        let hits = candidates.iter().skip(offset).map(|it| self.found_hit(it)).collect::<Result<_, _>>()?;
        Ok(Found { hits, total, articles: Some(articles), folded: 0 })
    }

    /// Puts hits in articles whose headline is just these words before the others, among the best
    /// [`TITLED`]: who types a whole headline wants that article.
    fn put_titled_first(&self, candidates: &mut [Candidate], title: &[String]) -> Result<()> {
        let n = TITLED.min(candidates.len());
        let best = &mut candidates[..n];
        let Some(score) = best.first().map(|it| it.score) else { return Ok(()) };
        let mut keyed = Vec::with_capacity(best.len());
        for candidate in best.iter() {
            let known = self.known_of(&self.found_hit(candidate)?)?;
            let headline = known.1.headline.as_ref().map_or("", |it| it.value.as_str());
            let is_titled = analyze::words(headline).map(|it| it.form).eq(title.iter().cloned());
            let score = if is_titled { score } else { candidate.score };
            keyed.push((!is_titled, Candidate { score, ..*candidate }));
        }
        keyed.sort_by_key(|it| it.0);
        best.iter_mut().zip(keyed).for_each(|(place, (_, it))| *place = it);
        Ok(())
    }

    fn ranked(
        &self,
        query: &CheckedQuery,
        ranking: &Ranking,
        grouping: Grouping,
        keep: usize,
    ) -> Result<(Vec<Candidate>, usize, usize)> {
        let mut scorer = scorer::Scorer::new(self, ranking)?;
        let all = scorer.candidates(query)?;
        let mut best = if ranking.pairs.is_empty() {
            self.in_order(all.best(keep, grouping))?
        } else {
            let mut paired = self.in_order(all.best(keep.max(PAIRED), grouping))?;
            let rest = paired.split_off(PAIRED.min(paired.len()));
            if grouping == Grouping::Article {
                // Pairs may make another passage of the article its best.
                paired = all.hits_in(&paired);
            }
            pairs::add(&scorer, ranking, &mut paired)?;
            Scale::of(&paired).score_all(&mut paired);
            let mut paired = self.in_order(paired)?;
            if grouping == Grouping::Article {
                let mut seen = HashSet::new();
                paired.retain(|it| seen.insert((it.segment, it.start)));
            }
            // The others follow as they were: their scores are shares of other bests, and none
            // rises above those before it.
            let last = paired.last().map_or(1.0, |it| it.score);
            paired.extend(rest.into_iter().map(|it| Candidate { score: it.score.min(last), ..it }));
            paired
        };
        best.truncate(keep);
        Ok((best, all.total(grouping), all.total(Grouping::Article)))
    }

    /// Best first; of equal ones by article and place, so that the order is the same on every
    /// machine.
    fn in_order(&self, candidates: Vec<Candidate>) -> Result<Vec<Candidate>> {
        let mut keyed = Vec::with_capacity(candidates.len());
        for it in candidates {
            keyed.push((self.key(it.address())?, it));
        }
        keyed.sort_unstable_by(|(a_key, a), (b_key, b)| {
            let by_score = b.score.total_cmp(&a.score);
            by_score.then(a_key.cmp(b_key)).then(a.document.cmp(&b.document))
        });
        Ok(keyed.into_iter().map(|it| it.1).collect())
    }

    fn found_hit(&self, candidate: &Candidate) -> Result<FoundHit> {
        let document = candidate.address();
        Ok(FoundHit {
            article: ArticleId::from_key(self.key(document)?),
            place: self.ordinal(document)?,
            score: candidate.score,
            reference: document.into(),
        })
    }
}
