//! Links to words on a page: text fragments, which browsers scroll to and mark.
//! Specification: WICG, "URL Fragment Text Directives".

use std::fmt::Write as _;

use super::export::{encoded, is_web};

/// A longer text is named by its first and last words, as Chromium's own links do.
const EXACT_CHARS_MAX: usize = 300;
/// How many words name the beginning and the end of a longer text.
const END_WORDS: usize = 5;
/// A shorter text stands on a page more than once: it gets the words around it.
const SURE_WORDS_MIN: usize = 4;
/// How many words around a short text are named.
const AROUND_WORDS: usize = 3;

/// The part of a passage that a link leads to.
pub(super) struct Place<'a> {
    pub(super) pre: &'a str,
    pub(super) text: &'a str,
    pub(super) post: &'a str,
}

impl<'a> Place<'a> {
    /// That from the first byte to the last, which lie between characters; else all of the passage.
    pub(super) fn new(passage: &'a str, from: usize, to: usize) -> Place<'a> {
        match (passage.get(..from), passage.get(from..to), passage.get(to..)) {
            (Some(pre), Some(text), Some(post)) => Place { pre, text, post },
            _ => Place { pre: "", text: passage, post: "" },
        }
    }

    /// The address with the directive that leads to the words; `None` where it is none of a page.
    pub(super) fn link(&self, url: Option<&str>) -> Option<String> {
        let url = url.filter(|it| is_web(it))?;
        let words: Vec<&str> = self.text.split_whitespace().collect();
        let exact = words.join(" ");
        if exact.is_empty() {
            return None;
        }
        let mut directive = String::new();
        if words.len() < SURE_WORDS_MIN {
            let before: Vec<&str> = self.pre.split_whitespace().collect();
            let before = &before[before.len().saturating_sub(AROUND_WORDS)..];
            if !before.is_empty() {
                push(&mut directive, &before.join(" "));
                directive.push_str("-,");
            }
        }
        if exact.chars().count() > EXACT_CHARS_MAX && words.len() > 2 * END_WORDS {
            push(&mut directive, &words[..END_WORDS].join(" "));
            directive.push(',');
            push(&mut directive, &words[words.len() - END_WORDS..].join(" "));
        } else {
            push(&mut directive, &exact);
        }
        if words.len() < SURE_WORDS_MIN {
            let after: Vec<&str> = self.post.split_whitespace().take(AROUND_WORDS).collect();
            if !after.is_empty() {
                directive.push_str(",-");
                push(&mut directive, &after.join(" "));
            }
        }
        let url = encoded(url);
        let url = url.split(":~:").next().unwrap_or(&url);
        let sign = if url.contains('#') { "" } else { "#" };
        Some(format!("{url}{sign}:~:text={directive}"))
    }
}

/// Adds text in percent signs but for what means nothing in a directive: letters and digits of
/// ASCII, `.`, `_` and `~`. A comma, a dash and `&` would end a part.
fn push(directive: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~') {
            directive.push(char::from(byte));
        } else {
            let _ = write!(directive, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_named_so_that_nothing_of_them_ends_the_directive() {
        let link = |pre, text, post, url| Place { pre, text, post }.link(Some(url));
        let page = "https://post.example/a";
        assert_eq!(
            link("", "R&D is well-funded, they say", "", page).as_deref(),
            Some("https://post.example/a#:~:text=R%26D%20is%20well%2Dfunded%2C%20they%20say")
        );
        assert_eq!(
            link("But the mayor said, “", "Öre, no", ",” and left at once", page).as_deref(),
            Some(
                "https://post.example/a#:~:text=mayor%20said%2C%20%E2%80%9C-,%C3%96re%2C%20no,\
                 -%2C%E2%80%9D%20and%20left"
            )
        );
        assert_eq!(
            link("", "a b  c\nd", "", "https://p.example/#x").as_deref(),
            Some("https://p.example/#x:~:text=a%20b%20c%20d")
        );
        assert_eq!(
            link("", "a b c d", "", "https://p.example/#:~:text=old").as_deref(),
            Some("https://p.example/#:~:text=a%20b%20c%20d")
        );
        assert_eq!(link("", "a b c d", "", "javascript:x"), None);
        assert_eq!(link("x", " ", "y", page), None);
        let long = "word ".repeat(80) + "and the very last end";
        assert_eq!(
            link("", &long, "", page).as_deref(),
            Some(
                "https://post.example/a#:~:text=word%20word%20word%20word%20word,and%20the%20very%20last%20end"
            )
        );
    }
}
