//! `morgue search`: passages that match a query.

mod batch;
mod names;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::{
    archive::{Archive, FacetsRequest, ListName, RequestRow, SearchRequest, UpdateOptions, hits_of_search},
    render::{self, CountedResults, ExportFormat, Format},
    search::{Grouping, Order},
};

use super::{
    Outcome,
    explain::DialectArgs,
    export::{self, ExportArgs},
    facets::{FacetChoice, TimelineChoice},
    output::Output,
};

/// Find passages, best first, with what made them match
///
/// Words are all looked for, in a passage or in its article's headline: `morgue search islamic state foothold`.
/// docs/query-language.md has the language: "phrases", AND OR NOT, speaker:bugti, since:2017-06.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue search islamic state foothold\n  morgue search 'speaker:bugti since:2017 foothold' --format json\n  morgue search --names officials.txt --format csv > hits.csv"
)]
pub(super) struct SearchArgs {
    /// The query; several words are put together with spaces. Quote it when it holds signs of the shell, and put `--`
    /// before one that begins with a dash
    #[arg(required_unless_present_any = ["batch", "names"], conflicts_with_all = ["batch", "names"])]
    query: Vec<String>,
    /// Run the queries of a file, one a line: a name, a tab, the query
    #[arg(long, value_name = "FILE")]
    batch: Option<PathBuf>,
    /// Look for each of many names or queries, one a line: how much there is of each, and its best hits (`--limit 0`:
    /// counts only). A line of words alone is a name, its words side by side; `#` begins a remark
    #[arg(long, value_name = "FILE", conflicts_with_all = ["batch", "expand", "add_to", "facets", "timeline", "export"])]
    names: Option<PathBuf>,
    /// What a TREC run calls an article: what its file is called (or its record, in a file of several), or its id
    #[arg(long, value_enum, default_value_t, requires = "batch", value_name = "NAME")]
    trec_id: TrecId,
    /// How many hits at most [default: 10, and 1000 of each query for a TREC run]
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
    /// How many of the best to leave out
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Which come first
    #[arg(long, value_enum, default_value_t)]
    sort: SortChoice,
    /// What one result is [default: passage, and article for a TREC run]
    #[arg(long, value_enum)]
    group: Option<GroupChoice>,
    /// Any of the words rather than all
    #[arg(long)]
    any: bool,
    /// Add the hits shown to this reading list, each with its passage
    #[arg(long, value_name = "NAME")]
    add_to: Option<String>,
    /// Show the same passage of every version of a story, not of the best only
    #[arg(long)]
    no_fold: bool,
    /// Count all that matches by the values of these fields; last, or with commas between: source,year
    #[arg(long, value_name = "FIELD", value_enum, num_args = 1.., value_delimiter = ',')]
    facets: Vec<FacetChoice>,
    /// Count all that matches over time, a bar a month or year
    #[arg(long, value_name = "BY", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "auto")]
    timeline: Option<TimelineChoice>,
    /// Write the hits in a format that other programs read, an article once with its passages
    #[arg(long, value_enum, value_name = "FORMAT")]
    export: Option<ExportFormat>,
    #[command(flatten)]
    delivery: ExportArgs,
    #[command(flatten)]
    dialect: DialectArgs,
    /// Show so many passages before and after each hit with it
    #[arg(long, short = 'C', value_name = "N", default_value_t = 0)]
    context: usize,
    /// Look for related words too: those that the best articles for the query have in common; the words are shown
    #[arg(long)]
    expand: bool,
    /// How to write the results
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: SearchFormat,
}

/// How to write results of a search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum SearchFormat {
    /// For people: coloured on a terminal, plain in a pipe
    #[default]
    Text,
    /// One JSON document
    Json,
    /// One JSON document a line
    Jsonl,
    /// A table for spreadsheets
    Csv,
    /// For documents and messages
    Markdown,
    /// A TREC run, of a batch
    Trec,
}

impl SearchFormat {
    fn format(self) -> Result<Format> {
        Ok(match self {
            SearchFormat::Text => Format::Text,
            SearchFormat::Json => Format::Json,
            SearchFormat::Jsonl => Format::Jsonl,
            SearchFormat::Csv => Format::Csv,
            SearchFormat::Markdown => Format::Markdown,
            SearchFormat::Trec => {
                bail!("a TREC run is made of a batch of queries: --batch FILE --format trec")
            }
        })
    }
}

/// What a TREC run calls an article.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum TrecId {
    /// The name of its file without folder and extension, or of its record in a file of several
    #[default]
    File,
    /// Its id in morgue
    Article,
}

