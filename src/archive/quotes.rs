//! Every quote of a speaker, under all the names the archive writes.

use std::{collections::BTreeMap, fmt, sync::Arc};

use anyhow::Result;
use jiff::civil::Date;

use crate::{
    article::{Article, Quote, QuoteKind, Speaker, SpeakerKind},
    attribute::people::{self, MatchStrength, Person, WrittenName},
    index::{self, FoundHit, Snapshot, SpeakerFilter},
    query::{self, CheckedQuery, Dialect, Facet, Order, Query},
    search::{Articles, Fold, Version, Versions},
};

use super::{
    Archive, Timeline, TimelineBy, explain::pattern_notes, search::notes as notes_of, timeline::timeline,
};

/// Whose quotes to give, and which of them.
#[derive(Clone, Debug, Default)]
pub struct QuotesRequest {
    /// The speaker's name, or a part of it.
    pub name: String,
    /// Only quotes that match this query, as typed.
    pub query: String,
    /// Whose language it is written in.
    pub dialect: Dialect,
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
    /// Whether a quote that several versions of a story have is given once.
    pub fold: bool,
    /// Whether to count them over time as well.
    pub timeline: Option<TimelineBy>,
}

/// The quotes that were asked for.
pub struct QuotesResults {
    /// In the order that was asked for.
    pub quotes: Vec<SpokenQuote>,
    /// How many there are in all.
    pub total: usize,
    /// How many more stand in copies, and were folded.
    pub folded: usize,
    /// How many there are over time, when it was asked for.
    pub timeline: Option<Timeline>,
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
    pub article: Arc<Article>,
    /// The quote; its speaker has the role of `people.toml` where that gives one.
    pub quote: Quote,
    /// The other versions of its article.
    pub copies: Arc<[Version]>,
    /// Whose it is.
    pub person: Option<SpokenBy>,
}

/// The person of a quote, as the archive knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenBy {
    /// The name.
    pub name: String,
    /// What tells them from another of that name.
    pub qualifier: Option<String>,
    /// The role they had when the article was published, by all articles, or the one nearest in time.
    pub role: Option<String>,
}

impl SpokenQuote {
    /// The text of its passage.
    pub fn passage_text(&self) -> &str {
        self.article.passages().get(self.quote.passage).map_or("", |it| it.text.as_str())
    }
}

impl Archive {
    /// Finds the quotes of the person whom the name means, or of everybody whom it fits.
    ///
    /// Fails with [`AmbiguousName`] when several people have the name and not all are wanted.
    pub fn quotes(&self, request: &QuotesRequest, today: Date) -> Result<QuotesResults> {
        let (query, parsed) = checked(&request.query, request.dialect, &request.filters, today)?;
        let snapshot = self.index()?.snapshot()?;
        let known = self.people(&snapshot)?;
        let (speakers, mut notes) = who(&known, &request.name, request.all)?;
        let names = speakers.iter().flat_map(|it| &it.names);
        let names = names.map(|it| (it.name.clone(), it.kind, it.articles.clone()));
        let filter = SpeakerFilter { names: names.collect(), quote_kind: request.kind };
        let hits = snapshot.find_quotes(&filter, query.as_ref(), request.order, usize::MAX, 0)?.hits;
        let mut articles = Articles::new(&snapshot);
        let all = hits.len();
        let hits = if request.fold { folded(&snapshot, &mut articles, hits)? } else { hits };
        let (total, folded) = (hits.len(), all - hits.len());
        let timeline = request.timeline.map(|by| over_time(&snapshot, &hits, by)).transpose()?;
        let mut versions = Versions::default();
        let mut quotes = Vec::new();
        let wanted = hits.into_iter().skip(request.offset).take(request.limit);
        for (rank, hit) in (request.offset.saturating_add(1)..).zip(wanted) {
            let Some((article, of_article)) = articles.get(hit.article)? else { continue };
            let Some(mut quote) = of_article.get(hit.place).cloned() else { continue };
            let person = quote.speaker.as_ref().and_then(|it| person_of(&speakers, it, hit.article.key()));
            let role = person.and_then(|it| it.role_on(days(&article))).map(|it| it.role.clone());
            if let (Some(speaker), Some(person)) = (&mut quote.speaker, person)
                && person.role_by_hand
            {
                speaker.role.clone_from(&role);
            }
            let person =
                person.map(|it| SpokenBy { name: it.name.clone(), qualifier: it.qualifier.clone(), role });
            let copies = versions.of(&snapshot, hit.article)?;
            quotes.push(SpokenQuote { rank, article, quote, copies, person });
        }
        let speakers = speakers.iter().map(|it| it.name.clone()).collect();
        notes.extend(parsed.iter().flat_map(notes_of));
        if let Some(query) = &query {
            notes.extend(pattern_notes(&snapshot, query)?);
        }
        Ok(QuotesResults { quotes, total, folded, timeline, speakers, notes })
    }
}

