//! Which known name somebody meant who misspelled one, as in settings.

/// The edits that make another name of one: one in short names, two in longer ones.
const EDITS_MAX: usize = 2;

/// The known name nearest to `name`, if it is at most two edits away, and so few that more than
/// half of the letters stay. Of several equally near, the first.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase().replace('-', "_");
    let edits = known.into_iter().map(|it| (distance(&name, &it.replace('-', "_")), it));
    let near = edits.min_by_key(|it| it.0)?;
    (near.0 <= EDITS_MAX && near.0 * 2 < near.1.len()).then_some(near.1)
}

/// Says that a name is not known: with the one that was probably meant, else with all.
pub fn unknown_name(what: &str, name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(meant) => format!("no {what} is called `{name}`; did you mean `{meant}`?"),
        None => format!("no {what} is called `{name}`; the {what}s are {}", known.join(", ")),
    }
}

/// Letters to change, add or drop to make one word of the other (Levenshtein, 1966), of the first
/// 24.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(24).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, a) in a.chars().take(24).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in b.iter().enumerate() {
            let changed = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelled_name_finds_the_known_one() {
        let known = ["corpus", "ignore", "per-source", "max"];
        for (name, meant) in [
            ("corpuss", Some("corpus")),
            ("Corpus", Some("corpus")),
            ("ingore", Some("ignore")),
            ("per_source", Some("per-source")),
            ("man", Some("max")),
            ("min", None),
            ("weather", None),
        ] {
            assert_eq!(nearest(name, known), meant, "{name}");
        }
    }
}
