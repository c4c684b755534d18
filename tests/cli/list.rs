//! Reading lists: made, changed by command and by hand, kept fresh, never lost.

use std::{
    fs,
    process::{Command, Stdio},
    time::Duration,
};

use crate::support::{Newsroom, Ran};

const PLAN: &str = "Harbour plan passes\n\nThe council agreed to dredge the harbour.\n\n\
    “The harbour will be dredged,” Home Minister Rosa Lund told the council.\n";

fn newsroom() -> Newsroom {
    Newsroom::new()
        .settings("[[template]]\npath = \"{source}/{date}.txt\"\n")
        .article("Post/2019-01-02.txt", PLAN)
        .article("Courier/2019-01-03.txt", PLAN)
        .article("Post/2019-02-01.txt", "Harbour costs rise\n\nThe harbour costs twice what was planned.\n\nNobody on the council could say why the dredging had become so dear within a single month of talks.\n")
        .article(
            "Ledger/2020-05-05.txt",
            "Herring return\n\nHerring are back in the harbour, fishermen said.\n\nThey had been away for nine years, and nobody had expected to see them again before the works end.\n",
        )
        .article("Ledger/2020-06-06.txt", "Choir wins\n\nThe choir of the quay won a prize.\n\nIt sang of fish and of the men who go out for them at night, and the hall stood up to applaud it.\n")
        .ingested()
}

fn list(newsroom: &Newsroom, args: &[&str]) -> Ran {
    newsroom.run(["list"].into_iter().chain(args.iter().copied()))
}

fn text(newsroom: &Newsroom) -> String {
    fs::read_to_string(newsroom.path("lists/harbour.md")).unwrap()
}

