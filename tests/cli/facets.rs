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
    assert!(lines[3..] == ["2019  1 article, month unknown", "undated  1 article"], "{drawn}");
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
fn a_timeline_covers_the_time_that_is_asked_for() {
    let newsroom = newsroom();
    let periods = |args: &[&str]| -> Vec<(String, u64)> {
        let ran = newsroom.run(args.iter().copied().chain(["--timeline", "--format", "json"]));
        let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let rows = document["timeline"].as_array().unwrap().iter();
        let n = |it: &serde_json::Value| it["articles"].as_u64().or(it["quotes"].as_u64()).unwrap();
        rows.map(|it| (it["period"].as_str().unwrap().to_owned(), n(it))).collect()
    };
    let row = |at: &str, n: u64| (at.to_owned(), n);
    let all: Vec<_> = (2015..=2021).map(|it| row(&it.to_string(), if it == 2019 { 3 } else { 0 })).collect();
    assert_eq!(periods(&["search", "dam since:2015 until:2021"]), all);
    // Of two conditions the narrower counts, of alternatives both do.
    let narrow = periods(&["search", "dam date:2019-02..2019-06 since:2019-05"]);
    assert_eq!(narrow, [row("2019-05", 1), row("2019-06", 0), row("2019", 1)]);
    let either = periods(&["search", "dam (date:2019-03 OR date:2019-07)"]);
    assert_eq!(either[..5].iter().map(|it| it.1).collect::<Vec<_>>(), [1, 0, 0, 0, 0]);
    // An open end is that of the archive.
    assert_eq!(periods(&["search", "bread since:2019-02"])[0], row("2019-02", 0));
    let quotes = periods(&["quotes", "Ada Rusk", "--since", "2018", "--until", "2022"]);
    assert_eq!(quotes.iter().map(|it| it.1).collect::<Vec<_>>(), [0, 2, 0, 0, 0]);
    let none = periods(&["search", "zeppelin since:2018-11 until:2019-01"]);
    assert_eq!(none, [row("2018-11", 0), row("2018-12", 0), row("2019-01", 0)]);
    let ran = newsroom.run(["search", "dam since:0002 until:9998", "--timeline"]);
    assert!(ran.stdout.lines().count() < 30 && ran.stderr.contains("0002 to 9998"), "{}", ran.stderr);
}

#[test]
fn a_short_time_by_day() {
    let newsroom = newsroom();
    let ran = newsroom.run(["search", "dam date:2019-03", "--timeline=day", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(ran.found()).unwrap();
    let bars = document["timeline"].as_array().unwrap();
    assert_eq!(bars.len(), 32);
    assert_eq!(bars[3], json!({"timeline": "day", "period": "2019-03-04", "articles": 1, "passages": 3}));
    // It may be of that month.
    assert_eq!(bars[31], json!({"timeline": "year", "period": "2019", "articles": 1, "passages": 2}));
    let text = newsroom.run(["search", "dam date:2019-03-04..2019-05-05", "--timeline=day"]);
    assert!(text.found().contains("articles by day\n2019-03-04  1  █"), "{}", text.stdout);
    assert!(text.stdout.contains("2019  1 article, month unknown"), "{}", text.stdout);
    let shares = newsroom.run([
        "quotes",
        "Ada Rusk",
        "--since",
        "2019-03-03",
        "--until",
        "2019-03-04",
        "--timeline=day",
        "--share",
        "--format",
        "csv",
    ]);
    assert!(shares.found().lines().any(|it| it == "day,2019-03-04,1,,1,1,100"), "{}", shares.stdout);
    let long = newsroom.run(["search", "dam since:2018", "--timeline=day"]);
    assert!(long.found().contains("articles by day\n2019-03-04  1"), "{}", long.stdout);
    assert!(long.stderr.contains("at most 92 days"), "{}", long.stderr);
    let days = rows(&newsroom, &["day", "dam date:2019"]);
    assert_eq!(days, [row("2019", 1, 2), row("2019-03-04", 1, 3), row("2019-05-01", 1, 1)]);
}

#[test]
fn the_share_of_a_timeline_is_of_all_articles_of_its_time() {
    let newsroom = newsroom();
    let ran = newsroom.run(["search", "dam", "--timeline=year", "--share", "--format", "csv"]);
    let mut lines = ran.found().lines();
    assert_eq!(lines.next(), Some("facet,value,articles,passages,quotes,all_articles,share"));
    assert_eq!(lines.next(), Some("year,2019,3,6,,3,100"));
    let ran = newsroom.run(["quotes", "Ada Rusk", "--timeline=year", "--share", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(ran.found()).unwrap();
    let expected = json!({"timeline": "year", "period": "2019", "articles": 2, "quotes": 2,
        "all_articles": 3, "share": 66.6667});
    assert_eq!(document["timeline"][0], expected);
    assert_eq!(newsroom.run(["search", "dam", "--share"]).status, Some(2));
}

#[test]
fn fields_to_count_by_do_not_swallow_the_query() {
    let newsroom = Newsroom::new()
        .article("a.txt", "Mill year\n\nThe mill shut in a dry year for its source.\n")
        .article("b.txt", "Mill\n\nThe mill shut.\n")
        .settings("[defaults]\nsource = \"Courier\"\n")
        .ingested();
    let facets = |args: &str| {
        let ran = newsroom.run(args.split(' ').chain(["--format", "json"]));
        let json: serde_json::Value = serde_json::from_str(ran.found()).expect("JSON");
        let mut fields: Vec<String> = json["facets"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["facet"].as_str().unwrap().into())
            .collect();
        fields.dedup();
        (fields.join(" "), json["hits"].as_array().unwrap().len())
    };
    for (args, fields, hits) in [
        ("search --facets source mill", "source", 4),
        ("search --facets source,kind mill", "source kind", 4),
        ("search --facets=source mill shut", "source", 2),
        ("search mill --facets source year", "source year", 4),
        ("search mill --facets source year,kind --limit 9", "source year kind", 4),
        ("search --limit 9 mill --facets source --facets year", "source year", 4),
        // With no other word, or beside a word that names no field, it is the query.
        ("search --facets source year", "source", 2),
        ("search mill --facets source year shut", "source", 1),
        ("search --facets source mill year", "source", 2),
    ] {
        assert_eq!(facets(args), (fields.to_owned(), hits), "{args}");
    }
    for (args, said) in [
        (
            "search mill --timeline year",
            "`year` is not the value of `--timeline`, which would be `--timeline=year`\n",
        ),
        ("search mill --export csv --receipt out.json", "would be `--receipt=out.json`\n"),
    ] {
        let ran = newsroom.run(args.split(' '));
        assert!(ran.stderr.contains(said), "{args}: {}", ran.stderr);
    }
    for args in [
        "search mill --timeline",
        "search --timeline mill",
        "search mill --timeline=year",
        "search -- --timeline year",
    ] {
        let ran = newsroom.run(args.split(' '));
        assert!(!ran.stderr.contains("is not the value"), "{args}: {}", ran.stderr);
    }
    let ran = newsroom.run(["search", "--facets", "mill", "shut"]);
    assert!(ran.expect_status(2).stderr.contains("invalid value 'mill' for '--facets"), "{}", ran.stderr);
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
