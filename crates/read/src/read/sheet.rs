//! Laid-out documents as lines: what plain text, web pages, DOCX and RTF have in common for the
//! readers of exports (`press/`).
//!
//! A line is a line of plain text, a paragraph of DOCX or RTF (a line break in it ends one), or
//! what a browser sets as one line of a page. Blank lines stay: they are part of a layout.

mod docx;
mod page;
mod plain;
mod story;
mod rtf;
mod setter;

use std::ops::Range;

use super::Problem;

pub(super) use docx::lines as lines_of_docx;
pub(super) use page::lines as lines_of_page;
pub(super) use plain::lines as lines_of_text;
pub(super) use rtf::lines as lines_of_rtf;
pub(super) use story::documents as as_one_article;

/// A line of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// Without the white space around it; empty for a blank line.
    pub(super) text: String,
    /// Columns of white space before it in plain text.
    pub(super) indent: usize,
    /// Counted from 1; what a person is told, see [`Line::place`].
    pub(super) number: usize,
    pub(super) look: Look,
    /// The bytes of the text in the file, where it is plain text in UTF-8.
    pub(super) bytes: Option<Range<usize>>,
}

/// How a line is set.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Look {
    /// The rank of a heading: an element of a page, a style of a document.
    pub(super) heading: Option<u8>,
    /// Whether all of it is bold.
    pub(super) bold: bool,
    /// How many bytes at its start are bold, where a page tells.
    pub(super) bold_start: usize,
    /// In a table: the number of its cell in the row, from 0.
    pub(super) cell: Option<usize>,
    /// Whether a page ends before it.
    pub(super) new_page: bool,
    /// On a page: tag, `class` and `id` of the elements around it, innermost first, each with a
    /// space on both sides: ` span enHeadline  div hd  div article `.
    pub(super) marks: String,
    /// On a page: the same of the elements that begin at this line, in their order; of a link also
    /// its address, ` href=https://quai.example `.
    pub(super) begins: String,
}

impl AsRef<Line> for Line {
    fn as_ref(&self) -> &Line {
        self
    }
}

impl Line {
    /// Where it stands, for a person: `line 12`.
    pub(super) fn place(&self) -> String {
        format!("line {}", self.number)
    }

    /// Whether nothing stands on it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether an element around it has this word as its tag, class or id.
    pub(super) fn is_marked(&self, word: &str) -> bool {
        self.look.marks.split_whitespace().any(|it| it == word)
    }

    /// Whether an element with this word as its tag, class or id begins at the line.
    pub(super) fn begins(&self, word: &str) -> bool {
        self.look.begins.split_whitespace().any(|it| it == word)
    }
}

/// What kind of document lines come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Lines may be broken to a width: paragraphs are told by `text.rs`.
    Text,
    /// A line is a paragraph.
    Page,
    Docx,
    Rtf,
}

/// The lines of a document, in its order. A line that cannot be read is a problem in its place.
pub(super) type Lines<'a> = Box<dyn Iterator<Item = Result<Line, Problem>> + 'a>;

/// The first problem among lines.
pub(super) fn first_problem(lines: Lines<'_>) -> Option<Problem> {
    lines.filter_map(Result::err).next()
}
