//! ninjs, the JSON of the IPTC, versions 1 to 3, with the dialects of dpa, TT and Superdesk: one
//! record of a JSON file.
//!
//! Names differ in case and underscores from version to version (`versioncreated`,
//! `versionCreated`, `version_created`), so they are compared without. The text is one of several
//! renditions; associations are items of their own, and not read.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    prose,
    story::{Story, embargo_note, status_note},
};
use crate::read::{Problem, RawDocument};
use morgue_core::article::FieldName;

/// The members of a record by their names in lower case, without the signs between words.
struct Record<'a> {
    members: HashMap<String, &'a Value>,
}

impl<'a> Record<'a> {
    fn new(record: &'a Value) -> Record<'a> {
        let folded = |name: &str| name.replace(['_', '-'], "").to_lowercase();
        let members = record.as_object().into_iter().flatten();
        Record { members: members.map(|(name, value)| (folded(name), value)).collect() }
    }

    fn get(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name).copied().filter(|it| !it.is_null())
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.get(name)?.as_str().map(str::trim).filter(|it| !it.is_empty())
    }
}

/// Whether a record is of ninjs: it has an identifier, one of its own names of dates or states, and
/// one of its names of texts or a type.
pub(in crate::read) fn is_ninjs(record: &Value) -> bool {
    let record = Record::new(record);
    let any = |names: &[&str]| names.iter().any(|it| record.get(it).is_some());
    any(&["uri", "urn", "guid"])
        && any(&["versioncreated", "firstcreated", "pubstatus", "newscode", "usageterms"])
        && (any(TEXTS)
            || any(&["bodies", "headlines", "associations", "renditions"])
            || any(&["type", "headline"]))
}

/// Members whose values may be given once in each language.
const IN_LANGUAGES: &[&str] = &["bodies", "headlines"];

