//! A receipt as part of a document: what produced it, for whoever checks.

use std::io::{self, Write};

use morgue_core::count;

use crate::archive::{HitRow, Receipt};

use super::{
    super::markdown::{self, escaped},
    ExportOptions,
    xml::Xml,
};

/// What a receipt says in a few lines, each with its name.
fn lines(receipt: &Receipt) -> Vec<(&'static str, String)> {
    let state = &receipt.archive;
    let mut lines = vec![
        ("receipt", receipt.id.clone()),
        ("program", receipt.program.clone()),
        ("made", receipt.made.clone()),
        ("request", receipt.request.words()),
    ];
    lines.extend(receipt.request.read_as.as_ref().map(|it| ("query as read", it.clone())));
    lines.push((
        "archive",
        format!(
            "{} in {}, index generation {}",
            count(state.articles, "article"),
            count(state.files, "file"),
            state.generation
        ),
    ));
    lines.push(("corpus digest", state.digest.clone()));
    lines.extend(
        state.newest_file.as_ref().map(|it| ("newest file", format!("{}, {}", it.path, it.modified))),
    );
    lines
}

/// The columns of the hits.
const HIT: [&str; 5] = ["article", "passage", "spans", "words", "file"];

/// Adds the receipt that the options carry, if any, as a table.
pub(super) fn html(xml: &mut Xml, options: &ExportOptions<'_>) {
    let Some(receipt) = options.receipt else { return };
    xml.open("section", &[("class", "receipt")]).element("h2", &[], "Receipt");
    xml.open("table", &[]).open("tbody", &[]);
    for (name, value) in lines(receipt) {
        xml.open("tr", &[]).element("th", &[], name).element("td", &[("dir", "auto")], &value).close();
    }
    xml.close().close();
    xml.open("table", &[]).open("thead", &[]).open("tr", &[]);
    for name in HIT {
        xml.element("th", &[], name);
    }
    xml.close().close().open("tbody", &[]);
    for hit in &receipt.hits {
        xml.open("tr", &[]);
        for cell in hit.cells() {
            xml.element("td", &[], &cell);
        }
        xml.close();
    }
    xml.close().close().close();
}

/// The same as Markdown.
pub(super) fn markdown(receipt: &Receipt, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## Receipt\n\n| | |\n|---|---|")?;
    for (name, value) in lines(receipt) {
        writeln!(out, "| {name} | {} |", escaped(&value))?;
    }
    writeln!(out)?;
    let row = |it: &HitRow| it.cells().map(|it| escaped(&it));
    markdown::table(&HIT, 0..0, receipt.hits.iter().map(row), out)?;
    writeln!(out)
}
