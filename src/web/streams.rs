//! Bodies that are written piece by piece while they are found.

use std::{
    io::{self, Write},
    sync::Arc,
    time::Duration,
};

use axum::body::{Body, Bytes};
use tokio::{
    runtime::Handle,
    sync::{Semaphore, mpsc},
};
use tokio_stream::StreamExt as _;

use crate::system::{panics, stop::Stop};

use super::{
    problem::{Problem, ProblemKind},
    reply::Stream,
};

/// What streams may do.
#[derive(Clone, Copy, Debug)]
pub(super) struct StreamLimits {
    /// How many answers are written piece by piece at a time.
    pub(super) at_once: usize,
    /// How long a stream waits for its reader.
    pub(super) wait_time_max: Duration,
}

impl Default for StreamLimits {
    fn default() -> StreamLimits {
        StreamLimits { at_once: 4, wait_time_max: Duration::from_secs(30) }
    }
}

/// How many pieces wait for the reader.
const PIECES_MAX: usize = 4;
/// Of how many bytes the pieces of a stream are.
const PIECE_BYTES: usize = 16 << 10;

/// Writes bodies, each on a thread of its own, a bounded number at a time.
pub(super) struct Streams {
    limits: StreamLimits,
    free: Arc<Semaphore>,
}

impl Streams {
    /// With nothing to do.
    pub(super) fn new(limits: StreamLimits) -> Streams {
        Streams { limits, free: Arc::new(Semaphore::new(limits.at_once)) }
    }

    /// The body that a stream writes. What it writes fails once nobody reads, what it looks for is
    /// given up then, and where the stream fails or panics the connection is cut, so that nobody
    /// takes what was written for the whole.
    ///
    /// Fails where as many are being written as may be.
    pub(super) fn body(&self, stream: Stream) -> Result<Body, Problem> {
        let busy = |_| {
            Problem::new(ProblemKind::Busy, "too many answers are being written already; try again later")
        };
        let permit = self.free.clone().try_acquire_owned().map_err(busy)?;
        let (send, receive) = mpsc::channel::<io::Result<Bytes>>(PIECES_MAX);
        let wait_time_max = self.limits.wait_time_max;
        let runtime = Handle::current();
        let stop = Stop::default();
        let reader = Reader(stop.clone());
        tokio::task::spawn_blocking(move || {
            let mut pieces = Pieces { piece: Vec::new(), send, runtime, wait_time_max };
            let write = || stream(&mut pieces).and_then(|()| pieces.flush());
            let written = panics::guarded(|| stop.run(write)).map_err(io::Error::other);
            let given_up = |_| Err(io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads"));
            if let Err(error) = written.and_then(|it| it.unwrap_or_else(given_up)) {
                let _ = pieces.give(Err(error));
            }
            drop(permit);
        });
        let pieces = tokio_stream::wrappers::ReceiverStream::new(receive).map(move |piece| {
            let _ = &reader;
            piece
        });
        Ok(Body::from_stream(pieces))
    }
}

/// Gives a stream up when its body goes.
struct Reader(Stop);

impl Drop for Reader {
    fn drop(&mut self) {
        self.0.ask();
    }
}

/// Gives what is written to a connection, in pieces.
struct Pieces {
    piece: Vec<u8>,
    send: mpsc::Sender<io::Result<Bytes>>,
    runtime: Handle,
    wait_time_max: Duration,
}

impl Pieces {
    fn give(&mut self, piece: io::Result<Bytes>) -> io::Result<()> {
        // A time is made within a runtime.
        let sent = self
            .runtime
            .block_on(async { tokio::time::timeout(self.wait_time_max, self.send.send(piece)).await });
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

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;
    use crate::system::stop;

    const LIMITS: StreamLimits = StreamLimits { at_once: 1, wait_time_max: Duration::from_secs(600) };

    fn run<T>(test: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build();
        runtime.expect("threads").block_on(test)
    }

    #[test]
    fn what_is_written_arrives_whole_and_what_breaks_off_is_no_body() {
        run(async {
            let line = |out: &mut dyn Write| (0..10_000).try_for_each(|n| writeln!(out, "{n}"));
            let whole = Streams::new(LIMITS).body(Box::new(line)).expect("free");
            let whole = to_bytes(whole, usize::MAX).await.expect("all of it");
            assert!(whole.ends_with(b"\n9999\n"), "{} bytes", whole.len());
            let fails: Stream = Box::new(move |out| line(out).and(Err(io::Error::other("gone"))));
            let panics: Stream = Box::new(move |out| line(out).map(|()| panic!("no such siren")));
            for stream in [fails, panics] {
                let broken = Streams::new(LIMITS).body(stream).expect("free");
                to_bytes(broken, usize::MAX).await.expect_err("it is cut");
            }
        });
    }

    #[test]
    fn a_stream_whose_reader_is_gone_stops_and_the_next_may_be_written() {
        run(async {
            let streams = Streams::new(LIMITS);
            let (stopped, has_stopped) = tokio::sync::oneshot::channel();
            let endless: Stream = Box::new(move |out| {
                let error = loop {
                    if let Err(error) = out.write_all(&[b'x'; 1 << 10]) {
                        break error;
                    }
                };
                let _ = stopped.send(error.kind());
                Err(error)
            });
            let body = streams.body(endless).expect("free");
            let refused = streams.body(Box::new(|_| Ok(()))).expect_err("one at a time");
            assert_eq!(refused.kind, ProblemKind::Busy);
            drop(body);
            assert_eq!(has_stopped.await, Ok(io::ErrorKind::BrokenPipe));
            while streams.free.available_permits() == 0 {
                tokio::task::yield_now().await;
            }
            let next = streams.body(Box::new(|out| out.write_all(b"siren"))).expect("a body");
            let next = to_bytes(next, 100).await.expect("all of it");
            assert_eq!(next, b"siren".as_slice(), "there is room for the next");
        });
    }

    #[test]
    fn a_stream_that_has_found_nothing_yet_is_given_up_with_its_reader() {
        run(async {
            let streams = Streams::new(LIMITS);
            let body = streams.body(Box::new(|_| {
                loop {
                    std::thread::yield_now();
                    stop::look();
                }
            }));
            drop(body.expect("free"));
            while streams.free.available_permits() == 0 {
                tokio::task::yield_now().await;
            }
        });
    }

    #[test]
    fn a_reader_who_does_not_read_is_not_waited_for() {
        run(async {
            let streams = Streams::new(StreamLimits { wait_time_max: Duration::from_millis(10), ..LIMITS });
            let (stopped, has_stopped) = tokio::sync::oneshot::channel();
            let body = streams.body(Box::new(move |out| {
                let written = (0..1_000).try_for_each(|_| out.write_all(&[b'x'; PIECE_BYTES]));
                let _ = stopped.send(written.is_err());
                written
            }));
            assert_eq!(has_stopped.await, Ok(true), "it stopped before it was done");
            drop(body);
        });
    }
}
