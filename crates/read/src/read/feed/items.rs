//! The items of an XML feed, one at a time: what RSS, Atom and exports of blogs have in common.

use std::collections::BTreeMap;

use morgue_core::{
    article::{Field, FieldName, Trust},
    count,
};

use super::date;
use crate::read::{
    Block, Problem, RawDocument, ReadRules,
    format::Source,
    xml::{Element, Name, Part, Parts, RoleOf},
};

/// What a feed says of all its items, as far as it was read.
#[derive(Debug, Default)]
pub(in crate::read) struct About {
    /// What the feed is called.
    pub(in crate::read) title: String,
    /// The address of its site.
    pub(in crate::read) link: String,
    pub(in crate::read) language: String,
    /// Who writes it, where items name nobody.
    pub(in crate::read) authors: Vec<String>,
    /// The names of its writers by their accounts.
    pub(in crate::read) accounts: BTreeMap<String, String>,
}

impl About {
    /// An address as a whole; one within the site is completed by that of the site.
    pub(in crate::read) fn absolute(&self, address: &str) -> String {
        let Some((scheme, rest)) = self.link.split_once("://") else { return address.to_owned() };
        let host = rest.split('/').next().unwrap_or(rest);
        match address.strip_prefix('/') {
            Some(path) if path.starts_with('/') => format!("{scheme}:{address}"),
            Some(_) => format!("{scheme}://{host}{address}"),
            None => address.to_owned(),
        }
    }
}

/// What an item of a feed is.
pub(in crate::read) enum Item {
    Article(RawDocument),
    /// No published article: a draft, a comment. What it is called is counted.
    LeftOut(String),
}

/// How the items of a kind of feed are read.
pub(in crate::read) struct ItemKind {
    pub(in crate::read) role: RoleOf,
    /// Notes what an element beside the items says of them; its path is that of the elements
    /// around.
    pub(in crate::read) about: fn(&mut About, &[Name], &Element),
    /// An item as an article, with its place in the file and the most blocks it may have.
    pub(in crate::read) item: fn(&Element, &About, &str, usize) -> Item,
}

/// The articles of a feed, in its order; the last one notes what was left out.
pub(in crate::read) struct Items<'a> {
    parts: Parts<'a>,
    kind: &'static ItemKind,
    about: About,
    passages_max: usize,
    left_out: BTreeMap<String, usize>,
    /// The last article, until it is known whether one follows.
    held: Option<RawDocument>,
    /// The problem that follows the article that was given.
    problem: Option<Problem>,
    done: bool,
}

impl<'a> Items<'a> {
    pub(in crate::read) fn new(source: Source<'a>, kind: &'static ItemKind) -> Result<Items<'a>, Problem> {
        let ReadRules { passages_max, .. } = *source.rules;
        Ok(Items {
            parts: Parts::new(source.stream, source.rules, kind.role)?,
            kind,
            about: About::default(),
            passages_max,
            left_out: BTreeMap::new(),
            held: None,
            problem: None,
            done: false,
        })
    }

    fn item(
        &mut self,
        element: &Element,
        place: &str,
        notes: Vec<String>,
    ) -> Option<Result<RawDocument, Problem>> {
        match (self.kind.item)(element, &self.about, place, self.passages_max) {
            Item::LeftOut(what) => {
                let is_known = what.len() <= WHAT_BYTES_MAX
                    && (self.left_out.len() < LEFT_OUT_MAX || self.left_out.contains_key(&what));
                let what = if is_known { what } else { "other item".to_owned() };
                *self.left_out.entry(what).or_default() += 1;
                None
            }
            Item::Article(document) if is_blank(&document) => {
                let reason = "has neither headline nor text".to_owned();
                Some(Err(Problem { place: place.to_owned(), reason }))
            }
            Item::Article(mut document) => {
                document.among_records = true;
                document.notes.splice(0..0, notes);
                Some(Ok(document))
            }
        }
    }

    /// The last article, or why it could not be read.
    fn end(&mut self) -> Option<Result<RawDocument, Problem>> {
        if std::mem::replace(&mut self.done, true) {
            return None;
        }
        let parts: Vec<String> = self.left_out.iter().map(|(what, n)| count(*n, what)).collect();
        let left_out = match &parts[..] {
            [] => None,
            [one] => Some(format!("left out as no published article: {one}")),
            [others @ .., last] => {
                Some(format!("left out as no published articles: {} and {last}", others.join(", ")))
            }
        };
        if let Some(mut document) = self.held.take() {
            document.notes.extend(left_out);
            return Some(Ok(document));
        }
        let reason = match left_out {
            Some(left_out) => left_out,
            None if Parts::count(&self.parts) == 0 => "is a feed without an item".to_owned(),
            None => return None,
        };
        Some(Err(Problem { place: String::new(), reason }))
    }
}

