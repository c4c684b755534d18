//! Exports, imports, quote sheets and receipts, through the binary.

use std::fs;

use serde_json::Value;

use crate::support::{Newsroom, Ran};

const FORMATS: [&str; 12] = [
    "markdown",
    "html",
    "epub",
    "csl-json",
    "bibtex",
    "ris",
    "csv",
    "json",
    "bookmarks",
    "opml",
    "json-feed",
    "atom",
];

const HERRING: &str =
    "Herring are back in the harbour, fishermen said.\n\nThey had been away for nine years.";

fn story(title: &str, date: &str, source: &str, url: &str, text: &str) -> String {
    serde_json::json!({ "title": title, "date": date, "source": source, "url": url, "text": text, "author": "Leda Moss" })
        .to_string()
}

fn newsroom() -> Newsroom {
    Newsroom::new()
        .article("plan.json", story("Harbour plan passes", "2019-01-02", "The Post", "https://www.post.example/plan/?utm_source=x",
            "The council agreed to dredge the harbour.\n\n“The harbour will be dredged,” Home Minister Rosa Lund told the council."))
        .article("costs.json", story("Harbour costs rise", "2019-02-01", "The Post", "https://post.example/costs",
            "The harbour costs twice what was planned.\n\n“I was not told,” said Rosa Lund, the prime minister."))
        .article("herring.json", story("=Herring return", "2020", "Courier", "", HERRING))
        .ingested()
}

fn list(newsroom: &Newsroom, args: &[&str]) -> Ran {
    newsroom.run(["list"].into_iter().chain(args.iter().copied()))
}

fn with_list() -> Newsroom {
    let newsroom = newsroom();
    list(&newsroom, &["new", "harbour", "harbour", "--order", "date", "--title", "The harbour"])
        .expect_status(0);
    list(&newsroom, &["note", "harbour", "1", "call her back\n\nsecond paragraph"]).expect_status(0);
    list(&newsroom, &["tag", "harbour", "1", "tender", "lund"]).expect_status(0);
    list(&newsroom, &["mark", "harbour", "read", "2"]).expect_status(0);
    newsroom
}

/// What a list says of its entries.
fn entries(newsroom: &Newsroom, name: &str) -> Vec<Value> {
    list(newsroom, &["show", name, "--format", "jsonl"]).json_lines()
}

#[test]
fn every_format_is_written_to_a_file_or_to_standard_output() {
    let newsroom = with_list();
    for format in FORMATS {
        let file = format!("out.{format}");
        let ran = list(&newsroom, &["export", "harbour", "--to", format, "-o", &file]);
        assert!(ran.expect_status(0).stderr.contains(&format!("{file} is written")), "{}", ran.stderr);
        assert!(ran.stdout.is_empty());
        assert!(fs::metadata(newsroom.path(&file)).unwrap().len() > 300, "{format}");
        if format != "epub" {
            let ran = newsroom.run(["search", "harbour", "--export", format]);
            assert!(ran.found().len() > 300, "{format}");
        }
    }
    list(&newsroom, &["export", "nothing", "--to", "html"]).expect_status(2);
    list(&newsroom, &["export", "harbour", "--to", "html", "-o", "no/such/folder.html"]).expect_status(2);
    let ran = list(&newsroom, &["export", "harbour", "--to", "ris", "--receipt"]);
    assert!(ran.expect_status(2).stderr.contains("--receipt=FILE"), "{}", ran.stderr);
}

#[test]
fn exports_as_people_see_them() {
    let newsroom = with_list();
    let mut shown = String::new();
    for format in ["markdown", "bibtex", "ris", "opml"] {
        shown.push_str(&format!(
            "== {format}\n{}\n",
            list(&newsroom, &["export", "harbour", "--to", format]).found()
        ));
    }
    let today = jiff::Zoned::now().date().to_string();
    let shown: Vec<&str> = shown.lines().filter(|it| !it.contains("dateCreated")).collect();
    insta::assert_snapshot!(shown.join("\n").replace(&today, "TODAY"));
}

