//! What a query costs, counted before it is run, so that none takes seconds: postings read, lists
//! walked.
//!
//! The unit is one document of one posting list. Measured on 21,578 articles in 130,000 passages, a
//! tenth of a million takes some three milliseconds.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
};

use tantivy::{Term, postings::TermInfo, schema::Field};

use morgue_query::WordPattern;

use super::failure::{Failure, Result};

/// The budget of every query.
const COST_MAX: u64 = 50_000_000;

/// Additional budget for each passage of the archive, in postings read.
const COST_PER_PASSAGE_MAX: u64 = 100;

/// What it costs to look at a document's positions, beside reading that it has the word.
pub(super) const POSITIONS: u64 = 20;

/// What a condition on articles or on quotes costs for each passage of the archive: it is asked of
/// each of them, and again for each count by field and over time, and those that fit take part with
/// all their documents.
pub(super) const CONDITION: u64 = 1;

/// What it costs to look a term up and to begin with its postings.
pub(super) const LOOKED_UP: u64 = 30;

/// What it costs to have a term's postings open with their positions, 2 KB of memory each.
pub(super) const OPENED: u64 = 2000;

/// The terms of a word as they were looked up.
#[derive(Clone)]
pub(super) struct Found {
    pub terms: Rc<[Term]>,
    /// How many documents have one of them, those with two counted twice, deleted ones included.
    pub n: u64,
    /// By segment, where the postings of those terms lie that it has; `None` where a pattern gave
    /// the terms of all segments at once.
    pub places: Option<Rc<[Vec<TermInfo>]>>,
}

/// What a query has looked up so far, and what that costs.
#[derive(Clone, Default)]
pub(super) struct QueryCost {
    spent: Rc<Cell<u64>>,
    known: Rc<RefCell<HashMap<(Field, WordPattern), Found>>>,
}

impl QueryCost {
    /// The terms of a word, looked up once.
    pub(super) fn terms(
        &self,
        field: Field,
        word: &WordPattern,
        look_up: impl FnOnce() -> Result<Found>,
    ) -> Result<Found> {
        let key = (field, word.clone());
        if let Some(found) = self.known.borrow().get(&key) {
            return Ok(found.clone());
        }
        let found = look_up()?;
        self.known.borrow_mut().insert(key, found.clone());
        Ok(found)
    }

    /// Counts a cost; fails if it is too much for an archive of `n_passages` passages.
    pub(super) fn spend(&self, cost: u64, n_passages: u64) -> Result<()> {
        let spent = self.spent.get().saturating_add(cost);
        self.spent.set(spent);
        if spent > COST_MAX.saturating_add(COST_PER_PASSAGE_MAX.saturating_mul(n_passages)) {
            return Err(Failure::TooCostly);
        }
        Ok(())
    }
}
