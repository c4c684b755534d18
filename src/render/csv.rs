//! Tables for spreadsheets: a header, then one row a hit, quote, speaker or passage.

use std::io::{self, Write};

use csv::Writer;

use crate::{
    archive::{NameHits, QuotesResults, Shown, SimilarArticles},
    article::{Described, Metadata, Quote},
    search::{Beside, Hit, Results, Version},
};

use super::{
    rows::{offsets, quoted_text},
    terminal::visible,
};

/// The columns that every table with articles begins with.
const ARTICLE: [&str; 10] =
    ["article", "path", "headline", "source", "date", "byline", "place", "section", "language", "url"];

fn article_cells(article: &impl Described) -> Vec<String> {
    let Metadata { headline, source, date, byline, place, section, language, url, rejected: _ } =
        article.metadata();
    let text = |it: &Option<crate::article::Resolved<String>>| {
        it.as_ref().map(|it| it.value.clone()).unwrap_or_default()
    };
    vec![
        article.id().to_string(),
        article.place().path.clone(),
        text(headline),
        text(source),
        date.as_ref().map(|it| it.value.to_string()).unwrap_or_default(),
        text(byline),
        text(place),
        text(section),
        language.as_ref().map(|it| it.value.to_string()).unwrap_or_default(),
        text(url),
    ]
}

/// Writes a row without what a terminal would obey; line ends stay, quoted as CSV does.
pub(super) fn write<W: Write>(
    writer: &mut Writer<W>,
    cells: impl IntoIterator<Item = impl AsRef<str>>,
) -> io::Result<()> {
    for cell in cells {
        let lines: Vec<_> = cell.as_ref().split('\n').map(visible).collect();
        writer.write_field(lines.join("\n")).map_err(unwrapped)?;
    }
    writer.write_record(None::<&[u8]>).map_err(unwrapped)
}

/// The error of the stream itself: a closed pipe must be seen as one.
fn unwrapped(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A table of any cells.
pub(super) fn table(
    header: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = Writer::from_writer(out);
    write(&mut writer, header)?;
    rows.into_iter().try_for_each(|row| write(&mut writer, row))?;
    writer.flush()
}

fn start<'a>(out: &'a mut dyn Write, first: &[&str], last: &[&str]) -> io::Result<Writer<&'a mut dyn Write>> {
    let mut writer = Writer::from_writer(out);
    write(&mut writer, first.iter().chain(&ARTICLE).chain(last))?;
    Ok(writer)
}

/// Where the other versions lie.
fn paths(copies: &[Version]) -> String {
    copies.iter().map(|it| it.place.path.as_str()).collect::<Vec<_>>().join("; ")
}

/// Passages that a search found.
pub(super) fn hits(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = start(out, &["rank", "score"], &hit_columns(results.context))?;
    for hit in &results.hits {
        write(&mut writer, hit_cells(hit, results.context))?;
    }
    writer.flush()
}

/// The columns of a hit behind those of its article.
const HIT: [&str; 6] = ["passage", "kind", "text", "highlights", "speakers", "copies"];
/// The passages around a hit, a line each, where they were asked for.
const CONTEXT: [&str; 2] = ["before", "after"];

fn hit_columns(context: usize) -> Vec<&'static str> {
    HIT.into_iter().chain(CONTEXT.into_iter().filter(|_| context > 0)).collect()
}

fn hit_cells(hit: &Hit, context: usize) -> Vec<String> {
    let passage = hit.passage();
    let mut speakers: Vec<&str> =
        hit.quotes.iter().filter_map(|it| it.speaker.as_ref()).map(|it| it.name.as_str()).collect();
    speakers.dedup();
    let spans = offsets(&hit.highlights, &passage.text);
    let spans: Vec<String> = spans.iter().map(|[start, end]| format!("{start}-{end}")).collect();
    let mut row = vec![hit.rank.to_string(), hit.score.to_string()];
    row.extend(article_cells(&hit.article));
    row.extend([
        hit.passage.to_string(),
        passage.kind.name().to_owned(),
        passage.text.clone(),
        spans.join(" "),
        speakers.join("; "),
        paths(&hit.copies),
    ]);
    if context > 0 {
        let (before, after) = hit.around(context);
        let texts = |all: Beside<'_>| {
            let texts: Vec<&str> = all.into_iter().map(|it| it.1.text.as_str()).collect();
            texts.join("\n")
        };
        row.extend([texts(before), texts(after)]);
    }
    row
}

const QUOTE: [&str; 8] = ["passage", "kind", "text", "speaker", "speaker_kind", "role", "confidence", "rule"];

fn quote_cells(quote: &Quote, text: &str) -> [String; 8] {
    let speaker = quote.speaker.as_ref();
    [
        quote.passage.to_string(),
        quote.kind.name().to_owned(),
        quoted_text(quote, text),
        speaker.map(|it| it.name.clone()).unwrap_or_default(),
        speaker.map(|it| it.kind.name().to_owned()).unwrap_or_default(),
        speaker.and_then(|it| it.role.clone()).unwrap_or_default(),
        super::rows::rounded(quote.confidence).to_string(),
        quote.rule.name().to_owned(),
    ]
}

