//! The names under which dumps and front matter keep the fields of an article, in one place.
//!
//! A record is searched for the names of [`NAMES`] in their order; each that has a value gives a
//! candidate, best first.

use std::sync::LazyLock;

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
    (FieldName::Correction, &["correction", "corrections", "correction_note"]),
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

static FIELDS: LazyLock<Names<FieldName>> = LazyLock::new(|| {
    Names::new(NAMES.iter().flat_map(|(field, names)| names.iter().map(|name| (*name, *field))))
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
    for (field, key, value) in FIELDS.members(record) {
        add(field, key, value);
    }
    fields
}

/// Known names of members of a record, best first, and what each is for. A key is one of them if it
/// is the same but for case and the signs between words.
///
/// The keys of a record are looked up among the names: most records have a few of the hundred.
pub(super) struct Names<T> {
    /// The letters of each name, its place among all, and what it is for; sorted, each once.
    sorted: Vec<(String, usize, T)>,
}

impl<T: Copy> Names<T> {
    /// `names` are given best first. Of two with the same letters the better one counts.
    pub(super) fn new(names: impl Iterator<Item = (&'static str, T)>) -> Names<T> {
        let mut sorted: Vec<(String, usize, T)> =
            names.enumerate().map(|(at, (name, of))| (letters(name).collect(), at, of)).collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        sorted.dedup_by(|later, first| later.0 == first.0);
        Names { sorted }
    }

    /// The place of a key among the names, and what it is for.
    fn find(&self, key: &str) -> Option<(usize, T)> {
        if key.len() > KEY_BYTES_MAX {
            return None;
        }
        let found = self.sorted.binary_search_by(|it| it.0.chars().cmp(letters(key))).ok()?;
        let (_, at, of) = self.sorted[found];
        Some((at, of))
    }

    /// Whether a key is one of the names.
    pub(super) fn contains(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// The members of a record that have one of the names, the best name first; none when the
    /// record is no object.
    pub(super) fn members<'a>(&self, record: &'a Value) -> impl Iterator<Item = (T, &'a str, &'a Value)> {
        let members = record.as_object().into_iter().flatten();
        let mut known: Vec<(usize, T, &str, &Value)> = members
            .filter_map(|(key, value)| self.find(key).map(|(at, of)| (at, of, key.as_str(), value)))
            .collect();
        known.sort_by_key(|it| it.0);
        let (mut last, mut n_spellings) = (None, 0);
        known.retain(|it| {
            n_spellings = if last == Some(it.0) { n_spellings + 1 } else { 1 };
            last = Some(it.0);
            n_spellings <= SPELLINGS_MAX
        });
        known.into_iter().map(|(_, of, key, value)| (of, key, value))
    }
}

/// A few spellings of a name may stand side by side; thousands are no record.
const SPELLINGS_MAX: usize = 8;

/// Longer than any name that is known.
const KEY_BYTES_MAX: usize = 60;

/// The letters of a name in lower case, without the signs between words.
fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(|it| !matches!(it, '_' | '-' | ' ')).flat_map(char::to_lowercase)
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
        // Several headlines are for several uses; several sections are a list as one written with
        // marks is; several authors belong together.
        (FieldName::Byline, Value::Array(items)) => {
            let names: Vec<String> = items.iter().filter_map(plain).collect();
            vec![join_names(&names)]
        }
        (FieldName::Section, Value::Array(items)) => vec![join_sections(items.iter().filter_map(plain))],
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

/// `World; Asia`, each once.
pub(super) fn join_sections(sections: impl Iterator<Item = String>) -> String {
    let mut each: Vec<String> = Vec::new();
    for section in sections.take(SECTIONS_MAX) {
        if !each.contains(&section) {
            each.push(section);
        }
    }
    each.join("; ")
}

/// So many sections are read of a list.
const SECTIONS_MAX: usize = 20;

/// `Ann Lee, Bo Diaz and Cy Fox`; `Lee, Ann; Diaz, Bo` where a family name stands before a comma.
pub(crate) fn join_names(names: &[String]) -> String {
    if names.iter().any(|it| is_turned(it)) {
        return names.join("; ");
    }
    match names {
        [] => String::new(),
        [name] => name.clone(),
        [names @ .., last] => format!("{} and {last}", names.join(", ")),
    }
}

/// Whether a family name, one word and its particles, stands before a comma: `van der Moss, Leda`.
pub(crate) fn is_turned(name: &str) -> bool {
    let Some((family, given)) = name.split_once(", ") else { return false };
    let n_particles = family.split_whitespace().take_while(|it| it.starts_with(char::is_lowercase)).count();
    let given: Vec<&str> = given.split(',').next().unwrap_or_default().split_whitespace().collect();
    let suffix = |it: &&str| {
        matches!(it.trim_end_matches('.').to_lowercase().as_str(), "jr" | "sr" | "ii" | "iii" | "iv")
    };
    family.split_whitespace().count() == n_particles + 1
        && family.contains(char::is_lowercase)
        && (1..=3).contains(&given.len())
        && given.iter().all(|it| it.starts_with(char::is_uppercase))
        && !given.iter().any(suffix)
}

fn is_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(' ')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_found_by_their_letters_the_best_name_first() {
        let names = Names::new(["body", "bodyText", "text", "body_text"].into_iter().zip(1..));
        let many = json!({"te-xt": 1, "te_xt": 1, "TEXT": 1, "tEXT": 1, "tExt": 1, "teXt": 1, "texT": 1, "text": 1, "t e x t": 1});
        for (record, expected) in [
            (
                json!({"text": 1, "Body Text": 2, "BODY": 3, "bodies": 4}),
                vec![(1, "BODY"), (2, "Body Text"), (3, "text")],
            ),
            (json!({"body_text": 1, "": 2, "-": 3}), vec![(2, "body_text")]),
            (json!(["body"]), Vec::new()),
        ] {
            let found: Vec<(i32, &str)> = names.members(&record).map(|(at, key, _)| (at, key)).collect();
            assert_eq!(found, expected, "{record}");
        }
        assert_eq!(names.members(&many).count(), SPELLINGS_MAX);
        assert!(names.contains("body-TEXT") && !names.contains(&format!("{}body", "_".repeat(60))));
    }

    #[test]
    fn no_name_is_of_two_fields() {
        for (field, names) in NAMES {
            for name in *names {
                assert_eq!(FIELDS.find(name).map(|it| it.1), Some(*field), "{name}");
            }
        }
    }
}
