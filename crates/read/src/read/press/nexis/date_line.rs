//! The line of a day: `May 2, 2002, Thursday,, FINAL EDITION`.

/// How exact a line of a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exactness {
    /// A year, perhaps with a month or a season.
    Coarse,
    Day,
}

/// Words before the year: `Lunedì, il 3 di maggio del 2002`.
const WORDS_BEFORE_YEAR_MAX: usize = 7;

/// The date of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    /// Up to the year; what stands behind it (a weekday, an edition) is left out.
    pub(super) day: String,
    /// The same with the time of day and its zone, where both are given.
    pub(super) instant: Option<String>,
    pub(super) exactness: Exactness,
}

/// Reads the date that a line begins with; `None` when the line is something else.
pub(super) fn read(line: &str) -> Option<Dated> {
    if let Some(day) = east_asian(line) {
        return Some(Dated { day: day.to_owned(), instant: None, exactness: Exactness::Day });
    }
    let words: Vec<&str> = line.split_whitespace().take(WORDS_BEFORE_YEAR_MAX + 9).collect();
    let at = words.iter().take(WORDS_BEFORE_YEAR_MAX + 1).position(|it| has_year(it))?;
    let year = words.get(at)?;
    let before = words.get(..at)?;
    let is_numeric = year.bytes().filter(u8::is_ascii_digit).count() > 4;
    if !before.iter().all(|it| is_day(it) || is_name(it)) {
        return None;
    }
    let days = before.iter().filter(|it| is_day(it)).count();
    let exactness = match (is_numeric, days) {
        (true, 0) | (false, 1) => Exactness::Day,
        (false, 0) if before.len() <= 2 => Exactness::Coarse,
        _ => return None,
    };
    let behind = words.get(at + 1..).unwrap_or_default();
    // A sentence goes on behind the year, a date does not.
    if exactness == Exactness::Coarse && behind.first().is_some_and(|it| it.starts_with(char::is_lowercase)) {
        return None;
    }
    let mut day = before.iter().chain([year]).copied().collect::<Vec<_>>().join(" ");
    day.truncate(day.trim_end_matches([',', ';', '.']).len());
    let instant = time(behind).filter(|_| exactness == Exactness::Day).map(|it| format!("{day} {it}"));
    Some(Dated { day, instant, exactness })
}

/// A day as `2018年10月8日`.
fn east_asian(line: &str) -> Option<&str> {
    let (year, rest) = line.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (date, behind) = rest.split_once('日')?;
    let is_number =
        |it: &str, most: usize| (1..=most).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
    let fits = year.len() == 4 && is_number(year, 4) && is_number(month, 2) && is_number(date, 2);
    line.get(..line.len() - behind.len()).filter(|_| fits)
}

/// Whether a word has a year: `2002`, `2002,`, `02.05.2002`, `2002-05-02`.
fn has_year(word: &str) -> bool {
    let mut parts = word.split(|it: char| !it.is_ascii_digit());
    let is_year =
        |it: &str| it.len() == 4 && matches!(it.as_bytes(), [b'1', b'6'..=b'9', ..] | [b'2', b'0', ..]);
    word.len() <= 16
        && !word.contains(char::is_alphabetic)
        && !word.starts_with(['$', '£', '€', '(', '"', '\'', '+', '-'])
        && parts.any(is_year)
}

/// Whether a word is a day of a month: `2`, `2.`, `2nd`, `1er`, `25-26`.
fn is_day(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', 'º', '°']);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let end = &word[digits..];
    let number: Option<u8> = word[..digits].parse().ok();
    number.is_some_and(|it| (1..=31).contains(&it))
        && (["", "st", "nd", "rd", "th", "er", "-"].contains(&end)
            || end.strip_prefix(['-', '/', '–']).is_some_and(|it| it.len() <= 2 && it.parse::<u8>().is_ok()))
}

/// Whether a word may be the name of a month or a weekday, or stand between them: `de`.
fn is_name(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.', ':']);
    word.chars().count() <= 14
        && !word.is_empty()
        && word.chars().all(|it| it.is_alphabetic() || matches!(it, '-' | '/' | '\'' | '’'))
}

/// The time of day among the words behind a year, with its half of the day, when its zone follows.
fn time(words: &[&str]) -> Option<String> {
    let is_clock = |it: &str| {
        let (hour, minute) = it.split_once(':').unwrap_or_default();
        hour.parse::<u8>().is_ok_and(|it| it < 25)
            && minute.len() >= 2
            && minute.starts_with(|it: char| it.is_ascii_digit())
    };
    let is_zone = |it: &str| {
        let letters = it.bytes().take_while(u8::is_ascii_uppercase).count();
        (2..=5).contains(&letters)
            && it.bytes().skip(letters).all(|it| it.is_ascii_digit() || b"+-:".contains(&it))
    };
    let clock = words.iter().position(|it| is_clock(it))?;
    let half = words
        .get(clock + 1)
        .is_some_and(|it| matches!(it.to_lowercase().as_str(), "am" | "pm" | "a.m." | "p.m."));
    let zone = clock + 1 + usize::from(half);
    words.get(zone).filter(|it| is_zone(it))?;
    Some(words.get(clock..=zone)?.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_cut_out_of_its_line() {
        for (line, date, exactness) in [
            ("January 11, 2010 Monday", "January 11, 2010", Exactness::Day),
            ("January 11, 2010 Monday 9:20 AM", "January 11, 2010", Exactness::Day),
            ("May 2, 2002, Thursday,, FINAL EDITION", "May 2, 2002", Exactness::Day),
            ("27. Februar 2012 Montag 9:50 PM GMT+1", "27. Februar 2012 9:50 PM GMT+1", Exactness::Day),
            ("July 1, 2019 Monday 9:20 AM GMT", "July 1, 2019 9:20 AM GMT", Exactness::Day),
            ("lundi 3 mars 2008", "lundi 3 mars 2008", Exactness::Day),
            ("3 de marzo de 2008 lunes", "3 de marzo de 2008", Exactness::Day),
            ("1er mars 2008", "1er mars 2008", Exactness::Day),
            ("Montag 03.03.2008", "Montag 03.03.2008", Exactness::Day),
            ("2008-03-03", "2008-03-03", Exactness::Day),
            ("2008年3月3日 星期一", "2008年3月3日", Exactness::Day),
            ("March 2008", "March 2008", Exactness::Coarse),
            ("Winter, 2011 Edition 2", "Winter, 2011", Exactness::Coarse),
        ] {
            let read = read(line).map(|it| (it.instant.unwrap_or(it.day), it.exactness));
            assert_eq!(read, Some((date.to_owned(), exactness)), "{line}");
        }
        for line in [
            "Election 2012 was close",
            "Covid-19, part 1",
            "2000 um 4",
            "Sales of $2010 in May 3",
            "Nine boats sail",
            "From 3 to 9 May 2012",
            "(May 3, 2012)",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
