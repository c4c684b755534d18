//! A killed ingest loses at most what it had not committed, and the next run picks up.

use std::{
    fs,
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

/// The names of the files in the index.
fn index_files(newsroom: &Newsroom) -> Vec<String> {
    let entries = fs::read_dir(newsroom.path("index")).expect("an index");
    entries.map(|it| it.expect("an entry").file_name().into_string().expect("UTF-8")).collect()
}

#[test]
fn what_a_killed_run_left_is_named_and_stands_in_no_way() {
    let story = |end: &str| format!("Ferry back\n\nThe ferry is back in service since noon.\n\n{end}\n");
    let newsroom = Newsroom::new()
        .article("a.txt", story("Nobody knows for how long."))
        .article("b.txt", story("The crew is glad."))
        .ingested();
    let meta: serde_json::Value =
        serde_json::from_slice(&fs::read(newsroom.path("index/meta.json")).expect("it is there"))
            .expect("JSON");
    let segment = meta["segments"][0]["segment_id"].as_str().expect("an id").replace('-', "");
    let commit = meta["opstamp"].as_u64().expect("a number");
    // A run that is killed after it wrote the deletes of a segment and before it committed them, and
    // the file that was to become the next commit.
    for next in commit..commit + 200 {
        newsroom.write(&format!("index/{segment}.{next}.del"), "deletes");
    }
    newsroom.write("index/.tmpQ1w2E3", "{");
    let check = newsroom.run(["check"]);
    assert!(check.found().starts_with("sound: 2 articles"), "{}", check.stdout);
    assert!(check.stderr.contains("201 files of a run that was stopped; the next ingest removes them"));
    newsroom.write("corpus/a.txt", story("Nobody asked for how long."));
    newsroom.run(["ingest"]).expect_status(0);
    newsroom.run(["search", "asked"]).expect_status(0);
    newsroom.run(["search", "knows"]).expect_status(1);
    let names = index_files(&newsroom);
    assert!(
        names.iter().filter(|it| it.ends_with(".del") || it.starts_with(".tmp")).count() <= 1,
        "{names:?}"
    );
    assert_eq!(newsroom.run(["check"]).stderr, "");
}

/// Whether the bytes stand anywhere in the files of the index, small letters or not.
fn index_has(newsroom: &Newsroom, word: &str) -> bool {
    index_files(newsroom).iter().any(|name| {
        let bytes = fs::read(newsroom.path("index").join(name)).expect("a file of the index");
        bytes.to_ascii_lowercase().windows(word.len()).any(|it| it == word.as_bytes())
    })
}

#[test]
fn after_a_purge_no_word_of_a_removed_article_is_in_the_index() {
    let other = |n: usize| format!("Council {n}\n\nThe council met for the {n}th time, said Rosa Lund.\n");
    let mut newsroom = Newsroom::new();
    for n in 0..30 {
        newsroom = newsroom.article(&format!("{n}.txt"), other(n));
    }
    let withdrawn = "---\ntitle: Qozverrin leaves\nsource: Wexalmipost\nauthor: Udrefanta Moll\n---\n\n\
                     “I leave at zymbrokant,” said Tavrelion Qust, the quibbonerk of Lomfratta.\n";
    let newsroom = newsroom.article("withdrawn.md", withdrawn).ingested();
    // A word of the text, the speaker, the role, the source, the author, the path.
    let words =
        ["qozverrin", "zymbrokant", "tavrelion", "quibbonerk", "wexalmipost", "udrefanta", "withdrawn"];
    for word in words {
        assert!(index_has(&newsroom, word), "{word} was not there to begin with");
    }
    fs::remove_file(newsroom.path("corpus/withdrawn.md")).expect("it was there");
    newsroom.run(["ingest"]).expect_status(0);
    newsroom.run(["search", "zymbrokant"]).expect_status(1);
    assert!(index_has(&newsroom, "zymbrokant"), "a removal alone leaves it in the files");
    newsroom.run(["ingest", "--purge"]).expect_status(0);
    for word in words {
        assert!(!index_has(&newsroom, word), "{word} is still there");
    }
    newsroom.run(["check"]).expect_status(0);
    let left = newsroom.run(["search", "council met", "--limit", "100", "--no-fold", "--format", "jsonl"]);
    assert_eq!(left.json_lines().len(), 30);
}
