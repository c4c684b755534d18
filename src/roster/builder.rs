//! Groups of people → the bytes of a layer.

use std::collections::{BTreeSet, HashMap};

use crate::attribute::people::{Person, WrittenName, name_words};

use super::{
    groups::Group,
    keys,
    layout::{Header, N_SECTIONS, NO_DAY, OWN_NAME, PARTIAL, Section},
    pages, rows,
    summary::Summary,
};

/// Gathers groups.
#[derive(Default)]
pub(super) struct Builder {
    sections: [Vec<u8>; N_SECTIONS],
    n_people: u32,
    n_pairs: u32,
    n_groups: u32,
    words: HashMap<String, Vec<u32>>,
    names: Vec<(u64, u32)>,
    blocks: Vec<(u64, u32)>,
    forms: Vec<(u64, u32)>,
    turned: Vec<(u64, u32)>,
}

impl Builder {
    /// How many people there are so far.
    pub(super) fn n_people(&self) -> u32 {
        self.n_people
    }

    pub(super) fn add(&mut self, group: &Group) {
        let (first_person, first_pair) = (self.n_people, self.n_pairs);
        for person in &group.people {
            self.add_person(person);
        }
        for pair in &group.pairs {
            let at = self.push(Section::PairRows, |to| rows::push_pair(pair, to));
            let (standing, against, quotes) = pair.rank();
            let entry = &mut self.sections[Section::Pairs as usize];
            put_place(entry, at);
            entry.extend(self.n_groups.to_le_bytes());
            [standing, against, quotes].iter().for_each(|it| entry.extend(it.to_le_bytes()));
            self.n_pairs += 1;
        }
        let at = self.push(Section::GroupRows, |to| rows::push_group(&group.names, &group.keys, to));
        let entry = &mut self.sections[Section::Groups as usize];
        put_place(entry, at);
        for number in [first_person, self.n_people - first_person, first_pair, self.n_pairs - first_pair] {
            entry.extend(number.to_le_bytes());
        }
        let blocks: BTreeSet<u64> = group.keys.iter().map(|it| it.block).collect();
        self.blocks.extend(blocks.into_iter().map(|it| (it, self.n_groups)));
        self.forms.extend(group.keys.iter().map(|it| (it.form, self.n_groups)));
        self.turned.extend(group.keys.iter().filter_map(|it| Some((it.turned?, self.n_groups))));
        self.n_groups += 1;
    }

    fn add_person(&mut self, person: &Person) {
        let at = self.push(Section::PersonRows, |to| rows::push_person(person, to));
        let n = |it: usize| u32::try_from(it).unwrap_or(u32::MAX).to_le_bytes();
        let summary = Summary::of(person);
        let entry = &mut self.sections[Section::People as usize];
        put_place(entry, at);
        entry.extend(self.n_groups.to_le_bytes());
        entry.extend(n(summary.n_quotes));
        entry.extend(n(summary.n_articles));
        entry.extend(summary.last_day.unwrap_or(NO_DAY).to_le_bytes());
        entry.extend([keys::kind_code(summary.kind), u8::from(summary.own_name) * OWN_NAME, 0, 0]);
        let names = person.names.iter().map(|it| &it.name);
        let shown = names.chain([&person.name]).chain(&person.qualifier);
        for word in shown.flat_map(|it| name_words(it)).collect::<BTreeSet<String>>() {
            self.words.entry(word).or_default().push(self.n_people);
        }
        // A name that is somebody's for several reasons stands there once.
        let entry = |written: &WrittenName| {
            let partial = if written.articles.is_some() { PARTIAL } else { 0 };
            (keys::of_name(&written.name, written.kind), self.n_people | partial)
        };
        self.names.extend(person.names.iter().map(entry).collect::<BTreeSet<_>>());
        self.n_people += 1;
    }

    fn push(&mut self, section: Section, write: impl FnOnce(&mut Vec<u8>)) -> (usize, usize) {
        let rows = &mut self.sections[section as usize];
        let from = rows.len();
        write(rows);
        (from, rows.len() - from)
    }

    /// The bytes of the file. The header's sections are filled in here.
    pub(super) fn finish(mut self, mut header: Header) -> Vec<u8> {
        let mut words: Vec<(String, Vec<u32>)> = std::mem::take(&mut self.words).into_iter().collect();
        words.sort_unstable();
        let [mut texts, mut entries, mut people] = [Vec::new(), Vec::new(), Vec::new()];
        let n = |it: usize| u32::try_from(it).unwrap_or(u32::MAX).to_le_bytes();
        for (word, bearers) in words {
            entries.extend(n(texts.len()));
            entries.extend(n(word.len()));
            entries.extend(n(people.len()));
            entries.extend(n(bearers.len()));
            texts.extend(word.bytes());
            bearers.iter().for_each(|it| people.extend(it.to_le_bytes()));
        }
        for (section, bytes) in
            [(Section::WordTexts, texts), (Section::Words, entries), (Section::WordPeople, people)]
        {
            self.sections[section as usize] = bytes;
        }
        for (section, mut entries) in [
            (Section::Names, std::mem::take(&mut self.names)),
            (Section::Blocks, std::mem::take(&mut self.blocks)),
            (Section::Forms, std::mem::take(&mut self.forms)),
            (Section::Turned, std::mem::take(&mut self.turned)),
        ] {
            entries.sort_unstable();
            entries.dedup();
            let bytes = &mut self.sections[section as usize];
            for (key, value) in entries {
                bytes.extend(key.to_le_bytes());
                bytes.extend(value.to_le_bytes());
            }
        }
        let mut content = Vec::with_capacity(self.sections.iter().map(Vec::len).sum::<usize>() * 33 / 32);
        header.sections.clear();
        for mut section in self.sections {
            let from = content.len() as u64;
            content.append(&mut section);
            header.sections.push((from, content.len() as u64));
        }
        let at = content.len();
        content = postcard::to_extend(&header, content).expect("a header is plain data");
        pages::seal(content, at)
    }
}

/// Place and length of a row.
fn put_place(entry: &mut Vec<u8>, (from, length): (usize, usize)) {
    entry.extend((from as u64).to_le_bytes());
    entry.extend(u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
}
