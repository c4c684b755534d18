//! The search page and its data: the same answers as the command line, in every form.

use serde_json::Value;

use crate::{
    support::Newsroom,
    web::{Answer, Server},
};

/// A query of each operator, for the sample archive.
const QUERIES: [&str; 22] = [
    "siren",
    "dam gates",
    "\"ferrin gorge\"",
    "siren OR flood",
    "(siren OR alarm) valley",
    "dam -siren",
    "dam NOT source:\"The Aldmere Ledger\"",
    "source:herald dam",
    "speaker:raskill",
    "speaker:kolvane said:valley",
    "role:minister",
    "headline:dam",
    "place:aldmere",
    "section:news",
    "lang:en siren",
    "kind:direct dam",
    "since:2018-02 until:2018-03",
    "date:2018 dam",
    "operat* gates",
    "minster~1",
    "dam w/8 gates",
    "siren zebra umbrella",
];

fn query(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn search(server: &Server, path: &str, text: &str) -> Answer {
    server.get(&format!("{path}q={}", query(text))).expect(200)
}

fn links(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1).filter_map(|it| it.split('"').next());
    links.map(|it| it.replace("&amp;", "&")).collect()
}

fn lines(answer: &Answer) -> Vec<Value> {
    answer.text().lines().map(|it| serde_json::from_str(it).expect("a document a line")).collect()
}

#[test]
fn hits_equal_those_of_the_command_line_in_every_form() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let mut found = 0;
    for text in QUERIES {
        let program = |args: &[&str]| newsroom.run([&["search", text], args].concat());
        let hits: Vec<Value> = serde_json::from_str(&program(&["--format", "json"]).stdout).expect(text);
        let answer = search(&server, "/search.json?", text).json();
        assert_eq!(answer["hits"], Value::Array(hits.clone()), "{text}");
        found += hits.len();
        let all = ["--limit", "100000", "--format", "jsonl"];
        let streamed = lines(&search(&server, "/search.jsonl?", text));
        let (end, rows) = streamed.split_last().expect("a last line");
        assert_eq!(rows, program(&all).json_lines(), "{text}");
        assert_eq!((&end["end"], &end["count"]), (&Value::Bool(true), &rows.len().into()), "{text}");
        let table = search(&server, "/search.csv?", text).text();
        assert_eq!(table, program(&["--format", "csv"]).stdout, "{text}");
        for by in ["newest", "oldest"] {
            let sorted = program(&["--format", "json", "--sort", by, "--limit", "5", "--no-fold"]).stdout;
            let sorted: Value = serde_json::from_str(&sorted).expect(text);
            let path = format!("/search.json?sort={by}&size=5&fold=0&");
            assert_eq!(search(&server, &path, text).json()["hits"], sorted, "{text} by {by}");
        }
    }
    assert!(found > 100, "the queries find {found} hits only");
}

#[test]
fn counts_equal_those_of_the_command_line() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for text in ["dam", "siren since:2012", "speaker:raskill", "siren zebra"] {
        let counted = newsroom.run([
            "search",
            text,
            "--facets",
            "source,year,speaker",
            "--timeline=month",
            "--format",
            "json",
        ]);
        let counted: Value = serde_json::from_str(&counted.stdout).expect(text);
        let path = "/search.json?facets=source,year,speaker&timeline=1&by=month&";
        let answer = search(&server, path, text).json();
        for part in ["hits", "facets", "timeline"] {
            assert_eq!(answer[part], counted[part], "{part} of {text}");
        }
    }
    let problem = server.get("/search.json?q=dam&facets=source,colour").expect(400).json();
    assert_eq!(problem["type"], "/problems/bad-parameter");
}

