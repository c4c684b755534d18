//! Exports of the Austria Press Agency (OnlineManager and DeFacto) as pages, text, RTF and DOCX.
//!
//! Above each article stands a line with the medium in quotation marks, the day and the page:
//! `"Der Bote" vom 02.04.2013 Seite: 1`. Of a web site the line gives the day on which the service
//! found the article: `"Bote.at" gefunden am 28.12.2017 10:36 Uhr`. A line of underscores, a new
//! page or an element of the class `eintrag` separates the articles.

mod head;
mod imprint;

use morgue_core::article::FieldName;

use super::{
    Export, Fit, Layout,
    records::{self, Cut, Record},
};
use crate::read::{
    BlockKind, Documents, Problem, RawDocument,
    sheet::{Kind, Line},
};
use head::Head;
use imprint::{Imprint, imprint, unquoted_imprint};

/// Exports of the Austria Press Agency.
pub(super) const LAYOUT: Layout = Layout {
    name: "APA",
    told_by: "`\"Kurier\" vom 12.03.2014` or `\"Kurier.at\" gefunden am 12.03.2014` above each article",
    hints: &[
        "eintrag",
        "Ressort:",
        "DeFacto",
        "gefunden am",
        "\" vom ",
        "“ vom ",
        "« vom ",
        "&quot; vom ",
        "(APA)",
    ],
    fits,
    read,
};

/// The class of an article on pages of DeFacto.
const ENTRY: &str = "eintrag";

fn fits(lines: &[Line]) -> Fit {
    let has_entry = lines.iter().any(|it| it.begins(ENTRY));
    let is_found = lines.iter().any(|it| imprint(&it.text).is_some_and(|it| it.is_found));
    let is_labeled = is_found || lines.iter().any(|it| it.text.starts_with(head::SECTION));
    match lines.iter().any(|it| imprint(&it.text).is_some()) {
        true if has_entry || is_labeled => Fit::Yes,
        _ if begins_with_imprint(lines) => Fit::Yes,
        _ if lines.iter().find(|it| !it.is_blank()).is_some_and(|it| is_wire_head(&it.text)) => {
            Fit::Unknown("a message of the agency's wire".to_owned())
        }
        false if has_entry && is_labeled => Fit::Unknown("no line with paper and day".to_owned()),
        _ => Fit::No,
    }
}

/// Whether a line is above a message of the agency's own wire: `APA0123 5 II 0210 CI  Mo, 08.Okt 2018`.
fn is_wire_head(line: &str) -> bool {
    let number = line.strip_prefix("APA").and_then(|it| it.split_whitespace().next());
    let year = line.split_whitespace().next_back().unwrap_or_default();
    let are_digits = |it: &str| it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit());
    number.is_some_and(are_digits) && are_digits(year)
}

/// Whether an article that begins the document, a page or what follows a rule has an imprint. A
/// medium without quotation marks counts where a headline in bold stands below it.
fn begins_with_imprint(lines: &[Line]) -> bool {
    let filled: Vec<&Line> = lines.iter().filter(|it| !it.is_blank()).collect();
    let mut begins = true;
    for (at, line) in filled.iter().enumerate() {
        begins |= line.look.new_page;
        let is_headed = || filled.iter().skip(at + 1).take(head::LINES_MAX).any(|it| it.look.bold);
        if begins
            && (imprint(&line.text).is_some()
                || unquoted_imprint(&line.text).is_some() && !line.look.bold && is_headed())
        {
            return true;
        }
        begins = is_rule(line);
    }
    false
}

