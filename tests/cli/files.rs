//! Files that cannot be read or written: named in plain words, with what to do; nobody waits for
//! them, and what was there before stays.

use crate::support::{Newsroom, Ran};

const STORY: &str = "Ferry delayed\n\nThe evening ferry left two hours late, Ada Lund said.\n";

fn newsroom() -> Newsroom {
    Newsroom::new().article("ferry.txt", STORY).settings("").ingested()
}

/// Fails the test when the run does not end so, does not say the words, or says a number of the
/// system.
#[track_caller]
fn expect(ran: &Ran, status: i32, words: &str) {
    let said = &ran.expect_status(status).stderr;
    assert!(said.contains(words), "no `{words}` in: {said}");
    assert!(!said.contains("os error"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_cannot_be_written_are_an_error() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "harbour", "ferry"]).expect_status(0);
    for command in [
        "--help",
        "--version",
        "help search",
        "search --help",
        "man",
        "completions bash",
        "search ferry",
        "speakers",
        "search ferry --format csv",
        "search ferry --format json",
        "list",
        "list show harbour",
        "status",
        "check",
        "list export harbour --to html",
        "list export harbour --to html -o /dev/stdout",
        "extract corpus/ferry.txt",
    ] {
        let ran = shell_in(&newsroom, &format!("'{}' {command} >/dev/full", env!("CARGO_BIN_EXE_morgue")));
        expect(&ran, 2, "the disk is full");
        // A reader that has enough is no error.
        let closed = format!("'{}' {command} | true; exit ${{PIPESTATUS[0]}}", env!("CARGO_BIN_EXE_morgue"));
        shell_in(&newsroom, &closed).expect_status(0);
    }
}

#[test]
fn what_is_wrong_with_arguments_is_colored_as_the_results_are() {
    let newsroom = newsroom();
    for (args, colored) in [
        (&["--color", "never", "nosuch"][..], false),
        (&["nosuch", "--color=never"], false),
        (&["search", "--nosuch", "--color=never"], false),
        (&["search", "--nosuch"], false),
        (&["search", "--nosuch", "--color", "always"], true),
        (&["--color=always", "search", "--format", "nosuch", "ferry"], true),
        (&["--color=always", "search", "--format", "\u{1b}[2J", "ferry"], false),
        (&["--color=nosuch", "search", "ferry"], false),
        (&["--nosuch", "--", "--color=always"], false),
    ] {
        let ran = newsroom.run(args.iter().copied());
        ran.expect_status(2);
        assert_eq!(ran.stderr.contains('\u{1b}'), colored, "{args:?}: {:?}", ran.stderr);
        assert!(ran.stderr.contains("error"), "{args:?}: {:?}", ran.stderr);
    }
    for (args, colored) in [(["--help", "--color=never"], false), (["--color=always", "--help"], true)] {
        assert_eq!(newsroom.run(args).found().contains('\u{1b}'), colored, "{args:?}");
    }
}

/// Runs a script of bash in the archive's folder.
#[cfg(unix)]
fn shell_in(newsroom: &Newsroom, script: &str) -> Ran {
    let ran = std::process::Command::new("bash")
        .args(["-c", script])
        .current_dir(newsroom.path(""))
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { status: ran.status.code(), stdout: text(ran.stdout), stderr: text(ran.stderr) }
}
