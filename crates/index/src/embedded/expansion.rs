//! What a pattern of a query stands for in this archive: the words it fits, and how often each is
//! used.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use tantivy::{Term, query::FuzzyTermQuery, schema::Field};

use morgue_core::{
    analyze::{self, Forms},
    system::stop,
};
use morgue_query::{ArticlePart, Place, TextField, WordPattern};

use crate::Expansion;

use super::{Snapshot, failure::Result, segment};

impl Snapshot {
    pub(crate) fn expansion(&self, place: Place, word: &WordPattern) -> Result<Expansion> {
        let fields = self.fields();
        let field = match place {
            Place::Text | Place::Part(ArticlePart::Whole | ArticlePart::Lead) => fields.text,
            Place::Said => fields.said,
            Place::Speaker => fields.speaker,
            Place::Role => fields.role,
            Place::Field(field) => self.text_field(field),
        };
        let spelling = word.parts().0;
        Ok(match spelling {
            WordPattern::Stem { form, accented } => {
                self.uses(field, analyze::query_terms(Forms { form, accented }, self.known_languages()?))?
            }
            WordPattern::Exact(form) => self.uses(field, vec![form.clone()])?,
            _ => self.forms(field, spelling).map(Arc::unwrap_or_clone)?,
        })
    }

    pub(crate) fn source_names(&self) -> Result<BTreeSet<String>> {
        Ok(self.values(self.fields().source_name, "", |_| true)?.into_keys().collect())
    }

    /// The words of a field of the article.
    pub(super) fn text_field(&self, field: TextField) -> Field {
        let fields = self.fields();
        match field {
            TextField::Headline => fields.headline,
            TextField::Byline => fields.byline,
            TextField::Place => fields.place,
            TextField::Section => fields.section,
            TextField::Source => fields.source,
        }
    }

    /// The exact forms of a field that a pattern of spelling fits.
    pub(super) fn forms(&self, field: Field, pattern: &WordPattern) -> tantivy::Result<Arc<Expansion>> {
        let fits = |it: &str| !analyze::is_stem_term(it) && pattern.fits_form(it);
        self.expansions.get((field, pattern.clone()), || {
            Ok(Expansion::of(match pattern {
                WordPattern::Fuzzy { form, distance } => self.values_near(field, form, *distance, fits)?,
                _ => self.values(field, pattern.literal_start(), fits)?,
            }))
        })
    }

    /// The terms of a field within the given edit distance of the form that also fit. An automaton
    /// walks the dictionary and skips most of it.
    fn values_near(
        &self,
        field: Field,
        form: &str,
        distance: u8,
        fits: impl Fn(&str) -> bool,
    ) -> tantivy::Result<BTreeMap<String, u64>> {
        let near = FuzzyTermQuery::new(Term::from_field_text(field, form), distance, true);
        let mut found = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut stream = inverted.terms().search(near.automaton()?).into_stream()?;
            while stream.advance() {
                stop::look();
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                if !fits(term) {
                    continue;
                }
                let n = segment::n_live(segment, &inverted, stream.value())?;
                if n > 0 {
                    *found.entry(term.to_owned()).or_default() += u64::from(n);
                }
            }
        }
        Ok(found)
    }

    /// How many documents have the term, deleted ones aside.
    pub(super) fn n_with(&self, term: &Term) -> tantivy::Result<u64> {
        let segments = self.searcher.segment_readers().iter();
        segments.map(|it| segment::n_live_with(it, term).map(u64::from)).sum()
    }

    fn uses(&self, field: Field, terms: Vec<String>) -> tantivy::Result<Expansion> {
        let mut used = BTreeMap::new();
        for term in terms {
            let n = self.n_with(&Term::from_field_text(field, &term))?;
            if n > 0 {
                used.insert(term, n);
            }
        }
        Ok(Expansion::of(used))
    }

    /// The terms of a field that begin with `start` and fit, those of all segments, with the
    /// documents that have them, deleted ones aside.
    pub(super) fn values(
        &self,
        field: Field,
        start: &str,
        fits: impl Fn(&str) -> bool,
    ) -> tantivy::Result<BTreeMap<String, u64>> {
        let mut found = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            for (term, info) in segment::terms(&inverted, start, usize::MAX, &fits)? {
                let n = segment::n_live(segment, &inverted, &info)?;
                if n > 0 {
                    *found.entry(term).or_default() += u64::from(n);
                }
            }
        }
        Ok(found)
    }
}
