//! Text that narrows a query: what a facet, a box of dates or a second box of words adds to it.
//!
//! In: what was typed. Out: the same with one more condition, in morgue's own language. What was
//! typed stays letter for letter, in brackets where `OR` asks for them; a query of another dialect,
//! and one whose end would be read otherwise before more words (`cats and`), is printed anew.

use super::{
    Dialect, Error, ErrorKind, Facet, Field, Node, NodeKind, Query, QuerySpan,
    clauses::{joined, printed, unplaced},
    parse, parse_as,
    value::{self, by_words},
};
use morgue_core::article::{Language, PassageKind, Published, QuoteKind};

/// That articles have, or do not have, a value that a facet counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What was counted.
    pub field: Facet,
    /// The value as the facet gives it; `None` for what has none.
    pub value: Option<String>,
    /// Whether those that have it are left out.
    pub exclude: bool,
}

impl Condition {
    /// The condition as it is typed: `source:="Harbour Courier"`, `-kind:caption`. It finds what
    /// the facet counted and nothing else, but for speakers, who may have other names
    /// ([`narrowed_to_speaker`]).
    ///
    /// `None` where no query asks for it: for a value without a letter or digit, one that the field
    /// cannot have, for what is known to the year or the month only where months or days are
    /// counted, and for what has no value; only what has no date can be asked for.
    pub fn text(&self) -> Option<String> {
        self.clause().map(|it| printed(&it))
    }

    /// The condition as a clause.
    fn clause(&self) -> Option<Node> {
        let (field, value, is_undated) = match (self.field, self.value.as_deref()) {
            (Facet::Source, Some(name)) => (Field::Source, whole(name)?, false),
            (Facet::Section, Some(name)) => (Field::Section, whole(name)?, false),
            (Facet::Place, Some(name)) => (Field::Place, whole(name)?, false),
            (Facet::Speaker, Some(name)) => (Field::Speaker, words(name)?, false),
            (Facet::Language, Some(code)) => {
                Language::from_tag(code)?;
                (Field::Lang, as_typed(code), false)
            }
            (Facet::Kind, Some(name)) => {
                let is_kind = QuoteKind::from_name(name).is_some() || PassageKind::from_name(name).is_some();
                (Field::Kind, as_typed(name), is_kind.then_some(false)?)
            }
            (Facet::Year | Facet::Month | Facet::Day, Some(period)) => {
                (Field::Date, as_typed(&self.time(period)?), false)
            }
            // What has no date is in no time at all.
            (Facet::Year | Facet::Month | Facet::Day, None) => (Field::Date, as_typed("0001..9999"), true),
            (Facet::Source | Facet::Section | Facet::Place, None) => return None,
            (Facet::Speaker | Facet::Language | Facet::Kind, None) => return None,
        };
        let asked = of_field(field, value);
        Some(if self.exclude == is_undated { asked } else { not(asked) })
    }

    /// A time as it is asked for. An article of a month may be of each of its days and is counted
    /// as of none: so months and days are asked for by what is sure.
    fn time(&self, period: &str) -> Option<String> {
        match (self.field, Published::from_iso(period)?) {
            // What has a date has a year.
            (Facet::Year, Published::Year(_)) => Some(period.to_owned()),
            (Facet::Month, Published::Month(..)) | (Facet::Day, Published::Day(_)) => {
                Some(format!("={period}"))
            }
            _ => None,
        }
    }
}

/// The query that also asks for the condition. If it asks for it already, it stays as it is; if it
/// asks for the opposite, the condition takes its place. A blank query gives the condition alone.
///
/// Fails if the typed query cannot be read, the condition cannot be asked for
/// ([`Condition::text`]), or the query gets too long.
pub fn narrowed(typed: &str, dialect: Dialect, condition: &Condition) -> Result<String, Error> {
    let Some(clause) = condition.clause() else {
        let field = match condition.field {
            Facet::Source => Field::Source,
            Facet::Speaker => Field::Speaker,
            Facet::Year | Facet::Month | Facet::Day => Field::Date,
            Facet::Section => Field::Section,
            Facet::Place => Field::Place,
            Facet::Language => Field::Lang,
            Facet::Kind => Field::Kind,
        };
        let span = QuerySpan { start: typed.len(), end: typed.len() };
        return Err(Error { kind: ErrorKind::MissingValue(field), span, text: typed.to_owned() });
    };
    narrowed_by(typed, dialect, &clause)
}

