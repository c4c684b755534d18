//! `morgue man`: the manual page, made from the help.

use anyhow::Result;
use clap::{Args, CommandFactory as _};

use super::{Cli, Outcome, output::Output};

/// Print the manual page, or that of a command
#[derive(Args)]
#[command(after_help = "Example: morgue man search | man -l -")]
pub(super) struct ManArgs {
    /// The command
    command: Option<String>,
}

pub(super) fn run(args: &ManArgs, output: &mut Output) -> Result<Outcome> {
    let mut root = Cli::command();
    root.build();
    let page = match &args.command {
        None => root,
        Some(name) => {
            let command = root.find_subcommand(name);
            command.cloned().ok_or_else(|| anyhow::anyhow!("there is no command `{name}`"))?
        }
    };
    clap_mangen::Man::new(page).render(&mut output.results())?;
    Ok(Outcome::Found)
}
