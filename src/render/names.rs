//! What the archive has of many names: a line of counts each, and the best hits.

use std::io::{self, Write};

use crate::search::{Door, NameHits};
use morgue_core::count;

use super::{
    Format, Look, Render, Row,
    hits::{hit_cells, hit_columns, hit_rows},
    json::{self, object},
    markdown,
    table::{Table, cell, cells},
    terminal::{FAINT, HEADLINE, visible},
};

/// Writes the names in one format, one after the other: an archive may be asked for thousands.
pub struct Names {
    format: Format,
    look: Look,
    context: usize,
    n: usize,
}

/// A name with what there is of it, as it is said at a door.
pub(crate) fn name_row(of: &NameHits, door: Door) -> impl Row {
    object! {
        name: &of.name,
        query: &of.read_as,
        articles: of.articles,
        passages: of.results.total,
        first: of.published.as_ref().map(|it| &it.0),
        last: of.published.as_ref().map(|it| &it.1),
        problem: &of.problem,
        notes: of.results.notes.iter().map(|it| door.says(it)).collect::<Vec<_>>(),
        hits: hit_rows(&of.results).collect::<Vec<_>>(),
    }
}

impl Names {
    /// `context` passages stand beside each hit.
    pub fn new(format: Format, look: Look, context: usize) -> Names {
        Names { format, look, context, n: 0 }
    }

    /// Writes what is there of one more name.
    pub fn write(&mut self, of: &NameHits, out: &mut dyn Write) -> io::Result<()> {
        let first = self.n == 0;
        self.n += 1;
        match self.format {
            Format::Text => {
                if !first && !of.results.hits.is_empty() {
                    writeln!(out)?;
                }
                self.text(of, out)
            }
            Format::Json => {
                write!(out, "{}", if first { "[\n" } else { "," })?;
                json::document(&name_row(of, Door::CommandLine), out)
            }
            Format::Jsonl => json::lines([name_row(of, Door::CommandLine)], out),
            Format::Csv if first => table(of, self.context).csv(out),
            Format::Csv => table(of, self.context).csv_rows(out),
            Format::Markdown => {
                writeln!(out, "# {}\n\n{}\n", markdown::escaped(&of.name), markdown::escaped(&counted(of)))?;
                of.results.markdown(out)
            }
        }
    }

    /// Ends the output.
    pub fn finish(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            Format::Json if self.n == 0 => writeln!(out, "[]"),
            Format::Json => writeln!(out, "]"),
            Format::Text | Format::Jsonl | Format::Csv | Format::Markdown => Ok(()),
        }
    }

    /// `Ana Ortiz: 3 articles, 7 passages, 2016-05 to 2016-09`, and its hits below.
    fn text(&self, of: &NameHits, out: &mut dyn Write) -> io::Result<()> {
        let look = &self.look;
        let head = format!(
            "{}: {}",
            look.styled(HEADLINE, &of.name),
            visible(counted(of).lines().next().unwrap_or_default())
        );
        look.lines("", &head, out)?;
        // What is wrong shows the place below the line.
        for line in of.problem.iter().flat_map(|it| it.lines().skip(1)) {
            writeln!(out, "  {}", visible(line))?;
        }
        for note in &of.results.notes {
            look.lines("  ", &look.styled(FAINT, note), out)?;
        }
        if of.results.hits.is_empty() {
            return Ok(());
        }
        writeln!(out)?;
        of.results.text(look, out)
    }
}

/// How much there is.
fn counted(of: &NameHits) -> String {
    if let Some(problem) = &of.problem {
        return problem.clone();
    }
    if of.articles == 0 {
        return "nothing".to_owned();
    }
    let period = match &of.published {
        Some((first, last)) if first == last => format!(", {first}"),
        Some((first, last)) => format!(", {first} to {last}"),
        None => String::new(),
    };
    format!("{}, {}{period}", count(of.articles, "article"), count(of.results.total, "passage"))
}

/// The hits of a name, a row each; a name without any has a row of its own.
fn table(of: &NameHits, context: usize) -> Table<'_> {
    let (first, last) = of.published.as_ref().map(|it| (&it.0, &it.1)).unzip();
    let name = cells([
        &of.name,
        &cell(of.read_as.as_ref()),
        &of.articles,
        &of.results.total,
        &cell(first),
        &cell(last),
        &cell(of.problem.as_ref()),
    ]);
    let alone = of.results.hits.is_empty().then(|| name.to_vec());
    let hits = of.results.hits.iter().map(move |it| hit_cells(&name, it, context));
    let columns = ["name", "query", "articles", "passages", "first", "last", "problem"];
    Table::new(hit_columns(&columns, context), alone.into_iter().chain(hits))
}
