//! What is wrong with a query, where, and what to write instead.
//!
//! Printed, an error is three lines: the message, the query, and carets under the place with a
//! hint.

use std::fmt;

use unicode_normalization::char::is_combining_mark;

use super::{Field, QuerySpan};

/// A query that cannot be read, with the place.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Where.
    pub span: QuerySpan,
    /// The query as typed.
    pub text: String,
}

/// What can be wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    /// No word, phrase or field is in it.
    #[error("there is nothing to search for")]
    Empty,
    /// Longer than [`QUERY_BYTES_MAX`](super::QUERY_BYTES_MAX).
    #[error("the query is too long")]
    TooLong,
    /// Brackets, negations and fields nested deeper than [`DEPTH_MAX`](super::DEPTH_MAX).
    #[error("the query is nested too deeply")]
    TooDeep,
    /// `"peace talks`
    #[error("a quotation mark is not closed")]
    UnclosedQuote,
    /// `(peace`
    #[error("a bracket is not closed")]
    UnclosedBracket,
    /// `peace)`
    #[error("a bracket closes nothing")]
    StrayBracket,
    /// `peace AND`; the operator as typed.
    #[error("`{0}` needs a word beside it")]
    MissingOperand(String),
    /// `source:`
    #[error("nothing is asked of `{}`", .0.name())]
    MissingValue(Field),
    /// `source:(voa lang:en)`
    #[error("`{}` stands inside another field", .0.name())]
    NestedField(Field),
    /// `hedline:strike`
    #[error("no field is called `{name}`")]
    UnknownField {
        /// As typed.
        name: String,
        /// The field that was perhaps meant.
        suggestion: Option<Field>,
    },
    /// `kind:(direct mixed)`
    #[error("`{}` takes one value, or several with commas between them", .0.name())]
    ValuesWithoutComma(Field),
    /// `Sarfraz~7`; what was typed after `~`.
    #[error("an edit distance is 1 or 2, not {0}")]
    Distance(String),
    /// `"peace talks"~`
    #[error("it is not said how many words may stand between")]
    Slop,
    /// `is~1`
    #[error("`{0}` is too short to be searched with that many edits")]
    TooShortToEdit(String),
    /// `wom?n~1`, `law-and-order~1`
    #[error("edits are counted in one word without `*` and `?`")]
    EditsInPattern,
    /// `a*`
    #[error("`{0}` would fit too many words")]
    ShortPattern(String),
    /// `p?????????e`
    #[error("`{0}` has too many `*` and `?`")]
    ManyWildcards(String),
    /// More than [`SCANS_MAX`](super::SCANS_MAX) patterns, paths and addresses.
    #[error("the query has too many patterns")]
    ManyPatterns,
    /// `"the * minister"`
    #[error("`*` cannot stand for a word of a phrase")]
    StarInPhrase,
    /// `lang:english`
    #[error("`{0}` is no language code")]
    Language(String),
    /// `kind:headings`
    #[error("no quote and no passage is of the kind `{value}`")]
    Kind {
        /// As typed.
        value: String,
        /// The kind that was perhaps meant.
        suggestion: Option<&'static str>,
    },
    /// `stance:refused`
    #[error("no quote has the stance `{value}`")]
    Stance {
        /// As typed.
        value: String,
        /// The stance that was perhaps meant.
        suggestion: Option<&'static str>,
    },
    /// `date:23/06/2017`
    #[error("`{value}` is no date")]
    Date {
        /// As typed.
        value: String,
        /// Whether it is a length of time, which only `since:` and `until:` take alone.
        is_ago: bool,
    },
    /// `date:2018..2017`
    #[error("the range ends before it begins")]
    ReversedRange,
    /// `words:10..5`
    #[error("the range ends before it begins")]
    ReversedLengths,
    /// `date>2017`
    #[error("`{}` is not compared with `<` and `>`", .0.name())]
    Comparison(Field),
    /// `=said:law`
    #[error("`=` stands before a field")]
    ExactField,
    /// `peace w/0 talks`
    #[error("a distance is counted from 1")]
    NoDistance,
    /// `atleast0(peace)`
    #[error("`atleast` is counted from 1")]
    AtLeastNone,
    /// `(peace talks) w/5 truce`, `caps(NOT peace)`: what stands inside, and inside what.
    #[error("{inner} cannot stand inside `{outer}`")]
    NoOperand {
        /// `AND`, `NOT`, a field, a value.
        inner: &'static str,
        /// The operator or function as it is printed.
        outer: String,
    },
    /// `speaker:caps(US)`
    #[error("capital letters of names and roles are not kept")]
    LettersOfNames,
    /// More than [`PROXIMITY_WORDS_MAX`](super::PROXIMITY_WORDS_MAX) words under one operator of
    /// proximity.
    #[error("too many words stand beside one operator of proximity")]
    ManyOperands,
    /// What another service reads and this program cannot.
    #[error("{what} cannot be read here")]
    Dialect {
        /// What, as a reader would name it.
        what: String,
        /// What to write instead.
        hint: &'static str,
    },
    /// `words:>many`
    #[error("`{0}` is no number of words")]
    Number(String),
}

