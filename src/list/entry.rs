//! An entry of a list: an article, what people noted on it, and the passages they chose.

use std::{fmt, ops::Deref};

use jiff::civil::Date;

use morgue_core::choices;

use crate::article::{ArticleId, Published};

use super::{
    Problem,
    blocks::{self, Writing},
    line::{Line, LineEnd, end_with_blank},
    markup,
};

/// An entry as the file has it. What it says is read like its own fields, and changed line by line
/// only.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) lines: Vec<Line>,
    /// The line of its heading, counted from 1, when the file was read.
    pub line: usize,
    content: EntryContent,
}

impl Deref for Entry {
    type Target = EntryContent;

    fn deref(&self) -> &EntryContent {
        &self.content
    }
}

/// What an entry says.
#[derive(Clone, Debug, Default)]
pub struct EntryContent {
    /// The text of its heading.
    pub title: String,
    /// Where the heading's link leads, from the folder of lists: `../corpus/a.txt`.
    pub link: String,
    /// Its article; absent in an entry made by hand until morgue knows it.
    pub id: Option<ArticleId>,
    /// Who published it.
    pub source: Option<String>,
    /// When, as fine as known.
    pub date: Option<Published>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Whether it was read.
    pub state: State,
    /// In the order they were given.
    pub tags: Vec<String>,
    /// The day a refresh brought it; gone once somebody did something with it.
    pub new: Option<Date>,
    /// The day it was first seen that the archive no longer has it.
    pub missing: Option<Date>,
    /// Near copies of the article in other places.
    pub versions: Vec<Version>,
    /// Notes and passages, in the file's order.
    pub blocks: Vec<Block>,
}

impl EntryContent {
    /// What names it on its list: its id, or its link where it has none.
    pub fn named(&self) -> String {
        self.id.map_or_else(|| self.link.clone(), |it| it.to_string())
    }

    /// Tells whether its tags or notes, which people write over, were changed: 16 hexadecimal
    /// digits.
    pub fn digest(&self) -> String {
        digest(&self.tags, &blocks::notes(&self.blocks))
    }
}

/// [`EntryContent::digest`] of an entry with these tags and notes.
pub fn digest(tags: &[String], note: &str) -> String {
    blake3::hash(format!("{}\n{note}", tags.join(",")).as_bytes()).to_hex()[..16].to_owned()
}

/// Tells whether entries stand in another order, by what names them: 16 hexadecimal digits.
pub fn order_digest<'a>(named: impl Iterator<Item = &'a str>) -> String {
    let mut digest = blake3::Hasher::new();
    for name in named {
        digest.update(name.as_bytes()).update(b"\n");
    }
    digest.finalize().to_hex()[..16].to_owned()
}

choices! {
    /// How far an entry was read.
    #[derive(Default)]
    pub enum State {
        #[default]
        Unread = "unread": "Not looked at",
        Reading = "reading": "Begun",
        Read = "read": "Read",
    }
}

/// Another version of an entry's article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Which it is: source and date, or the path.
    pub label: String,
    /// Where it lies, from the folder of lists.
    pub link: String,
    /// Its id.
    pub id: Option<ArticleId>,
}

impl Version {
    /// Reads `[which it is](where it lies) its id`, or says what is wrong.
    pub fn read(text: &str) -> Result<Version, String> {
        let wrong = || {
            format!("`{}` is no other version: `[which it is](its path) its id` is", markup::one_line(text))
        };
        let (label, link, rest) = markup::read_link(text).ok_or_else(wrong)?;
        let id = Some(rest.trim()).filter(|it| !it.is_empty());
        let id = id.map(|it| it.parse::<ArticleId>().map_err(|error| error.to_string())).transpose()?;
        Ok(Version { label, link, id })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&markup::link(title_or(&self.label), &self.link))?;
        self.id.map_or(Ok(()), |id| write!(f, " {id}"))
    }
}

/// A piece of an entry below its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Somebody's own words; paragraphs are apart by a blank line.
    Note(String),
    /// Words of the article.
    Passage(PassageWords),
}

/// A passage as a list quotes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassageWords {
    /// Its ordinal in the article, where the file says so.
    pub ordinal: Option<usize>,
    /// Its text.
    pub text: String,
    /// Who speaks in it, as a line for people; empty for nobody.
    pub said_by: String,
}

/// The fields that are understood, in the order they are written.
pub(super) const KEYS: [&str; 9] =
    ["source", "date", "byline", "state", "tags", "also", "new", "missing", "id"];

/// What a field's line says: `- key: value`.
pub(super) fn field(line: &str) -> Option<(&'static str, &str)> {
    let inner = line.trim_start_matches(' ').strip_prefix(['-', '*', '+'])?.strip_prefix(' ')?.trim_start();
    let (key, value) = inner.split_once(':')?;
    let known = KEYS.into_iter().find(|it| it.eq_ignore_ascii_case(key.trim()))?;
    Some((known, value.trim()))
}

