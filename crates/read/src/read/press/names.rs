//! Tells a line that is the name of somebody from others.

/// Whether a line is two to four words of which the first and the last begin with a capital.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends =
        words.first().is_some_and(|it| is_capital(it)) && words.last().is_some_and(|it| is_capital(it));
    let plain = text.chars().all(|it| it.is_alphabetic() || it.is_whitespace() || ".-'’,".contains(it));
    (2..=4).contains(&words.len()) && ends && plain && !text.ends_with('.')
}

pub(super) fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
