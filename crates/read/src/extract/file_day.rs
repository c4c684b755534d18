//! Reads a day from the name of a file or its folders, `2019/07/10/hill.txt` or
//! `2019-07-10-hill.txt`: the last resort for an article that nothing else dates.
//!
//! The name goes before the folders, and inner folders before outer ones. Numbers that are days of
//! no calendar, parts of longer numbers, versions and telephone numbers are no dates. A folder named
//! by a year gives the year.

use super::written_date::{self, read_date};
use morgue_core::article::{Field, FieldName, Published, Trust};

/// Years that folders and names without marks between their numbers are read as. Printed news are
/// older, but so are few names of files; ids and telephone numbers lie around.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2049;

/// A path is read this far from its end, in bytes.
const PATH_BYTES_MAX: usize = 1_000;

/// The date that a path names, as a field trusted less than any other.
pub(super) fn of_path(path: &str) -> Option<Field> {
    let path = &path[path.ceil_char_boundary(path.len().saturating_sub(PATH_BYTES_MAX))..];
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let field =
        |date: Published, rule| Field::new(FieldName::Date, &date.to_string(), Trust::Name, rule, path);
    let of_name = of_part(stem(name));
    let of_folders = of_folders(folders);
    match (of_name, of_folders) {
        (Some(date @ Published::Day(_)), _) => Some(field(date, "file name")),
        (_, Some(date @ Published::Day(_))) => Some(field(date, "folders")),
        (Some(date), _) => Some(field(date, "file name")),
        (None, date) => date.map(|it| field(it, "folders")),
    }
}

/// The name up to its extensions: `2019.07.10-hill.txt.gz` is `2019.07.10-hill`.
fn stem(name: &str) -> &str {
    let extension = |it: &str| {
        (1..=6).contains(&it.len())
            && it.starts_with(|c: char| c.is_ascii_alphabetic())
            && it.bytes().all(|it| it.is_ascii_alphanumeric())
    };
    let mut stem = name;
    while let Some((before, _)) = stem.rsplit_once('.').filter(|it| extension(it.1) && !it.0.is_empty()) {
        stem = before;
    }
    stem
}

/// `2019/07/10`, `2019/07`, `2019-07-10`, `2019`, the innermost first.
fn of_folders(folders: &str) -> Option<Published> {
    let parts: Vec<&str> = folders.split('/').collect();
    let year_of = |at: usize| parts.get(at).and_then(|it| year(it));
    let dated = (0..parts.len()).rev().find_map(|at| {
        let year = year_of(at)?;
        let of = |numbers: &[&str]| read_date(&format!("{year}-{}", numbers.join("-")));
        let number = |it: &&&str| it.len() <= 2 && it.bytes().all(|it| it.is_ascii_digit());
        let month = parts.get(at + 1).filter(number);
        let day = month.and_then(|_| parts.get(at + 2)).filter(number);
        match (month, day) {
            (Some(month), Some(day)) => of(&[month, day]),
            (Some(month), None) => of(&[month]),
            (None, _) => None,
        }
    });
    dated
        .or_else(|| parts.iter().rev().find_map(|it| of_part(it)))
        .or_else(|| (0..parts.len()).rev().find_map(year_of).map(Published::Year))
}

fn year(text: &str) -> Option<i16> {
    let digits = text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|it| digits && YEARS.contains(it))
}

/// The first day in one name, or else its first month: `OrlePost_2019-01-03_mill`, `20190710_hill`,
/// `10 July 2019`, `2019-07`.
fn of_part(name: &str) -> Option<Published> {
    let numbers = numbers(name);
    let day = numbers.iter().enumerate().find_map(|(at, _)| day_at(name, &numbers[at..], at > 0));
    day.or_else(|| day_in_words(name)).or_else(|| {
        numbers.windows(2).enumerate().find_map(|(at, pair)| {
            let apart = at + 2 == numbers.len() || !is_joined(name, &numbers[at + 1], &numbers[at + 2]);
            let alone = at == 0 || !is_joined(name, &numbers[at - 1], &numbers[at]);
            let text = joined(name, pair).filter(|it| it.len() == 7 && apart && alone)?;
            year(&text[..4])?;
            read_date(text).filter(|it| matches!(it, Published::Month(..)))
        })
    })
}

/// A number of a name, as a range of bytes.
type Number = std::ops::Range<usize>;

/// The numbers of a name that no letter touches; `20190710T1530` is a day and a time.
fn numbers(name: &str) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    for (at, _) in name.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        match numbers.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => numbers.push(at..at + 1),
        }
    }
    let free = |it: &Number| {
        let before = name[..it.start].chars().next_back();
        let mut after = name[it.end..].chars();
        let (next, then) = (after.next(), after.next());
        let time = next == Some('T') && then.is_some_and(|it| it.is_ascii_digit());
        before.is_none_or(|it| !it.is_alphanumeric()) && (time || next.is_none_or(|it| !it.is_alphanumeric()))
    };
    numbers.retain(free);
    numbers
}

/// The mark between two numbers, when it is one that dates are written with.
fn mark(name: &str, first: &Number, second: &Number) -> Option<char> {
    let between = name.get(first.end..second.start)?;
    let mut chars = between.chars();
    chars.next().filter(|it| matches!(it, '-' | '_' | '.') && chars.next().is_none())
}

