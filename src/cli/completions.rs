//! `morgue completions`: for the shells that clap knows.

use anyhow::Result;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Cli, Outcome, output::Output};

/// Print a completion script for a shell
#[derive(Args)]
#[command(
    after_help = "Example: morgue completions bash > ~/.local/share/bash-completion/completions/morgue"
)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs, output: &mut Output) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "morgue", &mut script);
    output.results().write_all(&script)?;
    Ok(Outcome::Found)
}
