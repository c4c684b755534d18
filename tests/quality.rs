//! Floors on what is found in `spec/quality.toml` and in the sample archive: they only rise.
//!
//! A change that finds fewer quotes, names fewer speakers or joins people worse fails here. When it
//! finds more, raise the floor in the same commit.

use morgue::{
    article::{Passage, PassageKind, Quote},
    attribute::attribute,
};
use serde::Deserialize;

use crate::support::run_in;

/// Quotes found, F1, in percent.
const QUOTES_MIN: f64 = 91.0;
/// Speakers right, in percent of the quotes.
const SPEAKERS_MIN: f64 = 93.0;

#[derive(Deserialize)]
struct Table {
    article: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    text: String,
    quotes: Vec<(String, String)>,
}

/// What was found, what there is, and what of it is right.
#[derive(Default)]
struct Score {
    found: usize,
    gold: usize,
    right: usize,
    speakers: usize,
    wrong: Vec<String>,
}

fn content(quote: &Quote, passages: &[Passage]) -> String {
    let text = passages[quote.passage].text.as_str();
    quote.content.iter().map(|it| it.of(text)).collect::<Vec<_>>().join(" … ")
}

/// The words alone: marks and signs at the ends are nobody's mistake here.
fn plain(content: &str) -> String {
    let ends = |it: char| !it.is_alphanumeric();
    content.split(" … ").map(|it| it.trim_matches(ends)).collect::<Vec<_>>().join(" … ")
}

fn score(table: &Table) -> Score {
    let mut score = Score::default();
    for gold in &table.article {
        let passages: Vec<Passage> =
            gold.text.lines().filter_map(|it| Passage::new(PassageKind::Body, it)).collect();
        let mut found: Vec<(String, String)> = attribute(&passages, None)
            .iter()
            .map(|it| {
                let speaker = it.speaker.as_ref().map_or(String::new(), |it| it.name.clone());
                (plain(&content(it, &passages)), speaker)
            })
            .collect();
        score.found += found.len();
        score.gold += gold.quotes.len();
        for (content, speaker) in &gold.quotes {
            let Some(at) = found.iter().position(|it| it.0 == plain(content)) else {
                score.wrong.push(format!("not found: {content}"));
                continue;
            };
            score.right += 1;
            let (_, named) = found.remove(at);
            if named == *speaker {
                score.speakers += 1;
            } else {
                score.wrong.push(format!("{named:?}, not {speaker:?}: {content}"));
            }
        }
        score.wrong.extend(found.into_iter().map(|it| format!("too much: {it:?}")));
    }
    score
}

#[expect(clippy::cast_precision_loss, reason = "counts of a table")]
fn percent(part: usize, of: usize) -> f64 {
    100.0 * part as f64 / of.max(1) as f64
}

#[test]
fn invented_articles_are_read_as_well_as_before() {
    let table: Table = toml::from_str(include_str!("spec/quality.toml")).expect("quality.toml");
    let score = score(&table);
    let quotes = percent(2 * score.right, score.found + score.gold);
    let speakers = percent(score.speakers, score.gold);
    let report = format!("quotes {quotes:.1}, speakers {speakers:.1}\n{}", score.wrong.join("\n"));
    assert!(quotes >= QUOTES_MIN && speakers >= SPEAKERS_MIN, "{report}");
}

/// The people of the sample archive who are written in several ways, and those who share a name.
const PEOPLE: &[(&str, &[&str])] = &[
    ("Maren Kolvane", &["M. E. Kolvane"]),
    ("Yusuf Tashkiri", &["Youssef Tachkiri", "Youssef Tashkiri"]),
    ("Thomas Arkwell (chief constable)", &["Arkwell"]),
    ("Thomas Arkwell (tarnhaven skipper)", &[]),
    ("Joaquin Barredo", &["Joaquín Barredo", "Barredo"]),
    ("Rosalind Penhallick", &["Roz Penhallick", "Penhallick"]),
    ("Harold Brannick", &["Hal Brannick"]),
    ("Anneke Voss", &["Voss"]),
    ("Inés Calderón", &["Ines Calderon", "Inés Calderón Ibáñez"]),
    ("Judith Okonjo-Veld", &["J. R. Okonjo-Veld"]),
    ("Hélène Dufour", &["Helene Dufour"]),
    ("Luc Dufour", &[]),
    ("Tobias Renn", &[]),
    ("Clara Renn", &[]),
    ("Desmond Kolvane", &[]),
];

#[test]
fn the_people_of_the_sample_archive_come_together_and_apart() {
    let index = tempfile::tempdir().expect("a temporary folder");
    let index = index.path().join("index");
    let index = index.to_str().expect("a path in UTF-8");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    run_in(root, ["--index", index, "ingest"], b"").expect_status(0);
    let ran = run_in(root, ["--index", index, "speakers", "--format", "jsonl"], b"");
    let mut wrong = Vec::new();
    for (name, others) in PEOPLE {
        let rows = ran.json_lines();
        let full = |it: &serde_json::Value| match it["qualifier"].as_str() {
            Some(qualifier) => format!("{} ({qualifier})", it["name"].as_str().unwrap_or_default()),
            None => it["name"].as_str().unwrap_or_default().to_owned(),
        };
        let Some(row) = rows.iter().find(|it| full(it) == *name) else {
            wrong.push(format!("nobody is {name}"));
            continue;
        };
        let mut found: Vec<&str> =
            row["other_names"].as_array().into_iter().flatten().filter_map(|it| it.as_str()).collect();
        let mut expected = others.to_vec();
        found.sort_unstable();
        expected.sort_unstable();
        if found != expected {
            wrong.push(format!("{name} is also {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_headline_of_the_sample_archive_finds_its_article_first() {
    let index = tempfile::tempdir().expect("a temporary folder");
    let index = index.path().join("index");
    let index = index.to_str().expect("a path in UTF-8");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    run_in(root, ["--index", index, "ingest"], b"").expect_status(0);
    let search = |query: &str, limit: &str| {
        let args = ["--index", index, "search", "--format", "jsonl", "--limit", limit, "--", query];
        run_in(root, args, b"").json_lines()
    };
    let headlines = search("kind:headline", "1000");
    let headlines: Vec<&str> = headlines.iter().filter_map(|it| it["headline"].as_str()).collect();
    assert!(headlines.len() > 50, "the headlines were found");
    let mut wrong = Vec::new();
    for typed in headlines {
        let first = search(typed, "1").first().map(|it| it["headline"].clone()).unwrap_or_default();
        if first != typed {
            wrong.push(format!("{typed}: {first}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