#[test]
fn pages_of_results_follow_each_other_and_leave_nothing_out() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let key = |it: &Value| (it["article"].clone(), it["passage"].clone());
    let mut whole: Vec<_> = lines(&search(&server, "/search.jsonl?", "dam")).iter().map(key).collect();
    whole.pop();
    let mut paged = Vec::new();
    let mut address = "/search.json?q=dam&size=7".to_owned();
    loop {
        let answer = server.get(&address).expect(200).json();
        paged.extend(answer["hits"].as_array().expect("hits").iter().map(key));
        assert_eq!(answer["index_changed"], false);
        let total = &answer["total"];
        let Some(next) = answer["next_url"].as_str() else {
            assert_eq!((&total["exact"], &total["results"]), (&Value::Bool(true), &paged.len().into()));
            break;
        };
        address =
            next.split_once(&format!(":{}", server.port)).expect("an address of this server").1.to_owned();
    }
    assert_eq!(paged, whole);
    let answer = server.get("/search.jsonl?q=dam&size=7").expect(200);
    assert!(answer.header("link").ends_with("; rel=\"next\""), "{}", answer.header("link"));
    assert_eq!(lines(&answer).len(), 8);
    server.get("/search.json?q=dam&size=101").expect(400);
    server.get("/search.json?q=dam&after=nonsense").expect(410);
    let to_come = server.get("/search.json?q=dam&after=ffffffffff.0").expect(410).json();
    assert_eq!(to_come["type"], "/problems/cursor-gone", "of an index that was made anew since");
    assert_eq!(server.get("/search.json?q=dam&after=1.0").expect(200).json()["index_changed"], true);
}

#[test]
fn a_page_marks_what_the_command_line_marks() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for text in ["siren", "dam gates", "\"ferrin gorge\"", "speaker:raskill", "operat* gates"] {
        let rows = newsroom.run(["search", text, "--format", "jsonl"]).json_lines();
        let page = search(&server, "/search?", text).text();
        let mut expected = Vec::new();
        for row in rows.iter().filter(|it| it["kind"] != "headline") {
            let letters: Vec<char> = row["text"].as_str().expect("text").chars().collect();
            for span in row["highlights"].as_array().expect("spans") {
                let end = |n: usize| usize::try_from(span[n].as_u64().expect("a place")).expect("small");
                expected.push(letters[end(0)..end(1)].iter().collect::<String>());
            }
        }
        let of_text = page.split("<p class=\"text\"").skip(1).filter_map(|it| it.split("</p>").next());
        let marks = of_text.flat_map(|it| it.split("<mark>").skip(1).filter_map(|it| it.split('<').next()));
        let mut marks: Vec<String> = marks.map(|it| it.replace("&amp;", "&")).collect();
        // The page puts the hits of an article together.
        marks.sort();
        expected.sort();
        assert!(!expected.is_empty() || text.starts_with("speaker"), "{text}");
        if rows.iter().all(|it| it["match"] == "passage") {
            assert_eq!(marks, expected, "{text}");
        }
    }
}

#[test]
fn everything_that_a_page_of_results_links_to_within_the_search_is_there() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let page = search(&server, "/search?", "siren since:2012 -source:\"The Lobby Door\"").text();
    assert!(page.len() <= 60_000, "{} bytes", page.len());
    let links: Vec<String> = links(&page)
        .into_iter()
        .filter(|it| it.starts_with("/search") || it.starts_with("/export"))
        .collect();
    for part in ["date%3A%3D2018", "-source%3A", "by=month", "share=1", "fold=0", "sort=newest"] {
        assert!(links.iter().any(|it| it.contains(part)), "{part} in no link");
    }
    assert!(links.len() > 60, "{} links", links.len());
    for link in links {
        assert_eq!(server.get(&link).status, 200, "{link}");
    }
    // A chip's × leads to the query without the clause.
    assert!(
        page.contains(
            "href=\"/search?q=siren+-source%3A%22The+Lobby+Door%22\" aria-label=\"Without since:2012\""
        ),
        "{page}"
    );
}

