//! Where exports go and what comes with them: arguments that `search`, `list export` and `quotes`
//! share, and `morgue replay`.

use std::{
    io::IsTerminal as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use jiff::Timestamp;

use crate::{
    archive::{Archive, Dossier, HitRow, RequestRow},
    files::NewFile,
    render::{self, ExportFormat, ExportOptions, Scope, SheetFormat, Text},
    search::{Extent, QuotesRequest, QuotesResults, Timeline},
};

use super::{Outcome, args::FormatArgs, output::Output};

/// Where an export goes, and what comes with it.
#[derive(Args)]
pub(super) struct ExportArgs {
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Whole articles rather than the chosen passages, where the format carries text; the default
    /// of epub
    #[arg(long, conflicts_with = "passages_only")]
    full: bool,
    /// The chosen passages only, also in epub
    #[arg(long)]
    passages_only: bool,
    /// Write a receipt of what produced the export, to check or to run again with `replay`
    /// [default: the export's name with .receipt.json]
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    #[expect(clippy::option_option, reason = "absent, without a value, with one")]
    receipt: Option<Option<PathBuf>>,
}

impl ExportArgs {
    /// Fails where one of these is given and there is nothing to export.
    pub(super) fn ensure_export(&self, exports: bool) -> Result<()> {
        let given = [
            (self.output.is_some(), "--output"),
            (self.full, "--full"),
            (self.passages_only, "--passages-only"),
            (self.receipt.is_some(), "--receipt"),
        ];
        match given.iter().find(|it| it.0) {
            Some((_, name)) if !exports => bail!(
                "`{name}` is about an export: say its format with --export, as in `--export html -o FILE --receipt`"
            ),
            _ => Ok(()),
        }
    }
}

/// What an export is of.
pub(super) struct Exported {
    /// What was asked for.
    pub(super) request: RequestRow,
    /// What the export holds, for a receipt.
    pub(super) hits: Vec<HitRow>,
    /// How many results of how many; `None` for a list, which is whole.
    pub(super) extent: Option<Extent>,
    /// How much there is over time, where that was asked for.
    pub(super) timeline: Option<Timeline>,
    /// That the results do not have all of the query, in a sentence.
    pub(super) relaxed: Option<String>,
}

/// Writes a dossier where the arguments say.
pub(super) fn dossier(
    args: &ExportArgs,
    archive: &Archive,
    dossier: &Dossier,
    format: ExportFormat,
    exported: Exported,
    output: &mut Output,
) -> Result<()> {
    if format == ExportFormat::Epub && args.output.is_none() && std::io::stdout().is_terminal() {
        bail!("an EPUB is nothing for a terminal: write it to a file with --output");
    }
    let text = match (args.full, args.passages_only, format) {
        (true, ..) | (_, false, ExportFormat::Epub) => Text::Full,
        _ => Text::Passages,
    };
    let write =
        |options: &ExportOptions<'_>, out: &mut Vec<u8>| render::export(dossier, format, options, out);
    deliver(args, archive, text, exported, output, write)
}

/// Writes a quote sheet where the arguments say.
pub(super) fn sheet(
    args: &ExportArgs,
    archive: &Archive,
    results: &QuotesResults,
    request: &QuotesRequest,
    format: SheetFormat,
    output: &mut Output,
) -> Result<()> {
    let names: Vec<&str> = results.speakers.iter().map(|it| it.name.as_str()).collect();
    let title = format!("Quotes of {}", names.join(", "));
    let exported = Exported {
        request: RequestRow::for_quotes(request, super::today()),
        hits: crate::archive::hits_of_quotes(results),
        extent: Some(results.extent(request.selection.offset)),
        timeline: results.timeline.clone(),
        relaxed: None,
    };
    let write = |options: &ExportOptions<'_>, out: &mut Vec<u8>| {
        render::quote_sheet(&title, results, format, options, out)
    };
    deliver(args, archive, Text::Passages, exported, output, write)
}

