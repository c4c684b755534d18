//! Hostile files, names and files that are no files: no crash, no hang, no control character, and
//! the good article beside them is found.

use std::{fmt::Write as _, fs, io::Write as _, path::Path};

use crate::support::Newsroom;

use super::attack;

const STORY: &str =
    "The harbor lock closes at dusk, the keeper said. “Nobody told the pilots,” said Rosa Lund, the mayor.";
const ESCAPES: &str = "\u{1b}]52;c;aGk=\u{7}\u{1b}[31m\u{9b}2J\u{8}\u{7f}\u{202e}\u{2066}\u{200f}\u{b}";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

/// One or two files of each family that the script `hostile.py` has.
fn files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |name: &str, content: Vec<u8>| files.push((name.to_owned(), content));
    for tag in ["div", "b", "table", "svg", "select", "template", "nobr"] {
        let page = format!("<!doctype html><body>{}{STORY}", format!("<{tag}>").repeat(3000));
        add(&format!("nested-{tag}.html"), page.into_bytes());
    }
    let attributes: String = (0..10_000).fold(String::new(), |mut text, it| {
        let _ = write!(text, " a{it}=b");
        text
    });
    add("attributes.html", format!("<!doctype html><p{attributes}>{STORY}").into_bytes());
    add("brackets.html", format!("<!doctype html>{}", "<".repeat(100_000)).into_bytes());
    add(
        "entity.html",
        format!("<!doctype html [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><p>&x; {STORY}").into_bytes(),
    );
    add(
        "ld-json.html",
        format!(
            "<!doctype html><script type=\"application/ld+json\">{}</script><p>{STORY}",
            "[".repeat(50_000)
        )
        .into_bytes(),
    );
    add("bomb.gz", gzip(&vec![b' '; 60 << 20]));
    add("nested.gz", (0..20).fold(b"x".to_vec(), |inner, _| gzip(&inner)));
    let packed = gzip(STORY.repeat(50).as_bytes());
    add("cut.gz", packed[..packed.len() - 6].to_vec());
    add("tail.gz", [&packed[..], b"garbage"].concat());
    add("claims.zst", [&b"\x28\xb5\x2f\xfd\xe0"[..], &(1_u64 << 60).to_le_bytes(), b"\x01\0\0"].concat());
    add("deep.json", [&b"{\"text\":"[..], &[b'['; 100_000], b"}"].concat());
    add("broken.jsonl", b"{\"text\":\"a story\"}\n{\"text\":\n\xff\xfe\n[]\nnull\n{}\n\"x\"\n".repeat(200));
    add(
        "surrogates.json",
        br#"{"headline":"\ud800 x","text":"lone \udfff and \ud83d end of a story here."}"#.to_vec(),
    );
    add("cycle.md", format!("---\na: &a [*a]\ntitle: x\n---\n{STORY}").into_bytes());
    add("aliases.md", format!("---\na: &a [x]\nb: [{}]\n---\n{STORY}", "*a, ".repeat(5000)).into_bytes());
    add("deep-toml.md", format!("+++\na = {}\n+++\n{STORY}", "[".repeat(10_000)).into_bytes());
    add("open.sgm", format!("<!DOCTYPE lewis SYSTEM>\n{}", "<REUTERS>".repeat(5000)).into_bytes());
    add("open-trec.sgm", "<DOC><DOCNO>".repeat(5000).into_bytes());
    add("escapes.txt", format!("Headline: {ESCAPES}\nBy: {ESCAPES}\n\n{ESCAPES}{STORY}").into_bytes());
    add(
        "escapes.json",
        serde_json::json!({"headline": ESCAPES, "author": ESCAPES, "text": format!("{ESCAPES}{STORY}")})
            .to_string()
            .into_bytes(),
    );
    add("utf-16.txt", STORY.encode_utf16().flat_map(u16::to_be_bytes).collect());
    add("combining.txt", format!("e{}", "\u{301}".repeat(50_000)).into_bytes());
    add("quotes.txt", "“".repeat(5000).into_bytes());
    add("newlines.txt", vec![b'\n'; 1 << 20]);
    add("nul.txt", vec![0; 10_000]);
    add("invalid.txt", b"\xc3\x28\xa0\xa1\xe2\x28\xa1\xed\xa0\x80 ".repeat(500));
    add("program.html", b"\x7fELF\x02\x01\x01\0\0\0".to_vec());
    files
}