impl Iterator for Items<'_> {
    type Item = Result<RawDocument, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(problem) = self.problem.take() {
            return Some(Err(problem));
        }
        loop {
            let next = match self.parts.next() {
                Some(Ok(Part::About { path, element })) => {
                    (self.kind.about)(&mut self.about, &path, &element);
                    continue;
                }
                Some(Ok(Part::Record { element, place, notes })) => self.item(&element, &place, notes),
                Some(Err(problem)) => Some(Err(problem)),
                None => return self.end(),
            };
            match next {
                None => (),
                Some(Ok(document)) => {
                    if let Some(before) = self.held.replace(document) {
                        return Some(Ok(before));
                    }
                }
                Some(Err(problem)) => {
                    let Some(before) = self.held.take() else { return Some(Err(problem)) };
                    self.problem = Some(problem);
                    return Some(Ok(before));
                }
            }
        }
    }
}

/// How many kinds of skipped items are counted apart, and how long their names may be, in bytes.
/// Sites make up kinds of their own; a file could make up a million.
const LEFT_OUT_MAX: usize = 40;
const WHAT_BYTES_MAX: usize = 80;

fn is_blank(document: &RawDocument) -> bool {
    document.blocks.is_empty() && document.fields.iter().all(|it| it.name != FieldName::Headline)
}

/// The fields of an item, as they are collected.
pub(in crate::read) struct Values<'a> {
    /// What the rules are called after: `rss`.
    kind: &'static str,
    place: &'a str,
    fields: Vec<Field>,
}

impl<'a> Values<'a> {
    pub(in crate::read) fn new(kind: &'static str, place: &'a str) -> Values<'a> {
        Values { kind, place, fields: Vec::new() }
    }

    /// Adds a value that stands in `element`, unless it is blank.
    pub(in crate::read) fn add(&mut self, name: FieldName, value: &str, element: &str) {
        let value = value.trim();
        if !value.is_empty() && self.fields.len() < FIELDS_MAX {
            let (rule, place) = (format!("{} {element}", self.kind), format!("{}, {element}", self.place));
            self.fields.push(Field::new(name, value, Trust::Structured, &rule, &place));
        }
    }

    /// Adds a day of publication.
    pub(in crate::read) fn add_date(&mut self, text: &str, element: &str) {
        self.add(FieldName::Date, &date::written(text).unwrap_or_default(), element);
    }

    /// Adds a day of change, which counts as that of publication where the feed gives no other.
    pub(in crate::read) fn add_change(&mut self, text: &str, element: &str) {
        let is_dated = self.fields.iter().any(|it| it.name == FieldName::Date);
        self.add_date(text, if is_dated { element } else { "last change" });
    }

    /// Adds tags or categories as one value; which of them is a section is decided of all.
    pub(in crate::read) fn add_sections(&mut self, sections: &[String], element: &str) {
        let mut seen: Vec<&str> = Vec::new();
        for section in sections.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).take(SECTIONS_MAX) {
            if !seen.contains(&section) {
                seen.push(section);
            }
        }
        self.add(FieldName::Section, &seen.join("; "), element);
    }

    /// The article of these fields.
    pub(in crate::read) fn document(
        self,
        name: Option<String>,
        text: (Vec<Block>, Vec<String>),
    ) -> RawDocument {
        let (blocks, notes) = text;
        RawDocument { name, blocks, notes, fields: self.fields, ..RawDocument::default() }
    }
}

/// Values of an item beyond these are no longer those of an article: some hundred tags are one
/// value.
const FIELDS_MAX: usize = 200;

/// Further tags of an item are of no use.
const SECTIONS_MAX: usize = 30;
