//! One file of the table: the people of some groups, each readable alone.

use std::ops::Range;

use crate::{
    article::SpeakerKind,
    attribute::people::{Pair, Person},
    index::Kept,
};

use super::{
    keys::{self, NameKeys},
    layout::{
        GROUP_BYTES, Header, KEY_BYTES, N_SECTIONS, NO_DAY, OWN_NAME, PAIR_BYTES, PERSON_BYTES, Section,
        WORD_BYTES,
    },
    pages::{Damage, Pages, Result, u32_at, u64_at},
    rows,
    summary::Summary,
};

/// What there is of a group.
pub(super) struct GroupEntry {
    pub names: Vec<((String, SpeakerKind), NameKeys)>,
    pub people: Range<u32>,
    pub pairs: Range<u32>,
}

/// A file that was opened. Numbers of people, pairs and groups count from 0.
pub(super) struct Layer {
    pages: Pages,
    pub header: Header,
    sections: Vec<Range<usize>>,
}

impl Layer {
    pub(super) fn open(file: Kept) -> Result<Layer> {
        let pages = Pages::open(file)?;
        let header: Header = postcard::from_bytes(pages.header()?).map_err(|_| Damage)?;
        if header.sections.len() != N_SECTIONS {
            return Err(Damage);
        }
        let place = |it: u64| usize::try_from(it).map_err(|_| Damage);
        let sections =
            header.sections.iter().map(|(from, to)| Ok(place(*from)?..place(*to)?)).collect::<Result<_>>()?;
        Ok(Layer { pages, header, sections })
    }

    /// Verifies all of it.
    pub(super) fn verify(&self) -> Result<()> {
        self.pages.get(0..self.pages.len()).map(drop)
    }

    pub(super) fn n_people(&self) -> u32 {
        self.n_entries(Section::People, PERSON_BYTES)
    }

    pub(super) fn n_groups(&self) -> u32 {
        self.n_entries(Section::Groups, GROUP_BYTES)
    }

    pub(super) fn n_pairs(&self) -> u32 {
        self.n_entries(Section::Pairs, PAIR_BYTES)
    }

    pub(super) fn summary(&self, person: u32) -> Result<Summary> {
        let entry = self.entry(Section::People, PERSON_BYTES, person)?;
        let n = |at| Ok(u32_at(entry, at)? as usize);
        let last_day = u32_at(entry, 24)?.cast_signed();
        Ok(Summary {
            n_quotes: n(16)?,
            n_articles: n(20)?,
            last_day: (last_day != NO_DAY).then_some(last_day),
            kind: keys::kind_from_code(entry[28]).ok_or(Damage)?,
            own_name: entry[29] & OWN_NAME != 0,
        })
    }

    pub(super) fn person(&self, person: u32) -> Result<Person> {
        rows::read_person(self.row_of_person(person)?)
    }

    /// The name and the qualifier of a person.
    pub(super) fn name(&self, person: u32) -> Result<(&str, Option<&str>)> {
        rows::read_name(self.row_of_person(person)?)
    }

    /// Gives the articles in which a written name is the person's: see [`rows::each_article`].
    pub(super) fn each_article(
        &self,
        person: u32,
        name: &str,
        kind: SpeakerKind,
        give: impl FnMut(u64),
    ) -> Result<()> {
        rows::each_article(self.row_of_person(person)?, name, kind, give)
    }

    fn row_of_person(&self, person: u32) -> Result<&[u8]> {
        self.row(Section::PersonRows, self.entry(Section::People, PERSON_BYTES, person)?)
    }

    pub(super) fn group_of(&self, person: u32) -> Result<u32> {
        u32_at(self.entry(Section::People, PERSON_BYTES, person)?, 12)
    }

    pub(super) fn group(&self, group: u32) -> Result<GroupEntry> {
        let entry = self.entry(Section::Groups, GROUP_BYTES, group)?;
        let range = |at| {
            let (from, n) = (u32_at(entry, at)?, u32_at(entry, at + 4)?);
            Ok(from..from.checked_add(n).ok_or(Damage)?)
        };
        let names = rows::read_group(self.row(Section::GroupRows, entry)?)?;
        Ok(GroupEntry { names, people: range(12)?, pairs: range(20)? })
    }

    pub(super) fn pair(&self, pair: u32) -> Result<Pair> {
        let entry = self.entry(Section::Pairs, PAIR_BYTES, pair)?;
        rows::read_pair(self.row(Section::PairRows, entry)?)
    }

    /// The group of a pair, and what it is ordered by.
    pub(super) fn rank_of_pair(&self, pair: u32) -> Result<(u32, (i64, i64, i64))> {
        let entry = self.entry(Section::Pairs, PAIR_BYTES, pair)?;
        let n = |at| Ok(u64_at(entry, at)?.cast_signed());
        Ok((u32_at(entry, 12)?, (n(16)?, n(24)?, n(32)?)))
    }

    /// The people with a word in their names, in order.
    pub(super) fn people_with(&self, word: &str) -> Result<Vec<u32>> {
        let (mut from, mut to) = (0, self.n_entries(Section::Words, WORD_BYTES));
        while from < to {
            let middle = from + (to - from) / 2;
            let entry = self.entry(Section::Words, WORD_BYTES, middle)?;
            let place = |at| Ok::<_, Damage>((u32_at(entry, at)? as usize, u32_at(entry, at + 4)? as usize));
            let (at, length) = place(0)?;
            match self.bytes(Section::WordTexts, at, length)?.cmp(word.as_bytes()) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => {
                    let (at, n) = place(8)?;
                    let bytes = self.bytes(Section::WordPeople, at, n.checked_mul(4).ok_or(Damage)?)?;
                    return (0..n).map(|it| u32_at(bytes, it * 4)).collect();
                }
            }
        }
        Ok(Vec::new())
    }

    /// The numbers that stand beside a key in one of the last sections.
    pub(super) fn with_key(&self, section: Section, key: u64) -> Result<Vec<u32>> {
        let n = self.n_entries(section, KEY_BYTES);
        let key_at = |at: u32| u64_at(self.entry(section, KEY_BYTES, at)?, 0);
        let (mut from, mut to) = (0, n);
        while from < to {
            let middle = from + (to - from) / 2;
            if key_at(middle)? < key { from = middle + 1 } else { to = middle }
        }
        let mut found = Vec::new();
        while from < n && key_at(from)? == key {
            found.push(u32_at(self.entry(section, KEY_BYTES, from)?, 8)?);
            from += 1;
        }
        Ok(found)
    }

    fn n_entries(&self, section: Section, bytes: usize) -> u32 {
        u32::try_from(self.sections[section as usize].len() / bytes).unwrap_or(u32::MAX)
    }

    fn entry(&self, section: Section, bytes: usize, number: u32) -> Result<&[u8]> {
        self.bytes(section, (number as usize).checked_mul(bytes).ok_or(Damage)?, bytes)
    }

    /// The row whose place and length an entry begins with.
    fn row(&self, section: Section, entry: &[u8]) -> Result<&[u8]> {
        let at = usize::try_from(u64_at(entry, 0)?).map_err(|_| Damage)?;
        self.bytes(section, at, u32_at(entry, 8)? as usize)
    }

    fn bytes(&self, section: Section, at: usize, length: usize) -> Result<&[u8]> {
        let section = &self.sections[section as usize];
        let from = section.start.checked_add(at).ok_or(Damage)?;
        let to = from.checked_add(length).filter(|it| *it <= section.end).ok_or(Damage)?;
        self.pages.get(from..to)
    }
}
