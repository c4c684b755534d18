//! Every kind of page: accessibility, weights, links and forms, the order of Tab.

use std::{collections::BTreeSet, fs};

use serde_json::{Value, json};

use super::chromium::{Chromium, Look, skipped};
use crate::{support::Newsroom, web::Server};

/// Bytes of HTML of a page, and of the files that all pages share.
const PAGE_BYTES_MAX: usize = 60 * 1024;
const STYLE_BYTES_MAX: usize = 12 * 1024;
const SCRIPT_BYTES_MAX: usize = 8 * 1024;

/// The sample archive with a list that has notes.
fn newsroom() -> Newsroom {
    let newsroom = Newsroom::sample().ingested();
    newsroom
        .run(["list", "new", "sirens", "siren since:2012", "--title", "The silent sirens"])
        .expect_status(0);
    newsroom.run(["list", "note", "sirens", "1", "She kept the postcard."]).expect_status(0);
    newsroom
}

/// A page of each kind, with the status it is answered with.
fn pages(server: &Server) -> Vec<(&'static str, String, u16)> {
    let found = server.get("/search.json?q=siren+since:2012").expect(200).json();
    let id = |n: usize| found["hits"][n]["article"].as_str().expect("an article").to_owned();
    let article = id(0);
    let copied = found["hits"].as_array().into_iter().flatten();
    let copied =
        copied.filter(|it| it["copies"].as_array().is_some_and(|it| !it.is_empty())).collect::<Vec<_>>();
    let copied: &Value = copied.first().expect("an article with copies");
    let (one, other) = (&copied["article"], &copied["copies"][0]["article"]);
    let text = |it: &Value| it.as_str().expect("an article").to_owned();
    vec![
        ("start", "/search".into(), 200),
        ("result", "/search?q=siren+since:2012".into(), 200),
        ("headlines", "/search?q=siren&view=headlines&sort=newest".into(), 200),
        ("much", "/search?q=minister".into(), 200),
        ("mistake", "/search?q=siren+AND+(".into(), 400),
        ("nothing", "/search?q=zyxwv".into(), 200),
        ("explained", "/explain?q=siren+(dam+OR+weir)+speaker:kolvane".into(), 200),
        ("explained mistake", "/explain?q=souce:x".into(), 400),
        ("names", "/names".into(), 200),
        ("article", format!("/a/{article}"), 200),
        ("marked", format!("/a/{}?q=siren&rank=1", text(one)), 200),
        ("compare", format!("/compare/{}/{}", text(one), text(other)), 200),
        ("people", "/people".into(), 200),
        ("person", "/people/Maren%20Kolvane".into(), 200),
        ("several people", "/people/Thomas%20Arkwell".into(), 300),
        ("nobody", "/people/Zyx%20Wvut".into(), 404),
        ("person and mistake", "/people/Maren%20Kolvane?q=souce:x".into(), 400),
        ("lists", "/lists".into(), 200),
        ("list", "/lists/sirens".into(), 200),
        ("delete", "/lists/sirens/delete".into(), 200),
        ("receipt", "/search?q=siren&receipt=1".into(), 200),
        ("receipt of a list", "/lists/sirens?receipt=1".into(), 200),
        ("replay", "/replay".into(), 200),
        ("status", "/status".into(), 200),
        ("help", "/help".into(), 200),
        ("help page", "/help/query-language".into(), 200),
        ("no page", "/nowhere".into(), 404),
    ]
}

