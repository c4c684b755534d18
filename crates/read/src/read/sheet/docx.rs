//! Word documents as lines.
//!
//! `word/document.xml` is read as a stream, a paragraph or a table row at a time, so that memory
//! does not grow with the document. Page headers and footers, notes and comments lie in members of
//! their own and are not read; deleted and hidden text is dropped. The text of a text box follows
//! the paragraph that the box hangs on.

use std::{collections::HashMap, io::BufRead};

use super::{Line, Lines, setter::Setter};
use crate::read::{
    Problem, ReadRules,
    xml::{Element, Name, Node, Part, Parts, Role},
    zipped::Zipped,
};

/// How deep tables and content controls nest before the rest is read as one record.
const DEPTH_MAX: usize = 40;

/// The lines of a DOCX file.
pub(in crate::read) fn lines<'a>(bytes: Vec<u8>, rules: &ReadRules) -> Result<Lines<'a>, Problem> {
    let zipped = Zipped::new(bytes);
    let Some(document) = zipped.member("word/document.xml", rules)? else {
        let reason = "is a Word document without its text, `word/document.xml`";
        return Err(Problem { place: String::new(), reason: reason.to_owned() });
    };
    let styles = match zipped.member("word/styles.xml", rules)? {
        Some(stream) => styles(stream, rules)?,
        None => HashMap::new(),
    };
    lines_of(document, styles, rules)
}

/// The lines of `word/document.xml`.
fn lines_of<'a>(
    document: Box<dyn BufRead + 'a>,
    styles: HashMap<String, Style>,
    rules: &ReadRules,
) -> Result<Lines<'a>, Problem> {
    let mut parts = Parts::new(document, rules, role)?;
    let mut body = Body { setter: Setter::default(), styles };
    Ok(Box::new(std::iter::from_fn(move || {
        loop {
            if let Some(line) = body.setter.lines.pop_front() {
                return Some(Ok::<Line, Problem>(line));
            }
            match parts.next()? {
                Ok(Part::Record { element, .. }) => body.block(&element, None, &mut 0),
                Ok(Part::About { .. }) => (),
                Err(problem) => return Some(Err(of_paragraph(problem))),
            }
        }
    })))
}

fn of_paragraph(problem: Problem) -> Problem {
    Problem { place: problem.place.replace("record", "paragraph"), reason: problem.reason }
}

/// Elements around paragraphs and table rows.
const ENTERED: &[&str] = &[
    "document",
    "body",
    "tbl",
    "sdt",
    "sdtContent",
    "customXml",
    "smartTag",
    "ins",
    "moveTo",
    "AlternateContent",
    "Choice",
];

fn role(path: &[Name]) -> Role {
    let name = path.last().map_or("", |it| it.local.as_str());
    match name {
        "p" | "tr" | "sectPr" => Role::Record,
        _ if !ENTERED.contains(&name) => Role::Skip,
        _ if path.len() > DEPTH_MAX => Role::Record,
        _ => Role::Enter,
    }
}

/// What a style of paragraphs says of its lines.
#[derive(Clone, Copy, Default)]
struct Style {
    heading: Option<u8>,
    bold: bool,
}

/// Word itself defines some 300 styles.
const STYLES_MAX: usize = 10_000;

fn styles(stream: Box<dyn BufRead>, rules: &ReadRules) -> Result<HashMap<String, Style>, Problem> {
    let parts = Parts::new(stream, rules, |path| match path.last().map(|it| it.local.as_str()) {
        Some("styles") => Role::Enter,
        Some("style") => Role::Record,
        _ => Role::Skip,
    })?;
    // Damaged styles cost the headings alone.
    let elements = parts.filter_map(Result::ok).take(STYLES_MAX).filter_map(|it| match it {
        Part::Record { element, .. } => Some(element),
        Part::About { .. } => None,
    });
    Ok(elements
        .filter_map(|element| {
            let name = value(&element, "name").unwrap_or_default().to_lowercase();
            let heading = match name.strip_prefix("heading ") {
                Some(rank) => rank.parse().ok(),
                None if name == "title" => Some(1),
                None => element.child("pPr").and_then(outline),
            };
            let bold = element.child("rPr").and_then(|it| switch(it, "b")).unwrap_or_default();
            Some((element.attribute("styleId")?.to_owned(), Style { heading, bold }))
        })
        .collect())
}

/// The `val` of the first child with this name.
fn value<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.child(name)?.attribute("val")
}

