//! Collects what a record says of one story: values in order of preference, notes and blocks.

use std::collections::HashSet;

use super::{prose, sign_off};
use crate::read::{Block, Problem, RawDocument};
use morgue_core::article::{Field, FieldName, Trust};

/// A story that is being read.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    /// The name of the format in the rules of the fields: `nitf`.
    format: &'static str,
    /// The record, for a person; empty for the only one of a file.
    place: String,
    /// What the agency calls it.
    pub(super) name: Option<String>,
    fields: Vec<Field>,
    pub(super) notes: Vec<String>,
    pub(super) blocks: Vec<Block>,
}

impl Story {
    pub(super) fn new(format: &'static str, place: &str) -> Story {
        Story { format, place: place.to_owned(), ..Story::default() }
    }

    /// Another story of the same record, or a part of this one.
    pub(super) fn another(&self) -> Story {
        Story::new(self.format, &self.place)
    }

    /// Adds a value of `element`, a path in the record. A blank value and one that is known are
    /// passed over; markup in it goes.
    pub(super) fn add(&mut self, name: FieldName, value: &str, element: &str) {
        if self.fields.len() >= FIELDS_MAX {
            return;
        }
        let value = prose::line(value);
        let known = self.fields.iter().any(|it| it.name == name && it.value == value);
        if value.is_empty() || known {
            return;
        }
        let place = match self.place.as_str() {
            "" => element.to_owned(),
            place => format!("{place}, {element}"),
        };
        // The end of the path says enough: `nitf docdata/date.issue@norm`.
        let end = element.rmatch_indices('/').nth(1).map_or(element, |(at, _)| &element[at + 1..]);
        let rule = format!("{} {end}", self.format);
        self.fields.push(Field::new(name, &value, Trust::Structured, &rule, &place));
    }

    /// Whether a value for the field is known.
    pub(super) fn has(&self, name: FieldName) -> bool {
        self.fields.iter().any(|it| it.name == name)
    }

    /// Adds the fields, notes and blocks of a part behind the own ones.
    pub(super) fn append(&mut self, part: Story) {
        self.name = self.name.take().or(part.name);
        for field in part.fields {
            let known = self.fields.iter().any(|it| it.name == field.name && it.value == field.value);
            if !known && self.fields.len() < FIELDS_MAX {
                self.fields.push(field);
            }
        }
        self.notes.extend(part.notes);
        self.blocks.extend(part.blocks);
    }

    /// The letters and digits of the text, in lower case.
    pub(super) fn letters(&self) -> String {
        self.blocks.iter().flat_map(|it| letters(&it.text)).collect()
    }

    /// The story as a document; one without a text is a problem that says what it is, as `is a
    /// picture`.
    pub(super) fn finish(mut self, otherwise: &str) -> Result<RawDocument, Problem> {
        sign_off::drop_sign_offs(&mut self.blocks);
        if self.blocks.is_empty() {
            return Err(Problem { place: self.place, reason: otherwise.to_owned() });
        }
        for (at, block) in self.blocks.iter_mut().enumerate() {
            block.place = format!("paragraph {}", at + 1);
        }
        let mut known = HashSet::new();
        self.notes.retain(|it| known.insert(it.clone()));
        Ok(RawDocument {
            name: self.name,
            among_records: !self.place.is_empty(),
            blocks: self.blocks,
            fields: self.fields,
            notes: self.notes,
            ..RawDocument::default()
        })
    }
}

/// Further values of a story are dropped; each new one is compared with those before it.
const FIELDS_MAX: usize = 100;

/// The reason of a text item whose text is missing.
pub(super) const NO_TEXT: &str = "has no text";

/// What two texts that are set differently have in common.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Of several renditions of one text the first that is nearly as long as the longest; a shorter one
/// is a summary or was cut.
pub(super) fn fullest(renditions: Vec<Story>) -> Option<Story> {
    let lengths: Vec<usize> = renditions.iter().map(|it| it.letters().len()).collect();
    let longest = lengths.iter().max().copied().unwrap_or_default();
    // Renditions differ by a byline or a line of agency codes; 90 % leaves room for these.
    let at = lengths.iter().position(|it| it * 10 >= longest * 9)?;
    renditions.into_iter().nth(at)
}

/// The note on a status that is not the ordinary one: `usable`.
pub(super) fn status_note(status: &str) -> Option<String> {
    let status = status.rsplit(':').next().unwrap_or(status).trim().to_lowercase();
    let ordinary = ["", "usable", "publishable", "published", "release", "released"];
    (!ordinary.contains(&status.as_str())).then(|| format!("its agency marks it as {status}"))
}

/// The note on an embargo; without an instant it holds until another version.
pub(super) fn embargo_note(until: &str) -> String {
    match until.trim() {
        "" => "its agency has put it under embargo until another version".to_owned(),
        until => format!("its agency had put it under embargo until {until}"),
    }
}
