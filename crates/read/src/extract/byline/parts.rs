//! Cuts a byline into its parts.

use crate::extract::{
    lexicon::{List, contains},
    shape::{folded_words, is_all_caps},
};

/// How many authors are joined at most, and how many names of outlets they are compared with.
pub(super) const NAMES_MAX: usize = 50;

/// The names before a sentence on who they are: `ANN LEE. Ann Lee is a writer in Osby.` gives
/// `ANN LEE`, and so does the sentence alone, up to its verb.
pub(super) fn without_sentence(text: &str) -> &str {
    const VERBS: [&str; 8] =
        [" is ", " are ", " was ", " were ", " writes ", " covers ", " teaches ", " reports "];
    let Some(verb) = VERBS.iter().filter_map(|it| text.find(it)).min() else { return text };
    let before = &text[..verb];
    // The stop behind an initial or a title belongs to the name.
    let is_end = |at: &usize| {
        let word = before[..*at].rsplit([' ', '.']).next().unwrap_or_default();
        word.chars().count() > 1 && !TITLES.contains(&word.to_lowercase().as_str())
    };
    let stop = before.match_indices(". ").map(|it| it.0).filter(is_end).last();
    // `Ann Lee, Ann Lee is …`: a name that is said again begins the sentence.
    let again = |at: &usize| {
        let name = before[at + 2..].rsplit(' ').next().unwrap_or_default().to_lowercase();
        before[..*at].to_lowercase().split(' ').any(|it| it == name)
    };
    let comma = before.match_indices(", ").map(|it| it.0).last().filter(again);
    let end = stop.or(comma).unwrap_or(verb);
    before[..end].trim_end_matches([',', ';', '.', ' '])
}

/// The parts of a byline between commas and words for "and", each with what stands before it.
pub(super) fn pieces(text: &str) -> Vec<(String, &str)> {
    const JOINERS: [&str; 14] = [
        ", and ", ", with ", " with ", " avec ", " mit ", " con ", " and ", " & ", " und ", " et ", " y ",
        " och ", "; ", ", ",
    ];
    const WITH: [&str; 5] = [", with ", " with ", " avec ", " mit ", " con "];
    let mut pieces = Vec::new();
    let (mut rest, mut joiner) = (text, String::new());
    while pieces.len() < NAMES_MAX {
        let next = JOINERS
            .iter()
            .filter_map(|it| rest.find(it).map(|at| (at, std::cmp::Reverse(it.len()), *it)))
            .min();
        let stop = stop_before_outlet(rest);
        match (next, stop) {
            (next, Some(at)) if next.is_none_or(|it| at < it.0) => {
                pieces.push((std::mem::take(&mut joiner), &rest[..at]));
                (rest, joiner) = (&rest[at + 2..], ", ".to_owned());
            }
            (Some((at, _, mark)), _) => {
                pieces.push((std::mem::take(&mut joiner), &rest[..at]));
                let written = if WITH.contains(&mark) { " and " } else { mark };
                (rest, joiner) = (&rest[at + mark.len()..], written.replace("; ", ", "));
            }
            (None, _) => break,
        }
    }
    pieces.push((joiner, rest));
    pieces
}

/// Titles that end with a stop, in lower case.
const TITLES: [&str; 6] = ["dr", "mr", "mrs", "ms", "prof", "st"];

/// The stop in `Ann Lee. Harbor News`: an outlet stands behind it, up to a comma. That behind an
/// initial or a title is a part of the name.
fn stop_before_outlet(text: &str) -> Option<usize> {
    let mut stops = text.match_indices(". ").map(|(at, _)| at);
    stops.find(|at| {
        let word = text[..*at].rsplit([' ', '.']).next().unwrap_or_default();
        let outlet = text[at + 2..].split(", ").next().unwrap_or_default();
        word.chars().count() > 1 && !TITLES.contains(&word.to_lowercase().as_str()) && is_organization(outlet)
    })
}

/// Whether a part is the name of a newsroom, a company or a school: by its last word or an acronym
/// at its start.
pub(super) fn is_organization(piece: &str) -> bool {
    let words = folded_words(piece);
    let acronym = piece.split_whitespace().next().is_some_and(|it| {
        it.chars().count() >= 3 && it.chars().all(|c| c.is_ascii_uppercase()) && words.len() >= 2
    });
    let all_caps = is_all_caps(piece);
    words.last().is_some_and(|it| contains(List::Organization, it)) || acronym && !all_caps
}

#[cfg(test)]
mod tests {
    use super::without_sentence;

    #[test]
    fn names_stand_before_a_sentence_on_them() {
        for (text, names) in [
            ("By FI QUAY. Fi Quay is a carpenter in Osby.", "By FI QUAY"),
            ("Cy R. Quay, Cy R. Quay is the author of The Pier", "Cy R. Quay"),
            ("Cy R. Quay is the author of The Pier", "Cy R. Quay"),
            ("Dr. Quay writes on piers", "Dr. Quay"),
            ("Ito, Quay and Diaz are Courier writers.", "Ito, Quay and Diaz"),
            ("Fi Quay", "Fi Quay"),
        ] {
            assert_eq!(without_sentence(text), names, "{text}");
        }
    }
}
