//! The import arrows drawn in `docs/ARCHITECTURE.md`, as a test.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Each module of `src/`, in reading order, and the modules it may import.
const ARROWS: &[(&str, &[&str])] = &[
    ("article", &[]),
    ("analyze", &["article"]),
    ("walk", &[]),
    ("read", &["article"]),
    ("extract", &["article", "read"]),
    ("attribute", &["article"]),
    ("copies", &["article", "analyze"]),
    ("query", &["article", "analyze"]),
    ("index", &["article", "analyze", "copies", "query"]),
    ("search", &["article", "analyze", "copies", "query", "index"]),
    ("list", &["article", "analyze"]),
    (
        "archive",
        &[
            "article",
            "analyze",
            "walk",
            "read",
            "extract",
            "attribute",
            "copies",
            "query",
            "index",
            "search",
            "list",
        ],
    ),
    ("render", &["article", "attribute", "copies", "query", "search", "list", "archive"]),
    ("cli", &["article", "query", "search", "list", "archive", "render"]),
];

#[test]
fn modules_import_only_along_the_arrows() {
    let mut wrong = Vec::new();
    for (module, allowed) in ARROWS {
        for import in imports(module) {
            if import != *module && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{module} -> {import}"));
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the arrows: {wrong:?}");
}

#[test]
fn every_module_has_its_arrows() {
    let lib = fs::read_to_string(src().join("lib.rs")).expect("src/lib.rs");
    let declared: Vec<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let drawn: Vec<&str> = ARROWS.iter().map(|(module, _)| *module).collect();
    assert_eq!(declared, drawn, "lib.rs and ARROWS list the same modules in the same order");
}

#[test]
fn an_import_is_seen_however_it_is_written() {
    for (code, seen) in [
        ("use crate::article::Span;", "article"),
        ("fn f(x: &crate::walk::File) {}", "walk"),
        ("use crate::{article::{Span, Quote}, read};", "article read"),
    ] {
        let found: Vec<String> = code.split("crate::").skip(1).flat_map(leading_names).collect();
        assert_eq!(found.join(" "), seen, "{code}");
    }
}

/// The modules named after `crate::` in the code (not the comments) of `module`.
fn imports(module: &str) -> BTreeSet<String> {
    let mut code = String::new();
    let mut paths = vec![src().join(module), src().join(module).with_extension("rs")];
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
    code.split("crate::").skip(1).flat_map(leading_names).collect()
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

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}
