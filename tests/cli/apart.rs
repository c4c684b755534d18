//! Articles that have what is asked for in different passages: after the passages, never instead.

use serde_json::Value;

use crate::support::Newsroom;

fn newsroom() -> Newsroom {
    Newsroom::new()
        .article(
            "2018-02-01_mill.md",
            "---\ntitle: The mill at Osby closes\ndate: 2018-02-01\npublication: Orle Post\n---\n\n\
             The last weavers left the mill on Friday.\n\nA buyer from Tarn looked at the looms.\n\n\
             “There is no pension for anybody,” said Ada Lund, the mayor.\n",
        )
        .article(
            "2019-05-01_quay.md",
            "---\ntitle: A quay for Tarn\ndate: 2019-05-01\npublication: Tarn Gazette\n---\n\n\
             The weavers of the town asked for a pension from the buyer of the quay.\n\nNobody answered.\n",
        )
        .article(
            "2020-01-01_dogs.md",
            "---\ntitle: Dogs on the beach\ndate: 2020-01-01\npublication: Tarn Gazette\n---\n\n\
             A pension for old dogs was proposed.\n\nWeavers of baskets laughed at the strike.\n",
        )
        .ingested()
}

/// Headline, what matched, and the ordinals of the passages shown, of each hit.
fn found(newsroom: &Newsroom, args: &[&str]) -> Vec<(String, String, Vec<u64>)> {
    let args = ["search"].iter().chain(args).chain(&["--format", "jsonl"]);
    let hits = newsroom.run(args.copied()).json_lines();
    let of_hit = |hit: &Value| {
        let text = |key: &str| hit[key].as_str().unwrap_or_default().to_owned();
        let also = hit["also"].as_array().into_iter().flatten();
        let mut passages: Vec<u64> = also.chain([hit]).map(|it| it["passage"].as_u64().unwrap()).collect();
        passages.sort_unstable();
        (text("headline"), text("match"), passages)
    };
    hits.iter().map(of_hit).collect()
}

