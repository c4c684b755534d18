//! Who speaks, as one article knows them.

/// Somebody whom one article quotes, under the fullest name that the article gives.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Speaker {
    /// The fullest name in the article, without titles; for groups and unnamed people, the words of the article.
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
