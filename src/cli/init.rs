//! `morgue init`: a commented `morgue.toml`.

use std::{
    fs::OpenOptions,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use clap::Args;

use crate::archive::{COMMENTED, SETTINGS_NAME};

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
    let file = OpenOptions::new().write(true).create_new(true).open(&path);
    let mut file = file.with_context(|| format!("cannot write {}", path.display()))?;
    file.write_all(COMMENTED.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
    output.say(format!("{} is written; put articles into corpus/ and run `morgue ingest`", path.display()));
    Ok(Outcome::Found)
}
