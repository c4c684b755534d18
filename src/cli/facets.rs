//! `morgue facets`: how much there is, by source, speaker, year …

use anyhow::Result;
use clap::Args;

use crate::{archive::Archive, query::Facet, render, search::CountsRequest};

use super::{
    Outcome,
    args::{DialectArgs, FormatArgs, choice, ensure_index},
    output::Output,
};

/// Count what matches a query, or the whole archive, by the values of a field
///
/// Counts are articles and the passages in them that match; by speaker and by kind, quotes in these
/// passages too. Every version of a story that was printed several times counts.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue facets source\n  morgue facets speaker dam sirens since:2018\n  morgue facets month strike --format csv"
)]
pub(super) struct FacetsArgs {
    /// The field
    #[arg(value_parser = choice::<Facet>())]
    field: Facet,
    /// Only what matches this query
    query: Vec<String>,
    /// Any of the words rather than all
    #[arg(long)]
    any: bool,
    /// How many values at most, years, months and days aside; 0 for all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    dialect: DialectArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &FacetsArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    ensure_index(archive, output)?;
    let query = args.dialect.query(archive, &args.query, args.any);
    let request = CountsRequest { facets: vec![args.field], limit: args.limit, timeline: None };
    let results = archive.counts(&query, &request, super::today())?;
    let look = output.look();
    if results.articles > 0 {
        render::write(&results, args.format.format, &look, output.results())?;
    }
    for note in &results.notes {
        output.say(note);
    }
    let left_off: usize = results.tables.iter().map(|it| it.left_off).sum();
    if left_off > 0 {
        output.say(format!("{} more; `--limit 0` shows all", super::count(left_off, "value")));
    }
    let (articles, passages) =
        (super::count(results.articles, "article"), super::count(results.passages, "passage"));
    output.say(format!("{articles}, {passages}"));
    Ok(Outcome::of(results.articles > 0).unless_lists_failed(&query, &results.notes))
}
