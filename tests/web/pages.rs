//! What every page has.

use crate::{support::Newsroom, web::Server};

const FERRY: &str = "Ferry back\n\nThe ferry is back in service since noon, the harbor master said.\n";

#[test]
fn the_address_with_the_token_becomes_a_cookie_and_an_address_without_it() {
    let newsroom = Newsroom::new().article("a.txt", FERRY).ingested();
    let server = Server::start(&newsroom, &[]);
    let answer = server.ask("GET", &format!("/search?q=ferry&token={}", server.token), &[], b"").expect(303);
    assert_eq!(answer.header("location"), "/search?q=ferry");
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with(&format!("morgue_{}={}", server.port, server.token)), "{cookie}");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap_or_default();
    let page = server.ask("GET", "/search?q=ferry", &[("Cookie", cookie)], b"").expect(200);
    assert!(page.text().contains("<main id=\"main\">"), "{}", page.text());
}

#[test]
fn a_parameter_that_a_page_does_not_take_is_refused_with_the_nearest() {
    let newsroom = Newsroom::new().article("a.txt", FERRY).ingested();
    let problem = Server::start(&newsroom, &[]).get("/search.json?qq=ferry").expect(400);
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert_eq!(problem.json()["suggestion"], "q");
}
