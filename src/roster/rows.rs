//! What the table stores of a person, a pair and a group, each readable alone. Domain types are not
//! serialized: these rows are.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    article::SpeakerKind,
    attribute::people::{Pair, Person, RoleHeld, Side, Standing, WrittenName},
};

use super::{
    keys::{NameKeys, kind_code, kind_from_code},
    pages::{Damage, Result},
};

/// The first and the last day, each as [`day_number`].
type Days = Option<(i32, i32)>;

/// A person. The name comes first, so that it can be read alone.
#[derive(Serialize, Deserialize)]
struct PersonRow<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    qualifier: Option<Cow<'a, str>>,
    kind: u8,
    #[serde(borrow)]
    names: Vec<WrittenRow<'a>>,
    #[serde(borrow)]
    roles: Vec<RoleRow<'a>>,
    role_by_hand: bool,
    n_quotes: usize,
    n_articles: usize,
    #[serde(borrow)]
    sources: Vec<(Cow<'a, str>, usize)>,
    days: Days,
}

#[derive(Serialize, Deserialize)]
struct WrittenRow<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    kind: u8,
    #[serde(borrow)]
    reason: Cow<'a, str>,
    n_quotes: usize,
    /// Keys of articles, each as the difference from the one before.
    articles: Option<Vec<u64>>,
}

#[derive(Serialize, Deserialize)]
struct RoleRow<'a> {
    #[serde(borrow)]
    role: Cow<'a, str>,
    n_quotes: usize,
    n_articles: usize,
    days: Days,
}

#[derive(Serialize, Deserialize)]
struct PairRow<'a> {
    #[serde(borrow)]
    one: SideRow<'a>,
    #[serde(borrow)]
    other: SideRow<'a>,
    joined: bool,
    #[serde(borrow)]
    likeness: Cow<'a, str>,
    pro: Vec<String>,
    contra: Vec<String>,
    likely: u8,
}

#[derive(Serialize, Deserialize)]
struct SideRow<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    role: Option<Cow<'a, str>>,
    n_quotes: usize,
    n_articles: usize,
}

/// What a group is made of.
#[derive(Serialize, Deserialize)]
struct GroupRow<'a> {
    #[serde(borrow)]
    names: Vec<NameRow<'a>>,
}

/// A written name with its kind and its keys.
#[derive(Serialize, Deserialize)]
struct NameRow<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    kind: u8,
    block: u64,
    form: u64,
    turned: Option<u64>,
}

/// Writes a row behind the others.
fn push(row: &impl Serialize, to: &mut Vec<u8>) {
    let bytes = std::mem::take(to);
    *to = postcard::to_extend(row, bytes).expect("rows are plain data, and there is memory");
}

fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T> {
    postcard::from_bytes(bytes).map_err(|_| Damage)
}

pub(super) fn push_person(person: &Person, to: &mut Vec<u8>) {
    let row = PersonRow {
        name: (&*person.name).into(),
        qualifier: person.qualifier.as_deref().map(Cow::Borrowed),
        kind: kind_code(person.kind),
        names: person.names.iter().map(written_row).collect(),
        roles: person.roles.iter().map(role_row).collect(),
        role_by_hand: person.role_by_hand,
        n_quotes: person.n_quotes,
        n_articles: person.n_articles,
        sources: person.sources.iter().map(|(source, n)| (Cow::Borrowed(&**source), *n)).collect(),
        days: day_numbers(person.days),
    };
    push(&row, to);
}

fn written_row(written: &WrittenName) -> WrittenRow<'_> {
    let differences = |keys: &Vec<u64>| {
        let mut before = 0;
        keys.iter().map(|it| it.wrapping_sub(std::mem::replace(&mut before, *it))).collect()
    };
    WrittenRow {
        name: (&*written.name).into(),
        kind: kind_code(written.kind),
        reason: written.reason.into(),
        n_quotes: written.n_quotes,
        articles: written.articles.as_ref().map(differences),
    }
}

fn role_row(role: &RoleHeld) -> RoleRow<'_> {
    RoleRow {
        role: (&*role.role).into(),
        n_quotes: role.n_quotes,
        n_articles: role.n_articles,
        days: day_numbers(role.days),
    }
}

