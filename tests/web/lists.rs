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
    let was = hidden(&server.get("/lists/harbor"), "was");
    server
        .post(
            "/lists/harbor/entry",
            &[("article", &ferry), ("note", "\"Quoted\" & kept > all"), ("was", &was)],
        )
        .expect(303);
    let before = server.get("/lists/harbor.json").json()["entries"].clone();
    let taken = server.post("/lists/harbor/remove", &[("article", &ferry)]).expect(303);
    assert_eq!(taken.header("location"), "/lists/harbor?taken=1");
    assert!(!file(&newsroom, "harbor").contains("Quoted"));
    let taken = server.get("/lists/harbor?taken=1").expect(200);
    assert!(taken.text().contains("Taken out: <bdi>Ferry back</bdi>"), "{}", taken.text());
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
    let forms = ["entries", "entry", "remove", "restore", "move", "sort", "refresh", "rename", "delete"];
    for path in forms.map(|it| format!("/lists/harbor/{it}")).iter().map(String::as_str).chain(["/lists"]) {
        server.post(path, &[("name", "harbor")]).expect(403);
    }
    assert!(!newsroom.path("lists").exists());
    newsroom.run(["list", "new", "boats"]).expect_status(0);
    let asked = server.get("/lists/boats/delete").expect(200).text();
    assert!(asked.contains("This server changes nothing.") && !asked.contains("Delete it"), "{asked}");
    assert!(
        !server
            .get("/lists")
            .expect(200)
            .text()
            .contains("<form class=\"row\" method=\"post\" action=\"/lists\"")
    );
    // What keys do is no matter of the archive.
    let turned = server.post("/keys", &[("on", "0"), ("back", "/lists")]).expect(303);
    let cookie = format!("morgue_keys_{}=0; SameSite=Strict; Path=/; Max-Age=31536000", server.port);
    assert_eq!((turned.header("location"), turned.header("set-cookie")), ("/lists", cookie.as_str()));
}

#[test]
fn single_keys_are_off_while_the_cookie_says_so() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &["--no-token"]);
    let scripts = |cookie: &str| {
        let page = server.ask("GET", "/lists", &[("Cookie", cookie)], b"").expect(200).text();
        page.matches("<script").count()
    };
    let (mine, other) = (format!("morgue_keys_{}=0", server.port), "morgue_keys_1=0");
    assert_eq!((scripts(other), scripts(&mine), scripts("a=b")), (1, 0, 1));
}

#[test]
fn status_and_help_are_there() {
    let newsroom = newsroom().article("broken.json", "{");
    newsroom.run(["ingest"]).expect_status(0);
    let server = Server::start(&newsroom, &[]);
    let status = server.get("/status.json?compare=1").expect(200).json();
    assert_eq!((&status["articles"], &status["stale"]), (&2.into(), &0.into()), "{status}");
    assert!(server.get("/status").expect(200).text().contains("broken.json"));
    for page in ["/help", "/help/query-language", "/help/serve", "/help/api", "/problems/query-syntax"] {
        assert!(server.get(page).expect(200).text().contains("<h1"), "{page}");
    }
    server.get("/help/evaluation").expect(404);
}

