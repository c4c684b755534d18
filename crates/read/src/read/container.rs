//! Unpacks gzip and Zstandard as a stream, and holds every stream to the limits of [`ReadRules`].
//!
//! A compressed file may not unpack to more than [`ReadRules::unpacked_bytes_max`], nor to many
//! times its own size: a declared size is never believed. What came before an error is kept, and
//! the error becomes a [`Problem`].

use std::{
    cell::Cell,
    io::{self, BufRead, BufReader, Cursor, Read},
    rc::Rc,
};

use super::{Problem, ReadRules};

/// A stream of bytes whose first ones are known.
pub(super) struct Opened<'a> {
    /// The first bytes, at most [`HEAD_BYTES`]; all of them when `whole`.
    pub(super) head: Vec<u8>,
    /// Whether `head` is the whole content.
    pub(super) whole: bool,
    /// All bytes, `head` included.
    pub(super) stream: Box<dyn BufRead + 'a>,
    /// Why the head could not be filled, when it could not.
    pub(super) problem: Option<Problem>,
}

/// How many bytes at the start of a file decide its format.
pub(super) const HEAD_BYTES: usize = 64 << 10;

/// A file that unpacks to this many times its size is a bomb; text packs to a tenth or a thirtieth,
/// and zeros with gzip to a thousandth.
const RATIO_MAX: u64 = 500;

/// Below so many bytes the ratio says nothing.
const RATIO_COUNTS_FROM: u64 = 8 << 20;

/// Larger windows of Zstandard are refused; 27 is what `zstd --ultra` writes, and costs 128 MiB.
const ZSTD_WINDOW_LOG_MAX: u32 = 27;

/// Opens `source`, unpacking it when its first bytes are those of gzip or Zstandard.
pub(super) fn open<'a>(source: impl BufRead + 'a, rules: &ReadRules) -> Result<Opened<'a>, Problem> {
    let opened = peek(source, 4)?;
    let stream = match opened.head[..] {
        [0x1f, 0x8b, ..] => {
            let (counted, packed) = Counted::new(opened.stream);
            Guarded::new(flate2::bufread::MultiGzDecoder::new(counted), packed, rules)
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            let (counted, packed) = Counted::new(opened.stream);
            let mut decoder = zstd::stream::read::Decoder::with_buffer(counted).map_err(|it| problem(&it))?;
            decoder.window_log_max(ZSTD_WINDOW_LOG_MAX).map_err(|it| problem(&it))?;
            Guarded::new(decoder, packed, rules)
        }
        _ => opened.stream,
    };
    peek(stream, HEAD_BYTES)
}

/// Unpacks deflated data, the content of a member of a ZIP file, within the limits of `rules`.
pub(super) fn inflate<'a>(packed: impl BufRead + 'a, rules: &ReadRules) -> Box<dyn BufRead + 'a> {
    let (counted, consumed) = Counted::new(packed);
    Guarded::new(flate2::bufread::DeflateDecoder::new(counted), consumed, rules)
}

/// Reads the first `bytes` and puts them back before the rest.
pub(super) fn peek<'a>(mut source: impl BufRead + 'a, bytes: usize) -> Result<Opened<'a>, Problem> {
    let mut head = Vec::new();
    let error = (&mut source).take(bytes as u64).read_to_end(&mut head).err();
    if let Some(error) = &error
        && head.is_empty()
    {
        return Err(problem(error));
    }
    let whole = head.len() < bytes;
    let start = Cursor::new(head.clone());
    // After an error the source is not asked again: some readers would then give bytes from beyond
    // it.
    let stream: Box<dyn BufRead + 'a> =
        if error.is_some() { Box::new(start) } else { Box::new(start.chain(source)) };
    Ok(Opened { head, whole, stream, problem: error.as_ref().map(problem) })
}

/// All bytes of a stream up to a limit, and why there are not more.
pub(super) struct Whole {
    pub(super) bytes: Vec<u8>,
    pub(super) problem: Option<Problem>,
}

/// Reads everything; a stream of more than `bytes_max` bytes is a [`Problem`] that names its size.
pub(super) fn read_whole(mut stream: impl BufRead, bytes_max: usize) -> Result<Whole, Problem> {
    let mut bytes = Vec::new();
    let error = (&mut stream).take(bytes_max as u64 + 1).read_to_end(&mut bytes).err();
    if bytes.len() > bytes_max {
        let length = bytes.len() as u64;
        drop(bytes);
        return Err(too_large(length, stream, bytes_max));
    }
    Ok(Whole { bytes, problem: error.as_ref().map(problem) })
}

