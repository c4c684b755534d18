//! `morgue search`: passages that match a query.

mod batch;
mod names;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{
    ArgMatches, Args,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};
use morgue_core::{choices, count, number};

use crate::{
    archive::{Archive, ListName, RequestRow, hits_of_search},
    query::{Facet, Grouping, Order},
    render::{self, CountedResults, EXPORT_HITS_MAX, ExportFormat, Format, HitsCsv},
    search::{CountsRequest, Hit, Results, SearchRequest, Selection, Timeline},
};

use super::{
    Outcome,
    args::{DialectArgs, TimelineArgs, choice, ensure_index, possible_values},
    export::{self, ExportArgs, Exported},
    output::Output,
    wording::{folded, found, found_of},
};

/// Find passages, best first, with what made them match
///
/// Words are all looked for, in a passage or in its article's headline: `morgue search islamic
/// state foothold`. After the passages come articles that have all words in different passages.
/// docs/query-language.md has the language: "phrases", AND OR NOT, speaker:bugti, since:2017-06.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue search islamic state foothold\n  morgue search 'speaker:bugti since:2017 foothold' --format json\n  morgue search --names officials.txt --format csv > hits.csv"
)]
pub(super) struct SearchArgs {
    /// The query; several words are put together with spaces. Quote it when it holds signs of the
    /// shell, and put `--` before one that begins with a dash
    #[arg(required_unless_present_any = ["batch", "names"], conflicts_with_all = ["batch", "names"])]
    query: Vec<String>,
    /// Run the queries of a file, one a line: a name, a tab, the query
    #[arg(long, value_name = "FILE")]
    batch: Option<PathBuf>,
    /// Look for each of many names or queries, one a line: how much there is of each, and its best
    /// hits (`--limit 0`: counts only). A line of words alone is a name, its words side by side;
    /// `#` begins a remark
    #[arg(long, value_name = "FILE", conflicts_with_all = ["batch", "expand", "add_to", "facets", "timeline", "export"])]
    names: Option<PathBuf>,
    /// What a TREC run calls an article: what its file is called (or its record, in a file of
    /// several), or its id
    #[arg(long, value_parser = choice::<TrecId>(), default_value_t, requires = "batch", value_name = "NAME")]
    trec_id: TrecId,
    /// How many hits at most; 0 for none, only their number [default: 10; all for --export and
    /// --format csv; 1000 of each query for a TREC run]
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
    /// How many of the best to leave out
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Which come first
    #[arg(long, value_parser = choice::<Order>(), default_value_t)]
    sort: Order,
    /// What one result is [default: passage, and article for a TREC run]
    #[arg(long, value_parser = choice::<Grouping>())]
    group: Option<Grouping>,
    /// Any of the words rather than all
    #[arg(long)]
    any: bool,
    /// Add the hits shown to this reading list, each with its passage
    #[arg(long, value_name = "NAME")]
    add_to: Option<String>,
    /// Show the same passage of every version of a story, not of the best only
    #[arg(long)]
    no_fold: bool,
    /// Count all that matches by the values of these fields, with commas between: source,year
    ///
    /// Behind the query they may also stand with spaces between: `search dam --facets source year`.
    #[arg(long, value_name = "FIELD", value_parser = choice::<Facet>(), value_delimiter = ',')]
    facets: Vec<Facet>,
    #[command(flatten)]
    timeline: TimelineArgs,
    /// Write the hits in a format that other programs read, an article once with its passages
    #[arg(long, value_parser = choice::<ExportFormat>(), value_name = "FORMAT")]
    export: Option<ExportFormat>,
    #[command(flatten)]
    delivery: ExportArgs,
    #[command(flatten)]
    dialect: DialectArgs,
    /// Show so many passages before and after each hit with it
    #[arg(long, short = 'C', value_name = "N", default_value_t = 0)]
    context: usize,
    /// Look for related words too: those that the best articles for the query have in common; the
    /// words are shown
    #[arg(long)]
    expand: bool,
    /// How to write the results
    #[arg(long, value_parser = SearchFormat::parser(), default_value = "text", value_name = "FORMAT")]
    format: SearchFormat,
}

