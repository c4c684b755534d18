//! Which known name somebody meant who misspelled one, as in settings.

/// More edits make another name. An edit adds, drops or changes a letter, or swaps two neighbors.
const EDITS_MAX: usize = 2;

/// The known name nearest to `name`, if it is at most two edits away, and so few that more than
/// half of the letters stay. Of several equally near, the first.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase().replace('-', "_");
    let edits = known.into_iter().map(|it| (strsim::osa_distance(&name, &it.replace('-', "_")), it));
    let near = edits.min_by_key(|it| it.0)?;
    (near.0 <= EDITS_MAX && near.0 * 2 < near.1.len()).then_some(near.1)
}

/// Says that a name is not known: with the one that was probably meant, else with all.
pub fn unknown_name(what: &str, name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(meant) => format!("no {what} is called `{name}`; did you mean `{meant}`?"),
        None => format!("no {what} is called `{name}`; there are {}", known.join(", ")),
    }
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
            ("mxa", Some("max")),
            ("per_source", Some("per-source")),
            ("man", Some("max")),
            ("min", None),
            ("weather", None),
        ] {
            assert_eq!(nearest(name, known), meant, "{name}");
        }
    }
}
