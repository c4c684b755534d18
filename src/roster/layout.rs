//! How the content of a layer is laid out: sections, and entries of one size that can be searched
//! without reading them all.

use serde::{Deserialize, Serialize};

use crate::index::CommitId;

/// The parts of a layer's content.
#[derive(Clone, Copy)]
pub(super) enum Section {
    /// Rows of people.
    PersonRows,
    /// An entry for each person, those of a group side by side.
    People,
    /// Rows of pairs.
    PairRows,
    /// An entry for each pair, those of a group side by side.
    Pairs,
    /// Rows of groups.
    GroupRows,
    /// An entry for each group.
    Groups,
    /// The words of names, one behind the other.
    WordTexts,
    /// An entry for each word, in order.
    Words,
    /// The people that have each word: numbers of four bytes.
    WordPeople,
    /// Key of a written name → person, in the order of keys, as all that follow.
    Names,
    /// Key of a block → group.
    Blocks,
    /// Key of a form → group.
    Forms,
    /// Key of the form that a name has in the other order → group.
    Turned,
}

/// How many sections there are.
pub(super) const N_SECTIONS: usize = Section::Turned as usize + 1;

/// The sizes of entries.
pub(super) const PERSON_BYTES: usize = 32;
pub(super) const PAIR_BYTES: usize = 40;
pub(super) const GROUP_BYTES: usize = 28;
pub(super) const WORD_BYTES: usize = 16;
pub(super) const KEY_BYTES: usize = 12;

/// In an entry of [`Section::Names`]: the name is that of the person in some articles only.
pub(super) const PARTIAL: u32 = 1 << 31;

/// Said in the entry of a person: see [`super::Summary::own_name`].
pub(super) const OWN_NAME: u8 = 1;

/// What stands for no day.
pub(super) const NO_DAY: i32 = i32::MIN;

/// What a layer was made of, and where its sections lie.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Header {
    /// A random number, to tell which base changes belong to.
    pub id: u64,
    /// The base that these are changes of; `None` for a base.
    pub base: Option<u64>,
    /// Generation and number of the commit.
    pub commit: (u64, u64),
    /// The digest of the corrections.
    pub corrections: [u8; 32],
    /// The keys of the blocks that the corrections speak of.
    pub corrected: Vec<u64>,
    /// The groups of the base that are not there any more.
    pub replaced: Vec<u32>,
    /// Where each section begins and ends.
    pub sections: Vec<(u64, u64)>,
}

impl Header {
    pub(super) fn is_of(&self, commit: CommitId) -> bool {
        self.commit == (commit.generation, commit.number)
    }
}
