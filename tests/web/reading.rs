//! The pages of articles, versions and people: what they show is what the command line says.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use crate::{
    support::Newsroom,
    web::{Answer, Server},
};

/// An article of the sample archive with two other versions, and the earliest of these.
const FLOOD: &str = "ced15350c5-b018e0";
const FLOOD_OF_THE_AGENCY: &str = "2080fe4510-4f29af";

fn select<'a>(page: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(css).expect("a selector");
    page.select(&selector).collect()
}

fn within<'a>(element: ElementRef<'a>, css: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(css).expect("a selector");
    element.select(&selector).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>()
}

fn page(answer: &Answer) -> Html {
    Html::parse_document(&answer.text())
}

/// The rows that the program gives as JSON lines.
fn rows(newsroom: &Newsroom, args: &[&str]) -> Vec<Value> {
    let ran = newsroom.run(args.iter().copied().chain(["--format", "jsonl"]));
    assert!(matches!(ran.status, Some(0 | 1)), "{args:?}: {}", ran.stderr);
    ran.json_lines()
}

/// The document that the program gives as JSON.
fn document(newsroom: &Newsroom, args: &[&str]) -> Value {
    let ran = newsroom.run(args.iter().copied().chain(["--format", "json"]));
    serde_json::from_str(ran.found()).expect("JSON")
}

/// A part of an address, escaped.
fn escaped(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// An address in another form: `.jsonl` before its query.
fn in_form(address: &str, extension: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    match address.split_once('?') {
        Some((path, query)) => format!("{path}{extension}?{query}"),
        None => format!("{address}{extension}"),
    }
}

/// All rows of an address in JSON, page by page.
#[track_caller]
fn all_pages(server: &Server, first: &str, rows: &str) -> Vec<Value> {
    let (mut address, mut all) = (first.to_owned(), Vec::new());
    loop {
        let answer = server.get(&address).expect(200).json();
        all.extend(answer[rows].as_array().expect("rows").iter().cloned());
        let Some(next) = answer["next_url"].as_str() else { return all };
        let path = next.split_once("127.0.0.1").map_or(next, |it| it.1);
        address = path[path.find('/').expect("a path")..].to_owned();
        assert!(address.contains(answer["next"].as_str().expect("a cursor")), "{address}");
    }
}

/// What is marked, by the offsets of code points that the program gives.
fn highlighted(article: &Value) -> Vec<String> {
    let mut marked = Vec::new();
    for passage in article["passages"].as_array().expect("passages") {
        let text: Vec<char> = passage["text"].as_str().expect("a text").chars().collect();
        for span in passage["highlights"].as_array().into_iter().flatten() {
            let at = |n: usize| usize::try_from(span[n].as_u64().expect("an offset")).expect("small");
            marked.push(text[at(0)..at(1)].iter().collect());
        }
    }
    marked
}

#[test]
fn an_article_marks_what_show_marks_numbered_from_the_first() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let queries = [
        "siren",
        "siren*",
        "\"eleven sirens\"",
        "gates NEAR/5 dam",
        "speaker:tachkiri said:number",
        "headline:dam",
        "valley -flood",
        "killed OR killing",
        "notinanyarticle",
    ];
    for query in queries {
        let shown = document(&newsroom, &["show", FLOOD, "--query", query]);
        let answer = server.get(&format!("/a/{FLOOD}?q={}", escaped(query))).expect(200);
        let page = page(&answer);
        let marks = select(&page, "mark");
        let words: Vec<String> = marks.iter().map(|it| text(*it)).collect();
        assert_eq!(words, highlighted(&shown), "{query}");
        let ids: Vec<&str> = marks.iter().filter_map(|it| it.attr("id")).collect();
        let expected: Vec<String> = (1..=words.len()).map(|it| format!("m{it}")).collect();
        assert_eq!(ids, expected, "{query}");
        // Each way to a mark leads to one.
        for link in select(&page, "a[href^='#m']") {
            let to = link.attr("href").unwrap_or_default().trim_start_matches('#');
            assert!(to == "main" || ids.contains(&to), "{query}: {to}");
        }
        let json = server.get(&format!("/a/{FLOOD}.json?explain=1&q={}", escaped(query))).expect(200).json();
        assert_eq!(json, document(&newsroom, &["show", FLOOD, "--explain", "--query", query]), "{query}");
    }
    let table = newsroom.run(["show", FLOOD, "--format", "csv"]);
    assert_eq!(server.get(&format!("/a/{FLOOD}.csv")).expect(200).text(), table.found());
}

