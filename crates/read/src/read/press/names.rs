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

/// Whether a line may name several people: up to ten words, most of them with a capital,
/// `Ann Lee et Bo Diaz`.
pub(super) fn are_names(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capitals = words.iter().filter(|it| is_capital(it)).count();
    let ends =
        words.first().is_some_and(|it| is_capital(it)) && words.last().is_some_and(|it| is_capital(it));
    let plain =
        !text.contains(|it: char| it.is_ascii_digit()) && !text.ends_with(['.', '!', '?', ':', '…', '»']);
    (2..=10).contains(&words.len()) && ends && plain && capitals * 3 >= words.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_other_lines() {
        for (text, one, several) in [
            ("Ann Lee", true, true),
            ("Cora van der Whitlow", true, false),
            ("Ann Lee et Bo Diaz", false, true),
            ("ANN LEE, BO DIAZ", true, true),
            ("Le pont a ouvert à midi.", false, false),
            ("Une crise sans fin", false, false),
            ("Ann", false, false),
            ("", false, false),
        ] {
            assert_eq!((is_name(text), are_names(text)), (one, several), "{text}");
        }
    }
}
