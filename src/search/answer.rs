//! A search: prepared, found, relaxed where nothing has all its words, and read.

use std::path::Path;

use jiff::civil::Date;

use crate::{
    article::ArticleId,
    index::{Found, FoundHit, Snapshot},
    query::{CheckedQuery, Grouping, Order},
};

use super::{
    Added, CountsRequest, CountsResults, Error, Extent, FoundBoth, Hit, People, PreparedQuery, Results,
    SearchRequest, Selection, TypedQuery,
    counts::{Countable, counts_of},
    expand::expand,
    find_both, hits_of_both, prepare,
    relax::relax,
    suggest,
};

/// Finds passages, and articles that have all words in different passages. If no article has all
/// words of a plain query, the passages with most of them are found, and a note says so.
///
/// `today` is the day that dates like `yesterday` are counted from.
pub fn search(snapshot: &Snapshot, request: &SearchRequest, today: Date) -> Result<Results, Error> {
    let answer = answer(snapshot, request, today)?;
    let Selection { offset, .. } = request.selection;
    let hits = hits_of_both(snapshot, &answer.query, &answer.found, offset, request.context)?;
    Ok(Results { hits, ..answer.without_hits(request) })
}

impl Answer {
    /// The results, but for their hits.
    fn without_hits(self, request: &SearchRequest) -> Results {
        let Answer { query, found, relaxed, notes, added } = self;
        let by_passage = request.selection.grouping == Grouping::Passage;
        Results {
            hits: Vec::new(),
            total: found.total(),
            apart: if by_passage { found.articles.total } else { 0 },
            folded: found.passages.folded + found.articles.folded,
            relaxed,
            notes,
            query: Some(query),
            added,
            context: request.context,
        }
    }
}

/// So many hits are read at a time where they are given one by one.
const READ_AT_ONCE: usize = 1000;

/// Finds passages, and gives the hits one by one, so that they need not be in memory together; each
/// with how many of how many are given. What is returned has no hits.
pub fn each_hit<E: From<Error>>(
    snapshot: &Snapshot,
    request: &SearchRequest,
    today: Date,
    mut give: impl FnMut(Extent, &Hit) -> Result<(), E>,
) -> Result<(Results, Extent), E> {
    let answer = answer(snapshot, request, today)?;
    let (query, found) = (&answer.query, &answer.found);
    let Selection { offset, grouping, .. } = request.selection;
    let (passages, articles) = (&found.passages.hits, &found.articles.hits);
    let shown = passages.len() + articles.len();
    let unit =
        if found.articles.total > 0 && grouping == Grouping::Passage { "hit" } else { grouping.name() };
    let extent = Extent { shown, offset, total: found.total(), unit };
    let of = |hits: &[FoundHit]| Found { hits: hits.to_vec(), ..Found::default() };
    let of_passages =
        passages.chunks(READ_AT_ONCE).map(|it| FoundBoth { passages: of(it), ..FoundBoth::default() });
    let of_articles = articles.chunks(READ_AT_ONCE).map(|it| FoundBoth {
        articles: of(it),
        reading: found.reading.clone(),
        apart: found.apart,
        ..FoundBoth::default()
    });
    let mut before = offset;
    for some in of_passages.chain(of_articles) {
        for hit in hits_of_both(snapshot, query, &some, before, request.context).map_err(Error::from)? {
            before += 1;
            give(extent, &hit)?;
        }
    }
    Ok((answer.without_hits(request), extent))
}

/// Finds passages, and counts all that match.
pub fn search_with_counts(
    snapshot: &Snapshot,
    people: &People<'_>,
    request: &SearchRequest,
    counts: &CountsRequest,
    today: Date,
) -> Result<(Results, CountsResults), Error> {
    let mut results = search(snapshot, request, today)?;
    // The query that found them may be another than the one typed.
    let found_by = |query: CheckedQuery| match request.selection.grouping {
        Grouping::Article => Countable::articles(query),
        Grouping::Passage if results.relaxed.is_some() => Countable::passages(query),
        Grouping::Passage => Countable::both(query),
    };
    let countable = results.query.clone().map(found_by).unwrap_or_default();
    let counts = counts_of(snapshot, people, &countable, counts, today)?;
    results.notes.extend(counts.timeline.iter().filter_map(|it| it.note.clone()));
    Ok((results, counts))
}

