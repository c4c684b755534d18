//! Markdown into blocks, and its YAML or TOML front matter into fields.
//!
//! Inline marks go, link texts stay without their addresses, code blocks are left out. Front matter
//! that cannot be parsed is noted, its plain `key: value` lines are read all the same, and so is
//! the body.

use morgue_core::line_of;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use super::{
    Block, BlockKind, Documents, Problem, RawDocument, encoding,
    format::{Format, Source, Start},
    names,
};

/// Markdown, with front matter or without.
pub(super) const FORMAT: Format = Format {
    name: "Markdown",
    told_by: "front matter between `---` or `+++`; the name",
    article: "the file",
    extensions: &["md", "markdown", "mdown", "mkd"],
    fits,
    read: documents,
};

fn fits(start: &Start<'_>) -> bool {
    !start.text.is_empty() && (start.is_named(&FORMAT) || front_matter(start.text))
}

fn documents(source: Source<'_>) -> Result<Documents<'_>, Problem> {
    let passages_max = source.rules.passages_max;
    let file = source.whole()?;
    Ok(Box::new(std::iter::once(read(file.bytes, passages_max)).chain(file.problem.map(Err))))
}

/// Whether the text begins with `---` or `+++` and has a key below.
pub(super) fn front_matter(text: &str) -> bool {
    let mut lines = text.lines();
    let (open, separator) = match lines.next().map(str::trim_end) {
        Some("---") => ("---", ':'),
        Some("+++") => ("+++", '='),
        _ => return false,
    };
    let mut keys = 0;
    for line in lines {
        if line.trim_end() == open {
            return keys > 0;
        }
        let key = line.split(separator).next().unwrap_or_default().trim();
        let named =
            line.contains(separator) && key.chars().all(|it| it.is_alphanumeric() || "_-. ".contains(it));
        keys += usize::from(named && !key.is_empty());
    }
    false
}

/// Reads a whole Markdown file, some more blocks than `passages_max` at most.
fn read(bytes: Vec<u8>, passages_max: usize) -> Result<RawDocument, Problem> {
    let decoded = encoding::decode(bytes, None);
    let mut notes = decoded.notes;
    let text = decoded.text.trim_start_matches('\u{feff}').trim_start_matches(['\n', '\r']);
    let skipped_lines = decoded.text[..decoded.text.len() - text.len()].lines().count();
    let (front, body, lines_above) = split_front_matter(text);
    let mut fields = Vec::new();
    if let Some((kind, front)) = front {
        let values = parse_front_matter(kind, front, &mut notes);
        fields =
            names::fields(&values, &[], "front matter", |key| place_of_key(front, key, skipped_lines + 1));
    }
    let read = beginning(body);
    let left_out = (read.len() < body.len()).then(|| Problem {
        place: String::new(),
        reason: format!(
            "has more than {MARKS_MAX} lines and marks of Markdown, and the others were not read"
        ),
    });
    let blocks = blocks(read, skipped_lines + lines_above, passages_max);
    if blocks.is_empty() && fields.is_empty() {
        return Err(Problem { place: String::new(), reason: "holds no text".to_owned() });
    }
    Ok(RawDocument { name: None, blocks, fields, notes, left_out, ..RawDocument::default() })
}

/// The parser keeps pieces for each line and each mark, up to 500 bytes; this is five long books.
const MARKS_MAX: usize = 500_000;

/// As much of the body as the parser is given.
fn beginning(body: &str) -> &str {
    let (mut n, mut before) = (0, b'\n');
    let over = body.bytes().position(|byte| {
        let blank = byte == b'\n' && before == b'\n';
        n += usize::from(!blank && b"\n\r*_`[]!<&~|\\".contains(&byte));
        before = byte;
        n > MARKS_MAX
    });
    &body[..over.unwrap_or(body.len())]
}

#[derive(Clone, Copy)]
enum FrontMatter {
    Yaml,
    Toml,
}

/// The front matter without its fences, the body, and the number of lines above the body.
fn split_front_matter(text: &str) -> (Option<(FrontMatter, &str)>, &str, usize) {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let (kind, fence) = match first.trim_end() {
        "---" => (FrontMatter::Yaml, "---"),
        "+++" => (FrontMatter::Toml, "+++"),
        _ => return (None, text, 0),
    };
    let mut end = first.len();
    for (at, line) in lines.enumerate() {
        let closes =
            line.trim_end() == fence || matches!(kind, FrontMatter::Yaml) && line.trim_end() == "...";
        if closes {
            return (Some((kind, &text[first.len()..end])), &text[end + line.len()..], at + 2);
        }
        end += line.len();
    }
    (None, text, 0)
}

/// Longer front matter is not given to a parser: what it says of an article fits on a page.
const FRONT_MATTER_BYTES_MAX: usize = 64 << 10;

fn parse_front_matter(kind: FrontMatter, text: &str, notes: &mut Vec<String>) -> Value {
    let parsed = if text.len() > FRONT_MATTER_BYTES_MAX {
        Err(format!("it is longer than {} KiB", FRONT_MATTER_BYTES_MAX >> 10))
    } else {
        match kind {
            FrontMatter::Yaml => parse_yaml(text),
            FrontMatter::Toml => parse_toml(text),
        }
    };
    match parsed {
        Ok(value) => value,
        Err(reason) => {
            notes.push(format!("the front matter could not be parsed: {reason}"));
            plain_lines(kind, &text[..text.floor_char_boundary(FRONT_MATTER_BYTES_MAX)])
        }
    }
}

fn parse_yaml(text: &str) -> Result<Value, String> {
    // Far above what front matter needs, far below what costs time: aliases that multiply stop
    // here.
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 20_000,
            max_nodes: 10_000,
            max_aliases: 50,
            max_anchors: 50,
            max_depth: 16,
            max_documents: 2,
            max_total_scalar_bytes: 256 << 10,
            max_recorded_anchor_events: 5_000,
            max_recorded_anchor_bytes: 256 << 10,
        },
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let message = first_line(&error.without_snippet().to_string());
        let Some(line) = error.location().map(|it| it.line()) else { return message };
        // One line for the fence above; the parser names its own at the end or the beginning.
        let message = message.split(" at line ").next().unwrap_or(&message);
        let message = match message.split_once(": ") {
            Some((place, message)) if place.starts_with("line ") => message,
            _ => message,
        };
        format!("line {}: {message}", line + 1)
    })
}

