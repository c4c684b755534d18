//! Files that import each other in a circle cannot be understood one at a time: none may.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The crates that have no circles, by their source folders.
const FOLDERS: &[&str] = &["crates/quotes/src"];

#[test]
fn no_files_import_each_other_in_a_circle() {
    for folder in FOLDERS {
        let mut imports = imports(folder);
        assert!(imports.values().map(BTreeSet::len).sum::<usize>() > 1, "{folder} has imports");
        loop {
            let left: BTreeSet<String> = imports.keys().cloned().collect();
            imports.retain(|_, imported| !imported.is_disjoint(&left));
            if imports.len() == left.len() {
                break;
            }
        }
        assert!(imports.is_empty(), "{folder}: a circle in or below these modules: {imports:?}");
    }
}

#[test]
fn imports_are_read_however_they_are_written() {
    let modules: BTreeSet<String> = ["", "a", "a::b", "a::c", "d"].map(str::to_owned).into_iter().collect();
    for (module, code, seen) in [
        ("a::b", "use crate::{a::c::X, d};", "a::c d"),
        ("a::b", "use super::{c::{X, Y}, Z};", "a a::c"),
        ("a", "use b::X;\nfn f() { c::g() }", "a::b a::c"),
        ("d", "pub(crate) use crate::a::b;\nfn f(x: crate::a::X) {}", "a"),
        ("d", "#[cfg(test)]\nmod tests { use crate::a; }", ""),
    ] {
        let found = imported(module, code, &modules).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(found, seen, "{code}");
    }
}

/// The modules of a source folder, each with the modules that it imports; the crate's root has no name.
fn imports(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut code = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("folder").map(|it| it.expect("entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
                let name = path.strip_prefix(&root).expect("below").with_extension("");
                let name = name.to_string_lossy().replace('/', "::");
                let name = name.trim_end_matches("mod").trim_end_matches("::").trim_start_matches("lib");
                code.insert(name.to_owned(), fs::read_to_string(path).expect("code"));
            }
        }
    }
    let modules: BTreeSet<String> = code.keys().cloned().collect();
    code.into_iter().map(|(module, code)| (module.clone(), imported(&module, &code, &modules))).collect()
}

/// The modules that the code of a module imports. What it only hands on (`pub use`) and what its tests import do not
/// count.
fn imported(module: &str, code: &str, modules: &BTreeSet<String>) -> BTreeSet<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let counts = |it: &&str| {
        let it = it.trim_start();
        !(it.starts_with("//") || it.starts_with("pub") && it.contains(" use "))
    };
    let code: String = code.lines().filter(counts).flat_map(|it| [it, "\n"]).collect();
    let parent = module.rsplit_once("::").map_or("", |it| it.0);
    let children =
        modules.iter().filter_map(|it| it.rsplit("::").next().filter(|name| below(module, name) == *it));
    let doors = [("crate".to_owned(), String::new()), ("super".to_owned(), parent.to_owned())];
    let doors = doors.into_iter().chain(children.map(|it| (it.to_owned(), below(module, it))));
    let mut found = BTreeSet::new();
    for (door, at) in doors {
        for (start, _) in code.match_indices(&format!("{door}::")) {
            let inside = |it: char| it.is_alphanumeric() || matches!(it, '_' | ':');
            if !code[..start].ends_with(inside) {
                let leaves = leaves(&code[start + door.len() + 2..]);
                found.extend(leaves.iter().map(|it| home(&below(&at, it), modules)));
            }
        }
    }
    found.remove(module);
    found
}

fn below(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

/// The module whose item a path names.
fn home(path: &str, modules: &BTreeSet<String>) -> String {
    let mut path = path;
    while !modules.contains(path) {
        path = path.rsplit_once("::").map_or("", |it| it.0);
    }
    path.to_owned()
}

/// The paths of a `use` tree: `a::b` and `a::c` of `a::{b, c}`.
fn leaves(tree: &str) -> Vec<String> {
    let tree = tree.trim_start();
    let Some(group) = tree.strip_prefix('{') else {
        let end = tree.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(tree.len());
        let (name, rest) = tree.split_at(end);
        return match rest.strip_prefix("::") {
            Some(rest) => leaves(rest).into_iter().map(|it| below(name, &it)).collect(),
            None => vec![name.to_owned()],
        };
    };
    let (mut found, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                found.extend(leaves(&group[from..at]).into_iter().filter(|it| !it.is_empty()));
                from = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => (),
        }
    }
    found
}
