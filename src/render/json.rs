//! JSON: exact text, and for a terminal no character in it that it would obey.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::{
    archive::{AnnotatedLine, FileOutcome, Outcome},
    article::Span,
};

use super::rows::rounded;

/// One document, indented, with a line end.
pub(super) fn document(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Harmless(PrettyFormatter::new())))?;
    writeln!(out)
}

/// One document a line.
pub(super) fn lines<T: Serialize>(
    values: impl IntoIterator<Item = T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for value in values {
        value.serialize(&mut Serializer::with_formatter(&mut *out, Harmless(CompactFormatter)))?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes the characters that JSON may hold as they are, but a terminal obeys, as `\u…` escapes: the same text to a parser.
struct Harmless<F>(F);

impl<F: Formatter> Formatter for Harmless<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(obeyed) {
            let (plain, tail) = rest.split_at(at);
            let c = tail.chars().next().expect("found there");
            write!(writer, "{plain}\\u{:04x}", u32::from(c))?;
            rest = &tail[c.len_utf8()..];
        }
        self.0.write_string_fragment(writer, rest)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

fn obeyed(c: char) -> bool {
    super::terminal::harmless(c) != c
}

/// A line of `annotate`'s output.
#[derive(Serialize)]
struct AnnotatedRow<'a> {
    id: &'a str,
    quotes: Vec<AnnotatedQuoteRow<'a>>,
}

#[derive(Serialize)]
struct AnnotatedQuoteRow<'a> {
    start: usize,
    end: usize,
    kind: &'static str,
    speaker_span: Option<[usize; 2]>,
    speaker: Option<&'a str>,
    speaker_kind: Option<&'static str>,
    role: Option<&'a str>,
    cue: Option<[usize; 2]>,
    confidence: f32,
    rule: &'a str,
}

/// A line of `annotate`'s output where the input held no article.
#[derive(Serialize)]
struct AnnotateProblemRow<'a> {
    id: Option<()>,
    error: &'a str,
    line: usize,
}

/// Writes the quotes of one article, each piece of a quote on its own, offsets in code points of the article's text.
pub fn annotated(line: &AnnotatedLine, out: &mut dyn Write) -> io::Result<()> {
    let (id, text, annotated) = match line {
        AnnotatedLine::Article { id, text, annotated } => (id, text, annotated),
        AnnotatedLine::Problem { line, reason } => {
            return lines([AnnotateProblemRow { id: None, error: reason, line: *line }], out);
        }
    };
    let code_points = CodePoints::of(text);
    let place = |passage: usize, span: Span| {
        let offset = annotated.offsets.get(passage).copied().unwrap_or(0);
        [code_points.before(offset + span.start()), code_points.before(offset + span.end())]
    };
    let mut quotes = Vec::new();
    for quote in &annotated.quotes {
        for piece in &quote.content {
            let [start, end] = place(quote.passage, *piece);
            quotes.push(AnnotatedQuoteRow {
                start,
                end,
                kind: quote.kind.name(),
                speaker_span: quote.mention.map(|it| place(it.passage, it.span)),
                speaker: quote.speaker.as_ref().map(|it| it.name.as_str()),
                speaker_kind: quote.speaker.as_ref().map(|it| it.kind.name()),
                role: quote.speaker.as_ref().and_then(|it| it.role.as_deref()),
                cue: quote.cue.map(|it| place(quote.passage, it)),
                confidence: rounded(quote.confidence),
                rule: quote.rule.name(),
            });
        }
    }
    lines([AnnotatedRow { id, quotes }], out)
}

/// Bytes of a text to code points, without counting from the start each time.
struct CodePoints<'a> {
    text: &'a str,
    /// Code points before each multiple of [`STRIDE`] bytes.
    before: Vec<usize>,
}

const STRIDE: usize = 64;

impl CodePoints<'_> {
    fn of(text: &str) -> CodePoints<'_> {
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut n = 0;
        for block in text.as_bytes().chunks(STRIDE) {
            before.push(n);
            n += starts(block);
        }
        before.push(n);
        CodePoints { text, before }
    }

    /// Code points before the byte `at`, which lies on the boundary of one.
    fn before(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = at / STRIDE;
        self.before[block.min(self.before.len() - 1)] + starts(&self.text.as_bytes()[block * STRIDE..at])
    }
}

/// How many code points start in the bytes: all but continuation bytes do.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|it| (**it as i8) >= -0x40).count()
}

/// A line of `ingest --report`.
#[derive(Serialize)]
struct ReportRow<'a> {
    path: &'a str,
    outcome: &'static str,
    /// Where a moved file was before.
    from: Option<&'a str>,
    articles: usize,
    passages: usize,
    quotes: usize,
    problem: Option<String>,
    notes: &'a [String],
}

/// Writes what happened to one file.
pub fn report_line(done: &FileOutcome, out: &mut dyn Write) -> io::Result<()> {
    let record = &done.record;
    let problem = (!record.problems.is_empty()).then(|| record.problems.join("; "));
    let (outcome, from) = match &done.outcome {
        Outcome::Removed => ("removed", None),
        _ if problem.is_some() && record.articles.is_empty() => ("problem", None),
        Outcome::Added => ("added", None),
        Outcome::Moved(from) => ("moved", Some(from.as_str())),
        Outcome::Changed => ("changed", None),
        Outcome::Unchanged => ("unchanged", None),
    };
    let row = ReportRow {
        path: &record.path,
        outcome,
        from,
        articles: record.articles.len(),
        passages: record.passages,
        quotes: record.quotes,
        problem,
        notes: &record.notes,
    };
    lines([row], out)
}
