//! Makes a checked tree smaller without changing what it means: lists in lists become one, double
//! negations go.

use super::{Clause, Days, Filter, QuoteClause};

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
            one_or(with_days_joined(flat), Clause::Everything, Clause::Or)
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

/// Of alternatives, runs of days that overlap or follow each other are one run: each costs a look
/// at all articles.
fn with_days_joined(any: Vec<Clause>) -> Vec<Clause> {
    let days_of =
        |it: &Clause| if let Clause::Filter(Filter::Published(days)) = it { Some(*days) } else { None };
    let mut runs: Vec<Days> = any.iter().filter_map(days_of).collect();
    if runs.len() < 2 {
        return any;
    }
    runs.sort_by_key(|it| it.first);
    let mut joined: Vec<Days> = Vec::new();
    for run in runs {
        match joined.last_mut() {
            Some(before) if follows(*before, run) => {
                before.last = before.last.and_then(|last| run.last.map(|it| it.max(last)));
            }
            _ => joined.push(run),
        }
    }
    let others = any.into_iter().filter(|it| days_of(it).is_none());
    others.chain(joined.into_iter().map(|it| Clause::Filter(Filter::Published(it)))).collect()
}

/// Whether no day lies between the two, of which `run` does not begin first. A run without a first
/// day begins before all others.
fn follows(before: Days, run: Days) -> bool {
    match (before.last, run.first) {
        (None, _) | (_, None) => true,
        (Some(last), Some(first)) => last.tomorrow().map_or(true, |next| first <= next),
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
        QuoteClause::Said(_)
        | QuoteClause::Speaker(_)
        | QuoteClause::Role(_)
        | QuoteClause::Kind(_)
        | QuoteClause::Stance(_) => clause,
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
