//! Tells how far the reading of a file has come.

use std::{
    cell::Cell,
    io::{self, Read},
};

/// Fewer bytes than this are not told alone: a file of 2 GB is told in a thousand steps.
const STEP_BYTES: u64 = 2 << 20;

/// Tells of the bytes of one file, of each once.
pub(super) struct ReadBytes<'a> {
    total: u64,
    read: Cell<u64>,
    told: Cell<u64>,
    tell: &'a dyn Fn(u64),
}

impl<'a> ReadBytes<'a> {
    /// Gives the bytes of a file of `total` bytes to `tell`, as they are read.
    pub(super) fn new(total: u64, tell: &'a dyn Fn(u64)) -> ReadBytes<'a> {
        ReadBytes { total, read: Cell::new(0), told: Cell::new(0), tell }
    }

    /// Counts what is read through the reader that it gives.
    pub(super) fn count<'b, R>(&'b self, inner: R) -> Counted<'b, 'a, R> {
        Counted { inner, bytes: self }
    }

    /// Tells of the bytes that nobody read, so that all are told.
    pub(super) fn finish(&self) {
        self.tell_up_to(self.total);
    }

    fn tell_up_to(&self, read: u64) {
        let more = read.min(self.total).saturating_sub(self.told.get());
        if more > 0 {
            self.told.set(self.told.get() + more);
            (self.tell)(more);
        }
    }
}

/// A reader whose bytes are counted.
pub(super) struct Counted<'b, 'a, R> {
    inner: R,
    bytes: &'b ReadBytes<'a>,
}

impl<R: Read> Read for Counted<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let read = self.bytes.read.get() + n as u64;
        self.bytes.read.set(read);
        if read >= self.bytes.told.get() + STEP_BYTES {
            self.bytes.tell_up_to(read);
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn every_byte_is_told_once() {
        // Bytes of the file as listed, bytes that are there, what is told.
        for (listed, there, expected) in [
            (10, 10, vec![10]),
            (0, 0, vec![]),
            (5 << 20, 5 << 20, vec![2 << 20, 2 << 20, 1 << 20]),
            (3 << 20, 5 << 20, vec![2 << 20, 1 << 20]),
            (3 << 20, 0, vec![3 << 20]),
        ] {
            let told = RefCell::new(Vec::new());
            let tell = |bytes| told.borrow_mut().push(bytes);
            let bytes = ReadBytes::new(listed, &tell);
            let mut reader = bytes.count(io::repeat(0).take(there));
            io::copy(&mut io::BufReader::with_capacity(2 << 20, &mut reader), &mut io::sink())
                .expect("zeros");
            bytes.finish();
            assert_eq!(*told.borrow(), expected, "{listed} {there}");
        }
    }
}
