//! Reads the JSON-LD of a page: what its publisher says of the article to search engines
//! (schema.org vocabulary).

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{plain, statement::Statement};
use crate::read::names;
use morgue_core::article::FieldName;

/// What JSON-LD says of a page's article.
#[derive(Debug, Default)]
pub(super) struct JsonLd {
    pub(super) found: Vec<Statement>,
    /// When it was last changed, which is not when it was published.
    pub(super) modified: Option<String>,
    /// The text of the article, where the publisher gives it there.
    pub(super) body: Option<String>,
}

/// Properties of an article and the fields they are for, with the part of a thing that names it.
const PROPERTIES: &[(FieldName, &str)] = &[
    (FieldName::Headline, "headline"),
    (FieldName::Source, "publisher"),
    (FieldName::Date, "datePublished"),
    (FieldName::Date, "dateCreated"),
    (FieldName::Date, "dateModified"),
    (FieldName::Byline, "author"),
    (FieldName::Byline, "creator"),
    (FieldName::Place, "dateline"),
    (FieldName::Place, "contentLocation"),
    (FieldName::Place, "locationCreated"),
    (FieldName::Section, "articleSection"),
    (FieldName::Correction, "correction"),
    (FieldName::Language, "inLanguage"),
    (FieldName::Url, "url"),
    (FieldName::Url, "mainEntityOfPage"),
];

/// Reads the scripts of a page; a broken one is left out.
pub(super) fn read(scripts: &[String]) -> JsonLd {
    let mut things = Things::default();
    for script in scripts {
        if let Some(value) = parse(script) {
            things.add(value);
        }
    }
    let mut json_ld = JsonLd::default();
    // The article's own statement first, then that on the page it stands on.
    for (rank, test) in [(0, is_article as fn(&str) -> bool), (60, is_page)] {
        let Some(thing) = things.first(test) else { continue };
        for (at, (field, property)) in PROPERTIES.iter().enumerate() {
            let Some(value) = thing.get(*property).and_then(|it| things.text(*field, it)) else { continue };
            let rule =
                if rank == 0 { format!("json-ld {property}") } else { format!("json-ld page {property}") };
            let place = "script ld+json".to_owned();
            json_ld.found.push(Statement { rank: rank + at, field: *field, value, rule, place });
        }
        let text = |property: &str| thing.get(property).and_then(Value::as_str).map(plain);
        json_ld.modified = json_ld.modified.or_else(|| text("dateModified"));
        if rank == 0 {
            json_ld.body = thing.get("articleBody").and_then(Value::as_str).map(str::to_owned);
        }
    }
    json_ld
}

/// Scripts come in comments, with a stray semicolon, or with line breaks inside of strings.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim();
    let script =
        ["<!--", "//<![CDATA[", "<![CDATA["].iter().find_map(|it| script.strip_prefix(it)).unwrap_or(script);
    let end = script.rfind(['}', ']'])?;
    let script = script[..=end].trim_start();
    serde_json::from_str(script).ok().or_else(|| {
        let mended: String = script.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        serde_json::from_str(&mended).ok()
    })
}

/// The objects of all scripts, in their order.
#[derive(Default)]
struct Things {
    list: Vec<Map<String, Value>>,
    by_id: HashMap<String, usize>,
}

/// More objects than this describe no article.
const THINGS_MAX: usize = 2_000;

impl Things {
    /// Adds an object, the members of a list or a graph, and the main entity of a page. The parser
    /// bounds the depth.
    fn add(&mut self, value: Value) {
        match value {
            Value::Array(items) => items.into_iter().for_each(|it| self.add(it)),
            Value::Object(mut thing) if self.list.len() < THINGS_MAX => {
                let inner = [thing.remove("@graph"), thing.get("mainEntity").cloned()];
                if let Some(id) = thing.get("@id").and_then(Value::as_str) {
                    // A mere reference does not hide the thing itself.
                    if thing.len() > 1 {
                        self.by_id.entry(id.to_owned()).or_insert(self.list.len());
                    }
                }
                self.list.push(thing);
                inner.into_iter().flatten().for_each(|it| self.add(it));
            }
            _ => (),
        }
    }

    fn first(&self, test: fn(&str) -> bool) -> Option<&Map<String, Value>> {
        let typed = |thing: &&Map<String, Value>| match thing.get("@type") {
            Some(Value::String(kind)) => test(kind),
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(test),
            _ => false,
        };
        let useful = |thing: &&Map<String, Value>| {
            ["headline", "datePublished", "articleBody", "author"].iter().any(|it| thing.contains_key(*it))
        };
        self.list.iter().filter(typed).find(useful)
    }

    /// A value as text: a string, the name of a thing, several names joined.
    fn text(&self, field: FieldName, value: &Value) -> Option<String> {
        let text = match value {
            Value::String(text) => plain(text),
            Value::Number(number) => number.to_string(),
            Value::Array(items) if field == FieldName::Byline => {
                let mut names: Vec<String> = items.iter().filter_map(|it| self.text_of_thing(it)).collect();
                names.dedup();
                names::join_names(&names)
            }
            Value::Array(items) if field == FieldName::Section => {
                names::join_sections(items.iter().filter_map(|it| self.text_of_thing(it)))
            }
            Value::Array(items) => return items.iter().find_map(|it| self.text_of_thing(it)),
            _ => return self.text_of_thing(value),
        };
        Some(text).filter(|it| !it.is_empty())
    }

    fn text_of_thing(&self, value: &Value) -> Option<String> {
        let text = match value {
            Value::String(text) => plain(text),
            Value::Object(thing) => {
                let id = thing.get("@id").and_then(Value::as_str);
                let whole = id.and_then(|it| self.by_id.get(it)).map_or(thing, |at| &self.list[*at]);
                let name = |thing: &Map<String, Value>| match thing
                    .get("name")
                    .or_else(|| thing.get("alternateName"))
                {
                    Some(Value::String(name)) => Some(plain(name)),
                    Some(Value::Array(names)) => names.first().and_then(Value::as_str).map(plain),
                    _ => None,
                };
                let address = id.filter(|it| it.starts_with("http")).map(str::to_owned);
                // A `CorrectionComment` has its words there.
                let comment = || whole.get("text").and_then(Value::as_str).map(plain);
                name(thing).or_else(|| name(whole)).or(address).or_else(comment)?
            }
            _ => return None,
        };
        Some(text).filter(|it| !it.is_empty())
    }
}

fn is_article(kind: &str) -> bool {
    let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
    kind.ends_with("Article")
        || kind.ends_with("BlogPosting")
        || matches!(kind, "Report" | "Review" | "ClaimReview")
}

fn is_page(kind: &str) -> bool {
    kind.ends_with("WebPage") || kind.ends_with("ItemPage")
}
