//! One article as indexed, or as it would be.

use std::io::{self, Write};

use anstyle::Style;
use serde::{Serialize, Serializer};

use crate::{
    archive::{Extracted, Shown},
    article::{
        Article, Candidate, FieldName, Metadata, Origin, PassageKind, Quote, QuoteKind, Resolved, Span,
    },
    search::Reason,
};

use super::{
    Look, Render, Row,
    json::{self, object},
    markdown::{self, escaped, marked, reference},
    rows::{self, manner, offsets, quoted_text, rounded, unsaid},
    table::{self, Table, article_columns, cells, quote_cells},
    terminal::{self, FAINT, HEADLINE, MATCH, SPEAKER, introduced, visible},
};

/// A whole article as JSON: its metadata with origins, its passages with quotes and the reasons
/// that were asked for.
fn article_row<'a>(
    article: &'a Article,
    quotes: &'a [Quote],
    reasons: &'a [Reason],
    marks: &'a [Vec<Span>],
) -> impl Row {
    let places = rows::Places::new(article);
    let own = quotes_by_passage(article, quotes);
    let quotes_of = |ordinal: usize| {
        let own = own[ordinal].iter();
        own.map(|(place, it)| rows::quote(it, &places, reasons.get(*place))).collect::<Vec<_>>()
    };
    let passages = article.passages().iter().enumerate().map(|(ordinal, it)| {
        object! {
            passage: ordinal,
            kind: it.kind.name(),
            text: &it.text,
            /// The bytes in the file, where the format is plain text.
            bytes: it.bytes.as_ref().map(|it| [it.start, it.end]),
            quotes: quotes_of(ordinal),
            #[serde(flatten)]
            marked: marks.get(ordinal).map(|marks| object! { highlights: offsets(marks, &it.text) }),
        }
    });
    object! {
        article: article.id.to_string(),
        path: article.place.address(),
        /// Which document of its file it is, counted from 0.
        ordinal: article.place.ordinal(),
        metadata: metadata_row(&article.metadata),
        passages: passages.collect::<Vec<_>>(),
    }
}

/// For each passage its quotes, each with its place among all.
fn quotes_by_passage<'a>(article: &Article, quotes: &'a [Quote]) -> Vec<Vec<(usize, &'a Quote)>> {
    let mut own = vec![Vec::new(); article.passages().len()];
    for (place, quote) in quotes.iter().enumerate() {
        if let Some(own) = own.get_mut(quote.passage) {
            own.push((place, quote));
        }
    }
    own
}

/// All fields, by name.
fn metadata_row(metadata: &Metadata) -> impl Row {
    let row = |field| field_row(metadata, field);
    object! {
        byline: row(FieldName::Byline),
        correction: row(FieldName::Correction),
        date: row(FieldName::Date),
        headline: row(FieldName::Headline),
        language: row(FieldName::Language),
        place: row(FieldName::Place),
        section: row(FieldName::Section),
        source: row(FieldName::Source),
        url: row(FieldName::Url),
    }
}

/// The value with its origin; `null` when no place gave any; a `null` value when all that were
/// given are no good.
fn field_row(metadata: &Metadata, field: FieldName) -> Option<impl Row + use<>> {
    let origin = |it: Origin| object! { trust: it.trust.name(), rule: it.rule, place: it.place };
    let candidate = |it: Candidate| object! { value: it.value, origin: origin(it.origin) };
    let (value, from, candidates) = match metadata.resolved(field) {
        Some(it) => (Some(it.value), Some(it.origin), it.candidates),
        None => (None, None, metadata.candidates(field)),
    };
    (value.is_some() || !candidates.is_empty()).then(|| {
        object! {
            value,
            origin: from.map(origin),
            candidates: candidates.into_iter().map(candidate).collect::<Vec<_>>(),
        }
    })
}

/// An article as indexed, on a terminal its quotes marked and their speakers named.
pub struct ArticleView<'a> {
    /// The article.
    pub shown: &'a Shown,
    /// Whether to show where its metadata comes from.
    pub origins: bool,
}

impl ArticleView<'_> {
    /// It as JSON.
    pub fn row(&self) -> impl Row {
        let Shown { article, quotes, reasons, marks } = self.shown;
        article_row(article, quotes, reasons, marks)
    }
}

