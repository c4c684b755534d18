//! The line above an article: medium, edition, day and page.

/// What the line above an article says.
#[derive(Debug, PartialEq)]
pub(super) struct Imprint<'a> {
    pub(super) medium: &'a str,
    /// Behind the medium: an edition or a column, without the number of the issue.
    pub(super) edition: &'a str,
    pub(super) day: &'a str,
    /// What follows the day: page, time, section.
    pub(super) rest: &'a str,
    /// Whether the day is that on which the service found the article.
    pub(super) is_found: bool,
}

/// The quotation marks around the name of a medium.
const QUOTES: &[(char, char)] = &[('"', '"'), ('„', '“'), ('„', '”'), ('„', '"'), ('“', '”'), ('»', '«')];

/// The longest names of papers have some 60 bytes.
const MEDIUM_BYTES_MAX: usize = 120;
/// Number, day, page, section and edition.
const REST_BYTES_MAX: usize = 180;
/// A longer line without quotation marks is a sentence.
const UNQUOTED_BYTES_MAX: usize = 100;

/// Reads `"Der Bote" Nr. 065 vom 02.04.2013 Seite: 3`.
pub(super) fn imprint(line: &str) -> Option<Imprint<'_>> {
    if line.len() > MEDIUM_BYTES_MAX + REST_BYTES_MAX {
        return None;
    }
    let (medium, rest) =
        QUOTES.iter().find_map(|(open, close)| line.strip_prefix(*open)?.split_once(*close))?;
    // A sentence goes on with a comma or a verb.
    let is_short = medium.len() <= MEDIUM_BYTES_MAX && rest.len() <= REST_BYTES_MAX;
    let (edition, behind, is_found) = split_at_day(rest)?;
    let (day, rest) = day(behind)?;
    let is_sentence = edition.starts_with([',', '.', ';']) || rest.starts_with(char::is_lowercase);
    let medium = medium.trim();
    (is_short && !is_sentence && !medium.is_empty()).then(|| Imprint {
        medium,
        edition: without_number(edition),
        day,
        rest,
        is_found,
    })
}

/// Reads `Der Bote vom 02.04.2013`, the medium of which has no quotation marks.
pub(super) fn unquoted_imprint(line: &str) -> Option<Imprint<'_>> {
    let is_short = line.len() <= UNQUOTED_BYTES_MAX && !line.starts_with('"');
    let (medium, behind, is_found) = split_at_day(line).filter(|_| is_short)?;
    let (day, rest) = day(behind)?;
    (!medium.is_empty()).then_some(Imprint { medium, edition: "", day, rest, is_found })
}

/// What stands before and behind the word that announces the day, and whether the day is that of
/// finding.
fn split_at_day(text: &str) -> Option<(&str, &str, bool)> {
    [("gefunden am ", true), ("vom ", false)].into_iter().find_map(|(word, is_found)| {
        let (before, behind) = text.split_once(word)?;
        (before.is_empty() || before.ends_with(char::is_whitespace))
            .then(|| (before.trim(), behind, is_found))
    })
}

/// The edition without the number of the issue, as `Nr. 065`.
fn without_number(edition: &str) -> &str {
    let is_number = edition.starts_with("Nr") || edition.starts_with(|it: char| it.is_ascii_digit());
    if is_number { "" } else { edition }
}

/// The day at the start of a text, `12.03.2014` or `15.Aug 2013`, and what follows it.
fn day(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let word_end = |text: &str| text.find(char::is_whitespace).unwrap_or(text.len());
    let is_number = |it: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit())
    };
    let (first, behind) = text.split_at(word_end(text));
    let first = first.trim_end_matches([',', '.', ';']);
    let parts: Vec<&str> = first.split('.').collect();
    match parts[..] {
        [day, month, year] if is_number(day, 1..=2) && is_number(month, 1..=2) && is_number(year, 4..=4) => {
            Some((first, behind.trim()))
        }
        [day, month] if is_number(day, 1..=2) && month.starts_with(char::is_alphabetic) => {
            let behind = behind.trim_start();
            let (year, rest) = behind.split_at(word_end(behind));
            let (date, _) = text.split_at(text.len() - behind.len() + year.len());
            is_number(year, 4..=4).then(|| (date, rest.trim()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_above_an_article_has_medium_and_day() {
        for (line, expected) in [
            (r#""Der Bote" vom 02.04.2013 Seite: 1"#, Some(("Der Bote", "", "02.04.2013"))),
            (r#""Bote am Sonntag" Nr. 14/2013 vom 7.4.2013"#, Some(("Bote am Sonntag", "", "7.4.2013"))),
            (r#""Bote.at" gefunden am 28.12.2017 10:36 Uhr"#, Some(("Bote.at", "", "28.12.2017"))),
            (r#""Bote" Abendausgabe vom 12.03.2014"#, Some(("Bote", "Abendausgabe", "12.03.2014"))),
            ("\"Bote\" vom 15.Aug 2013 Seite: 3", Some(("Bote", "", "15.Aug 2013"))),
            ("„Bote“ vom 12.03.2014", Some(("Bote", "", "12.03.2014"))),
            ("\"Bote vom Tage\" vom 12.03.2014", Some(("Bote vom Tage", "", "12.03.2014"))),
            ("\"Der Bote\" vom Dienstag", None),
            ("\"Der Bote\"", None),
            ("\"\" vom 02.04.2013", None),
            ("Der Bote vom 02.04.2013", None),
            ("\"Der Bote\" vom 02.04.2013 schrieb von neun Booten.", None),
            ("\"Ich bin müde\", sagte Ohm vom 02.04.2013 an.", None),
        ] {
            let read = imprint(line).map(|it| (it.medium, it.edition, it.day));
            assert_eq!(read, expected, "{line}");
        }
    }

    #[test]
    fn a_medium_may_lack_its_quotation_marks() {
        for (line, expected) in [
            ("Der Bote vom 02.04.2013", Some(("Der Bote", "02.04.2013"))),
            ("Bote.at gefunden am 02.04.2013", Some(("Bote.at", "02.04.2013"))),
            ("Der Bote vom Mittwoch", None),
            ("vom 12.03.2014", None),
        ] {
            assert_eq!(unquoted_imprint(line).map(|it| (it.medium, it.day)), expected, "{line}");
        }
    }
}
