//! A line of a story.

use std::ops::Range;

use crate::read::BlockKind;

/// A line or paragraph that belongs to the story.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) kind: BlockKind,
    /// Trimmed and not blank.
    pub(super) text: String,
    pub(super) bytes: Option<Range<usize>>,
    pub(super) place: String,
    /// Whether it stood twice, as captions of saved pages do: once as the picture's text, once
    /// below it.
    pub(super) repeated: bool,
}
