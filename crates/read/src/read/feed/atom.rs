//! Atom 0.3 and 1.0, and the exports of Blogger, which are such feeds.

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

/// A feed in Atom.
pub(in crate::read) const FORMAT: Format = Format {
    name: "Atom",
    told_by: "the root element `feed` or `entry` with the namespace of Atom",
    article: "an `<entry>`; of a Blogger export a published post or page",
    extensions: &["atom"],
    fits: |start| {
        let namespace = ["w3.org/2005/atom", "purl.org/atom/ns"].iter().any(|it| start.lower.contains(it));
        match start.xml_root {
            Some("feed") => namespace || start.lower.contains("<entry"),
            Some("entry") => namespace,
            _ => false,
        }
    },
    read: |source| Ok(Box::new(Items::new(source, &KIND)?)),
};

const KIND: ItemKind = ItemKind { role, about, item };

fn role(path: &[Name]) -> Role {
    match (path.len(), path.last().map_or("", |it| it.local.as_str())) {
        (1 | 2, "entry") => Role::Record,
        (1, _) => Role::Enter,
        (2, "title" | "link" | "author") => Role::About,
        _ => Role::Skip,
    }
}

fn about(about: &mut About, path: &[Name], element: &Element) {
    let is_own = path.last().is_some_and(|it| it.prefix == element.name.prefix);
    match element.name.local.as_str() {
        "title" if is_own && about.title.is_empty() => about.title = title(element),
        "author" if is_own && about.authors.len() < AUTHORS_MAX => about.authors.push(person(element)),
        "link" if about.link.is_empty() && is_alternate(element) => {
            element.attribute("href").unwrap_or_default().clone_into(&mut about.link);
        }
        _ => (),
    }
}

/// How many authors a feed passes on to its items.
const AUTHORS_MAX: usize = 20;

fn item(entry: &Element, about: &About, place: &str, passages_max: usize) -> Item {
    if let Some(what) = left_out(entry) {
        return Item::LeftOut(what);
    }
    let own = |local: &'static str| entry.all(local).filter(|it| it.name.prefix == entry.name.prefix);
    let mut values = Values::new("atom", place);
    own("title").for_each(|it| values.add(FieldName::Headline, &title(it), "title"));
    let source = own("source").next();
    if let Some(name) = source.and_then(|it| it.child("title")) {
        values.add(FieldName::Source, &title(name), "source");
    }
    values.add(FieldName::Source, &about.title, "feed title");
    for name in ["published", "issued"] {
        own(name).for_each(|it| values.add_date(&it.line(), name));
    }
    entry.all("date").for_each(|it| values.add_date(&it.line(), "date"));
    for name in ["created", "updated", "modified"] {
        own(name).for_each(|it| values.add_change(&it.line(), name));
    }
    let authors: Vec<String> = own("author").chain(entry.all("creator")).map(person).collect();
    let of_source: Vec<String> = source.into_iter().flat_map(|it| it.all("author")).map(person).collect();
    let named = [(authors, "author"), (of_source, "source author"), (about.authors.clone(), "feed author")];
    if let Some((names, rule)) = named.iter().find(|(names, _)| names.iter().any(|it| !it.is_empty())) {
        names.iter().for_each(|it| values.add(FieldName::Byline, it, rule));
    }
    values.add_sections(&own("category").filter_map(category).collect::<Vec<_>>(), "category");
    links(entry, about, &mut values);
    let content = own("content").next();
    let language = entry.attribute("lang").or_else(|| content?.attribute("lang"));
    values.add(FieldName::Language, language.unwrap_or_default(), "language");
    let mut notes = Vec::new();
    let mut text = |it: Option<&Element>| it.and_then(|it| content_of(it, &mut notes));
    let (full, teaser) = (text(content), text(own("summary").next()));
    let teaser = teaser.or_else(|| {
        let group = entry.child("group").filter(|it| it.name.prefix == "media")?;
        Some(Content::Html(group.child("description")?.text()))
    });
    let (mut blocks, said) = choose(full, teaser, passages_max);
    add_captions(entry, &mut blocks);
    notes.extend(said);
    let name = own("id").next().map(Element::line).filter(|it| !it.is_empty());
    Item::Article(values.document(name, (blocks, notes)))
}

