//! What the settings say of formats: `[[read]]`, `[[layout]]`, and the list of all that is read.

use serde_json::Value;

use crate::support::Newsroom;

fn articles(newsroom: &Newsroom, name: &str) -> Vec<Value> {
    newsroom.run(["extract", &format!("corpus/{name}"), "--format", "jsonl"]).json_lines()
}

fn value<'a>(article: &'a Value, field: &str) -> &'a str {
    article["metadata"][field]["value"].as_str().unwrap_or_default()
}

fn passages(article: &Value) -> Vec<&str> {
    let passages = article["passages"].as_array().into_iter().flatten();
    passages.filter_map(|it| it["text"].as_str()).collect()
}

/// The fenced block of `docs/formats.md` in a language that contains a text.
fn example(language: &str, text: &str) -> String {
    let docs = include_str!("../../docs/formats.md");
    let fence = format!("```{language}\n");
    let blocks = docs.split(&fence).skip(1).filter_map(|it| it.split("\n```").next());
    blocks.map(str::to_owned).find(|it| it.contains(text)).expect("an example in docs/formats.md")
}

#[test]
fn the_layout_of_the_documentation_reads_its_example() {
    let newsroom = Newsroom::new()
        .settings(&example("toml", "[[layout]]"))
        .article("portpress/export.txt", example("text", "Document 1 of 2"))
        .article("elsewhere/export.txt", example("text", "Document 1 of 2"));
    let found = articles(&newsroom, "portpress/export.txt");
    assert_eq!(found.len(), 2, "{found:?}");
    let fields = ["headline", "source", "date", "byline"].map(|it| value(&found[0], it));
    assert_eq!(fields, ["Council votes no to the weir", "Harbour Courier", "2018-10-08", "Ann Lee"]);
    let text = ["The council said no to the weir on Monday.", "“We will come back,” said Mayor Ida Osby."];
    assert_eq!(passages(&found[0])[1..], text);
    assert_eq!(value(&found[1], "headline"), "Ferry late again");
    assert_eq!(value(&found[1], "source"), "");
    assert_eq!(articles(&newsroom, "elsewhere/export.txt").len(), 1);
}

#[test]
fn a_layout_reads_pages_covers_and_labels_in_many_forms() {
    let settings = r#"
[[layout]]
files = "*.txt"
name = "Port Press"
separator = "new page"
[layout.labels]
"TITLE:" = "headline"
"TITLE OF PAPER:" = "source"
"DATE" = "date"
"FULL TEXT" = "text"
"RIGHTS" = "skip"
"#;
    let export = "Results of your search, 9 October 2018\n\x0cTITLE:\n\nCouncil votes no\n\nDATE\t8 October 2018\n\
        TITLE OF PAPER: Harbour Courier\nFULL TEXT: The council said no.\n\nDATE is a word here.\n\n\
        RIGHTS  None are\nreserved.\n\n\x0c\x0cTITLE: Second\n\nThe ferry left at nine.\n";
    let newsroom = Newsroom::new().settings(settings).article("a.txt", export);
    let ran = newsroom.run(["extract", "corpus/a.txt", "--format", "jsonl"]);
    assert!(ran.stderr.contains("line 1: has none of the labels of the layout `Port Press`"), "{ran:?}");
    let found: Vec<Value> = ran.json_lines().into_iter().filter(|it| it["passages"].is_array()).collect();
    assert_eq!(found.len(), 2, "{ran:?}");
    let fields = ["headline", "source", "date"].map(|it| value(&found[0], it));
    assert_eq!(fields, ["Council votes no", "Harbour Courier", "2018-10-08"]);
    assert_eq!(passages(&found[0])[1..], ["The council said no.", "DATE is a word here."]);
    assert_eq!(passages(&found[1]), ["Second", "The ferry left at nine."]);
}

#[test]
fn in_a_page_the_value_of_a_label_is_its_paragraph() {
    let settings = "[[layout]]\nfiles = \"*.ptx\"\nname = \"Port\"\nseparator = \"-----\"\n\
        [layout.labels]\n\"Title:\" = \"headline\"\n\"Issued:\" = \"date\"\n\"Paper:\" = \"source\"\n";
    let page = "<html><body><p>Title:</p><p>Ferry late again</p><p>Issued: 9 October 2018</p><p>The 7.30 ferry left at nine.</p>\
        <p>Nobody said why.</p><p>-----</p><p>Title: Harbor open</p><p>Paper: Harbour Courier</p><p>It opened.</p></body></html>";
    let newsroom = Newsroom::new().settings(settings).article("a.ptx", page);
    let found = newsroom.run(["extract", "corpus/a.ptx", "--format", "jsonl"]).json_lines();
    assert_eq!(["headline", "date"].map(|it| value(&found[0], it)), ["Ferry late again", "2018-10-09"]);
    assert_eq!(passages(&found[0]), ["Ferry late again", "The 7.30 ferry left at nine.", "Nobody said why."]);
    assert_eq!(["headline", "source"].map(|it| value(&found[1], it)), ["Harbor open", "Harbour Courier"]);
    assert_eq!(passages(&found[1])[1..], ["It opened."]);
}

