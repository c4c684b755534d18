//! Ranks the hits of a query: by what the passage says, and more by what its whole article says.
//!
//! In: a query, and the patterns whose presence speaks for a hit ([`Ranking`]). Out: the best hits, scored from 0 to 1.
//! A paragraph rarely repeats what its article is about, so a hit is worth
//!
//! ```text
//! 0.75 · article / best article + 0.25 · passage / best passage of the ten best articles
//! ```
//!
//! where no share is more than 1, and each part is BM25 over texts of its kind ([`bm25`]), to which words of the query that stand
//! side by side or near each other add ([`pairs`]; the sequential dependence model of Metzler and Croft, SIGIR 2005).
//!
//! First the articles are scored, term after term ([`scorer`]; Buckley and Lewit, SIGIR 1985). Passages are scored only in the
//! articles that can have one of the best hits ([`candidates`]), which is why the best articles give the scale. Pairs are looked
//! for in the best [`PAIRED`] hits, which then are the scale themselves. Nothing depends on segments or on deleted documents.
//!
//! | constant | value | what chose it |
//! |---|---:|---|
//! | `ARTICLE_SHARE` | 0.75 | nDCG on TIME and others: `docs/evaluation.md` |
//! | `BRIEF`, `LONG`: k1 and b | 0.9, 0.5; 1.2, 0.6 | the same |
//! | `BRIEF_MAX` | 4 words | the same |
//! | `PAIR_GAP_MAX` | 2 words | the same |
//! | `WORDS`, `ADJACENT`, `NEAR`, `WINDOW` | 0.85, 0.10, 0.05, 8 words | Metzler and Croft |
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

use morgue_core::article::ArticleId;
use morgue_query::{CheckedQuery, Clause, QuoteClause, TextPattern, WordPattern};

use super::{Error, Found, FoundHit, Grouping, Snapshot};

use candidates::{Candidate, Scale};

pub(super) use articles::{Articles, n_live_with};

/// What the article counts; the rest is the passage's.
const ARTICLE_SHARE: f32 = 0.75;
/// Words with at most one stop word between them in the query are a pair.
const PAIR_GAP_MAX: u32 = 2;

/// A query with so many pieces of evidence is brief.
const BRIEF_MAX: usize = 4;

/// What speaks for a hit of a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// Patterns of the query, and words that were added to it.
    pub evidence: Vec<Evidence>,
    /// Words of the query that follow each other.
    pub pairs: Vec<Pair>,
    /// Whether the query has few of them: a heading rather than a sentence.
    pub brief: bool,
}

/// A pattern that speaks for a text it stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What to find.
    pub pattern: TextPattern,
    /// How much it counts beside the others.
    pub weight: f32,
}

/// Two of the evidence, as they follow each other in the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Where the first stands in the evidence.
    pub first: usize,
    /// Where the second stands.
    pub second: usize,
    /// How many words further it stands in the query.
    pub gap: u32,
}

impl Ranking {
    /// What a query asks for. `typed` are its words in running text, as [`plain_words`](morgue_query::plain_words) gives them: each counts as
    /// often as it was typed, and those that follow each other are pairs. What else the query wants to find counts once.
    /// Stop words count only where there is nothing else.
    pub fn of(query: &CheckedQuery, typed: &[WordPattern]) -> Ranking {
        let mut patterns = Vec::new();
        collect(&query.root, &mut patterns);
        let typed: Vec<TextPattern> = typed.iter().cloned().map(TextPattern::Word).collect();
        let others =
            patterns.into_iter().filter(|it| !typed.contains(it) && !is_made_of(it, &typed)).cloned();
        let all: Vec<(Option<u32>, TextPattern)> =
            (0..).map(Some).zip(typed.clone()).chain(others.map(|it| (None, it))).collect();
        let nothing_else = all.iter().all(|it| it.1.is_stop_word());
        let mut ranking = Ranking::default();
        let mut last: Option<(u32, usize)> = None;
        for (at, pattern) in all {
            if pattern.is_stop_word() && !nothing_else {
                continue;
            }
            let place = ranking.count(pattern);
            let Some(at) = at else { continue };
            if let Some((last_at, first)) = last
                && first != place
                && at - last_at <= PAIR_GAP_MAX
            {
                ranking.pairs.push(Pair { first, second: place, gap: at - last_at });
            }
            last = Some((at, place));
        }
        ranking.brief = ranking.evidence.len() <= BRIEF_MAX;
        ranking
    }

