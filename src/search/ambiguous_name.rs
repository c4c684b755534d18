//! A name that several people have, with who they are, for whoever typed it.

use std::fmt;

use morgue_core::number;

use crate::{article::SpeakerKind, attribute::people::Person};

use super::door::ALL;

/// A name that several people have.
#[derive(Debug)]
pub struct AmbiguousName {
    pub(super) typed: String,
    /// Those who have it, most quoted first.
    pub candidates: Vec<Person>,
    /// Where the name is a role of others: who they are, a sentence.
    pub(super) role: Option<String>,
}

/// So many people are named when a name fits several.
const CANDIDATES_MAX: usize = 20;

impl std::error::Error for AmbiguousName {}

impl fmt::Display for AmbiguousName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "`{}` is several people; give one of these names, or {ALL} for everybody:", self.typed)?;
        let width = |of: fn(&Person) -> usize| {
            self.candidates.iter().map(|it| number(of(it)).len()).max().unwrap_or(1)
        };
        let (quotes, articles) = (width(|it| it.n_quotes), width(|it| it.n_articles));
        for (index, it) in self.candidates.iter().take(CANDIDATES_MAX).enumerate() {
            let bare = match it.kind {
                SpeakerKind::Person if it.is_bare() => " (no first name given)",
                SpeakerKind::Person => "",
                SpeakerKind::Organisation => " (organisation)",
                SpeakerKind::Group => " (group)",
                SpeakerKind::Unknown => " (unnamed)",
            };
            let role = it.roles.first().map_or_else(String::new, |it| format!(", {}", it.role));
            let line = if index == 0 { "" } else { "\n" };
            let (name, n, m) = (it.full_name(), number(it.n_quotes), number(it.n_articles));
            let years = it.years().map_or_else(String::new, |it| format!(", {it}"));
            write!(f, "{line}  {n:>quotes$} in {m:>articles$}  {name}{bare}{role}{years}")?;
        }
        if self.candidates.len() > CANDIDATES_MAX {
            write!(f, "\n  and {} more", number(self.candidates.len() - CANDIDATES_MAX))?;
        }
        match &self.role {
            Some(role) => write!(f, "\n{role}"),
            None => Ok(()),
        }
    }
}
