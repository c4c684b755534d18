//! Counts who is quoted in which article, from the columns of the quotes' documents: no text is
//! read.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use tantivy::{DocId, SegmentReader, Term};

use morgue_core::{
    article::{Appearance, SpeakerKind, Spoken},
    system::stop,
};
use morgue_query::CheckedQuery;

use crate::SpeakerProperty;

use super::{
    Snapshot,
    days::{DayColumns, dates},
    failure::Result,
    schema::Unit,
    segment::{live_with, n_live, term_ordinal, terms, texts},
};

/// The appearances of each written name and kind in a segment.
type BySegment = BTreeMap<(Arc<str>, SpeakerKind), Vec<Appearance>>;

impl Snapshot {
    pub(crate) fn spoken(&self) -> Result<Vec<Spoken>> {
        let mut all: BySegment = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            for (speaker, appearances) in spoken_in(segment, self.live(segment, Unit::Quote)?)? {
                all.entry(speaker).or_default().extend(appearances);
            }
        }
        Ok(all.into_iter().map(|((name, kind), it)| spoken(name.to_string(), kind, it)).collect())
    }

    pub(crate) fn spoken_of(&self, names: &[(String, SpeakerKind)]) -> Result<Vec<Spoken>> {
        let written: BTreeSet<&str> = names.iter().map(|it| it.0.as_str()).collect();
        let wanted: HashSet<(&str, SpeakerKind)> = names.iter().map(|it| (it.0.as_str(), it.1)).collect();
        let mut all: BySegment = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let mut quotes = Vec::new();
            for name in &written {
                quotes.extend(live_with(segment, &Term::from_field_text(self.fields().speaker_name, name))?);
            }
            for ((name, kind), appearances) in spoken_in(segment, quotes)? {
                if wanted.contains(&(&*name, kind)) {
                    all.entry((name, kind)).or_default().extend(appearances);
                }
            }
        }
        Ok(all.into_iter().map(|((name, kind), it)| spoken(name.to_string(), kind, it)).collect())
    }

    pub(crate) fn names_in_files(&self, paths: &[&str]) -> Result<BTreeSet<(String, SpeakerKind)>> {
        let mut found = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let columns = segment.fast_fields();
            let (Some(names), Some(kinds)) = (columns.str("speaker_name")?, columns.str("speaker_kind")?)
            else {
                continue;
            };
            let mut ordinals = HashSet::new();
            for path in paths {
                for document in live_with(segment, &Term::from_field_text(self.fields().file, path))? {
                    ordinals.extend(
                        term_ordinal(Some(&names), document).zip(term_ordinal(Some(&kinds), document)),
                    );
                }
            }
            let of_name = texts(Some(&names), ordinals.iter().map(|it| it.0))?;
            let of_kind = texts(Some(&kinds), ordinals.iter().map(|it| it.1))?;
            let named = |(name, kind): &(u64, u64)| {
                Some((of_name.get(name)?.to_string(), SpeakerKind::from_name(of_kind.get(kind)?)?))
            };
            found.extend(ordinals.iter().filter_map(named));
        }
        Ok(found)
    }

    pub(crate) fn names_that_fit(
        &self,
        property: SpeakerProperty,
        fits: impl Fn(&str) -> bool,
    ) -> Result<BTreeMap<String, usize>> {
        let field = match property {
            SpeakerProperty::Name => self.fields().speaker_name,
            SpeakerProperty::Role => self.fields().role_name,
        };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            for (name, place) in terms(&inverted, "", usize::MAX, &fits)? {
                let n = n_live(segment, &inverted, &place)? as usize;
                if n > 0 {
                    *counts.entry(name).or_default() += n;
                }
            }
        }
        Ok(counts)
    }

    pub(crate) fn names_of_quotes(
        &self,
        query: &CheckedQuery,
        property: SpeakerProperty,
    ) -> Result<BTreeMap<String, usize>> {
        let column = match property {
            SpeakerProperty::Name => "speaker_name",
            SpeakerProperty::Role => "role_name",
        };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let matching = self.matching(Unit::Quote, Some(query))?;
        for (segment, quotes) in self.searcher.segment_readers().iter().zip(matching) {
            let values = segment.fast_fields().str(column)?;
            let mut counted: HashMap<u64, usize> = HashMap::new();
            for value in quotes.into_iter().filter_map(|it| term_ordinal(values.as_ref(), it)) {
                *counted.entry(value).or_default() += 1;
            }
            let named = texts(values.as_ref(), counted.keys().copied())?;
            for (value, n) in counted {
                if let Some(name) = named.get(&value) {
                    *counts.entry(name.to_string()).or_default() += n;
                }
            }
        }
        Ok(counts)
    }
}

/// The appearances of the speakers of some quotes of a segment.
fn spoken_in(segment: &SegmentReader, quotes: Vec<DocId>) -> tantivy::Result<BySegment> {
    let columns = segment.fast_fields();
    // A segment without a single speaker has no such column.
    let (Some(names), Some(kinds)) = (columns.str("speaker_name")?, columns.str("speaker_kind")?) else {
        return Ok(BTreeMap::new());
    };
    let (roles, sources) = (columns.str("role_name")?, columns.str("source_name")?);
    let articles = columns.u64("article_key")?;
    let days = DayColumns::of(segment)?;
    let mut counted: HashMap<(u64, u64, u64), Counted> = HashMap::new();
    for document in quotes {
        stop::look();
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
