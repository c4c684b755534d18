//! Quotes of a speaker.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    archive::{QuotesResults, SpokenQuote},
    article::{FieldName, Speaker},
};

use super::{
    Look,
    csv::{QUOTE, article_cells, paths, quote_cells, start, write},
    markdown::{self, escaped, reference},
    rows::{ArticleRow, QuoteRow, VersionRow, manner, quoted_text},
    terminal::{self, FAINT, HEADLINE, SPEAKER, date, introduced},
};

/// A quote with its article, as `quotes` lists it.
#[derive(Serialize)]
pub(super) struct SpokenRow<'a> {
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
    pub(super) fn new(spoken: &'a SpokenQuote) -> SpokenRow<'a> {
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

/// Quotes of a speaker, each with its words in their passage.
pub(super) fn text(results: &QuotesResults, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for (n, spoken) in results.quotes.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        quote(spoken, look, out)?;
    }
    Ok(())
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

/// Quotes of a speaker.
pub(super) fn markdown(results: &QuotesResults, out: &mut dyn Write) -> io::Result<()> {
    for spoken in &results.quotes {
        let quote = &spoken.quote;
        writeln!(out, "> {}\n>", escaped(&quoted_text(quote, spoken.passage_text())))?;
        if let Some(speaker) = &quote.speaker {
            let role = speaker.role.as_ref().map_or_else(String::new, |it| format!(", {}", escaped(it)));
            writeln!(out, "> — {}{role} ({})\n", escaped(&speaker.name), manner(quote))?;
        }
        writeln!(out, "{}, {}\n", markdown::headline(&spoken.article), reference(&spoken.article))?;
        markdown::also_in(&spoken.copies, out)?;
    }
    Ok(())
}

/// Quotes of a speaker.
pub(super) fn csv(results: &QuotesResults, out: &mut dyn Write) -> io::Result<()> {
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
