//! Files in an index that no segment of its last commit names: `check` says so, and the next ingest
//! removes them.

use std::fs;

use crate::support::Newsroom;

use super::{Answers, Random, attack, copy_folder, fresh_build, names, news, unnamed_files};

/// An archive whose corpus has changed since its ingest, and the name of the file of deletes that
/// the next ingest writes.
fn about_to_delete() -> (Newsroom, String) {
    let newsroom = Newsroom::new();
    news::corpus(&newsroom, 20, &mut Random::new(3));
    let newsroom = newsroom.ingested();
    newsroom.write("corpus/desk-0/000.txt", "The harbor\n\nThe harbor was measured once more.\n");
    fs::remove_file(newsroom.path("corpus/desk-1/001.txt")).expect("removed");
    // The name is the same each time: it is made of the segment and the count of operations.
    let (index, before) = (newsroom.path("index"), newsroom.path("before"));
    copy_folder(&index, &before);
    newsroom.run(["ingest", "-q", "--jobs", "1"]).expect_status(0);
    let deletes = names(&index).into_iter().find(|it| it.ends_with(".del"));
    copy_folder(&before, &index);
    (newsroom, deletes.expect("a file of deletes"))
}

#[test]
fn what_a_kill_left_is_named_and_removed() {
    for content in [&b""[..], b"half of a file"] {
        let (newsroom, deletes) = about_to_delete();
        let index = newsroom.path("index");
        let segment = names(&index).into_iter().find(|it| it.ends_with(".store")).expect("a store");
        let left = [
            deletes,
            ".tmpAb3xYz".to_owned(),
            "0123456789abcdef0123456789abcdef.store".to_owned(),
            "0123456789abcdef0123456789abcdef.17.del".to_owned(),
            segment.replace(".store", ".99999.del"),
        ];
        let before = Answers::of(&newsroom);
        for name in &left {
            fs::write(index.join(name), content).expect("written");
        }
        let check = attack(&newsroom.path(""), &["check"]);
        assert_eq!(check.status, Some(0), "{}", check.said());
        let said = [check.stdout, check.stderr].concat();
        let said = String::from_utf8(said).expect("UTF-8");
        assert!(said.contains("next ingest"), "{said}");
        assert_eq!(unnamed_files(&index).len(), left.len(), "`check` removes nothing");
        assert!(before.same_answers(&Answers::of(&newsroom)));

        newsroom.run(["ingest", "-q", "--jobs", "1"]).expect_status(0);
        assert_eq!(unnamed_files(&index), Vec::<String>::new());
        assert_eq!(Answers::of(&newsroom), Answers::of(&fresh_build(&newsroom)));
        newsroom.run(["check"]).expect_status(0);
    }
}

/// A kill after the commit leaves files, too, and then the next ingest has nothing else to do.
#[test]
fn an_ingest_that_finds_nothing_changed_removes_them_too() {
    let newsroom = Newsroom::new();
    news::corpus(&newsroom, 5, &mut Random::new(4));
    let newsroom = newsroom.ingested();
    newsroom.write("index/.tmpAb3xYz", "half of a file");
    newsroom.write("index/0123456789abcdef0123456789abcdef.store", "half of a file");
    newsroom.run(["ingest", "-q"]).expect_status(0);
    assert_eq!(unnamed_files(&newsroom.path("index")), Vec::<String>::new());
    newsroom.run(["check"]).expect_status(0);
}

/// What is no file of an index is the user's: no ingest removes it.
#[test]
fn a_file_of_the_user_in_the_index_stays() {
    let newsroom = Newsroom::new();
    news::corpus(&newsroom, 5, &mut Random::new(4));
    let newsroom = newsroom.ingested();
    newsroom.write("index/notes.txt", "mine");
    newsroom.write("corpus/desk-2/later.txt", "The bridge\n\nThe bridge was opened at last.\n");
    for args in [&["ingest", "-q"][..], &["ingest", "-q", "--rebuild"], &["check"]] {
        newsroom.run(args.iter().copied()).expect_status(0);
        assert_eq!(fs::read(newsroom.path("index/notes.txt")).expect("it is there"), b"mine", "{args:?}");
    }
}
