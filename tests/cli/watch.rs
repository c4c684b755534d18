//! `ingest --watch` through the program. How soon something happens is no part of it: each test
//! waits until it has, for a minute at most. When what is done is tested in `src/archive/watch/`.
#![cfg(unix)]

use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::Newsroom;

const PATIENCE: Duration = Duration::from_secs(60);

const FERRY: &str = "Ferry back\n\nThe ferry is back in service since noon.\n";
const WEIR: &str = "Weir opened\n\nThe old weir was opened on Monday.\n";

/// A watch that runs, with the lines that it says.
struct Watching {
    child: Child,
    lines: Receiver<String>,
    said: Vec<String>,
}

impl Watching {
    fn start(newsroom: &Newsroom, args: &[&str]) -> Watching {
        let mut child = Command::new(env!("CARGO_BIN_EXE_morgue"))
            .args(["ingest", "--watch"])
            .args(args)
            .current_dir(newsroom.path(""))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let (to, lines) = channel();
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|it| to.send(it)));
        Watching { child, lines, said: Vec::new() }
    }

    /// Waits for a line with these words.
    #[track_caller]
    fn says(&mut self, words: &str) -> String {
        let begun = Instant::now();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE.saturating_sub(begun.elapsed())) {
            self.said.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
        panic!("no `{words}` among:\n{}", self.said.join("\n"));
    }

    /// Asks it to end, and gives its status.
    fn end(&mut self, signal: Signal) -> Option<i32> {
        let process = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).expect("a process");
        kill_process(process, signal).expect("it runs");
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[track_caller]
fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn finds(newsroom: &Newsroom, word: &str) -> bool {
    newsroom.run(["search", word]).status == Some(0)
}

#[test]
fn what_changes_is_ingested_and_lists_hear_of_it() {
    let newsroom = Newsroom::new().article("ferry.txt", FERRY).ingested();
    newsroom.run(["list", "new", "weirs", "weir"]).expect_status(1);
    newsroom.run(["list", "new", "ferries", "ferry"]).expect_status(0);
    newsroom.write("lists/own.md", "# My own words\n");
    let untouched =
        || ["own", "ferries"].map(|it| fs::read_to_string(newsroom.path(&format!("lists/{it}.md"))).unwrap());
    let before = untouched();
    let mut watch = Watching::start(&newsroom, &["--feeds", "feeds"]);
    watch.says("watching corpus");
    let feed =
        |name: &str| fs::read_to_string(newsroom.path(&format!("feeds/{name}.xml"))).unwrap_or_default();
    assert!(feed("ferries").contains("Ferry back") && feed("weirs").contains("<feed"));
    assert!(feed("own").is_empty(), "it has no query");
    newsroom.write("corpus/weir.txt", WEIR);
    watch.says("files: 1 new");
    watch.says("weirs: 1 new");
    until("the feed is written", || feed("weirs").contains("Weir opened"));
    assert!(finds(&newsroom, "weir"));
    assert!(fs::read_to_string(newsroom.path("lists/weirs.md")).unwrap().contains("Weir opened"));
    assert_eq!(untouched(), before, "lists without news stay as they are");
    // An editor that saves beside the file and renames.
    newsroom.write("corpus/.weir.txt.tmp", WEIR.replace("Monday", "Tuesday"));
    fs::rename(newsroom.path("corpus/.weir.txt.tmp"), newsroom.path("corpus/weir.txt")).unwrap();
    watch.says("files: 1 changed");
    // Folders that come, are renamed and go.
    newsroom.write("corpus/2019/05/tram.txt", "Tram stopped\n\nThe tram stopped at the bridge.\n");
    watch.says("files: 1 new");
    fs::rename(newsroom.path("corpus/2019"), newsroom.path("corpus/2020")).unwrap();
    watch.says("files: 1 moved");
    newsroom.write("corpus/2020/05/dam.txt", "Dam shut\n\nThe dam was shut.\n");
    watch.says("files: 1 new");
    fs::remove_dir_all(newsroom.path("corpus/2020")).unwrap();
    until("the tram is gone", || !finds(&newsroom, "tram"));
    let status = newsroom.run(["status"]);
    let line = format!("watch     corpus by process {} since ", watch.child.id());
    assert!(status.stdout.contains(&line), "{}", status.stdout);
    assert_eq!(watch.end(Signal::INT), Some(0));
    assert!(!newsroom.run(["status"]).stdout.contains("watch "));
    newsroom.run(["check"]).expect_status(0);
}