#[test]
fn articles_that_a_layout_misses_are_told_of() {
    let layout = |separator: &str| example("toml", "[[layout]]").replace("Document * of *", separator);
    let export = example("text", "Document 1 of 2");
    let read = |separator: &str, export: &str| {
        let newsroom = Newsroom::new().settings(&layout(separator)).article("portpress/a.txt", export);
        let ran = newsroom.run(["extract", "corpus/portpress/a.txt", "--format", "jsonl"]);
        format!("{}{}", ran.stdout, ran.stderr)
    };
    let told = "has 2 of the 30 documents that it counts";
    assert!(read("Document * of *", &export.replace("of 2", "of 30")).contains(told));
    assert!(!read("Document * of *", &export).contains("documents that it counts"));
    assert!(read("-----", &export).contains("has 2 headlines"));
}

#[test]
fn a_format_by_name_goes_around_what_the_content_says() {
    let newsroom = Newsroom::new()
        .settings("[[read]]\nfiles = \"notes/*.html\"\nas = \"text\"\n[[read]]\nfiles = \"*.page\"\nas = \"html\"\n")
        .article("notes/a.html", "<p>The mayor, it says, resigned.")
        .article("b.html", "<p>The mayor, it says, resigned.")
        .article("c.page", "The <em>mayor</em>, it says, resigned.");
    let first = |name: &str| passages(&articles(&newsroom, name)[0])[0].to_owned();
    assert_eq!(first("notes/a.html"), "<p>The mayor, it says, resigned.");
    assert_eq!(first("b.html"), "The mayor, it says, resigned.");
    assert_eq!(first("c.page"), "The mayor, it says, resigned.");
}

#[test]
fn a_document_read_as_text_is_its_paragraphs() {
    let letter =
        r"{\rtf1\ansi\b Ferry late\b0\par\par The ferry was two hours late.\par Nobody said why.\par}";
    let newsroom = Newsroom::new()
        .settings("[[read]]\nfiles = \"letters/*\"\nas = \"text\"\n")
        .article("letters/ferry.rtf", letter)
        .article("other/ferry.rtf", letter)
        .ingested();
    let shown = newsroom.run(["show", "corpus/letters/ferry.rtf"]);
    for expected in ["Ferry late", "The ferry was two hours late.", "Nobody said why."] {
        assert!(shown.found().contains(expected), "{expected}: {}", shown.stdout);
    }
    let report = newsroom.run(["extract", "corpus/other/ferry.rtf"]);
    assert!(report.stderr.contains("no export of a press database"), "{}{}", report.stdout, report.stderr);
}

#[test]
fn settings_of_formats_are_checked() {
    for (settings, expected) in [
        (
            "[[read]]\nfiles = \"*.x\"\nas = \"Markdwn\"",
            "no format is called `Markdwn`; did you mean `Markdown`?",
        ),
        ("[[read]]\nfile = \"*.x\"\nas = \"text\"", "did you mean `files`?"),
        ("[[layout]]\nfiles = \"*\"\nname = \"P\"\nseparator = \"*\"", "`separator` fits every line"),
        (
            "[[layout]]\nfiles = \"*\"\nname = \"P\"\nseparator = \"-\"\n[layout.labels]\nA = \"headlin\"",
            "no field is called `headlin`; did you mean `headline`?",
        ),
    ] {
        let ran = Newsroom::new().settings(settings).run(["status"]);
        ran.expect_status(2);
        assert!(ran.stderr.contains(expected), "{settings}: {ran:?}");
    }
}

#[test]
fn the_list_of_formats_has_what_the_settings_add() {
    let settings = "[[read]]\nfiles = \"*.x\"\nas = \"text\"\n[[layout]]\nfiles = \"p/*\"\nname = \"Port Press\"\n\
        separator = \"-\"\n[[convert]]\nfiles = \"*.doc\"\ncommand = [\"antiword\", \"{file}\"]\n";
    let newsroom = Newsroom::new().settings(settings);
    let rows = newsroom.run(["formats", "--format", "jsonl"]).json_lines();
    let named = |kind: &str, name: &str| rows.iter().any(|it| it["kind"] == kind && it["name"] == name);
    for (kind, name) in [
        ("format", "RSS"),
        ("format", "plain text"),
        ("[[layout]]", "Port Press"),
        ("[[read]]", "text"),
        ("[[convert]]", "antiword {file}"),
    ] {
        assert!(named(kind, name), "{kind} {name}: {rows:?}");
    }
    for format in ["text", "json", "csv", "markdown"] {
        let ran = newsroom.run(["formats", "--format", format]);
        assert!(ran.found().contains("Port Press"), "{format}");
    }
}