#[test]
fn the_way_through_a_result_leads_from_its_first_article_to_its_last_and_back() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let article = |address: &str| address["/a/".len()..].split('?').next().unwrap_or_default().to_owned();
    for (params, args) in [
        ("", &[][..]),
        ("&sort=oldest", &["--sort", "oldest"]),
        ("&group=article&fold=0", &["--group", "article", "--no-fold"]),
    ] {
        let found = rows(&newsroom, &[&["search", "siren dam", "--limit", "1000"], args].concat());
        let mut expected: Vec<&str> = Vec::new();
        for id in found.iter().filter_map(|it| it["article"].as_str()) {
            if !expected.contains(&id) {
                expected.push(id);
            }
        }
        assert!(expected.len() > 3, "{expected:?}");
        let mut address = format!("/a/{}?q=siren+dam&rank=1{params}", expected[0]);
        let mut way = Vec::new();
        loop {
            way.push(article(&address));
            let page = page(&server.get(&address).expect(200));
            let back: Vec<String> =
                select(&page, "a[rel=prev]").iter().filter_map(|it| it.attr("href")).map(article).collect();
            assert_eq!(back, Vec::from_iter(way.iter().rev().nth(1).cloned()), "{params}");
            let says = text(select(&page, ".pager")[0]);
            assert!(
                says.contains(&format!("Result {} of {}", way.len(), expected.len())),
                "{params}: {says}"
            );
            match select(&page, "a[rel=next]").first().and_then(|it| it.attr("href")) {
                Some(next) => address = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(way, expected, "{params}");
    }
}

#[test]
fn the_speaker_of_every_quote_is_a_link_to_a_page_with_that_quote() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let mut quotes_of: BTreeMap<String, BTreeSet<(String, u64)>> = BTreeMap::new();
    let found = rows(
        &newsroom,
        &["search", "the OR said OR el", "--group", "article", "--limit", "1000", "--no-fold"],
    );
    let articles: BTreeSet<&str> = found.iter().filter_map(|it| it["article"].as_str()).collect();
    assert!(articles.len() > 60, "{}", articles.len());
    let mut n_links = 0;
    for article in articles {
        let page = page(&server.get(&format!("/a/{article}")).expect(200));
        for margin in select(&page, ".margin") {
            let label = margin.attr("aria-label").unwrap_or_default();
            let passage: u64 = label.rsplit(' ').next().and_then(|it| it.parse().ok()).expect("a passage");
            for link in within(margin, "a") {
                let address = link.attr("href").expect("an address").to_owned();
                let quotes = quotes_of.entry(address.clone()).or_insert_with(|| {
                    let all = in_form(&address, ".jsonl");
                    let all = format!("{all}{}fold=0", if all.contains('?') { '&' } else { '?' });
                    let lines = server.get(&all).expect(200).text();
                    let lines = lines.lines().map(|it| serde_json::from_str::<Value>(it).expect("JSON"));
                    let place =
                        |it: Value| Some((it["article"].as_str()?.to_owned(), it["passage"].as_u64()?));
                    lines.filter_map(place).collect()
                });
                assert!(quotes.contains(&(article.to_owned(), passage)), "{article} ¶{passage}: {address}");
                n_links += 1;
            }
        }
    }
    assert!(n_links > 300, "{n_links}");
}

#[test]
fn people_are_those_of_speakers_with_their_counts() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for (params, args) in [
        ("", &["speakers"][..]),
        ("all=1", &["speakers", "--all"]),
        ("min=6&sort=name", &["speakers", "--min", "6", "--sort", "name"]),
        ("sort=recent&size=7", &["speakers", "--sort", "recent"]),
        ("sort=articles&name=Kolvane", &["speakers", "Kolvane", "--sort", "articles"]),
    ] {
        let expected = rows(&newsroom, args);
        assert_eq!(all_pages(&server, &format!("/people.json?{params}"), "speakers"), expected, "{params}");
        // The last line says how many there are.
        let size = if params.contains("size") { 7 } else { expected.len() };
        let lines = server.get(&format!("/people.jsonl?{params}")).expect(200).text();
        let lines: Vec<Value> = lines.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
        assert_eq!(lines[..size], expected[..size], "{params}");
        assert_eq!((&lines[size]["end"], &lines[size]["count"]), (&true.into(), &size.into()), "{params}");
        let page = page(&server.get(&format!("/people?{params}")).expect(200));
        let shown: Vec<(String, String, String)> = select(&page, "tbody tr")
            .into_iter()
            .filter(|it| !within(*it, "td.count").is_empty())
            .map(|row| {
                let counts = within(row, "td.count");
                (text(within(row, "th a")[0]), text(counts[0]), text(counts[1]))
            })
            .collect();
        let expected = expected.iter().take(shown.len()).map(|it| {
            let qualifier = it["qualifier"].as_str().map(|it| format!(" ({it})")).unwrap_or_default();
            let name = format!("{}{qualifier}", it["name"].as_str().expect("a name"));
            (name, it["quotes"].to_string(), it["articles"].to_string())
        });
        assert_eq!(shown, expected.collect::<Vec<_>>(), "{params}");
        assert!(!shown.is_empty(), "{params}");
    }
    let pairs = server.get("/people.json?similar=1").expect(200).json();
    assert_eq!(pairs["pairs"], document(&newsroom, &["speakers", "--similar", "--limit", "50"]));
}

