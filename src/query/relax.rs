//! A query with less in it, or with something else in its place: for a search that finds nothing, and for one that any word will
//! do.
//!
//! Where words of running text give way, conditions on quotes, passages and articles, and exclusions, hold.

use super::{CheckedQuery, Clause, Filter, TextPattern, simplify::simplify};

impl CheckedQuery {
    /// How many words, phrases and alternatives of running text must all match, stop words aside: what [`CheckedQuery::relaxed`]
    /// can ask fewer of. Of several searches with `OR` between them the most.
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

    /// The same with any one of its words instead of all, stop words aside; fields and exclusions still hold.
    pub fn any(&self) -> CheckedQuery {
        self.relaxed(1)
    }

    /// The same, but one of `more` may stand in place of its words; fields and exclusions still hold.
    pub fn widened(&self, more: Vec<TextPattern>) -> CheckedQuery {
        let clauses = match &self.root {
            Clause::And(clauses) => clauses.clone(),
            other => vec![other.clone()],
        };
        let has_words_of_text = clauses.iter().any(Clause::is_of_words);
        let may_be_replaced = |it: &Clause| if has_words_of_text { it.is_of_words() } else { it.has_words() };
        let (words, mut rest): (Vec<Clause>, Vec<Clause>) = clauses.into_iter().partition(may_be_replaced);
        let typed = std::iter::once(Clause::And(words));
        rest.insert(0, Clause::Or(typed.chain(more.into_iter().map(Clause::Text)).collect()));
        CheckedQuery { root: simplify(Clause::And(rest)) }
    }

    /// The same with at least `n` of what is [asked](CheckedQuery::n_asked) instead of all words; fields and exclusions still hold.
    /// Where only one word is typed, it stays as it is.
    pub fn relaxed(&self, n: usize) -> CheckedQuery {
        let root = match &self.root {
            Clause::Or(any) => Clause::Or(any.iter().map(|it| relaxed(it, n)).collect()),
            root => relaxed(root, n),
        };
        CheckedQuery { root: simplify(root) }
    }

    /// The same without its conditions on the article and the passage; `None` when it has none, or nothing else.
    pub fn without_filters(&self) -> Option<CheckedQuery> {
        let Clause::And(clauses) = &self.root else { return None };
        let rest: Vec<Clause> =
            clauses.iter().filter(|it| !matches!(it, Clause::Filter(_))).cloned().collect();
        let root = simplify(Clause::And(rest));
        (root != self.root && root != Clause::Everything).then_some(CheckedQuery { root })
    }

    /// The same with some of its conditions on the article and the passage replaced, those under an exclusion aside; `None` when
    /// there are none of them, or nothing else is left.
    pub fn with_filters(&self, replaced: impl Fn(&Filter) -> Option<Clause>) -> Option<CheckedQuery> {
        let root = simplify(with_filters(&self.root, &replaced));
        (root != self.root && root != Clause::Everything).then_some(CheckedQuery { root })
    }
}

/// What must match of a clause and is made of words of running text, but for stop words: nearly every passage has one.
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

fn with_filters(clause: &Clause, replaced: &dyn Fn(&Filter) -> Option<Clause>) -> Clause {
    let each = |all: &[Clause]| all.iter().map(|it| with_filters(it, replaced)).collect();
    match clause {
        Clause::Filter(filter) => replaced(filter).unwrap_or_else(|| clause.clone()),
        Clause::And(all) => Clause::And(each(all)),
        Clause::Or(any) => Clause::Or(each(any)),
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
