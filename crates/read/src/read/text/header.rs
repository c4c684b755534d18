//! The block of `key: value` lines that some archives put above a plain text.

use super::Line;
use morgue_core::article::{Field, FieldName, Trust};

/// Names of header lines and the field each is for; those without a field are known and not used.
const HEADER_KEYS: &[(&str, Option<FieldName>)] = &[
    ("headline", Some(FieldName::Headline)),
    ("title", Some(FieldName::Headline)),
    ("source", Some(FieldName::Source)),
    ("publication", Some(FieldName::Source)),
    ("publisher", Some(FieldName::Source)),
    ("newspaper", Some(FieldName::Source)),
    ("outlet", Some(FieldName::Source)),
    ("agency", Some(FieldName::Source)),
    ("date", Some(FieldName::Date)),
    ("published", Some(FieldName::Date)),
    ("publication date", Some(FieldName::Date)),
    ("pub date", Some(FieldName::Date)),
    ("by", Some(FieldName::Byline)),
    ("byline", Some(FieldName::Byline)),
    ("author", Some(FieldName::Byline)),
    ("authors", Some(FieldName::Byline)),
    ("place", Some(FieldName::Place)),
    ("location", Some(FieldName::Place)),
    ("dateline", Some(FieldName::Place)),
    ("section", Some(FieldName::Section)),
    ("language", Some(FieldName::Language)),
    ("lang", Some(FieldName::Language)),
    ("url", Some(FieldName::Url)),
    ("link", Some(FieldName::Url)),
    ("id", None),
    ("docno", None),
    ("edition", None),
    ("page", None),
    ("length", None),
    ("copyright", None),
    ("keywords", None),
    ("tags", None),
    ("slug", None),
];

/// The fields of a block of `key: value` lines at the top, and the index of the line after it.
///
/// It takes two lines with known keys, nothing but such lines, and a blank one below: a story may
/// well begin `Update: the mayor …`.
pub(super) fn read(lines: &[Line<'_>]) -> (Vec<Field>, usize) {
    let top = lines.iter().take_while(|it| it.text.is_empty()).count();
    let block = &lines[top..];
    let length = block.iter().take_while(|it| !it.text.is_empty()).count();
    let pairs: Option<Vec<(&Line<'_>, String, &str)>> = block[..length]
        .iter()
        .map(|line| {
            let (key, value) = line.text.split_once(':')?;
            let key = key.trim().to_lowercase().replace(['_', '-'], " ");
            let short = !key.is_empty() && key.split(' ').count() <= 3 && key.chars().count() <= 30;
            (short && key.chars().all(|it| it.is_alphanumeric() || it == ' ')).then_some((
                line,
                key,
                value.trim(),
            ))
        })
        .collect();
    let known = |key: &str| HEADER_KEYS.iter().find(|(name, _)| *name == key);
    let Some(pairs) = pairs.filter(|it| it.iter().filter(|(_, key, _)| known(key).is_some()).count() >= 2)
    else {
        return (Vec::new(), 0);
    };
    if length == block.len() && block.len() < 3 {
        return (Vec::new(), 0);
    }
    let fields = pairs
        .iter()
        .filter(|(_, _, value)| !value.is_empty())
        .filter_map(|(line, key, value)| {
            let name = known(key)?.1?;
            let place = format!("line {}", line.number);
            Some(Field::new(name, value, Trust::Structured, &format!("header {key}"), &place))
        })
        .collect();
    (fields, top + length)
}
