//! `morgue list export` and `list import`: lists for and from other programs.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use morgue_core::number;

use crate::{
    archive::{Archive, Imported, ListName, RequestRow, Unheld},
    cli::{
        args::choice,
        export::{self, ExportArgs, Exported},
    },
    list::import::{self, ImportFormat},
    render::ExportFormat,
};

use super::{super::output::Output, Outcome, entries};

/// Write a list in a format that other programs read
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue list export harbour --to epub -o harbour.epub\n  morgue list export harbour --to html -o harbour.html --full --receipt"
)]
pub(super) struct ListExportArgs {
    /// The list
    name: String,
    /// The format
    #[arg(long, value_parser = choice::<ExportFormat>(), value_name = "FORMAT")]
    to: ExportFormat,
    #[command(flatten)]
    export: ExportArgs,
}

pub(super) fn export(args: &ListExportArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let name = ListName::new(&args.name)?;
    let dossier = archive.dossier(&name)?;
    let request = RequestRow::for_list(&name, &dossier, crate::cli::today());
    let hits = crate::archive::hits_of_dossier(&dossier);
    let exported = Exported { request, hits, extent: None, timeline: None, relaxed: None };
    export::dossier(&args.export, archive, &dossier, args.to, exported, output)?;
    output.say_some(&dossier.notes);
    output.say(entries(dossier.items.len()));
    Ok(Outcome::of(!dossier.items.is_empty()))
}

/// Put the articles that a file names on a list, and say which of them the archive does not hold
///
/// An article is found by its id, path, address on the web, or headline with date and source. The
/// list is made when there is none and an article for it; what it says of an article already stays.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue list import harbour zotero.json\n  morgue list import harbour - --from plain <paths.txt"
)]
pub(super) struct ListImportArgs {
    /// The list
    name: String,
    /// The file; `-` for standard input
    file: PathBuf,
    /// Its format [default: what it looks like]
    #[arg(long, value_parser = choice::<ImportFormat>(), value_name = "FORMAT")]
    from: Option<ImportFormat>,
    /// Make entries of what the archive does not hold as well
    #[arg(long)]
    keep_missing: bool,
}

pub(super) fn import(args: &ListImportArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let name = ListName::new(&args.name)?;
    let text = crate::cli::read_text(&args.file)?;
    let format = args.from.unwrap_or_else(|| import::guess(&text));
    let references = import::read(&text, format).with_context(|| args.file.display().to_string())?;
    let unheld = if args.keep_missing { Unheld::Keep } else { Unheld::Report };
    let imported = archive.import_list(&name, &references, unheld, crate::cli::today())?;
    say_imported(&imported, references.len(), output);
    Ok(Outcome::of(!imported.added.is_empty() || imported.known > 0))
}

fn say_imported(imported: &Imported, n: usize, output: &mut Output) {
    let named = |what: &str, titles: &[String]| -> Vec<String> {
        titles.iter().map(|it| format!("{what}: {it}")).collect()
    };
    output.say_some(&named("not in the archive", &imported.missing));
    output.say_some(&named("fits several articles", &imported.ambiguous));
    let mut parts = vec![format!("{} added", entries(imported.added.len()))];
    let counts = [
        (imported.known, "there already"),
        (imported.missing.len(), "not in the archive"),
        (imported.ambiguous.len(), "not clear"),
        (imported.unnamed, "without a name of an article"),
    ];
    parts.extend(counts.into_iter().filter(|it| it.0 > 0).map(|(n, what)| format!("{} {what}", number(n))));
    output.say(format!("of {}: {}", crate::cli::count(n, "reference"), parts.join(", ")));
}