#[test]
fn a_person_has_the_quotes_that_the_command_line_lists() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for (name, params, args) in [
        ("Maren Kolvane", "", &[][..]),
        ("Maren Kolvane", "fold=0&size=3", &["--no-fold"]),
        ("Maren Kolvane", "kind=indirect", &["--indirect"]),
        ("Maren Kolvane", "q=bridge", &["bridge"]),
        ("Maren Kolvane", "sort=oldest&size=1", &["--sort", "oldest"]),
        ("Thomas Arkwell (tarnhaven skipper)", "", &[]),
        ("Kolvane", "all=1", &["--all"]),
        ("tashkiri", "why=1", &["--why"]),
    ] {
        let expected = rows(&newsroom, &[&["quotes", name], args].concat());
        let address = format!("/people/{}.json?{params}", escaped(name));
        assert_eq!(all_pages(&server, &address, "quotes"), expected, "{name} {params}");
        let total = &server.get(&address).expect(200).json()["total"]["quotes"];
        assert_eq!(*total, expected.len(), "{name} {params}");
        let page = page(&server.get(&format!("/people/{}?{params}", escaped(name))).expect(200));
        let heading = text(select(&page, "#quotes")[0]);
        let plural = if expected.len() == 1 { "" } else { "s" };
        assert!(heading.starts_with(&format!("{} quote{plural}", expected.len())), "{name}: {heading}");
        // Each quote leads to its passage.
        let links: Vec<&str> =
            select(&page, "blockquote a.number").iter().filter_map(|it| it.attr("href")).collect();
        assert!(!links.is_empty(), "{name}");
        for (link, quote) in links.iter().zip(&expected) {
            let (article, passage) = (quote["article"].as_str().expect("an id"), &quote["passage"]);
            assert!(link.starts_with(&format!("/a/{article}")), "{link}");
            assert!(link.ends_with(&format!("#p{passage}")), "{link}");
        }
    }
    let table = newsroom.run(["quotes", "Maren Kolvane", "--format", "csv"]);
    assert_eq!(server.get("/people/Maren%20Kolvane.csv").expect(200).text(), table.found());
}

#[test]
fn a_person_page_leaves_out_what_was_not_said_and_leads_to_it() {
    let newsroom = Newsroom::new()
        .article(
            "a.txt",
            "Ferry fares\n\n“The ferry will stay,” said Ada Lund, the mayor.\n\n\
             Lund denied ever saying “the ferry is free.”\n",
        )
        .ingested();
    let server = Server::start(&newsroom, &[]);
    let heading = |it: &Html| text(select(it, "#quotes")[0]);
    let answer = server.get("/people/Ada%20Lund").expect(200);
    let shown = page(&answer);
    assert!(heading(&shown).starts_with("1 quote"), "{}", heading(&shown));
    assert!(!answer.text().contains("the ferry is free"), "{}", answer.text());
    let links = select(&shown, "a[href*=all_stances]");
    let more = links.iter().find(|it| text(**it) == "1 more that the articles deny or only expect");
    let to = more.and_then(|it| it.attr("href")).expect("a link to it");

    let shown = page(&server.get(to).expect(200));
    assert!(heading(&shown).starts_with("2 quotes"), "{}", heading(&shown));
    let said: Vec<String> = select(&shown, "li.hit p.soft").iter().map(|it| text(*it)).collect();
    assert!(said.iter().any(|it| it.contains("direct, denied, ")), "{said:?}");
    let back = select(&shown, "a[href]").into_iter().find(|it| text(*it) == "Only what was said");
    assert!(!back.and_then(|it| it.attr("href")).expect("a way back").contains("all_stances"));
    let sheet = select(&shown, "a[href*=\"/export\"]")[0].attr("href").expect("a sheet");
    assert!(server.get(sheet).expect(200).text().contains("(direct, denied)"));

    let data = |params: &str| server.get(&format!("/people/Ada%20Lund.json{params}")).expect(200).json();
    let (some, all) = (data(""), data("?all_stances=1"));
    assert_eq!((&some["total"]["quotes"], &some["total"]["unsaid"]), (&1.into(), &1.into()));
    assert_eq!((&all["total"]["quotes"], &all["total"]["unsaid"]), (&2.into(), &0.into()));
    let rows = rows(&newsroom, &["quotes", "Ada Lund", "--all-stances"]);
    assert_eq!(all["quotes"].as_array(), Some(&rows));
    server.get("/people/Ada%20Lund.json?all_stances=yes").expect(400);

    // The passage of a search and the article say so where they show it.
    let hit = page(&server.get("/search?q=free").expect(200));
    assert_eq!(text(select(&hit, "p.who")[0]).trim(), "— Ada Lund, mayor (denied)");
    let article =
        page(&server.get(&format!("/a/{}", rows[0]["article"].as_str().expect("an id"))).expect(200));
    let margins: Vec<String> = select(&article, "ul.margin").iter().map(|it| text(*it)).collect();
    assert!(margins.iter().any(|it| it.contains("direct, denied, ")), "{margins:?}");
}

#[test]
fn a_person_page_says_since_when_this_archive_quotes_them() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let people = rows(&newsroom, &["speakers", "Maren Kolvane"]);
    let answer = server.get("/people/Maren%20Kolvane").expect(200);
    let said = text(select(&page(&answer), ".opening")[0]);
    let counts = format!("{} quotes in {} articles", people[0]["quotes"], people[0]["articles"]);
    assert!(said.contains(&counts), "{said}");
    assert!(said.contains("In this archive since 2012"), "{said}");
    assert_eq!(answer.text().matches("since").count(), said.matches("archive since").count(), "{said}");
    // Each other name with why it is theirs.
    let aside = text(select(&page(&answer), "aside")[0]);
    for name in people[0]["names"].as_array().expect("names") {
        let (name, reason) =
            (name["name"].as_str().expect("a name"), name["reason"].as_str().expect("a reason"));
        assert!(name == "Maren Kolvane" || aside.contains(name) && aside.contains(reason), "{name}: {aside}");
    }
}

