//! Tells the last lines of an agency's text that are no part of the story: initials of its writers
//! and editors, `AAP rl/br`, end marks and notices of copyright.

use crate::read::{Block, BlockKind};

/// How many lines at the end of a story may be a sign-off.
const LINES_MAX: usize = 4;

/// Drops them from the end of a story; the only line of one is the story, whatever it looks like.
pub(super) fn drop_sign_offs(blocks: &mut Vec<Block>) {
    drop_editors_notes(blocks);
    let first = blocks.len().saturating_sub(LINES_MAX).max(1);
    if first < blocks.len() {
        let mut last = blocks.split_off(first);
        last.retain(|it| it.kind == BlockKind::Caption || !is_sign_off(&it.text));
        blocks.append(&mut last);
    }
}

/// Drops what is written to the editors of newspapers, and the notepad of dpa with all below it; a
/// story of nothing else stays.
fn drop_editors_notes(blocks: &mut Vec<Block>) {
    if let Some(at) = blocks.iter().position(|it| is_notepad(&it.text)).filter(|at| *at > 0) {
        blocks.truncate(at);
    }
    if blocks.iter().any(|it| !is_editors_note(&it.text)) {
        blocks.retain(|it| it.kind == BlockKind::Caption || !is_editors_note(&it.text));
    }
}

fn is_notepad(text: &str) -> bool {
    let name = text.trim_matches(|it: char| !it.is_alphanumeric());
    ["notizblock", "dpa-notizblock", "redaktionelle hinweise"].contains(&name.to_lowercase().as_str())
}

/// How notes to editors begin, in lower case; those in the second list stand in brackets.
const TO_EDITORS: &[&str] =
    &["eds:", "eds.:", "editors:", "editor's note:", "editors' note:", "note to editors:", "keywords:"];
const ON_CHANGES: &[&str] = &["adds ", "eds:", "editors:", "recasts ", "repeats ", "updates ", "writes thru"];

/// A longer text tells something besides.
const NOTE_BYTES_MAX: usize = 300;

/// `EDS: A later version follows.`, `(Adds quotes, details)`, `AP-WF-04-05-19 1011GMT`.
fn is_editors_note(text: &str) -> bool {
    let text = text.trim();
    if text.len() > NOTE_BYTES_MAX {
        return false;
    }
    let lower = text.to_lowercase();
    let starts = |text: &str, list: &[&str]| list.iter().any(|it| text.starts_with(it));
    let inner = lower.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let filed = text.starts_with("AP-") && text.len() <= 40 && text.ends_with("GMT");
    filed || starts(&lower, TO_EDITORS) || inner.is_some_and(|it| starts(it, ON_CHANGES))
}

fn is_sign_off(text: &str) -> bool {
    let text = text.trim();
    is_end_mark(text) || is_initials(text) || is_copyright(text)
}

/// Words that end a transmission, without the marks around them.
const END_MARKS: &[&str] =
    &["30", "end", "ende", "endit", "enditem", "ends", "fim", "fin", "fine", "more", "schluss", "slut"];

fn is_end_mark(text: &str) -> bool {
    if text.len() > 20 {
        return false;
    }
    let word = text.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase();
    let marked = text.starts_with(|it: char| !it.is_alphanumeric());
    // `(Agency)`
    let in_brackets = text.starts_with('(') && text.ends_with(')');
    let is_name = in_brackets && word.len() + 2 == text.len() && text[1..].starts_with(char::is_uppercase);
    if is_name && !word.contains(' ') {
        return true;
    }
    word.is_empty() || END_MARKS.contains(&word.as_str()) || marked && AGENCIES.contains(&word.as_str())
}

/// Short names with which agencies sign their texts.
const AGENCIES: &[&str] = &[
    "aap", "afp", "afx", "ana", "anp", "ansa", "ap", "apa", "ats", "belga", "bga", "cp", "ctk", "dpa",
    "dpa-afx", "efe", "epd", "fnb", "kna", "kyodo", "lusa", "ntb", "nzpa", "pa", "pap", "pti", "ritzau",
    "rtr", "sda", "sid", "stt", "tass", "tt", "upi", "xinhua",
];

