//! Files × manifest → what to do: pure, so that it can be read and tested without a disk.

use std::{collections::BTreeMap, path::PathBuf};

use crate::{index::FileRecord, walk};

/// A file of the corpus as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Present {
    /// Its path in the archive, the key of its record.
    pub path: String,
    /// The path below the folder that was walked, which templates and mappings fit.
    pub name: String,
    /// Where to open it, and its size and time.
    pub file: walk::File,
    /// A digest of what else decides about its articles.
    pub context: String,
    /// Its sidecars, nearest first.
    pub sidecars: Vec<PathBuf>,
}

/// What to do with the files of the corpus.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// To read, with what the manifest knew of each.
    pub read: Vec<(Present, Option<FileRecord>)>,
    /// To forget.
    pub remove: Vec<FileRecord>,
    /// To write down: what could not be listed, where the manifest does not know it yet.
    pub unlisted: Vec<FileRecord>,
    /// To leave as they are.
    pub keep: Vec<FileRecord>,
}

/// Which part of the archive was looked at, to tell a vanished file from one that nobody looked
/// for.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// Paths in the archive of the folders and files that were walked.
    pub walked: Vec<String>,
    /// Paths in the archive at and below which nothing could be listed, with the reason.
    pub unlisted: BTreeMap<String, String>,
}

impl Scope {
    fn covers(&self, path: &str) -> bool {
        let below = |root: &str| root.is_empty() || path == root || path.starts_with(&format!("{root}/"));
        self.walked.iter().any(|it| below(it)) && !self.unlisted.keys().any(|it| below(it))
    }
}

impl Plan {
    /// Whether the index can stay as it is, removals aside.
    pub(super) fn changes_nothing(&self) -> bool {
        self.read.is_empty() && self.unlisted.is_empty()
    }
}

/// Compares the files that are there with the manifest.
///
/// A file is read when it is new, when its size, time or context differ, or when it could not be
/// read last time.
pub(super) fn plan(present: Vec<Present>, manifest: Vec<FileRecord>, scope: &Scope) -> Plan {
    let mut known: BTreeMap<String, FileRecord> =
        manifest.into_iter().map(|it| (it.path.clone(), it)).collect();
    let mut plan = Plan::default();
    for file in present {
        match known.remove(&file.path) {
            Some(record) if is_current(&record, &file) => plan.keep.push(record),
            record => plan.read.push((file, record)),
        }
    }
    for (path, reason) in &scope.unlisted {
        let record = FileRecord { problems: vec![reason.clone()], ..FileRecord::unread(path, 0, 0, "") };
        if known.get(path).is_none_or(|it| *it != record) {
            known.remove(path);
            plan.unlisted.push(record);
        }
    }
    let (gone, elsewhere) = known.into_values().partition(|it| scope.covers(&it.path));
    plan.remove = gone;
    plan.keep.extend::<Vec<_>>(elsewhere);
    plan
}

fn is_current(record: &FileRecord, file: &Present) -> bool {
    let stat = walk::Stat { bytes: record.bytes, modified: record.modified };
    stat == file.file.stat && record.context == file.context && !record.unread
}

#[cfg(test)]
mod tests {
    use super::*;

    fn present(path: &str, modified: i64, context: &str) -> Present {
        let stat = walk::Stat { bytes: 10, modified };
        let file = walk::File { path: PathBuf::from(path), name: path.to_owned(), stat };
        Present {
            path: path.to_owned(),
            name: path.to_owned(),
            file,
            context: context.to_owned(),
            sidecars: vec![],
        }
    }

    fn record(path: &str, modified: i64, unread: bool) -> FileRecord {
        FileRecord { content: "h".to_owned(), unread, ..FileRecord::unread(path, 10, modified, "c") }
    }

    #[test]
    fn only_what_changed_is_read() {
        let files = vec![
            present("corpus/new.txt", 1, "c"),
            present("corpus/same.txt", 1, "c"),
            present("corpus/edited.txt", 2, "c"),
            present("corpus/other-settings.txt", 1, "d"),
            present("corpus/unreadable.txt", 1, "c"),
        ];
        let manifest = vec![
            record("corpus/same.txt", 1, false),
            record("corpus/edited.txt", 1, false),
            record("corpus/other-settings.txt", 1, false),
            record("corpus/unreadable.txt", 1, true),
            record("corpus/gone.txt", 1, false),
            record("corpus/locked/inside.txt", 1, false),
            record("elsewhere/a.txt", 1, false),
        ];
        let scope = Scope {
            walked: vec!["corpus".to_owned()],
            unlisted: BTreeMap::from([("corpus/locked".to_owned(), "Permission denied".to_owned())]),
        };
        let plan = plan(files, manifest, &scope);
        let read: Vec<_> = plan.read.iter().map(|it| it.0.path.as_str()).collect();
        assert_eq!(
            read,
            ["corpus/new.txt", "corpus/edited.txt", "corpus/other-settings.txt", "corpus/unreadable.txt"]
        );
        let names = |records: &[FileRecord]| records.iter().map(|it| it.path.clone()).collect::<Vec<_>>();
        assert_eq!(names(&plan.remove), ["corpus/gone.txt"]);
        assert_eq!(names(&plan.unlisted), ["corpus/locked"]);
        assert_eq!(names(&plan.keep), ["corpus/same.txt", "corpus/locked/inside.txt", "elsewhere/a.txt"]);
    }
}
