//! Receipts: what produced an export, so that it can be run again and compared.
//!
//! The types here are the shape of the file (`docs/exports.md`). `request` is what was asked,
//! `hits` what an export holds, `replay` runs a receipt again.

mod hits;
mod replay;
mod request;

use anyhow::Result;
use jiff::Timestamp;
use morgue_core::system::stop;
use serde::{Deserialize, Serialize};

use super::{Archive, Dossier, ListName};

pub use hits::{HitRow, hit_of_search, hits_of_dossier, hits_of_quotes, hits_of_search};
pub use replay::{Change, Replayed};
pub use request::RequestRow;

/// The version of the shape below.
const VERSION: u32 = 1;

/// What produced an export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "web", derive(schemars::JsonSchema))]
pub struct Receipt {
    /// The version of this shape.
    pub receipt: u32,
    /// What it is called for short: a digest of all of it but `made`, so that the same question to
    /// the same state has the same wherever it is asked.
    #[serde(default)]
    pub id: String,
    /// The program, with its version.
    pub program: String,
    /// When, in UTC.
    pub made: String,
    /// What was asked for.
    pub request: RequestRow,
    /// What the archive was.
    pub archive: StateRow,
    /// What the export holds, in its order.
    pub hits: Vec<HitRow>,
}

/// What an archive was when something was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "web", derive(schemars::JsonSchema))]
pub struct StateRow {
    /// How many articles it had.
    pub articles: usize,
    /// How many passages.
    pub passages: usize,
    /// How many quotes.
    pub quotes: usize,
    /// How many files.
    pub files: usize,
    /// A number that grows with every commit of the index, and begins anew with a rebuild.
    pub generation: u64,
    /// A digest of the paths and contents of all files: the same for the same corpus, rebuilt or
    /// not.
    pub digest: String,
    /// The file that was changed last.
    pub newest_file: Option<FileRow>,
}

/// A file of the corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "web", derive(schemars::JsonSchema))]
pub struct FileRow {
    /// Its path in the archive.
    pub path: String,
    /// When it was changed, in UTC.
    pub modified: String,
}

impl Receipt {
    /// The id that its content has: `r:` and 16 hexadecimal digits.
    pub(super) fn content_id(&self) -> String {
        let content = Receipt { id: String::new(), made: String::new(), ..self.clone() };
        let mut digest = blake3::Hasher::new();
        let written = serde_json::to_writer(&mut digest, &content);
        debug_assert!(written.is_ok(), "a digest takes all that is written");
        format!("r:{}", &digest.finalize().to_hex()[..16])
    }
}

impl Archive {
    /// The receipt of a request that gave these hits.
    pub fn receipt(&self, mut request: RequestRow, hits: Vec<HitRow>, made: Timestamp) -> Result<Receipt> {
        request.read_as = request.reading();
        let receipt = Receipt {
            receipt: VERSION,
            id: String::new(),
            program: format!("morgue {}", env!("CARGO_PKG_VERSION")),
            made: made.round(jiff::Unit::Second).unwrap_or(made).to_string(),
            request,
            archive: self.state()?,
            hits,
        };
        Ok(Receipt { id: receipt.content_id(), ..receipt })
    }

    /// What the archive is now, or in the state that is held, which is asked once.
    pub fn state(&self) -> Result<StateRow> {
        let Some(held) = &self.held else { return self.read_state() };
        if let Some(known) = held.state.get() {
            return Ok(known.clone());
        }
        let state = stop::to_the_end(|| self.read_state())?;
        Ok(held.state.get_or_init(|| state).clone())
    }

    fn read_state(&self) -> Result<StateRow> {
        let snapshot = self.snapshot()?;
        let counts = snapshot.counts()?;
        let mut files = snapshot.files()?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut digest = blake3::Hasher::new();
        for file in &files {
            digest.update(file.path.as_bytes()).update(b"\n").update(file.content.as_bytes()).update(b"\n");
        }
        let newest = files.iter().max_by_key(|it| it.modified).map(|it| FileRow {
            path: it.path.clone(),
            modified: Timestamp::from_nanosecond(it.modified.into()).unwrap_or_default().to_string(),
        });
        Ok(StateRow {
            articles: counts.articles,
            passages: counts.passages,
            quotes: counts.quotes,
            files: counts.files,
            generation: snapshot.commit_id().generation,
            digest: digest.finalize().to_hex()[..16].to_owned(),
            newest_file: newest,
        })
    }
}
