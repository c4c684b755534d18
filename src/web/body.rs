//! What is sent with a request: a form, or JSON where a page takes it, whole or refused.

use std::time::Duration;

use axum::{
    body::{Body as HttpBody, Bytes, to_bytes},
    http::{HeaderMap, HeaderName, header},
};

use super::problem::{Problem, ProblemKind};

/// The largest body in bytes: a list of names, or a long note.
pub(super) const BODY_BYTES_MAX: usize = 1 << 20;
/// How long a body may take to arrive.
pub(super) const BODY_TIME_MAX: Duration = Duration::from_secs(10);

/// What was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// A form: names and values.
    Form(Bytes),
    /// A JSON text.
    Document(Bytes),
}

/// What was sent. Fails where it is neither, is too large, or does not arrive in `time_max`.
pub(super) async fn whole_body(
    headers: &HeaderMap,
    body: HttpBody,
    time_max: Duration,
) -> Result<Sent, Problem> {
    let of = |name: HeaderName| headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let kind = of(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    let sent = match kind.to_ascii_lowercase().as_str() {
        "application/x-www-form-urlencoded" => Sent::Form,
        "application/json" => Sent::Document,
        _ => return Err(no_form()),
    };
    let too_large = || Problem::new(ProblemKind::ContentTooLarge, "a form has at most 1 MB here");
    if of(header::CONTENT_LENGTH).parse::<usize>().is_ok_and(|it| it > BODY_BYTES_MAX) {
        return Err(too_large());
    }
    match tokio::time::timeout(time_max, to_bytes(body, BODY_BYTES_MAX)).await {
        Ok(Ok(body)) => Ok(sent(body)),
        Ok(Err(error)) if is_over_limit(&error) => Err(too_large()),
        Ok(Err(_)) => Err(Problem::new(ProblemKind::BadParameter, "the form was cut off")),
        Err(_) => Err(Problem::new(
            ProblemKind::TooSlow,
            format!("the form did not arrive within {} seconds", time_max.as_secs_f32()),
        )),
    }
}

/// That what was sent is of a type that the page does not take.
pub(super) fn no_form() -> Problem {
    Problem::new(
        ProblemKind::UnsupportedMediaType,
        "a form is sent as application/x-www-form-urlencoded; a receipt may be sent as application/json",
    )
}

fn is_over_limit(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|it| it.is::<http_body_util::LengthLimitError>())
}

#[cfg(test)]
mod tests {
    use std::io;

    use axum::http::HeaderValue;

    use super::*;

    fn run<T>(test: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("threads");
        runtime.block_on(test)
    }

    #[test]
    fn a_form_is_taken_whole_or_refused() {
        let ended = |text: &str| HttpBody::from(text.to_owned());
        let pieces =
            |pieces: Vec<io::Result<&'static str>>| HttpBody::from_stream(tokio_stream::iter(pieces));
        let large = "a".repeat(BODY_BYTES_MAX + 1);
        let long = Duration::from_secs(600);
        let none = Duration::ZERO;
        for (why, body, length, time_max, expected) in [
            ("a form", ended("q=ferry"), None, long, Ok("q=ferry")),
            ("in pieces", pieces(vec![Ok("q="), Ok("ferry")]), None, long, Ok("q=ferry")),
            ("too large", ended(&large), None, long, Err(ProblemKind::ContentTooLarge)),
            ("says so", ended(""), Some("1048577"), long, Err(ProblemKind::ContentTooLarge)),
            (
                "cut off",
                pieces(vec![Ok("q="), Err(io::Error::other("gone"))]),
                None,
                long,
                Err(ProblemKind::BadParameter),
            ),
            (
                "never comes",
                HttpBody::from_stream(tokio_stream::pending::<io::Result<&'static str>>()),
                None,
                none,
                Err(ProblemKind::TooSlow),
            ),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/x-www-form-urlencoded; a=b"),
            );
            if let Some(length) = length {
                headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static(length));
            }
            let taken = run(whole_body(&headers, body, time_max));
            let expected = expected.map(|it| Sent::Form(Bytes::from_static(it.as_bytes())));
            assert_eq!(taken.map_err(|it| it.kind), expected, "{why}");
        }
        for kind in ["", "multipart/form-data", "text/plain", "text/json"] {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            let refused = run(whole_body(&headers, ended("q=a"), long)).map_err(|it| it.kind);
            assert_eq!(refused, Err(ProblemKind::UnsupportedMediaType), "{kind}");
        }
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/JSON; charset=utf-8"));
        let taken = run(whole_body(&headers, ended("{}"), long)).map_err(|it| it.kind);
        assert_eq!(taken, Ok(Sent::Document(Bytes::from_static(b"{}"))));
    }
}
