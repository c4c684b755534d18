//! The words of a role → its trade: what tells a chief constable from a skipper of the same name.

use std::{collections::HashMap, sync::LazyLock};

use crate::{fold::name_words, lexicon::entries};

/// What a role says of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trade {
    /// Fields of work: `police`, `sea`.
    pub fields: Vec<&'static str>,
    /// Words that tell more than a rank: `constable`, `balochistan`.
    pub words: Vec<String>,
    /// All words that say something, ranks too: `chief`, `constable`.
    pub title: Vec<String>,
    /// All words, to compare roles as wholes.
    pub whole: String,
}

/// The fields of each word. `not` ends what a role says of somebody, `rank` tells how high but not
/// in what, `generic` tells nothing.
static FIELDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let files = [include_str!("../lexicon/en/fields.txt"), include_str!("../lexicon/es/fields.txt")];
    let mut known: HashMap<&str, Vec<&str>> = HashMap::new();
    for (field, words) in entries(&files) {
        for word in words.split_whitespace() {
            known.entry(word).or_default().push(field);
        }
    }
    known
});

impl Trade {
    pub(super) fn from_role(role: &str) -> Trade {
        let mut trade = Trade::default();
        let words = own_words(role);
        for word in &words {
            let fields = FIELDS.get(word.as_str()).map(Vec::as_slice).unwrap_or_default();
            let says_nothing = fields.iter().any(|it| matches!(*it, "rank" | "generic"));
            if !fields.contains(&"generic") && !trade.title.contains(word) {
                trade.title.push(word.clone());
            }
            for field in fields.iter().filter(|it| !matches!(**it, "rank" | "generic")) {
                if !trade.fields.contains(field) {
                    trade.fields.push(field);
                }
            }
            if !says_nothing && word.chars().count() > 2 && !trade.words.contains(word) {
                trade.words.push(word.clone());
            }
        }
        trade.whole = words.join(" ");
        trade
    }
}

/// The folded words of a role, without a possessive `’s`, up to a negation: in `a skipper and no
/// relation to the constable` what follows is somebody else's.
pub(super) fn own_words(role: &str) -> Vec<String> {
    let mut words = name_words(&role.replace("’s ", " ").replace("'s ", " "));
    let not = |it: &String| FIELDS.get(it.as_str()).is_some_and(|it| it.contains(&"not"));
    words.truncate(words.iter().position(not).unwrap_or(words.len()));
    words
}

/// Fields that one person often works in, at once or by turns, each pair once. Politics goes with
/// everything.
const NEAR: &[(&str, &str)] = &[
    ("business", "finance"),
    ("business", "law"),
    ("business", "media"),
    ("business", "arts"),
    ("business", "sport"),
    ("engineering", "business"),
    ("engineering", "science"),
    ("engineering", "school"),
    ("finance", "science"),
    ("finance", "school"),
    ("finance", "law"),
    ("law", "police"),
    ("law", "school"),
    ("law", "science"),
    ("media", "arts"),
    ("media", "science"),
    ("media", "school"),
    ("medicine", "science"),
    ("medicine", "school"),
    ("military", "police"),
    ("military", "sea"),
    ("science", "school"),
    ("arts", "school"),
    ("faith", "school"),
    ("labour", "sea"),
    ("labour", "school"),
    ("labour", "medicine"),
    ("labour", "police"),
    ("sport", "media"),
    ("sport", "school"),
    ("farm", "business"),
    ("sea", "business"),
    ("arts", "sport"),
];

/// Whether two fields are seldom one person's.
pub(super) fn are_far(one: &str, other: &str) -> bool {
    let near = |(a, b): &(&str, &str)| (*a, *b) == (one, other) || (*a, *b) == (other, one);
    one != other && one != "politics" && other != "politics" && !NEAR.iter().any(near)
}
