//! Who may read an index, and what those are told who may not.
#![cfg(unix)]

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _},
        process::CommandExt as _,
    },
    process::Command,
};

use crate::support::Newsroom;

const STORY: &str = "Ferry back\n\nThe ferry is back in service since noon.\n";

fn set_mode(newsroom: &Newsroom, name: &str, mode: u32) {
    fs::set_permissions(newsroom.path(name), fs::Permissions::from_mode(mode)).expect("it is ours");
}

fn mode(newsroom: &Newsroom, name: &str) -> u32 {
    fs::metadata(newsroom.path(name)).expect("it is there").mode() & 0o777
}

#[test]
fn an_index_is_as_readable_as_the_corpus() {
    let newsroom = Newsroom::new().article("a.txt", STORY);
    for (archive, corpus, index) in [
        (0o755, 0o755, 0o755),
        (0o755, 0o750, 0o750),
        (0o755, 0o700, 0o700),
        // Who may not come to the archive comes to neither; once they may, they may search.
        (0o700, 0o755, 0o755),
        (0o750, 0o755, 0o755),
        (0o755, 0o755, 0o755),
    ] {
        set_mode(&newsroom, "", archive);
        set_mode(&newsroom, "corpus", corpus);
        newsroom.run(["ingest", "--rebuild"]).expect_status(0);
        assert_eq!(mode(&newsroom, "index"), index, "archive {archive:o}, corpus {corpus:o}");
    }
    let umask = mode(&newsroom, "index/.morgue.lock");
    for name in fs::read_dir(newsroom.path("index")).expect("an index") {
        let name = format!("index/{}", name.expect("an entry").file_name().to_string_lossy());
        assert_eq!(mode(&newsroom, &name), umask, "{name}");
    }
}

#[test]
fn an_index_elsewhere_is_guarded_as_the_way_to_the_corpus_is() {
    let newsroom = Newsroom::new().article("a.txt", STORY);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let index = elsewhere.path().join("index");
    for (archive, corpus, expected) in [(0o700, 0o755, 0o700), (0o755, 0o755, 0o755), (0o750, 0o755, 0o750)] {
        set_mode(&newsroom, "", archive);
        set_mode(&newsroom, "corpus", corpus);
        newsroom.run(["--index", index.to_str().unwrap(), "ingest", "--rebuild"]).expect_status(0);
        let mode = fs::metadata(&index).expect("an index").mode() & 0o777;
        // Folders above the temporary ones guard both.
        assert_eq!(mode, expected, "archive {archive:o}, corpus {corpus:o}");
    }
}

#[test]
fn a_colleague_may_search_what_they_may_read() {
    let newsroom = Newsroom::new().article("a.txt", STORY).ingested();
    set_mode(&newsroom, "", 0o755);
    let Some((status, said)) = run_as_nobody(&newsroom, &["search", "ferry"]) else {
        println!("skipped: nobody cannot run the program");
        return;
    };
    assert_eq!(status, Some(0), "{said}");
    set_mode(&newsroom, "index", 0o700);
    let (status, said) = run_as_nobody(&newsroom, &["search", "ferry"]).expect("as before");
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("cannot be read: permission denied") && !said.contains("no index"), "{said}");
}

#[test]
fn an_index_that_may_not_be_read_is_not_called_missing() {
    let newsroom = Newsroom::new().article("a.txt", STORY).ingested();
    set_mode(&newsroom, "", 0o755);
    for (name, closed) in [("index", 0o000), ("index/meta.json", 0o000), ("index/.managed.json", 0o000)] {
        let open = mode(&newsroom, name);
        set_mode(&newsroom, name, closed);
        for command in
            [["search", "ferry"].as_slice(), &["status"], &["check"], &["quotes", "x"], &["ingest"]]
        {
            let Some((status, said)) = run_as_nobody(&newsroom, command) else {
                println!("skipped: nobody cannot run the program");
                return;
            };
            assert_eq!(status, Some(2), "{command:?} with {name}: {said}");
            assert!(said.contains("cannot be read"), "{command:?} with {name}: {said}");
        }
        set_mode(&newsroom, name, open);
    }
}

/// Runs it as a user without rights, whoever runs the test; `None` when that user cannot come to
/// the program.
fn run_as_nobody(newsroom: &Newsroom, args: &[&str]) -> Option<(Option<i32>, String)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.args(args).current_dir(newsroom.path(""));
    if fs::metadata("/proc/self").map_or(0, |it| it.uid()) == 0 {
        command.uid(65_534).gid(65_534);
    }
    let ran = command.output().ok()?;
    Some((ran.status.code(), String::from_utf8_lossy(&ran.stderr).into_owned()))
}
