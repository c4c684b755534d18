//! The names under which dumps and front matter keep the fields of an article, in one place.
//!
//! A record is searched for the names of [`NAMES`] in their order; each that has a value gives a
//! candidate, best first.

use std::{collections::HashMap, sync::LazyLock};

use serde_json::Value;

use morgue_core::article::{Field, FieldName, Trust};

/// Field and dotted paths, best first. Names are compared without regard to case, `_`, `-` and
/// spaces.
///
/// From: trafilatura, news-please, Fundus, CC-News, newspaper, ninjs 1 to 3, schema.org, and the
/// front matter of Hugo, Jekyll, Obsidian and web clippers. A date of crawling or modification is
/// never one of publication.
const NAMES: &[(FieldName, &[&str])] = &[
    (
        FieldName::Headline,
        &["headline", "title", "headlines", "hed", "title_page", "title_rss", "head_line", "name"],
    ),
    (
        FieldName::Source,
        &[
            "source",
            "publisher",
            "publication",
            "sitename",
            "site_name",
            "site",
            "outlet",
            "newspaper",
            "source_name",
            "source-hostname",
            "infoSources",
            "infosources",
            "website",
            "source_domain",
            "hostname",
            "domain",
            "provider",
            "copyrightHolder",
        ],
    ),
    (
        FieldName::Date,
        &[
            "datePublished",
            "date_publish",
            "date_published",
            "published_date",
            "publish_date",
            "publication_date",
            "publishing_date",
            "published_at",
            "published",
            "pubDate",
            "pub_date",
            "publishedAt",
            "publishDate",
            "publicationDate",
            "date",
            "firstCreated",
            "versionCreated",
            "contentCreated",
            "created",
            "created_at",
            "dateCreated",
            "timestamp",
        ],
    ),
    (
        FieldName::Byline,
        &["byline", "author", "authors", "by", "creator", "writer", "writers", "bylines", "contributors"],
    ),
    (
        FieldName::Place,
        &["dateline", "place", "location", "located", "contentLocation", "locationCreated", "city"],
    ),
    (
        FieldName::Section,
        &[
            "articleSection",
            "section",
            "sections",
            "category",
            "categories",
            "desk",
            "rubric",
            "section_name",
        ],
    ),
    (FieldName::Language, &["language", "lang", "inLanguage", "meta_lang", "language_code"]),
    (
        FieldName::Url,
        &[
            "url",
            "canonical_url",
            "canonical_link",
            "canonical",
            "link",
            "permalink",
            "mainEntityOfPage",
            "source_url",
            "requested_url",
            "webUrl",
            "web_url",
            "uri",
        ],
    ),
];

/// The same by [`letters`]: every record is asked for all of them.
static LETTERS: LazyLock<Vec<(FieldName, Vec<String>)>> = LazyLock::new(|| {
    NAMES.iter().map(|(field, names)| (*field, names.iter().map(|it| letters(it)).collect())).collect()
});

/// What a record calls itself, best first.
const RECORD_NAMES: [&str; 7] = ["docno", "doc_id", "docid", "id", "_id", "guid", "uuid"];

