//! Where a value came from, and which other values lost to it.

use std::fmt;

/// How far a value is trusted because of where it stood; a smaller one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trust {
    /// A `.meta.toml` beside the file or for its folder: somebody wrote it down.
    Sidecar,
    /// The file's own structured metadata: JSON-LD, meta tags, front matter, a dump's fields.
    Structured,
    /// The file's own text: dateline, byline, "originally posted on …".
    Text,
    /// The file's path, read through a template of `morgue.toml`.
    Path,
    /// A default of `morgue.toml`, or a guess from the whole text such as its language.
    Default,
    /// A day in the name of the file or its folders, which no template reads: the last resort.
    Name,
}

impl Trust {
    /// All of them, most trusted first.
    pub const ALL: [Trust; 6] =
        [Trust::Sidecar, Trust::Structured, Trust::Text, Trust::Path, Trust::Default, Trust::Name];

    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Trust::Sidecar => "sidecar",
            Trust::Structured => "structured",
            Trust::Text => "text",
            Trust::Path => "path",
            Trust::Default => "default",
            Trust::Name => "name",
        }
    }

    /// The trust of that name.
    pub fn from_name(name: &str) -> Option<Trust> {
        Trust::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// Where a value was found, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// How far the place is trusted.
    pub trust: Trust,
    /// The rule that found it: `json-ld datePublished`, `dateline`, `template`.
    pub rule: String,
    /// The place in words a person can follow: `line 3`, `passage 2`, the template or the file.
    pub place: String,
}

/// `text: dateline, passage 2`.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, {}", self.trust.name(), self.rule, self.place)
    }
}

/// A value that lost, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The text found.
    pub value: String,
    /// Where.
    pub origin: Origin,
}

/// A value with its origin, and the candidates that lost to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved<T> {
    /// The value that won.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
    /// The others, in the order they were weighed. One that could not be understood (a date
    /// `1963-17-01`) is here too.
    pub candidates: Vec<Candidate>,
}

impl<T> Resolved<T> {
    /// The same origin and candidates with the value in another form.
    pub fn with<U>(&self, value: U) -> Resolved<U> {
        Resolved { value, origin: self.origin.clone(), candidates: self.candidates.clone() }
    }
}
