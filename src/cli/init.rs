//! `morgue init`: a commented `morgue.toml`.

use std::{
    io,
    path::{Path, PathBuf},
};

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
    let dir = args.dir.as_deref().or(archive).unwrap_or(Path::new(""));
    let path = dir.join(SETTINGS_NAME);
    // Nothing is made beside settings that are there.
    anyhow::ensure!(path.symlink_metadata().is_err(), there_already(&path));
    let corpus = dir.join("corpus");
    std::fs::create_dir_all(&corpus).with_context(|| format!("cannot make `{}`", corpus.display()))?;
    files::create(&path, COMMENTED.as_bytes()).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => anyhow::anyhow!(there_already(&path)),
        _ => anyhow::Error::new(error).context(format!("cannot write {}", path.display())),
    })?;
    output.say(format!("{} is written; put articles into corpus/ and run `morgue ingest`", path.display()));
    Ok(Outcome::Found)
}

fn there_already(path: &Path) -> String {
    format!("{} is there already, and is left as it is", path.display())
}
