//! Limits and settings of reading.

use globset::GlobMatcher;
use morgue_core::article::FieldName;

/// Limits and settings of reading, the same for every file of an archive.
#[derive(Clone, Debug)]
pub struct ReadRules {
    /// A file of a format that is held whole may have so many bytes, decompressed.
    pub file_bytes_max: usize,
    /// A record of a streamed format, or a line of plain text, may have so many bytes.
    pub record_bytes_max: usize,
    /// A compressed file may unpack to so many bytes, also when it is streamed.
    pub unpacked_bytes_max: u64,
    /// So many records of one file are read; what follows them is one problem.
    pub records_max: usize,
    /// So many paragraphs of one document are read; the others are a problem.
    pub passages_max: usize,
    /// The user's own names for the fields of JSON records; the first whose path matches is used.
    pub json: Vec<JsonMapping>,
}

impl Default for ReadRules {
    fn default() -> ReadRules {
        ReadRules {
            file_bytes_max: 64 << 20,
            record_bytes_max: 16 << 20,
            unpacked_bytes_max: 16 << 30,
            records_max: RECORDS_MAX,
            passages_max: PASSAGES_MAX,
            json: Vec::new(),
        }
    }
}

/// Exports of news have one to three million records; 20 KB of gzip can hold as many.
const RECORDS_MAX: usize = 5_000_000;
/// A day of the Congressional Record has some ten thousand paragraphs, a long book as many.
const PASSAGES_MAX: usize = 100_000;

/// Where the records of some JSON files keep what an article has; `[[json]]` of `morgue.toml`.
///
/// What it does not name is still looked up under the names that are known by default.
#[derive(Clone, Debug, Default)]
pub struct JsonMapping {
    /// Over the file's path; `None` for all files.
    pub path: Option<GlobMatcher>,
    /// Dotted paths of fields, `meta.published.0`; a part that is all digits may index an array.
    pub fields: Vec<(FieldName, String)>,
    /// Dotted path of the text.
    pub text: Option<String>,
}
