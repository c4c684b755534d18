//! The table in the folder of an index: opened, made anew where it is stale, and written.

use std::collections::BTreeSet;

use crate::{
    article::SpeakerKind,
    attribute::people::Corrections,
    index::{CommitId, Error, Kept, KeptFile, Snapshot},
};

use super::{
    layer::Layer,
    pages,
    table::Table,
    update::{Failure, File, Source},
};

/// The text of a `people.toml`, read.
pub struct Decisions {
    corrections: Corrections,
    digest: [u8; 32],
}

/// The names of articles that an ingest added or removed since a commit.
pub struct Touched {
    /// The commit.
    pub since: CommitId,
    /// Who is quoted in them, as written.
    pub names: BTreeSet<(String, SpeakerKind)>,
}

impl Decisions {
    /// Reads the text of a `people.toml`.
    pub fn parse(text: &str) -> Result<Decisions, crate::attribute::people::CorrectionsError> {
        let digest = *blake3::hash(text.as_bytes()).as_bytes();
        Ok(Decisions { corrections: Corrections::parse(text)?, digest })
    }

    fn source(&self, commit: CommitId) -> Source<'_> {
        Source { commit, corrections: &self.corrections, digest: self.digest }
    }
}

/// The people at the commit of a snapshot. They are read from the index's folder; where there is no
/// table, or one of another state, they are worked out, and written if that is allowed.
pub fn open(snapshot: &Snapshot, decisions: &Decisions) -> Result<Table, Error> {
    let old = kept(snapshot)?.filter(|it| it.newest().header.is_of(snapshot.commit_id()));
    match old {
        Some(table) if table.newest().header.corrections == decisions.digest => Ok(table),
        Some(table) => changed(snapshot, decisions, &table, &BTreeSet::new()),
        None => anew(snapshot, decisions),
    }
}

/// The people at the commit of a snapshot, whatever is kept: for a table that is damaged.
pub fn anew(snapshot: &Snapshot, decisions: &Decisions) -> Result<Table, Error> {
    based(snapshot, decisions.source(snapshot.commit_id()).anew(snapshot.spoken()?))
}

/// Keeps a table of everybody, and opens it.
fn based(snapshot: &Snapshot, bytes: Vec<u8>) -> Result<Table, Error> {
    // A reader that may not write has computed in memory.
    let written = snapshot.keep(KeptFile::PeopleBase, &bytes);
    let _ = written.and_then(|()| snapshot.remove_kept(KeptFile::PeopleChanges));
    opened(bytes.into(), None)
}

/// Brings the table up to date after an ingest. Without `touched`, all people are worked out anew.
pub fn refresh(snapshot: &Snapshot, decisions: &Decisions, touched: Option<Touched>) -> Result<(), Error> {
    if let Some(Touched { since, names }) = touched
        && let Some(old) = kept(snapshot)?.filter(|it| it.newest().header.is_of(since))
    {
        return changed(snapshot, decisions, &old, &names).map(drop);
    }
    anew(snapshot, decisions).map(drop)
}

/// Which of the files that are kept are not as they were written. Answers do not suffer from it:
/// such a file is written anew by the next who asks for people.
pub fn damaged_files(snapshot: &Snapshot) -> Result<Vec<KeptFile>, Error> {
    let mut damaged = Vec::new();
    for file in [KeptFile::PeopleBase, KeptFile::PeopleChanges] {
        let whole = |bytes: Kept| {
            pages::is_of_other_version(&bytes) || Layer::open(bytes).and_then(|it| it.verify()).is_ok()
        };
        if !snapshot.kept(file)?.is_none_or(whole) {
            damaged.push(file);
        }
    }
    Ok(damaged)
}

fn changed(
    snapshot: &Snapshot,
    decisions: &Decisions,
    old: &Table,
    touched: &BTreeSet<(String, SpeakerKind)>,
) -> Result<Table, Error> {
    let source = decisions.source(snapshot.commit_id());
    let file = match source.changed(old, touched, |names| snapshot.spoken_of(names)) {
        Ok(file) => file,
        Err(Failure::Anew) => return anew(snapshot, decisions),
        Err(Failure::Index(error)) => return Err(error),
    };
    match file {
        File::Changes(bytes) => {
            // Another process may have put another base there meanwhile.
            let base = snapshot.kept(KeptFile::PeopleBase)?.unwrap_or_else(|| Vec::new().into());
            let _ = snapshot.keep(KeptFile::PeopleChanges, &bytes);
            let table = Table::open(base, Some(bytes.into()));
            match table.ok().filter(|it| it.newest().header.is_of(snapshot.commit_id())) {
                Some(table) => Ok(table),
                None => anew(snapshot, decisions),
            }
        }
        File::Base(bytes) => based(snapshot, bytes),
    }
}

fn kept(snapshot: &Snapshot) -> Result<Option<Table>, Error> {
    let Some(base) = snapshot.kept(KeptFile::PeopleBase)? else { return Ok(None) };
    Ok(Table::open(base, snapshot.kept(KeptFile::PeopleChanges)?).ok())
}

fn opened(base: Kept, changes: Option<Kept>) -> Result<Table, Error> {
    Ok(Table::open(base, changes).expect("bytes that were made just now can be read"))
}
