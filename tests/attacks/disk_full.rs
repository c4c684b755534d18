//! A disk that is full: nothing that was there is lost, no part of anything new is left, and the
//! message says what is the matter.
//!
//! Everywhere with a limit on the size of a file (`ulimit -f`); where mounting is permitted, with a
//! small tmpfs too.

use std::{fs, path::Path, process::Command};

use crate::support::Newsroom;

use super::{
    Answers, Attacked, Random, attack, copy_folder, finish, fresh_build, names, news, unnamed_files,
};

/// Runs `morgue` where no file may become larger than `blocks` of 512 bytes. The shell
/// ignores the signal, so that the program sees an error.
fn with_small_files(folder: &Path, blocks: usize, args: &[&str]) -> Attacked {
    let mut command = Command::new("sh");
    command.current_dir(folder).args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\""]);
    command.arg(blocks.to_string()).arg(env!("CARGO_BIN_EXE_morgue")).args(args);
    finish(command, &args.join(" "))
}

/// An archive with an index, a list, and a corpus that has changed since.
fn changed_newsroom() -> Newsroom {
    let newsroom = Newsroom::new();
    news::corpus(&newsroom, 60, &mut Random::new(17));
    let newsroom = newsroom.ingested();
    newsroom.run(["list", "new", "one", "harbor", "--max", "40", "--passages", "3", "-q"]).expect_status(0);
    for number in (0..60).step_by(3) {
        let path = format!("corpus/desk-{}/{number:03}.txt", number % 5);
        newsroom.write(&path, "The harbor\n\nThe harbor was measured once more, the mayor said.\n");
    }
    newsroom
}

#[test]
fn an_ingest_onto_a_full_disk() {
    let newsroom = changed_newsroom();
    let (index, before) = (newsroom.path("index"), newsroom.path("before"));
    copy_folder(&index, &before);
    let old = Answers::of(&newsroom);
    let fresh = Answers::of(&fresh_build(&newsroom));
    let mut refused = 0;
    for more in [&[][..], &["--rebuild"]] {
        for blocks in [0, 1, 2, 4, 8, 16, 32, 64] {
            copy_folder(&before, &index);
            let args = [&["ingest", "-q"], more].concat();
            let context = format!("{args:?} with {blocks} blocks");
            let ran = with_small_files(&newsroom.path(""), blocks, &args);
            ran.expect_no_crash(&context);
            if ran.status != Some(0) {
                refused += 1;
                assert_eq!(ran.status, Some(2), "{context}");
                assert!(
                    Answers::of(&newsroom).same_answers(&old),
                    "{context}: the old index answers as before"
                );
            }
            let check = attack(&newsroom.path(""), &["check"]);
            assert_eq!(check.status, Some(0), "{context}: {}", check.said());
            let again = attack(&newsroom.path(""), &["ingest", "-q"]);
            assert_eq!(again.status, Some(0), "{context}: the retry: {}", again.said());
        }
        assert_eq!(Answers::of(&newsroom), fresh, "{more:?}: a retry and a fresh build differ");
    }
    assert!(refused > 4, "{refused} runs were refused");
}

/// Lists, exports with `-o` and reports are written beside and renamed.
#[test]
fn lists_and_exports_onto_a_full_disk() {
    let newsroom = changed_newsroom();
    let list = fs::read(newsroom.path("lists/one.md")).expect("the list");
    newsroom.write("out/page", "an earlier export\n");
    let formats =
        ["html", "epub", "csv", "markdown", "json", "bibtex", "ris", "csl-json", "atom", "bookmarks"];
    let exports = formats.map(|it| vec!["list", "export", "one", "--to", it, "-o", "out/page"]);
    let mut commands: Vec<Vec<&str>> = exports.to_vec();
    commands.push(vec!["list", "note", "one", "1", "call her back"]);
    commands.push(vec!["ingest", "--rebuild", "--dry-run", "--report", "out/page"]);
    let mut refused = 0;
    for blocks in [0, 1, 4, 16] {
        for args in &commands {
            let context = format!("{args:?} with {blocks} blocks");
            let ran = with_small_files(&newsroom.path(""), blocks, args);
            ran.expect_no_crash(&context);
            if ran.status == Some(2) {
                refused += 1;
                assert_eq!(
                    fs::read(newsroom.path("out/page")).expect("it is there"),
                    b"an earlier export\n",
                    "{context}"
                );
                assert_eq!(fs::read(newsroom.path("lists/one.md")).expect("it is there"), list, "{context}");
            }
            assert_eq!(names(&newsroom.path("out")), ["page"], "{context}");
            assert!(
                names(&newsroom.path("lists")).iter().all(|it| it == "one.md" || it.starts_with('.')),
                "{context}"
            );
            newsroom.write("out/page", "an earlier export\n");
            newsroom.write("lists/one.md", &list);
        }
    }
    assert!(refused > 12, "{refused} commands were refused");
}