/// Whether a line would be read as a field where fields stand.
pub(super) fn is_field(line: &str) -> bool {
    field(line).is_some()
}

impl Entry {
    /// Reads the lines of an entry, the first of which has the number `line`; `None` when they
    /// begin with no link.
    pub(super) fn read(lines: Vec<Line>, line: usize, problems: &mut Vec<Problem>) -> Option<Entry> {
        let heading = lines.first()?.text.strip_prefix("## ")?.trim();
        let (title, link, rest) = markup::read_link(heading)?;
        if !rest.trim().is_empty() {
            return None;
        }
        let content = EntryContent { title, link, ..EntryContent::default() };
        let mut entry = Entry { lines, line, content };
        let fields = entry.fields();
        for at in fields.clone() {
            let text = entry.lines[at].text.clone();
            let Some((key, value)) = field(&text) else { continue };
            if let Err(reason) = entry.understand(key, value) {
                problems.push(Problem { line: line + at, reason });
            }
        }
        entry.content.blocks = entry.read_blocks(&fields);
        Some(entry)
    }

    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub(super) fn end_with_blank(&mut self, end: LineEnd) {
        end_with_blank(&mut self.lines, end);
    }

    /// The last line of a file may lack its end; further up it may not.
    pub(super) fn end_last_line(&mut self) {
        let end = self.end();
        if let Some(last) = self.lines.last_mut()
            && last.end == LineEnd::Nothing
        {
            last.end = end;
        }
    }

    /// The end of lines that are added.
    pub(super) fn end(&self) -> LineEnd {
        match self.lines.first().map(|it| it.end) {
            None | Some(LineEnd::Nothing) => LineEnd::Unix,
            Some(end) => end,
        }
    }

    /// The run of list items right below the heading.
    pub(super) fn fields(&self) -> std::ops::Range<usize> {
        let is_item = |it: &Line| it.text.trim_start_matches(' ').starts_with(['-', '*', '+']);
        let blank = self.lines[1..].iter().take_while(|it| it.is_blank()).count();
        let start = 1 + blank;
        let n = self.lines[start..].iter().take_while(|it| is_item(it)).count();
        start..start + n
    }

    fn understand(&mut self, key: &str, value: &str) -> Result<(), String> {
        let text = markup::unescaped(value);
        let given = || Some(text.clone()).filter(|it| !it.is_empty());
        let day = |what: &str| text.parse::<Date>().map_err(|_| format!("`{text}` is no day for `{what}`"));
        let content = &mut self.content;
        match key {
            "source" => content.source = given(),
            "byline" => content.byline = given(),
            "tags" => content.tags = tags(&text),
            "date" if text.is_empty() => {}
            "date" => {
                let date = Published::from_iso(&text);
                let wrong = || format!("`{text}` is no date: 2017, 2017-06 or 2017-06-23 are");
                content.date = Some(date.ok_or_else(wrong)?);
            }
            "state" => {
                let wrong = || format!("`{text}` is no state: there are unread, reading and read");
                content.state = State::from_name(&text.to_ascii_lowercase()).ok_or_else(wrong)?;
            }
            "new" => content.new = Some(day("new")?),
            "missing" => content.missing = Some(day("missing")?),
            "id" => content.id = Some(text.parse().map_err(|it: crate::article::NotAnId| it.to_string())?),
            _ => content.versions.push(Version::read(value)?),
        }
        Ok(())
    }

    fn read_blocks(&self, fields: &std::ops::Range<usize>) -> Vec<Block> {
        let below = self.lines.iter().enumerate().skip(fields.start);
        let others = below.filter(|(at, line)| !(fields.contains(at) && is_field(&line.text)));
        blocks::read(others.map(|it| it.1.text.as_str()), Writing::Markdown)
    }

    /// Its lines, as the file has them.
    pub fn print(&self) -> String {
        let mut text = String::new();
        self.lines.iter().for_each(|it| it.print(&mut text));
        text
    }

    /// The entry's notes as one text.
    pub fn note(&self) -> String {
        blocks::notes(&self.blocks)
    }
}

/// What stands for a headline that nobody gave.
pub(super) fn title_or(title: &str) -> &str {
    if title.trim().is_empty() { "(no headline)" } else { title }
}

/// The tags of a line: apart by commas, with or without `#`.
pub fn tags(text: &str) -> Vec<String> {
    text.split(',').map(tag).filter(|it| !it.is_empty()).collect()
}

/// A tag without what keeps tags apart.
pub(super) fn tag(text: &str) -> String {
    markup::one_line(text).replace(',', " ").trim().trim_start_matches('#').trim().to_owned()
}
