//! `morgue annotate`: a filter, articles in, quotes out.

use std::io;

use anyhow::Result;
use clap::Args;

use crate::{
    archive::{AnnotatedLine, annotate},
    render,
};

use super::{Outcome, output::Output};

/// Find the quotes of articles: JSON lines in, JSON lines out, in the same order
///
/// Reads {"id": "…", "text": "…"} lines from standard input, paragraphs of the text separated by a newline
/// or a blank line. Offsets in the output are code points into that text. An optional "language" is an ISO 639
/// code; without it the language is guessed, and where nothing tells it the text is taken for English.
#[derive(Args)]
#[command(after_help = "Example: morgue annotate < articles.jsonl > quotes.jsonl")]
pub(super) struct AnnotateArgs {
    /// Worker threads [default: one a core]
    #[arg(long, short, value_name = "N", default_value_t = 0, hide_default_value = true)]
    jobs: usize,
}

pub(super) fn run(args: &AnnotateArgs, output: &mut Output) -> Result<Outcome> {
    let mut failed = false;
    let input = io::BufReader::with_capacity(1 << 20, io::stdin());
    annotate(input, args.jobs, &mut |line| {
        if let AnnotatedLine::Problem { line, reason } = &line {
            failed = true;
            output.complain(format!("line {line}: {reason}"));
        }
        render::annotated(&line, output.results())
    })?;
    Ok(if failed { Outcome::Failed } else { Outcome::Found })
}
