//! Lexis and Nexis: terms and connectors.
//!
//! `OR` is tightest, then `w/n` and `pre/n` (smaller numbers first), `w/s`, `w/p`, `AND`, `AND
//! NOT`. `!` truncates, `*` is one letter. Segments are written like functions: `hlead(…)`,
//! `byline(…)`.

use super::{
    super::{Error, Field, Function, Letters, Nearness, Node, NodeKind, QuerySpan, Within},
    dates::{Comparison, condition, days, field_value},
    services::{Join, Parser, Service},
    tokens::{Token, TokenKind, percent},
};

pub(super) const LEXIS: Service =
    Service { operator, refusal, word, exact: false, side_by_side: None, special };

fn operator(tokens: &[Token]) -> Option<(Join, u32, usize)> {
    let first = tokens.first()?.word()?.to_ascii_lowercase();
    let second = tokens.get(1);
    match first.as_str() {
        "or" => return Some((Join::Or, 1000, 1)),
        "and" | "but" if second.is_some_and(|it| it.is_word("not")) => return Some((Join::AndNot, 100, 2)),
        "and" | "&" => return Some((Join::And, 200, 1)),
        _ => (),
    }
    if first == "not" {
        let near = second.and_then(Token::word).and_then(|it| near(&it.to_ascii_lowercase()));
        return Some(match near {
            Some((nearness, strength)) => (Join::Near { nearness, negated: true }, strength, 2),
            None => (Join::AndNot, 100, 1),
        });
    }
    near(&first).map(|(nearness, strength)| (Join::Near { nearness, negated: false }, strength, 1))
}

/// `w/5`, `/5`, `pre/5`, `+5`, `near/5`, `w/s`, `w/p`, with their strengths.
fn near(word: &str) -> Option<(Nearness, u32)> {
    let (name, unit) = match word.strip_prefix('+') {
        Some(unit) => ("pre", unit),
        None => word.split_once('/')?,
    };
    let ordered = match name {
        "" | "w" | "near" | "within" => false,
        "pre" | "onear" => true,
        _ => return None,
    };
    let (within, strength) = match unit {
        "s" | "sent" => (Within::Sentence, 500),
        "p" | "para" => (Within::Passage, 400),
        digits => {
            let n: u32 = digits.parse().ok().filter(|it| (1..=255).contains(it))?;
            (Within::Words(n), 900 - n)
        }
    };
    Some((Nearness { within, ordered }, strength))
}

fn refusal(word: &str) -> Option<(String, &'static str)> {
    let word = word.to_ascii_lowercase();
    let names = ["w/", "pre/", "near/", "onear/", "within/", "/", "+"];
    let connector = names.iter().find_map(|it| word.strip_prefix(it));
    match connector {
        Some("seg") => Some((format!("`{word}`"), "write w/p, or put both in one segment: hlead(a AND b)")),
        Some(unit) if unit.bytes().all(|it| it.is_ascii_digit()) && !unit.is_empty() => {
            Some((format!("`{word}`"), "write a number from 1 to 255"))
        }
        Some(_) if !word.contains(' ') => {
            Some((format!("`{word}`"), "write a number, s or p: w/5, pre/5, w/s, w/p"))
        }
        _ => percent(&word),
    }
}

/// `resign!` → `resign*`, `wom*n` → `wom?n`.
pub(super) fn word(word: &str) -> Result<String, &'static str> {
    let (stem, truncated) = match word.strip_suffix('!') {
        Some(stem) => (stem, true),
        None => (word, false),
    };
    if stem.contains('!') {
        return Err("`!` ends a word");
    }
    if stem.ends_with(['*', '?']) {
        return Err("`*` at the end is a letter or none: write resign! for any ending, or each form with OR");
    }
    let stem = stem.replace('*', "?");
    Ok(if truncated { stem + "*" } else { stem })
}

