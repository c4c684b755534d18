//! The words of a query in running text, as they were typed: ranking counts repeated ones, and
//! looks at which follow each other.

use super::{Node, NodeKind, Query, WordPattern};
use morgue_core::analyze;

/// The words that stand side by side in a query, perhaps with fields and exclusions between: in
/// order, repeated ones again, the parts of `law-and-order` each on its own. None of a query that
/// puts words together otherwise.
pub fn plain_words(query: &Query) -> Vec<WordPattern> {
    let nodes = match &query.root.kind {
        NodeKind::And(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(&query.root),
    };
    if nodes.iter().any(|it| matches!(it.kind, NodeKind::Or(_) | NodeKind::And(_))) {
        return Vec::new();
    }
    nodes.iter().flat_map(words_of).collect()
}

fn words_of(node: &Node) -> Vec<WordPattern> {
    let NodeKind::Word { text, exact: false, distance: None } = &node.kind else { return Vec::new() };
    if text.contains(['*', '?']) {
        return Vec::new();
    }
    let words: Vec<analyze::Word> = analyze::words(text).collect();
    let has_letter = words.iter().any(|it| it.form.len() == 1);
    if has_letter && analyze::joined_words(text, &words).is_some() {
        return Vec::new();
    }
    let stem = |it: analyze::Word| WordPattern::Stem { form: it.form, accented: it.accented };
    words.into_iter().map(stem).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_typed() {
        let forms = |typed: &str| -> Vec<String> {
            let words = plain_words(&super::super::parse(typed).unwrap());
            words.iter().map(|it| it.literal_start().to_owned()).collect()
        };
        assert_eq!(forms("dam siren dam"), ["dam", "siren", "dam"]);
        assert_eq!(forms("sino-soviet border source:post -river"), ["sino", "soviet", "border"]);
        assert_eq!(forms("\"dam siren\" =dam dam* flood"), ["flood"]);
        assert_eq!(forms("dam (speaker:lund) siren"), ["dam", "siren"]);
        assert_eq!(forms("x-ray of a dam"), ["of", "a", "dam"]);
        assert!(forms("dam OR siren").is_empty());
    }

    #[test]
    fn in_a_search_for_words_small_operators_are_words() {
        let shown = |typed: &str| super::super::parse_words(typed).unwrap().to_string();
        assert_eq!(shown("iraq and syria or not egypt"), "iraq \"and\" syria \"or\" \"not\" egypt");
        assert_eq!(shown("iraq AND syria"), "iraq syria");
    }
}
