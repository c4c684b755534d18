//! The layout in which press databases export one article as text: the paper, the day and the
//! headline on lines of their own, then labels (`SECTION: NEWS; Pg. 7A`, `BYLINE: Ann Lee`), then the
//! story.

use super::Lines;
use morgue_core::article::{Field, FieldName, Trust};

/// Labels in capitals, also as screens in other languages have them, and the field of each; those
/// without a field are known and not used.
const LABELS: [(&str, Option<FieldName>); 32] = [
    ("HEADLINE", Some(FieldName::Headline)),
    ("TITLE", Some(FieldName::Headline)),
    ("KOP", Some(FieldName::Headline)),
    ("SECTION", Some(FieldName::Section)),
    ("RUBRIK", Some(FieldName::Section)),
    ("RUBRIQUE", Some(FieldName::Section)),
    ("BYLINE", Some(FieldName::Byline)),
    ("AUTHOR", Some(FieldName::Byline)),
    ("AUTOR", Some(FieldName::Byline)),
    ("AUTEUR", Some(FieldName::Byline)),
    ("DATELINE", Some(FieldName::Place)),
    ("SOURCE", Some(FieldName::Source)),
    ("PUBLICATION", Some(FieldName::Source)),
    ("DATE", Some(FieldName::Date)),
    ("URL", Some(FieldName::Url)),
    ("LANGUAGE", Some(FieldName::Language)),
    ("LENGTH", None),
    ("LÄNGE", None),
    ("LONGUEUR", None),
    ("LENGTE", None),
    ("LONGITUD", None),
    ("HIGHLIGHT", None),
    ("BODY", None),
    ("GRAPHIC", None),
    ("LOAD-DATE", None),
    ("UPDATE", None),
    ("PUBLICATION-TYPE", None),
    ("SUBJECT", None),
    ("COPYRIGHT", None),
    ("JOURNAL-CODE", None),
    ("SERIES", None),
    ("COUNTRY", None),
];

/// Labels of which only such exports have one.
const TELLING: [&str; 8] =
    ["LENGTH", "LÄNGE", "LONGUEUR", "LENGTE", "LONGITUD", "LOAD-DATE", "PUBLICATION-TYPE", "SECTION"];

/// The labels begin within so many lines that are not blank.
const HEAD_LINES_MAX: usize = 12;

/// The fields of such a head, and the lines of the story; `None` where the text has no such head.
pub(super) fn read(lines: Lines<'_>) -> Option<(Vec<Field>, Lines<'_>)> {
    let mut masthead: Vec<(usize, &str)> = Vec::new();
    let mut labeled = Vec::new();
    let (mut story, mut ahead) = (lines.clone(), lines);
    while let Some(line) = ahead.next() {
        if line.text.is_empty() {
            continue;
        }
        match label(line.text) {
            Some((name, field, value)) => {
                labeled.push((line.number, name, field, value));
                story = ahead.clone();
                if name == "BODY" {
                    break;
                }
            }
            None if !labeled.is_empty() || masthead.len() == HEAD_LINES_MAX => break,
            None => masthead.push((line.number, line.text)),
        }
    }
    let telling = labeled.iter().any(|(_, name, _, _)| TELLING.contains(name));
    if labeled.len() < 2 || !telling {
        return None;
    }
    let field = |name, value: &str, rule: &str, line: usize| {
        Field::new(name, value, Trust::Structured, &format!("export {rule}"), &format!("line {line}"))
    };
    let mut fields: Vec<Field> = labeled
        .iter()
        .filter_map(|(line, label, name, value)| {
            let value =
                if *label == "SECTION" { value.split(';').next().unwrap_or(value).trim() } else { value };
            Some(field((*name)?, value, &label.to_lowercase(), *line)).filter(|it| !it.value.is_empty())
        })
        .collect();
    let has_headline = fields.iter().any(|it| it.name == FieldName::Headline);
    let notice = |it: &str| {
        let it = it.to_lowercase();
        it.ends_with("edition")
            || it.starts_with("copyright")
            || it.contains("document") && it.contains(" of ")
    };
    let dated = |it: &str| {
        let words = it.split_whitespace().count();
        (2..=6).contains(&words) && it.bytes().any(|it| it.is_ascii_digit())
    };
    masthead.retain(|(_, text)| !notice(text));
    let day = masthead.iter().position(|(_, text)| dated(text));
    if let Some(day) = day.filter(|it| *it <= 2) {
        let (line, text) = masthead[day];
        fields.push(field(FieldName::Date, text, "date", line));
        if let Some((line, source)) = day.checked_sub(1).and_then(|it| masthead.get(it)) {
            fields.push(field(FieldName::Source, source, "source", *line));
        }
    }
    let last = masthead.iter().enumerate().rfind(|(at, _)| day.is_none_or(|day| *at > day));
    if let Some((_, (line, headline))) = last.filter(|_| !has_headline) {
        fields.push(field(FieldName::Headline, headline, "headline", *line));
    }
    Some((fields, story))
}

/// Whether a line below the story only tells of the export.
pub(super) fn is_remainder(line: &str) -> bool {
    label(line).is_some_and(|(name, field, _)| field.is_none() || matches!(name, "LANGUAGE" | "URL"))
}

/// The label of a line, the field it is for, and what stands behind it.
fn label(line: &str) -> Option<(&'static str, Option<FieldName>, &str)> {
    let (head, value) = line.split_once(':')?;
    let (name, field) = LABELS.iter().find(|it| it.0 == head.trim())?;
    Some((name, *field, value.trim()))
}
