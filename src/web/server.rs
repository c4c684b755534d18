//! Connections, and the way of a request through the checks to its page and back.

#[cfg(test)]
mod tests;

use std::{
    io,
    net::{IpAddr, SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result};
use axum::{
    Router,
    body::{Body as HttpBody, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{archive::Archive, render};

use super::{
    asked::{Asked, Here},
    assets,
    connections::{self, End, Limits},
    guard::{Guard, Passed, Token, cookies},
    library::{self, Library, lists_stamp},
    openapi, page,
    params::Params,
    pool::{Pool, PoolLimits},
    problem::{Problem, ProblemKind},
    reply::{Body, Form, Reply, Stream},
    route::Verb,
    routes,
    streams::{StreamLimits, Streams},
};

/// How to serve.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The address to listen on; port 0 is any free one.
    pub listen: SocketAddr,
    /// Names of this machine by which browsers reach it, beside those of the loopback.
    pub host_names: Vec<String>,
    /// Whether whoever asks must know a token.
    pub with_token: bool,
    /// Whether lists can only be read.
    pub read_only: bool,
}

/// A server that takes requests.
#[derive(Clone, Debug)]
pub struct Serving {
    /// Where a browser finds it, with the token.
    pub address: String,
    /// What whoever started it should know, a sentence each.
    pub notes: Vec<String>,
}

/// The longest address in bytes.
const ADDRESS_BYTES_MAX: usize = 16 << 10;
/// The largest body in bytes: a list of names, or a long note.
const BODY_BYTES_MAX: usize = 1 << 20;
/// How long a body may take to arrive.
const BODY_TIME_MAX: Duration = Duration::from_secs(10);
/// How long searches may go on after the end, once requests are no longer waited for.
const THREADS_TIME_MAX: Duration = Duration::from_millis(500);
/// What connections may do; a browser opens six.
const LIMITS: Limits = Limits {
    open_max: 256,
    head_time_max: Duration::from_secs(10),
    head_bytes_max: ADDRESS_BYTES_MAX * 4,
    end_time_max: Duration::from_secs(2),
};
/// What is sent as a form and changes nothing of the archive.
const CHANGES_NOTHING: [&str; 2] = ["/keys", "/names"];

/// Serves an archive until the process is told to end. `open` opens it as it is now; `started` is
/// told once requests are taken.
///
/// Fails when the port is in use, and when the archive cannot be opened at all.
pub fn serve(
    open: impl Fn() -> Result<Archive> + Send + Sync + 'static,
    options: &ServeOptions,
    started: impl FnOnce(&Serving) -> Result<()>,
) -> Result<()> {
    let listener = TcpListener::bind(options.listen).map_err(|error| not_bound(options.listen, &error))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let token =
        options.with_token.then(Token::new).transpose().context("the system gives no random numbers")?;
    let guard = Guard::new(hosts(options, address.ip())?, address.port(), token);
    let origin = guard.origin();
    let end = guard.token().map_or_else(String::new, |it| format!("?token={}", it.text()));
    let here = Here {
        origin: origin.clone(),
        read_only: options.read_only,
        is_open: !options.with_token,
        keys_cookie: guard.keys_cookie_name(),
        taken_off: Arc::default(),
    };
    let server = Arc::new(Server {
        library: Library::new(Box::new(open)),
        pool: Pool::new(PoolLimits::default()),
        forms: Pool::new(PoolLimits::for_forms()),
        streams: Streams::new(StreamLimits::default()),
        guard,
        // A form of a page that tells no referrer comes from the origin `null`. Over plain HTTP
        // from another machine a browser tells nothing but that origin, so there it must be ours.
        referrers: if address.ip().is_loopback() { "no-referrer" } else { "same-origin" },
        here: Arc::new(here),
    });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("the system gives no threads")?;
    let serving = Serving { address: format!("{origin}/{end}"), notes: notes(options, address) };
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let end = end_asked()?;
        started(&serving)?;
        connections::take(listener, app(server), LIMITS, end).await;
        Ok(())
    });
    runtime.shutdown_timeout(THREADS_TIME_MAX);
    served
}

/// The names and addresses that the server answers to, the one that it calls itself first.
fn hosts(options: &ServeOptions, address: IpAddr) -> Result<Vec<String>> {
    for name in &options.host_names {
        let is_name = name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.[:]".contains(&it));
        let is_bare = !name.contains(':') || name.starts_with('[') && name.ends_with(']');
        anyhow::ensure!(
            is_name && is_bare && !name.is_empty(),
            "`{name}` is no name of a machine: it has neither `http://` nor a port"
        );
    }
    let mut hosts = options.host_names.clone();
    // `0.0.0.0` is where to listen, not a name: browsers let every page of the web ask for it.
    if !address.is_unspecified() {
        hosts.insert(0, host_of(address));
    }
    hosts.extend(["127.0.0.1", "localhost", "[::1]"].map(str::to_owned));
    Ok(hosts)
}

fn not_bound(address: SocketAddr, error: &io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::AddrInUse => anyhow::anyhow!(
            "port {} is in use; `--port N` takes another, `--port 0` any that is free",
            address.port()
        ),
        _ => anyhow::anyhow!("cannot listen on {address}: {}", crate::system::reason(error)),
    }
}

fn host_of(address: IpAddr) -> String {
    match address {
        IpAddr::V4(it) => it.to_string(),
        IpAddr::V6(it) => format!("[{it}]"),
    }
}