#[test]
fn axe_finds_nothing() {
    let Some(axe) = axe() else { return };
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let Some(mut chromium) = Chromium::start(&server, Look::WIDE) else { return };
    let mut faults = Vec::new();
    for (kind, path, _) in pages(&server) {
        for dark in [false, true] {
            for look in [Look::WIDE, Look::NARROW] {
                chromium.look(Look { dark, ..look });
                chromium.goto(&format!("http://127.0.0.1:{}{path}", server.port));
                // What is folded is looked at as well.
                chromium.eval("document.querySelectorAll('details').forEach((it) => it.open = true)");
                chromium.eval(&format!("{axe};1"));
                let found = chromium.eval(
                    "axe.run({ resultTypes: ['violations'] }).then((it) => it.violations.flatMap((it) =>
                     it.nodes.slice(0, 2).map((node) => `${it.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`)))",
                );
                for it in found.as_array().into_iter().flatten() {
                    faults.push(format!("{kind}, {} wide, dark {dark}: {it}", look.width));
                }
                let wider = "document.documentElement.scrollWidth > innerWidth";
                if chromium.eval(wider) == json!(true) {
                    faults.push(format!("{kind} is wider than {}", look.width));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The text of axe-core, which is not part of this repository; `.ci/run` puts it there.
fn axe() -> Option<String> {
    let Ok(path) = std::env::var("MORGUE_AXE") else {
        let required = std::env::var("MORGUE_READERS").is_ok_and(|it| it == "required");
        assert!(!required, "MORGUE_AXE is not set: the path of axe.min.js");
        skipped("MORGUE_AXE is not set: the path of axe.min.js");
        return None;
    };
    Some(fs::read_to_string(&path).unwrap_or_else(|it| panic!("{path}: {it}")))
}

#[test]
fn pages_are_light() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    for (kind, path, status) in pages(&server) {
        let page = server.get(&path).expect(status);
        // The manual is as long as it is; it is asked for by name.
        let is_manual = kind == "help page";
        assert!(is_manual || page.body.len() <= PAGE_BYTES_MAX, "{kind}: {} bytes", page.body.len());
        let html = page.text();
        for (name, most) in [("style.css", STYLE_BYTES_MAX), ("morgue.js", SCRIPT_BYTES_MAX)] {
            // A refusal has no keys.
            if kind == "no page" && name == "morgue.js" {
                continue;
            }
            let address = html.split('"').find(|it| it.starts_with("/assets/") && it.ends_with(name));
            let bytes =
                server.get(address.unwrap_or_else(|| panic!("{kind} has no {name}"))).expect(200).body.len();
            assert!(bytes <= most, "{name}: {bytes} bytes");
        }
    }
}

/// So many pages are looked at.
const CRAWLED_MAX: usize = 300;

#[test]
fn every_link_leads_somewhere_and_every_form_can_be_sent() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let Some(mut chromium) = Chromium::start(&server, Look::NO_SCRIPTS) else { return };
    let origin = format!("http://127.0.0.1:{}", server.port);
    let mut open: Vec<String> = pages(&server).into_iter().filter(|it| it.2 == 200).map(|it| it.1).collect();
    open.reverse();
    let mut known: BTreeSet<String> = open.iter().cloned().collect();
    let mut kinds: BTreeSet<String> = BTreeSet::new();
    let mut faults = Vec::new();
    let mut n_forms = 0;
    let mut n_pages = 0;
    while let Some(path) = open.pop() {
        let answer = server.get(&path);
        // A name that several people have is a page with links to each.
        if answer.status != 200 && answer.status != 300 {
            faults.push(format!("{path} is answered with {}", answer.status));
            continue;
        }
        n_pages += 1;
        let is_page = answer.header("content-type").starts_with("text/html");
        if !is_page || n_pages > CRAWLED_MAX || answer.header("content-disposition").starts_with("attachment")
        {
            continue;
        }
        chromium.goto(&format!("{origin}{path}"));
        let found = chromium.eval(
            "({ links: [...document.querySelectorAll('a[href], svg a')].map((it) => it.href.baseVal ?? it.getAttribute('href')),
                forms: [...document.forms].flatMap((form) => {
                    const buttons = [...form.elements].filter((it) => it.type === 'submit');
                    return (buttons.length ? buttons : [null]).map((button) => ({
                        method: (button?.getAttribute('formmethod') ?? form.method).toLowerCase(),
                        action: button?.getAttribute('formaction') ?? form.getAttribute('action') ?? '',
                        fields: [...new FormData(form)].concat(button?.name ? [[button.name, button.value]] : []),
                    })); }),
                anchors: [...document.querySelectorAll('[id]')].map((it) => it.id) })",
        );
        let anchors: BTreeSet<&str> =
            found["anchors"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for link in found["links"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            match link.split_once('#') {
                Some(("", "")) => faults.push(format!("{path} has a link to nothing")),
                Some(("", anchor)) if !anchors.contains(anchor) => {
                    faults.push(format!("{path} has no #{anchor}"));
                }
                _ => {}
            }
            let to = link.split('#').next().unwrap_or_default();
            if to.starts_with('/') && known.insert(to.to_owned()) && known.len() < 4 * CRAWLED_MAX {
                open.insert(0, to.to_owned());
            }
        }
        for form in found["forms"].as_array().into_iter().flatten() {
            let (method, action) =
                (form["method"].as_str().unwrap_or("get"), form["action"].as_str().unwrap_or(""));
            let fields: Vec<(&str, &str)> = form["fields"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|it| Some((it[0].as_str()?, it[1].as_str()?)))
                .collect();
            let names: Vec<&str> = fields.iter().map(|it| it.0).collect();
            if !kinds.insert(format!("{method} {action} {names:?}")) || !action.starts_with('/') {
                if !action.starts_with('/') {
                    faults.push(format!("{path} has a form that leads to {action:?}"));
                }
                continue;
            }
            n_forms += 1;
            // As it stands: a box that must be filled is refused in words, and nothing breaks.
            let status = if method == "post" {
                // What takes things away is sent in its own test.
                if ["/remove", "/delete", "/keys"].iter().any(|it| action.ends_with(it)) {
                    continue;
                }
                server.post(action, &fields).status
            } else {
                let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
                server.get(&format!("{action}?{query}")).status
            };
            if ![200, 303, 400, 409, 422].contains(&status) {
                faults
                    .push(format!("{path}: the form {method} {action} {fields:?} is answered with {status}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(n_pages > 100 && n_forms > 10, "{n_pages} pages, {n_forms} forms");
}

#[test]
fn tab_goes_through_a_result_as_it_is_read() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let Some(mut chromium) = Chromium::start(&server, Look::WIDE) else { return };
    chromium.goto(&format!("http://127.0.0.1:{}/search?q=siren+since:2012", server.port));
    let mut way = Vec::new();
    for _ in 0..400 {
        chromium.press("Tab");
        let stop = chromium.eval(
            "(() => { const it = document.activeElement; if (it === document.body) return null;
             const style = getComputedStyle(it), box = it.getBoundingClientRect();
             const name = it.getAttribute('aria-label') || it.labels?.[0]?.innerText || it.textContent.trim() || it.name;
             const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                 && box.width > 1 && box.bottom > 0 && box.top < innerHeight;
             return [`${it.tagName.toLowerCase()} ${name}`, seen]; })()",
        );
        let Some(stop) = stop.as_array() else { break };
        assert_eq!(stop[1], true, "the focus is not seen on {}", stop[0]);
        way.push(stop[0].as_str().unwrap_or_default().to_owned());
    }
    insta::assert_snapshot!(way.join("\n"));
}

#[test]
fn keys_are_left_to_the_browser_where_they_are_its_own() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let Some(mut chromium) = Chromium::start(&server, Look::WIDE) else { return };
    let page = format!("http://127.0.0.1:{}/search?q=siren+since:2012", server.port);
    chromium.goto(&page);
    let focus = "document.activeElement.closest('.hit')?.id ?? document.activeElement.id";
    for modifier in [1, 2, 4] {
        chromium.press_with("j", modifier);
        assert_eq!(chromium.text(focus), "", "modifier {modifier}");
    }
    chromium.press("j");
    assert_eq!(chromium.text(focus), "h1");
    chromium.press("/");
    assert_eq!(chromium.text(focus), "q");
    chromium.type_text("jx");
    assert_eq!(
        chromium.text("document.activeElement.value"),
        "jx",
        "what was there is selected, and keys are letters"
    );
    chromium.press("Escape");
    assert_eq!(chromium.text(focus), "h1");
    chromium.press("x");
    assert_eq!(chromium.eval("document.querySelector('#h1 input[type=checkbox]').checked"), true);
    chromium.press("g");
    chromium.press("p");
    chromium.wait_for_address("/people");
    chromium.press("/");
    assert_eq!(chromium.text("document.activeElement.name"), "name");
    assert_eq!(chromium.complaints(), [""; 0]);
}

#[test]
fn the_switch_takes_the_script_away() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let Some(mut chromium) = Chromium::start(&server, Look::WIDE) else { return };
    chromium.goto(&format!("http://127.0.0.1:{}/search?q=siren", server.port));
    for (now, then) in [(1, 0), (0, 1)] {
        assert_eq!(chromium.eval("document.scripts.length"), now);
        chromium.click("#keys summary");
        chromium.click("#keys button");
        chromium.wait_for(&format!("document.scripts.length === {then}"));
        chromium.wait_for_address("/search?q=siren");
    }
}

#[test]
fn a_note_that_was_not_saved_comes_back() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let Some(mut chromium) = Chromium::start(&server, Look::WIDE) else { return };
    let list = format!("http://127.0.0.1:{}/lists/sirens", server.port);
    chromium.goto(&list);
    chromium.click("#e2 details summary");
    chromium.click("#e2 [name=note]");
    chromium.type_text("Ask again");
    chromium.goto(&format!("http://127.0.0.1:{}/people", server.port));
    chromium.goto(&list);
    chromium.wait_for("document.querySelector('#e2 [name=note]').value === 'Ask again'");
    assert!(chromium.text("document.querySelector('.said').innerText").contains("not saved"));
    chromium.click("#e2 form:has(textarea) button:not([formaction])");
    chromium.wait_for("document.querySelector('#e2 .note')?.innerText.includes('Ask again')");
    assert_eq!(chromium.eval("Object.keys(sessionStorage).filter((it) => it.includes('draft')).length"), 0);
}
