//! CSL-JSON, which Zotero, pandoc and every citeproc read. Specification: Citation Style Language
//! 1.0.2, JSON schema.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    archive::{Dossier, DossierItem},
    list::{Name, State, names, one_line},
};

use super::{
    super::json::{self, object},
    ExportOptions,
    citation::{date_parts, odd_byline},
    rows::{self, BlockRow},
};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ItemRow<'a, D, C> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<NameRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<D>,
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
    custom: C,
}

#[derive(Serialize)]
#[serde(untagged)]
enum NameRow {
    #[serde(rename_all = "kebab-case")]
    Person {
        family: String,
        given: String,
        #[serde(skip_serializing_if = "String::is_empty")]
        non_dropping_particle: String,
        #[serde(skip_serializing_if = "String::is_empty")]
        suffix: String,
    },
    Literal {
        literal: String,
    },
}

pub(super) fn write(dossier: &Dossier, options: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<()> {
    let limited = options.limited();
    let rows = dossier
        .items
        .iter()
        .zip(1..)
        .map(|(item, number)| row(number, item, &dossier.title, limited.as_deref()));
    json::document(&rows.collect::<Vec<_>>(), out)
}

fn row(number: usize, item: &DossierItem, list: &str, found: Option<&str>) -> impl Serialize {
    let line = |it: &Option<String>| it.as_deref().map(|it| plain(&one_line(it)));
    // What citation programs have no place for; an import reads it back.
    let morgue = object! {
        article: item.id.map(|it| it.to_string()),
        path: &item.path,
        /// The list's title.
        list,
        state: item.state.map(State::name),
        /// Of how many these are a part.
        #[serde(flatten)]
        found: found.map(|found| object! { found }),
        /// Where the names do not say it.
        #[serde(flatten)]
        byline: odd_byline(item).map(|it| object! { byline: it }),
        /// Notes and passages in their order.
        blocks: item.blocks.iter().map(BlockRow::of).collect::<Vec<_>>(),
        versions: item.versions.iter().map(rows::version).collect::<Vec<_>>(),
    };
    ItemRow {
        id: item.id.map_or_else(|| format!("entry-{number}"), |it| it.to_string()),
        kind: "article-newspaper",
        title: plain(&one_line(&item.title)),
        container_title: line(&item.source),
        author: item.byline.as_deref().map(names).unwrap_or_default().into_iter().map(name).collect(),
        issued: item.date.map(|it| object! { #[serde(rename = "date-parts")] date_parts: [date_parts(it)] }),
        url: super::web_url(item),
        publisher_place: line(&item.place),
        section: line(&item.section),
        language: item.language.as_deref(),
        note: item.note(),
        keyword: item.tags.join(", "),
        custom: object! { morgue },
    }
}

/// The text with a word joiner, which nobody sees, in what a citation program would take for one of
/// its few tags of HTML.
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
        Name::Person { given, particle, family, suffix } => {
            NameRow::Person { family, given, non_dropping_particle: particle, suffix }
        }
        Name::Literal(literal) => NameRow::Literal { literal },
    }
}
