//! Where an archive is found, who may write to it, and what is refused.

use std::{fs, path::Path, process::Command};

use crate::support::{Newsroom, run_in};

const STORY: &str = "Ferry delayed\n\nThe evening ferry left two hours late, passengers said.\n";

fn newsroom() -> Newsroom {
    Newsroom::new().article("ferry.txt", STORY)
}

#[test]
fn it_is_found_upward_by_its_settings() {
    let newsroom = newsroom().settings("index = \"elsewhere\"\n").ingested();
    assert!(newsroom.path("elsewhere/meta.json").is_file());
    let ran = run_in(&newsroom.path("corpus"), ["search", "ferry"], b"");
    assert!(ran.found().contains("Ferry delayed"));
}

#[test]
fn it_can_be_named_with_its_index() {
    let newsroom = newsroom();
    let archive = newsroom.path("");
    let other = tempfile::tempdir().unwrap();
    let archive = archive.to_str().unwrap();
    run_in(other.path(), ["--archive", archive, "--index", "my-index", "ingest"], b"").expect_status(0);
    assert!(other.path().join("my-index/meta.json").is_file());
    let ran = run_in(other.path(), ["search", "ferry", "--archive", archive, "--index", "my-index"], b"");
    assert!(ran.found().contains("Ferry delayed"));
}

#[test]
fn init_writes_settings_that_hold_and_never_over_others() {
    let newsroom = newsroom();
    newsroom.run(["init"]).expect_status(0);
    newsroom.run(["ingest"]).expect_status(0);
    let settings = fs::read_to_string(newsroom.path("morgue.toml")).unwrap();
    newsroom.run(["init"]).expect_status(2);
    assert_eq!(fs::read_to_string(newsroom.path("morgue.toml")).unwrap(), settings);
}

#[test]
fn init_writes_into_the_folder_that_archive_names() {
    let newsroom = Newsroom::new();
    newsroom.run(["--archive", "elsewhere", "init"]).expect_status(0);
    assert!(newsroom.path("elsewhere/morgue.toml").is_file());
    assert!(!newsroom.path("morgue.toml").exists());
}

#[test]
fn every_setting_that_init_shows_is_one() {
    let newsroom = newsroom();
    newsroom.run(["init"]).expect_status(0);
    let shown = fs::read_to_string(newsroom.path("morgue.toml")).unwrap();
    // Lines that look like settings, without the sign that makes them comments.
    let setting =
        |it: &&str| it.starts_with("# [") || it.split_once(" = ").is_some_and(|it| !it.0[2..].contains(' '));
    let lines = shown.lines().filter(|it| it.starts_with("# ")).filter(setting);
    let uncommented: Vec<&str> = lines.map(|it| &it[2..]).collect();
    assert!(uncommented.len() > 8, "{uncommented:?}");
    newsroom.write("morgue.toml", uncommented.join("\n"));
    newsroom.run(["ingest"]).expect_status(0);
}

#[test]
fn bad_settings_are_refused_with_the_place() {
    for (settings, words) in [
        ("corpsu = [\"corpus\"]", ":1: no setting is called `corpsu`; did you mean `corpus`?"),
        ("\n\n[defualts]\nsource = \"x\"", ":3: no setting is called `defualts`; did you mean `defaults`?"),
        (
            "[[template]]\npath = \"{source/{date}.txt\"",
            ":2: [[template]]: the template `{source/{date}.txt`",
        ),
        ("[[template]]\nslug = \"x\"\npath = \"a\"", ":2: no field is called `slug`; there are headline, "),
        (
            "[[template]]\npth = \"{source}\"",
            ":2: no key of [[template]] is called `pth`; did you mean `path`?",
        ),
        ("[[template]]\nsource = \"x\"", ":1: `template`: missing field `path`"),
        ("[defaults]\nheadlin = \"x\"", ":2: no field is called `headlin`; did you mean `headline`?"),
        (
            "[defaults]\nlanguage = \"en\"\nauthor = \"x\"",
            ":3: no field is called `author`; did you mean `byline`?",
        ),
        ("[[json]]\npath = \"a\"\n\n[[json]]\npath = \"{\"", ":5: [[json]]: error parsing glob"),
        ("corpus = 3", ":1: `corpus`: invalid type: integer `3`, expected a list"),
        ("[defaults]\nsource = 3", ":2: `source`: invalid type: integer `3`, expected a string"),
        ("# drafts\nignore = [\n  \"*.bak\",\n  \"[x\",\n]", ":4: `ignore`: error parsing glob '[x'"),
        ("\nmemory_mb = 3", ":2: `memory_mb` is 3, and may be from 15 to 65536"),
        ("corpus = [\"a\"", ":1: unclosed array"),
    ] {
        let ran = newsroom().settings(settings).run(["ingest"]);
        ran.expect_status(2);
        assert!(
            ran.stderr.contains(words) && ran.stderr.contains("morgue.toml"),
            "{settings}: {}",
            ran.stderr
        );
    }
}

#[test]
fn without_an_index_a_search_ingests_first_and_says_so() {
    let ran = newsroom().run(["search", "ferry"]);
    assert!(ran.found().contains("Ferry delayed"));
    assert!(ran.stderr.contains("no index yet"), "{}", ran.stderr);
}

