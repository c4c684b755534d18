//! An ingest does what is needed and no more, and says what it did.

use std::fs;

use crate::support::Newsroom;

const STRIKE: &str = "Dockers strike at Orle\n\nThe dockers of Orle walked out on Monday.\n\n\
    “We will not load another ship,” Ana Ortiz, a crane driver, said.\n";
const BRIDGE: &str = "Bridge closed\n\nThe old bridge was closed after cracks were found in its arches.\n";

fn newsroom() -> Newsroom {
    Newsroom::new().article("strike.txt", STRIKE).article("bridge.txt", BRIDGE)
}

/// The outcomes of a report by path, without the files that did not change.
fn outcomes(newsroom: &Newsroom) -> Vec<(String, String)> {
    let report = newsroom.path("report.jsonl");
    newsroom.run(["ingest", "--report", "report.jsonl"]).expect_status(0);
    let mut outcomes: Vec<(String, String)> = fs::read_to_string(report)
        .expect("a report")
        .lines()
        .map(|it| serde_json::from_str::<serde_json::Value>(it).expect("JSON"))
        .map(|it| (it["path"].as_str().unwrap().to_owned(), it["outcome"].as_str().unwrap().to_owned()))
        .filter(|it| it.1 != "unchanged")
        .collect();
    outcomes.sort();
    outcomes
}

fn pair(path: &str, outcome: &str) -> (String, String) {
    (path.to_owned(), outcome.to_owned())
}

#[test]
fn exactly_what_changed_is_done_again() {
    let newsroom = newsroom().article("third.txt", "A third story\n\nIt has one paragraph of its own.\n");
    assert_eq!(outcomes(&newsroom).len(), 3);
    assert_eq!(outcomes(&newsroom), []);

    newsroom.write("corpus/strike.txt", STRIKE.replace("Monday", "Tuesday"));
    fs::remove_file(newsroom.path("corpus/bridge.txt")).unwrap();
    fs::rename(newsroom.path("corpus/third.txt"), newsroom.path("corpus/renamed.txt")).unwrap();
    assert_eq!(
        outcomes(&newsroom),
        [
            pair("corpus/bridge.txt", "removed"),
            pair("corpus/renamed.txt", "moved"),
            pair("corpus/strike.txt", "changed"),
        ]
    );
    newsroom.run(["search", "tuesday"]).expect_status(0);
    newsroom.run(["search", "monday"]).expect_status(1);
    newsroom.run(["search", "arches"]).expect_status(1);
    assert!(newsroom.run(["search", "paragraph"]).found().contains("corpus/renamed.txt"));
    newsroom.run(["check"]).expect_status(0);
}

#[test]
fn a_file_that_was_only_touched_keeps_its_articles() {
    let newsroom = newsroom().ingested();
    let before = newsroom.run(["search", "dockers", "--format", "jsonl"]).stdout;
    newsroom.write("corpus/strike.txt", STRIKE);
    assert_eq!(outcomes(&newsroom), []);
    assert_eq!(newsroom.run(["search", "dockers", "--format", "jsonl"]).stdout, before);
    newsroom.run(["check"]).expect_status(0);
}

#[test]
fn a_changed_sidecar_or_setting_changes_its_articles() {
    let newsroom = newsroom().ingested();
    newsroom.write("corpus/strike.meta.toml", "source = \"Orle Evening Post\"\n");
    assert_eq!(outcomes(&newsroom), [pair("corpus/strike.txt", "changed")]);
    assert!(newsroom.run(["search", "dockers"]).found().contains("Orle Evening Post"));
    newsroom.write("morgue.toml", "[defaults]\nsource = \"The Default\"\n");
    assert_eq!(outcomes(&newsroom).len(), 2);
    assert!(newsroom.run(["search", "arches"]).found().contains("The Default"));
}

#[test]
fn a_dry_run_does_nothing() {
    let newsroom = newsroom();
    let ran = newsroom.run(["ingest", "--dry-run"]);
    assert!(ran.expect_status(0).stderr.contains("+ corpus/strike.txt"), "{}", ran.stderr);
    newsroom.run(["status"]).expect_status(2);
}

#[test]
fn a_rebuild_gives_the_same_answers() {
    let newsroom = newsroom().ingested();
    let search = |newsroom: &Newsroom| newsroom.run(["search", "the", "--format", "jsonl"]).stdout;
    let before = search(&newsroom);
    newsroom.run(["ingest", "--rebuild"]).expect_status(0);
    assert_eq!(search(&newsroom), before);
    fs::remove_dir_all(newsroom.path("index")).unwrap();
    newsroom.run(["ingest"]).expect_status(0);
    assert_eq!(search(&newsroom), before);
}

