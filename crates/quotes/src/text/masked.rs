//! Tokens and quotations of a passage → its skeleton: the words outside the marks, each quotation folded into one
//! unit, cut into sentences. In the skeleton `“We won. At last,” said Ms. Lund.` reads `Q said Ms. Lund .`, which is
//! what the rules of attribution are about.

use std::ops::Range;

use crate::{
    lexicon::Classes,
    text::{
        dateline,
        lexer::{Shape, Token},
        quotation::Quotation,
        token::{Unit, UnitKind},
    },
};

/// The skeleton of one passage.
#[derive(Debug)]
pub(crate) struct Skeleton {
    /// Its units in order.
    pub units: Vec<Unit>,
    /// Its sentences: ranges of units, in order, without gaps.
    pub sentences: Vec<Range<usize>>,
}

impl Skeleton {
    /// The index of the unit that begins at that byte.
    pub(crate) fn unit_at(&self, start: usize) -> usize {
        self.units.partition_point(|it| it.start < start)
    }
}

/// Classes whose words are no part of a name even when a sentence begins with them.
const NO_NAME: Classes = Classes::PRONOUN
    .union(Classes::POSSESSIVE)
    .union(Classes::DETERMINER)
    .union(Classes::WHO)
    .union(Classes::THAT)
    .union(Classes::WH)
    .union(Classes::IF)
    .union(Classes::AND)
    .union(Classes::OF)
    .union(Classes::AUXILIARY)
    .union(Classes::NOT)
    .union(Classes::ADVERB)
    .union(Classes::GERUND)
    .union(Classes::ACCORDING)
    .union(Classes::SOURCE)
    .union(Classes::FINITE)
    .union(Classes::TIME)
    .union(Classes::GROUP);

/// Classes that make a capital a name wherever it stands.
const NAMING: Classes = Classes::GIVEN
    .union(Classes::TITLE)
    .union(Classes::PLACE)
    .union(Classes::OUTLET)
    .union(Classes::PEOPLE_OF)
    .union(Classes::PARTICLE);

/// What follows a subject rather than an adjective.
const VERBAL: Classes = Classes::AUXILIARY
    .union(Classes::CUE)
    .union(Classes::VERB)
    .union(Classes::ADVERB)
    .union(Classes::OF)
    .union(Classes::AND)
    .union(Classes::WHO)
    .union(Classes::NOT)
    .union(Classes::REFLEXIVE);

/// Folds the quotations of a passage and cuts it into sentences.
pub(crate) fn skeleton(text: &str, tokens: &[Token], quotations: &[Quotation]) -> Skeleton {
    let mut units = Vec::with_capacity(tokens.len());
    let mut index = 0;
    let mut next_quote = 0;
    while let Some(token) = tokens.get(index) {
        if let Some(quotation) = quotations.get(next_quote)
            && quotation.open == index
        {
            let end = tokens[quotation.end_token - 1].end;
            let kind = UnitKind::Quote(next_quote);
            let last = text[..quotation.end].trim_end().chars().next_back();
            let closes = matches!(last, Some(',' | '.' | '?' | '!' | '…'));
            units.push(Unit {
                start: token.start,
                end,
                kind,
                classes: Classes::NONE,
                first: token.first,
                closes,
            });
            index = quotation.end_token;
            next_quote += 1;
            continue;
        }
        if token.shape == Shape::Mark
            && !(index > 0 && tokens[index - 1].end == token.start && tokens[index - 1].shape != Shape::Mark)
        {
            // A stray mark says nothing.
            index += 1;
            continue;
        }
        let kind = kind_of(token, &tokens[..index], tokens.get(index + 1));
        // A capital inside a sentence makes a name of a function word: `Will`, `May`.
        let classes = if kind == UnitKind::Name { token.classes.without(NO_NAME) } else { token.classes };
        units.push(Unit {
            start: token.start,
            end: token.end,
            kind,
            classes,
            first: token.first,
            closes: false,
        });
        index += 1;
    }
    let mut sentences = sentences(text, &units, quotations);
    let dateline = dateline::length(text, &units);
    if let Some(first) = sentences.first_mut().filter(|it| dateline > 0 && dateline < it.end) {
        first.start = dateline;
        sentences.insert(0, 0..dateline);
    }
    Skeleton { units, sentences }
}

