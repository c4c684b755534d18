//! Receipts of answers, and what was asked run again: what `--receipt` and `morgue replay` do, over
//! HTTP.

use std::fs;

use serde_json::{Value, json};

use crate::{
    support::Newsroom,
    web::{Answer, Server},
};

const FERRY: &str = "Ferry back\n\n“The ferry is back,” said Ada Lund.\n\nThe ferry sails at noon.\n";
const LATE: &str = "Ferry late\n\nThe ferry was late on Monday.\n";

fn newsroom() -> Newsroom {
    let newsroom = Newsroom::new().article("a.txt", FERRY).article("b.txt", LATE).ingested();
    newsroom.run(["list", "new", "boats", "ferry", "-q"]).expect_status(0);
    newsroom
}

fn id(receipt: &Value) -> String {
    receipt["id"].as_str().unwrap_or_else(|| panic!("no id in {receipt}")).to_owned()
}

fn last_line(answer: &Answer) -> Value {
    serde_json::from_str(answer.text().lines().last().expect("a line")).expect("JSON")
}

fn replay(server: &Server, receipt: &str) -> Answer {
    let bearer = format!("Bearer {}", server.token);
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    server.ask("POST", "/replay.json", &headers, receipt.as_bytes())
}

#[test]
fn a_receipt_has_the_same_id_wherever_it_stands() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    for (page, query, sized) in [
        ("/search", "q=ferry", "q=ferry&size=10"),
        ("/search", "q=zeppelin", "q=zeppelin&size=10"),
        ("/people/Ada%20Lund", "", "size=20"),
        ("/lists/boats", "", ""),
    ] {
        let ask =
            |form: &str, query: &str| server.get(&format!("{page}{form}?receipt=1&{query}")).expect(200);
        let whole = ask(".json", query);
        let receipt = &whole.json()["receipt"];
        let id = id(receipt);
        assert_eq!(id.len(), 18, "{id}");
        for (form, query) in [(".json", query), (".csv", sized), (".jsonl", sized), ("", query)] {
            assert_eq!(ask(form, query).header("morgue-receipt"), id, "{page}{form}?{query}");
        }
        assert_eq!(last_line(&ask(".jsonl", sized))["receipt"]["id"], id, "{page}");
        let printed = format!("Receipt {id}.");
        for told in ["", "receipt=1&"] {
            let shown = server.get(&format!("{page}?{told}{query}")).expect(200).text();
            assert!(shown.contains(&printed), "{page} {printed}: {shown}");
        }
        let unasked = server.get(&format!("{page}.jsonl?{query}")).expect(200);
        assert_eq!((unasked.header("morgue-receipt"), &last_line(&unasked)["receipt"]), ("", &Value::Null));
    }
}

#[test]
fn a_stream_of_all_and_exports_carry_one_too() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let all = server.get("/search.jsonl?q=ferry&receipt=1").expect(200);
    let end = last_line(&all);
    assert_eq!(all.header("morgue-receipt"), id(&end["receipt"]));
    assert_eq!(end["receipt"]["request"]["limit"], Value::Null, "all of them");
    assert_eq!(end["receipt"]["hits"].as_array().map(Vec::len), end["count"].as_u64().map(|it| it as usize));
    let table = server.get("/search.csv?q=ferry&receipt=1").expect(200);
    assert_eq!(table.header("morgue-receipt"), all.header("morgue-receipt"));
    for path in [
        "/export?q=ferry&to=json&receipt=1",
        "/lists/boats/export?to=json&receipt=1",
        "/export?q=ferry&to=html&receipt=1",
        "/people/Ada%20Lund/export?to=markdown&receipt=1",
    ] {
        let export = server.get(path).expect(200);
        let id = export.header("morgue-receipt");
        assert!(id.starts_with("r:") && export.text().contains(id), "{path}: {id} in {}", export.text());
    }
    let chosen = server.get("/export?article=a.txt&receipt=1").expect(400);
    assert!(chosen.text().contains("a receipt is of a query"), "{}", chosen.text());
}

#[test]
fn a_header_asks_as_the_parameter_does() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let bearer = format!("Bearer {}", server.token);
    for (prefer, path, carries) in [
        ("receipt", "/search.json?q=ferry", true),
        ("respond-async, Receipt; a=b, wait=10", "/search.json?q=ferry", true),
        ("receipts", "/search.json?q=ferry", false),
        ("receipt", "/search.json?q=ferry&receipt=0", false),
        ("receipt", "/status.json", false),
    ] {
        let headers = [("Authorization", bearer.as_str()), ("Prefer", prefer)];
        let answer = server.ask("GET", path, &headers, b"").expect(200);
        assert_eq!(answer.json()["receipt"].is_object(), carries, "{prefer} {path}");
        assert_eq!(answer.header("preference-applied") == "receipt", carries, "{prefer} {path}");
        assert!(answer.header("vary").contains("prefer"), "{}", answer.header("vary"));
        let known = [headers.as_slice(), &[("If-None-Match", answer.header("etag"))]].concat();
        server.ask("GET", path, &known, b"").expect(304);
        let unasked = [("Authorization", bearer.as_str()), ("If-None-Match", answer.header("etag"))];
        let is_same = !prefer.starts_with("receipt") || prefer == "receipts";
        let status = if is_same && !carries { 304 } else { 200 };
        assert_eq!(server.ask("GET", path, &unasked, b"").status, status, "{prefer} {path}");
    }
}