fn read(export: Export<'_>) -> Documents<'_> {
    let mut page_ended = false;
    let cut = move |line: &Line| {
        page_ended |= line.look.new_page;
        if line.is_blank() {
            return Cut::No;
        }
        let begins_page = std::mem::take(&mut page_ended);
        let begins = line.begins(ENTRY)
            || imprint(&line.text).is_some()
            || begins_page && unquoted_imprint(&line.text).is_some();
        match begins {
            true => Cut::Before,
            false if is_rule(line) => Cut::After,
            false => Cut::No,
        }
    };
    records::documents(export, cut, |_| None, document)
}

fn document(record: &Record) -> Option<Result<RawDocument, Problem>> {
    let lines: Vec<&Line> = record.lines.iter().filter(|it| !is_rule(it)).collect();
    let is_entry = lines.iter().any(|it| it.is_marked(ENTRY));
    let Some((at, imprint)) = find_imprint(&lines) else {
        let is_piece = record.kind != Kind::Page
            && (record.number > 1 || record.lines.iter().any(is_rule))
            && lines.iter().any(|it| !it.is_blank());
        return (is_entry || is_piece).then(|| Err(record.problem("has no line with paper and day")));
    };
    let mut document = RawDocument::default();
    if imprint.is_found {
        document.notes.push("its day is the one on which the service found it".to_owned());
    }
    let mut add = |name: FieldName, value: &str, line: &Line| {
        let rule = format!("apa {}", name.name());
        document.fields.push(record.field(name, value, &rule, line));
    };
    add(FieldName::Source, imprint.medium, lines[at]);
    add(FieldName::Date, imprint.day, lines[at]);
    // On a page, what stands outside of the entries is the page's own.
    let is_own = |it: &&&Line| record.kind != Kind::Page || !is_entry || it.is_marked(ENTRY);
    let below = lines[at + 1..].iter().filter(is_own).take_while(|it| !is_remainder(&it.text));
    let below: Vec<&Line> = below.copied().collect();
    let Head { mut fields, text } = head::read(&below, record.kind);
    if let Some(section) = head::section(imprint.rest) {
        fields.insert(0, (FieldName::Section, section.to_owned(), lines[at]));
    } else if !imprint.edition.is_empty() && !fields.iter().any(|it| it.0 == FieldName::Section) {
        fields.insert(0, (FieldName::Section, imprint.edition.to_owned(), lines[at]));
    }
    for (name, value, line) in fields {
        add(name, &value, line);
    }
    document.blocks = record.blocks(text.into_iter().filter(|it| !is_credit(&it.text)));
    for block in document.blocks.iter_mut().filter(|it| it.text.starts_with(CREDIT)) {
        block.kind = BlockKind::Caption;
    }
    if document.blocks.is_empty() {
        return Some(Err(record.problem("has a head and no text")));
    }
    Some(Ok(document))
}

/// The first line that has medium and day. Without quotation marks only the line that begins the
/// article is one.
fn find_imprint<'a>(lines: &[&'a Line]) -> Option<(usize, Imprint<'a>)> {
    let first = lines.iter().position(|it| !it.is_blank())?;
    let unquoted = || Some((first, unquoted_imprint(&lines[first].text)?));
    lines.iter().enumerate().find_map(|(at, it)| Some((at, imprint(&it.text)?))).or_else(unquoted)
}

/// Whether a line is a rule of underscores.
fn is_rule(line: &Line) -> bool {
    line.text.len() >= RULE_LENGTH_MIN && line.text.bytes().all(|it| it == b'_')
}

/// The rules of OnlineManager have 67 underscores.
const RULE_LENGTH_MIN: usize = 20;

/// Whether a line begins what the archive appends.
fn is_remainder(line: &str) -> bool {
    const STARTS: &[&str] =
        &["Gespeicherter Anhang:", "Gespeicherte Anhänge", "Der gegenständliche Text ist eine Abschrift"];
    STARTS.iter().any(|it| line.starts_with(it))
}

/// What a credit begins with; a caption may follow it.
const CREDIT: &str = "Foto:";

/// Whether a line only says whose a picture is: `Foto: APA/Ohm`.
fn is_credit(line: &str) -> bool {
    line.strip_prefix(CREDIT).is_some_and(|it| it.split_whitespace().count() <= CREDIT_WORDS_MAX)
}

/// More words are a caption.
const CREDIT_WORDS_MAX: usize = 3;
