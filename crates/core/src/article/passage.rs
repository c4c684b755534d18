//! Passages, the unit that is searched, and spans of their text.

use std::ops::Range;

/// One paragraph of an article, or its headline, a heading or a caption.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// What is shown, exactly; trimmed and not blank. Spans are byte ranges into it.
    pub text: String,
    /// What part it plays in the article.
    pub kind: PassageKind,
    /// The bytes of the file it was read from, where the format is plain text.
    pub bytes: Option<Range<usize>>,
}

impl Passage {
    /// Takes the text of one paragraph; `None` when nothing printable is left of it.
    pub fn new(kind: PassageKind, text: &str) -> Option<Passage> {
        let text = text.trim();
        text.chars().any(|it| !it.is_whitespace() && !it.is_control()).then(|| Passage {
            text: text.to_owned(),
            kind,
            bytes: None,
        })
    }
}

/// What part a passage plays in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassageKind {
    /// The article's headline.
    Headline,
    /// A paragraph of running text.
    Body,
    /// A heading between paragraphs.
    Heading,
    /// The text beside a picture.
    Caption,
    /// A note by the outlet that corrects or withdraws what the article said.
    Correction,
}

impl PassageKind {
    /// All kinds, in the order of this page.
    pub const ALL: [PassageKind; 5] = [
        PassageKind::Headline,
        PassageKind::Body,
        PassageKind::Heading,
        PassageKind::Caption,
        PassageKind::Correction,
    ];

    /// The kind's name in output and queries.
    pub fn name(self) -> &'static str {
        match self {
            PassageKind::Headline => "headline",
            PassageKind::Body => "body",
            PassageKind::Heading => "heading",
            PassageKind::Caption => "caption",
            PassageKind::Correction => "correction",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<PassageKind> {
        PassageKind::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// A range of bytes in the text of one passage, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The span from `start` to `end`, half open, in bytes; `None` when it would be empty.
    pub fn new(start: usize, end: usize) -> Option<Span> {
        (start < end).then_some(Span { start, end })
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end
    }

    /// As a range, to index a text with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The text it covers. Empty when the span does not fit `text`, as after an edit by hand.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}
