//! Counts who is quoted, from the columns of the quotes' documents: no text is read.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use tantivy::{
    DocId, DocSet as _, SegmentReader, TERMINATED, Term,
    columnar::{Column, StrColumn},
    schema::IndexRecordOption,
};

use crate::article::SpeakerKind;

use super::{Error, Snapshot, documents::date_of_day_number, schema::Unit};

/// One written name of one kind, over all articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The name as articles give it.
    pub name: String,
    /// The kind they give it.
    pub kind: SpeakerKind,
    /// Quotes under this name.
    pub quotes: usize,
    /// The articles they stand in, by [`crate::article::ArticleId::key`].
    pub articles: HashSet<u64>,
    /// The roles that articles give, with how many quotes and from when to when.
    pub roles: BTreeMap<String, RoleUse>,
    /// Quotes by outlet.
    pub sources: BTreeMap<String, usize>,
    /// The first and the last day of dated articles.
    pub days: Option<(Date, Date)>,
}

/// How a role is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoleUse {
    /// Quotes with this role.
    pub quotes: usize,
    /// The first and the last day of dated articles.
    pub days: Option<(Date, Date)>,
}

/// A wider range that has both.
pub fn joined_days<T: Ord>(a: Option<(T, T)>, b: Option<(T, T)>) -> Option<(T, T)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}

impl Snapshot {
    /// Everybody who is quoted, each written name on its own, ordered by name and kind.
    pub fn spoken(&self) -> Result<Vec<Spoken>, Error> {
        let mut all: BTreeMap<(String, SpeakerKind), Spoken> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            for spoken in self.spoken_in(segment).map_err(|error| self.index.damage(&error))? {
                let entry = all.entry((spoken.name.clone(), spoken.kind));
                let known = entry.or_insert_with(|| Spoken::new(spoken.name.clone(), spoken.kind));
                known.add(spoken);
            }
        }
        Ok(all.into_values().collect())
    }

    fn spoken_in(&self, segment: &SegmentReader) -> tantivy::Result<Vec<Spoken>> {
        let columns = segment.fast_fields();
        // A segment without a single speaker has no such column.
        let (Some(names), Some(kinds)) = (columns.str("speaker_name")?, columns.str("speaker_kind")?) else {
            return Ok(Vec::new());
        };
        let (roles, sources) = (columns.str("role_name")?, columns.str("source_name")?);
        let articles = columns.u64("article_key")?;
        let (first, last) = (columns.i64("day_first"), columns.i64("day_last"));
        let mut counted: HashMap<(u64, u64), Counted> = HashMap::new();
        for document in self.live(segment, Unit::Quote)? {
            let Some(voice) = ordinal(Some(&names), document).zip(ordinal(Some(&kinds), document)) else {
                continue;
            };
            let day = |column: &tantivy::Result<Column<i64>>| column.as_ref().ok()?.first(document);
            let days = day(&first).zip(day(&last));
            let of_voice = counted.entry(voice).or_default();
            of_voice.quotes += 1;
            of_voice.articles.extend(articles.first(document));
            of_voice.days = joined_days(of_voice.days, days);
            if let Some(role) = ordinal(roles.as_ref(), document) {
                let (n, role_days) = of_voice.roles.entry(role).or_default();
                *n += 1;
                *role_days = joined_days(*role_days, days);
            }
            if let Some(source) = ordinal(sources.as_ref(), document) {
                *of_voice.sources.entry(source).or_default() += 1;
            }
        }
        let texts = Texts {
            names: texts(Some(&names), counted.keys().map(|it| it.0))?,
            kinds: texts(Some(&kinds), counted.keys().map(|it| it.1))?,
            roles: texts(roles.as_ref(), counted.values().flat_map(|it| it.roles.keys().copied()))?,
            sources: texts(sources.as_ref(), counted.values().flat_map(|it| it.sources.keys().copied()))?,
        };
        Ok(counted.into_iter().filter_map(|(voice, it)| it.named(voice, &texts)).collect())
    }

    /// The live documents of one kind in a segment.
    pub(super) fn live(&self, segment: &SegmentReader, unit: Unit) -> tantivy::Result<Vec<DocId>> {
        let field = self.fields().unit;
        let term = Term::from_field_text(field, unit.term());
        let inverted = segment.inverted_index(field)?;
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else {
            return Ok(Vec::new());
        };
        let mut documents = Vec::new();
        let mut document = postings.doc();
        while document != TERMINATED {
            if segment.alive_bitset().is_none_or(|it| it.is_alive(document)) {
                documents.push(document);
            }
            document = postings.advance();
        }
        Ok(documents)
    }
}

