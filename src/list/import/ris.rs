//! RIS: lines of a tag of two characters, two spaces, a dash and a value.

use super::{Error, Reference, State, date_of, given, ordinals};

pub(super) fn read(text: &str) -> Result<Vec<Reference>, Error> {
    let mut references = Vec::new();
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for (n, line) in text.lines().enumerate() {
        let line = line.trim_end();
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
            _ if line.trim().is_empty() => {}
            // A long value goes on in lines without a tag.
            None if open => {
                if let Some(last) = fields.last_mut() {
                    last.1.push(' ');
                    last.1.push_str(line.trim());
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
    (is_tag && rest.starts_with(' ')).then_some((tag, value.trim()))
}

fn reference(fields: &[(String, String)]) -> Reference {
    let all = |tags: &[&str]| -> Vec<String> {
        fields.iter().filter(|it| tags.contains(&it.0.as_str())).filter_map(|it| given(&it.1)).collect()
    };
    // The first of the tags that has a value.
    let one = |tags: &[&str]| tags.iter().find_map(|tag| all(&[tag]).into_iter().next());
    let date = one(&["DA", "PY", "Y1"]).and_then(|it| {
        let parts: Vec<&str> = it.split(['/', '-']).collect();
        date_of(parts.first().copied(), parts.get(1).copied(), parts.get(2).copied())
    });
    let names: Vec<String> = all(&["AU", "A1"]).iter().map(|it| usual_order(it)).collect();
    Reference {
        title: one(&["TI", "T1", "CT"]),
        source: one(&["T2", "JO", "JF", "PB"]),
        date: date.or_else(|| one(&["PY", "Y1"]).and_then(|it| date_of(it.get(..4), None, None))),
        byline: given(&names.join(" and ")),
        url: one(&["UR", "L2"]).filter(|it| it.contains("://")),
        path: one(&["L1", "L4"]),
        id: one(&["AN", "ID"]).and_then(|it| it.parse().ok()),
        note: all(&["N1"]).join("\n\n"),
        tags: all(&["KW"]),
        state: one(&["U1"]).and_then(|it| State::from_name(&it)),
        passages: one(&["U2"]).map(|it| ordinals(&it)).unwrap_or_default(),
    }
}

/// `Leda Moss` of `Moss, Leda`.
fn usual_order(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) => format!("{} {}", given.trim(), family.trim()).trim().to_owned(),
        None => name.to_owned(),
    }
}
