//! Connections: how many there are, how long each may be silent, and how they end.

use std::{
    collections::BTreeMap,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{Router, body::Body, extract::Request, response::Response};
use http_body_util::BodyExt as _;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{net::TcpListener, sync::Notify, task::AbortHandle};
use tower::ServiceExt as _;

/// What connections may do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// How many there are at a time. Above it the one that is idle longest is closed.
    pub(super) open_max: usize,
    /// How long the head of a request may take to arrive, and the time between two requests.
    pub(super) head_time_max: Duration,
    /// The largest head in bytes.
    pub(super) head_bytes_max: usize,
    /// How long requests may go on after the end was asked for.
    pub(super) end_time_max: Duration,
}

/// A future that is ready when the server is to end.
pub(super) type End = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Takes connections and answers their requests by `app` until `end`.
pub(super) async fn take(listener: TcpListener, app: Router, limits: Limits, mut end: End) {
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head_time_max)
        .max_buf_size(limits.head_bytes_max);
    let graceful = GracefulShutdown::new();
    let connections = Connections::default();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        // What keeps one connection from being taken (too many open files) may pass.
        let Ok((stream, _)) = accepted else {
            connections.close_idle();
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        tokio::select! {
            () = connections.make_room(limits.open_max) => (),
            () = &mut end => break,
        }
        let open = connections.add();
        let (id, app, of_it) = (open.id, app.clone(), connections.clone());
        let service = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let busy = of_it.busy(id);
            let answer = app.clone().oneshot(request.map(axum::body::Body::new) as Request);
            async move {
                let response: Result<Response, std::convert::Infallible> = answer.await;
                // It is being answered until the last of the body was taken.
                response.map(|it| {
                    it.map(|body| {
                        Body::new(body.map_frame(move |frame| {
                            let _ = &busy;
                            frame
                        }))
                    })
                })
            }
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        let task = tokio::spawn(async move {
            // Whoever hangs up is no matter of ours.
            let _ = connection.await;
            drop(open);
        });
        connections.can_abort(id, task.abort_handle());
    }
    drop(listener);
    let _ = tokio::time::timeout(limits.end_time_max, graceful.shutdown()).await;
}

/// The connections that are open. Whoever only holds one must not keep others from getting one.
#[derive(Clone, Default)]
struct Connections(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    /// Grows with each event: the order of all that happened.
    now: u64,
    open: BTreeMap<u64, Connection>,
}

struct Connection {
    /// When it became idle; `None` while a request of it is being answered.
    idle_since: Option<u64>,
    abort: Option<AbortHandle>,
}

/// Counts a connection as long as it lives.
struct Open {
    id: u64,
    connections: Connections,
}

/// Counts a request as long as it is being answered.
struct Busy {
    id: u64,
    connections: Connections,
}

impl Connections {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self) -> Open {
        let mut state = self.state();
        let id = state.tick();
        state.open.insert(id, Connection { idle_since: Some(id), abort: None });
        Open { id, connections: self.clone() }
    }

    /// How the connection is closed, unless it ended meanwhile.
    fn can_abort(&self, id: u64, abort: AbortHandle) {
        if let Some(it) = self.state().open.get_mut(&id) {
            it.abort = Some(abort);
        }
    }

    fn busy(&self, id: u64) -> Busy {
        if let Some(it) = self.state().open.get_mut(&id) {
            it.idle_since = None;
        }
        Busy { id, connections: self.clone() }
    }

    /// Waits until there are fewer than `open_max`, closing the one that is idle longest.
    async fn make_room(&self, open_max: usize) {
        loop {
            let changed = self.0.changed.notified();
            if self.state().open.len() < open_max || self.close_idle() {
                return;
            }
            changed.await;
        }
    }

    /// Closes the connection that is idle longest; `false` if none is.
    fn close_idle(&self) -> bool {
        let mut state = self.state();
        let idle = state.open.iter().filter(|it| it.1.abort.is_some());
        let longest = idle.filter_map(|(id, it)| Some((it.idle_since?, *id))).min();
        let closed = longest.and_then(|(_, id)| state.open.remove(&id)).and_then(|it| it.abort);
        closed.inspect(AbortHandle::abort).is_some()
    }
}

impl State {
    fn tick(&mut self) -> u64 {
        self.now += 1;
        self.now
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.connections.state().open.remove(&self.id);
        self.connections.0.changed.notify_waiters();
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let mut state = self.connections.state();
        let now = state.tick();
        if let Some(it) = state.open.get_mut(&self.id) {
            it.idle_since = Some(now);
        }
        drop(state);
        self.connections.0.changed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read as _, Write as _},
        net::{SocketAddr, TcpStream},
    };

    use tokio::sync::oneshot;

    use super::*;

    const LIMITS: Limits = Limits {
        open_max: 4,
        head_time_max: Duration::from_secs(600),
        head_bytes_max: 16 << 10,
        end_time_max: Duration::from_millis(50),
    };

    /// Runs a test beside a server whose only page is answered once `wait` is over, and then ends
    /// the server: what is tested too is that it does.
    fn with_server<T: Send + 'static>(
        limits: Limits,
        wait: Duration,
        test: impl FnOnce(SocketAddr) -> T + Send + 'static,
    ) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("threads");
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let address = listener.local_addr().expect("an address");
            let app = Router::new().fallback(move || async move {
                tokio::time::sleep(wait).await;
                "here"
            });
            let (end, ended) = oneshot::channel::<()>();
            let end_asked: End = Box::pin(async move {
                let _ = ended.await;
            });
            let served = tokio::spawn(take(listener, app, limits, end_asked));
            let result = tokio::task::spawn_blocking(move || test(address)).await.expect("the test ends");
            drop(end);
            served.await.expect("it ends");
            result
        })
    }

    fn connect(address: SocketAddr) -> TcpStream {
        TcpStream::connect(address).expect("a connection")
    }

    #[test]
    fn who_is_idle_is_closed_when_others_come() {
        let (first, answer) = with_server(LIMITS, Duration::ZERO, |address| {
            let mut idle: Vec<TcpStream> = (0..20).map(|_| connect(address)).collect();
            let mut other = connect(address);
            other.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").expect("written");
            let mut answer = String::new();
            other.read_to_string(&mut answer).expect("an answer");
            (idle[0].read(&mut [0; 10]).ok(), answer)
        });
        assert!(answer.ends_with("here"), "{answer}");
        assert!(matches!(first, None | Some(0)), "the first of the idle is closed: {first:?}");
    }

    #[test]
    fn a_head_that_does_not_come_is_not_waited_for() {
        let limits = Limits { head_time_max: Duration::from_millis(20), ..LIMITS };
        let rest = with_server(limits, Duration::ZERO, |address| {
            let mut slow = connect(address);
            slow.write_all(b"GET / HTTP/1.1\r\nHo").expect("written");
            let mut rest = Vec::new();
            let _ = slow.read_to_end(&mut rest);
            String::from_utf8_lossy(&rest).into_owned()
        });
        assert!(!rest.contains(" 200 "), "{rest}");
    }

    #[test]
    fn the_end_comes_though_all_connections_are_busy_and_others_wait() {
        let busy = with_server(LIMITS, Duration::from_secs(600), |address| {
            let mut busy: Vec<TcpStream> = (0..LIMITS.open_max + 2).map(|_| connect(address)).collect();
            for stream in &mut busy {
                stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").expect("written");
            }
            busy
        });
        assert_eq!(busy.len(), LIMITS.open_max + 2);
    }
}
