//! Counts who is quoted in which article, from the columns of the quotes' documents: no text is
//! read.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use tantivy::SegmentReader;

use morgue_core::article::{Appearance, SpeakerKind, Spoken};

use super::{
    Snapshot,
    days::{DayColumns, dates},
    failure::Result,
    schema::Unit,
    segment::{term_ordinal, texts},
};

/// The appearances of each written name and kind in a segment.
type BySegment = BTreeMap<(Arc<str>, SpeakerKind), Vec<Appearance>>;

impl Snapshot {
    pub(crate) fn spoken(&self) -> Result<Vec<Spoken>> {
        let mut all: BySegment = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            for (speaker, appearances) in self.spoken_in(segment)? {
                all.entry(speaker).or_default().extend(appearances);
            }
        }
        Ok(all.into_iter().map(|((name, kind), it)| spoken(name.to_string(), kind, it)).collect())
    }

    fn spoken_in(&self, segment: &SegmentReader) -> tantivy::Result<BySegment> {
        let columns = segment.fast_fields();
        // A segment without a single speaker has no such column.
        let (Some(names), Some(kinds)) = (columns.str("speaker_name")?, columns.str("speaker_kind")?) else {
            return Ok(BTreeMap::new());
        };
        let (roles, sources) = (columns.str("role_name")?, columns.str("source_name")?);
        let articles = columns.u64("article_key")?;
        let days = DayColumns::of(segment)?;
        let mut counted: HashMap<(u64, u64, u64), Counted> = HashMap::new();
        for document in self.live(segment, Unit::Quote)? {
            let Some((name, kind)) =
                term_ordinal(Some(&names), document).zip(term_ordinal(Some(&kinds), document))
            else {
                continue;
            };
            let in_article =
                counted.entry((name, kind, articles.first(document).unwrap_or_default())).or_default();
            in_article.quotes += 1;
            in_article.days = days.as_ref().and_then(|it| it.get(document));
            in_article.source = term_ordinal(sources.as_ref(), document);
            if let Some(role) = term_ordinal(roles.as_ref(), document) {
                match in_article.roles.iter_mut().find(|it| it.0 == role) {
                    Some(known) => known.1 += 1,
                    None => in_article.roles.push((role, 1)),
                }
            }
        }
        let texts = Texts {
            names: texts(Some(&names), counted.keys().map(|it| it.0))?,
            kinds: texts(Some(&kinds), counted.keys().map(|it| it.1))?,
            roles: texts(roles.as_ref(), counted.values().flat_map(|it| it.roles.iter().map(|it| it.0)))?,
            sources: texts(sources.as_ref(), counted.values().filter_map(|it| it.source))?,
        };
        let mut found: BySegment = BTreeMap::new();
        for ((name, kind, article), it) in counted {
            // A kind that is unknown was written by another version.
            let Some(kind) = texts.kinds.get(&kind).and_then(|it| SpeakerKind::from_name(it)) else {
                continue;
            };
            let Some(name) = texts.names.get(&name) else { continue };
            found.entry((Arc::clone(name), kind)).or_default().push(it.appearance(article, &texts));
        }
        Ok(found)
    }
}

/// The appearances of a name, one for each article, in the order of articles.
fn spoken(name: String, kind: SpeakerKind, mut appearances: Vec<Appearance>) -> Spoken {
    appearances.sort_by_key(|it| it.article);
    let mut merged: Vec<Appearance> = Vec::with_capacity(appearances.len());
    for it in appearances {
        match merged.last_mut().filter(|known| known.article == it.article) {
            // The quotes of an article may lie in two segments.
            Some(known) => known.add(it),
            None => merged.push(it),
        }
    }
    for it in &mut merged {
        it.roles.sort();
    }
    Spoken { name, kind, appearances: merged }
}

/// What is counted of one name in one article of a segment, its values by their places in the
/// columns' dictionaries.
#[derive(Default)]
struct Counted {
    quotes: usize,
    roles: Vec<(u64, usize)>,
    source: Option<u64>,
    /// As day numbers.
    days: Option<(i64, i64)>,
}

/// The values of a segment's columns by their places in the dictionaries.
struct Texts {
    names: HashMap<u64, Arc<str>>,
    kinds: HashMap<u64, Arc<str>>,
    roles: HashMap<u64, Arc<str>>,
    sources: HashMap<u64, Arc<str>>,
}

impl Counted {
    /// The same with the values themselves.
    fn appearance(self, article: u64, texts: &Texts) -> Appearance {
        let role = |(role, n): (u64, usize)| Some((Arc::clone(texts.roles.get(&role)?), n));
        Appearance {
            article,
            n_quotes: self.quotes,
            roles: self.roles.into_iter().filter_map(role).collect(),
            source: self.source.and_then(|it| texts.sources.get(&it)).cloned(),
            days: self.days.map(dates),
        }
    }
}