#[test]
fn what_a_page_says_of_its_results_is_true() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for (path, says) in [
        ("/search?q=siren&size=100", "<h1>13 passages in 7 articles</h1>"),
        ("/search?q=siren&size=100", "3 more passages stand in 2 copies."),
        ("/search?q=siren&size=5", "<h1>16 passages in 9 articles</h1>"),
        ("/search?q=siren&fold=0", "<h1>16 passages in 9 articles</h1>"),
        (
            "/search?q=siren+since:2012",
            "3 of 73 articles have no date, and are in no time that is asked for.",
        ),
        ("/search?q=sirn", "<h1>No passage found</h1>"),
        ("/search?q=sirn", "did you mean <a href=\"/search?q=siren\"><code><bdi>siren</bdi></code></a>"),
        ("/search?q=sirn", "Searched: all 73 articles, 685 passages"),
        ("/search?q=siren+zebra", "<b>No article has all 2 words"),
        ("/search", "73 articles of "),
    ] {
        let page = server.get(path).expect(200).text();
        assert!(page.contains(says), "{path} does not say {says}: {page}");
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
    }
}

#[test]
fn boxes_lead_to_the_query_that_says_the_same() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for (asked, to) in [
        ("/search?q=siren&since=2012&until=2018-05", "/search?q=siren+since%3A2012+until%3A2018-05"),
        ("/search?q=siren+since%3A2012&since=&until=", "/search?q=siren"),
        ("/search?q=siren&since=2012&until=&sort=newest", "/search?q=siren+since%3A2012&sort=newest"),
        ("/search?q=siren&within=dam+OR+weir", "/search?q=siren+%28dam+OR+weir%29"),
        ("/search.json?q=siren&within=dam", "/search.json?q=siren+dam"),
    ] {
        let answer = server.get(asked).expect(303);
        assert_eq!(answer.header("location"), to, "{asked}");
        server.get(to).expect(200);
    }
}

#[test]
fn a_mistake_is_shown_at_its_place_and_nothing_is_found() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for (typed, parts) in [
        (
            "siren souce:\"x\" since:2012",
            &[
                "siren <mark>souce</mark>:&quot;x&quot; since:2012",
                "value=\"siren souce:&quot;x&quot; since:2012\"",
                "letter 7",
                "href=\"/search?q=siren+source%3A%22x%22+since%3A2012\"",
            ][..],
        ),
        ("\"peace <b>talks", &["&lt;b&gt;talks", "href=\"/search?q=%22peace+%3Cb%3Etalks%22\""]),
        ("siren since:yesteryear", &["<mark>"]),
        ("dam AND", &["aria-invalid=\"true\""]),
    ] {
        let path = format!("/search?q={}", query(typed));
        let page = server.get(&path).expect(400).text();
        for part in parts {
            assert!(page.contains(part), "{typed}: {part} is not in {page}");
        }
        assert!(!page.contains("class=\"hit\""), "{typed}");
        let problem = server.get(&path.replace("/search?", "/search.json?")).expect(400);
        assert_eq!(problem.header("content-type"), "application/problem+json");
        assert_eq!(problem.json()["query"], typed);
    }
    for form in ["json", "jsonl", "csv"] {
        assert_eq!(
            server.get(&format!("/search.{form}")).expect(400).json()["type"],
            "/problems/query-syntax"
        );
    }
}

#[test]
fn exports_equal_those_of_the_command_line() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for format in ["markdown", "csv", "bibtex", "ris", "csl-json", "opml"] {
        for (text, path) in [("siren", "/export?"), ("dam since:2012", "/export?sort=newest&")] {
            let sort = if path.contains("newest") { "newest" } else { "relevance" };
            let written = newsroom.run(["search", text, "--sort", sort, "--export", format]).stdout;
            let answer = search(&server, &format!("{path}to={format}&"), text);
            assert_eq!(answer.text(), written, "{format} of {text}");
            assert!(answer.header("content-disposition").starts_with("attachment; filename=\""), "{format}");
        }
    }
    for (format, kind) in
        [("html", "text/html"), ("epub", "application/epub+zip"), ("json", "application/json")]
    {
        let answer = search(&server, &format!("/export?to={format}&"), "siren");
        assert!(answer.header("content-type").starts_with(kind) && !answer.body.is_empty(), "{format}");
    }
    server.get("/export?q=souce:x&to=ris").expect(400);
    let hit = &server.get("/search.json?q=siren&size=1").json()["hits"][0];
    let chosen = format!("{}%23{}", hit["article"].as_str().expect("an id"), hit["passage"]);
    let page =
        server.get(&format!("/export?to=markdown&article={chosen}&article={chosen}")).expect(200).text();
    assert_eq!(
        page.matches(hit["text"].as_str().expect("text").get(..20).expect("long")).count(),
        1,
        "{page}"
    );
    server.get("/export?to=ris&article=00000000-000000").expect(422);
}

