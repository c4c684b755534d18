//! The running heads of text that was printed on pages.

use super::number::number;
use crate::read::sheet::Line;

/// Takes out what a new page begins with: `Page 2`, then a line with the headline, the paper and
/// the day.
pub(super) fn without_running_heads(lines: Vec<Line>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut lines = lines.into_iter().peekable();
    let mut begins = false;
    while let Some(line) = lines.next() {
        begins = line.look.new_page || begins && line.is_blank();
        if !begins || !is_page(&line.text) {
            kept.push(line);
            continue;
        }
        let mut group = Vec::new();
        while let Some(line) = lines.next_if(|it| group.is_empty() && it.is_blank() || is_head(it)) {
            if !line.is_blank() {
                group.push(line);
            }
        }
        let is_told = group.last().is_some_and(|it| has_year(&it.text));
        if !is_told || group.len() > LINES_MAX || lines.peek().is_some_and(|it| !it.is_blank()) {
            kept.append(&mut group);
        }
        begins = false;
    }
    kept
}

/// How many lines a running head has at most.
const LINES_MAX: usize = 3;

/// A running head does not begin at the margin.
fn is_head(line: &Line) -> bool {
    line.indent > 0 && !line.is_blank() && number(&line.text).is_none()
}

/// Whether a line is the number of a page.
fn is_page(line: &str) -> bool {
    const WORDS: &[&str] = &["page", "seite", "pagina", "página"];
    let mut words = line.split_whitespace();
    words.next().is_some_and(|it| WORDS.contains(&it.to_lowercase().as_str()))
        && words.next().is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()))
        && words.next().is_none()
}

fn has_year(line: &str) -> bool {
    let is_year = |it: &str| it.len() == 4 && (it.starts_with("19") || it.starts_with("20"));
    line.split(|it: char| !it.is_ascii_digit()).any(is_year)
}
