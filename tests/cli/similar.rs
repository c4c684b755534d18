//! Copies: found at ingest, folded in results, and shown with what differs.

use crate::support::Newsroom;

const LEAD: &str = "The Ferrin ferry ran aground on a sandbank on Tuesday morning with ninety people aboard, the harbour office said.";
const QUOTED: &str =
    "“We felt a bump and then nothing moved any more,” said Ada Rusk, a nurse, who was on her way to work.";
const TUGS: &str = "Two tugs pulled the ferry free at high water shortly after noon, and it went back to Orle under its own power.";
const DIVERS: &str = "Divers were to look at the hull on Wednesday, and the evening crossings were called off until they had reported.";
const COUNCIL: &str = "The valley council had asked for the channel to be dredged three times since the spring, without an answer.";

fn story(headline: &str, paragraphs: &[&str]) -> String {
    format!("{headline}\n\n{}\n", paragraphs.join("\n\n"))
}

/// A wire story, a cut under another headline, and an article that shares a standing paragraph with
/// nobody.
fn newsroom() -> Newsroom {
    Newsroom::new()
        .settings("[[template]]\npath = \"{source}_{date}_{slug}.txt\"\n")
        .article(
            "wire_2019-03-04_ferry.txt",
            story("Ferry runs aground at Ferrin", &[LEAD, QUOTED, TUGS, DIVERS, COUNCIL]),
        )
        .article("post_2019-03-05_ferry.txt", story("Ninety stranded on sandbank", &[LEAD, QUOTED, TUGS]))
        .article(
            "post_2019-03-09_bread.txt",
            story(
                "Bread dearer",
                &["The price of bread in Orle rose again, and the ferry brought no flour."],
            ),
        )
        .ingested()
}

fn paths(ran: &crate::support::Ran) -> Vec<String> {
    ran.json_lines().iter().map(|it| it["path"].as_str().unwrap().to_owned()).collect()
}

/// The wire stories of the sample archive, as its README lists them.
const WIRE_STORIES: [&[&str]; 4] = [
    &[
        "cpa/cpa-2016.jsonl#1",
        "export/lobby-door-2016-2022.jsonl#1",
        "harbour-courier/2016-05-21_judge-to-mediate.txt",
    ],
    &[
        "aldmere-ledger/html/ferrin-flood.html",
        "cpa/cpa-2018-2019.jsonl.gz#1",
        "orle-valley-herald/2018-02/the-water.md",
    ],
    &["cpa/cpa-2018-2019.jsonl.gz#2", "lobby-door/scraped/candlemas-bridge-falls.txt"],
    &[
        "carta-de-almadra/en/2024-02-01_one-bank-two-flags.txt",
        "cpa/cpa-2021-2024.jsonl.zst#3",
        "harbour-courier/2024-01-31_halfway-bank-to-be-shared.txt",
    ],
];