#[test]
fn without_corpus_and_index_it_says_what_to_do() {
    let empty = tempfile::tempdir().unwrap();
    for args in [&["search", "x"][..], &["status"], &["check"], &["quotes", "x"], &["show", "x"]] {
        let ran = run_in(empty.path(), args.iter().copied(), b"");
        ran.expect_status(2);
        assert!(ran.stderr.contains("morgue ingest"), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn a_folder_with_other_files_is_not_taken_for_an_index() {
    let newsroom = newsroom().settings("index = \"notes\"\n");
    newsroom.write("notes/diary.txt", "do not lose this");
    for args in [&["ingest"][..], &["ingest", "--rebuild"]] {
        let ran = newsroom.run(args.iter().copied());
        ran.expect_status(2);
        assert!(ran.stderr.contains("no morgue index"), "{}", ran.stderr);
    }
    assert_eq!(fs::read_to_string(newsroom.path("notes/diary.txt")).unwrap(), "do not lose this");
}

#[test]
fn a_users_file_that_is_named_like_a_part_of_an_index_is_safe() {
    let newsroom = newsroom().settings("index = \"pages\"\n");
    let page = "pages/d41d8cd98f00b204e9800998ecf8427e.html";
    newsroom.write(page, "a saved page");
    newsroom.run(["ingest"]).expect_status(2);
    newsroom.run(["ingest", "--rebuild"]).expect_status(2);
    assert_eq!(fs::read_to_string(newsroom.path(page)).unwrap(), "a saved page");
}

#[test]
fn a_second_writer_is_told_who_holds_the_lock() {
    let newsroom = newsroom().ingested();
    newsroom.write("corpus/new.txt", "New\n\nA new story came in during the night.\n");
    let lock = fs::File::options().write(true).open(newsroom.path("index/.morgue.lock")).unwrap();
    lock.lock().unwrap();
    fs::write(newsroom.path("index/.morgue.lock"), "4711").unwrap();
    let ran = newsroom.run(["ingest"]);
    ran.expect_status(2);
    assert!(ran.stderr.contains("process 4711"), "{}", ran.stderr);
    // Searches go on.
    newsroom.run(["search", "ferry"]).expect_status(0);
    drop(lock);
    newsroom.run(["ingest"]).expect_status(0);
    newsroom.run(["search", "night"]).expect_status(0);
}

/// The segment files of an index.
fn segment_files(index: &Path) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = fs::read_dir(index)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.file_stem().is_some_and(|it| it.len() == 32))
        .collect();
    files.sort();
    files
}

#[test]
fn a_flipped_bit_is_found_and_a_rebuild_mends_it() {
    let newsroom = newsroom().ingested();
    newsroom.run(["check"]).expect_status(0);
    for file in segment_files(&newsroom.path("index")) {
        let whole = fs::read(&file).unwrap();
        let mut damaged = whole.clone();
        damaged[whole.len() / 3] ^= 4;
        fs::write(&file, damaged).unwrap();
        let ran = newsroom.run(["check"]);
        assert_eq!(ran.status, Some(2), "{}", file.display());
        assert!(ran.stderr.contains("--rebuild"), "{}", ran.stderr);
        // A search of a damaged index may fail; it must end with a status of its own.
        assert!(newsroom.run(["search", "ferry"]).status.is_some_and(|it| it <= 2), "{}", file.display());
        fs::write(&file, whole).unwrap();
    }
    let store = segment_files(&newsroom.path("index")).pop().unwrap();
    fs::write(&store, b"").unwrap();
    let ran = newsroom.run(["search", "ferry"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
    newsroom.run(["ingest", "--rebuild"]).expect_status(0);
    newsroom.run(["check"]).expect_status(0);
    newsroom.run(["search", "ferry"]).expect_status(0);
}

#[test]
fn an_index_of_another_format_is_refused_with_the_command_that_rebuilds_it() {
    let newsroom = newsroom().ingested();
    let meta = newsroom.path("index/meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    let payload = |format| format!("\\\"format\\\":{format},");
    let other = text.replace(&payload(morgue::index::FORMAT), &payload(999));
    assert_ne!(other, text, "the format stands in the commit's payload: {text}");
    fs::write(&meta, other).unwrap();
    for args in [&["search", "ferry"][..], &["ingest"], &["check"]] {
        let ran = newsroom.run(args.iter().copied());
        ran.expect_status(2);
        assert!(ran.stderr.contains("format 999") && ran.stderr.contains("--rebuild"), "{}", ran.stderr);
    }
    newsroom.run(["ingest", "--rebuild"]).expect_status(0);
    newsroom.run(["search", "ferry"]).expect_status(0);
}

#[test]
fn a_closed_pipe_is_success() {
    let newsroom = newsroom().ingested();
    let command = format!(
        "'{}' search ferry --format jsonl 2>/dev/null | true; exit ${{PIPESTATUS[0]}}",
        env!("CARGO_BIN_EXE_morgue")
    );
    let status = Command::new("bash").args(["-c", &command]).current_dir(newsroom.path("")).status();
    assert!(status.expect("bash runs").success());
}

#[test]
fn help_completions_and_the_manual_name_every_command() {
    let empty = tempfile::tempdir().unwrap();
    let commands = [
        "init",
        "ingest",
        "search",
        "quotes",
        "explain",
        "speakers",
        "show",
        "list",
        "replay",
        "extract",
        "formats",
        "annotate",
        "status",
        "check",
        "completions",
        "man",
    ];
    let help = run_in(empty.path(), ["--help"], b"");
    let bash = run_in(empty.path(), ["completions", "bash"], b"");
    for command in commands {
        assert!(help.found().contains(command), "{command}");
        assert!(bash.found().contains(command), "{command}");
        let own = run_in(empty.path(), [command, "--help"], b"");
        assert!(own.found().contains("Example"), "{command} --help has an example");
        let page = run_in(empty.path(), ["man", command], b"");
        assert!(page.found().contains(".TH"), "{command}");
    }
    run_in(empty.path(), ["serach"], b"").expect_status(2);
    run_in(empty.path(), [], b"").expect_status(2);
}
