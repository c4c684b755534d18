//! The import arrows drawn in `docs/ARCHITECTURE.md`, as a test.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The rooms of the program in reading order: where each lies, and the rooms it may import.
const ARROWS: &[(&str, &str, &[&str])] = &[
    ("system", "crates/core/src/system", &[]),
    ("article", "crates/core/src/article", &[]),
    ("analyze", "crates/core/src/analyze", &["article"]),
    ("copies", "crates/core/src/copies", &["article", "analyze"]),
    ("read", "crates/read/src/read", &["article"]),
    ("extract", "crates/read/src/extract", &["article", "read"]),
    ("attribute", "crates/quotes/src", &["article"]),
    ("query", "crates/query/src", &["article", "analyze"]),
    ("index", "crates/index/src", &["system", "article", "analyze", "copies", "query"]),
    ("files", "src/files", &["system"]),
    ("walk", "src/walk", &["system"]),
    ("roster", "src/roster", &["article", "attribute", "index"]),
    (
        "search",
        "src/search",
        &["system", "article", "analyze", "attribute", "copies", "query", "index", "roster"],
    ),
    ("list", "src/list", &["article", "analyze"]),
    (
        "archive",
        "src/archive",
        &[
            "article",
            "analyze",
            "copies",
            "read",
            "extract",
            "attribute",
            "query",
            "index",
            "system",
            "files",
            "walk",
            "roster",
            "search",
            "list",
        ],
    ),
    ("render", "src/render", &["article", "attribute", "copies", "query", "search", "list", "archive"]),
    (
        "web",
        "src/web",
        &[
            "article",
            "attribute",
            "copies",
            "index",
            "query",
            "system",
            "search",
            "list",
            "archive",
            "render",
        ],
    ),
    (
        "cli",
        "src/cli",
        &["article", "query", "system", "files", "search", "list", "archive", "render", "web"],
    ),
];

/// A crate that is one room, by the name that others import it by.
const ROOM_CRATES: &[(&str, &str)] =
    &[("morgue_quotes", "attribute"), ("morgue_query", "query"), ("morgue_index", "index")];

#[test]
fn rooms_import_only_along_the_arrows() {
    let mut wrong = Vec::new();
    for (room, folder, allowed) in ARROWS {
        for import in imports(&code_in(folder)) {
            if import != *room && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{room} -> {import}"));
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the arrows: {wrong:?}");
}

#[test]
fn every_room_has_its_arrows() {
    let rooms: BTreeSet<&str> = ARROWS.iter().map(|it| it.0).collect();
    for folder in ["src", "crates/core/src", "crates/read/src"] {
        let lib = fs::read_to_string(root().join(folder).join("lib.rs")).expect("lib.rs");
        for line in lib.lines() {
            if let Some(module) = line.strip_prefix("pub mod ").and_then(|it| it.strip_suffix(';')) {
                assert!(rooms.contains(module), "{folder}/lib.rs has `{module}`, ARROWS does not");
            }
        }
    }
    for (room, folder, _) in ARROWS {
        assert!(!code_in(folder).is_empty(), "{room} does not lie in {folder}");
    }
}

#[test]
fn tantivy_stays_behind_the_door_of_the_index() {
    let mut places =
        ["crates/core", "crates/read", "crates/quotes", "crates/query", "src"].map(PathBuf::from).to_vec();
    let index = fs::read_dir(root().join("crates/index/src")).expect("folder");
    places.extend(index.map(|it| it.expect("entry").path()).filter(|it| !it.ends_with("embedded")));
    assert!(places.len() > 10, "{places:?}");
    for place in places {
        assert!(!code_in(&place).contains("tantivy::"), "tantivy is named in {}", place.display());
    }
}

#[test]
fn an_import_is_seen_however_it_is_written() {
    for (code, seen) in [
        ("use crate::article::Span;", "article"),
        ("fn f(x: &crate::walk::File) {}", "walk"),
        ("use crate::{article::{Span, Quote}, read};", "article read"),
        ("use morgue_core::analyze::{self, words};", "analyze"),
        ("fn f(x: morgue_query::Query, _: &[crate::Token]) {}", "query"),
    ] {
        assert_eq!(imports(code).into_iter().collect::<Vec<_>>().join(" "), seen, "{code}");
    }
}

/// The rooms that code imports, its own among them.
fn imports(code: &str) -> BTreeSet<String> {
    let is_room = |it: &String| ARROWS.iter().any(|arrow| arrow.0 == it);
    let doors = ["crate::", "morgue_core::", "morgue_read::"];
    let named = doors.iter().flat_map(|door| code.split(door).skip(1).flat_map(leading_names));
    let whole = ROOM_CRATES.iter().filter(|it| code.contains(it.0)).map(|it| it.1.to_owned());
    named.filter(is_room).chain(whole).collect()
}

/// The code, without its comments, of the room in `folder` or in the file of that name.
fn code_in(folder: impl AsRef<Path>) -> String {
    let mut code = String::new();
    let folder = root().join(folder);
    let mut paths = vec![folder.clone(), folder.with_extension("rs")];
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(fs::read_dir(path).expect("folder").map(|it| it.expect("entry").path()));
        } else if path.extension().is_some_and(|it| it == "rs")
            && let Ok(text) = fs::read_to_string(path)
        {
            for line in text.lines().filter(|it| !it.trim_start().starts_with("//")) {
                code.push_str(line);
                code.push('\n');
            }
        }
    }
    code
}

/// `a` of `a::b`, or `a` and `d` of `{a::{b, c}, d}`.
fn leading_names(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else { return vec![identifier(path)] };
    let mut names = vec![identifier(group)];
    let mut depth = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(identifier(&group[at + 1..])),
            _ => (),
        }
    }
    names.retain(|it| !it.is_empty());
    names
}

fn identifier(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
