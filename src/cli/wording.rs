//! Sentences about what was found, as several commands say them, and about what is wrong.

use morgue_core::{count, number};

/// What stands behind the count when copies were folded.
pub(super) fn folded(n: usize) -> String {
    if n == 0 { String::new() } else { format!("; {} more in copies (`--no-fold` shows them)", number(n)) }
}

/// What stands behind the count of `total` quotes when `n` of other stances were left out.
pub(super) fn unsaid(n: usize, total: usize) -> String {
    let more = if total == 0 { "" } else { " more" };
    match n {
        0 => String::new(),
        n => format!(
            "; {}{more} that the articles deny or only expect (`--all-stances` shows them)",
            number(n)
        ),
    }
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
        (0, _) => format!("none of {all} after the first {}", number(offset)),
        (shown, 0) => format!("{} of {all}", number(shown)),
        (shown, offset) => format!("{} to {} of {all}", number(offset + 1), number(offset + shown)),
    }
}

/// What is wrong with a number, as Rust says it and as it is said to people.
const OF_NUMBERS: [(&str, &str); 4] = [
    ("invalid digit found in string", "a whole number is needed"),
    ("cannot parse integer from empty string", "a whole number is needed"),
    ("number too large to fit in target type", "the number is too large"),
    ("number would be zero for non-zero type", "it must be 1 at least"),
];

/// A message of clap in which what is wrong with a number is said to people.
pub(super) fn plain(message: String) -> String {
    OF_NUMBERS.iter().fold(message, |message, (theirs, ours)| message.replace(theirs, ours))
}
