//! Who speaks, as one article knows them, and as all articles of an archive name them.

use std::sync::Arc;

use jiff::civil::Date;

/// Somebody whom one article quotes, under the fullest name that the article gives.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Speaker {
    /// The fullest name in the article, without titles; for groups and unnamed people, the words of
    /// the article.
    pub name: String,
    /// What kind of speaker it is.
    pub kind: SpeakerKind,
    /// Office or description as the article gives it: `home minister for Balochistan`.
    pub role: Option<String>,
}

/// What kind of speaker somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpeakerKind {
    /// A person with a name.
    Person,
    /// A named body: a ministry, a company, a newspaper, a government.
    Organisation,
    /// Several people without names: `officials`, `police`, `residents`.
    Group,
    /// Somebody the article does not name: `a senior official`.
    Unknown,
}

impl SpeakerKind {
    /// All kinds.
    pub const ALL: [SpeakerKind; 4] =
        [SpeakerKind::Person, SpeakerKind::Organisation, SpeakerKind::Group, SpeakerKind::Unknown];

    /// The name in output and queries.
    pub fn name(self) -> &'static str {
        match self {
            SpeakerKind::Person => "person",
            SpeakerKind::Organisation => "organisation",
            SpeakerKind::Group => "group",
            SpeakerKind::Unknown => "unknown",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<SpeakerKind> {
        SpeakerKind::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// One written name of one kind, over all articles of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The name as articles give it.
    pub name: String,
    /// The kind they give it.
    pub kind: SpeakerKind,
    /// The articles that quote somebody under it, one each, by article.
    pub appearances: Vec<Appearance>,
}

/// One article that quotes somebody under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// The article, by [`super::ArticleId::key`].
    pub article: u64,
    /// Quotes under this name.
    pub n_quotes: usize,
    /// The roles it gives, each with its quotes.
    pub roles: Vec<(Arc<str>, usize)>,
    /// The outlet.
    pub source: Option<Arc<str>>,
    /// The first and the last day it may be of.
    pub days: Option<(Date, Date)>,
}

impl Appearance {
    /// Adds the counts of the same name in the same article from elsewhere.
    pub fn add(&mut self, other: Appearance) {
        self.n_quotes += other.n_quotes;
        for (role, n) in other.roles {
            match self.roles.iter_mut().find(|it| it.0 == role) {
                Some(known) => known.1 += n,
                None => self.roles.push((role, n)),
            }
        }
        self.source = self.source.take().or(other.source);
        self.days = self.days.or(other.days);
    }
}