#[test]
fn hostile_files_hurt_nothing() {
    let newsroom =
        Newsroom::new().article("good.txt", "A good story\n\nThe lighthouse keeper saw nothing.\n");
    let folder = newsroom.path("");
    for (name, content) in files() {
        newsroom.write(&format!("corpus/{name}"), content);
        attack(&folder, &["extract", "--format", "jsonl", &format!("corpus/{name}")]).expect_no_crash(&name);
    }
    for args in [
        &["ingest"][..],
        &["ingest", "--rebuild", "--report", "report.jsonl"],
        &["status"],
        &["check"],
        &["search", "harbor", "-n", "99"],
        &["search", "--format", "csv", "harbor"],
        &["search", "--format", "markdown", "harbor"],
        &["quotes", "lund"],
        &["speakers"],
        &["facets", "source"],
        &["list", "new", "one", "harbor"],
        &["list", "show", "one"],
    ] {
        attack(&folder, args).expect_no_crash(&args.join(" "));
    }
    newsroom.run(["search", "lighthouse"]).expect_status(0);
    newsroom.run(["check"]).expect_status(0);
}

#[cfg(unix)]
#[test]
fn hostile_names_hurt_nothing() {
    use std::os::unix::ffi::OsStrExt as _;
    let newsroom =
        Newsroom::new().article("good.txt", "A good story\n\nThe lighthouse keeper saw nothing.\n");
    for name in [
        &b"new\nline.txt"[..],
        b"esc\x1b]52;c;aGk=\x07.txt",
        b"c1\xc2\x9b31m.txt",
        b"bidi\xe2\x80\xaetxt.exe.txt",
        b"\xff\xfe.txt",
        b"\\xff.txt",
        b"-rf.txt",
        b"--help.txt",
        b"*.txt",
        b"{date}.txt",
        b"a#3.txt",
    ] {
        let path = newsroom.path("corpus").join(std::ffi::OsStr::from_bytes(name));
        // Some file systems refuse names that are not UTF-8.
        if let Err(error) = fs::write(path, format!("{STORY} {name:?}")) {
            assert!(std::str::from_utf8(name).is_err(), "{error}");
        }
    }
    for args in [
        &["ingest", "--report", "report.jsonl"][..],
        &["search", "harbor", "-n", "99"],
        &["search", "--format", "csv", "harbor"],
        &["status"],
        &["check"],
    ] {
        attack(&newsroom.path(""), args).expect_no_crash(&args.join(" "));
    }
    let report = fs::read_to_string(newsroom.path("report.jsonl")).expect("a report");
    assert_eq!(report.chars().find(|it| it.is_control() && *it != '\n'), None, "{report}");
    let mut paths: Vec<String> = report
        .lines()
        .map(|it| serde_json::from_str::<serde_json::Value>(it).expect("JSON")["path"].to_string())
        .collect();
    let files = paths.len();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), files, "two files have one path: {report}");
}

#[cfg(unix)]
type Make = fn(&Path);

/// What can lie where a file should.
#[cfg(unix)]
const NO_FILES: &[(&str, Make)] = &[
    ("a FIFO", |it| {
        assert!(std::process::Command::new("mkfifo").arg(it).status().expect("mkfifo").success());
    }),
    ("a folder", |it| fs::create_dir(it).expect("a folder")),
    ("a link to /dev/zero", |it| std::os::unix::fs::symlink("/dev/zero", it).expect("a link")),
    ("a link to nowhere", |it| std::os::unix::fs::symlink("nowhere", it).expect("a link")),
    ("a socket", |it| drop(std::os::unix::net::UnixListener::bind(it).expect("a socket"))),
    #[cfg(target_os = "linux")]
    ("a file of /proc without end", |it| {
        std::os::unix::fs::symlink("/proc/self/pagemap", it).expect("a link");
    }),
];

#[cfg(unix)]
#[test]
fn what_is_no_file_is_named_and_hangs_nothing() {
    const PLACES: &[(&str, &[&str])] = &[
        ("corpus/b.txt", &["ingest"]),
        ("corpus/good.txt.meta.toml", &["ingest"]),
        ("corpus/folder.meta.toml", &["ingest"]),
        ("people.toml", &["speakers"]),
        ("lists/a.md", &["list", "show", "a"]),
        ("lists/a.md", &["list"]),
        ("morgue.toml", &["status"]),
    ];
    for (place, args) in PLACES {
        for (kind, make) in NO_FILES {
            let newsroom = Newsroom::new()
                .article("good.txt", "A good story\n\nThe lighthouse keeper saw nothing.\n")
                .ingested();
            let path = newsroom.path(place);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            make(&path);
            attack(&newsroom.path(""), args).expect_no_crash(&format!("{place} is {kind}: {args:?}"));
        }
    }
}

#[test]
fn control_characters_of_a_batch_are_not_printed() {
    let newsroom = Newsroom::new().article("a.txt", STORY).ingested();
    newsroom.write("queries", format!("a{ESCAPES}\tharbor\nb\t(harbor\nc\u{9b}\tharbor\n"));
    for format in ["trec", "jsonl"] {
        let args = ["search", "--batch", "queries", "--format", format];
        attack(&newsroom.path(""), &args).expect_no_crash(format);
    }
    attack(&newsroom.path(""), &["search", "--names", "queries"]).expect_no_crash("--names");
}
