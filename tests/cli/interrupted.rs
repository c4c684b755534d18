//! A killed ingest loses at most what it had not committed, and the next run picks up.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use crate::support::Newsroom;

#[test]
fn a_kill_leaves_whole_commits_and_the_next_run_ends_the_same() {
    let story = |n: usize| {
        format!(
            "Story {n}\n\nThe council met for the {n}th time.\n\n“We will meet again,” Rosa Lund, the mayor, said.\n"
        )
    };
    let mut newsroom = Newsroom::new();
    for n in 0..300 {
        newsroom = newsroom.article(&format!("{n:03}.txt"), story(n));
    }
    for round in 0..12 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_morgue"))
            .args(["ingest", "--quiet", "--rebuild"])
            .current_dir(newsroom.path(""))
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        std::thread::sleep(Duration::from_millis(round * 15));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        if newsroom.path("index/meta.json").is_file() {
            // Whatever was committed is whole; a first ingest may not have come to that.
            let check = newsroom.run(["check"]);
            assert!(
                check.status == Some(0) || check.stderr.contains("there is no index"),
                "{}",
                check.stderr
            );
        }
    }
    newsroom.run(["ingest"]).expect_status(0);
    newsroom.run(["check"]).expect_status(0);
    let status = newsroom.run(["status"]);
    assert!(status.found().contains("300 articles"), "{}", status.stdout);
    assert_eq!(newsroom.run(["quotes", "lund", "--format", "jsonl"]).json_lines().len(), 300);
}
