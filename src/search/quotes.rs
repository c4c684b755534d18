//! Every quote of a speaker, under all the names the archive writes.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

use jiff::civil::Date;

use crate::{
    article::{Article, Quote, QuoteKind, Speaker, SpeakerKind, Stance},
    attribute::{
        self,
        people::{Person, WrittenName},
    },
    index::{self, FoundHit, Snapshot, SpeakerFilter, Stances},
    query::{CheckedQuery, Order},
};

use super::{
    Articles, Error, Extent, Fold, People, PreparedQuery, QuotesRequest, Reason, Selection, Timeline,
    TimelineRequest, TypedQuery, Version, Versions,
    counts::{add_all_articles, time_asked},
    people::meant,
    prepare,
    quotations::{self, PlacedHit},
    timeline::{ByPeriod, timeline},
};

/// The quotes that were asked for.
pub struct QuotesResults {
    /// In the order that was asked for.
    pub quotes: Vec<SpokenQuote>,
    /// How many there are in all; of a quotation over several passages one in each.
    pub total: usize,
    /// How many of all go on with the quotation of the one before.
    pub continuing: usize,
    /// How many more stand in copies, and were folded.
    pub folded: usize,
    /// How many more the articles deny, imagine, expect or ask about, which were not asked for.
    pub unsaid: usize,
    /// How many there are over time, when it was asked for.
    pub timeline: Option<Timeline>,
    /// Whose they are.
    pub speakers: Vec<Person>,
    /// Their kinds and who else is quoted, where that was asked for.
    pub about: Option<AboutQuotes>,
    /// What the user should know, a sentence each.
    pub notes: Vec<String>,
}

/// What quotes are, and who is quoted beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AboutQuotes {
    /// How many are of each kind, whatever kind was asked for; copies included.
    pub kinds: Vec<(QuoteKind, usize)>,
    /// Who else is quoted in their articles: full names, each with the number of these articles
    /// that quote them; most first.
    pub beside: Vec<(String, usize)>,
    /// How many of the articles were read for it: the first in the order that was asked for.
    pub n_read: usize,
}

/// So many articles are read for who else is quoted in them.
const BESIDE_READ_MAX: usize = 100;

/// A quote in its article.
pub struct SpokenQuote {
    /// Counted from 1 among all that were found.
    pub rank: usize,
    /// Its article.
    pub article: Arc<Article>,
    /// The quote; its speaker has the role of `people.toml` where that gives one.
    pub quote: Quote,
    /// Whether it goes on with the quotation of the one before it, which is there too.
    pub goes_on: bool,
    /// The other versions of its article.
    pub copies: Arc<[Version]>,
    /// Whose it is.
    pub person: Option<SpokenBy>,
    /// Why, where that was asked for.
    pub reason: Option<Reason>,
}

/// The person of a quote, as the archive knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenBy {
    /// The name.
    pub name: String,
    /// What tells them from another of that name.
    pub qualifier: Option<String>,
    /// The role they had when the article was published, by all articles, or the one nearest in
    /// time.
    pub role: Option<String>,
}

impl QuotesResults {
    /// How many are here, of how many; after the first `offset` that were to be left out.
    pub fn extent(&self, offset: usize) -> Extent {
        let offset = self.quotes.first().map_or(offset, |it| it.rank - 1);
        Extent { shown: self.quotes.len(), offset, total: self.total, unit: "quote" }
    }
}

impl SpokenQuote {
    /// The text of its passage.
    pub fn passage_text(&self) -> &str {
        self.article.passages().get(self.quote.passage).map_or("", |it| it.text.as_str())
    }
}