/// The titles of the entries, in order.
fn titles(newsroom: &Newsroom) -> Vec<String> {
    let rows = list(newsroom, &["show", "harbour", "--format", "jsonl"]).json_lines();
    rows.iter().map(|it| it["headline"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_list_is_a_markdown_file_with_what_the_query_found() {
    let newsroom = newsroom();
    let ran = list(&newsroom, &["new", "harbour", "harbour", "--order", "date", "--title", "The harbour"]);
    assert!(ran.expect_status(0).stderr.contains("3 entries"), "{}", ran.stderr);
    let text = text(&newsroom);
    let today = jiff::Zoned::now().date().to_string();
    insta::assert_snapshot!(text.replace(&today, "TODAY"));
    let ran = list(&newsroom, &["new", "harbour"]);
    assert!(ran.expect_status(2).stderr.contains("already"), "{}", ran.stderr);
}

#[test]
fn what_people_see_of_lists() {
    let newsroom = newsroom();
    list(&newsroom, &["new", "harbour", "harbour", "--order", "date"]).expect_status(0);
    list(&newsroom, &["note", "harbour", "2", "call her back"]).expect_status(0);
    list(&newsroom, &["mark", "harbour", "read", "1", "2"]).expect_status(0);
    list(&newsroom, &["tag", "harbour", "1", "tender", "#lund"]).expect_status(0);
    let today = jiff::Zoned::now().date().to_string();
    let shown = list(&newsroom, &["show", "harbour"]);
    insta::assert_snapshot!(shown.found().replace(&today, "TODAY"));
    insta::assert_snapshot!(list(&newsroom, &[]).found().replace(&today, "TODAY"));
    insta::assert_snapshot!(
        list(&newsroom, &["show", "harbour", "--format", "markdown"]).found().replace(&today, "TODAY")
    );
}

#[test]
fn commands_change_entries_named_by_number_id_or_path() {
    let newsroom = newsroom();
    list(&newsroom, &["new", "harbour"]).expect_status(0);
    list(&newsroom, &["add", "harbour", "corpus/Post/2019-02-01.txt", "corpus/Ledger/2020-05-05.txt#1"])
        .expect_status(0);
    let ran = list(&newsroom, &["add", "harbour", "--query", "dredged"]);
    assert!(ran.stderr.contains("1 entry added"), "{}", ran.stderr);
    assert_eq!(titles(&newsroom), ["Harbour costs rise", "Herring return", "Harbour plan passes"]);
    assert!(text(&newsroom).contains("> Herring are back in the harbour, fishermen said."));
    assert!(
        text(&newsroom).contains("also: [Post, 2019-01-02]")
            || text(&newsroom).contains("also: [Courier, 2019-01-03]")
    );

    list(&newsroom, &["move", "harbour", "3", "1"]).expect_status(0);
    list(&newsroom, &["note", "harbour", "corpus/Post/2019-02-01.txt", "first"]).expect_status(0);
    list(&newsroom, &["note", "harbour", "2", "second"]).expect_status(0);
    assert!(text(&newsroom).contains("\nfirst\n\nsecond\n"), "{}", text(&newsroom));
    list(&newsroom, &["note", "harbour", "2", "third", "--replace"]).expect_status(0);
    assert!(!text(&newsroom).contains("first") && text(&newsroom).contains("\nthird\n"));
    list(&newsroom, &["tag", "harbour", "2", "a", "b"]).expect_status(0);
    list(&newsroom, &["tag", "harbour", "2", "a", "--remove"]).expect_status(0);
    assert!(text(&newsroom).contains("- tags: b\n"));
    list(&newsroom, &["sort", "harbour", "date"]).expect_status(0);
    assert_eq!(titles(&newsroom), ["Harbour plan passes", "Harbour costs rise", "Herring return"]);
    list(&newsroom, &["sort", "harbour", "story"]).expect_status(0);
    list(&newsroom, &["remove", "harbour", "2", "3"]).expect_status(0);
    assert_eq!(titles(&newsroom), ["Harbour plan passes"]);

    let before = text(&newsroom);
    for (args, words) in [
        (&["note", "harbour", "99", "x"][..], "no entry `99`"),
        (&["add", "harbour", "nowhere.txt"], "no article `nowhere.txt`"),
        (&["add", "harbour", "corpus/Post/2019-02-01.txt#77"], "passages 0 to 2"),
        (&["show", "other"], "no list `other`"),
        (&["new", "../evil"], "cannot be the name"),
        (&["sort", "harbour", "relevance"], "no saved query"),
        (&["new", "bad", "hedline:x"], "no field"),
    ] {
        let ran = list(&newsroom, args);
        ran.expect_status(2);
        assert!(ran.stderr.contains(words), "{args:?}: {}", ran.stderr);
    }
    assert_eq!(text(&newsroom), before);
    assert!(!newsroom.path("lists/bad.md").exists());
}

#[test]
fn a_search_adds_its_hits() {
    let newsroom = newsroom();
    newsroom.run(["search", "herring", "--add-to", "harbour"]).expect_status(2);
    list(&newsroom, &["new", "harbour"]).expect_status(0);
    let ran = newsroom.run(["search", "herring", "--add-to", "harbour"]);
    assert!(ran.expect_status(0).stderr.contains("1 entry added"), "{}", ran.stderr);
    let ran = newsroom.run(["search", "herring", "--add-to", "harbour"]);
    assert!(ran.stderr.contains("1 there already"), "{}", ran.stderr);
    assert_eq!(titles(&newsroom), ["Herring return"]);
}

#[test]
fn a_refresh_offers_what_is_new_and_never_what_was_removed() {
    let newsroom = newsroom();
    list(&newsroom, &["new", "harbour", "harbour", "--order", "date"]).expect_status(0);
    list(&newsroom, &["remove", "harbour", "2"]).expect_status(0);
    newsroom.write(
        "corpus/Post/2021-01-01.txt",
        "Harbour sold\n\nThe harbour was sold for one crown.\n\nThe buyer was not named, and the council refused to say who had signed for the town in that week.\n",
    );
    newsroom.write("corpus/Echo/2019-01-04.txt", PLAN);
    newsroom.run(["ingest"]).expect_status(0);

    let before = text(&newsroom);
    let ran = list(&newsroom, &["refresh", "harbour", "--dry-run"]);
    assert!(ran.found().contains("new  Harbour sold"), "{}", ran.stdout);
    assert_eq!(text(&newsroom), before);

    let ran = list(&newsroom, &["refresh", "--all"]);
    assert!(ran.expect_status(0).stderr.contains("harbour: 1 new, 1 other version"), "{}", ran.stderr);
    assert_eq!(titles(&newsroom), ["Harbour plan passes", "Herring return", "Harbour sold"]);
    let after = text(&newsroom);
    assert!(after.contains("also: [Echo, 2019-01-04]") && after.contains("- new: "), "{after}");
    let ran = list(&newsroom, &["refresh", "harbour"]);
    assert!(ran.stderr.contains("harbour: 0 new\n"), "{}", ran.stderr);
    assert_eq!(text(&newsroom), after);
    list(&newsroom, &["mark", "harbour", "reading", "3"]).expect_status(0);
    assert!(!text(&newsroom).contains("- new: "), "somebody dealt with it");
}

#[test]
fn a_removed_article_stays_out_when_its_words_are_corrected() {
    let newsroom = newsroom();
    list(&newsroom, &["new", "harbour", "harbour", "--order", "date"]).expect_status(0);
    list(&newsroom, &["remove", "harbour", "2"]).expect_status(0);
    newsroom.write(
        "corpus/Post/2019-02-01.txt",
        "Harbour costs rise\n\nThe harbour costs thrice what was planned, the council now says.\n\nA correction: an earlier version had another sum, and named a council that has nothing to do with the works.\n",
    );
    newsroom.run(["ingest"]).expect_status(0);
    let ran = list(&newsroom, &["refresh", "harbour"]);
    assert!(ran.expect_status(0).stderr.contains("harbour: 0 new"), "{}", ran.stderr);

    // Headline and words: its file tells.
    let corrected = "Harbour is no dearer\n\nThe council withdrew what it had said of the harbour, word for word.\n\nIt now says that nothing was ever known of the sum, and that nobody asked for it.\n";
    newsroom.write("corpus/Post/2019-02-01.txt", corrected);
    newsroom.run(["ingest"]).expect_status(0);
    let ran = list(&newsroom, &["refresh", "harbour"]);
    assert!(ran.expect_status(0).stderr.contains("harbour: 0 new"), "{}", ran.stderr);
}

#[test]
fn an_article_in_the_place_of_one_that_was_removed_and_moved_is_news() {
    let newsroom = newsroom();
    list(&newsroom, &["new", "harbour", "harbour", "--order", "date"]).expect_status(0);
    list(&newsroom, &["remove", "harbour", "2"]).expect_status(0);
    fs::rename(newsroom.path("corpus/Post/2019-02-01.txt"), newsroom.path("corpus/Post/2019-02-01b.txt"))
        .unwrap();
    newsroom.write(
        "corpus/Post/2019-02-01.txt",
        "Harbour master resigns\n\nThe harbour master resigned on Friday after twelve years.\n\nHe gave no reason, and the council said that it would look for somebody else by the summer.\n",
    );
    newsroom.run(["ingest"]).expect_status(0);
    let ran = list(&newsroom, &["refresh", "harbour"]);
    assert!(ran.found().contains("new  Harbour master resigns"), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains("harbour: 1 new"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_list_whole() {
    let newsroom = newsroom();
    list(&newsroom, &["new", "harbour", "harbour"]).expect_status(0);
    list(&newsroom, &["note", "harbour", "1", &"words ".repeat(9_000)]).expect_status(0);
    let before = text(&newsroom);
    // A write that ends in the middle: as an error, as on a full disk, and as the end of the
    // process.
    for (signal, status) in [("trap '' XFSZ;", Some(2)), ("", None)] {
        let script = format!("{signal} ulimit -f 20; exec \"$0\" list note harbour 1 x");
        let ran = Command::new("bash")
            .args(["-c", &script, env!("CARGO_BIN_EXE_morgue")])
            .current_dir(newsroom.path(""))
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), status, "{ran:?}");
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(
            status.is_none()
                || said.contains("cannot write lists/harbour.md: a file may not be that large here")
                    && said.contains("; the earlier file is as it was"),
            "{said}"
        );
        assert_eq!(text(&newsroom), before);
    }
    list(&newsroom, &["note", "harbour", "1", "after all"]).expect_status(0);
    let left: Vec<_> =
        fs::read_dir(newsroom.path("lists")).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "the list and its lock: {left:?}");
}

#[test]
fn what_was_left_out_for_its_number_is_no_news() {
    let newsroom = newsroom();
    let ran = list(&newsroom, &["new", "harbour", "harbour", "--max", "1"]);
    assert!(ran.stderr.contains("2 more found, and left out"), "{}", ran.stderr);
    let ran = list(&newsroom, &["refresh", "harbour"]);
    assert!(ran.stderr.contains("harbour: 0 new\n"), "{}", ran.stderr);
    list(&newsroom, &["new", "each", "harbour", "--per-source", "1"]).expect_status(0);
    let rows = list(&newsroom, &["show", "each", "--format", "jsonl"]).json_lines();
    let mut sources: Vec<&str> = rows.iter().map(|it| it["source"].as_str().unwrap()).collect();
    let n = sources.len();
    sources.dedup();
    assert_eq!(sources.len(), n, "{sources:?}");
}

#[test]
fn a_moved_article_is_found_again_and_a_vanished_one_kept() {
    let newsroom = newsroom();
    list(&newsroom, &["new", "harbour", "herring OR costs", "--order", "date"]).expect_status(0);
    fs::create_dir(newsroom.path("corpus/Moved")).unwrap();
    fs::rename(newsroom.path("corpus/Ledger/2020-05-05.txt"), newsroom.path("corpus/Moved/2020-05-05.txt"))
        .unwrap();
    fs::remove_file(newsroom.path("corpus/Post/2019-02-01.txt")).unwrap();
    newsroom.run(["ingest"]).expect_status(0);

    let before = text(&newsroom);
    let ran = list(&newsroom, &["show", "harbour"]);
    assert!(ran.found().contains("moved") && ran.stdout.contains("not in the archive"), "{}", ran.stdout);
    assert!(ran.stderr.contains("lists/harbour.md:"), "{}", ran.stderr);
    assert_eq!(text(&newsroom), before, "showing changes nothing");

    let ran = list(&newsroom, &["refresh", "harbour"]);
    assert!(ran.stderr.contains("0 new, 1 moved, 1 missing"), "{}", ran.stderr);
    assert!(text(&newsroom).contains("](../corpus/Moved/2020-05-05.txt)"), "{}", text(&newsroom));
    assert!(text(&newsroom).contains("- missing: "));
    assert_eq!(titles(&newsroom), ["Harbour costs rise", "Herring return"]);

    newsroom.write(
        "corpus/Post/2019-02-01.txt",
        "Harbour costs rise\n\nThe harbour costs twice what was planned.\n\nNobody on the council could say why the dredging had become so dear within a single month of talks.\n",
    );
    newsroom.run(["ingest"]).expect_status(0);
    let ran = list(&newsroom, &["refresh", "harbour"]);
    assert!(ran.stderr.contains("1 back"), "{}", ran.stderr);
    assert!(!text(&newsroom).contains("- missing: "));
}

#[test]
fn another_version_is_followed_to_where_its_file_is_moved() {
    let newsroom = newsroom();
    list(&newsroom, &["new", "harbour", "harbour", "--order", "date"]).expect_status(0);
    let id =
        |path: &str| newsroom.run(["show", path, "--format", "jsonl"]).json_lines()[0]["article"].clone();
    let rename = |from: &str, to: &str| {
        fs::create_dir_all(newsroom.path(to).parent().unwrap()).unwrap();
        fs::rename(newsroom.path(from), newsroom.path(to)).unwrap();
        newsroom.run(["ingest"]).expect_status(0);
    };
    let version = || {
        let rows = list(&newsroom, &["show", "harbour", "--format", "jsonl"]).json_lines();
        rows[0]["versions"].as_array().unwrap().clone()
    };
    let listed = text(&newsroom);
    let (first, other) = match listed.contains("also: [Courier") {
        true => ("Post/2019-01-02.txt", "Courier/2019-01-03.txt"),
        false => ("Courier/2019-01-03.txt", "Post/2019-01-02.txt"),
    };

    // At once where the list is shown or exported; in the file with the next refresh.
    rename(&format!("corpus/{other}"), "corpus/Moved/2019-01-03.txt");
    assert_eq!(version()[0]["path"], "corpus/Moved/2019-01-03.txt");
    assert_eq!(version()[0]["article"], id("corpus/Moved/2019-01-03.txt"));
    assert_eq!(text(&newsroom), listed, "showing changes nothing");
    let ran = list(&newsroom, &["refresh", "harbour"]);
    assert!(ran.stderr.contains("harbour: 0 new, 1 moved\n"), "{}", ran.stderr);
    let followed = text(&newsroom);
    assert_eq!(followed.matches("- also: ").count(), 1, "{followed}");
    let name = &other[..other.find('/').unwrap()];
    assert!(followed.contains(&format!("- also: [{name}, 2019-01-0")), "what it is called stays: {followed}");
    assert!(followed.contains("](../corpus/Moved/2019-01-03.txt) "), "{followed}");

    // An entry that moves goes where its file went, not to the other version.
    rename(&format!("corpus/{first}"), "corpus/Moved/2019-01-02.txt");
    list(&newsroom, &["refresh", "harbour"]).expect_status(0);
    assert!(text(&newsroom).contains("## [Harbour plan passes](../corpus/Moved/2019-01-02.txt)"));
    assert_eq!(version().len(), 1);

    // When its file is gone, the other version takes its place.
    fs::remove_file(newsroom.path("corpus/Moved/2019-01-02.txt")).unwrap();
    newsroom.run(["ingest"]).expect_status(0);
    list(&newsroom, &["refresh", "harbour"]).expect_status(0);
    let left = text(&newsroom);
    assert!(left.contains("## [Harbour plan passes](../corpus/Moved/2019-01-03.txt)"), "{left}");
    assert!(!left.contains("- also: "), "{left}");
}

#[test]
fn of_many_vanished_articles_the_first_are_named_and_the_rest_counted() {
    let newsroom = newsroom();
    let entry = |n: usize| format!("## [Gone {n}](../corpus/gone-{n}.txt)\n\n- id: {n:010x}-aaaaaa\n\n");
    newsroom.write("lists/gone.md", (0..3_000).map(entry).collect::<String>());
    let ran = list(&newsroom, &["show", "gone"]);
    assert!(
        ran.expect_status(0).stderr.contains("… and 2,990 more (-v names all)\n3,000 entries"),
        "{}",
        ran.stderr
    );
    assert_eq!(ran.stderr.matches("has no article").count(), 10);
    let ran = list(&newsroom, &["show", "gone", "-v"]);
    assert_eq!(ran.stderr.matches("has no article").count(), 3_000);
    let ran = list(&newsroom, &["export", "gone", "--to", "csv"]);
    assert_eq!(ran.stderr.matches("has no article").count(), 10);
}

#[test]
fn an_entry_made_by_hand_is_completed() {
    let newsroom = newsroom();
    newsroom.write(
        "lists/harbour.md",
        "My list\n\n## [Herring](../corpus/Ledger/2020-05-05.txt)\nfind the boat\n",
    );
    list(&newsroom, &["refresh", "harbour"]).expect_status(0);
    let text = text(&newsroom);
    assert!(text.contains("My list\n") && text.contains("find the boat\n"), "{text}");
    assert!(text.contains("- source: Ledger\n- date: 2020-05-05\n- id: "), "{text}");
}

#[test]
fn a_broken_list_is_named_by_line_and_left_alone() {
    let newsroom = newsroom();
    for (content, line, words) in [
        (&b"---\ntitle: x\n\n## [a](b)\n"[..], 1, "ends it"),
        (b"---\ntitle: \"x\n---\n", 2, "front matter"),
        (b"a\n<<<<<<< mine\nb\n=======\nc\n>>>>>>> theirs\n", 2, "merge"),
        (b"a\r\n<<<<<<< mine\r\nb\n", 2, "merge"),
        (b"## [a](b)\n- id: aaaaaaaaaa-bbbbbb\n## [a](b)\n- id: aaaaaaaaaa-bbbbbb\n", 3, "line 1 already"),
        (b"## [a](b)\n- id: something\n", 2, "not an article id"),
        (b"## [a](b)\n- state: later\n", 2, "no state"),
        (b"good\n\xff\xfe\n", 2, "UTF-8"),
    ] {
        newsroom.write("lists/harbour.md", content);
        for args in [
            &["note", "harbour", "1", "x"][..],
            &["mark", "harbour", "read", "1"],
            &["add", "harbour", "--query", "harbour"],
            &["refresh", "harbour"],
            &["refresh", "--all"],
            &["sort", "harbour", "date"],
            &["show", "harbour"],
            &[],
        ] {
            let ran = list(&newsroom, args);
            ran.expect_status(2);
            let place = format!("lists/harbour.md:{line}: ");
            assert!(ran.stderr.contains(&place) && ran.stderr.contains(words), "{args:?}: {}", ran.stderr);
        }
        assert_eq!(fs::read(newsroom.path("lists/harbour.md")).unwrap(), content);
    }
}

#[test]
fn line_ends_of_another_system_stay() {
    let newsroom = newsroom();
    newsroom.write(
        "lists/harbour.md",
        "---\r\ntitle: x\r\n---\r\n\r\n## [Herring](../corpus/Ledger/2020-05-05.txt)\r\n",
    );
    list(&newsroom, &["note", "harbour", "1", "one\ntwo"]).expect_status(0);
    let text = text(&newsroom);
    assert!(text.contains("one\r\ntwo\r\n"), "{text:?}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}

#[test]
fn two_processes_lose_no_edit() {
    let newsroom = newsroom();
    list(&newsroom, &["new", "harbour", "harbour"]).expect_status(0);
    let note = |n: usize| {
        Command::new(env!("CARGO_BIN_EXE_morgue"))
            .args(["list", "note", "harbour", "1", &format!("note {n} ends")])
            .current_dir(newsroom.path(""))
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut children: Vec<_> = (0..12).map(note).collect();
    children.iter_mut().for_each(|it| assert!(it.wait().unwrap().success()));
    let text = text(&newsroom);
    (0..12).for_each(|n| assert!(text.contains(&format!("note {n} ends")), "{n}: {text}"));
}

#[test]
fn a_kill_while_saving_leaves_a_whole_list() {
    let newsroom = newsroom();
    list(&newsroom, &["new", "harbour", "harbour"]).expect_status(0);
    let note = "words ".repeat(20_000);
    for round in 0..15 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_morgue"))
            .args(["list", "note", "harbour", "1", &format!("{note}END")])
            .current_dir(newsroom.path(""))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(round * 3));
        child.kill().unwrap();
        child.wait().unwrap();
        let text = text(&newsroom);
        assert_eq!(
            text.matches("words END").count() * 20_000,
            text.matches("words ").count(),
            "whole notes only"
        );
        list(&newsroom, &["show", "harbour"]).expect_status(0);
    }
    list(&newsroom, &["note", "harbour", "1", "after all"]).expect_status(0);
    assert!(text(&newsroom).contains("after all"));
    let left: Vec<_> =
        fs::read_dir(newsroom.path("lists")).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "the list and its lock: {left:?}");
}

#[test]
fn a_list_can_be_renamed_but_never_over_another() {
    let newsroom =
        Newsroom::new().article("weir.txt", "Weir opened\n\nThe weir was opened on Monday.\n").ingested();
    newsroom.run(["list", "new", "weir", "weir"]).expect_status(0);
    newsroom.run(["list", "new", "dam", "--title", "The dam"]).expect_status(0);
    newsroom.write("lists/broken.md", "---\ntitle: x\n");
    let before = fs::read_to_string(newsroom.path("lists/weir.md")).unwrap();
    for (args, words) in [
        (["weir", "dam"], "there is a list `dam` already: lists/dam.md"),
        (["weir", "broken"], "there is a list `broken` already"),
        (["weir", "weir"], "there is a list `weir` already"),
        (["wier", "other"], "there is no list `wier`"),
        (["weir", "../out"], "cannot be the name of a list"),
    ] {
        let ran = newsroom.run(["list", "rename", args[0], args[1]]);
        assert!(ran.expect_status(2).stderr.contains(words), "{}", ran.stderr);
    }
    assert_eq!(fs::read_to_string(newsroom.path("lists/weir.md")).unwrap(), before);
    let ran = newsroom.run(["list", "rename", "weir", "orle-weir"]);
    assert_eq!(ran.expect_status(0).stderr, "lists/weir.md is lists/orle-weir.md now\n");
    // A title that was only the name follows; nothing else changes.
    let after = fs::read_to_string(newsroom.path("lists/orle-weir.md")).unwrap();
    assert_eq!(after, before.replace("title: weir\n", "title: orle-weir\n"));
    assert!(!newsroom.path("lists/weir.md").exists());
    newsroom.run(["list", "rename", "dam", "dams"]).expect_status(0);
    assert!(fs::read_to_string(newsroom.path("lists/dams.md")).unwrap().contains("title: The dam\n"));
    // One that cannot be read has its new name all the same.
    newsroom.run(["list", "rename", "broken", "mended"]).expect_status(0);
    assert_eq!(fs::read_to_string(newsroom.path("lists/mended.md")).unwrap(), "---\ntitle: x\n");
    newsroom.run(["list", "refresh", "orle-weir"]).expect_status(0);
}

#[test]
fn lists_are_deleted_all_or_none_and_it_is_said_what_they_held() {
    let newsroom =
        Newsroom::new().article("weir.txt", "Weir opened\n\nThe weir was opened on Monday.\n").ingested();
    newsroom.run(["list", "new", "weir", "weir"]).expect_status(0);
    newsroom.run(["list", "note", "weir", "1", "call", "her"]).expect_status(0);
    newsroom.run(["list", "new", "empty"]).expect_status(0);
    newsroom.write("lists/broken.md", "---\ntitle: x\n");
    let ran = newsroom.run(["list", "delete", "weir", "wier"]);
    assert!(ran.expect_status(2).stderr.contains("there is no list `wier`"), "{}", ran.stderr);
    assert!(newsroom.path("lists/weir.md").exists());
    let ran = newsroom.run(["list", "delete", "weir", "empty", "lists/weir.md", "broken", "empty"]);
    assert_eq!(
        ran.expect_status(0).stderr,
        "lists/weir.md is deleted: 1 entry, 1 with notes\nlists/empty.md is deleted: no entries\n\
         lists/broken.md is deleted\n"
    );
    newsroom.run(["list"]).expect_status(1);
    newsroom.run(["search", "weir"]).expect_status(0);
}

#[test]
fn what_is_said_of_arguments_is_for_people() {
    let newsroom = Newsroom::new().article("weir.txt", "Weir\n\nThe weir was opened.\n").ingested();
    newsroom.run(["list", "new", "weir", "weir"]).expect_status(0);
    newsroom.write("r.csv", "date,quote\n");
    newsroom.write("cut.json", "[{\"title\": \"We");
    newsroom.write("cut.receipt.json", "{\"receipt\": 1, \"req");
    for (args, said) in [
        (&["list", "move", "weir", "1", "0"][..], "numbered from 1"),
        (&["list", "move", "weir", "1", "last"], "numbered from 1"),
        (&["search", "weir", "--limit", "few"], "a whole number is needed"),
        (&["facets", "source", "--limit", ""], "a whole number is needed"),
        (&["search", "weir", "--offset", "99999999999999999999"], "the number is too large"),
        (&["replay", "r.csv"], "this is no receipt: line 1 is no JSON"),
        (&["replay", "cut.json"], "this is no receipt: line 1 is not what"),
        (&["replay", "cut.receipt.json"], "this is no receipt: it ends in the middle"),
        (&["list", "import", "weir", "cut.json", "--from", "csl-json"], "no JSON: it ends in the middle"),
        (&["search", "--since", "2017", "weir"], "since:"),
        (&["facets", "year", "--speaker", "lund"], "speaker:"),
        (&["list", "show", "the old weir"], "`morgue list new 'the old weir'`"),
        (&["search", "weir", "--receipt=r.json"], "--export"),
        (&["quotes", "weir", "-o", "q.html"], "--export"),
        (&["quotes", " "], "is no name"),
    ] {
        let ran = newsroom.run(args.iter().copied());
        assert!(ran.expect_status(2).stderr.contains(said), "{args:?}: {}", ran.stderr);
        for theirs in ["--index", "zero for non-zero", "in string", "target type", "column", "EOF"] {
            assert!(!ran.stderr.contains(theirs), "{args:?}: {}", ran.stderr);
        }
    }
    newsroom.write("people.toml", "[[person]]\nname = 7\n");
    let ran = newsroom.run(["quotes", "lund"]);
    assert_eq!(ran.expect_status(2).stderr.matches("expected a string").count(), 1, "{}", ran.stderr);
    for (settings, said) in [
        ("[defaults]\ndate = \"last week\"\n", "morgue.toml:2: `date`: `last week` is no date"),
        (
            "\n[[template]]\npath = \"{date}.txt\"\nlanguage = \"klingonish\"\n",
            "morgue.toml:4: `language`: `klingonish`",
        ),
    ] {
        newsroom.write("morgue.toml", settings);
        let ran = newsroom.run(["status"]);
        assert!(ran.expect_status(2).stderr.contains(said), "{}", ran.stderr);
    }
    newsroom.write("morgue.toml", "[defaults]\ndate = \"May 2017\"\nlanguage = \"Spanish\"\n");
    newsroom.run(["status"]).expect_status(1);
    newsroom.write("morgue.toml", "corpus = \"articles\"\n");
    let ran = newsroom.run(["status"]);
    assert!(ran.stderr.contains("write `corpus = [\"articles\"]`"), "{}", ran.stderr);
}

#[test]
fn neither_a_new_name_nor_a_deletion_reads_the_corpus() {
    let newsroom = Newsroom::new().article("weir.txt", "Weir opened\n\nThe weir was opened on Monday.\n");
    newsroom.write("lists/weir.md", "---\ntitle: Weir\n---\n");
    newsroom.run(["list", "rename", "weir", "dam"]).expect_status(0);
    newsroom.run(["list", "delete", "dam"]).expect_status(0);
    assert!(!newsroom.path("index").exists());
}

#[test]
fn an_entry_whose_file_was_reworded_is_still_that_entry() {
    let newsroom = newsroom();
    list(&newsroom, &["new", "harbour"]).expect_status(0);
    list(&newsroom, &["add", "harbour", "corpus/Ledger/2020-05-05.txt"]).expect_status(0);
    let reworded = "Herring return\n\nHerring are back in the harbour, fishermen said on Tuesday.\n\nThey had been away for nine years, and nobody had expected to see them again before the works end.\n";
    newsroom.write("corpus/Ledger/2020-05-05.txt", reworded);
    newsroom.run(["ingest"]).expect_status(0);
    let found = newsroom.run(["search", "list:harbour", "--format", "jsonl"]).json_lines();
    assert!(!found.is_empty() && found.iter().all(|it| it["headline"] == "Herring return"), "{found:?}");
    list(&newsroom, &["add", "harbour", "corpus/Ledger/2020-05-05.txt"]).expect_status(0);
    assert_eq!(titles(&newsroom), ["Herring return"]);
}
