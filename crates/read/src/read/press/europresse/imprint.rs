//! The lines of the publication: its name, the section and the day.

use super::{IMPRINT, PAPER, is_marked};
use crate::read::sheet::Line;

/// The name of a publication: `Le Quai (site web)` of `Le Quai (site web), no. 123`.
pub(super) fn paper(text: &str) -> &str {
    // Further titles of the same house stand behind it.
    let more = [", no", "Autres parutions", "Other publications", "Otras publicaciones", ";"];
    more.iter().fold(text, |text, it| text.split(it).next().unwrap_or(text)).trim()
}

/// The date as it is printed, what stands before it, and the line.
pub(super) fn read<'a>(lines: &[&'a Line], title: Option<usize>) -> Option<(String, String, &'a Line)> {
    // Older pages have an element for each of section, day and page.
    let marked: Vec<&Line> = lines.iter().filter(|it| is_marked(it, IMPRINT)).copied().collect();
    if let Some(first) = marked.first() {
        let all = marked.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ");
        let (before, day) = day(&all)?;
        return Some((day, before.to_owned(), first));
    }
    // Reports have the day in a line above the title without a mark of its own.
    let head = lines.iter().take(title.unwrap_or(0)).filter(|it| !is_marked(it, PAPER));
    head.filter(|it| it.is_marked("header"))
        .find_map(|it| day(&it.text).map(|(_, day)| (day, String::new(), *it)))
}

/// A day in figures whose order the number of the document tells, `news·20190403·LB·1`: the number
/// has the day of publication or the one before or after. Any other date is given back.
pub(super) fn in_order(date: &str, number: Option<&str>) -> String {
    let parts: Vec<i16> = date.split('/').filter_map(|it| it.parse().ok()).collect();
    let numbered = number.and_then(|it| it.split('·').nth(1)).filter(|it| it.len() == 8);
    let ([first, second, year], Some(Ok(numbered))) = (parts.as_slice(), numbered.map(str::parse::<i32>))
    else {
        return date.to_owned();
    };
    let fits = |day: i16, month: i16| {
        let given = i32::from(*year) * 10_000 + i32::from(month) * 100 + i32::from(day);
        (given - numbered).abs() <= 1
    };
    let order = match (fits(*first, *second), fits(*second, *first)) {
        (true, false) => Some((second, first)),
        (false, true) => Some((first, second)),
        _ => None,
    };
    order.map_or_else(|| date.to_owned(), |(month, day)| format!("{year}-{month:02}-{day:02}"))
}

/// The day in a line such as `Communication, mardi 14 mars 2006, p. 16`, and what stands before it.
fn day(text: &str) -> Option<(&str, String)> {
    let words: Vec<&str> = text.split_whitespace().take(WORDS_MAX).collect();
    let bare = |at: usize| words[at].trim_matches([',', '.', ';']);
    let number =
        |at: usize| Some(bare(at).trim_end_matches("er")).filter(|it| it.len() <= 2)?.parse::<u8>().ok();
    let is_year = |it: &str| it.len() == 4 && it.parse::<u16>().is_ok_and(|it| (1600..=2100).contains(&it));
    let start_and_end = words.iter().enumerate().find_map(|(at, word)| {
        let numeric = bare(at).split(['-', '/', '.']).filter(|it| is_year(it)).count() == 1;
        if numeric && word.len() >= 8 {
            return Some((at, at));
        }
        // `14 mars 2006`, `14 de marzo de 2006`, `March 14, 2006`
        let is_one = is_year(bare(at)) && at >= 2;
        let start = (at.saturating_sub(4)..at).rev().find(|it| number(*it).is_some())?;
        let start = if start + 1 == at { start.checked_sub(1)? } else { start };
        is_one.then_some((start, at))
    });
    // `Octobre 2018`
    let is_word = |at: usize| {
        let word = bare(at).to_lowercase();
        word.len() >= 3 && word.chars().all(char::is_alphabetic) && !SEASONS.contains(&word.as_str())
    };
    let month = || (1..words.len()).find(|at| is_year(bare(*at)) && is_word(at - 1)).map(|at| (at - 1, at));
    let (start, end) = start_and_end.or_else(month)?;
    let before = text.find(words[start]).map(|it| &text[..it]).unwrap_or_default();
    Some((before, (start..=end).map(bare).collect::<Vec<_>>().join(" ")))
}

