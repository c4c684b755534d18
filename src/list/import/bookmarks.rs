//! Netscape bookmarks: links, each perhaps with a description below.
//!
//! Read tag by tag in one pass: the format leaves most tags open, and a parser of HTML takes a time
//! that is quadratic in how deep they seem to stand in each other. It is asked for the text of
//! single values only.

use scraper::Html;

use super::{Reference, State, blocks_of, given, tags_of, versions_of};

pub(super) fn read(text: &str) -> Vec<Reference> {
    let mut references: Vec<Reference> = Vec::new();
    let mut notes: Vec<String> = Vec::new();
    let mut heading = String::new();
    let mut within = Within::Nothing;
    for piece in Pieces(text) {
        match piece {
            Piece::Text(text) => {
                let (last, note) = (references.last_mut(), notes.last_mut());
                match (within, last, note) {
                    (Within::Heading, ..) => heading.push_str(text),
                    (Within::Title, Some(last), _) => last.title.get_or_insert_default().push_str(text),
                    (Within::Note, _, Some(note)) => note.push_str(text),
                    _ => {}
                }
            }
            Piece::Tag(tag) => {
                let (name, attributes) = tag.split_at(tag.find(ends_name).unwrap_or(tag.len()));
                match name.to_ascii_lowercase().as_str() {
                    "a" => {
                        references.push(reference(attributes));
                        notes.push(String::new());
                        within = Within::Title;
                    }
                    "h1" => within = Within::Heading,
                    // The first description is the link's; what comes later belongs to a folder.
                    "dd" if notes.last().is_some_and(String::is_empty) => within = Within::Note,
                    name if within == Within::Note || STRUCTURE.contains(&name) => within = Within::Nothing,
                    _ => {}
                }
            }
        }
    }
    let heading = given(&decoded(&heading));
    for (reference, note) in references.iter_mut().zip(&notes) {
        reference.title = reference.title.take().and_then(|it| given(&decoded(&it)));
        // A browser's heading says `Bookmarks`.
        if reference.state.is_some() || reference.id.is_some() {
            reference.list.clone_from(&heading);
        }
        reference.blocks = blocks_of(decoded(note).trim(), reference.list.as_ref());
        reference.tags = tags_of(&reference.tags.concat(), reference.list.as_ref());
    }
    // An anchor that leads nowhere is no link.
    references.retain(Reference::is_named);
    references
}

/// What the text between two tags belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Nothing,
    /// The whole file.
    Heading,
    /// The link above.
    Title,
    /// The description of the link above.
    Note,
}

/// Tags that end a link's text, should nothing else.
const STRUCTURE: [&str; 10] = ["/a", "/h1", "dt", "/dt", "dd", "/dd", "dl", "/dl", "h3", "hr"];

fn ends_name(c: char) -> bool {
    c.is_whitespace() || c == '='
}

enum Piece<'a> {
    Text(&'a str),
    /// What stands between the angle brackets.
    Tag(&'a str),
}

/// Cuts a text at its tags and leaves out comments.
struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        while let Some(comment) = self.0.strip_prefix("<!--") {
            self.0 = comment.split_once("-->").map_or("", |it| it.1);
        }
        let first = self.0.chars().next()?;
        let is_tag =
            first == '<' && self.0[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        if is_tag {
            let end = tag_end(self.0);
            let tag = &self.0[1..end];
            self.0 = self.0.get(end + 1..).unwrap_or_default();
            return Some(Piece::Tag(tag));
        }
        let start = first.len_utf8();
        let end = self.0[start..].find('<').map_or(self.0.len(), |it| start + it);
        let (text, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(Piece::Text(text))
    }
}

/// Where the tag ends, at a `>` outside of quotation marks.
fn tag_end(text: &str) -> usize {
    let mut quoted = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quoted, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quoted = Some(byte),
            (Some(mark), _) if mark == byte => quoted = None,
            _ => {}
        }
    }
    text.len()
}

/// The text that HTML stands for in which no tag stands.
fn decoded(html: &str) -> String {
    if !html.contains(['&', '<', '\r', '\0']) {
        return html.to_owned();
    }
    // A byte order mark at the very beginning would be lost.
    let html = format!("<p>{}", html.replace('<', "&lt;"));
    Html::parse_fragment(&html).root_element().text().collect()
}

fn reference(attributes: &str) -> Reference {
    let attributes = read_attributes(attributes);
    let value = |name: &str| {
        let found = attributes.iter().find(|it| it.0.eq_ignore_ascii_case(name));
        found.and_then(|it| given(&decoded(it.1)))
    };
    let href = value("href");
    let is_web = |it: &String| it.contains("://");
    Reference {
        title: None,
        source: value("source"),
        date: value("date").and_then(|it| crate::article::Published::from_iso(&it)),
        byline: value("byline"),
        url: href.clone().filter(is_web),
        path: value("path").or(href.filter(|it| !is_web(it))),
        id: value("article").and_then(|it| it.parse().ok()),
        tags: value("tags").into_iter().collect(),
        state: value("state").and_then(|it| State::from_name(&it)),
        blocks: Vec::new(),
        versions: value("also").map(|it| versions_of(&it)).unwrap_or_default(),
        list: None,
    }
}

/// Names and values, as they are written.
fn read_attributes(mut text: &str) -> Vec<(&str, &str)> {
    let mut attributes = Vec::new();
    loop {
        text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = text.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            if rest.is_empty() {
                return attributes;
            }
            text = rest;
            continue;
        };
        let value = value.trim_start();
        let (value, rest) = match value.chars().next() {
            Some(mark @ ('"' | '\'')) => value[1..].split_once(mark).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        attributes.push((name, value));
        text = rest;
    }
}