    /// Counts a pattern once more; where it stands in the evidence.
    fn count(&mut self, pattern: TextPattern) -> usize {
        match self.evidence.iter().position(|it| it.pattern == pattern) {
            Some(known) => {
                self.evidence[known].weight += 1.0;
                known
            }
            None => {
                self.evidence.push(Evidence { pattern, weight: 1.0 });
                self.evidence.len() - 1
            }
        }
    }
}

/// Whether it is what `law-and-order` stands for, whose parts are among the words.
fn is_made_of(pattern: &TextPattern, words: &[TextPattern]) -> bool {
    match pattern {
        TextPattern::Phrase { parts, slop: 0 } => {
            parts.iter().all(|part| words.iter().any(|it| *it == TextPattern::Word(part.clone())))
        }
        _ => false,
    }
}

/// The patterns that a hit may be found by, each once.
fn collect<'q>(clause: &'q Clause, into: &mut Vec<&'q TextPattern>) {
    match clause {
        Clause::Text(pattern) => add(pattern, into),
        Clause::And(all) | Clause::Or(all) | Clause::AtLeast { of: all, .. } => {
            all.iter().for_each(|it| collect(it, into));
        }
        Clause::Quoted(quote) => collect_of_quote(quote, into),
        Clause::Filter(filter) => filter.sought().into_iter().for_each(|it| add(it, into)),
        Clause::Everything | Clause::Not(_) => (),
    }
}

fn collect_of_quote<'q>(clause: &'q QuoteClause, into: &mut Vec<&'q TextPattern>) {
    match clause {
        QuoteClause::Said(pattern) => add(pattern, into),
        QuoteClause::And(all) | QuoteClause::Or(all) => all.iter().for_each(|it| collect_of_quote(it, into)),
        QuoteClause::Speaker(_) | QuoteClause::Role(_) | QuoteClause::Kind(_) | QuoteClause::Not(_) => (),
    }
}

fn add<'q>(pattern: &'q TextPattern, into: &mut Vec<&'q TextPattern>) {
    if !into.contains(&pattern) {
        into.push(pattern);
    }
}

/// Pairs are looked at for so many of the best hits, whatever the limit: so pages of any size follow each other without a hit lost
/// or given twice.
const PAIRED: usize = 200;

impl Snapshot {
    /// The best hits of the query; with [`Grouping::Article`] the best passage of each article.
    pub fn best_passages(
        &self,
        query: &CheckedQuery,
        ranking: &Ranking,
        grouping: Grouping,
        limit: usize,
        offset: usize,
    ) -> Result<Found, Error> {
        let found = self.ranked(query, ranking, grouping, limit.saturating_add(offset));
        let (candidates, total) = found.map_err(|error| self.index.refusal(&error))?;
        let hits = candidates.iter().skip(offset).map(|it| self.found_hit(it)).collect::<Result<_, _>>()?;
        Ok(Found { hits, total, folded: 0 })
    }

    fn ranked(
        &self,
        query: &CheckedQuery,
        ranking: &Ranking,
        grouping: Grouping,
        keep: usize,
    ) -> tantivy::Result<(Vec<Candidate>, usize)> {
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
            // The others follow as they were: their scores are shares of other bests, and none rises above those before it.
            let last = paired.last().map_or(1.0, |it| it.score);
            paired.extend(rest.into_iter().map(|it| Candidate { score: it.score.min(last), ..it }));
            paired
        };
        best.truncate(keep);
        Ok((best, all.total(grouping)))
    }

    /// Best first; of equal ones by article and place, so that the order is the same on every machine.
    fn in_order(&self, candidates: Vec<Candidate>) -> tantivy::Result<Vec<Candidate>> {
        let mut keyed = Vec::with_capacity(candidates.len());
        for it in candidates {
            let key = self.key(it.address());
            keyed.push((key.map_err(|it| tantivy::TantivyError::InternalError(it.to_string()))?, it));
        }
        keyed.sort_unstable_by(|(a_key, a), (b_key, b)| {
            let by_score = b.score.total_cmp(&a.score);
            by_score.then(a_key.cmp(b_key)).then(a.document.cmp(&b.document))
        });
        Ok(keyed.into_iter().map(|it| it.1).collect())
    }

    fn found_hit(&self, candidate: &Candidate) -> Result<FoundHit, Error> {
        let document = candidate.address();
        Ok(FoundHit {
            article: ArticleId::from_key(self.key(document)?),
            place: self.ordinal(document)?,
            score: candidate.score,
            document,
        })
    }
}
