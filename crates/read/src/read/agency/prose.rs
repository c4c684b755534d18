//! Turns the elements of a text into blocks: XHTML, NITF, and what producers mix into them.
//!
//! One pass over the elements. Elements of a known block end a line before and after them; every
//! other element stands within its sentence and leaves no gap, whatever its namespace.

use crate::read::{
    Block, BlockKind, html, text,
    xml::{Element, Node},
};

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Role {
    /// Its text does not belong to the story.
    Skip,
    /// It is a block, of this kind or of the kind around it.
    Block(Option<BlockKind>),
    /// A picture of `idf`, of which the caption is read.
    Picture,
    /// Its line breaks are breaks.
    Preformatted,
    /// A line break.
    Break,
    /// A cell of a table; a row is a block.
    Cell,
    /// A note that stands within a sentence, and is read behind its block.
    Footnote,
    Inline,
}

const SKIPPED: &[&str] = &[
    "body.end",
    "body.head",
    "button",
    "byline",
    "copyrite",
    "datasource",
    "dateline",
    "distributor",
    "form",
    "head",
    "iframe",
    "media-metadata",
    "media-object",
    "media-producer",
    "media-reference",
    "nitf-table-metadata",
    "object",
    "rights",
    "script",
    "series",
    "sports-content",
    "style",
    "svg",
    "template",
    "title",
];