#[test]
fn names_are_counted_as_on_the_command_line() {
    let newsroom = Newsroom::sample().ingested();
    newsroom.write("names.txt", "Oona Raskill\nKolvane, Maren\n# remark\nsouce:x\nnobody at all\n");
    let text = "Oona Raskill\r\nKolvane, Maren\r\n# remark\r\nsouce:x\r\nnobody at all\r\n";
    let server = Server::start(&newsroom, &["--read-only"]);
    let answer = server.post("/names", &[("names", text)]).expect(200);
    let rows = lines(&answer);
    let (end, rows) = rows.split_last().expect("a last line");
    let expected = newsroom.run(["search", "--names", "names.txt", "--format", "jsonl"]).json_lines();
    assert_eq!((rows, &end["count"]), (expected.as_slice(), &4.into()));
    server.post("/names", &[("names", " \n#\n")]).expect(400);
}

#[test]
fn a_query_is_explained_as_on_the_command_line() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for text in ["siren since:2012", "speaker:raskill OR flood"] {
        let expected: Value =
            serde_json::from_str(&newsroom.run(["explain", text, "--format", "json"]).stdout).expect(text);
        assert_eq!(search(&server, "/explain.json?", text).json(), expected, "{text}");
    }
}

/// Everything that a page shows, with signs that a browser would obey.
fn hostile() -> Newsroom {
    let evil = "\"><script>alert(1)</script>&\u{202e}";
    let long = format!("siren {}", "x".repeat(100_000));
    let article = serde_json::json!({
        "headline": format!("siren {evil}"),
        "source": evil,
        "byline": evil,
        "section": evil,
        "date": "2018-03-09",
        "url": "javascript:alert(1)",
        "text": format!("“The siren {evil}”, said Ana Ortiz.\n\n{long}"),
    });
    let plain = "Siren two\n\nThe siren sounded twice, the harbor master said.\n";
    Newsroom::new().article("evil.json", article.to_string()).article("b.txt", plain).ingested()
}

#[test]
fn hostile_text_stays_text_and_long_passages_short() {
    let newsroom = hostile();
    newsroom.run(["list", "new", "evil", "--title", "<script>alert(2)</script>"]).expect_status(0);
    newsroom.run(["search", "siren", "--add-to", "evil"]).expect_status(0);
    let server = Server::start(&newsroom, &[]);
    for path in ["/search?q=siren", "/search", "/search?q=%22%3E%3Cscript%3E", "/search?q=siren+-x%3Cscript"]
    {
        let page = server.get(path).text();
        let scripts =
            page.matches("<script").count() - page.matches("<script type=\"module\" src=\"/").count();
        assert_eq!(scripts, 0, "{path}: {page}");
        assert!(!page.contains("javascript:") && page.len() <= 60_000, "{path}: {} bytes", page.len());
    }
    let page = server.get("/search?q=siren").expect(200).text();
    assert!(page.contains("On <a href=\"/lists/evil#e"), "{page}");
}

#[test]
fn nothing_that_changes_is_offered_to_who_may_only_read() {
    let newsroom = hostile();
    newsroom.run(["list", "new", "harbor", "--title", "The harbor"]).expect_status(0);
    let offers = |server: &Server| {
        let page = server.get("/search?q=siren").expect(200).text();
        // The switch of the keys is a cookie's matter.
        ["/lists/harbor/entries", "action=\"/lists\""].map(|it| page.contains(it))
    };
    assert_eq!(offers(&Server::start(&newsroom, &[])), [true, true]);
    assert_eq!(offers(&Server::start(&newsroom, &["--read-only"])), [false, false]);
}

