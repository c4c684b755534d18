//! RSS 0.9 to 2.0, RSS 1.0 among them, whose items stand beside their channel.

use morgue_core::article::FieldName;

use super::{
    content::{Content, add_captions, choose},
    items::{About, Item, ItemKind, Items, Values},
};
use crate::read::{
    format::Format,
    html,
    xml::{Element, Name, Role},
};

/// A feed in RSS.
pub(in crate::read) const FORMAT: Format = Format {
    name: "RSS",
    told_by: "the root element `rss`, or `RDF` with the namespace of RSS",
    article: "an `<item>`",
    extensions: &["rss"],
    fits: |start| match start.xml_root {
        Some("rss") => true,
        Some("RDF") => {
            ["purl.org/rss/", "netscape.com/rdf/simple", "<channel"].iter().any(|it| start.lower.contains(it))
        }
        _ => false,
    },
    read: |source| Ok(Box::new(Items::new(source, &KIND)?)),
};

const KIND: ItemKind = ItemKind { role, about, item };

fn role(path: &[Name]) -> Role {
    match path.last().map_or("", |it| it.local.as_str()) {
        _ if path.len() == 1 => Role::Enter,
        "channel" => Role::Enter,
        "item" => Role::Record,
        "title" | "link" | "language" if path.len() > 2 => Role::About,
        _ => Role::Skip,
    }
}

fn about(about: &mut About, _: &[Name], element: &Element) {
    let value = match element.name.local.as_str() {
        "title" => &mut about.title,
        "language" => &mut about.language,
        _ => &mut about.link,
    };
    // `itunes:title` and `atom:link` stand beside the channel's own.
    if value.is_empty() && ["", "dc", "rss"].contains(&element.name.prefix.as_str()) {
        *value = html::plain(&element.line());
    }
}

fn item(item: &Element, about: &About, place: &str, passages_max: usize) -> Item {
    let mut values = Values::new("rss", place);
    let own = Own(item);
    for title in own.all("title") {
        values.add(FieldName::Headline, &html::plain(&title.line()), "title");
    }
    sources(&own, about, &mut values);
    dates(&own, &mut values);
    bylines(&own, &mut values);
    let categories = own.all("category").chain(own.foreign("subject")).map(|it| html::plain(&it.line()));
    values.add_sections(&categories.collect::<Vec<_>>(), "category");
    urls(&own, about, &mut values);
    let language = own.foreign("language").next().map_or_else(|| about.language.clone(), Element::line);
    values.add(FieldName::Language, &language, "language");
    let full = ["encoded", "full-text", "fulltext", "body", "content"];
    let holds = |it: &&Element| it.elements().next().is_some() || !it.line().is_empty();
    let full = full.into_iter().find_map(|name| own.foreign(name).find(holds));
    // XHTML whose namespace is declared without a prefix; `media:text` is a transcript.
    let full = full
        .or_else(|| own.all("body").find(holds))
        .or_else(|| item.all("text").find(|it| it.name.prefix == "media" && holds(it)));
    let teaser = own.all("description").chain(own.foreign("summary")).chain(own.foreign("abstract")).next();
    let (mut blocks, mut notes) = choose(full.map(Content::of), teaser.map(Content::of), passages_max);
    add_captions(item, &mut blocks);
    let is_recording = |it: &&str| it.starts_with("audio") || it.starts_with("video");
    if let Some(recording) = item.all("enclosure").filter_map(|it| it.attribute("type")).find(is_recording) {
        notes.push(format!("the text describes a recording ({recording})"));
    }
    let name = own.all("guid").next().map(Element::line).filter(|it| !it.is_empty());
    let name = name.or_else(|| item.attribute("about").map(str::to_owned));
    Item::Article(values.document(name, (blocks, notes)))
}

/// The elements of an item, told apart by whether they are of RSS or of another namespace.
struct Own<'a>(&'a Element);

impl<'a> Own<'a> {
    /// Those of RSS, which have the prefix of their item; names in any letters.
    fn all(&self, local: &'static str) -> impl Iterator<Item = &'a Element> {
        let Own(item) = *self;
        let is_own = |it: &&Element| it.name.prefix == item.name.prefix;
        item.elements().filter(move |it| it.name.local.eq_ignore_ascii_case(local)).filter(is_own)
    }

    /// Those of other namespaces. Of `media:content` and `excerpt:encoded` neither is the text.
    fn foreign(&self, local: &'static str) -> impl Iterator<Item = &'a Element> {
        let Own(item) = *self;
        let is_foreign = |it: &&Element| {
            it.name.prefix != item.name.prefix && it.name.prefix != "media" && it.name.prefix != "excerpt"
        };
        item.all(local).filter(is_foreign)
    }
}

fn sources(own: &Own<'_>, about: &About, values: &mut Values<'_>) {
    for source in own.all("source").chain(own.foreign("source")) {
        let name = html::plain(&source.line());
        if !name.contains("://") {
            values.add(FieldName::Source, &name, "source");
        }
    }
    values.add(FieldName::Source, &about.title, "channel title");
}

/// The day of publication; that of the last change only where the feed gives no other.
fn dates(own: &Own<'_>, values: &mut Values<'_>) {
    own.all("pubDate").for_each(|it| values.add_date(&it.line(), "pubDate"));
    for name in ["pubDate", "date", "issued", "available", "published", "created"] {
        own.foreign(name).for_each(|it| values.add_date(&it.line(), name));
    }
    for name in ["updated", "modified"] {
        own.foreign(name).for_each(|it| values.add_change(&it.line(), name));
    }
}

fn bylines(own: &Own<'_>, values: &mut Values<'_>) {
    for creator in own.foreign("creator") {
        values.add(FieldName::Byline, &person(&html::plain(&creator.line())), "creator");
    }
    for author in own.all("author").chain(own.foreign("author")) {
        let name = author.child("name").unwrap_or(author);
        values.add(FieldName::Byline, &person(&html::plain(&name.line())), "author");
    }
}

/// The name in `ann@osby.example (Ann Lee)`.
fn person(text: &str) -> String {
    let inner = text.split_once('(').and_then(|(before, rest)| Some((before, rest.rsplit_once(')')?.0)));
    match inner {
        Some((before, name)) if before.contains('@') || before.trim().is_empty() => name.trim().to_owned(),
        _ => text.to_owned(),
    }
}

/// `feedburner:origLink` is where the address of a feed's service leads.
fn urls(own: &Own<'_>, about: &About, values: &mut Values<'_>) {
    let linked = |it: &Element| {
        let line = it.line();
        let target = if line.is_empty() { it.attribute("href").unwrap_or_default() } else { &line };
        about.absolute(target)
    };
    own.foreign("origLink").for_each(|it| values.add(FieldName::Url, &it.line(), "origLink"));
    own.all("link").for_each(|it| values.add(FieldName::Url, &linked(it), "link"));
    let permanent =
        |it: &&Element| it.attribute("isPermaLink").is_none_or(|it| it.eq_ignore_ascii_case("true"));
    for guid in own.all("guid").filter(permanent) {
        let address = guid.line();
        if address.starts_with("http") {
            values.add(FieldName::Url, &address, "guid");
        }
    }
    let alternate = |it: &&Element| it.attribute("rel").is_none_or(|it| it == "alternate");
    own.foreign("link").filter(alternate).for_each(|it| values.add(FieldName::Url, &linked(it), "atom link"));
}
