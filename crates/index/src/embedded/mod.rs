//! Keeps articles in tantivy on this machine, and finds them again.
//!
//! What an operation of [`Index`], [`Writer`] and [`Snapshot`] does is said at the door, at those
//! of the crate's root. Passages, quotes, articles and the manifest of files live in one tantivy
//! index, so a commit is atomic for all of them: after a kill the last commit is there, whole. What
//! tantivy stores are the row types of `rows`.

mod article_filter;
mod boolean;
mod conjunction;
mod cost;
mod days;
mod directory;
mod doc_set_query;
mod doc_store;
mod documents;
mod expansion;
mod facets;
mod failure;
mod families;
mod find;
mod hit_ref;
mod join;
mod kept;
mod leftovers;
mod lock;
mod matching;
mod memo;
mod places;
mod proximity;
mod ranking;
mod related;
mod rows;
mod schema;
mod segment;
mod snapshot;
mod speaker_counts;
mod statistics;
mod tokenizer;
mod translate;
mod writer;

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write files of their own")]
mod tests;

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use morgue_core::system::without_numbers;
use serde::{Deserialize, Serialize};
use tantivy::TantivyError;

use directory::IndexDirectory;
use failure::{Failure, RefusedWrite, Result};
use schema::Fields;

use crate::{CommitId, Error, KeptFile};

pub(crate) use kept::KeptBytes;
pub(crate) use matching::Matched;
pub(crate) use snapshot::Snapshot;
pub(crate) use writer::Writer;

/// The format that this program writes and reads. It changes with the schema, the rows and the
/// cutting of words.
pub const FORMAT: u32 = 10;

/// The size in bytes of the blocks that stored rows are packed in; tantivy's default is 16,384. A
/// hit needs a row or two, for which a whole block is unpacked. The index grows by a twenty-fifth
/// (news articles) to a twelfth.
const STORED_BLOCK_BYTES: usize = 4096;

/// The file that names the segments of the last commit.
const META: &str = "meta.json";

/// Goes with every commit, to tell an index of another format and one commit from another.
#[derive(Serialize, Deserialize)]
struct Payload {
    format: u32,
    /// A random number: what is kept beside an index names the commit that it was made of, and
    /// generations begin anew when an index is made anew.
    #[serde(default)]
    commit: u64,
}

/// An index on disk.
#[derive(Clone)]
pub(crate) struct Index {
    tantivy: tantivy::Index,
    fields: Fields,
    /// What tantivy reads and writes through.
    directory: IndexDirectory,
    location: PathBuf,
}

impl Index {
    pub(crate) fn open(location: &Path) -> Result<Index, Error> {
        let damaged = |reason: String| Error::Damaged { location: location.to_owned(), reason };
        match fs::metadata(location.join(META)) {
            Ok(meta) if meta.is_file() => (),
            Err(error) if !is_absence(&error) => return Err(Failure::from(error).at(location)),
            _ => {
                return Err(match foreign_files(location) {
                    Ok(true) => Error::Foreign(location.to_owned()),
                    Ok(false) | Err(_) => Error::Missing(location.to_owned()),
                });
            }
        }
        let directory =
            IndexDirectory::open(location).map_err(|it| damaged(without_numbers(it.to_string())))?;
        let opened = tantivy::Index::open(directory.clone());
        let tantivy = opened.map_err(|it| Failure::from(it).at(location))?;
        let index = Index::with(tantivy, directory, location);
        let meta = index.tantivy.load_metas().map_err(|it| damaged(without_numbers(it.to_string())))?;
        let (schema, _) = schema::schema();
        if meta.payload.is_none() && meta.segments.is_empty() && meta.schema == schema {
            // Just made: the first commit brings the format.
            return Ok(index);
        }
        let found = meta.payload.as_deref().and_then(|it| serde_json::from_str::<Payload>(it).ok());
        match found {
            Some(Payload { format, .. }) if format == FORMAT && meta.schema == schema => Ok(index),
            found => Err(Error::OtherFormat {
                location: location.to_owned(),
                found: found.map_or_else(|| "unknown".to_owned(), |it| it.format.to_string()),
                expected: FORMAT,
            }),
        }
    }

    /// When the file that names the last commit was written, and its size in bytes.
    pub(crate) fn stamp(location: &Path) -> Option<(SystemTime, u64)> {
        let meta = fs::metadata(location.join(META)).ok()?;
        Some((meta.modified().ok()?, meta.len()))
    }

    pub(crate) fn create(location: &Path) -> Result<Index, Error> {
        let refused = |error| RefusedWrite::at(location, Path::new("."), &error);
        make_private_folder(location).map_err(refused)?;
        if foreign_files(location).map_err(refused)? {
            return Err(Error::Foreign(location.to_owned()));
        }
        let _lock = lock::Lock::take(location)?;
        remove_index_files(location).map_err(refused)?;
        let (schema, _) = schema::schema();
        let failed = |reason| Error::Engine { location: location.to_owned(), reason };
        let directory =
            IndexDirectory::open(location).map_err(|it| failed(without_numbers(it.to_string())))?;
        let settings =
            tantivy::IndexSettings { docstore_blocksize: STORED_BLOCK_BYTES, ..Default::default() };
        let created = tantivy::Index::create(directory.clone(), schema, settings);
        let tantivy = created.map_err(|it| directory.not_written(it).at(location))?;
        Ok(Index::with(tantivy, directory, location))
    }

