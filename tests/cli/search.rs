//! What a search prints, in each format.

use serde_json::json;

use crate::support::Newsroom;

fn newsroom() -> Newsroom {
    Newsroom::new()
        .settings(
            "[[template]]\npath = \"{source}_{date}_{slug}.txt\"\n[sources]\npost = \"Orle Evening Post\"\n",
        )
        .article(
            "post_2019-03-04_siren.txt",
            "Siren silent in flood\n\nThe siren at Ferrin stayed silent.\n\n\
             “Nobody had signed the form,” Ada Rusk, a technician, said. “I had no right to ring it.”\n",
        )
        .article(
            "post_2020-05_repairs.txt",
            "Dam repairs begin\n\nThe siren was replaced when the dam was repaired, and the form is gone.\n",
        )
        .article("undated.txt", "Letters\n\nReaders wrote about dogs, parking and the price of bread.\n")
        .ingested()
}

#[test]
fn text_shows_headline_source_date_and_passages() {
    let ran = newsroom().run(["search", "signed", "form"]);
    insta::assert_snapshot!(ran.found(), @r"
    Siren silent in flood
    Orle Evening Post · 2019-03-04 · corpus/post_2019-03-04_siren.txt
      “Nobody had signed the form,” Ada Rusk, a technician, said. “I had no right to ring it.”
        — Ada Rusk, technician
    ");
    assert_eq!(ran.stderr, "1 passage\n");
}

#[test]
fn json_has_the_keys_that_scripts_rely_on() {
    let newsroom = newsroom();
    let hits = newsroom.run(["search", "signed form", "--format", "jsonl"]).json_lines();
    let hit = &hits[0];
    for key in [
        "rank",
        "score",
        "article",
        "path",
        "headline",
        "source",
        "date",
        "byline",
        "place",
        "section",
        "language",
        "url",
        "passage",
        "kind",
        "text",
        "highlights",
        "quotes",
        "copies",
    ] {
        assert!(hit.get(key).is_some(), "{key}");
    }
    assert_eq!(hit["date"], "2019-03-04");
    assert_eq!(hit["source"], "Orle Evening Post");
    assert_eq!(hit["byline"], json!(null));
    assert_eq!(hit["passage"], 2);
    let text: Vec<char> = hit["text"].as_str().unwrap().chars().collect();
    let marked: Vec<String> = hit["highlights"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it[0].as_u64().unwrap() as usize..it[1].as_u64().unwrap() as usize)
        .map(|it| text[it].iter().collect())
        .collect();
    assert_eq!(marked, ["signed", "form"]);
    let quote = &hit["quotes"][0];
    assert_eq!(quote["speaker"]["name"], "Ada Rusk");
    assert_eq!(quote["kind"], "direct");
    let document: serde_json::Value =
        serde_json::from_str(newsroom.run(["search", "signed form", "--format", "json"]).found()).unwrap();
    assert_eq!(document, json!(hits));
}

#[test]
fn csv_and_markdown_carry_the_same() {
    let newsroom = newsroom();
    let csv = newsroom.run(["search", "signed", "--format", "csv"]);
    let mut rows = csv.found().lines();
    assert!(rows.next().unwrap().starts_with("rank,score,article,path,headline,source,date"));
    assert!(rows.next().unwrap().contains("Orle Evening Post,2019-03-04"));
    let markdown = newsroom.run(["search", "signed", "--format", "markdown"]);
    assert!(markdown.found().contains("had **signed** the form"), "{}", markdown.stdout);
}

#[test]
fn words_may_stand_in_the_headline_but_one_must_be_in_the_passage() {
    let newsroom = newsroom();
    // "flood" is a word of the headline alone.
    let hits = newsroom.run(["search", "flood", "form", "--format", "jsonl"]).json_lines();
    let found: Vec<_> = hits.iter().map(|it| it["passage"].as_u64().unwrap()).collect();
    assert_eq!(found, [2]);
    let hits = newsroom.run(["search", "flood", "--format", "jsonl"]).json_lines();
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0]["kind"], "headline");
}