#[test]
fn a_part_of_the_corpus_can_be_ingested_alone() {
    let newsroom = newsroom().article("2019/late.txt", "Late news\n\nIt came late to the desk that night.\n");
    newsroom.run(["ingest", "corpus/2019"]).expect_status(0);
    newsroom.run(["search", "desk"]).expect_status(0);
    newsroom.run(["search", "dockers"]).expect_status(1);
    newsroom.run(["ingest"]).expect_status(0);
    newsroom.run(["search", "dockers"]).expect_status(0);
    fs::remove_file(newsroom.path("corpus/strike.txt")).unwrap();
    // Nobody looked at the folder that it was in.
    newsroom.run(["ingest", "corpus/2019"]).expect_status(0);
    newsroom.run(["search", "dockers"]).expect_status(0);
}

#[test]
fn a_file_that_is_no_article_removes_nothing() {
    let newsroom =
        newsroom().settings("ignore = [\"*.bak\"]\n").article("old.bak", "Old\n\nAn old story.\n").ingested();
    newsroom.write("corpus/strike.meta.toml", "source = \"Orle Evening Post\"\n");
    for path in ["corpus/old.bak", "corpus/strike.meta.toml"] {
        newsroom.run(["ingest", path]).expect_status(0);
        newsroom.run(["search", "dockers"]).expect_status(0);
        newsroom.run(["search", "arches"]).expect_status(0);
    }
}

#[test]
fn a_part_is_read_as_the_whole_would_be() {
    let newsroom = newsroom()
        .settings("ignore = [\"drafts/**\"]\n")
        .article("sub/a.b.2017-vote.txt", "The vote\n\nThe vote was counted twice that night.\n")
        .article("drafts/secret.txt", "Secret\n\nNobody should read this draft yet.\n");
    newsroom.write("corpus/folder.meta.toml", "source = \"Sidecar Times\"\n");
    newsroom.write("corpus/sub/a.b.2017-vote.meta.toml", "date = 2017\n");
    newsroom.run(["ingest", "corpus/sub", "corpus/drafts"]).expect_status(0);
    let found = newsroom.run(["search", "counted"]).found().to_owned();
    assert!(found.contains("Sidecar Times · 2017"), "{found}");
    newsroom.run(["search", "draft"]).expect_status(1);
    assert_eq!(outcomes(&newsroom).iter().filter(|it| it.1 == "changed").count(), 0);
}

#[cfg(unix)]
#[test]
fn a_file_that_became_a_dangling_link_takes_its_articles_along() {
    let newsroom = newsroom().ingested();
    fs::remove_file(newsroom.path("corpus/bridge.txt")).unwrap();
    std::os::unix::fs::symlink("nowhere", newsroom.path("corpus/bridge.txt")).unwrap();
    newsroom.run(["ingest"]).expect_status(0);
    newsroom.run(["search", "arches"]).expect_status(1);
    newsroom.run(["check"]).expect_status(0);
}

#[test]
fn a_folder_outside_of_the_archive_can_be_ingested() {
    let elsewhere = newsroom();
    let newsroom = Newsroom::new();
    let folder = elsewhere.path("corpus");
    newsroom.run(["ingest", folder.to_str().unwrap()]).expect_status(0);
    newsroom.run(["search", "dockers"]).expect_status(0);
    // The next ingest of the archive's own corpus leaves it alone.
    newsroom.run(["ingest"]).expect_status(0);
    newsroom.run(["search", "dockers"]).expect_status(0);
}

#[test]
fn the_summary_is_on_standard_error_and_quiet_silences_it() {
    let newsroom = newsroom();
    let ran = newsroom.run(["ingest", "--quiet"]);
    assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "", ""));
    let ran = newsroom.run(["ingest", "--rebuild"]);
    assert_eq!(ran.expect_status(0).stdout, "");
    assert!(ran.stderr.contains("2 articles"), "{}", ran.stderr);
}

#[test]
fn a_template_is_suggested_when_only_names_date_many_articles() {
    let text = "Dam talks\n\nThe dam leaks, the warden said.\n";
    let newsroom = Newsroom::new()
        .article("Orle Post_2018-03-04_dam.txt", text)
        .article("Orle Post_2018-03-05_dam again.txt", text)
        .article("a.md", "---\ndate: 2018-03-06\n---\nThe dam holds.\n");
    let ran = newsroom.run(["ingest"]);
    ran.expect_status(0);
    let line = "2 of 3 articles have no day, or only the one that their file's name shows; a [[template]] in \
                morgue.toml with path = \"{source}_{date}_{slug}.txt\" reads it from 2 of the names";
    assert!(ran.stderr.contains(line), "{}", ran.stderr);
    newsroom.run(["search", "dam date:2018-03-05"]).expect_status(0);
    let settings = "[[template]]\npath = \"{source}_{date}_{slug}.txt\"\n";
    let ran = newsroom.settings(settings).run(["ingest"]);
    assert!(!ran.stderr.contains("[[template]]"), "{}", ran.stderr);
}
