//! Who may ask, and what every answer has whatever was asked.

use crate::{
    support::Newsroom,
    web::{Answer, Server},
};

const FERRY: &str = "Ferry back\n\nThe ferry is back in service since noon, the harbor master said.\n";

fn newsroom() -> Newsroom {
    Newsroom::new().article("a.txt", FERRY).ingested()
}

/// Why, the method and address, the headers beside `Host` (which is ours unless there is one), the
/// status. `PORT` and `TOKEN` stand for those of the server; `COOKIE` for `Cookie:
/// morgue_PORT=TOKEN`.
///
/// `POST /search` is 405 for who may ask: nothing can be sent to that page.
type Row = (&'static str, &'static str, &'static [&'static str], u16);

const BROWSER: &str = "COOKIE";
const PROGRAM: &str = "Authorization: Bearer TOKEN";

const ROWS: &[Row] = &[
    // the host (RFC 9110, 7.4: 421 for a request that was led astray)
    ("our address", "GET /search", &["Host: 127.0.0.1:PORT", BROWSER], 200),
    ("our name", "GET /search", &["Host: localhost:PORT", BROWSER], 200),
    ("our address of IPv6", "GET /search", &["Host: [::1]:PORT", BROWSER], 200),
    ("names know no case", "GET /search", &["Host: LocalHost:PORT", BROWSER], 200),
    (
        "a name that leads here for a moment: rebinding",
        "GET /search",
        &["Host: evil.example:PORT", BROWSER],
        421,
    ),
    (
        "rebinding looks like the same origin to a browser",
        "GET /search",
        &[
            "Host: evil.example:PORT",
            "Origin: http://evil.example:PORT",
            "Sec-Fetch-Site: same-origin",
            BROWSER,
        ],
        421,
    ),
    (
        "rebinding with a POST",
        "POST /search",
        &[
            "Host: evil.example:PORT",
            "Origin: http://evil.example:PORT",
            "Sec-Fetch-Site: same-origin",
            BROWSER,
        ],
        421,
    ),
    ("rebinding, for the style sheet", "GET /assets/x-style.css", &["Host: evil.example:PORT", BROWSER], 421),
    ("rebinding, for no page", "GET /none", &["Host: evil.example:PORT", BROWSER], 421),
    ("rebinding, by who knows the token", "GET /search", &["Host: evil.example:PORT", PROGRAM], 421),
    ("rebinding to bring the token", "GET /?token=TOKEN", &["Host: evil.example:PORT"], 421),
    ("a name that begins with ours", "GET /search", &["Host: localhost.evil.example:PORT", BROWSER], 421),
    ("a name that ends with ours", "GET /search", &["Host: evil-localhost:PORT", BROWSER], 421),
    ("a name below ours", "GET /search", &["Host: a.localhost:PORT", BROWSER], 421),
    ("the trailing dot makes another name", "GET /search", &["Host: localhost.:PORT", BROWSER], 421),
    ("another port", "GET /search", &["Host: 127.0.0.1:1", BROWSER], 421),
    ("no port is port 80", "GET /search", &["Host: 127.0.0.1", BROWSER], 421),
    ("no port of IPv6", "GET /search", &["Host: [::1]", BROWSER], 421),
    ("an empty port", "GET /search", &["Host: 127.0.0.1:", BROWSER], 421),
    ("a port as no browser writes it", "GET /search", &["Host: 127.0.0.1:+PORT", BROWSER], 421),
    ("a port with a zero before", "GET /search", &["Host: 127.0.0.1:0PORT", BROWSER], 421),
    ("a user before the host", "GET /search", &["Host: a@127.0.0.1:PORT", BROWSER], 421),
    ("a user that looks like us", "GET /search", &["Host: 127.0.0.1:PORT@evil.example", BROWSER], 421),
    ("every interface is no name", "GET /search", &["Host: 0.0.0.0:PORT", BROWSER], 421),
    ("another address of the loopback", "GET /search", &["Host: 127.0.0.2:PORT", BROWSER], 421),
    ("our address written otherwise", "GET /search", &["Host: 127.1:PORT", BROWSER], 421),
    ("our address of IPv6 written otherwise", "GET /search", &["Host: [0:0:0:0:0:0:0:1]:PORT", BROWSER], 421),
    ("an empty host", "GET /search", &["Host: ", BROWSER], 421),
    ("two hosts, both ours", "GET /search", &["Host: 127.0.0.1:PORT", "Host: 127.0.0.1:PORT", BROWSER], 421),
    (
        "two hosts, the second not ours",
        "GET /search",
        &["Host: 127.0.0.1:PORT", "Host: evil.example", BROWSER],
        421,
    ),
    ("two hosts in one", "GET /search", &["Host: 127.0.0.1:PORT, evil.example", BROWSER], 421),
    (
        "an address as a proxy gets it",
        "GET http://127.0.0.1:PORT/search",
        &["Host: 127.0.0.1:PORT", BROWSER],
        200,
    ),
    ("an address of another host", "GET http://evil.example/search", &["Host: 127.0.0.1:PORT", BROWSER], 421),
    (
        "an address of ours, the host another's",
        "GET http://127.0.0.1:PORT/search",
        &["Host: evil.example", BROWSER],
        421,
    ),
    (
        "an address with a user",
        "GET http://127.0.0.1:PORT@evil.example/search",
        &["Host: 127.0.0.1:PORT", BROWSER],
        421,
    ),
    (
        "an address of another scheme",
        "GET https://127.0.0.1:PORT/search",
        &["Host: 127.0.0.1:PORT", BROWSER],
        421,
    ),
    (
        "a proxy's host counts for nothing",
        "GET /search",
        &[
            "Host: evil.example",
            "X-Forwarded-Host: 127.0.0.1:PORT",
            "Forwarded: host=127.0.0.1:PORT",
            BROWSER,
        ],
        421,
    ),
    // reading, from where (Fetch Metadata)
    (
        "typed into the address bar",
        "GET /search",
        &["Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate", BROWSER],
        200,
    ),
    (
        "a link of ours",
        "GET /search",
        &["Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: navigate", BROWSER],
        200,
    ),
    (
        "a script of ours",
        "GET /search.json?q=ferry",
        &["Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors", BROWSER],
        200,
    ),
    (
        "a link of another site",
        "GET /search",
        &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", BROWSER],
        200,
    ),
    (
        "a link of another site does not bring the cookie",
        "GET /search",
        &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
        401,
    ),
    (
        "a frame of another site",
        "GET /search",
        &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe", BROWSER],
        403,
    ),
    (
        "an object of another site",
        "GET /search",
        &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: object", BROWSER],
        403,
    ),
    (
        "a script of another site",
        "GET /search.json",
        &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty", BROWSER],
        403,
    ),
    (
        "an image of another site",
        "GET /search",
        &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", BROWSER],
        403,
    ),
    (
        "a script of another port: the same site, another origin",
        "GET /search",
        &["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors", BROWSER],
        403,
    ),
    ("a word that browsers do not say", "GET /search", &["Sec-Fetch-Site: same-orig", BROWSER], 403),
    ("upper case is such a word", "GET /search", &["Sec-Fetch-Site: SAME-ORIGIN", BROWSER], 403),
    ("said twice", "GET /search", &["Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", BROWSER], 403),
    (
        "an old browser tells the origin: ours",
        "GET /search",
        &["Origin: http://127.0.0.1:PORT", BROWSER],
        200,
    ),
    (
        "an old browser tells the origin: another's",
        "GET /search",
        &["Origin: http://evil.example", BROWSER],
        403,
    ),
    (
        "HEAD is read like GET",
        "HEAD /search",
        &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", BROWSER],
        403,
    ),
    // changing
    ("a form of ours", "POST /search", &["Sec-Fetch-Site: same-origin", BROWSER], 405),
    (
        "a form of ours tells its origin",
        "POST /search",
        &["Sec-Fetch-Site: same-origin", "Origin: http://127.0.0.1:PORT", BROWSER],
        405,
    ),
    (
        "a form of a page without referrers has the origin null",
        "POST /search",
        &["Sec-Fetch-Site: same-origin", "Origin: null", BROWSER],
        405,
    ),
    (
        "a form of another site",
        "POST /search",
        &["Sec-Fetch-Site: cross-site", "Origin: http://evil.example", BROWSER],
        403,
    ),
    (
        "a form of another site that opens a page",
        "POST /search",
        &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", BROWSER],
        403,
    ),
    ("a form of another port", "POST /search", &["Sec-Fetch-Site: same-site", BROWSER], 403),
    (
        "no browser says so of another origin",
        "POST /search",
        &["Sec-Fetch-Site: same-origin", "Origin: http://evil.example", BROWSER],
        403,
    ),
    ("an old browser: our origin", "POST /search", &["Origin: http://127.0.0.1:PORT", BROWSER], 405),
    (
        "an old browser: our other name",
        "POST /search",
        &["Host: localhost:PORT", "Origin: http://localhost:PORT", BROWSER],
        405,
    ),
    ("an old browser: another origin", "POST /search", &["Origin: http://evil.example", BROWSER], 403),
    ("an old browser: no origin that it would tell", "POST /search", &["Origin: null", BROWSER], 403),
    ("an old browser: another port", "POST /search", &["Origin: http://127.0.0.1:1", BROWSER], 403),
    ("an old browser: another scheme", "POST /search", &["Origin: https://127.0.0.1:PORT", BROWSER], 403),
    (
        "an origin in upper case is no browser's",
        "POST /search",
        &["Origin: HTTP://127.0.0.1:PORT", BROWSER],
        403,
    ),
    (
        "an origin with a slash is no browser's",
        "POST /search",
        &["Origin: http://127.0.0.1:PORT/", BROWSER],
        403,
    ),
    ("an origin that goes on", "POST /search", &["Origin: http://127.0.0.1:PORT.evil.example", BROWSER], 403),
    (
        "two origins",
        "POST /search",
        &["Origin: http://127.0.0.1:PORT", "Origin: http://evil.example", BROWSER],
        403,
    ),
    (
        "another origin, even of who knows the token",
        "POST /search",
        &["Origin: http://evil.example", PROGRAM],
        403,
    ),
    ("a cookie alone may be an old browser's", "POST /search", &[BROWSER], 403),
    ("a program", "POST /search", &[PROGRAM], 405),
    ("a program with a wrong token", "POST /search", &["Authorization: Bearer 0", BROWSER], 403),
    ("a method that changes things", "DELETE /search", &["Sec-Fetch-Site: cross-site", BROWSER], 403),
    (
        "what a browser asks before it lets another site ask",
        "OPTIONS /search",
        &["Sec-Fetch-Site: cross-site", "Origin: http://evil.example", "Access-Control-Request-Method: POST"],
        403,
    ),
    ("an old browser asks before", "OPTIONS /search", &["Origin: http://evil.example", BROWSER], 403),
    // the token
    ("nothing", "GET /search", &[], 401),
    ("nothing, for the style sheet", "GET /assets/x-style.css", &[], 401),
    ("nothing, for no page", "GET /none", &[], 401),
    ("the bearer", "GET /search", &[PROGRAM], 200),
    ("the scheme knows no case", "GET /search", &["Authorization: bearer TOKEN"], 200),
    ("another scheme", "GET /search", &["Authorization: Basic TOKEN"], 401),
    ("no scheme", "GET /search", &["Authorization: TOKEN"], 401),
    ("a part of the token", "GET /search", &["Authorization: Bearer 0"], 401),
    ("no token", "GET /search", &["Authorization: Bearer "], 401),
    ("more than the token", "GET /search", &["Authorization: Bearer TOKEN0"], 401),
    ("two bearers", "GET /search", &[PROGRAM, "Authorization: Bearer 0"], 401),
    ("the cookie of another port", "GET /search", &["Cookie: morgue_1=TOKEN"], 401),
    ("the cookie of no port", "GET /search", &["Cookie: morgue=TOKEN"], 401),
    ("a cookie that begins like ours", "GET /search", &["Cookie: morgue_PORT0=TOKEN"], 401),
    ("a cookie with more than the token", "GET /search", &["Cookie: morgue_PORT=TOKEN0"], 401),
    ("an empty cookie", "GET /search", &["Cookie: morgue_PORT="], 401),
    ("our cookie among others", "GET /search", &["Cookie: a=b; morgue_PORT=TOKEN; c=d"], 200),
    (
        "another server of the machine set one of that name",
        "GET /search",
        &["Cookie: morgue_PORT=x; morgue_PORT=TOKEN"],
        200,
    ),
    ("the printed address", "GET /?token=TOKEN", &["Sec-Fetch-Site: none"], 303),
    (
        "the printed address again, with the cookie",
        "GET /search?token=TOKEN",
        &["Sec-Fetch-Site: none", BROWSER],
        303,
    ),
    ("a wrong token in an address", "GET /?token=0", &["Sec-Fetch-Site: none"], 401),
    ("a token in the address of a POST", "POST /search?token=TOKEN", &["Sec-Fetch-Site: same-origin"], 401),
    ("a program with the token in the address of a POST", "POST /search?token=TOKEN", &[], 403),
];

