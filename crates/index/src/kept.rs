//! Files that others keep in the folder of an index, beside its segments.

/// Which commit of an index: no two commits have the same, whatever became of the index between
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommitId {
    /// A number that grows with every commit.
    pub generation: u64,
    /// A random number.
    pub number: u64,
}

/// A file that is kept beside the segments. It goes with the index when this is made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptFile {
    /// The people of the archive.
    PeopleBase,
    /// Those who changed since.
    PeopleChanges,
    /// Who watches the corpus.
    Watch,
}

impl KeptFile {
    /// All of them.
    pub const ALL: [KeptFile; 3] = [KeptFile::PeopleBase, KeptFile::PeopleChanges, KeptFile::Watch];

    /// The name in the index's folder.
    pub fn name(self) -> &'static str {
        match self {
            KeptFile::PeopleBase => "people.base",
            KeptFile::PeopleChanges => "people.changes",
            KeptFile::Watch => "watch.json",
        }
    }
}
