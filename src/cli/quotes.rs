//! `morgue quotes`: every quote of a speaker.

use anyhow::{Result, ensure};
use clap::Args;

use crate::{
    archive::Archive,
    article::QuoteKind,
    query::Order,
    render::{self, SheetFormat},
    search::{Extent, QuotesRequest, Selection},
};

use super::{
    Outcome,
    args::{DialectArgs, FormatArgs, TimelineArgs, choice, ensure_index},
    export::{self, ExportArgs},
    output::Output,
    wording::{folded, found, unsaid},
};

/// List every quote of a speaker, under all the names the archive has for them
///
/// Newest first, or by relevance when a query is given. A full name is one person. Of several who
/// have a surname, one who is quoted four times as often as the next is meant, and the others are
/// named; else nobody is guessed: they are listed, and the exit status is 2. Two people of one name
/// are told apart by a word of their role: `Tom Berg (skipper)`.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue quotes bugti\n  morgue quotes 'Hillary Clinton' email server --since 2016-06"
)]
pub(super) struct QuotesArgs {
    /// The speaker's name, or a part of it
    name: String,
    /// Only quotes with these words
    query: Vec<String>,
    /// Only direct quotes: all between marks
    #[arg(long, conflicts_with_all = ["indirect", "mixed"])]
    direct: bool,
    /// Only indirect quotes: without marks, turns of transcripts among them
    #[arg(long, conflicts_with = "mixed")]
    indirect: bool,
    /// Only quotes that are partly direct
    #[arg(long)]
    mixed: bool,
    /// Only from this date on: 2016, 2016-06, 2016-06-23, 30d
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only up to this date
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Only from this outlet (can be repeated)
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// The quotes of everybody whom the name fits
    #[arg(long)]
    all: bool,
    /// Quotes too that the articles deny, imagine, expect or only ask about, each called so
    #[arg(long)]
    all_stances: bool,
    /// How many quotes at most; 0 for all. A quotation over several paragraphs is not cut
    #[arg(long, short = 'n', value_name = "N", default_value_t = 0, hide_default_value = true)]
    limit: usize,
    /// How many to leave out
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Which come first [default: newest, or relevance with a query]
    #[arg(long, value_parser = choice::<Order>())]
    sort: Option<Order>,
    /// Show the same quote of every version of a story, not once
    #[arg(long)]
    no_fold: bool,
    #[command(flatten)]
    timeline: TimelineArgs,
    /// Say why each quote is theirs: the cue, and the way from `he` to the name and the person
    #[arg(long, conflicts_with = "export")]
    why: bool,
    /// Write a quote sheet, oldest first: each quote with role, exact citation and the paragraph it
    /// stands in
    #[arg(long, value_parser = choice::<SheetFormat>(), value_name = "FORMAT")]
    export: Option<SheetFormat>,
    #[command(flatten)]
    delivery: ExportArgs,
    #[command(flatten)]
    dialect: DialectArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &QuotesArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let is_name = args.name.contains(char::is_alphanumeric);
    ensure!(is_name, "`{}` is no name: say whose quotes, by a name or a part of one", args.name);
    args.delivery.ensure_export(args.export.is_some())?;
    ensure_index(archive, output)?;
    let kind = match (args.direct, args.indirect, args.mixed) {
        (true, ..) => Some(QuoteKind::Direct),
        (_, true, _) => Some(QuoteKind::Indirect),
        (.., true) => Some(QuoteKind::Mixed),
        _ => None,
    };
    let by_default = if args.export.is_some() {
        Order::Oldest
    } else if args.query.is_empty() {
        Order::Newest
    } else {
        Order::Relevance
    };
    let request = QuotesRequest {
        name: args.name.clone(),
        query: args.dialect.query(archive, &args.query, false),
        filters: filters(args.since.as_ref(), args.until.as_ref(), &args.source),
        kind,
        all: args.all,
        exactly: false,
        selection: Selection {
            limit: if args.limit == 0 { usize::MAX } else { args.limit },
            offset: args.offset,
            order: args.sort.unwrap_or(by_default),
            fold: !args.no_fold,
            ..Selection::default()
        },
        timeline: args.timeline.request(),
        why: args.why,
        all_stances: args.all_stances,
        about: false,
    };
    let results = archive.quotes(&request, super::today())?;
    let look = output.look();
    let format = args.format.format;
    match args.export {
        Some(choice) if choice == SheetFormat::Csv && results.timeline.is_some() => {
            output.say("a quote sheet as csv has no place for the timeline");
            export::sheet(&args.delivery, archive, &results, &request, choice, output)?;
        }
        Some(choice) => export::sheet(&args.delivery, archive, &results, &request, choice, output)?,
        None => render::write(&results, format, &look, output.results())?,
    }
    if results.speakers.is_empty() {
        output.say(format!("nobody called `{}` is quoted", args.name));
    }
    for note in &results.notes {
        output.say(note);
    }
    if !results.speakers.is_empty() {
        let Extent { shown, offset, total, unit } = results.extent(args.offset);
        let joined = match results.continuing {
            0 => "",
            _ => ", a quotation over several paragraphs counted in each",
        };
        output.say(
            found(shown, offset, total, unit)
                + joined
                + &folded(results.folded)
                + &unsaid(results.unsaid, total),
        );
    }
    Ok(Outcome::of(results.total > 0).unless_lists_failed(&request.query, &results.notes))
}

/// The filters of the flags, as a query.
pub(super) fn filters(since: Option<&String>, until: Option<&String>, sources: &[String]) -> String {
    let quoted = |it: &String| format!("\"{}\"", it.replace('"', " "));
    let mut parts = Vec::new();
    parts.extend(since.map(|it| format!("since:{}", quoted(it))));
    parts.extend(until.map(|it| format!("until:{}", quoted(it))));
    let sources: Vec<String> = sources.iter().map(|it| format!("source:{}", quoted(it))).collect();
    if !sources.is_empty() {
        parts.push(format!("({})", sources.join(" OR ")));
    }
    parts.join(" ")
}