/// Finds the quotes of the person whom the name means, or of everybody whom it fits.
///
/// Fails with [`AmbiguousName`](super::AmbiguousName) if several people have the name and not all
/// are wanted.
pub fn quotes(
    snapshot: &Snapshot,
    people: &People<'_>,
    request: &QuotesRequest,
    today: Date,
) -> Result<QuotesResults, Error> {
    let Selection { limit, offset, order, fold, .. } = request.selection;
    let query = prepared(request, today)?;
    let (speakers, mut notes) = people.ask(|table| meant(snapshot, table, request))?;
    if speakers.is_empty() {
        notes.extend(only_unsaid(snapshot, &request.name, today)?);
    }
    let names = speakers.iter().flat_map(|it| &it.names);
    let names = names.map(|it| (it.name.clone(), it.kind, it.articles.clone()));
    let checked = query.as_ref().map(|it| &it.checked);
    let all_stances = request.all_stances || checked.is_some_and(CheckedQuery::names_stance);
    let stances = if all_stances { Stances::All } else { Stances::Said };
    let speaker = SpeakerFilter { names: names.collect(), quote_kind: request.kind, stances };
    let hits = snapshot.find_quotes(&speaker, checked, order, usize::MAX, 0)?.hits;
    let mut articles = Articles::new(snapshot);
    let all = hits.len();
    let articles_with = request.timeline.map(|_| hits.iter().map(|it| it.article.key()).collect());
    let hits = if fold { folded(snapshot, &mut articles, hits)? } else { hits };
    let (total, folded) = (hits.len(), all - hits.len());
    let unsaid = if all_stances { 0 } else { n_unsaid(snapshot, &mut articles, &speaker, checked, fold)? };
    let timeline = match (request.timeline, articles_with) {
        // Of somebody whom the archive does not quote there is nothing to show.
        (Some(request), Some(articles_with)) if !speakers.is_empty() => {
            let asked = time_asked(snapshot, checked, today)?;
            Some(over_time(snapshot, &hits, &articles_with, request, asked)?)
        }
        _ => None,
    };
    let read = request.about.then(|| first_articles(&hits));
    let placed = quotations::arranged(&mut articles, &hits, offset.saturating_add(limit))?;
    let continuing = placed.iter().filter(|it| it.goes_on).count();
    let mut versions = Versions::default();
    let mut quotes = Vec::new();
    for (rank, PlacedHit { hit, goes_on }) in quotations::part(&placed, offset, limit) {
        let Some((article, of_article)) = articles.of(&hit)? else { continue };
        let Some(mut quote) = of_article.get(hit.place).cloned() else { continue };
        let bearer = quote.speaker.as_ref().and_then(|it| person_of(&speakers, it, hit.article.key()));
        let person = bearer.map(|it| it.0);
        let role = person.and_then(|it| it.role_on(days(&article))).map(|it| it.role.clone());
        if let (Some(speaker), Some(person)) = (&mut quote.speaker, person)
            && person.role_by_hand
        {
            speaker.role.clone_from(&role);
        }
        let person =
            person.map(|it| SpokenBy { name: it.name.clone(), qualifier: it.qualifier.clone(), role });
        let copies = versions.of(snapshot, hit.article)?;
        let reason = request.why.then(|| Reason {
            explanation: attribute::explain(&quote, article.passages()),
            person: bearer.map(|(person, written)| (person.full_name(), written.reason)),
        });
        quotes.push(SpokenQuote { rank, article, quote, goes_on, copies, person, reason });
    }
    if let Some(query) = &query {
        notes.extend(query.notes(snapshot)?);
    }
    notes.extend(timeline.iter().filter_map(|it| it.note.clone()));
    let about = match &read {
        Some(read) if !speakers.is_empty() => {
            let kinds = kinds(snapshot, &speaker, checked)?;
            let beside = beside(people, &mut articles, read, &speakers)?;
            Some(AboutQuotes { kinds, beside, n_read: read.len() })
        }
        _ => None,
    };
    Ok(QuotesResults { quotes, total, continuing, folded, unsaid, timeline, speakers, about, notes })
}

/// What to ask for where a name is quoted nowhere, but stands with words that were not said.
fn only_unsaid(snapshot: &Snapshot, name: &str, today: Date) -> Result<Option<String>, Error> {
    let others: Vec<&str> =
        Stance::ALL.iter().filter(|it| **it != Stance::Said).map(|it| it.name()).collect();
    let text = format!("speaker:\"{}\" stance:{}", name.replace('"', " "), others.join(","));
    // A name of which no query can be made stands nowhere.
    let Ok(query) = prepare(&TypedQuery { text: text.clone(), ..TypedQuery::default() }, today) else {
        return Ok(None);
    };
    let matched = snapshot.matched(Some(&query.checked))?;
    let is_there = snapshot.all_counted(&matched).totals().passages > 0;
    Ok(is_there.then(|| format!("articles deny or only expect words of that name: `morgue search '{text}'`")))
}

/// How many quotes of the speaker match that were not said, those of copies folded as they would
/// be.
fn n_unsaid(
    snapshot: &Snapshot,
    articles: &mut Articles<'_>,
    speaker: &SpeakerFilter,
    query: Option<&CheckedQuery>,
    fold: bool,
) -> Result<usize, Error> {
    let speaker = SpeakerFilter { stances: Stances::Unsaid, ..speaker.clone() };
    let hits = snapshot.find_quotes(&speaker, query, Order::Newest, usize::MAX, 0)?.hits;
    Ok(if fold { folded(snapshot, articles, hits)? } else { hits }.len())
}

