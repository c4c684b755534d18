//! How much there is of what, and when.

use serde_json::json;

use crate::support::Newsroom;

fn newsroom() -> Newsroom {
    let said = |who: &str| format!("“The dam is safe,” {who} said on Monday.");
    Newsroom::new()
        .settings("[[template]]\npath = \"{source}_{date}_{slug}.txt\"\n[sources]\npost = \"Orle Post\"\n")
        .article("post_2019-03-04_a.txt", format!("Dam talks\n\nThe dam leaks.\n\n{}\n", said("Ada Rusk")))
        .article("post_2019-05-01_b.txt", format!("Water rises\n\nNobody looked.\n\n{}\n", said("Ada Rusk")))
        .article("herald_2019_c.txt", format!("A dam debate\n\n{}\n", said("Bo Lindqvist")))
        .article("undated.txt", "Letters\n\nReaders wrote about a dam in another country, and about bread.\n")
        .ingested()
}

fn rows(newsroom: &Newsroom, args: &[&str]) -> Vec<(Option<String>, u64, u64)> {
    let ran = newsroom.run(["facets"].into_iter().chain(args.iter().copied()).chain(["--format", "jsonl"]));
    ran.expect_status(0);
    let n = |row: &serde_json::Value, key: &str| row[key].as_u64().unwrap();
    ran.json_lines()
        .iter()
        .map(|it| (it["value"].as_str().map(str::to_owned), n(it, "articles"), n(it, "passages")))
        .collect()
}

fn row(value: &str, articles: u64, passages: u64) -> (Option<String>, u64, u64) {
    (Some(value.to_owned()).filter(|it| !it.is_empty()), articles, passages)
}

#[test]
fn articles_and_passages_are_counted_most_first_and_what_has_no_value_last() {
    let newsroom = newsroom();
    assert_eq!(
        rows(&newsroom, &["source", "dam"]),
        [row("Orle Post", 2, 4), row("herald", 1, 2), row("", 1, 1)]
    );
    assert_eq!(rows(&newsroom, &["source", "bread"]), [row("", 1, 1)]);
    let all = rows(&newsroom, &["source"]);
    assert_eq!(all[0], row("Orle Post", 2, 6));
}

#[test]
fn any_of_the_words_are_those_of_a_search_for_any() {
    let newsroom = newsroom();
    let passages: u64 = rows(&newsroom, &["source", "--any", "dam-bread leaks"]).iter().map(|it| it.2).sum();
    let searched = newsroom.run(["search", "--any", "dam-bread leaks", "--no-fold", "--limit", "0"]);
    assert!(passages == 7 && searched.stderr.contains("7 passages"), "{passages}: {}", searched.stderr);
}

#[test]
fn how_the_query_was_read_is_said_as_in_a_search() {
    let newsroom = newsroom();
    let said = |query: &str| newsroom.run(["facets", "source", query]).stderr;
    assert!(
        said("dam talks OR bread").contains("read as: (dam talks) OR bread"),
        "{}",
        said("dam talks OR bread")
    );
    assert!(said("dam since:2018").contains("1 of 4 articles have no date"), "{}", said("dam since:2018"));
    assert!(said("dam source:zzz").contains("no source is called `zzz`"), "{}", said("dam source:zzz"));
}

#[test]
fn time_is_only_as_fine_as_known() {
    let newsroom = newsroom();
    let months = rows(&newsroom, &["month", "dam"]);
    assert_eq!(months, [row("2019", 1, 2), row("2019-03", 1, 3), row("2019-05", 1, 1), row("", 1, 1)]);
    assert_eq!(rows(&newsroom, &["year", "dam"]), [row("2019", 3, 6), row("", 1, 1)]);
}

#[test]
fn speakers_are_persons_and_quotes_are_counted() {
    let ran = newsroom().run(["facets", "speaker", "dam", "--format", "jsonl"]);
    let first = &ran.json_lines()[0];
    assert_eq!(
        first,
        &json!({"facet": "speaker", "value": "Ada Rusk", "articles": 2, "passages": 2, "quotes": 2})
    );
}