#[test]
fn a_name_of_several_people_leads_to_each_of_them() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let answer = server.get("/people/Renn").expect(300);
    let page = page(&answer);
    let rows: Vec<(String, String, String)> = select(&page, "tbody tr")
        .into_iter()
        .filter(|it| !within(*it, "td.count").is_empty())
        .map(|row| {
            let link = within(row, "th a")[0];
            let count = text(within(row, "td.count")[0]);
            (link.attr("href").unwrap_or_default().to_owned(), text(link), count)
        })
        .collect();
    let names: Vec<&str> = rows.iter().map(|it| it.1.as_str()).collect();
    assert_eq!(names, ["Tobias Renn", "Clara Renn", "Renn", "Dorothea Renn"]);
    for (address, name, n_quotes) in &rows {
        let person = server.get(&in_form(address, ".json")).expect(200).json();
        assert_eq!(person["speakers"][0]["name"], name.as_str(), "{address}");
        assert_eq!(person["speakers"][0]["quotes"].to_string(), *n_quotes, "{address}");
    }
    let problem = server.get("/people/Renn.json").expect(300).json();
    assert_eq!(problem["names"], serde_json::json!(names));
}

#[test]
fn of_a_name_that_nobody_has_the_nearest_are_named() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let answer = server.get("/people/Maren%20Kolvene").expect(404);
    let page = page(&answer);
    let links: Vec<&str> = select(&page, "main a").iter().filter_map(|it| it.attr("href")).collect();
    assert!(links.contains(&"/people/Maren%20Kolvane"), "{links:?}");
    let problem = server.get("/people/Maren%20Kolvene.json").expect(404).json();
    assert_eq!(problem["names"][0], "Maren Kolvane");
    for nothing in ["...", "%E2%80%AE", "-"] {
        server.get(&format!("/people/{nothing}")).expect(404);
    }
}

#[test]
fn two_versions_side_by_side_give_both_texts_the_earlier_first() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let words = |it: &str| it.split_whitespace().collect::<Vec<_>>().concat();
    for (a, b) in [(FLOOD, FLOOD_OF_THE_AGENCY), (FLOOD_OF_THE_AGENCY, FLOOD)] {
        let answer = server.get(&format!("/compare/{a}/{b}")).expect(200);
        let page = page(&answer);
        let articles: Vec<&str> =
            select(&page, ".opening tbody a").iter().filter_map(|it| it.attr("href")).collect();
        assert_eq!(articles, [format!("/a/{FLOOD_OF_THE_AGENCY}"), format!("/a/{FLOOD}")]);
        for (article, left_out) in [(FLOOD_OF_THE_AGENCY, "ins"), (FLOOD, "del")] {
            let shown = document(&newsroom, &["show", article]);
            let passages = shown["passages"].as_array().expect("passages");
            let expected: BTreeSet<String> =
                passages.iter().filter_map(|it| it["text"].as_str()).map(words).collect();
            let mut sides = BTreeSet::new();
            for block in select(&page, ".passage .text, .passage h2") {
                let mut side = String::new();
                for node in block.descendants() {
                    let inside = node.ancestors().filter_map(ElementRef::wrap);
                    let is_left_out = inside.into_iter().any(|it| it.value().name() == left_out);
                    if let (Some(text), false) = (node.value().as_text(), is_left_out) {
                        side.push_str(text);
                    }
                }
                sides.extend(Some(words(&side)).filter(|it| !it.is_empty()));
            }
            // What both have is shown in the words of the later one, whose marks may be curly.
            let plain = |all: BTreeSet<String>| -> BTreeSet<String> {
                all.iter().map(|it| it.replace(['‘', '’'], "'").replace(['“', '”'], "\"")).collect()
            };
            assert_eq!(plain(sides), plain(expected), "{article}");
        }
        let ids: Vec<String> =
            select(&page, "[id^=c]").iter().filter_map(|it| it.attr("id")).map(str::to_owned).collect();
        let changes: Vec<String> = (1..=ids.len()).map(|it| format!("c{it}")).collect();
        assert_eq!(ids, changes);
        for link in select(&page, "a[href^='#c']") {
            let to = link.attr("href").unwrap_or_default().trim_start_matches('#');
            assert!(ids.iter().any(|it| it == to), "{to}");
        }
    }
}

#[test]
fn what_differs_is_what_similar_says() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for (params, args) in [
        ("", &[][..]),
        ("only=headline", &["--only", "headline"]),
        ("only=quotes", &["--only", "quotes"]),
        ("only=numbers&min_change=2", &["--only", "numbers", "--min-change", "2"]),
        ("min_change=2", &["--min-change", "2"]),
    ] {
        let similar = document(&newsroom, &[&["similar", FLOOD_OF_THE_AGENCY], args].concat());
        let expected = similar.as_array().into_iter().flatten().find(|it| it["article"] == FLOOD);
        let expected = expected.expect("the other version");
        for path in [format!("{FLOOD}/{FLOOD_OF_THE_AGENCY}"), format!("{FLOOD_OF_THE_AGENCY}/{FLOOD}")] {
            let compared = server.get(&format!("/compare/{path}.json?{params}")).expect(200).json();
            assert_eq!(compared["there"], *expected, "{params}");
            assert_eq!(compared["here"]["article"], FLOOD_OF_THE_AGENCY, "{params}");
        }
    }
    let missing = server.get(&format!("/compare/{FLOOD}/000000000a-000000")).expect(404);
    assert!(missing.text().contains("000000000a-000000"), "{}", missing.text());
}