#[test]
fn data_of_a_list_is_what_the_command_line_writes() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "harbor", "ferry OR weir", "--title", "The harbor"]).expect_status(0);
    newsroom.run(["list", "note", "harbor", "1", "Ask who saw it."]).expect_status(0);
    let server = Server::start(&newsroom, &[]);
    let json = |args: &[&str]| -> serde_json::Value {
        serde_json::from_str(newsroom.run(args.iter().copied()).found()).expect("JSON")
    };
    assert_eq!(server.get("/lists.json").json()["lists"], json(&["list", "--format", "json"]));
    let shown = json(&["list", "show", "harbor", "--format", "json"]);
    assert_eq!(server.get("/lists/harbor.json").json(), shown);
    for (format, media_type, ending, is_same) in [
        ("markdown", "text/markdown; charset=utf-8", "md", true),
        ("html", "text/html; charset=utf-8", "html", false),
        ("epub", "application/epub+zip", "epub", false),
        ("csl-json", "application/vnd.citationstyles.csl+json", "csl.json", true),
        ("bibtex", "application/x-bibtex; charset=utf-8", "bib", true),
        ("ris", "application/x-research-info-systems", "ris", true),
        ("csv", "text/csv; charset=utf-8", "csv", true),
        ("json", "application/json", "json", true),
        ("bookmarks", "text/html; charset=utf-8", "bookmarks.html", false),
        ("opml", "text/x-opml; charset=utf-8", "opml", false),
        ("json-feed", "application/feed+json", "feed.json", false),
        ("atom", "application/atom+xml", "atom", false),
    ] {
        let file = server.get(&format!("/lists/harbor/export?to={format}")).expect(200);
        assert_eq!(file.header("content-type"), media_type, "{format}");
        let disposition = format!("attachment; filename=\"harbor.{ending}\"");
        assert_eq!(file.header("content-disposition"), disposition, "{format}");
        let words: &[u8] = if format == "epub" { b"mimetypeapplication/epub+zip" } else { b"Ferry back" };
        assert!(file.body.windows(words.len()).any(|it| it == words), "{format}");
        // The others say when they were made.
        if is_same {
            let ran = newsroom.run(["list", "export", "harbor", "--to", format]);
            assert_eq!(file.text(), ran.found(), "{format}");
        }
    }
    server.get("/lists/harbor/export?to=pdf").expect(400);
}

#[test]
fn an_entry_is_changed_though_its_article_has_other_words_or_another_file() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "harbor", "--title", "The harbor"]).expect_status(0);
    newsroom.run(["list", "add", "harbor", "corpus/ferry.txt", "corpus/weir.txt"]).expect_status(0);
    newsroom.write("corpus/ferry.txt", FERRY.replace("noon", "one o'clock"));
    let weir = newsroom.path("corpus/weir.txt");
    std::fs::rename(&weir, newsroom.path("corpus/old-weir.txt")).expect("the file is moved");
    newsroom.run(["ingest"]).expect_status(0);
    let server = Server::start(&newsroom, &[]);
    let page = server.get("/lists/harbor").expect(200);
    assert!(page.text().contains("has other words now"), "{}", page.text());
    for (entry, words) in page.text().split("<li class=\"hit\"").skip(1).zip(["First.", "Second."]) {
        let of_entry = Answer { body: entry.as_bytes().to_vec(), ..page.clone() };
        let (article, was) = (hidden(&of_entry, "article"), hidden(&of_entry, "was"));
        let note = [("article", article.as_str()), ("note", words), ("was", was.as_str())];
        server.post("/lists/harbor/entry", &note).expect(303);
    }
    let text = file(&newsroom, "harbor");
    assert!(text.contains("First.") && text.contains("Second."), "{text}");
}

