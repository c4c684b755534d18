//! An article of a dossier as HTML, the same for the page, the book and the feeds.

use std::collections::BTreeSet;

use crate::{
    archive::DossierItem,
    article::{Article, PassageKind},
    list::{Block, PassageWords},
};

use super::{
    super::terminal::date,
    ExportOptions, Text,
    citation::{caveat, credit, encoded, file_address},
    xml::{Xml, one_line},
};

/// Where links to files of the archive may lead.
#[derive(Clone, Copy)]
pub(super) enum FileLinks<'a> {
    /// Into the archive, from where the output lies.
    To(&'a str),
    /// Nowhere: a book and a feed stand alone.
    None,
}

/// Writes what is known of an article, its notes and its passages or its whole text. The heading is
/// the caller's.
pub(super) fn item(xml: &mut Xml, item: &DossierItem, options: &ExportOptions<'_>, links: FileLinks<'_>) {
    reference(xml, item, links);
    for version in &item.versions {
        xml.open("p", &[("class", "also")]).text("also: ");
        file_link(xml, &version.label, &version.link, links);
        xml.close();
    }
    if !item.tags.is_empty() {
        let tags: Vec<String> = item.tags.iter().map(|it| format!("#{}", one_line(it))).collect();
        xml.element("p", &[("class", "tags"), ("dir", "auto")], &tags.join(" "));
    }
    if let Some(caveat) = caveat(item) {
        xml.element("p", &[("class", "missing")], caveat);
    }
    match (options.text, item.whereabouts.article()) {
        (Text::Full, Some((article, _))) => full(xml, item, article),
        (Text::Full, None) | (Text::Passages, _) => item.blocks.iter().for_each(|it| block(xml, it)),
    }
}

/// Writes the headline with its number on the list.
pub(super) fn heading(xml: &mut Xml, level: &'static str, number: usize, item: &DossierItem) {
    xml.open(level, &[("dir", "auto")]).text(&format!("{number}. "));
    xml.element("span", &[("class", "headline")], title_or(&one_line(&item.title))).close();
}

/// What stands for a headline that nobody gave.
pub(super) fn title_or(title: &str) -> &str {
    if title.is_empty() { "(no headline)" } else { title }
}

fn reference(xml: &mut Xml, item: &DossierItem, links: FileLinks<'_>) {
    xml.open("p", &[("class", "reference")]);
    let mut first = true;
    let mut gap = |xml: &mut Xml| {
        if !std::mem::take(&mut first) {
            xml.text(" · ");
        }
    };
    for (class, value) in
        [("source", &item.source), ("date", &Some(date(item.date))), ("byline", &item.byline)]
    {
        if let Some(value) = value {
            gap(xml);
            xml.element("bdi", &[("class", class)], &one_line(value));
        }
    }
    if let Some(url) = super::web_url(item) {
        gap(xml);
        xml.element("a", &[("href", &encoded(url)), ("rel", "noreferrer")], "original");
    }
    if let Some(path) = &item.path {
        gap(xml);
        file_link(xml, path, path, links);
    }
    xml.close();
}

fn file_link(xml: &mut Xml, text: &str, path: &str, links: FileLinks<'_>) {
    match links {
        FileLinks::To(archive) => {
            let href = file_address(archive, path);
            xml.element("a", &[("href", &href)], &one_line(text));
        }
        FileLinks::None => {
            xml.element("bdi", &[("class", "path")], &one_line(text));
        }
    }
}

fn block(xml: &mut Xml, block: &Block) {
    match block {
        Block::Note(text) => note(xml, text),
        Block::Passage(it) => passage(xml, it),
    }
}

fn note(xml: &mut Xml, note: &str) {
    xml.open("aside", &[("class", "note")]);
    for paragraph in note.split("\n\n").filter(|it| !it.trim().is_empty()) {
        xml.open("p", &[("dir", "auto")]);
        lines(xml, paragraph);
        xml.close();
    }
    xml.close();
}

fn passage(xml: &mut Xml, passage: &PassageWords) {
    xml.open("blockquote", &[("dir", "auto")]).open("p", &[]);
    lines(xml, &passage.text);
    xml.close();
    if let Some(credit) = credit(passage) {
        xml.element("p", &[("class", "said-by")], &credit);
    }
    xml.close();
}

fn lines(xml: &mut Xml, text: &str) {
    for (n, line) in text.trim_matches('\n').split('\n').enumerate() {
        if n > 0 {
            xml.empty("br", &[]);
        }
        xml.text(line);
    }
}

/// The whole text, chosen passages marked, each note below the passage that it follows in the list.
fn full(xml: &mut Xml, item: &DossierItem, article: &Article) {
    let chosen: BTreeSet<usize> = item.passages().into_iter().collect();
    let mut waiting = item.blocks.iter().peekable();
    // What belongs to no passage of the text stands above it.
    let in_text = |it: &Block| matches!(it, Block::Passage(it) if it.ordinal.is_some_and(|n| n < article.passages().len()));
    while let Some(above) = waiting.next_if(|it| !in_text(it)) {
        block(xml, above);
    }
    let rest: Vec<&Block> = waiting.collect();
    for (ordinal, words) in article.passages().iter().enumerate() {
        match words.kind {
            PassageKind::Headline => {}
            PassageKind::Heading => {
                xml.element("h3", &[("dir", "auto")], &one_line(&words.text));
            }
            PassageKind::Caption => paragraph(xml, "caption", &words.text),
            PassageKind::Correction => paragraph(xml, "correction", &words.text),
            PassageKind::Body if chosen.contains(&ordinal) => paragraph(xml, "chosen", &words.text),
            PassageKind::Body => paragraph(xml, "body", &words.text),
        }
        notes_below(xml, &rest, ordinal);
    }
}

fn notes_below(xml: &mut Xml, blocks: &[&Block], ordinal: usize) {
    let is_it = |it: &&Block| matches!(it, Block::Passage(it) if it.ordinal == Some(ordinal));
    let Some(at) = blocks.iter().position(is_it) else { return };
    for below in blocks[at + 1..].iter().take_while(|it| matches!(it, Block::Note(_))) {
        block(xml, below);
    }
}

fn paragraph(xml: &mut Xml, class: &str, text: &str) {
    xml.open("p", &[("class", class), ("dir", "auto")]);
    lines(xml, text);
    xml.close();
}
