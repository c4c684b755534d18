//! Notes and passages as lines, and back.
//!
//! A passage is a run of lines that begin with `>`, the last of them perhaps who speaks in it and
//! which it is: `> — Rosa Lund, mayor · passage 3`. All other text is notes. In a list's file the
//! words of passages are escaped as Markdown; in the notes of other programs, which show them as
//! they are, they are plain.

use super::{Block, PassageWords, markup};

/// How the words of passages and notes are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// As in a list's file.
    Markdown,
    /// As in the notes of other programs.
    Plain,
}

/// The notes as one text.
pub fn notes(blocks: &[Block]) -> String {
    let notes = blocks.iter().filter_map(|it| match it {
        Block::Note(text) => Some(text.as_str()),
        Block::Passage(_) => None,
    });
    notes.collect::<Vec<_>>().join("\n\n")
}

/// A note or passage as plain text that [`read_plain`] reads.
pub fn plain(block: &Block) -> String {
    match block {
        Block::Note(note) => {
            let line = |it: &str| if looks_quoted(it) { format!("\\{it}") } else { it.to_owned() };
            note.split('\n').map(line).collect::<Vec<_>>().join("\n")
        }
        Block::Passage(passage) => {
            let credit = credit(passage, Writing::Plain);
            let lines = passage.text.split('\n').chain(credit.as_deref());
            lines.map(|it| format!("> {it}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
        }
    }
}

/// The notes and passages of a plain text.
pub fn read_plain(text: &str) -> Vec<Block> {
    read(text.split('\n').map(|it| it.strip_suffix('\r').unwrap_or(it)), Writing::Plain)
}

/// The notes and passages of lines.
pub(super) fn read<'a>(lines: impl Iterator<Item = &'a str>, writing: Writing) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut note: Vec<&str> = Vec::new();
    let mut quoted: Vec<&str> = Vec::new();
    let flush_note = |note: &mut Vec<&str>, blocks: &mut Vec<Block>| {
        let text: Vec<&str> = note.drain(..).map(|it| note_text(it, writing)).collect();
        let text = text.join("\n").trim_matches('\n').to_owned();
        blocks.extend((!text.trim().is_empty()).then_some(Block::Note(text)));
    };
    for line in lines {
        match line.trim_start_matches(' ').strip_prefix('>') {
            Some(inner) => {
                flush_note(&mut note, &mut blocks);
                quoted.push(inner.strip_prefix(' ').unwrap_or(inner));
            }
            None => {
                if !quoted.is_empty() {
                    blocks.extend(passage(&quoted, writing));
                    quoted.clear();
                }
                note.push(line.trim_end());
            }
        }
    }
    flush_note(&mut note, &mut blocks);
    blocks.extend(passage(&quoted, writing));
    blocks
}

/// Who speaks in a passage and which it is, as its last line says it; `None` when neither is known.
pub(super) fn credit(passage: &PassageWords, writing: Writing) -> Option<String> {
    let said_by = match writing {
        Writing::Markdown => markup::escaped(&passage.said_by),
        Writing::Plain => markup::one_line(&passage.said_by),
    };
    let ordinal = passage.ordinal.map(|it| format!("passage {it}"));
    let parts: Vec<String> =
        Some(said_by.trim().to_owned()).filter(|it| !it.is_empty()).into_iter().chain(ordinal).collect();
    (!parts.is_empty()).then(|| format!("— {}", parts.join(" · ")))
}

/// Whether the line would be read as one of a passage, or as one that only looks so.
fn looks_quoted(line: &str) -> bool {
    line.trim_start_matches('\\').trim_start_matches(' ').starts_with('>')
}

fn note_text(line: &str, writing: Writing) -> &str {
    match writing {
        Writing::Markdown => markup::note_text(line),
        Writing::Plain => line.strip_prefix('\\').filter(|it| looks_quoted(it)).unwrap_or(line),
    }
}

/// The passage that the lines of a block quote hold.
fn passage(lines: &[&str], writing: Writing) -> Option<Block> {
    let words = |it: &str| match writing {
        Writing::Markdown => markup::unescaped(it),
        Writing::Plain => it.to_owned(),
    };
    let last = lines.iter().rposition(|it| !it.trim().is_empty())?;
    let credit = lines[last].trim().strip_prefix("— ");
    let (said_by, ordinal) = credit.map_or(("", None), read_credit);
    let text_end = if credit.is_some() { last } else { last + 1 };
    let text: Vec<String> = lines[..text_end].iter().map(|it| words(it.trim_end())).collect();
    let text = text.join("\n").trim().to_owned();
    Some(Block::Passage(PassageWords { ordinal, text, said_by: words(said_by) }))
}

/// `Rosa Lund, mayor · passage 3`.
fn read_credit(credit: &str) -> (&str, Option<usize>) {
    let ordinal = |text: &str| text.trim().strip_prefix("passage ").and_then(|it| it.trim().parse().ok());
    match credit.rsplit_once(" · ") {
        Some((said_by, last)) if ordinal(last).is_some() => (said_by, ordinal(last)),
        _ => match ordinal(credit) {
            Some(n) => ("", Some(n)),
            None => (credit, None),
        },
    }
}