#[test]
fn who_may_ask() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let mut wrong = Vec::new();
    for (why, asked, headers, status) in ROWS {
        let answer = ask(&server, asked, headers);
        if answer.status != *status {
            wrong.push(format!("{why}: {} rather than {status}", answer.status));
        }
        wrong.extend(missing_headers(&answer).map(|it| format!("{why}: {it}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(ROWS.len() >= 60);
}

#[test]
fn without_a_token_other_sites_still_cannot_ask() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &["--no-token"]);
    for (why, asked, headers, status) in [
        ("everybody reads", "GET /search", &[][..], 200),
        ("but not by another name", "GET /search", &["Host: evil.example:PORT"], 421),
        ("nor a script of another site", "GET /search.json", &["Sec-Fetch-Site: cross-site"], 403),
        ("nor its form", "POST /search", &["Sec-Fetch-Site: cross-site"], 403),
        ("nor its form of an old browser", "POST /search", &["Origin: http://evil.example"], 403),
        ("a program may", "POST /search", &[], 405),
    ] {
        assert_eq!(ask(&server, asked, headers).status, status, "{why}");
    }
}

#[test]
fn a_name_of_the_machine_is_answered_to_when_it_was_given() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &["--host-name", "NewsDesk"]);
    for (why, asked, headers, status) in [
        ("the name", "GET /search", &["Host: newsdesk:PORT", BROWSER][..], 200),
        (
            "its origin, as browsers write it",
            "POST /search",
            &["Host: newsdesk:PORT", "Origin: http://newsdesk:PORT", BROWSER],
            405,
        ),
        ("a name below it", "GET /search", &["Host: a.newsdesk:PORT", BROWSER], 421),
    ] {
        assert_eq!(ask(&server, asked, headers).status, status, "{why}");
    }
    for name in ["http://newsdesk", "newsdesk:80", "", "news desk", "*"] {
        let refused = newsroom.run(["serve", "--port", "0", "--host-name", name]);
        assert!(refused.expect_status(2).stderr.contains("is no name of a machine"), "{}", refused.stderr);
    }
    newsroom.run(["serve", "--port", "0", "--listen", "0.0.0.0", "--no-token"]).expect_status(2);
}