/// Standard output onto a full disk: exit 2 and a word, never a short answer that looks whole.
#[cfg(target_os = "linux")]
#[test]
fn standard_output_onto_a_full_disk() {
    let newsroom = changed_newsroom();
    for args in [
        &["search", "harbor"][..],
        &["search", "--format", "json", "harbor"],
        &["status"],
        &["check"],
        &["speakers"],
        &["list", "export", "one", "--to", "html"],
        &["--help"],
        &["--version"],
        &["man"],
        &["completions", "bash"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let output = super::command(&newsroom.path(""), args).stdout(full).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains("full"), "{args:?}: {said}");
    }
}

/// A tmpfs that is too small for the index, where this user may mount one in a namespace.
#[cfg(target_os = "linux")]
#[test]
fn an_index_on_a_small_tmpfs() {
    let permitted = Command::new("unshare").args(["-rm", "true"]).output();
    if !permitted.is_ok_and(|it| it.status.success()) {
        skipped("mounting a tmpfs is not permitted here");
        return;
    }
    let newsroom = changed_newsroom();
    let index = newsroom.path("index");
    // A tmpfs gives space by the page of 4 KiB.
    let pages = |it: &String| index.join(it).metadata().expect("a file").len().div_ceil(4096);
    let kib: u64 = 4 * names(&index).iter().map(pages).sum::<u64>();
    copy_folder(&index, &newsroom.path("before"));
    let old = Answers::of(&newsroom);
    // In the namespace: the index on a tmpfs, an ingest, and the index copied out for a look.
    let script = r#"
        mount -t tmpfs -o size="$1"k tmpfs index && cp -p before/* before/.m* index/ || exit 99
        "$0" ingest -q; status=$?
        mkdir after && cp -p index/* index/.m* after/
        exit $status"#;
    let mut refused = 0;
    for free in [8, 32, 64, 128, 4096] {
        let _ = fs::remove_dir_all(newsroom.path("after"));
        let mut command = Command::new("unshare");
        command.args(["-rm", "sh", "-c", script, env!("CARGO_BIN_EXE_morgue")]);
        command.arg((kib + free).to_string()).current_dir(newsroom.path(""));
        let ran = finish(command, "an ingest on a tmpfs");
        assert_ne!(ran.status, Some(99), "{}", ran.said());
        ran.expect_no_crash("an ingest on a tmpfs");
        copy_folder(&newsroom.path("after"), &index);
        if ran.status == Some(2) {
            refused += 1;
            assert!(ran.said().contains("full"), "{free} KiB free: {}", ran.said());
            assert!(
                Answers::of(&newsroom).same_answers(&old),
                "{free} KiB free: the old index answers as before"
            );
        }
        let check = attack(&newsroom.path(""), &["check"]);
        assert_eq!(check.status, Some(0), "{free} KiB free: {}", check.said());
        newsroom.run(["ingest", "-q"]).expect_status(0);
        assert_eq!(unnamed_files(&index), Vec::<String>::new(), "{free} KiB free");
        assert_eq!(Answers::of(&newsroom), Answers::of(&fresh_build(&newsroom)), "{free} KiB free");
    }
    assert!(refused > 0, "no ingest was refused");
}

#[cfg(target_os = "linux")]
#[expect(clippy::print_stderr, reason = "a test that proves nothing says so")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}
