//! JSON: exact text, and for a terminal no character in it that it would obey.

use std::io::{self, BufWriter, IntoInnerError, Write};

use serde::{Serialize, Serializer as _, ser::SerializeSeq as _};

use crate::{
    archive::{AnnotatedLine, FileOutcome, Outcome},
    article::{CodePoints, Span},
};

use super::{rows::rounded, terminal::harmless};

/// A JSON object with its keys in this order: `object! { name: &it.name, quotes: it.n_quotes }`.
macro_rules! object {
    ($($(#[$attribute:meta])* $key:ident $(: $value:expr)?),+ $(,)?) => {{
        #[derive(::serde::Serialize)]
        #[cfg_attr(feature = "web", derive(::schemars::JsonSchema), schemars(inline))]
        struct Object<$($key),+> {
            $($(#[$attribute])* $key: $key),+
        }
        Object { $($key $(: $value)?),+ }
    }};
}

pub(crate) use object;

/// One document, indented, with a line end.
pub fn document(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    write_harmless(out, |out| {
        serde_json::to_writer_pretty(&mut *out, value)?;
        writeln!(out)
    })
}

/// One document that is an array of the values, each written as it comes.
pub(super) fn array<T: Serialize>(
    values: impl IntoIterator<Item = T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_harmless(out, |out| {
        let mut serializer = serde_json::Serializer::pretty(&mut *out);
        // `collect_seq` would ask for their number.
        let mut array = serializer.serialize_seq(None)?;
        for value in values {
            array.serialize_element(&value)?;
        }
        array.end()?;
        writeln!(out)
    })
}

/// One document a line.
pub fn lines<T: Serialize>(values: impl IntoIterator<Item = T>, out: &mut dyn Write) -> io::Result<()> {
    write_harmless(out, |out| {
        for value in values {
            serde_json::to_writer(&mut *out, &value)?;
            writeln!(out)?;
        }
        Ok(())
    })
}

/// Writes JSON to `out` by way of [`Harmless`]. serde_json gives a document in pieces of a few
/// bytes, which are collected first.
fn write_harmless(
    out: &mut dyn Write,
    write: impl FnOnce(&mut BufWriter<Harmless<'_>>) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::new(Harmless(out));
    write(&mut out)?;
    out.into_inner().map(drop).map_err(IntoInnerError::into_error)
}

/// Writes the characters that JSON may hold as they are, but a terminal obeys, as `\u…` escapes:
/// the same text to a parser.
struct Harmless<'a>(&'a mut dyn Write);

impl Write for Harmless<'_> {
    /// Takes whole characters, as serde_json gives them: each piece of a string at once, and a
    /// [`BufWriter`] cuts no piece.
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        // serde_json escapes what a terminal obeys of ASCII, but for DEL. Line ends stand between
        // values only.
        if piece.is_ascii() && !piece.contains(&0x7f) {
            self.0.write_all(piece)?;
            return Ok(piece.len());
        }
        let mut rest = str::from_utf8(piece).map_err(io::Error::other)?;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| *c >= '\u{7f}' && harmless(*c) != *c) {
            write!(self.0, "{}\\u{:04x}", &rest[..at], u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        self.0.write_all(rest.as_bytes())?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Writes the quotes of one article, each piece of a quote on its own, offsets in code points of
/// the article's text.
pub fn annotated(line: &AnnotatedLine, out: &mut dyn Write) -> io::Result<()> {
    let (id, text, annotated) = match line {
        AnnotatedLine::Article { id, text, annotated } => (id, text, annotated),
        AnnotatedLine::Problem { line, reason } => {
            return lines([object! { id: (), error: reason, line }], out);
        }
    };
    let code_points = CodePoints::of(text);
    let place = |passage: usize, span: Span| {
        let offset = annotated.offsets.get(passage).copied().unwrap_or(0);
        [code_points.before(offset + span.start()), code_points.before(offset + span.end())]
    };
    let pieces = annotated.quotes.iter().flat_map(|quote| quote.content.iter().map(move |it| (quote, it)));
    let quotes = pieces.map(|(quote, piece)| {
        let [start, end] = place(quote.passage, *piece);
        let speaker = quote.speaker.as_ref();
        object! {
            start,
            end,
            kind: quote.kind.name(),
            speaker_span: quote.mention.map(|it| place(it.passage, it.span)),
            speaker: speaker.map(|it| &it.name),
            speaker_kind: speaker.map(|it| it.kind.name()),
            role: speaker.and_then(|it| it.role.as_ref()),
            cue: quote.cue.map(|it| place(quote.passage, it)),
            confidence: rounded(quote.confidence),
            rule: quote.rule.name(),
            stance: quote.stance.name(),
        }
    });
    lines([object! { id, quotes: quotes.collect::<Vec<_>>() }], out)
}

/// Writes what happened to one file.
pub fn report_line(done: &FileOutcome, out: &mut dyn Write) -> io::Result<()> {
    let record = &done.record;
    let problem = (!record.problems.is_empty()).then(|| record.problems.join("; "));
    let (outcome, from) = match &done.outcome {
        Outcome::Removed => ("removed", None),
        _ if problem.is_some() && record.articles == 0 => ("problem", None),
        Outcome::Added => ("added", None),
        Outcome::Moved(from) => ("moved", Some(from.as_str())),
        Outcome::Changed => ("changed", None),
        Outcome::Unchanged => ("unchanged", None),
    };
    let row = object! {
        path: &record.path,
        outcome,
        /// Where a moved file was before.
        from,
        articles: record.articles,
        passages: record.passages,
        quotes: record.quotes,
        problem,
        notes: &record.notes,
    };
    lines([row], out)
}