#[test]
fn a_speaker_is_asked_for_under_all_the_names_that_were_counted() {
    const NAMES: [&str; 2] = ["Ada Lund", "A. M. Lund"];
    let article = |n: usize, name: &str| {
        let first = format!("“The weir number {n} holds,” said {name}, the harbor minister of Osby.");
        format!("Weir {n}\n\n{first}\n\nNobody else spoke about it on that day in the town.\n")
    };
    let newsroom = Newsroom::new()
        .article("a.txt", article(1, NAMES[0]))
        .article("b.txt", article(2, NAMES[1]))
        .article("c.txt", "Other\n\nThe weir is old, and it is gray.\n");
    newsroom.write("people.toml", "[[person]]\nname = \"Ada Lund\"\nnames = [\"A. M. Lund\"]\n");
    let newsroom = newsroom.ingested();
    let server = Server::start(&newsroom, &[]);
    let page = server.get("/search?q=weir").expect(200).text();
    let facets = page.split_once("<h3>Speaker</h3>").expect("speakers").1;
    let link = |after: &str| {
        let (_, rest) = facets.split_once(after).expect("a link");
        rest.split('"').next().unwrap_or_default().replace("&amp;", "&")
    };
    let found = |to: &str| {
        let hits = server.get(&to.replacen("/search?", "/search.json?", 1)).expect(200).json();
        hits["hits"].as_array().map_or(0, Vec::len)
    };
    let only = link("<li><a href=\"");
    assert_eq!(found(&only), 2, "{only}");
    let all_but = facets.split_once("<li><a href=\"").expect("a value").1;
    let all_but = all_but.split_once("</span> <a href=\"").expect("a link").1;
    let all_but = all_but.split('"').next().unwrap_or_default().replace("&amp;", "&");
    assert_eq!(found(&all_but), found("/search?q=weir") - 2, "{all_but}");
}

/// The values beside the results of a page: what each is called, its count, and where it leads.
fn values(page: &str) -> Vec<(String, usize, String)> {
    let aside = page.split("id=\"narrow\"").nth(1).unwrap_or_default();
    let rows = aside.split("<li><a href=\"").skip(1).filter_map(|it| {
        let (to, rest) = it.split_once("\"><bdi>")?;
        let (name, rest) = rest.split_once("</bdi></a> <span>")?;
        let n = rest.split('<').next()?.replace(',', "").parse().ok()?;
        Some((name.to_owned(), n, to.replace("&amp;", "&")))
    });
    rows.collect()
}

#[test]
fn a_click_on_a_value_finds_as_many_articles_as_stand_beside_it() {
    let newsroom = Newsroom::sample()
        .article(
            "national.txt",
            "---\nsource: National\nsection: Dam\n---\nFish ladder\n\nThe dam has a ladder.\n",
        )
        .article(
            "desk.txt",
            "---\nsource: National Desk\nsection: Dam News\n---\nFish lift\n\nThe dam has a lift.\n",
        )
        .ingested();
    let server = Server::start(&newsroom, &[]);
    let (mut clicked, mut several) = (0, false);
    for text in ["dam", "siren OR flood", "-dam", "treaty since:2015"] {
        let page = search(&server, "/search?", text).text();
        let speakers = page.split("<h3>Speaker</h3>").nth(1).and_then(|it| it.split("</ul>").next());
        for (name, n, to) in values(&page) {
            // Of people full names are asked for, which is said below the values.
            if speakers.is_some_and(|it| it.contains(&format!("<bdi>{name}</bdi>"))) {
                continue;
            }
            let found = server.get(&to.replacen("/search?", "/search.json?", 1)).expect(200).json();
            assert_eq!(found["total"]["articles"], n, "{name}: {to}");
            clicked += 1;
            several |= name == "National" && n == 1;
        }
        assert!(
            page.contains("Counts are of articles: ") && page.contains("under all their names"),
            "{page}"
        );
    }
    assert!(several && clicked > 40, "{clicked}");
    let mut bars = 0;
    for by in ["year", "month"] {
        let page = search(&server, &format!("/search?by={by}&"), "dam").text();
        let chart = page.split("<svg").nth(1).and_then(|it| it.split("</svg>").next()).unwrap_or_default();
        for bar in chart.split("<a href=\"").skip(1) {
            let (to, rest) = bar.split_once("\" aria-label=\"").expect("a label");
            let n = rest.split_once(": ").and_then(|it| it.1.split(' ').next()).expect("a count");
            let to = to.replace("&amp;", "&").replacen("/search?", "/search.json?", 1);
            let found = server.get(&to).expect(200).json();
            assert_eq!(found["total"]["articles"].to_string(), n, "{to}");
            bars += 1;
        }
    }
    assert!(bars > 15, "{bars}");
}

