//! A checked query in words: what is asked of a passage, as a tree of short lines.

use std::fmt;

use morgue_core::article::Stance;

use super::{
    ArticlePart, CheckedQuery, Clause, Days, Filter, Lengths, Letters, ListField, Nearness, QuoteClause,
    TextField, TextPattern, Within, WordPattern,
};

/// A part of a query in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// Its kind, for programs: `and`, `near`, `word`.
    pub kind: &'static str,
    /// What it asks for.
    pub says: String,
    /// Its parts.
    pub of: Vec<Explained>,
}

impl CheckedQuery {
    /// The query in words.
    pub fn explained(&self) -> Explained {
        of_clause(&self.root)
    }
}

fn node(kind: &'static str, says: impl Into<String>, of: Vec<Explained>) -> Explained {
    Explained { kind, says: says.into(), of }
}

pub(super) fn of_clause(clause: &Clause) -> Explained {
    let each = |clauses: &[Clause]| clauses.iter().map(of_clause).collect();
    match clause {
        Clause::Everything => node("everything", "any passage", vec![]),
        Clause::Text(pattern) => of_text(pattern, " in the passage, or in the headline of its article"),
        Clause::Quoted(quote) => {
            node("quote", "a quote in the passage of which this is true", vec![of_quote(quote)])
        }
        Clause::Filter(filter) => of_filter(filter),
        Clause::And(all) => node("and", "all of these", each(all)),
        Clause::Or(any) => node("or", "any of these", each(any)),
        Clause::Not(inner) => node("not", "not this", vec![of_clause(inner)]),
        Clause::AtLeast { n, of } => node("at_least", format!("at least {n} of these"), each(of)),
    }
}

fn of_quote(clause: &QuoteClause) -> Explained {
    let each = |clauses: &[QuoteClause]| clauses.iter().map(of_quote).collect();
    match clause {
        QuoteClause::Said(pattern) => of_text(pattern, " in its words"),
        QuoteClause::Speaker(pattern) => of_text(pattern, " in the name of its speaker"),
        QuoteClause::Role(pattern) => of_text(pattern, " in the role of its speaker"),
        QuoteClause::Kind(kind) => node("quote_kind", format!("it is {}", kind.name()), vec![]),
        QuoteClause::Stance(stance) => node("stance", says_of(*stance), vec![]),
        QuoteClause::And(all) => node("and", "all of these", each(all)),
        QuoteClause::Or(any) => node("or", "any of these", each(any)),
        QuoteClause::Not(inner) => node("not", "not this", vec![of_quote(inner)]),
    }
}

fn says_of(stance: Stance) -> &'static str {
    match stance {
        Stance::Said => "the article says that it was said",
        Stance::Denied => "the article says that it was not said",
        Stance::Hypothetical => "the article imagines that it was said",
        Stance::Expected => "the article expects it to be said",
        Stance::Questioned => "the article asks whether it was said",
    }
}

pub(super) fn of_filter(filter: &Filter) -> Explained {
    match filter {
        Filter::Field(field, pattern) => of_text(pattern, in_field(*field)),
        Filter::Value(field, value) => {
            node("value", format!("the {} is `{value}`, letter for letter", field.name().name()), vec![])
        }
        Filter::Part(ArticlePart::Whole, pattern) => of_text(pattern, " anywhere in the article"),
        Filter::Part(ArticlePart::Lead, pattern) => {
            of_text(pattern, " in the headline or the first two paragraphs of the article")
        }
        Filter::Language(language) => node("language", format!("the article is in `{language}`"), vec![]),
        Filter::PassageKind(kind) => {
            node("passage_kind", format!("the passage is a {}", kind.name()), vec![])
        }
        Filter::Published(days) => node("date", format!("published {days}, or perhaps so"), vec![]),
        Filter::PublishedWithin(days) => node("date", format!("published {days}, for sure"), vec![]),
        Filter::Added(days) => node("added", format!("new in the archive {days}"), vec![]),
        Filter::Path(glob) => {
            node("path", format!("the path of the file is like `{}`", glob.pattern()), vec![])
        }
        Filter::Url(glob) => node("url", format!("the address is like `{}`", glob.pattern()), vec![]),
        Filter::Length(lengths) => node("words", format!("the article has {lengths}"), vec![]),
        Filter::OnList { field, pattern, .. } => of_text(
            pattern,
            match field {
                ListField::List => " in the name of a reading list that has the article",
                ListField::Tag => " among the tags of the article on a reading list",
                ListField::Note => " in a note on the article, on a reading list",
            },
        ),
        Filter::SomePassage(clause) => of_some_passage(clause),
    }
}