#[test]
fn every_answer_has_the_headers_that_keep_a_page_to_itself() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let page = server.get("/search?q=ferry").expect(200);
    let style = page.text().split('"').find(|it| it.starts_with("/assets/")).map(str::to_owned);
    let style = style.expect("the address of the style sheet");
    let known = page.header("etag").to_owned();
    for (path, headers, status) in [
        ("/search?q=ferry", &[PROGRAM][..], 200),
        ("/search?q=ferry", &[PROGRAM, "Accept-Encoding: gzip"], 200),
        ("/search?q=ferry", &[PROGRAM, &format!("If-None-Match: {known}")], 304),
        ("/search?q=ferry", &[PROGRAM, &format!("If-None-Match: \"x\", {known}")], 304),
        ("/search?q=ferry", &[PROGRAM, "If-None-Match: \"x\""], 200),
        (style.as_str(), &[PROGRAM], 200),
        ("/assets/0000000000000000-style.css", &[PROGRAM], 404),
        ("/", &[PROGRAM], 303),
        ("/none", &[PROGRAM], 404),
        ("/search?qq=1", &[PROGRAM], 400),
        ("/search?q=ferry", &[PROGRAM, "Accept: image/png"], 406),
        ("/search?q=ferry", &[], 401),
    ] {
        for method in ["GET", "HEAD"] {
            let answer = ask(&server, &format!("{method} {path}"), headers).expect(status);
            assert_eq!(missing_headers(&answer).collect::<Vec<_>>(), [] as [String; 0], "{method} {path}");
            if method == "HEAD" || status == 304 {
                assert_eq!(answer.text(), "", "{method} {path}");
            }
        }
        let heads = ["GET", "HEAD"].map(|method| {
            let answer = ask(&server, &format!("{method} {path}"), headers);
            let of_body = ["date", "content-length", "transfer-encoding"];
            let all = answer.headers.into_iter().filter(|it| !of_body.contains(&it.0.as_str()));
            all.collect::<Vec<_>>()
        });
        assert_eq!(heads[0], heads[1], "HEAD is GET without the body: {path}");
    }
}

