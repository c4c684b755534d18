//! An archive that wants to hurt whoever reads it: no script runs, nothing is sent, nothing breaks.

use serde_json::{Value, json};

use super::chromium::{Chromium, Look};
use crate::{support::Newsroom, web::Server};

/// What an attacker puts wherever text can stand.
const ATTACKS: [(&str, &str); 8] = [
    ("script", "<script>hurt=1</script></title><script>hurt=1</script>"),
    ("image", "\"><img src=x onerror=hurt=1>'><svg onload=hurt=1>"),
    ("link", "javascript:hurt=1 [click](javascript:hurt=1) <a href=\"javascript:hurt=1\">x</a>"),
    ("style", "</style><style>*{display:none}</style><link rel=stylesheet href=//evil.example/x>"),
    ("bidi", "\u{202E}gnorw si siht\u{202D} \u{2067}abc\u{2066} and on"),
    ("joined", "zero\u{200B}width\u{200D}join\u{FEFF}er\u{AD}soft"),
    ("signs", "👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿 שלום עליכם مرحبا بالعالم"),
    (
        "frame",
        "<iframe src=\"https://evil.example\"></iframe><base href=//evil.example/><meta http-equiv=refresh content=0;url=//evil.example>",
    ),
];

/// A word of 10,000 letters.
fn long() -> String {
    "Rhabarber".repeat(1112)
}

fn newsroom() -> Newsroom {
    let mut newsroom = Newsroom::new();
    let long = long();
    for (name, attack) in ATTACKS.into_iter().chain([("long", long.as_str())]) {
        let article = json!({
            "title": format!("Harbor {attack}"),
            "date": "2020-02-03",
            "url": if name == "image" { format!("https://post.example/\"><img src=x onerror=hurt=1>?{attack}") } else { "javascript:hurt=1".to_owned() },
            "author": format!("Leda {attack}"),
            "source": format!("The {attack} Post"),
            "section": attack,
            "text": format!("The harbor {attack} was dredged.\n\n“The harbor {attack} is ours,” Mayor Rosa {attack} Lund said.\n\n“It is not,” said {attack}.\n\n{attack}"),
        });
        newsroom = newsroom.article(&format!("{name}.json"), article.to_string());
        // The same words again, so that there is a comparison.
        let mut again = article;
        again["source"] = json!(format!("Another {attack}"));
        again["text"] = json!(format!("{} More {attack}.", again["text"].as_str().unwrap_or_default()));
        newsroom = newsroom.article(&format!("{name}-again.json"), again.to_string());
    }
    let newsroom = newsroom.ingested();
    let title = format!("The {} list", ATTACKS[1].1);
    newsroom.run(["list", "new", "harbor", "harbor", "--title", &title]).expect_status(0);
    for (n, (_, attack)) in ATTACKS.iter().enumerate() {
        newsroom.run(["list", "note", "harbor", &(n + 1).to_string(), attack]).expect_status(0);
    }
    newsroom.run(["list", "note", "harbor", "9", &long]).expect_status(0);
    newsroom
}

#[test]
fn no_text_runs_or_breaks_anything() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let Some(mut chromium) = Chromium::start(&server, Look::NARROW) else { return };
    let mut paths: Vec<String> = [
        "/search",
        "/search?q=harbor",
        "/search?q=harbor&fold=no",
        "/people",
        "/lists",
        "/lists/harbor",
        "/status",
    ]
    .map(Into::into)
    .into();
    let long = long();
    for (_, attack) in ATTACKS.into_iter().chain([("long", long.as_str())]) {
        let query = form_urlencoded::byte_serialize(attack.as_bytes()).collect::<String>();
        paths.push(format!("/search?q={query}"));
        paths.push(format!("/search?q=%22{query}%22"));
        paths.push(format!("/people?name={query}"));
    }
    let found = server.get("/search.json?q=harbor&size=100").expect(200).json();
    let hits = found["hits"].as_array().expect("hits");
    assert!(hits.len() >= ATTACKS.len(), "{found}");
    for hit in hits {
        let text = |it: &Value| it.as_str().map(str::to_owned);
        let Some(id) = text(&hit["article"]) else { panic!("{hit}") };
        paths.push(format!("/a/{id}?q=harbor&show=origins"));
        if let Some(copy) = text(&hit["copies"][0]["article"]) {
            paths.push(format!("/compare/{id}/{copy}"));
        }
    }
    let people = server.get("/people.json").expect(200).json();
    let people = ["people", "speakers", "rows"]
        .iter()
        .find_map(|it| people[it].as_array().cloned())
        .unwrap_or_default();
    assert!(!people.is_empty(), "nobody speaks");
    for person in people {
        let name = person["name"].as_str().or(person["speaker"].as_str()).expect("a name");
        let name: String = name.bytes().map(|it| format!("%{it:02X}")).collect();
        if name.len() < 8000 {
            paths.push(format!("/people/{name}"));
        }
    }
    paths.sort();
    paths.dedup();
    let mut faults = Vec::new();
    for path in &paths {
        for look in [Look::NARROW, Look::WIDE] {
            chromium.look(look);
            chromium.goto(&format!("http://127.0.0.1:{}{path}", server.port));
            chromium.eval("document.querySelectorAll('details').forEach((it) => it.open = true)");
            let short: String = path.chars().take(100).collect();
            let seen = chromium.eval(
                "({ hurt: typeof hurt !== 'undefined',
                    wide: document.documentElement.scrollWidth <= innerWidth ? '' : [...document.querySelectorAll('body *')]
                        .find((it) => it.getBoundingClientRect().right > innerWidth + 1)?.outerHTML.slice(0, 200) ?? 'all',
                    files: [...document.querySelectorAll('script, link, style')]
                        .filter((it) => !/^\\/assets\\//.test(it.getAttribute('src') ?? it.getAttribute('href'))).length,
                    others: document.querySelectorAll('img, iframe, base, object, meta[http-equiv], [onerror], [onload]').length,
                    links: [...document.querySelectorAll('a[href]')]
                        .map((it) => it.getAttribute('href'))
                        .filter((it) => !/^https?:$/.test(new URL(it, location).protocol)),
                    masthead: document.querySelector('.masthead').checkVisibility() })",
            );
            let wanted =
                json!({ "hurt": false, "wide": "", "files": 0, "others": 0, "links": [], "masthead": true });
            if seen != wanted {
                faults.push(format!("{short} at {}: {seen}", look.width));
            }
        }
    }
    faults.extend(chromium.complaints());
    let home = format!("http://127.0.0.1:{}/", server.port);
    faults.extend(chromium.requests().into_iter().filter(|it| !it.starts_with(&home) && it != "about:blank"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(paths.len() > 50, "{}", paths.len());
}
