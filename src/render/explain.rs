//! A query explained: as an indented tree, or as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    archive::{Explanation, ResolvedName, ResolvedWord},
    query::Explained,
};

use super::{Format, json, terminal::visible};

/// So many words or names are shown to people; JSON has them all.
const SHOWN_MAX: usize = 8;

/// How a query was read, as `docs/output.md` promises it.
#[derive(Serialize)]
struct ExplanationRow<'a> {
    query: &'a str,
    read_as: &'a str,
    tree: ExplainedRow<'a>,
    words: Vec<WordRow<'a>>,
    names: Vec<NameRow<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct ExplainedRow<'a> {
    kind: &'static str,
    says: &'a str,
    of: Vec<ExplainedRow<'a>>,
}

#[derive(Serialize)]
struct WordRow<'a> {
    word: &'a str,
    forms: Vec<FormRow<'a>>,
    n_forms: usize,
    cut: bool,
}

#[derive(Serialize)]
struct FormRow<'a> {
    form: &'a str,
    uses: u64,
}

#[derive(Serialize)]
struct NameRow<'a> {
    field: &'static str,
    words: &'a str,
    names: Vec<FittingRow<'a>>,
}

#[derive(Serialize)]
struct FittingRow<'a> {
    name: &'a str,
    quotes: Option<usize>,
}

impl<'a> ExplanationRow<'a> {
    fn new(it: &'a Explanation) -> ExplanationRow<'a> {
        ExplanationRow {
            query: &it.typed,
            read_as: &it.read_as,
            tree: ExplainedRow::new(&it.root),
            words: it.words.iter().map(WordRow::new).collect(),
            names: it.names.iter().map(NameRow::new).collect(),
            notes: &it.notes,
        }
    }
}

impl<'a> ExplainedRow<'a> {
    fn new(it: &'a Explained) -> ExplainedRow<'a> {
        ExplainedRow { kind: it.kind, says: &it.says, of: it.of.iter().map(ExplainedRow::new).collect() }
    }
}

impl<'a> WordRow<'a> {
    fn new(it: &'a ResolvedWord) -> WordRow<'a> {
        let forms = it.expansion.forms.iter().map(|(form, uses)| FormRow { form, uses: *uses }).collect();
        WordRow { word: &it.typed, forms, n_forms: it.expansion.n_forms, cut: it.expansion.is_cut() }
    }
}

impl<'a> NameRow<'a> {
    fn new(it: &'a ResolvedName) -> NameRow<'a> {
        let names = it.names.iter().map(|(name, quotes)| FittingRow { name, quotes: *quotes }).collect();
        NameRow { field: it.field, words: &it.typed, names }
    }
}

/// How a query is read; a table or a document of it says nothing, so those are text too.
pub fn explanation(it: &Explanation, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text | Format::Csv | Format::Markdown => text(it, out),
        Format::Json => json::document(&ExplanationRow::new(it), out),
        Format::Jsonl => json::lines([ExplanationRow::new(it)], out),
    }
}

fn text(it: &Explanation, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "read as   {}", visible(&it.read_as))?;
    writeln!(out, "finds     passages with")?;
    tree(&it.root, 5, out)?;
    for word in &it.words {
        let expansion = &word.expansion;
        let shown = expansion.forms.iter().map(|(form, uses)| format!("{form} ({uses})"));
        line(&word.typed, "in no word of the archive", shown, expansion.n_forms, out)?;
    }
    for name in &it.names {
        let shown = name.names.iter().map(|(name, quotes)| match quotes {
            Some(1) => format!("{name} (1 quote)"),
            Some(n) => format!("{name} ({n} quotes)"),
            None => name.clone(),
        });
        line(&format!("{}:{}", name.field, name.typed), "no name", shown, name.names.len(), out)?;
    }
    Ok(())
}

fn tree(it: &Explained, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    let colon = if it.of.is_empty() { "" } else { ":" };
    writeln!(out, "{:indent$}{}{colon}", "", visible(&it.says), indent = 2 * depth)?;
    it.of.iter().try_for_each(|part| tree(part, depth + 1, out))
}

fn line(
    what: &str,
    none: &str,
    all: impl Iterator<Item = String>,
    n: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let shown: Vec<String> = all.take(SHOWN_MAX).collect();
    let shown = match n.saturating_sub(shown.len()) {
        _ if shown.is_empty() => none.to_owned(),
        0 => shown.join(", "),
        rest => format!("{} and {rest} more", shown.join(", ")),
    };
    writeln!(out, "{:<9} {}", visible(what), visible(&shown))
}