#[test]
fn what_cannot_be_answered_is_told_by_its_status() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let long = |n: usize| format!("GET /search?q={}", "a".repeat(n));
    for (why, asked, headers, status, type_) in [
        ("no such page", "GET /none", &[PROGRAM, "Accept: application/json"][..], 404, "not-found"),
        ("a page that is read only", "POST /search.json", &[PROGRAM], 405, "method-not-allowed"),
        ("a page that is read only", "DELETE /search.json", &[PROGRAM], 405, "method-not-allowed"),
        ("a page that is read only", "OPTIONS /search.json", &[PROGRAM], 405, "method-not-allowed"),
        ("nothing is echoed", "TRACE /search.json", &[PROGRAM], 405, "method-not-allowed"),
        ("a method of no standard", "PURGE /search.json", &[PROGRAM], 405, "method-not-allowed"),
        (
            "no form of that type",
            "GET /search",
            &[PROGRAM, "Accept: application/problem+json"],
            406,
            "not-acceptable",
        ),
        ("an unknown parameter", "GET /search.json?x=1", &[PROGRAM], 400, "unknown-parameter"),
        ("a parameter without a name", "GET /search.json?=1", &[PROGRAM], 400, "unknown-parameter"),
        ("a parameter twice", "GET /search.json?q=a&q=b", &[PROGRAM], 400, "bad-parameter"),
        ("a parameter twice, though the same", "GET /search.json?q=a&q=a", &[PROGRAM], 400, "bad-parameter"),
        ("bytes that are no text", "GET /search.json?q=%FF", &[PROGRAM], 400, "bad-parameter"),
        ("half a letter", "GET /search.json?q=%C3", &[PROGRAM], 400, "bad-parameter"),
        ("the name in bytes that are no text", "GET /search.json?%FF=1", &[PROGRAM], 400, "bad-parameter"),
        ("a folder above", "GET /../search.json", &[PROGRAM], 404, "not-found"),
        ("a folder above, escaped", "GET /%2e%2e/%2e%2e/etc/passwd.json", &[PROGRAM], 404, "not-found"),
        (
            "a folder above, the slash escaped",
            "GET /a/..%2f..%2fmorgue.toml.json",
            &[PROGRAM],
            404,
            "not-found",
        ),
        ("a folder above, among lists", "GET /lists/..%2f..%2fmorgue.json", &[PROGRAM], 404, "not-found"),
        ("an end of a string", "GET /people/%00.json", &[PROGRAM], 404, "not-found"),
        ("a name in bytes that are no text", "GET /people/%FF.json", &[PROGRAM], 404, "not-found"),
        ("two slashes are another page", "GET //search.json", &[PROGRAM], 404, "not-found"),
        ("a slash at the end is another page", "GET /search/.json", &[PROGRAM], 404, "not-found"),
        ("all of the server", "OPTIONS *", &[PROGRAM, "Accept: application/json"], 404, "not-found"),
        (
            "an address of 16 KB",
            &long(17 << 10),
            &[PROGRAM, "Accept: application/json"],
            414,
            "address-too-long",
        ),
    ] {
        let answer = ask(&server, asked, headers);
        assert_eq!(answer.status, status, "{why}: {asked:.60}: {}", answer.text());
        assert_eq!(answer.header("cache-control"), "no-store", "{why}");
        if status == 405 {
            assert_eq!(answer.header("allow"), "GET, HEAD", "{why}");
        }
        if answer.header("content-type") == "application/problem+json" {
            assert_eq!(answer.json()["type"], format!("/problems/{type_}"), "{why}");
            assert_eq!(answer.json()["status"], status, "{why}");
        } else {
            assert!(!asked.contains(".json"), "{why}: {}", answer.header("content-type"));
        }
    }
    assert_eq!(ask(&server, "POST /", &[PROGRAM]).expect(405).header("allow"), "GET, HEAD");
    assert_eq!(
        ask(&server, "GET /search?q=100%", &[PROGRAM]).status,
        200,
        "a `%` of its own stands for itself"
    );
    let head = format!("X-Long: {}", "a".repeat(1 << 20));
    assert_eq!(ask(&server, "GET /search", &[PROGRAM, &head]).status, 431);
}

