//! RTF documents, as far as they are exports of press databases.

use super::{
    Documents, Problem,
    format::{Format, Source},
    press::{self, Export, NoExport},
    sheet::{self, Kind},
};

/// An RTF document.
pub(super) const FORMAT: Format = Format {
    name: "RTF",
    told_by: "`{\\rtf` at the start",
    article: "an article of an export",
    extensions: &["rtf"],
    fits: |start| start.bytes.trim_ascii_start().starts_with(b"{\\rtf"),
    read: documents,
};

fn documents(source: Source<'_>) -> Result<Documents<'_>, Problem> {
    let Source { rules, layout, is_forced, .. } = source;
    let file = source.whole()?;
    let lines = sheet::lines_of_rtf(file.bytes);
    let problem = file.problem.map(Err);
    if is_forced {
        return Ok(sheet::as_one_article(lines, rules));
    }
    match press::read(Export { kind: Kind::Rtf, lines, rules, layout, notes: Vec::new() }) {
        Ok(documents) => Ok(Box::new(documents.chain(problem))),
        Err(NoExport::Unknown(problem)) => Err(problem),
        Err(NoExport::Other(lines)) => Err(sheet::first_problem(lines).unwrap_or_else(|| {
            let reason = "is an RTF document and no export of a press database, and those are not read yet";
            Problem { place: String::new(), reason: reason.to_owned() }
        })),
    }
}
