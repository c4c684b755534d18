//! A reading list: a Markdown file that people edit by hand, and morgue by line.
//!
//! `List::parse(text) -> Result<List, Problems>`, `List::print() -> String`. Printing gives back
//! every byte that was read: a change touches the lines it is about, and all others stay,
//! understood or not. Never opens a file and never looks at the clock: the archive does.
//!
//! A file is front matter, then text and entries in any order. An entry is a heading of the second
//! level that is a link to an article; up to the next heading of the first or second level all
//! below it is the entry's: its fields (a list right below the heading), notes (text), and passages
//! (block quotes). `docs/lists.md` shows one.

mod blocks;
mod change;
mod cite;
mod entry;
mod front;
pub mod import;
mod line;
mod markup;
mod parse;
pub mod story;

#[cfg(test)]
#[path = "../../tests/support/text.rs"]
pub(crate) mod any_text;
#[cfg(test)]
mod tests;

use std::fmt;

/// What a note of RIS begins with that says how many of how many results a file holds; no note of
/// the article, so an import leaves it out.
pub const SCOPE_NOTE: &str = "morgue export: ";

pub use blocks::{notes, plain, read_plain};
pub use cite::{Name, names};
pub use entry::{Block, Entry, EntryContent, PassageWords, State, Version, digest, order_digest, tags};
pub use front::{Front, Order};

pub use markup::{escaped, one_line};

use line::{Line, LineEnd};

/// A reading list as its file has it.
#[derive(Clone, Debug)]
pub struct List {
    /// What stands before everything else: title, saved query, when it was made.
    front: Front,
    front_lines: Vec<Line>,
    parts: Vec<Part>,
    line_end: LineEnd,
    /// What is odd about the file without being wrong, a sentence each.
    pub notes: Vec<String>,
}

/// A stretch of the file below the front matter.
#[derive(Clone, Debug)]
enum Part {
    /// Text that belongs to no entry: an introduction, a heading of the user's own.
    Text(Vec<Line>),
    Entry(Box<Entry>),
}

/// What is wrong with a list's file, by line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, problem) in self.0.iter().enumerate() {
            let gap = if n == 0 { "" } else { "\n" };
            write!(f, "{gap}line {}: {}", problem.line, problem.reason)?;
        }
        Ok(())
    }
}

impl List {
    /// An empty list.
    pub fn new(front: &Front) -> List {
        let mut list = List::read("").0;
        list.front_lines = front::lines(front, list.line_end);
        list.front = front.clone();
        list
    }

    /// Reads a file; fails, with every line that is at fault, when a change could do harm to it.
    pub fn parse(text: &str) -> Result<List, Problems> {
        let (list, problems) = List::read(text);
        if problems.is_empty() { Ok(list) } else { Err(Problems(problems)) }
    }

    /// The file's text.
    pub fn print(&self) -> String {
        let of_part = |part: &Part| match part {
            Part::Text(lines) => lines.clone(),
            Part::Entry(entry) => entry.lines().to_vec(),
        };
        let mut text = String::new();
        for line in self.front_lines.iter().cloned().chain(self.parts.iter().flat_map(of_part)) {
            line.print(&mut text);
        }
        text
    }

    /// What stands before the entries.
    pub fn front(&self) -> &Front {
        &self.front
    }

    /// Changes what stands before the entries; lines of it that do not change are left alone.
    pub fn set_front(&mut self, front: Front) {
        front::update(&mut self.front_lines, &self.front, &front, self.line_end);
        self.front = front;
    }

    /// The text before the first entry, without the file's own title.
    pub fn introduction(&self) -> String {
        let before = self.parts.iter().map_while(|part| match part {
            Part::Text(lines) => Some(lines),
            Part::Entry(_) => None,
        });
        let shown = |line: &&Line| !line.text.starts_with("# ") && !markup::is_comment(&line.text);
        let texts: Vec<&str> = before.flatten().filter(shown).map(|it| it.text.as_str()).collect();
        texts.join("\n").trim().to_owned()
    }

