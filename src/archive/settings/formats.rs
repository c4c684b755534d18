//! The tables of `morgue.toml` that say how files are read: `[[read]]`, `[[layout]]`,
//! `[[convert]]`.

use std::{collections::BTreeMap, ops::RangeInclusive};

use globset::{GlobBuilder, GlobMatcher};
use morgue_core::nearest;
use serde::Deserialize;

use crate::{
    archive::convert::Converter,
    article::FieldName,
    read::{self, CustomLayout, ForcedFormat, LabelUse, LinePattern, Separator},
};

/// `[[read]]` as it is written.
#[derive(Deserialize)]
pub(super) struct ReadTable {
    files: String,
    #[serde(rename = "as")]
    format: String,
}

/// The keys of the three tables.
pub(super) const READ: &[&str] = &["files", "as"];
pub(super) const LAYOUT: &[&str] = &["files", "name", "separator", "labels"];
pub(super) const CONVERT: &[&str] = &["files", "command", "seconds", "output_mb"];

/// `[[layout]]` as it is written.
#[derive(Deserialize)]
pub(super) struct LayoutTable {
    files: String,
    name: String,
    separator: String,
    #[serde(default)]
    labels: BTreeMap<String, String>,
}

/// `[[convert]]` as it is written.
#[derive(Deserialize)]
pub(super) struct ConvertTable {
    files: String,
    command: Vec<String>,
    #[serde(default = "seconds")]
    seconds: u64,
    #[serde(default = "output_mb")]
    output_mb: usize,
}

/// A scanned page takes a program for reading it some seconds, a long document less.
fn seconds() -> u64 {
    60
}

/// As much as a file of plain text may have.
fn output_mb() -> usize {
    64
}

/// As in a shell, `*` stays within a folder and `**` crosses them; as in .gitignore, a pattern
/// without a slash is meant at any depth.
fn files(pattern: &str) -> Result<GlobMatcher, (&'static str, String)> {
    let deep = if pattern.contains('/') { pattern.to_owned() } else { format!("**/{pattern}") };
    let glob = GlobBuilder::new(&deep).literal_separator(true).build();
    glob.map(|it| it.compile_matcher()).map_err(|it| ("files", it.to_string()))
}

/// What `[[read]]` says; fails with the key that is wrong, as the other two do.
pub(super) fn forced(table: &ReadTable) -> Result<ForcedFormat, (&'static str, String)> {
    if read::format_named(&table.format).is_none() {
        let names = read::FORMATS.iter().map(|it| it.name).chain(["text"]);
        let meant = nearest(&table.format, names);
        let hint =
            meant.map_or("`morgue formats` lists them".to_owned(), |it| format!("did you mean `{it}`?"));
        return Err(("as", format!("no format is called `{}`; {hint}", table.format)));
    }
    Ok(ForcedFormat { files: files(&table.files)?, format: table.format.clone() })
}

/// What `[[layout]]` says.
pub(super) fn layout(table: &LayoutTable) -> Result<CustomLayout, (&'static str, String)> {
    let separator = match table.separator.as_str() {
        "new page" => Separator::NewPage,
        line => Separator::Line(LinePattern::new(line).ok_or_else(|| {
            (
                "separator",
                "`separator` fits every line; it is `new page`, or a line with `*` for what varies"
                    .to_owned(),
            )
        })?),
    };
    let label = |(label, field): (&String, &String)| {
        let what = match field.as_str() {
            "text" => LabelUse::Text,
            "skip" => LabelUse::Skip,
            name => LabelUse::Field(FieldName::from_name(name).ok_or_else(|| {
                let names = FieldName::ALL.iter().map(|it| it.name()).chain(["text", "skip"]);
                let hint = nearest(name, names).map(|it| format!("; did you mean `{it}`?"));
                ("labels", format!("`{label}`: no field is called `{name}`{}", hint.unwrap_or_default()))
            })?),
        };
        match label.trim() {
            "" => Err(("labels", "a label is empty".to_owned())),
            label => Ok((label.to_owned(), what)),
        }
    };
    let labels = table.labels.iter().map(label).collect::<Result<Vec<_>, _>>()?;
    Ok(CustomLayout { files: files(&table.files)?, name: table.name.clone(), separator, labels })
}

/// What `[[convert]]` says.
pub(super) fn converter(table: &ConvertTable) -> Result<Converter, (&'static str, String)> {
    let in_range = |key, value: u64, range: RangeInclusive<u64>| match range.contains(&value) {
        true => Ok(value),
        false => {
            Err((key, format!("`{key}` is {value}, and may be from {} to {}", range.start(), range.end())))
        }
    };
    if table.command.first().is_none_or(|it| it.trim().is_empty()) {
        return Err(("command", "`command` names no program".to_owned()));
    }
    let output_mb = in_range("output_mb", table.output_mb as u64, OUTPUT_MB)?;
    Ok(Converter {
        files: files(&table.files)?,
        command: table.command.clone(),
        seconds: in_range("seconds", table.seconds, SECONDS)?,
        output_bytes: (output_mb as usize) << 20,
    })
}

/// How long a command may run: up to a day.
const SECONDS: RangeInclusive<u64> = 1..=86_400;
/// How much it may print, which is held in memory.
const OUTPUT_MB: RangeInclusive<u64> = 1..=1024;
