//! What goes over the wire: replies and problems as responses, and what every response has.

use axum::{
    body::Body as HttpBody,
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

use crate::render;

use super::{
    page,
    problem::{Problem, ProblemKind},
    reply::{Body, Form, Reply, Stream},
};

/// Whether a problem is shown to a person or told to a program.
pub(super) fn wanted_form(request: &Request) -> Form {
    let path = request.uri().path();
    let by_path = Form::ALL.into_iter().skip(1).find(|it| path.ends_with(it.extension()));
    let accepts = request.headers().get(header::ACCEPT).and_then(|it| it.to_str().ok());
    by_path.unwrap_or(match accepts {
        Some(it) if it.contains("text/html") => Form::Page,
        Some(_) | None if path == "/openapi.json" => Form::Json,
        Some(it) if it.contains("json") => Form::Json,
        _ => Form::Page,
    })
}

pub(super) fn refusal(problem: &Problem, instance: &str, wants: Form) -> Response {
    let reply = match wants {
        Form::Page => Reply::page(page::problem(problem)),
        Form::Json | Form::Lines | Form::Csv => {
            let mut body = Vec::new();
            let _ = render::json_document(&problem.row(instance), &mut body);
            Reply::bytes("application/problem+json", body)
        }
    };
    let mut reply = reply.status(problem.kind.status());
    match problem.kind {
        ProblemKind::Busy => reply = reply.with(header::RETRY_AFTER, "1"),
        ProblemKind::Unauthorized => reply = reply.with(header::WWW_AUTHENTICATE, "Bearer"),
        _ => (),
    }
    if let Some(allow) = problem.allow {
        reply = reply.with(header::ALLOW, allow);
    }
    whole(reply.with(header::CACHE_CONTROL, "no-store")).0
}

/// The response, and the stream that is its body, if it is one.
pub(super) fn whole(reply: Reply) -> (Response, Option<Stream>) {
    let (body, stream) = match reply.body {
        Body::Whole(bytes) => (HttpBody::from(bytes), None),
        Body::Stream(stream) => (HttpBody::empty(), Some(stream)),
    };
    let mut response = Response::new(body);
    *response.status_mut() = reply.status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.content_type));
    for (name, value) in reply.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(name, value);
        }
    }
    (response, stream)
}

/// What keeps a page from doing or showing anything but its own. `referrers` is what links tell of
/// the page that they are on.
pub(super) fn secure(response: &mut Response, referrers: &'static str) {
    const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
        form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, referrers),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