/// Quotes of a speaker.
pub(super) fn quotes(results: &QuotesResults, out: &mut dyn Write) -> io::Result<()> {
    let last: Vec<&str> =
        QUOTE.into_iter().chain(["passage_text", "person", "person_role", "copies"]).collect();
    let mut writer = start(out, &["rank"], &last)?;
    for spoken in &results.quotes {
        let mut row = vec![spoken.rank.to_string()];
        row.extend(article_cells(&spoken.article));
        row.extend(quote_cells(&spoken.quote, spoken.passage_text()));
        row.push(spoken.passage_text().to_owned());
        let person = spoken.person.as_ref();
        row.push(person.map(|it| it.name.clone()).unwrap_or_default());
        row.push(person.and_then(|it| it.role.clone()).unwrap_or_default());
        row.push(paths(&spoken.copies));
        write(&mut writer, row)?;
    }
    writer.flush()
}

/// Counts: what is counted, its value, and how much there is of it.
pub(super) fn counts(rows: &[[String; 5]], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::from_writer(out);
    write(&mut writer, ["facet", "value", "articles", "passages", "quotes"])?;
    for row in rows {
        write(&mut writer, row)?;
    }
    writer.flush()
}

/// The copies of an article, then what is related to it: a row each.
pub(super) fn similar(results: &SimilarArticles, out: &mut dyn Write) -> io::Result<()> {
    let last = ["headline_changed", "added", "cut", "changed", "same", "reordered", "words"];
    let mut writer = start(out, &["relation", "score"], &last)?;
    for copy in &results.copies {
        let mut row = vec!["copy".to_owned(), String::new()];
        row.extend(article_cells(&copy.article));
        let it = &copy.difference;
        row.push(it.headline.to_string());
        row.extend([it.added.len(), it.cut.len(), it.changed.len(), it.same].map(|it| it.to_string()));
        row.extend([it.reordered.to_string(), String::new()]);
        write(&mut writer, row)?;
    }
    for related in &results.related {
        let mut row = vec!["related".to_owned(), super::similar::score(related.score).to_string()];
        row.extend(article_cells(&related.article));
        row.extend(vec![String::new(); 6]);
        row.push(related.words.join("; "));
        write(&mut writer, row)?;
    }
    writer.flush()
}

/// The versions of each family, a row each.
pub(super) fn families(families: &[Vec<Version>], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::from_writer(out);
    write(&mut writer, ["family", "article", "path", "headline", "source", "date"])?;
    for (n, family) in (1..).zip(families) {
        for version in family {
            let row = [
                n.to_string(),
                version.article.to_string(),
                version.place.path.clone(),
                version.headline.clone().unwrap_or_default(),
                version.source.clone().unwrap_or_default(),
                version.date.map(|it| it.to_string()).unwrap_or_default(),
            ];
            write(&mut writer, row)?;
        }
    }
    writer.flush()
}

/// The passages of one article, a row for each quote of a passage and one for a passage without.
pub(super) fn passages(shown: &Shown, out: &mut dyn Write) -> io::Result<()> {
    let last = ["passage", "passage_kind", "passage_text", "kind", "text", "speaker", "speaker_kind", "role"];
    let mut writer = start(out, &[], &last)?;
    for (ordinal, passage) in shown.article.passages().iter().enumerate() {
        let mut row = article_cells(&shown.article);
        row.extend([ordinal.to_string(), passage.kind.name().to_owned(), passage.text.clone()]);
        let mine: Vec<&Quote> = shown.quotes.iter().filter(|it| it.passage == ordinal).collect();
        if mine.is_empty() {
            write(&mut writer, row.iter().map(String::as_str).chain([""; 5]))?;
        }
        for quote in mine {
            let cells = quote_cells(quote, &passage.text);
            write(&mut writer, row.iter().chain(&cells[1..6]))?;
        }
    }
    writer.flush()
}

/// The columns of a name before those of its hits.
const NAME: [&str; 7] = ["name", "query", "articles", "passages", "first", "last", "problem"];

/// The hits of a name, a row each; a name without any has a row of its own.
pub(super) fn name(of: &NameHits, context: usize, first: bool, out: &mut dyn Write) -> io::Result<()> {
    let columns = hit_columns(context);
    let mut writer = Writer::from_writer(out);
    if first {
        let header = NAME.iter().chain(&["rank", "score"]).chain(&ARTICLE).chain(&columns);
        write(&mut writer, header)?;
    }
    let (since, until) = of.published.clone().unwrap_or_default();
    let counts = [of.articles, of.results.total].map(|it| it.to_string());
    let mut name = vec![of.name.clone(), of.read_as.clone().unwrap_or_default()];
    name.extend(counts);
    name.extend([since, until, of.problem.clone().unwrap_or_default()]);
    if of.results.hits.is_empty() {
        let empty = vec![String::new(); 2 + ARTICLE.len() + columns.len()];
        write(&mut writer, name.iter().chain(&empty))?;
    }
    for hit in &of.results.hits {
        write(&mut writer, name.iter().chain(&hit_cells(hit, context)))?;
    }
    writer.flush()
}
