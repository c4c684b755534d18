//! The start and the end of the server: what it listens on and is called, who ends it.

use std::{
    io,
    net::{IpAddr, SocketAddr, TcpListener},
    sync::{Arc, OnceLock},
    time::Duration,
};

use anyhow::{Context as _, Result};

use crate::archive::Archive;

use super::{
    asked::Here,
    connections::{self, End, Limits},
    guard::{Guard, Token},
    library::Library,
    pool::{Pool, PoolLimits},
    server::{ADDRESS_BYTES_MAX, Server, app},
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

/// How long searches may go on after the end, once requests are no longer waited for.
const THREADS_TIME_MAX: Duration = Duration::from_millis(500);
/// What connections may do; a browser opens six.
const LIMITS: Limits = Limits {
    open_max: 256,
    head_time_max: Duration::from_secs(10),
    head_bytes_max: ADDRESS_BYTES_MAX * 4,
    end_time_max: Duration::from_secs(2),
};
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
        lists: Arc::default(),
    };
    let server = Arc::new(Server {
        library: Library::new(Box::new(open)),
        pool: Pool::new(PoolLimits::default()),
        forms: Pool::new(PoolLimits::for_forms()),
        streams: Streams::new(StreamLimits::default()),
        guard,
        description: OnceLock::new(),
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
