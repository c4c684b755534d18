//! Factiva: free text search.
//!
//! `w/n`, `adjn` (both in this order), `nearn` and `same` are tightest, then `NOT`, `AND`, `OR`.
//! `*` and `$` truncate, `?` is one letter; words are found in the form typed. Fields are written
//! `hd=…`, `by=…`, `date from … to …`, `wc>1000`.

use super::{
    super::{Error, Field, Function, Nearness, Node, NodeKind, QuerySpan, Within},
    dates::{Comparison, condition, days, field_value},
    lexis::length,
    services::{Join, Parser, Service},
    tokens::{LETTER_AT_END, Token, percent},
};

pub(super) const FACTIVA: Service =
    Service { operator, refusal, word, exact: true, side_by_side: None, special };

fn operator(tokens: &[Token]) -> Option<(Join, u32, usize)> {
    let word = tokens.first()?.word()?.to_ascii_lowercase();
    let join = match word.as_str() {
        "or" => return Some((Join::Or, 10, 1)),
        "and" => return Some((Join::And, 20, 1)),
        "not" => return Some((Join::AndNot, 30, 1)),
        "same" => Nearness { within: Within::Passage, ordered: false },
        _ => near(&word)?,
    };
    Some((Join::Near { nearness: join, negated: false }, 40, 1))
}

/// `w/5`, `adj5`, `near5`.
fn near(word: &str) -> Option<Nearness> {
    let (number, ordered, max) = if let Some(n) = word.strip_prefix("w/") {
        (n, true, 10)
    } else if let Some(n) = word.strip_prefix("adj") {
        (n, true, 10)
    } else {
        (word.strip_prefix("near")?, false, 500)
    };
    let n: u32 = number.parse().ok().filter(|it| (1..=max).contains(it))?;
    Some(Nearness { within: Within::Words(n), ordered })
}

fn refusal(word: &str) -> Option<(String, &'static str)> {
    let lower = word.to_ascii_lowercase();
    // What `special` does not know, and what it does where no operator stands before.
    if let Some((name, _)) = lower.split_once(['=', '>', '<'])
        && (2..=4).contains(&name.len())
        && name.bytes().all(|it| it.is_ascii_lowercase())
    {
        return Some((
            format!("`{name}`"),
            "there are hd=, hlp=, by=, sn=, la=, wc> and date, with an operator before",
        ));
    }
    // `merger/F50/`: a letter and digits between slashes.
    let is_position = lower
        .strip_suffix('/')
        .and_then(|it| it.rsplit_once('/'))
        .filter(|it| !it.0.contains(['/', '.']))
        .and_then(|it| it.1.strip_prefix(|letter: char| letter.is_ascii_alphabetic()))
        .is_some_and(|it| !it.is_empty() && it.bytes().all(|digit| digit.is_ascii_digit()));
    let numbered = ["w/", "adj", "near"].iter().find_map(|it| lower.strip_prefix(it));
    if is_position {
        Some((format!("`{word}`"), "write near10 between words, or hlp=( ) for the beginning"))
    } else if numbered.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit())) {
        Some((format!("`{word}`"), "w/ and adj take 1 to 10, near takes 1 to 500"))
    } else if lower.starts_with("w/") {
        Some((format!("`{word}`"), "write a number: w/5, or near5 for either order"))
    } else {
        percent(&lower)
    }
}

/// `resign$` → `resign*`.
fn word(word: &str) -> Result<String, &'static str> {
    if let Some((_, number)) = word.rsplit_once('$')
        && !number.is_empty()
    {
        return Err("write resign* for any ending, or each form with OR");
    }
    if word.ends_with('?') {
        return Err(LETTER_AT_END);
    }
    Ok(word.replace('$', "*"))
}

/// A field, `atleast5 word`, or a condition on the date.
fn special(parser: &mut Parser<'_>) -> Result<Option<Node>, Error> {
    let from = parser.here();
    let Some(word) = parser.peek(0).and_then(Token::word).map(str::to_ascii_lowercase) else {
        return Ok(None);
    };
    if word == "date" {
        return date(parser, from);
    }
    if let Some(n) = word.strip_prefix("atleast").and_then(|it| it.parse().ok()) {
        if !(1..=50).contains(&n) {
            return parser.refused(format!("`{word}`"), "atleast takes 1 to 50");
        }
        parser.skip(1);
        return parser.function(Function::AtLeast(n), from).map(Some);
    }
    if let Some((comparison, number)) = word.strip_prefix("wc").and_then(Comparison::split) {
        let Some(node) = length(comparison, number, from) else {
            return parser.refused(format!("`{word}`"), "write wc>1000");
        };
        parser.skip(1);
        return Ok(Some(node));
    }
    let Some((name, value)) = word.split_once('=') else { return Ok(None) };
    let field = match name {
        "hd" => Field::Headline,
        "hlp" => Field::Lead,
        "by" => Field::Byline,
        "sn" => Field::Source,
        "la" if !value.is_empty() => {
            parser.skip(1);
            return Ok(Some(field_value(Field::Lang, value.to_owned(), from)));
        }
        _ => return Ok(None),
    };
    if value.is_empty() {
        parser.skip(1);
        return parser.field(field, from).map(Some);
    }
    let Some(value) = super::services::text_node(value, true, from) else { return Ok(None) };
    parser.skip(1);
    Ok(Some(Node { span: from, kind: NodeKind::Field { field, value: Box::new(value) } }))
}

/// `date from 20170101 to 20170131`, `date after 20170101`, `date -7`; elsewhere `date` is a word.
fn date(parser: &mut Parser<'_>, from: QuerySpan) -> Result<Option<Node>, Error> {
    const HINT: &str = "write date from 20170101 to 20170131, date after 20170101 or date -7";
    let at = |parser: &Parser<'_>, ahead| parser.peek(ahead).and_then(Token::word).map(str::to_owned);
    let Some(second) = at(parser, 1) else { return Ok(None) };
    if let Some(n) =
        second.strip_prefix('-').filter(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
    {
        let node = field_value(Field::Since, format!("{n}d"), from);
        parser.skip(2);
        return Ok(Some(node));
    }
    let comparison = match second.to_ascii_lowercase().as_str() {
        "from" => Comparison::NotBefore,
        "after" => Comparison::After,
        "before" => Comparison::Before,
        _ => return Ok(None),
    };
    let day = |text: Option<String>| text.and_then(|it| days(&it));
    let Some(first) = day(at(parser, 2)).and_then(|it| condition(comparison, it, from)) else {
        return parser.refused("this date", HINT);
    };
    if comparison != Comparison::NotBefore {
        parser.skip(3);
        return Ok(Some(first));
    }
    let last = day(at(parser, 4)).and_then(|it| condition(Comparison::NotAfter, it, from));
    let Some(last) = last.filter(|_| parser.peek(3).is_some_and(|it| it.is_word("to"))) else {
        return parser.refused("this date", HINT);
    };
    parser.skip(5);
    Ok(Some(Node {
        span: QuerySpan { start: from.start, end: parser.last().end },
        kind: NodeKind::And(vec![first, last]),
    }))
}
