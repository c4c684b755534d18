//! What keeps a page from being made, as RFC 9457 has it.

use axum::http::StatusCode;

use crate::{
    archive::SeveralArticles,
    article::CodePoints,
    index, query,
    render::Row,
    search::{self, AmbiguousName, Door},
};

/// Why there is no such page, or not now.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    /// What kind it is.
    pub(super) kind: ProblemKind,
    /// What is wrong this time, for people.
    pub(super) detail: String,
    /// Where in the query, if it is about one.
    pub(super) place: Option<Box<QueryPlace>>,
    /// What may be written instead.
    pub(super) suggestion: Option<String>,
    /// Names of people of whom one is meant.
    pub(super) names: Vec<String>,
    /// The methods that the page is asked by, as the header `Allow` has them.
    pub(super) allow: Option<&'static str>,
}

/// A place in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct QueryPlace {
    /// The query as typed.
    pub(super) query: String,
    /// First byte and one past the last.
    pub(super) span: [usize; 2],
    /// What to do about it, a sentence.
    pub(super) hint: String,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $status:ident, $slug:literal, $title:literal;)*) => {
        /// The kinds of problems.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum ProblemKind { $($(#[$doc])* $kind,)* }

        impl ProblemKind {
            /// All of them.
            pub(super) const ALL: &[ProblemKind] = &[$(ProblemKind::$kind,)*];

            /// The status of an answer.
            pub(super) fn status(self) -> StatusCode {
                match self { $(ProblemKind::$kind => StatusCode::$status,)* }
            }

            /// The end of its `type`: `/problems/query-syntax`.
            pub(super) fn slug(self) -> &'static str {
                match self { $(ProblemKind::$kind => $slug,)* }
            }

            /// What it is called.
            pub(super) fn title(self) -> &'static str {
                match self { $(ProblemKind::$kind => $title,)* }
            }
        }
    };
}

kinds! {
    /// A query that cannot be read.
    QuerySyntax = BAD_REQUEST, "query-syntax", "The query cannot be read";
    /// A query that would read too much, or took too long.
    QueryTooCostly = UNPROCESSABLE_ENTITY, "query-too-costly", "The query is too costly";
    /// Several people have the name.
    AmbiguousName = MULTIPLE_CHOICES, "ambiguous-name", "Several people have this name";
    /// An id, or the beginning of one, is that of several articles.
    AmbiguousArticle = MULTIPLE_CHOICES, "ambiguous-article", "Several articles have this id";
    /// A parameter that the page does not take.
    UnknownParameter = BAD_REQUEST, "unknown-parameter", "There is no such parameter";
    /// A value that a parameter cannot have.
    BadParameter = BAD_REQUEST, "bad-parameter", "A parameter has a value that it cannot have";
    /// No such page, article, person or list.
    NotFound = NOT_FOUND, "not-found", "There is no such page";
    /// A page that is not read, or not changed, so.
    MethodNotAllowed = METHOD_NOT_ALLOWED, "method-not-allowed", "This page is not asked in this way";
    /// A form of the page that there is not.
    NotAcceptable = NOT_ACCEPTABLE, "not-acceptable", "There is no such form of this page";
    /// A body that is no form.
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "The body is not a form";
    /// A body that does not arrive.
    TooSlow = REQUEST_TIMEOUT, "too-slow", "The request did not arrive in time";
    /// A body over the limit.
    ContentTooLarge = PAYLOAD_TOO_LARGE, "content-too-large", "What was sent is too large";
    /// An address over the limit.
    AddressTooLong = URI_TOO_LONG, "address-too-long", "The address is too long";
    /// A cursor of an index that is gone, or of another page.
    CursorGone = GONE, "cursor-gone", "The place in the results is gone";
    /// Something was changed by somebody else meanwhile.
    Conflict = CONFLICT, "conflict", "It was changed meanwhile";
    /// What was asked for cannot be done: the name of a new list, say.
    Refused = UNPROCESSABLE_ENTITY, "refused", "This cannot be done";
    /// Only reading is allowed.
    ReadOnly = FORBIDDEN, "read-only", "Nothing can be changed here";
    /// The token is missing or wrong.
    Unauthorized = UNAUTHORIZED, "unauthorized", "The token is missing";
    /// The request comes from another site.
    CrossOrigin = FORBIDDEN, "cross-origin", "The request comes from another site";
    /// The host of the request is not this server.
    WrongHost = MISDIRECTED_REQUEST, "wrong-host", "This is another host";
    /// Too many questions wait.
    Busy = SERVICE_UNAVAILABLE, "busy", "Too many searches are waiting";
    /// There is no index that can be read.
    NoIndex = SERVICE_UNAVAILABLE, "no-index", "The index cannot be read";
    /// The settings, or the folder, cannot be read.
    ArchiveUnreadable = SERVICE_UNAVAILABLE, "archive-unreadable", "The archive cannot be opened";
    /// A fault of the program.
    Internal = INTERNAL_SERVER_ERROR, "internal", "Something went wrong";
}

