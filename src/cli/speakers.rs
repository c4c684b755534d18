//! `morgue speakers`: who is quoted.

use anyhow::Result;
use clap::Args;

use crate::{
    archive::Archive,
    render,
    search::{SpeakersOrder, SpeakersRequest},
};

use super::{
    Outcome,
    args::{FormatArgs, choice, ensure_index},
    output::Output,
};

/// List who is quoted: names, roles, how often, from when to when
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue speakers --min 5\n  morgue speakers clinton\n  morgue speakers --similar"
)]
pub(super) struct SpeakersArgs {
    /// Only speakers with one of these names
    names: Vec<String>,
    /// Only speakers with so many quotes
    #[arg(long, value_name = "N", default_value_t = 1)]
    min: usize,
    /// Which come first
    #[arg(long, value_parser = choice::<SpeakersOrder>(), default_value_t)]
    sort: SpeakersOrder,
    /// Groups and unnamed people too
    #[arg(long)]
    all: bool,
    /// Pairs of names that may be one person's, with what speaks for and against it
    #[arg(long, conflicts_with_all = ["sort", "all"])]
    similar: bool,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &SpeakersArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    ensure_index(archive, output)?;
    if args.similar {
        return similar(args, archive, output);
    }
    let request = SpeakersRequest {
        names: args.names.clone(),
        quotes_min: args.min,
        order: args.sort,
        all_kinds: args.all,
    };
    let results = archive.speakers(&request)?;
    let look = output.look();
    render::write(&results, args.format.format, &look, output.results())?;
    output.say(super::count(results.speakers.len(), "speaker"));
    Ok(Outcome::of(!results.speakers.is_empty()))
}

fn similar(args: &SpeakersArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let results = archive.similar_speakers(&args.names, args.min)?;
    let look = output.look();
    render::write(&results, args.format.format, &look, output.results())?;
    output.say(format!("{}; `people.toml` decides", super::count(results.pairs.len(), "pair")));
    Ok(Outcome::of(!results.pairs.is_empty()))
}
