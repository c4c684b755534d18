//! `morgue init`: a commented `morgue.toml`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Args;

use crate::{
    archive::{COMMENTED, SETTINGS_NAME},
    files,
};

use super::{Outcome, output::Output};

/// Write a commented morgue.toml
#[derive(Args)]
#[command(after_help = "Example: morgue init ~/clippings")]
pub(super) struct InitArgs {
    /// The folder of the archive [default: that of --archive, or the current one]
    dir: Option<PathBuf>,
}

/// `archive`: the folder that `--archive` names.
pub(super) fn run(args: &InitArgs, archive: Option<&Path>, output: &mut Output) -> Result<Outcome> {
    let dir = args.dir.as_deref().or(archive).unwrap_or(Path::new("."));
    std::fs::create_dir_all(dir.join("corpus")).with_context(|| format!("cannot make {}", dir.display()))?;
    let path = dir.join(SETTINGS_NAME);
    // Never over settings that are there.
    let created = files::create(&path, COMMENTED.as_bytes());
    created.with_context(|| format!("cannot write {}", path.display()))?;
    output.say(format!("{} is written; put articles into corpus/ and run `morgue ingest`", path.display()));
    Ok(Outcome::Found)
}