/// `asl/tib/pid/cac`, `AAP RTV ar`, `dpa ab yyzz n1 cd`, `(APA) abc/def`.
fn is_initials(text: &str) -> bool {
    if text.len() > 48 {
        return false;
    }
    let bare = text.trim_matches(['(', ')', '[', ']', ' ']);
    // `(ABC, DEF, nl)`: writers and the language.
    let is_list = text.starts_with('(') && bare.contains(", ") && text.ends_with(')');
    if is_list && bare.split(", ").all(|it| are_letters_of_names(it) && it.len() <= 3) {
        return true;
    }
    let mut words: Vec<&str> = bare.split_whitespace().collect();
    let first = words.first().map(|it| it.trim_matches(['(', ')', '/', ':']).to_lowercase());
    let signed = first.is_some_and(|it| AGENCIES.contains(&it.as_str()));
    if signed {
        words.remove(0);
        return words.len() <= 5 && words.iter().all(|it| are_letters_of_names(it));
    }
    let capitals = |it: &str| it.bytes().all(|it| it.is_ascii_uppercase());
    (1..=4).contains(&words.len())
        && words.last().is_some_and(|it| it.contains('/'))
        && words.iter().all(|it| are_letters_of_names(it) && (it.contains('/') || capitals(it)))
}

/// `ar`, `rl/BR`, `n1`: initials of up to five letters, with slashes or hyphens between them.
fn are_letters_of_names(word: &str) -> bool {
    let mut parts = word.trim_matches('/').split(['/', '-']);
    parts.all(|it| {
        (1..=5).contains(&it.len())
            && it.bytes().all(|it| it.is_ascii_alphanumeric())
            && it.bytes().any(|it| it.is_ascii_alphabetic())
    })
}

/// `© Harbor Press. All rights …`, `Copyright 2019, hpa`.
fn is_copyright(text: &str) -> bool {
    if text.len() > 400 {
        return false;
    }
    let lower = text.to_lowercase();
    let year = lower.split(|it: char| !it.is_ascii_digit()).any(|it| it.len() == 4);
    let short = text.split_whitespace().count() <= 30;
    text.starts_with('©') || short && year && (lower.starts_with("(c)") || lower.starts_with("copyright"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_to_editors_are_told_from_sentences() {
        for (text, expected) in [
            ("EDS: Quotes of the harbor master follow.", true),
            ("(Eds: With pictures.)", true),
            ("(Adds what the board said)", true),
            ("AP-WF-05-06-19 0930GMT", true),
            ("Keywords: harbor, crane", true),
            ("(The board adds that it will pay.)", false),
            ("Editors of the Courier said no.", false),
            ("Adds what the board said", false),
        ] {
            assert_eq!(is_editors_note(text), expected, "{text}");
        }
        let block = |text: &str| Block {
            kind: BlockKind::Paragraph,
            text: text.to_owned(),
            bytes: None,
            place: String::new(),
        };
        let mut blocks = ["One.", "# Notizblock", "## Orte", "Hafen 1"].map(block).to_vec();
        drop_sign_offs(&mut blocks);
        assert_eq!(blocks.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["One."]);
    }

    #[test]
    fn sign_offs_are_told_from_last_sentences() {
        for (text, expected) in [
            ("abc/de/fgh", true),
            ("AAP RTV ar", true),
            ("NPA RTV iv/bd", true),
            ("dpa ab yyzz n1 cd", true),
            ("(APA) abc/def", true),
            ("(AFP)", true),
            ("(HarborDesk)", true),
            ("(Laughter follows)", false),
            ("(ABC, DEF, GH, nl)", true),
            ("(Osby, Port Ellis)", false),
            ("Enditem", true),
            ("-30-", true),
            ("* * *", true),
            ("© Harbor Press", true),
            ("Copyright 2019, Harbor Press. Alle Rechte vorbehalten", true),
            ("AFP spoke to the harbor master.", false),
            ("The ferry runs 24/7.", false),
            ("24/7", false),
            ("Copyright law has changed.", false),
            ("more than that", false),
            ("Nobody and/or nothing", false),
        ] {
            assert_eq!(is_sign_off(text), expected, "{text}");
        }
    }
}
