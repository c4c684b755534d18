//! A name of somebody else that leads to this machine (DNS rebinding): to a browser its pages and
//! this server are one origin, so that only the server can tell.
//!
//! The name is in an `/etc/hosts` of its own, which takes the right to mount (`unshare -rm`). Where
//! that is not given the test says that it skipped; with `MORGUE_NAMESPACES=required`, as `.ci/run`
//! has it, it fails.

use std::process::Command;

use super::chromium::{Chromium, Look, skipped};
use crate::{support::Newsroom, web::Server};

const NAME: &str = "rebound.example";

/// The start of a command line whose program finds the name at 127.0.0.1; `None` where the system
/// does not let us and need not.
#[track_caller]
fn rebinding(newsroom: &Newsroom) -> Option<Vec<String>> {
    newsroom.write("hosts", format!("127.0.0.1 localhost {NAME}\n"));
    let hosts = newsroom.path("hosts").display().to_string();
    let script = "mount --bind \"$0\" /etc/hosts && exec \"$@\"";
    let by: Vec<String> = ["unshare", "-rm", "sh", "-c", script, &hosts].map(str::to_owned).into();
    let found = Command::new(&by[0]).args(&by[1..]).args(["getent", "ahostsv4", NAME]).output();
    let is_found = |it: &std::process::Output| it.status.success() && it.stdout.starts_with(b"127.0.0.1 ");
    if found.as_ref().is_ok_and(is_found) {
        return Some(by);
    }
    let required = std::env::var("MORGUE_NAMESPACES").is_ok_and(|it| it == "required");
    assert!(!required, "no namespace in which {NAME} is 127.0.0.1: {found:?}");
    skipped("no namespaces here");
    None
}

#[test]
fn a_name_that_was_bound_to_this_machine_reads_and_changes_nothing() {
    let newsroom = Newsroom::new().article("a.txt", "Ferry back\n\nThe ferry is back at noon.\n").ingested();
    newsroom.run(["list", "new", "boats", "ferry", "-q"]).expect_status(0);
    let Some(by) = rebinding(&newsroom) else { return };
    let by: Vec<&str> = by.iter().map(String::as_str).collect();
    // Also of a server that asks for no token, where nothing but the host tells.
    for args in [&[][..], &["--no-token"]] {
        let server = Server::start(&newsroom, args);
        let Some(mut browser) = Chromium::start_by(&by, &server, Look::WIDE) else { return };
        let Server { port, token, .. } = &server;
        browser.goto(&format!("http://localhost:{port}/?token={token}"));
        browser.wait_for("location.host.startsWith('localhost')");
        browser.goto(&format!("http://localhost:{port}/search?q=ferry"));
        browser.wait_for("document.body.innerText.includes('back at noon')");
        for path in ["/search?q=ferry".to_owned(), format!("/?token={token}"), "/lists/boats".to_owned()] {
            browser.goto(&format!("http://{NAME}:{port}{path}"));
            browser.wait_for(&format!("location.host === '{NAME}:{port}'"));
            let shown = browser.text("document.body.innerText");
            assert!(shown.contains("This is another host"), "{path}: {shown}");
            assert!(!shown.contains("noon"), "{path}: {shown}");
        }
        // What a script of the attacker would do from there, without having to leave the origin.
        for (what, asked) in [
            ("read", "fetch('/search.json?q=ferry')".to_owned()),
            ("bring the token", format!("fetch('/search?token={token}')")),
            (
                "know the token",
                format!("fetch('/search.json', {{ headers: {{ Authorization: 'Bearer {token}' }} }})"),
            ),
            (
                "send a form",
                "fetch('/lists/boats/delete', { method: 'POST', body: new URLSearchParams() })".to_owned(),
            ),
        ] {
            let told = browser.text(&format!("{asked}.then(async it => it.status + ' ' + await it.text())"));
            assert!(told.starts_with("421 ") && !told.contains("noon"), "{what}: {told}");
        }
        let cookies = browser.text("document.cookie");
        assert_eq!(cookies, "");
        assert_eq!(server.get("/lists.json").expect(200).json()["lists"][0]["name"], "boats");
    }
}
