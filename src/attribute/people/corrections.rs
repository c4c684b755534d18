//! `people.toml` → what a newsroom has decided about who is who.
//!
//! ```toml
//! [[person]]                                  # these names are one person
//! name  = "Ada Lund"
//! names = ["A. Lund", "Ada Lund-Berg"]
//! role  = "mayor of Osby"                     # replaces the roles of the articles
//!
//! [[apart]]                                   # these are different people, whatever the rules say
//! names = ["John Berg", "John P. Berg"]
//! ```

use serde::Deserialize;

use super::super::fold::fold;

/// The decisions of a `people.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    people: Vec<CorrectedPerson>,
    apart: Vec<Vec<String>>,
}

/// One person as the corrections have them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CorrectedPerson {
    /// The name to show.
    pub(super) name: String,
    /// The role to show instead of those of the articles.
    pub(super) role: Option<String>,
    keys: Vec<String>,
}

/// Why a `people.toml` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CorrectionsError {
    /// It is no TOML, or not of this form.
    #[error("people.toml: {}", .0.message())]
    Form(toml::de::Error),
    /// One name belongs to two people.
    #[error("people.toml gives `{0}` to two people")]
    Twice(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    person: Vec<PersonEntry>,
    #[serde(default)]
    apart: Vec<ApartEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonEntry {
    name: String,
    #[serde(default)]
    names: Vec<String>,
    role: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApartEntry {
    names: Vec<String>,
}

impl Corrections {
    /// Reads the text of a `people.toml`.
    pub fn parse(text: &str) -> Result<Corrections, CorrectionsError> {
        let file: File = toml::from_str(text).map_err(CorrectionsError::Form)?;
        let mut people: Vec<CorrectedPerson> = Vec::new();
        for entry in file.person {
            let mut keys: Vec<String> = Vec::new();
            for name in entry.names.iter().chain([&entry.name]) {
                let key = key_of(name);
                if people.iter().any(|it| it.keys.contains(&key)) {
                    return Err(CorrectionsError::Twice(name.clone()));
                }
                keys.push(key);
            }
            people.push(CorrectedPerson { name: entry.name, role: entry.role, keys });
        }
        let apart = file.apart.iter().map(|it| it.names.iter().map(|it| key_of(it)).collect()).collect();
        Ok(Corrections { people, apart })
    }

    /// Whether it decides nothing.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.apart.is_empty()
    }

    /// Whether they speak of a name, given its folded words.
    pub(super) fn names(&self, key: &str) -> bool {
        self.entry(key).is_some() || self.apart.iter().flatten().any(|it| it == key)
    }

    /// The index of the person whom a name belongs to by these corrections.
    pub(super) fn entry(&self, key: &str) -> Option<usize> {
        self.people.iter().position(|it| it.keys.iter().any(|it| it == key))
    }

    /// That person.
    pub(super) fn person(&self, entry: usize) -> &CorrectedPerson {
        &self.people[entry]
    }

    /// Whether two names are said to be different people: in one `apart`, or of two `person` entries.
    pub(super) fn keeps_apart(&self, one: &str, other: &str) -> bool {
        let entries = (self.entry(one), self.entry(other));
        let two_people = matches!(entries, (Some(one), Some(other)) if one != other);
        let holds = |list: &[String], key: &str| list.iter().any(|it| it == key);
        two_people || one != other && self.apart.iter().any(|it| holds(it, one) && holds(it, other))
    }
}

/// The folded words of a name as the corrections write it.
fn key_of(name: &str) -> String {
    let words: Vec<String> = name.split([' ', '\u{a0}', ',']).map(fold).filter(|it| !it.is_empty()).collect();
    words.join(" ")
}
