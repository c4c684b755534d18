//! Finds the section an article stood in: a field of the format, or the line of breadcrumbs above a
//! headline.

use super::{
    lexicon::{List, contains},
    url::host,
    weigh::{Reading, Weighed, weigh},
};
use morgue_core::article::{Field, FieldName, Trust};

/// Weighs the sections given; of a path such as `News/World` the whole is kept. Those that differ in
/// capitals only are one: `NEWS` and `news` are `News`, unless a sidecar says so.
///
/// A list of tags (`game,news,slider`) is no section: the first of them that sites call a section
/// counts, or else the first of two with capitals, behind a section that stands alone.
pub(super) fn section(fields: &[Field]) -> Weighed<String> {
    weigh(FieldName::Section, fields, |field| {
        let value = field.value.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(tags) = tags(&value) {
            let known = tags.iter().find(|it| contains(List::Section, &it.to_lowercase()));
            let capitals = tags.len() == 2 && tags.iter().all(|it| it.starts_with(char::is_uppercase));
            let named = |it: &&&str| capitals && !contains(List::NoSection, &it.to_lowercase());
            let section = known.or_else(|| tags.iter().find(named))?;
            return Some(Reading { value: in_usual_letters(section), rank: 1 });
        }
        let lower = value.to_lowercase();
        let named = value.chars().any(char::is_alphabetic) && value.chars().count() <= 80;
        let nothing = contains(List::NoSection, &lower) || host(&lower).is_some();
        let as_written = field.origin.trust == Trust::Sidecar;
        let value = if as_written { value } else { in_usual_letters(&value) };
        (named && !nothing).then(|| Reading::plain(value))
    })
}

/// Initials in the names of sections; those without a vowel (`NFL`, `TV`) need no list.
const INITIALS: [&str; 24] = [
    "us", "uk", "eu", "un", "usa", "uae", "nba", "wnba", "ncaa", "ufc", "mma", "ai", "nato", "nasa", "diy",
    "epl", "ipl", "nyc", "u.s.", "u.k.", "q&a", "nrl", "afl", "lgbtqia",
];

/// Small words within the name of a section.
const SMALL: [&str; 24] = [
    "a", "and", "at", "for", "from", "in", "of", "on", "or", "the", "to", "und", "e", "et", "y", "de", "des",
    "del", "du", "da", "di", "la", "en", "der",
];

/// The name with a capital at each word but small ones within, however it was written; what has
/// capitals within a word and small letters (`McAllen`) stays.
fn in_usual_letters(section: &str) -> String {
    let mixed = section.contains(char::is_lowercase);
    let mut out = String::with_capacity(section.len());
    for (at, word) in section.split_inclusive([' ', '-', '/', '&', '(', '>']).enumerate() {
        let bare = word.trim_end_matches([' ', '-', '/', '&', '(', '>', ',', ')']);
        let lower = bare.to_lowercase();
        let vowels = "aeiouyäöüáéíóúàèìòùâêîôûåøæ";
        let latin = !bare.is_empty() && bare.bytes().all(|it| it.is_ascii_alphabetic());
        let consonants = latin && (2..=5).contains(&bare.len()) && !lower.contains(|c| vowels.contains(c));
        let initials = INITIALS.contains(&lower.as_str())
            || consonants && !["st", "vs", "mr", "mrs", "dr", "und"].contains(&lower.as_str());
        if mixed && bare.chars().skip(1).any(char::is_uppercase) {
            out.push_str(bare);
        } else if initials {
            out.push_str(&bare.to_uppercase());
        } else if at > 0 && SMALL.contains(&lower.as_str()) {
            out.push_str(&lower);
        } else {
            let mut chars = lower.chars();
            out.extend(chars.next().into_iter().flat_map(char::to_uppercase).chain(chars));
        }
        out.push_str(&word[bare.len()..]);
    }
    out
}

/// The tags of a list: three and more between commas, or two without a space or a capital; `Arts,
/// Culture` is a section.
fn tags(value: &str) -> Option<Vec<&str>> {
    let mark = [';', '|', ','].into_iter().find(|it| value.contains(*it))?;
    let tags: Vec<&str> = value.split(mark).map(str::trim).filter(|it| !it.is_empty()).collect();
    let joined = tags
        .last()
        .is_some_and(|it| ["and ", "& ", "und ", "et ", "y "].iter().any(|joiner| it.starts_with(joiner)));
    let tight = !value.contains(&format!("{mark} "));
    let small = tags.iter().all(|it| it.starts_with(char::is_lowercase));
    (tags.len() >= 3 && !joined || tags.len() == 2 && (mark != ',' || tight || small)).then_some(tags)
}

/// The section in a line of breadcrumbs, `Home > World > Asia`: the first after the start page.
pub(super) fn of_breadcrumbs(line: &str) -> Option<&str> {
    if line.len() > 200 {
        return None;
    }
    let mark = ['>', '»', '›', '→'].into_iter().find(|it| line.contains(*it))?;
    let mut crumbs = line.split(mark).map(str::trim);
    let is_start = contains(List::StartPage, &crumbs.next()?.to_lowercase());
    let section = crumbs.next().filter(|it| !it.is_empty() && it.split_whitespace().count() <= 4)?;
    is_start.then_some(section)
}

#[cfg(test)]
mod tests {
    use super::in_usual_letters;

    #[test]
    fn names_that_differ_in_capitals_only_are_one() {
        for (spellings, expected) in [
            (&["harbor", "HARBOR", "Harbor"][..], "Harbor"),
            (&["harbor life", "HARBOR LIFE", "Harbor life"], "Harbor Life"),
            (&["us news", "US NEWS", "US News"], "US News"),
            (&["u.s.", "U.S."], "U.S."),
            (&["tv & radio", "TV & RADIO", "TV & Radio"], "TV & Radio"),
            (&["arts and books", "ARTS AND BOOKS", "Arts and Books"], "Arts and Books"),
            (&["sport/boats", "SPORT/BOATS", "Sport/Boats"], "Sport/Boats"),
            (&["économie", "ÉCONOMIE"], "Économie"),
            (&["McOsby News"], "McOsby News"),
            (&["сегодня", "СЕГОДНЯ"], "Сегодня"),
            (&["国际"], "国际"),
        ] {
            for spelling in spellings {
                assert_eq!(in_usual_letters(spelling), expected, "{spelling}");
            }
        }
    }
}
