//! A dossier as Markdown to hand over: headlines as headings, notes as text, passages as block quotes.

use std::io::{self, Write};

use crate::{
    archive::{Dossier, DossierItem},
    article::{Article, PassageKind},
    list::{Block, PassageWords},
};

use super::{
    super::{markdown::escaped, visible},
    Text,
};

pub(super) fn write(dossier: &Dossier, text: Text, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", escaped(&dossier.title))?;
    let query = dossier.query.as_ref().map(|it| format!("Query: `{}`", visible(it).replace('`', "'")));
    let refreshed = dossier.refreshed.or(dossier.created).map(|it| format!("as of {it}"));
    let known: Vec<String> = query.into_iter().chain(refreshed).collect();
    if !known.is_empty() {
        writeln!(out, "{}\n", known.join(", "))?;
    }
    if !dossier.introduction.is_empty() {
        writeln!(out, "{}\n", lines(&dossier.introduction))?;
    }
    dossier.items.iter().try_for_each(|it| item(it, text, out))
}

fn item(item: &DossierItem, text: Text, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {}\n\n{}\n", escaped(&item.title), reference(item))?;
    for version in &item.versions {
        writeln!(out, "- also: {} ({})", escaped(&version.label), escaped(&version.link))?;
    }
    if !item.tags.is_empty() {
        writeln!(out, "- tags: {}", escaped(&item.tags.join(", ")))?;
    }
    if !item.versions.is_empty() || !item.tags.is_empty() {
        writeln!(out)?;
    }
    item.blocks.iter().try_for_each(|block| match block {
        Block::Note(note) => writeln!(out, "{}\n", lines(note)),
        Block::Passage(it) => passage(it, out),
    })?;
    match (text, item.whereabouts.article()) {
        (Text::Full, Some((article, _))) => full(article, out),
        _ => Ok(()),
    }
}

/// `*The Post*, 2019-01-02, Leda Moss, [corpus/a.txt](<corpus/a.txt>)`.
fn reference(item: &DossierItem) -> String {
    let mut parts: Vec<String> = item.source.iter().map(|it| format!("*{}*", escaped(it))).collect();
    parts.push(item.date.map_or_else(|| "undated".to_owned(), |it| it.to_string()));
    parts.extend(item.byline.as_ref().map(|it| escaped(it)));
    let link = |target: &String| {
        let target = visible(target);
        format!("[{}](<{}>)", escaped(&target), target.replace(['<', '>'], ""))
    };
    parts.extend(item.path.as_ref().map(link));
    parts.extend(item.url.as_ref().filter(|it| super::is_web(it)).map(link));
    parts.join(", ")
}

/// The whole text, below the notes and the chosen passages.
fn full(article: &Article, out: &mut dyn Write) -> io::Result<()> {
    for words in article.passages() {
        let text = escaped(&words.text);
        match words.kind {
            PassageKind::Headline => {}
            PassageKind::Heading => writeln!(out, "### {text}\n")?,
            PassageKind::Caption => writeln!(out, "*{text}*\n")?,
            PassageKind::Body => writeln!(out, "{text}\n")?,
        }
    }
    Ok(())
}

fn passage(passage: &PassageWords, out: &mut dyn Write) -> io::Result<()> {
    for line in passage.text.lines() {
        writeln!(out, "> {}", escaped(line))?;
    }
    if !passage.said_by.is_empty() {
        writeln!(out, ">\n> — {}", escaped(&passage.said_by))?;
    }
    writeln!(out)
}

/// Text of somebody's own, as it is but for what a terminal would obey.
fn lines(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}
