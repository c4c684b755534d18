//! What a reader gives: documents of blocks and fields.

use std::ops::Range;

use morgue_core::article::Field;

use super::Problem;

/// One article as its format gives it, before anything is weighed or thrown away.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawDocument {
    /// What the file calls it, where a file holds several: a `DOCNO`, an `id`.
    pub name: Option<String>,
    /// Whether it is one of the records of its file, of which the file's name says nothing.
    pub among_records: bool,
    /// The text, in reading order.
    pub blocks: Vec<Block>,
    /// Lines of a page beside its headline that are no part of the text: who wrote it, and when.
    pub beside: Vec<Block>,
    /// The values that the format names: `datePublished` of JSON-LD, `title` of front matter.
    pub fields: Vec<Field>,
    /// What was lost or repaired on the way: `3 bytes are no valid UTF-8 and were replaced`.
    pub notes: Vec<String>,
    /// What of the document was not read, because it went over a limit; the rest is here.
    pub left_out: Option<Problem>,
}

/// The documents of a file, in its order, and what could not be read in its place.
pub(super) type Documents<'a> = Box<dyn Iterator<Item = Result<RawDocument, Problem>> + 'a>;

/// A piece of text that its format sets apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What the format says it is.
    pub kind: BlockKind,
    /// Its text, lines joined; not trimmed of clutter yet.
    pub text: String,
    /// The bytes of the (decompressed, undecoded) file it stands in, where the format is plain text
    /// in UTF-8.
    pub bytes: Option<Range<usize>>,
    /// Where a person finds it: `line 12`, `paragraph 3`.
    pub place: String,
}

/// What the format says a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text, or text of no known kind.
    Paragraph,
    /// A heading; 1 is the title of the whole.
    Heading(u8),
    /// The text beside a picture.
    Caption,
    /// An item of a list.
    Item,
    /// What the outlet corrected later, where the format says so.
    Correction,
}