pub(super) fn read_person(bytes: &[u8]) -> Result<Person> {
    let row: PersonRow<'_> = read(bytes)?;
    Ok(Person {
        name: row.name.into_owned(),
        qualifier: row.qualifier.map(Cow::into_owned),
        kind: kind(row.kind)?,
        names: row.names.into_iter().map(read_written).collect::<Result<_>>()?,
        roles: row.roles.into_iter().map(read_role).collect::<Result<_>>()?,
        role_by_hand: row.role_by_hand,
        n_quotes: row.n_quotes,
        n_articles: row.n_articles,
        sources: row.sources.into_iter().map(|(source, n)| (source.into_owned(), n)).collect(),
        days: read_days(row.days)?,
    })
}

/// The name and the qualifier of a person.
pub(super) fn read_name(bytes: &[u8]) -> Result<(&str, Option<&str>)> {
    Ok(take(bytes)?.0)
}

/// Gives the keys of the articles in which a written name is the person's, where it is not in all.
/// What the row has besides is passed over: a surname may be that of a thousand people.
pub(super) fn each_article(
    bytes: &[u8],
    name: &str,
    kind: SpeakerKind,
    mut give: impl FnMut(u64),
) -> Result<()> {
    // A list begins with its length: what precedes the names in a row, then each name up to its
    // articles.
    type Start<'a> = (&'a str, Option<&'a str>, u8, usize);
    type Name<'a> = (&'a str, u8, &'a str, usize, Option<usize>);
    let ((.., n_names), mut rest) = take::<Start<'_>>(bytes)?;
    for _ in 0..n_names {
        let ((written, of_kind, _, _, n_articles), mut articles) = take::<Name<'_>>(rest)?;
        let is_meant = written == name && of_kind == kind_code(kind);
        let mut key = 0_u64;
        for _ in 0..n_articles.unwrap_or(0) {
            let (difference, after) = take::<u64>(articles)?;
            key = key.wrapping_add(difference);
            articles = after;
            if is_meant {
                give(key);
            }
        }
        rest = articles;
    }
    Ok(())
}

fn take<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<(T, &'a [u8])> {
    postcard::take_from_bytes(bytes).map_err(|_| Damage)
}

fn read_written(row: WrittenRow<'_>) -> Result<WrittenName> {
    let sums = |differences: Vec<u64>| {
        let mut key = 0_u64;
        let sum = |it: u64| {
            key = key.wrapping_add(it);
            key
        };
        differences.into_iter().map(sum).collect()
    };
    Ok(WrittenName {
        name: row.name.into_owned(),
        kind: kind(row.kind)?,
        reason: fixed(&row.reason),
        n_quotes: row.n_quotes,
        articles: row.articles.map(sums),
    })
}

fn read_role(row: RoleRow<'_>) -> Result<RoleHeld> {
    Ok(RoleHeld {
        role: row.role.into_owned(),
        n_quotes: row.n_quotes,
        n_articles: row.n_articles,
        days: read_days(row.days)?,
    })
}

pub(super) fn push_pair(pair: &Pair, to: &mut Vec<u8>) {
    let row = PairRow {
        one: side_row(&pair.one),
        other: side_row(&pair.other),
        joined: pair.standing == Standing::Joined,
        likeness: pair.likeness.into(),
        pro: pair.pro.clone(),
        contra: pair.contra.clone(),
        likely: pair.likely,
    };
    push(&row, to);
}

fn side_row(side: &Side) -> SideRow<'_> {
    SideRow {
        name: (&*side.name).into(),
        role: side.role.as_deref().map(Cow::Borrowed),
        n_quotes: side.n_quotes,
        n_articles: side.n_articles,
    }
}

pub(super) fn read_pair(bytes: &[u8]) -> Result<Pair> {
    let row: PairRow<'_> = read(bytes)?;
    let side = |row: SideRow<'_>| Side {
        name: row.name.into_owned(),
        role: row.role.map(Cow::into_owned),
        n_quotes: row.n_quotes,
        n_articles: row.n_articles,
    };
    Ok(Pair {
        one: side(row.one),
        other: side(row.other),
        standing: if row.joined { Standing::Joined } else { Standing::Apart },
        likeness: fixed(&row.likeness),
        pro: row.pro,
        contra: row.contra,
        likely: row.likely,
    })
}