/// Where a hit lies.
#[derive(Clone, Debug, PartialEq)]
pub struct HitPlace {
    /// Its article.
    pub article: ArticleId,
    /// What the article is known by outside of morgue: the name of its record, or of its file
    /// without folder and extension.
    pub name: String,
    /// The ordinal of the passage, if passages are ranked.
    pub passage: Option<usize>,
    /// How well it matches, from 0 to 1.
    pub score: f32,
}

/// Finds passages, but tells only where they lie: a thousand for each of many queries are cheap.
pub fn hit_places(snapshot: &Snapshot, request: &SearchRequest, today: Date) -> Result<Vec<HitPlace>, Error> {
    let selection = &request.selection;
    let Answer { found, .. } = answer(snapshot, request, today)?;
    let mut places = Vec::new();
    let hits = found.passages.hits.iter().chain(&found.articles.hits);
    for (rank, hit) in (selection.offset + 1..).zip(hits) {
        let (place, name) = snapshot.place_of(hit)?;
        let name = name.unwrap_or_else(|| name_of_file(&place.path, place.ordinal()));
        let passage = (selection.grouping == Grouping::Passage).then_some(hit.place);
        // Programs that read a run order it by its scores: hits in the order of their dates have
        // none, so these fall by rank.
        let score = if selection.order == Order::Relevance { hit.score } else { 1.0 / rank as f32 };
        places.push(HitPlace { article: hit.article, name, passage, score });
    }
    Ok(places)
}

/// The articles of the hits, one for each hit in order, and how many hits there are in all.
pub(super) fn found(
    snapshot: &Snapshot,
    request: &SearchRequest,
    today: Date,
) -> Result<(Vec<ArticleId>, usize), Error> {
    let Answer { found, .. } = answer(snapshot, request, today)?;
    let hits = found.passages.hits.iter().chain(&found.articles.hits);
    Ok((hits.map(|it| it.article).collect(), found.total()))
}

/// `TIME-001` of `texts/TIME-001.txt`; of the second document of a file `dump-2`.
fn name_of_file(path: &str, ordinal: usize) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    // The extension of a compressed file's format stands before that of the compression.
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name);
    let stem = Path::new(name).file_stem().map_or(name.into(), |it| it.to_string_lossy());
    if ordinal == 0 { stem.into_owned() } else { format!("{stem}-{}", ordinal + 1) }
}

/// What a search found, not read yet.
struct Answer {
    /// The query that found it in the end.
    query: CheckedQuery,
    found: FoundBoth,
    /// That nothing has all of the query, in a sentence.
    relaxed: Option<String>,
    notes: Vec<String>,
    added: Vec<Added>,
}

fn answer(snapshot: &Snapshot, request: &SearchRequest, today: Date) -> Result<Answer, Error> {
    let any = request.query.any || request.expand;
    let prepared = prepare(&TypedQuery { any, ..request.query.clone() }, today)?;
    let mut notes = prepared.notes_with_dates(snapshot)?;
    if request.expand {
        if let Some(expanded) = expand(snapshot, &prepared)? {
            let found = find_both(snapshot, &expanded.query, &expanded.ranking, &request.selection)?;
            let words: Vec<&str> = expanded.added.iter().map(|it| it.word.as_str()).collect();
            notes.push(format!("also looked for: {}", words.join(", ")));
            return Ok(Answer { query: expanded.query, found, relaxed: None, notes, added: expanded.added });
        }
        notes.push("no related words to look for".to_owned());
    }
    let PreparedQuery { checked, ranking, .. } = &prepared;
    let found = find_both(snapshot, checked, ranking, &request.selection)?;
    if found.total() > 0 {
        return Ok(Answer { query: prepared.checked, found, relaxed: None, notes, added: Vec::new() });
    }
    if let Some(relaxed) = relax(snapshot, &prepared, &request.selection)? {
        notes.insert(0, relaxed.note.clone());
        notes.extend(suggest::unknown_words(snapshot, ranking)?);
        let (query, found, relaxed) = (relaxed.checked, relaxed.found, Some(relaxed.note));
        return Ok(Answer { query, found, relaxed, notes, added: Vec::new() });
    }
    notes.extend(suggest::nearest(snapshot, &prepared)?);
    Ok(Answer { query: prepared.checked, found, relaxed: None, notes, added: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_known_by_its_file() {
        for (path, ordinal, name) in [
            ("texts/TIME-001.txt", 0, "TIME-001"),
            ("a.b.html.gz", 0, "a.b"),
            ("dump.jsonl", 4, "dump-5"),
            ("noextension", 0, "noextension"),
        ] {
            assert_eq!(name_of_file(path, ordinal), name);
        }
    }
}