#[test]
fn the_wire_copies_of_the_sample_are_found_and_no_others() {
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let args = ["--index", index.to_str().unwrap(), "-q", "similar", "--format", "jsonl"];
    let ran = crate::support::run_in(sample, args, b"");
    let mut found: Vec<Vec<String>> = ran
        .json_lines()
        .iter()
        .map(|family| {
            let articles = family["articles"].as_array().unwrap();
            let path = |it: &serde_json::Value| it["path"].as_str().unwrap().replace("corpus/", "");
            let mut paths: Vec<String> = articles.iter().map(path).collect();
            paths.sort();
            paths
        })
        .collect();
    found.sort();
    let mut expected: Vec<Vec<String>> =
        WIRE_STORIES.iter().map(|it| it.iter().map(|it| (*it).to_owned()).collect()).collect();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_search_shows_a_passage_once_and_says_where_else_it_stands() {
    let newsroom = newsroom();
    let ran = newsroom.run(["search", "tugs", "high", "water", "--format", "jsonl"]);
    let hits = ran.json_lines();
    assert_eq!(hits.len(), 1, "{}", ran.stdout);
    let copies = hits[0]["copies"].as_array().unwrap();
    assert_eq!(copies.len(), 1);
    for key in ["article", "path", "source", "date"] {
        assert!(copies[0][key].is_string(), "{key}");
    }
    assert_ne!(copies[0]["path"], hits[0]["path"]);
    let ran = newsroom.run(["search", "tugs", "high", "water"]);
    assert!(ran.found().contains("also in "), "{}", ran.stdout);
    assert_eq!(ran.stderr, "1 passage; 1 more in copies (`--no-fold` shows them)\n");
    let unfolded = newsroom.run(["search", "tugs", "high", "water", "--no-fold", "--format", "jsonl"]);
    assert_eq!(paths(&unfolded).len(), 2);
}

#[test]
fn what_only_one_version_has_is_found_in_it() {
    let ran = newsroom().run(["search", "divers", "hull", "--format", "jsonl"]);
    assert_eq!(paths(&ran), ["corpus/wire_2019-03-04_ferry.txt"]);
    assert_eq!(ran.json_lines()[0]["copies"][0]["path"], "corpus/post_2019-03-05_ferry.txt");
}

#[test]
fn articles_and_pages_of_results_are_folded_too() {
    let newsroom = newsroom();
    let of = |args: &[&str]| {
        paths(
            &newsroom.run(
                ["search", "ferry", "--format", "jsonl", "--sort", "oldest"]
                    .into_iter()
                    .chain(args.iter().copied()),
            ),
        )
    };
    let all = of(&["--group", "article"]);
    assert_eq!(all, ["corpus/wire_2019-03-04_ferry.txt", "corpus/post_2019-03-09_bread.txt"]);
    assert_eq!(of(&["--group", "article", "--limit", "1", "--offset", "1"]), all[1..]);
    assert_eq!(of(&["--group", "article", "--no-fold"]).len(), 3);
}

#[test]
fn a_quote_in_two_versions_counts_once() {
    let newsroom = newsroom();
    let ran = newsroom.run(["quotes", "rusk"]);
    assert!(ran.found().contains("also in "), "{}", ran.stdout);
    assert!(ran.stderr.contains("1 quote; 1 more in copies"), "{}", ran.stderr);
    let lines = newsroom.run(["quotes", "rusk", "--format", "jsonl"]).json_lines();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["copies"].as_array().unwrap().len(), 1);
    assert_eq!(newsroom.run(["quotes", "rusk", "--no-fold", "--format", "jsonl"]).json_lines().len(), 2);
}

