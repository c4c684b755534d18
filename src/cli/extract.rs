//! `morgue extract`: what an ingest sees in a file.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use morgue_core::choices;

use crate::{
    archive::{Archive, Named, extract_file},
    render, system,
};

use super::{Outcome, args::choice, output::Output};

/// Print what an ingest sees in files, as JSON; change nothing
#[derive(Args)]
#[command(after_help = "Example: morgue extract saved-page.html | less")]
pub(super) struct ExtractArgs {
    /// The files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// How to write the articles
    #[arg(long, value_parser = choice::<ExtractFormat>(), default_value_t, value_name = "FORMAT")]
    format: ExtractFormat,
}

choices! {
    /// How the articles of a file are written.
    #[derive(Default)]
    pub enum ExtractFormat {
        #[default]
        Json = "json": "One JSON document a file",
        Jsonl = "jsonl": "One JSON document a line, one line an article",
    }
}

pub(super) fn run(args: &ExtractArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let mut failed = false;
    for path in &args.files {
        let name = path.to_string_lossy();
        match extract_file(archive, path) {
            Ok(found) => {
                let mut problems = Named::default();
                let found = found.inspect(|it| {
                    if let Err(problem) = &it.article {
                        problems.add(problem.to_string());
                    }
                });
                let lines = matches!(args.format, ExtractFormat::Jsonl);
                render::extracted(&name, found, lines, output.results())?;
                for problem in problems.into_lines() {
                    failed = true;
                    output.complain(format!("{name}: {problem}"));
                }
            }
            Err(error) => {
                failed = true;
                output.complain(system::causes(error.as_ref()));
            }
        }
    }
    Ok(if failed { Outcome::Failed } else { Outcome::Found })
}
