//! `morgue status`: what the index holds, and whether it matches the corpus.

use anyhow::Result;
use clap::Args;
use jiff::tz::TimeZone;
use morgue_core::number;

use crate::{
    archive::{Archive, Compared, Watching},
    render::visible,
};

use super::{Outcome, count, output::Output};

/// Say what the index holds and whether it matches the corpus
#[derive(Args)]
#[command(after_help = "Example: morgue status")]
pub(super) struct StatusArgs {}

pub(super) fn run(_: &StatusArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let status = archive.status_of(true)?;
    let counts = status.counts;
    let out = output.results();
    writeln!(out, "archive   {}", visible(&archive.folder().to_string_lossy()))?;
    let megabytes = status.bytes as f64 / 1e6;
    writeln!(out, "index     {}, {megabytes:.1} MB", visible(&archive.index_location().to_string_lossy()))?;
    writeln!(
        out,
        "holds     {}, {} ({} undated), {}, {}",
        count(counts.files, "file"),
        count(counts.articles, "article"),
        number(status.undated),
        count(counts.passages, "passage"),
        count(counts.quotes, "quote")
    )?;
    let Compared { stale, vanished } = status.compared.unwrap_or_default();
    let fresh = stale == 0 && vanished == 0;
    if fresh {
        writeln!(out, "corpus    unchanged since the last ingest")?;
    } else {
        let stale = format!("{} new or changed, {} gone", number(stale), number(vanished));
        writeln!(out, "corpus    {stale}; `morgue ingest` brings the index up to date")?;
    }
    if let Some(watching) = &status.watching {
        writeln!(out, "watch     {}", watched(watching))?;
    }
    for (path, problem) in &status.problems {
        writeln!(out, "problem   {}: {}", visible(path), visible(problem))?;
    }
    Ok(Outcome::of(fresh))
}

/// `corpus by process 4711 since 2026-12-01 14:05, last walked 14:20`; times are local.
fn watched(watching: &Watching) -> String {
    let Watching { process, is_alive, since, walked, roots, every } = watching;
    let [since, walked] =
        [since, walked].map(|it| it.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string());
    let roots = visible(&roots.join(", ")).into_owned();
    let how = every.map_or_else(String::new, |it| format!(" every {it} s"));
    match is_alive {
        true => format!("{roots} by process {process} since {since}, last walked {walked}{how}"),
        false => format!("no longer: process {process} is gone; it last walked {roots} at {walked}"),
    }
}