#[test]
fn the_beginning_of_several_ids_names_the_articles() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let answer = server.get("/a/c?q=siren").expect(300);
    let page = page(&answer);
    let links: Vec<&str> = select(&page, "main a").iter().filter_map(|it| it.attr("href")).collect();
    assert!(links.len() > 1, "{links:?}");
    for link in &links {
        assert!(link.starts_with("/a/c") && link.ends_with("?q=siren"), "{link}");
        server.get(link).expect(200);
    }
    server.get("/a/c.json").expect(300);
    server.get("/a/ced15").expect(200);
    let problem = server.get("/a/no-such-article").expect(404);
    assert!(problem.text().contains("no-such-article"), "{}", problem.text());
}

/// An article whose every word would like to be markup, and people who are called so by hand.
fn hostile() -> Newsroom {
    let article = "---\ntitle: '<script>alert(1)</script> & \"quoted\" <b>'\nsource: '\"><img src=x onerror=alert(1)>'\n\
        author: '</p><svg onload=alert(1)>'\ndate: 2019-03-02\nurl: 'javascript:alert(1)'\n---\n\n\
        The ferry is back in service &lt;p onclick=\"x\"&gt;&lt;img src=x onerror=alert(1)&gt;.\n\n“<i>We</i> will not sell,” said Ada Lund, <b>mayor</b> of Osby.\n\n\
        “We will,” said Tom Berg, a skipper.\n\n“Not \u{202e}back\u{202c} today,” said Ida Moe.\n";
    let people = "[[person]]\nname = '<script>alert(2)</script>'\nnames = ['Ada Lund']\nrole = '\"><img src=x>'\n\n\
        [[person]]\nname = 'data.json'\nnames = ['Tom Berg']\n\n[[person]]\nname = 'a/b?c#d & <e>'\nnames = ['Ida Moe']\n";
    let newsroom = Newsroom::new().article("a.md", article);
    newsroom.write("people.toml", people);
    newsroom.ingested()
}

#[test]
fn hostile_words_and_names_stay_words_and_names() {
    let newsroom = hostile();
    let server = Server::start(&newsroom, &[]);
    let people = rows(&newsroom, &["speakers"]);
    let names: Vec<&str> = people.iter().filter_map(|it| it["name"].as_str()).collect();
    assert!(names.contains(&"data.json") && names.contains(&"a/b?c#d & <e>"), "{names:?}");
    let id = rows(&newsroom, &["search", "ferry"])[0]["article"].as_str().expect("an id").to_owned();
    let listed = page(&server.get("/people").expect(200));
    let links = select(&listed, "th a").into_iter().filter_map(|it| it.attr("href")).map(str::to_owned);
    let persons: Vec<String> = links.collect();
    assert_eq!(persons.len(), names.len());
    for (address, name) in persons.iter().zip(&names) {
        let person = server.get(&in_form(address, ".json")).expect(200).json();
        assert_eq!(person["speakers"][0]["name"], *name, "{address}");
        assert_eq!(text(select(&page(&server.get(address).expect(200)), "h1")[0]), *name);
    }
    let others = [
        format!("/a/{id}"),
        format!("/a/{id}?q={}&show=origins", escaped("ferry OR script OR img")),
        format!("/compare/{id}/{id}"),
        "/people".to_owned(),
        "/people?similar=1".to_owned(),
        format!("/people?name={}", escaped("\"><script>alert(1)</script>")),
        format!("/people/{}", escaped("<script>alert(1)</script>")),
        format!("/people/{}?q={}", escaped(names[0]), escaped("\"><script>")),
    ];
    for address in persons.iter().chain(&others) {
        let answer = server.get(address);
        let page = page(&answer);
        assert!(select(&page, "main script, main img, main svg[onload], main b b").is_empty(), "{address}");
        let scripts: Vec<&str> = select(&page, "script").iter().filter_map(|it| it.attr("src")).collect();
        assert_eq!(scripts.len(), select(&page, "script").len(), "{address}: a script of its own");
        for link in select(&page, "[href], [src]") {
            let to = link.attr("href").or(link.attr("src")).unwrap_or_default().to_ascii_lowercase();
            assert!(!to.starts_with("javascript:") && !to.starts_with("data:"), "{address}: {to}");
        }
        let handlers = page.root_element().descendants().filter_map(ElementRef::wrap);
        let on = |it: ElementRef<'_>| it.value().attrs().any(|it| it.0.starts_with("on"));
        assert!(!handlers.into_iter().any(on), "{address}");
    }
    let article = page(&server.get(&format!("/a/{id}")).expect(200));
    assert_eq!(text(select(&article, "h1")[0]), "<script>alert(1)</script> & \"quoted\" <b>");
}

