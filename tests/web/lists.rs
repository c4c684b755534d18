//! Reading lists in the browser: what a form does to the file, and what it must not.

use crate::{
    support::Newsroom,
    web::{Answer, Server},
};

const FERRY: &str =
    "Ferry back\n\nThe ferry is back in service since noon, the harbor master said.\n\nNobody was hurt.\n";
const WEIR: &str = "Weir opened\n\nThe old weir was opened on Monday.\n";

fn newsroom() -> Newsroom {
    Newsroom::new().article("ferry.txt", FERRY).article("weir.txt", WEIR).ingested()
}

fn file(newsroom: &Newsroom, name: &str) -> String {
    std::fs::read_to_string(newsroom.path(&format!("lists/{name}.md"))).unwrap_or_default()
}

/// The id of the article that a word finds.
fn id(server: &Server, word: &str) -> String {
    let hits = server.get(&format!("/search.json?q={word}")).expect(200).json();
    hits["hits"][0]["article"].as_str().expect("an id").to_owned()
}

/// What a form of the page sends along: the value of its first hidden field of that name.
fn hidden(page: &Answer, name: &str) -> String {
    let text = page.text();
    let after = text.split_once(&format!("name=\"{name}\" value=\"")).map(|it| it.1).unwrap_or_default();
    after
        .split('"')
        .next()
        .unwrap_or_default()
        .replace("&quot;", "\"")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[test]
fn a_list_is_made_filled_changed_and_deleted() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let made =
        server.post("/lists", &[("name", "harbor"), ("title", "The harbor"), ("query", "")]).expect(303);
    assert_eq!(made.header("location"), "/lists/harbor");
    let (ferry, weir) = (id(&server, "ferry"), id(&server, "weir"));
    let passage = format!("{ferry}#1");
    let added = server.post(
        "/lists/harbor/entries",
        &[("article", &passage), ("article", &weir), ("back", "/search?q=ferry#h1")],
    );
    assert_eq!(added.expect(303).header("location"), "/search?q=ferry#h1");
    assert!(file(&newsroom, "harbor").contains("> The ferry is back in service since noon"));

    let page = server.get("/lists/harbor").expect(200);
    let was = hidden(&page, "was");
    let edit = [
        ("article", ferry.as_str()),
        ("state", "reading"),
        ("tags", "boats, #noon"),
        ("note", "Ask who saw it.\r\n\r\nAnd when."),
        ("was", was.as_str()),
        ("place", "2"),
    ];
    server.post("/lists/harbor/entry", &edit).expect(303);
    let text = file(&newsroom, "harbor");
    for line in ["- state: reading", "- tags: boats, noon", "Ask who saw it.", "And when."] {
        assert!(text.contains(line), "`{line}` is not in {text}");
    }
    assert!(text.find("Weir opened") < text.find("Ferry back"), "{text}");

    let list = server.get("/lists/harbor.json").expect(200).json();
    assert_eq!(list["entries"][1]["note"], "Ask who saw it.\n\nAnd when.");
    server.post("/lists/harbor/sort", &[("order", "date")]).expect(303);
    server.post("/lists/harbor/rename", &[("to", "quay")]).expect(303);
    server.get("/lists/harbor").expect(404);
    assert!(server.get("/lists/quay/delete").expect(200).text().contains("2 entries"));
    server.post("/lists/quay/delete", &[]).expect(303);
    assert_eq!(server.get("/lists.json").json()["lists"], serde_json::json!([]));
}

#[test]
fn what_an_editor_wrote_meanwhile_is_shown_and_not_written_over() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let ferry = id(&server, "ferry");
    server.post("/lists", &[("name", "harbor")]).expect(303);
    server.post("/lists/harbor/entries", &[("article", &ferry)]).expect(303);
    let was = hidden(&server.get("/lists/harbor").expect(200), "was");
    let edited = format!("{}\nThe editor was here.\n", file(&newsroom, "harbor"));
    std::fs::write(newsroom.path("lists/harbor.md"), &edited).expect("the list is written");

    let mine = [("article", ferry.as_str()), ("note", "Mine <b>"), ("was", was.as_str())];
    let conflict = server.post("/lists/harbor/entry", &mine).expect(409);
    assert_eq!(file(&newsroom, "harbor"), edited);
    for words in ["The editor was here.", "Mine &lt;b&gt;"] {
        assert!(conflict.text().contains(words), "`{words}` is not in {}", conflict.text());
    }
    // A state replaces no words, so it counts.
    let state = [("article", ferry.as_str()), ("state", "read"), ("was", was.as_str())];
    server.post("/lists/harbor/entry", &state).expect(303);
    assert!(file(&newsroom, "harbor").contains("The editor was here."));
    // On top of what stands there now it is written.
    let now = hidden(&conflict, "was");
    server.post("/lists/harbor/entry", &[mine[0], mine[1], ("was", &now)]).expect(303);
    let text = file(&newsroom, "harbor");
    assert!(text.contains("Mine") && !text.contains("The editor was here."), "{text}");
}

