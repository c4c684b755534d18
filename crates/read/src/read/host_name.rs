//! Tells names of outlets: by their host (`The Selby Star` at `selbystar.example`) or by a word that
//! newspapers are called.

/// Labels of hosts that name no outlet.
const COMMON_LABELS: [&str; 26] = [
    "www",
    "com",
    "news",
    "blog",
    "blogs",
    "edition",
    "mobile",
    "amp",
    "wordpress",
    "hosted",
    "www-nc",
    "web",
    "site",
    "home",
    "online",
    "archive",
    "archives",
    "story",
    "stories",
    "article",
    "articles",
    "feeds",
    "cdn",
    "static",
    "secure",
    "beta",
];

/// Whether a word names no outlet where it is the label of a host, also with a number: `www2`.
pub(crate) fn is_common_label(word: &str) -> bool {
    COMMON_LABELS.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// Longer names, in words, are descriptions.
const WORDS_MAX: usize = 6;

/// What newspapers are called, as the last word of their names.
const OUTLET_WORDS: [&str; 61] = [
    "advertiser",
    "advocate",
    "anzeiger",
    "argus",
    "bee",
    "blatt",
    "bulletin",
    "call",
    "chronicle",
    "clarion",
    "correo",
    "corriere",
    "courant",
    "courier",
    "dagblad",
    "diario",
    "dispatch",
    "echo",
    "enquirer",
    "examiner",
    "express",
    "figaro",
    "gazette",
    "gazzetta",
    "giornale",
    "globe",
    "guardian",
    "herald",
    "independent",
    "inquirer",
    "jornal",
    "journal",
    "kurier",
    "ledger",
    "mail",
    "mercury",
    "mirror",
    "monde",
    "nachrichten",
    "observer",
    "post",
    "presse",
    "recorder",
    "register",
    "republic",
    "rundschau",
    "sentinel",
    "spectator",
    "standard",
    "star",
    "sun",
    "tageblatt",
    "tagblatt",
    "telegraph",
    "times",
    "tribune",
    "volksblatt",
    "weekly",
    "zeitung",
    "daily",
    "news-press",
];

/// Whether a name is of two to five words with capitals, the last of them one that newspapers are
/// called: `Harbour Courier`.
pub(crate) fn looks_like_outlet(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().take(WORDS_MAX).collect();
    let last = words.last().map(|it| it.to_lowercase()).unwrap_or_default();
    (2..=5).contains(&words.len())
        && words.iter().all(|it| it.starts_with(char::is_uppercase) || it.chars().count() <= 3)
        && OUTLET_WORDS.contains(&last.as_str())
}

/// Whether the words of a name make a label of the host, in full (`Selby Star`) or by their
/// beginnings (`New York Times` makes `nytimes`).
pub(crate) fn names_host(name: &str, host: &str) -> bool {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|it| it.to_lowercase().replace(['\'', '’'], ""))
        .filter(|it| !it.is_empty())
        .take(WORDS_MAX + 1)
        .collect();
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.pop();
    let letters: String = words.concat();
    (1..=WORDS_MAX).contains(&words.len())
        && labels.iter().filter(|it| it.len() >= 3 && !is_common_label(it)).any(|label| {
            let label = label.replace(['-', '_'], "").to_lowercase();
            letters == label || letters.strip_prefix("the") == Some(&label) || is_made_of(&label, &words, 0)
        })
}

/// Whether the label is beginnings of the words, one after the other: the first has a part in it
/// unless it is an article, and at most one other has none.
fn is_made_of(label: &str, words: &[String], left_out: usize) -> bool {
    let Some((word, rest)) = words.split_first() else { return label.is_empty() && left_out <= 1 };
    let article = matches!(word.as_str(), "the" | "of" | "and" | "der" | "die" | "das" | "le" | "la" | "el");
    let lengths = word.char_indices().map(|(at, c)| at + c.len_utf8());
    let taken = lengths.take_while(|length| label.starts_with(&word[..*length])).collect::<Vec<_>>();
    taken.iter().rev().any(|length| is_made_of(&label[*length..], rest, left_out))
        || left_out <= 1 && is_made_of(label, rest, left_out + usize::from(!article))
}

#[cfg(test)]
mod tests {
    use super::{looks_like_outlet, names_host};

    #[test]
    fn a_name_is_told_by_what_newspapers_are_called() {
        for (name, expected) in [
            ("Harbour Courier", true),
            ("The Port Ellis Times", true),
            ("Neue Osby Zeitung", true),
            ("Times", false),
            ("Hard times", false),
            ("World News", false),
            ("What comes next for the Harbour Courier", false),
        ] {
            assert_eq!(looks_like_outlet(name), expected, "{name}");
        }
    }

    #[test]
    fn a_name_is_told_by_its_host() {
        for (name, host) in [
            ("Selby Star", "selbystar.example"),
            ("The Selby Star", "news.selby-star.example"),
            ("The New York Times", "nytimes.example"),
            ("Wall Street Journal", "wsj.example"),
            ("CNN", "edition.cnn.example"),
            ("BBC News", "bbc.example"),
            ("Osby’s Courier", "osbyscourier.example"),
        ] {
            assert!(names_host(name, host), "{name}");
        }
        for (name, host) in [
            ("Opinion", "selbystar.example"),
            ("Star", "selbystar.example"),
            ("News", "news.selbystar.example"),
            ("Archive", "archive.selbystar.example"),
            ("Hosted", "hosted2.wire.example"),
            ("Expert advice for riders of the north", "horsemag.example"),
            ("Selby", "selbystar.example"),
            ("", "selbystar.example"),
        ] {
            assert!(!names_host(name, host), "{name}");
        }
    }
}
