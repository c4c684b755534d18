//! Nothing in the corpus can hurt: each bad file is named, counted and survived, and the good one
//! beside it is there.

use std::{fs, io::Write as _, process::Command};

use crate::support::Newsroom;

/// A newsroom with a good article.
fn newsroom() -> Newsroom {
    Newsroom::new()
        .article("good.txt", "A good story\n\nThe lighthouse keeper saw nothing at all that night.\n")
}

/// Ingests and expects that the good article is there and that the bad file is named with these
/// words.
#[track_caller]
fn expect_problem(newsroom: &Newsroom, name: &str, words: &str) {
    let ran = newsroom.run(["ingest"]);
    ran.expect_status(0);
    let line = ran.stderr.lines().find(|it| it.contains(name));
    assert!(line.is_some_and(|it| it.contains(words)), "no `{words}` for {name}:\n{}", ran.stderr);
    newsroom.run(["search", "lighthouse"]).expect_status(0);
    // The manifest keeps it, an ingest does not read it again, and --strict fails for it.
    assert!(newsroom.run(["status"]).stdout.contains(words));
    newsroom.run(["ingest", "--strict"]).expect_status(2);
    newsroom.run(["check"]).expect_status(0);
}

#[test]
fn an_empty_file() {
    expect_problem(&newsroom().article("empty.txt", ""), "empty.txt", "empty");
}

#[test]
fn a_picture_and_a_program() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01";
    expect_problem(&newsroom().article("photo.txt", png), "photo.txt", "PNG");
    let elf = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0";
    expect_problem(&newsroom().article("tool.html", elf), "tool.html", "is a program");
}

#[test]
fn a_truncated_gzip() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let lines: Vec<String> = (0..500).map(|it| format!("Paragraph {it} of a long story.")).collect();
    encoder.write_all(lines.join("\n\n").as_bytes()).unwrap();
    let whole = encoder.finish().unwrap();
    let newsroom = newsroom().article("cut.txt.gz", &whole[..whole.len() / 2]);
    expect_problem(&newsroom, "cut.txt.gz", "is cut short");
}

#[test]
fn a_paragraph_of_thousands_of_quotes() {
    let quotes: Vec<String> =
        (0..3000).map(|it| format!("“Yes, it is so for number {it},” said Ann Lee.")).collect();
    let newsroom = newsroom().article("long.txt", format!("A long talk\n\n{}\n", quotes.join(" ")));
    newsroom.run(["ingest"]).expect_status(0);
    let said = newsroom.run(["search", "said:(number pre/1 2999)"]);
    assert_eq!(said.expect_status(0).stderr, "1 passage\n");
    let speakers = newsroom.run(["speakers", "--format", "jsonl"]).json_lines();
    assert_eq!(speakers[0]["quotes"], 3000, "{speakers:?}");
}

#[test]
fn a_bomb_of_zeros() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..200 {
        encoder.write_all(&zeros).unwrap();
    }
    expect_problem(
        &newsroom().article("bomb.gz", encoder.finish().unwrap()),
        "bomb.gz",
        "unpacks to more than 500 times",
    );
}

#[test]
fn invalid_utf8_is_read_and_noted() {
    let newsroom = newsroom()
        .article("latin.txt", b"Caf\xe9 closed\n\nThe caf\xe9 at the harbour closed its doors for good.\n");
    newsroom.run(["ingest"]).expect_status(0);
    assert!(newsroom.run(["search", "café"]).found().contains("café at the harbour"));
}

