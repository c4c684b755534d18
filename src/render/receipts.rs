//! Receipts as files, and what a replay found.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::archive::{Change, HitRow, Receipt, Replayed, StateRow};

use super::{
    Look, Render, json,
    markdown::escaped,
    table::Table,
    terminal::{FAINT, visible},
};

const WHAT: Style = AnsiColor::Yellow.on_default().bold();

/// Writes a receipt.
pub fn receipt(receipt: &Receipt, out: &mut dyn Write) -> io::Result<()> {
    json::document(receipt, out)
}

#[derive(Serialize)]
struct ReplayRow<'a> {
    same: bool,
    then: &'a Receipt,
    now: &'a Receipt,
    changes: Vec<ChangeRow<'a>>,
}

#[derive(Serialize)]
struct ChangeRow<'a> {
    change: &'static str,
    hit: Option<&'a HitRow>,
}

fn row(change: &Change) -> ChangeRow<'_> {
    let (change, hit) = match change {
        Change::Gone(hit) => ("gone", Some(hit)),
        Change::New(hit) => ("new", Some(hit)),
        Change::Moved(hit) => ("moved", Some(hit)),
        Change::Reworded(hit) => ("reworded", Some(hit)),
        Change::Remarked(hit) => ("other spans", Some(hit)),
        Change::Reordered => ("other order", None),
    };
    ChangeRow { change, hit }
}

/// What a replay found.
impl Render for Replayed {
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        let Replayed { then, now, changes } = self;
        let request = format!("{}, made {} by {}", then.request.words(), then.made, then.program);
        look.lines("", &visible(&request), out)?;
        for line in differences(&then.archive, &now.archive) {
            look.lines("", &look.styled(FAINT, &line), out)?;
        }
        for change in changes {
            let row = row(change);
            let what = look.styled(WHAT, row.change);
            let hit = row.hit.map(|it| {
                let passage = it.passage.map(|it| format!("#{it}")).unwrap_or_default();
                format!("{}{passage}  {}  {}", it.article, it.path, it.headline)
            });
            look.lines("", &format!("{what}  {}", visible(&hit.unwrap_or_default())), out)?;
        }
        Ok(())
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let changes: Vec<_> = self.changes.iter().map(row).collect();
        let (then, now) = (&self.then, &self.now);
        json::document(&ReplayRow { same: changes.is_empty(), then, now, changes }, out)
    }

    fn rows(&self) -> impl Iterator<Item: Serialize> {
        self.changes.iter().map(row)
    }

    fn table(&self) -> Table<'_> {
        let columns = ["change", "article", "passage", "spans", "words", "path", "headline"];
        Table::new(columns, self.changes.iter().map(|it| change_cells(&row(it))))
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        for change in &self.changes {
            let cells = change_cells(&row(change));
            let known: Vec<String> = cells.iter().map(|it| escaped(it)).filter(|it| !it.is_empty()).collect();
            writeln!(out, "- {}", known.join(" · "))?;
        }
        Ok(())
    }
}

fn change_cells(row: &ChangeRow<'_>) -> Vec<String> {
    let mut cells = vec![row.change.to_owned()];
    if let Some(hit) = row.hit {
        cells.extend(hit.cells());
        cells.push(hit.headline.clone());
    }
    cells
}

/// How the archive differs, a line each.
fn differences(then: &StateRow, now: &StateRow) -> Vec<String> {
    if then.digest == now.digest {
        return vec!["the corpus is the same".to_owned()];
    }
    let mut lines = vec![format!(
        "the corpus is another: {} articles in {} files then, {} in {} now",
        then.articles, then.files, now.articles, now.files
    )];
    if then.newest_file != now.newest_file {
        lines.extend(now.newest_file.as_ref().map(|it| format!("newest file: {}, {}", it.path, it.modified)));
    }
    lines
}
