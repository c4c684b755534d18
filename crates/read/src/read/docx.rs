//! Word documents (DOCX), as far as they are exports of press databases.

use super::{
    Documents, Problem,
    format::{Format, Source, Start},
    press::{self, Export, NoExport},
    sheet::{self, Kind},
};

/// A Word document.
pub(super) const FORMAT: Format = Format {
    name: "DOCX",
    told_by: "a ZIP file with members in `word/`",
    article: "an article of an export",
    extensions: &["docx", "docm"],
    fits,
    read: documents,
};

fn fits(start: &Start<'_>) -> bool {
    let members = || start.bytes.windows(5).any(|it| it == b"word/");
    start.bytes.starts_with(b"PK\x03\x04") && (start.is_named(&FORMAT) || members())
}

fn documents(source: Source<'_>) -> Result<Documents<'_>, Problem> {
    let Source { rules, layout, is_forced, .. } = source;
    let file = source.whole()?;
    if let Some(problem) = file.problem {
        return Err(problem);
    }
    let lines = sheet::lines_of_docx(file.bytes, rules)?;
    if is_forced {
        return Ok(sheet::as_one_article(lines, rules));
    }
    match press::read(Export { kind: Kind::Docx, lines, rules, layout, notes: Vec::new() }) {
        Ok(documents) => Ok(documents),
        Err(NoExport::Unknown(problem)) => Err(problem),
        Err(NoExport::Other(lines)) => Err(sheet::first_problem(lines).unwrap_or_else(|| {
            let reason = "is a Word document and no export of a press database, and those are not read yet";
            Problem { place: String::new(), reason: reason.to_owned() }
        })),
    }
}