    fn with(tantivy: tantivy::Index, directory: IndexDirectory, location: &Path) -> Index {
        let (_, fields) = schema::schema();
        tokenizer::register(tantivy.tokenizers());
        Index { tantivy, fields, directory, location: location.to_owned() }
    }

    pub(crate) fn location(&self) -> &Path {
        &self.location
    }

    pub(crate) fn writer(&self, threads: usize, memory_bytes: usize) -> Result<Writer, Error> {
        Writer::new(self, threads, memory_bytes)
    }

    pub(crate) fn snapshot(&self) -> Result<Snapshot, Error> {
        self.located(self.snapshot_if_any())?.ok_or_else(|| Error::Missing(self.location.clone()))
    }

    /// The state of the last commit; `None` before the first.
    fn snapshot_if_any(&self) -> Result<Option<Snapshot>> {
        let Some(commit) = self.last_commit()? else { return Ok(None) };
        let mut commit = commit;
        loop {
            let snapshot = Snapshot::new(self, commit)?;
            // Another process may have committed while the segments were opened.
            match self.last_commit()? {
                Some(now) if now != commit => commit = now,
                _ => return Ok(Some(snapshot)),
            }
        }
    }

    /// What the last commit is known by; `None` before the first.
    fn last_commit(&self) -> Result<Option<CommitId>> {
        let meta = self.tantivy.load_metas()?;
        let Some(payload) = &meta.payload else { return Ok(None) };
        let number = serde_json::from_str::<Payload>(payload).map_or(0, |it| it.commit);
        Ok(Some(CommitId { generation: meta.opstamp, number }))
    }

    /// The files whose content does not match their checksum, by name. tantivy itself never looks
    /// (`docs/ARCHITECTURE.md`).
    pub(crate) fn damaged_files(&self) -> Result<BTreeSet<PathBuf>, Error> {
        let damaged = self.located(self.tantivy.validate_checksum().map_err(Failure::from))?;
        Ok(damaged.into_iter().collect())
    }

    pub(crate) fn bytes(&self) -> io::Result<u64> {
        let mut bytes = 0;
        for entry in fs::read_dir(&self.location)? {
            let entry = entry?;
            if is_index_file(&entry.file_name().to_string_lossy()) {
                bytes += entry.metadata()?.len();
            }
        }
        Ok(bytes)
    }

    /// See [`IndexDirectory::not_written`].
    fn not_written(&self, error: TantivyError) -> Failure {
        self.directory.not_written(error)
    }

    /// Says of a failure where the index lies.
    #[inline]
    fn located<T>(&self, done: Result<T>) -> Result<T, Error> {
        done.map_err(|it| it.at(&self.location))
    }
}

/// Whether a file is not there, rather than not to be looked at.
fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Makes the folder readable for its owner only: it holds the text of the whole archive.
fn make_private_folder(location: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(location)
}

/// Whether the folder holds files beside an index and its `README.md`.
fn foreign_files(location: &Path) -> io::Result<bool> {
    let mut names = Vec::new();
    for entry in fs::read_dir(location)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    // The lock is made first of all: without it, a file that is named like a part of an index is
    // somebody's own. It is looked for last: another process may be making the index.
    let is_index = location.join(lock::NAME).is_file();
    let is_known = |name: &String| {
        is_index && is_index_file(name) || name.eq_ignore_ascii_case("readme.md") || name == ".gitignore"
    };
    Ok(!names.iter().all(is_known))
}

fn remove_index_files(location: &Path) -> io::Result<()> {
    for entry in fs::read_dir(location)? {
        let entry = entry?;
        let name = entry.file_name();
        if is_index_file(&name.to_string_lossy()) && name != lock::NAME {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Whether tantivy, the lock or what is kept beside the segments has files of that name:
/// `meta.json`, `.managed.json`, `0f…3a.idx`, `.tantivy-writer.lock`, `people.base`.
fn is_index_file(name: &str) -> bool {
    is_segment_file(name)
        || name.starts_with(directory::TEMPORARY)
        || name == lock::NAME
        || KeptFile::ALL.iter().any(|it| it.name() == name)
        || matches!(name, META | ".managed.json" | ".tantivy-writer.lock" | ".tantivy-meta.lock")
}

/// Whether tantivy calls files of segments so: `0f…3a.idx`, `0f…3a.1204.del`.
fn is_segment_file(name: &str) -> bool {
    const PARTS: [&str; 8] = ["idx", "pos", "term", "store", "temp", "fast", "fieldnorm", "del"];
    name.split_once('.').is_some_and(|(segment, rest)| {
        let part = rest.rsplit('.').next().unwrap_or_default();
        segment.len() == 32 && segment.bytes().all(|it| it.is_ascii_hexdigit()) && PARTS.contains(&part)
    })
}
