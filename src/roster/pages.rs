//! Bytes with a checksum for each page: what is read is verified, and nothing else.
//!
//! ```text
//! content │ checksum of each page │ trailer
//! ```

use std::{
    ops::Range,
    sync::atomic::{AtomicBool, Ordering},
};

use crate::index::Kept;

/// The version of the format, of rows and of what they mean.
const VERSION: u32 = 3;

/// A page is verified as a whole, in some microseconds.
const PAGE_BYTES: usize = 8 << 10;

/// The last bytes of the file.
const MAGIC: [u8; 8] = *b"MORGUEPP";

/// Length of the content, place of the header in it, version, checksum of sums and trailer, magic.
const TRAILER_BYTES: usize = 8 + 8 + 4 + 4 + MAGIC.len();

/// The bytes are not those that were written, or of another version.
#[derive(Debug, thiserror::Error)]
#[error("the table of people is damaged")]
pub struct Damage;

/// What reading gives.
pub(super) type Result<T> = std::result::Result<T, Damage>;

/// The content of a file whose pages are verified when they are first looked at.
#[derive(Debug)]
pub(super) struct Pages {
    file: Kept,
    content: usize,
    header: Range<usize>,
    verified: Box<[AtomicBool]>,
}

/// The content with its checksums; its header lies from `header` to its end.
pub(super) fn seal(mut content: Vec<u8>, header: usize) -> Vec<u8> {
    let length = content.len();
    let sums: Vec<u8> = content.chunks(PAGE_BYTES).flat_map(|it| crc32fast::hash(it).to_le_bytes()).collect();
    let from = content.len();
    content.extend(sums);
    content.extend((length as u64).to_le_bytes());
    content.extend((header as u64).to_le_bytes());
    content.extend(VERSION.to_le_bytes());
    let sum = crc32fast::hash(&content[from..]);
    content.extend(sum.to_le_bytes());
    content.extend(MAGIC);
    content
}

impl Pages {
    /// Fails if the bytes are no such file, or end too early or too late.
    pub(super) fn open(file: Kept) -> Result<Pages> {
        let Trailer { content, header, version } = Trailer::read(&file)?;
        if version != VERSION {
            return Err(Damage);
        }
        let n_pages = content.div_ceil(PAGE_BYTES);
        let verified = (0..n_pages).map(|_| AtomicBool::new(false)).collect();
        Ok(Pages { file, content, header: header..content, verified })
    }

    /// The header, where the content ends.
    pub(super) fn header(&self) -> Result<&[u8]> {
        self.get(self.header.clone())
    }

    /// Some bytes of the content.
    pub(super) fn get(&self, range: Range<usize>) -> Result<&[u8]> {
        if range.start > range.end || range.end > self.content {
            return Err(Damage);
        }
        for page in range.start / PAGE_BYTES..range.end.div_ceil(PAGE_BYTES) {
            self.verify(page)?;
        }
        self.file.get(range).ok_or(Damage)
    }

    /// How long the content is.
    pub(super) fn len(&self) -> usize {
        self.content
    }

    fn verify(&self, page: usize) -> Result<()> {
        let verified = self.verified.get(page).ok_or(Damage)?;
        if verified.load(Ordering::Relaxed) {
            return Ok(());
        }
        let start = page * PAGE_BYTES;
        let bytes = &self.file[start..self.content.min(start + PAGE_BYTES)];
        if crc32fast::hash(bytes) != u32_at(&self.file, self.content + page * 4)? {
            return Err(Damage);
        }
        verified.store(true, Ordering::Relaxed);
        Ok(())
    }
}

/// Whether the bytes are a file that another version of morgue wrote.
pub(super) fn is_of_other_version(file: &[u8]) -> bool {
    Trailer::read(file).is_ok_and(|it| it.version != VERSION)
}

/// What the end of a file says.
struct Trailer {
    content: usize,
    header: usize,
    version: u32,
}

impl Trailer {
    /// Fails if the file is none of these, or ends too early or too late.
    fn read(file: &[u8]) -> Result<Trailer> {
        let at = file.len().checked_sub(TRAILER_BYTES).ok_or(Damage)?;
        let number = |at: usize| usize::try_from(u64_at(file, at)?).map_err(|_| Damage);
        let (content, header) = (number(at)?, number(at + 8)?);
        let (version, sum) = (u32_at(file, at + 16)?, u32_at(file, at + 20)?);
        let fits = header <= content && content <= at && at - content == content.div_ceil(PAGE_BYTES) * 4;
        let whole = fits && file[at + 24..] == MAGIC && crc32fast::hash(&file[content..at + 20]) == sum;
        if whole { Ok(Trailer { content, header, version }) } else { Err(Damage) }
    }
}

/// The number of four bytes at a place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Result<u32> {
    let bytes = at.checked_add(4).and_then(|end| bytes.get(at..end)).ok_or(Damage)?;
    Ok(u32::from_le_bytes(bytes.try_into().map_err(|_| Damage)?))
}

/// The number of eight bytes at a place.
pub(super) fn u64_at(bytes: &[u8], at: usize) -> Result<u64> {
    let bytes = at.checked_add(8).and_then(|end| bytes.get(at..end)).ok_or(Damage)?;
    Ok(u64::from_le_bytes(bytes.try_into().map_err(|_| Damage)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(bytes: &[u8]) -> Result<Vec<u8>> {
        let pages = Pages::open(bytes.to_vec().into())?;
        Ok(pages.get(0..pages.len())?.to_vec())
    }

    #[test]
    fn another_version_is_no_damage() {
        let mut sealed = seal(vec![7; 100], 50);
        assert!(!is_of_other_version(&sealed) && !is_of_other_version(b"no table"));
        let at = sealed.len() - TRAILER_BYTES + 16;
        sealed[at] += 1;
        assert!(!is_of_other_version(&sealed), "one bit is another");
        let sum = crc32fast::hash(&sealed[100..at + 4]).to_le_bytes();
        sealed[at + 4..at + 8].copy_from_slice(&sum);
        assert!(is_of_other_version(&sealed) && opened(&sealed).is_err());
    }

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        for length in [0, 1, PAGE_BYTES - 1, PAGE_BYTES, PAGE_BYTES + 1, 3 * PAGE_BYTES + 7] {
            let content: Vec<u8> = (0..length).map(|it| (it * 7 % 251) as u8).collect();
            let sealed = seal(content.clone(), length / 2);
            assert_eq!(opened(&sealed).unwrap(), content);
            let step = (sealed.len() / 97).max(1);
            for at in (0..sealed.len()).step_by(step).chain(sealed.len() - TRAILER_BYTES..sealed.len()) {
                let mut flipped = sealed.clone();
                flipped[at] ^= 0x10;
                assert!(opened(&flipped).is_err(), "{length}: byte {at} is another");
                assert!(opened(&sealed[..at]).is_err(), "{length}: cut at {at}");
            }
            assert!(opened(&[sealed.clone(), vec![0]].concat()).is_err(), "{length}: a byte more");
        }
        assert!(opened(b"").is_err());
    }
}
