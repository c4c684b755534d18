//! Families of copies in the index: the sketches they are found by, and which article is of which
//! family.
//!
//! A sketch stands in columns of its article's document. For each commit,
//! [`morgue_core::copies::families`] finds the families anew of the sketches of all articles; only
//! what changed is written, a document for each article that has copies.

use std::collections::{BTreeMap, HashSet};

use tantivy::{DocId, columnar::Column};

use morgue_core::copies::Sketch;

use crate::Families;

use super::{
    Snapshot,
    days::DayColumns,
    failure::Result,
    schema::{Fields, IndexDocument, Unit},
};

/// Puts the sketch of an article into its document.
pub(super) fn add_sketch(document: &mut IndexDocument, fields: &Fields, sketch: &Sketch) {
    for print in &sketch.prints {
        document.add_u64(fields.prints, u64::from(*print));
    }
    for figure in &sketch.figures {
        document.add_u64(fields.figures, u64::from(*figure));
    }
    document.add_u64(fields.headline_print, u64::from(sketch.headline));
}

/// The document that says of which family an article is.
pub(super) fn of_copy(fields: &Fields, article: u64, family: u64) -> IndexDocument {
    let mut document = IndexDocument::new();
    document.add_text(fields.unit, Unit::Copy.term());
    document.add_u64(fields.copy, article);
    document.add_u64(fields.family, family);
    document
}

impl Snapshot {
    /// The sketches of all articles but some, those by their keys; in no order.
    pub(super) fn sketches(&self, but: &HashSet<u64>) -> Result<Vec<Sketch>> {
        let mut sketches = Vec::new();
        for segment in self.searcher.segment_readers() {
            let columns = segment.fast_fields();
            let articles = self.live(segment, Unit::Article)?;
            if articles.is_empty() {
                continue;
            }
            let (keys, headlines) = (columns.u64("article_key")?, columns.u64("headline_print")?);
            // A segment whose articles have no words, or no numbers, has no such column.
            let prints = columns.column_opt::<u64>("prints")?;
            let figures = columns.column_opt::<u64>("figures")?;
            let days = DayColumns::of(segment)?;
            for document in articles {
                let Some(article) = keys.first(document).filter(|it| !but.contains(it)) else { continue };
                sketches.push(Sketch {
                    article,
                    prints: hashes(prints.as_ref(), document),
                    figures: hashes(figures.as_ref(), document),
                    headline: hashes(Some(&headlines), document).first().copied().unwrap_or(0),
                    days: days.as_ref().and_then(|it| it.get(document)),
                });
            }
        }
        Ok(sketches)
    }

    pub(super) fn read_families(&self) -> tantivy::Result<Families> {
        let mut members: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let copies = self.live(segment, Unit::Copy)?;
            if copies.is_empty() {
                continue;
            }
            let columns = segment.fast_fields();
            let (articles, families) = (columns.u64("copy")?, columns.u64("family")?);
            for document in copies {
                if let Some((article, family)) = articles.first(document).zip(families.first(document)) {
                    members.entry(family).or_default().push(article);
                }
            }
        }
        members.values_mut().for_each(|it| it.sort_unstable());
        Ok(Families::of(members.into_values().collect()))
    }
}

/// The values of a column that holds hashes of 32 bits.
fn hashes(column: Option<&Column<u64>>, document: DocId) -> Box<[u32]> {
    let values = column.into_iter().flat_map(|it| it.values_for_doc(document));
    values.filter_map(|it| u32::try_from(it).ok()).collect()
}