pub(super) fn push_group(names: &[(String, SpeakerKind)], keys: &[NameKeys], to: &mut Vec<u8>) {
    let names = names.iter().zip(keys).map(|((name, kind), keys)| NameRow {
        name: Cow::Borrowed(name),
        kind: kind_code(*kind),
        block: keys.block,
        form: keys.form,
        turned: keys.turned,
    });
    push(&GroupRow { names: names.collect() }, to);
}

/// The written names of a group, and their keys.
pub(super) fn read_group(bytes: &[u8]) -> Result<Vec<((String, SpeakerKind), NameKeys)>> {
    let row: GroupRow<'_> = read(bytes)?;
    let name = |NameRow { name, kind: code, block, form, turned }: NameRow<'_>| {
        Ok(((name.into_owned(), kind(code)?), NameKeys { block, form, turned }))
    };
    row.names.into_iter().map(name).collect()
}

fn kind(code: u8) -> Result<SpeakerKind> {
    kind_from_code(code).ok_or(Damage)
}

/// A day as a number, in the order of days.
pub(super) fn day_number(day: Date) -> i32 {
    i32::from(day.year()) * 512 + i32::from(day.month()) * 32 + i32::from(day.day())
}

fn day(number: i32) -> Result<Date> {
    let part = |it: i32| i8::try_from(it).map_err(|_| Damage);
    let (year, rest) = (number.div_euclid(512), number.rem_euclid(512));
    let year = i16::try_from(year).map_err(|_| Damage)?;
    Date::new(year, part(rest / 32)?, part(rest % 32)?).map_err(|_| Damage)
}

fn day_numbers(days: Option<(Date, Date)>) -> Days {
    days.map(|(first, last)| (day_number(first), day_number(last)))
}

fn read_days(days: Days) -> Result<Option<(Date, Date)>> {
    days.map(|(first, last)| Ok((day(first)?, day(last)?))).transpose()
}

/// One of the few texts that the rules give as reasons. They are kept for the life of the process.
fn fixed(text: &str) -> &'static str {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.get(text).copied().unwrap_or_else(|| {
        let text: &'static str = Box::leak(text.into());
        known.insert(text);
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_articles_of_a_name_are_read_without_the_rest() {
        let written = |name: &str, kind, articles: Option<&[u64]>| WrittenName {
            name: name.to_owned(),
            kind,
            reason: "the only one of that surname in the article",
            n_quotes: 3,
            articles: articles.map(<[u64]>::to_vec),
        };
        let (person, group) = (SpeakerKind::Person, SpeakerKind::Unknown);
        let rusk = Person {
            name: "Ada Rusk".to_owned(),
            qualifier: Some("mayor of Orle".to_owned()),
            kind: person,
            names: vec![
                written("Ada Rusk", person, None),
                written("Rusk", person, Some(&[7, 300, u64::MAX])),
                written("Rusk", group, Some(&[8])),
                written("Rusk", person, Some(&[9])),
            ],
            roles: Vec::new(),
            role_by_hand: false,
            n_quotes: 12,
            n_articles: 5,
            sources: [("Orle Post".to_owned(), 12)].into(),
            days: None,
        };
        let mut row = Vec::new();
        push_person(&rusk, &mut row);
        for (name, kind, expected) in [
            ("Rusk", person, vec![7, 300, u64::MAX, 9]),
            ("Rusk", group, vec![8]),
            ("Ada Rusk", person, vec![]),
            ("Lindqvist", person, vec![]),
        ] {
            let mut articles = Vec::new();
            each_article(&row, name, kind, |it| articles.push(it)).unwrap();
            assert_eq!(articles, expected, "{name}");
        }
        assert_eq!(read_person(&row).unwrap().names, rusk.names);
        let cut = &row[..row.len() / 3];
        assert!(each_article(cut, "Rusk", person, |_| ()).is_err(), "a row that ends too early");
    }
}
