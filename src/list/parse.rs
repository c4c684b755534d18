//! Reads the lines of a list's file into its parts. Every line goes into exactly one of them.

use std::collections::{BTreeSet, HashMap};

use crate::article::ArticleId;

use super::{
    Entry, List, Part, Problem, front,
    line::{self, Line},
    markup,
};

/// How the comment begins that remembers what the saved query found and the list did not take.
const PASSED: &str = "<!-- passed over:";

impl List {
    /// Reads any text, and says what is wrong with it. Printed, the list is the text again.
    pub(super) fn read(text: &str) -> (List, Vec<Problem>) {
        let lines = line::lines(text);
        let line_end = line::usual_end(&lines);
        let mut problems = conflicts(&lines);
        let mut notes = Vec::new();
        if let Some(at) = line::first_mixed(&lines) {
            notes.push(format!("line {at} ends otherwise than the line before it; all are kept as they are"));
        }
        let extent = front::extent(&lines).unwrap_or_else(|problem| {
            problems.push(problem);
            0
        });
        let front_lines = lines[..extent].to_vec();
        // Where a change was not merged, what the rest says of the front matter only hides it.
        let front = match problems.is_empty() {
            true => front::read(&front_lines, &mut problems),
            false => front::Front::default(),
        };
        let parts = parts(&lines[extent..], extent + 1, &mut problems);
        let list = List { front, front_lines, parts, line_end, notes };
        duplicates(&list, &mut problems);
        problems.sort_by_key(|it| it.line);
        (list, problems)
    }

    /// The words (first parts of ids) of the articles that the saved query found and that were not
    /// taken.
    pub fn passed_over(&self) -> BTreeSet<String> {
        let mut passed = BTreeSet::new();
        for line in self.parts.iter().filter_map(passed_lines).flatten() {
            let words = line.text.split_whitespace();
            let is_id = |it: &&str| it.len() == 10 && it.bytes().all(|c| c.is_ascii_hexdigit());
            passed.extend(words.filter(is_id).map(str::to_owned));
        }
        passed
    }

    /// Remembers them, in a comment at the file's end that rendered text does not show.
    pub fn set_passed_over(&mut self, passed: &BTreeSet<String>) {
        if *passed == self.passed_over() {
            return;
        }
        self.parts.retain(|it| passed_lines(it).is_none());
        if passed.is_empty() {
            return;
        }
        self.separate_before(self.parts.len());
        let ids: Vec<&str> = passed.iter().map(String::as_str).collect();
        let mut lines =
            vec![format!("{PASSED} found by the query and left out, so that a refresh does not offer them")];
        lines.extend(ids.chunks(9).map(|it| it.join(" ")));
        lines.push("-->".to_owned());
        let lines = lines.into_iter().map(|it| Line::new(it, self.line_end)).collect();
        self.parts.push(Part::Text(lines));
    }

    /// Where the next entry goes: at the end, but before the comment of what was passed over.
    pub(super) fn end(&self) -> usize {
        match self.parts.last() {
            Some(last) if passed_lines(last).is_some() => self.parts.len() - 1,
            _ => self.parts.len(),
        }
    }
}

fn passed_lines(part: &Part) -> Option<&[Line]> {
    match part {
        Part::Text(lines) if lines.first().is_some_and(|it| it.text.starts_with(PASSED)) => Some(lines),
        _ => None,
    }
}

fn conflicts(lines: &[Line]) -> Vec<Problem> {
    let marked = lines.iter().enumerate().filter(|it| markup::is_conflict(&it.1.text));
    let problem = |(at, line): (usize, &Line)| Problem {
        line: at + 1,
        reason: format!(
            "`{}` was left by a merge: keep one of the two sides and take the marks out",
            markup::one_line(&line.text)
        ),
    };
    marked.map(problem).collect()
}

/// Cuts the lines below the front matter; `first` is the number of their first line.
fn parts(lines: &[Line], first: usize, problems: &mut Vec<Problem>) -> Vec<Part> {
    let begins = |line: &Line| markup::is_heading(&line.text) || line.text.starts_with(PASSED);
    let mut starts: Vec<usize> = (0..lines.len()).filter(|it| begins(&lines[*it])).collect();
    if !lines.is_empty() && starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let mut parts = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        let own = lines[start..end].to_vec();
        parts.push(match Entry::read(own.clone(), first + start, problems) {
            Some(entry) => Part::Entry(Box::new(entry)),
            None => Part::Text(own),
        });
    }
    parts
}

/// Two entries of one article: which of them a command means cannot be told.
fn duplicates(list: &List, problems: &mut Vec<Problem>) {
    let mut ids: HashMap<ArticleId, usize> = HashMap::new();
    // An entry made by hand has no id yet; a file of several articles has several entries, told
    // apart by theirs.
    let mut links: HashMap<&str, (usize, bool)> = HashMap::new();
    for entry in list.entries() {
        let by_id = entry.id.and_then(|id| Some((id.to_string(), ids.insert(id, entry.line)?)));
        let by_link = || {
            let before = links.get(entry.link.as_str()).filter(|it| !it.1 || entry.id.is_none());
            before.filter(|_| !entry.link.is_empty()).map(|it| (markup::one_line(&entry.link), it.0))
        };
        if let Some((named, before)) = by_id.or_else(by_link) {
            let reason = format!(
                "`{named}` is on line {before} already: put the two entries together and take one out"
            );
            problems.push(Problem { line: entry.line, reason });
        }
        links.insert(&entry.link, (entry.line, entry.id.is_some()));
    }
}