/// A segment, a function, or a condition on date or length.
fn special(parser: &mut Parser<'_>) -> Result<Option<Node>, Error> {
    let from = parser.here();
    let Some(name) = parser.peek(0).and_then(Token::word).map(str::to_ascii_lowercase) else {
        return Ok(None);
    };
    if matches!(name.as_str(), "date" | "length") {
        let compares = |it: &Token| it.word().is_some_and(|it| comparison(it).is_some());
        if parser.opens_behind(1) || parser.peek(1).is_some_and(compares) {
            parser.skip(1);
            return compared(parser, name == "date", from).map(Some);
        }
    }
    if !parser.opens_behind(1) {
        return Ok(None);
    }
    let field = match name.as_str() {
        "hlead" => Field::Lead,
        "headline" => Field::Headline,
        "byline" => Field::Byline,
        "publication" | "pub" => Field::Source,
        "section" => Field::Section,
        "dateline" => Field::Place,
        _ => {
            let Some(function) = function(&name) else {
                return parser.refused(format!("`{name}( )`"), SEGMENTS);
            };
            parser.skip(1);
            return parser.function(function, from).map(Some);
        }
    };
    parser.skip(1);
    parser.field(field, from).map(Some)
}

/// The segments and functions that can be read.
const SEGMENTS: &str = "there are hlead, headline, byline, publication, section, dateline, date, length, caps, allcaps, nocaps, \
                        atleast";

fn function(name: &str) -> Option<Function> {
    Some(match name {
        "caps" => Function::Letters(Letters::AnyCapital),
        "allcaps" => Function::Letters(Letters::AllCapitals),
        "nocaps" => Function::Letters(Letters::NoCapitals),
        _ => {
            let n = name.strip_prefix("atleast")?.parse().ok()?;
            (1..=255).contains(&n).then_some(Function::AtLeast(n))?
        }
    })
}

/// A comparison as a word, or as a sign before a number.
fn comparison(word: &str) -> Option<(Comparison, &str)> {
    Comparison::from_word(word).map(|it| (it, "")).or_else(|| Comparison::split(word))
}

/// `date(geq 6/1/2017 and leq 6/30/2017)`, `date aft 2015`, `length > 800`, from after the name.
fn compared(parser: &mut Parser<'_>, is_date: bool, from: QuerySpan) -> Result<Node, Error> {
    const HINT: &str = "write date(geq 6/1/2017 and leq 6/30/2017), date aft 2016 or length > 800";
    let in_brackets = parser.peek(0).is_some_and(|it| it.kind == TokenKind::Open);
    parser.skip(usize::from(in_brackets));
    let mut all = Vec::new();
    loop {
        let typed = parser.peek(0).and_then(Token::word).map(str::to_owned);
        let Some(typed) = typed else { return parser.refused("this", HINT) };
        let (comparison, mut value) = comparison(&typed).unwrap_or((Comparison::On, typed.as_str()));
        let next;
        if value.is_empty() {
            parser.skip(1);
            next = parser.peek(0).and_then(Token::word).map(str::to_owned).unwrap_or_default();
            value = &next;
        }
        let here = parser.here();
        let node = if is_date {
            days(value).and_then(|it| condition(comparison, it, here))
        } else {
            length(comparison, value, here)
        };
        let Some(node) = node else { return parser.refused(format!("`{value}`"), HINT) };
        all.push(node);
        parser.skip(1);
        if !(in_brackets && parser.peek(0).is_some_and(|it| it.is_word("and"))) {
            break;
        }
        parser.skip(1);
    }
    if in_brackets {
        if parser.peek(0).is_none_or(|it| it.kind != TokenKind::Close) {
            return parser.refused("this", HINT);
        }
        parser.skip(1);
    }
    let span = QuerySpan { start: from.start, end: parser.last().end };
    Ok(match all.len() {
        1 => all.remove(0),
        _ => Node { span, kind: NodeKind::And(all) },
    })
}

/// The condition on how many words an article has.
pub(super) fn length(comparison: Comparison, number: &str, span: QuerySpan) -> Option<Node> {
    let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
    let sign = match comparison {
        Comparison::On => "",
        Comparison::After => ">",
        Comparison::NotBefore => ">=",
        Comparison::Before => "<",
        Comparison::NotAfter => "<=",
    };
    is_number.then(|| field_value(Field::Words, format!("{sign}{number}"), span))
}