const BLOCKS: &[&str] = &[
    "abstract",
    "address",
    "article",
    "aside",
    "block",
    "blockquote",
    "body",
    "body.content",
    "bq",
    "center",
    "credit",
    "div",
    "dl",
    "footer",
    "group",
    "header",
    "hedline",
    "hr",
    "html",
    "idf",
    "intro",
    "lead",
    "main",
    "media",
    "nitf-table",
    "note",
    "ol",
    "p",
    "para",
    "paragraph",
    "section",
    "table",
    "tagline",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// Prefixes of what word processors leave in texts: an `o:p` is no paragraph.
const OF_WORD_PROCESSORS: &[&str] = &["m", "o", "st1", "v", "w"];

/// The kind of an element of Infomaker's `idf`, which editors of Nordic newspapers write.
fn kind_of_idf(element: &Element) -> Option<BlockKind> {
    match element.attribute("type")? {
        "headline" => Some(BlockKind::Heading(1)),
        name if name.starts_with("subheadline") => Some(BlockKind::Heading(2)),
        _ => None,
    }
}

/// Where the caption of a picture of `idf` stands, the best place first.
const CAPTIONS: &[&str] = &["links/link/data/text", "data/text", "links/link/data/caption", "data/caption"];

/// Classes of NITF notes that are for editors.
const EDITORS_NOTES: &[&str] = &["cpyrt", "editorsnote", "hd", "trademk"];

fn role(element: &Element) -> Role {
    if OF_WORD_PROCESSORS.contains(&element.name.prefix.as_str()) {
        return Role::Inline;
    }
    let name = element.name.local.to_ascii_lowercase();
    match name.as_str() {
        "br" => Role::Break,
        "pre" => Role::Preformatted,
        "td" | "th" => Role::Cell,
        "fn" => Role::Footnote,
        "element" if element.attribute("type") == Some("dateline") => Role::Skip,
        "object" if element.attribute("type") == Some("x-im/image") => Role::Picture,
        "element" => Role::Block(kind_of_idf(element)),
        "h1" | "hl1" => Role::Block(Some(BlockKind::Heading(1))),
        "h2" | "hl2" | "hl3" | "crosshead" | "subhead" => Role::Block(Some(BlockKind::Heading(2))),
        "h3" => Role::Block(Some(BlockKind::Heading(3))),
        "h4" => Role::Block(Some(BlockKind::Heading(4))),
        "h5" => Role::Block(Some(BlockKind::Heading(5))),
        "h6" => Role::Block(Some(BlockKind::Heading(6))),
        "li" | "dt" | "dd" => Role::Block(Some(BlockKind::Item)),
        "caption" | "figcaption" | "figure" | "media-caption" => Role::Block(Some(BlockKind::Caption)),
        "note" if is_editors_note(element) => Role::Skip,
        "section" | "div" if is_notepad(element) => Role::Skip,
        name if SKIPPED.contains(&name) => Role::Skip,
        name if BLOCKS.contains(&name) => Role::Block(None),
        _ => Role::Inline,
    }
}

fn is_editors_note(note: &Element) -> bool {
    note.attribute("type") == Some("npa")
        || note.attribute("noteclass").is_some_and(|it| EDITORS_NOTES.contains(&it))
}

/// What dpa puts below its texts: for editors sources, telephone numbers and names of writers, for
/// readers a box of links.
fn is_notepad(element: &Element) -> bool {
    let classes = element.attribute("class").unwrap_or_default();
    classes.split_whitespace().any(|it| matches!(it, "linkbox" | "notepad" | "nonpublic" | "noPublic"))
}

/// The blocks of an element's content, some more than `passages_max` at most. Content without a
/// block element may be escaped HTML or plain text.
pub(super) fn blocks(content: &Element, passages_max: usize, notes: &mut Vec<String>) -> Vec<Block> {
    // Without an element that sets a block the lines of the text are its only construction.
    let is_set = |it: &Element| role(it) != Role::Inline;
    if !content.elements().any(|it| it.within().any(is_set)) {
        return blocks_of_text(&content.text(), passages_max, notes);
    }
    let mut walk = Walk { passages_max, kind: BlockKind::Paragraph, ..Walk::default() };
    walk.children(content);
    walk.flush();
    notes.append(&mut walk.notes);
    walk.blocks
}

/// The blocks of a text that is HTML or plain text.
pub(super) fn blocks_of_text(written: &str, passages_max: usize, notes: &mut Vec<String>) -> Vec<Block> {
    match html::fragment(body_of_page(written), passages_max) {
        Some(Ok(blocks)) => blocks,
        Some(Err(problem)) => {
            notes.push(format!("some of its HTML was left out: it {}", problem.reason));
            Vec::new()
        }
        None => text::blocks_of(&text::joined_sentences(written), passages_max),
    }
}

/// What stands in the `body` of a whole page: an agency puts nothing but its story there.
fn body_of_page(written: &str) -> &str {
    let start = written.trim_start();
    let start = start.get(..9).unwrap_or_default().to_ascii_lowercase();
    let is_page = start.starts_with("<!doctype") || start.starts_with("<html");
    let body = || {
        let mut tags = written.match_indices('<').map(|(at, _)| &written[at..]);
        tags.find(|it| it.get(..5).is_some_and(|it| it.eq_ignore_ascii_case("<body")))
    };
    if is_page { body().unwrap_or(written) } else { written }
}

/// A value as one line, without the tags that it may hold.
pub(super) fn line(value: &str) -> String {
    let tagged = value.len() <= TAGGED_BYTES_MAX && value.contains('<');
    let untagged = match tagged.then(|| html::fragment(value, LINES_MAX)).flatten() {
        Some(Ok(blocks)) => blocks.into_iter().map(|it| it.text).collect::<Vec<_>>().join(" "),
        // HTML in JSON or in CDATA: `Moss &amp; Sons`.
        _ if value.contains('&') && !value.contains('<') => html::plain(value),
        _ => value.to_owned(),
    };
    untagged.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A longer value is no headline or name, and not parsed.
const TAGGED_BYTES_MAX: usize = 4_000;
const LINES_MAX: usize = 20;

/// A longer line was not broken by a machine that sets type or by a screen (`text.rs` has the same
/// width): the break behind it was set by a person.
const WRAP_WIDTH_MAX: usize = 140;

struct Walk {
    blocks: Vec<Block>,
    passages_max: usize,
    /// The kind of the block that is open.
    kind: BlockKind,
    text: String,
    /// Characters since the last break.
    line_chars: usize,
    /// A break was the last thing.
    broken: bool,
    /// Blocks of the footnotes in the block that is open.
    footnotes: Vec<Block>,
    /// What was left out.
    notes: Vec<String>,
}

impl Default for Walk {
    fn default() -> Walk {
        Walk {
            blocks: Vec::new(),
            passages_max: 0,
            kind: BlockKind::Paragraph,
            text: String::new(),
            line_chars: 0,
            broken: false,
            footnotes: Vec::new(),
            notes: Vec::new(),
        }
    }
}

impl Walk {
    /// Goes through an element's content; `xml.rs` bounds how deep elements nest.
    fn children(&mut self, element: &Element) {
        for child in &element.children {
            if self.blocks.len() > self.passages_max {
                return;
            }
            match child {
                Node::Text(text) => self.add(text),
                Node::Element(element) => self.element(element),
            }
        }
    }

    fn element(&mut self, element: &Element) {
        match role(element) {
            Role::Skip => (),
            Role::Inline => self.children(element),
            Role::Break => self.line_break(),
            Role::Cell => {
                self.add(" ");
                self.children(element);
                self.add(" ");
            }
            Role::Picture => {
                let caption = CAPTIONS.iter().find_map(|it| element.at(it));
                self.flush();
                let around = std::mem::replace(&mut self.kind, BlockKind::Caption);
                caption.into_iter().for_each(|it| self.children(it));
                self.flush();
                self.kind = around;
            }
            Role::Footnote => self.footnote(element),
            Role::Preformatted => {
                self.flush();
                let room = self.passages_max.saturating_sub(self.blocks.len());
                self.blocks.extend(text::blocks_of(&element.text(), room));
            }
            Role::Block(kind) => {
                self.flush();
                let around = self.kind;
                self.kind = kind.unwrap_or(around);
                self.children(element);
                self.flush();
                self.kind = around;
            }
        }
    }

    fn footnote(&mut self, element: &Element) {
        let passages_max = self.passages_max.saturating_sub(self.blocks.len() + self.footnotes.len());
        let mut walk = Walk { passages_max, kind: self.kind, ..Walk::default() };
        walk.children(element);
        walk.flush();
        self.footnotes.append(&mut walk.blocks);
        self.notes.append(&mut walk.notes);
    }

    fn add(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                // A soft hyphen and a zero-width space say where a word may be broken.
                '\u{ad}' | '\u{200b}' | '\u{feff}' => (),
                c if c.is_whitespace() => self.space(),
                c => {
                    self.broken = false;
                    self.line_chars += 1;
                    self.text.push(c);
                }
            }
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.line_chars += 1;
            self.text.push(' ');
        }
    }

    /// One break is white space where a line was wrapped; two end the paragraph.
    fn line_break(&mut self) {
        if self.broken || self.line_chars > WRAP_WIDTH_MAX {
            self.flush();
        } else {
            self.space();
            self.line_chars = 0;
            self.broken = true;
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if html::is_tagged(text) {
            // Tags that are left were escaped: HTML as the text of an element.
            let room = self.passages_max.saturating_sub(self.blocks.len());
            let mut blocks = blocks_of_text(text, room, &mut self.notes);
            for block in blocks.iter_mut().filter(|it| it.kind == BlockKind::Paragraph) {
                block.kind = self.kind;
            }
            self.blocks.append(&mut blocks);
        } else if text.chars().any(char::is_alphanumeric) {
            // Rules of underscores and stars are no text.
            let block = Block { kind: self.kind, text: text.to_owned(), bytes: None, place: String::new() };
            self.blocks.push(block);
        }
        self.blocks.append(&mut self.footnotes);
        (self.line_chars, self.broken) = (0, false);
    }
}

#[cfg(test)]
mod tests;
