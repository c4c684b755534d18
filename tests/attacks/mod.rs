//! Short forms of the attacks on reliability; the long ones are the scripts beside this file
//! (`docs/attacks.md`).
//!
//! Every random choice comes from a seed that is printed when a test fails.

mod corruption;
mod crash;
#[cfg(unix)]
mod disk_full;
mod hostile;
mod leftovers;
mod mutation;
mod news;

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Child, Command, Stdio},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::support::{Newsroom, random::Random};

/// How long a command may take by the clock before it counts as hanging. Far above what any of them
/// needs, so that a busy machine gives the same verdicts.
const HANGS_AFTER: Duration = Duration::from_secs(180);

/// What a run gave that may have had to be stopped.
#[derive(Debug)]
struct Attacked {
    /// `None` when a signal ended it.
    status: Option<i32>,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
}

impl Attacked {
    /// What it said, on one line.
    fn said(&self) -> String {
        String::from_utf8_lossy(&self.stderr).trim().replace('\n', " | ")
    }

    /// Fails when it crashed, was killed, or printed what a terminal obeys.
    #[track_caller]
    fn expect_no_crash(&self, context: &str) {
        let said = self.said();
        assert!(matches!(self.status, Some(0..=2)), "{context}: {:?}: {said}", self.status);
        for crash in ["panicked at", "of morgue itself", "overflowed its stack"] {
            assert!(!said.contains(crash), "{context}: {said}");
        }
        assert!(self.status != Some(2) || !said.is_empty(), "{context}: exit 2 without a word");
        for output in [&self.stdout, &self.stderr] {
            let text = String::from_utf8(output.clone());
            let text = text.unwrap_or_else(|error| panic!("{context}: {error}"));
            let obeyed = |c: &char| {
                (c.is_control() && !matches!(c, '\n' | '\t'))
                    || matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert_eq!(text.chars().find(obeyed), None, "{context}");
        }
    }
}

/// Runs `morgue` in a folder; fails when it hangs.
#[track_caller]
fn attack(folder: &Path, args: &[&str]) -> Attacked {
    finish(command(folder, args), &args.join(" "))
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.args(args).current_dir(folder).stdin(Stdio::null());
    command
}

/// Runs a command to its end; fails when it hangs.
#[track_caller]
fn finish(mut command: Command, context: &str) -> Attacked {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    // Read beside it, so that no full pipe can hold it up.
    let stdout = read_beside(child.stdout.take().expect("a pipe"));
    let stderr = read_beside(child.stderr.take().expect("a pipe"));
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            break status.code();
        }
        if began.elapsed() > HANGS_AFTER {
            kill(&mut child);
            panic!("hangs: {context}");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let read = |thread: JoinHandle<Vec<u8>>| thread.join().expect("what it printed");
    Attacked { status, stdout: read(stdout), stderr: read(stderr) }
}

fn read_beside(mut pipe: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).expect("a pipe");
        bytes
    })
}

/// Kills a process with a signal that it cannot see. Returns whether it had ended before.
fn kill(child: &mut Child) -> bool {
    let ended = child.try_wait().expect("it can be waited for").is_some();
    let _ = child.kill();
    child.wait().expect("it ends");
    ended
}

/// What an archive answers: the hits of several queries with copies folded and without, the quotes
/// of a person, and what `status` says of index and corpus.
#[derive(Clone, Debug, PartialEq)]
struct Answers {
    folded: String,
    unfolded: Vec<Value>,
    quotes: Vec<String>,
    status: Vec<String>,
}

impl Answers {
    #[track_caller]
    fn of(newsroom: &Newsroom) -> Answers {
        let queries: String =
            news::QUERIES.iter().enumerate().map(|(n, query)| format!("{n}\t{query}\n")).collect();
        newsroom.write("queries.tsv", queries);
        let folder = newsroom.path("");
        let lines = |args: &[&str]| {
            let ran = attack(&folder, args);
            ran.expect_no_crash(&args.join(" "));
            assert_ne!(ran.status, Some(2), "{args:?}: {}", ran.said());
            String::from_utf8(ran.stdout).expect("UTF-8")
        };
        let batch = ["search", "-q", "--batch", "queries.tsv", "--format", "jsonl", "-n", "40"];
        let unfolded = lines(&[&batch[..], &["--no-fold"]].concat());
        // The order of the quotes of one day depends on segments until they are merged.
        let quotes = lines(&["quotes", "-q", "--all", "--format", "jsonl", "lund"]);
        let mut quotes: Vec<String> = quotes.lines().map(str::to_owned).collect();
        quotes.sort_unstable();
        let about_content = |it: &&str| it.starts_with("holds") || it.starts_with("corpus");
        let status = lines(&["status"]).lines().filter(about_content).map(str::to_owned).collect();
        Answers {
            folded: lines(&batch),
            unfolded: unfolded.lines().map(without_copies).collect(),
            quotes,
            status,
        }
    }

    /// Whether the same questions are answered alike, whatever the corpus has become since.
    fn same_answers(&self, other: &Answers) -> bool {
        self.folded == other.folded && self.unfolded == other.unfolded && self.quotes == other.quotes
    }
}

/// A hit as JSON, without what is known of its copies.
fn without_copies(line: &str) -> Value {
    let mut hit: Value = serde_json::from_str(line).expect("each line is JSON");
    hit.as_object_mut().expect("an object").remove("copies");
    hit
}

/// A new archive with the same corpus as `newsroom`, ingested.
#[track_caller]
fn fresh_build(newsroom: &Newsroom) -> Newsroom {
    let fresh = Newsroom::new();
    copy_folder(&newsroom.path("corpus"), &fresh.path("corpus"));
    fresh.ingested()
}

/// Makes `target` a copy of `source`, with the times of its files.
fn copy_folder(source: &Path, target: &Path) {
    let _ = fs::remove_dir_all(target);
    fs::create_dir_all(target).expect("a folder");
    for entry in fs::read_dir(source).expect("a folder") {
        let from = entry.expect("an entry").path();
        let to = target.join(from.file_name().expect("a name"));
        if from.is_dir() {
            copy_folder(&from, &to);
        } else {
            fs::copy(&from, &to).expect("a copy");
            let modified = from.metadata().and_then(|it| it.modified()).expect("a time");
            let copy = fs::File::options().write(true).open(&to).expect("the copy");
            copy.set_modified(modified).expect("its time");
        }
    }
}

/// Names of the files in a folder, sorted; none when there is no folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|it| it.file_name().into_string().expect("a name in UTF-8")).collect();
    names.sort_unstable();
    names
}

/// Files of an index that no segment of its last commit names: what a kill leaves and the next
/// ingest removes.
fn unnamed_files(index: &Path) -> Vec<String> {
    const LASTING: [&str; 7] = [
        "meta.json",
        ".managed.json",
        ".morgue.lock",
        ".tantivy-meta.lock",
        ".tantivy-writer.lock",
        "people.base",
        "people.changes",
    ];
    let meta = fs::read_to_string(index.join("meta.json")).expect("meta.json");
    let meta: Value = serde_json::from_str(&meta).expect("JSON");
    let mut found = names(index);
    found.retain(|name| !LASTING.contains(&name.as_str()));
    for segment in meta["segments"].as_array().expect("segments") {
        let id = segment["segment_id"].as_str().expect("an id").replace('-', "");
        let deletes = format!("{id}.{}.del", segment["deletes"]["opstamp"]);
        found.retain(|name| !name.starts_with(&id) || (name.ends_with(".del") && *name != deletes));
    }
    found
}
