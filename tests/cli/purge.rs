//! What is left of articles that were removed.

use std::fs;

use crate::support::Newsroom;

/// The names of the files in the index.
fn index_files(newsroom: &Newsroom) -> Vec<String> {
    let entries = fs::read_dir(newsroom.path("index")).expect("an index");
    entries.map(|it| it.expect("an entry").file_name().into_string().expect("UTF-8")).collect()
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