#[test]
fn passages_come_first_then_articles() {
    let newsroom = newsroom();
    let ran = newsroom.run(["search", "weavers", "pension", "buyer"]);
    insta::assert_snapshot!(ran.found(), @r"
    A quay for Tarn
    Tarn Gazette · 2019-05-01 · corpus/2019-05-01_quay.md
      The weavers of the town asked for a pension from the buyer of the quay.

    all words, in different passages:

    The mill at Osby closes
    Orle Post · 2018-02-01 · corpus/2018-02-01_mill.md
      The last weavers left the mill on Friday.
      A buyer from Tarn looked at the looms.
      “There is no pension for anybody,” said Ada Lund, the mayor.
        — Ada Lund, mayor
    ");
    assert_eq!(ran.stderr, "1 passage, and 1 article with all words in different passages\n");
    let hits = found(&newsroom, &["weavers pension buyer"]);
    let kinds: Vec<(&str, &[u64])> = hits.iter().map(|it| (it.1.as_str(), it.2.as_slice())).collect();
    assert_eq!(kinds, [("passage", &[1][..]), ("article", &[1, 2, 3])]);
}

#[test]
fn where_no_passage_has_all_words_no_word_is_dropped() {
    let ran = newsroom().run(["search", "pension looms friday"]);
    assert!(ran.found().starts_with("all words, in different passages:\n\nThe mill at Osby closes\n"));
    assert_eq!(ran.stderr, "1 article with all words in different passages\n");
    let ran = newsroom().run(["search", "pension looms zeppelin"]);
    assert!(ran.found().contains("The mill at Osby closes"), "{}", ran.stdout);
    assert!(
        ran.stderr.contains("no article has all 3 words; these passages have at least"),
        "{}",
        ran.stderr
    );
}

/// What each part of a query means for an article whose passages match together.
#[test]
fn not_fields_dates_and_quotes_keep_one_meaning() {
    let newsroom = newsroom();
    let (mill, quay, dogs) = ("The mill at Osby closes", "A quay for Tarn", "Dogs on the beach");
    for (query, passages, articles) in [
        ("weavers pension", vec![quay], vec![mill, dogs]),
        // Some passage of the article has the word that must not stand there.
        ("weavers pension -strike", vec![quay], vec![mill]),
        ("weavers pension -mayor", vec![quay], vec![dogs]),
        ("weavers pension date:2018", vec![], vec![mill]),
        ("weavers pension source:gazette", vec![quay], vec![dogs]),
        ("weavers speaker:lund", vec![], vec![mill]),
        ("weavers (speaker:lund said:pension)", vec![], vec![mill]),
        ("weavers speaker:lund -looms", vec![], vec![]),
        ("(weavers OR zeppelin) (pension OR looms)", vec![quay], vec![mill, dogs]),
        // Each in one passage: a phrase, words near each other, one passage asked for.
        ("weavers \"old dogs\"", vec![], vec![dogs]),
        ("weavers w/p pension", vec![quay], vec![]),
        ("weavers w/9 pension", vec![quay], vec![]),
        ("article:(weavers pension) friday", vec![mill], vec![]),
        // A kind of passage is asked of a passage.
        ("weavers pension kind:body", vec![quay], vec![]),
        // Any word will do, so a passage has it.
        ("weavers OR pension", vec![mill, mill, quay, dogs, dogs], vec![]),
    ] {
        let hits = found(&newsroom, &[query, "--limit", "20"]);
        let of = |kind: &str| {
            let mut of: Vec<&str> = hits.iter().filter(|it| it.1 == kind).map(|it| it.0.as_str()).collect();
            of.sort_by_key(|it| [mill, quay, dogs].iter().position(|all| all == it));
            of
        };
        let relaxed = newsroom.run(["search", query]).stderr.contains("no article has all");
        let found = if relaxed { (vec![], vec![]) } else { (of("passage"), of("article")) };
        assert_eq!(found, (passages, articles), "{query}");
    }
}

#[test]
fn articles_can_be_asked_for_from_the_start() {
    let newsroom = newsroom();
    let mut hits = found(&newsroom, &["weavers pension", "--group", "article"]);
    hits.sort();
    assert_eq!(
        hits,
        [
            ("A quay for Tarn".to_owned(), "passage".to_owned(), vec![1]),
            ("Dogs on the beach".to_owned(), "article".to_owned(), vec![1, 2]),
            ("The mill at Osby closes".to_owned(), "article".to_owned(), vec![1, 3]),
        ]
    );
    // The article is the unit of NOT too: a passage without the word is not enough.
    assert_eq!(found(&newsroom, &["pension -strike", "--group", "article"]).len(), 2);
    assert_eq!(found(&newsroom, &["pension -strike"]).len(), 3);
}

#[test]
fn pages_go_from_passages_to_articles() {
    let newsroom = newsroom();
    let all = found(&newsroom, &["weavers pension"]);
    let mut paged = Vec::new();
    for offset in ["0", "1", "2"] {
        let page = found(&newsroom, &["weavers pension", "--limit", "1", "--offset", offset]);
        assert_eq!(page.len(), 1, "{offset}");
        paged.extend(page);
    }
    assert_eq!(paged, all);
    // The total is the same whether or not there is room to show them.
    for (query, all) in [
        ("weavers pension", "1 of 3 (1 passage, and 2 articles"),
        ("weavers pension -strike", "1 of 2 (1 passage, and 1 article"),
        ("weavers (pension OR looms)", "1 of 3 (1 passage, and 2 articles"),
    ] {
        let ran = newsroom.run(["search", query, "--limit", "1"]);
        assert_eq!(ran.stderr, format!("{all} with all words in different passages)\n"), "{query}");
    }
    let ran = newsroom.run(["search", "weavers pension", "--limit", "2"]);
    assert_eq!(ran.stderr, "2 of 3 (1 passage, and 2 articles with all words in different passages)\n");
    let by_date = found(&newsroom, &["weavers pension", "--sort", "newest"]);
    let headlines: Vec<&str> = by_date.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(headlines, ["A quay for Tarn", "Dogs on the beach", "The mill at Osby closes"]);
}

#[test]
fn counts_and_lists_have_them_too() {
    let newsroom = newsroom();
    let ran = newsroom.run(["facets", "source", "weavers pension"]);
    insta::assert_snapshot!(ran.found(), @r"
      articles  passages  source
             2         1  Tarn Gazette
             1         0  Orle Post
    ");
    newsroom.run(["list", "new", "pensions", "weavers pension"]).expect_status(0);
    let list = newsroom.run(["list", "show", "pensions"]);
    for headline in ["A quay for Tarn", "Dogs on the beach", "The mill at Osby closes"] {
        assert!(list.found().contains(headline), "{}", list.stdout);
    }
}

#[test]
fn explain_has_both_readings() {
    let ran = newsroom().run(["explain", "weavers pension -strike"]);
    insta::assert_snapshot!(ran.found(), @r"
    read as   weavers pension NOT strike
    finds     passages with
              all of these:
                `weavers` in any form in the passage, or in the headline of its article
                `pension` in any form in the passage, or in the headline of its article
                not this:
                  `strike` in any form in the passage, or in the headline of its article
    and then  articles with
              all of these:
                `weavers` in any form in some passage of the article
                `pension` in any form in some passage of the article
                not this:
                  `strike` in any form in some passage of the article
    weavers   en/weaver (3)
    pension   en/pension (3)
    strike    en/strike (1)
    ");
    let ran = newsroom().run(["explain", "pension -strike"]);
    assert!(!ran.found().contains("articles with"), "{}", ran.stdout);
}

#[test]
fn explain_says_why_an_article_is_found_or_not() {
    let newsroom = newsroom();
    let ran = newsroom.run([
        "explain",
        "weavers =weaver since:2019 -pension",
        "--article",
        "corpus/2018-02-01_mill.md",
    ]);
    ran.expect_status(1);
    insta::assert_snapshot!(ran.stdout, @r"
    read as   weavers =weaver since:2019 NOT pension
    article   The mill at Osby closes · corpus/2018-02-01_mill.md
    found     not found
    no        all of these:
    yes         `weavers` in any form in the passage, or in the headline of its article · passage 1
    no          `weaver` as it is spelled in the passage, or in the headline of its article · it has other forms of it: weavers
    no          published from 2019-01-01 on, or perhaps so · its date is 2018-02-01
    no          not this:
    yes           `pension` in any form in the passage, or in the headline of its article · passage 3
    ");
    let apart = newsroom.run(["explain", "weavers pension", "--article", "corpus/2020-01-01_dogs.md"]);
    assert!(apart.found().contains("found     in different passages of the article"), "{}", apart.stdout);
    let args = ["explain", "weavers pension", "--article", "corpus/2019-05-01_quay.md", "--format", "json"];
    let found: Value = serde_json::from_str(newsroom.run(args).found()).unwrap();
    assert_eq!(found["match"], "passage");
    assert_eq!(found["passages"], serde_json::json!([1]));
    assert_eq!(found["tree"]["of"][0]["holds"], true);
    newsroom.run(["explain", "weavers", "--article", "corpus/none.md"]).expect_status(1);
}

#[test]
fn show_marks_and_numbers_what_a_search_marks() {
    let newsroom = newsroom();
    let ran = newsroom.run(["show", "corpus/2018-02-01_mill.md", "--query", "mill pension"]);
    insta::assert_snapshot!(ran.found(), @r"
    5f21ed0d89-a84e1d
     headline  The mill at Osby closes
       source  Orle Post
         date  2018-02-01
     language  en
         path  corpus/2018-02-01_mill.md

    The last weavers left the mill on Friday.

    A buyer from Tarn looked at the looms.

    “There is no [pension]¹ for anybody,” said Ada Lund, the mayor.
        “There is no pension for anybody” — Ada Lund, mayor (direct)
    ");
    assert_eq!(ran.stderr, "1 mark\n");
    let ran = newsroom.run(["show", "corpus/2019-05-01_quay.md", "--query", "weavers pension"]);
    assert!(ran.found().contains("The [weavers]¹ of the town asked for a [pension]²"), "{}", ran.stdout);
    let ran = newsroom.run(["show", "corpus/2019-05-01_quay.md", "--query", "weavers zeppelin"]);
    assert!(ran.stderr.contains("does not have all that is asked for"), "{}", ran.stderr);
    assert!(ran.stdout.contains("The [weavers]¹ of the town"), "{}", ran.stdout);
    let args = ["show", "corpus/2019-05-01_quay.md", "--query", "\"the quay\"", "--format", "json"];
    let shown: Value = serde_json::from_str(newsroom.run(args).found()).unwrap();
    assert_eq!(shown["passages"][1]["highlights"], serde_json::json!([[62, 70]]));
}

#[test]
fn stop_words_may_be_all_that_an_article_has() {
    let newsroom = Newsroom::new()
        .article("a.txt", "Pier\n\nHe said that you go.\n")
        .article("b.txt", "Quay\n\nIt helps you.\n")
        .article("c.txt", "Mole\n\nSay that.\n\nSee you.\n")
        .article("d.txt", "Jetty\n\nOnly you.\n")
        .article("e.txt", "Dock\n\nThat helps.\n")
        .ingested();
    let paths = |args: &[&str]| {
        let hits = newsroom.run(["search"].iter().chain(args).chain(&["--format", "jsonl"]).copied());
        let mut paths: Vec<String> =
            hits.json_lines().iter().map(|it| it["path"].as_str().unwrap().replace("corpus/", "")).collect();
        paths.sort();
        paths
    };
    assert_eq!(paths(&["(that OR helps) you"]), ["a.txt", "b.txt", "c.txt"]);
    assert_eq!(paths(&["(that OR helps) you", "--group", "article"]), ["a.txt", "b.txt", "c.txt"]);
    assert_eq!(paths(&["(that OR zeppelin) you", "--group", "article"]), ["a.txt", "c.txt"]);
    let ran = newsroom.run(["search", "(that OR helps) you", "--limit", "1"]);
    assert_eq!(ran.stderr, "1 of 3 (2 passages, and 1 article with all words in different passages)\n");
    // An alternative that asks for no words at all.
    assert_eq!(paths(&["(helps OR path:d.txt) -said", "--group", "article"]), ["b.txt", "d.txt", "e.txt"]);
}

#[test]
fn what_is_counted_is_what_a_search_finds() {
    let newsroom = newsroom();
    let counted = |args: &[&str]| -> u64 {
        let args = ["search"].iter().chain(args).chain(&["--facets=source", "--format", "json"]);
        let found: Value = serde_json::from_str(&newsroom.run(args.copied()).stdout).unwrap();
        found["facets"].as_array().unwrap().iter().map(|it| it["articles"].as_u64().unwrap()).sum()
    };
    for (args, articles) in [
        (&["weavers pension"][..], 3),
        (&["weavers pension -strike"], 2),
        (&["pension -strike"], 3),
        (&["pension -strike", "--group", "article"], 2),
        // Most of the words are found, in one passage each.
        (&["pension looms zeppelin"], 3),
        (&["pension looms friday"], 1),
    ] {
        assert_eq!(counted(args), articles, "{args:?}");
    }
    // Only articles match.
    let ran = newsroom.run(["facets", "year", "pension looms friday"]);
    assert!(ran.found().contains("2018") && ran.stderr.contains("1 article, no passages"), "{}", ran.stdout);
}

#[test]
fn what_does_not_have_all_words_says_so_in_itself() {
    let newsroom = newsroom();
    let hits = newsroom.run(["search", "pension looms zeppelin", "--format", "jsonl"]).json_lines();
    assert!(hits.iter().all(|it| it["relaxed"] == true), "{hits:?}");
    let hits = newsroom.run(["search", "pension looms", "--format", "jsonl"]).json_lines();
    assert!(hits.iter().all(|it| it.get("relaxed").is_none()), "{hits:?}");
    let said = "no article has all 3 words; these passages have at least one word of them";
    for format in ["markdown", "html", "json"] {
        let ran = newsroom.run(["search", "pension looms zeppelin", "--export", format]);
        assert!(ran.found().contains(said), "{format}: {}", ran.stdout);
    }
    let ran = newsroom.run(["search", "weavers pension", "--export", "markdown", "--limit", "2"]);
    assert!(ran.found().contains("2 of 3 hits"), "{}", ran.stdout);
}

#[test]
fn a_found_article_is_explained_by_the_passage_that_is_found() {
    let newsroom = newsroom();
    // The mayor stands in another passage of the article.
    let args = ["explain", "weavers -mayor", "--article", "corpus/2018-02-01_mill.md"];
    let ran = newsroom.run(args);
    assert!(
        ran.found().contains("found     in passage 1\nyes       all of these: · passage 1\n"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("\nyes         not this:\nno            `mayor`"), "{}", ran.stdout);
    let ran = newsroom.run([
        "explain",
        "speaker:lnd said:pension \"the loom weavers\" weavers w/3 buyer",
        "--article",
        "corpus/2018-02-01_mill.md",
    ]);
    ran.expect_status(1);
    for line in [
        "yes           a quote: `pension` in any form in its words · passage 3",
        "no            a quote: `lnd` as it is spelled in the name of its speaker · it quotes Ada Lund",
        "yes           `loom` in any form in the passage, or in the headline of its article · passage 2\n",
        "yes           `buyer` in any form",
    ] {
        assert!(ran.stdout.contains(line), "{line}\n{}", ran.stdout);
    }
}
