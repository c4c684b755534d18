//! The words of the archive that are spelled nearly like one that it does not have.

use tantivy::Term;

use morgue_query::{Place, TextPattern, WordPattern};

use crate::{Error, NearForm};

use super::{Snapshot, ranking::n_live_with, schema::Unit};

impl Snapshot {
    /// How many documents have the term, deleted ones aside.
    pub(super) fn n_with(&self, term: &Term) -> tantivy::Result<u64> {
        let segments = self.searcher.segment_readers().iter();
        segments.map(|it| n_live_with(it, term).map(u64::from)).sum()
    }

    /// How many passages have the pattern's word in any form; `None` where it is no plain word.
    pub fn passages_with(&self, pattern: &TextPattern) -> Result<Option<u64>, Error> {
        let TextPattern::Word(word @ WordPattern::Stem { .. }) = pattern else { return Ok(None) };
        let count = || -> tantivy::Result<u64> {
            let terms = self.translation(Unit::Passage)?.terms(self.fields().text, word)?;
            terms.iter().map(|it| self.n_with(it)).sum()
        };
        count().map(Some).map_err(|error| self.index.damage(&error))
    }

    /// The form nearest to `form` that is used there: one edit away, or two when it is longer than five letters; of several the most
    /// frequent.
    pub fn nearest_form(&self, place: Place, form: &str) -> Result<Option<NearForm>, Error> {
        for distance in 1..=if form.chars().count() > 5 { 2 } else { 1 } {
            let near = WordPattern::Fuzzy { form: form.to_owned(), distance };
            // The most used comes first.
            if let Some((form, documents)) = self.expansion(place, &near)?.forms.into_iter().next() {
                return Ok(Some(NearForm { form, documents }));
            }
        }
        Ok(None)
    }
}