fn kind_of(token: &Token, all_before: &[Token], after: Option<&Token>) -> UnitKind {
    let before = all_before.last();
    match token.shape {
        Shape::Number => UnitKind::Number,
        Shape::Clitic => UnitKind::Clitic,
        // What is left of the marks are the apostrophes of plurals: `workers’`.
        Shape::Mark => UnitKind::Clitic,
        Shape::Punct => UnitKind::Punct,
        Shape::Lower => UnitKind::Word,
        Shape::Upper if !token.classes.any(NO_NAME) => UnitKind::Name,
        Shape::Capital | Shape::Upper => {
            if token.classes.any(Classes::FIRST | Classes::TIME) {
                return UnitKind::Word;
            }
            let initial = before.is_none_or(|it| matches!(it.first, '.' | '?' | '!' | ':' | '…' | '•' | '*'))
                || before.is_some_and(|it| it.shape == Shape::Mark) && !goes_on(all_before);
            let known = token.classes.any(NO_NAME);
            let named_after = after.is_some_and(|it| matches!(it.shape, Shape::Capital | Shape::Upper));
            let given = token.classes.any(Classes::GIVEN) && named_after;
            let cue = initial && token.classes.any(Classes::CUE) && !given && !named_after;
            // Titles run on in capitals: function words between them stay words.
            // `Good news came`: a capital that only begins the sentence, before a word that is no verb.
            let past = token.classes.any(Classes::CUE | Classes::VERB)
                && !token.classes.any(Classes::BASE | Classes::THIRD | Classes::GIVEN)
                && !named_after
                && !before.is_some_and(|it| matches!(it.shape, Shape::Lower | Shape::Number));
            let plain = initial
                && token.shape == Shape::Capital
                && !token.classes.any(NAMING)
                && after.is_some_and(|it| it.shape == Shape::Lower && !it.classes.any(VERBAL));
            if (known && !given && (initial || !strange_capital(token))) || cue || plain || past {
                UnitKind::Word
            } else {
                UnitKind::Name
            }
        }
    }
}

/// Whether a sentence goes on behind a closing mark: `“We have time,” Brand said`.
fn goes_on(before: &[Token]) -> bool {
    before.len().checked_sub(2).is_some_and(|it| before[it].first == ',')
}

/// Whether the capital of a known word inside a sentence says that it is a name after all.
fn strange_capital(token: &Token) -> bool {
    !token.classes.any(Classes::PRONOUN | Classes::DETERMINER | Classes::POSSESSIVE | Classes::GROUP)
}

/// Longest sentence in units; longer ones are cut, so that no rule ever looks further and time stays linear.
const SENTENCE_UNITS_MAX: usize = 300;

fn sentences(text: &str, units: &[Unit], quotations: &[Quotation]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for at in 0..units.len() {
        if at - from >= SENTENCE_UNITS_MAX || ends_here(text, units, quotations, at) {
            found.push(from..at + 1);
            from = at + 1;
        }
    }
    if from < units.len() {
        found.push(from..units.len());
    }
    found
}

/// Whether a sentence ends with unit `at`.
fn ends_here(text: &str, units: &[Unit], quotations: &[Quotation], at: usize) -> bool {
    let unit = &units[at];
    let Some(next) = units.get(at + 1) else { return true };
    let begins = next.is_quote()
        || next.first.is_uppercase()
        || next.first.is_numeric()
        || matches!(next.first, '(' | '[' | '•');
    match unit.kind {
        UnitKind::Quote(index) => {
            let last = text[..quotations[index].end].trim_end().chars().next_back();
            match last {
                Some('.' | '…' | '。') => next.is_quote() || next.first.is_uppercase(),
                Some('?' | '!') => {
                    next.is_quote()
                        || next.first.is_uppercase()
                            && (next.kind == UnitKind::Word || !cue_follows(units, at + 1))
                }
                _ => false,
            }
        }
        // `(She did not.) Then`
        UnitKind::Punct if matches!(unit.first, ')' | ']') => {
            let stops = at.checked_sub(1).is_some_and(|it| {
                units[it].ends_sentence() || matches!(units[it].kind, UnitKind::Quote(index) if text[..quotations[index].end].ends_with('.'))
            });
            stops && begins
        }
        _ if unit.ends_sentence() => begins,
        // The full stop of an abbreviation may end a sentence too; a word that only begins one tells.
        UnitKind::Name | UnitKind::Word => {
            text[unit.start..unit.end].ends_with('.')
                && unit.end - unit.start > 3
                && !unit.classes.any(Classes::TITLE)
                && next.first.is_uppercase()
                && next.kind == UnitKind::Word
                && next
                    .classes
                    .any(Classes::PRONOUN | Classes::DETERMINER | Classes::POSSESSIVE | Classes::IF)
        }
        _ => false,
    }
}

/// Whether the words from `from` on report the question or cry before them: `“Why?” Lund asked.`
fn cue_follows(units: &[Unit], from: usize) -> bool {
    const CLAUSE_UNITS_MAX: usize = 14;
    for unit in units.iter().skip(from).take(CLAUSE_UNITS_MAX) {
        if unit.ends_sentence() || unit.is_quote() {
            return false;
        }
        if unit.is(Classes::SAY | Classes::REPORT | Classes::MARKS) && !unit.is(Classes::GERUND) {
            return true;
        }
    }
    false
}
