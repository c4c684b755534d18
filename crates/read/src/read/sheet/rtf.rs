//! RTF documents as lines.
//!
//! One pass over the bytes. `\'hh` and, in files that are not valid UTF-8, bytes beyond ASCII are
//! read in the character set of their font; `\uN` is a code unit of UTF-16, followed by as many
//! substitutes as `\uc` says. Destinations that hold no running text (tables of fonts and styles,
//! pictures, page headers, codes of fields, whatever `\*` marks) are passed over, deleted and
//! hidden text is dropped. Why no crate does this: `docs/dependencies.md`.

mod charset;
mod token;

use std::collections::HashMap;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{Line, Lines, setter::Setter};
use crate::read::Problem;
use token::{Token, Tokens};

/// Groups nested deeper than this are not read; Word nests some ten of them.
const GROUPS_MAX: usize = 1_000;

/// Fonts of one document; more are not noted.
const FONTS_MAX: usize = 10_000;

/// Destinations that hold no running text; see the section "Destinations" of the specification of
/// RTF 1.9.
const DROPPED: &[&str] = &[
    "annotation",
    "atnauthor",
    "atnid",
    "buptim",
    "colortbl",
    "comment",
    "creatim",
    "datafield",
    "do",
    "filetbl",
    "fldinst",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "footnote",
    "ftncn",
    "ftnsep",
    "generator",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "info",
    "listoverridetable",
    "listtable",
    "listtext",
    "nonshppict",
    "objdata",
    "pict",
    "pntext",
    "printim",
    "private",
    "revtbl",
    "revtim",
    "rxe",
    "shp",
    "stylesheet",
    "tc",
    "themedata",
    "txe",
    "xe",
];

/// Characters that have a control word of their own.
const NAMED: &[(&str, &str)] = &[
    ("tab", " "),
    ("emdash", "—"),
    ("endash", "–"),
    ("bullet", "•"),
    ("lquote", "‘"),
    ("rquote", "’"),
    ("ldblquote", "“"),
    ("rdblquote", "”"),
    ("emspace", " "),
    ("enspace", " "),
    ("qmspace", " "),
    ("~", " "),
    ("_", "-"),
    ("\t", " "),
];

/// Destinations behind `\*` whose text is read.
const STARRED_TEXT: &[&str] = &["shptxt", "fldrslt"];

/// More substitutes for one character are not believed.
const SUBSTITUTES_MAX: usize = 16;

/// The lines of an RTF file.
pub(in crate::read) fn lines<'a>(bytes: Vec<u8>) -> Lines<'a> {
    let is_utf_8 = std::str::from_utf8(&bytes).is_ok();
    let mut reader = Reader::default();
    let (mut at, mut ended, mut problem) = (0, false, None);
    Box::new(std::iter::from_fn(move || {
        loop {
            if let Some(line) = reader.setter.lines.pop_front() {
                return Some(Ok::<Line, Problem>(line));
            }
            if ended {
                return problem.take().map(Err);
            }
            let mut tokens = Tokens { bytes: &bytes, at, is_utf_8 };
            let token = tokens.next();
            at = tokens.at;
            let done = match token {
                Some(token) => reader.take(token),
                None => reader.finish(),
            };
            ended = token.is_none() || done.is_err();
            problem = done.err().map(|reason| Problem { place: String::new(), reason });
        }
    }))
}

/// What holds until the end of a group.
#[derive(Clone, Copy)]
struct Group {
    destination: Destination,
    bold: bool,
    hidden: bool,
    font: i32,
    /// How many substitutes follow a `\u`.
    substitutes: usize,
    heading: Option<u8>,
    in_table: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Destination {
    Text,
    Fonts,
    Dropped,
}

struct Reader {
    setter: Setter,
    group: Group,
    around: Vec<Group>,
    /// Whether `\*` stood before the word at hand.
    is_starred: bool,
    /// Substitutes that are still to be passed over.
    skipped: usize,
    /// The first half of a character of two code units.
    high: Option<u16>,
    /// Bytes that wait to be decoded, and their encoding.
    bytes: Vec<u8>,
    encoding: &'static Encoding,
    /// The encoding of fonts without one, and the font of text without one.
    default: &'static Encoding,
    default_font: i32,
    fonts: HashMap<i32, &'static Encoding>,
    cell: usize,
}

impl Default for Reader {
    fn default() -> Reader {
        let group = Group {
            destination: Destination::Text,
            bold: false,
            hidden: false,
            font: 0,
            substitutes: 1,
            heading: None,
            in_table: false,
        };
        Reader {
            setter: Setter::default(),
            group,
            around: Vec::new(),
            is_starred: false,
            skipped: 0,
            high: None,
            bytes: Vec::new(),
            encoding: WINDOWS_1252,
            default: WINDOWS_1252,
            default_font: 0,
            fonts: HashMap::new(),
            cell: 0,
        }
    }
}

impl Reader {
    fn take(&mut self, token: Token<'_>) -> Result<(), String> {
        let is_starred = std::mem::take(&mut self.is_starred);
        if !matches!(token, Token::Hex(_) | Token::Text(_)) {
            self.flush();
            self.skipped = 0;
        }
        match token {
            Token::Open if self.around.len() == GROUPS_MAX => {
                return Err(format!("nests groups more than {GROUPS_MAX} deep"));
            }
            Token::Open => self.around.push(self.group),
            // Text behind the last brace is read too: some programs join documents.
            Token::Close => self.group = self.around.pop().unwrap_or(self.group),
            Token::Star => self.is_starred = true,
            Token::Word { name, .. } if is_starred && !STARRED_TEXT.contains(&name) => {
                self.group.destination = Destination::Dropped;
            }
            Token::Word { name, number } => self.word(name, number),
            Token::Hex(_) | Token::Text(_) if self.skipped > 0 => self.skipped -= 1,
            Token::Hex(byte) => self.bytes(&[byte], self.font_encoding()),
            Token::Text(character @ [byte]) => {
                let follows = *byte < 0x80 && !self.bytes.is_empty();
                self.bytes(character, if follows { self.encoding } else { self.font_encoding() });
            }
            Token::Text(character) => self.bytes(character, UTF_8),
        }
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8], encoding: &'static Encoding) {
        if self.group.destination != Destination::Text || self.group.hidden {
            return;
        }
        if encoding != self.encoding {
            self.flush();
            self.encoding = encoding;
        }
        self.bytes.extend_from_slice(bytes);
    }

