//! Westlaw: terms and connectors.
//!
//! A blank is `OR` and tightest, then `+n`, `/n`, `+s`, `/s`, `+p`, `/p`, `&`, and last `%`, but not.
//! `!` truncates, `*` is one letter, `#` before a word asks for the form typed. Fields are written
//! like functions: `ti(…)`, `au(…)`, `da(aft 2015)`.

use super::{
    super::{Error, Field, Function, Nearness, Node, NodeKind, QuerySpan, Within},
    dates::{Comparison, condition, days},
    lexis,
    services::{Join, Parser, Service, text_node},
    tokens::{Token, TokenKind, has_percent},
};

pub(super) const WESTLAW: Service =
    Service { operator, refusal, word: lexis::word, exact: false, side_by_side: Some(1000), special };

fn operator(tokens: &[Token]) -> Option<(Join, u32, usize)> {
    let first = tokens.first()?.word()?.to_ascii_lowercase();
    let not_follows = tokens.get(1).is_some_and(|it| it.is_word("not"));
    match first.as_str() {
        "or" => Some((Join::Or, 1000, 1)),
        "%" | "not" => Some((Join::AndNot, 100, 1)),
        "and" | "but" if not_follows => Some((Join::AndNot, 100, 2)),
        "and" | "&" => Some((Join::And, 200, 1)),
        connector => {
            let (nearness, strength) = near(connector)?;
            Some((Join::Near { nearness, negated: false }, strength, 1))
        }
    }
}

/// `/5`, `+5`, `/s`, `+s`, `/p`, `+p`, with their strengths; `w/5` and `pre/5` are taken too.
fn near(word: &str) -> Option<(Nearness, u32)> {
    let ordered = ["+", "pre/"].iter().find_map(|it| word.strip_prefix(it));
    let unit = ordered.or_else(|| ["/", "w/"].iter().find_map(|it| word.strip_prefix(it)))?;
    let ordered = ordered.is_some();
    let (within, strength) = match unit {
        "s" => (Within::Sentence, 500),
        "p" => (Within::Passage, 400),
        digits => {
            let n: u32 = digits.parse().ok().filter(|it| (1..=255).contains(it))?;
            (Within::Words(n), 600)
        }
    };
    Some((Nearness { within, ordered }, strength + 50 * u32::from(ordered)))
}

fn refusal(word: &str) -> Option<(String, &'static str)> {
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let unit = ["/", "+", "w/", "pre/"].iter().find_map(|it| word.strip_prefix(it));
    if unit.is_some_and(is_number) {
        return Some((format!("`{word}`"), "write a number from 1 to 255"));
    }
    if unit.is_some() && !word.contains(' ') {
        return Some((format!("`{word}`"), "write a number, s or p: /5, +5, /s, /p"));
    }
    if has_percent(word) {
        return Some((format!("`{word}`"), "write a blank on both sides of `%`"));
    }
    word.contains('#').then(|| (format!("`{word}`"), HASH))
}

/// Where `#` is read.
const HASH: &str = "write # before a word, or before each of a quotation";

/// A word or a quotation in the form typed, a field, or a function.
fn special(parser: &mut Parser<'_>) -> Result<Option<Node>, Error> {
    let from = parser.here();
    let Some(first) = parser.peek(0).cloned() else { return Ok(None) };
    if let TokenKind::Word(text) | TokenKind::Quoted(text) = &first.kind
        && text.starts_with('#')
    {
        return exact(parser, text).map(Some);
    }
    let Some(names) = first.word().filter(|_| parser.opens_behind(1)) else { return Ok(None) };
    let name = names.to_ascii_lowercase();
    let field = match name.as_str() {
        "ti" | "title" | "hl" | "headline" => Field::Headline,
        "au" | "author" | "by" | "byline" => Field::Byline,
        "so" | "source" | "pub" | "publication" => Field::Source,
        "lp" | "lead" => Field::Lead,
        "dl" | "dateline" => Field::Place,
        "da" | "date" => {
            parser.skip(2);
            return dates(parser, from).map(Some);
        }
        _ => {
            let n = name.strip_prefix("atleast").and_then(|it| it.parse().ok());
            let Some(n) = n.filter(|it| (1..=255).contains(it)) else {
                return parser.refused(format!("`{name}( )`"), FIELDS);
            };
            parser.skip(1);
            return parser.function(Function::AtLeast(n), from).map(Some);
        }
    };
    parser.skip(1);
    parser.field(field, from).map(Some)
}

/// The fields and functions that can be read.
const FIELDS: &str = "there are ti, au, so, lp, dl, da and atleast";

/// `#damage`, `"#fiduciary #duty"`.
fn exact(parser: &mut Parser<'_>, text: &str) -> Result<Node, Error> {
    let words: Option<Vec<&str>> = text.split_whitespace().map(|it| it.strip_prefix('#')).collect();
    let typed = words.map(|it| it.join(" ")).filter(|it| !it.contains(['#', '!', '*', '%']));
    let node = typed.and_then(|it| text_node(&it, true, parser.here()));
    let Some(node) = node else { return parser.refused(format!("`{text}`"), HASH) };
    parser.skip(1);
    Ok(node)
}

/// `2015)`, `aft 2015)`, `aft 2014 & bef 2017)`, from behind `da(`.
fn dates(parser: &mut Parser<'_>, from: QuerySpan) -> Result<Node, Error> {
    const HINT: &str = "write da(2017), da(6/23/2017), da(aft 2015) or da(aft 2014 & bef 2017)";
    let mut all = Vec::new();
    loop {
        let comparison = parser.peek(0).and_then(Token::word).and_then(Comparison::from_word);
        parser.skip(usize::from(comparison.is_some()));
        let typed = parser.peek(0).and_then(Token::word).unwrap_or_default();
        let (sign, value) = Comparison::split(typed).map_or((None, typed), |(sign, it)| (Some(sign), it));
        let comparison = comparison.or(sign).unwrap_or(Comparison::On);
        let node = days(value).and_then(|it| condition(comparison, it, parser.here()));
        let Some(node) = node else { return parser.refused("this", HINT) };
        all.push(node);
        parser.skip(1);
        match parser.peek(0) {
            Some(it) if it.is_word("&") || it.is_word("and") => parser.skip(1),
            Some(it) if it.kind == TokenKind::Close => break,
            _ => return parser.refused("this", HINT),
        }
    }
    parser.skip(1);
    let span = QuerySpan { start: from.start, end: parser.last().end };
    Ok(match all.len() {
        1 => all.remove(0),
        _ => Node { span, kind: NodeKind::And(all) },
    })
}