#[test]
fn entries_are_moved_sorted_and_taken_out_as_they_were_seen() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "harbor"]).expect_status(0);
    newsroom.run(["list", "add", "harbor", "corpus/ferry.txt", "corpus/weir.txt"]).expect_status(0);
    let server = Server::start(&newsroom, &[]);
    let (ferry, weir) = (id(&server, "ferry"), id(&server, "weir"));
    let order = || -> Vec<String> {
        let list = server.get("/lists/harbor.json").json();
        let entries = list["entries"].as_array().expect("entries").iter();
        entries.map(|it| it["article"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let page = server.get("/lists/harbor");
    let (_, aside) =
        page.text().split_once("<aside").map(|it| (it.0.len(), it.1.to_owned())).expect("an aside");
    let seen = hidden(&Answer { body: aside.into_bytes(), ..page }, "was");

    let moved = server.post("/lists/harbor/move", &[("article", &weir), ("to", "1")]).expect(303);
    assert_eq!(moved.header("location"), "/lists/harbor#e1");
    assert_eq!(order(), [weir.clone(), ferry.clone()]);
    // Both are undated, so that sorting leaves them; the order made by hand is not taken for
    // granted.
    let conflict = server.post("/lists/harbor/sort", &[("order", "date"), ("was", &seen)]).expect(409);
    assert!(conflict.text().contains("Nothing was sorted"), "{}", conflict.text());
    assert!(!file(&newsroom, "harbor").contains("order:"));
    let now = hidden(&conflict, "was");
    server.post("/lists/harbor/sort", &[("order", "date"), ("was", &now)]).expect(303);
    assert!(file(&newsroom, "harbor").contains("order: date"));

    server.post("/lists/harbor/remove", &[("article", &ferry), ("article", &weir)]).expect(303);
    assert_eq!(order(), [""; 0]);
}

#[test]
fn no_entry_is_moved_beyond_the_end() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let all: Vec<String> = ["ferry", "weir"].iter().map(|it| id(&server, it)).collect();
    server.post("/lists", &[("name", "dock")]).expect(303);
    let articles: Vec<(&str, &str)> = all.iter().map(|it| ("article", it.as_str())).collect();
    server.post("/lists/dock/entries", &articles).expect(303);
    let before = file(&newsroom, "dock");
    for place in ["3", "100000"] {
        for (form, param) in [("move", "to"), ("entry", "place")] {
            let refused =
                server.post(&format!("/lists/dock/{form}"), &[("article", "1"), (param, place)]).expect(422);
            let said = "the list `dock` has 2 entries; there is no place";
            assert!(
                refused.text().contains("there is no place"),
                "{form} {place}: {said}: {}",
                refused.text()
            );
        }
        let ran = newsroom.run(["list", "move", "dock", "1", place]);
        assert!(
            ran.status != Some(0) && ran.stderr.contains("the list `dock` has 2 entries"),
            "{}",
            ran.stderr
        );
    }
    assert_eq!(file(&newsroom, "dock"), before);
    server.post("/lists/dock/move", &[("article", "1"), ("to", "2")]).expect(303);
    assert_ne!(file(&newsroom, "dock"), before);
}

#[test]
fn a_list_is_called_what_somebody_types_and_its_file_what_a_file_can_be() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    for (typed, name) in [
        ("Who knew? <b>", "who-knew-b"),
        ("  Überschwemmung: 2018 ", "überschwemmung-2018"),
        ("harbor", "harbor"),
        ("con | prn", "con-prn"),
    ] {
        server.post("/lists", &[("title", typed)]).expect(303);
        let list = server.get("/lists.json").json();
        let found = list["lists"].as_array().expect("lists").iter().find(|it| it["name"] == name).cloned();
        assert_eq!(found.expect(name)["title"], typed.trim(), "{typed}");
        assert!(newsroom.path(&format!("lists/{name}.md")).exists());
    }
    // The name as the search page sends it.
    server.post("/lists", &[("name", "Why now?"), ("query", "ferry")]).expect(303);
    assert!(file(&newsroom, "why-now").contains("Ferry back"));
    // What was typed is not lost.
    let page = server.post("/lists", &[("title", "Harbor"), ("query", "ferry w/3 noon")]).expect(422).text();
    for words in ["value=\"Harbor\"", "value=\"ferry w/3 noon\"", "there is a list `harbor` already"] {
        assert!(page.contains(words), "`{words}` is not in {page}");
    }
    for nothing in ["?!", " ", "\u{202e}"] {
        server.post("/lists", &[("title", nothing)]).expect(422);
    }
}

#[test]
fn hostile_notes_and_tags_are_text_and_break_no_file() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "harbor"]).expect_status(0);
    newsroom.run(["list", "add", "harbor", "corpus/ferry.txt", "corpus/weir.txt"]).expect_status(0);
    let server = Server::start(&newsroom, &[]);
    let ferry = id(&server, "ferry");
    let long = "x".repeat(100_000);
    for note in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "## [Another](../corpus/other.txt)\n\n- state: read\n- id: 0000000000-000000",
        "---\ntitle: mine\n---",
        "# A heading\n> a passage that nobody wrote\n> — Somebody · passage 1",
        "- state: read",
        "<!-- morgue: passed -->",
        "<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> other",
        "\u{202e}back\u{2066} to front \u{200b}",
        "a\\b \\> c \\# d",
        "</textarea><b>",
        long.as_str(),
    ] {
        let was = hidden(&server.get("/lists/harbor"), "was");
        let fields =
            [("article", ferry.as_str()), ("note", note), ("tags", "<b>, \"x\"\n- id: 1"), ("was", &was)];
        server.post("/lists/harbor/entry", &fields).expect(303);
        let list = server.get("/lists/harbor.json").expect(200).json();
        assert_eq!(list["entries"].as_array().map(Vec::len), Some(2), "{note}");
        let entry = &list["entries"][0];
        assert_eq!((&entry["note"], &entry["state"]), (&note.into(), &"unread".into()));
        let page = server.get("/lists/harbor").expect(200).text();
        for raw in ["<script>alert", "<img src=x", "</textarea><b>", "<b>, "] {
            assert!(!page.contains(raw), "{raw}");
        }
    }
}