#[test]
fn what_is_run_again_is_what_the_command_line_says() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &["--read-only"]);
    let args = ["search", "ferry", "--limit", "10", "--export", "json", "-o", "out.json", "--receipt"];
    newsroom.run(args).expect_status(0);
    let written = fs::read_to_string(newsroom.path("out.json.receipt.json")).expect("a receipt");
    let of_file: Value = serde_json::from_str(&written).expect("JSON");
    let of_answer = server.get("/search.json?q=ferry&receipt=1").expect(200).json()["receipt"].take();
    assert_eq!(id(&of_file), id(&of_answer), "{of_file:#} {of_answer:#}");
    let quotes = server.get("/people/Ada%20Lund.json?receipt=1").expect(200).json()["receipt"].to_string();
    let list = server.get("/lists/boats.json?receipt=1").expect(200).json()["receipt"].to_string();
    let receipts = [written, of_answer.to_string(), quotes, list];
    for receipt in &receipts {
        let answer = replay(&server, receipt).expect(200).json();
        assert_eq!((&answer["same"], &answer["edited"]), (&json!(true), &json!(false)), "{answer:#}");
        assert_eq!(answer["now"]["id"], answer["then"]["id"]);
    }
    newsroom.write("corpus/b.txt", "Ferry late\n\nThe ferry was late on Tuesday.\n");
    newsroom.write("corpus/c.txt", "Ferries\n\nAnother ferry sank.\n");
    newsroom.run(["ingest"]).expect_status(0);
    let mut n_changed = 0;
    for receipt in &receipts {
        let mut by_server = replay(&server, receipt).expect(200).json();
        newsroom.write("receipt.json", receipt);
        let by_command = newsroom.run(["replay", "receipt.json", "--format", "json"]);
        let mut by_command: Value = serde_json::from_str(&by_command.stdout).expect("JSON");
        for it in [&mut by_server, &mut by_command] {
            it["now"]["made"] = Value::Null;
        }
        assert_eq!(by_server, by_command);
        n_changed += usize::from(by_server["same"] == json!(false));
        let page = server.post("/replay", &[("receipt", receipt)]).expect(200).text();
        let said = if by_server["same"] == json!(true) { "as they were" } else { "What changed" };
        assert!(page.contains(said), "{page}");
    }
    assert_eq!(n_changed, 3, "all but the quotes");
    let edited = receipts[1].replace("\"q\":\"ferry\"", "").replace("ferry", "noon");
    let answer = replay(&server, &edited).expect(200).json();
    assert_eq!(answer["edited"], json!(true), "{answer:#}");
    let page = server.post("/replay", &[("receipt", &edited)]).expect(200).text();
    assert!(page.contains("The receipt was edited"), "{page}");
}

#[test]
fn what_is_no_receipt_is_refused() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let mut future = server.get("/search.json?q=ferry&receipt=1").expect(200).json()["receipt"].take();
    future["receipt"] = json!(2);
    for (why, receipt, status, said) in [
        ("nothing", "", 400, "there is no receipt"),
        ("no JSON", "ferry", 422, "is no JSON"),
        ("cut off", "{\"receipt\":1,", 422, "in the middle"),
        ("other JSON", "[1]", 422, "is not what `--receipt` writes"),
        ("no text", "\u{0}", 422, "is no JSON"),
        ("a version to come", &future.to_string(), 422, "version 2"),
    ] {
        let answer = replay(&server, receipt).expect(status);
        assert!(answer.text().contains(said), "{why}: {}", answer.text());
    }
    let bearer = format!("Bearer {}", server.token);
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    server.ask("POST", "/replay.json", &headers, b"\"\xff\"").expect(400);
    server.ask("POST", "/lists", &headers, b"{}").expect(415);
    let large = " ".repeat((1 << 20) + 1);
    server.ask("POST", "/replay", &headers, large.as_bytes()).expect(413);
    // A page of another site cannot have the program work for it.
    let foreign = [headers.as_slice(), &[("Origin", "http://evil.example")]].concat();
    server.ask("POST", "/replay", &foreign, b"{}").expect(403);
    server.ask("POST", "/replay", &headers[1..], b"{}").expect(403);
}

#[test]
fn paper_says_which_part_it_holds() {
    let newsroom = Newsroom::sample().ingested();
    let server = Server::start(&newsroom, &["--no-token"]);
    for (path, part) in [
        ("/search?q=siren", Some("1 to 10")),
        ("/search?q=%22dredger+crews%22", None),
        ("/people/Maren%20Kolvane", Some("1 to 20")),
    ] {
        let page = server.get(path).expect(200).text();
        let paper = page.split("class=\"paper\">").nth(1).and_then(|it| it.split("</p>").next());
        let paper = paper.expect("words for paper");
        let told = part.map(|it| format!("Here are <strong>{it}</strong> of them"));
        assert_eq!(paper.contains("Here are"), part.is_some(), "{path}: {paper}");
        assert!(told.is_none_or(|it| paper.contains(&it)), "{path}: {paper}");
    }
}
