//! Exports of ProQuest: text, pages and the pages that the service mails. Each value has a label in
//! the language of the account (`Author:`, `Publication title:`, `Full text:`), the title stands
//! above them.

mod ending;
mod labels;

use super::{
    Export, Fit, Layout, languages,
    records::{self, Cut, Record},
};
use crate::read::{
    Documents, Problem, RawDocument,
    sheet::{Kind, Line},
};
use labels::{Label, label};
use morgue_core::article::FieldName;

pub(super) const LAYOUT: Layout = Layout {
    name: "ProQuest",
    told_by: "labels: the title of a publication, and ProQuest's number or address",
    hints: &["ProQuest", "proquest.com"],
    fits,
    read,
};

fn fits(head: &[Line]) -> Fit {
    let mut found: Vec<Label> = head.iter().filter_map(|it| Some(label(&it.text)?.0)).collect();
    found.dedup();
    let has = |it: Label| found.contains(&it);
    match (has(Label::Paper) || has(Label::Info), has(Label::Number) || has(Label::Address)) {
        (true, true) => Fit::Yes,
        (false, true) if has(Label::Number) => Fit::Unknown("no title of a publication".to_owned()),
        _ => Fit::No,
    }
}

fn read(export: Export<'_>) -> Documents<'_> {
    let mut in_text = false;
    records::documents(export, move |line| cut(line, &mut in_text), total, document)
}

/// A record begins at its anchor on a page, at `Document 1 of 30`, or below a rule of underscores;
/// the name of the database ends it. A rule within a text is part of the text: the number of the
/// record stands below a text.
fn cut(line: &Line, in_text: &mut bool) -> Cut {
    let label = label(&line.text).map(|it| it.0);
    let anchor = line.look.begins.split_whitespace().any(|it| it.starts_with("DocID_"));
    if anchor || total(&line.text).is_some() || is_rule(&line.text) && !*in_text {
        *in_text = label == Some(Label::Text);
        return Cut::Before;
    }
    match label {
        Some(Label::Text) => *in_text = true,
        Some(Label::Number | Label::Address | Label::Database) => *in_text = false,
        _ => (),
    }
    if label == Some(Label::Database) { Cut::After } else { Cut::No }
}

fn is_rule(text: &str) -> bool {
    text.len() >= RULE_MIN && text.bytes().all(|it| it == b'_' || it == b'=' || it == b'-')
}

/// Shorter lines of underscores are a form to fill in.
const RULE_MIN: usize = 20;

/// The number of records, from `Document 1 of 30`, `Dokument 1 von 30`.
fn total(text: &str) -> Option<usize> {
    let mut words = text.split_whitespace();
    let (word, number, of, total) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let opens = ["Document", "Dokument", "Documento"].contains(&word);
    let joins = ["of", "von", "de", "sur", "di", "van"].contains(&of);
    let number: usize = number.parse().ok()?;
    let total: usize = total.trim_end_matches('.').parse().ok()?;
    (opens && joins && words.next().is_none() && number <= total).then_some(total)
}

fn document(record: &Record) -> Option<Result<RawDocument, Problem>> {
    let sections = sections(&record.lines);
    let has = |it: Label| sections.iter().any(|(label, _)| *label == it);
    let is_one = has(Label::Paper) || has(Label::Info) || has(Label::Number);
    if !is_one {
        let numbered = record.lines.iter().any(|it| total(&it.text).is_some());
        return numbered.then(|| Err(record.problem("has no labels that are known")));
    }
    let mut document = RawDocument::default();
    for (name, value, line) in values(record.kind, &sections) {
        let rule = format!("proquest {}", name.name());
        document.fields.push(record.field(name, &value, &rule, line));
    }
    document.name = first(&sections, Label::Number).map(|it| it.text.clone());
    document.blocks = text(record, &sections, Label::Text);
    document.blocks.extend(ending::captions(&sections));
    let texts = record.lines.iter().filter(|it| label(&it.text).is_some_and(|it| it.0 == Label::Text));
    if texts.count() > 1 {
        document.notes.push("two full texts stand in it, which may be of two articles".to_owned());
    }
    if document.blocks.is_empty() {
        document.blocks = text(record, &sections, Label::Abstract);
        let note = match document.blocks.is_empty() {
            true => "has no full text",
            false => "has no full text: its abstract is read",
        };
        document.notes.push(note.to_owned());
    }
    let has_headline = document.fields.iter().any(|it| it.name == FieldName::Headline);
    if document.blocks.is_empty() && !has_headline {
        return Some(Err(record.problem("has neither title nor text")));
    }
    Some(Ok(document))
}

/// Lines by the labels above them, without the labels. What stands above the first is a
/// [`Label::Top`].
type Sections = Vec<(Label, Vec<Line>)>;

fn sections(lines: &[Line]) -> Sections {
    let is_label = |it: &Line| label(&it.text).is_some();
    let is_bold = |it: &Line| it.look.bold_start > 0 && is_label(it);
    let all_bold = lines.iter().any(is_bold);
    let text = lines.iter().position(|it| label(&it.text).is_some_and(|it| it.0 == Label::Text));
    let text = text.map_or(0..0, |at| at + 1..at + 1 + ending::start(&lines[at + 1..]));
    let mut sections: Sections = vec![(Label::Top, Vec::new())];
    for (at, line) in lines.iter().enumerate() {
        let counts = if all_bold { is_bold(line) } else { !text.contains(&at) };
        let Some((label, value)) = label(&line.text).filter(|_| counts) else {
            if let Some((_, lines)) = sections.last_mut() {
                lines.push(line.clone());
            }
            continue;
        };
        sections.push((label, vec![behind(line, value)]));
    }
    ending::split(sections)
}

/// The line without the label before its value.
fn behind(line: &Line, value: &str) -> Line {
    let cut = line.text.len() - value.len();
    let bytes = line.bytes.clone().map(|it| (it.start + cut).min(it.end)..it.end);
    Line { text: value.to_owned(), bytes, ..line.clone() }
}

/// The first line with text below a label.
fn first(sections: &Sections, label: Label) -> Option<&Line> {
    let mut lines = sections.iter().filter(|it| it.0 == label).flat_map(|it| &it.1);
    lines.find(|it| !it.is_blank())
}

/// The paragraphs below a label.
fn text(record: &Record, sections: &Sections, label: Label) -> Vec<crate::read::Block> {
    let lines = sections.iter().filter(|it| it.0 == label).flat_map(|it| &it.1);
    record.blocks(lines.filter(|it| !is_remainder(&it.text)))
}

/// Lines of the service within a text: a tag that its own pages break, the mark of a picture,
/// `(ProQuest: ... denotes text omitted.)`.
fn is_remainder(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lower = lower.trim_end_matches('.');
    let is_notice = lower.starts_with("(proquest:") && lower.ends_with(')');
    let is_mark = matches!(
        lower,
        "html>" | "/html>" | "body>" | "enlarge this image" | "not available" | "none available" | "caption:"
    );
    is_mark || is_notice || is_rule(text)
}

/// The values of a record, each with the line that it stands on.
fn values(kind: Kind, sections: &Sections) -> Vec<(FieldName, String, &Line)> {
    let whole = |label| first(sections, label).map(|it| (it.text.clone(), it));
    let part = |label| first(sections, label).map(|it| (before(&it.text, &[';']).to_owned(), it));
    let papers = |label| first(sections, label).map(|it| (paper(&it.text).to_owned(), it));
    let info = || first(sections, Label::Info);
    let language = part(Label::Language)
        .map(|(name, line)| (languages::code(&name).map_or_else(|| name.clone(), str::to_owned), line));
    let mut infos = sections.iter().filter(|it| it.0 == Label::Info).flat_map(|it| &it.1);
    let below_info = infos.find(|it| it.text.starts_with("http")).map(|it| (it.text.clone(), it));
    // Long addresses are broken by spaces.
    let joined = |it: (String, _)| (it.0.split_whitespace().collect::<String>(), it.1);
    let address = whole(Label::Address).map(joined).filter(|it| it.0.starts_with("http"));
    // The first that is there is taken.
    let candidates = [
        (FieldName::Headline, vec![headline(kind, sections), whole(Label::Title)]),
        (FieldName::Byline, vec![whole(Label::Author), whole(Label::Credit)]),
        (FieldName::Source, vec![papers(Label::Paper), papers(Label::Info)]),
        (
            FieldName::Date,
            vec![
                whole(Label::Date),
                info().and_then(|it| Some((day(&it.text)?.to_owned(), it))),
                whole(Label::Year),
            ],
        ),
        (FieldName::Section, vec![part(Label::Section)]),
        (FieldName::Place, vec![whole(Label::Dateline)]),
        (FieldName::Language, vec![language]),
        (FieldName::Url, vec![address, below_info]),
    ];
    let found = candidates.into_iter().filter_map(|(name, values)| {
        let (value, line) = values.into_iter().flatten().find(|it| !it.0.is_empty())?;
        Some((name, value, line))
    });
    found.collect()
}

/// The title: the line in bold above the labels of a page, or the first line of a text.
fn headline(kind: Kind, sections: &Sections) -> Option<(String, &Line)> {
    let (_, top) = sections.first().filter(|it| it.0 == Label::Top)?;
    let plain = |it: &&Line| {
        let is_mark = total(&it.text).is_some() || is_rule(&it.text) || it.text.starts_with("http");
        !it.is_blank() && !is_mark
    };
    let mut lines = top.iter().filter(plain);
    let found = match kind {
        Kind::Text => lines.next()?,
        Kind::Page | Kind::Docx | Kind::Rtf => lines
            .clone()
            .rfind(|it| it.look.bold || it.look.heading.is_some())
            .or_else(|| lines.next_back())?,
    };
    Some((found.text.clone(), found))
}

/// What stands before the first of some marks.
fn before<'a>(text: &'a str, marks: &[char]) -> &'a str {
    text.split(|it| marks.contains(&it)).next().unwrap_or(text).trim()
}

/// `Harbor Courier` of
/// `Harbor Courier, Late Edition (East Coast); Port Ellis [Port Ellis]08 May 2010: A.2.`
fn paper(info: &str) -> &str {
    let name = before(info, &[';', '[']);
    match name.split_once(',') {
        Some((name, edition)) if edition.to_lowercase().contains("edition") => name.trim(),
        _ => name,
    }
}

/// `08 May 2010` of the same: what stands behind the brackets and before the page.
fn day(info: &str) -> Option<&str> {
    let behind = info.rsplit_once(']').map(|it| it.1).or_else(|| info.rsplit_once(';').map(|it| it.1))?;
    let day = behind.split(':').next()?.trim_matches(|it: char| it.is_whitespace() || it == '.' || it == ',');
    let has_year = day.split(|it: char| !it.is_ascii_digit()).any(|it| it.len() == 4);
    (has_year && day.len() <= DAY_BYTES_MAX).then_some(day)
}

/// `24. September 2014` has 18 bytes.
const DAY_BYTES_MAX: usize = 40;

#[cfg(test)]
mod tests;
