//! Plain text as lines.

use super::{Line, Lines, Look};
use crate::read::text;

/// The lines of a text; `offset` is where it begins in its file, see `Decoded::offset`.
pub(in crate::read) fn lines<'a>(text: String, offset: Option<usize>) -> Lines<'a> {
    let mut at = text::LinesAt::START;
    Box::new(std::iter::from_fn(move || {
        let mut lines = text::Lines::resume(&text, at);
        let line = lines.next()?;
        at = lines.at();
        Some(Ok(Line {
            text: line.text.to_owned(),
            indent: line.indent,
            number: line.number,
            look: Look { new_page: line.new_page, ..Look::default() },
            bytes: offset.map(|offset| line.bytes.start + offset..line.bytes.end + offset),
        }))
    }))
}