#[test]
fn similar_names_the_versions_with_what_differs() {
    let ran = newsroom().run(["similar", "corpus/wire_2019-03-04_ferry.txt"]);
    insta::assert_snapshot!(ran.found(), @r"
    Copies

    Ninety stranded on sandbank
    post · 2019-03-05 · corpus/post_2019-03-05_ferry.txt
      2 passages cut, another headline, 3 the same
      ~ [-Ferry runs aground at Ferrin-]{+Ninety stranded on sandbank+}
      - Divers were to look at the hull on Wednesday, and the evening crossings were called off until they had reported.
      - The valley council had asked for the channel to be dredged three times since the spring, without an answer.
    ");
}

#[test]
fn similar_in_every_format() {
    let newsroom = newsroom();
    let similar =
        |format: &str| newsroom.run(["similar", "corpus/post_2019-03-05_ferry.txt", "--format", format]);
    let rows = similar("jsonl").json_lines();
    assert_eq!(rows[0]["relation"], "copy");
    assert_eq!(rows[0]["difference"]["headline"], true);
    assert_eq!(rows[0]["difference"]["added"][0]["text"], DIVERS);
    assert_eq!(rows[0]["difference"]["same"], 3);
    let document: serde_json::Value = serde_json::from_str(similar("json").found()).unwrap();
    assert_eq!(document, serde_json::json!(rows));
    assert!(similar("csv").found().starts_with("relation,score,article,path,headline,"));
    assert!(similar("markdown").found().starts_with("## Copies\n\n- Ferry runs aground at Ferrin, *wire*"));
}

#[test]
fn related_articles_share_telling_words() {
    let newsroom = Newsroom::new()
        .article("a.txt", story("Siren silent", &["The siren at the Ferrin dam stayed silent in the flood."]))
        .article("b.txt", story("Inquiry", &["An inquiry asks who silenced the siren of the Ferrin dam."]))
        .article("c.txt", story("Bread", &["The price of bread rose again, bakers said."]))
        .article("d.txt", story("Chess", &["Girls won two chess cups."]))
        .ingested();
    let rows = newsroom.run(["similar", "corpus/a.txt", "--format", "jsonl"]).json_lines();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!((&rows[0]["relation"], &rows[0]["path"]), (&"related".into(), &"corpus/b.txt".into()));
    let words: Vec<_> = rows[0]["words"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    assert!(words.contains(&"dam"), "{words:?}");
    let ran = newsroom.run(["similar", "corpus/d.txt"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""));
    assert_eq!(newsroom.run(["similar", "corpus/none.txt"]).status, Some(1));
}

#[test]
fn without_an_article_it_lists_every_family() {
    let newsroom = newsroom();
    let ran = newsroom.run(["similar", "--format", "csv"]);
    let rows: Vec<&str> = ran.found().lines().skip(1).collect();
    assert_eq!(rows.len(), 2);
    assert!(rows[0].starts_with("1,") && rows[0].contains("wire_2019-03-04"), "{rows:?}");
    assert_eq!(ran.stderr, "1 story in 2 versions\n");
}

#[test]
fn families_follow_edits_as_a_rebuild_would_find_them() {
    let newsroom = newsroom();
    let families = || newsroom.run(["similar", "--format", "csv"]).stdout;
    let ingested = || {
        newsroom.run(["ingest"]).expect_status(0);
        let updated = families();
        newsroom.run(["ingest", "--rebuild"]).expect_status(0);
        assert_eq!(families(), updated, "an update and a rebuild agree");
        updated.lines().count().saturating_sub(1)
    };
    assert_eq!(ingested(), 2);
    newsroom.write("corpus/radio_2019-03-04_ferry.txt", story("Aground", &[TUGS, LEAD, QUOTED]));
    assert_eq!(ingested(), 3);
    newsroom
        .write("corpus/post_2019-03-05_ferry.txt", story("Chess", &["A girl of nine won the chess cup."]));
    assert_eq!(ingested(), 2);
    std::fs::remove_file(newsroom.path("corpus/radio_2019-03-04_ferry.txt")).unwrap();
    assert_eq!(ingested(), 0);
    assert_eq!(
        newsroom.run(["search", "tugs", "--format", "jsonl"]).json_lines()[0]["copies"],
        serde_json::json!([])
    );
}

#[test]
fn a_list_has_one_entry_for_a_story_and_names_its_versions() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "ferry", "sandbank OR tugs"]).expect_status(0);
    let rows = newsroom.run(["list", "show", "ferry", "--format", "jsonl"]).json_lines();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["versions"].as_array().unwrap().len(), 1);
    // Another version, found later, is named too; once the entry is removed, none comes back.
    newsroom.write(
        "corpus/courier_2019-03-06_ferry.txt",
        story("Tugs free ferry", &[LEAD, QUOTED, TUGS, DIVERS]),
    );
    newsroom.run(["ingest"]).expect_status(0);
    newsroom.run(["list", "refresh", "ferry"]).expect_status(0);
    let rows = newsroom.run(["list", "show", "ferry", "--format", "jsonl"]).json_lines();
    assert_eq!((rows.len(), rows[0]["versions"].as_array().unwrap().len()), (1, 2));
    newsroom.run(["list", "remove", "ferry", "1"]).expect_status(0);
    newsroom.run(["list", "refresh", "ferry"]).expect_status(0);
    assert!(newsroom.run(["list", "show", "ferry", "--format", "jsonl"]).json_lines().is_empty());
}

/// A wire story and a copy with another number, another quote and another word.
fn edited() -> Newsroom {
    let numbers = QUOTED.replace("a nurse", "a ward nurse").replace("felt a bump", "felt a heavy bump");
    Newsroom::new()
        .article("wire.txt", story("Ferry runs aground at Ferrin", &[LEAD, QUOTED, TUGS, DIVERS, COUNCIL]))
        .article(
            "post.txt",
            story(
                "Ferry runs aground at Orle",
                &[
                    &LEAD.replace("ninety people", "96 people"),
                    &numbers,
                    &TUGS.replace("pulled the ferry free", "dragged the ferry clear"),
                    DIVERS,
                    COUNCIL,
                ],
            ),
        )
        .ingested()
}

