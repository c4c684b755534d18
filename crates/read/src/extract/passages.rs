//! Turns the lines of a story into its passages: headline, body, headings and captions, each once.

use super::{
    correction::is_correction,
    headline::repeats,
    line::Line,
    shape::{count_words, ends_like_sentence, is_running_text, starts_like_sentence},
};
use crate::read::BlockKind;
use morgue_core::article::{Passage, PassageKind};

/// The headline is said again within so many lines, if at all.
const REPEATED_WITHIN: usize = 8;

/// A heading in plain text has at most so many words.
const HEADING_WORDS_MAX: usize = 9;

/// And so many bytes.
const HEADING_BYTES_MAX: usize = 100;

/// Makes the passages; the headline comes first, and `origin` is the line that it was read from, if
/// it was one.
pub(super) fn passages(lines: Vec<Line>, headline: Option<&str>, origin: Option<usize>) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::with_capacity(lines.len() + 1);
    if let Some(mut passage) = headline.and_then(|it| Passage::new(PassageKind::Headline, it)) {
        passage.bytes = origin.and_then(|it| lines.get(it)?.bytes.clone());
        passages.push(passage);
    }
    let kinds: Vec<PassageKind> = (0..lines.len()).map(|idx| kind(&lines, idx)).collect();
    for (idx, (line, kind)) in lines.into_iter().zip(kinds).enumerate() {
        let again = |headline| {
            let near = idx < REPEATED_WITHIN || line.kind == BlockKind::Heading(1);
            near && repeats(&line.text, headline)
        };
        if Some(idx) == origin || headline.is_some_and(again) {
            continue;
        }
        let passage = Passage { text: line.text, kind, bytes: line.bytes };
        let twice = passages.last().is_some_and(|it| it.kind == kind && it.text == passage.text);
        if kind != PassageKind::Caption || !twice {
            passages.push(passage);
        }
    }
    passages
}

/// What part the line plays; in plain text its shape and its neighbors tell.
fn kind(lines: &[Line], idx: usize) -> PassageKind {
    let line = &lines[idx];
    if is_correction(lines, idx) {
        return PassageKind::Correction;
    }
    match line.kind {
        BlockKind::Heading(_) => PassageKind::Heading,
        BlockKind::Caption => PassageKind::Caption,
        BlockKind::Correction => PassageKind::Correction,
        BlockKind::Item => PassageKind::Body,
        BlockKind::Paragraph if line.repeated || is_file_photo(&line.text) => PassageKind::Caption,
        BlockKind::Paragraph if is_heading(lines, idx) => PassageKind::Heading,
        BlockKind::Paragraph => PassageKind::Body,
    }
}

/// `FILE - In this June 1, 2016 photo …`: agencies begin the text of an older picture so.
fn is_file_photo(text: &str) -> bool {
    text.strip_prefix("FILE").is_some_and(|it| it.trim_start().starts_with(['-', '–', '—']))
}

/// A short line that is no sentence, between a paragraph that ends and one that begins: `What comes
/// next`.
fn is_heading(lines: &[Line], idx: usize) -> bool {
    let text = lines[idx].text.as_str();
    if text.len() > HEADING_BYTES_MAX {
        return false;
    }
    let open =
        text.ends_with([':', ',', ';', '-', '–', '—', '"', '”', '’', '\'', ')']) || ends_like_sentence(text);
    let plain =
        text.starts_with(|c: char| c.is_alphanumeric() || "¿¡".contains(c)) && starts_like_sentence(text);
    let short = (1..=HEADING_WORDS_MAX).contains(&count_words(text));
    let lettered = text.chars().filter(|it| it.is_alphabetic()).count() >= 4;
    let before =
        idx.checked_sub(1).and_then(|it| lines.get(it)).is_some_and(|it| ends_like_sentence(&it.text));
    let after =
        lines.get(idx + 1).is_some_and(|it| is_running_text(&it.text) || ends_like_sentence(&it.text));
    !open && plain && short && lettered && before && after
}
