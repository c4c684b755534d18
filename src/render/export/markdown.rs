//! A dossier as Markdown to hand over: headlines as headings, notes as text, passages as block
//! quotes.

use std::io::{self, Write};

use crate::{
    archive::{Dossier, DossierItem},
    article::{Article, PassageKind},
    list::{Block, PassageWords},
};

use super::{
    super::{
        markdown::{escaped, link, outlet},
        terminal::date,
        visible,
    },
    Scope, Text,
    citation::{caveat, credit},
};

pub(in crate::render) fn write(
    dossier: &Dossier,
    text: Text,
    scope: Option<&Scope>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "# {}\n", escaped(&dossier.title))?;
    let query = dossier.query.as_ref().map(|it| format!("Query: `{}`", visible(it).replace('`', "'")));
    let refreshed = dossier.refreshed.or(dossier.created).map(|it| format!("as of {it}"));
    let found = scope.map(|it| it.extent.to_string());
    let known: Vec<String> = found.into_iter().chain(query).chain(refreshed).collect();
    if !known.is_empty() {
        writeln!(out, "{}\n", known.join(", "))?;
    }
    if let Some(scope) = scope {
        writeln!(out, "{}\n", escaped(&scope.origin().join(", ")))?;
        scope.markdown(out)?;
    }
    if !dossier.introduction.is_empty() {
        writeln!(out, "{}\n", paragraphs(&dossier.introduction))?;
    }
    dossier.items.iter().enumerate().try_for_each(|(n, it)| item(n + 1, it, text, out))
}

fn item(number: usize, item: &DossierItem, text: Text, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {number}. {}\n\n{}\n", escaped(&item.title), reference(item))?;
    for version in &item.versions {
        let link = match version.label == version.link {
            true => String::new(),
            false => format!(" ({})", escaped(&version.link)),
        };
        writeln!(out, "- also: {}{link}", escaped(&version.label))?;
    }
    if !item.tags.is_empty() {
        writeln!(out, "- tags: {}", escaped(&item.tags.join(", ")))?;
    }
    if !item.versions.is_empty() || !item.tags.is_empty() {
        writeln!(out)?;
    }
    if let Some(caveat) = caveat(item) {
        writeln!(out, "*{caveat}*\n")?;
    }
    item.blocks.iter().try_for_each(|block| match block {
        // Nobody should take it for words of the article.
        Block::Note(note) => writeln!(out, "**Note:** {}\n", paragraphs(note)),
        Block::Passage(it) => passage(it, out),
    })?;
    match (text, item.whereabouts.article()) {
        (Text::Full, Some((article, _))) => full(article, out),
        _ => Ok(()),
    }
}

/// `*The Post*, 2019-01-02, Leda Moss, [corpus/a.txt](<corpus/a.txt>)`.
fn reference(item: &DossierItem) -> String {
    let mut parts: Vec<String> = item.source.iter().map(|it| outlet(it)).collect();
    parts.push(date(item.date));
    parts.extend(item.byline.as_ref().map(|it| escaped(it)));
    parts.extend(item.path.as_deref().map(link));
    parts.extend(super::web_url(item).map(link));
    parts.join(", ")
}

/// The whole text, below the notes and the chosen passages.
fn full(article: &Article, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "**Full text:**\n")?;
    for words in article.passages() {
        let text = escaped(&words.text);
        match words.kind {
            PassageKind::Headline => {}
            PassageKind::Heading => writeln!(out, "### {text}\n")?,
            PassageKind::Caption => writeln!(out, "*{text}*\n")?,
            PassageKind::Correction => writeln!(out, "**{text}**\n")?,
            PassageKind::Body => writeln!(out, "{text}\n")?,
        }
    }
    Ok(())
}

fn passage(passage: &PassageWords, out: &mut dyn Write) -> io::Result<()> {
    // Space before a line would make it code.
    for line in passage.text.lines().map(str::trim) {
        writeln!(out, "> {}", escaped(line))?;
    }
    if let Some(credit) = credit(passage) {
        writeln!(out, ">\n> {}", escaped(&credit))?;
    }
    writeln!(out)
}

/// Text of somebody's own, line by line, so that nothing of it is taken for markup.
fn paragraphs(text: &str) -> String {
    let mut out = String::new();
    let mut blank = true;
    for line in text.lines().map(str::trim) {
        match (line.is_empty(), blank) {
            (true, true) => {}
            (true, false) => out.push_str("\n\n"),
            // A backslash keeps the line's end.
            (false, false) => out.push_str("\\\n"),
            (false, true) => {}
        }
        out.push_str(&escaped(line));
        blank = line.is_empty();
    }
    out.trim_end().to_owned()
}
