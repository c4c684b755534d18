//! `morgue search`: passages that match a query.

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::{
    archive::{Archive, ListName, SearchRequest, UpdateOptions},
    render,
    search::{Grouping, Order},
};

use super::{FormatArgs, Outcome, output::Output};

/// Find passages, best first, with what made them match
///
/// Words are all looked for, in a passage or in its article's headline: `morgue search islamic state foothold`.
/// docs/query-language.md has the language: "phrases", AND OR NOT, speaker:bugti, since:2017-06.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue search islamic state foothold\n  morgue search 'speaker:bugti since:2017 foothold' --format json"
)]
pub(super) struct SearchArgs {
    /// The query; several words are put together with spaces. Quote it when it holds signs of the shell, and put `--`
    /// before one that begins with a dash
    #[arg(required = true)]
    query: Vec<String>,
    /// How many hits at most
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How many of the best to leave out
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Which come first
    #[arg(long, value_enum, default_value_t)]
    sort: SortChoice,
    /// What one result is
    #[arg(long, value_enum, default_value_t)]
    group: GroupChoice,
    /// Any of the words rather than all
    #[arg(long)]
    any: bool,
    /// Add the hits shown to this reading list, each with its passage
    #[arg(long, value_name = "NAME")]
    add_to: Option<String>,
    #[command(flatten)]
    format: FormatArgs,
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
    /// The best passage of each article
    Article,
}

pub(super) fn run(args: &SearchArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    ensure_index(archive, output)?;
    let request = SearchRequest {
        query: args.query.join(" "),
        any: args.any,
        limit: args.limit,
        offset: args.offset,
        order: args.sort.order(),
        grouping: match args.group {
            GroupChoice::Passage => Grouping::Passage,
            GroupChoice::Article => Grouping::Article,
        },
    };
    let results = archive.search(&request, super::today())?;
    let look = output.look();
    render::results(&results, args.format.format(), &look, output.results())?;
    for note in &results.notes {
        output.say(note);
    }
    let what = match args.group {
        GroupChoice::Passage => "passage",
        GroupChoice::Article => "article",
    };
    output.say(found(results.hits.len(), args.offset, results.total, what));
    if let Some(name) = &args.add_to {
        let change = archive.add_hits(&ListName::new(name)?, &results.hits)?;
        super::list::say_added(&change, output);
    }
    Ok(Outcome::of(results.total > 0))
}

/// Ingests the corpus when there is no index yet, and says so.
pub(super) fn ensure_index(archive: &Archive, output: &mut Output) -> Result<()> {
    if !archive.has_index() && archive.has_corpus() {
        output.say("no index yet: reading the corpus first");
        super::ingest::ingest(archive, &UpdateOptions::default(), None, output)?;
    }
    Ok(())
}

/// `10 of 43 passages`, `no passages`.
pub(super) fn found(shown: usize, offset: usize, total: usize, what: &str) -> String {
    let all = super::count(total, what);
    match (shown, offset) {
        _ if total == 0 => format!("no {what} found"),
        (shown, _) if shown == total => all,
        (0, _) => format!("none of {all} after the first {offset}"),
        (shown, 0) => format!("{shown} of {all}"),
        (shown, offset) => format!("{} to {} of {all}", offset + 1, offset + shown),
    }
}
