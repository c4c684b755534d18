//! Every quote of a speaker, under all the names the archive writes.

use std::rc::Rc;

use anyhow::Result;
use jiff::civil::Date;

use crate::{
    article::{Article, Quote, QuoteKind},
    attribute::people::{self, MatchStrength, Person},
    index::{Order, Voice},
    query::{self, CheckedQuery},
    search::Articles,
};

use super::Archive;

/// Whose quotes to give, and which of them.
#[derive(Clone, Debug, Default)]
pub struct QuotesRequest {
    /// The speaker's name, or a part of it.
    pub name: String,
    /// Only quotes that match this query, as typed.
    pub query: String,
    /// Only quotes that match this query too, made of flags.
    pub filters: String,
    /// Only quotes of this kind.
    pub kind: Option<QuoteKind>,
    /// Those of everybody whom the name fits, where there are several.
    pub all: bool,
    /// How many at most.
    pub limit: usize,
    /// How many to leave out.
    pub offset: usize,
    /// Which come first.
    pub order: Order,
}

/// The quotes that were asked for.
pub struct QuotesResults {
    /// In the order that was asked for.
    pub quotes: Vec<SpokenQuote>,
    /// How many there are in all.
    pub total: usize,
    /// Whose they are.
    pub speakers: Vec<String>,
    /// What the user should know, a sentence each.
    pub notes: Vec<String>,
}

/// A quote in its article.
pub struct SpokenQuote {
    /// Counted from 1 among all that were found.
    pub rank: usize,
    /// Its article.
    pub article: Rc<Article>,
    /// The quote.
    pub quote: Quote,
}

impl SpokenQuote {
    /// The text of its passage.
    pub fn passage_text(&self) -> &str {
        self.article.passages().get(self.quote.passage).map_or("", |it| it.text.as_str())
    }
}

impl Archive {
    /// Finds the quotes of everybody whom the name fits best.
    ///
    /// A full name is one person; a part of a name is everybody who has it, and a note names them.
    pub fn quotes(&self, request: &QuotesRequest, today: Date) -> Result<QuotesResults> {
        let query = checked(request, today)?;
        let snapshot = self.index()?.snapshot()?;
        let known = self.people(&snapshot)?;
        let (speakers, notes) = who(&known.people, &request.name, request.all);
        let names = speakers.iter().flat_map(|it| &it.names).map(|it| (it.name.clone(), it.kind));
        let voice = Voice { names: names.collect(), quote_kind: request.kind };
        let found =
            snapshot.find_quotes(&voice, query.as_ref(), request.order, request.limit, request.offset)?;
        let mut articles = Articles::new(&snapshot);
        let mut quotes = Vec::new();
        for (rank, hit) in (request.offset.saturating_add(1)..).zip(found.hits) {
            let Some((article, of_article)) = articles.get(hit.article)? else { continue };
            let Some(quote) = of_article.get(hit.place).cloned() else { continue };
            quotes.push(SpokenQuote { rank, article, quote });
        }
        let speakers = speakers.iter().map(|it| it.name.clone()).collect();
        Ok(QuotesResults { quotes, total: found.total, speakers, notes })
    }
}

fn checked(request: &QuotesRequest, today: Date) -> Result<Option<CheckedQuery>> {
    let checked = |text: &str| -> Result<CheckedQuery> { Ok(query::check(&query::parse(text)?, today)?) };
    let (typed, filters) = (request.query.trim(), &request.filters);
    Ok(match (typed.is_empty(), filters.is_empty()) {
        (true, true) => None,
        (true, false) => Some(checked(filters)?),
        (false, true) => Some(checked(typed)?),
        (false, false) => {
            // By itself first: what is wrong is shown in what was typed.
            checked(typed)?;
            Some(checked(&format!("({typed}) {filters}"))?)
        }
    })
}

/// Those whom the typed name fits best, and what is to be said about the choice.
fn who<'a>(people: &'a [Person], typed: &str, all: bool) -> (Vec<&'a Person>, Vec<String>) {
    let mut fits: Vec<(MatchStrength, &Person)> =
        people.iter().filter_map(|it| people::matches(it, typed).map(|strength| (strength, it))).collect();
    fits.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.n_quotes.cmp(&a.1.n_quotes)).then(a.1.name.cmp(&b.1.name)));
    let mut notes = Vec::new();
    // A surname alone is also how some articles write one of those who have it.
    let full_name =
        typed.split_whitespace().count() > 1 && fits.first().is_some_and(|it| it.0 == MatchStrength::Full);
    if full_name && !all {
        let n = fits.len();
        fits.retain(|it| it.0 == MatchStrength::Full);
        if n > fits.len() {
            let others = n - fits.len();
            notes.push(format!("{others} more have these words in their name; `--all` gives theirs too"));
        }
    }
    if fits.len() > 1 {
        let named: Vec<String> =
            fits.iter().take(5).map(|it| format!("{} ({})", it.1.name, it.1.n_quotes)).collect();
        let more = if fits.len() > 5 { format!(" and {} more", fits.len() - 5) } else { String::new() };
        notes.push(format!("`{typed}` fits {} speakers: {}{more}", fits.len(), named.join(", ")));
    }
    (fits.into_iter().map(|it| it.1).collect(), notes)
}
