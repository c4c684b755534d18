//! What others may know of a watch: a small file in the folder of the index, replaced at each walk.

use anyhow::{Result, bail};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::index::{KeptFile, Snapshot};

use super::Manner;

/// A watch as its process noted it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watching {
    /// The number of the process.
    pub process: u32,
    /// Whether there is a process of that number; without it the watch has ended, or was killed.
    pub is_alive: bool,
    /// When it began.
    pub since: Timestamp,
    /// When the corpus was last walked.
    pub walked: Timestamp,
    /// What is watched, as settings or arguments name it.
    pub roots: Vec<String>,
    /// How often it is walked where no events come, in seconds.
    pub every: Option<u64>,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct WatchRow {
    process: u32,
    since: String,
    walked: String,
    roots: Vec<String>,
    every: Option<u64>,
}

impl Watching {
    /// The watch of this process.
    pub(super) fn new(since: Timestamp, walked: Timestamp, roots: Vec<String>, manner: &Manner) -> Watching {
        let every = match manner {
            Manner::Events => None,
            Manner::Polling { every, .. } => Some(every.as_secs()),
        };
        Watching { process: std::process::id(), is_alive: true, since, walked, roots, every }
    }

    /// What the index's folder says; `None` if nothing, or nothing that can be understood.
    pub(in crate::archive) fn read(snapshot: &Snapshot) -> Result<Option<Watching>> {
        let Some(bytes) = snapshot.kept(KeptFile::Watch)? else { return Ok(None) };
        Ok(parse(&bytes, is_process))
    }

    /// Notes it down.
    pub(super) fn write(&self, snapshot: &Snapshot) -> Result<()> {
        let row = WatchRow {
            process: self.process,
            since: self.since.to_string(),
            walked: self.walked.to_string(),
            roots: self.roots.clone(),
            every: self.every,
        };
        Ok(snapshot.keep(KeptFile::Watch, &serde_json::to_vec(&row)?)?)
    }

    /// Fails if another process watches.
    pub(super) fn ensure_alone(snapshot: &Snapshot) -> Result<()> {
        match Watching::read(snapshot)? {
            Some(other) if other.is_alive && other.process != std::process::id() => {
                bail!("process {} watches this archive already", other.process)
            }
            _ => Ok(()),
        }
    }

    /// Takes the note back.
    pub(super) fn remove(snapshot: &Snapshot) -> Result<()> {
        Ok(snapshot.remove_kept(KeptFile::Watch)?)
    }
}

fn parse(bytes: &[u8], is_process: impl Fn(u32) -> bool) -> Option<Watching> {
    let row: WatchRow = serde_json::from_slice(bytes).ok()?;
    Some(Watching {
        process: row.process,
        is_alive: is_process(row.process),
        since: row.since.parse().ok()?,
        walked: row.walked.parse().ok()?,
        roots: row.roots,
        every: row.every,
    })
}

/// Whether there is a process of that number.
#[cfg(unix)]
fn is_process(number: u32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    let process = i32::try_from(number).ok().and_then(Pid::from_raw);
    // Another user's process may not be asked, and so is there.
    process.is_some_and(|it| !matches!(test_kill_process(it), Err(rustix::io::Errno::SRCH)))
}

/// Here nobody is asked: a watch that was killed looks like one that goes on.
#[cfg(not(unix))]
fn is_process(_: u32) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watch_is_over_when_its_process_is_gone() {
        let text = r#"{"process": 4711, "since": "2019-05-01T08:00:00Z", "walked": "2019-05-01T09:10:00Z",
            "roots": ["corpus"], "every": null}"#;
        for alive in [true, false] {
            let watching = parse(text.as_bytes(), |it| it == 4711 && alive).expect("a watch");
            assert_eq!((watching.is_alive, watching.roots.len()), (alive, 1));
        }
        for text in ["", "{}", r#"{"process": 1, "since": "x", "walked": "y", "roots": [], "every": 1}"#] {
            assert_eq!(parse(text.as_bytes(), |_| true), None, "{text}");
        }
    }
}
