//! What a page answers with: HTML, or the same as data.

use std::io::{self, Write};

use axum::{
    body::Bytes,
    http::{StatusCode, header::HeaderName},
};
use maud::Markup;

use crate::{
    archive::Receipt,
    render::{self, Row, Table},
};

/// The form of an answer, by the end of the path or by what the program accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// HTML, for people.
    Page,
    /// One JSON document.
    Json,
    /// A JSON document a line, as they are found.
    Lines,
    /// A table.
    Csv,
}

impl Form {
    /// All of them.
    pub(super) const ALL: [Form; 4] = [Form::Page, Form::Json, Form::Lines, Form::Csv];

    /// The end of the path.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Form::Page => "",
            Form::Json => ".json",
            Form::Lines => ".jsonl",
            Form::Csv => ".csv",
        }
    }

    /// The type of the content, without parameters.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Form::Page => "text/html",
            Form::Json => "application/json",
            Form::Lines => "application/x-ndjson",
            Form::Csv => "text/csv",
        }
    }
}

/// An answer.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) content_type: &'static str,
    pub(super) headers: Vec<(HeaderName, String)>,
    pub(super) body: Body,
}

/// What is written.
pub(super) enum Body {
    /// All at once.
    Whole(Bytes),
    /// Piece by piece, on a thread of the pool. A write fails once nobody reads.
    Stream(Stream),
}

/// Writes a body piece by piece.
pub(super) type Stream = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()> + Send>;

impl Reply {
    fn new(content_type: &'static str, body: Body) -> Reply {
        Reply { status: StatusCode::OK, content_type, headers: Vec::new(), body }
    }

    /// A page.
    pub(super) fn page(markup: Markup) -> Reply {
        Reply::new("text/html; charset=utf-8", Body::Whole(markup.into_string().into()))
    }

    /// Bytes of another type.
    pub(super) fn bytes(content_type: &'static str, bytes: impl Into<Bytes>) -> Reply {
        Reply::new(content_type, Body::Whole(bytes.into()))
    }

    /// One JSON document.
    pub(super) fn json(row: &impl Row) -> Reply {
        let mut body = Vec::new();
        let written = render::json_document(row, &mut body);
        debug_assert!(written.is_ok(), "a vector takes all that is written");
        Reply::new("application/json", Body::Whole(body.into()))
    }

    /// A JSON document a line; a last line says how many there were, so that a stream that was cut
    /// is seen.
    pub(super) fn lines<T: Row>(rows: impl IntoIterator<Item = T>, generation: u64) -> Reply {
        Reply::lines_with(rows, generation, None)
    }

    /// The same, with the receipt in the last line where one was asked for.
    pub(super) fn lines_with<T: Row>(
        rows: impl IntoIterator<Item = T>,
        generation: u64,
        receipt: Option<&Receipt>,
    ) -> Reply {
        let mut body = Vec::new();
        let mut count = 0;
        let written = render::json_lines(rows.into_iter().inspect(|_| count += 1), &mut body)
            .and_then(|()| Reply::end_of_lines(count, (generation, receipt), &mut body));
        debug_assert!(written.is_ok(), "a vector takes all that is written");
        Reply::new("application/x-ndjson", Body::Whole(body.into()))
    }

    /// The same, written while it is found.
    pub(super) fn stream_of_lines(stream: Stream) -> Reply {
        Reply::new("application/x-ndjson", Body::Stream(stream))
    }

    /// Writes the last line of a stream, with the receipt where one was asked for.
    pub(super) fn end_of_lines(
        count: usize,
        (generation, receipt): (u64, Option<&Receipt>),
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let end = render::object! {
            end: true,
            count,
            generation,
            #[serde(flatten)]
            receipt: receipt.map(|it| render::object! { receipt: it }),
        };
        render::json_lines([end], out)
    }

    /// A table, with the byte order mark that Excel wants where it was asked for.
    pub(super) fn csv(table: Table<'_>) -> Reply {
        let mut body = Vec::new();
        let written = table.csv(&mut body);
        debug_assert!(written.is_ok(), "a vector takes all that is written");
        Reply::new("text/csv; charset=utf-8", Body::Whole(body.into()))
    }

    /// A table that is written while it is found.
    pub(super) fn stream_of_csv(stream: Stream) -> Reply {
        Reply::new("text/csv; charset=utf-8", Body::Stream(stream))
    }

    /// Where a form leads after it was taken.
    pub(super) fn see_other(to: &super::address::Address) -> Reply {
        let mut reply = Reply::new("text/plain; charset=utf-8", Body::Whole(Bytes::new()));
        reply.status = StatusCode::SEE_OTHER;
        reply.with(axum::http::header::LOCATION, to.to_string())
    }

    /// The same with a status.
    pub(super) fn status(mut self, status: StatusCode) -> Reply {
        self.status = status;
        self
    }

    /// The same with a header.
    pub(super) fn with(mut self, name: HeaderName, value: impl Into<String>) -> Reply {
        self.headers.push((name, value.into()));
        self
    }
}
