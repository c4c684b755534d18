//! RIS: lines of a tag of two characters, two spaces, a dash and a value.

use crate::list::SCOPE_NOTE;

use super::{Error, Reference, State, blocks_of, date_of, given, versions_of};

pub(super) fn read(text: &str) -> Result<Vec<Reference>, Error> {
    let mut references = Vec::new();
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for (n, line) in text.lines().enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match field(line) {
            Some(("TY", _)) if open => {
                return Err(Error {
                    line: n + 1,
                    reason: "a record begins before the one above ends with `ER  -`".to_owned(),
                });
            }
            Some(("TY", _)) => open = true,
            Some(("ER", _)) => {
                references.push(reference(&fields));
                fields.clear();
                open = false;
            }
            Some((tag, value)) if open => fields.push((tag.to_owned(), value.to_owned())),
            None if line.trim().is_empty() && !open => {}
            // A long value goes on in lines without a tag; what they are to it depends on the tag.
            None if open => {
                if let Some(last) = fields.last_mut() {
                    last.1.push('\n');
                    last.1.push_str(line);
                }
            }
            _ => {
                return Err(Error {
                    line: n + 1,
                    reason: "this is no RIS: a record begins with `TY  -`".to_owned(),
                });
            }
        }
    }
    if open {
        let line = text.lines().count();
        return Err(Error { line, reason: "the last record has no end, `ER  -`".to_owned() });
    }
    Ok(references)
}

fn field(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let is_tag = tag.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
    let value = rest.trim_start().strip_prefix('-')?;
    (is_tag && rest.starts_with(' ')).then_some((tag, value.strip_prefix(' ').unwrap_or(value)))
}

fn reference(fields: &[(String, String)]) -> Reference {
    let raw = |tags: &[&str]| -> Vec<&str> {
        fields.iter().filter(|it| tags.contains(&it.0.as_str())).map(|it| it.1.as_str()).collect()
    };
    let on_a_line = |it: &str| it.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let all = |tags: &[&str]| -> Vec<String> {
        raw(tags).into_iter().filter_map(|it| given(&on_a_line(it))).collect()
    };
    // The first of the tags that has a value.
    let one = |tags: &[&str]| tags.iter().find_map(|tag| all(&[tag]).into_iter().next());
    let date = one(&["DA", "PY", "Y1"]).and_then(|it| {
        let parts: Vec<&str> = it.split(['/', '-']).collect();
        date_of(parts.first().copied(), parts.get(1).copied(), parts.get(2).copied())
    });
    let list = one(&["DP"]).and_then(|it| given(it.strip_prefix("morgue: ")?));
    let note = |it: &str| match list {
        Some(_) => lines(it),
        None => on_a_line(it),
    };
    let names: Vec<String> = all(&["AU", "A1"]).iter().map(|it| usual_order(it)).collect();
    Reference {
        title: one(&["TI", "T1", "CT"]),
        source: one(&["T2", "JO", "JF", "PB"]),
        date: date.or_else(|| one(&["PY", "Y1"]).and_then(|it| date_of(it.get(..4), None, None))),
        byline: one(&["U3"]).filter(|_| list.is_some()).or_else(|| given(&names.join(" and "))),
        url: one(&["UR", "L2"]).filter(|it| it.contains("://")),
        path: one(&["L1", "L4"]),
        id: one(&["AN", "ID"]).and_then(|it| it.parse().ok()),
        tags: all(&["KW"]),
        state: one(&["U1"]).and_then(|it| State::from_name(&it)),
        blocks: raw(&["N1"])
            .into_iter()
            .filter(|it| !it.starts_with(SCOPE_NOTE))
            .flat_map(|it| blocks_of(&note(it), list.as_ref()))
            .collect(),
        versions: all(&["U2"]).iter().flat_map(|it| versions_of(it)).collect(),
        list,
    }
}

/// The lines of a value that morgue wrote: each but the first has a space before it, so that none
/// is taken for a tag.
fn lines(value: &str) -> String {
    let lines = value.split('\n').map(|it| it.strip_prefix(' ').unwrap_or(it));
    lines.collect::<Vec<_>>().join("\n")
}

/// `Leda Moss Jr.` of `Moss, Leda, Jr.`
fn usual_order(name: &str) -> String {
    let mut parts = name.splitn(3, ',').map(str::trim);
    let (family, given, suffix) = (parts.next(), parts.next(), parts.next());
    let parts = [given, family, suffix].into_iter().flatten().filter(|it| !it.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}