#[test]
fn a_corpus_that_goes_and_comes_back_and_settings_that_change() {
    let newsroom = Newsroom::new().article("ferry.txt", FERRY).settings("").ingested();
    let mut watch = Watching::start(&newsroom, &[]);
    watch.says("watching corpus");
    // A corpus that is not there for the first walk is an error as in any ingest.
    until("the first walk is done", || newsroom.run(["status"]).stdout.contains("watch  "));
    fs::rename(newsroom.path("corpus"), newsroom.path("away")).unwrap();
    watch.says("cannot find");
    assert!(finds(&newsroom, "ferry"), "what was there is still found");
    newsroom.write("away/weir.txt", WEIR);
    fs::rename(newsroom.path("away"), newsroom.path("corpus")).unwrap();
    watch.says("files: 1 new");
    newsroom.write("corpus/tram.txt", "Tram stopped\n\nThe tram stopped.\n");
    watch.says("files: 1 new");
    newsroom.write("desk/dam.txt", "Dam shut\n\nThe dam was shut.\n");
    newsroom.write("morgue.toml", "corpus = [\"corpus\", \"desk\"]\n");
    watch.says("morgue.toml was changed, and is read anew");
    watch.says("watching corpus, desk");
    watch.says("files: 1 new");
    newsroom.write("desk/mill.txt", "Mill shut\n\nThe mill was shut.\n");
    watch.says("files: 1 new");
    // Settings that are no good are named, and the earlier ones hold.
    newsroom.write("morgue.toml", "corpsu = []\n");
    watch.says("did you mean `corpus`?");
    newsroom.write("morgue.toml", "corpus = [\"desk\", \"corpus\"]\n");
    watch.says("watching desk, corpus");
    newsroom.write("people.toml", "[[person]]\nname = \"Ada Lund\"\n");
    watch.says("people.toml was changed");
    assert_eq!(watch.end(Signal::TERM), Some(0));
}

#[test]
fn without_events_it_looks_by_itself() {
    let newsroom = Newsroom::new().article("ferry.txt", FERRY);
    let mut watch = Watching::start(&newsroom, &["--poll", "1", "corpus"]);
    watch.says("watching corpus by a look every 1 second");
    watch.says("files: 1 new");
    newsroom.write("corpus/weir.txt", WEIR);
    watch.says("files: 1 new");
    let status = newsroom.run(["status"]).stdout;
    assert!(status.contains("watch     corpus by process") && status.contains(" every 1 s"), "{status}");
    // One that was killed is no longer said to watch, and does not keep others from it.
    let second = newsroom.run(["ingest", "--watch"]);
    assert!(second.expect_status(2).stderr.contains("watches this archive already"), "{}", second.stderr);
    watch.end(Signal::KILL);
    assert!(newsroom.run(["status"]).stdout.contains("watch     no longer: process"));
    let mut watch = Watching::start(&newsroom, &["--rebuild"]);
    watch.says("files: 2 new");
    assert_eq!(watch.end(Signal::TERM), Some(0));
}

#[test]
fn another_writer_is_waited_for_and_named_once() {
    let newsroom = Newsroom::new().article("ferry.txt", FERRY).ingested();
    let lock = fs::OpenOptions::new().write(true).open(newsroom.path("index/.morgue.lock")).unwrap();
    lock.lock().unwrap();
    newsroom.write("corpus/weir.txt", WEIR);
    let mut watch = Watching::start(&newsroom, &[]);
    watch.says("the index is being written by");
    lock.unlock().unwrap();
    watch.says("files: 1 new");
    let named = watch.said.iter().filter(|it| it.contains("being written")).count();
    assert_eq!(named, 1, "{:?}", watch.said);
    assert_eq!(watch.end(Signal::INT), Some(0));
}

#[test]
fn it_ends_between_files_and_what_was_read_is_there() {
    let mut newsroom = Newsroom::new();
    for n in 0..3_000 {
        newsroom =
            newsroom.article(&format!("{n}.txt"), format!("Ferry {n}\n\nThe ferry of day {n} was late.\n"));
    }
    let mut watch = Watching::start(&newsroom, &["-j", "1"]);
    watch.says("watching corpus");
    assert_eq!(watch.end(Signal::INT), Some(0));
    newsroom.run(["ingest"]).expect_status(0);
    newsroom.run(["check"]).expect_status(0);
    assert!(newsroom.run(["status"]).found().contains("3,000 articles"));
    // A rebuild that is stopped leaves the index as it was.
    let mut watch = Watching::start(&newsroom, &["-j", "1", "--rebuild"]);
    watch.says("watching corpus");
    assert_eq!(watch.end(Signal::TERM), Some(0));
    assert!(newsroom.run(["status"]).found().contains("3,000 articles"));
    newsroom.run(["check"]).expect_status(0);
}

#[test]
fn what_it_does_not_go_with_is_refused() {
    let newsroom = Newsroom::new().article("ferry.txt", FERRY);
    for args in ["--watch --dry-run", "--watch --report x", "--watch --strict", "--watch --purge", "--poll 3"]
    {
        let ran = newsroom.run(std::iter::once("ingest").chain(args.split(' ')));
        ran.expect_status(2);
        assert!(
            ran.stderr.contains("cannot be used with") || ran.stderr.contains("required"),
            "{}",
            ran.stderr
        );
    }
    fs::remove_dir_all(newsroom.path("corpus")).unwrap();
    let ran = newsroom.run(["ingest", "--watch"]);
    assert!(ran.expect_status(2).stderr.contains("cannot find"), "{}", ran.stderr);
}
