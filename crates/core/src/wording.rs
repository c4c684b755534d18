//! Counts in words, as every text for people has them; JSON and CSV have bare digits.

/// Says how many of a thing: `1 quote`, `2,000 quotes`, `no entries`.
pub fn count(n: usize, what: &str) -> String {
    let several = match what.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{what}s"),
    };
    match n {
        0 => format!("no {several}"),
        1 => format!("1 {what}"),
        n => format!("{} {several}", number(n)),
    }
}

/// Writes a number with a comma after each thousand: `12,345`.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<&str> = groups.map(|it| std::str::from_utf8(it).expect("digits are ASCII")).collect();
    groups.join(",")
}

/// A word of a command as it is typed in a shell: with quotes where it has signs of the shell.
pub fn shell_word(text: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || "-_./:,+@%=".contains(it);
    match !text.is_empty() && text.chars().all(plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_command_are_quoted_for_the_shell() {
        for (text, typed) in [
            ("weir", "weir"),
            ("old pier", "'old pier'"),
            ("o'hara", "'o'\\''hara'"),
            ("", "''"),
            ("dämme", "dämme"),
        ] {
            assert_eq!(shell_word(text), typed);
        }
    }

    #[test]
    fn counts_have_commas_and_endings() {
        for (n, what, said) in [
            (0, "entry", "no entries"),
            (1, "entry", "1 entry"),
            (12, "quote", "12 quotes"),
            (2, "day", "2 days"),
            (999, "copy", "999 copies"),
            (1_000, "passage", "1,000 passages"),
            (1_234_567, "article", "1,234,567 articles"),
        ] {
            assert_eq!(count(n, what), said);
        }
    }
}