#[test]
fn text_says_what_is_counted() {
    let ran = newsroom().run(["facets", "source", "dam"]);
    insta::assert_snapshot!(ran.found(), @r"
      articles  passages  source
             2         4  Orle Post
             1         2  herald
             1         1  (none)
    ");
    assert_eq!(ran.stderr, "4 articles, 7 passages\n");
}

#[test]
fn every_format_limit_and_status() {
    let newsroom = newsroom();
    let facets = |args: &[&str]| newsroom.run(["facets", "source"].into_iter().chain(args.iter().copied()));
    assert!(
        facets(&["--format", "csv"])
            .found()
            .starts_with("facet,value,articles,passages,quotes\nsource,Orle Post,2,6,\n")
    );
    assert!(
        facets(&["--format", "markdown"]).found().starts_with("| source | articles | passages | quotes |\n")
    );
    let document: serde_json::Value = serde_json::from_str(facets(&["--format", "json"]).found()).unwrap();
    assert_eq!(document, json!(facets(&["--format", "jsonl"]).json_lines()));
    let limited = facets(&["--limit", "1"]);
    assert_eq!(limited.found().lines().count(), 2);
    assert!(limited.stderr.contains("2 values more"), "{}", limited.stderr);
    assert_eq!(facets(&["zeppelin"]).status, Some(1));
    assert_eq!(facets(&["hedline:dam"]).status, Some(2));
    assert_eq!(newsroom.run(["facets", "colour"]).status, Some(2));
}

#[test]
fn a_search_counts_beside_its_hits() {
    let newsroom = newsroom();
    let search =
        |args: &[&str]| newsroom.run(["search", "dam", "-n", "1"].into_iter().chain(args.iter().copied()));
    let ran = search(&["--format", "json", "--timeline", "--facets", "source", "year"]);
    let document: serde_json::Value = serde_json::from_str(ran.found()).unwrap();
    assert_eq!(document["hits"].as_array().unwrap().len(), 1);
    assert_eq!(
        document["facets"][0],
        json!({"facet": "source", "value": "Orle Post", "articles": 2, "passages": 4})
    );
    assert_eq!(
        document["timeline"],
        json!([
            {"timeline": "month", "period": "2019-03", "articles": 1, "passages": 3},
            {"timeline": "month", "period": "2019-04", "articles": 0, "passages": 0},
            {"timeline": "month", "period": "2019-05", "articles": 1, "passages": 1},
            {"timeline": "year", "period": "2019", "articles": 1, "passages": 2},
            {"timeline": "undated", "period": null, "articles": 1, "passages": 1},
        ])
    );
    let text = search(&["--timeline"]);
    let drawn = text.found().split("articles by month\n").nth(1).unwrap().to_owned();
    let lines: Vec<&str> = drawn.lines().collect();
    assert!(lines[0].starts_with("2019-03  1  █") && lines[1] == "2019-04  0", "{drawn}");
    assert!(lines[3..] == ["2019  1 articles, month unknown", "undated  1 articles"], "{drawn}");
    assert_eq!(
        search(&["--format", "csv", "--timeline=year"]).found().lines().nth(1),
        Some("year,2019,3,6,")
    );
}

#[test]
fn quotes_over_time() {
    let newsroom = newsroom();
    let ran = newsroom.run(["quotes", "Ada Rusk", "--timeline", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(ran.found()).unwrap();
    assert_eq!(document["quotes"].as_array().unwrap().len(), 2);
    assert_eq!(document["timeline"][0], json!({"timeline": "month", "period": "2019-03", "quotes": 1}));
    let text = newsroom.run(["quotes", "Ada Rusk", "--timeline"]);
    assert!(text.found().contains("quotes by month\n2019-03  1  █"), "{}", text.stdout);
}

#[test]
fn a_place_in_capitals_is_the_same_place() {
    let newsroom = Newsroom::new()
        .article("a.txt", "Quay\n\nPORT ELLIS — The harbor board met on Monday evening in the old hall.\n")
        .article("b.txt", "Dock\n\nPort Ellis (Reuters) – The harbor board met again on Thursday.\n")
        .ingested();
    assert_eq!(rows(&newsroom, &["place"]), [row("Port Ellis", 2, 4)]);
    newsroom.run(["search", "place:\"port ellis\" board"]).expect_status(0);
}
