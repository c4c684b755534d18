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
//!
//! [[apart]]                                   # one name, two people: told apart by words of their roles
//! names = ["Tom Berg (skipper)", "Tom Berg (constable)"]
//! ```

use std::collections::HashMap;

use serde::Deserialize;

use morgue_core::{Written, Wrong, article::SpeakerKind};

use super::{
    block::block_of,
    name::{Name, qualified},
};
use crate::fold::name_words;

/// The decisions of a `people.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    people: Vec<CorrectedPerson>,
    /// The person of each name.
    entries: HashMap<String, usize>,
    /// The lists of different people that each name stands in.
    apart: HashMap<String, Vec<usize>>,
    /// The brackets that tell the bearers of a name apart.
    qualifiers: HashMap<String, Vec<String>>,
    /// The blocks of the names of each entry.
    blocks: Vec<Vec<String>>,
}

/// One person as the corrections have them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CorrectedPerson {
    /// The name to show.
    pub name: String,
    /// What tells this person from another of that name.
    pub qualifier: Option<String>,
    /// The role to show instead of those of the articles.
    pub role: Option<String>,
}

/// Why a `people.toml` cannot be used, with the line.
#[derive(Debug, thiserror::Error)]
#[error("people.toml:{0}")]
pub struct CorrectionsError(#[from] Wrong);

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    person: Vec<PersonEntry>,
    #[serde(default)]
    apart: Vec<ApartEntry>,
}

#[derive(Deserialize)]
struct PersonEntry {
    name: String,
    #[serde(default)]
    names: Vec<String>,
    role: Option<String>,
}

#[derive(Deserialize)]
struct ApartEntry {
    names: Vec<String>,
}

impl Corrections {
    /// Reads the text of a `people.toml`.
    pub fn parse(text: &str) -> Result<Corrections, CorrectionsError> {
        let written = Written::parse(text)?;
        written.expect_keys(&[], "table", &["person", "apart"])?;
        for (list, keys) in [("person", &["name", "names", "role"][..]), ("apart", &["names"])] {
            for n in 0..written.len(&[list]) {
                written.expect_keys(&[list, &n.to_string()], &format!("key of [[{list}]]"), keys)?;
            }
        }
        let file: File = written.read()?;
        let wrong = |list: &str, entry: usize, name: usize, reason: String| {
            written.wrong(&[list, &entry.to_string(), "names", &name.to_string()], reason)
        };
        let mut corrections = Corrections::default();
        for entry in file.person {
            corrections.blocks.push(entry.names.iter().chain([&entry.name]).map(|it| block(it)).collect());
            let index = corrections.people.len();
            for (n, name) in entry.names.iter().chain([&entry.name]).enumerate() {
                let key = corrections.key_of(name);
                if *corrections.entries.entry(key).or_insert(index) != index {
                    return Err(wrong("person", index, n, format!("`{name}` is given to two people")).into());
                }
            }
            let (name, qualifier) = qualified(&entry.name);
            corrections.people.push(CorrectedPerson {
                name: name.to_owned(),
                qualifier: qualifier.map(str::to_owned),
                role: entry.role,
            });
        }
        for (index, list) in file.apart.iter().enumerate() {
            corrections.blocks.push(list.names.iter().map(|it| block(it)).collect());
            // The first name of each person that the list keeps apart.
            let mut first: HashMap<usize, (String, &String)> = HashMap::new();
            for (n, name) in list.names.iter().enumerate() {
                let key = corrections.key_of(name);
                if let Some(entry) = corrections.entry(&key) {
                    let (known, other) = first.entry(entry).or_insert_with(|| (key.clone(), name));
                    if *known != key {
                        let said = format!("`{other}` and `{name}` are one person, and are said to be two");
                        return Err(wrong("apart", index, n, said).into());
                    }
                }
                corrections.apart.entry(key).or_default().push(index);
            }
        }
        Ok(corrections)
    }

    /// Whether it decides nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.apart.is_empty()
    }

    /// The blocks of the names of each entry: those of one entry are worked out together.
    pub fn blocks(&self) -> &[Vec<String>] {
        &self.blocks
    }

    /// Whether they speak of a name, given its folded words.
    pub(super) fn names(&self, key: &str) -> bool {
        self.entries.contains_key(key) || self.apart.contains_key(key)
    }

    /// The index of the person whom a name belongs to by these corrections.
    pub(super) fn entry(&self, key: &str) -> Option<usize> {
        self.entries.get(key).copied()
    }

    /// That person.
    pub(super) fn person(&self, entry: usize) -> &CorrectedPerson {
        &self.people[entry]
    }

    /// The brackets by which they tell the bearers of a name apart, folded.
    pub(super) fn qualifiers(&self, key: &str) -> &[String] {
        self.qualifiers.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether two names are said to be different people: in one `apart`, or of two `person`
    /// entries.
    pub(super) fn keeps_apart(&self, one: &str, other: &str) -> bool {
        let two_people =
            matches!((self.entry(one), self.entry(other)), (Some(one), Some(other)) if one != other);
        let lists = |key: &str| self.apart.get(key).map(Vec::as_slice).unwrap_or_default();
        two_people || one != other && lists(one).iter().any(|it| lists(other).contains(it))
    }

    /// The folded words of a name as somebody writes it, with its bracket, which is noted.
    fn key_of(&mut self, name: &str) -> String {
        let (name, qualifier) = qualified(name);
        let mut name = Name::read(name, SpeakerKind::Person);
        if name.words.len() > 1 && name.words[0] == "the" {
            name.words.remove(0);
        }
        let key = name.key();
        let Some(qualifier) = qualifier else { return key };
        let qualifier = name_words(qualifier).join(" ");
        let known = self.qualifiers.entry(key.clone()).or_default();
        if !known.contains(&qualifier) {
            known.push(qualifier.clone());
        }
        format!("{key} ({qualifier})")
    }
}

/// The block of a name as somebody writes it, without its bracket.
fn block(name: &str) -> String {
    block_of(qualified(name).0, SpeakerKind::Person)
}
