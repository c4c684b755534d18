//! TOML that people write by hand: what is wrong with it is said with its line and its key.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::unknown_name;

/// The text of a TOML file, and where each of its keys stands.
///
/// A path to a key is its name and those of the tables around it; the tables of a `[[list]]` are
/// named by their number from 0.
pub struct Written<'a> {
    text: &'a str,
    table: Spanned<DeTable<'a>>,
}

/// What is wrong with a file that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}: {reason}")]
pub struct Wrong {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, in lower case without a full stop.
    pub reason: String,
}

impl<'a> Written<'a> {
    /// Reads the text; fails at the first place that is no TOML.
    pub fn parse(text: &'a str) -> Result<Written<'a>, Wrong> {
        match DeTable::parse(text) {
            Ok(table) => Ok(Written { text, table }),
            Err(error) => Err(Wrong { line: line_at(text, error.span()), reason: plain(error.message()) }),
        }
    }

    /// The content as a type; fails at the first value of another kind, and names its key.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Wrong> {
        toml::from_str(self.text).map_err(|error| {
            let key = error.span().and_then(|it| self.key_around(it.start));
            let value = error.span().and_then(|it| self.text.get(it)).unwrap_or_default();
            if let Some(key) = &key
                && error.message().contains("expected a sequence")
                && value.starts_with(['"', '\''])
            {
                let reason = format!("`{key}` is a list: write `{key} = [{value}]`");
                return Wrong { line: line_at(self.text, error.span()), reason };
            }
            let key = key.map_or_else(String::new, |it| format!("`{it}`: "));
            Wrong {
                line: line_at(self.text, error.span()),
                reason: format!("{key}{}", plain(error.message())),
            }
        })
    }

    /// The keys of the table at a path, in the order of the file; none where there is no table.
    pub fn keys(&self, path: &[&str]) -> Vec<&str> {
        let Some(DeValue::Table(table)) = self.find(path).map(|it| it.1) else {
            return if path.is_empty() { sorted(self.table.get_ref()) } else { Vec::new() };
        };
        sorted(table)
    }

    /// How many tables the list at a path has.
    pub fn len(&self, path: &[&str]) -> usize {
        match self.find(path) {
            Some((_, DeValue::Array(tables))) => tables.len(),
            _ => 0,
        }
    }

    /// Fails at the first key of the table at a path that is not known, with the nearest that is.
    pub fn expect_keys(&self, path: &[&str], what: &str, known: &[&str]) -> Result<(), Wrong> {
        match self.keys(path).into_iter().find(|it| !known.contains(it)) {
            Some(key) => Err(self.wrong(&[path, &[key]].concat(), unknown_name(what, key, known))),
            None => Ok(()),
        }
    }

    /// What is wrong at a path; where it is not there, at the last part of the path that is.
    pub fn wrong(&self, path: &[&str], reason: impl Into<String>) -> Wrong {
        let found = (0..=path.len()).rev().find_map(|n| self.find(&path[..n]));
        Wrong { line: line_at(self.text, found.map(|it| it.0)), reason: reason.into() }
    }

    /// Where a key or a table of a list stands, and its value.
    fn find(&self, path: &[&str]) -> Option<(Range<usize>, &DeValue<'a>)> {
        let (first, rest) = path.split_first()?;
        let mut found = entry(self.table.get_ref(), first)?;
        for step in rest {
            found = match found.1 {
                DeValue::Table(table) => entry(table, step)?,
                DeValue::Array(values) => {
                    let value = values.get(step.parse::<usize>().ok()?)?;
                    (value.span(), value.get_ref())
                }
                _ => return None,
            };
        }
        Some(found)
    }

    /// The innermost key whose value holds the byte.
    fn key_around(&self, at: usize) -> Option<&str> {
        let mut table = self.table.get_ref();
        let mut innermost = None;
        while let Some((key, value)) = table.iter().find(|it| holds(it.1, at)) {
            let key: &str = key.get_ref();
            innermost = Some(key);
            table = match value.get_ref() {
                DeValue::Table(table) => table,
                DeValue::Array(values) => {
                    match values.iter().find(|it| holds(it, at)).map(Spanned::get_ref) {
                        Some(DeValue::Table(table)) => table,
                        _ => break,
                    }
                }
                _ => break,
            };
        }
        innermost
    }
}