impl Render for ArticleView<'_> {
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        let Shown { article, quotes, reasons, marks } = self.shown;
        let mut number = 1;
        writeln!(out, "{}", look.styled(FAINT, &article.id.to_string()))?;
        for field in FieldName::ALL {
            metadata_line(article, field, self.origins, look, out)?;
        }
        writeln!(out, "{:>9}  {}", "path", visible(&article.place.address()))?;
        let own = article.passages().iter().zip(quotes_by_passage(article, quotes));
        for (ordinal, (passage, mine)) in own.enumerate() {
            let marks = marks.get(ordinal).map_or(&[][..], Vec::as_slice);
            // The headline stands above, among the metadata.
            if passage.kind == PassageKind::Headline && marks.is_empty() {
                continue;
            }
            writeln!(out)?;
            let mut spans: Vec<Span> = mine.iter().flat_map(|it| it.1.content.iter().copied()).collect();
            spans.sort_unstable();
            let text = match marks {
                [] => look.marked(&passage.text, &spans, SPEAKER),
                marks => numbered(&passage.text, marks, &mut number, look),
            };
            let text = match passage.kind {
                PassageKind::Heading if marks.is_empty() => look.styled(HEADLINE, &passage.text),
                PassageKind::Heading | PassageKind::Headline => text,
                PassageKind::Caption => format!("[caption] {text}"),
                PassageKind::Correction => format!("[correction] {text}"),
                PassageKind::Body => text,
            };
            look.lines("", &text, out)?;
            for (place, quote) in mine {
                look.lines("    ", &quote_line(quote, &passage.text, look), out)?;
                if let Some(reason) = reasons.get(place) {
                    look.lines("      ", &look.styled(FAINT, &explained(quote, reason, &passage.text)), out)?;
                }
            }
        }
        Ok(())
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        self.rows().try_for_each(|it| json::document(&it, out))
    }

    fn rows(&self) -> impl Iterator<Item: Row> {
        std::iter::once(self.row())
    }

    /// A row for each quote of a passage and one for a passage without.
    fn table(&self) -> Table<'_> {
        let Shown { article, quotes, marks, .. } = self.shown;
        let mut columns = vec![
            "passage",
            "passage_kind",
            "passage_text",
            "kind",
            "text",
            "speaker",
            "speaker_kind",
            "role",
            "stance",
        ];
        // What a query marks stands behind what every article has.
        let has_marks = !marks.is_empty();
        columns.extend(has_marks.then_some("highlights"));
        let columns: Vec<_> = article_columns(&[], &columns).into_iter().collect();
        let n_columns = columns.len();
        let own = article.passages().iter().zip(quotes_by_passage(article, quotes));
        let rows = own.enumerate().flat_map(move |(ordinal, (passage, quotes))| {
            let own = cells([&ordinal, &passage.kind.name(), &passage.text]);
            let row = table::article_row([], article, own);
            let quote = |it: &Quote| [row.as_slice(), &quote_cells(it, &passage.text)[1..7]].concat();
            let mut rows: Vec<_> = quotes.iter().map(|it| quote(it.1)).collect();
            if rows.is_empty() {
                rows.push(row);
            }
            if has_marks {
                let own = marks.get(ordinal).into_iter().flatten();
                let marked: Vec<&str> = own.map(|it| it.of(&passage.text)).collect();
                for row in &mut rows {
                    row.resize(n_columns - 1, String::new());
                    row.push(marked.join("; "));
                }
            }
            rows
        });
        Table::new(columns, rows)
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let Shown { article, quotes, marks, .. } = self.shown;
        let own = article.passages().iter().zip(quotes_by_passage(article, quotes));
        writeln!(out, "# {}\n\n{}\n", markdown::headline(article), reference(article))?;
        if self.origins {
            let known =
                FieldName::ALL.into_iter().filter_map(|it| Some((it, article.metadata.resolved(it)?)));
            let row = |(field, it): (FieldName, Resolved<String>)| {
                cells([&field.name(), &escaped(&it.value), &escaped(&it.origin.to_string())])
            };
            markdown::table(&["field", "value", "origin"], 0..0, known.map(row), out)?;
            writeln!(out)?;
        }
        for (ordinal, (passage, quotes)) in own.enumerate() {
            let text = match marks.get(ordinal) {
                Some(marks) => marked(&passage.text, marks),
                None => escaped(&passage.text),
            };
            match passage.kind {
                PassageKind::Headline => continue,
                PassageKind::Heading => writeln!(out, "## {text}\n")?,
                PassageKind::Caption => writeln!(out, "*{text}*\n")?,
                PassageKind::Correction => writeln!(out, "**{text}**\n")?,
                PassageKind::Body => writeln!(out, "{text}\n")?,
            }
            for (_, quote) in quotes {
                let speaker = quote.speaker.as_ref().map_or("nobody named", |it| it.name.as_str());
                writeln!(
                    out,
                    "> “{}” — {}{}\n",
                    escaped(&quoted_text(quote, &passage.text)),
                    escaped(speaker),
                    unsaid(quote.stance).map(|it| format!(" ({it})")).unwrap_or_default()
                )?;
            }
        }
        Ok(())
    }
}

