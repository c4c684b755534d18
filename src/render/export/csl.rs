//! CSL-JSON, which Zotero, pandoc and every citeproc read. Specification: Citation Style Language 1.0.2, JSON schema.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    archive::{Dossier, DossierItem},
    list::{Name, names},
};

use super::{
    super::json,
    citation::{date_parts, odd_byline},
    rows::{BlockRow, VersionRow},
};
use crate::list::one_line;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ItemRow<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<NameRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<DateRow>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher_place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    keyword: String,
    custom: CustomRow<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum NameRow {
    Person { family: String, given: String },
    Literal { literal: String },
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct DateRow {
    date_parts: [Vec<i16>; 1],
}

/// What citation programs have no place for; an import reads it back.
#[derive(Serialize)]
struct CustomRow<'a> {
    morgue: MorgueRow<'a>,
}

#[derive(Serialize)]
struct MorgueRow<'a> {
    article: Option<String>,
    path: Option<&'a str>,
    /// The list's title.
    list: &'a str,
    state: Option<&'static str>,
    /// Where the names do not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<&'a str>,
    /// Notes and passages in their order.
    blocks: Vec<BlockRow<'a>>,
    versions: Vec<VersionRow<'a>>,
}

pub(super) fn write(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<ItemRow<'_>> =
        dossier.items.iter().enumerate().map(|(n, it)| row(n + 1, it, &dossier.title)).collect();
    json::document(&rows, out)
}

fn row<'a>(number: usize, item: &'a DossierItem, list: &'a str) -> ItemRow<'a> {
    let line = |it: &Option<String>| it.as_deref().map(|it| plain(&one_line(it)));
    ItemRow {
        id: item.id.map_or_else(|| format!("entry-{number}"), |it| it.to_string()),
        kind: "article-newspaper",
        title: plain(&one_line(&item.title)),
        container_title: line(&item.source),
        author: item.byline.as_deref().map(names).unwrap_or_default().into_iter().map(name).collect(),
        issued: item.date.map(|it| DateRow { date_parts: [date_parts(it)] }),
        url: item.url.as_deref().filter(|it| super::is_web(it)),
        publisher_place: line(&item.place),
        section: line(&item.section),
        language: item.language.as_deref(),
        note: item.note(),
        keyword: item.tags.join(", "),
        custom: CustomRow {
            morgue: MorgueRow {
                article: item.id.map(|it| it.to_string()),
                path: item.path.as_deref(),
                list,
                state: item.state.map(|it| it.name()),
                byline: odd_byline(item),
                blocks: item.blocks.iter().map(BlockRow::of).collect(),
                versions: item.versions.iter().map(VersionRow::of).collect(),
            },
        },
    }
}

/// The text with a word joiner, which nobody sees, in what a citation program would take for one of its few tags of HTML.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        out.push(c);
        if c == '<' && text[at + 1..].starts_with(|it: char| it.is_ascii_alphabetic() || it == '/') {
            out.push(JOINER);
        }
    }
    out
}

/// U+2060; an import takes it out again.
const JOINER: char = '\u{2060}';

fn name(name: Name) -> NameRow {
    match name {
        Name::Person { given, family } => NameRow::Person { family, given },
        Name::Literal(literal) => NameRow::Literal { literal },
    }
}