/// What some passage of the article has.
fn of_some_passage(clause: &Clause) -> Explained {
    match clause {
        Clause::Text(pattern) => of_text(pattern, " in some passage of the article"),
        Clause::Quoted(quote) => {
            node("quote", "a quote in the article of which this is true", vec![of_quote(quote)])
        }
        other => node("some_passage", "some passage of which this is true", vec![of_clause(other)]),
    }
}

fn in_field(field: TextField) -> &'static str {
    match field {
        TextField::Headline => " in the headline",
        TextField::Byline => " in the byline",
        TextField::Place => " in the place it is reported from",
        TextField::Section => " in the section",
        TextField::Source => " in the source",
    }
}

fn of_text(pattern: &TextPattern, place: &str) -> Explained {
    let both = |left, right| vec![of_text(left, ""), of_text(right, "")];
    match pattern {
        TextPattern::Word(word) => node("word", format!("{}{place}", in_words(word)), vec![]),
        TextPattern::Phrase { parts, slop } => {
            let apart = match slop {
                0 => String::new(),
                n => format!(", at most {n} words among them,"),
            };
            let parts = parts.iter().map(|it| node("word", in_words(it), vec![])).collect();
            node("phrase", format!("these words in this order{apart}{place}"), parts)
        }
        TextPattern::AnyOf(any) => {
            node("any_of", format!("any of these{place}"), any.iter().map(|it| of_text(it, "")).collect())
        }
        TextPattern::Near { left, right, nearness } => {
            node("near", format!("these two {}{place}", in_steps(*nearness)), both(left, right))
        }
        TextPattern::NotNear { left, right, nearness } => node(
            "not_near",
            format!("the first where the second is not {}{place}", in_steps(*nearness)),
            both(left, right),
        ),
        TextPattern::AtLeast { n, of } => {
            node("at_least", format!("at least {n} times{place}"), vec![of_text(of, "")])
        }
    }
}

/// A word pattern in words.
fn in_words(word: &WordPattern) -> String {
    match word {
        WordPattern::Stem { form, .. } => format!("`{form}` in any form"),
        WordPattern::Exact(form) => format!("`{form}` as it is spelled"),
        WordPattern::Prefix(start) => format!("a word that begins with `{start}`"),
        WordPattern::Wildcard(glob) => format!("a word like `{}`", glob.pattern()),
        WordPattern::Fuzzy { form, distance: 1 } => format!("`{form}` or a word one letter away"),
        WordPattern::Fuzzy { form, distance } => format!("`{form}` or a word up to {distance} letters away"),
        WordPattern::Written { letters, word } => {
            let letters = match letters {
                Letters::AnyCapital => "with a capital letter",
                Letters::AllCapitals => "all in capitals",
                Letters::NoCapitals => "without capitals",
            };
            format!("{} {letters}", in_words(word))
        }
    }
}

/// How near, in words.
fn in_steps(it: Nearness) -> String {
    let order = if it.ordered { ", in this order" } else { "" };
    match it.within {
        Within::Words(1) => format!("side by side{order}"),
        Within::Words(n) => format!("at most {n} steps apart{order}"),
        Within::Sentence => format!("in one sentence{order}"),
        Within::Passage => format!("in one passage{order}"),
    }
}

/// `from 2017-05-01 to 2017-08-31`.
impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (Some(first), Some(last)) if first == last => write!(f, "on {first}"),
            (Some(first), Some(last)) => write!(f, "from {first} to {last}"),
            (Some(first), None) => write!(f, "from {first} on"),
            (None, Some(last)) => write!(f, "up to {last}"),
            (None, None) => f.write_str("on any day"),
        }
    }
}

/// `801 words or more`.
impl fmt::Display for Lengths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (min, max) if min == max => write!(f, "{min} words"),
            (min, u64::MAX) => write!(f, "{min} words or more"),
            (0, max) => write!(f, "{max} words or fewer"),
            (min, max) => write!(f, "{min} to {max} words"),
        }
    }
}
