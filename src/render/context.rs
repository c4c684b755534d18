//! The passages around a hit, as JSON.

use serde::Serialize;

use crate::{article::Passage, search::Hit};

/// The passages before and after a hit.
#[derive(Serialize)]
pub(super) struct ContextRows<'a> {
    before: Vec<BesideRow<'a>>,
    after: Vec<BesideRow<'a>>,
}

/// A passage beside a hit.
#[derive(Serialize)]
struct BesideRow<'a> {
    passage: usize,
    kind: &'static str,
    text: &'a str,
}

impl<'a> ContextRows<'a> {
    pub(super) fn new(hit: &'a Hit, n: usize) -> ContextRows<'a> {
        let (before, after) = hit.around(n);
        let row =
            |(passage, it): (usize, &'a Passage)| BesideRow { passage, kind: it.kind.name(), text: &it.text };
        ContextRows {
            before: before.into_iter().map(row).collect(),
            after: after.into_iter().map(row).collect(),
        }
    }
}