#[test]
fn words_are_replaced_only_by_who_says_what_was_seen() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "harbor"]).expect_status(0);
    newsroom.run(["list", "add", "harbor", "corpus/ferry.txt"]).expect_status(0);
    let server = Server::start(&newsroom, &[]);
    let ferry = id(&server, "ferry");
    let before = file(&newsroom, "harbor");
    for field in ["note", "tags"] {
        server.post("/lists/harbor/entry", &[("article", &ferry), (field, "mine")]).expect(400);
    }
    assert_eq!(file(&newsroom, "harbor"), before);
    // The page of the article says it too.
    let was = hidden(&server.get(&format!("/a/{ferry}")).expect(200), "was");
    server.post("/lists/harbor/entry", &[("article", &ferry), ("note", "mine"), ("was", &was)]).expect(303);
    assert!(file(&newsroom, "harbor").contains("mine"));
}

#[test]
fn a_page_shows_a_part_of_a_list() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "harbor"]).expect_status(0);
    newsroom.run(["list", "add", "harbor", "corpus/ferry.txt", "corpus/weir.txt"]).expect_status(0);
    newsroom.run(["list", "note", "harbor", "2", "Which weir?"]).expect_status(0);
    newsroom.run(["list", "mark", "harbor", "read", "1"]).expect_status(0);
    let server = Server::start(&newsroom, &[]);
    for (show, ferry, weir) in [
        ("", true, true),
        ("?show=all", true, true),
        ("?show=read", true, false),
        ("?show=unread", false, true),
        ("?show=noted", false, true),
        ("?show=missing", false, false),
    ] {
        let page = server.get(&format!("/lists/harbor{show}")).expect(200).text();
        assert_eq!((page.contains("id=\"e1\""), page.contains("id=\"e2\"")), (ferry, weir), "{show}");
    }
    // A form on it leads back to it.
    let page = server.get("/lists/harbor?show=unread&taken=1").expect(200);
    assert_eq!(hidden(&page, "back"), "/lists/harbor?show=unread#e2");
}

#[test]
fn links_of_the_pages_of_help_lead_to_places_that_are_there() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let index = server.get("/help").expect(200).text();
    let links = |page: &str| -> Vec<String> {
        page.split(" href=\"").skip(1).filter_map(|it| it.split('"').next()).map(str::to_owned).collect()
    };
    let pages: Vec<String> = links(&index).into_iter().filter(|it| it.starts_with("/help/")).collect();
    assert!(pages.len() >= 8, "{pages:?}");
    for page in &pages {
        let text = server.get(page).expect(200).text();
        assert_eq!(text.matches("<h1").count(), 1, "{page}");
        for link in links(&text).iter().filter(|it| it.starts_with("/help/") || it.starts_with('#')) {
            let (to, place) = link.split_once('#').unwrap_or((link, ""));
            let there = if to.is_empty() { text.clone() } else { server.get(to).expect(200).text() };
            assert!(place.is_empty() || there.contains(&format!("id=\"{place}\"")), "{page} links to {link}");
        }
    }
}

#[test]
fn a_new_list_begins_with_what_was_found() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let (ferry, passage) = (id(&server, "ferry"), format!("{}#1", id(&server, "ferry")));
    let page = server.get("/search?q=ferry").expect(200).text();
    assert!(page.contains("A new list") && page.contains(&passage), "{page}");
    let made = [("title", "Who saw it?"), ("article", passage.as_str()), ("back", "/search?q=ferry")];
    assert_eq!(server.post("/lists", &made).expect(303).header("location"), "/search?q=ferry");
    let name = server.get("/lists.json").json()["lists"][0]["name"].as_str().expect("a name").to_owned();
    assert!(file(&newsroom, &name).contains("> The ferry is back in service since noon"), "{name}");
    assert!(server.get(&format!("/a/{ferry}")).expect(200).text().contains("Who saw it?"));
}