#[test]
fn an_article_names_the_lists_it_is_on_with_forms_to_change_them() {
    let newsroom = Newsroom::sample().ingested();
    newsroom.run(["list", "new", "sirens", "--title", "The <silent> sirens"]).expect_status(0);
    newsroom.run(["list", "new", "later"]).expect_status(0);
    newsroom.run(["list", "add", "sirens", FLOOD]).expect_status(0);
    newsroom.run(["list", "note", "sirens", FLOOD, "Ask \"Tachkiri\" & </textarea>"]).expect_status(0);
    newsroom.run(["list", "mark", "sirens", "read", FLOOD]).expect_status(0);
    let server = Server::start(&newsroom, &[]);
    let open = page(&server.get(&format!("/a/{FLOOD}?q=siren")).expect(200));
    let lists = select(&open, "#lists")[0];
    assert!(text(lists).contains("On The <silent> sirens as number 1, read."), "{}", text(lists));
    assert_eq!(within(lists, "p a")[0].attr("href"), Some("/lists/sirens#e1"));
    assert_eq!(text(within(lists, ".note")[0]), "Ask \"Tachkiri\" & </textarea>");
    let forms = within(lists, "form");
    let actions: Vec<&str> = forms.iter().filter_map(|it| it.attr("action")).collect();
    assert_eq!(actions, ["/lists/sirens/entry", "/lists/sirens/entry", "/lists/later/entries", "/lists"]);
    for form in &forms {
        let value = |name: &str| {
            within(*form, &format!("input[name={name}]"))
                .first()
                .and_then(|it| it.attr("value"))
                .unwrap_or_default()
        };
        assert_eq!((value("article"), value("back")), (FLOOD, format!("/a/{FLOOD}?q=siren").as_str()));
    }
    let states: Vec<_> = within(forms[0], "button").iter().filter_map(|it| it.attr("value")).collect();
    assert_eq!(states, ["unread", "reading"]);
    assert!(within(forms[1], "[name=state]").is_empty(), "a note leaves the state as it is");
    assert_eq!(text(within(forms[1], "textarea")[0]), "Ask \"Tachkiri\" & </textarea>");
    // Both forms are sent as they stand, the note changed; sent again, it is of an old page.
    let was = within(forms[1], "input[name=was]")[0].attr("value").unwrap_or_default();
    let back = format!("/a/{FLOOD}?q=siren");
    let fields =
        [("article", FLOOD), ("back", &back), ("was", was), ("state", "reading"), ("note", "Ask again.")];
    assert_eq!(server.post("/lists/sirens/entry", &fields).expect(303).header("location"), back);
    server.post("/lists/later/entries", &fields[..2]).expect(303);
    let fields = [fields[0], fields[1], fields[2], fields[3], ("note", "Something else.")];
    server.post("/lists/sirens/entry", &fields).expect(409);
    let changed = page(&server.get(&back).expect(200));
    let notes: Vec<String> = select(&changed, "#lists .note").into_iter().map(text).collect();
    assert_eq!(notes, ["Ask again."]);
    assert_eq!(select(&changed, "#lists form[action$='/entry']").len(), 4);
    let closed = page(&Server::start(&newsroom, &["--read-only"]).get(&format!("/a/{FLOOD}")).expect(200));
    assert!(text(select(&closed, "#lists")[0]).contains("as number 1, reading."));
    assert!(select(&closed, "#lists form").is_empty());
}

#[test]
fn beside_the_quotes_of_a_person_stand_their_kinds_and_who_else_is_quoted() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let page = page(&server.get("/people/Maren%20Kolvane").expect(200));
    for (kind, flag) in [("direct", "--direct"), ("indirect", "--indirect"), ("mixed", "--mixed")] {
        let n = rows(&newsroom, &["quotes", "Maren Kolvane", flag, "--no-fold"]).len();
        let link = &select(&page, &format!("aside a[href*='kind={kind}']"))[0];
        let shown = link.parent().and_then(ElementRef::wrap).map(text).unwrap_or_default();
        assert_eq!(shown, format!("{kind} {n}"));
    }
    // Who stands there is quoted in an article that quotes her.
    let article = |it: &Value| it["article"].as_str().expect("an id").to_owned();
    let hers: BTreeSet<String> = rows(&newsroom, &["quotes", "Maren Kolvane"]).iter().map(article).collect();
    for (name, n) in [("Lucian Oxenham", 8), ("Desmond Kolvane", 5)] {
        let theirs: BTreeSet<String> =
            rows(&newsroom, &["quotes", name, "--no-fold"]).iter().map(article).collect();
        let all = rows(&newsroom, &["quotes", "Maren Kolvane"]);
        assert_eq!(theirs.intersection(&hers).count(), n, "{name} of {}", all.len());
        let shown = text(select(&page, "aside")[0]);
        assert!(shown.contains(&format!("{name} {n}")), "{name}: {shown}");
    }
}

