//! `morgue ingest`: bring the index up to date with the corpus.

mod watch;

use std::{
    io::{BufWriter, IntoInnerError},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use clap::Args;
use indicatif::ProgressBar;
use morgue_core::{count, number};

use crate::{
    archive::{Archive, FileOutcome, Outcome as FileDone, Progress, UpdateOptions, UpdateSummary},
    files::NewFile,
    render,
};

use super::{Outcome, output::Output};

/// Walk the corpus, read, extract, attribute and index what changed
///
/// Unchanged files cost a stat, changed ones are replaced, vanished ones removed. A file that
/// cannot be read is named with the reason and tried again when it changes.
#[derive(Args)]
#[command(after_help = "Examples:\n  morgue ingest --report ingest.jsonl\n  morgue ingest --watch")]
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
    /// Without it their text is found by nobody, but stays in the files until they are written
    /// anew.
    #[arg(long)]
    purge: bool,
    /// Write what happened to each file, a JSON line each
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Exit with 2 if any file had a problem
    #[arg(long)]
    strict: bool,
    /// Go on ingesting what changes, and refresh the lists whose saved query finds something new,
    /// until Ctrl-C
    ///
    /// A line for each ingest that changed something. The index is locked only while one runs.
    #[arg(long, conflicts_with_all = ["dry_run", "purge", "report", "strict"])]
    watch: bool,
    /// Look for changes every so many seconds rather than wait until the system tells of them
    #[arg(long, value_name = "SECONDS", requires = "watch", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    poll: Option<u64>,
    /// Write an Atom file into this folder for each list with a saved query, and anew when it finds
    /// something
    #[arg(long, value_name = "DIR", requires = "watch")]
    feeds: Option<PathBuf>,
}

/// `open` finds the archive, each time with its settings as they are.
pub(super) fn run(
    args: &IngestArgs,
    open: &dyn Fn() -> Result<Archive>,
    output: &mut Output,
) -> Result<Outcome> {
    let options = UpdateOptions {
        paths: args.paths.clone(),
        jobs: args.jobs,
        rebuild: args.rebuild,
        dry_run: args.dry_run,
        purge: args.purge,
        today: Some(super::today()),
        ..UpdateOptions::default()
    };
    if args.watch {
        let every = args.poll.map(Duration::from_secs);
        return watch::run(options, every, args.feeds.as_deref(), open, output);
    }
    let summary = ingest(&open()?, &options, args.report.as_deref(), output)?;
    let failed = args.strict && !summary.problems.is_empty();
    Ok(if failed { Outcome::Failed } else { Outcome::Found })
}

/// Runs an ingest with its progress bar, report and summary; `search` does too when there is no
/// index yet.
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
    let mut bar = Bar::new(output);
    let mut reported = Ok(());
    let list = output.verbose > 0 || options.dry_run;
    let summary = archive.update(options, &mut |progress| {
        bar.show(&progress);
        if let Progress::Done(done) = progress {
            if let (Some(file), Ok(())) = (&mut file, &reported) {
                reported = render::report_line(done, file);
            }
            if list && done.outcome != FileDone::Unchanged {
                bar.bar.suspend(|| output.say(line(done)));
            }
        }
    })?;
    let elapsed = bar.finish();
    reported.with_context(unwritten)?;
    if let Some(file) = file {
        let file = file.into_inner().map_err(IntoInnerError::into_error);
        file.and_then(NewFile::finish).with_context(unwritten)?;
    }
    for (path, problem) in &summary.problems {
        output.say(format!("{path}: {problem}"));
    }
    output.say(summarized(&summary, options.dry_run, elapsed));
    if let Some((template, n_fitting)) = &summary.template_hint {
        output.say(format!(
            "{} of {} have no day, or only the one that their file's name shows; a [[template]] in morgue.toml \
             with path = \"{template}\" reads it from {} of the names",
            number(summary.undated),
            count(summary.articles, "article"),
            number(*n_fitting)
        ));
    }
    Ok(summary)
}

/// The progress bar of an ingest.
struct Bar {
    bar: ProgressBar,
    begun: Instant,
    /// Files to read, and those that are done.
    files: usize,
    done: usize,
    articles: usize,
}

impl Bar {
    fn new(output: &Output) -> Bar {
        Bar { bar: output.progress("reading"), begun: Instant::now(), files: 0, done: 0, articles: 0 }
    }

    fn show(&mut self, progress: &Progress<'_>) {
        match progress {
            Progress::Planned { files, bytes } => {
                self.bar.set_length(*bytes);
                self.files = *files;
            }
            Progress::Read(bytes) => self.bar.inc(*bytes),
            Progress::Done(done) => {
                if done.outcome != FileDone::Removed && done.outcome != FileDone::Unchanged {
                    self.articles += done.record.articles;
                    self.done += 1;
                    let rate = rate(self.articles, self.begun.elapsed());
                    let files = format!("{}/{} files", number(self.done), number(self.files));
                    self.bar.set_prefix(format!("{files} · {rate}"));
                }
            }
        }
    }

    /// Takes the bar from the screen, and says how long the ingest took.
    fn finish(self) -> Duration {
        self.bar.finish_and_clear();
        self.begun.elapsed()
    }
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

/// `1,203 articles/s`.
fn rate(articles: usize, elapsed: Duration) -> String {
    format!("{} articles/s", number((articles as f64 / elapsed.as_secs_f64().max(0.001)) as usize))
}

/// `files: 60 new, 1 changed · 74 articles, 1,203 passages, 482 quotes · 2 problems · 4 s`. A part
/// of a second counts as one.
fn summarized(summary: &UpdateSummary, dry_run: bool, elapsed: Duration) -> String {
    let counts = [
        (summary.added, "new"),
        (summary.changed, "changed"),
        (summary.moved, "moved"),
        (summary.removed, "removed"),
        (summary.unchanged, "unchanged"),
    ];
    let counts: Vec<String> =
        counts.iter().filter(|it| it.0 > 0).map(|(n, what)| format!("{} {what}", number(*n))).collect();
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
    parts.push(format!("{} s", number(elapsed.as_secs_f64().ceil() as usize)));
    parts.join(" · ")
}