/// Which of the people a speaker of an article is.
fn person_of<'a>(people: &[&'a Person], speaker: &Speaker, article: u64) -> Option<&'a Person> {
    let theirs = |it: &WrittenName| {
        it.name == speaker.name
            && it.kind == speaker.kind
            && it.articles.as_ref().is_none_or(|it| it.binary_search(&article).is_ok())
    };
    people.iter().copied().find(|it| it.names.iter().any(theirs))
}

fn days(article: &Article) -> Option<(Date, Date)> {
    let date = article.metadata.date.as_ref()?;
    Some(date.value.days())
}

/// How many of the quotes are of each month or year.
fn over_time(snapshot: &Snapshot, hits: &[FoundHit], by: TimelineBy) -> Result<Timeline> {
    let days = snapshot.days_of_articles()?;
    let mut counts: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for hit in hits {
        let period = days.get(&hit.article.key()).and_then(|it| Facet::Month.period(*it));
        *counts.entry(period).or_default() += 1;
    }
    Ok(timeline(counts.into_iter().map(|(period, n)| (period, (n, n))).collect(), by))
}

/// The quotes without those that another version of the article had before.
fn folded(
    snapshot: &Snapshot,
    articles: &mut Articles<'_>,
    hits: Vec<FoundHit>,
) -> Result<Vec<FoundHit>, index::Error> {
    let mut fold = Fold::new(snapshot.families()?);
    let mut kept = Vec::with_capacity(hits.len());
    for hit in hits {
        let words = if fold.has_copies(hit.article) { words_of(articles, hit)? } else { None };
        if words.is_none_or(|it| fold.is_first(hit.article, &it)) {
            kept.push(hit);
        }
    }
    Ok(kept)
}

/// What is said in a quote.
fn words_of(articles: &mut Articles<'_>, hit: FoundHit) -> Result<Option<String>, index::Error> {
    let Some((article, quotes)) = articles.of(&hit)? else { return Ok(None) };
    Ok(quotes.get(hit.place).and_then(|quote| {
        let text = &article.passages().get(quote.passage)?.text;
        Some(quote.content.iter().map(|it| it.of(text)).collect::<Vec<_>>().join(" "))
    }))
}

/// The query and the filters as one, and what was typed as it was read.
fn checked(
    typed: &str,
    dialect: Dialect,
    filters: &str,
    today: Date,
) -> Result<(Option<CheckedQuery>, Option<Query>)> {
    let checked = |text: &str| -> Result<CheckedQuery> { Ok(query::check(&query::parse(text)?, today)?) };
    let filters = if filters.is_empty() { None } else { Some(checked(filters)?) };
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok((filters, None));
    }
    let parsed = query::parse_as(typed, dialect)?;
    let typed = query::check(&parsed, today)?;
    let both = match filters {
        Some(filters) => typed.and(filters),
        None => typed,
    };
    Ok((Some(both), Some(parsed)))
}

