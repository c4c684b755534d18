//! From a question to a file: search, open, next match, person, add to a list, note, export.

use std::time::{Duration, Instant};

use serde_json::json;

use super::chromium::{Chromium, Look};
use crate::{support::Newsroom, web::Server};

/// The sample archive with an empty reading list.
fn newsroom() -> Newsroom {
    let newsroom = Newsroom::sample().ingested();
    newsroom.run(["list", "new", "sirens", "--title", "The silent sirens"]).expect_status(0);
    newsroom
}

/// The file of the list once it has these words.
#[track_caller]
fn list_with(newsroom: &Newsroom, words: &str) -> String {
    file_with(newsroom, "lists", words)
}

/// The text of the file in a folder that has these words.
#[track_caller]
fn file_with(newsroom: &Newsroom, folder: &str, words: &str) -> String {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        let files = std::fs::read_dir(newsroom.path(folder)).into_iter().flatten().flatten();
        let texts: Vec<String> = files.filter_map(|it| std::fs::read_to_string(it.path()).ok()).collect();
        if let Some(text) = texts.iter().find(|it| it.contains(words)) {
            return text.clone();
        }
        assert!(Instant::now() < end, "no file in {folder} has {words:?}: {texts:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Files that links lead to are put into a folder of the newsroom.
#[track_caller]
fn take_downloads(chromium: &mut Chromium, newsroom: &Newsroom) {
    std::fs::create_dir(newsroom.path("downloads")).expect("a folder");
    let to = json!({ "behavior": "allow", "downloadPath": newsroom.path("downloads") });
    chromium.tell("Browser.setDownloadBehavior", &to);
}

/// Clicks and typed text only.
#[track_caller]
fn by_mouse(look: Look) {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let Some(mut chromium) = Chromium::start(&server, look) else { return };
    take_downloads(&mut chromium, &newsroom);
    read_by_mouse(&mut chromium);
    collect_by_mouse(&mut chromium, &newsroom);
    assert_eq!(chromium.complaints(), [""; 0]);
}

#[track_caller]
fn read_by_mouse(chromium: &mut Chromium) {
    chromium.click("#q");
    chromium.type_text("siren since:2012");
    chromium.click(".ask button");
    chromium.wait_for_address("q=siren");
    assert_eq!(chromium.text("document.querySelector('h1').innerText"), "16 passages in 9 articles");
    let headline = chromium.text("document.querySelector('#h2 h2').innerText");

    chromium.click("#h2 h2 a");
    chromium.wait_for_address("/a/");
    assert_eq!(chromium.text("document.querySelector('h1').innerText"), headline);
    chromium.click("a[href='#m1']");
    chromium.click(".passage a[href='#m2']");
    chromium.wait_for("document.querySelector(':target')?.id === 'm2'");
    assert_eq!(chromium.text("document.querySelector(':target').innerText"), "sirens");

    let name = chromium.text("document.querySelector('#p3 .who a').innerText");
    chromium.click("#p3 .who a");
    chromium.wait_for_address("/people/");
    assert!(chromium.text("document.querySelector('h1').innerText").contains(&name), "{name}");
}

#[track_caller]
fn collect_by_mouse(chromium: &mut Chromium, newsroom: &Newsroom) {
    chromium.eval("history.go(-4)");
    chromium.wait_for_address("/search");
    chromium.click("#h2 details summary");
    chromium.click("#h2 button[formaction$='/lists/sirens/entries']");
    chromium.wait_for("document.querySelector('#h2 .row a[href*=\"/lists/sirens\"]') !== null");
    list_with(newsroom, "Dam gates opened");

    chromium.click("#h2 .row a[href*='/lists/sirens']");
    chromium.wait_for_address("/lists/sirens");
    chromium.click("#e1 details summary");
    chromium.click("#e1 [name=note]");
    chromium.type_text("Who had the form?");
    chromium.click("#e1 form:has(textarea) button:not([formaction])");
    chromium.wait_for("document.querySelector('#e1 .note')?.innerText.includes('Who had the form?')");
    list_with(newsroom, "Who had the form?");

    chromium.click("a[download][href*='to=markdown']");
    file_with(newsroom, "downloads", "Who had the form?");
}

#[test]
fn with_the_mouse() {
    by_mouse(Look::WIDE);
}

#[test]
fn with_scripts_off() {
    by_mouse(Look::NO_SCRIPTS);
}

/// Presses Tab until the focus is on an element of a selector, as often as a page has links at
/// most.
#[track_caller]
fn tab_to(chromium: &mut Chromium, selector: &str) {
    for _ in 0..100 {
        chromium.press("Tab");
        if chromium.eval(&format!("document.activeElement.matches({})", json!(selector))) == json!(true) {
            return;
        }
    }
    panic!("Tab does not lead to {selector}");
}

#[test]
fn by_keyboard_alone() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let Some(mut chromium) = Chromium::start(&server, Look::WIDE) else { return };
    take_downloads(&mut chromium, &newsroom);
    read_by_keys(&mut chromium);
    collect_by_keys(&mut chromium, &newsroom);
    assert_eq!(chromium.complaints(), [""; 0]);
}

#[track_caller]
fn read_by_keys(chromium: &mut Chromium) {
    chromium.press("/");
    chromium.type_text("siren since:2012");
    chromium.press("Enter");
    chromium.wait_for_address("q=siren");
    chromium.press("j");
    chromium.press("j");
    chromium.wait_for("document.activeElement.closest('.hit')?.id === 'h2'");
    let headline = chromium.text("document.activeElement.innerText");
    chromium.press("k");
    chromium.press("j");

    chromium.press("Enter");
    chromium.wait_for_address("/a/");
    assert_eq!(chromium.text("document.querySelector('h1').innerText"), headline);
    chromium.press(".");
    chromium.press(".");
    chromium.wait_for("document.querySelector(':target')?.id === 'm2'");
    chromium.press(",");
    chromium.wait_for("document.querySelector(':target')?.id === 'm1'");
    chromium.press("]");
    chromium.wait_for("document.querySelector('.pager')?.innerText.includes('Result 3 of ')");
    chromium.press("[");
    chromium.wait_for("document.querySelector('.pager')?.innerText.includes('Result 2 of ')");
    tab_to(chromium, ".who a");
    let name = chromium.text("document.activeElement.innerText");
    chromium.press("Enter");
    chromium.wait_for_address("/people/");
    assert!(chromium.text("document.querySelector('h1').innerText").contains(&name), "{name}");
}

#[track_caller]
fn collect_by_keys(chromium: &mut Chromium, newsroom: &Newsroom) {
    chromium.press("g");
    chromium.press("s");
    chromium.wait_for("location.pathname === '/search'");
    chromium.press("/");
    chromium.type_text("siren since:2012");
    chromium.press("Enter");
    chromium.wait_for_address("q=siren");
    chromium.press("j");
    chromium.press("j");
    chromium.press("a");
    chromium.wait_for("document.querySelector('.said').innerText.startsWith('Added to “The silent sirens”')");
    list_with(newsroom, "Dam gates opened");
    chromium.press("u");
    chromium.wait_for("document.querySelector('.said').innerText.startsWith('Taken off')");
    let ran = newsroom.run(["list", "show", "sirens"]);
    assert!(!ran.stdout.contains("Dam gates opened"), "{}", ran.stdout);
    chromium.press("a");
    chromium.wait_for("document.querySelector('.said').innerText.startsWith('Added')");

    chromium.press("g");
    chromium.press("l");
    chromium.wait_for_address("/lists");
    tab_to(chromium, "main a[href='/lists/sirens']");
    chromium.press("Enter");
    chromium.wait_for_address("/lists/sirens");
    chromium.press("j");
    chromium.press("n");
    chromium.wait_for("document.activeElement.name === 'note'");
    chromium.type_text("Who had the form?");
    tab_to(chromium, "button");
    chromium.press("Enter");
    chromium.wait_for("document.querySelector('#e1 .note')?.innerText.includes('Who had the form?')");
    list_with(newsroom, "Who had the form?");
    chromium.press("e");
    chromium.wait_for("document.activeElement.matches('a[download][href*=\"to=markdown\"]')");
    chromium.press("Enter");
    file_with(newsroom, "downloads", "Who had the form?");
}
