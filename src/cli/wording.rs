//! Counts in words, as every command says them.

/// `1 quote`, `2,000 quotes`, `no entries`.
pub(super) fn count(n: usize, what: &str) -> String {
    let several = match what.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{what}s"),
    };
    match n {
        0 => format!("no {several}"),
        1 => format!("1 {what}"),
        n => format!("{} {several}", with_commas(n)),
    }
}

/// `12,345`.
fn with_commas(n: usize) -> String {
    let digits = n.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<&str> = groups.map(|it| std::str::from_utf8(it).expect("digits are ASCII")).collect();
    groups.join(",")
}

/// What stands behind the count when copies were folded.
pub(super) fn folded(n: usize) -> String {
    if n == 0 { String::new() } else { format!("; {n} more in copies (`--no-fold` shows them)") }
}

/// `10 of 43 passages`, `no passages`.
pub(super) fn found(shown: usize, offset: usize, total: usize, what: &str) -> String {
    match total {
        0 => format!("no {what} found"),
        _ => found_of(shown, offset, total, &count(total, what)),
    }
}

/// The same of `total` results that are called `all`.
pub(super) fn found_of(shown: usize, offset: usize, total: usize, all: &str) -> String {
    match (shown, offset) {
        (shown, _) if shown == total => all.to_owned(),
        (0, 0) => format!("{all}, none shown"),
        (0, _) => format!("none of {all} after the first {offset}"),
        (shown, 0) => format!("{shown} of {all}"),
        (shown, offset) => format!("{} to {} of {all}", offset + 1, offset + shown),
    }
}