fn is_joined(name: &str, first: &Number, second: &Number) -> bool {
    mark(name, first, second).is_some()
}

/// The text of numbers with one mark between all of them.
fn joined<'a>(name: &'a str, numbers: &[Number]) -> Option<&'a str> {
    let marks: Vec<Option<char>> = numbers.windows(2).map(|it| mark(name, &it[0], &it[1])).collect();
    let one = marks.iter().all(|it| it.is_some() && *it == marks[0]);
    let (first, last) = (numbers.first()?, numbers.last()?);
    one.then(|| &name[first.start..last.end])
}

/// `2019-07-10`, `2019_07_10`, `10.07.2019` or `20190710` at the first of the numbers.
fn day_at(name: &str, numbers: &[Number], follows: bool) -> Option<Published> {
    let first = &numbers[0];
    let before = name[..first.start].chars().next_back();
    let after_digit =
        name[..first.start].trim_end_matches(['-', '_', '.']).ends_with(|c: char| c.is_ascii_digit());
    if first.len() == 8 {
        // Behind a number and a mark, eight digits are the rest of one: `555-20190710`.
        let rest_of_number = follows && after_digit && matches!(before, Some('-' | '.'));
        year(&name[first.start..first.start + 4]).filter(|_| !rest_of_number)?;
        return read_date(&name[first.clone()]).filter(|it| matches!(it, Published::Day(_)));
    }
    let three = numbers.get(..3)?;
    let text = joined(name, three)?;
    let same = mark(name, &three[0], &three[1]);
    // The same mark goes on before or behind: a telephone number, a version.
    let goes_on_before = follows && after_digit && before == same;
    let goes_on = same == Some('.') && numbers.get(3).is_some_and(|it| mark(name, &three[2], it) == same);
    let iso = first.len() == 4 && year(&name[first.clone()]).is_some();
    let european = three[2].len() == 4 && year(&name[three[2].clone()]).is_some();
    let two_digits = if iso { three[1].len() == 2 && three[2].len() == 2 } else { european };
    if goes_on_before || goes_on || !two_digits {
        return None;
    }
    read_date(&text.replace('_', "-")).filter(|it| matches!(it, Published::Day(_)))
}

/// `10 July 2019`, `july-10-2019`: three words in a row, one the name of a month.
fn day_in_words(name: &str) -> Option<Published> {
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    words.windows(3).find_map(|it| {
        let named = it.iter().filter(|it| it.chars().all(char::is_alphabetic)).count() == 1;
        let text = it.join(" ");
        written_date::read_date(&text).filter(|it| named && matches!(it, Published::Day(_)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_tells_a_day_a_month_or_a_year() {
        for (path, expected) in [
            ("corpus/2019-07-10-hill.txt", "2019-07-10 file name"),
            ("corpus/2019-01-02 Harbor plan.txt", "2019-01-02 file name"),
            ("corpus/20190710_hill.txt", "2019-07-10 file name"),
            ("corpus/OrlePost_2019-01-03_mill.txt", "2019-01-03 file name"),
            ("corpus/hill-2019_01_03.txt.gz", "2019-01-03 file name"),
            ("corpus/001_2019-01-03-2.txt", "2019-01-03 file name"),
            ("corpus/20190710T1530-hill.md", "2019-07-10 file name"),
            ("corpus/2019-07-10-15-30-00.txt", "2019-07-10 file name"),
            ("corpus/10.07.2019 Hill.txt", "2019-07-10 file name"),
            ("corpus/Hill, 10 July 2019.txt", "2019-07-10 file name"),
            ("corpus/hill-july-10-2019.html", "2019-07-10 file name"),
            ("corpus/2019/07/10/hill.txt", "2019-07-10 folders"),
            ("corpus/post/2019-07-10/hill.txt", "2019-07-10 folders"),
            ("corpus/2019/2019-07/hill.txt", "2019-07 folders"),
            ("corpus/2019-07/hill.txt", "2019-07 folders"),
            ("corpus/2019/7/hill.txt", "2019-07 folders"),
            ("corpus/2019-07 hill.txt", "2019-07 file name"),
            ("corpus/2019/hill.txt", "2019 folders"),
            ("2018/2019-07-10.txt", "2019-07-10 file name"),
            ("2019/07/10/2019-07-hill.txt", "2019-07-10 folders"),
        ] {
            let field = of_path(path).unwrap_or_else(|| panic!("{path}"));
            assert_eq!(format!("{} {}", field.value, field.origin.rule), expected, "{path}");
        }
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for path in [
            "corpus/555-2019-0710.txt",
            "corpus/555-2019-07-10.txt",
            "corpus/0049-20190710.txt",
            "corpus/hill.txt",
            "corpus/2019-02-30-hill.txt",
            "corpus/20191310_hill.txt",
            "corpus/hill-v2019.07.10.txt",
            "corpus/2019.07.10.1.txt",
            "corpus/id120190710.txt",
            "corpus/3019-07-10.txt",
            "corpus/65120710.txt",
            "corpus/190710_hill.txt",
            "corpus/1200/hill.txt",
            "corpus/2019-hill.txt",
            "corpus/03-04-2019 hill.txt",
            "corpus/12-2019-07.txt",
            "corpus/may-2-strikes.txt",
        ] {
            assert_eq!(of_path(path), None, "{path}");
        }
    }
}
