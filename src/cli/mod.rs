//! The command line: one command a file, each its arguments, its help and its mapping to a use of
//! the archive.
//!
//! Results go to standard output, everything else to standard error. Exit status as grep's: 0 found
//! or done, 1 nothing found, 2 error; a closed pipe is success.

mod annotate;
mod args;
mod check;
mod completions;
mod explain;
mod export;
mod extract;
mod facets;
mod formats;
mod ingest;
mod init;
mod list;
mod man;
mod output;
mod pager;
mod quotes;
mod search;
#[cfg(feature = "web")]
mod serve;
mod show;
mod similar;
mod speakers;
mod status;
mod wording;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, Result};
use clap::{Args, ColorChoice, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use morgue_core::{count, system::panics};

use crate::{archive::Archive, files, render::visible, search::TypedQuery};

use output::Output;

/// A newspaper's morgue: its clippings, searchable, each quote with its speaker
///
/// morgue walks a folder of articles, indexes them by paragraph with source, date and speaker,
/// and answers: what did we publish on this, who said what and when, every quote by this official.
#[derive(Parser)]
#[command(name = "morgue", version, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Example: morgue search islamic state foothold\n\nEach command has its own --help with an example."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Args)]
struct Global {
    /// The archive's folder [default: the nearest one upward with a morgue.toml, or the current
    /// one]
    #[arg(long, global = true, value_name = "DIR")]
    archive: Option<PathBuf>,
    /// Where the index lies [default: `index` of morgue.toml]
    #[arg(long, global = true, value_name = "LOCATION")]
    index: Option<PathBuf>,
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: ColorChoice,
    /// Show results as they come, also on a terminal, rather than in MORGUE_PAGER, PAGER or `less`
    #[arg(long, global = true)]
    no_pager: bool,
    /// Print results only: no progress, summaries or notes
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more on standard error (can be repeated)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
}

#[derive(Subcommand)]
enum Command {
    Init(init::InitArgs),
    Ingest(ingest::IngestArgs),
    Search(search::SearchArgs),
    Quotes(quotes::QuotesArgs),
    Speakers(speakers::SpeakersArgs),
    Explain(explain::ExplainArgs),
    Show(show::ShowArgs),
    List(list::ListArgs),
    Facets(facets::FacetsArgs),
    Similar(similar::SimilarArgs),
    Replay(export::ReplayArgs),
    Extract(extract::ExtractArgs),
    Formats(formats::FormatsArgs),
    Annotate(annotate::AnnotateArgs),
    #[cfg(feature = "web")]
    Serve(serve::ServeArgs),
    Status(status::StatusArgs),
    Check(check::CheckArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

impl Cli {
    fn read(args: &[OsString]) -> Result<Cli, clap::Error> {
        let matches = Cli::command().try_get_matches_from(args).map_err(args::explained)?;
        let mut cli = Cli::from_arg_matches(&matches).map_err(|it| it.format(&mut Cli::command()))?;
        if let (Command::Search(search), Some((_, matches))) = (&mut cli.command, matches.subcommand()) {
            search.take_fields_behind(matches);
        }
        Ok(cli)
    }
}

impl Command {
    /// Whether it prints results to read on a screen, and nothing else: no input, no changes.
    fn pages(&self) -> bool {
        match self {
            Command::Search(args) => args.pages(),
            Command::List(args) => args.pages(),
            Command::Replay(args) => args.pages(),
            Command::Quotes(_)
            | Command::Speakers(_)
            | Command::Explain(_)
            | Command::Show(_)
            | Command::Facets(_)
            | Command::Similar(_)
            | Command::Extract(_)
            | Command::Formats(_) => true,
            #[cfg(feature = "web")]
            Command::Serve(_) => false,
            Command::Init(_)
            | Command::Ingest(_)
            | Command::Annotate(_)
            | Command::Status(_)
            | Command::Check(_)
            | Command::Completions(_)
            | Command::Man(_) => false,
        }
    }
}

/// How a command ended, where it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Something was found, or the work is done.
    Found,
    /// Nothing was found.
    Nothing,
    /// The work is done, and what went wrong on the way was said.
    Failed,
}

impl Outcome {
    fn of(found: bool) -> Outcome {
        if found { Outcome::Found } else { Outcome::Nothing }
    }

    /// The same, but failed where nothing was found on lists of which one cannot be read, as the
    /// notes say.
    fn unless_lists_failed(self, query: &TypedQuery, notes: &[String]) -> Outcome {
        let failed = query.shelf.problems.iter().any(|it| notes.contains(it));
        if failed && self == Outcome::Nothing { Outcome::Failed } else { self }
    }
}

/// Runs the program with the process's own arguments and streams.
pub fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    let cli = match Cli::read(&args) {
        Ok(cli) => cli,
        Err(message) => return unparsed(&message, Output::new(color_in(&args), false, 0)),
    };
    let mut output = Output::new(cli.global.color, cli.global.quiet, cli.global.verbose);
    if cli.command.pages() && !cli.global.no_pager {
        output.page();
    }
    if let Some(remark) = args::misplaced_value(&args) {
        output.say(remark);
    }
    panics::record();
    let result = panics::guarded(|| run(&cli, &mut output)).unwrap_or_else(|it| Err(anyhow::anyhow!(it)));
    let result = result.and_then(|outcome| {
        output.finish()?;
        Ok(outcome)
    });
    status(result, &mut output)
}

fn status(result: Result<Outcome>, output: &mut Output) -> ExitCode {
    match result {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output.error(&error);
            ExitCode::from(2)
        }
    }
}

