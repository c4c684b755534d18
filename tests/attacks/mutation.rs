//! Articles changed at random: `extract` and `annotate` survive them, and every span that they give
//! lies inside its text.

use std::process::Stdio;

use serde_json::Value;

use crate::support::{Newsroom, random::mutate};

use super::{Random, attack, command, finish, news};

/// An invented article in each format.
fn samples(random: &mut Random) -> Vec<(&'static str, Vec<u8>)> {
    let text = news::article(random);
    let (_, body) = text.split_once("\n\n").expect("a header");
    let html: String = body.split("\n\n").map(|it| format!("<p>{it}</p>")).collect();
    let record = serde_json::json!({"headline": "Harbor opened", "date": "2019-03-09", "author": "Vera Dahl", "text": body});
    let samples = [
        ("txt", text.clone()),
        (
            "html",
            format!(
                "<!doctype html><title>Harbor</title><nav><a href=/>Home</a></nav><article><h1>Harbor opened</h1>{html}</article>"
            ),
        ),
        (
            "md",
            format!(
                "---\ntitle: Harbor opened\ntags: [a, b]\n---\n# Harbor\n\n{body}\n\n> A quoted line\n\n- an item\n"
            ),
        ),
        ("md", format!("+++\ntitle = \"Harbor opened\"\ndate = 2019-03-09\n+++\n{body}")),
        ("json", record.to_string()),
        ("jsonl", format!("{record}\n{record}\n")),
        (
            "sgm",
            format!(
                "<!DOCTYPE lewis SYSTEM \"x\">\n<REUTERS><DATE>26-FEB-1987</DATE><TEXT><TITLE>Harbor</TITLE><BODY>{body}</BODY></TEXT></REUTERS>\n"
            ),
        ),
        (
            "sgm",
            format!(
                "<DOC>\n<DOCNO> NW1 </DOCNO>\n<HEADLINE>Harbor</HEADLINE>\n<TEXT>\n{body}\n</TEXT>\n</DOC>\n"
            ),
        ),
    ];
    samples.map(|(ending, text)| (ending, text.into_bytes())).to_vec()
}

/// Whether each span lies in a text of that many characters, its ends in order.
fn lie_inside<'a>(spans: impl IntoIterator<Item = &'a Value>, length: usize) -> bool {
    spans.into_iter().filter(|it| !it.is_null()).all(|span| {
        let end = |at: usize| usize::try_from(span[at].as_u64().expect("a number")).expect("a length");
        end(0) <= end(1) && end(1) <= length
    })
}

fn length(text: &Value) -> usize {
    text.as_str().expect("a text").chars().count()
}

#[test]
fn mutated_files_by_extract() {
    let seed = 23;
    let mut random = Random::new(seed);
    let newsroom = Newsroom::new();
    for batch in 0..5 {
        let context = format!("seed {seed}, batch {batch}");
        let samples = samples(&mut random);
        let mut args = vec!["extract".to_owned(), "--format".to_owned(), "jsonl".to_owned()];
        for number in 0..64 {
            let (ending, data) = random.pick(&samples).clone();
            let data = mutate(&data, &random.pick(&samples).1.clone(), &mut random);
            newsroom.write(&format!("m/{number}.{ending}"), data);
            args.push(format!("m/{number}.{ending}"));
        }
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let ran = attack(&newsroom.path(""), &args);
        ran.expect_no_crash(&context);
        for line in String::from_utf8(ran.stdout).expect("UTF-8").lines() {
            let article: Value = serde_json::from_str(line).expect("each line is JSON");
            for passage in article["passages"].as_array().into_iter().flatten() {
                for quote in passage["quotes"].as_array().expect("quotes") {
                    let mention = quote["mention_passage"].is_null().then_some(&quote["mention"]);
                    let content = quote["content"].as_array().expect("spans");
                    let spans = content.iter().chain([&quote["cue"]]).chain(mention);
                    assert!(lie_inside(spans, length(&passage["text"])), "{context}: {quote}");
                }
            }
        }
    }
}

#[test]
fn mutated_texts_by_annotate() {
    let seed = 29;
    let mut random = Random::new(seed);
    let newsroom = Newsroom::new();
    let mut lines = Vec::new();
    for number in 0..240 {
        let samples = samples(&mut random);
        let data = mutate(&samples[0].1, &samples[1].1, &mut random);
        let language = random.pick(&["en", "es", "de", "", "xx"]);
        lines.push(serde_json::json!({"id": number.to_string(), "text": String::from_utf8_lossy(&data), "language": language}));
    }
    let input: String = lines.iter().map(|it| format!("{it}\n")).collect();
    newsroom.write("lines.jsonl", input);
    let mut command = command(&newsroom.path(""), &["annotate"]);
    command.stdin(Stdio::from(std::fs::File::open(newsroom.path("lines.jsonl")).expect("the lines")));
    let ran = finish(command, "annotate");
    ran.expect_no_crash(&format!("seed {seed}"));
    let output = String::from_utf8(ran.stdout).expect("UTF-8");
    assert_eq!(output.lines().count(), lines.len());
    for (given, got) in lines.iter().zip(output.lines()) {
        let got: Value = serde_json::from_str(got).expect("each line is JSON");
        assert_eq!(got["id"], given["id"]);
        for quote in got["quotes"].as_array().expect("quotes") {
            let ends = serde_json::json!([quote["start"], quote["end"]]);
            let spans = [&ends, &quote["cue"], &quote["speaker_span"]];
            assert!(lie_inside(spans, length(&given["text"])), "seed {seed}: {quote}");
        }
    }
}
