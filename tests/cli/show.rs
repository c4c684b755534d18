//! One article, and what an ingest sees in a file.

use serde_json::Value;

use crate::support::Newsroom;

const STORY: &str = "Ferry delayed\n\nORLE, March 3 – The evening ferry left two hours late on Tuesday night.\n\n\
    “The engine was cold,” Jan Moor, the captain, said.\n";

fn newsroom() -> Newsroom {
    Newsroom::new()
        .article("ferry.txt", STORY)
        .article("other.txt", "Other\n\nAnother story altogether was told.\n")
}

#[test]
fn an_article_is_found_by_id_prefix_and_path() {
    let newsroom = newsroom().ingested();
    let id = newsroom.run(["search", "ferry", "--format", "jsonl"]).json_lines()[0]["article"]
        .as_str()
        .unwrap()
        .to_owned();
    let by_id = newsroom.run(["show", &id]).found().to_owned();
    assert!(by_id.contains("“The engine was cold”") && by_id.contains("— Jan Moor, captain"), "{by_id}");
    for name in [&id[..6], "corpus/ferry.txt", "./corpus/ferry.txt"] {
        assert_eq!(newsroom.run(["show", name]).found(), by_id, "{name}");
    }
    newsroom.run(["show", "corpus/absent.txt"]).expect_status(1);
    newsroom.run(["show", "ffffffffff-000000"]).expect_status(1);
}

#[test]
fn origins_say_where_each_value_came_from() {
    let newsroom = newsroom();
    newsroom.write("corpus/ferry.meta.toml", "date = 2015\n");
    newsroom.write("morgue.toml", "[defaults]\nsource = \"The Post\"\n");
    newsroom.run(["ingest"]).expect_status(0);
    let shown = newsroom.run(["show", "corpus/ferry.txt", "--origins"]);
    for words in ["2015  ← sidecar", "The Post  ← default", "byline  unknown"] {
        assert!(shown.found().contains(words), "{words}:\n{}", shown.stdout);
    }
}

#[test]
fn each_quote_says_why_it_is_its_speakers() {
    let story =
        "Harbour plan\n\nBob Lund, the mayor, was late. Lund sat down.\n\n“The harbour is ours,” he said.\n";
    let newsroom = Newsroom::new()
        .article("a.txt", story)
        .article("b.txt", "Quay\n\n“The quay is ours,” said Robert Lund, the mayor.\n")
        .ingested();
    let shown = newsroom.run(["show", "corpus/a.txt", "--explain"]);
    assert!(shown.found().contains("cue “said” · he → Lund → Bob Lund"), "{}", shown.stdout);
    assert!(shown.stdout.contains("its subject stands before the verb"), "{}", shown.stdout);
    let shown = newsroom.run(["show", "corpus/b.txt", "--explain", "--format", "json"]);
    let article: Value = serde_json::from_str(shown.found()).unwrap();
    let quote = article["passages"].as_array().unwrap().iter().find_map(|it| it["quotes"].get(0)).unwrap();
    assert_eq!(quote["reason"]["chain"][0]["text"], "Robert Lund");
    assert_eq!(quote["reason"]["person"], "Bob Lund");
    assert_eq!(quote["reason"]["person_reason"], "nickname");
}

#[test]
fn several_articles_of_one_file_are_told_apart() {
    let lines = "{\"title\":\"One thing\",\"text\":\"The first story of the dump is here.\"}\n\
        {\"title\":\"Two things\",\"text\":\"The second story of the dump is here.\"}\n";
    let newsroom = Newsroom::new().article("dump.jsonl", lines).ingested();
    let ran = newsroom.run(["show", "corpus/dump.jsonl"]);
    ran.expect_status(2);
    assert!(ran.stderr.contains("One thing") && ran.stderr.contains("Two things"), "{}", ran.stderr);
    assert!(newsroom.run(["show", "corpus/dump.jsonl#2"]).found().contains("The second story"));
    newsroom.run(["show", "corpus/dump.jsonl#3"]).expect_status(1);
    for (query, address) in [("first story", "corpus/dump.jsonl#1"), ("second story", "corpus/dump.jsonl#2")]
    {
        let hit = &newsroom.run(["search", query, "--format", "jsonl"]).json_lines()[0];
        assert_eq!(hit["path"], address);
        assert!(newsroom.run(["search", query]).found().contains(address));
    }
}

#[test]
fn an_address_is_no_passage_and_a_passage_no_address() {
    let lines = "{\"title\":\"One thing\",\"text\":\"The first story of the dump.\\n\\nIt goes on.\"}\n\
        {\"title\":\"Two things\",\"text\":\"The second story of the dump.\\n\\nIt ends.\"}\n";
    let newsroom = Newsroom::new()
        .article("dump.jsonl", lines)
        .article("alone.txt", "Ferry delayed\n\nThe ferry was late.\n\nNobody said why.\n")
        .article("odd#2.txt", "Harbor open\n\nThe harbor is open.\n")
        .ingested();
    newsroom.run(["list", "new", "l"]).expect_status(0);
    for named in ["corpus/dump.jsonl#2", "corpus/dump.jsonl#1#2", "corpus/alone.txt#1", "corpus/odd#2.txt"] {
        newsroom.run(["list", "add", "l", named]).expect_status(0);
    }
    let list = std::fs::read_to_string(newsroom.path("lists/l.md")).unwrap();
    for expected in
        ["(../corpus/dump.jsonl#2)", "(../corpus/dump.jsonl#1)", "It goes on", "The ferry was late"]
    {
        assert!(list.contains(expected), "{expected}: {list}");
    }
    assert!(!list.contains("The second story"), "{list}");
    let shown = newsroom.run(["list", "export", "l", "--to", "markdown"]);
    assert!(shown.found().contains("dump.jsonl#2"), "{}", shown.stdout);
    newsroom.run(["list", "add", "l", "corpus/dump.jsonl"]).expect_status(2);
}