#[test]
fn a_page_leads_back_to_the_files() {
    let newsroom = with_list();
    fs::create_dir_all(newsroom.path("out/deep")).unwrap();
    list(&newsroom, &["export", "harbour", "--to", "html", "-o", "out/deep/harbour.html"]).expect_status(0);
    let page = fs::read_to_string(newsroom.path("out/deep/harbour.html")).unwrap();
    assert!(page.contains("href=\"../../corpus/plan.json\""), "{page}");
    assert!(newsroom.path("out/deep/../../corpus/plan.json").exists());
}

#[test]
fn an_export_is_not_written_over_what_the_archive_lives_on() {
    let newsroom = with_list();
    newsroom.write("lists/other.md", "## [Herring](../corpus/herring.json)\n");
    let own =
        ["lists/harbour.md", "lists/other.md", "lists/new.md", "corpus/plan.json", "index/x", "people.toml"];
    let read = |file: &str| fs::read(newsroom.path(file)).ok();
    let before = own.map(read);
    for file in own {
        for args in [
            &["list", "export", "harbour", "--to", "markdown", "-o", file][..],
            &["list", "export", "harbour", "--to", "csv", &format!("--receipt={file}"), "-o", "out.csv"],
            &["search", "harbour", "--export", "json", "-o", &format!("./lists/../{file}")],
            &["quotes", "Rosa Lund", "--export", "html", "-o", file],
        ] {
            let ran = newsroom.run(args.iter().copied());
            let said = &ran.expect_status(2).stderr;
            assert!(said.contains(file) && said.contains("somewhere else"), "{said}");
        }
    }
    assert!(before == own.map(read), "nothing is changed");
    assert!(!newsroom.path("out.csv").exists(), "an export whose receipt cannot be written");
    // What lies beside the lists, or is new, is nobody's.
    list(&newsroom, &["export", "harbour", "--to", "html", "-o", "lists/harbour.html"]).expect_status(0);
    list(&newsroom, &["export", "harbour", "--to", "html", "-o", "lists/harbour.html"]).expect_status(0);
}

#[test]
fn an_export_imports_as_the_same_list() {
    let newsroom = with_list();
    for format in ["csl-json", "bibtex", "ris", "bookmarks"] {
        let file = format!("harbour.{format}");
        list(&newsroom, &["export", "harbour", "--to", format, "-o", &file]).expect_status(0);
        let ran = list(&newsroom, &["import", format, &file]);
        assert!(ran.expect_status(0).stderr.contains("of 3 references: 3 entries added"), "{}", ran.stderr);
        assert_eq!(entries(&newsroom, format), entries(&newsroom, "harbour"), "{format}");
        let ran = list(&newsroom, &["import", format, &file]);
        assert!(ran.expect_status(0).stderr.contains("no entries added, 3 there already"), "{}", ran.stderr);
    }
}