#[test]
fn rows_of_hits_do_not_pass_over_counts_that_are_asked_for() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for form in ["jsonl", "csv"] {
        for counts in ["facets=source", "timeline=1", "by=month", "share=1"] {
            for size in ["", "&size=2"] {
                let problem = server.get(&format!("/search.{form}?q=dam&{counts}{size}")).expect(400).json();
                assert_eq!(problem["type"], "/problems/bad-parameter");
                assert!(
                    problem["detail"].as_str().is_some_and(|it| it.contains("/search.json")),
                    "{problem}"
                );
            }
        }
        server.get(&format!("/search.{form}?q=dam&facets=&timeline=0")).expect(200);
    }
    let by = server.get("/search.json?q=dam&by=month").expect(200).json();
    assert!(by["timeline"].as_array().is_some_and(|it| it.len() > 3), "{by}");
}

#[test]
fn what_a_note_advises_is_done_by_a_click() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for (typed, mended) in [
        ("Sirn zebra", "siren zebra"),
        ("speaker:Kolvan", "speaker:kolvane"),
        ("speaker:\"Minister Kolvane\"", "speaker:kolvane"),
        ("speaker:\"Foreign minister\"", "role:\"foreign minister\""),
        ("source:\"Harbor Courier\"", "source:\"Harbour Courier\""),
        ("source:harbourcurier dam", "source:\"Harbour Courier\" dam"),
    ] {
        let page = search(&server, "/search?", typed).text();
        let to = format!("/search?q={}", query(mended));
        assert!(links(&page).contains(&to), "{typed}: no {to} in {page}");
        server.get(&to).expect(200);
    }
}

#[test]
fn each_door_says_what_can_be_done_there() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for text in ["dam % siren", "source:nobody dam", "since:2018 until:2016 dam", "speaker:kolvane"] {
        let said = newsroom.run(["search", text]).stderr;
        let page = search(&server, "/search?", text).text();
        let data = search(&server, "/search.json?", text).json()["notes"].to_string();
        for words in ["`--", "<code>--", "<bdi>--", "`morgue ", "<bdi>morgue "] {
            assert!(!page.contains(words) && !data.contains(words), "{words} of {text}: {data} {page}");
        }
        if text.starts_with("since") {
            let told = "no day is in the time asked for: it begins on 1 January 2018";
            assert!(said.contains(told) && data.contains(told), "{said} {data}");
            assert!(page.contains("No day is in the time asked for"), "{page}");
        }
    }
    // What is said of a name that several have.
    let also = server.get("/people/Kolvane.json").text();
    assert!(!also.contains("--all"), "{also}");
}

#[test]
fn related_words_are_offered_where_there_are_some() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for (text, offered) in
        [("siren source:\"The Lobby Door\" date:1950", false), ("zebra", false), ("source:nobody", false)]
    {
        let page = search(&server, "/search?", text).text();
        assert!(page.contains("No passage found"), "{text}: {page}");
        assert_eq!(page.contains(">Related words</a>"), offered, "{text}");
        assert!(!page.contains(">Any of the words</a>"), "{text}: nothing is found by that");
    }
    // A phrase of words that stand apart: related words find them.
    let page = search(&server, "/search?", "\"siren dam\"").text();
    let found = server.get("/search.json?q=%22siren+dam%22&expand=1").expect(200).json();
    let finds = found["total"]["results"].as_u64().is_some_and(|it| it > 0);
    assert_eq!(page.contains(">Related words</a>"), finds, "{found}");
}

#[test]
fn a_speaker_of_a_passage_leads_to_the_person() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let page = search(&server, "/search?", "speaker:\"M. E. Kolvane\"").text();
    assert!(page.contains("<a href=\"/people/Maren%20Kolvane\">M. E. Kolvane</a>"), "{page}");
}
