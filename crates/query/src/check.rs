//! Tree to checked tree: words are cut and folded, fields given their meaning, dates and codes
//! read.
//!
//! Conditions on quotes that stand side by side speak of one and the same quote: `speaker:lange
//! said:strike` is a passage in which Lange says "strike". Brackets part them: `(speaker:lange
//! said:strike) (speaker:diaz said:strike)`.

use jiff::civil::Date;

use super::{
    ArticlePart, CheckedQuery, Clause, Error, ErrorKind, Field, Filter, Glob, Lengths, ListField, Node,
    NodeKind, Query, QuoteClause, Shelf, TextField, TextPattern, ValueField, dates,
    patterns::{Spelling, Wrong, pattern},
    simplify::simplify,
    suggest,
    value::asked,
    visit::{SCANS_MAX, n_scans},
};
use morgue_core::article::{Language, PassageKind, QuoteKind, Stance};

/// Resolves a query without reading lists: see [`check_with_lists`].
pub fn check(query: &Query, today: Date) -> Result<CheckedQuery, Error> {
    check_with_lists(query, today, &Shelf::default())
}

/// Resolves a query. `today` is the day that `today`, `yesterday` and `30d` are counted from,
/// `shelf` what `list:`, `tag:` and `note:` ask for.
pub fn check_with_lists(query: &Query, today: Date, shelf: &Shelf) -> Result<CheckedQuery, Error> {
    let checker = Checker { today, shelf };
    let wrong = |kind, node: &Node| Err(Error { kind, span: node.span, text: query.text.clone() });
    match checker.clause(&query.root).map(|it| CheckedQuery { root: simplify(it) }) {
        Ok(checked) if n_scans(&checked) > SCANS_MAX => wrong(ErrorKind::ManyPatterns, &query.root),
        Ok(checked) => Ok(checked),
        Err((kind, node)) => wrong(kind, node),
    }
}

struct Checker<'a> {
    today: Date,
    shelf: &'a Shelf,
}

impl Checker<'_> {
    fn clause<'n>(&self, node: &'n Node) -> Result<Clause, Wrong<'n>> {
        match &node.kind {
            NodeKind::Word { .. }
            | NodeKind::Phrase { .. }
            | NodeKind::Value(_)
            | NodeKind::Near { .. }
            | NodeKind::Function { .. } => pattern(node, Spelling::Stemmed).map(Clause::Text),
            NodeKind::Field { field, value } => self.field(*field, value),
            NodeKind::And(nodes) => self.all(nodes),
            NodeKind::Or(nodes) => nodes.iter().map(|it| self.clause(it)).collect::<Result<_, _>>().map(any),
            NodeKind::Not(inner) => Ok(Clause::Not(Box::new(self.clause(inner)?))),
            NodeKind::Group(inner) => self.clause(inner),
        }
    }

    /// Joins with AND, the conditions on quotes into one.
    fn all<'n>(&self, nodes: &'n [Node]) -> Result<Clause, Wrong<'n>> {
        let mut quoted = Vec::new();
        let mut clauses = Vec::new();
        for node in nodes {
            match self.clause(node)? {
                Clause::Quoted(clause) if stands_open(node) => quoted.push(clause),
                clause => clauses.push(clause),
            }
        }
        match quoted.len() {
            0 => (),
            1 => clauses.extend(quoted.pop().map(Clause::Quoted)),
            _ => clauses.push(Clause::Quoted(QuoteClause::And(quoted))),
        }
        Ok(Clause::And(clauses))
    }

    fn field<'n>(&self, field: Field, value: &'n Node) -> Result<Clause, Wrong<'n>> {
        let text = |field| words(value, Spelling::of(field), &|_| None, &move |it| Filter::Field(field, it));
        // `=` asks for the value as a whole.
        let named = |field, whole| {
            let of_whole = move |it: &Node| asked(it).map(|it| Filter::Value(whole, it));
            words(value, Spelling::of(field), &of_whole, &move |it| Filter::Field(field, it))
        };
        let on_list = |field, spelling| {
            words(value, spelling, &|_| None, &move |it| Filter::OnList {
                field,
                articles: self.shelf.articles(field, &it),
                pattern: it,
            })
        };
        match field {
            Field::Speaker => quote(value, Spelling::Name, &of_name).map(Clause::Quoted),
            Field::Role => quote(value, Spelling::Name, &|_, it| QuoteClause::Role(it)).map(Clause::Quoted),
            Field::Said => {
                quote(value, Spelling::Stemmed, &|_, it| QuoteClause::Said(it)).map(Clause::Quoted)
            }
            Field::Source => named(TextField::Source, ValueField::Source),
            Field::Headline => text(TextField::Headline),
            Field::Byline => text(TextField::Byline),
            Field::Place => named(TextField::Place, ValueField::Place),
            Field::Section => named(TextField::Section, ValueField::Section),
            Field::Article => {
                words(value, Spelling::Stemmed, &|_| None, &|it| Filter::Part(ArticlePart::Whole, it))
            }
            Field::Lead => {
                words(value, Spelling::Stemmed, &|_| None, &|it| Filter::Part(ArticlePart::Lead, it))
            }
            Field::List => on_list(ListField::List, Spelling::Name),
            Field::Tag => on_list(ListField::Tag, Spelling::Name),
            Field::Note => on_list(ListField::Note, Spelling::Stemmed),
            Field::Words => values(value, &|it| lengths(it).map(Filter::Length).map(Clause::Filter)),
            Field::Lang => values(value, &|it| language(it).map(Filter::Language).map(Clause::Filter)),
            Field::Kind => values(value, &kind),
            Field::Stance => values(value, &stance),
            Field::Url => values(value, &|it| Ok(Clause::Filter(Filter::Url(part_or_whole(it))))),
            Field::Path => values(value, &|it| Ok(Clause::Filter(Filter::Path(part_or_whole(it))))),
            Field::Added => {
                values(value, &|it| dates::days(field, it, self.today).map(Filter::Added).map(Clause::Filter))
            }
            Field::Date | Field::Since | Field::Until => values(value, &|it| {
                let filter = match it.strip_prefix('=').filter(|_| field == Field::Date) {
                    Some(sure) => dates::days(field, sure, self.today).map(Filter::PublishedWithin),
                    None => dates::days(field, it, self.today).map(Filter::Published),
                };
                filter.map(Clause::Filter)
            }),
        }
    }
}