/// How many of the speaker's quotes are of each kind.
fn kinds(
    snapshot: &Snapshot,
    speaker: &SpeakerFilter,
    query: Option<&CheckedQuery>,
) -> Result<Vec<(QuoteKind, usize)>, Error> {
    let of_kind = |kind| {
        let speaker = SpeakerFilter { quote_kind: Some(kind), ..speaker.clone() };
        Ok((kind, snapshot.find_quotes(&speaker, query, Order::Newest, 0, 0)?.total))
    };
    QuoteKind::ALL.into_iter().map(of_kind).collect()
}

/// The first articles with one of the hits, each once.
fn first_articles(hits: &[FoundHit]) -> Vec<FoundHit> {
    let mut seen = HashSet::new();
    let first = hits.iter().filter(|it| seen.insert(it.article));
    first.take(BESIDE_READ_MAX).copied().collect()
}

/// Who is quoted in the articles beside these people: full names with the articles of each.
fn beside(
    people: &People<'_>,
    articles: &mut Articles<'_>,
    hits: &[FoundHit],
    but: &[Person],
) -> Result<Vec<(String, usize)>, Error> {
    let mut quoted = Vec::new();
    for hit in hits {
        let Some((article, quotes)) = articles.of(hit)? else { continue };
        let key = article.id.key();
        let others = quotes.iter().filter(|it| it.is_said()).filter_map(|it| it.speaker.as_ref());
        let others = others.filter(|it| person_of(but, it, key).is_none());
        let names: BTreeSet<(String, SpeakerKind)> = others.map(|it| (it.name.clone(), it.kind)).collect();
        quoted.push((key, names));
    }
    people.ask(|table| {
        let mut counted: BTreeMap<String, usize> = BTreeMap::new();
        for (article, names) in &quoted {
            let mut of_article = BTreeSet::new();
            for (name, kind) in names {
                let person = table.person_of(name, *kind, *article)?;
                of_article.extend(person.filter(|it| it.0.has_own_name()).map(|it| it.0.full_name()));
            }
            of_article.into_iter().for_each(|it| *counted.entry(it).or_default() += 1);
        }
        let mut counted: Vec<(String, usize)> = counted.into_iter().collect();
        counted.sort_by_key(|it| Reverse(it.1));
        Ok(counted)
    })
}

/// The query and the filters of a request as one; `None` if it has neither.
fn prepared(request: &QuotesRequest, today: Date) -> Result<Option<PreparedQuery>, Error> {
    let filled = |it: &TypedQuery| (!it.text.trim().is_empty()).then(|| prepare(it, today)).transpose();
    let filters = TypedQuery { text: request.filters.clone(), ..TypedQuery::default() };
    let (filters, typed) = (filled(&filters)?, filled(&request.query)?);
    Ok(match (typed, filters) {
        (Some(typed), Some(filters)) => {
            Some(PreparedQuery { checked: typed.checked.and(filters.checked), ..typed })
        }
        (typed, filters) => typed.or(filters),
    })
}

/// Which of the people a speaker of an article is, and by which written name.
fn person_of<'a>(
    people: &'a [Person],
    speaker: &Speaker,
    article: u64,
) -> Option<(&'a Person, &'a WrittenName)> {
    let written = |it: &'a Person| Some((it, it.names.iter().find(|it| it.is_of(speaker, article))?));
    people.iter().find_map(written)
}

fn days(article: &Article) -> Option<(Date, Date)> {
    let date = article.metadata.date.as_ref()?;
    Some(date.value.days())
}

/// How many of the quotes are of each day, month or year, and how many articles have one, by their
/// keys, copies included.
fn over_time(
    snapshot: &Snapshot,
    hits: &[FoundHit],
    articles: &HashSet<u64>,
    request: TimelineRequest,
    asked: Option<(Date, Date)>,
) -> Result<Timeline, Error> {
    let days = snapshot.days_of_articles()?;
    let period = |article: &u64| days.get(article).and_then(|it| request.facet().period(*it));
    let mut periods = ByPeriod::new();
    for hit in hits {
        periods.entry(period(&hit.article.key())).or_default().quotes += 1;
    }
    for article in articles {
        periods.entry(period(article)).or_default().articles += 1;
    }
    if request.share {
        add_all_articles(snapshot, &mut periods, request)?;
    }
    Ok(timeline(periods, request, asked))
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

/// What tells a quote from others of the versions of an article: its words and its stance.
fn words_of(articles: &mut Articles<'_>, hit: FoundHit) -> Result<Option<String>, index::Error> {
    let Some((article, quotes)) = articles.of(&hit)? else { return Ok(None) };
    Ok(quotes.get(hit.place).and_then(|quote| {
        let text = &article.passages().get(quote.passage)?.text;
        let words = quote.content.iter().map(|it| it.of(text));
        Some(words.chain([quote.stance.name()]).collect::<Vec<_>>().join(" "))
    }))
}