/// The record once for each language of its bodies, with what is in that language; empty where they
/// have one at most.
pub(in crate::read) fn translations(record: &Value) -> Vec<(String, Value)> {
    let mut languages: Vec<String> = Vec::new();
    let bodies = record.get("bodies").and_then(Value::as_array).into_iter().flatten().take(VALUES_MAX);
    for language in bodies.filter_map(language) {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    let has_text = || TEXTS.iter().any(|it| Record::new(record).text(it).is_some());
    if languages.len() < 2 || !is_ninjs(record) || has_text() {
        return Vec::new();
    }
    let in_language = |wanted: &str| {
        let left_out = ["associations", "language", "renditions"];
        let members = record.as_object()?.iter().filter(|(name, _)| !left_out.contains(&name.as_str()));
        let members = members.map(|(name, value)| match value {
            Value::Array(list) if IN_LANGUAGES.contains(&name.as_str()) => {
                let list = list.iter().take(VALUES_MAX);
                let list = list.filter(|it| language(it).is_none_or(|it| it == wanted));
                (name.clone(), Value::Array(list.cloned().collect()))
            }
            _ => (name.clone(), value.clone()),
        });
        let own = [("language".to_owned(), Value::String(wanted.to_owned()))];
        Some(Value::Object(members.chain(own).collect()))
    };
    languages.into_iter().filter_map(|it| Some((it.clone(), in_language(&it)?))).collect()
}

/// The language of a body or a headline.
fn language(value: &Value) -> Option<String> {
    let language = ["lang", "language"].iter().find_map(|it| value.get(*it)?.as_str())?.trim();
    (!language.is_empty()).then(|| language.to_lowercase())
}

/// Members that hold the text, best first: those with markup have its paragraphs.
const TEXTS: &[&str] = &["bodyxhtml", "bodyhtml5", "bodyhtml", "articlehtml", "bodytext", "bodyrichtext"];

/// Members that hold a summary, which is the text of a brief item that has no other.
const DESCRIPTIONS: &[&str] = &["descriptionxhtml", "descriptionhtml", "descriptiontext"];

/// Where values stand, the best name first; all are candidates.
const VALUES: &[(FieldName, &[&str])] = &[
    (FieldName::Headline, &["headline", "headlines", "title"]),
    (
        FieldName::Date,
        &[
            "firstpublished",
            "published",
            "versioncreated",
            "datetime",
            "contentcreated",
            "firstcreated",
            "created",
        ],
    ),
    (FieldName::Place, &["dateline", "located"]),
    (FieldName::Section, &["rubrics", "rubric", "sections", "section", "desks", "desk", "service"]),
    (FieldName::Language, &["language"]),
    (FieldName::Url, &["canonicalurl", "url", "weburl", "link"]),
    (FieldName::Correction, &["correction"]),
];

/// Days of change. They are not days of publication.
const MODIFIED: &[&str] = &["contentmodified", "updated", "versionstored"];

/// Names of the agency and of its writers; the first that is there counts.
const SOURCES: &[&str] =
    &["source", "infosources", "provider", "creditline", "credit", "copyrightholder", "organisationname"];
const BYLINES: &[&str] = &["byline", "by", "bylines", "authors", "author"];

/// Reads a record; an item that is no text is a problem that names its type.
pub(in crate::read) fn document(
    record: &Value,
    place: &str,
    passages_max: usize,
) -> Result<RawDocument, Problem> {
    let record = Record::new(record);
    let mut story = Story::new("ninjs", place);
    let kind = record.text("type").unwrap_or("text").to_lowercase();
    if !["text", "composite", "article", "story"].contains(&kind.as_str()) {
        let reason = format!("is an item of the type `{kind}`, and holds no article");
        return Err(Problem { place: place.to_owned(), reason });
    }
    story.name = ["uri", "urn", "guid"].iter().find_map(|it| record.text(it)).map(str::to_owned);
    for (field, names) in VALUES {
        for name in *names {
            let values = record.get(name).map(values).unwrap_or_default();
            values.iter().for_each(|it| story.add(*field, it, name));
        }
    }
    for name in MODIFIED {
        story.add(FieldName::Date, record.text(name).unwrap_or_default(), &format!("modified: {name}"));
    }
    add_first(&record, SOURCES, FieldName::Source, &mut story);
    add_first(&record, BYLINES, FieldName::Byline, &mut story);
    let page = ["uri", "guid"].iter().find_map(|it| record.text(it)).filter(|it| is_page(it));
    story.add(FieldName::Url, page.unwrap_or_default(), "uri");
    story.notes.extend(status_note(record.text("pubstatus").unwrap_or_default()));
    if let Some(until) = record.text("embargoed") {
        story.notes.push(embargo_note(until));
    }
    let written = written(&record, kind == "composite", &mut story.notes);
    story.blocks = prose::blocks_of_text(written, passages_max, &mut story.notes);
    let otherwise = match kind.as_str() {
        "composite" => "is a package, and holds no text",
        _ => super::story::NO_TEXT,
    };
    let document = story.finish(otherwise)?;
    // The one document of a file is known by the file.
    let name = document.name.filter(|_| document.among_records);
    Ok(RawDocument { name, ..document })
}

/// The text as it is written; empty without one.
fn written<'a>(record: &Record<'a>, is_package: bool, notes: &mut Vec<String>) -> &'a str {
    let text = TEXTS.iter().find_map(|it| record.text(it)).or_else(|| main_body(record.get("bodies")?));
    let described = DESCRIPTIONS.iter().find_map(|it| record.text(it)).filter(|_| !is_package);
    if text.is_none() && described.is_some() {
        notes.push("it has a description and no text, and the description was read".to_owned());
    }
    text.or(described).unwrap_or_default()
}

fn add_first(record: &Record<'_>, names: &[&str], field: FieldName, story: &mut Story) {
    let first = names.iter().find_map(|name| {
        let values = record.get(name).map(values)?;
        (!values.is_empty()).then_some((name, values))
    });
    if let Some((name, values)) = first {
        // Further sources are those of pictures and data.
        let n_values = if field == FieldName::Source { 1 } else { VALUES_MAX };
        values.iter().take(n_values).for_each(|it| story.add(field, it, name));
    }
}

/// A list of headlines, writers or sections has a few; further ones are not read.
const VALUES_MAX: usize = 20;

/// Members of an object that hold its value.
const VALUE_NAMES: &[&str] = &["value", "name", "text", "byline", "by", "headline", "label"];

/// The texts of a member: a string, an object with a value, or a list of these, the main one first.
fn values(value: &Value) -> Vec<String> {
    let plain = |value: &Value| {
        let text = match value {
            Value::String(text) => Some(text.as_str()),
            Value::Object(thing) => VALUE_NAMES.iter().find_map(|it| thing.get(*it)?.as_str()),
            _ => None,
        };
        text.map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned)
    };
    let Value::Array(list) = value else { return plain(value).into_iter().collect() };
    let mut list: Vec<&Value> = list.iter().take(VALUES_MAX).collect();
    list.sort_by_key(|it| role(it).map_or(1, |it| rank(&it)));
    list.into_iter().filter_map(plain).collect()
}