/// Which results come first.
#[derive(Clone, Copy, Default, ValueEnum)]
pub(super) enum SortChoice {
    /// The best matches
    #[default]
    Relevance,
    /// The newest; undated articles last
    Newest,
    /// The oldest; undated articles last
    Oldest,
}

impl SortChoice {
    pub(super) fn order(self) -> Order {
        match self {
            SortChoice::Relevance => Order::Relevance,
            SortChoice::Newest => Order::Newest,
            SortChoice::Oldest => Order::Oldest,
        }
    }
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum GroupChoice {
    /// Each passage
    #[default]
    Passage,
    /// The best passage of each article; sorted by date the first that matches
    Article,
}

/// So many hits are given unless asked otherwise.
const LIMIT: usize = 10;

impl SearchArgs {
    fn request(&self, limit: usize, group: GroupChoice) -> SearchRequest {
        SearchRequest {
            query: self.query.join(" "),
            dialect: self.dialect.dialect(),
            any: self.any,
            expand: self.expand,
            limit: self.limit.unwrap_or(limit),
            offset: self.offset,
            order: self.sort.order(),
            grouping: match group {
                GroupChoice::Passage => Grouping::Passage,
                GroupChoice::Article => Grouping::Article,
            },
            // A run is measured by judgements of each version.
            fold: !self.no_fold && self.format != SearchFormat::Trec,
            context: self.context,
        }
    }
}

pub(super) fn run(args: &SearchArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    ensure_index(archive, output)?;
    if let Some(file) = &args.batch {
        return batch::run(args, file, archive, output);
    }
    if let Some(file) = &args.names {
        return names::run(args, file, archive, output);
    }
    let group = args.group.unwrap_or_default();
    let request = args.request(LIMIT, group);
    let format = args.format.format()?;
    let today = super::today();
    let counted = FacetsRequest {
        facets: args.facets.iter().map(|it| it.facet()).collect(),
        limit: FACET_VALUES_MAX,
        timeline: args.timeline.map(TimelineChoice::by),
        ..FacetsRequest::default()
    };
    let (results, counts) = if counted.facets.is_empty() && counted.timeline.is_none() {
        (archive.search(&request, today)?, None)
    } else {
        let (results, counts) = archive.search_with_facets(&request, &counted, today)?;
        (results, Some(counts))
    };
    let look = output.look();
    if let Some(choice) = args.export {
        let asked = (RequestRow::of_search(&request, today), hits_of_search(&results));
        let dossier = archive.dossier_of(&results, &request.query, today)?;
        export::dossier(&args.delivery, archive, &dossier, choice, asked, output)?;
    } else if let Some(counts) = &counts {
        render::write(&CountedResults { results: &results, counts }, format, &look, output.results())?;
        for table in counts.tables.iter().filter(|it| it.left_off > 0) {
            let (field, n) = (render::facet_name(table.facet), super::count(table.left_off, "value"));
            output.say(format!(
                "{n} of {field} more; `morgue facets {field} --limit 0` with the same query has all"
            ));
        }
    } else {
        render::write(&results, format, &look, output.results())?;
    }
    for note in &results.notes {
        output.say(note);
    }
    let what = match group {
        GroupChoice::Passage => "passage",
        GroupChoice::Article => "article",
    };
    output.say(found(results.hits.len(), args.offset, results.total, what) + &folded(results.folded));
    if let Some(name) = &args.add_to {
        let change = archive.add_hits(&ListName::new(name)?, &results.hits)?;
        super::list::say_added(&change, output);
    }
    Ok(Outcome::of(results.total > 0))
}

/// So many values of a field stand beside the hits of a search; `morgue facets` has them all.
const FACET_VALUES_MAX: usize = 20;

/// Ingests the corpus when there is no index yet, and says so.
pub(super) fn ensure_index(archive: &Archive, output: &mut Output) -> Result<()> {
    if !archive.has_index() && archive.has_corpus() {
        output.say("no index yet: reading the corpus first");
        super::ingest::ingest(archive, &UpdateOptions::default(), None, output)?;
    }
    Ok(())
}

/// What stands behind the count when copies were folded.
pub(super) fn folded(n: usize) -> String {
    if n == 0 { String::new() } else { format!("; {n} more in copies (`--no-fold` shows them)") }
}

/// `10 of 43 passages`, `no passages`.
pub(super) fn found(shown: usize, offset: usize, total: usize, what: &str) -> String {
    let all = super::count(total, what);
    match (shown, offset) {
        _ if total == 0 => format!("no {what} found"),
        (shown, _) if shown == total => all,
        (0, 0) => format!("{all}, none shown"),
        (0, _) => format!("none of {all} after the first {offset}"),
        (shown, 0) => format!("{shown} of {all}"),
        (shown, offset) => format!("{} to {} of {all}", offset + 1, offset + shown),
    }
}
