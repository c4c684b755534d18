//! What stands below a full text: the labels of the record, and above these the byline and the
//! captions, which the service prints as paragraphs of the text.

use super::{Sections, label, labels::Label};
use crate::read::{Block, BlockKind, sheet::Line};

/// Where the labels below a text begin, among the lines behind the label of the text.
///
/// A paragraph of a text may begin like a label, `Location: unknown`. So the labels are the last
/// lines from the number of the record upwards, with nothing between them but what goes on with
/// a value; each label stands there once.
pub(super) fn start(lines: &[Line]) -> usize {
    let labels: Vec<Option<(Label, &str)>> = lines.iter().map(|it| label(&it.text)).collect();
    let number = labels.iter().rposition(|it| it.is_some_and(|it| it.0 == Label::Number));
    let last = number.or_else(|| lines.iter().rposition(|it| !it.is_blank()));
    let mut names: Vec<&str> = Vec::new();
    let mut start = last.map_or(lines.len(), |it| it + 1);
    for at in (0..start).rev() {
        let line = &lines[at];
        match labels[at] {
            Some(_) => {
                let name = line.text.split(':').next().unwrap_or_default().trim();
                let again = names.iter().any(|it| it.eq_ignore_ascii_case(name));
                if again || names.len() == NAMES_MAX {
                    break;
                }
                names.push(name);
                start = at;
            }
            None if line.is_blank() || goes_on(lines, at) => (),
            None => break,
        }
    }
    // One label alone may be a paragraph.
    if number.is_none() && names.len() < 2 { lines.len() } else { start }
}

/// More labels than these do not stand below a text.
const NAMES_MAX: usize = 100;

/// Whether a line goes on with the value of a label: the label has none on its line, or the line
/// above is as long as a folded line.
fn goes_on(lines: &[Line], at: usize) -> bool {
    if lines[at].text.starts_with("http") {
        return true;
    }
    let Some(above) = lines[..at].last() else { return false };
    let filled = lines[..at].iter().rev().take(BLANK_MAX).find(|it| !it.is_blank());
    let empty = filled.and_then(|it| label(&it.text)).is_some_and(|it| it.1.is_empty());
    let is_text = above.bytes.is_some() || lines[at].bytes.is_some();
    empty || is_text && above.text.chars().count() >= FOLDED_MIN
}

/// How many lines may stand between a label and its value.
const BLANK_MAX: usize = 3;

/// Programs that fold lines do so behind 65 characters or more; words of 15 are moved down.
const FOLDED_MIN: usize = 50;

/// Sets the lines at the end of a text apart that are a byline or captions.
pub(super) fn split(mut sections: Sections) -> Sections {
    let Some(at) = sections.iter().position(|it| it.0 == Label::Text) else { return sections };
    let lines = std::mem::take(&mut sections[at].1);
    let end = ending(&lines);
    let (text, end) = lines.split_at(end);
    let text = text.to_vec();
    let mut more = Sections::new();
    for line in end.iter().filter(|it| !it.is_blank() && !is_picture(&it.text)) {
        let (label, value) = match credit(&line.text) {
            Some(name) => (Label::Credit, name),
            None => (Label::Caption, caption(&line.text).unwrap_or(&line.text)),
        };
        more.push((label, vec![super::behind(line, value)]));
    }
    sections[at].1 = text;
    sections.splice(at + 1..at + 1, more);
    sections
}

/// Where the captions and the byline at the end of a text begin.
fn ending(lines: &[Line]) -> usize {
    let filled = lines.iter().enumerate().rev().filter(|(_, it)| !it.is_blank());
    let mut end = lines.len();
    // Lines that are captions only where `Illustration` stands above them, and whether one is
    // marked.
    let (mut open, mut marked) = (0, false);
    for (at, line) in filled {
        marked |= line.text.contains(CAPTION);
        if is_picture(&line.text) && (open == 0 || marked) {
            (end, open, marked) = (at, 0, false);
        } else if open == 0 && (credit(&line.text).is_some() || line.text.starts_with(CAPTION)) {
            end = at;
        } else if open < UNMARKED_MAX {
            open += 1;
        } else {
            break;
        }
    }
    end
}

/// How many captions stand below `Illustration` at most.
const UNMARKED_MAX: usize = 4;

const CAPTION: &str = "Caption:";

/// Whether a line is the heading of captions.
fn is_picture(text: &str) -> bool {
    let words = ["illustration", "illustrations", "photograph", "photographs"];
    words.iter().any(|it| text.trim_end_matches(':').eq_ignore_ascii_case(it))
}

/// The caption of `Caption: The weir`, and of `Weir; Caption: The weir`.
fn caption(text: &str) -> Option<&str> {
    text.split_once(CAPTION).map(|it| it.1.trim())
}

/// The names of `Credit: By Ann Lee, Staff Writer`.
fn credit(text: &str) -> Option<&str> {
    let (label, value) = label(text)?;
    (label == Label::Credit && !value.is_empty() && !value.ends_with('.')).then_some(value)
}

/// The captions of a record.
pub(super) fn captions(sections: &Sections) -> impl Iterator<Item = Block> {
    let lines = sections.iter().filter(|it| it.0 == Label::Caption).flat_map(|it| &it.1);
    lines.filter(|it| !it.is_blank()).map(|line| Block {
        kind: BlockKind::Caption,
        text: line.text.clone(),
        bytes: line.bytes.clone(),
        place: line.place(),
    })
}