    fn font_encoding(&self) -> &'static Encoding {
        self.fonts.get(&self.group.font).copied().unwrap_or(self.default)
    }

    /// Sets the bytes that wait.
    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let (text, _) = self.encoding.decode_without_bom_handling(&self.bytes);
            self.setter.add(&text, self.group.bold);
            self.bytes.clear();
        }
    }

    fn text(&mut self, text: &str) {
        if self.group.destination == Destination::Text && !self.group.hidden {
            self.setter.add(text, self.group.bold);
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        let on = number != Some(0);
        match name {
            "u" => self.unicode(number.unwrap_or(0xfffd)),
            "b" => self.group.bold = on,
            "v" | "deleted" => self.group.hidden = on,
            "f" => self.group.font = number.unwrap_or_default(),
            "plain" => {
                (self.group.bold, self.group.hidden) = (false, false);
                self.group.font = self.default_font;
            }
            "pard" => (self.group.heading, self.group.in_table) = (None, false),
            "intbl" => self.group.in_table = true,
            "outlinelevel" => {
                let level = number.and_then(|it| u8::try_from(it).ok()).filter(|it| *it < 9);
                self.group.heading = level.map(|it| it + 1);
            }
            "uc" => {
                let count = number.and_then(|it| usize::try_from(it).ok());
                self.group.substitutes = count.unwrap_or(1).min(SUBSTITUTES_MAX);
            }
            "deff" => {
                self.default_font = number.unwrap_or_default();
                self.group.font = self.default_font;
            }
            "mac" | "ansicpg" | "fcharset" | "cpg" => self.charset(name, number.unwrap_or_default()),
            "fonttbl" => self.group.destination = Destination::Fonts,
            "shptxt" => {
                self.group.destination = Destination::Text;
                self.end_line_with_text();
            }
            _ if DROPPED.binary_search(&name).is_ok() => self.group.destination = Destination::Dropped,
            _ if self.group.destination != Destination::Text => (),
            _ => self.layout(name),
        }
    }

    /// Ends of lines, cells and pages, and characters with a name.
    fn layout(&mut self, name: &str) {
        match name {
            "par" | "line" => self.end_line(),
            "cell" | "nestcell" => {
                self.group.in_table = true;
                self.end_line();
                self.cell += 1;
            }
            "row" | "nestrow" | "trowd" => self.cell = 0,
            "page" | "sect" => {
                self.end_line_with_text();
                self.setter.end_page();
            }
            "pagebb" => self.setter.end_page(),
            _ => {
                if let Some((_, text)) = NAMED.iter().find(|it| it.0 == name) {
                    self.text(text);
                }
            }
        }
    }

    fn end_line(&mut self) {
        let cell = self.group.in_table.then_some(self.cell);
        self.setter.end_line(self.group.heading, cell);
    }

    fn end_line_with_text(&mut self) {
        if self.setter.has_text() {
            self.end_line();
        }
    }

    fn charset(&mut self, name: &str, number: i32) {
        let found = match name {
            "mac" => charset::of_code_page(10000),
            "fcharset" => charset::of_charset(number),
            _ => charset::of_code_page(number),
        };
        let Some(encoding) = found else { return };
        if !matches!(name, "fcharset" | "cpg") {
            self.default = encoding;
        } else if self.group.destination == Destination::Fonts && self.fonts.len() < FONTS_MAX {
            self.fonts.insert(self.group.font, encoding);
        }
    }

    /// A code unit of UTF-16, as a signed number; some programs write a whole code point.
    fn unicode(&mut self, number: i32) {
        self.skipped = self.group.substitutes;
        let unit = if number < 0 { number + 0x1_0000 } else { number };
        let unit = u32::try_from(unit).unwrap_or(0xfffd);
        let c = match (self.high.take(), unit) {
            (_, 0xd800..0xdc00) => {
                self.high = u16::try_from(unit).ok();
                return;
            }
            (Some(high), 0xdc00..0xe000) => {
                char::from_u32(0x1_0000 + ((u32::from(high) - 0xd800) << 10) + (unit - 0xdc00))
            }
            // Symbol fonts have their characters here.
            (_, 0xf020..=0xf0ff) => Some('•'),
            _ => char::from_u32(unit),
        };
        self.text(c.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]));
    }

    fn finish(&mut self) -> Result<(), String> {
        self.flush();
        self.end_line_with_text();
        match self.around.len() {
            0 => Ok(()),
            n_open => Err(format!("is cut short or damaged: it ends within {n_open} open groups")),
        }
    }
}

#[cfg(test)]
mod tests;
