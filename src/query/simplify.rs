//! Makes a checked tree smaller without changing what it means: lists in lists become one, double negations go.

use super::{Clause, QuoteClause};

/// Simplifies a clause; lists of one become the one, repeated clauses go.
pub(super) fn simplify(clause: Clause) -> Clause {
    match clause {
        Clause::And(clauses) => {
            let mut flat = Vec::new();
            for clause in clauses.into_iter().map(simplify) {
                match clause {
                    Clause::And(inner) => inner.into_iter().for_each(|it| add(&mut flat, it)),
                    Clause::Everything => (),
                    other => add(&mut flat, other),
                }
            }
            one_or(flat, Clause::Everything, Clause::And)
        }
        Clause::Or(clauses) => {
            let mut flat = Vec::new();
            for clause in clauses.into_iter().map(simplify) {
                match clause {
                    Clause::Or(inner) => inner.into_iter().for_each(|it| add(&mut flat, it)),
                    other => add(&mut flat, other),
                }
            }
            one_or(flat, Clause::Everything, Clause::Or)
        }
        Clause::Not(inner) => match simplify(*inner) {
            Clause::Not(inner) => *inner,
            other => Clause::Not(Box::new(other)),
        },
        Clause::AtLeast { n, of } if n <= 1 => simplify(Clause::Or(of)),
        Clause::AtLeast { n, of } if n >= of.len() => simplify(Clause::And(of)),
        Clause::AtLeast { n, of } => Clause::AtLeast { n, of: of.into_iter().map(simplify).collect() },
        Clause::Quoted(clause) => Clause::Quoted(simplify_quote(clause)),
        Clause::Everything | Clause::Text(_) | Clause::Filter(_) => clause,
    }
}

fn simplify_quote(clause: QuoteClause) -> QuoteClause {
    match clause {
        QuoteClause::And(clauses) => {
            let mut flat = Vec::new();
            for clause in clauses.into_iter().map(simplify_quote) {
                match clause {
                    QuoteClause::And(inner) => inner.into_iter().for_each(|it| add(&mut flat, it)),
                    other => add(&mut flat, other),
                }
            }
            one_or(flat, QuoteClause::And(Vec::new()), QuoteClause::And)
        }
        QuoteClause::Or(clauses) => {
            let mut flat = Vec::new();
            for clause in clauses.into_iter().map(simplify_quote) {
                match clause {
                    QuoteClause::Or(inner) => inner.into_iter().for_each(|it| add(&mut flat, it)),
                    other => add(&mut flat, other),
                }
            }
            one_or(flat, QuoteClause::Or(Vec::new()), QuoteClause::Or)
        }
        QuoteClause::Not(inner) => match simplify_quote(*inner) {
            QuoteClause::Not(inner) => *inner,
            other => QuoteClause::Not(Box::new(other)),
        },
        QuoteClause::Said(_) | QuoteClause::Speaker(_) | QuoteClause::Role(_) | QuoteClause::Kind(_) => {
            clause
        }
    }
}

fn add<T: PartialEq>(to: &mut Vec<T>, clause: T) {
    if !to.contains(&clause) {
        to.push(clause);
    }
}

/// The list, its only member, or what an empty one means.
fn one_or<T>(mut list: Vec<T>, empty: T, join: fn(Vec<T>) -> T) -> T {
    match list.len() {
        0 => empty,
        1 => list.pop().unwrap_or(empty),
        _ => join(list),
    }
}