/// Prints what clap says in place of a command: help, the version, or what is wrong with the
/// arguments.
fn unparsed(message: &clap::Error, mut output: Output) -> ExitCode {
    let printed = output.message_of_clap(message);
    let outcome = if message.use_stderr() { Outcome::Failed } else { Outcome::Found };
    status(printed.map(|()| outcome).map_err(Into::into), &mut output)
}

/// What `--color` says, in arguments that cannot be parsed as a whole. A message that may quote
/// what a terminal would obey is not colored: then all that it obeys can be taken out.
fn color_in(args: &[OsString]) -> ColorChoice {
    if args.iter().any(|it| visible(&it.to_string_lossy()) != it.to_string_lossy()) {
        return ColorChoice::Never;
    }
    let mut args = args.iter().skip(1).map(|it| it.to_string_lossy()).take_while(|it| it != "--");
    let mut chosen = ColorChoice::default();
    while let Some(arg) = args.next() {
        let value = match arg.strip_prefix("--color") {
            Some("") => args.next(),
            Some(rest) => rest.strip_prefix('=').map(|it| it.to_owned().into()),
            None => None,
        };
        chosen = value.and_then(|it| it.parse().ok()).unwrap_or(chosen);
    }
    chosen
}

fn run(cli: &Cli, output: &mut Output) -> Result<Outcome> {
    let archive = || cli.global.archive();
    match &cli.command {
        Command::Init(args) => init::run(args, cli.global.archive.as_deref(), output),
        Command::Ingest(args) => ingest::run(args, &archive, output),
        Command::Search(args) => search::run(args, &archive()?, output),
        Command::Quotes(args) => quotes::run(args, &archive()?, output),
        Command::Explain(args) => explain::run(args, &archive()?, output),
        Command::Speakers(args) => speakers::run(args, &archive()?, output),
        Command::Show(args) => show::run(args, &archive()?, output),
        Command::List(args) => list::run(args, &archive()?, output),
        Command::Facets(args) => facets::run(args, &archive()?, output),
        Command::Similar(args) => similar::run(args, &archive()?, output),
        Command::Replay(args) => export::replay(args, &archive()?, output),
        Command::Extract(args) => extract::run(args, &archive()?, output),
        Command::Formats(args) => formats::run(args, &archive()?, output),
        Command::Annotate(args) => annotate::run(args, output),
        #[cfg(feature = "web")]
        Command::Serve(args) => {
            // The folder stays the one that it is now, whatever becomes of its settings.
            let folder = archive()?.folder().to_owned();
            let global = Global { archive: Some(folder), ..cli.global.clone() };
            serve::run(args, move || global.archive(), output)
        }
        Command::Status(args) => status::run(args, &archive()?, output),
        Command::Check(args) => check::run(args, &archive()?, output),
        Command::Completions(args) => completions::run(args, output),
        Command::Man(args) => man::run(args, output),
    }
}

impl Global {
    fn archive(&self) -> Result<Archive> {
        let current = std::env::current_dir().context("the current folder cannot be found")?;
        Archive::find(&current, self.archive.as_deref(), self.index.as_deref())
    }
}

/// The most that is read of a file that an argument names: a million queries.
const ARGUMENT_BYTES_MAX: u64 = 64 << 20;

/// The text of a file that an argument names, `-` for standard input.
fn read_text(path: &Path) -> Result<String> {
    let name = || match path.as_os_str() == "-" {
        true => "standard input".to_owned(),
        false => path.display().to_string(),
    };
    let bytes = files::read_argument(path, ARGUMENT_BYTES_MAX);
    let bytes = bytes.with_context(|| format!("cannot read {}", name()))?;
    files::text_of(bytes).with_context(name)
}

/// The day it is here: the clock is read at the edge, once.
fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}
