//! Finds what an outlet later corrected or withdrew in its article: a field of the format, or the
//! notes above and below the story.

use super::{
    line::Line,
    weigh::{Reading, Weighed, weigh},
};
use crate::read::{
    BlockKind,
    correction_note::{is_label, is_note},
};
use morgue_core::article::{Field, FieldName, Trust};

/// Notes of more bytes in all are cut at a note: no value may be longer.
const BYTES_MAX: usize = 3_900;

/// Whether a line is a note that corrects, by its own words or by the label above it.
pub(super) fn is_correction(lines: &[Line], idx: usize) -> bool {
    let Some(line) = lines.get(idx).filter(|it| !matches!(it.kind, BlockKind::Caption)) else { return false };
    let label = idx.checked_sub(1).and_then(|it| lines.get(it)).is_some_and(|it| is_label(&it.text));
    line.kind == BlockKind::Correction
        || is_note(&line.text)
        || label && !matches!(line.kind, BlockKind::Heading(_))
}

/// The notes of a story as one value.
pub(super) fn of_lines(lines: &[Line]) -> Option<Field> {
    let mut notes = (0..lines.len()).filter(|it| is_correction(lines, *it)).map(|it| &lines[it]);
    let first = notes.next().filter(|it| it.text.len() <= BYTES_MAX)?;
    let mut value = first.text.clone();
    for note in notes {
        if value.len() + note.text.len() < BYTES_MAX {
            value = format!("{value} {}", note.text);
        }
    }
    Some(Field::new(FieldName::Correction, &value, Trust::Text, "correction note", &first.place))
}

/// Weighs the corrections given.
pub(super) fn correction(fields: &[Field]) -> Weighed<String> {
    weigh(FieldName::Correction, fields, |field| {
        let value = field.value.split_whitespace().collect::<Vec<_>>().join(" ");
        value.chars().any(char::is_alphabetic).then(|| Reading::plain(value))
    })
}
