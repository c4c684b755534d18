//! The cover page: the request and the list of documents, above the first article.

use crate::read::sheet::Line;

/// What lines of the request and the list begin with.
const STARTS: &[&str] = &[
    "-None-",
    "Client/Matter:",
    "Content Type",
    "Date and Time:",
    "Documents (",
    "Job Number:",
    "Narrowed by",
    "Search Terms:",
    "Search Type:",
    "Sources:",
    "User Name:",
];

/// Whether a line is of the cover: a title with its number, a label of the request.
pub(super) fn is_of_cover(line: &str) -> bool {
    title(line).is_some() || STARTS.iter().any(|it| line.starts_with(it))
}

/// The title of a line of the list: `2. Ferries sail again`.
fn title(line: &str) -> Option<&str> {
    let (number, title) = line.split_once('.')?;
    let is_number = (1..=NUMBER_DIGITS_MAX).contains(&number.len())
        && number.bytes().all(|it| it.is_ascii_digit())
        && title.starts_with(char::is_whitespace);
    is_number.then(|| title.trim())
}

/// A download has at most some thousand documents.
const NUMBER_DIGITS_MAX: usize = 5;

/// Where the headline of the first article begins among the lines above its day: the nearest line,
/// of the last few, that is a title of the list.
pub(super) fn headline(above: &[Line]) -> Option<usize> {
    let filled = above.iter().enumerate().rev().filter(|(_, it)| !it.is_blank());
    let candidates: Vec<(usize, String)> =
        filled.take(LINES_MAX).map(|(at, it)| (at, it.text.to_lowercase())).collect();
    let titles = above.iter().filter_map(|it| title(&it.text)).map(str::to_lowercase);
    let matches = titles.filter_map(|title| {
        let is_it = |text: &str| match title.strip_suffix("...").or(title.strip_suffix('…')) {
            Some(start) => !start.is_empty() && text.starts_with(start),
            None => text == title,
        };
        candidates.iter().find(|it| is_it(&it.1)).map(|it| it.0)
    });
    matches.max()
}

/// How many lines headline, paper and day take at most.
const LINES_MAX: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_tells_the_headline() {
        for (lines, expected) in [
            (&["1. Ferries sail", "-None-", "Ferries sail", "The Courier"][..], Some(2)),
            (&["1. Ferries sail again to…", "Ferries sail again to Osby", "Courier"], Some(1)),
            (&["1. Ferries sail", "2. Pier shut", "Pier Shut", "Courier"], Some(2)),
            (&["1. Ferries sail", "Something else", "Courier"], None),
            (&["Ferries sail", "Ferries sail", "Courier"], None),
        ] {
            let lines: Vec<Line> =
                lines.iter().map(|it| Line { text: (*it).to_owned(), ..Line::default() }).collect();
            assert_eq!(headline(&lines), expected, "{lines:?}");
        }
    }
}