/// Whether a property is on; `None` when nothing is said of it.
fn switch(properties: &Element, name: &str) -> Option<bool> {
    let found = properties.child(name)?;
    Some(!matches!(found.attribute("val"), Some("0" | "false" | "off" | "none")))
}

/// The rank of a heading, from the outline level of a paragraph; level 9 is running text.
fn outline(properties: &Element) -> Option<u8> {
    let level: u8 = value(properties, "outlineLvl")?.parse().ok()?;
    (level < 9).then_some(level + 1)
}

struct Body {
    setter: Setter,
    styles: HashMap<String, Style>,
}

/// The paragraph that a run stands in.
#[derive(Clone, Copy)]
struct Around {
    style: Style,
    cell: Option<usize>,
}

impl Body {
    /// Sets a paragraph, a row, or anything that holds these. `cell` is the table cell it stands
    /// in, `n_cells` counts the cells of the row at hand.
    fn block(&mut self, element: &Element, cell: Option<usize>, n_cells: &mut usize) {
        match element.name.local.as_str() {
            "p" => self.paragraph(element, cell),
            "sectPr" => self.setter.end_page(),
            "del" | "moveFrom" => (),
            "tr" => {
                let mut n_cells = 0;
                element.elements().for_each(|it| self.block(it, cell, &mut n_cells));
            }
            "tc" => {
                let at = *n_cells;
                *n_cells += 1;
                element.elements().for_each(|it| self.block(it, Some(at), &mut 0));
            }
            "AlternateContent" => {
                if let Some(chosen) = alternative(element) {
                    self.block(chosen, cell, n_cells);
                }
            }
            _ => element.elements().for_each(|it| self.block(it, cell, n_cells)),
        }
    }

    fn paragraph(&mut self, paragraph: &Element, cell: Option<usize>) {
        let properties = paragraph.child("pPr");
        let named = properties.and_then(|it| value(it, "pStyle")).and_then(|it| self.styles.get(it));
        let mut style = named.copied().unwrap_or_default();
        style.heading = properties.and_then(outline).or(style.heading);
        if properties.and_then(|it| switch(it, "pageBreakBefore")) == Some(true) {
            self.setter.end_page();
        }
        let mut boxes = Vec::new();
        self.inline(paragraph, Around { style, cell }, &mut boxes);
        self.setter.end_line(style.heading, cell);
        for element in boxes {
            self.block(element, cell, &mut 0);
        }
        if properties.and_then(|it| it.child("sectPr")).is_some() {
            self.setter.end_page();
        }
    }

    /// Sets the text within an element; paragraphs of text boxes are put aside in `boxes`.
    fn inline<'a>(&mut self, element: &'a Element, around: Around, boxes: &mut Vec<&'a Element>) {
        for child in element.elements() {
            match child.name.local.as_str() {
                "pPr" | "rPr" | "del" | "moveFrom" | "instrText" | "delText" | "delInstrText" => (),
                "t" => self.text(child, around.style.bold),
                "tab" | "ptab" => self.setter.add(" ", around.style.bold),
                "noBreakHyphen" => self.setter.add("-", around.style.bold),
                "br" | "cr" => {
                    self.setter.end_line(around.style.heading, around.cell);
                    if child.attribute("type") == Some("page") {
                        self.setter.end_page();
                    }
                }
                "p" | "tbl" => boxes.push(child),
                "r" => self.run(child, around, boxes),
                "AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.inline(chosen, around, boxes);
                    }
                }
                _ => self.inline(child, around, boxes),
            }
        }
    }

    fn run<'a>(&mut self, run: &'a Element, mut around: Around, boxes: &mut Vec<&'a Element>) {
        let properties = run.child("rPr");
        if properties.and_then(|it| switch(it, "vanish")) == Some(true) {
            return;
        }
        around.style.bold = properties.and_then(|it| switch(it, "b")).unwrap_or(around.style.bold);
        self.inline(run, around, boxes);
    }

    fn text(&mut self, element: &Element, bold: bool) {
        for node in &element.children {
            if let Node::Text(text) = node {
                self.setter.add(text, bold);
            }
        }
    }
}

/// The one of several forms of the same content that is read: the first that is not meant for old
/// programs.
fn alternative(element: &Element) -> Option<&Element> {
    element.child("Choice").or_else(|| element.child("Fallback"))
}

#[cfg(test)]
mod tests;
