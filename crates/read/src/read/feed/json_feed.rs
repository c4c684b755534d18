//! JSON Feed 1.0 and 1.1.

use morgue_core::article::FieldName;
use serde_json::Value;

use super::{
    content::{Content, choose},
    items::{About, Values},
};
use crate::read::{
    Documents, Problem, RawDocument,
    encoding::{self, Decoded},
    format::Format,
    json,
};

/// A feed in JSON.
pub(in crate::read) const FORMAT: Format = Format {
    name: "JSON Feed",
    told_by: "an object that names jsonfeed.org, or has `items` with `content_html` or `content_text`",
    article: "an item",
    extensions: &[],
    fits: |start| start.text.starts_with('{') && is_hinted_at(start.text),
    read: |source| {
        if source.mapping.is_some() {
            return (json::FORMAT.read)(source);
        }
        let rules = source.rules;
        let file = source.whole()?;
        let problem = file.problem.map(Err);
        let decoded = encoding::decode(file.bytes, None);
        if let Some(items) = items(&decoded, rules.passages_max) {
            return Ok(Box::new(items.chain(problem)));
        }
        Ok(Box::new(json::Records::of(decoded, None, rules.passages_max).chain(problem)))
    },
};

/// Its version is an address of the standard, and may stand behind the items: their names of the
/// text are those of no other JSON.
fn is_hinted_at(text: &str) -> bool {
    let items = text.contains("\"items\"");
    text.contains("jsonfeed.org") || items && TEXTS.iter().any(|it| text.contains(&format!("\"{it}\"")))
}

const TEXTS: [&str; 2] = ["content_html", "content_text"];

/// The articles of a text of JSON; `None` where it is no JSON Feed.
fn items(decoded: &Decoded, passages_max: usize) -> Option<Documents<'static>> {
    let Value::Object(mut feed) = json::parse(decoded.text.trim_start_matches('\u{feff}')).ok()? else {
        return None;
    };
    let Value::Array(items) = feed.remove("items")? else { return None };
    let versioned = feed.get("version").and_then(Value::as_str).is_some_and(|it| it.contains("jsonfeed.org"));
    let is_item = |it: &Value| TEXTS.iter().any(|name| it.get(name).is_some());
    if !versioned && !items.iter().any(is_item) {
        return None;
    }
    let (feed, notes) = (Value::Object(feed), decoded.notes.clone());
    let documents = items.into_iter().zip(1..).map(move |(item, n)| {
        let mut document = document(&item, &feed, &format!("record {n}"), passages_max)?;
        document.notes.splice(0..0, notes.iter().cloned());
        Ok(document)
    });
    Some(Box::new(documents))
}

fn document(item: &Value, feed: &Value, place: &str, passages_max: usize) -> Result<RawDocument, Problem> {
    let problem = |reason: &str| Problem { place: place.to_owned(), reason: reason.to_owned() };
    if !item.is_object() {
        return Err(problem("is no item with named fields"));
    }
    let mut values = Values::new("jsonfeed", place);
    values.add(FieldName::Headline, text(item, "title"), "title");
    values.add(FieldName::Source, text(feed, "title"), "feed title");
    values.add_date(text(item, "date_published"), "date_published");
    values.add_change(text(item, "date_modified"), "date_modified");
    let (own, of_feed) = (authors(item), authors(feed));
    let (names, rule) = if own.is_empty() { (of_feed, "feed authors") } else { (own, "authors") };
    names.iter().for_each(|it| values.add(FieldName::Byline, it, rule));
    let tags = item.get("tags").and_then(Value::as_array).into_iter().flatten();
    let tags: Vec<String> = tags.filter_map(Value::as_str).map(str::to_owned).collect();
    values.add_sections(&tags, "tags");
    let about = About { link: text(feed, "home_page_url").to_owned(), ..About::default() };
    for name in ["url", "external_url"] {
        values.add(FieldName::Url, &about.absolute(text(item, name)), name);
    }
    for (from, rule) in [(item, "language"), (feed, "feed language")] {
        values.add(FieldName::Language, text(from, "language"), rule);
    }
    let given = |name| Some(text(item, name)).filter(|it| !it.trim().is_empty()).map(str::to_owned);
    let full = given("content_html").map(Content::Html).or_else(|| given("content_text").map(Content::Plain));
    let text = choose(full, given("summary").map(Content::Plain), passages_max);
    let name = item
        .get("id")
        .and_then(|it| it.as_str().map(str::to_owned).or_else(|| it.as_i64().map(|it| it.to_string())));
    let mut document = values.document(name, text);
    document.among_records = true;
    let has_headline = document.fields.iter().any(|it| it.name == FieldName::Headline);
    match document.blocks.is_empty() && !has_headline {
        true => Err(problem("has neither headline nor text")),
        false => Ok(document),
    }
}

fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The names of `authors`, or of the one `author` of version 1.0.
fn authors(object: &Value) -> Vec<String> {
    let several = object.get("authors").and_then(Value::as_array).into_iter().flatten();
    let all = several.chain(object.get("author"));
    let names = all.map(|it| text(it, "name").trim()).filter(|it| !it.is_empty());
    names.map(str::to_owned).collect()
}