#[test]
fn extract_shows_a_file_as_an_ingest_sees_it_and_changes_nothing() {
    let newsroom = newsroom();
    let ran = newsroom.run(["extract", "corpus/ferry.txt"]);
    let article: Value = serde_json::from_str(ran.found()).unwrap();
    assert_eq!(article["path"], "corpus/ferry.txt");
    assert_eq!(article["metadata"]["headline"]["value"], "Ferry delayed");
    assert!(article["metadata"]["headline"]["origin"]["rule"].is_string());
    assert_eq!(article["metadata"]["byline"], Value::Null);
    for passage in article["passages"].as_array().unwrap() {
        let bytes = |n: usize| passage["bytes"][n].as_u64().unwrap() as usize;
        assert_eq!(STORY[bytes(0)..bytes(1)], *passage["text"].as_str().unwrap());
    }
    assert_eq!(article["passages"][2]["quotes"][0]["speaker"]["name"], "Jan Moor");
    assert!(!newsroom.path("index").exists());
    let many = newsroom.run(["extract", "corpus/ferry.txt", "corpus/other.txt", "--format", "jsonl"]);
    assert_eq!(many.json_lines().len(), 2);
}

#[test]
fn extract_names_what_it_cannot_read_and_goes_on() {
    let newsroom = newsroom().article("empty.txt", "");
    let ran = newsroom.run([
        "extract",
        "corpus/absent.txt",
        "corpus/empty.txt",
        "corpus/other.txt",
        "--format",
        "jsonl",
    ]);
    ran.expect_status(2);
    assert!(
        ran.stderr.contains("corpus/absent.txt") && ran.stderr.contains("corpus/empty.txt"),
        "{}",
        ran.stderr
    );
    assert!(ran.stdout.contains("Another story altogether"));
}

#[test]
fn status_and_check() {
    let newsroom = newsroom().ingested();
    let status = newsroom.run(["status"]);
    assert!(status.found().contains("2 files, 2 articles (2 undated)"), "{}", status.stdout);
    assert!(newsroom.run(["check"]).found().starts_with("sound: 2 articles"));
    newsroom.write("corpus/new.txt", "New\n\nA new story came in during the night.\n");
    let status = newsroom.run(["status"]);
    assert!(status.expect_status(1).stdout.contains("1 new or changed, 0 gone"), "{}", status.stdout);
}

#[test]
fn a_correction_is_shown_with_the_article_its_hits_and_its_quotes() {
    let note = "Korrektur: The captain said “the rope was cold”, not the engine, Ida Falk said.";
    let newsroom = Newsroom::new().article("ferry.txt", format!("{STORY}\n{note}\n")).ingested();
    let shown = newsroom.run(["show", "corpus/ferry.txt", "--origins"]).found().to_owned();
    assert!(shown.contains(&format!("corrected  {note}  ← text: correction note, line 7")), "{shown}");
    assert!(shown.contains(&format!("[correction] {note}")), "{shown}");
    let quoted = newsroom.run(["quotes", "moor"]).found().to_owned();
    assert!(quoted.contains(&format!("corrected: {note}")), "{quoted}");
    newsroom.run(["quotes", "falk"]).expect_status(1);
    let keyed = |args: &[&str]| newsroom.run(args.iter().copied()).json_lines()[0]["correction"].clone();
    for args in [
        &["search", "evening ferry", "--format", "jsonl"][..],
        &["search", "rope kind:correction", "--format", "jsonl"],
        &["quotes", "moor", "--format", "jsonl"],
    ] {
        assert_eq!(keyed(args), note, "{args:?}");
    }
    let csv = newsroom.run(["search", "evening ferry", "--format", "csv"]).found().to_owned();
    assert!(
        csv.starts_with(
            "rank,score,article,path,headline,source,date,byline,place,section,language,url,correction,"
        ),
        "{csv}"
    );
    assert!(csv.contains(note), "{csv}");
    let extracted =
        newsroom.run(["extract", "corpus/ferry.txt", "--format", "jsonl"]).json_lines()[0].clone();
    assert_eq!(extracted["metadata"]["correction"]["value"], note);
}

#[test]
fn what_a_query_marks_is_in_a_table_and_an_exclusion_is_a_query() {
    let newsroom = Newsroom::new()
        .article("a.txt", "Pier\n\nThe pier is old.\n\n“The pier holds,” said Ada Lund, a diver.\n")
        .ingested();
    let table = |args: &[&str]| {
        let ran =
            newsroom.run(["show", "corpus/a.txt", "--format", "csv"].into_iter().chain(args.iter().copied()));
        ran.found().to_owned()
    };
    let marked = table(&["--query", "pier"]);
    assert!(marked.lines().next().unwrap().ends_with(",highlights"), "{marked}");
    assert!(marked.contains("The pier is old.") && marked.contains(",pier"), "{marked}");
    assert!(!table(&[]).contains("highlights"));
    newsroom.run(["show", "corpus/a.txt", "--query", "-dam"]).expect_status(0);
}
