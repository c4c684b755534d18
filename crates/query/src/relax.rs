//! A query with less in it, or with something else in its place: for a search that finds nothing,
//! and for one that any word will do.
//!
//! Where words of running text give way, conditions on quotes, passages and articles, and
//! exclusions, hold.

use super::{CheckedQuery, Clause, Filter, TextPattern, simplify::simplify};

impl CheckedQuery {
    /// How many words, phrases and alternatives of running text must all match, stop words aside:
    /// what [`CheckedQuery::relaxed`] can ask fewer of. Of several searches with `OR` between them
    /// the most.
    pub fn n_asked(&self) -> usize {
        match &self.root {
            Clause::Or(any) => any.iter().map(|it| asked(it).len()).max().unwrap_or(0),
            root => asked(root).len(),
        }
    }

    /// Whether some of the words that must all match are stop words, and are not counted as asked.
    pub fn has_stop_words(&self) -> bool {
        match &self.root {
            Clause::Or(any) => any.iter().any(has_stop_words),
            root => has_stop_words(root),
        }
    }

    /// The same with any one of its words instead of all, stop words aside; fields and exclusions
    /// still hold.
    pub fn any(&self) -> CheckedQuery {
        self.relaxed(1)
    }

    /// The same, but one of `more` may stand in place of its words; fields and exclusions still
    /// hold. `None` where no words of running text are asked for by themselves.
    pub fn widened(&self, more: &[TextPattern]) -> Option<CheckedQuery> {
        widened(&self.root, more).map(|root| CheckedQuery { root: simplify(root) })
    }

    /// The same with at least `n` of what is [asked](CheckedQuery::n_asked) instead of all words;
    /// fields and exclusions still hold. Where only one word is typed, it stays as it is.
    pub fn relaxed(&self, n: usize) -> CheckedQuery {
        let root = match &self.root {
            Clause::Or(any) => Clause::Or(any.iter().map(|it| relaxed(it, n)).collect()),
            root => relaxed(root, n),
        };
        CheckedQuery { root: simplify(root) }
    }

    /// The same without its conditions on the article and the passage; `None` when it has none, or
    /// nothing else.
    pub fn without_filters(&self) -> Option<CheckedQuery> {
        let Clause::And(clauses) = &self.root else { return None };
        let rest: Vec<Clause> =
            clauses.iter().filter(|it| !matches!(it, Clause::Filter(_))).cloned().collect();
        let root = simplify(Clause::And(rest));
        (root != self.root && root != Clause::Everything).then_some(CheckedQuery { root })
    }

    /// The same with some of its conditions on the article and the passage replaced, those under an
    /// exclusion aside; `None` when there are none of them, or nothing else is left.
    pub fn with_filters(&self, replaced: impl Fn(&Filter) -> Option<Clause>) -> Option<CheckedQuery> {
        let root = simplify(with_filters(&self.root, &replaced));
        (root != self.root && root != Clause::Everything).then_some(CheckedQuery { root })
    }
}

/// What must match of a clause and is made of words of running text, but for stop words: nearly
/// every passage has one.
fn asked(clause: &Clause) -> Vec<&Clause> {
    let Clause::And(all) = clause else { return Vec::from_iter(Some(clause).filter(|it| it.is_of_words())) };
    let mut of: Vec<&Clause> = all.iter().filter(|it| it.is_of_words()).collect();
    if of.iter().any(|it| !it.is_stop_word()) {
        of.retain(|it| !it.is_stop_word());
    }
    of
}

fn has_stop_words(clause: &Clause) -> bool {
    match clause {
        Clause::And(all) => asked(clause).len() < all.iter().filter(|it| it.is_of_words()).count(),
        _ => false,
    }
}

fn relaxed(clause: &Clause, n: usize) -> Clause {
    let of: Vec<Clause> = asked(clause).into_iter().cloned().collect();
    match clause {
        Clause::And(all) if of.len() > 1 || has_stop_words(clause) => {
            let rest = all.iter().filter(|it| !it.is_of_words()).cloned();
            Clause::And(std::iter::once(Clause::AtLeast { n, of }).chain(rest).collect())
        }
        _ => clause.clone(),
    }
}

/// The words of each alternative may give way by themselves, for what else it asks for is its own.
fn widened(clause: &Clause, more: &[TextPattern]) -> Option<Clause> {
    let or_more = |words: Clause| {
        Clause::Or(std::iter::once(words).chain(more.iter().cloned().map(Clause::Text)).collect())
    };
    // Those of the clauses that can be are widened.
    let each = |all: &[Clause]| -> Option<Vec<Clause>> {
        let widened: Vec<Option<Clause>> = all.iter().map(|it| widened(it, more)).collect();
        let any = widened.iter().any(Option::is_some);
        any.then(|| {
            widened.into_iter().zip(all).map(|(it, same)| it.unwrap_or_else(|| same.clone())).collect()
        })
    };
    match clause {
        words if words.is_of_words() => Some(or_more(words.clone())),
        Clause::And(all) => {
            let (words, rest): (Vec<Clause>, Vec<Clause>) =
                all.iter().cloned().partition(Clause::is_of_words);
            if words.is_empty() {
                return each(all).map(Clause::And);
            }
            Some(Clause::And(std::iter::once(or_more(Clause::And(words))).chain(rest).collect()))
        }
        Clause::Or(any) => each(any).map(Clause::Or),
        _ => None,
    }
}

fn with_filters(clause: &Clause, replaced: &dyn Fn(&Filter) -> Option<Clause>) -> Clause {
    let each = |all: &[Clause]| all.iter().map(|it| with_filters(it, replaced)).collect::<Vec<_>>();
    match clause {
        Clause::Filter(filter) => replaced(filter).unwrap_or_else(|| clause.clone()),
        Clause::And(all) => Clause::And(each(all)),
        Clause::Or(any) => {
            // An alternative of which nothing is left is none: what it asked for is not what the
            // others ask for.
            let mut rest = each(any);
            rest.retain(|it| *it != Clause::Everything);
            if rest.is_empty() { Clause::Everything } else { Clause::Or(rest) }
        }
        Clause::AtLeast { n, of } => Clause::AtLeast { n: *n, of: each(of) },
        Clause::Everything | Clause::Text(_) | Clause::Quoted(_) | Clause::Not(_) => clause.clone(),
    }
}

impl Clause {
    /// Whether all it asks for is words of running text.
    fn is_of_words(&self) -> bool {
        match self {
            Clause::Text(_) => true,
            Clause::And(all) | Clause::Or(all) | Clause::AtLeast { of: all, .. } => {
                all.iter().all(Clause::is_of_words)
            }
            Clause::Everything | Clause::Quoted(_) | Clause::Filter(_) | Clause::Not(_) => false,
        }
    }

    fn is_stop_word(&self) -> bool {
        matches!(self, Clause::Text(pattern) if pattern.is_stop_word())
    }
}
