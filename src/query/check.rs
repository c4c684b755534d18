//! Tree to checked tree: words are cut and folded, fields given their meaning, dates and codes read.
//!
//! Conditions on quotes that stand side by side speak of one and the same quote: `speaker:lange said:strike` is a passage
//! in which Lange says "strike". Brackets part them: `(speaker:lange said:strike) (speaker:diaz said:strike)`.

use jiff::civil::Date;

use super::{
    CheckedQuery, Clause, Error, ErrorKind, Field, Filter, Glob, Node, NodeKind, Query, QuoteClause,
    TextField, TextPattern, WordPattern, dates, simplify::simplify, suggest,
};
use crate::{
    analyze,
    article::{Language, PassageKind, QuoteKind},
};

/// The most `*` and `?` in one word: as regular expressions over a dictionary they take time that doubles with each.
/// Eight after a `*` compile in some 40 ms.
pub const WILDCARDS_MAX: usize = 8;

/// Resolves a query. `today` is the day that `today`, `yesterday` and `30d` are counted from.
pub fn check(query: &Query, today: Date) -> Result<CheckedQuery, Error> {
    let checker = Checker { today };
    match checker.clause(&query.root) {
        Ok(root) => Ok(CheckedQuery { root: simplify(root) }),
        Err((kind, node)) => Err(Error { kind, span: node.span, text: query.text.clone() }),
    }
}

/// What is wrong, and with which node.
type Wrong<'n> = (ErrorKind, &'n Node);

struct Checker {
    today: Date,
}

impl Checker {
    fn clause<'n>(&self, node: &'n Node) -> Result<Clause, Wrong<'n>> {
        match &node.kind {
            NodeKind::Word { .. } | NodeKind::Phrase { .. } | NodeKind::Value(_) => {
                pattern(node, Spelling::Stemmed).map(Clause::Text)
            }
            NodeKind::Field { field, value } => self.field(*field, value),
            NodeKind::And(nodes) => self.all(nodes),
            NodeKind::Or(nodes) => nodes.iter().map(|it| self.clause(it)).collect::<Result<_, _>>().map(any),
            NodeKind::Not(inner) => Ok(Clause::Not(Box::new(self.clause(inner)?))),
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
        let text = |field| words(value, Spelling::of(field), &move |it| Filter::Field(field, it));
        match field {
            Field::Speaker => quote(value, Spelling::Exact, &QuoteClause::Speaker).map(Clause::Quoted),
            Field::Role => quote(value, Spelling::Exact, &QuoteClause::Role).map(Clause::Quoted),
            Field::Said => quote(value, Spelling::Stemmed, &QuoteClause::Said).map(Clause::Quoted),
            Field::Source => text(TextField::Source),
            Field::Headline => text(TextField::Headline),
            Field::Byline => text(TextField::Byline),
            Field::Place => text(TextField::Place),
            Field::Section => text(TextField::Section),
            Field::Lang => values(value, &|it| language(it).map(Filter::Language).map(Clause::Filter)),
            Field::Kind => values(value, &kind),
            Field::Url => values(value, &|it| Ok(Clause::Filter(Filter::Url(part_or_whole(it))))),
            Field::Path => values(value, &|it| Ok(Clause::Filter(Filter::Path(part_or_whole(it))))),
            Field::Date | Field::Since | Field::Until => values(value, &|it| {
                dates::days(field, it, self.today).map(Filter::Published).map(Clause::Filter)
            }),
        }
    }
}

/// Whether a condition on quotes joins its neighbors: it is a field, or alternatives of fields.
fn stands_open(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Field { .. } => true,
        NodeKind::Or(nodes) => nodes.iter().all(stands_open),
        NodeKind::Word { .. }
        | NodeKind::Phrase { .. }
        | NodeKind::Value(_)
        | NodeKind::And(_)
        | NodeKind::Not(_) => false,
    }
}

/// Joins with OR; conditions on quotes become one, for a quote that is one or the other is one of either.
fn any(clauses: Vec<Clause>) -> Clause {
    let quoted: Option<Vec<QuoteClause>> = clauses
        .iter()
        .map(|it| if let Clause::Quoted(clause) = it { Some(clause.clone()) } else { None })
        .collect();
    quoted.map_or(Clause::Or(clauses), |it| Clause::Quoted(QuoteClause::Or(it)))
}

/// Whether words are sought in any inflection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    Stemmed,
    Exact,
}

impl Spelling {
    /// Names are not inflected, headlines are.
    fn of(field: TextField) -> Spelling {
        match field {
            TextField::Headline => Spelling::Stemmed,
            TextField::Byline | TextField::Place | TextField::Section | TextField::Source => Spelling::Exact,
        }
    }
}

