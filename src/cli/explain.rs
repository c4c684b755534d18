//! `morgue explain`: how a query is read.

use anyhow::Result;
use clap::Args;

use crate::{
    archive::Archive,
    render::{self, Format},
};

use super::{
    Outcome,
    args::{DialectArgs, FormatArgs},
    output::Output,
};

/// Say how a query is read, and what its words, names and dates stand for in this archive
///
/// The tree of the query in words, as it is run; with `--format json` for programs.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue explain 'speaker:bugti since:30d negotiat*'\n  morgue explain --dialect lexis 'hlead(strike! w/5 dock!)' --format json"
)]
pub(super) struct ExplainArgs {
    /// The query; several words are put together with spaces
    #[arg(required = true)]
    query: Vec<String>,
    #[command(flatten)]
    dialect: DialectArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &ExplainArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let explanation = archive.explain_query(&args.dialect.query(&args.query, false), super::today())?;
    let format = args.format.format;
    anyhow::ensure!(
        matches!(format, Format::Text | Format::Json | Format::Jsonl),
        "a query is explained as text, json or jsonl, not as {format}"
    );
    render::explanation(&explanation, format, output.results())?;
    for note in &explanation.notes {
        output.say(note);
    }
    Ok(Outcome::Found)
}
