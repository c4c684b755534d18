//! The block of `key: value` lines that some archives put above a plain text.

use super::Lines;
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

/// A longer block of such lines is a list, not a header.
const HEADER_LINES_MAX: usize = 1000;

/// The fields of a block of `key: value` lines at the top, and the lines after it.
///
/// It takes two lines with known keys, nothing but such lines, and a blank one below: a story may
/// well begin `Update: the mayor …`.
pub(super) fn read(lines: Lines<'_>) -> (Vec<Field>, Lines<'_>) {
    header(lines.clone()).unwrap_or((Vec::new(), lines))
}

fn header(mut lines: Lines<'_>) -> Option<(Vec<Field>, Lines<'_>)> {
    lines.skip_blank();
    let (mut n_lines, mut n_known) = (0, 0);
    let mut fields = Vec::new();
    for line in lines.chunk() {
        let (key, value) = line.text.split_once(':')?;
        let key = key.trim().to_lowercase().replace(['_', '-'], " ");
        let value = value.trim();
        let short = !key.is_empty() && key.split(' ').count() <= 3 && key.chars().count() <= 30;
        if !short || n_lines == HEADER_LINES_MAX || !key.chars().all(|it| it.is_alphanumeric() || it == ' ') {
            return None;
        }
        n_lines += 1;
        let Some((_, name)) = HEADER_KEYS.iter().find(|(name, _)| *name == key) else { continue };
        n_known += 1;
        if let Some(name) = name.filter(|_| !value.is_empty()) {
            let (rule, place) = (format!("header {key}"), format!("line {}", line.number));
            fields.push(Field::new(name, value, Trust::Structured, &rule, &place));
        }
    }
    let mut rest = lines;
    rest.by_ref().take(n_lines).for_each(drop);
    // The blank line below stays; a text that ends without one is short prose.
    let alone = rest.clone().next().is_none() && n_lines < 3;
    (n_known >= 2 && !alone).then_some((fields, rest))
}
