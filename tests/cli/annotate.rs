//! `annotate` as scorers rely on it.

use serde_json::{Value, json};

use crate::support::{Newsroom, Ran};

fn annotate(lines: &[Value]) -> Ran {
    let input: String = lines.iter().map(|it| format!("{it}\n")).collect();
    Newsroom::new().run_with(["annotate"], input.as_bytes())
}

/// The part of a text between two offsets in code points.
fn slice(text: &str, span: &Value) -> String {
    let at = |n: usize| usize::try_from(span[n].as_u64().expect("an offset")).unwrap();
    text.chars().skip(at(0)).take(at(1) - at(0)).collect()
}

#[test]
fn offsets_are_code_points_of_the_text_as_given() {
    let text = "Größe ist alles 🎈\n\n  “We will not sell the café,” Ana Ortiz, the mayor, said. “Not ever.”";
    let ran = annotate(&[json!({"id": "a", "text": text})]);
    let rows = ran.expect_status(0).json_lines();
    let quotes = rows[0]["quotes"].as_array().unwrap();
    let pieces: Vec<String> = quotes.iter().map(|it| slice(text, &json!([it["start"], it["end"]]))).collect();
    assert_eq!(pieces.len(), 2, "{quotes:?}");
    assert!(
        pieces[0].starts_with("We will not sell the café") && pieces[1].starts_with("Not ever"),
        "{pieces:?}"
    );
    for quote in quotes {
        assert_eq!(quote["kind"], "direct");
        assert_eq!(quote["speaker"], "Ana Ortiz");
        assert_eq!(quote["speaker_kind"], "person");
        assert!(slice(text, &quote["speaker_span"]).contains("Ortiz"), "{quote}");
        assert!(quote["confidence"].as_f64().is_some_and(|it| (0.0..=1.0).contains(&it)));
    }
    assert_eq!(slice(text, &quotes[0]["cue"]), "said");
}

#[test]
fn the_order_is_that_of_the_input_however_long() {
    let lines: Vec<Value> = (0..500)
        .map(|n| json!({"id": n.to_string(), "text": "“Yes,” said Ann Lee.\n".repeat(1 + (n * 7) % 40)}))
        .collect();
    let ran = annotate(&lines);
    let ids: Vec<String> =
        ran.expect_status(0).json_lines().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, (0..500).map(|it| it.to_string()).collect::<Vec<_>>());
}

#[test]
fn a_bad_line_is_named_and_the_others_come() {
    // A blank line holds nothing and is passed over.
    let input = "{\"id\":\"1\",\"text\":\"Hello.\"}\nnot json\n\n{\"id\":\"3\"}\n{\"id\":\"4\",\"text\":\"“Good,” said Bo Diaz.\"}\n";
    let ran = Newsroom::new().run_with(["annotate"], input.as_bytes());
    ran.expect_status(2);
    let rows = ran.json_lines();
    let ids: Vec<&Value> = rows.iter().map(|it| &it["id"]).collect();
    assert_eq!(ids, [&json!("1"), &Value::Null, &Value::Null, &json!("4")]);
    assert!(rows[1]["error"].is_string());
    for line in ["line 2:", "line 4:"] {
        assert!(ran.stderr.contains(line), "{}", ran.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_ends_it() {
    let newsroom = Newsroom::new();
    let line =
        format!("{}\n", json!({"id": "1", "text": "“Yes, we will go on,” said Ann Lee.\n".repeat(40)}));
    newsroom.write("articles.jsonl", line.repeat(5000));
    let command = format!(
        "'{}' annotate < articles.jsonl | head -1 > /dev/null; exit ${{PIPESTATUS[0]}}",
        env!("CARGO_BIN_EXE_morgue")
    );
    let status =
        std::process::Command::new("bash").args(["-c", &command]).current_dir(newsroom.path("")).status();
    assert!(status.expect("bash runs").success());
}

#[test]
fn an_empty_input_gives_an_empty_output() {
    let ran = Newsroom::new().run(["annotate"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(0), ""));
}

#[test]
fn an_unknown_language_is_not_taken_for_english() {
    let text = "“Käki kukkuu taas metsässä joka ikinen kesäaamu,” sanoi Aino Virtanen.";
    let rows = annotate(&[json!({"id": "fi", "text": text, "language": "fi"})]).json_lines();
    let quote = &rows[0]["quotes"][0];
    assert_eq!(quote["speaker"], Value::Null);
    assert!(quote["confidence"].as_f64().unwrap() < 0.6);
}

#[test]
fn each_piece_of_a_quote_has_the_kind_of_its_own_marks() {
    let text = "“The mill is closed,” and it will stay so, Ilse Lund said. “It is late.”";
    let rows = annotate(&[json!({"id": "a", "text": text})]).expect_status(0).json_lines();
    let kinds: Vec<&str> =
        rows[0]["quotes"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["mixed", "direct"]);
}
