//! What an archive reads, for people and as rows.

use std::io::{self, Write};

use crate::archive::FormatRow;

use super::{
    Look, Render, Row,
    json::object,
    markdown::{self, escaped},
    table::{Table, cells},
    terminal::{FAINT, HEADLINE, visible},
};

/// Formats, layouts and settings.
pub struct Formats<'a>(pub &'a [FormatRow]);

const COLUMNS: [&str; 4] = ["kind", "name", "told by", "one article is"];

impl Render for Formats<'_> {
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        for it in self.0 {
            let (kind, name) = (it.kind.name(), visible(&it.name));
            writeln!(out, "{}  {}", look.styled(HEADLINE, &name), look.styled(FAINT, kind))?;
            writeln!(out, "  told by    {}", visible(&it.told_by))?;
            writeln!(out, "  an article {}", visible(&it.article))?;
        }
        Ok(())
    }

    fn rows(&self) -> impl Iterator<Item: Row> {
        self.0.iter().map(|it| {
            object! { kind: it.kind.name(), name: &it.name, told_by: &it.told_by, article: &it.article }
        })
    }

    fn table(&self) -> Table<'_> {
        let row = |it: &FormatRow| cells([&it.kind.name(), &it.name, &it.told_by, &it.article]);
        Table::new(["kind", "name", "told_by", "article"], self.0.iter().map(row))
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let row = |it: &FormatRow| [it.kind.name(), &it.name, &it.told_by, &it.article].map(escaped).to_vec();
        markdown::table(&COLUMNS, 4..4, self.0.iter().map(row), out)
    }
}
