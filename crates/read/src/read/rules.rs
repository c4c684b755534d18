//! Limits and settings of reading.

use globset::GlobMatcher;
use morgue_core::article::FieldName;

/// Limits and settings of reading, the same for every file of an archive.
#[derive(Clone, Debug)]
pub struct ReadRules {
    /// How many bytes a file has at most, decompressed, if its format is held whole.
    pub file_bytes_max: usize,
    /// How many bytes a record of a streamed format, or a line of plain text, has at most.
    pub record_bytes_max: usize,
    /// How many bytes a compressed file may unpack to, also when it is streamed.
    pub unpacked_bytes_max: u64,
    /// So many records of one file are read; what follows them is one problem.
    pub records_max: usize,
    /// So many paragraphs of one document are read; the others are a problem.
    pub passages_max: usize,
    /// The user's own names for the fields of JSON records; the first whose path matches is used.
    pub json: Vec<JsonMapping>,
    /// Files whose format the user names; the first that fits is used.
    pub forced: Vec<ForcedFormat>,
    /// Layouts of exports that the user describes; the first whose files fit is used.
    pub layouts: Vec<CustomLayout>,
}

impl ReadRules {
    /// The user's layout for the file of that name.
    pub(super) fn layout(&self, name: &str) -> Option<&CustomLayout> {
        self.layouts.iter().find(|it| it.files.is_match(name))
    }

    /// What of the user's formats and layouts decides about the file of that name, for a digest.
    pub fn digested(&self, name: &str) -> String {
        let forced = self.forced.iter().find(|it| it.files.is_match(name)).map(|it| &it.format);
        let layout = self.layout(name).map(|it| (&it.name, &it.separator, &it.labels));
        match (forced, layout) {
            (None, None) => String::new(),
            decided => format!("{decided:?}"),
        }
    }
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
            forced: Vec::new(),
            layouts: Vec::new(),
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

/// Files that are read as one format whatever they hold; `[[read]]` of `morgue.toml`.
#[derive(Clone, Debug)]
pub struct ForcedFormat {
    /// The files, by their paths.
    pub files: GlobMatcher,
    /// A name that [`super::format_named`] knows.
    pub format: String,
}

/// How a service exports its articles, one after the other; `[[layout]]` of `morgue.toml`.
#[derive(Clone, Debug)]
pub struct CustomLayout {
    /// The files, by their paths.
    pub files: GlobMatcher,
    /// What it is called.
    pub name: String,
    /// What stands between two articles.
    pub separator: Separator,
    /// Labels as they stand at the start of a line, and what is done with their values.
    pub labels: Vec<(String, LabelUse)>,
}

/// What stands between two articles of an export.
#[derive(Clone, Debug, PartialEq)]
pub enum Separator {
    /// The end of a page.
    NewPage,
    /// A line.
    Line(LinePattern),
}

/// What is done with the value of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelUse {
    /// It is the value of a field.
    Field(FieldName),
    /// It begins the text.
    Text,
    /// It is passed over.
    Skip,
}

/// A line by its text, in which `*` stands for anything: `Document * of *`.
#[derive(Clone, Debug, PartialEq)]
pub struct LinePattern {
    /// The text between the stars.
    parts: Vec<String>,
}

impl LinePattern {
    /// The pattern as written; `None` when it fits every line.
    pub fn new(pattern: &str) -> Option<LinePattern> {
        let parts: Vec<String> = pattern.trim().split('*').map(str::to_owned).collect();
        parts.iter().any(|it| !it.trim().is_empty()).then_some(LinePattern { parts })
    }

    /// Whether a line, without the white space around it, is of the pattern.
    pub(super) fn fits(&self, line: &str) -> bool {
        let [first, middle @ .., last] = &self.parts[..] else {
            return self.parts.first().is_some_and(|it| it == line);
        };
        let within = line.strip_prefix(first.as_str()).and_then(|it| it.strip_suffix(last.as_str()));
        let Some(mut rest) = within else { return false };
        for part in middle {
            let Some(at) = rest.find(part.as_str()) else { return false };
            rest = &rest[at + part.len()..];
        }
        true
    }
}

impl CustomLayout {
    /// The label that a line begins with, and the value beside it. Of labels that begin alike the
    /// longest counts.
    pub(super) fn label<'a>(&'a self, line: &'a str) -> Option<(&'a str, LabelUse, &'a str)> {
        let fits = |(label, use_): &'a (String, LabelUse)| {
            let rest = line.strip_prefix(label.as_str())?;
            let apart = label.ends_with(':')
                || rest.is_empty()
                || rest.starts_with([':', '\t'])
                || rest.starts_with("  ");
            let value = if label.ends_with(':') { rest } else { rest.strip_prefix(':').unwrap_or(rest) };
            apart.then_some((label.as_str(), *use_, value.trim()))
        };
        self.labels.iter().filter_map(fits).max_by_key(|it| it.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::LinePattern;

    #[test]
    fn a_pattern_fits_lines() {
        for (pattern, line, expected) in [
            ("-----", "-----", true),
            ("-----", "------", false),
            ("Document * of *", "Document 3 of 30", true),
            ("Document * of *", "Document 3", false),
            ("Document * of * end", "Document 3 of 30", false),
            ("* of *", "3 of 30", true),
            ("ab*ba", "aba", false),
            ("a*b*b", "ab", false),
            ("**end", "the end", true),
        ] {
            assert_eq!(
                LinePattern::new(pattern).map(|it| it.fits(line)),
                Some(expected),
                "{pattern}: {line}"
            );
        }
        assert_eq!(LinePattern::new(" * "), None);
    }
}
