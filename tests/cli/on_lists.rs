//! Searching what stands on reading lists: by list, by tag, by note.

use crate::support::Newsroom;

fn newsroom() -> Newsroom {
    let newsroom = Newsroom::new()
        .article("sluice.txt", "Sluice opened\n\nThe sluice at Orle was opened at dawn.\n")
        .article("moved/ferry.txt", "Ferry late\n\nThe ferry waited for the sluice.\n")
        .article("mill.txt", "Mill sold\n\nThe mill beside the sluice was sold.\n")
        .ingested();
    newsroom
        .run(["list", "new", "water-works", "sluice AND dawn", "--title", "Water and works"])
        .expect_status(0);
    newsroom.run(["list", "add", "water-works", "corpus/moved/ferry.txt"]).expect_status(0);
    newsroom.run(["list", "new", "mills"]).expect_status(0);
    newsroom.run(["list", "add", "mills", "corpus/mill.txt"]).expect_status(0);
    newsroom.run(["list", "tag", "water-works", "1", "urgent"]).expect_status(0);
    newsroom.run(["list", "note", "mills", "1", "Calls the owner a liar, twice."]).expect_status(0);
    newsroom
}

fn paths(newsroom: &Newsroom, query: &str) -> Vec<String> {
    let hits = newsroom.run(["search", query, "--group", "article", "--format", "jsonl"]).json_lines();
    let mut paths: Vec<String> = hits.iter().map(|it| it["path"].as_str().unwrap().to_owned()).collect();
    paths.sort();
    paths
}

#[test]
fn lists_tags_and_notes_are_fields() {
    let newsroom = newsroom();
    let (sluice, ferry, mill) = ("corpus/sluice.txt", "corpus/moved/ferry.txt", "corpus/mill.txt");
    for (query, expected) in [
        ("sluice list:water-works", vec![ferry, sluice]),
        // The title of the list, a part of its name.
        ("sluice list:\"water and works\"", vec![ferry, sluice]),
        ("list:mills", vec![mill]),
        ("sluice -list:works", vec![mill]),
        ("sluice (list:mills OR tag:urgent)", vec![mill, sluice]),
        ("tag:urgent", vec![sluice]),
        // Notes are running text.
        ("note:owners", vec![mill]),
        ("note:(liar AND twice) sluice", vec![mill]),
        ("note:ferry", vec![]),
    ] {
        assert_eq!(paths(&newsroom, query), expected, "{query}");
    }
    let ran = newsroom.run(["search", "sluice list:watter"]);
    assert!(ran.stderr.contains("the lists are mills, water-works"), "{}", ran.stderr);
    let ran = newsroom.run(["explain", "tag:urgent"]);
    assert!(ran.found().contains("among the tags of the article on a reading list"), "{}", ran.stdout);
}

#[test]
fn an_entry_is_found_where_its_file_was_moved_to() {
    let newsroom = newsroom();
    std::fs::rename(newsroom.path("corpus/sluice.txt"), newsroom.path("corpus/moved/sluice.txt")).unwrap();
    newsroom.run(["ingest"]).expect_status(0);
    assert_eq!(paths(&newsroom, "tag:urgent"), ["corpus/moved/sluice.txt"]);
}

#[test]
fn an_entry_made_by_hand_is_found_by_its_link() {
    let newsroom = newsroom();
    newsroom.write(
        "lists/desk.md",
        "## [The mill](../corpus/mill.txt)\n- tags: owner\n\nAsk the miller.\n\n## [A page](https://mill.example/1)\n\n\
         ## [Gone](../corpus/gone.txt)\n",
    );
    for query in ["list:desk", "tag:owner", "note:miller"] {
        assert_eq!(paths(&newsroom, query), ["corpus/mill.txt"], "{query}");
    }
}

#[test]
fn a_list_that_cannot_be_read_is_named() {
    let newsroom = newsroom();
    newsroom.write("lists/broken.md", "## [a](b)\n- state: later\n");
    let ran = newsroom.run(["search", "sluice", "list:mills"]);
    assert!(ran.found().contains("corpus/mill.txt"), "{}", ran.stdout);
    assert!(ran.stderr.contains("broken"), "{}", ran.stderr);
    // What is on it is not known, so there may be something.
    for command in [&["search"][..], &["facets", "source"], &["search", "--format", "csv"]] {
        let ran = newsroom.run(command.iter().copied().chain(["list:broken"]));
        assert!(ran.expect_status(2).stderr.contains("lists/broken.md:"), "{}", ran.stderr);
    }
    newsroom.run(["search", "zeppelin", "list:mills"]).expect_status(2);
    // Who does not ask for lists does not hear of them.
    assert!(!newsroom.run(["search", "sluice"]).stderr.contains("broken"));
}