/// How to write results of a search.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SearchFormat {
    Results(Format),
    /// A TREC run, of a batch.
    Trec,
}

impl SearchFormat {
    fn parser() -> impl TypedValueParser<Value = SearchFormat> {
        let trec = PossibleValue::new("trec").help("A TREC run, of a batch");
        PossibleValuesParser::new(possible_values::<Format>().chain([trec]))
            .map(|name| Format::from_name(&name).map_or(SearchFormat::Trec, SearchFormat::Results))
    }

    fn of_results(self) -> Result<Format> {
        match self {
            SearchFormat::Results(format) => Ok(format),
            SearchFormat::Trec => {
                bail!("a TREC run is made of a batch of queries: --batch FILE --format trec")
            }
        }
    }
}

choices! {
    /// What a TREC run calls an article.
    #[derive(Default)]
    pub enum TrecId {
        #[default]
        File = "file": "The name of its file without folder and extension, or of its record in a file of several",
        Article = "article": "Its id in morgue",
    }
}

/// So many hits are given unless asked otherwise.
const LIMIT: usize = 10;

impl SearchArgs {
    /// Whether the hits are written as they are read.
    fn streams(&self) -> bool {
        let counts = !self.facets.is_empty() || self.timeline.request().is_some();
        let csv = self.format == SearchFormat::Results(Format::Csv);
        csv && !counts && self.export.is_none() && self.add_to.is_none()
    }

    /// How many hits are given where nothing is said: what others read has all.
    fn limit_by_default(&self) -> usize {
        match self.export {
            Some(_) => EXPORT_HITS_MAX,
            None if self.streams() => usize::MAX,
            None => LIMIT,
        }
    }

    /// Whether it prints hits to read on a screen, and nothing else.
    pub(super) fn pages(&self) -> bool {
        let reads_input = self.names.as_ref().is_some_and(|it| it.as_os_str() == "-");
        self.batch.is_none() && self.add_to.is_none() && !reads_input
    }

    /// Takes words of the query for fields to count if nothing else can be meant: they stand right
    /// behind the last field, all of them name fields, and the query has other words.
    pub(super) fn take_fields_behind(&mut self, matches: &ArgMatches) {
        let Some(last) = matches.indices_of("facets").and_then(Iterator::max) else { return };
        let places: Vec<usize> = matches.indices_of("query").into_iter().flatten().collect();
        let Some(start) = places.iter().position(|it| *it == last + 1) else { return };
        let behind = places[start..].iter().zip(last + 1..).take_while(|(place, next)| *place == next);
        let words = start..start + behind.count();
        let fields: Option<Vec<Vec<Facet>>> = self.query[words.clone()]
            .iter()
            .map(|word| word.split(',').map(Facet::from_name).collect())
            .collect();
        if let Some(fields) = fields
            && words.len() < self.query.len()
        {
            self.facets.extend(fields.concat());
            self.query.drain(words);
        }
    }

    fn request(&self, archive: &Archive, limit: usize, grouping: Grouping) -> SearchRequest {
        SearchRequest {
            query: self.dialect.query(archive, &self.query, self.any),
            expand: self.expand,
            selection: Selection {
                limit: self.limit.unwrap_or(limit),
                offset: self.offset,
                order: self.sort,
                grouping,
                // A run is measured by judgements of each version.
                fold: !self.no_fold && self.format != SearchFormat::Trec,
            },
            context: self.context,
        }
    }
}

