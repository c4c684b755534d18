//! The shape of a line of text: its words, their case, and whether it ends like a sentence.
//!
//! What a line is (a headline, a menu, a paragraph) shows in its shape before its words are
//! understood. Every function looks at a bounded number of words, so that a line of 200 MB costs no
//! more than a long paragraph.

/// Words looked at before a line counts as long.
const WORDS_MAX: usize = 64;

/// The words of a line in lower case without marks, at most [`WORDS_MAX`]: `Don’t Panic!` is `don't
/// panic`.
pub(super) fn folded_words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| {
            let word = word.replace(['’', '‘'], "'").to_lowercase();
            word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
        })
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
        .collect()
}

/// The number of words, or [`WORDS_MAX`] when there are more.
pub(super) fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|it| it.contains(char::is_alphanumeric)).take(WORDS_MAX).count()
}

/// Whether the line ends as a sentence does: a stop, question or exclamation mark, perhaps inside
/// closing marks.
pub(super) fn ends_like_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || is_closing_mark(c));
    end.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।'])
}

/// Whether it ends with a plain full stop, perhaps inside closing marks; `U.S.` and `…` are none.
pub(super) fn ends_with_stop(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || is_closing_mark(c));
    let last = end.split_whitespace().next_back().unwrap_or_default();
    end.ends_with(['.', '。', '۔', '।']) && !end.ends_with("..") && last.matches('.').count() == 1
}

/// Whether there is the end of a sentence before the line's own end: a mark, a space and a capital.
pub(super) fn has_inner_stop(text: &str) -> bool {
    let mut words = text.split_whitespace().take(WORDS_MAX).peekable();
    while let Some(word) = words.next() {
        let long = word.chars().filter(|it| it.is_alphanumeric()).count() > 3;
        let stop = word.trim_end_matches(is_closing_mark).ends_with(['.', '!']) && !word.contains("...");
        if stop && long && words.peek().is_some_and(|it| it.starts_with(|c: char| !c.is_lowercase())) {
            return true;
        }
    }
    false
}

/// A paragraph of running text rather than a line: a sentence of several words, or simply long.
pub(super) fn is_running_text(text: &str) -> bool {
    text.len() >= 300
        || text.len() >= 40 && {
            let n_words = count_words(text);
            n_words >= 30 || n_words >= 12 && ends_like_sentence(text)
        }
}

/// Whether the line is in capitals throughout, with a letter at least.
pub(super) fn is_all_caps(text: &str) -> bool {
    let mut letters = text.chars().take(2_000).filter(|it| it.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|it| !it.is_lowercase())
}

/// Whether four in five of the longer words begin with a capital or digit, as in an American
/// headline.
pub(super) fn is_title_case(text: &str) -> bool {
    let (mut capital, mut long) = (0, 0);
    for word in text.split_whitespace().take(WORDS_MAX) {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        if word.chars().take(4).count() == 4 {
            long += 1;
            capital += usize::from(word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
        }
    }
    long >= 2 && capital * 5 >= long * 4
}

/// Whether the first letter is a capital, or of a script without capitals.
pub(super) fn starts_like_sentence(text: &str) -> bool {
    text.chars().find(|it| it.is_alphanumeric()).is_some_and(|it| !it.is_lowercase())
}

/// Whether two lines say the same but for marks, case and a word or two.
pub(super) fn nearly_same(a: &str, b: &str) -> bool {
    let (a, b) = (folded_words(a), folded_words(b));
    if a.len() == WORDS_MAX || b.len() == WORDS_MAX || a.is_empty() || b.is_empty() {
        return false;
    }
    if a == b || a.concat() == b.concat() {
        return true;
    }
    let shared = a.iter().filter(|it| b.contains(it)).count();
    let longer = a.len().max(b.len());
    longer >= 5 && (shared * 10 >= longer * 8 && a.len().abs_diff(b.len()) <= 2)
}

fn is_closing_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '」')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_ends_a_sentence_but_not_an_abbreviation() {
        for (line, sentence, stop) in [
            ("The ferry sank.", true, true),
            ("“The ferry sank.”", true, true),
            ("Who sank the ferry?", true, false),
            ("Ferry Sinks Off the U.S.", true, false),
            ("Ferry sinks", false, false),
            ("And then …", true, false),
        ] {
            assert_eq!((ends_like_sentence(line), ends_with_stop(line)), (sentence, stop), "{line}");
        }
        assert!(has_inner_stop("The ferry sank. Nobody was hurt"));
        assert!(!has_inner_stop("St. Mary’s ferry vs. Gov. Ortiz"));
    }

    #[test]
    fn a_headline_is_the_same_in_other_marks() {
        assert!(nearly_same("Ferry ‘lost’ off Port Ellis", "FERRY 'LOST' OFF PORT ELLIS."));
        assert!(nearly_same("Ferry lost off Port Ellis, 12 dead", "Ferry lost off Port Ellis, 14 dead"));
        assert!(!nearly_same("Ferry lost", "Ferry found"));
        assert!(!nearly_same("", ""));
    }
}