fn parse_toml(text: &str) -> Result<Value, String> {
    let table: toml::Table = toml::from_str(text).map_err(|error| {
        // One line for the fence above.
        let line = 1 + error.span().map_or(1, |it| line_of(text, it.start));
        format!("line {line}: {}", first_line(error.message()))
    })?;
    Ok(from_toml(toml::Value::Table(table)))
}

/// A parser's message without the drawing of the place below it.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

/// Depth is bounded by the parser of `toml`.
fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::Array(items) => Value::Array(items.into_iter().map(from_toml).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect())
        }
        toml::Value::String(text) => Value::String(text),
        other => Value::String(other.to_string()),
    }
}

/// The lines that read `key: value` at the margin, for front matter that no parser takes.
fn plain_lines(kind: FrontMatter, text: &str) -> Value {
    let separator = match kind {
        FrontMatter::Yaml => ": ",
        FrontMatter::Toml => "=",
    };
    let pairs = text.lines().filter_map(|line| {
        let (key, value) = line.split_once(separator)?;
        let key = key.trim_end();
        let value = value.trim().trim_matches(['"', '\'']);
        let plain = !key.is_empty() && key.chars().all(|it| it.is_alphanumeric() || "_-".contains(it));
        // Aliases and collections are what the parser refused.
        (plain && !value.is_empty() && !value.starts_with(['*', '&', '[', '{', '|', '>']))
            .then(|| (key.to_owned(), Value::String(value.to_owned())))
    });
    Value::Object(pairs.collect())
}

fn place_of_key(front: &str, key: &str, lines_above: usize) -> String {
    let top = key.split('.').next().unwrap_or(key);
    let at = front.lines().position(|line| {
        line.trim_start_matches(['"', '\''])
            .strip_prefix(top)
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with([':', '=']))
    });
    at.map_or_else(|| format!("front matter, {key}"), |at| format!("line {}", at + 1 + lines_above))
}

/// A block that is being read.
struct Open {
    kind: BlockKind,
    text: String,
    /// Byte of the body where it begins.
    start: usize,
    /// Whether all its text so far is emphasized, and whether it is the alternative text of a
    /// picture.
    emphasized: bool,
}

/// Turns the events of the parser into blocks, keeping no tree: nesting costs nothing.
struct Blocks<'a> {
    body: &'a str,
    lines_above: usize,
    blocks: Vec<Block>,
    open: Option<Open>,
    items: usize,
    skipped: usize,
    image: Option<String>,
    emphasis: usize,
    /// A picture stood alone in the block before, so that an emphasized one now is its caption.
    after_image: bool,
    counted_to: usize,
    line: usize,
}