/// The problem of a stream of which `taken` bytes were read before it went over the limit.
pub(super) fn too_large(taken: u64, stream: impl BufRead, bytes_max: usize) -> Problem {
    let (more, ended) = count(stream, COUNTED_BYTES_MAX);
    let at_least = if ended { "" } else { "more than " };
    let reason = format!(
        "holds {at_least}{}, and files of this format are read up to {}",
        size(taken + more),
        size(bytes_max as u64)
    );
    Problem { place: String::new(), reason }
}

/// A file that is too large is measured up to here, so that a person can see how much too large it
/// is.
const COUNTED_BYTES_MAX: u64 = 1 << 30;

/// The bytes left in the stream, and whether its end was reached.
fn count(mut stream: impl BufRead, bytes_max: u64) -> (u64, bool) {
    let mut counted = 0;
    while counted < bytes_max {
        let length = match stream.fill_buf() {
            Ok([]) => return (counted, true),
            Ok(buffer) => buffer.len(),
            Err(_) => return (counted, false),
        };
        stream.consume(length);
        counted += length as u64;
    }
    (counted, false)
}

/// Reads up to and with `end`, keeping at most `kept_max` bytes; returns how many there were.
pub(super) fn read_until(
    stream: &mut dyn BufRead,
    end: u8,
    kept_max: usize,
    kept: &mut Vec<u8>,
) -> io::Result<usize> {
    let mut length = 0;
    loop {
        let buffer = match stream.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let found = buffer.iter().position(|it| *it == end);
        let taken = found.map_or(buffer.len(), |at| at + 1);
        if length + taken <= kept_max {
            kept.extend_from_slice(&buffer[..taken]);
        } else {
            kept.clear();
        }
        stream.consume(taken);
        length += taken;
        if found.is_some() || taken == 0 {
            return Ok(length);
        }
    }
}

/// What is wrong with the whole stream, in words for a user.
pub(super) fn problem(error: &io::Error) -> Problem {
    let reason = match error.kind() {
        io::ErrorKind::UnexpectedEof => "is cut short: its compressed data has no end".to_owned(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            format!("has damaged compressed data: {error}")
        }
        _ => format!("cannot be read further: {error}"),
    };
    let reason = match error.get_ref().and_then(|it| it.downcast_ref::<Limit>()) {
        Some(limit) => limit.to_string(),
        None => reason,
    };
    Problem { place: String::new(), reason }
}

/// A number of bytes as people write it: `64 MiB`.
pub(super) fn size(bytes: u64) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB"];
    let mut value = bytes;
    let mut unit = 0;
    while value >= 10_240 && unit + 1 < units.len() || value >= 1024 && value.is_multiple_of(1024) && unit < 3
    {
        value /= 1024;
        unit += 1;
    }
    format!("{value} {}", units[unit])
}

/// A limit on unpacking that was met.
#[derive(Debug, thiserror::Error)]
enum Limit {
    #[error("unpacks to more than {}, which is the limit", size(*.0))]
    Bytes(u64),
    #[error("unpacks to more than {RATIO_MAX} times its own size, which no text does")]
    Ratio,
}

/// Counts the bytes taken from the packed side.
struct Counted<R> {
    inner: R,
    consumed: Rc<Cell<u64>>,
}

impl<R: BufRead> Counted<R> {
    fn new(inner: R) -> (Counted<R>, Rc<Cell<u64>>) {
        let consumed = Rc::new(Cell::new(0));
        (Counted { inner, consumed: Rc::clone(&consumed) }, consumed)
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.consumed.set(self.consumed.get() + read as u64);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.consumed.set(self.consumed.get() + amount as u64);
        self.inner.consume(amount);
    }
}

/// Stops a decoder at the limits.
struct Guarded<R> {
    inner: R,
    packed: Rc<Cell<u64>>,
    unpacked: u64,
    unpacked_max: u64,
}

impl<'a, R: Read + 'a> Guarded<R> {
    // The caller wants some stream, whichever it is.
    #[expect(clippy::new_ret_no_self, reason = "a boxed reader is what every arm of `open` gives")]
    fn new(inner: R, packed: Rc<Cell<u64>>, rules: &ReadRules) -> Box<dyn BufRead + 'a> {
        let unpacked_max = rules.unpacked_bytes_max;
        Box::new(BufReader::with_capacity(1 << 16, Guarded { inner, packed, unpacked: 0, unpacked_max }))
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.unpacked += read as u64;
        if self.unpacked > self.unpacked_max {
            return Err(io::Error::other(Limit::Bytes(self.unpacked_max)));
        }
        if self.unpacked > RATIO_COUNTS_FROM && self.unpacked / RATIO_MAX > self.packed.get() {
            return Err(io::Error::other(Limit::Ratio));
        }
        Ok(read)
    }
}