    /// The entries, in the file's order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.parts.iter().filter_map(|part| match part {
            Part::Entry(entry) => Some(&**entry),
            Part::Text(_) => None,
        })
    }

    /// The places of the entries that a word names: by number from 1, by id or the beginning of
    /// one, by path or file name.
    pub fn find(&self, which: &str) -> Vec<usize> {
        let n = self.entries().count();
        if let Ok(number) = which.parse::<usize>()
            && which.len() <= 4
            && (1..=n).contains(&number)
        {
            return vec![number - 1];
        }
        let prefix = which.to_ascii_lowercase();
        let by_id =
            |it: &Entry| prefix.len() >= 2 && it.id.is_some_and(|id| id.to_string().starts_with(&prefix));
        let path = which.strip_prefix("./").unwrap_or(which);
        let by_path = |it: &Entry| {
            let link = it.link.strip_prefix("../").unwrap_or(&it.link);
            link == path || it.link == which || link.rsplit('/').next() == Some(path)
        };
        let places = |fits: &dyn Fn(&Entry) -> bool| -> Vec<usize> {
            self.entries().enumerate().filter(|it| fits(it.1)).map(|it| it.0).collect()
        };
        let found = places(&by_id);
        if found.is_empty() { places(&by_path) } else { found }
    }

    /// The entry at a place among the entries, to change it.
    pub fn entry_mut(&mut self, place: usize) -> Option<&mut Entry> {
        let entries = self.parts.iter_mut().filter_map(|part| match part {
            Part::Entry(entry) => Some(&mut **entry),
            Part::Text(_) => None,
        });
        entries.into_iter().nth(place)
    }

    /// Adds an entry at the end.
    pub fn push(&mut self, new: &EntryContent) {
        let end = self.end();
        self.separate_before(end);
        let entry = Entry::new(new, self.line_end);
        self.parts.insert(end, Part::Entry(Box::new(entry)));
    }

    /// Puts an entry that was taken out at a place among the entries.
    pub fn put_back(&mut self, entry: Entry, place: usize) {
        let end = self.end();
        self.separate_before(end);
        self.parts.insert(end, Part::Entry(Box::new(entry)));
        self.move_entry(self.entries().count() - 1, place);
    }

    /// Takes an entry out, with everything that stands in it.
    pub fn remove(&mut self, place: usize) -> Option<Entry> {
        let at = self.part_of(place)?;
        match self.parts.remove(at) {
            Part::Entry(entry) => Some(*entry),
            Part::Text(_) => None,
        }
    }

    /// Moves an entry so that it becomes the one at `to` among the entries; text between entries
    /// stays where it is.
    pub fn move_entry(&mut self, from: usize, to: usize) {
        let n = self.entries().count();
        if from >= n {
            return;
        }
        let mut order: Vec<usize> = (0..n).filter(|it| *it != from).collect();
        order.insert(to.min(n - 1), from);
        self.reorder(&order);
    }

    /// Puts the entries into another order: `order[k]` is the place now of the one that comes
    /// `k`th. Text between entries stays where it is. Does nothing when `order` is no order of all
    /// entries.
    pub fn reorder(&mut self, order: &[usize]) {
        let entries: Vec<Entry> = self.entries().cloned().collect();
        let mut sorted = order.to_vec();
        sorted.sort_unstable();
        if sorted != (0..entries.len()).collect::<Vec<_>>() {
            return;
        }
        for (place, from) in order.iter().enumerate() {
            if let Some(slot) = self.entry_mut(place) {
                *slot = entries[*from].clone();
                slot.end_last_line();
            }
        }
        self.separate_all();
    }

    fn part_of(&self, place: usize) -> Option<usize> {
        let entries = self.parts.iter().enumerate().filter(|it| matches!(it.1, Part::Entry(_)));
        entries.map(|it| it.0).nth(place)
    }

    /// Makes what stands before a part end with a blank line, so that what is added does not run
    /// into it.
    fn separate_before(&mut self, part: usize) {
        let line_end = self.line_end;
        match self.parts[..part].last_mut() {
            Some(Part::Entry(entry)) => entry.end_with_blank(line_end),
            Some(Part::Text(lines)) => line::end_with_blank(lines, line_end),
            None => line::end_with_blank(&mut self.front_lines, line_end),
        }
    }

    /// The same for every entry but the last.
    fn separate_all(&mut self) {
        let line_end = self.line_end;
        let last = self.parts.len().saturating_sub(1);
        for part in &mut self.parts[..last] {
            if let Part::Entry(entry) = part {
                entry.end_with_blank(line_end);
            }
        }
    }
}
