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

#[cfg(test)]
mod tests {
    use super::*;

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
