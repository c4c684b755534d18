//! The checked tree: what a query asks for, with fields, dates and words resolved. Only this can be
//! run.
//!
//! Each backend translates it in one exhaustive `match`; `evaluate` says what it means. A passage
//! is a **hit** of a clause when the clause matches it *and* there is something to show for it:
//!
//! | clause | matches when | is a hit when it matches and |
//! |---|---|---|
//! | `Everything`, `Filter`, `Not`, `Quoted` | as described there | always |
//! | `Text` | the pattern stands in the passage or in the headline | it stands in the passage |
//! | `Or` | one of its clauses matches | one of its clauses is a hit |
//! | `And`, `AtLeast` | all, or `n`, of its clauses match | one of its clauses that [have words](Clause::has_words) is a hit, if any has words |
//!
//! So a headline helps a passage to match, but a passage is shown only for words of its own.

use std::fmt;

use jiff::civil::Date;

use super::{Glob, ListField, simplify::simplify, suggest};
use morgue_core::analyze::{self, Capitals};
use morgue_core::article::{ArticleId, FieldName, Language, PassageKind, QuoteKind, Stance};

/// A query that can be run.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedQuery {
    /// What it asks for, simplified.
    pub root: Clause,
}

/// What a passage must have.
#[derive(Clone, Debug, PartialEq)]
pub enum Clause {
    /// Nothing is asked: every passage matches.
    Everything,
    /// The pattern stands in the passage, or wholly in the headline of its article.
    Text(TextPattern),
    /// The passage has a quote of which this is true.
    Quoted(QuoteClause),
    /// A condition on the article or the passage.
    Filter(Filter),
    /// All of them: at least two, none of them an `And` or `Everything`.
    And(Vec<Clause>),
    /// Any of them: at least two, none of them an `Or` or `Everything`.
    Or(Vec<Clause>),
    /// Not this; never a `Not` itself.
    Not(Box<Clause>),
    /// At least `n` of them, 1 < `n` < their number. Only relaxed searches make it.
    AtLeast {
        /// How many must match.
        n: usize,
        /// Those of which they must be.
        of: Vec<Clause>,
    },
}

/// What one and the same quote must have.
///
/// Quotes that the article denies, imagines, expects or asks about are asked for by their stance
/// alone: a condition that [names none](QuoteClause::names_stance) is about quotes that were said.
#[derive(Clone, Debug, PartialEq)]
pub enum QuoteClause {
    /// The pattern stands in the words of the quote: every word of it within the quote's content.
    Said(TextPattern),
    /// The pattern, over exact forms, stands in the name of its speaker.
    Speaker(TextPattern),
    /// The pattern, over exact forms, stands in the role of its speaker.
    Role(TextPattern),
    /// The quote is of this kind.
    Kind(QuoteKind),
    /// The article says so of whether it was uttered.
    Stance(Stance),
    /// All of them, at least two.
    And(Vec<QuoteClause>),
    /// Any of them, at least two.
    Or(Vec<QuoteClause>),
    /// Not this.
    Not(Box<QuoteClause>),
}

/// A condition on the article or the passage. It makes no passage a hit by its words, though those
/// of a headline, a lead or an article are shown where they stand.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// The pattern stands in this field of the article; false where the field is absent.
    Field(TextField, TextPattern),
    /// The field has this value and no other words, as [`whole_value`](super::whole_value) writes
    /// it; false where it is absent.
    Value(ValueField, String),
    /// The article is in this language.
    Language(Language),
    /// The passage plays this part.
    PassageKind(PassageKind),
    /// The article may have been published on one of these days.
    Published(Days),
    /// The article was published on one of these days for sure: the last day that it may be of is
    /// one of them, and so is the first.
    PublishedWithin(Days),
    /// The archive first had the article on one of these days; false where that is not known.
    Added(Days),
    /// The path of the article's file fits.
    Path(Glob),
    /// The article's address on the web fits; false where it has none.
    Url(Glob),
    /// The pattern stands in one passage of this part of the article. [`TextPattern::AtLeast`]
    /// counts in all its passages.
    Part(ArticlePart, TextPattern),
    /// The article has so many words, all its passages together.
    Length(Lengths),
    /// The article, or one of the same words, is an entry of a reading list whose name, tags or
    /// notes fit.
    OnList {
        /// What of the entry must fit.
        field: ListField,
        /// What.
        pattern: TextPattern,
        /// The articles of the entries that fit, in order.
        articles: Vec<ArticleId>,
    },
    /// A passage of the article is a hit of the clause. Only the
    /// [article reading](CheckedQuery::of_articles) makes it.
    SomePassage(Box<Clause>),
}