/// What is counted of one name and kind in a segment, its values by their places in the columns' dictionaries.
#[derive(Default)]
struct Counted {
    quotes: usize,
    articles: HashSet<u64>,
    roles: HashMap<u64, (usize, Option<(i64, i64)>)>,
    sources: HashMap<u64, usize>,
    /// As day numbers.
    days: Option<(i64, i64)>,
}

/// The values of a segment's columns by their places in the dictionaries.
struct Texts {
    names: HashMap<u64, String>,
    kinds: HashMap<u64, String>,
    roles: HashMap<u64, String>,
    sources: HashMap<u64, String>,
}

impl Counted {
    /// The same with the values themselves; `None` for a kind that is unknown.
    fn named(self, (name, kind): (u64, u64), texts: &Texts) -> Option<Spoken> {
        let dates =
            |it: Option<(i64, i64)>| it.map(|it| (date_of_day_number(it.0), date_of_day_number(it.1)));
        let kind = SpeakerKind::from_name(texts.kinds.get(&kind)?)?;
        let mut spoken = Spoken::new(texts.names.get(&name)?.clone(), kind);
        spoken.quotes = self.quotes;
        spoken.articles = self.articles;
        spoken.days = dates(self.days);
        for (role, (quotes, days)) in self.roles {
            spoken.roles.insert(texts.roles.get(&role)?.clone(), RoleUse { quotes, days: dates(days) });
        }
        for (source, n) in self.sources {
            spoken.sources.insert(texts.sources.get(&source)?.clone(), n);
        }
        Some(spoken)
    }
}

/// The place of the document's value in the dictionary of a column.
fn ordinal(column: Option<&StrColumn>, document: DocId) -> Option<u64> {
    column?.term_ords(document).next()
}

/// The values at places of a column's dictionary, read in one pass: a look-up of its own would unpack a block each.
fn texts(
    column: Option<&StrColumn>,
    ordinals: impl Iterator<Item = u64>,
) -> tantivy::Result<HashMap<u64, String>> {
    let Some(column) = column else { return Ok(HashMap::new()) };
    let ordinals = Vec::from_iter(ordinals.collect::<BTreeSet<_>>());
    let mut texts = HashMap::with_capacity(ordinals.len());
    let mut next = ordinals.iter();
    column.dictionary().sorted_ords_to_term_cb(&ordinals, |bytes| {
        texts.extend(next.next().map(|it| (*it, String::from_utf8_lossy(bytes).into_owned())));
    })?;
    Ok(texts)
}

impl Spoken {
    fn new(name: String, kind: SpeakerKind) -> Spoken {
        Spoken {
            name,
            kind,
            quotes: 0,
            articles: HashSet::new(),
            roles: BTreeMap::new(),
            sources: BTreeMap::new(),
            days: None,
        }
    }

    /// Adds the counts of the same name from elsewhere.
    pub fn add(&mut self, other: Spoken) {
        self.quotes += other.quotes;
        self.articles.extend(other.articles);
        self.days = joined_days(self.days, other.days);
        for (role, used) in other.roles {
            let known = self.roles.entry(role).or_default();
            known.quotes += used.quotes;
            known.days = joined_days(known.days, used.days);
        }
        for (source, n) in other.sources {
            *self.sources.entry(source).or_default() += n;
        }
    }
}
