//! `morgue check`: verify the index.

use anyhow::Result;
use clap::Args;

use crate::archive::Archive;

use super::{Outcome, count, output::Output};

/// Verify the index: checksums, and that every article of the manifest reads back whole
#[derive(Args)]
#[command(after_help = "Example: morgue check && echo sound")]
pub(super) struct CheckArgs {}

pub(super) fn run(_: &CheckArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let health = archive.check()?;
    if !health.leftovers.is_empty() {
        output.say(format!(
            "{} of a run that was stopped; the next ingest removes them",
            count(health.leftovers.len(), "file")
        ));
    }
    if health.is_good() {
        writeln!(
            output.results(),
            "sound: {} read back, all checksums match",
            count(health.articles, "article")
        )?;
        return Ok(Outcome::Found);
    }
    for file in &health.damaged {
        output.complain(format!("{}: its checksum does not match", file.display()));
    }
    for contradiction in &health.contradictions {
        output.complain(contradiction);
    }
    for file in &health.damaged_people {
        output.complain(format!(
            "{file}: its checksum does not match; it is not used, and `morgue speakers` makes it anew"
        ));
    }
    if !health.damaged.is_empty() || !health.contradictions.is_empty() {
        output.complain("the index is damaged; `morgue ingest --rebuild` makes it anew");
    }
    Ok(Outcome::Failed)
}