/// What is asked of a field of the article.
fn words<'n>(
    node: &'n Node,
    spelling: Spelling,
    filter: &dyn Fn(TextPattern) -> Filter,
) -> Result<Clause, Wrong<'n>> {
    let each =
        |nodes: &'n [Node]| nodes.iter().map(|it| words(it, spelling, filter)).collect::<Result<_, _>>();
    match &node.kind {
        NodeKind::And(nodes) => each(nodes).map(Clause::And),
        NodeKind::Or(nodes) => each(nodes).map(Clause::Or),
        NodeKind::Not(inner) => Ok(Clause::Not(Box::new(words(inner, spelling, filter)?))),
        _ => pattern(node, spelling).map(|it| Clause::Filter(filter(it))),
    }
}

/// What is asked of one quote.
fn quote<'n>(
    node: &'n Node,
    spelling: Spelling,
    leaf: &dyn Fn(TextPattern) -> QuoteClause,
) -> Result<QuoteClause, Wrong<'n>> {
    let each = |nodes: &'n [Node]| nodes.iter().map(|it| quote(it, spelling, leaf)).collect::<Result<_, _>>();
    match &node.kind {
        NodeKind::And(nodes) => each(nodes).map(QuoteClause::And),
        NodeKind::Or(nodes) => each(nodes).map(QuoteClause::Or),
        NodeKind::Not(inner) => Ok(QuoteClause::Not(Box::new(quote(inner, spelling, leaf)?))),
        _ => pattern(node, spelling).map(leaf),
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
    }
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

/// A path or an address in lower case: a pattern for the whole when it has a `*`, otherwise any part.
fn part_or_whole(value: &str) -> Glob {
    let value = value.to_lowercase();
    if value.contains('*') { Glob::new(&value) } else { Glob::new(&format!("*{value}*")) }
}

/// The pattern that a word or a phrase stands for.
fn pattern(node: &Node, spelling: Spelling) -> Result<TextPattern, Wrong<'_>> {
    let (text, exact, slop, distance) = match &node.kind {
        NodeKind::Word { text, exact, distance } => (text, *exact, 0, *distance),
        NodeKind::Phrase { text, exact, slop } => (text, *exact, *slop, None),
        NodeKind::Value(text) => (text, false, 0, None),
        NodeKind::Field { .. } | NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Not(_) => {
            return Err((ErrorKind::Empty, node));
        }
    };
    let spelling = if exact { Spelling::Exact } else { spelling };
    let in_phrase = matches!(node.kind, NodeKind::Phrase { .. });
    let mut parts = Vec::new();
    for word in analyze::pattern_words(text) {
        parts.extend(word_pattern(&word, spelling, in_phrase).map_err(|it| (it, node))?);
    }
    if let Some(distance) = distance {
        let [WordPattern::Stem { form, .. } | WordPattern::Exact(form)] = parts.as_slice() else {
            return Err((ErrorKind::EditsInPattern, node));
        };
        // More than half of the letters stay, or nearly every word fits.
        if form.chars().count() <= 2 * usize::from(distance) {
            return Err((ErrorKind::TooShortToEdit(form.clone()), node));
        }
        return Ok(TextPattern::Word(WordPattern::Fuzzy { form: form.clone(), distance }));
    }
    match (parts.len(), parts.pop()) {
        (1, Some(part)) => Ok(TextPattern::Word(part)),
        (_, Some(last)) => {
            parts.push(last);
            Ok(TextPattern::Phrase { parts, slop })
        }
        (_, None) => Err((ErrorKind::Empty, node)),
    }
}

/// What one word must fit; `None` for a lone `?`, and a `*` cut off from the characters of a script without spaces.
fn word_pattern(
    word: &analyze::Word,
    spelling: Spelling,
    in_phrase: bool,
) -> Result<Option<WordPattern>, ErrorKind> {
    let form = word.form.trim_end_matches('?');
    let letters = form.chars().filter(|it| !matches!(it, '*' | '?')).count();
    if letters == form.chars().count() {
        return Ok((!form.is_empty()).then(|| match spelling {
            Spelling::Exact => WordPattern::Exact(form.to_owned()),
            Spelling::Stemmed => WordPattern::Stem {
                form: form.to_owned(),
                accented: word.accented.trim_end_matches('?').to_owned(),
            },
        }));
    }
    if form.chars().count() - letters > WILDCARDS_MAX {
        return Err(ErrorKind::ManyWildcards(form.to_owned()));
    }
    match letters {
        0 if in_phrase => Err(ErrorKind::StarInPhrase),
        0 => Ok(None),
        1 => Err(ErrorKind::ShortPattern(form.to_owned())),
        _ => match form.strip_suffix('*') {
            Some(prefix) if !prefix.contains(['*', '?']) => Ok(Some(WordPattern::Prefix(prefix.to_owned()))),
            _ => Ok(Some(WordPattern::Wildcard(Glob::new(form)))),
        },
    }
}