#[test]
fn a_quote_sheet_is_that_of_the_command_line_and_is_saved_not_shown() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for (format, params, args) in [
        ("csv", "", &[][..]),
        ("markdown", "&kind=direct&q=bridge", &["bridge", "--direct"]),
        ("html", "&sort=newest", &["--sort", "newest"]),
    ] {
        let expected = newsroom.run([&["quotes", "Maren Kolvane", "--export", format], args].concat());
        let answer = server.get(&format!("/people/Maren%20Kolvane/export?to={format}{params}")).expect(200);
        assert_eq!(answer.text(), expected.found(), "{format}");
        assert!(answer.header("content-disposition").starts_with("attachment"), "{format}");
    }
    server.get("/people/Nobody%20Known/export?to=csv").expect(404);
    server.get("/people/Renn/export?to=csv").expect(300);
}

#[test]
fn a_date_is_no_finer_than_it_is_known() {
    let newsroom = Newsroom::new()
        .article(
            "a.md",
            "---\ndate: 2012\nsource: Star\n---\n# Weir\n\n“We will build it,” said Ada Rusk, the mayor.\n",
        )
        .article(
            "b.md",
            "---\ndate: 2014-03\nsource: Star\n---\n# Mill\n\n“We will not,” said Ada Rusk, the minister.\n",
        )
        .article(
            "c.md",
            "---\ndate: 2015-06-02\nsource: Star\n---\n# Lock\n\n“Ask them,” said Bo Lund, the engineer.\n",
        )
        .ingested();
    let server = Server::start(&newsroom, &[]);
    let days = |name: &str| {
        let found = page(&server.get(&format!("/people/{}", escaped(name))).expect(200));
        let table = select(&found, "section[aria-labelledby=roles] td:nth-child(2)");
        let opening = select(&found, "header.opening").into_iter().map(text).collect::<String>();
        (table.into_iter().map(text).collect::<Vec<_>>(), opening)
    };
    let (roles, opening) = days("Ada Rusk");
    assert_eq!(roles, ["2012", "March 2014"]);
    assert!(opening.contains("In this archive since 2012, last in March 2014."), "{opening}");
    let (roles, opening) = days("Bo Lund");
    assert_eq!(roles, ["2 June 2015"]);
    assert!(opening.contains("last on 2 June 2015."), "{opening}");
}

#[test]
fn a_query_that_cannot_be_read_stands_in_the_box_of_the_person() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for (typed, bad, mended) in [
        ("souce:herald", "souce", Some("source:herald")),
        ("\"dam gates", "\"", Some("\"dam gates\"")),
        ("dam AND", "AND", None),
    ] {
        let answer =
            server.get(&format!("/people/Maren%20Kolvane?sort=oldest&q={}", escaped(typed))).expect(400);
        let found = page(&answer);
        let boxed = select(&found, "input[name=q]");
        assert_eq!(boxed[0].value().attr("value"), Some(typed));
        assert_eq!(boxed[0].value().attr("aria-invalid"), Some("true"));
        assert_eq!(text(select(&found, "#error mark")[0]), bad, "{typed}");
        let links = select(&found, "main a").into_iter().filter_map(|it| it.value().attr("href"));
        let links: Vec<&str> = links.collect();
        let there = mended.map(|it| {
            let it: String = form_urlencoded::byte_serialize(it.as_bytes()).collect();
            format!("/people/Maren%20Kolvane?sort=oldest&q={it}")
        });
        assert!(there.is_none_or(|it| links.contains(&it.as_str())), "{typed}: {links:?}");
        assert!(links.contains(&"/people/Maren%20Kolvane?sort=oldest"), "{links:?}");
    }
}

#[test]
fn which_of_two_versions_was_first_is_said_only_where_it_is_known() {
    const STORY: &str = "The ferry is back in service since noon, the harbor master said on the quay. Forty cars had waited \
        for it since the morning, and the baker sold all of his bread to those who stood in line.\n\nNobody was hurt when \
        the ferry struck the bank of the river last week, and the tug that pulled it off went home the same night.\n";
    let newsroom = [("a", "2017-08"), ("b", "2017-08-03"), ("c", "2017-09-01"), ("d", "2017-08-03")];
    let newsroom = newsroom.into_iter().fold(Newsroom::new(), |newsroom, (name, date)| {
        let text = format!("---\ndate: {date}\nsource: Paper {name}\n---\n# Ferry back {name}\n\n{STORY}");
        newsroom.article(&format!("{name}.md"), text)
    });
    let newsroom = newsroom.ingested();
    let server = Server::start(&newsroom, &[]);
    let id = |name: &str| {
        let hits = server.get("/search.json?q=ferry&fold=0&size=50&group=article");
        let hits = hits.json();
        let all = hits["hits"].as_array().expect("hits").iter();
        let path = format!("{name}.md");
        let of = all.clone().find(|it| it["path"].as_str().is_some_and(|it| it.ends_with(&path)));
        of.expect(name)["article"].as_str().expect("an id").to_owned()
    };
    for (one, other, is_known) in [("a", "b", false), ("a", "c", true), ("b", "d", false), ("c", "b", true)] {
        let address = format!("/compare/{}/{}", id(one), id(other));
        let said = text(select(&page(&server.get(&address).expect(200)), "header.opening")[0]);
        assert_eq!(said.contains("the earlier one first"), is_known, "{one} {other}: {said}");
        assert_eq!(said.contains("it is not known which was first"), !is_known, "{one} {other}: {said}");
        let data = server.get(&format!("{address}.json")).expect(200).json();
        assert_eq!(data["order_known"], is_known, "{one} {other}");
    }
}

