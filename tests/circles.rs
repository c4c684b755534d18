//! No file uses, by whatever way round, a file that uses it: inside a room as well, one way of
//! reading leads through the code.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The crates, by the folder of their sources.
const CRATES: &[&str] = &[
    "crates/core/src",
    "crates/read/src",
    "crates/quotes/src",
    "crates/query/src",
    "crates/index/src",
    "src",
];

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut circles = Vec::new();
    for folder in CRATES {
        let files = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
        for circle in circles_of(&Crate::new(files).arrows()) {
            circles.push(format!("{folder}: {}", circle.join(", ")));
        }
    }
    assert!(circles.is_empty(), "files in circles:\n{}", circles.join("\n"));
}

/// The steps that `docs/ARCHITECTURE.md` draws, and that none of them leads back up.
#[test]
fn a_search_goes_one_way_from_arguments_to_hits() {
    let steps = [
        "cli::search -> archive",
        "archive::answers -> search",
        "search::answer -> search::prepare",
        "search::answer -> search::relax",
        "search::answer -> search::find",
        "search::relax -> search::find",
        "search::find -> search::read",
    ];
    let arrows = Crate::new(files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))).arrows();
    for step in steps {
        let (from, to) = step.split_once(" -> ").expect("an arrow");
        assert!(arrows[from].contains(to), "{step}: {from} uses {:?}", arrows[from]);
        let mut below = reached(&arrows, to);
        assert!(!below.contains(from), "{step} comes back");
        if to.starts_with("search") {
            below.retain(|it| ["archive", "render", "cli"].iter().any(|room| it.starts_with(room)));
            assert!(below.is_empty(), "{to} reaches up to {below:?}");
        }
    }
}

#[test]
fn a_circle_is_seen_through_re_exports_and_groups() {
    let files = [
        ("", "pub mod a;\nmod b;\npub use b::{B, other as another};\npub struct Own;"),
        ("a", "use super::{B, Own};\nmod deep;\nuse deep::Deep;"),
        ("a::deep", "use crate::{another::{self, x}};\n#[cfg(test)]\nmod tests { use crate::a; }"),
        ("b", "pub struct B;\nuse super::a::Deep;"),
    ];
    let files = files.map(|(module, code)| (module.to_owned(), code.to_owned()));
    assert_eq!(circles_of(&Crate::new(files.into()).arrows()), [["a::deep", "b"]]);
}

/// The files of a crate by the paths of their modules, `search::read`, without tests and comments.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut paths = vec![folder.to_owned()];
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(fs::read_dir(path).expect("folder").map(|it| it.expect("entry").path()));
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("main.rs") {
            let module = module_of(path.strip_prefix(folder).expect("inside"));
            if module.rsplit("::").next() != Some("tests") {
                files.insert(module, fs::read_to_string(path).expect("a source file"));
            }
        }
    }
    files
}

/// `search::read` of `search/read.rs`, `search` of `search/mod.rs`, nothing of `lib.rs`.
fn module_of(path: &Path) -> String {
    let mut parts: Vec<PathBuf> = path.with_extension("").iter().map(PathBuf::from).collect();
    if parts.last().is_some_and(|it| it.ends_with("mod") || it.ends_with("lib")) {
        parts.pop();
    }
    parts.iter().map(|it| it.display().to_string()).collect::<Vec<_>>().join("::")
}

struct Crate {
    /// The code of each module.
    files: BTreeMap<String, String>,
    /// What each module uses.
    used: BTreeMap<String, Names>,
    /// What each module hands on from others.
    handed_on: BTreeMap<String, Names>,
}

/// Names, and the paths they stand for.
type Names = BTreeMap<String, Vec<String>>;

impl Crate {
    fn new(files: BTreeMap<String, String>) -> Crate {
        let is_comment = |it: &&str| it.trim_start().starts_with("//");
        let without_tests = |code: String| {
            let code = code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
            code.lines().filter(|it| !is_comment(it)).collect::<Vec<_>>().join("\n")
        };
        let files: BTreeMap<String, String> =
            files.into_iter().map(|(module, code)| (module, without_tests(code))).collect();
        let of_each = |handed_on| {
            files.iter().map(|(module, code)| (module.clone(), imports(code, handed_on))).collect()
        };
        let (used, handed_on) = (of_each(false), of_each(true));
        Crate { files, used, handed_on }
    }

