//! Feeds: Atom (RFC 4287) and JSON Feed 1.1.

use std::io::{self, Write};

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::{
    archive::{Dossier, DossierItem},
    article::Published,
    list::{Name, State, names},
};

use super::{
    super::json::{self, object},
    ExportOptions,
    body::{self, FileLinks},
    html,
    xml::{Xml, one_line},
};

/// Writes an Atom feed, an entry an article.
pub(super) fn atom(dossier: &Dossier, options: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new();
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .open("feed", &[("xmlns", "http://www.w3.org/2005/Atom")]);
    xml.element("id", &[], &urn(&["list", &dossier.name, &dossier.title]));
    xml.element("title", &[], &one_line(&dossier.title)).element(
        "subtitle",
        &[],
        &html::about(dossier, options),
    );
    xml.element("updated", &[], &options.made.to_string());
    xml.element("generator", &[("version", env!("CARGO_PKG_VERSION"))], "morgue");
    for (n, item) in dossier.items.iter().enumerate() {
        xml.raw("\n").open("entry", &[]).element("id", &[], &id(n, item));
        xml.element("title", &[], &one_line(&item.title));
        for author in authors(item) {
            xml.open("author", &[]).element("name", &[], &author).close();
        }
        xml.element("updated", &[], &item.date.map_or(options.made, instant).to_string());
        if let Some(published) = published(item) {
            xml.element("published", &[], &published);
        }
        if let Some(url) = super::web_url(item) {
            xml.empty("link", &[("rel", "alternate"), ("href", &super::citation::encoded(url))]);
        }
        for tag in &item.tags {
            xml.empty("category", &[("term", tag)]);
        }
        xml.element("content", &[("type", "html")], &content(item, options)).close();
    }
    out.write_all(xml.finish().as_bytes())?;
    writeln!(out)
}

#[derive(Serialize)]
struct ItemRow<'a, A, M> {
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    content_html: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<A>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    /// What the format has no place for; a name that begins with `_` is an extension.
    _morgue: M,
}

/// Writes a JSON Feed, an item an article.
pub(super) fn json_feed(
    dossier: &Dossier,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let items = dossier.items.iter().enumerate().map(|(n, item)| ItemRow {
        id: id(n, item),
        title: one_line(&item.title),
        url: super::web_url(item),
        content_html: content(item, options),
        date_published: published(item),
        authors: authors(item).into_iter().map(|name| object! { name }).collect(),
        tags: &item.tags,
        language: item.language.as_deref(),
        _morgue: object! {
            article: item.id.map(|it| it.to_string()),
            path: &item.path,
            source: &item.source,
            date: item.date.map(|it| it.to_string()),
            state: item.state.map(State::name),
            note: item.note(),
        },
    });
    let feed = object! {
        version: "https://jsonfeed.org/version/1.1",
        title: one_line(&dossier.title),
        description: html::about(dossier, options),
        items: items.collect::<Vec<_>>(),
    };
    json::document(&feed, out)
}

/// What a feed reader shows: notes and passages, or the whole text.
fn content(item: &DossierItem, options: &ExportOptions<'_>) -> String {
    let mut xml = Xml::new();
    body::item(&mut xml, item, options, FileLinks::None);
    xml.finish()
}

fn id(n: usize, item: &DossierItem) -> String {
    let named = item.id.map_or_else(|| format!("{} {}", n + 1, item.title), |it| it.to_string());
    urn(&["article", &named])
}

fn urn(parts: &[&str]) -> String {
    format!("urn:uuid:{}", super::uuid_of(parts))
}

/// Those who wrote it; where nobody is known, who published it: an Atom entry needs an author.
fn authors(item: &DossierItem) -> Vec<String> {
    let people = item.byline.as_deref().map(names).unwrap_or_default();
    let people: Vec<String> =
        people.iter().map(Name::plain).map(|it| one_line(&it)).filter(|it| !it.is_empty()).collect();
    if people.is_empty() {
        vec![item.source.as_deref().map_or_else(|| "unknown".to_owned(), one_line)]
    } else {
        people
    }
}

/// When it was published, where at least the day is known: a month as an instant would say more
/// than is known.
fn published(item: &DossierItem) -> Option<String> {
    let date = item.date.filter(|it| matches!(it, Published::Day(_) | Published::Instant(..)));
    date.map(|it| instant(it).to_string())
}

/// A feed wants an instant; a date that is not so fine begins its first day, in UTC.
fn instant(date: Published) -> Timestamp {
    match date {
        Published::Instant(at, _) => at,
        _ => date.days().0.to_zoned(TimeZone::UTC).map(|it| it.timestamp()).unwrap_or_default(),
    }
}