#[test]
fn a_query_is_explained_part_by_part() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    let typed = "siren (dam OR weir) speaker:kolvane -date:2013";
    let search = page(&server.get(&format!("/search?q={}", escaped(typed))).expect(200));
    let to = select(&search, "#read a").into_iter().find(|it| text(*it) == "How this was read");
    let to = to.and_then(|it| it.value().attr("href")).expect("a link").to_owned();
    let explained = page(&server.get(&to).expect(200));
    let data = server.get(&to.replacen("/explain?", "/explain.json?", 1)).expect(200).json();
    // Each line of the tree stands on the page, as deep as it is.
    fn lines(of: &Value, depth: usize, all: &mut Vec<(usize, String)>) {
        all.push((depth, of["says"].as_str().expect("a line").replace('`', "")));
        of["of"].as_array().expect("parts").iter().for_each(|it| lines(it, depth + 1, all));
    }
    let mut expected = Vec::new();
    lines(&data["tree"], 1, &mut expected);
    lines(&data["articles"], 1, &mut expected);
    let shown = select(&explained, ".help li").into_iter().map(|it| {
        let own: String = text(it);
        let depth =
            it.ancestors().filter(|it| it.value().as_element().is_some_and(|it| it.name() == "ul")).count();
        (depth, own)
    });
    let shown: Vec<(usize, String)> = shown.collect();
    assert_eq!(shown.len(), expected.len());
    for ((depth, own), (deep, line)) in shown.iter().zip(&expected) {
        assert!(depth == deep && own.starts_with(line.as_str()), "{own} {depth}, {line} {deep}");
    }
    let parts: Vec<String> =
        select(&explained, "section[aria-labelledby=clauses] th code").into_iter().map(text).collect();
    assert_eq!(parts, ["siren", "(dam OR weir)", "speaker:kolvane", "-date:2013"]);
    let said = text(select(&explained, "main")[0]);
    assert!(said.contains("siren, sirens · 16") && said.contains("Maren Kolvane (51 quotes)"), "{said}");
    // A mistake stands in the box; nothing typed is the box alone.
    let wrong = page(&server.get("/explain?q=souce%3Aherald").expect(400));
    assert_eq!(select(&wrong, "#q")[0].value().attr("value"), Some("souce:herald"));
    let links: Vec<_> =
        select(&wrong, "main a").into_iter().filter_map(|it| it.value().attr("href")).collect();
    assert!(links.contains(&"/explain?q=source%3Aherald"), "{links:?}");
    assert_eq!(select(&page(&server.get("/explain").expect(200)), "form.ask").len(), 1);
}

#[test]
fn many_names_are_looked_for_at_once() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &["--read-only"]);
    let blank = page(&server.get("/names").expect(200));
    assert_eq!(select(&blank, "form[method=post] textarea[name=names]").len(), 1);
    let names =
        "Maren Kolvane\nKolvane, Desmond\n# a remark\nZebra Umbrella\nsiren w/9 dam\n(dam\n<b>x</b>\n";
    let bearer = format!("Bearer {}", server.token);
    let body: String = form_urlencoded::Serializer::new(String::new()).append_pair("names", names).finish();
    let ask = |accept: &str| {
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Accept", accept),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        server.ask("POST", "/names", &headers, body.as_bytes()).expect(200)
    };
    let answer = page(&ask("text/html"));
    let rows = ask("application/x-ndjson").text();
    let rows: Vec<Value> = rows.lines().map(|it| serde_json::from_str(it).expect("a row")).collect();
    let shown = select(&answer, "main tbody tr");
    assert_eq!(shown.len() + 1, rows.len(), "a row a name, and the last line of the stream");
    for (row, data) in shown.iter().zip(&rows) {
        let cells: Vec<String> = within(*row, "th, td").into_iter().map(text).collect();
        assert_eq!(cells[0], data["name"].as_str().expect("a name"));
        if data["problem"].is_null() {
            assert_eq!(cells[1], data["articles"].to_string(), "{cells:?}");
            assert_eq!(cells[2], data["passages"].to_string(), "{cells:?}");
        }
    }
    let people: Vec<_> =
        select(&answer, "td a").into_iter().filter_map(|it| it.value().attr("href")).collect();
    assert!(
        people.contains(&"/people/Maren%20Kolvane") && people.contains(&"/people/Desmond%20Kolvane"),
        "{people:?}"
    );
    // What was typed stays in the box.
    assert_eq!(text(select(&answer, "textarea")[0]).trim(), names.trim());
}

#[test]
fn pairs_of_names_are_paged_as_people_are() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &[]);
    for (address, key) in [("/people.json?size=7", "speakers"), ("/people.json?similar=1&size=2", "pairs")] {
        let paged = all_pages(&server, address, key);
        let last = server.get(&address.replace("size=7", "size=100").replace("size=2", "size=100")).json();
        if last["next"].is_null() {
            assert_eq!(&Value::Array(paged.clone()), &last[key], "{address}");
            assert!(last["next_url"].is_null() && last.get("next").is_some(), "{last}");
        }
        assert!(paged.len() > 2, "{address}");
    }
}
