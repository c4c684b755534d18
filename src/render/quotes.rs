//! Quotes of a speaker.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    archive::{QuotesResults, SpokenQuote},
    article::{FieldName, Speaker},
};

use super::{
    Look, Render,
    facets::{BarRow, Bars, CountedRow, Unit, counts_table},
    json,
    markdown::{self, escaped, reference},
    rows::{ArticleRow, QuoteRow, VersionRow, manner, quoted_text},
    table::{QUOTE, Table, article_columns, article_row, cell, cells, paths, quote_cells},
    terminal::{self, FAINT, HEADLINE, SPEAKER, date, introduced},
};

/// A quote with its article, as `quotes` lists it.
#[derive(Serialize)]
struct SpokenRow<'a> {
    rank: usize,
    #[serde(flatten)]
    article: ArticleRow<'a>,
    passage: usize,
    #[serde(flatten)]
    quote: QuoteRow<'a>,
    /// The text of the whole passage, which the offsets are of.
    passage_text: &'a str,
    copies: Vec<VersionRow<'a>>,
    person: Option<SpokenByRow<'a>>,
}

/// Whose a quote is, as the archive knows them.
#[derive(Serialize)]
struct SpokenByRow<'a> {
    name: &'a str,
    qualifier: Option<&'a str>,
    role: Option<&'a str>,
}

impl<'a> SpokenRow<'a> {
    fn new(spoken: &'a SpokenQuote) -> SpokenRow<'a> {
        SpokenRow {
            rank: spoken.rank,
            article: ArticleRow::new(&spoken.article),
            passage: spoken.quote.passage,
            quote: QuoteRow::new(&spoken.quote, &spoken.article),
            passage_text: spoken.passage_text(),
            copies: spoken.copies.iter().map(VersionRow::new).collect(),
            person: spoken.person.as_ref().map(|it| SpokenByRow {
                name: &it.name,
                qualifier: it.qualifier.as_deref(),
                role: it.role.as_deref(),
            }),
        }
    }
}

/// Quotes with their timeline.
#[derive(Serialize)]
struct QuotesDocument<'a> {
    quotes: Vec<SpokenRow<'a>>,
    timeline: Vec<BarRow<'a>>,
}

/// Quotes of a speaker, and how many there are over time where that was asked for and there are any. CSV has room for one
/// table: that of the timeline.
impl Render for QuotesResults {
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        for (n, spoken) in self.quotes.iter().enumerate() {
            if n > 0 {
                writeln!(out)?;
            }
            quote(spoken, look, out)?;
        }
        let Some(bars) = bars(self) else { return Ok(()) };
        writeln!(out)?;
        bars.text(look, out)
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let quotes = self.quotes.iter().map(SpokenRow::new).collect();
        match bars(self) {
            Some(bars) => json::document(&QuotesDocument { quotes, timeline: bars.rows() }, out),
            None => json::document(&quotes, out),
        }
    }

    fn rows(&self) -> impl Iterator<Item: Serialize> {
        let quotes = self.quotes.iter().map(|it| CountedRow::Result(SpokenRow::new(it)));
        quotes.chain(bars(self).into_iter().flat_map(|it| it.rows()).map(CountedRow::Count))
    }

    fn table(&self) -> Table<'_> {
        if let Some(bars) = bars(self) {
            return counts_table(bars.cells());
        }
        let after = [&QUOTE[..], &["passage_text", "person", "person_role", "copies"]].concat();
        let row = |it: &SpokenQuote| {
            let person = it.person.as_ref();
            let own = cells([
                &it.passage_text(),
                &cell(person.map(|it| &it.name)),
                &cell(person.and_then(|it| it.role.as_ref())),
                &paths(&it.copies),
            ]);
            let quote = quote_cells(&it.quote, it.passage_text());
            article_row(cells([&it.rank]), &it.article, quote.into_iter().chain(own))
        };
        Table::new(article_columns(&["rank"], &after), self.quotes.iter().map(row))
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        for spoken in &self.quotes {
            let quote = &spoken.quote;
            writeln!(out, "> {}\n>", escaped(&quoted_text(quote, spoken.passage_text())))?;
            if let Some(speaker) = &quote.speaker {
                let role = speaker.role.as_ref().map_or_else(String::new, |it| format!(", {}", escaped(it)));
                writeln!(out, "> — {}{role} ({})\n", escaped(&speaker.name), manner(quote))?;
            }
            writeln!(out, "{}, {}\n", markdown::headline(&spoken.article), reference(&spoken.article))?;
            markdown::also_in(&spoken.copies, out)?;
        }
        bars(self).map_or(Ok(()), |it| it.markdown(out))
    }
}

fn bars(results: &QuotesResults) -> Option<Bars<'_>> {
    let timeline = results.timeline.as_ref().filter(|_| results.total > 0)?;
    Some(Bars { timeline, unit: Unit::Quotes })
}

fn quote(spoken: &SpokenQuote, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let SpokenQuote { article, quote, .. } = spoken;
    let speaker =
        quote.speaker.as_ref().map_or_else(|| "nobody named".to_owned(), |it| spoken_by(spoken, it));
    let date = date(article.metadata.published());
    let head = format!("{}  {}", look.styled(HEADLINE, &date), look.styled(SPEAKER, &speaker));
    look.lines("", &head, out)?;
    look.lines("  ", &look.marked(spoken.passage_text(), &quote.content, SPEAKER), out)?;
    let known = [FieldName::Source, FieldName::Headline].map(|it| article.metadata.text(it));
    let mut parts: Vec<_> = known.into_iter().flatten().collect();
    parts.extend([manner(quote).into(), article.place.path.as_str().into()]);
    look.lines("  ", &look.styled(FAINT, &parts.join(" · ")), out)?;
    terminal::also_in(&spoken.copies, "  ", look, out)
}

/// The person, with what the article calls them where that is another name, and the role: the article's own, else, in
/// brackets, the one they had then.
fn spoken_by(spoken: &SpokenQuote, speaker: &Speaker) -> String {
    let Some(person) = &spoken.person else { return introduced(speaker) };
    let called = if person.name == speaker.name { String::new() } else { format!(" (as {})", speaker.name) };
    let role = match (&speaker.role, &person.role) {
        (Some(role), _) => format!(", {role}"),
        (None, Some(role)) => format!(" [{role}]"),
        (None, None) => String::new(),
    };
    format!("{}{called}{role}", person.name)
}
