//! Receipts as files, and what a replay found.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::archive::{Change, HitRow, Receipt, Replayed, StateRow};

use super::{Format, Look, json, markdown::escaped, terminal::FAINT};

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
pub fn replayed(replayed: &Replayed, format: Format, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let rows = || replayed.changes.iter().map(row);
    match format {
        Format::Text => text(replayed, look, out),
        Format::Json => {
            let (then, now) = (&replayed.then, &replayed.now);
            let changes: Vec<_> = rows().collect();
            json::document(&ReplayRow { same: changes.is_empty(), then, now, changes }, out)
        }
        Format::Jsonl => json::lines(rows(), out),
        Format::Csv => {
            let header = ["change", "article", "passage", "spans", "words", "path", "headline"];
            super::csv::table(&header, rows().map(|it| cells(&it)), out)
        }
        Format::Markdown => rows().try_for_each(|it| {
            let cells: Vec<String> = cells(&it).iter().map(|it| escaped(it)).collect();
            writeln!(
                out,
                "- {}",
                cells.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ")
            )
        }),
    }
}

fn cells(row: &ChangeRow<'_>) -> Vec<String> {
    let mut cells = vec![row.change.to_owned()];
    match row.hit {
        Some(hit) => {
            cells.extend(hit.cells());
            cells.push(hit.headline.clone());
        }
        None => cells.extend(std::iter::repeat_n(String::new(), 6)),
    }
    cells
}

fn text(replayed: &Replayed, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let Replayed { then, now, changes } = replayed;
    look.lines(
        "",
        &super::visible(&format!("{}, made {} by {}", then.request.words(), then.made, then.program)),
        out,
    )?;
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
        look.lines("", &format!("{what}  {}", super::visible(&hit.unwrap_or_default())), out)?;
    }
    Ok(())
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
