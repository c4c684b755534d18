//! Exports whose layout the user describes: `[[layout]]` of `morgue.toml`.
//!
//! A line between the articles, and labels for their values. What follows the labels of an article
//! is its text.

use morgue_core::article::{Field, FieldName};

use super::{
    Export,
    records::{self, Cut, Record},
};
use crate::read::{
    CustomLayout, Documents, LabelUse, Problem, RawDocument, Separator,
    sheet::{Kind, Line},
};

/// The articles of an export in this layout.
pub(super) fn read<'a>(export: Export<'a>, layout: &'a CustomLayout) -> Documents<'a> {
    let cut = |line: &Line| match &layout.separator {
        Separator::NewPage if line.look.new_page => Cut::Before,
        Separator::Line(pattern) if pattern.fits(&line.text) => Cut::After,
        _ => Cut::No,
    };
    let total = |line: &str| total(line).filter(|_| is_separator(layout, line));
    records::documents(export, cut, total, |record| document(record, layout))
}

fn is_separator(layout: &CustomLayout, line: &str) -> bool {
    matches!(&layout.separator, Separator::Line(pattern) if pattern.fits(line))
}

/// The second number of a line with two, the first of which is no larger.
fn total(line: &str) -> Option<usize> {
    let numbers = line.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty());
    let numbers: Vec<usize> = numbers.take(3).map(str::parse).collect::<Result<_, _>>().ok()?;
    match numbers[..] {
        [nth, total] if (1..=total).contains(&nth) => Some(total),
        _ => None,
    }
}

/// Where the next line belongs.
#[derive(Clone, Copy, PartialEq)]
enum At {
    /// To the value of the last label, which goes on until a blank line.
    Label,
    Text,
}

fn document(record: &Record, layout: &CustomLayout) -> Option<Result<RawDocument, Problem>> {
    let lines = record.lines.iter().filter(|it| !is_separator(layout, &it.text));
    let mut values: Vec<Value<'_>> = Vec::new();
    let mut text: Vec<Line> = Vec::new();
    let mut labeled = false;
    let mut at = At::Text;
    // Elsewhere than in plain text a line is a paragraph, and a value has one.
    let after_value = if record.kind == Kind::Text { At::Label } else { At::Text };
    for line in lines.clone() {
        if let Some((label, use_, value)) = layout.label(&line.text) {
            labeled = true;
            if use_ != LabelUse::Text {
                at = if value.is_empty() { At::Label } else { after_value };
                values.push(Value { label, use_, text: value.to_owned(), line });
                continue;
            }
            // The text may begin beside its label.
            at = At::Text;
            text.push(Line { text: value.to_owned(), ..line.clone() });
            continue;
        }
        match values.last_mut().filter(|_| at == At::Label) {
            Some(value) if line.is_blank() => at = if value.text.is_empty() { at } else { At::Text },
            Some(value) => {
                value.text.push_str(if value.text.is_empty() { "" } else { " " });
                value.text.push_str(&line.text);
                at = after_value;
            }
            None => text.push(line.clone()),
        }
    }
    let first = lines.clone().find(|it| !it.is_blank())?;
    if !labeled && !layout.labels.is_empty() {
        let reason = format!("has none of the labels of the layout `{}`", layout.name);
        return Some(Err(Problem { place: first.place(), reason }));
    }
    let fields = values.iter().filter_map(|it| it.field(&layout.name, record)).collect();
    let blocks = record.blocks(text.iter());
    let headlines = values.iter().filter(|it| it.use_ == LabelUse::Field(FieldName::Headline)).count();
    let joined = format!("has {headlines} headlines: `separator` of its [[layout]] may not fit");
    let notes = (headlines > 1).then_some(joined).into_iter().collect();
    Some(Ok(RawDocument { blocks, fields, notes, ..RawDocument::default() }))
}

/// What stands behind a label.
struct Value<'a> {
    label: &'a str,
    use_: LabelUse,
    text: String,
    line: &'a Line,
}

impl Value<'_> {
    fn field(&self, layout: &str, record: &Record) -> Option<Field> {
        let LabelUse::Field(name) = self.use_ else { return None };
        let rule = format!("{layout} {}", self.label.trim_end_matches(':').trim_end());
        (!self.text.is_empty()).then(|| record.field(name, &self.text, &rule, self.line))
    }
}