impl Error {
    /// What to write instead, a sentence.
    pub fn hint(&self) -> String {
        self.kind.hint()
    }
}

impl ErrorKind {
    /// What to write instead: one arm for each kind, which is why it is long.
    fn hint(&self) -> String {
        match self {
            ErrorKind::Empty => "write a word, a \"phrase\" or a field such as source:herald".to_owned(),
            ErrorKind::TooLong => format!("at most {} bytes are read", super::QUERY_BYTES_MAX),
            ErrorKind::TooDeep => format!("at most {} levels are read", super::DEPTH_MAX),
            ErrorKind::UnclosedQuote => "add the closing `\"`, or leave this one out".to_owned(),
            ErrorKind::UnclosedBracket => "add the closing `)`, or leave this one out".to_owned(),
            ErrorKind::StrayBracket => "leave it out, or open a `(` before".to_owned(),
            ErrorKind::MissingOperand(word) => {
                format!("write a word on each side, or \"{}\" to find the word", word.to_lowercase())
            }
            ErrorKind::MissingValue(field) => format!("write for example {}", example(*field)),
            ErrorKind::NestedField(_) => "close the bracket before it".to_owned(),
            ErrorKind::UnknownField { suggestion: Some(field), .. } => {
                format!("did you mean `{}`?", field.name())
            }
            ErrorKind::UnknownField { suggestion: None, .. } => {
                let names: Vec<&str> = Field::ALL.iter().map(|it| it.name()).collect();
                format!("there are {}; put words with a colon in quotation marks", names.join(", "))
            }
            ErrorKind::ValuesWithoutComma(_) => "write a comma before this".to_owned(),
            ErrorKind::Distance(_) => "write ~1 or ~2".to_owned(),
            ErrorKind::Slop => "write a number: ~3".to_owned(),
            ErrorKind::TooShortToEdit(_) => "three letters for ~1, five for ~2".to_owned(),
            ErrorKind::EditsInPattern => "leave out the `~`, or the pattern".to_owned(),
            ErrorKind::ShortPattern(_) => "write at least two letters of it".to_owned(),
            ErrorKind::ManyWildcards(_) => {
                format!("at most {} are read in one word", super::WILDCARDS_MAX)
            }
            ErrorKind::ManyPatterns => {
                format!(
                    "at most {} words that begin with `*` or `?` or end with `~`, paths and addresses are read",
                    super::SCANS_MAX
                )
            }
            ErrorKind::StarInPhrase => {
                "leave it out and write how many words may stand between: \"prime minister\"~1".to_owned()
            }
            ErrorKind::Language(_) => "write two or three letters: lang:en".to_owned(),
            ErrorKind::Kind { suggestion: Some(kind), .. } => format!("did you mean `{kind}`?"),
            ErrorKind::Kind { suggestion: None, .. } => {
                "there are direct, indirect, mixed, headline, body, heading, caption".to_owned()
            }
            ErrorKind::Stance { suggestion: Some(stance), .. } => format!("did you mean `{stance}`?"),
            ErrorKind::Stance { suggestion: None, .. } => {
                "there are said, denied, hypothetical, expected, questioned".to_owned()
            }
            ErrorKind::Date { is_ago: true, value } => format!("write since:{value}"),
            ErrorKind::Date { is_ago: false, .. } => {
                "write 2017, 2017-06, 2017-06-23, 2017..2018, today, yesterday or since:30d".to_owned()
            }
            ErrorKind::ReversedRange => "write the earlier date first".to_owned(),
            ErrorKind::ReversedLengths => "write the smaller number first".to_owned(),
            ErrorKind::Comparison(_) => "write since:2017, until:2017 or date:2017..2018".to_owned(),
            ErrorKind::ExactField => "write it before the word: said:=law".to_owned(),
            ErrorKind::NoDistance => "write w/1 for words side by side".to_owned(),
            ErrorKind::AtLeastNone => "write atleast1 or more".to_owned(),
            ErrorKind::NoOperand { inner: "a field", .. } => {
                "write the field before the brackets: said:(peace w/5 talks)".to_owned()
            }
            ErrorKind::NoOperand { .. } => {
                "words, \"phrases\", patterns, w/5 and alternatives with OR can".to_owned()
            }
            ErrorKind::LettersOfNames => "leave it out".to_owned(),
            ErrorKind::ManyOperands => {
                format!("at most {} are read", super::PROXIMITY_WORDS_MAX)
            }
            ErrorKind::Dialect { hint, .. } => (*hint).to_owned(),
            ErrorKind::Number(_) => "write words:>800, words:<300 or words:300..800".to_owned(),
        }
    }
}