impl Problem {
    /// A problem of that kind.
    pub(super) fn new(kind: ProblemKind, detail: impl Into<String>) -> Problem {
        Problem { kind, detail: detail.into(), place: None, suggestion: None, names: Vec::new(), allow: None }
    }

    /// No such article, person or list.
    pub(super) fn not_found(detail: impl Into<String>) -> Problem {
        Problem::new(ProblemKind::NotFound, detail)
    }

    /// As `application/problem+json`.
    pub(super) fn row(&self, instance: &str) -> impl Row {
        let place = self.place.as_ref();
        crate::render::object! {
            r#type: format!("/problems/{}", self.kind.slug()),
            title: self.kind.title(),
            status: self.kind.status().as_u16(),
            detail: self.detail.clone(),
            instance: instance.to_owned(),
            query: place.map(|it| it.query.clone()),
            /// Code points, half open.
            span: place.map(|it| code_points(&it.query, it.span)),
            suggestion: self.suggestion.clone(),
            hint_url: place.map(|_| "/help/query-language"),
            names: self.names.clone(),
        }
    }
}

fn code_points(text: &str, [start, end]: [usize; 2]) -> [usize; 2] {
    let points = CodePoints::of(text);
    [points.before(start), points.before(end)]
}

impl From<query::Error> for Problem {
    fn from(error: query::Error) -> Problem {
        let place = QueryPlace {
            query: error.text.clone(),
            span: [error.span.start, error.span.end],
            hint: error.hint(),
        };
        let suggestion = query::mended(&error);
        Problem {
            place: Some(Box::new(place)),
            suggestion,
            ..Problem::new(ProblemKind::QuerySyntax, error.kind.to_string())
        }
    }
}

impl From<index::Error> for Problem {
    fn from(error: index::Error) -> Problem {
        let kind = match error {
            index::Error::TooCostly(_) => ProblemKind::QueryTooCostly,
            _ => ProblemKind::NoIndex,
        };
        Problem::new(kind, error.to_string())
    }
}

impl From<AmbiguousName> for Problem {
    fn from(error: AmbiguousName) -> Problem {
        let names = error.candidates.iter().map(crate::attribute::people::Person::full_name).collect();
        Problem { names, ..Problem::new(ProblemKind::AmbiguousName, Door::Data.says(&error.to_string())) }
    }
}

impl From<search::Error> for Problem {
    fn from(error: search::Error) -> Problem {
        match error {
            search::Error::Query(it) => it.into(),
            search::Error::Index(it) => it.into(),
            search::Error::Name(it) => it.into(),
            other => Problem::new(ProblemKind::Internal, other.to_string()),
        }
    }
}

/// Whatever the archive says: known errors are told apart, others are refusals in its own words.
impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Problem {
        let error = match error.downcast::<search::Error>() {
            Ok(it) => return it.into(),
            Err(error) => error,
        };
        let error = match error.downcast::<query::Error>() {
            Ok(it) => return it.into(),
            Err(error) => error,
        };
        let error = match error.downcast::<SeveralArticles>() {
            Ok(it) => return Problem::new(ProblemKind::AmbiguousArticle, it.to_string()),
            Err(error) => error,
        };
        match error.downcast::<index::Error>() {
            Ok(it) => it.into(),
            Err(error) => Problem::new(ProblemKind::Refused, format!("{error:#}")),
        }
    }
}