fn notes(options: &ServeOptions, address: SocketAddr) -> Vec<String> {
    let mut notes = Vec::new();
    if !address.ip().is_loopback() {
        notes.push("other machines can reach this address, and nothing is encrypted on the way".to_owned());
    }
    if !options.with_token {
        notes.push(
            "without a token every program and every user of this machine can read the archive".to_owned(),
        );
    }
    notes
}

/// What every request needs.
struct Server {
    library: Library,
    pool: Pool,
    /// Answers forms.
    forms: Pool,
    streams: Streams,
    guard: Guard,
    here: Arc<Here>,
    /// What links tell of the page that they are on.
    referrers: &'static str,
}

/// Ready when the process is told to end. Signals are taken from the call on, not from the first
/// wait on.
fn end_asked() -> Result<End> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminated = signal(SignalKind::terminate())?;
        let mut interrupted = signal(SignalKind::interrupt())?;
        Ok(Box::pin(async move {
            tokio::select! {
                _ = terminated.recv() => (),
                _ = interrupted.recv() => (),
            }
        }))
    }
    #[cfg(not(unix))]
    {
        Ok(Box::pin(async {
            let _ = tokio::signal::ctrl_c().await;
        }))
    }
}

/// The pages, with what surrounds each answer: whatever happens, it has the headers of [`secure`].
fn app(server: Arc<Server>) -> Router {
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

/// Whether a problem is shown to a person or told to a program.
fn wanted_form(request: &Request) -> Form {
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

fn refusal(problem: &Problem, instance: &str, wants: Form) -> Response {
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
            let is_read = routes::verb(&parts.method) == Some(Verb::Get);
            return is_read.then(|| whole(reply).0).ok_or_else(|| routes::not_allowed(path, true, false));
        }
        let of =
            |name: HeaderName| parts.headers.get(name).and_then(|it| it.to_str().ok()).map(str::to_owned);
        let found = routes::find(&parts.method, path, of(header::ACCEPT).as_deref())?;
        let verb = found.route.verb;
        if verb == Verb::Post && self.here.read_only && !CHANGES_NOTHING.contains(&found.route.path) {
            return Err(Problem::new(ProblemKind::ReadOnly, "this server was started with --read-only"));
        }
        let params = match verb {
            Verb::Get => Params::read(parts.uri.query().unwrap_or_default().as_bytes(), found.route.params)?,
            Verb::Post => {
                let body = whole_body(&parts.headers, body, BODY_TIME_MAX).await?;
                Params::read(&body, found.route.params)?
            }
        };
        let keys = !cookies(&parts.headers).any(|it| it == (&*self.here.keys_cookie, "0"));
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
            let version = is_of_state.then(|| server.version_of(&state, found.form, today, keys));
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
            };
            Ok(((route.answer)(&asked)?, version))
        };
        let pool = if verb == Verb::Post { &self.forms } else { &self.pool };
        let (reply, version) = pool.ask(answer).await??;
        let reply = match version {
            Some(version) => {
                let reply = reply.with(header::ETAG, version);
                reply.with(header::CACHE_CONTROL, "private, no-cache").with(header::VARY, "accept, cookie")
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
            let document = openapi::document(&self.here.origin, &self.guard.cookie_name());
            let reply = Reply::bytes("application/json", document.to_string().into_bytes());
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
    fn version_of(&self, state: &library::State, form: Form, today: jiff::civil::Date, keys: bool) -> String {
        let mut digest = blake3::Hasher::new();
        let library::State { archive, stamps } = state;
        let lists = lists_stamp(archive);
        let program = (env!("CARGO_PKG_VERSION"), &*assets::STYLE_ADDRESS, &*assets::SCRIPT_ADDRESS);
        let all = (program, &*self.here, stamps, lists, form, today, keys);
        digest.update(format!("{all:?}").as_bytes());
        format!("W/\"{}\"", &digest.finalize().to_hex()[..16])
    }
}

/// Whether a version is among those that `If-None-Match` names.
fn is_among(version: &str, known: &str) -> bool {
    let bare = |it: &str| it.trim().trim_start_matches("W/").to_owned();
    known.trim() == "*" || known.split(',').any(|it| bare(it) == bare(version))
}

/// A form that was sent. Fails where it is none, is too large, or does not arrive in `time_max`.
async fn whole_body(headers: &HeaderMap, body: HttpBody, time_max: Duration) -> Result<Bytes, Problem> {
    let of = |name: HeaderName| headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let kind = of(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Problem::new(
            ProblemKind::UnsupportedMediaType,
            "a form is sent as application/x-www-form-urlencoded",
        ));
    }
    let too_large = || Problem::new(ProblemKind::ContentTooLarge, "a form has at most 1 MB here");
    if of(header::CONTENT_LENGTH).parse::<usize>().is_ok_and(|it| it > BODY_BYTES_MAX) {
        return Err(too_large());
    }
    match tokio::time::timeout(time_max, to_bytes(body, BODY_BYTES_MAX)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(error)) if is_over_limit(&error) => Err(too_large()),
        Ok(Err(_)) => Err(Problem::new(ProblemKind::BadParameter, "the form was cut off")),
        Err(_) => Err(Problem::new(
            ProblemKind::TooSlow,
            format!("the form did not arrive within {} seconds", time_max.as_secs_f32()),
        )),
    }
}

fn is_over_limit(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|it| it.is::<http_body_util::LengthLimitError>())
}

/// The response, and the stream that is its body, if it is one.
fn whole(reply: Reply) -> (Response, Option<Stream>) {
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
fn secure(response: &mut Response, referrers: &'static str) {
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