#[test]
fn a_changed_passage_shows_the_words_that_differ() {
    let newsroom = edited();
    let ran = newsroom.run(["similar", "corpus/wire.txt"]);
    for line in [
        "  ~ Ferry runs aground at [-Ferrin-]{+Orle+}\n",
        "Tuesday morning with [-ninety-]{+96+} people aboard",
        "  ~ “We felt a {+heavy+} bump and then nothing moved any more,” said Ada Rusk, a {+ward+} nurse, who",
        "  ~ Two tugs [-pulled-]{+dragged+} the ferry [-free-]{+clear+} at high water",
    ] {
        assert!(ran.found().contains(line), "{line}: {}", ran.stdout);
    }
    let colored = newsroom.run(["similar", "corpus/wire.txt", "--color", "always"]);
    assert!(!colored.found().contains("[-") && !colored.found().contains("{+"), "{}", colored.stdout);
    let row =
        &newsroom.run(["similar", "corpus/wire.txt", "--format", "jsonl"]).json_lines()[0]["difference"];
    let words = row["changed"][2]["words"].as_array().unwrap();
    assert_eq!(words[1..3], [serde_json::json!(["-", "pulled "]), serde_json::json!(["+", "dragged "])]);
    for (sign, side) in [("+", "there"), ("-", "here")] {
        let of_side = words.iter().filter(|it| it[0] == "=" || it[0] == sign);
        let text: String = of_side.map(|it| it[1].as_str().unwrap()).collect();
        assert_eq!(text, row["changed"][2][side]["text"].as_str().unwrap());
    }
    assert_eq!(row["headline_words"][1], serde_json::json!(["-", "Ferrin"]));
}

#[test]
fn only_the_changes_that_are_wanted_are_shown() {
    let newsroom = edited();
    let lines = |args: &[&str]| -> Vec<String> {
        let ran = newsroom.run(["similar", "corpus/wire.txt"].into_iter().chain(args.iter().copied()));
        let changes = ran.stdout.lines().filter_map(|it| it.strip_prefix("  ~ "));
        changes.map(|it| it.split_whitespace().take(2).collect::<Vec<_>>().join(" ")).collect()
    };
    let (headline, lead, quoted, tugs) = ("Ferry runs", "The Ferrin", "“We felt", "Two tugs");
    assert_eq!(lines(&[]), [headline, lead, quoted, tugs]);
    assert_eq!(lines(&["--only", "headline"]), [headline]);
    assert_eq!(lines(&["--only", "numbers"]), [lead]);
    assert_eq!(lines(&["--only", "quotes,numbers"]), [lead, quoted]);
    assert_eq!(lines(&["--min-change", "2"]), [quoted, tugs]);
    assert_eq!(lines(&["--min-change", "2", "--only", "quotes"]), [quoted]);
    let none = newsroom.run(["similar", "corpus/wire.txt", "--min-change", "50"]);
    assert_eq!((none.status, none.stdout.as_str()), (Some(1), ""));
    assert!(none.stderr.contains("no copies; 1 more without such a change"), "{}", none.stderr);
    let numbers = newsroom.run(["similar", "corpus/wire.txt", "--only", "numbers"]);
    assert!(numbers.stdout.contains("; 3 other changes not shown\n"), "{}", numbers.stdout);
    assert!(!newsroom.run(["similar", "corpus/wire.txt"]).stdout.contains("not shown"));
}

#[test]
fn a_copy_without_a_change_and_an_ordinal_are_no_change() {
    let same = story("Ferry runs aground at Ferrin", &[LEAD, QUOTED, TUGS, DIVERS]);
    let newsroom = Newsroom::new()
        .article("wire.txt", &same)
        .article("same.txt", &same)
        .article("third.txt", same.replace("Two tugs pulled", "Two tugs of the third quarter pulled"))
        .article("part.txt", same.replace("the hull", "a third of the hull"))
        .ingested();
    let shown = |args: &[&str]| {
        let ran = newsroom
            .run(["similar", "corpus/wire.txt", "--format", "csv"].into_iter().chain(args.iter().copied()));
        let names = ["same.txt", "third.txt", "part.txt"];
        names.into_iter().filter(|it| ran.stdout.contains(it)).collect::<Vec<_>>()
    };
    assert_eq!(shown(&[]), ["same.txt", "third.txt", "part.txt"]);
    assert_eq!(shown(&["--min-change", "1"]), ["third.txt", "part.txt"]);
    assert_eq!(shown(&["--only", "numbers"]), ["part.txt"]);
    // An export that does not fold has each article.
    let entries = |args: &[&str]| {
        let ran =
            newsroom.run(["search", "tugs", "--export", "json"].into_iter().chain(args.iter().copied()));
        let export: serde_json::Value = serde_json::from_str(ran.found()).unwrap();
        export["entries"].as_array().unwrap().len()
    };
    assert_eq!((entries(&["--no-fold"]), entries(&[])), (4, 1));
    newsroom.run(["list", "new", "tugs", "tugs"]).expect_status(0);
    let list = newsroom.run(["list", "show", "tugs"]);
    assert!(
        list.stdout.contains("also: corpus/") && !list.stdout.contains(".txt · corpus/"),
        "{}",
        list.stdout
    );
}
