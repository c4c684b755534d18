//! Tells the codes that agencies and editors put above a story, which are no headlines: `URGENT`,
//! `$Adv09`, `BC-Harbor-Vote, 1st Ld`, `r a AM-Harbor 03-05 0342`.
//!
//! Forms after ANPA-1312 and the Associated Press's slugs: a cycle (`AM`, `PM`, `BC` for both), words
//! joined by hyphens, then versions, lengths and days.

use super::dateline::is_agency;

/// The most words of a code.
const WORDS_MAX: usize = 12;

/// Words that may stand beside a slug: of versions, budgets and priorities.
const VERSIONS: [&str; 13] =
    ["add", "adv", "bjt", "box", "eds", "insert", "ld", "lead", "rewrite", "sub", "take", "writethru", "wr"];

/// Words that are a code when nothing but codes stands beside them.
const ALERTS: [&str; 12] = [
    "URGENT",
    "BULLETIN",
    "FLASH",
    "NEWSALERT",
    "ADVISORY",
    "SNAP",
    "HFR",
    "HOLD",
    "EMBARGOED",
    "WRITETHRU",
    "BREAKING",
    "EDS",
];

/// Whether a line is a code and nothing else.
pub(super) fn is_code(line: &str) -> bool {
    let line = line.trim().trim_start_matches('^').trim_end_matches('<').trim();
    if line.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("$adv")) {
        return true;
    }
    // `Eds: With photos. Will be updated.`
    if line.get(..5).is_some_and(|it| it.eq_ignore_ascii_case("eds: ")) {
        return true;
    }
    let parted = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '_' | '(' | ')');
    let words: Vec<&str> = line.split(parted).filter(|it| !it.is_empty()).take(WORDS_MAX + 1).collect();
    let open = |it: &&str| is_slug(it) || ALERTS.contains(it);
    // `BC-US--Harbor Vote,120`: two hyphens set the place of the story apart.
    let placed = words.first().is_some_and(|it| is_slug(it) && it.contains("--"));
    words.len() <= WORDS_MAX
        && (placed
            || words.iter().any(open) && words.iter().all(|it| open(it) || is_mark(it) || is_agency(it)))
}

/// A headline without the marks that open and close its line for a typesetter: `^Strike ends<`.
pub(super) fn without_marks(line: &str) -> &str {
    line.strip_prefix('^').map_or(line, |it| it.trim_end_matches('<').trim())
}

/// `BC-Harbor-Vote`
fn is_slug(word: &str) -> bool {
    let rest = ["BC-", "AM-", "PM-"].iter().find_map(|it| word.strip_prefix(it));
    rest.is_some_and(|it| it.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '-'))
}

/// `1st`, `Ld-Writethru`, `0342`, `03-05`, `r`.
fn is_mark(word: &str) -> bool {
    let part = |it: &str| {
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| it.strip_suffix(end)).unwrap_or(it);
        VERSIONS.contains(&it) || ordinal.bytes().all(|it| it.is_ascii_digit())
    };
    word.chars().count() == 1 || word.to_lowercase().trim_start_matches('$').split('-').all(part)
}

#[cfg(test)]
mod tests {
    use super::{is_code, without_marks};

    #[test]
    fn codes_are_told_from_headlines() {
        for code in [
            "URGENT",
            "$Adv09",
            "$Adv 12",
            "$adv14 For Sunday",
            "BC-Harbor-Vote",
            "AM-Harbor-Vote, 1st Ld-Writethru",
            "PM-Harbor, Bjt,0723",
            "^BC-Harbor-Vote<",
            "r a BC-Harbor-Vote 03-05 0342",
            "u i AM-Harbor",
            "BULLETIN",
            "BC-US--Harbor Vote,120",
            "URGENT BC-Harbor",
            "BC-Harbor-Vote, 2nd Add",
            "Eds: With photos of the quay. Will be updated.",
            "EDS: SUBS 3rd graf",
            "eds: adds quote",
            "FLASH (Reuters)",
            "URGENT (UPI)",
            "HFR",
            "HOLD",
        ] {
            assert!(is_code(code), "{code}");
        }
        for headline in [
            "Eds and Sons Close",
            "Hold the line",
            "AP",
            "Urgent repairs for the harbor",
            "AM-FM Radio Merger Approved",
            "PM-Designate Names Cabinet",
            "BC Ferries Raises Fares",
            "URGENT: Harbor closed",
            "Harbor vote",
            "$9 million for the quay",
            "1st",
            "PM says no",
            "",
        ] {
            assert!(!is_code(headline), "{headline}");
        }
        assert_eq!(without_marks("^Harbor vote passes<"), "Harbor vote passes");
        assert_eq!(without_marks("Fewer than 3<5"), "Fewer than 3<5");
    }
}
