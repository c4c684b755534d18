//! `morgue formats`: what files are read, and what they are told by.

use anyhow::Result;
use clap::Args;

use crate::{archive::Archive, render};

use super::{Outcome, args::FormatArgs, output::Output};

/// List the formats that are read, what a file is told by, and what of it is one article
///
/// Layouts, formats and commands that this archive's morgue.toml names are listed too.
#[derive(Args)]
#[command(after_help = "Example: morgue formats --format markdown")]
pub(super) struct FormatsArgs {
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &FormatsArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let formats = archive.formats();
    let look = output.look();
    render::write(&render::Formats(&formats), args.format.format, &look, output.results())?;
    Ok(Outcome::Found)
}