/// A first and a last name in quotation marks also with a name or an initial between them: `"marta
/// ortiz"` is Marta L. Ortiz, too, but not with `=` before it.
fn of_name(node: &Node, pattern: TextPattern) -> QuoteClause {
    fn with_gap(pattern: TextPattern) -> TextPattern {
        match pattern {
            TextPattern::Phrase { parts, slop: 0 } if parts.len() == 2 => {
                TextPattern::Phrase { parts, slop: 1 }
            }
            // One for each spelling.
            TextPattern::AnyOf(any) => TextPattern::AnyOf(any.into_iter().map(with_gap).collect()),
            other => other,
        }
    }
    QuoteClause::Speaker(match &node.kind {
        NodeKind::Phrase { exact: false, .. } => with_gap(pattern),
        _ => pattern,
    })
}

/// Whether a condition on quotes joins its neighbors: it is a field, or alternatives of fields.
fn stands_open(node: &Node) -> bool {
    let is_or_holds = |it: &Node| match &it.kind {
        NodeKind::Group(inner) => stands_open(inner),
        _ => stands_open(it),
    };
    match &node.kind {
        NodeKind::Field { .. } => true,
        NodeKind::Or(nodes) => nodes.iter().all(is_or_holds),
        NodeKind::Word { .. }
        | NodeKind::Phrase { .. }
        | NodeKind::Value(_)
        | NodeKind::And(_)
        | NodeKind::Near { .. }
        | NodeKind::Function { .. }
        | NodeKind::Group(_)
        | NodeKind::Not(_) => false,
    }
}

/// Joins with OR; conditions on quotes become one, for a quote that is one or the other is one of
/// either.
fn any(clauses: Vec<Clause>) -> Clause {
    let quoted: Option<Vec<QuoteClause>> = clauses
        .iter()
        .map(|it| if let Clause::Quoted(clause) = it { Some(clause.clone()) } else { None })
        .collect();
    quoted.map_or(Clause::Or(clauses), |it| Clause::Quoted(QuoteClause::Or(it)))
}

/// What is asked of a field of the article: `whole` of its value, if a node is about that, else
/// `filter` of its words.
fn words<'n>(
    node: &'n Node,
    spelling: Spelling,
    whole: &dyn Fn(&Node) -> Option<Filter>,
    filter: &dyn Fn(TextPattern) -> Filter,
) -> Result<Clause, Wrong<'n>> {
    let each = |nodes: &'n [Node]| {
        nodes.iter().map(|it| words(it, spelling, whole, filter)).collect::<Result<_, _>>()
    };
    match &node.kind {
        NodeKind::And(nodes) => each(nodes).map(Clause::And),
        NodeKind::Or(nodes) => each(nodes).map(Clause::Or),
        NodeKind::Not(inner) => Ok(Clause::Not(Box::new(words(inner, spelling, whole, filter)?))),
        _ => match whole(node) {
            Some(whole) => Ok(Clause::Filter(whole)),
            None => pattern(node, spelling).map(|it| Clause::Filter(filter(it))),
        },
    }
}