fn blocks(body: &str, lines_above: usize, passages_max: usize) -> Vec<Block> {
    let mut reader = Blocks {
        body,
        lines_above,
        blocks: Vec::new(),
        open: None,
        items: 0,
        skipped: 0,
        image: None,
        emphasis: 0,
        after_image: false,
        counted_to: 0,
        line: 1,
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        if reader.blocks.len() > passages_max {
            break;
        }
        reader.take(event, range.start);
    }
    reader.close();
    reader.blocks
}

impl Blocks<'_> {
    fn take(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => self.start(&tag, at),
            Event::End(tag) => self.end(tag, at),
            Event::Text(text) | Event::Code(text) if self.skipped == 0 => self.text(&text, at),
            Event::SoftBreak if self.skipped == 0 => self.text(" ", at),
            // Two spaces at the end of a line set off an address or a verse; the words stay apart.
            Event::HardBreak if self.skipped == 0 => self.text(" ", at),
            Event::InlineHtml(html) if html.to_ascii_lowercase().starts_with("<br") => self.text(" ", at),
            Event::Rule => self.close(),
            _ => (),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, at: usize) {
        match tag {
            Tag::Paragraph | Tag::TableHead | Tag::TableRow => {
                let kind = if self.items > 0 { BlockKind::Item } else { BlockKind::Paragraph };
                // A loose item has a paragraph of its own, which the item itself already began.
                if self.open.as_ref().is_none_or(|it| !it.text.is_empty()) {
                    self.begin(kind, at);
                }
            }
            Tag::TableCell => self.text(" ", at),
            Tag::Heading { level, .. } => self.begin(BlockKind::Heading(number_of(*level)), at),
            Tag::Item => {
                self.items += 1;
                self.begin(BlockKind::Item, at);
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.close();
                self.skipped += 1;
            }
            Tag::Image { .. } => self.image = Some(String::new()),
            Tag::Emphasis | Tag::Strong => self.emphasis += 1,
            Tag::FootnoteDefinition(_) | Tag::BlockQuote(_) => self.close(),
            _ => (),
        }
    }

    fn end(&mut self, tag: TagEnd, at: usize) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableHead | TagEnd::TableRow => self.close(),
            TagEnd::Item => {
                self.close();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            TagEnd::Image => self.end_image(at),
            TagEnd::Emphasis | TagEnd::Strong => self.emphasis = self.emphasis.saturating_sub(1),
            _ => (),
        }
    }

    fn text(&mut self, text: &str, at: usize) {
        if let Some(image) = &mut self.image {
            image.push_str(text);
            return;
        }
        let emphasized = self.emphasis > 0 || text.trim().is_empty();
        if self.open.is_none() {
            self.begin(BlockKind::Paragraph, at);
        }
        if let Some(open) = &mut self.open {
            open.emphasized &= emphasized;
            open.text.push_str(text);
        }
    }

    /// The alternative text of a picture that stands alone is a caption; within a sentence it is
    /// not shown.
    fn end_image(&mut self, at: usize) {
        let caption = self.image.take().unwrap_or_default();
        let alone = self.open.as_ref().is_none_or(|it| it.text.trim().is_empty());
        if alone {
            let place = self.place(at);
            push(&mut self.blocks, BlockKind::Caption, &caption, place);
            self.after_image = true;
        }
    }

    fn begin(&mut self, kind: BlockKind, at: usize) {
        self.close();
        self.open = Some(Open { kind, text: String::new(), start: at, emphasized: true });
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.text.trim().is_empty() {
            return;
        }
        let caption = self.after_image && open.emphasized && open.kind == BlockKind::Paragraph;
        self.after_image = false;
        let place = self.place(open.start);
        push(&mut self.blocks, if caption { BlockKind::Caption } else { open.kind }, &open.text, place);
    }

    /// The line of a byte of the body; bytes come almost in order, so that lines are counted once.
    fn place(&mut self, at: usize) -> String {
        let newlines = |bytes: &[u8]| bytes.iter().filter(|it| **it == b'\n').count();
        let at = at.min(self.body.len());
        if at >= self.counted_to {
            self.line += newlines(&self.body.as_bytes()[self.counted_to..at]);
        } else {
            self.line -= newlines(&self.body.as_bytes()[at..self.counted_to]);
        }
        self.counted_to = at;
        format!("line {}", self.line + self.lines_above)
    }
}

fn push(blocks: &mut Vec<Block>, kind: BlockKind, text: &str, place: String) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.is_empty() {
        blocks.push(Block { kind, text, bytes: None, place });
    }
}

fn number_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
