//! Spans of bytes of ranges of tokens: trimmed, and with quotation marks in pairs or not at all.

use std::ops::Range;

use crate::{passage::Parsed, text::token::TokenKind};

/// Byte spans of ranges of tokens, trimmed. A range that is quotations and signs only gives their
/// insides; one with words outside the marks keeps the marks it holds, so that they stay in pairs.
pub(crate) fn pieces(
    passage: &Parsed<'_>,
    ranges: impl IntoIterator<Item = Range<usize>>,
) -> Vec<Range<usize>> {
    let tokens = &passage.tokens;
    let mut found = Vec::new();
    for range in ranges {
        let Some(slice) = tokens.get(range) else { continue };
        if slice.iter().all(|it| !it.is_word()) {
            found.extend(
                slice
                    .iter()
                    .filter_map(|it| passage.quotation(it))
                    .filter_map(|it| passage.trimmed(it.start..it.end)),
            );
            continue;
        }
        let mut slice = slice;
        while let [first, rest @ ..] = slice
            && first.kind == TokenKind::Punct
            && !matches!(first.first, '(' | '$')
        {
            slice = rest;
        }
        while let [rest @ .., last] = slice
            && last.kind == TokenKind::Punct
            && !matches!(last.first, ')' | '%')
        {
            slice = rest;
        }
        let (Some(first), Some(last)) = (slice.first(), slice.last()) else { continue };
        found.extend(passage.trimmed(first.start()..last.end()));
    }
    found
}

/// The spans without what `cut` covers: a quotation has one speaker, though a clause round it may
/// have another.
pub(crate) fn without(passage: &Parsed<'_>, spans: &[Range<usize>], cut: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::with_capacity(spans.len());
    for span in spans {
        if span.end <= cut.start || cut.end <= span.start {
            found.push(span.clone());
            continue;
        }
        let parts = [span.start..cut.start.max(span.start), cut.end.min(span.end)..span.end];
        let whole = |it: &Range<usize>| {
            passage.text.get(it.clone()).is_some_and(|it| it.contains(char::is_alphabetic))
        };
        found.extend(
            parts
                .into_iter()
                .filter(|it| it.start < it.end && whole(it))
                .filter_map(|it| passage.trimmed(it.start..without_comma(passage.text, &it))),
        );
    }
    found
}

/// Where the range ends when the comma it ends in is left out.
fn without_comma(text: &str, range: &Range<usize>) -> usize {
    let inner = text.get(range.clone()).unwrap_or_default();
    range.start + inner.trim_end().trim_end_matches([',', ';', '—', '–']).len()
}
