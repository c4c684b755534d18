//! The fields a user can name, their aliases, and what each takes.

/// A field of the query language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Words in the name of a speaker quoted in the passage.
    Speaker,
    /// Words in the role of a speaker quoted in the passage.
    Role,
    /// Words inside a quote of the passage.
    Said,
    /// Words in the name of the outlet.
    Source,
    /// Words in the headline.
    Headline,
    /// Words in the byline.
    Byline,
    /// Words in the place of the dateline.
    Place,
    /// Words in the section.
    Section,
    /// A language code.
    Lang,
    /// A kind of quote in the passage, or the kind of the passage.
    Kind,
    /// Whether the article says that a quote of the passage was uttered.
    Stance,
    /// A part of the address, or a pattern of the whole.
    Url,
    /// A part of the path, or a pattern of the whole.
    Path,
    /// A year, a month, a day or a range of them.
    Date,
    /// The first day.
    Since,
    /// The last day.
    Until,
    /// Words anywhere in the article.
    Article,
    /// Words in the headline or the first two paragraphs.
    Lead,
    /// How many words the article has.
    Words,
    /// Words in the name or the title of a reading list that has the article.
    List,
    /// Words of a tag that the article has on a reading list.
    Tag,
    /// Words in a note on the article, on a reading list.
    Note,
    /// When the archive first had the article.
    Added,
}

/// What is typed after a field's colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Words, phrases, patterns and their combinations.
    Words,
    /// A value that is taken as it stands.
    Value,
}

impl Field {
    /// All fields.
    pub const ALL: [Field; 23] = [
        Field::Speaker,
        Field::Role,
        Field::Said,
        Field::Source,
        Field::Headline,
        Field::Byline,
        Field::Place,
        Field::Section,
        Field::Lang,
        Field::Kind,
        Field::Stance,
        Field::Url,
        Field::Path,
        Field::Date,
        Field::Since,
        Field::Until,
        Field::Article,
        Field::Lead,
        Field::Words,
        Field::List,
        Field::Tag,
        Field::Note,
        Field::Added,
    ];

    /// The field's names: first the one it is printed with, then its aliases.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Field::Speaker => &["speaker"],
            Field::Role => &["role"],
            Field::Said => &["said", "quote"],
            Field::Source => &["source", "outlet", "publisher"],
            Field::Headline => &["headline", "title"],
            Field::Byline => &["byline", "by", "author"],
            Field::Place => &["place", "dateline"],
            Field::Section => &["section"],
            Field::Lang => &["lang", "language"],
            Field::Kind => &["kind"],
            Field::Stance => &["stance"],
            Field::Url => &["url"],
            Field::Path => &["path", "file"],
            Field::Date => &["date"],
            Field::Since => &["since", "from"],
            Field::Until => &["until"],
            Field::Article => &["article"],
            Field::Lead => &["lead", "hlead"],
            Field::Words => &["words"],
            Field::List => &["list"],
            Field::Tag => &["tag"],
            Field::Note => &["note"],
            Field::Added => &["added"],
        }
    }

    /// The name it is printed with.
    pub fn name(self) -> &'static str {
        self.names()[0]
    }

    /// The field of that name or alias, in any case.
    pub fn from_name(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|it| it.names().iter().any(|own| own.eq_ignore_ascii_case(name)))
    }

    /// Whether it may be a condition on quotes.
    pub fn is_of_quotes(self) -> bool {
        matches!(self, Field::Speaker | Field::Role | Field::Said | Field::Kind | Field::Stance)
    }

    /// What is typed after its colon.
    pub fn takes(self) -> Takes {
        match self {
            Field::Speaker
            | Field::Role
            | Field::Said
            | Field::Source
            | Field::Headline
            | Field::Byline
            | Field::Place
            | Field::Section
            | Field::Article
            | Field::Lead
            | Field::List
            | Field::Tag
            | Field::Note => Takes::Words,
            Field::Lang
            | Field::Kind
            | Field::Stance
            | Field::Url
            | Field::Path
            | Field::Date
            | Field::Since
            | Field::Until
            | Field::Words
            | Field::Added => Takes::Value,
        }
    }
}