/// What is asked of one quote.
fn quote<'n>(
    node: &'n Node,
    spelling: Spelling,
    leaf: &dyn Fn(&Node, TextPattern) -> QuoteClause,
) -> Result<QuoteClause, Wrong<'n>> {
    let each = |nodes: &'n [Node]| nodes.iter().map(|it| quote(it, spelling, leaf)).collect::<Result<_, _>>();
    match &node.kind {
        NodeKind::And(nodes) => each(nodes).map(QuoteClause::And),
        NodeKind::Or(nodes) => each(nodes).map(QuoteClause::Or),
        NodeKind::Not(inner) => Ok(QuoteClause::Not(Box::new(quote(inner, spelling, leaf)?))),
        _ => pattern(node, spelling).map(|it| leaf(node, it)),
    }
}

/// What is asked of a field whose values are taken as they stand.
fn values<'n>(
    node: &'n Node,
    clause: &dyn Fn(&str) -> Result<Clause, ErrorKind>,
) -> Result<Clause, Wrong<'n>> {
    match &node.kind {
        NodeKind::Value(value) => clause(value).map_err(|it| (it, node)),
        NodeKind::And(nodes) | NodeKind::Or(nodes) => {
            nodes.iter().map(|it| values(it, clause)).collect::<Result<_, _>>().map(any)
        }
        NodeKind::Not(inner) => Ok(Clause::Not(Box::new(values(inner, clause)?))),
        NodeKind::Field { value, .. } => values(value, clause),
        NodeKind::Word { text, .. } | NodeKind::Phrase { text, .. } => clause(text).map_err(|it| (it, node)),
        // Fields whose values are taken as they stand read no operators.
        NodeKind::Near { .. } | NodeKind::Function { .. } | NodeKind::Group(_) => {
            Err((ErrorKind::Empty, node))
        }
    }
}

/// `>800`, `>=800`, `<300`, `<=300`, `800`, `300..800`.
fn lengths(value: &str) -> Result<Lengths, ErrorKind> {
    let wrong = || ErrorKind::Number(value.to_owned());
    let number = |digits: &str| -> Result<u64, ErrorKind> {
        let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
        if is_number { Ok(digits.parse().unwrap_or(u64::MAX)) } else { Err(wrong()) }
    };
    let (min, max) = if let Some(n) = value.strip_prefix(">=") {
        (number(n)?, u64::MAX)
    } else if let Some(n) = value.strip_prefix("<=") {
        (0, number(n)?)
    } else if let Some(n) = value.strip_prefix('>') {
        (number(n)?.saturating_add(1), u64::MAX)
    } else if let Some(n) = value.strip_prefix('<') {
        (0, number(n)?.checked_sub(1).ok_or_else(wrong)?)
    } else if let Some((from, to)) = value.split_once("..") {
        let from = if from.is_empty() { 0 } else { number(from)? };
        let to = if to.is_empty() { u64::MAX } else { number(to)? };
        if value == ".." {
            return Err(wrong());
        }
        (from, to)
    } else {
        (number(value)?, number(value)?)
    };
    if max < min { Err(ErrorKind::ReversedLengths) } else { Ok(Lengths { min, max }) }
}

fn language(value: &str) -> Result<Language, ErrorKind> {
    Language::from_tag(value).ok_or_else(|| ErrorKind::Language(value.to_owned()))
}

fn kind(value: &str) -> Result<Clause, ErrorKind> {
    let name = value.to_ascii_lowercase();
    if let Some(kind) = QuoteKind::from_name(&name) {
        return Ok(Clause::Quoted(QuoteClause::Kind(kind)));
    }
    if let Some(kind) = PassageKind::from_name(&name) {
        return Ok(Clause::Filter(Filter::PassageKind(kind)));
    }
    let names = QuoteKind::ALL.iter().map(|it| it.name()).chain(PassageKind::ALL.iter().map(|it| it.name()));
    let suggestion = suggest::nearest(&name, names.map(|it| (it, it)));
    Err(ErrorKind::Kind { value: value.to_owned(), suggestion })
}

fn stance(value: &str) -> Result<Clause, ErrorKind> {
    let name = value.to_ascii_lowercase();
    let stance = Stance::from_name(&name).ok_or_else(|| {
        let names = Stance::ALL.iter().map(|it| (it.name(), it.name()));
        ErrorKind::Stance { value: value.to_owned(), suggestion: suggest::nearest(&name, names) }
    })?;
    Ok(Clause::Quoted(QuoteClause::Stance(stance)))
}

/// A path or an address in lower case: a pattern for the whole when it has a `*`, otherwise any
/// part.
fn part_or_whole(value: &str) -> Glob {
    let value = value.to_lowercase();
    if value.contains('*') { Glob::new(&value) } else { Glob::new(&format!("*{value}*")) }
}
