//! A query explained: as an indented tree, or as JSON.

use std::io::{self, Write};

use morgue_core::{count, number};
use serde::Serialize;

use crate::{query::Explained, search::Explanation};

use super::{
    Format,
    json::{self, object},
    terminal::visible,
};

/// The most words or names that text shows; JSON has them all.
const SHOWN_MAX: usize = 8;

/// How a query was read, as `docs/output.md` promises it.
fn explanation_row(it: &Explanation) -> impl Serialize {
    let words = it.words.iter().map(|it| {
        object! {
            word: &it.typed,
            forms: it.forms.iter().map(|it| object! { form: &it.0, uses: it.1 }).collect::<Vec<_>>(),
            n_forms: it.n_forms,
            cut: it.is_cut(),
        }
    });
    let names = it.names.iter().map(|it| {
        object! {
            field: it.field,
            words: &it.typed,
            names: it.names.iter().map(|it| object! { name: &it.0, quotes: it.1 }).collect::<Vec<_>>(),
        }
    });
    object! {
        query: &it.typed,
        read_as: &it.read_as,
        tree: Tree::new(&it.root),
        words: words.collect::<Vec<_>>(),
        names: names.collect::<Vec<_>>(),
        notes: &it.notes,
    }
}

#[derive(Serialize)]
struct Tree<'a> {
    kind: &'static str,
    says: &'a str,
    of: Vec<Tree<'a>>,
}

impl<'a> Tree<'a> {
    fn new(it: &'a Explained) -> Tree<'a> {
        Tree { kind: it.kind, says: &it.says, of: it.of.iter().map(Tree::new).collect() }
    }
}

/// Writes how a query is read. CSV and Markdown have no table for it and are text too.
pub fn explanation(it: &Explanation, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text | Format::Csv | Format::Markdown => text(it, out),
        Format::Json => json::document(&explanation_row(it), out),
        Format::Jsonl => json::lines([explanation_row(it)], out),
    }
}

fn text(it: &Explanation, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "read as   {}", visible(&it.read_as))?;
    writeln!(out, "finds     passages with")?;
    tree(&it.root, 5, out)?;
    for word in &it.words {
        let shown = word
            .forms
            .iter()
            .map(|(form, uses)| format!("{form} ({})", number(usize::try_from(*uses).unwrap_or(usize::MAX))));
        line(&word.typed, "in no word of the archive", shown, word.n_forms, out)?;
    }
    for name in &it.names {
        let shown = name.names.iter().map(|(name, quotes)| match quotes {
            Some(n) => format!("{name} ({})", count(*n, "quote")),
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
        rest => format!("{} and {} more", shown.join(", "), number(rest)),
    };
    writeln!(out, "{:<9} {}", visible(what), visible(&shown))
}
