//! Members of ZIP files that are documents: DOCX and its kin.
//!
//! `rawzip` finds a member, `flate2` unpacks it. Only members that a reader asks for by their full
//! name are unpacked, as a stream within the limits of [`ReadRules`]; nothing is written to disk.

use std::{
    io::{BufRead, BufReader, Cursor, Read},
    rc::Rc,
};

use rawzip::{CompressionMethod, ZipArchive};

use super::{Problem, ReadRules, container};

/// A ZIP file in memory.
#[derive(Clone)]
pub(super) struct Zipped {
    bytes: Bytes,
}

#[derive(Clone)]
struct Bytes(Rc<Vec<u8>>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A larger central directory is refused; a DOCX export of 500 articles has some 3,500 members.
const MEMBERS_MAX: u64 = 100_000;

impl Zipped {
    pub(super) fn new(bytes: Vec<u8>) -> Zipped {
        Zipped { bytes: Bytes(Rc::new(bytes)) }
    }

    /// The content of the first member with this name; `None` if there is no such member.
    pub(super) fn member<'a>(
        &self,
        name: &str,
        rules: &ReadRules,
    ) -> Result<Option<Box<dyn BufRead + 'a>>, Problem> {
        let Some(found) = self.find(name)? else { return Ok(None) };
        let mut cursor = Cursor::new(self.bytes.clone());
        cursor.set_position(found.start);
        let packed = BufReader::new(cursor.take(found.end.saturating_sub(found.start)));
        match found.method {
            CompressionMethod::STORE => Ok(Some(Box::new(packed))),
            CompressionMethod::DEFLATE => Ok(Some(container::inflate(packed, rules))),
            _ => Err(problem(format!("packs `{name}` with a method that is not read"))),
        }
    }

    fn find(&self, name: &str) -> Result<Option<Found>, Problem> {
        let damaged = |error: rawzip::Error| problem(format!("is a damaged or cut ZIP file: {error}"));
        let archive = ZipArchive::from_slice(self.bytes.as_ref()).map_err(damaged)?;
        if archive.entries_hint() > MEMBERS_MAX {
            return Err(problem(format!(
                "has {} members; more than {MEMBERS_MAX} are not read",
                archive.entries_hint()
            )));
        }
        let mut entries = archive.entries();
        let mut n_members = 0;
        while let Some(entry) = entries.next_entry().map_err(damaged)? {
            n_members += 1;
            if n_members > MEMBERS_MAX {
                return Err(problem(format!("has more than {MEMBERS_MAX} members, which are not read")));
            }
            if entry.file_path().as_bytes() != name.as_bytes() {
                continue;
            }
            if entry.flags().is_encrypted() {
                return Err(problem(format!("is encrypted: `{name}` cannot be read without a password")));
            }
            let method = entry.compression_method();
            let local = archive.get_entry(entry.wayfinder()).map_err(damaged)?;
            let (start, end) = local.compressed_data_range();
            return Ok(Some(Found { method, start, end }));
        }
        Ok(None)
    }
}

/// Where the packed content of a member lies in the file.
struct Found {
    method: CompressionMethod,
    start: u64,
    end: u64,
}

fn problem(reason: String) -> Problem {
    Problem { place: String::new(), reason }
}