#[test]
fn what_an_editor_adds_before_an_entry_is_taken_out_is_put_back_too() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    // Entries made by hand have no id, and the file may have another order by now.
    let entry = |name: &str, note: &str| {
        format!("## [{name}](../corpus/{name}.txt)\n\n- state: unread\n\n{note}\n\n")
    };
    std::fs::create_dir_all(newsroom.path("lists")).expect("a folder");
    let write = |text: String| std::fs::write(newsroom.path("lists/harbor.md"), text).expect("a list");
    write(entry("ferry", "") + &entry("weir", ""));
    let page = server.get(&format!("/a/{}", id(&server, "ferry"))).expect(200);
    let (article, was) = (hidden(&page, "article"), hidden(&page, "was"));
    write(entry("weir", "") + &entry("ferry", ""));
    let note = [("article", article.as_str()), ("note", "About the ferry."), ("was", was.as_str())];
    server.post("/lists/harbor/entry", &note).expect(303);
    let text = file(&newsroom, "harbor");
    assert!(text.find("About the ferry.") > text.find("[ferry]"), "{text}");
}

/// A form escapes each byte of what is not ASCII as three.
#[test]
fn a_note_of_the_greatest_length_is_taken_and_a_longer_one_is_refused() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "harbor"]).expect_status(0);
    newsroom.run(["list", "add", "harbor", "corpus/ferry.txt"]).expect_status(0);
    let server = Server::start(&newsroom, &[]);
    let ferry = id(&server, "ferry");
    let (most, tags) = ("ж".repeat((1 << 18) / 2), "ж".repeat(1000));
    let back = format!("/search?q={}", "a".repeat(16_000));
    for (note, status) in [(most.clone(), 303), (most + "ж", 400)] {
        let was = hidden(&server.get("/lists/harbor"), "was");
        let fields =
            [("article", ferry.as_str()), ("note", &note), ("tags", &tags), ("was", &was), ("back", &back)];
        let refused = server.post("/lists/harbor/entry", &fields).expect(status).text();
        assert_eq!(status == 400, refused.contains("longer than 262,144 bytes"), "{refused}");
        let kept = server.get("/lists/harbor.json").expect(200).json();
        assert_eq!(kept["entries"][0]["note"].as_str().map(str::len), Some(1 << 18));
    }
}

/// Lists are read once for many pages; what any editor does to a file is on the next page.
#[test]
fn what_an_editor_does_to_a_list_is_on_the_next_page() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "harbor"]).expect_status(0);
    newsroom.run(["list", "add", "harbor", "corpus/ferry.txt"]).expect_status(0);
    let server = Server::start(&newsroom, &[]);
    let path = newsroom.path("lists/harbor.md");
    let hours_ago = |n: u64| {
        let file = std::fs::File::options().write(true).open(&path).expect("a list");
        let age = std::time::Duration::from_secs(n * 3600);
        file.set_modified(std::time::SystemTime::now() - age).expect("a time");
    };
    let shows = |text: &str| server.get("/search?q=ferry").expect(200).text().contains(text);
    hours_ago(9);
    for (n, title) in (1..9).zip(["Boats", "Quays", "Tides", "Yards", "Locks", "Docks", "Piers", "Ropes"]) {
        assert!((0..3).all(|_| !shows(title)), "{title}");
        let text = file(&newsroom, "harbor");
        let rest = text.split_once("title: ").map_or("", |it| it.1);
        let line = rest.lines().next().unwrap_or_default();
        let changed = text.replacen(&format!("title: {line}"), &format!("title: {title}"), 1);
        assert_ne!(changed, text, "{text}");
        newsroom.write("lists/harbor.md", changed);
        hours_ago(9 - n);
        assert!((0..3).all(|_| shows(title)), "{title}");
    }
    std::fs::remove_file(&path).expect("removed");
    assert!(!shows("Ropes"));
}
