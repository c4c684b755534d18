//! `morgue facets`: how much there is, by source, speaker, year …

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::{
    archive::{Archive, FacetsRequest, TimelineBy},
    render,
    search::Facet,
};

use super::{FormatArgs, Outcome, explain::DialectArgs, output::Output, search::ensure_index};

/// Count what matches a query, or the whole archive, by the values of a field
///
/// Counts are articles and the passages in them that match; by speaker and by kind, quotes in these passages too. Every version of
/// a story that was printed several times counts.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue facets source\n  morgue facets speaker dam sirens since:2018\n  morgue facets month strike --format csv"
)]
pub(super) struct FacetsArgs {
    /// The field
    field: FacetChoice,
    /// Only what matches this query
    query: Vec<String>,
    /// Any of the words rather than all
    #[arg(long)]
    any: bool,
    /// How many values at most, years and months aside; 0 for all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    dialect: DialectArgs,
    #[command(flatten)]
    format: FormatArgs,
}

/// A field whose values can be counted.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum FacetChoice {
    /// Who published it
    Source,
    /// Who is quoted
    Speaker,
    /// The year
    Year,
    /// The month
    Month,
    /// The section
    Section,
    /// The place of the dateline
    Place,
    /// The language
    Language,
    /// Kinds of passages, and of quotes in them
    Kind,
}

impl FacetChoice {
    pub(super) fn facet(self) -> Facet {
        match self {
            FacetChoice::Source => Facet::Source,
            FacetChoice::Speaker => Facet::Speaker,
            FacetChoice::Year => Facet::Year,
            FacetChoice::Month => Facet::Month,
            FacetChoice::Section => Facet::Section,
            FacetChoice::Place => Facet::Place,
            FacetChoice::Language => Facet::Language,
            FacetChoice::Kind => Facet::Kind,
        }
    }
}

/// What one bar of a timeline is.
#[derive(Clone, Copy, Default, ValueEnum)]
pub(super) enum TimelineChoice {
    /// A month, or a year when there are more than three years of them
    #[default]
    Auto,
    /// A month
    Month,
    /// A year
    Year,
}

impl TimelineChoice {
    pub(super) fn by(self) -> TimelineBy {
        match self {
            TimelineChoice::Auto => TimelineBy::Fitting,
            TimelineChoice::Month => TimelineBy::Month,
            TimelineChoice::Year => TimelineBy::Year,
        }
    }
}

pub(super) fn run(args: &FacetsArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    ensure_index(archive, output)?;
    let request = FacetsRequest {
        query: args.query.join(" "),
        dialect: args.dialect.dialect(),
        any: args.any,
        facets: vec![args.field.facet()],
        limit: args.limit,
        timeline: None,
    };
    let results = archive.facets(&request, super::today())?;
    let look = output.look();
    if results.passages > 0 {
        render::write(&results, args.format.format(), &look, output.results())?;
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
    Ok(Outcome::of(results.passages > 0))
}