/// The text with `[` and `]` about each mark, and its number in the article behind it: `[talks]¹`.
fn numbered(text: &str, marks: &[Span], number: &mut usize, look: &Look) -> String {
    let next = std::cell::Cell::new(*number);
    let marked = terminal::marked(
        text,
        marks,
        |it| visible(it).into_owned(),
        |it| {
            let n = next.replace(next.get() + 1);
            look.styled(MATCH, &format!("[{it}]{}", superscript(n)))
        },
    );
    *number = next.get();
    marked
}

/// `¹²`.
fn superscript(n: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    n.to_string().bytes().map(|it| DIGITS[usize::from(it - b'0')]).collect()
}

/// `cue “said” · he → Ortiz → Ana Ortiz · the verb beside it reports it … · 0.81`
pub(super) fn explained(quote: &Quote, reason: &Reason, text: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(quote.cue.map(|it| format!("cue “{}”", it.of(text))));
    let chain: Vec<&str> = reason.explanation.chain.iter().map(|it| it.text.as_str()).collect();
    let mut chain = chain.join(" → ");
    if let Some((person, why)) = &reason.person
        && !chain.ends_with(person.as_str())
    {
        chain = format!("{chain} → {person} ({why})");
    }
    parts.extend(Some(chain).filter(|it| !it.is_empty()));
    parts.push(reason.explanation.rule.meaning().to_owned());
    parts.push(format!("{:.2}", rounded(quote.confidence)));
    parts.join(" · ")
}

/// `“We will not sell” — Ana Ortiz, mayor (direct)`, as a line below its passage.
fn quote_line(quote: &Quote, text: &str, look: &Look) -> String {
    let words = quoted_text(quote, text);
    // What the article reports in its own words is not put between marks.
    let words = match quote.kind {
        QuoteKind::Direct => format!("“{}”", words.trim_end_matches(',')),
        QuoteKind::Indirect | QuoteKind::Mixed => words,
    };
    let speaker = quote.speaker.as_ref().map_or_else(|| "nobody named".to_owned(), introduced);
    let kind = format!("({})", manner(quote));
    format!(
        "{} {} {}",
        visible(&words),
        look.styled(SPEAKER, &format!("— {speaker}")),
        look.styled(FAINT, &kind)
    )
}

fn metadata_line(
    article: &Article,
    field: FieldName,
    origins: bool,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let origin = |it: &Origin| look.styled(FAINT, &format!("  ← {it}"));
    let label = if field == FieldName::Correction { "corrected" } else { field.name() };
    match article.metadata.resolved(field) {
        Some(it) => {
            let style = if field == FieldName::Headline { HEADLINE } else { Style::new() };
            let from = if origins { origin(&it.origin) } else { String::new() };
            writeln!(out, "{label:>9}  {}{from}", look.styled(style, &it.value))?;
        }
        // Most articles were never corrected: to miss a correction is nothing to tell.
        None if origins && field != FieldName::Correction => {
            writeln!(out, "{label:>9}  {}", look.styled(FAINT, "unknown"))?;
        }
        None => {}
    }
    for it in article.metadata.candidates(field).iter().filter(|_| origins) {
        writeln!(out, "{:>9}  not {}{}", "", visible(&it.value), origin(&it.origin))?;
    }
    Ok(())
}

/// What an ingest sees in a file: always JSON, a document or a line for each article, each written
/// as it comes.
pub fn extracted(
    path: &str,
    found: impl Iterator<Item = Extracted>,
    lines: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut found = found.map(|extracted| ExtractedRow { path, extracted });
    if lines {
        return json::lines(found, out);
    }
    match (found.next(), found.next()) {
        (Some(one), None) => json::document(&one, out),
        (first, second) => json::array(first.into_iter().chain(second).chain(found), out),
    }
}

struct ExtractedRow<'a> {
    path: &'a str,
    extracted: Extracted,
}

impl Serialize for ExtractedRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (article, problem) = match &self.extracted.article {
            Ok((article, quotes)) => (Some(article_row(article, quotes, &[], &[])), None),
            Err(problem) => (None, Some(problem.to_string())),
        };
        let row = object! {
            #[serde(flatten)]
            article,
            #[serde(flatten)]
            file: problem.is_some().then(|| object! { file: self.path }),
            problem,
            notes: &self.extracted.notes,
        };
        row.serialize(serializer)
    }
}
