//! Changes to an entry: each touches the lines it is about, and the entry is understood anew from
//! its lines.

use jiff::civil::Date;

use crate::article::{ArticleId, Published};

use super::{
    Block, Entry, EntryContent, PassageWords, State, Version,
    blocks::{self, Writing},
    entry::{KEYS, field, is_field, tag, title_or},
    line::{Line, LineEnd, end_with_blank},
    markup,
};

impl Entry {
    /// A new entry, with the lines that say it.
    pub(super) fn new(new: &EntryContent, end: LineEnd) -> Entry {
        let heading = format!("## {}", markup::link(title_or(&new.title), &new.link));
        let lines = vec![Line::new(heading, end), Line::new("", end)];
        let mut entry = Entry::read(lines, 0, &mut Vec::new()).expect("the heading is an entry's");
        for version in &new.versions {
            entry.add_version(version);
        }
        let date = new.date.map(|it| it.to_string());
        let day = |it: Option<Date>| it.map(|it| it.to_string());
        let id = new.id.map(|it| it.to_string());
        entry.set("source", new.source.as_deref());
        entry.set("date", date.as_deref());
        entry.set("byline", new.byline.as_deref());
        entry.set("state", Some(new.state.name()));
        entry.set_tags(&new.tags);
        entry.set("new", day(new.new).as_deref());
        entry.set("missing", day(new.missing).as_deref());
        entry.set("id", id.as_deref());
        for block in &new.blocks {
            match block {
                Block::Note(note) => entry.add_note(note),
                Block::Passage(passage) => entry.write_passage(passage),
            }
        }
        entry
    }

    /// Sets or takes away a field, in its line when it has one.
    fn set(&mut self, key: &'static str, value: Option<&str>) {
        let is_it = |line: &Line| field(&line.text).is_some_and(|it| it.0 == key);
        let found = self.fields().find(|it| is_it(&self.lines[*it]));
        let line = value.map(|it| format!("- {key}: {}", markup::escaped(it)));
        match (found, line) {
            (Some(at), Some(line)) => self.lines[at].text = line,
            (Some(at), None) => drop(self.lines.remove(at)),
            (None, Some(line)) => self.insert_field(key, line),
            (None, None) => return,
        }
        self.read_again();
    }

    /// Puts a field where the order of fields has its place.
    fn insert_field(&mut self, key: &str, line: String) {
        let rank = |key: &str| KEYS.iter().position(|it| *it == key);
        let fields = self.fields();
        let comes_after = |at: &usize| field(&self.lines[*at].text).is_some_and(|it| rank(it.0) > rank(key));
        let at = fields.clone().find(comes_after).unwrap_or(fields.end);
        let end = self.end();
        self.end_last_line();
        if fields.is_empty() {
            // Apart from the heading above, and from the text or the next entry below.
            let below = self.lines.get(at).is_none_or(|it| !it.is_blank());
            self.lines.splice(at..at, below.then(|| Line::new("", end)));
            if at == 1 {
                self.lines.insert(1, Line::new("", end));
                self.lines.insert(2, Line::new(line, end));
                return;
            }
        }
        self.lines.insert(at, Line::new(line, end));
    }

    /// Understands the lines anew after a change.
    fn read_again(&mut self) {
        if let Some(entry) = Entry::read(std::mem::take(&mut self.lines), self.line, &mut Vec::new()) {
            *self = entry;
        }
    }

    /// Says how far somebody is with it; an entry that somebody dealt with is no longer new.
    pub fn set_state(&mut self, state: State) {
        self.set("state", Some(state.name()));
        self.set("new", None);
    }

    /// Replaces its tags.
    pub fn set_tags(&mut self, tags: &[String]) {
        let text = tags.iter().map(|it| tag(it)).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
        self.set("tags", Some(text.as_str()).filter(|it| !it.is_empty()));
    }

    /// Says since when the archive does not have its article, or that it has it again.
    pub fn set_missing(&mut self, since: Option<Date>) {
        if self.missing != since {
            self.set("missing", since.map(|it| it.to_string()).as_deref());
        }
    }

    /// Says that nobody needs to be told of it as new.
    pub fn set_seen(&mut self) {
        self.set("new", None);
    }

    /// Leads the entry to where its article lies now.
    pub fn set_place(&mut self, id: ArticleId, link: &str) {
        if self.id != Some(id) {
            self.set("id", Some(&id.to_string()));
        }
        if self.link != link {
            self.lines[0].text = format!("## {}", markup::link(title_or(&self.title), link));
            self.read_again();
        }
    }

    /// Fills in what an entry made by hand leaves out.
    pub fn fill(&mut self, source: Option<&str>, date: Option<Published>, byline: Option<&str>) {
        if self.source.is_none() && source.is_some() {
            self.set("source", source);
        }
        if self.date.is_none() && date.is_some() {
            self.set("date", date.map(|it| it.to_string()).as_deref());
        }
        if self.byline.is_none() && byline.is_some() {
            self.set("byline", byline);
        }
    }

    /// Names another version of its article.
    pub fn add_version(&mut self, version: &Version) {
        let line = format!("- also: {version}");
        self.insert_field("also", line);
        self.read_again();
    }

    /// Says where one of its other versions, counted from 0, lies now, or that it is none.
    pub fn set_version(&mut self, n: usize, version: Option<&Version>) {
        let is_it = |at: &usize| field(&self.lines[*at].text).is_some_and(|it| it.0 == "also");
        let Some(at) = self.fields().filter(is_it).nth(n) else { return };
        match version {
            Some(version) => self.lines[at].text = format!("- also: {version}"),
            None => drop(self.lines.remove(at)),
        }
        self.read_again();
    }

    /// Adds a note below everything else.
    pub fn add_note(&mut self, note: &str) {
        if !note.trim().is_empty() {
            self.append(markup::note_lines(note));
        }
    }

    /// Puts a note in the place of those it has.
    pub fn replace_note(&mut self, note: &str) {
        let fields = self.fields();
        let mut at = 0;
        self.lines.retain(|line| {
            at += 1;
            let is_note = at > fields.start && !line.is_blank() && !line.text.trim_start().starts_with('>');
            !is_note || fields.contains(&(at - 1)) && is_field(&line.text)
        });
        self.lines.dedup_by(|b, a| a.is_blank() && b.is_blank());
        self.read_again();
        self.add_note(note);
    }

    /// Adds a passage, after those that stand before it in the article; one that is there already
    /// is not added again.
    pub fn add_passage(&mut self, passage: &PassageWords) {
        let known = |it: &Block| matches!(it, Block::Passage(it) if it.ordinal.is_some() && it.ordinal == passage.ordinal);
        if self.blocks.iter().any(known) {
            return;
        }
        self.write_passage(passage);
    }

    fn write_passage(&mut self, passage: &PassageWords) {
        let mut lines: Vec<String> = passage
            .text
            .split('\n')
            .map(|it| format!("> {}", markup::escaped(it)).trim_end().to_owned())
            .collect();
        if let Some(credit) = blocks::credit(passage, Writing::Markdown) {
            lines.extend([">".to_owned(), format!("> {credit}")]);
        }
        self.append(lines);
    }

    /// Adds lines at the end, apart from what stands above by a blank line.
    fn append(&mut self, texts: Vec<String>) {
        let end = self.end();
        end_with_blank(&mut self.lines, end);
        self.lines.extend(texts.into_iter().map(|it| Line::new(it, end)));
        self.lines.push(Line::new("", end));
        self.read_again();
    }
}
