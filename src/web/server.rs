//! The way of a request through the checks to its page and back.

#[cfg(test)]
mod tests;

use std::sync::{Arc, OnceLock};

use axum::{
    Router,
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    response::Response,
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use super::{
    asked::{Asked, Here},
    assets,
    body::{BODY_TIME_MAX, Sent, no_form, whole_body},
    guard::{Guard, Passed, Token, cookies},
    library::{self, Library, lists_stamp},
    openapi,
    params::Params,
    pool::Pool,
    problem::{Problem, ProblemKind},
    reply::{Form, Reply},
    response::{refusal, secure, wanted_form, whole},
    route::Verb,
    routes,
    streams::Streams,
};

/// The longest address in bytes.
pub(super) const ADDRESS_BYTES_MAX: usize = 16 << 10;

/// What every request needs.
pub(super) struct Server {
    pub(super) library: Library,
    pub(super) pool: Pool,
    /// Answers forms.
    pub(super) forms: Pool,
    pub(super) streams: Streams,
    pub(super) guard: Guard,
    pub(super) here: Arc<Here>,
    /// The description of the API, once it was asked for.
    pub(super) description: OnceLock<Bytes>,
    /// What links tell of the page that they are on.
    pub(super) referrers: &'static str,
}

/// The pages, with what surrounds each answer: whatever happens, it has the headers of [`secure`].
pub(super) fn app(server: Arc<Server>) -> Router {
    let referrers = server.referrers;
    Router::new()
        .fallback(respond)
        .with_state(server)
        .layer(CatchPanicLayer::custom(move |_| {
            let problem = Problem::new(ProblemKind::Internal, "an error of morgue itself");
            let mut response = refusal(&problem, "", Form::Page);
            secure(&mut response, referrers);
            response
        }))
        .layer(CompressionLayer::new())
}

/// Answers a request.
async fn respond(State(server): State<Arc<Server>>, request: Request) -> Response {
    let instance = request.uri().path().to_owned();
    let wants = wanted_form(&request);
    let mut response = match server.answer(request).await {
        Ok(response) => response,
        Err(problem) => refusal(&problem, &instance, wants),
    };
    secure(&mut response, server.referrers);
    response
}

impl Server {
    async fn answer(self: &Arc<Self>, request: Request) -> Result<Response, Problem> {
        let (parts, body) = request.into_parts();
        let passed = self.guard.judge(&parts.method, &parts.uri, &parts.headers)?;
        if parts.uri.to_string().len() > ADDRESS_BYTES_MAX {
            return Err(Problem::new(ProblemKind::AddressTooLong, "an address has at most 16 KB here"));
        }
        if passed == Passed::BringsToken {
            return Ok(self.with_cookie(&parts.uri));
        }
        let path = parts.uri.path();
        if let Some(reply) = self.of_the_program(path) {
            let is_read = routes::sends(&parts.method) == Some(false);
            return is_read.then(|| whole(reply).0).ok_or_else(|| routes::not_allowed(path, true, false));
        }
        let of =
            |name: HeaderName| parts.headers.get(name).and_then(|it| it.to_str().ok()).map(str::to_owned);
        let found = routes::find(&parts.method, path, of(header::ACCEPT).as_deref())?;
        let verb = found.route.verb;
        if verb == Verb::Change && self.here.read_only {
            return Err(Problem::new(ProblemKind::ReadOnly, "this server was started with --read-only"));
        }
        let params = match verb {
            Verb::Get => Params::read(parts.uri.query().unwrap_or_default().as_bytes(), found.route.params)?,
            Verb::Ask | Verb::Change => match whole_body(&parts.headers, body, BODY_TIME_MAX).await? {
                Sent::Form(body) => Params::read(&body, found.route.params)?,
                Sent::Document(body) => {
                    Params::of_document(&body, found.route.params).unwrap_or_else(|| Err(no_form()))?
                }
            },
        };
        let keys = !cookies(&parts.headers).any(|it| it == (&*self.here.keys_cookie, "0"));
        let prefers_receipt = prefers(&parts.headers, "receipt");
        let is_head = parts.method == Method::HEAD;
        let server = self.clone();
        let known = of(header::IF_NONE_MATCH);
        let address = parts.uri.path_and_query().map_or_else(String::new, ToString::to_string);
        let route = found.route;
        let answer = move || -> Result<(Reply, Option<String>), Problem> {
            let state = server.library.archive()?;
            let generation = state.archive.generation()?;
            let today = jiff::Zoned::now().date();
            // What is compared with the corpus is not told by the state.
            let is_of_state = verb == Verb::Get && !params.flag("compare");
            let version =
                is_of_state.then(|| server.version_of(&state, found.form, (today, keys, prefers_receipt)));
            if version.as_deref().zip(known.as_deref()).is_some_and(|(it, known)| is_among(it, known)) {
                let unchanged = Reply::bytes("text/plain", Vec::new()).status(StatusCode::NOT_MODIFIED);
                return Ok((unchanged, version));
            }
            let asked = Asked {
                archive: state.archive,
                generation,
                path: found.path,
                address,
                params,
                form: found.form,
                today,
                here: server.here.clone(),
                keys,
                prefers_receipt,
            };
            Ok(((route.answer)(&asked)?, version))
        };
        let pool = if verb == Verb::Change { &self.forms } else { &self.pool };
        let (reply, version) = pool.ask(answer).await??;
        let reply = match version {
            Some(version) => {
                let reply = reply.with(header::ETAG, version);
                reply
                    .with(header::CACHE_CONTROL, "private, no-cache")
                    .with(header::VARY, "accept, cookie, prefer")
            }
            None => reply.with(header::CACHE_CONTROL, "no-store"),
        };
        let (mut response, stream) = whole(reply);
        if let Some(stream) = stream.filter(|_| !is_head) {
            *response.body_mut() = self.streams.body(stream)?;
        }
        Ok(response)
    }

    /// What is the same for every archive: the files that pages name, the way to the first page,
    /// the description of the API.
    fn of_the_program(&self, path: &str) -> Option<Reply> {
        if path == "/" {
            let to = super::address::Address::to(&["search"]);
            return Some(Reply::see_other(&to).with(header::CACHE_CONTROL, "no-store"));
        }
        if path == openapi::PATH {
            let document = || openapi::document(&self.here.origin, &self.guard.cookie_name());
            let document = self.description.get_or_init(|| document().to_string().into());
            let reply = Reply::bytes("application/json", document.clone());
            return Some(reply.with(header::CACHE_CONTROL, "private, no-cache"));
        }
        let asset = assets::at(path)?;
        let reply = Reply::bytes(asset.media_type, asset.bytes.to_vec());
        Some(reply.with(header::CACHE_CONTROL, "private, max-age=31536000, immutable"))
    }

    /// The same address without the token, which a cookie has from now on.
    fn with_cookie(&self, uri: &axum::http::Uri) -> Response {
        let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        let mut rest = form_urlencoded::Serializer::new(String::new());
        rest.extend_pairs(query.filter(|it| it.0 != "token"));
        let rest = rest.finish();
        let to = if rest.is_empty() { uri.path().to_owned() } else { format!("{}?{rest}", uri.path()) };
        // `//host` would lead elsewhere, and browsers take `\` for `/`.
        let to = format!("/{}", to.trim_start_matches(['/', '\\']));
        let token = self.guard.token().map_or("", Token::text);
        let cookie = format!("{}={token}; HttpOnly; SameSite=Strict; Path=/", self.guard.cookie_name());
        let reply = Reply::bytes("text/plain; charset=utf-8", Vec::new()).status(StatusCode::SEE_OTHER);
        let reply = reply.with(header::LOCATION, to).with(header::SET_COOKIE, cookie);
        whole(reply.with(header::CACHE_CONTROL, "no-store")).0
    }

    /// What an answer depends on beside its address, as an `ETag`.
    fn version_of(
        &self,
        state: &library::State,
        form: Form,
        of_reader: (jiff::civil::Date, bool, bool),
    ) -> String {
        let mut digest = blake3::Hasher::new();
        let library::State { archive, stamps } = state;
        let lists = lists_stamp(archive);
        let program = (env!("CARGO_PKG_VERSION"), &*assets::STYLE_ADDRESS, &*assets::SCRIPT_ADDRESS);
        let all = (program, &*self.here, stamps, lists, form, of_reader);
        digest.update(format!("{all:?}").as_bytes());
        format!("W/\"{}\"", &digest.finalize().to_hex()[..16])
    }
}

/// Whether a program prefers something, as RFC 7240 has it: `Prefer: receipt, wait=10`.
fn prefers(headers: &HeaderMap, what: &str) -> bool {
    let all = headers.get_all("prefer").iter().filter_map(|it| it.to_str().ok());
    let names = all.flat_map(|it| it.split(',')).filter_map(|it| it.split([';', '=']).next());
    names.map(str::trim).any(|it| it.eq_ignore_ascii_case(what))
}

/// Whether a version is among those that `If-None-Match` names.
fn is_among(version: &str, known: &str) -> bool {
    let bare = |it: &str| it.trim().trim_start_matches("W/").to_owned();
    known.trim() == "*" || known.split(',').any(|it| bare(it) == bare(version))
}