/// Whether a value stands around a byte. The span of a table is its header's: its content counts.
fn holds(value: &Spanned<DeValue<'_>>, at: usize) -> bool {
    value.span().contains(&at)
        || match value.get_ref() {
            DeValue::Table(table) => table.iter().any(|it| holds(it.1, at)),
            DeValue::Array(values) => values.iter().any(|it| holds(it, at)),
            _ => false,
        }
}

fn entry<'t, 'a>(table: &'t DeTable<'a>, name: &str) -> Option<(Range<usize>, &'t DeValue<'a>)> {
    let (key, value) = table.iter().find(|it| it.0.get_ref() == name)?;
    Some((key.span(), value.get_ref()))
}

fn sorted<'t>(table: &'t DeTable<'_>) -> Vec<&'t str> {
    let mut keys: Vec<(usize, &str)> =
        table.iter().map(|(key, _)| (key.span().start, key.get_ref().as_ref())).collect();
    keys.sort_unstable();
    keys.into_iter().map(|it| it.1).collect()
}

fn line_at(text: &str, span: Option<Range<usize>>) -> usize {
    line_of(text, span.map_or(0, |it| it.start))
}

/// The line of a byte, counted from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|it| *it == b'\n').count()
}

/// What the parser says, without its words for types.
fn plain(message: &str) -> String {
    let words = [
        (", expected a sequence", ", expected a list"),
        (", expected usize", ", expected a whole number"),
        (", expected a map", ", expected a table"),
    ];
    let message = message.trim_end_matches('.').to_owned();
    words.iter().fold(message, |message, (theirs, ours)| message.replace(theirs, ours))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "size = 3\n\n[desk]\nnight = \"Ada\"\n\n[[shift]]\nname = \"late\"\nhours = [1, 2]\n\n[[shift]]\nname = \"early\"\n";

    #[test]
    fn keys_and_lines_are_found() {
        let written = Written::parse(TEXT).expect("TOML");
        assert_eq!(written.keys(&[]), ["size", "desk", "shift"]);
        assert_eq!(written.keys(&["shift", "0"]), ["name", "hours"]);
        assert_eq!((written.len(&["shift"]), written.len(&["desk"])), (2, 0));
        for (path, line) in [
            (&["size"][..], 1),
            (&["desk", "night"], 4),
            (&["shift", "0", "hours", "1"], 8),
            (&["shift", "1", "name"], 11),
            (&["shift", "1", "hours"], 10),
        ] {
            assert_eq!(written.wrong(path, "x").line, line, "{path:?}");
        }
    }

    #[test]
    fn what_is_wrong_has_line_key_and_the_nearest_name() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(default)]
        #[derive(Default)]
        #[allow(dead_code, reason = "only its types count")]
        struct File {
            size: usize,
            shift: Vec<std::collections::BTreeMap<String, Vec<usize>>>,
        }
        let read = |text: &str| Written::parse(text)?.read::<File>();
        for (text, said) in [
            ("size = 1\nsize = 2", "2: duplicate key"),
            ("\nsize = ", "2: string values must be quoted, expected literal string"),
            ("\nsize = \"x\"", "2: `size`: invalid type: string \"x\", expected a whole number"),
            ("[[shift]]\na = [1]\nb = 3", "3: `b`: invalid type: integer `3`, expected a list"),
        ] {
            assert_eq!(read(text).expect_err(text).to_string(), said);
        }
        let written = Written::parse(TEXT).expect("TOML");
        let wrong =
            written.expect_keys(&["shift", "0"], "key", &["name", "hour"]).expect_err("one letter more");
        assert_eq!(wrong.to_string(), "8: no key is called `hours`; did you mean `hour`?");
        assert_eq!(written.expect_keys(&["shift", "1"], "key", &["name"]), Ok(()));
    }
}
