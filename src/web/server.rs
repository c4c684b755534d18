//! Connections, and the way of a request through the checks to its page and back.

use std::{
    io::{self, Write},
    net::{IpAddr, SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result};
use axum::{
    Router,
    body::{Body as HttpBody, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::sync::{Semaphore, mpsc};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{archive::Archive, render};

use super::{
    asked::{Asked, Here},
    assets,
    guard::{Guard, Passed, Token},
    library::{Library, lists_stamp},
    page,
    params::Params,
    pool::Pool,
    problem::{Problem, ProblemKind},
    reply::{Body, Form, Reply, Stream},
    route::Verb,
    routes,
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
/// How long a head or a body may take to arrive.
const READ_TIME_MAX: Duration = Duration::from_secs(10);
/// How long a stream waits for its reader.
const WRITE_TIME_MAX: Duration = Duration::from_secs(30);
/// How long requests may go on after the end was asked for.
const END_TIME_MAX: Duration = Duration::from_secs(3);
/// So many connections at a time; a browser opens six.
const CONNECTIONS_MAX: usize = 256;
/// So many answers are written piece by piece at a time.
const STREAMS_MAX: usize = 4;
/// What is sent as a form and changes nothing of the archive.
const CHANGES_NOTHING: [&str; 2] = ["/keys", "/names"];
/// Of how many bytes the pieces of a stream are.
const PIECE_BYTES: usize = 16 << 10;

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
    let mut hosts = vec![host_of(address.ip())];
    hosts.extend(["127.0.0.1", "localhost", "[::1]"].map(str::to_owned));
    hosts.extend(options.host_names.iter().cloned());
    let guard = Guard { hosts, port: address.port(), token };
    let origin = guard.origin();
    let end = guard.token.as_ref().map_or_else(String::new, |it| format!("?token={}", it.text()));
    let here = Here { origin: origin.clone(), read_only: options.read_only, is_open: !options.with_token };
    let server = Arc::new(Server {
        library: Library::new(Box::new(open)),
        pool: Pool::new(),
        streams: streams(),
        guard,
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
        started(&serving)?;
        take_connections(listener, server).await;
        Ok(())
    });
    runtime.shutdown_timeout(END_TIME_MAX);
    served
}

fn streams() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(STREAMS_MAX))
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
    streams: Arc<Semaphore>,
    guard: Guard,
    here: Arc<Here>,
}

async fn take_connections(listener: tokio::net::TcpListener, server: Arc<Server>) {
    let app = Router::new()
        .fallback(respond)
        .with_state(server)
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new());
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(READ_TIME_MAX).max_buf_size(ADDRESS_BYTES_MAX * 4);
    let graceful = GracefulShutdown::new();
    let connections = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut end = std::pin::pin!(end_asked());
    loop {
        let Ok(permit) = connections.clone().acquire_owned().await else { return };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        // What keeps one connection from being taken (too many open files) may pass.
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = TowerToHyperService::new(app.clone());
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // Whoever hangs up is no matter of ours.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(END_TIME_MAX, graceful.shutdown()).await;
}

/// Ends when the process is told to.
async fn end_asked() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (Ok(mut terminated), Ok(mut interrupted)) =
            (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
        else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = terminated.recv() => (),
            _ = interrupted.recv() => (),
        }
    }
    #[cfg(not(unix))]
    {
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// Answers a request.
async fn respond(State(server): State<Arc<Server>>, request: Request) -> Response {
    let is_head = request.method() == Method::HEAD;
    let instance = request.uri().path().to_owned();
    let wants = wanted_form(&request);
    let done = server.answer(request).await;
    let mut response = match done {
        Ok(response) => response,
        Err(problem) => refusal(&problem, &instance, wants),
    };
    secure(&mut response);
    if is_head {
        *response.body_mut() = HttpBody::empty();
    }
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
        ProblemKind::MethodNotAllowed => {
            let allow = if problem.detail.ends_with("POST only") { "POST" } else { "GET, HEAD" };
            reply = reply.with(header::ALLOW, allow);
        }
        ProblemKind::Unauthorized => reply = reply.with(header::WWW_AUTHENTICATE, "Bearer"),
        _ => (),
    }
    whole(reply).0
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
        let verb = match parts.method {
            Method::GET | Method::HEAD => Verb::Get,
            Method::POST => Verb::Post,
            _ => return Err(Problem::new(ProblemKind::MethodNotAllowed, "pages are asked by GET and HEAD")),
        };
        if verb == Verb::Get {
            if let Some(asset) = assets::at(path) {
                let reply = Reply::bytes(asset.media_type, asset.bytes.to_vec());
                return Ok(whole(reply.with(header::CACHE_CONTROL, "private, max-age=31536000, immutable")).0);
            }
            if path == "/" {
                return Ok(whole(Reply::see_other(&super::address::Address::to(&["search"]))).0);
            }
        }
        let of =
            |name: HeaderName| parts.headers.get(name).and_then(|it| it.to_str().ok()).map(str::to_owned);
        let found = routes::find(verb, path, of(header::ACCEPT).as_deref())?;
        if verb == Verb::Post && self.here.read_only && !CHANGES_NOTHING.contains(&found.route.path) {
            return Err(Problem::new(ProblemKind::ReadOnly, "this server was started with --read-only"));
        }
        let params = match verb {
            Verb::Get => Params::read(parts.uri.query().unwrap_or_default().as_bytes(), found.route.params)?,
            Verb::Post => {
                let body = whole_body(body, of(header::CONTENT_TYPE).as_deref()).await?;
                Params::read(&body, found.route.params)?
            }
        };
        let keys = !cookies(&parts.headers).any(|it| it == ("morgue_keys", "0"));
        let server = self.clone();
        let known = of(header::IF_NONE_MATCH);
        let address = parts.uri.path_and_query().map_or_else(String::new, ToString::to_string);
        let route = found.route;
        let answer = move || -> Result<(Reply, Option<String>), Problem> {
            let archive = server.library.archive()?;
            let generation = archive.generation()?;
            let today = jiff::Zoned::now().date();
            let version = (verb == Verb::Get).then(|| version_of(&archive, generation, today, keys));
            if version.is_some() && version == known {
                let unchanged = Reply::bytes("text/plain", Vec::new()).status(StatusCode::NOT_MODIFIED);
                return Ok((unchanged, version));
            }
            let asked = Asked {
                archive,
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
        let (reply, version) = self.pool.ask(answer).await??;
        let reply = match version {
            Some(version) => {
                let reply = reply.with(header::ETAG, version);
                reply.with(header::CACHE_CONTROL, "private, no-cache").with(header::VARY, "accept, cookie")
            }
            None => reply.with(header::CACHE_CONTROL, "no-store"),
        };
        let (mut response, stream) = whole(reply);
        if let Some(stream) = stream {
            *response.body_mut() = self.streamed(stream).await?;
        }
        Ok(response)
    }

    /// The same address without the token, which a cookie has from now on.
    fn with_cookie(&self, uri: &axum::http::Uri) -> Response {
        let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        let mut rest = form_urlencoded::Serializer::new(String::new());
        rest.extend_pairs(query.filter(|it| it.0 != "token"));
        let rest = rest.finish();
        let to = if rest.is_empty() { uri.path().to_owned() } else { format!("{}?{rest}", uri.path()) };
        // `//host` would lead elsewhere.
        let to = format!("/{}", to.trim_start_matches('/'));
        let token = self.guard.token.as_ref().map_or("", Token::text);
        let cookie = format!("{}={token}; HttpOnly; SameSite=Strict; Path=/", self.guard.cookie_name());
        let reply = Reply::bytes("text/plain; charset=utf-8", Vec::new()).status(StatusCode::SEE_OTHER);
        let reply = reply.with(header::LOCATION, to).with(header::SET_COOKIE, cookie);
        whole(reply.with(header::CACHE_CONTROL, "no-store")).0
    }

    /// A body that is written piece by piece on a thread of its own.
    async fn streamed(&self, stream: Stream) -> Result<HttpBody, Problem> {
        let busy = |_| Problem::new(ProblemKind::Busy, "too many answers are being written already");
        let permit = self.streams.clone().try_acquire_owned().map_err(busy)?;
        let (send, receive) = mpsc::channel::<io::Result<Bytes>>(4);
        let runtime = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || {
            let mut pieces = Pieces { piece: Vec::new(), send, runtime };
            let written = stream(&mut pieces).and_then(|()| pieces.flush());
            if let Err(error) = written {
                // The connection is cut, so that nobody takes what was written for the whole.
                let _ = pieces.give(Err(error));
            }
            drop(permit);
        });
        Ok(HttpBody::from_stream(tokio_stream::wrappers::ReceiverStream::new(receive)))
    }
}

