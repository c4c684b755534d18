//! Makes a test of ranking from the Reuters-21578 collection: its topics as judgements, queries
//! written for them.
//!
//! `cargo run --example reuters_topics -- path/to/reuters OUT` writes into `OUT`: `corpus/`, the
//! articles that somebody gave topics; `short.tsv` and `long.tsv`, queries of two or three words
//! and of a sentence; `qrels.txt`. Into `OUT/bodies` the same articles without their headlines, and
//! a thousand of these headlines as queries, each for the article it was taken from. The queries
//! are `reuters_topics.tsv`; `docs/evaluation.md` has the figures.

#![expect(clippy::disallowed_methods, reason = "a program that makes files")]

use std::{
    fs,
    io::{Error, Result},
    path::Path,
};

/// Name of the topic, short query, long query.
const TOPICS: &str = include_str!("reuters_topics.tsv");

/// So many headlines are queries.
const HEADLINES: usize = 1000;
/// Of headlines that have so many words of three letters and more.
const HEADLINE_WORDS_MIN: usize = 5;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let (Some(collection), Some(out)) = (args.next(), args.next()) else {
        return Err(Error::other("usage: reuters_topics PATH_TO_REUTERS OUT"));
    };
    let (out, bodies) = (Path::new(&out), Path::new(&out).join("bodies"));
    fs::create_dir_all(out.join("corpus"))?;
    fs::create_dir_all(bodies.join("corpus"))?;
    let topics: Vec<[&str; 3]> = TOPICS.lines().filter_map(fields).collect();
    let queries =
        |which: usize| topics.iter().map(|it| format!("{}\t{}\n", it[0], it[which])).collect::<String>();
    fs::write(out.join("short.tsv"), queries(1))?;
    fs::write(out.join("long.tsv"), queries(2))?;

    let mut judgements = String::new();
    let mut headlines: Vec<(String, String)> = Vec::new();
    let mut paths: Vec<_> =
        fs::read_dir(collection)?.map(|it| it.map(|it| it.path())).collect::<Result<_>>()?;
    paths.retain(|it| it.extension().is_some_and(|it| it == "sgm"));
    paths.sort();
    for path in paths {
        // The collection is older than UTF-8: each byte is a letter.
        let text: String = fs::read(&path)?.into_iter().map(char::from).collect();
        let (mut whole, mut without) = (String::new(), String::new());
        for record in text.split("<REUTERS").skip(1).filter(|it| it.starts_with(" TOPICS=\"YES\"")) {
            let record =
                format!("<REUTERS{}</REUTERS>\n", record.split("</REUTERS>").next().unwrap_or_default());
            let number = between(&record, "NEWID=\"", "\"").unwrap_or_default();
            for topic in between(&record, "<TOPICS>", "</TOPICS>").unwrap_or_default().split("<D>").skip(1) {
                let topic = topic.split('<').next().unwrap_or_default();
                if topics.iter().any(|it| it[0] == topic) {
                    judgements.push_str(&format!("{topic} 0 {number} 1\n"));
                }
            }
            if let Some(title) = between(&record, "<TITLE>", "</TITLE>").filter(|_| record.contains("<BODY>"))
            {
                let query: String = title.replace("&lt;", " ").chars().map(letter_or_blank).collect();
                if query.split(' ').filter(|it| it.len() > 2).count() >= HEADLINE_WORDS_MIN {
                    headlines.push((number.to_owned(), query));
                }
                without.push_str(&record.replace(&format!("<TITLE>{title}</TITLE>"), ""));
            }
            whole.push_str(&record);
        }
        let name = Path::new("corpus").join(path.file_name().unwrap_or_default());
        let doctype = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n";
        for (folder, text) in [(out, whole), (&bodies, without)] {
            let bytes: Vec<u8> = (doctype.to_owned() + &text).chars().map(|it| it as u8).collect();
            fs::write(folder.join(&name), bytes)?;
        }
    }
    fs::write(out.join("qrels.txt"), judgements)?;
    let step = (headlines.len() / HEADLINES).max(1);
    let chosen: Vec<_> = headlines.iter().step_by(step).take(HEADLINES).collect();
    fs::write(
        bodies.join("headlines.tsv"),
        chosen.iter().map(|it| format!("{}\t{}\n", it.0, it.1)).collect::<String>(),
    )?;
    fs::write(
        bodies.join("qrels.txt"),
        chosen.iter().map(|it| format!("{0} 0 {0} 1\n", it.0)).collect::<String>(),
    )
}

fn fields(line: &str) -> Option<[&str; 3]> {
    line.split('\t').collect::<Vec<_>>().try_into().ok()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split_once(end).map(|it| it.0)
}

fn letter_or_blank(c: char) -> char {
    if c.is_ascii_alphanumeric() { c } else { ' ' }
}
