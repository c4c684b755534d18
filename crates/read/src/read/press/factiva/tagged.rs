//! Records in which a code stands before each value: `HD`, `WC`, `PD`. The codes are the same in
//! all languages of the account.

use super::{Part, Parts};
use crate::read::sheet::Line;
use morgue_core::article::FieldName;

/// The codes of the service; those that are not used are known, so that they end the value before.
const CODES: [(&str, Part); 38] = [
    ("HD", Part::Field(FieldName::Headline)),
    ("BY", Part::Field(FieldName::Byline)),
    ("PD", Part::Field(FieldName::Date)),
    ("SN", Part::Field(FieldName::Source)),
    ("SE", Part::Field(FieldName::Section)),
    ("LA", Part::Field(FieldName::Language)),
    ("LP", Part::Text),
    ("TD", Part::Text),
    ("ART", Part::Caption),
    ("CX", Part::Correction),
    ("AN", Part::Name),
    ("CLM", Part::Other),
    ("CR", Part::Other),
    ("WC", Part::Other),
    ("ET", Part::Other),
    ("SC", Part::Other),
    ("ED", Part::Other),
    ("PG", Part::Other),
    ("VOL", Part::Other),
    ("NGC", Part::Other),
    ("GC", Part::Other),
    ("CY", Part::Other),
    ("CT", Part::Other),
    ("RF", Part::Other),
    ("CO", Part::Other),
    ("IN", Part::Other),
    ("NS", Part::Other),
    ("RE", Part::Other),
    ("DE", Part::Other),
    ("DS", Part::Other),
    ("IPC", Part::Other),
    ("IPD", Part::Other),
    ("PUB", Part::Other),
    ("TKR", Part::Other),
    ("ISSN", Part::Other),
    ("RST", Part::Other),
    ("DJ", Part::Other),
    ("URL", Part::Field(FieldName::Url)),
];

/// Whether lines have codes: a headline's, and the number of words'.
pub(super) fn is_tagged(lines: &[impl AsRef<Line>]) -> bool {
    let has = |code: &str| lines.iter().any(|it| read(it.as_ref(), false).is_some_and(|it| it.0 == code));
    has("HD") && (has("WC") || has("PD"))
}

/// Whether lines have the codes of a head but no code of a text.
pub(super) fn is_cut(lines: &[impl AsRef<Line>]) -> bool {
    let has = |code: &str| lines.iter().any(|it| read(it.as_ref(), false).is_some_and(|it| it.0 == code));
    is_tagged(lines) && !has("LP") && !has("TD")
}

/// The parts of a record with codes; `None` if the record has no codes.
pub(super) fn parts(lines: &[&Line]) -> Option<Parts> {
    if !is_tagged(lines) {
        return None;
    }
    let mut parts = Parts::new();
    let mut part = Part::Other;
    for line in lines {
        if is_summary(&line.text) {
            break;
        }
        let Some((code, value)) = read(line, matches!(part, Part::Text | Part::Caption | Part::Correction))
        else {
            parts.push((part, (*line).clone()));
            continue;
        };
        part = CODES.iter().find(|it| it.0 == code).map_or(Part::Other, |it| it.1);
        parts.push((part, behind(line, value)));
    }
    Some(parts)
}

/// Whether the search is told below a line: what was searched for, and when.
fn is_summary(text: &str) -> bool {
    ["Search Summary", "Suchzusammenfassung", "Zusammenfassung der Suche", "Résumé de la recherche"]
        .contains(&text)
}

/// The code at the start of a line, and the value behind it.
///
/// Within a text a word in capitals may look like a code (`IN THE HOUSE`): there only a code that
/// stands apart counts.
fn read(line: &Line, in_text: bool) -> Option<(&'static str, &str)> {
    let end = line.text.find(char::is_whitespace).unwrap_or(line.text.len());
    let (word, rest) = line.text.split_at(end);
    let (code, _) = CODES.iter().find(|it| it.0 == word)?;
    let apart =
        rest.is_empty() || rest.starts_with('\t') || rest.starts_with("  ") || rest.starts_with('\u{a0}');
    let is_cell = line.look.cell == Some(0) && rest.is_empty();
    let of_table = line.look.cell.is_some();
    let fits = match of_table {
        true => is_cell,
        false => apart || !in_text || ends_text(code, rest),
    };
    fits.then(|| (*code, rest.trim()))
}

/// Whether a line with one space behind its code follows a text: codes and their names stand
/// there, `gpol : Domestic Politics | gcat : Political News`.
fn ends_text(code: &str, rest: &str) -> bool {
    match code {
        "AN" => super::accession(rest).is_some(),
        "CO" | "IN" | "NS" | "RE" => rest.contains(" : "),
        "IPC" | "IPD" | "PUB" => true,
        _ => false,
    }
}

/// The line without the code before its value.
fn behind(line: &Line, value: &str) -> Line {
    let cut = line.text.len() - value.len();
    let bytes = line.bytes.clone().map(|it| (it.start + cut).min(it.end)..it.end);
    Line { text: value.to_owned(), bytes, indent: line.indent, number: line.number, look: line.look.clone() }
}
