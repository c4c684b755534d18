//! Receipts as files, and what a replay found.

use std::io::{self, Write};

use crate::archive::{Change, HitRow, Receipt, Replayed};
use anstyle::{AnsiColor, Style};
use morgue_core::{count, number};

use super::{
    Look, Render, Row,
    json::{self, object},
    markdown::escaped,
    table::Table,
    terminal::{FAINT, visible},
};

const WHAT: Style = AnsiColor::Yellow.on_default().bold();

/// Writes a receipt.
pub fn receipt(receipt: &Receipt, out: &mut dyn Write) -> io::Result<()> {
    json::document(receipt, out)
}

/// What a replay found, as JSON.
pub fn replayed_row(replayed: &Replayed) -> impl Row {
    object! {
        /// Whether nothing changed.
        same: replayed.changes.is_empty(),
        /// Whether the receipt says something else than when its id was made.
        edited: replayed.edited,
        then: &replayed.then,
        now: &replayed.now,
        changes: replayed.rows().collect::<Vec<_>>(),
    }
}

/// The name of a change, and its hit.
pub fn change_words(change: &Change) -> (&'static str, Option<&HitRow>) {
    match change {
        Change::Gone(hit) => ("gone", Some(hit)),
        Change::New(hit) => ("new", Some(hit)),
        Change::Moved(hit) => ("moved", Some(hit)),
        Change::Reworded(hit) => ("reworded", Some(hit)),
        Change::Remarked(hit) => ("other spans", Some(hit)),
        Change::Reordered => ("other order", None),
    }
}

/// What a replay found.
impl Render for Replayed {
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        let Replayed { then, changes, .. } = self;
        let request = format!("{}, made {} by {}", then.request.words(), then.made, then.program);
        look.lines("", &visible(&request), out)?;
        for line in differences(self) {
            look.lines("", &look.styled(FAINT, &line), out)?;
        }
        for change in changes {
            let (what, hit) = change_words(change);
            let what = look.styled(WHAT, what);
            let hit = hit.map(|it| {
                let passage = it.passage.map(|it| format!("#{it}")).unwrap_or_default();
                format!("{}{passage}  {}  {}", it.article, it.path, it.headline)
            });
            look.lines("", &format!("{what}  {}", visible(&hit.unwrap_or_default())), out)?;
        }
        Ok(())
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::document(&replayed_row(self), out)
    }

    fn rows(&self) -> impl Iterator<Item: Row> {
        self.changes.iter().map(change_words).map(|(change, hit)| object! { change, hit })
    }

    fn table(&self) -> Table<'_> {
        let columns = ["change", "article", "passage", "spans", "words", "path", "headline"];
        Table::new(columns, self.changes.iter().map(change_cells))
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        for change in &self.changes {
            let cells = change_cells(change);
            let known: Vec<String> = cells.iter().map(|it| escaped(it)).filter(|it| !it.is_empty()).collect();
            writeln!(out, "- {}", known.join(" · "))?;
        }
        Ok(())
    }
}

fn change_cells(change: &Change) -> Vec<String> {
    let (what, hit) = change_words(change);
    let hit = hit.into_iter().flat_map(|it| it.cells().into_iter().chain([it.headline.clone()]));
    std::iter::once(what.to_owned()).chain(hit).collect()
}

/// How the archive differs, and what to know of the receipt, a line each.
pub fn differences(replayed: &Replayed) -> Vec<String> {
    let (then, now) = (&replayed.then.archive, &replayed.now.archive);
    let mut lines = Vec::new();
    if replayed.edited {
        lines.push("the receipt was edited: its id is not that of what it says".to_owned());
    }
    if then.digest == now.digest {
        lines.push("the corpus is the same".to_owned());
        return lines;
    }
    lines.push(format!(
        "the corpus is another: {} in {} then, {} in {} now",
        count(then.articles, "article"),
        count(then.files, "file"),
        number(now.articles),
        number(now.files)
    ));
    if then.newest_file != now.newest_file {
        lines.extend(now.newest_file.as_ref().map(|it| format!("newest file: {}, {}", it.path, it.modified)));
    }
    lines
}
