//! The bounds that `morgue.toml` sets: what was read before one is reached stays, and the rest is
//! a problem that names the setting.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::support::{Newsroom, Ran};

/// What an ingest reports of the one file of an archive with these settings.
fn report(settings: &str, name: &str, content: impl AsRef<[u8]>) -> Value {
    let newsroom = Newsroom::new().settings(settings).article(name, content);
    newsroom.run(["ingest", "--report", "report.jsonl"]).expect_status(0);
    let report = fs::read_to_string(newsroom.path("report.jsonl")).unwrap();
    serde_json::from_str(report.trim()).unwrap()
}

fn gzip(content: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// `unit` with a number in place of `#`, `n` times.
fn many(unit: &str, n: usize) -> String {
    (1..=n).map(|it| unit.replace('#', &it.to_string())).collect()
}

#[test]
fn so_many_records_of_a_file_are_read() {
    let record = "{\"text\": \"Boat # came in at noon.\"}";
    let lines = |n| many(&format!("{record}\n"), n);
    let list = |n| format!("[{}]", many(&format!("{record},"), n).trim_end_matches(','));
    let reuters = "<REUTERS><TEXT><BODY>Boat # came in at noon.</BODY></TEXT></REUTERS>\n";
    let reuters = |n| format!("<!DOCTYPE lewis SYSTEM>\n{}", many(reuters, n));
    let trec = "<DOC>\n<DOCNO> A# </DOCNO>\n<TEXT>\nBoat # came in at noon.\n</TEXT>\n</DOC>\n";
    for (name, content) in [
        ("a.jsonl", [lines(3), lines(4)]),
        ("a.jsonl", [many("{}\n", 3) + "\n\n", many("{}\n", 9)]),
        ("a.jsonl", [list(3) + "\n", list(2) + "\n" + &list(2) + "\n"]),
        ("a.json", [list(3), list(4)]),
        (
            "a.json",
            [format!("{{\"articles\": {}}}", list(3)), format!("{{\"data\": {{\"items\": {}}}}}", list(4))],
        ),
        ("a.sgm", [reuters(3), reuters(4)]),
        ("b.sgm", [many(trec, 3), many(trec, 4)]),
    ] {
        let [within, beyond] = content;
        let row = report("records_max = 3", name, &within);
        let problem = row["problem"].as_str().unwrap_or_default();
        assert!(!problem.contains("records_max"), "{name} {within}: {row}");
        for content in [beyond.clone().into_bytes(), gzip(&beyond)] {
            let name = if content.starts_with(&[0x1f]) { format!("{name}.gz") } else { name.to_owned() };
            let row = report("records_max = 3", &name, content);
            assert_eq!(row["articles"], if beyond.starts_with("{}") { 0 } else { 3 }, "{row}");
            let problem = row["problem"].as_str().unwrap_or_default();
            let expected =
                "has more than 3 records, and the others were not read; `records_max` in morgue.toml";
            assert!(problem.contains(expected), "{beyond}: {row}");
        }
    }
}

#[test]
fn so_many_paragraphs_of_an_article_are_read() {
    let lines = |n| many("Boat # came in at noon.\n\n\n", n);
    let joined = |n| lines(n).replace('\n', "\\n");
    for (name, make) in [
        ("a.txt", &lines as &dyn Fn(usize) -> String),
        ("crlf.txt", &|n| lines(n).replace('\n', "\r\n")),
        ("header.txt", &|n| format!("source: The Post\ndate: 2019-03-01\n\n{}", lines(n))),
        ("a.md", &lines),
        ("items.md", &|n| many("- Boat # came in at noon.\n", n)),
        ("front.md", &|n| format!("---\nsource: The Post\n---\n{}", lines(n))),
        ("a.html", &|n| {
            format!("<html><body><article>{}", many("<p>Boat # came in at noon, all said.</p>", n))
        }),
        ("br.html", &|n| format!("<html><body><p>{}", many("Boat # came in at noon, all said.<br><br>", n))),
        ("a.json", &|n| format!("{{\"text\": \"{}\"}}", joined(n))),
        ("list.json", &|n| format!("{{\"text\": [{}\"\"]}}", many("\"Boat # came in at noon.\",", n))),
        ("tags.json", &|n| format!("{{\"text\": \"{}\"}}", many("<p>Boat # came in at noon.</p>", n))),
        ("a.jsonl", &|n| format!("{{\"text\": \"{}\"}}\n{{\"text\": \"One boat.\"}}\n", joined(n))),
        ("a.sgm", &|n| {
            let body = many("    Boat # came in at noon.\n\n", n);
            format!("<!DOCTYPE lewis SYSTEM>\n<REUTERS><TEXT><BODY>{body}</BODY></TEXT></REUTERS>\n")
        }),
        ("b.sgm", &|n| {
            let text = many("<P>\nBoat # came in at noon.\n</P>\n", n);
            format!("<DOC>\n<DOCNO> A1 </DOCNO>\n<TEXT>\n{text}</TEXT>\n</DOC>\n")
        }),
    ] {
        let others = usize::from(name.ends_with(".jsonl"));
        for (n, read, named) in [(5, 5, false), (6, 5, true), (40, 5, true)] {
            let newsroom = Newsroom::new().settings("passages_max = 5").article(name, make(n));
            let ran = newsroom.run(["extract", "--format", "jsonl", &format!("corpus/{name}")]);
            let passages: usize =
                ran.json_lines().iter().filter_map(|it| Some(it["passages"].as_array()?.len())).sum();
            let problem =
                "has more than 5 paragraphs, and the others were not read; `passages_max` in morgue.toml";
            let found = (passages, ran.stdout.contains(problem), ran.stderr.contains(problem));
            assert_eq!(found, (read + others, named, named), "{name} of {n}: {ran:?}");
        }
    }
}

#[test]
fn another_bound_reads_a_file_again_and_a_wrong_one_is_refused() {
    let newsroom = Newsroom::new()
        .settings("records_max = 2")
        .article("a.jsonl", many("{\"text\": \"Boat # came in at noon.\"}\n", 4));
    let articles =
        |newsroom: &Newsroom| newsroom.run(["search", "boat", "--format", "jsonl"]).json_lines().len();
    newsroom.run(["ingest"]).expect_status(0);
    assert_eq!(articles(&newsroom), 2);
    newsroom.write("morgue.toml", "records_max = 4");
    newsroom.run(["ingest"]).expect_status(0);
    assert_eq!(articles(&newsroom), 4);
    for (key, values) in
        [("records_max", "0 1000000001 -1"), ("passages_max", "0 10000001 1.5"), ("memory_mb", "0 14 65537")]
    {
        for value in values.split(' ') {
            newsroom.write("morgue.toml", format!("{key} = {value}"));
            let ran: Ran = newsroom.run(["ingest"]);
            ran.expect_status(2);
            assert!(ran.stderr.contains(key) && ran.stderr.contains("morgue.toml"), "{}", ran.stderr);
        }
    }
}

#[test]
fn problems_of_a_file_beyond_a_hundred_are_counted() {
    let newsroom = Newsroom::new().article("a.jsonl", many("{\"title\": \"Boat #\"}\n", 1000));
    let ran = newsroom.run(["extract", "corpus/a.jsonl", "--format", "jsonl"]);
    ran.expect_status(2);
    assert_eq!(ran.stdout.lines().count(), 1000);
    assert_eq!(ran.stderr.lines().count(), 101, "{}", ran.stderr);
    assert!(ran.stderr.contains("line 100: has no text") && ran.stderr.contains("and 900 more"));
}

/// While nobody takes what it prints, it reads no further than a pipe and some buffers hold.
#[cfg(target_os = "linux")]
#[test]
fn what_is_extracted_is_printed_before_the_next_is_read() {
    for (name, unit, format) in [
        ("a.jsonl", "{\"text\": \"Boat # came in at noon.\"}\n", "jsonl"),
        ("b.sgm", "<DOC>\n<DOCNO> A# </DOCNO>\n<TEXT>\nBoat # came in at noon.\n</TEXT>\n</DOC>\n", "json"),
    ] {
        let newsroom = Newsroom::new().article(name, many(unit, 4_000));
        let mut child = Command::new(env!("CARGO_BIN_EXE_morgue"))
            .args(["extract", "--format", format, &format!("corpus/{name}")])
            .current_dir(newsroom.path(""))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        while !first.contains("Boat 1 came") {
            assert!(out.read_line(&mut first).unwrap() > 0, "{first}");
        }
        let position = fs::read_dir(format!("/proc/{}/fdinfo", child.id())).into_iter().flatten();
        let positions = position.filter_map(|it| fs::read_to_string(it.ok()?.path()).ok());
        let read =
            positions.filter_map(|it| it.lines().next()?.strip_prefix("pos:")?.trim().parse::<u64>().ok());
        assert!(read.max().unwrap_or(0) < 80_000, "{name}");
        out.read_to_string(&mut first).unwrap();
        assert!(first.contains("Boat 4000 came") && child.wait().unwrap().success(), "{name}");
    }
}
