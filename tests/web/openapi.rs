//! The description of the API tells what the server does: each of its examples is asked, and each
//! answer has the shape that it says.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{
    support::Newsroom,
    web::{Answer, Server, shape::faults},
};

/// The sample archive, for which the examples hold.
fn sample() -> Newsroom {
    let newsroom = Newsroom::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&root.join("corpus"), &newsroom.path("corpus"));
    for name in ["morgue.toml", "people.toml"] {
        if let Ok(content) = fs::read(root.join(name)) {
            newsroom.write(name, content);
        }
    }
    if root.join("lists").is_dir() {
        copy(&root.join("lists"), &newsroom.path("lists"));
    }
    newsroom.ingested()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to),
            false => fs::copy(entry.path(), &to).map(drop).expect("a copy"),
        }
    }
}

/// Fails unless an answer is one that the description has for this operation.
#[track_caller]
fn check(document: &Value, path: &str, method: &str, asked: &str, answer: &Answer) {
    let pointer = |it: &str| it.replace('~', "~0").replace('/', "~1");
    let response = format!("/paths/{}/{method}/responses/{}", pointer(path), answer.status);
    let mut response =
        document.pointer(&response).unwrap_or_else(|| panic!("{asked}: {} is not told of", answer.status));
    if let Some(of_all) = response["$ref"].as_str() {
        response = document.pointer(of_all.trim_start_matches('#')).expect("a response");
    }
    if answer.body.is_empty() {
        return;
    }
    let media_type = answer.header("content-type").split(';').next().unwrap_or_default().to_owned();
    let schema = &response["content"][&media_type]["schema"];
    assert!(!schema.is_null(), "{asked}: {media_type} is not told of");
    if media_type == "application/x-ndjson" {
        let lines: Vec<Value> =
            answer.text().lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
        let end = lines.last().expect("a last line");
        assert_eq!((&end["end"], &end["count"]), (&json!(true), &json!(lines.len() - 1)), "{asked}");
    } else if media_type.ends_with("json") {
        let wrong = faults(document, schema, &answer.json());
        assert!(wrong.is_empty(), "{asked}: {wrong:#?}");
    }
}

#[test]
fn each_example_is_answered_as_the_description_says() {
    let newsroom = sample();
    let server = Server::start(&newsroom, &[]);
    let document = server.get("/openapi.json").expect(200).json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut n = 0;
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            for asked in operation["x-examples"].as_array().into_iter().flatten() {
                let asked = asked.as_str().expect("an address");
                let answer = server.get(asked);
                assert!([200, 300].contains(&answer.status), "{asked}: {} {}", answer.status, answer.text());
                check(&document, path, method, asked, &answer);
                n += 1;
            }
        }
    }
    assert!(n > 0, "examples are asked");
}

#[test]
fn what_is_refused_is_refused_as_the_description_says() {
    let newsroom = Newsroom::new().article("a.txt", "Ferry back\n\nThe ferry is back.\n").ingested();
    let server = Server::start(&newsroom, &[]);
    let document = server.get("/openapi.json").expect(200).json();
    let bearer = format!("Bearer {}", server.token);
    let mut n = 0;
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for method in operations.as_object().expect("operations").keys() {
            let asked = path.replace(['{', '}'], "");
            let method = method.to_uppercase();
            let ask = |asked: &str, headers: &[(&str, &str)], body: &[u8]| {
                let accepts = [headers, &[("Accept", "application/json, */*;q=0.1")]].concat();
                let answer = server.ask(&method, asked, &accepts, body);
                check(&document, path, &method.to_lowercase(), asked, &answer);
                answer.status
            };
            n += 1;
            let origin = [("Origin", "http://evil.example"), ("Authorization", bearer.as_str())];
            assert_eq!(ask(&asked, &origin, b""), 403, "{asked}");
            if method == "GET" {
                assert_eq!(ask(&asked, &[], b""), 401, "{asked}");
                let unknown = format!("{asked}?no-such-parameter=1");
                assert_eq!(ask(&unknown, &origin[1..], b""), 400, "{unknown}");
            } else {
                assert_eq!(
                    ask(&asked, &[&origin[1..], &[("Content-Type", "text/plain")]].concat(), b"a"),
                    415,
                    "{asked}"
                );
            }
        }
    }
    assert!(n > 3, "{n} operations");
}

#[test]
fn a_receipt_is_sent_and_answered_as_the_description_says() {
    let newsroom = sample();
    let server = Server::start(&newsroom, &[]);
    let document = server.get("/openapi.json").expect(200).json();
    let bearer = format!("Bearer {}", server.token);
    let operation = &document["paths"]["/replay.json"]["post"];
    let sent = &operation["requestBody"]["content"]["application/json"]["schema"];
    for path in ["/search.json?q=siren", "/people/Maren%20Kolvane.json"] {
        let asked = [("Authorization", bearer.as_str()), ("Prefer", "receipt")];
        let receipt = server.ask("GET", path, &asked, b"").expect(200).json()["receipt"].take();
        let wrong = faults(&document, sent, &receipt);
        assert!(wrong.is_empty(), "{path}: {wrong:#?}");
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        let body = receipt.to_string();
        let answer = server.ask("POST", "/replay.json", &headers, body.as_bytes()).expect(200);
        check(&document, "/replay.json", "post", "/replay.json", &answer);
        assert_eq!(answer.json()["same"], true);
    }
    let reads = &document["paths"]["/search.json"]["get"];
    let takes =
        |name: &str| reads["parameters"].as_array().is_some_and(|it| it.iter().any(|it| it["name"] == name));
    assert!(takes("receipt") && takes("Prefer"), "{reads:#}");
    assert!(reads["responses"]["200"]["headers"]["Morgue-Receipt"].is_object());
}
