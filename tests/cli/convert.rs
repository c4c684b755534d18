//! Commands of `[[convert]]`: what they print is read, and what goes wrong with them is a problem
//! of their file.

use crate::support::{Newsroom, Ran};

const OLD_DOCUMENT: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and what follows";

/// An archive with an old document, and a script that converts it.
fn newsroom(script: &str, more: &str) -> Newsroom {
    let settings =
        format!("[[convert]]\nfiles = \"*.doc\"\ncommand = [\"sh\", \"convert.sh\", \"{{file}}\"]\n{more}");
    let newsroom = Newsroom::new().article("old/weir.doc", OLD_DOCUMENT).settings(&settings);
    newsroom.write("convert.sh", script);
    newsroom
}

fn extracted(newsroom: &Newsroom) -> Ran {
    newsroom.run(["extract", "corpus/old/weir.doc", "--format", "jsonl"])
}

#[test]
fn what_a_command_prints_is_read_by_its_content() {
    let script = r#"
case "$1" in /*/corpus/old/weir.doc) ;; *) exit 9 ;; esac
echo '<html><head><title>Weir vote</title></head><body><article><h1>Weir vote</h1>'
echo '<p>The council said no to the weir on Monday, by seven votes to five.</p></article></body></html>'
"#;
    let newsroom = newsroom(script, "").ingested();
    let articles = extracted(&newsroom);
    articles.expect_status(0);
    assert_eq!(articles.json_lines()[0]["metadata"]["headline"]["value"], "Weir vote");
    assert!(newsroom.run(["search", "seven votes"]).found().contains("by seven votes to five"));
    // Nothing changed: nothing is run again.
    assert!(newsroom.run(["ingest"]).stderr.contains("1 unchanged"), "{:?}", newsroom.run(["ingest"]));
}

#[test]
fn a_command_without_the_name_gets_the_file_as_its_input() {
    let settings = "[[convert]]\nfiles = \"old/*.doc\"\ncommand = [\"tail\", \"-c\", \"21\"]\n";
    let text = b"\xd0\xcf\x11\xe0 The mayor resigned.\n";
    let newsroom = Newsroom::new().article("old/weir.doc", text).settings(settings);
    let articles = extracted(&newsroom);
    articles.expect_status(0);
    assert!(articles.stdout.contains("The mayor resigned."), "{articles:?}");
}

#[test]
fn a_command_that_goes_wrong_is_a_problem_of_its_file() {
    for (script, more, expected) in [
        (
            "echo 'page 3 is damaged' >&2; echo 'and more' >&2; exit 3",
            "",
            "exit status: 3: page 3 is damaged",
        ),
        ("echo Text before the end; kill -9 $$", "", "signal: 9"),
        ("sleep 600 & sleep 600", "seconds = 1\n", "ran longer than 1 s"),
        ("exec >&-; sleep 600", "seconds = 1\n", "ran longer than 1 s"),
        ("while true; do echo The mayor resigned.; done", "output_mb = 1\n", "printed more than 1 MiB"),
        ("exit 0", "", "is empty"),
        ("printf '\\377\\330\\377 picture'", "", "JPEG image"),
    ] {
        let newsroom = newsroom(script, more).article("other.txt", "The ferry left at nine. It was late.");
        let articles = extracted(&newsroom);
        articles.expect_status(2);
        assert!(articles.stderr.contains(expected), "{script}: {articles:?}");
        assert!(!articles.stdout.contains("passages"), "{script}: {articles:?}");
        newsroom.run(["ingest"]).expect_status(0);
        assert!(newsroom.run(["search", "ferry"]).found().contains("left at nine"), "{script}");
        assert!(newsroom.run(["status"]).stdout.contains(expected), "{script}");
    }
}

#[test]
fn a_program_that_is_not_there_is_named() {
    let settings = "[[convert]]\nfiles = \"*.doc\"\ncommand = [\"no-such-program-here\", \"{file}\"]\n";
    let newsroom = Newsroom::new().article("old/weir.doc", OLD_DOCUMENT).settings(settings);
    let articles = extracted(&newsroom);
    articles.expect_status(2);
    assert!(articles.stderr.contains("`no-such-program-here` of [[convert]] cannot be run"), "{articles:?}");
}

#[test]
fn another_command_reads_its_files_again_and_no_others() {
    let newsroom =
        newsroom("echo The mayor resigned, said $2.", "").article("other.txt", "The ferry left at nine.");
    newsroom.run(["ingest"]).expect_status(0);
    let settings =
        "[[convert]]\nfiles = \"*.doc\"\ncommand = [\"sh\", \"convert.sh\", \"{file}\", \"Osby\"]\n";
    newsroom.write("morgue.toml", settings);
    let again = newsroom.run(["ingest"]);
    assert!(again.stderr.contains("1 unchanged"), "{again:?}");
    assert!(newsroom.run(["search", "osby"]).found().contains("said Osby."));
    // A command that failed is tried again.
    newsroom.write("convert.sh", "exit 1");
    newsroom.write("morgue.toml", settings.replace("Osby", "Moss"));
    newsroom.run(["ingest"]).expect_status(0);
    newsroom.write("convert.sh", "echo The mayor stays, said $2.");
    newsroom.run(["ingest"]).expect_status(0);
    assert!(newsroom.run(["search", "moss"]).found().contains("said Moss."));
}

#[test]
fn settings_of_a_command_are_checked() {
    for (settings, expected) in [
        ("[[convert]]\nfiles = \"*.doc\"\ncommand = []", "`command` names no program"),
        ("[[convert]]\nfiles = \"*.doc\"\ncommand = [\"cat\"]\nseconds = 0", "`seconds` is 0"),
        ("[[convert]]\nfiles = \"*.doc\"\ncommand = [\"cat\"]\noutput_mb = 5000", "`output_mb` is 5000"),
        ("[[convert]]\nfiles = \"*.doc\"\ncomand = [\"cat\"]", "did you mean `command`?"),
        ("[[convert]]\nfiles = \"[\"\ncommand = [\"cat\"]", "[[convert]]"),
    ] {
        let ran = Newsroom::new().settings(settings).run(["status"]);
        ran.expect_status(2);
        assert!(ran.stderr.contains(expected), "{settings}: {ran:?}");
    }
}