#[test]
fn twenty_thousand_nested_tags() {
    let deep = format!("<html><body>{}<p>Deep.</p>{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
    expect_problem(&newsroom().article("deep.html", deep), "deep.html", "deep");
}

#[test]
fn a_line_of_two_hundred_megabytes() {
    let newsroom = newsroom();
    let mut file = fs::File::create(newsroom.path("corpus/long.txt")).unwrap();
    let chunk = "word ".repeat(200_000);
    for _ in 0..200 {
        file.write_all(chunk.as_bytes()).unwrap();
    }
    expect_problem(&newsroom, "long.txt", "line 1: is 190 MiB long");
}

#[cfg(unix)]
#[test]
fn a_fifo() {
    let newsroom = newsroom();
    let made = Command::new("mkfifo").arg(newsroom.path("corpus/pipe.txt")).status();
    assert!(made.expect("mkfifo is there").success());
    expect_problem(&newsroom, "pipe.txt", "neither a file nor a folder");
}

#[cfg(unix)]
#[test]
fn a_loop_of_links() {
    let newsroom =
        newsroom().article("folder/inside.txt", "Inside\n\nThe story inside the folder is told once.\n");
    std::os::unix::fs::symlink(newsroom.path("corpus"), newsroom.path("corpus/folder/back")).unwrap();
    expect_problem(&newsroom, "folder/back", "link back");
    assert_eq!(newsroom.run(["search", "told", "--format", "jsonl"]).json_lines().len(), 1);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission() {
    use std::os::unix::fs::PermissionsExt as _;
    let newsroom = newsroom().article("shut/inside.txt", "Inside\n\nThe vault was opened at midnight.\n");
    newsroom.run(["ingest"]).expect_status(0);
    for folder in ["corpus/shut", "corpus"] {
        let path = newsroom.path(folder);
        let set = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        set(0o000);
        // The superuser may read everything: then there is no problem to see.
        let readable = fs::read_dir(&path).is_ok();
        let ran = newsroom.run(["ingest"]);
        set(0o700);
        ran.expect_status(0);
        let said = &ran.stderr;
        assert!(readable || said.contains(&format!("{folder}: permission denied; the user")), "{said}");
        // What was known of the folder is kept: nobody could see that it is gone.
        newsroom.run(["search", "vault"]).expect_status(0);
        newsroom.run(["search", "lighthouse"]).expect_status(0);
    }
}

#[cfg(unix)]
#[test]
fn a_corpus_that_is_no_folder_any_more_loses_no_article() {
    let newsroom = newsroom().ingested();
    fs::rename(newsroom.path("corpus"), newsroom.path("away")).unwrap();
    assert!(Command::new("mkfifo").arg(newsroom.path("corpus")).status().unwrap().success());
    let ran = newsroom.run(["ingest"]);
    assert!(ran.expect_status(0).stderr.starts_with("corpus: is neither a file"), "{}", ran.stderr);
    newsroom.run(["search", "lighthouse"]).expect_status(0);
    fs::remove_file(newsroom.path("corpus")).unwrap();
    fs::rename(newsroom.path("away"), newsroom.path("corpus")).unwrap();
    let ran = newsroom.run(["ingest"]);
    assert!(ran.expect_status(0).stderr.contains("1 unchanged"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn an_index_that_may_only_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let newsroom = newsroom();
    newsroom.run(["ingest"]).expect_status(0);
    let index = newsroom.path("index");
    let set = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let files: Vec<_> = fs::read_dir(&index).unwrap().map(|it| it.unwrap().path()).collect();
    files.iter().for_each(|it| set(it, 0o400));
    set(&index, 0o500);
    // The superuser may write all the same: then it is a search as any other.
    let ran = newsroom.run(["search", "lighthouse"]);
    set(&index, 0o700);
    ran.expect_status(0);
}

#[test]
fn what_a_terminal_would_obey_does_not_reach_it() {
    let evil = "Evil \u{1b}]0;title\u{7}news\n\nThe \u{1b}[31m harbour\u{202e} master\u{9b}2J said nothing at all.\n";
    let newsroom = newsroom().article("ev\u{1b}[2Jil.txt", evil);
    newsroom.run(["ingest"]).expect_status(0);
    for format in ["text", "json", "jsonl", "csv", "markdown"] {
        for command in [&["search", "harbour"][..], &["show", "corpus/ev\u{1b}[2Jil.txt"]] {
            let args = command.iter().copied().chain(["--format", format]);
            let ran = newsroom.run(args);
            let both = format!("{}{}", ran.found(), ran.stderr);
            let obeyed = |c: &char| (c.is_control() && *c != '\n') || *c == '\u{202e}';
            assert_eq!(both.chars().find(obeyed), None, "{format}: {both:?}");
        }
    }
    // JSON says exactly what the file says all the same.
    let hits = newsroom.run(["search", "harbour", "--format", "jsonl"]).json_lines();
    let texts: Vec<&str> = hits.iter().map(|it| it["text"].as_str().unwrap()).collect();
    assert!(texts.iter().any(|it| it.contains("\u{1b}[31m harbour\u{202e} master\u{9b}2J")), "{texts:?}");
}

#[test]
fn a_misnamed_file_is_read_as_what_it_is() {
    let page = "<!doctype html><html><head><title>Quay fire</title></head><body><article><h1>Quay fire</h1>\
        <p>A fire on the quay destroyed two warehouses and a rope store before dawn on Friday.</p>\
        <p>Nobody was hurt, the fire brigade said, and the cause is not known.</p></article></body></html>";
    let newsroom = newsroom().article("page.txt", page);
    newsroom.run(["ingest"]).expect_status(0);
    let found = newsroom.run(["search", "warehouses"]);
    assert!(found.found().contains("A fire on the quay destroyed"), "{}", found.stdout);
    assert!(!found.stdout.contains("<p>"));
}

#[test]
fn hundreds_of_words_that_nothing_has_are_no_wait() {
    let newsroom = Newsroom::new().article("a.txt", "Dam\n\nThe dam leaks at the crest.\n").ingested();
    for (sign, between) in [("", " OR "), ("", " "), ("*", " ")] {
        let words: Vec<String> = (0..700).map(|n| format!("wyvern{n}{sign}")).collect();
        let typed: String = words.join(between).chars().take(8000).collect();
        let ran = newsroom.run(["search", typed.trim_end_matches(|c: char| c != '9')]);
        ran.expect_status(1);
        let named = ran.stderr.matches("no passage has").count();
        assert!(named <= 5, "{named} words named");
    }
}