#[test]
fn an_import_says_what_the_archive_does_not_hold() {
    let newsroom = newsroom();
    newsroom.write(
        "zotero.ris",
        "TY  - NEWS\nTI  - Another title\nUR  - http://post.example/plan#top\nER  - \n\
         TY  - NEWS\nTI  - harbour COSTS rise!\nT2  - the post\nDA  - 2019/02//\nER  - \n\
         TY  - NEWS\nTI  - Harbour costs rise\nDA  - 2017/02/01/\nER  - \n\
         TY  - NEWS\nTI  - Lost at sea\nUR  - https://post.example/lost\nN1  - find it\nER  - \n",
    );
    let ran = list(&newsroom, &["import", "z", "zotero.ris"]);
    ran.expect_status(0);
    assert!(
        ran.stderr.contains("not in the archive: Harbour costs rise\nnot in the archive: Lost at sea"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("of 4 references: 2 entries added, 2 not in the archive"), "{}", ran.stderr);
    let ran = list(&newsroom, &["import", "kept", "zotero.ris", "--keep-missing"]);
    ran.expect_status(0);
    let kept = fs::read_to_string(newsroom.path("lists/kept.md")).unwrap();
    assert!(
        kept.contains("## [Lost at sea](https://post.example/lost)") && kept.contains("find it"),
        "{kept}"
    );

    let before = kept;
    let ran = list(&newsroom, &["import", "kept", "zotero.ris", "--keep-missing"]);
    assert!(ran.stderr.contains("no entries added, 4 there already, 2 not in"), "{}", ran.stderr);
    assert_eq!(fs::read_to_string(newsroom.path("lists/kept.md")).unwrap(), before);

    let ran = newsroom.run_with(
        ["list", "import", "plain", "-"],
        b"corpus/plan.json\n./corpus/herring.json\nhttps://post.example/costs\nnowhere.txt\n",
    );
    assert!(
        ran.stderr.contains("not in the archive: nowhere.txt\nof 4 references: 3 entries added"),
        "{}",
        ran.stderr
    );

    newsroom.write("broken.json", "[\n{\"title\": }\n]");
    let ran = list(&newsroom, &["import", "z", "broken.json"]);
    assert!(ran.expect_status(2).stderr.contains("line 2"), "{}", ran.stderr);
}

#[test]
fn an_import_of_nothing_makes_no_list_and_drops_nothing_unsaid() {
    let newsroom = newsroom();
    for (file, text, status, said) in [
        ("empty.txt", "", 1, "of no references: no entries added"),
        ("object.json", "{\"a\": 1}", 1, "of 1 reference: no entries added, 1 without a name of an article"),
        ("numbers.json", "[1, null]", 2, "numbers.json: line 1: this is no CSL-JSON: item 1 is no object"),
        ("word.json", "\"harbour\"", 1, "not in the archive: \"harbour\""),
        ("bare.ris", "TY  - NEWS\nPY  - 2019\nER  - \n", 1, "1 without a name of an article"),
        ("bare.bib", "@article{x, year = 2019}", 1, "1 without a name of an article"),
        ("lost.txt", "corpus/lost.txt\n", 1, "not in the archive: corpus/lost.txt"),
    ] {
        newsroom.write(file, text);
        let ran = list(&newsroom, &["import", "none", file]);
        assert!(ran.expect_status(status).stderr.contains(said), "{file}: {}", ran.stderr);
        assert!(!newsroom.path("lists/none.md").exists(), "{file}");
    }
    newsroom.write("bare.json", r#"[{"type": "article"}, {"type": "article", "title": "Lost at sea"}]"#);
    let ran = list(&newsroom, &["import", "kept", "bare.json", "--keep-missing"]);
    let said = "of 2 references: 1 entry added, 1 not in the archive, 1 without a name of an article";
    assert!(ran.expect_status(0).stderr.contains(said), "{}", ran.stderr);
}

#[test]
fn a_quote_sheet_has_all_that_a_story_needs() {
    let newsroom = newsroom();
    let sheet = |format: &str| newsroom.run(["quotes", "Rosa Lund", "--export", format]);
    // The day it was made is that of a clock in UTC.
    let shown = sheet("markdown").found().to_owned();
    let (before, after) = shown.split_once(" on 20").unwrap();
    let (state, after) = after[8..].split_once("\n").unwrap();
    assert!(state.starts_with(". Found in an archive of 3 articles in 3 files, index generation"), "{state}");
    insta::assert_snapshot!(format!("{before} on TODAY\n{after}"));
    for format in ["html", "docx-html", "csv"] {
        let ran = sheet(format);
        let shown = ran.found();
        for words in [
            "The harbour will be dredged",
            "Home Minister",
            "Harbour plan passes",
            "2 January 2019",
            "The Post",
            "told the council",
        ] {
            assert!(shown.contains(words), "{format}: {words}: {shown}");
        }
        assert!(shown.find("2019-01-02") < shown.find("2019-02-01"), "{format}: the oldest first");
    }
}

#[test]
fn a_receipt_is_replayed() {
    let newsroom = with_list();
    newsroom.run(["search", "harbour", "--export", "csv", "-o", "hits.csv", "--receipt"]).expect_status(0);
    list(&newsroom, &["export", "harbour", "--to", "html", "-o", "harbour.html", "--receipt"])
        .expect_status(0);
    newsroom.run(["quotes", "Rosa Lund", "--export", "markdown", "--receipt=quotes.json"]).expect_status(0);
    let receipts = ["hits.csv.receipt.json", "harbour.html.receipt.json", "quotes.json"];
    for receipt in receipts {
        let ran = newsroom.run(["replay", receipt]);
        assert!(ran.found().contains("the corpus is the same"), "{receipt}: {}", ran.stdout);
        assert!(ran.stderr.contains("as they were"), "{receipt}: {}", ran.stderr);
    }
    let receipt: Value =
        serde_json::from_str(&fs::read_to_string(newsroom.path(receipts[0])).unwrap()).unwrap();
    assert_eq!(receipt["request"]["query"], "harbour");
    assert_eq!(receipt["archive"]["articles"], 3);
    assert!(receipt["hits"][0]["spans"][0][1].as_u64().is_some(), "{receipt}");
    let page = fs::read_to_string(newsroom.path("harbour.html")).unwrap();
    assert!(page.contains("Receipt") && page.contains("corpus digest"));

    // A rebuild changes nothing; new, lost, moved and changed files are told.
    newsroom.run(["ingest", "--rebuild"]).expect_status(0);
    receipts.iter().for_each(|it| {
        newsroom.run(["replay", it]).expect_status(0);
    });
    newsroom.write("corpus/sold.json", r#"{"title": "Harbour sold", "text": "The harbour was sold for one crown.\n\nNobody said why.", "date": "2021"}"#);
    fs::rename(newsroom.path("corpus/plan.json"), newsroom.path("corpus/moved.json")).unwrap();
    fs::remove_file(newsroom.path("corpus/herring.json")).unwrap();
    newsroom.run(["ingest"]).expect_status(0);
    let ran = newsroom.run(["replay", receipts[0]]);
    ran.expect_status(1);
    for words in
        ["new  ", "moved  ", "gone  ", "the corpus is another: 3 articles in 3 files then, 3 in 3 now"]
    {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
    let ran = newsroom.run(["replay", receipts[1], "--format", "json"]);
    let replayed: Value = serde_json::from_str(&ran.expect_status(1).stdout).unwrap();
    assert_eq!(replayed["same"], false);
    // The list keeps the entry of the article that is gone, here and in a receipt of the list as it
    // is now.
    let told = |ran: &Ran| -> Vec<String> {
        let words = ran.expect_status(1).stdout.lines().filter(|it| it.contains("Herring return"));
        words.filter_map(|it| it.split_whitespace().next()).map(str::to_owned).collect()
    };
    assert_eq!(told(&newsroom.run(["replay", receipts[1]])), ["gone", "gone"]);
    list(&newsroom, &["export", "harbour", "--to", "csv", "-o", "later.csv", "--receipt"]).expect_status(0);
    newsroom.run(["replay", "later.csv.receipt.json"]).expect_status(0);
    let herring = newsroom.path("corpus/herring.json");
    fs::write(herring, story("=Herring return", "2020", "Courier", "", HERRING)).unwrap();
    newsroom.run(["ingest"]).expect_status(0);
    assert_eq!(told(&newsroom.run(["replay", "later.csv.receipt.json"])), ["new", "new"]);

    newsroom.write("no.json", "{}");
    assert!(newsroom.run(["replay", "no.json"]).expect_status(2).stderr.contains("no receipt"));
}

/// Bylines that are hard to cite, each as BibTeX, RIS and CSL should have it.
const BYLINES: [(&str, &str, &str, &str); 5] = [
    (
        "Ministry of Ports and Fisheries",
        "author = {{Ministry of Ports and Fisheries}}",
        "AU  - Ministry of Ports and Fisheries\n",
        r#"[{"literal":"Ministry of Ports and Fisheries"}]"#,
    ),
    (
        "Ana Costa Jr.",
        "author = {Costa, Jr., Ana}",
        "AU  - Costa, Ana, Jr.\n",
        r#"[{"family":"Costa","given":"Ana","suffix":"Jr."}]"#,
    ),
    (
        "Win van der Barlow and Orle Ferry Company",
        "author = {van der Barlow, Win and {Orle Ferry Company}}",
        "AU  - van der Barlow, Win\nAU  - Orle Ferry Company\n",
        r#"[{"family":"Barlow","given":"Win","non-dropping-particle":"van der"},{"literal":"Orle Ferry Company"}]"#,
    ),
    (
        "Ana Costa, Bo Diaz and Leda de la Moss",
        "author = {Costa, Ana and Diaz, Bo and de la Moss, Leda}",
        "AU  - Costa, Ana\nAU  - Diaz, Bo\nAU  - de la Moss, Leda\n",
        r#"{"family":"Moss","given":"Leda","non-dropping-particle":"de la"}]"#,
    ),
    (
        "Brand & Sohn",
        "author = {{Brand \\& Sohn}}",
        "AU  - Brand & Sohn\n",
        r#"[{"literal":"Brand & Sohn"}]"#,
    ),
];

#[test]
fn bodies_suffixes_and_particles_are_cited_and_read_back() {
    for (byline, bibtex, ris, csl) in BYLINES {
        let article = serde_json::json!({"title": "100% “sure”: R&D_{costs}", "text": "The herring left.", "author": byline});
        let newsroom = Newsroom::new().article("a.json", article.to_string()).ingested();
        let export =
            |format: &str| newsroom.run(["search", "herring", "--export", format]).found().to_owned();
        let csl_json: Value = serde_json::from_str(&export("csl-json")).unwrap();
        for (found, expected) in
            [(export("bibtex"), bibtex), (export("ris"), ris), (csl_json[0]["author"].to_string(), csl)]
        {
            assert!(found.contains(expected), "{byline}: {found}");
        }
        for format in ["bibtex", "ris", "csl-json"] {
            let file = format!("out.{format}");
            newsroom.run(["search", "herring", "--export", format, "-o", &file]).expect_status(0);
            list(&newsroom, &["import", format, &file]).expect_status(0);
            let entry = &entries(&newsroom, format)[0];
            assert_eq!(entry["byline"], byline, "{format}");
            assert_eq!(entry["headline"], "100% “sure”: R&D_{costs}", "{format}");
        }
    }
}

#[test]
fn a_table_has_the_words_around_and_a_link_to_them() {
    let newsroom = newsroom();
    let rows = |args: &[&str]| -> Vec<std::collections::HashMap<String, String>> {
        let ran = newsroom.run(args.iter().copied());
        let mut reader = csv::Reader::from_reader(ran.found().as_bytes());
        reader.deserialize().map(|it| it.unwrap()).collect()
    };
    let sheet = &rows(&["quotes", "Rosa Lund", "--export", "csv"])[0];
    assert_eq!((sheet["pre"].as_str(), sheet["quote"].as_str()), ("“", "The harbour will be dredged,"));
    assert_eq!(sheet["post"], "” Home Minister Rosa Lund told the council.");
    assert_eq!(
        (sheet["person"].as_str(), sheet["url"].as_str()),
        ("Rosa Lund", "https://www.post.example/plan/?utm_source=x")
    );
    assert!(sheet["confidence"].parse::<f32>().unwrap() > 0.5);
    let link = "https://www.post.example/plan/?utm_source=x#:~:text=The%20harbour%20will%20be%20dredged%2C";
    assert_eq!(sheet["text_fragment"], link);
    assert_eq!(
        rows(&["quotes", "Rosa Lund", "--sort", "oldest", "--format", "csv"])[0]["text_fragment"],
        link
    );
    let hit = &rows(&["search", "twice planned", "--format", "csv"])[0];
    let marked = ["pre", "marked", "post"].map(|it| hit[it].as_str());
    assert_eq!(marked, ["The harbour costs ", "twice what was planned", "."]);
    let whole = "#:~:text=The%20harbour%20costs%20twice%20what%20was%20planned.";
    assert_eq!(hit["text_fragment"], format!("https://post.example/costs{whole}"));
    assert!(rows(&["search", "twice planned", "--export", "csv"])[0]["text_fragment"].ends_with(whole));
    // Where the article has no address there is no link.
    assert_eq!(rows(&["search", "fishermen", "--format", "csv"])[0]["text_fragment"], "");
}

/// An archive of more passages on herring than a search shows.
fn many() -> Newsroom {
    let story = |n: usize| {
        let text = format!("Herring number {n} came back to pier {n} of the harbour, and boat {n} left.");
        let date = format!("20{:02}-03-04", 10 + n % 5);
        story(&format!("Day {n}"), &date, "The Post", "", &text)
    };
    (0..24).fold(Newsroom::new(), |it, n| it.article(&format!("{n}.json"), story(n))).ingested()
}

#[test]
fn an_export_has_all_that_matches_and_says_when_it_has_a_part() {
    let newsroom = many();
    let export = |format: &str, args: &[&str]| {
        let all = ["search", "herring", "--export", format].into_iter().chain(args.iter().copied());
        newsroom.run(all)
    };
    for format in FORMATS.into_iter().filter(|it| *it != "epub") {
        let whole = export(format, &[]).found().to_owned();
        assert!((0..24).all(|n| whole.contains(&format!("Herring number {n} "))), "{format}");
        assert!(!whole.contains("of 24 passages"), "{format}");
        let part = export(format, &["-n", "7"]).found().to_owned();
        let said = if format == "json" { "\"total\": 24" } else { "7 of 24 passages" };
        assert!(part.contains(said), "{format}: {part}");
    }
    let table = newsroom.run(["search", "herring", "--format", "csv"]).found().to_owned();
    assert_eq!(table.lines().count(), 25);
    assert!(table.lines().skip(1).all(|it| it.ends_with(",24 passages")), "{table}");
    let page = newsroom.run(["search", "herring", "--format", "csv", "-n", "5", "--offset", "10"]);
    assert!(page.found().lines().last().unwrap().ends_with(",11 to 15 of 24 passages"), "{}", page.stdout);
    assert_eq!(newsroom.run(["search", "herring", "--format", "jsonl"]).json_lines().len(), 10);
    assert_eq!(newsroom.run(["search", "zeppelin", "--format", "csv"]).stdout.lines().count(), 1);
}

#[test]
fn a_part_of_an_export_is_no_note_when_it_is_imported() {
    let newsroom = many();
    for format in ["ris", "bibtex", "csl-json", "bookmarks"] {
        let file = format!("part.{format}");
        newsroom.run(["search", "herring", "--export", format, "-n", "3", "-o", &file]).expect_status(0);
        list(&newsroom, &["import", format, &file]).expect_status(0);
        let entries = entries(&newsroom, format);
        assert_eq!(entries.len(), 3, "{format}");
        assert!(entries.iter().all(|it| it["note"] == ""), "{format}: {entries:?}");
    }
}

#[test]
fn an_export_says_how_the_query_was_read_and_what_the_archive_was() {
    let newsroom = many();
    let args = ["search", "(herring OR boat) pier since:2009 until:2016", "--timeline", "--export"];
    let export = |format: &str| newsroom.run(args.into_iter().chain([format])).found().to_owned();
    let page = export("html");
    for words in
        ["24 passages", "read as: (herring OR boat) pier", "24 articles in 24 files, index generation"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    for row in ["<td>2009</td><td>0</td>", "<td>2010</td><td>5</td>", "<td>2016</td><td>0</td>"] {
        assert!(page.contains(row), "{row}: {page}");
    }
    let json: Value = serde_json::from_str(&export("json")).unwrap();
    assert_eq!(json["found"], serde_json::json!({"shown": 24, "offset": 0, "total": 24, "unit": "passage"}));
    assert_eq!(json["timeline"][7]["period"], "2016");
    assert_eq!(json["archive"]["articles"], 24);
    assert!(export("markdown").contains("| 2009 | 0 | 0 |"));
    let ran = newsroom.run(args.into_iter().chain(["ris"]));
    assert!(ran.stderr.contains("an export as ris has no place for the timeline"), "{}", ran.stderr);
}
