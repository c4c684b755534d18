//! `morgue extract`: what an ingest sees in a file.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use morgue_core::choices;

use crate::{
    archive::{Archive, extract_file},
    render,
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
                for problem in found.iter().filter_map(|it| it.article.as_ref().err()) {
                    failed = true;
                    output.complain(format!("{name}: {problem}"));
                }
                let lines = matches!(args.format, ExtractFormat::Jsonl);
                render::extracted(&name, &found, lines, output.results())?;
            }
            Err(error) => {
                failed = true;
                output.complain(format!("{error:#}"));
            }
        }
    }
    Ok(if failed { Outcome::Failed } else { Outcome::Found })
}
