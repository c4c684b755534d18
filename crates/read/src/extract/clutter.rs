//! Tells the lines of a page that are no part of its story: menus, share bars, comment forms,
//! notices.
//!
//! The words are in `clutter.txt`; the shapes (a menu between bars, glued words, a page number) are
//! here. Only a line that is plainly clutter goes: a line left over does less harm than a sentence
//! lost.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    lexicon::{List, contains},
    shape::{count_words, ends_like_sentence, folded_words},
};

/// What a line of clutter means for the lines after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clutter {
    /// It goes alone.
    Line,
    /// It credits a picture.
    Credit,
    /// The story ends here, if it has begun.
    End,
}

/// A line of more bytes than this is never clutter.
const LENGTH_MAX: usize = 250;

/// A line of more words than this is never clutter.
const WORDS_MAX: usize = 24;

/// A `*` of a pattern stands for so many words at most.
const STAR_WORDS_MAX: usize = 6;

/// Tells whether a line, anywhere on the page, is clutter.
pub(super) fn clutter(line: &str) -> Option<Clutter> {
    let line = line.trim();
    if line.len() > LENGTH_MAX || line.split_whitespace().nth(WORDS_MAX).is_some() {
        return None;
    }
    let words = folded_words(line);
    if is_rule_or_page_number(line) {
        return Some(Clutter::Line);
    }
    if is_menu(line) || is_copyright(line, &words) || is_read_more(line) {
        return Some(Clutter::Line);
    }
    listed(&words).filter(|it| *it != Clutter::Credit || is_credit(line))
}

/// Words stuck together as a page's menu comes out of a copy: `CourierHarborWorld Pages`.
/// Counts only above a headline: an outlet may be called so.
pub(super) fn is_glued_menu(line: &str) -> bool {
    let short = line.len() <= 120 && count_words(line) <= 8 && !ends_like_sentence(line);
    short && line.split_whitespace().any(|word| glued_words(word) >= 3)
}

/// How many words of three letters and more are stuck together in one: `CourierHarborWorld` has 3.
fn glued_words(word: &str) -> usize {
    let mut lengths = vec![0_usize];
    let mut before_lower = false;
    for c in word.chars() {
        if !c.is_alphabetic() {
            return 0;
        }
        if before_lower && c.is_uppercase() {
            lengths.push(0);
        }
        before_lower = c.is_lowercase();
        if let Some(length) = lengths.last_mut() {
            *length += 1;
        }
    }
    if lengths.iter().all(|it| *it >= 3) { lengths.len() } else { 1 }
}

/// `Home | News | Sport`: three pieces or more of three words at most, without numbers.
fn is_menu(line: &str) -> bool {
    let mut marks = ['|', '·', '•', '»', '›', '>', '→'].into_iter().filter(|it| line.contains(*it));
    marks.any(|mark| {
        let pieces: Vec<&str> = line.split(mark).map(str::trim).filter(|it| !it.is_empty()).collect();
        let short = |it: &&str| count_words(it) <= 3 && !it.contains(|c: char| c.is_ascii_digit());
        pieces.len() >= 3 && pieces.iter().all(short) && !ends_like_sentence(line)
    })
}

/// Only marks (`* * *`, `---`, `}`), or a page number `- 3 -`.
fn is_rule_or_page_number(line: &str) -> bool {
    let number: String = line.chars().filter(|it| it.is_alphanumeric()).collect();
    let framed = line.starts_with(['-', '–', '—']) && line.ends_with(['-', '–', '—']);
    number.is_empty() || framed && number.len() <= 4 && number.bytes().all(|it| it.is_ascii_digit())
}

/// `© 2016 Harbour Courier`, `Copyright 2016 …`, `… All rights reserved.`
fn is_copyright(line: &str, words: &[String]) -> bool {
    let marked = line.starts_with('©') || line.get(..3).is_some_and(|it| it.eq_ignore_ascii_case("(c)"));
    let has = |tail: &[&str]| {
        words.len() >= tail.len() && words[words.len() - tail.len()..].iter().zip(tail).all(|(a, b)| a == b)
    };
    let dated = words.iter().any(|it| it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit()));
    let copyright = words.first().is_some_and(|it| it == "copyright") && (dated || line.contains('©'));
    marked && dated || copyright || has(&["all", "rights", "reserved"])
}