/// The query that also asks for a quote of somebody who is written with one of these names, or,
/// with `exclude`, for none. A name that stands alone and is a part of another is left out: it
/// would be those of others too.
///
/// Fails as [`narrowed`] does, also where no name can be asked for.
pub fn narrowed_to_speaker(
    typed: &str,
    dialect: Dialect,
    names: &[String],
    exclude: bool,
) -> Result<String, Error> {
    let is_part = |name: &String| {
        !name.contains(' ')
            && names.iter().any(|it| it.split(' ').count() > 1 && it.split(' ').any(|it| it == name))
    };
    let mut asked: Vec<Node> = names.iter().filter(|it| !is_part(it)).filter_map(|it| words(it)).collect();
    let value = match asked.len() {
        0 => {
            let condition = Condition { field: Facet::Speaker, value: None, exclude };
            return narrowed(typed, dialect, &condition);
        }
        1 => asked.remove(0),
        _ => node(NodeKind::Or(asked)),
    };
    let clause = of_field(Field::Speaker, value);
    narrowed_by(typed, dialect, &if exclude { not(clause) } else { clause })
}

fn narrowed_by(typed: &str, dialect: Dialect, clause: &Node) -> Result<String, Error> {
    let Some(query) = read(typed, dialect)? else { return Ok(printed(clause)) };
    if query.parts().iter().any(|it| is_same(it, clause)) {
        return Ok(in_own_language(&query, dialect));
    }
    let opposite = match &clause.kind {
        NodeKind::Not(inner) => (**inner).clone(),
        _ => not(clause.clone()),
    };
    // What is asked for as a whole value needs not be asked for by its words too.
    let is_whole = !matches!(clause.kind, NodeKind::Not(_));
    let gives_way = |it: &Node| {
        is_same(it, &opposite)
            || is_whole && [clause, &opposite].into_iter().any(|of| is_same(&by_words(it), &by_words(of)))
    };
    let rest = query.less(|_, it| gives_way(it));
    appended(&rest, clause)
}

/// The query for the time from the first day of `since` to the last day of `until`, dates as they
/// are typed after these fields; without either end the time is open there. Conditions on dates
/// that the query has are replaced, exclusions and alternatives aside.
///
/// Fails if the typed query cannot be read or gets too long. Whether the dates are any is seen when
/// the query is checked.
pub fn timed(
    typed: &str,
    dialect: Dialect,
    since: Option<&str>,
    until: Option<&str>,
) -> Result<String, Error> {
    let mut text = without_time(typed, dialect)?;
    for (field, date) in [(Field::Since, since), (Field::Until, until)] {
        let date: String = date.unwrap_or_default().chars().filter(|it| !is_quotation_mark(*it)).collect();
        if !date.trim().is_empty() {
            text = appended(&text, &of_field(field, as_typed(date.trim())))?;
        }
    }
    Ok(text)
}

/// The query for a bar of a timeline: what is of that year, month or day for sure, as bars count.
/// Conditions on dates that the query has are replaced, exclusions and alternatives aside.
///
/// Fails as [`timed`] does.
pub fn dated(typed: &str, dialect: Dialect, period: &str) -> Result<String, Error> {
    let text = without_time(typed, dialect)?;
    appended(&text, &of_field(Field::Date, as_typed(&format!("={period}"))))
}

/// The query without its conditions on dates, but for exclusions and alternatives.
fn without_time(typed: &str, dialect: Dialect) -> Result<String, Error> {
    let Some(query) = read(typed, dialect)? else { return Ok(String::new()) };
    let of_time = |it: &Node| match it.kind {
        NodeKind::Field { field, .. } => matches!(field, Field::Date | Field::Since | Field::Until),
        _ => false,
    };
    Ok(match query.parts().iter().any(of_time) {
        true => query.less(|_, it| of_time(it)),
        false => in_own_language(&query, dialect),
    })
}

/// The query for what is found by `more`, typed in morgue's own language, among what the typed
/// query finds. As if both had been typed side by side: conditions on quotes that meet are about
/// one quote.
///
/// Fails if one of them cannot be read, or the query gets too long.
pub fn within(typed: &str, dialect: Dialect, more: &str) -> Result<String, Error> {
    match (read(typed, dialect)?, read(more, Dialect::Morgue)?) {
        (None, None) => Ok(String::new()),
        (Some(query), None) => Ok(in_own_language(&query, dialect)),
        (None, Some(more)) => Ok(more.text.trim().to_owned()),
        (Some(query), Some(more)) => put_together(&in_own_language(&query, dialect), &query, &more),
    }
}

/// Reads a query; `None` if nothing was typed.
fn read(typed: &str, dialect: Dialect) -> Result<Option<Query>, Error> {
    if typed.trim().is_empty() { Ok(None) } else { parse_as(typed, dialect).map(Some) }
}

/// What was typed, or, in another dialect, how it was read.
fn in_own_language(query: &Query, dialect: Dialect) -> String {
    if dialect == Dialect::Morgue { query.text.trim().to_owned() } else { query.to_string() }
}

