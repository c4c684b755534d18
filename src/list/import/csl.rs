//! CSL-JSON: an array of items, or an object with `items`.

use serde_json::Value;

use super::{Block, Error, Reference, State, Version, date_of, given, tags_of};
use crate::list::{PassageWords, notes};

pub(super) fn read(text: &str) -> Result<Vec<Reference>, Error> {
    let value: Value = serde_json::from_str(text)
        .map_err(|it| Error { line: it.line(), reason: no_json(&it).to_owned() })?;
    let items = match &value {
        Value::Array(items) => items.as_slice(),
        Value::Object(object) => match object.get("items") {
            Some(Value::Array(items)) => items.as_slice(),
            _ => std::slice::from_ref(&value),
        },
        _ => {
            return Err(Error {
                line: 1,
                reason: "this is no CSL-JSON, which is an array of items".to_owned(),
            });
        }
    };
    match items.iter().position(|it| !it.is_object()) {
        Some(n) => {
            Err(Error { line: 1, reason: format!("this is no CSL-JSON: item {} is no object", n + 1) })
        }
        None => Ok(items.iter().map(reference).collect()),
    }
}

fn no_json(error: &serde_json::Error) -> &'static str {
    if error.is_eof() { "this is no JSON: it ends in the middle" } else { "this is no JSON" }
}

fn reference(item: &Value) -> Reference {
    let text = |key: &str| {
        item.get(key).and_then(Value::as_str).and_then(given).map(|it| it.replace("<\u{2060}", "<"))
    };
    let own = |key: &str| item.pointer(&format!("/custom/morgue/{key}"));
    let id = own("article").or(item.get("id")).and_then(Value::as_str).and_then(|it| it.parse().ok());
    let own_text = |key: &str| own(key).and_then(Value::as_str).map(str::to_owned);
    let list = own_text("list");
    let note = text("note").unwrap_or_default();
    let mut blocks: Vec<Block> = items(own("blocks")).filter_map(block).collect();
    // Who changed the notes in another program meant it.
    if given(&notes(&blocks)).unwrap_or_default() != note {
        blocks.retain(|it| matches!(it, Block::Passage(_)));
        blocks.insert(0, Block::Note(note));
    }
    Reference {
        title: text("title"),
        source: text("container-title").or_else(|| text("publisher")),
        date: item.get("issued").and_then(date),
        byline: own_text("byline").or_else(|| item.get("author").and_then(authors)),
        url: text("URL"),
        path: own_text("path"),
        id,
        tags: text("keyword").map(|it| tags_of(&it, list.as_ref())).unwrap_or_default(),
        state: own("state").and_then(Value::as_str).and_then(State::from_name),
        blocks,
        versions: items(own("versions")).filter_map(version).collect(),
        list,
    }
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn block(value: &Value) -> Option<Block> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let ordinal = || usize::try_from(value.get("passage")?.as_u64()?).ok();
    let passage = |text: String, said_by| Block::Passage(PassageWords { ordinal: ordinal(), text, said_by });
    text("note").map(Block::Note).or_else(|| Some(passage(text("text")?, text("said_by")?)))
}

fn version(value: &Value) -> Option<Version> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let id = text("article").and_then(|it| it.parse().ok());
    Some(Version { label: text("label")?.to_owned(), link: text("path")?.to_owned(), id })
}

fn date(issued: &Value) -> Option<crate::article::Published> {
    let parts = issued.pointer("/date-parts/0").and_then(Value::as_array);
    if let Some(parts) = parts {
        // Some programs write numbers as strings.
        let part = |at: usize| {
            let it = parts.get(at)?;
            it.as_str().map(str::to_owned).or_else(|| it.as_i64().map(|it| it.to_string()))
        };
        return date_of(part(0).as_deref(), part(1).as_deref(), part(2).as_deref());
    }
    let raw = issued.get("raw").or(issued.get("literal"))?.as_str()?;
    crate::article::Published::from_iso(raw.split('T').next().unwrap_or(raw).trim())
}

/// As a byline that reads back as the same names.
fn authors(authors: &Value) -> Option<String> {
    let name = |it: &Value| {
        let text = |key: &str| it.get(key).and_then(Value::as_str).unwrap_or_default();
        let parts = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"].map(text);
        let parts = parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>();
        given(text("literal")).or_else(|| given(&parts.join(" ")))
    };
    let names: Vec<String> = authors.as_array()?.iter().filter_map(name).collect();
    given(&names.join(" and "))
}
