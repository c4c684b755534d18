//! What the archive has of many names: a line of counts each, and the best hits.

use std::io::{self, Write};

use ::csv::Writer;
use serde::Serialize;

use crate::archive::NameHits;

use super::{
    Format, Look,
    csv::{article_columns, write},
    hits::{self, HitRow, hit_cells, hit_columns},
    json, markdown,
    terminal::{FAINT, HEADLINE, visible},
};

/// Writes the names in one format, one after the other: an archive may be asked for thousands.
pub struct Names {
    format: Format,
    look: Look,
    context: usize,
    n: usize,
}

#[derive(Serialize)]
struct NameRow<'a> {
    name: &'a str,
    query: Option<&'a str>,
    articles: usize,
    passages: usize,
    first: Option<&'a str>,
    last: Option<&'a str>,
    problem: Option<&'a str>,
    notes: &'a [String],
    hits: Vec<HitRow<'a>>,
}

impl<'a> NameRow<'a> {
    fn new(of: &'a NameHits) -> NameRow<'a> {
        NameRow {
            name: &of.name,
            query: of.read_as.as_deref(),
            articles: of.articles,
            passages: of.results.total,
            first: of.published.as_ref().map(|it| it.0.as_str()),
            last: of.published.as_ref().map(|it| it.1.as_str()),
            problem: of.problem.as_deref(),
            notes: &of.results.notes,
            hits: HitRow::of(&of.results).collect(),
        }
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
                json::document(&NameRow::new(of), out)
            }
            Format::Jsonl => json::lines([NameRow::new(of)], out),
            Format::Csv => csv(of, self.context, first, out),
            Format::Markdown => {
                writeln!(out, "# {}\n\n{}\n", markdown::escaped(&of.name), markdown::escaped(&counted(of)))?;
                hits::markdown(&of.results, out)
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
        let head = format!("{}: {}", look.styled(HEADLINE, &of.name), visible(&counted(of)));
        look.lines("", &head, out)?;
        for note in &of.results.notes {
            look.lines("  ", &look.styled(FAINT, note), out)?;
        }
        if of.results.hits.is_empty() {
            return Ok(());
        }
        writeln!(out)?;
        hits::text(&of.results, look, out)
    }
}

/// How much there is.
fn counted(of: &NameHits) -> String {
    if let Some(problem) = &of.problem {
        return problem.clone();
    }
    let n = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    if of.articles == 0 {
        return "nothing".to_owned();
    }
    let period = match &of.published {
        Some((first, last)) if first == last => format!(", {first}"),
        Some((first, last)) => format!(", {first} to {last}"),
        None => String::new(),
    };
    format!("{}, {}{period}", n(of.articles, "article"), n(of.results.total, "passage"))
}

/// The columns of a name before those of its hits.
const NAME: [&str; 7] = ["name", "query", "articles", "passages", "first", "last", "problem"];

/// The hits of a name, a row each; a name without any has a row of its own.
fn csv(of: &NameHits, context: usize, first: bool, out: &mut dyn Write) -> io::Result<()> {
    let (articles, columns) = (article_columns(), hit_columns(context));
    let mut writer = Writer::from_writer(out);
    if first {
        let header = NAME.iter().chain(&["rank", "score"]).chain(&articles).chain(&columns);
        write(&mut writer, header)?;
    }
    let (since, until) = of.published.clone().unwrap_or_default();
    let counts = [of.articles, of.results.total].map(|it| it.to_string());
    let mut name = vec![of.name.clone(), of.read_as.clone().unwrap_or_default()];
    name.extend(counts);
    name.extend([since, until, of.problem.clone().unwrap_or_default()]);
    if of.results.hits.is_empty() {
        let empty = vec![String::new(); 2 + articles.len() + columns.len()];
        write(&mut writer, name.iter().chain(&empty))?;
    }
    for hit in &of.results.hits {
        write(&mut writer, name.iter().chain(&hit_cells(hit, context)))?;
    }
    writer.flush()
}
