//! `morgue ingest`: bring the index up to date with the corpus.

use std::{
    io::{BufWriter, IntoInnerError},
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context as _, Result};
use clap::Args;

use crate::{
    archive::{Archive, FileOutcome, Outcome as FileDone, Progress, UpdateOptions, UpdateSummary},
    files::NewFile,
    render,
};

use super::{Outcome, output::Output};

/// Walk the corpus, read, extract, attribute and index what changed
///
/// Unchanged files cost a stat, changed ones are replaced, vanished ones removed. A file that cannot
/// be read is named with the reason and tried again when it changes.
#[derive(Args)]
#[command(after_help = "Example: morgue ingest --report ingest.jsonl")]
pub(super) struct IngestArgs {
    /// Only these folders and files [default: the corpus folders of morgue.toml]
    paths: Vec<PathBuf>,
    /// Worker threads [default: one a core]
    #[arg(long, short, value_name = "N", default_value_t = 0, hide_default_value = true)]
    jobs: usize,
    /// Say what would be done, and do nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
    /// Forget everything and read all files of the corpus again
    #[arg(long, conflicts_with = "paths")]
    rebuild: bool,
    /// Also leave nothing of removed and changed articles in the files of the index
    ///
    /// Without it their text is found by nobody, but stays in the files until they are written anew.
    #[arg(long)]
    purge: bool,
    /// Write what happened to each file, a JSON line each
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Exit with 2 if any file had a problem
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(args: &IngestArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let options = UpdateOptions {
        paths: args.paths.clone(),
        jobs: args.jobs,
        rebuild: args.rebuild,
        dry_run: args.dry_run,
        purge: args.purge,
    };
    let summary = ingest(archive, &options, args.report.as_deref(), output)?;
    let failed = args.strict && !summary.problems.is_empty();
    Ok(if failed { Outcome::Failed } else { Outcome::Found })
}

/// Runs an ingest with its progress bar, report and summary; `search` does too when there is no index yet.
pub(super) fn ingest(
    archive: &Archive,
    options: &UpdateOptions,
    report: Option<&Path>,
    output: &mut Output,
) -> Result<UpdateSummary> {
    let unwritten = || report.map(|it| format!("cannot write {}", it.display())).unwrap_or_default();
    let mut file = match report {
        None => None,
        Some(path) => {
            archive.ensure_not_own(path)?;
            Some(BufWriter::new(NewFile::new(path).with_context(unwritten)?))
        }
    };
    let begun = Instant::now();
    let bar = output.progress("reading");
    let mut reported = Ok(());
    let list = output.verbose > 0 || options.dry_run;
    let summary = archive.update(options, &mut |progress| match progress {
        Progress::Planned(n) => bar.set_length(n as u64),
        Progress::Done(done) => {
            if done.outcome != FileDone::Removed && done.outcome != FileDone::Unchanged {
                bar.inc(1);
            }
            if let (Some(file), Ok(())) = (&mut file, &reported) {
                reported = render::report_line(done, file);
            }
            if list && done.outcome != FileDone::Unchanged {
                bar.suspend(|| output.say(line(done)));
            }
        }
    })?;
    bar.finish_and_clear();
    reported.with_context(unwritten)?;
    if let Some(file) = file {
        let file = file.into_inner().map_err(IntoInnerError::into_error);
        file.and_then(NewFile::finish).with_context(unwritten)?;
    }
    for (path, problem) in &summary.problems {
        output.say(format!("{path}: {problem}"));
    }
    output.say(summarized(&summary, options.dry_run, begun.elapsed().as_secs_f64()));
    if let Some((template, n_fitting)) = &summary.template_hint {
        output.say(format!(
            "{} of {} have no day, or only the one that their file's name shows; a [[template]] in morgue.toml \
             with path = \"{template}\" reads it from {n_fitting} of the names",
            summary.undated,
            super::count(summary.articles, "article"),
        ));
    }
    Ok(summary)
}

fn line(done: &FileOutcome) -> String {
    let path = &done.record.path;
    match &done.outcome {
        FileDone::Added => format!("+ {path}"),
        FileDone::Moved(from) => format!("> {path} (was {from})"),
        FileDone::Changed => format!("~ {path}"),
        FileDone::Unchanged => format!("= {path}"),
        FileDone::Removed => format!("- {path}"),
    }
}

/// `61 files: 60 new, 1 changed · 74 articles, 1,203 passages, 482 quotes · 2 problems · 0.4 s`.
fn summarized(summary: &UpdateSummary, dry_run: bool, seconds: f64) -> String {
    let counts = [
        (summary.added, "new"),
        (summary.changed, "changed"),
        (summary.moved, "moved"),
        (summary.removed, "removed"),
        (summary.unchanged, "unchanged"),
    ];
    let counts: Vec<String> =
        counts.iter().filter(|it| it.0 > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let counts =
        if counts.is_empty() { "no files".to_owned() } else { format!("files: {}", counts.join(", ")) };
    let mut parts = vec![if dry_run { format!("{counts} (nothing was done)") } else { counts }];
    if summary.articles > 0 && !dry_run {
        parts.push(format!(
            "{}, {}, {}",
            super::count(summary.articles, "article"),
            super::count(summary.passages, "passage"),
            super::count(summary.quotes, "quote")
        ));
    }
    if !summary.problems.is_empty() {
        parts.push(super::count(summary.problems.len(), "problem"));
    }
    parts.push(format!("{seconds:.1} s"));
    parts.join(" · ")
}