/// The order of roles: the headline itself, those nobody knows, and lines above or below it.
fn rank(role: &str) -> usize {
    const BESIDE: &[&str] =
        &["kicker", "short", "sub", "deck", "slug", "social", "seo", "push", "mobile", "alt"];
    match role {
        "main" | "headline" | "title" => 0,
        _ if BESIDE.iter().any(|it| role.contains(it)) => 2,
        _ => 1,
    }
}

fn role(value: &Value) -> Option<String> {
    value.get("role").and_then(Value::as_str).map(str::to_lowercase)
}

/// Roles of bodies that are no story.
const OTHER_BODIES: &[&str] = &["abstract", "caption", "description", "social", "summary", "teaser", "short"];

/// The main one among the bodies of ninjs 2 and 3, with markup where there is one.
fn main_body(bodies: &Value) -> Option<&str> {
    let text = |body: &'_ Value| -> bool {
        body.get("value").is_some_and(|it| it.as_str().is_some_and(|it| !it.trim().is_empty()))
    };
    let bodies = bodies.as_array()?.iter().take(VALUES_MAX).filter(|it| text(it));
    let best = bodies.min_by_key(|body| {
        let role = role(body).unwrap_or_default();
        let kind = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_lowercase();
        let marked = ["contentType", "contenttype", "profile"].iter().any(|it| kind(it).contains("html"));
        (OTHER_BODIES.iter().any(|it| role.contains(it)), !marked && !role.contains("html"))
    })?;
    best.get("value")?.as_str()
}

/// Parts of addresses under which programs find items, and no reader a page.
const OF_PROGRAMS: &[&str] = &["api", "content", "item", "items", "media", "rest", "services"];

/// Whether an identifier is the address of a page.
fn is_page(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once("://") else { return false };
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let parts = rest.split('/').flat_map(|it| it.split(['.', ':']));
    let mut parts = parts.take(VALUES_MAX).map(str::to_lowercase);
    web && rest.contains('/') && !rest.contains("urn:") && parts.all(|it| !OF_PROGRAMS.contains(&it.as_str()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_identifier_is_an_address_when_readers_find_a_page_there() {
        for (uri, expected) in [
            ("http://www.harborwire.example/news/20190204006361/en", true),
            ("https://harborwire.example/2019/02/04/pier", true),
            ("urn:newsml:harborwire.example:20190204:1", false),
            ("tag:harborwire.example,2019:1", false),
            ("http://harborwire.example/media/text/190204-pier", false),
            ("https://api.harborwire.example/v1/190204", false),
            ("http://harborwire.example/urn:newsml:1", false),
        ] {
            assert_eq!(is_page(uri), expected, "{uri}");
        }
    }

    #[test]
    fn the_main_body_with_markup_is_read() {
        for (bodies, expected) in [
            (
                json!([{"role": "main", "contentType": "text/plain", "value": "a"}, {"role": "main", "contentType": "text/html", "value": "b"}]),
                Some("b"),
            ),
            (
                json!([{"role": "summary", "contentType": "text/html", "value": "a"}, {"value": "b"}]),
                Some("b"),
            ),
            (
                json!([{"contentType": "text/html", "value": " "}, {"contentType": "text/plain", "value": "b"}]),
                Some("b"),
            ),
            (json!([]), None),
            (json!("a"), None),
        ] {
            assert_eq!(main_body(&bodies), expected, "{bodies}");
        }
    }

    #[test]
    fn records_of_other_dumps_are_none() {
        for (record, expected) in [
            (json!({"uri": "u", "versioncreated": "2019", "body_text": "a"}), true),
            (json!({"urn": "u", "version_created": "2019", "article_html": "a"}), true),
            (json!({"uri": "u", "title": "a", "text": "b", "date": "2019"}), false),
            (json!({"url": "u", "date_publish": "2019", "maintext": "a"}), false),
            (json!(["uri"]), false),
        ] {
            assert_eq!(is_ninjs(&record), expected, "{record}");
        }
    }
}