/// The name of a record among others: text or a number.
pub(super) fn of_record(record: &Value) -> Option<String> {
    let inner = record.get("_source").unwrap_or(record);
    let name = |it: &&str| match inner.get(it).or_else(|| record.get(it))? {
        Value::String(name) => Some(name.trim().to_owned()).filter(|it| !it.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    RECORD_NAMES.iter().find_map(name)
}

/// The fields of a record: those the user's `mapping` names first, then the known names.
///
/// `rule` says what kind of record it is; `place` turns a path in the record into words.
pub(super) fn fields(
    record: &Value,
    mapping: &[(FieldName, String)],
    rule: &str,
    place: impl Fn(&str) -> String,
) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut add = |name: FieldName, path: &str, value: &Value| {
        for value in candidates(name, value) {
            let name = if name == FieldName::Source && is_address(&value) { FieldName::Url } else { name };
            // A URN names an article and leads nowhere.
            let leads = name != FieldName::Url || is_address(&value);
            if leads && fields.iter().all(|it| it.name != name || it.value != value) {
                fields.push(Field::new(
                    name,
                    &value,
                    Trust::Structured,
                    &format!("{rule} {path}"),
                    &place(path),
                ));
            }
        }
    };
    for (name, path) in mapping {
        if let Some(value) = at_path(record, path) {
            add(*name, path, value);
        }
    }
    let known = Known::of(record);
    for (field, names) in LETTERS.iter() {
        for name in names {
            for (key, value) in known.of_letters(name) {
                add(*field, key, value);
            }
        }
    }
    fields
}

/// The members of a record, to be found by names that are the same but for case and the signs
/// between words.
pub(super) struct Known<'a> {
    members: HashMap<String, Vec<(&'a str, &'a Value)>>,
}

impl<'a> Known<'a> {
    /// Nothing when the record is no object.
    pub(super) fn of(record: &'a Value) -> Known<'a> {
        let mut members: HashMap<String, Vec<(&str, &Value)>> = HashMap::new();
        for (key, value) in
            record.as_object().into_iter().flatten().filter(|(key, _)| key.len() <= KEY_BYTES_MAX)
        {
            members.entry(letters(key)).or_default().push((key, value));
        }
        Known { members }
    }

    pub(super) fn get(&self, name: &str) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'_, 'a> {
        self.of_letters(&letters(name))
    }

    fn of_letters(&self, letters: &str) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'_, 'a> {
        // A few spellings of a name may stand side by side; thousands are no record.
        self.members.get(letters).into_iter().flatten().copied().take(8)
    }
}

/// Whether a key is one of the names, but for case and the signs between words.
pub(super) fn is_any_of(key: &str, names: &[&str]) -> bool {
    key.len() <= KEY_BYTES_MAX && names.iter().any(|it| letters_of(it).eq(letters_of(key)))
}

/// Longer than any name that is known.
const KEY_BYTES_MAX: usize = 60;

fn letters(name: &str) -> String {
    letters_of(name).collect()
}

fn letters_of(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(|it| !"_- ".contains(*it)).flat_map(char::to_lowercase)
}

/// The value at a dotted path; a part of digits may index an array.
pub(super) fn at_path<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    // A key may itself hold a dot: `dc.title`.
    if let Some(found) = value.get(path) {
        return Some(found);
    }
    path.split('.').try_fold(value, |value, part| match value {
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        _ => value.get(part),
    })
}

fn candidates(field: FieldName, value: &Value) -> Vec<String> {
    let mut found = match (field, value) {
        // Several headlines are for several uses, several sections of falling importance; several
        // authors belong together.
        (FieldName::Byline, Value::Array(items)) => {
            let names: Vec<String> = items.iter().filter_map(plain).collect();
            vec![join_names(&names)]
        }
        (_, Value::Array(items)) => items.iter().take(4).filter_map(plain).collect(),
        _ => plain(value).into_iter().collect(),
    };
    found.retain(|it| !it.is_empty());
    found
}

/// Reads `2017`, a text, or the name of a thing.
fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(number) => number.to_string(),
        Value::Object(thing) => {
            let names =
                ["name", "value", "text", "headline", "title", "label", "rendered", "@value", "@id", "url"];
            let inner = names.iter().find_map(|it| thing.get(*it))?;
            return inner.as_str().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        Value::Null | Value::Bool(_) | Value::Array(_) => return None,
    };
    Some(text).filter(|it| !it.is_empty() && !["null", "None", "nan", "NaN"].contains(&it.as_str()))
}

/// `Ann Lee, Bo Diaz and Cy Fox`.
pub(super) fn join_names(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [name] => name.clone(),
        [names @ .., last] => format!("{} and {last}", names.join(", ")),
    }
}

fn is_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(' ')
}