/// A query that asks something of the field.
fn example(field: Field) -> &'static str {
    match field {
        Field::Speaker => "speaker:lange",
        Field::Role => "role:minister",
        Field::Said => "said:strike",
        Field::Source => "source:herald",
        Field::Headline => "headline:strike",
        Field::Byline => "byline:ortiz",
        Field::Place => "place:quetta",
        Field::Section => "section:world",
        Field::Lang => "lang:en",
        Field::Kind => "kind:direct",
        Field::Stance => "stance:denied",
        Field::Url => "url:herald.example",
        Field::Path => "path:herald/2017",
        Field::Date => "date:2017-06",
        Field::Since => "since:2017-06",
        Field::Until => "until:yesterday",
        Field::Article => "article:strike",
        Field::Lead => "lead:strike",
        Field::Words => "words:>800",
        Field::List => "list:harbour",
        Field::Tag => "tag:urgent",
        Field::Note => "note:\"call back\"",
        Field::Added => "added:7d",
    }
}

/// So many columns of the query are shown on each side of the place.
const CONTEXT_COLUMNS: usize = 60;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text.as_str();
        let start = text.floor_char_boundary(self.span.start);
        let end = text.floor_char_boundary(self.span.end.max(start));
        let shown_from = back_by(&text[..start], CONTEXT_COLUMNS);
        let shown_to = end + forward_by(&text[end..], CONTEXT_COLUMNS);
        let marked_to = start + forward_by(&text[start..end], CONTEXT_COLUMNS);
        let marked = columns(&text[start..marked_to]).max(1);
        let before = if shown_from > 0 { "…" } else { "" };
        let (shown_to, after) = if marked_to < end {
            (marked_to, "…")
        } else {
            (shown_to, if shown_to < text.len() { "…" } else { "" })
        };
        writeln!(f, "{}", self.kind)?;
        writeln!(f, "  {before}{}{after}", printable(&text[shown_from..shown_to]).trim_end())?;
        let indent = columns(before) + columns(&text[shown_from..start]);
        write!(f, "  {:indent$}{:^<marked$} {}", "", "", self.kind.hint())
    }
}

impl std::error::Error for Error {}

/// The query on one line, with no character that a terminal would obey.
fn printable(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
}

/// Where the last `max` columns of `text` begin.
fn back_by(text: &str, max: usize) -> usize {
    let mut left = max;
    for (at, c) in text.char_indices().rev() {
        match left.checked_sub(width(c)) {
            Some(rest) => left = rest,
            None => return at + c.len_utf8(),
        }
    }
    0
}

/// Where the first `max` columns of `text` end.
fn forward_by(text: &str, max: usize) -> usize {
    let mut left = max;
    for (at, c) in text.char_indices() {
        match left.checked_sub(width(c)) {
            Some(rest) => left = rest,
            None => return at,
        }
    }
    text.len()
}

fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// The columns a character takes in a terminal: the wide ranges of Unicode's Annex 11, roughly.
fn width(c: char) -> usize {
    match c {
        _ if is_combining_mark(c) => 0,
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f900}'..='\u{1f9ff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}