    /// Which files each file uses.
    fn arrows(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut arrows = BTreeMap::new();
        for (module, names) in &self.used {
            let used = names.values().filter_map(|path| self.file_of(module, path, 0));
            arrows.insert(module.clone(), used.filter(|it| it != module).collect());
        }
        arrows
    }

    /// The file in which the thing at a path is written; `None` for that of another crate.
    fn file_of(&self, from: &str, path: &[String], depth: usize) -> Option<String> {
        let (first, mut rest) = path.split_first()?;
        let mut at = match first.as_str() {
            "crate" => String::new(),
            "self" => from.to_owned(),
            "super" => parent(from),
            child if self.files.contains_key(&join(from, child)) => join(from, child),
            _ => return None,
        };
        while let Some((name, further)) = rest.split_first() {
            let child = join(&at, name);
            if name == "super" {
                at = parent(&at);
            } else if self.files.contains_key(&child) {
                at = child;
            } else if let Some(path) = self.brought_in(&at, name).filter(|_| depth < 8) {
                let path: Vec<String> = path.iter().chain(further).cloned().collect();
                return self.file_of(&at, &path, depth + 1);
            } else {
                break;
            }
            rest = further;
        }
        Some(at)
    }
}

impl Crate {
    /// The path of a name that a module uses or hands on.
    fn brought_in(&self, module: &str, name: &str) -> Option<&Vec<String>> {
        self.handed_on[module].get(name).or_else(|| self.used[module].get(name))
    }
}

fn parent(module: &str) -> String {
    module.rsplit_once("::").map_or("", |it| it.0).to_owned()
}

fn join(module: &str, child: &str) -> String {
    if module.is_empty() { child.to_owned() } else { format!("{module}::{child}") }
}

/// The names that the `use` declarations of a file bring into its scope, or hand on from it, with
/// their paths.
fn imports(code: &str, handed_on: bool) -> Names {
    let mut names = Names::new();
    let code = format!("\n{code}");
    for (at, _) in code.match_indices("use ") {
        let before = code[..at].rsplit('\n').next().unwrap_or_default().trim();
        if before.starts_with("pub") == handed_on && (before.is_empty() || before.starts_with("pub")) {
            let tree = code[at + 4..].split(';').next().unwrap_or_default().replace(" as ", "@");
            flatten(&tree.split_whitespace().collect::<String>(), &[], &mut names);
        }
    }
    names
}

/// Adds each leaf of `a::{b, c::{self, d}}` by its last name.
fn flatten(tree: &str, before: &[String], names: &mut Names) {
    let mut depth = 0;
    let parts = tree.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    for part in parts.filter(|it| !it.is_empty()) {
        let (path, group) = match part.split_once('{') {
            Some((path, group)) => (path, group.strip_suffix('}')),
            None => (part, None),
        };
        let path =
            before.iter().cloned().chain(path.split("::").filter(|it| !it.is_empty()).map(str::to_owned));
        let mut path: Vec<String> = path.collect();
        match group {
            Some(group) => flatten(group, &path, names),
            None => {
                if path.last().is_some_and(|it| it == "self") && path.len() > 1 {
                    path.pop();
                }
                let last = path.pop().unwrap_or_default();
                let (thing, name) = last.split_once('@').unwrap_or((&last, &last));
                path.push(thing.to_owned());
                names.insert(name.to_owned(), path);
            }
        }
    }
}

/// The files that a file uses, and those that they use.
fn reached(arrows: &BTreeMap<String, BTreeSet<String>>, from: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(module) = next.pop() {
        let used = arrows.get(module).into_iter().flatten();
        next.extend(used.filter(|it| seen.insert((*it).clone())).map(String::as_str));
    }
    seen
}

/// Sets of files that reach each other, each in order.
fn circles_of(arrows: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reach: BTreeMap<&String, BTreeSet<String>> =
        arrows.keys().map(|it| (it, reached(arrows, it))).collect();
    let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
    for (from, seen) in &reach {
        if seen.contains(*from) {
            circles.insert(seen.iter().filter(|it| reach[*it].contains(*from)).cloned().collect());
        }
    }
    circles.into_iter().collect()
}