#[test]
fn an_entry_that_was_taken_out_is_put_back_as_it_was() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let (ferry, weir) = (id(&server, "ferry"), id(&server, "weir"));
    server.post("/lists", &[("name", "harbor")]).expect(303);
    server
        .post("/lists/harbor/entries", &[("article", &format!("{ferry}#1")), ("article", &weir)])
        .expect(303);
    server
        .post("/lists/harbor/entry", &[("article", &ferry), ("note", "\"Quoted\" & kept > all")])
        .expect(303);
    let before = server.get("/lists/harbor.json").json()["entries"].clone();
    let taken = server.post("/lists/harbor/remove", &[("article", &ferry)]).expect(200);
    assert!(!file(&newsroom, "harbor").contains("Quoted"));
    let back = [("text", hidden(&taken, "text")), ("place", hidden(&taken, "place"))];
    server.post("/lists/harbor/restore", &back.each_ref().map(|it| (it.0, it.1.as_str()))).expect(303);
    assert_eq!(server.get("/lists/harbor.json").json()["entries"], before);
    assert!(!file(&newsroom, "harbor").contains("removed:"), "{}", file(&newsroom, "harbor"));
}

#[test]
fn what_cannot_be_done_to_a_list_is_said() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    server.post("/lists", &[("name", "harbor")]).expect(303);
    for (path, fields, status) in [
        ("/lists", &[("name", "../../etc")][..], 422),
        ("/lists", &[("name", "")], 422),
        ("/lists", &[("name", "harbor")], 422),
        ("/lists", &[("name", "b"), ("query", "\"open")], 400),
        ("/lists/harbor/entries", &[("article", "ffffffffff-000000")], 422),
        ("/lists/harbor/entry", &[("article", "9"), ("state", "read")], 422),
        ("/lists/harbor/entry", &[("article", "1"), ("state", "burnt")], 400),
        ("/lists/harbor/restore", &[("text", "no entry")], 422),
        ("/lists/harbor/rename", &[("to", "a/b")], 422),
        ("/lists/nosuch/entries", &[("article", "1")], 404),
        ("/lists/..%2F..%2Fetc/delete", &[], 404),
        ("/keys", &[("on", "yes")], 400),
    ] {
        let answer = server.post(path, fields);
        assert_eq!(answer.status, status, "{path} {fields:?}: {}", answer.text());
    }
    for elsewhere in ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"] {
        let answer = server.post("/keys", &[("on", "1"), ("back", elsewhere)]).expect(303);
        assert_eq!(answer.header("location"), "/search", "{elsewhere}");
    }
    std::fs::write(newsroom.path("lists/torn.md"), "---\ntitle: [\n---\n## [a](b)\n\n- state: burnt\n")
        .expect("a file");
    let torn = server.get("/lists/torn").expect(422).text();
    assert!(torn.contains("lists/torn.md:"), "{torn}");
    assert!(server.get("/lists").expect(200).text().contains("cannot be read"));
}

#[test]
fn a_server_that_only_reads_changes_nothing() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &["--read-only"]);
    for path in ["/lists", "/lists/harbor/entries", "/lists/harbor/delete"] {
        server.post(path, &[("name", "harbor")]).expect(403);
    }
    assert!(!newsroom.path("lists").exists());
    assert!(
        !server
            .get("/lists")
            .expect(200)
            .text()
            .contains("<form class=\"row\" method=\"post\" action=\"/lists\"")
    );
    // What keys do is no matter of the archive.
    server.post("/keys", &[("on", "0"), ("back", "/lists")]).expect(303);
}

#[test]
fn status_and_help_are_there() {
    let newsroom = newsroom().article("broken.json", "{");
    newsroom.run(["ingest"]);
    let server = Server::start(&newsroom, &[]);
    let status = server.get("/status.json?compare=1").expect(200).json();
    assert_eq!((&status["articles"], &status["stale"]), (&2.into(), &0.into()), "{status}");
    assert!(server.get("/status").expect(200).text().contains("broken.json"));
    for page in ["/help", "/help/query-language", "/help/serve", "/help/api", "/problems/query-syntax"] {
        assert!(server.get(page).expect(200).text().contains("<h1"), "{page}");
    }
    server.get("/help/evaluation").expect(404);
}
