//! What `docs/api.md` shows is what a server answers.

use crate::{support::Newsroom, web::Server};

#[test]
fn each_example_of_the_page_on_the_api_is_what_a_server_answers() {
    let newsroom = Newsroom::new().article("a.txt", "Ferry back\n\nThe ferry is back.\n").ingested();
    let server = Server::start(&newsroom, &[]);
    let bearer = format!("Bearer {}", server.token);
    let docs = include_str!("../../docs/api.md");
    let examples: Vec<&str> =
        docs.split("```http\n").skip(1).filter_map(|it| it.split("```").next()).collect();
    assert!(examples.len() >= 3);
    for example in examples {
        let mut lines = example.splitn(3, '\n');
        let mut line = || lines.next().unwrap_or_default();
        let (asked, status, body) = (line(), line(), line());
        let (method, path) = asked.split_once(' ').expect("a method and an address");
        let answer = server.ask(method, path, &[("Authorization", &bearer)], b"");
        assert_eq!(format!("{} {}", answer.status, answer.header("content-type")), status, "{asked}");
        let shown: serde_json::Value = serde_json::from_str(body).expect("JSON");
        let answered = answer.json();
        // Not every key is shown.
        for (key, value) in shown.as_object().expect("an object") {
            assert_eq!(&answered[key], value, "{asked}: {key}");
        }
    }
}

/// The table of problems has all that the program has.
#[test]
fn the_page_on_the_api_tells_of_each_problem() {
    let newsroom = Newsroom::new().article("a.txt", "Ferry back\n\nThe ferry is back.\n").ingested();
    let document = Server::start(&newsroom, &[]).get("/openapi.json").expect(200).json();
    let docs = include_str!("../../docs/api.md");
    for (name, response) in document["components"]["responses"].as_object().expect("responses") {
        let status = name.trim_start_matches("problem-");
        let schema = &response["content"]["application/problem+json"]["schema"]["allOf"][1];
        for kind in schema["properties"]["type"]["enum"].as_array().expect("types") {
            let slug = kind.as_str().and_then(|it| it.strip_prefix("/problems/")).expect("a type");
            let row = docs.lines().find(|it| it.starts_with('|') && it.contains(&format!("`{slug}`")));
            assert!(
                row.is_some_and(|it| it.split('|').nth(1).is_some_and(|it| it.contains(status))),
                "{status} {slug}"
            );
        }
    }
}
