//! The words around a name → the role they give: `home minister for Balochistan`, `Prime Minister`.

use std::ops::Range;

use crate::{
    lexicon::Classes,
    syntax::phrase::{PhraseKind, is_noun, phrase_before},
    text::token::{Unit, UnitKind},
};

/// Longest role in units.
const ROLE_UNITS_MAX: usize = 24;

/// The role of the name at `name`, which ends the run of capitals `run` (titles first).
pub(crate) fn of(
    text: &str,
    units: &[Unit],
    sentence: &Range<usize>,
    run: &Range<usize>,
    name: &Range<usize>,
) -> Option<String> {
    let range = apposed(units, sentence, name)
        .or_else(|| in_front(units, sentence, run, name))
        .or_else(|| before_comma(units, sentence, run, name))?;
    let range = without_relations(units, range)?;
    let words = text[units[range.start].start..units[range.end - 1].end].trim();
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The role without what somebody is to somebody else: of `rival Senator` it is `Senator`, of `his wife` nothing.
fn without_relations(units: &[Unit], mut range: Range<usize>) -> Option<Range<usize>> {
    while range.start < range.end && units[range.start].classes.any(Classes::RELATION) {
        range.start += 1;
    }
    let related = |it: &Unit| it.classes.any(Classes::RELATION);
    let office = |it: &Unit| names_office(it) && !related(it);
    let whole = &units[range.clone()];
    (!whole.is_empty() && (whole.iter().any(office) || !whole.iter().any(related))).then_some(range)
}

/// `Sarah Lund, mayor of Osby, said`
fn apposed(units: &[Unit], sentence: &Range<usize>, name: &Range<usize>) -> Option<Range<usize>> {
    let comma = name.end;
    if !units.get(comma).filter(|_| comma < sentence.end)?.sets_apart() {
        return None;
    }
    let mut from = comma + 1;
    // An age comes first: `Lund, 52, a baker,`
    if units.get(from).is_some_and(|it| it.kind == UnitKind::Number)
        && units.get(from + 1).is_some_and(|it| it.is_sign(','))
    {
        from += 2;
    }
    if units
        .get(from)
        .filter(|_| from < sentence.end)
        .is_some_and(|it| it.is(Classes::DETERMINER) && !it.is(Classes::PRONOUN))
    {
        from += 1;
    }
    // `Lund, a weaver`: whatever follows the indefinite article describes a person.
    let mut role = units.get(from - 1).is_some_and(is_indefinite)
        && units.get(from).is_some_and(|it| is_noun(it) && !it.is(Classes::TIME | Classes::PLURAL));
    let mut end = from;
    while end < sentence.end.min(from + ROLE_UNITS_MAX) {
        let unit = &units[end];
        let closes = unit.is_quote() || unit.kind == UnitKind::Punct;
        let clause = unit.is(Classes::WHO | Classes::AUXILIARY | Classes::PRONOUN | Classes::IF)
            || !role
                && unit.is(Classes::CUE | Classes::VERB | Classes::OF)
                && !unit.classes.any(Classes::ROLE);
        if closes || clause {
            break;
        }
        role |= unit.classes.any(Classes::ROLE);
        end += 1;
    }
    let list = units.get(from).is_some_and(|it| it.is(Classes::AND));
    let closed = end >= sentence.end
        || units[end].sets_apart()
        || units[end].kind == UnitKind::Punct
        || units[end].is(Classes::WHO)
        || units[end].is_quote();
    (role && end > from && closed && !list).then_some(from..end)
}

/// Whether it is the indefinite article.
fn is_indefinite(unit: &Unit) -> bool {
    let other =
        Classes::DEFINITE | Classes::PRONOUN | Classes::THEY | Classes::DEMONSTRATIVE | Classes::INDEFINITE;
    unit.is(Classes::DETERMINER) && !unit.is(other)
}

/// `Prime Minister Sarah Lund`, `the campaign spokesman Sarah Lund`
fn in_front(
    units: &[Unit],
    sentence: &Range<usize>,
    run: &Range<usize>,
    name: &Range<usize>,
) -> Option<Range<usize>> {
    const WORDS_MAX: usize = 6;
    // `Oil Minister Sheikh Omar Haddad`: what honors him is no part of what he is.
    let honors = |it: &usize| units[*it].classes.any(Classes::COURTESY);
    let end = name.start - (run.start..name.start).rev().take_while(honors).count();
    let mut start = end;
    let mut role = false;
    while start > sentence.start && end - start < WORDS_MAX {
        let unit = &units[start - 1];
        let part = if start > run.start {
            !unit.classes.any(Classes::COURTESY)
        } else {
            let word = unit.kind == UnitKind::Word;
            let verb = unit.is(Classes::CUE | Classes::VERB) && !unit.is(Classes::ROLE | Classes::BODY);
            word && (unit.is(Classes::ROLE | Classes::BODY) || role && !verb && is_noun(unit))
                || unit.is_name() && role
                || unit.kind == UnitKind::Clitic
                    && role
                    && start - 1 > sentence.start
                    && units[start - 2].is_name()
        };
        if !part {
            break;
        }
        role |= names_office(unit);
        start -= 1;
    }
    while start < end && (units[start].kind == UnitKind::Clitic || units[start].kind == UnitKind::Number) {
        start += 1;
    }
    (role && start < end).then_some(start..end)
}

/// `The party's leader, Sarah Lund, said`
fn before_comma(
    units: &[Unit],
    sentence: &Range<usize>,
    run: &Range<usize>,
    name: &Range<usize>,
) -> Option<Range<usize>> {
    let comma = run.start.checked_sub(1).filter(|it| *it > sentence.start && units[*it].is_sign(','))?;
    if !units.get(name.end).is_none_or(|it| it.is_sign(',') || it.is_sign('.')) {
        return None;
    }
    let phrase = phrase_before(units, sentence.start, comma - 1)?;
    let head = units.get(phrase.units.end.checked_sub(1)?)?;
    let names = phrase.kind == PhraseKind::Noun;
    // `His wife, Sarah Lund`: what she is to somebody else, not what she is.
    let related = units[phrase.units.start].is(Classes::POSSESSIVE);
    let from = phrase.units.start + usize::from(units[phrase.units.start].is(Classes::DETERMINER));
    (names && !related && head.classes.any(Classes::ROLE) && from < comma).then_some(from..comma)
}

/// Whether the unit names an office or trade, rather than only honoring (`Mr.`) or dating it (`former`).
fn names_office(unit: &Unit) -> bool {
    unit.classes.any(Classes::ROLE)
        || unit.classes.any(Classes::TITLE)
            && unit.classes.any(Classes::SHORT)
            && !unit.classes.any(Classes::COURTESY)
}