impl Filter {
    /// The words of running text that it asks for, how often aside.
    pub fn sought(&self) -> Option<&TextPattern> {
        match self {
            Filter::Part(_, pattern) | Filter::Field(TextField::Headline, pattern) => match pattern {
                TextPattern::AtLeast { of, .. } => Some(of),
                pattern => Some(pattern),
            },
            Filter::Field(..)
            | Filter::Value(..)
            | Filter::Language(_)
            | Filter::PassageKind(_)
            | Filter::Published(_)
            | Filter::PublishedWithin(_)
            | Filter::Added(_)
            | Filter::Path(_)
            | Filter::Url(_)
            | Filter::Length(_)
            | Filter::OnList { .. }
            | Filter::SomePassage(_) => None,
        }
    }
}

/// A part of an article that is searched as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArticlePart {
    /// All its passages.
    Whole,
    /// Its headline and its first two paragraphs.
    Lead,
}

/// Numbers of words, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lengths {
    /// The smallest.
    pub min: u64,
    /// The largest; `u64::MAX` when it is open.
    pub max: u64,
}

/// Fields of an article whose words are searched. Patterns over all but the headline hold no
/// [`WordPattern::Stem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextField {
    /// `headline:`, stemmed as passages are.
    Headline,
    /// `byline:`
    Byline,
    /// `place:`
    Place,
    /// `section:`
    Section,
    /// `source:`
    Source,
}

/// Fields of an article whose values are counted, and can be asked for as a whole:
/// `source:="Star"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueField {
    /// `source:`
    Source,
    /// `section:`
    Section,
    /// `place:`
    Place,
}

impl ValueField {
    /// The field of an article that it is.
    pub fn name(self) -> FieldName {
        match self {
            ValueField::Source => FieldName::Source,
            ValueField::Section => FieldName::Section,
            ValueField::Place => FieldName::Place,
        }
    }
}

/// A run of days, one end of which may be open. An article without a date is in none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Days {
    /// The first day.
    pub first: Option<Date>,
    /// The last day, not before the first.
    pub last: Option<Date>,
}

/// Words to be found in a text.
#[derive(Clone, Debug, PartialEq)]
pub enum TextPattern {
    /// One word.
    Word(WordPattern),
    /// Several in this order, with at most `slop` further words between the first and the last of
    /// them in total.
    Phrase {
        /// What each word must fit, at least two.
        parts: Vec<WordPattern>,
        /// How many words may stand between, all gaps together.
        slop: u32,
    },
    /// Any of them, at least two.
    AnyOf(Vec<TextPattern>),
    /// Two patterns near each other, without a word in common. It stands from the first word of
    /// both to the last.
    Near {
        /// What is sought; when order counts, the first.
        left: Box<TextPattern>,
        /// What must be near.
        right: Box<TextPattern>,
        /// How near.
        nearness: Nearness,
    },
    /// The left pattern where the right one is not near. One that shares words with the left is
    /// near, unless it lies inside it.
    NotNear {
        /// What is sought.
        left: Box<TextPattern>,
        /// What must not be near; when order counts, not after it.
        right: Box<TextPattern>,
        /// How near.
        nearness: Nearness,
    },
    /// The pattern, where it stands at least `n` times.
    AtLeast {
        /// How often.
        n: u32,
        /// What.
        of: Box<TextPattern>,
    },
}

/// How near two patterns must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Nearness {
    /// How far apart.
    pub within: Within,
    /// Whether the left one must come first.
    pub ordered: bool,
}

/// A distance between two patterns of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Within {
    /// From the last word of the one to the first of the other so many steps at most: side by side
    /// is 1.
    Words(u32),
    /// In one sentence ([`begins_sentence`](morgue_core::analyze::begins_sentence)).
    Sentence,
    /// In one passage.
    Passage,
}

/// What one word of a text must fit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WordPattern {
    /// The word in any inflection, in any of its
    /// [spellings](morgue_core::analyze::spellings): the stems are equal in the language of the
    /// article, or the exact forms are. Or a
    /// [variant](morgue_core::analyze::Variants) of the text has the stem. The terms for it are
    /// [`query_terms`](morgue_core::analyze::query_terms).
    Stem {
        /// Its exact form.
        form: String,
        /// Lower case with its accents.
        accented: String,
    },
    /// The exact form.
    Exact(String),
    /// A form that begins so.
    Prefix(String),
    /// A form that fits the pattern as a whole: `*` any letters or none, `?` one letter.
    Wildcard(Glob),
    /// A form at most `distance` edits away: a letter more, less, changed, or two neighbors swapped
    /// (optimal string alignment over code points).
    Fuzzy {
        /// The form typed.
        form: String,
        /// 1 or 2.
        distance: u8,
    },
    /// A word that fits `word`, written so.
    Written {
        /// How it must be written.
        letters: Letters,
        /// What else it must fit; no `Written` itself.
        word: Box<WordPattern>,
    },
}