#[test]
fn when_no_passage_has_all_words_it_says_so_and_gives_those_with_most() {
    let ran = newsroom().run(["search", "signed", "form", "bread", "--format", "jsonl"]);
    assert_eq!(ran.expect_status(0).json_lines()[0]["passage"], 2);
    assert!(ran.stderr.contains("no article has all 3 words"), "{}", ran.stderr);
}

#[test]
fn order_limit_offset_and_grouping() {
    let newsroom = newsroom();
    let paths = |args: &[&str]| -> Vec<String> {
        let ran =
            newsroom.run(["search", "siren", "--format", "jsonl"].into_iter().chain(args.iter().copied()));
        ran.json_lines().iter().map(|it| it["path"].as_str().unwrap()[7..17].to_owned()).collect()
    };
    assert_eq!(paths(&["--sort", "newest"]), ["post_2020-", "post_2019-", "post_2019-"]);
    assert_eq!(paths(&["--sort", "oldest"]), ["post_2019-", "post_2019-", "post_2020-"]);
    assert_eq!(paths(&["--sort", "newest", "--limit", "1"]), ["post_2020-"]);
    assert_eq!(paths(&["--sort", "newest", "--limit", "1", "--offset", "1"]), ["post_2019-"]);
    assert_eq!(paths(&["--sort", "newest", "--group", "article"]), ["post_2020-", "post_2019-"]);
    let ran = newsroom.run(["search", "siren", "--offset", "9"]);
    assert!(ran.expect_status(0).stderr.contains("none of 3 passages"), "{}", ran.stderr);
}

#[test]
fn dates_only_as_fine_as_known() {
    let newsroom = newsroom();
    let found = |query: &str| newsroom.run(["search", query]).status == Some(0);
    assert!(found("siren date:2019-03-04"));
    assert!(found("repaired date:2020-05-17"), "a month matches what it may lie in");
    assert!(!found("repaired date:2020-06"));
    assert!(found("bread") && !found("bread since:1900"), "an undated article is in no time");
}