/// Gives what is written to a connection, in pieces.
struct Pieces {
    piece: Vec<u8>,
    send: mpsc::Sender<io::Result<Bytes>>,
    runtime: tokio::runtime::Handle,
}

impl Pieces {
    fn give(&mut self, piece: io::Result<Bytes>) -> io::Result<()> {
        let sent = self.runtime.block_on(tokio::time::timeout(WRITE_TIME_MAX, self.send.send(piece)));
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads")),
        }
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::take(&mut self.piece);
        self.give(Ok(piece.into()))
    }
}

/// What a page depends on beside its address.
fn version_of(archive: &Archive, generation: u64, today: jiff::civil::Date, keys: bool) -> String {
    let mut digest = blake3::Hasher::new();
    let stamps = archive.files_of_its_own().map(|it| it.metadata().and_then(|it| it.modified()).ok());
    let lists = lists_stamp(archive);
    let program = env!("CARGO_PKG_VERSION");
    digest.update(format!("{program} {generation} {stamps:?} {lists:?} {today} {keys}").as_bytes());
    format!("W/\"g{generation}-{}\"", &digest.finalize().to_hex()[..16])
}

fn cookies(headers: &axum::http::HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    all.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='))
}

async fn whole_body(body: HttpBody, content_type: Option<&str>) -> Result<Bytes, Problem> {
    let kind = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Problem::new(
            ProblemKind::UnsupportedMediaType,
            "a form is sent as application/x-www-form-urlencoded",
        ));
    }
    match tokio::time::timeout(READ_TIME_MAX, to_bytes(body, BODY_BYTES_MAX)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => Err(Problem::new(ProblemKind::ContentTooLarge, "a form has at most 1 MB here")),
        Err(_) => Err(Problem::new(ProblemKind::BadParameter, "the form did not arrive within 10 seconds")),
    }
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

/// What keeps a page from doing or showing anything but its own.
fn secure(response: &mut Response) {
    const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
        form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
