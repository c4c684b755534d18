//! A web page as lines, as a browser sets them: `<br>` and the elements that stand for themselves
//! end one.

use scraper::{ElementRef, Html, Node};

use super::{Line, Look};
use crate::read::tags;

/// Classes of elements that press databases set within a line, and that hold a value of their own.
const VALUE_CLASSES: &[&str] = &["DocPublicationName", "DocHeader", "TitreArticleVisu"];

/// The parser's own bound on nesting is above what `clean` lets through.
const DEPTH_MAX: usize = 700;

/// Longer attributes do not tell more of what an element is.
const MARK_BYTES_MAX: usize = 120;

/// The lines of a parsed page, or of a piece of one.
pub(in crate::read) fn lines(html: &Html) -> Vec<Line> {
    let mut walk = Walk::default();
    walk.element(html.root_element(), &Around::default(), 0);
    walk.end_line(&Around::default());
    walk.lines
}

#[derive(Clone, Default)]
struct Around {
    look: Look,
    preformatted: bool,
}

#[derive(Default)]
struct Walk {
    lines: Vec<Line>,
    text: String,
    /// How the first text of the line at hand is set.
    look: Option<Look>,
    /// Whether some of it is not bold.
    plain: bool,
    /// Up to where all of it is bold.
    bold_start: usize,
    /// The marks of the elements that began since the last line.
    begins: String,
}

impl Walk {
    fn element(&mut self, element: ElementRef<'_>, around: &Around, depth: usize) {
        let tag = element.value().name();
        if tags::SKIPPED.contains(&tag) || depth > DEPTH_MAX {
            return;
        }
        if tag == "br" {
            return self.break_line(around);
        }
        let is_block = tags::BLOCKS.contains(&tag) || VALUE_CLASSES.contains(&attribute(element, "class"));
        if is_block {
            self.end_line(around);
        }
        let inside = self.around(element, tag, around);
        if self.begins.len() < MARKS_BYTES_MAX {
            self.begins.push_str(&mark(element));
            self.begins.push_str(&link(element));
        }
        let mut cell = 0;
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.add(text, &inside),
                Node::Element(value) => {
                    let Some(child) = ElementRef::wrap(child) else { continue };
                    if matches!(value.name(), "td" | "th") {
                        let mut inside = inside.clone();
                        inside.look.cell = Some(cell);
                        cell += 1;
                        self.element(child, &inside, depth + 1);
                    } else {
                        self.element(child, &inside, depth + 1);
                    }
                }
                _ => (),
            }
        }
        if is_block {
            self.end_line(&inside);
        }
    }

    fn around(&self, element: ElementRef<'_>, tag: &str, around: &Around) -> Around {
        let mut inside = around.clone();
        let outer = &around.look.marks[..around.look.marks.floor_char_boundary(MARKS_BYTES_MAX)];
        inside.look.marks = format!("{}{outer}", mark(element));
        let style = attribute(element, "style").replace(' ', "").to_ascii_lowercase();
        match tag {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => inside.look.heading = tag[1..].parse().ok(),
            "b" | "strong" | "th" => inside.look.bold = true,
            "pre" => inside.preformatted = true,
            _ => (),
        }
        if style.contains("font-weight:bold") || style.contains("font-weight:700") {
            inside.look.bold = true;
        } else if style.contains("font-weight:normal") {
            inside.look.bold = false;
        }
        inside
    }

    fn add(&mut self, text: &str, around: &Around) {
        for c in text.chars() {
            if matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}') {
                continue;
            }
            if around.preformatted && c == '\n' {
                self.break_line(around);
            } else if c.is_whitespace() {
                if !self.text.is_empty() && !self.text.ends_with(' ') {
                    self.text.push(' ');
                }
            } else {
                self.look.get_or_insert_with(|| around.look.clone());
                self.plain |= !around.look.bold;
                self.text.push(c);
                if !self.plain {
                    self.bold_start = self.text.len();
                }
            }
        }
    }

    /// Ends the line, also a blank one.
    fn break_line(&mut self, around: &Around) {
        let text = std::mem::take(&mut self.text);
        let mut look = self.look.take().unwrap_or_else(|| around.look.clone());
        look.bold_start = std::mem::take(&mut self.bold_start);
        look.begins = std::mem::take(&mut self.begins);
        look.bold = !text.is_empty() && !std::mem::take(&mut self.plain);
        let number = self.lines.len() + 1;
        let line = Line { text: text.trim().to_owned(), number, look, ..Line::default() };
        self.lines.push(line);
    }

    /// Ends the line when something stands on it.
    fn end_line(&mut self, around: &Around) {
        if self.look.is_some() {
            self.break_line(around);
        }
        self.text.clear();
        self.bold_start = 0;
    }
}

/// The tag, `class` and `id` (`name` of an anchor) of an element, a space on both sides of each.
fn mark(element: ElementRef<'_>) -> String {
    let tag = element.value().name();
    let id = if tag == "a" && element.attr("id").is_none() { "name" } else { "id" };
    format!(" {tag} {} {} ", attribute(element, "class"), attribute(element, id))
}

/// Where a link leads: `href=https://quai.example/bac`; nothing when it is long or no address.
fn link(element: ElementRef<'_>) -> String {
    let address = element.attr("href").filter(|_| element.value().name() == "a").unwrap_or_default().trim();
    let whole = address.len() <= LINK_BYTES_MAX && !address.contains(char::is_whitespace);
    if whole && address.starts_with("http") { format!(" href={address} ") } else { String::new() }
}

/// Addresses of articles are shorter.
const LINK_BYTES_MAX: usize = 500;

fn attribute<'a>(element: ElementRef<'a>, name: &str) -> &'a str {
    let value = element.attr(name).unwrap_or_default();
    &value[..value.floor_char_boundary(MARK_BYTES_MAX)]
}

/// How many bytes of marks of the elements around are kept. A page nests some twenty elements.
const MARKS_BYTES_MAX: usize = 1_000;