#[test]
fn a_bad_query_is_shown_with_its_place() {
    let ran = newsroom().run(["search", "hedline:siren"]);
    ran.expect_status(2);
    insta::assert_snapshot!(ran.stderr, @r"
    morgue: no field is called `hedline`
      hedline:siren
      ^^^^^^^ did you mean `headline`?
    ");
}

#[test]
fn nothing_found_is_status_one() {
    let ran = newsroom().run(["search", "zeppelin"]);
    ran.expect_status(1);
    assert_eq!(
        (ran.stdout.as_str(), ran.stderr.as_str()),
        ("", "no passage has `zeppelin`, or a word spelled nearly so\nno passage found\n")
    );
}

#[test]
fn colour_only_when_asked_for() {
    let newsroom = newsroom();
    assert!(!newsroom.run(["search", "siren"]).stdout.contains('\u{1b}'));
    assert!(newsroom.run(["search", "siren", "--color", "always"]).stdout.contains('\u{1b}'));
}

/// Three stories about one dam, told with other words, and one about something else.
fn dam_stories() -> Newsroom {
    Newsroom::new()
        .article(
            "D-1.txt",
            "Tollbar dam cracks\n\nThe Tollbar dam cracked in the night.\n\nEngineers left.\n\nThe spillway of the dam was shut.\n",
        )
        .article("D-2.txt", "Repairs\n\nThe spillway was rebuilt for the dam.\n\nNobody was hurt at the Tollbar works.\n")
        .article("D-3.txt", "Works end\n\nThe spillway is open again, engineers said.\n")
        .article("D-4.txt", "Market\n\nThe dam was mentioned once. Bread was dear, and so were eggs, salt and candles.\n")
        .ingested()
}

#[test]
fn a_hit_is_ranked_by_its_article_too() {
    let newsroom = dam_stories();
    let hits = newsroom.run(["search", "dam", "--format", "jsonl"]).json_lines();
    let path = |at: usize| hits[at]["path"].as_str().unwrap().to_owned();
    assert_eq!(path(0), "corpus/D-1.txt");
    assert_eq!(path(hits.len() - 1), "corpus/D-4.txt", "its article is about something else");
    let scores: Vec<f64> = hits.iter().map(|it| it["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b) && scores[0] <= 1.0, "{scores:?}");
}

#[test]
fn scores_do_not_depend_on_what_was_deleted() {
    let ranked = |newsroom: &Newsroom| -> Vec<(String, f64)> {
        let hits =
            newsroom.run(["search", "--any", "dam spillway engineers", "--format", "jsonl"]).json_lines();
        hits.iter().map(|it| (it["path"].to_string(), it["score"].as_f64().unwrap())).collect()
    };
    let newsroom = dam_stories();
    let before = ranked(&newsroom);
    let newsroom = newsroom.article("D-5.txt", "Dam\n\nDam, dam and spillway.\n").ingested();
    assert_ne!(ranked(&newsroom), before);
    std::fs::remove_file(newsroom.path("corpus/D-5.txt")).unwrap();
    newsroom.run(["ingest"]).expect_status(0);
    assert_eq!(ranked(&newsroom), before);
}

#[test]
fn what_a_pattern_stands_for_does_not_depend_on_what_was_deleted() {
    let told = |newsroom: &Newsroom| ["dam*", "spilway~1"].map(|it| newsroom.run(["explain", it]).stdout);
    let newsroom = dam_stories();
    let before = told(&newsroom);
    let newsroom =
        newsroom.article("D-5.txt", "Damage\n\nDamages at the dam, the spillway, a spilway.\n").ingested();
    assert_ne!(told(&newsroom), before);
    std::fs::remove_file(newsroom.path("corpus/D-5.txt")).unwrap();
    newsroom.run(["ingest"]).expect_status(0);
    assert_eq!(told(&newsroom), before);
}

#[test]
fn a_batch_is_written_as_a_trec_run() {
    let newsroom = dam_stories();
    newsroom.write("queries.tsv", "7\ttollbar dam\n\n8\tbread and salt or candles\n");
    let run = |more: &[&str]| -> Vec<Vec<String>> {
        let args = ["search", "--any", "--batch", "queries.tsv", "--format", "trec"];
        let ran = newsroom.run(args.into_iter().chain(more.iter().copied()));
        ran.found().lines().map(|it| it.split(' ').map(str::to_owned).collect()).collect()
    };
    let articles = run(&[]);
    let names: Vec<&str> = articles.iter().filter(|it| it[0] == "7").map(|it| it[2].as_str()).collect();
    assert_eq!(names, ["D-1", "D-2", "D-4"], "each article once, by the name of its file");
    assert_eq!(articles.iter().filter(|it| it[0] == "8").count(), 1, "`and` and `or` are words here");
    for row in &articles {
        assert_eq!((row.len(), row[1].as_str(), row[5].as_str()), (6, "Q0", "morgue"), "{row:?}");
    }
    assert_eq!(articles[0][3], "1");
    let passages = run(&["--group", "passage", "--limit", "1"]);
    assert_eq!(passages[0][2], "D-1#0");
    assert!(run(&["--trec-id", "article"])[0][2].contains('-'));
    let ran = newsroom.run(["search", "dam", "--format", "trec"]);
    assert!(ran.expect_status(2).stderr.contains("--batch"), "{}", ran.stderr);
    newsroom.write("queries.tsv", "no tab\n7\tdam\n7\tbread\n");
    let ran = newsroom.run(["search", "--batch", "queries.tsv", "--format", "trec"]);
    ran.expect_status(2);
    for problem in ["queries.tsv: line 1 has no tab", "line 3: `7` is what the query of line 2"] {
        assert!(ran.stderr.contains(problem), "{}", ran.stderr);
    }
    assert!(ran.stdout.starts_with("7 Q0 D-1 1 "), "{}", ran.stdout);
    newsroom.write("queries.tsv", b"7\tdam\n8\tcaf\xe9\n");
    let ran = newsroom.run(["search", "--batch", "queries.tsv", "--format", "trec"]);
    assert!(ran.expect_status(2).stderr.contains("line 2 is not UTF-8"), "{}", ran.stderr);
    newsroom.write("queries.tsv", "7\tspillway\n");
    let by_date = run(&["--sort", "newest"]);
    let scores: Vec<f64> = by_date.iter().map(|it| it[4].parse().unwrap()).collect();
    assert!(scores.len() == 3 && scores.is_sorted_by(|a, b| a > b), "{by_date:?}");
}

#[test]
fn pages_follow_each_other_with_no_hit_lost_or_twice() {
    let mut newsroom = Newsroom::new();
    for n in 0..100 {
        let (near, far) = ("stone ".repeat(n % 7), "mud ".repeat(n % 5));
        let text = format!(
            "Story {n}\n\nThe dam {near}was near the spillway.\n\nA spillway, a dam, {far}and rain.\n\nThe dam spillway {near}held.\n"
        );
        newsroom = newsroom.article(&format!("{n}.txt"), text);
    }
    let newsroom = newsroom.ingested();
    let page = |limit: usize, offset: usize| -> Vec<(String, String)> {
        let (limit, offset) = (limit.to_string(), offset.to_string());
        let args = [
            "search",
            "--any",
            "dam spillway",
            "--no-fold",
            "--format",
            "jsonl",
            "-n",
            &limit,
            "--offset",
            &offset,
        ];
        let hits = newsroom.run(args).json_lines();
        hits.iter().map(|it| (it["article"].to_string(), it["passage"].to_string())).collect()
    };
    let all = page(1000, 0);
    assert_eq!(all.len(), 300);
    let pages: Vec<_> = (0..300).step_by(30).flat_map(|offset| page(30, offset)).collect();
    assert_eq!(pages, all);
}

#[test]
fn what_is_counted_beside_hits_is_what_was_found() {
    let newsroom = dam_stories();
    let ran = newsroom.run(["search", "dam", "eggs", "zebra", "--facets", "kind", "--format", "json"]);
    assert!(ran.stderr.contains("no passage has `zebra`"), "{}", ran.stderr);
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let (hits, counts) = (found["hits"].as_array().unwrap(), found["facets"].as_array().unwrap());
    let counted: u64 = counts.iter().map(|it| it["passages"].as_u64().unwrap()).sum();
    assert_eq!((hits.len(), counted), (1, 1), "{found}");
}

#[test]
fn any_word_will_do_but_fields_hold() {
    let newsroom = dam_stories()
        .article("E.json", r#"{"title": "Dam splits", "text": "It rained all night.\n\nNobody slept."}"#)
        .ingested();
    let paths = |typed: &str| -> Vec<String> {
        let hits = newsroom.run(["search", "--any", typed, "--format", "jsonl"]).json_lines();
        hits.iter().map(|it| it["path"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(paths("night zebra headline:splits"), ["corpus/E.json"], "not the headline as well");
    assert_eq!(paths("night zebra article:atleast2(dam)"), ["corpus/D-1.txt"], "not all with a dam");
    assert_eq!(paths("eggs engineers article:reopened"), [""; 0]);
    let ran = newsroom.run(["search", "what of the tollbar"]);
    assert!(ran.expect_status(0).stderr.contains("these passages have all but stop words"), "{}", ran.stderr);
}

#[test]
fn a_batch_may_give_whole_hits_a_line_each() {
    let newsroom = dam_stories();
    newsroom.write("queries.tsv", "\u{feff}a\tspillway\nb\tbread\n");
    let hits = newsroom.run(["search", "--batch", "queries.tsv", "--format", "jsonl"]).json_lines();
    let queries: Vec<&str> = hits.iter().map(|it| it["query"].as_str().unwrap()).collect();
    assert_eq!(queries, ["a", "a", "a", "b"]);
    assert!(hits[3]["text"].as_str().unwrap().contains("Bread"));
}

#[test]
fn related_words_are_looked_for_and_shown() {
    let mut newsroom = dam_stories();
    for n in 0..30 {
        newsroom = newsroom
            .article(&format!("other-{n}.txt"), "Weather\n\nIt rained, and the sun came out later.\n");
    }
    let newsroom = newsroom.ingested();
    let plain = newsroom.run(["search", "tollbar", "--group", "article"]);
    assert_eq!(plain.stderr, "2 articles\n");
    let ran = newsroom.run(["search", "tollbar", "--expand", "--group", "article", "--format", "jsonl"]);
    assert!(ran.stderr.contains("also looked for:") && ran.stderr.contains("spillway"), "{}", ran.stderr);
    let paths: Vec<_> = ran.json_lines().iter().map(|it| it["path"].as_str().unwrap().to_owned()).collect();
    assert!(paths.contains(&"corpus/D-3.txt".to_owned()), "told without the word typed: {paths:?}");
    assert!(!paths.iter().any(|it| it.contains("other")), "{paths:?}");
    let ran = newsroom.run(["search", "tollbar since:2019", "--expand"]);
    assert!(ran.stderr.contains("have no date"), "{}", ran.stderr);
    let ran = newsroom.run(["search", "lead:tollbar", "--expand"]);
    assert!(ran.expect_status(0).stderr.contains("no related words to look for"), "{}", ran.stderr);
    let ran = newsroom.run([
        "search",
        "(tollbar path:corpus/D-*) OR (bread path:corpus/D-*)",
        "--expand",
        "--format",
        "jsonl",
    ]);
    assert!(ran.stderr.contains("also looked for:"), "{}", ran.stderr);
    let paths: Vec<_> = ran.json_lines().iter().map(|it| it["path"].as_str().unwrap().to_owned()).collect();
    assert!(paths.len() > 4 && paths.iter().all(|it| it.starts_with("corpus/D-")), "{paths:?}");
}

#[test]
fn nothing_found_names_what_was_near() {
    let newsroom = newsroom();
    let said = |query: &str| newsroom.run(["search", query]).expect_status(1).stderr.clone();
    assert!(
        said("sirren").contains("no passage has `sirren`; did you mean `siren`, which"),
        "{}",
        said("sirren")
    );
    assert!(said("zzzzzz").contains("or a word spelled nearly so"));
    let elsewhere = said("siren source:ledger");
    assert!(
        elsewhere.contains("none with the fields asked for; without them 3 would be found"),
        "{elsewhere}"
    );
    let unknown = said("siren source:orleevening,zzz");
    assert!(
        unknown.contains("no source is called `orleevening`; did you mean `Orle Evening Post`?"),
        "{unknown}"
    );
    assert!(unknown.contains("no source is called `zzz`; `morgue facets source` gives"), "{unknown}");
    assert!(said("siren date:1990").contains("none in the time asked for; 3 at any time"));
    let either = said("zzzzzz OR date:1990");
    assert!(!either.contains("at any time"), "all the archive is not what was asked for: {either}");
    assert!(said("date:1990").contains("the articles with a date are of 20"), "{}", said("date:1990"));
}

#[test]
fn nothing_found_names_the_name_that_nobody_has() {
    let newsroom = newsroom();
    for (query, note) in [
        ("speaker:rsuk", "nobody quoted has a name with `rsuk`; did you mean `rusk`?"),
        ("speaker:adda said:form", "nobody quoted has a name with `adda`; did you mean `ada`?"),
        ("role:tecnnician", "no speaker has a role with `tecnnician`; did you mean `technician`?"),
        ("siren place:ferrin", "no article is from a place with `ferrin`, or a word spelled nearly so"),
        ("speaker:\"mayor ada rusk\"", "names are kept without titles: `speaker:\"ada rusk\"`"),
        ("speaker:\"local technician\"", "nobody quoted has a name with `local`"),
        ("speaker:\"mayor zzzz\"", "nobody quoted has a name with `zzzz`"),
        ("speaker:zzzz", "nobody quoted has a name with `zzzz`, or a word spelled nearly so"),
    ] {
        let ran = newsroom.run(["search", query]);
        assert!(ran.expect_status(1).stderr.contains(note), "{query}: {}", ran.stderr);
    }
}

#[test]
fn what_stands_below_the_lead_is_named() {
    let story = "Ferry late again\n\nThe ferry to Ferrin was late again on Monday, the third time this month.\n\n\
        Nobody at the harbor could say why, and the council was not asked.\n\n\
        The spillway held all the same, and the barges came in at noon.\n";
    let newsroom = Newsroom::new().article("a", story).ingested();
    let said = newsroom.run(["search", "lead:spillway"]).expect_status(1).stderr.clone();
    assert!(said.contains("none with `lead:`") && said.contains("4 with `article:`"), "{said}");
}

#[test]
fn a_search_by_date_says_how_many_articles_have_none() {
    let newsroom = newsroom();
    let ran = newsroom.run(["search", "siren", "since:2019"]);
    assert!(ran.expect_status(0).stderr.contains("1 of 3 articles have no date"), "{}", ran.stderr);
    assert!(!newsroom.run(["search", "siren"]).stderr.contains("no date"));
}

#[test]
fn a_record_of_a_trec_file_is_known_by_its_number() {
    let story = |number: &str, text: &str| {
        format!("<DOC>\n<DOCNO> {number} </DOCNO>\n<TEXT>\n<P>\n{text}\n</P>\n</TEXT>\n</DOC>\n")
    };
    let file =
        story("OV1-0001", "The barge came in.") + &story("OV1-0002", "The barge went out again with salt.");
    let newsroom = Newsroom::new().article("ov1", file).ingested();
    newsroom.write("queries.tsv", "1\tbarge salt\n");
    let ran = newsroom.run(["search", "--any", "--batch", "queries.tsv", "--format", "trec"]);
    let names: Vec<&str> = ran.found().lines().filter_map(|it| it.split(' ').nth(2)).collect();
    assert_eq!(names, ["OV1-0002", "OV1-0001"]);
}

#[test]
fn the_passages_around_a_hit_are_shown_with_it() {
    let story = "The ferry\n\nThe ferry left.\n\nIt was late.\n\nA barge sank.\n\nNobody drowned.\n\nThe mayor came.\n\nThe barge was raised.\n";
    let newsroom = Newsroom::new().article("ferry.txt", story).ingested();
    let shown = |args: &[&str]| newsroom.run(args.iter().copied()).found().to_owned();
    assert!(!shown(&["search", "sank"]).contains("Nobody drowned"));
    let lines = shown(&["search", "sank", "-C", "1"]);
    let lines: Vec<&str> = lines.lines().skip(2).collect();
    assert_eq!(lines, ["    It was late.", "  A barge sank.", "    Nobody drowned."]);
    let both = shown(&["search", "barge", "--context", "1"]);
    let both: Vec<&str> = both.lines().skip(2).map(str::trim).collect();
    assert_eq!(
        both,
        ["It was late.", "A barge sank.", "Nobody drowned.", "The mayor came.", "The barge was raised."],
        "each once, in the order of the article"
    );
    let apart = shown(&["search", "ferry OR raised", "--context", "1"]);
    assert!(apart.contains("  …\n"), "{apart}");

    let hits = newsroom.run(["search", "sank", "--context", "2", "--format", "jsonl"]).json_lines();
    let texts = |key: &str| -> Vec<&str> {
        hits[0][key].as_array().unwrap().iter().map(|it| it["text"].as_str().unwrap()).collect()
    };
    assert_eq!(texts("before"), ["The ferry left.", "It was late."]);
    assert_eq!(texts("after"), ["Nobody drowned.", "The mayor came."]);
    assert!(shown(&["search", "sank", "--format", "jsonl"]).find("\"before\"").is_none());
    let csv = shown(&["search", "sank", "--context", "1", "--format", "csv"]);
    let columns = "copies,match,also,pre,marked,post,text_fragment,before,after,found";
    assert!(csv.lines().next().unwrap().ends_with(columns), "{csv}");
    assert!(csv.contains("It was late.,Nobody drowned.,1 passage"), "{csv}");
    let markdown = shown(&["search", "sank", "--context", "1", "--format", "markdown"]);
    assert!(
        markdown.contains("> It was late.\n>\n> A barge **sank**.\n>\n> Nobody drowned.\n"),
        "{markdown}"
    );
}

#[test]
fn many_names_are_looked_for_at_once() {
    let newsroom = Newsroom::new()
        .article("2016-05-01.txt", "Council\n\nMarta Ortiz spoke. Bo Lund listened.\n\nMarta Ortiz left.\n")
        .article("2016-07-02.txt", "Marta Lund met Ana Ortiz\n\nThe two talked of salt.\n")
        .settings("[[template]]\npath = \"{date}.txt\"\n")
        .ingested();
    newsroom.write(
        "names.txt",
        "\u{feff}# officials\nMarta Ortiz\n\nLund, Bo\nsalt OR spoke\nNobody Known\ndate:23/06/2017\n",
    );
    let ran = newsroom.run(["search", "--names", "names.txt", "--format", "jsonl"]);
    ran.expect_status(2);
    assert!(
        ran.stderr.contains("3 of 5 names found") && ran.stderr.contains("1 line could not"),
        "{}",
        ran.stderr
    );
    let rows = ran.json_lines();
    let summary: Vec<_> = rows
        .iter()
        .map(|it| {
            (it["name"].as_str().unwrap(), it["articles"].as_u64().unwrap(), it["passages"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(
        summary,
        [
            ("Marta Ortiz", 1, 2),
            ("Lund, Bo", 1, 1),
            ("salt OR spoke", 2, 2),
            ("Nobody Known", 0, 0),
            ("date:23/06/2017", 0, 0)
        ],
        "words of a name stand side by side, and nothing is relaxed"
    );
    assert_eq!(rows[1]["query"], "\"Bo Lund\"");
    assert_eq!((&rows[2]["first"], &rows[2]["last"]), (&"2016-05".into(), &"2016-07".into()));
    assert_eq!(rows[0]["hits"].as_array().unwrap().len(), 2);
    assert!(rows[4]["problem"].as_str().unwrap().contains("date"), "{}", rows[4]);

    newsroom.write("names.txt", "Marta Ortiz\nNobody Known\n");
    let csv = newsroom.run(["search", "--names", "names.txt", "--format", "csv"]);
    let lines: Vec<&str> = csv.found().lines().collect();
    assert!(
        lines[0].starts_with("name,query,articles,passages,first,last,problem,rank,score,article,"),
        "{csv:?}"
    );
    assert_eq!(lines.len(), 4, "two hits of the first, and a row of the one that has none");
    assert!(lines[3].starts_with("Nobody Known,\"\"\"Nobody Known\"\"\",0,0,"), "{}", lines[3]);
    let counts = newsroom.run(["search", "--names", "names.txt", "--limit", "0"]);
    assert_eq!(counts.found().lines().next(), Some("Marta Ortiz: 1 article, 2 passages, 2016-05"));
    let json = newsroom.run(["search", "--names", "names.txt", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(json.found()).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 2);
}

#[test]
fn a_bad_query_of_a_batch_does_not_end_it() {
    let newsroom = dam_stories();
    newsroom.write("queries.tsv", "1\tdam\n2\tdate:23/06/2017\n3\tbread\n");
    let ran = newsroom.run(["search", "--any", "--batch", "queries.tsv", "--format", "trec"]);
    ran.expect_status(2);
    assert!(ran.stderr.contains("query 2") && ran.stderr.contains("date"), "{}", ran.stderr);
    let answered: Vec<&str> = ran.stdout.lines().map(|it| &it[..1]).collect();
    assert!(answered.contains(&"1") && answered.contains(&"3"), "{}", ran.stdout);
}

#[test]
fn a_stray_mark_is_no_error_in_a_search_for_words() {
    let newsroom = dam_stories();
    for typed in ["dam\"s spillway", "(dam spillway", "dam) spillway", "\"dam spillway"] {
        let ran = newsroom.run(["search", "--any", typed]);
        assert!(ran.expect_status(0).stderr.contains("left out"), "{typed}: {}", ran.stderr);
        newsroom.run(["search", typed]).expect_status(2);
    }
}