/// Which letters of a word must be capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Letters {
    /// One at least: `caps()`.
    AnyCapital,
    /// All: `allcaps()`.
    AllCapitals,
    /// None: `nocaps()`.
    NoCapitals,
}

impl Letters {
    /// Whether a word written with these capitals will do.
    pub fn allow(self, capitals: Capitals) -> bool {
        match self {
            Letters::AnyCapital => capitals != Capitals::None,
            Letters::AllCapitals => capitals == Capitals::All,
            Letters::NoCapitals => capitals == Capitals::None,
        }
    }

    /// Whether words written with these capitals, which are another way to write one word, will do:
    /// `E-mail` has a capital letter, but not all of it is in capitals.
    pub fn allow_joined(self, mut words: impl Iterator<Item = Capitals>) -> bool {
        match self {
            Letters::AnyCapital => words.any(|it| self.allow(it)),
            Letters::AllCapitals | Letters::NoCapitals => words.all(|it| self.allow(it)),
        }
    }
}

impl TextPattern {
    /// Whether it is a word that says nothing of what a text is about.
    pub fn is_stop_word(&self) -> bool {
        match self {
            TextPattern::Word(WordPattern::Stem { form, .. }) => analyze::is_stop_word(form),
            _ => false,
        }
    }
}

impl WordPattern {
    /// The pattern of spelling alone, and how the word must be written.
    pub fn parts(&self) -> (&WordPattern, Option<Letters>) {
        match self {
            WordPattern::Written { letters, word } => (word, Some(*letters)),
            other => (other, None),
        }
    }

    /// Whether an exact form fits by its spelling; a [`WordPattern::Stem`] may fit by its stem all
    /// the same.
    pub fn fits_form(&self, word: &str) -> bool {
        match self {
            WordPattern::Stem { form, .. } | WordPattern::Exact(form) => word == form,
            WordPattern::Prefix(prefix) => word.starts_with(prefix.as_str()),
            WordPattern::Wildcard(glob) => glob.matches(word),
            WordPattern::Fuzzy { form, distance } => suggest::is_within(form, word, usize::from(*distance)),
            WordPattern::Written { word: inner, .. } => inner.fits_form(word),
        }
    }

    /// What every form that fits begins with; often nothing.
    pub fn literal_start(&self) -> &str {
        match self {
            WordPattern::Stem { form, .. } | WordPattern::Exact(form) | WordPattern::Prefix(form) => form,
            WordPattern::Wildcard(glob) => {
                let pattern = glob.pattern();
                &pattern[..pattern.find(['*', '?']).unwrap_or(pattern.len())]
            }
            WordPattern::Fuzzy { .. } => "",
            WordPattern::Written { word, .. } => word.literal_start(),
        }
    }
}

/// As it is typed: `=talks`, `negotiat*`, `sarfraz~1`.
impl fmt::Display for WordPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WordPattern::Stem { form, .. } => f.write_str(form),
            WordPattern::Exact(form) => write!(f, "={form}"),
            WordPattern::Prefix(start) => write!(f, "{start}*"),
            WordPattern::Wildcard(glob) => f.write_str(glob.pattern()),
            WordPattern::Fuzzy { form, distance } => write!(f, "{form}~{distance}"),
            WordPattern::Written { word, .. } => word.fmt(f),
        }
    }
}

impl CheckedQuery {
    /// The query that every passage matches: for commands whose query may be left out.
    pub fn everything() -> CheckedQuery {
        CheckedQuery { root: Clause::Everything }
    }

    /// Both at once.
    pub fn and(self, other: CheckedQuery) -> CheckedQuery {
        CheckedQuery { root: simplify(Clause::And(vec![self.root, other.root])) }
    }
}

impl Clause {
    /// Whether it asks for words that a hit can show, rather than only excluding some or filtering.
    pub fn has_words(&self) -> bool {
        match self {
            Clause::Text(_) => true,
            Clause::Quoted(clause) => clause.has_words(),
            Clause::And(clauses) | Clause::Or(clauses) | Clause::AtLeast { of: clauses, .. } => {
                clauses.iter().any(Clause::has_words)
            }
            Clause::Everything | Clause::Filter(_) | Clause::Not(_) => false,
        }
    }
}

impl QuoteClause {
    /// Whether it asks for words of the quote.
    pub fn has_words(&self) -> bool {
        match self {
            QuoteClause::Said(_) => true,
            QuoteClause::And(clauses) | QuoteClause::Or(clauses) => {
                clauses.iter().any(QuoteClause::has_words)
            }
            QuoteClause::Speaker(_)
            | QuoteClause::Role(_)
            | QuoteClause::Kind(_)
            | QuoteClause::Stance(_)
            | QuoteClause::Not(_) => false,
        }
    }
}