/// Adds a clause at the end of a query in morgue's own language.
fn appended(typed: &str, clause: &Node) -> Result<String, Error> {
    let Some(query) = read(typed, Dialect::Morgue)? else { return Ok(printed(clause)) };
    // Beside another condition on quotes it would be one on the same quote.
    let apart = is_of_quote(clause) && query.parts().iter().any(is_of_quote);
    let text = if apart { format!("({})", printed(clause)) } else { printed(clause) };
    put_together(typed.trim(), &query, &parse(&text)?)
}

/// Writes two queries side by side so that each reads as it does alone: as they were typed, with
/// brackets around alternatives, or else printed.
fn put_together(typed: &str, query: &Query, more: &Query) -> Result<String, Error> {
    let in_brackets = |text: &str, query: &Query| match query.root.kind {
        NodeKind::Or(_) => format!("({text})"),
        _ => text.to_owned(),
    };
    let more_typed = more.text.trim();
    let as_typed = [
        format!("{typed} {more_typed}"),
        format!("{} {}", in_brackets(typed, query), in_brackets(more_typed, more)),
    ];
    let reads_so = |text: &&String| {
        let Ok(both) = parse(text) else { return false };
        let parts: Vec<Node> = both.parts().iter().map(unplaced).collect();
        // `(a b) c` asks for the same as `a b c`.
        let ways =
            |it: &Query| [it.parts().iter().map(unplaced).collect::<Vec<_>>(), vec![unplaced(&it.root)]];
        let (left, right) = (ways(query), ways(more));
        left.iter().any(|left| right.iter().any(|right| parts == [left.as_slice(), right].concat()))
    };
    if let Some(text) = as_typed.iter().find(reads_so) {
        return Ok(text.clone());
    }
    let parts = query.parts().iter().chain(more.parts()).cloned().collect();
    let printed = joined(parts).map(|it| it.to_string()).unwrap_or_default();
    parse(&printed).map(|_| printed)
}

/// Whether the clause is a condition on a quote that its neighbors may join.
fn is_of_quote(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Field { field, .. } => field.is_of_quotes(),
        NodeKind::Or(nodes) => nodes.iter().all(is_of_quote),
        _ => false,
    }
}

/// Whether two clauses ask for the same: case, but behind `=`, and the brackets around a condition
/// on quotes do not count.
fn is_same(a: &Node, b: &Node) -> bool {
    fn folded(node: &Node) -> Node {
        let kind = match node.kind.clone() {
            NodeKind::Group(inner) => return folded(&inner),
            NodeKind::Not(inner) => NodeKind::Not(Box::new(folded(&inner))),
            NodeKind::Field { field, value } => NodeKind::Field { field, value: Box::new(folded(&value)) },
            NodeKind::Word { text, exact: false, distance } => {
                NodeKind::Word { text: text.to_lowercase(), exact: false, distance }
            }
            NodeKind::Phrase { text, exact: false, slop } => {
                NodeKind::Phrase { text: text.to_lowercase(), exact: false, slop }
            }
            NodeKind::Value(text) => NodeKind::Value(text.to_lowercase()),
            other => other,
        };
        Node { kind, ..*node }
    }
    unplaced(&folded(a)) == unplaced(&folded(b))
}

/// The whole value of a field; `None` without a letter or a digit.
fn whole(text: &str) -> Option<Node> {
    value::node(text).map(node)
}

/// The words of a value, as a phrase: marks that are no part of a word and would be read as signs
/// of the language are left out. `None` without a letter or a digit.
fn words(value: &str) -> Option<Node> {
    let is_sign = |it: char| is_quotation_mark(it) || matches!(it, '*' | '?' | '%' | '＊' | '？' | '％');
    let plain = value.replace(|it: char| is_sign(it) || it.is_control(), " ");
    // As it is read between quotation marks.
    let query = parse(&format!("\"{plain}\"")).ok()?;
    let is_words = matches!(
        query.root.kind,
        NodeKind::Word { exact: false, distance: None, .. } | NodeKind::Phrase { exact: false, slop: 0, .. }
    );
    is_words.then_some(query.root)
}

/// Whether the language reads it as a quotation mark.
fn is_quotation_mark(c: char) -> bool {
    super::lex::plain(c) == '"'
}

fn as_typed(text: &str) -> Node {
    node(NodeKind::Value(text.to_owned()))
}

fn of_field(field: Field, value: Node) -> Node {
    node(NodeKind::Field { field, value: Box::new(value) })
}

fn not(inner: Node) -> Node {
    node(NodeKind::Not(Box::new(inner)))
}

fn node(kind: NodeKind) -> Node {
    Node { span: QuerySpan { start: 0, end: 0 }, kind }
}

#[cfg(test)]
mod tests;