pub(super) fn run(args: &SearchArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    args.delivery.ensure_export(args.export.is_some())?;
    ensure_index(archive, output)?;
    if let Some(file) = &args.batch {
        return batch::run(args, file, archive, output);
    }
    if let Some(file) = &args.names {
        return names::run(args, file, archive, output);
    }
    let grouping = args.group.unwrap_or_default();
    let request = args.request(archive, args.limit_by_default(), grouping);
    let format = args.format.of_results()?;
    let today = super::today();
    let counted = CountsRequest {
        facets: args.facets.clone(),
        limit: FACET_VALUES_MAX,
        timeline: args.timeline.request(),
    };
    if args.streams() {
        return stream(args, &request, archive, output);
    }
    let (results, counts) = if counted.facets.is_empty() && counted.timeline.is_none() {
        (archive.search(&request, today)?, None)
    } else {
        let (results, counts) = archive.search_with_counts(&request, &counted, today)?;
        (results, Some(counts))
    };
    let look = output.look();
    if let Some(choice) = args.export {
        export_hits(args, choice, &request, &results, counts.and_then(|it| it.timeline), archive, output)?;
    } else if let Some(counts) = &counts {
        render::write(&CountedResults { results: &results, counts }, format, &look, output.results())?;
        for table in counts.tables.iter().filter(|it| it.left_off > 0) {
            let (field, n) = (table.facet, super::count(table.left_off, "value"));
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
    output.say(
        found_both(results.hits.len(), &results, args.offset, grouping.name()) + &folded(results.folded),
    );
    if let Some(name) = &args.add_to {
        let change = archive.add_hits(&ListName::new(name)?, &results.hits)?;
        super::list::say_added(&change, output);
    }
    Ok(Outcome::of(results.total > 0).unless_lists_failed(&request.query, &results.notes))
}

/// Writes the hits in a format that other programs read.
fn export_hits(
    args: &SearchArgs,
    choice: ExportFormat,
    request: &SearchRequest,
    results: &Results,
    timeline: Option<Timeline>,
    archive: &Archive,
    output: &mut Output,
) -> Result<()> {
    let extent = results.extent(&request.selection);
    if args.limit.is_none() && extent.shown == EXPORT_HITS_MAX {
        let most = super::count(EXPORT_HITS_MAX, extent.unit);
        output.say(format!("an export holds {most} at most: --limit and --offset give the others"));
    }
    if timeline.is_some() && !choice.has_place_for_timeline() {
        output.say(format!("an export as {choice} has no place for the timeline"));
    }
    let today = super::today();
    let exported = Exported {
        request: RequestRow::for_search(request, today),
        hits: hits_of_search(results),
        extent: Some(extent),
        timeline,
        relaxed: results.relaxed.clone(),
    };
    let dossier = archive.dossier_of(results, &request.query.text, request.selection.fold, today)?;
    export::dossier(&args.delivery, archive, &dossier, choice, exported, output)
}

/// Writes a table of hits as they are read: it may be long.
fn stream(
    args: &SearchArgs,
    request: &SearchRequest,
    archive: &Archive,
    output: &mut Output,
) -> Result<Outcome> {
    let mut table = HitsCsv::new(request.context, output.results())?;
    let write = |extent, hit: &Hit| Ok(table.write(hit, extent)?);
    let (results, extent) = archive.each_hit(request, super::today(), write)?;
    table.finish()?;
    for note in &results.notes {
        output.say(note);
    }
    output.say(found_both(extent.shown, &results, args.offset, extent.unit) + &folded(results.folded));
    Ok(Outcome::of(results.total > 0).unless_lists_failed(&request.query, &results.notes))
}

/// `3 passages`, `2 passages, and 1 article with all words in different passages`.
fn found_both(shown: usize, results: &Results, offset: usize, what: &str) -> String {
    let Results { total, apart, .. } = results;
    if *apart == 0 {
        return found(shown, offset, *total, what);
    }
    let articles = format!("{} with all words in different passages", count(*apart, "article"));
    let passages = total - apart;
    let all = if passages == 0 { articles } else { format!("{}, and {articles}", count(passages, what)) };
    let of_all = if shown == *total { all } else { format!("{} ({all})", number(*total)) };
    found_of(shown, offset, *total, &of_all)
}

/// So many values of a field stand beside the hits of a search; `morgue facets` has them all.
const FACET_VALUES_MAX: usize = 20;