#[test]
fn a_redirect_stays_here_and_a_value_adds_no_header() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    for (path, to) in [
        ("//evil.example/", "/evil.example/"),
        ("///evil.example", "/evil.example"),
        ("/\\evil.example", "/evil.example"),
        ("/\\/\\evil.example", "/evil.example"),
        ("/search", "/search"),
        ("/search?q=a%0d%0aSet-Cookie:+x=y", "/search?q=a%0D%0ASet-Cookie%3A+x%3Dy"),
        ("/a%0d%0aSet-Cookie:%20x=y", "/a%0d%0aSet-Cookie:%20x=y"),
    ] {
        let join = if path.contains('?') { '&' } else { '?' };
        let answer = ask(&server, &format!("GET {path}{join}token=TOKEN"), &[]).expect(303);
        assert_eq!(answer.header("location"), to, "{path}");
        let cookies = answer.headers.iter().filter(|it| it.0 == "set-cookie");
        assert_eq!(cookies.count(), 1, "{path}");
    }
}

/// Asks as a row of a table says.
#[track_caller]
fn ask(server: &Server, asked: &str, headers: &[&str]) -> Answer {
    let filled = |it: &str| {
        let it = it.replace("COOKIE", "Cookie: morgue_PORT=TOKEN");
        it.replace("PORT", &server.port.to_string()).replace("TOKEN", &server.token)
    };
    let asked = filled(asked);
    let (method, path) = asked.split_once(' ').expect("a method");
    let headers: Vec<String> = headers.iter().map(|it| filled(it)).collect();
    let pairs = headers.iter().map(|it| it.split_once(": ").expect("a header")).collect::<Vec<_>>();
    server.ask(method, path, &pairs, b"")
}

/// What an answer lacks of what each has, or has that none may have.
fn missing_headers(answer: &Answer) -> impl Iterator<Item = String> {
    const EACH: [(&str, &str); 5] = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
             form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
    ];
    let each = EACH.iter().filter(|(name, value)| answer.header(name) != *value);
    let cors = answer.headers.iter().filter(|it| it.0.starts_with("access-control-"));
    let lacks = each.map(|it| format!("lacks {}", it.0)).chain(cors.map(|it| format!("has {}", it.0)));
    lacks.collect::<Vec<_>>().into_iter()
}
