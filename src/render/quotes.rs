//! Quotes of a speaker.

use std::io::{self, Write};

use crate::{
    article::FieldName,
    search::{QuotesResults, SpokenQuote},
};

use super::{
    Look, Render, Row,
    facets::{Bars, CountedRow, Unit, counts_table},
    json::{self, object},
    markdown::{self, escaped, reference},
    quote_entries,
    rows::{self, manner, place_of, quoted_text},
    table::{QUOTE, Table, article_columns, article_row, cell, cells, paths, quote_cells},
};

/// A quote with its article as JSON.
fn spoken_row(spoken: &SpokenQuote) -> impl Row {
    object! {
        rank: spoken.rank,
        #[serde(flatten)]
        article: rows::article(&spoken.article),
        passage: spoken.quote.passage,
        #[serde(flatten)]
        quote: rows::quote(&spoken.quote, &rows::Places::new(&spoken.article), spoken.reason.as_ref()),
        /// The text of the whole passage, which the offsets are of.
        passage_text: spoken.passage_text(),
        copies: rows::versions(&spoken.copies),
        /// Whose it is, as the archive knows them.
        person: spoken.person.as_ref().map(|it| object! {
            name: &it.name,
            qualifier: &it.qualifier,
            role: &it.role,
        }),
    }
}

/// Quotes of a speaker, and how many there are over time where that was asked for and there are
/// any. CSV has room for one table: that of the timeline.
impl Render for QuotesResults {
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        quote_entries::text(&self.quotes, look, out)?;
        let Some(bars) = bars(self) else { return Ok(()) };
        writeln!(out)?;
        bars.text(look, out)
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let quotes: Vec<_> = self.quotes.iter().map(spoken_row).collect();
        match bars(self) {
            Some(bars) => json::document(&object! { quotes, timeline: bars.rows() }, out),
            None => json::document(&quotes, out),
        }
    }

    fn rows(&self) -> impl Iterator<Item: Row> {
        let quotes = self.quotes.iter().map(|it| CountedRow::Result(spoken_row(it)));
        quotes.chain(bars(self).into_iter().flat_map(|it| it.rows()).map(CountedRow::Count))
    }

    fn table(&self) -> Table<'_> {
        if let Some(bars) = bars(self) {
            return counts_table(bars.cells(), bars.timeline.share);
        }
        let own =
            ["passage_text", "person", "person_role", "copies", "pre", "post", "text_fragment", "found"];
        let after = [&QUOTE[..], &own].concat();
        let found = self.extent(0).to_string();
        let row = move |it: &SpokenQuote| {
            let person = it.person.as_ref();
            let place = place_of(&it.quote, it.passage_text());
            let url = it.article.metadata.text(FieldName::Url);
            let own = cells([
                &it.passage_text(),
                &cell(person.map(|it| &it.name)),
                &cell(person.and_then(|it| it.role.as_ref())),
                &paths(&it.copies),
                &place.pre,
                &place.post,
                &cell(place.link(url.as_deref())),
                &found,
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
    let timeline = results.timeline.as_ref().filter(|it| results.total > 0 || !it.bars.is_empty())?;
    Some(Bars { timeline, unit: Unit::Quotes })
}