/// What an entry of a Blogger export is, unless it is a post or a page that was published.
fn left_out(entry: &Element) -> Option<String> {
    let kinds = entry.all("category").filter(|it| is_kind(it)).filter_map(|it| it.attribute("term"));
    let kind = kinds.last().and_then(|it| it.rsplit('#').next()).map(str::to_ascii_lowercase);
    let of_blogger = |local| {
        entry.all(local).find(|it| it.name.prefix == "blogger").map(|it| it.line().to_ascii_lowercase())
    };
    let kind = kind.or_else(|| of_blogger("type")).unwrap_or_else(|| "post".to_owned());
    if !matches!(kind.as_str(), "post" | "page") {
        return Some(if kind == "settings" { "setting".to_owned() } else { kind });
    }
    let draft = entry.at("control/draft").is_some_and(|it| it.line().eq_ignore_ascii_case("yes"));
    match of_blogger("status").filter(|it| it != "live") {
        Some(status) if status == "draft" => Some("draft".to_owned()),
        Some(status) => Some(format!("{} {kind}", status.replace('_', " "))),
        None => draft.then(|| "draft".to_owned()),
    }
}

fn is_kind(category: &Element) -> bool {
    category.attribute("scheme").is_some_and(|it| it.ends_with("g/2005#kind"))
}

/// What a category is called, the kinds of Google's feeds apart.
fn category(category: &Element) -> Option<String> {
    let name = category.attribute("label").or_else(|| category.attribute("term"));
    name.filter(|it| !is_kind(category) && !it.contains("://")).map(str::to_owned)
}

fn links(entry: &Element, about: &About, values: &mut Values<'_>) {
    entry.all("origLink").for_each(|it| values.add(FieldName::Url, &it.line(), "origLink"));
    let pages = entry.all("link").filter(|it| is_alternate(it));
    let (pages, others): (Vec<_>, Vec<_>) =
        pages.partition(|it| it.attribute("type").is_none_or(|it| it.contains("html")));
    for link in pages.into_iter().chain(others) {
        let address = about.absolute(link.attribute("href").unwrap_or_default());
        values.add(FieldName::Url, &address, "link");
    }
}

fn is_alternate(link: &Element) -> bool {
    link.attribute("rel").is_none_or(|it| it == "alternate")
}

/// Who a person is; in Atom 0.3 some feeds give the name alone.
fn person(person: &Element) -> String {
    person.child("name").unwrap_or(person).line()
}

/// How a text is given: `html` of Atom 1.0 is `text/html` with `escaped` in 0.3.
fn kind(element: &Element) -> &str {
    element.attribute("type").unwrap_or_default()
}

/// A title as one line.
fn title(element: &Element) -> String {
    let escaped = kind(element).ends_with("html") && element.elements().next().is_none();
    if escaped { html::plain(&element.line()) } else { element.line() }
}

/// Whether a text is HTML whatever its kind says: it has tags, and ends one.
fn is_html(text: &str) -> bool {
    let ends = ["</", "<br", "<p>", "<img"];
    html::is_tagged(text) && ends.iter().any(|it| text.contains(it))
}

/// The text of an element; what is of no kind of text is noted.
fn content_of(element: &Element, notes: &mut Vec<String>) -> Option<Content> {
    let kind = kind(element);
    if element.attribute("src").is_some() {
        notes.push("its content lies at another address".to_owned());
        return None;
    }
    let is_binary = element.attribute("mode") == Some("base64");
    match kind {
        "" | "text" | "text/plain" if element.elements().next().is_some() => Some(Content::of(element)),
        // By the standard it is plain text, also where the kind is left out; feeds have HTML in it.
        "" | "text" | "text/plain" if !is_binary && !is_html(&element.text()) => {
            Some(Content::Plain(element.text()))
        }
        "" | "text" | "text/plain" | "html" | "xhtml" | "text/html" | "text/xhtml" if !is_binary => {
            Some(Content::of(element))
        }
        _ if kind.ends_with("xml") && !is_binary => Some(Content::of(element)),
        _ => {
            let kind = if is_binary { "base64" } else { kind };
            notes.push(format!("its content is of the kind `{kind}`, which is not read"));
            None
        }
    }
}
