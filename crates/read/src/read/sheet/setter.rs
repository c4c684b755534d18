//! Sets text as lines: what the readers of DOCX and RTF have in common.

use std::collections::VecDeque;

use super::{Line, Look};

/// Takes text piece by piece and gives lines.
#[derive(Default)]
pub(super) struct Setter {
    /// Lines that are finished, oldest first.
    pub(super) lines: VecDeque<Line>,
    text: String,
    /// Whether some of the line at hand is not bold.
    plain: bool,
    /// Whether a page ended since the last line.
    new_page: bool,
    count: usize,
}

impl Setter {
    /// Whether something stands on the line at hand.
    pub(super) fn has_text(&self) -> bool {
        !self.text.trim().is_empty()
    }

    /// Appends text to the line at hand. White space becomes one space; marks of no width go.
    pub(super) fn add(&mut self, text: &str, bold: bool) {
        for c in text.chars() {
            if matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}') {
                continue;
            }
            if c.is_whitespace() || c.is_control() {
                if !self.text.is_empty() && !self.text.ends_with(' ') {
                    self.text.push(' ');
                }
            } else {
                self.plain |= !bold;
                self.text.push(c);
            }
        }
    }

    /// Notes that a page ends before the next line.
    pub(super) fn end_page(&mut self) {
        self.new_page = true;
    }

    /// Finishes the line at hand, also a blank one.
    pub(super) fn end_line(&mut self, heading: Option<u8>, cell: Option<usize>) {
        self.count += 1;
        let mut text = std::mem::take(&mut self.text);
        text.truncate(text.trim_end().len());
        let bold = !std::mem::take(&mut self.plain) && !text.is_empty();
        let new_page = std::mem::take(&mut self.new_page);
        let look = Look { heading, bold, cell, new_page, ..Look::default() };
        self.lines.push_back(Line { text, number: self.count, look, ..Line::default() });
    }
}
