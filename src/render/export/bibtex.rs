//! BibTeX that bibtex, biber and pandoc read: `@article` with the newspaper as its journal.

use std::io::{self, Write};

use crate::{
    archive::{Dossier, DossierItem},
    list::{Name, names, plain},
};

use super::{
    ExportOptions,
    citation::{date_parts, encoded},
    xml::{on_a_line, one_line, printable},
};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

pub(super) fn write(dossier: &Dossier, options: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<()> {
    if let Some(found) = options.limited() {
        writeln!(out, "@comment{{{found}}}\n")?;
    }
    for (n, item) in dossier.items.iter().enumerate() {
        writeln!(out, "@article{{{},", key(n + 1, item))?;
        for (name, value) in fields(item, &dossier.title) {
            writeln!(out, "  {name} = {value},")?;
        }
        writeln!(out, "}}\n")?;
    }
    Ok(())
}

/// `post2019-e4eaae2cd5-0b8b90`: whose, when, and the id, which makes it one of a kind.
fn key(number: usize, item: &DossierItem) -> String {
    let source = item.source.as_deref().unwrap_or_default();
    let source: String = source.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
    let year = item.date.map(|it| date_parts(it)[0].to_string()).unwrap_or_default();
    let id = item.id.map_or_else(|| format!("entry{number}"), |it| it.to_string());
    format!("{}{year}-{id}", source.to_lowercase())
}

fn fields(item: &DossierItem, list: &str) -> Vec<(&'static str, String)> {
    let braced = |it: &str| format!("{{{}}}", escaped(&on_a_line(it)));
    let mut fields = Vec::new();
    let people = item.byline.as_deref().map(names).unwrap_or_default();
    if !people.is_empty() {
        let people: Vec<String> = people.iter().map(person).collect();
        fields.push(("author", format!("{{{}}}", people.join(" and "))));
    }
    if people.is_empty() {
        // What an unsigned article is sorted and labelled by.
        fields.push(("key", braced(item.source.as_deref().unwrap_or(&item.title))));
    }
    // Twice in braces: a headline keeps its capitals in every style.
    fields.push(("title", format!("{{{}}}", braced(&item.title))));
    fields.extend(item.source.as_deref().map(|it| ("journal", braced(it))));
    let date = item.date.map(date_parts).unwrap_or_default();
    fields.extend(date.first().map(|it| ("year", format!("{{{it:04}}}"))));
    let month = date.get(1).and_then(|it| MONTHS.get(usize::try_from(it - 1).ok()?));
    fields.extend(month.map(|it| ("month", (*it).to_owned())));
    fields.extend(date.get(2).map(|it| ("day", format!("{{{it}}}"))));
    fields.push(("entrysubtype", "{newspaper}".to_owned()));
    fields.extend(item.place.as_deref().map(|it| ("address", braced(it))));
    let url = super::web_url(item);
    fields.extend(url.map(|it| ("url", format!("{{{}}}", encoded(it)))));
    fields.extend(item.path.as_deref().map(|it| ("file", format!("{{{}}}", encoded(it)))));
    fields.extend(item.language.as_deref().map(|it| ("langid", braced(it))));
    if !item.tags.is_empty() {
        fields.push(("keywords", braced(&item.tags.join(", "))));
    }
    // Not `note`, which styles print.
    let blocks: Vec<String> = item.blocks.iter().map(plain).collect();
    if !blocks.is_empty() {
        fields.push(("annote", format!("{{{}}}", lines(&blocks.join("\n\n")))));
    }
    fields.push(("morgue-list", braced(list)));
    fields.extend(item.id.map(|it| ("morgue-article", format!("{{{it}}}"))));
    fields.extend(item.state.map(|it| ("morgue-state", format!("{{{}}}", it.name()))));
    // Names are read by rules of their own.
    fields.extend(item.byline.as_deref().map(|it| ("morgue-byline", braced(it))));
    let versions: Vec<String> = item.versions.iter().map(|it| on_a_line(&it.to_string())).collect();
    if !versions.is_empty() {
        fields.push(("morgue-also", format!("{{{}}}", lines(&versions.join("\n")))));
    }
    fields
}

/// A text with its lines and paragraphs.
fn lines(text: &str) -> String {
    let line = |it: &str| escaped(&printable(it));
    let lines = |it: &str| it.split('\n').map(line).collect::<Vec<_>>().join("\\newline{} ");
    text.split("\n\n").map(lines).collect::<Vec<_>>().join("\\par{} ")
}

/// `Moss, Leda`, `van der Moss, Jr., Leda`; a body in braces of its own, so that it is not cut into
/// names.
fn person(name: &Name) -> String {
    match name {
        Name::Person { given, particle, family, suffix } => {
            let family = Name::whole_family(particle, family);
            let parts = [family.as_str(), suffix, given].map(|it| escaped(&one_line(it)));
            parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
        }
        Name::Literal(text) => format!("{{{}}}", escaped(&one_line(text))),
    }
}

/// The text with what TeX would obey as commands for it. BibTeX counts braces even behind a
/// backslash: those that do not pair need a name.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let paired = is_paired(text);
    let mut last = ' ';
    for c in text.chars() {
        let c = if c.is_whitespace() && c != '\u{a0}' { ' ' } else { c };
        // Two of these in a row become one sign: a space, a long dash, a quotation mark, `¿`.
        let joined = matches!(c, '-' | ' ' | '\'' | ',' | '<' | '>') && c == last
            || c == '`' && matches!(last, '`' | '?' | '!');
        if joined {
            out.push_str("{}");
        }
        last = c;
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' | '}' if paired => out.extend(['\\', c]),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '\u{a0}' => out.push_str("\\nobreakspace{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '$' | '&' | '#' | '_' | '%' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// Whether each brace that opens is closed, in order.
fn is_paired(text: &str) -> bool {
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return false,
            '}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}
