//! `morgue ingest --watch`: what a watch tells, a line each, until it is stopped.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Context as _, Result};
use morgue_core::count;
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag,
};

use crate::{
    archive::{Archive, ListName, Manner, News, Progress, UpdateOptions, UpdateSummary, Watch},
    files,
    render::{self, ExportFormat, ExportOptions, Text},
};

use super::{
    super::{Outcome, export::to_archive, list, output::Output},
    Bar, summarized,
};

pub(super) fn run(
    options: UpdateOptions,
    every: Option<Duration>,
    feeds: Option<&Path>,
    open: &dyn Fn() -> Result<Archive>,
    output: &mut Output,
) -> Result<Outcome> {
    for signal in signals() {
        // The first ends the watch after what is being written, the second at once: 130 as by
        // Ctrl-C.
        flag::register_conditional_shutdown(signal, 130, Arc::clone(&options.stop))
            .and_then(|_| flag::register(signal, Arc::clone(&options.stop)))
            .context("cannot take signals")?;
    }
    if let Some(folder) = feeds {
        first_feeds(&open()?, folder)?;
    }
    let current = std::env::current_dir().context("the current folder cannot be found")?;
    let clock = || (jiff::Timestamp::now(), crate::cli::today());
    let watch = Watch { open, options, current: &current, every, clock: &clock };
    let mut shown = Shown::default();
    watch.run(&mut |news| tell(news, &mut shown, feeds, output))?;
    Ok(Outcome::Found)
}

/// What asks a process to end: Ctrl-C, `kill`, a terminal that is closed.
fn signals() -> Vec<i32> {
    let mut signals = vec![SIGINT, SIGTERM];
    #[cfg(unix)]
    signals.push(signal_hook::consts::SIGHUP);
    signals
}

/// The bar of the ingest that runs, and how long the last one took.
#[derive(Default)]
struct Shown {
    bar: Option<Bar>,
    elapsed: Duration,
}

fn tell(news: News<'_>, shown: &mut Shown, feeds: Option<&Path>, output: &mut Output) -> Result<()> {
    match news {
        News::Progress(progress) => {
            if let Progress::Planned { .. } = progress {
                shown.bar = Some(Bar::new(output));
            }
            if let Some(bar) = &mut shown.bar {
                bar.show(progress);
            }
            return Ok(());
        }
        News::Walked => shown.elapsed = shown.bar.take().map_or(Duration::ZERO, Bar::finish),
        News::Watching(roots, manner) => output.say(watching(roots, manner)),
        News::Ingested(summary, problems) => {
            for (path, problem) in problems {
                output.say(format!("{path}: {problem}"));
            }
            let changed = UpdateSummary { unchanged: 0, problems: problems.to_vec(), ..summary.clone() };
            let time = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
            output.say(format!("{time}  {}", summarized(&changed, false, shown.elapsed)));
        }
        News::Refreshed(archive, name, refreshed) => {
            list::say_refreshed(name, refreshed, output)?;
            if let Some(Err(error)) = feeds.map(|it| feed(archive, name, it)) {
                output.error(&error);
            }
        }
        News::SettingsRead(file) => output.say(format!("{file} was changed, and is read anew")),
        News::Waiting(holder) => {
            output.say(format!("the index is being written by {holder}; this waits for it"));
        }
        News::Failed(error) => output.error(error),
    }
    output.finish()?;
    Ok(())
}

/// Writes a feed of each list with a saved query, so that feed readers find it from the beginning.
fn first_feeds(archive: &Archive, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    if !archive.has_index() {
        return Ok(());
    }
    let with_query = archive.lists()?.into_iter().filter(|it| it.query.is_some());
    with_query.map(|it| ListName::new(&it.name)).try_for_each(|it| feed(archive, &it?, folder))
}

/// Writes the Atom file of a list.
fn feed(archive: &Archive, name: &ListName, folder: &Path) -> Result<()> {
    let path = folder.join(format!("{name}.xml"));
    archive.ensure_not_own(&path)?;
    let options = ExportOptions {
        text: Text::Passages,
        made: jiff::Timestamp::now(),
        to_archive: to_archive(Some(&path), archive.folder()),
        receipt: None,
        scope: None,
    };
    let mut content = Vec::new();
    render::export(&archive.dossier(name)?, ExportFormat::Atom, &options, &mut content)?;
    files::write(&path, &content).with_context(|| format!("cannot write {}", path.display()))
}

/// `watching corpus; Ctrl-C ends it`.
fn watching(roots: &[String], manner: &Manner) -> String {
    let roots = roots.join(", ");
    match manner {
        Manner::Events => format!("watching {roots}; Ctrl-C ends it"),
        Manner::Polling { every, reason } => {
            let why = reason.as_ref().map_or_else(String::new, |it| format!(": {it}"));
            let every = count(usize::try_from(every.as_secs()).unwrap_or(usize::MAX), "second");
            format!("watching {roots} by a look every {every}{why}; Ctrl-C ends it")
        }
    }
}