/// `Read more: Port strike ends`, `RELATED: …`: a pointer to another story, not a sentence of this
/// one.
fn is_read_more(line: &str) -> bool {
    let Some((head, title)) = line.split_once(':') else { return false };
    let pointer = contains(List::Pointer, &folded_words(head).join(" "));
    pointer && count_words(title) <= 18 && !title.trim_end().ends_with('.')
}

/// A line that only credits a picture is short and no sentence: `Photo: Ann Lee/Agency`, `(Photo by
/// Ann Lee)`.
fn is_credit(line: &str) -> bool {
    let bare = line.trim_start_matches(['(', '[']);
    let marked = bare.len() < line.len() || line.contains([':', '/', '©']) || bare.contains(" by ");
    marked && count_words(line) <= 10 && !line.trim_end_matches([')', ']']).ends_with('.')
}

/// The words of an entry of `clutter.txt`, and what it means.
type Entry = (Vec<&'static str>, Clutter);

/// Patterns of `clutter.txt` by their first word; those that begin with `#` stand under it.
static LISTED: LazyLock<HashMap<&'static str, Vec<Entry>>> = LazyLock::new(|| {
    let mut listed: HashMap<&str, Vec<_>> = HashMap::new();
    for line in
        include_str!("clutter.txt").lines().filter(|it| !it.starts_with("# ") && !it.starts_with("#  "))
    {
        let mut entries = line.split_whitespace();
        let kind = match entries.next() {
            Some("line") => Clutter::Line,
            Some("credit") => Clutter::Credit,
            Some("end") => Clutter::End,
            _ => continue,
        };
        let pattern: Vec<&str> = entries.skip(1).collect();
        if let Some(first) = pattern.first() {
            listed.entry(first).or_default().push((pattern, kind));
        }
    }
    listed
});

fn listed(words: &[String]) -> Option<Clutter> {
    let first = words.first()?;
    let of = |key: &str| LISTED.get(key).map(Vec::as_slice).unwrap_or_default();
    let number = if is_number(first) { of("#") } else { &[] };
    of(first).iter().chain(number).find(|(pattern, _)| matches(pattern, words)).map(|(_, kind)| *kind)
}

/// Whether the words are the pattern's; a `*` stands for one to six words.
fn matches(pattern: &[&str], words: &[String]) -> bool {
    let same = |pattern: &[&str], words: &[String]| {
        pattern.iter().zip(words).all(|(entry, word)| *entry == "#" && is_number(word) || entry == word)
    };
    let Some(star) = pattern.iter().position(|it| *it == "*") else {
        return pattern.len() == words.len() && same(pattern, words);
    };
    let (before, after) = (&pattern[..star], &pattern[star + 1..]);
    let n_fixed = before.len() + after.len();
    (n_fixed + 1..=n_fixed + STAR_WORDS_MAX).contains(&words.len())
        && same(before, words)
        && same(after, &words[words.len() - after.len()..])
}

fn is_number(word: &str) -> bool {
    (1..=9).contains(&word.len()) && word.bytes().all(|it| it.is_ascii_digit() || it == b',' || it == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_can_match_and_stands_once() {
        let text = include_str!("clutter.txt");
        let entries: Vec<&str> = text.lines().filter(|it| !it.starts_with('#')).collect();
        let mut sorted = entries.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(entries, sorted, "sorted, each once");
        for entry in entries {
            let words: Vec<&str> = entry.split_whitespace().collect();
            assert!(matches!(words[0], "line" | "end" | "credit") && words[1].len() == 2, "{entry}");
            assert!(words[2..].iter().filter(|it| **it == "*").count() < 2, "one star at most: {entry}");
            let line = words[2..].join(" ").replace('*', "Port Ellis").replace('#', "3");
            assert!(listed(&folded_words(&line)).is_some(), "{line}");
        }
    }
}
