//! `morgue speakers`: who is quoted.

use anyhow::Result;
use clap::Args;

use crate::{
    archive::Archive,
    render::{self, Format},
    search::{SpeakersOrder, SpeakersRequest},
};

use super::{
    Outcome,
    args::{FormatArgs, choice, ensure_index},
    output::Output,
    wording::found,
};

/// So many are listed as text unless somebody asks for more: some screens full.
const TEXT_MAX: usize = 100;

/// List who is quoted: names, roles, how often, from when to when
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue speakers --min 5 --limit 0\n  morgue speakers clinton\n  morgue speakers --similar"
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
    /// How many at most; 0 for all [default: 100 as text, all in other formats]
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
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
        limit: args.limit(),
        offset: 0,
    };
    let results = archive.speakers(&request)?;
    let look = output.look();
    render::write(&results, args.format.format, &look, output.results())?;
    for note in &results.notes {
        output.say(note);
    }
    output.say(shown(results.speakers.len(), results.total, "speaker"));
    Ok(Outcome::of(!results.speakers.is_empty()))
}

fn similar(args: &SpeakersArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let results = archive.similar_speakers(&args.names, args.min, args.limit())?;
    let look = output.look();
    render::write(&results, args.format.format, &look, output.results())?;
    output.say(format!("{}; `people.toml` decides", shown(results.pairs.len(), results.total, "pair")));
    Ok(Outcome::of(!results.pairs.is_empty()))
}

/// `12 speakers`, `100 of 2,345 speakers; `--limit 0` shows all`.
fn shown(n: usize, total: usize, what: &str) -> String {
    if n == total { super::count(total, what) } else { found(n, 0, total, what) + "; `--limit 0` shows all" }
}

impl SpeakersArgs {
    /// How many to list; all if 0.
    fn limit(&self) -> usize {
        let by_default = if self.format.format == Format::Text { TEXT_MAX } else { 0 };
        self.limit.unwrap_or(by_default)
    }
}