/// Those whom the typed name means, and what is to be said about the choice.
///
/// A full name is the person who has it; a surname the one who bears it. With `all`, everybody whom the words fit.
fn who<'a>(
    people: &'a [Person],
    typed: &str,
    all: bool,
) -> Result<(Vec<&'a Person>, Vec<String>), AmbiguousName> {
    let fitting = |typed: &str| -> Vec<(MatchStrength, &'a Person)> {
        people.iter().filter_map(|it| Some((people::matches(it, typed)?, it))).collect()
    };
    let mut fits = fitting(typed);
    if fits.is_empty()
        && let Some(name) = people::without_titles(typed)
        && !fitting(&name).is_empty()
    {
        let (found, mut notes) = who(people, &name, all)?;
        notes.insert(0, format!("nobody is quoted as `{typed}`: read as `{name}`"));
        return Ok((found, notes));
    }
    let key = |it: &Person| (std::cmp::Reverse(it.n_quotes), it.full_name());
    fits.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| key(a.1).cmp(&key(b.1))));
    let mut notes = Vec::new();
    if !all && let Some((best, _)) = fits.first().copied() {
        let n = fits.len();
        // A surname alone is also how some articles write one of those who have it.
        let one_word = typed.split_whitespace().count() == 1;
        let least = if one_word && best > MatchStrength::Surname && fits[0].1.is_bare() {
            MatchStrength::Surname
        } else {
            best
        };
        fits.retain(|it| it.0 >= least);
        let named: Vec<&Person> = fits.iter().map(|it| it.1).filter(|it| !it.is_bare()).collect();
        if named.len() > 1 || named.is_empty() && fits.len() > 1 {
            let mut candidates: Vec<Person> = fits.iter().map(|it| it.1.clone()).collect();
            candidates.sort_by_key(key);
            return Err(AmbiguousName { typed: typed.to_owned(), candidates });
        }
        if let (Some(named), Some(bare)) = (named.first(), fits.iter().find(|it| it.1.is_bare())) {
            let by = format!("{} by somebody whom their articles only call {}", bare.1.n_quotes, bare.1.name);
            notes.push(format!("with those of {}: {by}", named.full_name()));
        }
        if n > fits.len() {
            let others = n - fits.len();
            notes.push(format!("{others} more have these words in their name; `--all` gives theirs too"));
        }
    } else if fits.len() > 1 {
        let named: Vec<String> =
            fits.iter().take(5).map(|it| format!("{} ({})", it.1.full_name(), it.1.n_quotes)).collect();
        let more = if fits.len() > 5 { format!(" and {} more", fits.len() - 5) } else { String::new() };
        notes.push(format!("`{typed}` fits {} speakers: {}{more}", fits.len(), named.join(", ")));
    }
    Ok((fits.into_iter().map(|it| it.1).collect(), notes))
}

/// A name that several people have.
#[derive(Debug)]
pub struct AmbiguousName {
    typed: String,
    candidates: Vec<Person>,
}

/// So many people are named when a name fits several.
const CANDIDATES_MAX: usize = 20;

impl std::error::Error for AmbiguousName {}

impl fmt::Display for AmbiguousName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "`{}` is several people; give one of these names, or `--all` for everybody:",
            self.typed
        )?;
        let width = |of: fn(&Person) -> usize| {
            self.candidates.iter().map(|it| of(it).to_string().len()).max().unwrap_or(1)
        };
        let (quotes, articles) = (width(|it| it.n_quotes), width(|it| it.n_articles));
        for (index, it) in self.candidates.iter().take(CANDIDATES_MAX).enumerate() {
            let bare = match it.kind {
                SpeakerKind::Person if it.is_bare() => " (no first name given)",
                SpeakerKind::Person => "",
                SpeakerKind::Organisation => " (organisation)",
                SpeakerKind::Group => " (group)",
                SpeakerKind::Unknown => " (unnamed)",
            };
            let role = it.roles.first().map_or_else(String::new, |it| format!(", {}", it.role));
            let line = if index == 0 { "" } else { "\n" };
            let (name, n, m) = (it.full_name(), it.n_quotes, it.n_articles);
            write!(f, "{line}  {n:>quotes$} in {m:>articles$}  {name}{bare}{role}")?;
        }
        if self.candidates.len() > CANDIDATES_MAX {
            write!(f, "\n  and {} more", self.candidates.len() - CANDIDATES_MAX)?;
        }
        Ok(())
    }
}
