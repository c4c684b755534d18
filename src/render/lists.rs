//! Reading lists for people: all with their counts, and one with its notes and passages.

use std::io::{self, Write};

use crate::{
    archive::{Dossier, DossierItem, ListSummary, Whereabouts},
    list::{Block, State},
};
use anstyle::{AnsiColor, Style};
use morgue_core::number;

use super::{
    Look, Render, Row, Text, export,
    json::{self, object},
    markdown::{self, escaped},
    table::{Table, cell, cells},
    terminal::{FAINT, HEADLINE, SPEAKER, date},
};

const NEW: Style = AnsiColor::Green.on_default().bold();
const MISSING: Style = AnsiColor::Red.on_default();

/// A list among all, as JSON.
fn summary_row(list: &ListSummary) -> impl Row {
    let [unread, reading, read] = list.states;
    object! {
        name: &list.name,
        title: &list.title,
        query: &list.query,
        entries: list.entries(),
        unread,
        reading,
        read,
        new: list.new,
        missing: list.missing,
        refreshed: list.refreshed.map(|it| it.to_string()),
        problem: &list.problem,
    }
}

/// Every list with its counts.
impl Render for [ListSummary] {
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        self.iter().try_for_each(|it| summary(it, look, out))
    }

    fn rows(&self) -> impl Iterator<Item: Row> {
        self.iter().map(summary_row)
    }

    fn table(&self) -> Table<'_> {
        let columns = ["name", "title", "query", "entries", "unread", "reading", "read", "new", "missing"];
        let row = |it: &ListSummary| {
            let (title, query) = (cell(it.title.as_ref()), cell(it.query.as_ref()));
            let [unread, reading, read] = &it.states;
            cells([&it.name, &title, &query, &it.entries(), unread, reading, read, &it.new, &it.missing])
                .map(export::csv::inert)
        };
        Table::new(columns, self.iter().map(row))
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let row = |it: &ListSummary| {
            let query = escaped(it.query.as_deref().unwrap_or_default());
            cells([&escaped(&it.name), &it.entries(), &it.states[0], &it.new, &query])
        };
        markdown::table(&["list", "entries", "unread", "new", "query"], 1..4, self.iter().map(row), out)
    }
}

fn summary(list: &ListSummary, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut counts = vec![format!("{:>4}", number(list.entries()))];
    let [unread, reading, _] = list.states;
    for (n, what) in [(unread, "unread"), (reading, "reading"), (list.new, "new"), (list.missing, "missing")]
    {
        counts.extend((n > 0).then(|| format!("{} {what}", number(n))));
    }
    counts.extend(list.problem.as_ref().map(|_| "cannot be read".to_owned()));
    let name = look.styled(HEADLINE, &list.name);
    look.lines("", &format!("{}  {name}  {}", counts[0], look.styled(FAINT, &counts[1..].join(", "))), out)?;
    let title = list.title.as_ref().filter(|it| **it != list.name);
    let refreshed = list.refreshed.map(|it| format!("refreshed {it}"));
    let query = list.query.as_ref().map(|it| format!("`{it}`"));
    let more: Vec<String> = title.cloned().into_iter().chain(query).chain(refreshed).collect();
    if more.is_empty() {
        return Ok(());
    }
    look.lines("      ", &look.styled(FAINT, &more.join(" · ")), out)
}

/// A list with its notes and passages.
impl Render for Dossier {
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        look.lines("", &look.styled(HEADLINE, &self.title), out)?;
        let query = self.query.as_ref().map(|it| format!("`{it}`"));
        let refreshed = self.refreshed.map(|it| format!("refreshed {it}"));
        let known: Vec<String> = query.into_iter().chain(refreshed).collect();
        if !known.is_empty() {
            look.lines("", &look.styled(FAINT, &known.join(" · ")), out)?;
        }
        for line in self.introduction.lines() {
            look.lines("", &super::visible(line), out)?;
        }
        for (n, item) in self.items.iter().enumerate() {
            writeln!(out)?;
            entry(n + 1, item, look, out)?;
        }
        Ok(())
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::document(&export::rows::dossier(self), out)
    }

    fn rows(&self) -> impl Iterator<Item: Row> {
        export::rows::items(self)
    }

    fn table(&self) -> Table<'_> {
        export::csv::table(self, None)
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        export::markdown::write(self, Text::Passages, None, out)
    }
}

fn entry(number: usize, item: &DossierItem, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let sign = match item.state {
        None | Some(State::Unread) => "[ ]",
        Some(State::Reading) => "[-]",
        Some(State::Read) => "[x]",
    };
    let mut line = format!("{number:>3} {sign} {}", look.styled(HEADLINE, &item.title));
    if item.new.is_some() {
        line.push_str(&format!("  {}", look.styled(NEW, "new")));
    }
    match &item.whereabouts {
        Whereabouts::Missing => line.push_str(&format!("  {}", look.styled(MISSING, "not in the archive"))),
        Whereabouts::Moved(_) => line.push_str(&format!("  {}", look.styled(NEW, "moved"))),
        Whereabouts::Changed(_) => line.push_str(&format!("  {}", look.styled(MISSING, "changed since"))),
        Whereabouts::Here(_) => {}
    }
    look.lines("", &line, out)?;
    let mut known: Vec<String> = item.source.iter().cloned().collect();
    known.push(date(item.date));
    known.extend(item.byline.clone());
    known.extend(item.path.clone().or(item.url.clone()));
    look.lines("        ", &look.styled(FAINT, &known.join(" · ")), out)?;
    for version in &item.versions {
        let text = match version.label == version.link {
            true => format!("also: {}", version.link),
            false => format!("also: {} · {}", version.label, version.link),
        };
        look.lines("        ", &look.styled(FAINT, &text), out)?;
    }
    if !item.tags.is_empty() {
        let tags: Vec<String> = item.tags.iter().map(|it| format!("#{it}")).collect();
        look.lines("        ", &look.styled(SPEAKER, &tags.join(" ")), out)?;
    }
    for block in &item.blocks {
        match block {
            Block::Note(note) => {
                for line in note.lines() {
                    look.lines("        ", &super::visible(line), out)?;
                }
            }
            Block::Passage(passage) => {
                for line in passage.text.lines() {
                    look.lines("      > ", &super::visible(line), out)?;
                }
                if !passage.said_by.is_empty() {
                    let credit = format!("— {}", passage.said_by);
                    look.lines("        ", &look.styled(SPEAKER, &credit), out)?;
                }
            }
        }
    }
    Ok(())
}

/// What a refresh found of one kind, a title a line behind the list's name.
pub fn list_news(
    name: &str,
    what: &str,
    titles: &[String],
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    for title in titles {
        look.lines(
            "",
            &format!("{}  {}  {}", super::visible(name), look.styled(NEW, what), super::visible(title)),
            out,
        )?;
    }
    Ok(())
}