/// A quarter of a year is no month.
const SEASONS: [&str; 9] =
    ["printemps", "été", "automne", "hiver", "spring", "summer", "autumn", "fall", "winter"];

/// A line of the imprint has some ten words.
const WORDS_MAX: usize = 40;

/// The section before a day: `Communication` of `Communication, mardi`; a day of the week, an
/// edition and the publication itself are none.
pub(super) fn section(before: &str, paper: &str) -> String {
    let parts = before.split(',').map(|part| {
        let part = match part.split_once(')') {
            Some((name, rest)) if name.trim_start().starts_with('(') => rest,
            _ => part,
        };
        let named = part.split('•').map(str::trim).rfind(|it| !it.is_empty()).unwrap_or_default();
        named.strip_prefix(paper).and_then(|it| it.strip_prefix(" - ")).unwrap_or(named)
    });
    let is_other = |it: &str| WORDS.contains(&it.to_lowercase().as_str()) || it.eq_ignore_ascii_case(paper);
    let first = parts.filter(|it| !it.is_empty()).take(PARTS_MAX).find(|it| !is_other(it));
    first.unwrap_or_default().to_owned()
}

/// Section, publication and weekday.
const PARTS_MAX: usize = 3;

/// Days of the week, and what stands before a day.
const WORDS: [&str; 57] = [
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
    "le",
    "the",
    "am",
    "el",
    "il",
    "de",
    "on",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_the_imprint_has_section_and_day() {
        for (text, expected) in [
            ("Port, mardi 5 mars 2019, p. 16", Some(("Port", "5 mars 2019"))),
            ("mardi 5 mars 2019", Some(("", "5 mars 2019"))),
            (
                "Port, vendredi 1er mars 2019 - 08:01 UTC +01:00 532 mots, p. MDE6",
                Some(("Port", "1er mars 2019")),
            ),
            ("Tuesday, March 5, 2019 532 words, p. 4", Some(("", "March 5 2019"))),
            ("Port, Tuesday, March 5, 2019", Some(("Port", "March 5 2019"))),
            ("Puerto, martes 5 de marzo de 2019, p. 3", Some(("Puerto", "5 de marzo de 2019"))),
            ("Port, 2019-03-05", Some(("Port", "2019-03-05"))),
            ("Port, mars 2019, p. 16", Some(("Port", "mars 2019"))),
            ("Automne 2018", None),
            ("Octobre 2018", Some(("", "Octobre 2018"))),
            ("3/10/2018", Some(("", "3/10/2018"))),
            ("Le Bac, mardi 5 mars 2019", Some(("", "5 mars 2019"))),
            ("Maandag 4 maart 2019", Some(("", "4 maart 2019"))),
            ("(Le Bac) mardi 5 mars 2019", Some(("", "5 mars 2019"))),
            ("Cahier • 5 mars 2019", Some(("Cahier", "5 mars 2019"))),
            ("Première • Quai, mardi 5 mars 2019", Some(("Quai", "5 mars 2019"))),
            ("Le Bac - Osby, mardi 5 mars 2019", Some(("Osby", "5 mars 2019"))),
            ("le 5 mars 2019 à 10h36", Some(("", "5 mars 2019"))),
            ("Port, p. 16", None),
            ("", None),
        ] {
            let found = day(text);
            let found = found.as_ref().map(|(before, day)| (section(before, "Le Bac"), day.as_str()));
            let found = found.as_ref().map(|(section, day)| (section.as_str(), *day));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn the_number_of_the_document_tells_day_from_month() {
        for (date, number, expected) in [
            ("3/4/2019", "news·20190403·LB·1", "2019-04-03"),
            ("3/4/2019", "news·20190304·LB·1", "2019-03-04"),
            // Le Monde is dated the next day.
            ("3/4/2019", "news·20190404·LB·1", "2019-04-03"),
            ("3/4/2019", "news·20190901·LB·1", "3/4/2019"),
            ("5 mars 2019", "news·20190305·LB·1", "5 mars 2019"),
        ] {
            assert_eq!(in_order(date, Some(number)), expected, "{date} {number}");
        }
    }
}
