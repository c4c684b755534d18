//! A query asked of articles instead of passages: what it asks for may stand in different passages.
//!
//! | in the query | asks of a passage | asks of an article |
//! |---|---|---|
//! | words | they stand in it or in the headline | some passage has them: each word, phrase or pair of `w/5` by itself |
//! | a condition on quotes | it has such a quote | some passage has one |
//! | `NOT` | neither it nor the headline has that | no passage of the article has it |
//! | fields and dates | as they are | the same |
//! | `kind:caption` | it is a caption | such a query is about passages alone |

use super::{CheckedQuery, Clause, Filter, simplify::simplify};

/// The meaning of a query for articles, with what to show of them.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleReading {
    /// What an article must have. True of all its passages or of none.
    pub condition: CheckedQuery,
    /// What is asked of running text and quotes, each by itself, without exclusions. Stop words are
    /// among them only if an article may meet the query by stop words alone. A passage is shown if
    /// it has one of the parts. The list is empty if an article may meet the query by its fields or
    /// by an exclusion alone; then any passage is shown.
    pub parts: Vec<Clause>,
}

impl CheckedQuery {
    /// The query asked of articles; `None` if it asks for a kind of passage, or if the articles that
    /// have its passages are just those that it asks for.
    pub fn of_articles(&self) -> Option<ArticleReading> {
        let differs = self.may_stand_apart() || self.excludes_words();
        if !differs || self.has_filter(|it| matches!(it, Filter::PassageKind(_))) {
            return None;
        }
        let condition = CheckedQuery { root: simplify(of_article(&self.root)) };
        let parts = if has_a_part(&self.root) { parts(&self.root) } else { Vec::new() };
        Some(ArticleReading { condition, parts })
    }

    /// Whether words or quotes are excluded, which a passage may lack and its article have.
    pub fn excludes_words(&self) -> bool {
        excludes(&self.root)
    }

    /// Whether an article may have what the query asks for in different passages, and in none of
    /// them all of it.
    pub fn may_stand_apart(&self) -> bool {
        may_stand_apart(&self.root)
    }
}

impl ArticleReading {
    /// The passages to show of articles that meet a condition: those with a part of what is asked.
    pub fn shown(&self, condition: CheckedQuery) -> CheckedQuery {
        CheckedQuery { root: simplify(Clause::Or(self.parts.clone())) }.and(condition)
    }

    /// The condition, and that no passage of the article is a hit of `query`.
    pub fn apart_from(&self, query: &CheckedQuery) -> CheckedQuery {
        let has_no_hit = Clause::Not(Box::new(some_passage(query.root.clone())));
        self.condition.clone().and(CheckedQuery { root: has_no_hit })
    }
}

fn some_passage(clause: Clause) -> Clause {
    Clause::Filter(Filter::SomePassage(Box::new(clause)))
}

fn of_article(clause: &Clause) -> Clause {
    let each = |all: &[Clause]| all.iter().map(of_article).collect();
    match clause {
        Clause::Text(_) | Clause::Quoted(_) => some_passage(clause.clone()),
        Clause::Everything | Clause::Filter(_) => clause.clone(),
        Clause::And(all) => Clause::And(each(all)),
        Clause::Or(any) => Clause::Or(each(any)),
        Clause::Not(inner) => Clause::Not(Box::new(of_article(inner))),
        Clause::AtLeast { n, of } => Clause::AtLeast { n: *n, of: each(of) },
    }
}

/// Whether whatever meets the clause has one of its [parts]: not where a field alone or an
/// exclusion is enough.
fn has_a_part(clause: &Clause) -> bool {
    match clause {
        Clause::Text(_) | Clause::Quoted(_) => true,
        Clause::And(all) => all.iter().any(has_a_part),
        Clause::Or(any) => any.iter().all(has_a_part),
        Clause::AtLeast { n, of } => of.iter().filter(|it| !has_a_part(it)).count() < *n,
        Clause::Everything | Clause::Filter(_) | Clause::Not(_) => false,
    }
}

/// What is asked of running text and quotes. Of several that must all be there those of stop words
/// alone are left out beside others.
fn parts(clause: &Clause) -> Vec<Clause> {
    let is_stop_word = |it: &Clause| matches!(it, Clause::Text(pattern) if pattern.is_stop_word());
    let mut of: Vec<Vec<Clause>> = match clause {
        Clause::Text(_) | Clause::Quoted(_) => return vec![clause.clone()],
        Clause::And(all) | Clause::Or(all) | Clause::AtLeast { of: all, .. } => {
            all.iter().map(parts).collect()
        }
        Clause::Everything | Clause::Filter(_) | Clause::Not(_) => Vec::new(),
    };
    let says_something = |it: &Vec<Clause>| it.iter().any(|it| !is_stop_word(it));
    if let Clause::And(all) = clause
        && all
            .iter()
            .zip(&of)
            .any(|(clause, parts)| has_a_part(clause) && parts.iter().all(|it| !is_stop_word(it)))
    {
        of.retain(says_something);
    }
    let mut found = Vec::new();
    of.into_iter().flatten().for_each(|it| {
        if !found.contains(&it) {
            found.push(it);
        }
    });
    found
}

fn may_stand_apart(clause: &Clause) -> bool {
    match clause {
        Clause::And(all) | Clause::AtLeast { of: all, .. } => {
            all.iter().filter(|it| !parts(it).is_empty()).count() > 1 || all.iter().any(may_stand_apart)
        }
        Clause::Or(any) => any.iter().any(may_stand_apart),
        Clause::Everything | Clause::Text(_) | Clause::Quoted(_) | Clause::Filter(_) | Clause::Not(_) => {
            false
        }
    }
}

/// Whether something must not stand in the passage, but may in the article.
fn excludes(clause: &Clause) -> bool {
    match clause {
        Clause::And(all) | Clause::Or(all) | Clause::AtLeast { of: all, .. } => all.iter().any(excludes),
        Clause::Not(inner) => !parts(inner).is_empty() || excludes(inner),
        Clause::Everything | Clause::Text(_) | Clause::Quoted(_) | Clause::Filter(_) => false,
    }
}
