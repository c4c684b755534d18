//! How what a note advises is done at each door: on the command line, on a page, by a program.
//!
//! Notes are sentences in the words of the command line. What is done otherwise elsewhere is named
//! here once, with the words for each door.

use std::borrow::Cow;

/// Where an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// In a terminal.
    CommandLine,
    /// On a page, by links and boxes.
    Page,
    /// By a program, through parameters of an address.
    Data,
}

/// What is advised: in the words of the command line, then on a page and through an address.
const ADVICE: [[&str; 3]; 4] = [
    [ALL, "“everybody”", "`all=1`"],
    [SOURCES, "the start page names those there are", "`facets=source` counts those there are"],
    [DIALECT, "", ""],
    ["give one of these names, or", "choose one of these, or", "give one of these names, or"],
];

/// For everybody whom a name fits.
pub(super) const ALL: &str = "`--all`";
/// Where the names of all sources are.
pub(super) const SOURCES: &str = "`morgue facets source` gives those there are";
/// That other services read `%` otherwise.
const DIALECT: &str = ", and `--dialect westlaw` reads `%`";

impl Door {
    /// A note as it is said here.
    pub fn says(self, note: &str) -> Cow<'_, str> {
        let at = match self {
            Door::CommandLine => return Cow::Borrowed(note),
            Door::Page => 1,
            Door::Data => 2,
        };
        let mut said = Cow::Borrowed(note);
        for advice in ADVICE.iter().filter(|it| note.contains(it[0])) {
            said = Cow::Owned(said.replace(advice[0], advice[at]));
        }
        match searched(&said) {
            Some(searched) => Cow::Owned(searched),
            None => said,
        }
    }
}

/// A note that names a whole command line of a search, with the query alone instead.
fn searched(note: &str) -> Option<String> {
    let (before, rest) = note.split_once("`morgue search ")?;
    let (typed, after) = rest.split_once('`')?;
    Some(format!("{before}searching `{}`{after}", typed.trim_matches('\'')))
}

/// Whether a note says how to have what everybody said whom a name fits.
pub fn offers_everybody(note: &str) -> bool {
    note.contains(ALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_door_has_its_own_way() {
        for (note, page, data) in [
            (
                "`lund` is also Bo Lund (3); `--all` gives everybody's",
                "`lund` is also Bo Lund (3); “everybody” gives everybody's",
                "`lund` is also Bo Lund (3); `all=1` gives everybody's",
            ),
            (
                "no source is called `x`; `morgue facets source` gives those there are",
                "no source is called `x`; the start page names those there are",
                "no source is called `x`; `facets=source` counts those there are",
            ),
            (
                "`mayor` is a role, of Ada Rusk (3); `morgue search 'role:\"mayor\"'` finds what they said in it",
                "`mayor` is a role, of Ada Rusk (3); searching `role:\"mayor\"` finds what they said in it",
                "`mayor` is a role, of Ada Rusk (3); searching `role:\"mayor\"` finds what they said in it",
            ),
            ("no passage has `--allx`", "no passage has `--allx`", "no passage has `--allx`"),
        ] {
            assert_eq!(Door::Page.says(note), page);
            assert_eq!(Door::Data.says(note), data);
            assert_eq!(Door::CommandLine.says(note), note);
        }
    }
}