/// Makes and writes the export and its receipt, then puts both in their places: what fails halfway
/// leaves there what was there.
fn deliver(
    args: &ExportArgs,
    archive: &Archive,
    text: Text,
    exported: Exported,
    output: &mut Output,
    write: impl Fn(&ExportOptions<'_>, &mut Vec<u8>) -> std::io::Result<()>,
) -> Result<()> {
    let made = Timestamp::now();
    let receipt_file = receipt_file(args)?;
    for path in args.output.iter().chain(&receipt_file) {
        archive.ensure_not_own(path)?;
    }
    let Exported { request, hits, extent, timeline, relaxed } = exported;
    let of_quotes = request.kind == "quotes";
    let scope = extent.map(|extent| -> Result<Scope> {
        let (read_as, archive) = (request.reading(), archive.state()?);
        Ok(Scope { extent, read_as, relaxed, archive, timeline, of_quotes })
    });
    let scope = scope.transpose()?;
    let receipt = receipt_file.as_ref().map(|_| archive.receipt(request, hits, made)).transpose()?;
    let to_archive = to_archive(args.output.as_deref(), archive.folder());
    let options = ExportOptions { text, made, to_archive, receipt: receipt.as_ref(), scope: scope.as_ref() };
    let mut content = Vec::new();
    write(&options, &mut content).context("the export cannot be made")?;
    let mut files = Vec::new();
    match &args.output {
        None => output.results().write_all(&content)?,
        Some(path) => files.push((path, NewFile::with(path, &content).with_context(|| unwritten(path))?)),
    }
    if let (Some(path), Some(receipt)) = (&receipt_file, receipt) {
        let mut content = Vec::new();
        render::receipt(&receipt, &mut content)?;
        files.push((path, NewFile::with(path, &content).with_context(|| unwritten(path))?));
    }
    for (path, file) in files {
        file.finish().with_context(|| unwritten(path))?;
        output.say(format!("{} is written", path.display()));
    }
    Ok(())
}

fn unwritten(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

fn receipt_file(args: &ExportArgs) -> Result<Option<PathBuf>> {
    match (&args.receipt, &args.output) {
        (None, _) => Ok(None),
        (Some(Some(path)), _) => Ok(Some(path.clone())),
        (Some(None), Some(output)) => {
            let mut name = output.file_name().unwrap_or_default().to_owned();
            name.push(".receipt.json");
            Ok(Some(output.with_file_name(name)))
        }
        (Some(None), None) => {
            bail!(
                "say where the receipt goes with --receipt=FILE, or write the export to a file with --output"
            )
        }
    }
}

/// The archive's folder as seen from that of the output.
pub(super) fn to_archive(output: Option<&Path>, archive: &Path) -> String {
    let folder =
        output.and_then(Path::parent).filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Ok(from), Ok(to)) = (folder.canonicalize(), archive.canonicalize()) else { return String::new() };
    let shared = from.components().zip(to.components()).take_while(|it| it.0 == it.1).count();
    let up = from.components().skip(shared).map(|_| "../".to_owned());
    let down = to.components().skip(shared).map(|it| format!("{}/", it.as_os_str().to_string_lossy()));
    up.chain(down).collect()
}

/// Run what a receipt was given for again, and say what changed
///
/// Exit status 0 when everything is as it was, 1 when something changed.
#[derive(Args)]
#[command(after_help = "Example: morgue replay harbour.html.receipt.json")]
pub(super) struct ReplayArgs {
    /// The receipt, as `--receipt` wrote it; `-` for standard input
    receipt: PathBuf,
    #[command(flatten)]
    format: FormatArgs,
}

impl ReplayArgs {
    /// Whether it reads no standard input.
    pub(super) fn pages(&self) -> bool {
        self.receipt.as_os_str() != "-"
    }
}

pub(super) fn replay(args: &ReplayArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let text = super::read_text(&args.receipt)?;
    let replayed =
        archive.replay(&text, Timestamp::now()).with_context(|| args.receipt.display().to_string())?;
    let look = output.look();
    render::write(&replayed, args.format.format, &look, output.results())?;
    let (n, changed) = (replayed.then.hits.len(), replayed.changes.len());
    output.say(match changed {
        0 => format!("{} as they were", super::count(n, "hit")),
        _ => format!("{} in {}", super::count(changed, "change"), super::count(n, "hit")),
    });
    Ok(Outcome::of(changed == 0))
}
