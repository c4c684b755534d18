//! Results for people: plain in a pipe, coloured and wrapped on a terminal.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use anstyle::{AnsiColor, Style};
use morgue_core::number;

use crate::{
    article::{Described, FieldName, PassageKind, Published, Span, Speaker},
    search::Version,
};

/// What the terminal, if it is one, can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether to colour.
    pub color: bool,
    /// Columns to wrap at; `None` in a pipe, where a passage is one line.
    pub width: Option<usize>,
}

pub(super) const MATCH: Style = AnsiColor::Red.on_default().bold();
pub(super) const CUT: Style = AnsiColor::Red.on_default().strikethrough();
pub(super) const ADDED: Style = AnsiColor::Green.on_default();
pub(super) const HEADLINE: Style = Style::new().bold();
pub(super) const FAINT: Style = Style::new().dimmed();
pub(super) const SPEAKER: Style = AnsiColor::Cyan.on_default();

/// The text without what a terminal would obey: control characters and marks that turn the
/// direction of text are shown as `�`, tabs and line ends as spaces.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|it| harmless(it) == it) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(harmless).collect())
}

/// The character, or what is shown in its place.
pub(super) fn harmless(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() => '\u{fffd}',
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    }
}

impl Look {
    pub(super) fn styled(&self, style: Style, text: &str) -> String {
        let text = visible(text);
        if self.color { format!("{style}{text}{style:#}") } else { text.into_owned() }
    }

    /// The text with the spans in `style`.
    pub(super) fn marked(&self, text: &str, spans: &[Span], style: Style) -> String {
        marked(text, spans, |it| visible(it).into_owned(), |it| self.styled(style, it))
    }

    /// Lines of `text` behind `indent`.
    pub(super) fn lines(&self, indent: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
        let Some(width) = self.width else { return writeln!(out, "{indent}{text}") };
        let options = textwrap::Options::new(width.max(20))
            .initial_indent(indent)
            .subsequent_indent(indent)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for line in textwrap::wrap(text, options) {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }
}

/// The text with `mark` applied inside the spans and `plain` outside. Of overlapping spans the
/// first counts.
pub(super) fn marked(
    text: &str,
    spans: &[Span],
    plain: impl Fn(&str) -> String,
    mark: impl Fn(&str) -> String,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans.iter().filter(|it| text.get(it.range()).is_some()) {
        if span.start() >= at {
            out.push_str(&plain(&text[at..span.start()]));
            out.push_str(&mark(span.of(text)));
            at = span.end();
        }
    }
    out + &plain(&text[at..])
}

/// Writes the headline of an article, and below it a line with source, date, byline and place.
pub(super) fn heading(
    article: &impl Described,
    marks: &[Span],
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let headline = match article.passage(0) {
        Some(first) if first.kind == PassageKind::Headline => {
            let style = if look.color { HEADLINE } else { Style::new() };
            let text = look.marked(&first.text, marks, MATCH);
            if look.color { format!("{style}{text}{style:#}") } else { text }
        }
        _ => look.styled(FAINT, "(no headline)"),
    };
    look.lines("", &headline, out)?;
    let known = look.styled(FAINT, &reference(article));
    look.lines("", &known, out)?;
    corrected(article, "", look, out)
}

/// `corrected: …`, where the outlet corrected the article.
pub(super) fn corrected(
    article: &impl Described,
    indent: &str,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    match article.metadata().text(FieldName::Correction) {
        Some(note) => look.lines(indent, &look.styled(MATCH, &format!("corrected: {note}")), out),
        None => Ok(()),
    }
}

/// The most other versions that text names.
const VERSIONS_NAMED_MAX: usize = 5;

/// `also in The Post · 2017-06-24 · corpus/b.txt`, where there are other versions.
pub(super) fn also_in(copies: &[Version], indent: &str, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let Some(shown) = copies.get(..copies.len().min(VERSIONS_NAMED_MAX)).filter(|it| !it.is_empty()) else {
        return Ok(());
    };
    let mut named: Vec<String> = shown.iter().map(version).collect();
    if copies.len() > shown.len() {
        named.push(format!("and {} more", number(copies.len() - shown.len())));
    }
    look.lines(indent, &look.styled(FAINT, &format!("also in {}", named.join("; "))), out)
}

pub(super) fn version(version: &Version) -> String {
    let mut parts = Vec::from_iter(version.source.clone());
    parts.push(date(version.date));
    parts.push(version.place.address().into_owned());
    parts.join(" · ")
}

/// `VOA News · 2017-06-23 · Ayesha Tanzeem · corpus/a.txt`; of a file with several articles also
/// which.
fn reference(article: &impl Described) -> String {
    let metadata = article.metadata();
    let mut parts = Vec::from_iter(metadata.text(FieldName::Source));
    parts.push(date(metadata.published()).into());
    parts.extend(metadata.text(FieldName::Byline));
    parts.push(article.place().address());
    parts.join(" · ")
}

/// The date as fine as known.
pub(super) fn date(date: Option<Published>) -> String {
    date.map_or_else(|| "undated".to_owned(), |it| it.to_string())
}

/// The speaker with the role the article gives.
pub(super) fn introduced(speaker: &Speaker) -> String {
    match &speaker.role {
        Some(role) => format!("{}, {role}", speaker.name),
        None => speaker.name.clone(),
    }
}
