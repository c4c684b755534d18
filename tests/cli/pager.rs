//! Results on a terminal go through a pager, as git has it; elsewhere they do not.
#![cfg(unix)]

use std::{
    fs::{File, OpenOptions},
    io::Read as _,
    os::fd::OwnedFd,
    os::unix::fs::OpenOptionsExt as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use rustix::{
    fs::OFlags,
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
};

use crate::support::Newsroom;

const STORY: &str =
    "Ferry back\n\nThe ferry is back.\n\nThe ferry left at noon.\n\nNo ferry leaves at night.\n";

fn newsroom() -> Newsroom {
    Newsroom::new().article("ferry.txt", STORY).ingested()
}

/// A pseudo-terminal: what is read of it, and the side that a program takes for its terminal.
fn terminal() -> (OwnedFd, File) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&master).expect("a terminal");
    unlockpt(&master).expect("a terminal");
    let name = ptsname(&master, Vec::new()).expect("its name").into_string().expect("a path");
    // The tests' own process does not take it for its terminal.
    let flags = OFlags::NOCTTY.bits().cast_signed();
    let side = OpenOptions::new().read(true).write(true).custom_flags(flags).open(PathBuf::from(name));
    (master, side.expect("its other side"))
}

/// Runs `morgue` with standard output and standard error on a terminal; gives its status and what
/// the terminal shows.
fn on_terminal(newsroom: &Newsroom, args: &str, pager: &[(&str, &str)]) -> (Option<i32>, String) {
    let (master, side) = terminal();
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.args(args.split(' ')).current_dir(newsroom.path("")).env("TERM", "xterm");
    for name in ["NO_COLOR", "MORGUE_PAGER", "PAGER", "LESS"] {
        command.env_remove(name);
    }
    command.envs(pager.iter().copied());
    command.stdin(Stdio::null()).stdout(side.try_clone().unwrap()).stderr(side);
    let mut child = command.spawn().expect("the binary runs");
    // The command holds the terminal open as well.
    drop(command);
    let (mut shown, mut piece) = (Vec::new(), [0; 4096]);
    let mut screen = File::from(master);
    // The system says that the other side is closed by an error.
    while let Ok(n @ 1..) = screen.read(&mut piece) {
        shown.extend_from_slice(&piece[..n]);
    }
    let status = child.wait().expect("the binary ends");
    (status.code(), String::from_utf8(shown).expect("UTF-8").replace("\r\n", "\n"))
}

const MARKING: (&str, &str) = ("MORGUE_PAGER", "sed s/^/paged:/");

#[test]
fn results_on_a_terminal_are_paged_with_their_colors_and_notes() {
    let newsroom = newsroom();
    let (status, shown) = on_terminal(&newsroom, "search ferry", &[MARKING]);
    assert_eq!(status, Some(0), "{shown}");
    assert!(shown.lines().all(|it| it.starts_with("paged:")), "{shown}");
    assert!(shown.contains("\u{1b}[") && shown.contains("paged:4 passages"), "{shown}");
    let (status, shown) = on_terminal(&newsroom, "search zeppelin", &[MARKING]);
    assert_eq!(status, Some(1), "what finds nothing has its status: {shown}");
    for args in ["show corpus/ferry.txt", "facets year", "explain ferry", "extract corpus/ferry.txt"] {
        let shown = on_terminal(&newsroom, args, &[MARKING]).1;
        assert!(shown.contains("paged:"), "{args}: {shown}");
    }
}

#[test]
fn the_environment_and_a_flag_say_which_pager_and_whether() {
    let newsroom = newsroom();
    let plain = on_terminal(&newsroom, "search ferry --no-pager", &[MARKING]);
    assert!(
        plain.0 == Some(0) && plain.1.contains("4 passages") && !plain.1.contains("paged"),
        "{}",
        plain.1
    );
    for none in ["", "cat", "no-such-pager --at-all"] {
        let shown = on_terminal(&newsroom, "search ferry", &[("MORGUE_PAGER", none), ("PAGER", MARKING.1)]);
        assert_eq!(shown, plain, "`{none}`");
    }
    let (_, shown) = on_terminal(&newsroom, "search ferry", &[("PAGER", "sed 's/^/paged:/' | cat")]);
    assert!(shown.starts_with("paged:"), "{shown}");
    // Less ends by itself if all fits on the screen, and where there is none, nothing is paged.
    let (status, shown) = on_terminal(&newsroom, "search ferry", &[]);
    assert!(status == Some(0) && shown.contains("4 passages"), "{shown}");
}

#[test]
fn to_leave_the_pager_is_success() {
    let stories =
        (0..2_000).map(|n| format!("{{\"title\": \"Ferry {n}\", \"text\": \"The ferry left.\"}}\n"));
    let newsroom = Newsroom::new().article("all.jsonl", stories.collect::<String>()).ingested();
    let (status, shown) = on_terminal(&newsroom, "search ferry -n 2000", &[("PAGER", "head -n 2")]);
    assert_eq!((status, shown.lines().count()), (Some(0), 2), "{shown}");
}

#[test]
fn what_changes_something_or_goes_elsewhere_is_not_paged() {
    let newsroom = newsroom();
    for args in ["ingest --rebuild", "list new ferries ferry", "list mark ferries read 1", "status", "check"]
    {
        let (status, shown) = on_terminal(&newsroom, args, &[MARKING]);
        assert!(status == Some(0) && !shown.contains("paged"), "{args}: {shown}");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.args(["search", "ferry"]).current_dir(newsroom.path("")).envs([MARKING]);
    let piped = command.output().expect("the binary runs");
    assert!(!String::from_utf8_lossy(&piped.stdout).contains("paged"));
}
