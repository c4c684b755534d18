//! `morgue.toml`: what the user decides about an archive.

use std::{collections::BTreeMap, ops::RangeInclusive};

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;

use crate::{
    article::{Field, FieldName, Trust},
    extract::template::Template,
    read::{JsonMapping, ReadRules},
};

/// The settings of an archive, checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Folders of articles, relative to the archive's folder.
    pub corpus: Vec<String>,
    /// Where the index lies, relative to the archive's folder.
    pub index: String,
    /// Names to skip.
    pub ignore: GlobSet,
    /// How much memory what is indexed may take before it is written out, in bytes.
    pub memory_bytes: usize,
    /// How paths give metadata; the first that fits is used.
    pub templates: Vec<Template>,
    /// Values for articles that give none themselves.
    pub defaults: Vec<Field>,
    /// What hosts and short names are called.
    pub sources: BTreeMap<String, String>,
    /// How files are read.
    pub read: ReadRules,
    /// A digest of everything here that decides what an article looks like.
    pub digest: String,
}

/// The text is no good `morgue.toml`; says where.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Error(String);

/// `morgue.toml` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SettingsFile {
    corpus: Vec<String>,
    index: String,
    ignore: Vec<String>,
    memory_mb: usize,
    records_max: usize,
    passages_max: usize,
    template: Vec<TemplateTable>,
    defaults: BTreeMap<String, String>,
    sources: BTreeMap<String, String>,
    json: Vec<JsonTable>,
}

#[derive(Deserialize)]
struct TemplateTable {
    path: String,
    #[serde(flatten)]
    constants: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct JsonTable {
    path: String,
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

impl Default for SettingsFile {
    fn default() -> SettingsFile {
        SettingsFile {
            corpus: vec!["corpus".to_owned()],
            index: "index".to_owned(),
            ignore: Vec::new(),
            memory_mb: 256,
            records_max: ReadRules::default().records_max,
            passages_max: ReadRules::default().passages_max,
            template: Vec::new(),
            defaults: BTreeMap::new(),
            sources: BTreeMap::new(),
            json: Vec::new(),
        }
    }
}

/// The text that `morgue init` writes: every setting with what it does, at its default.
pub const COMMENTED: &str = include_str!("morgue.toml");

impl Settings {
    /// Reads the text of a `morgue.toml`; an empty one gives the defaults.
    pub fn parse(text: &str) -> Result<Settings, Error> {
        let file: SettingsFile =
            toml::from_str(text).map_err(|it| Error(it.to_string().trim_end().to_owned()))?;
        let templates = file.template.into_iter().map(template).collect::<Result<Vec<_>, _>>()?;
        let defaults = file.defaults.iter().map(|(name, value)| default(name, value));
        let defaults = defaults.collect::<Result<Vec<_>, _>>()?;
        let mappings = file.json.into_iter().map(|it| json_mapping(&it)).collect::<Result<Vec<_>, _>>()?;
        let memory_mb = in_range("memory_mb", file.memory_mb, MEMORY_MB)?;
        let records_max = in_range("records_max", file.records_max, RECORDS_MAX)?;
        let passages_max = in_range("passages_max", file.passages_max, PASSAGES_MAX)?;
        let mut digest = blake3::Hasher::new();
        for part in [
            format!("{templates:?}"),
            format!("{defaults:?}"),
            format!("{:?}", file.sources),
            format!("{mappings:?}"),
            format!("{records_max} {passages_max}"),
        ] {
            digest.update(part.as_bytes()).update(b"\n");
        }
        Ok(Settings {
            corpus: file.corpus,
            index: file.index,
            ignore: globs(&file.ignore)?,
            memory_bytes: memory_mb * 1_000_000,
            templates,
            defaults,
            sources: file.sources,
            read: ReadRules { records_max, passages_max, json: mappings, ..ReadRules::default() },
            digest: digest.finalize().to_hex()[..16].to_owned(),
        })
    }
}

/// What `memory_mb` may be: tantivy asks for 15 MB at least.
const MEMORY_MB: RangeInclusive<usize> = 15..=65_536;
/// What `records_max` may be: articles of an index are numbered with 32 bits.
const RECORDS_MAX: RangeInclusive<usize> = 1..=1_000_000_000;
/// What `passages_max` may be: an article is written to the index as a whole, some kilobytes of
/// memory for each passage.
const PASSAGES_MAX: RangeInclusive<usize> = 1..=10_000_000;

fn in_range(key: &str, value: usize, range: RangeInclusive<usize>) -> Result<usize, Error> {
    if range.contains(&value) {
        return Ok(value);
    }
    Err(Error(format!("`{key}` is {value}, and may be from {} to {}", range.start(), range.end())))
}

fn globs(patterns: &[String]) -> Result<GlobSet, Error> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = Glob::new(pattern).map_err(|it| Error(format!("ignore: {it}")))?;
        set.add(glob);
        // As in .gitignore, a name without a slash is meant at any depth.
        if !pattern.contains('/') {
            set.add(Glob::new(&format!("**/{pattern}")).map_err(|it| Error(format!("ignore: {it}")))?);
        }
    }
    set.build().map_err(|it| Error(format!("ignore: {it}")))
}

fn template(table: TemplateTable) -> Result<Template, Error> {
    let mut constants = Vec::new();
    for (name, value) in table.constants {
        constants.push((field_name(&name, "[[template]]")?, value));
    }
    Template::new(&table.path, constants).map_err(|it| Error(format!("[[template]]: {it}")))
}

fn default(name: &str, value: &str) -> Result<Field, Error> {
    let name = field_name(name, "[defaults]")?;
    Ok(Field::new(name, value, Trust::Default, "default", "morgue.toml"))
}

fn json_mapping(table: &JsonTable) -> Result<JsonMapping, Error> {
    // As in a shell, `*` stays within a folder; `**` crosses them.
    let glob = GlobBuilder::new(&table.path).literal_separator(true).build();
    let glob = glob.map_err(|it| Error(format!("[[json]]: {it}")))?;
    let mut mapping = JsonMapping { path: Some(glob.compile_matcher()), ..JsonMapping::default() };
    for (name, path) in &table.fields {
        if name == "text" {
            mapping.text = Some(path.clone());
        } else {
            mapping.fields.push((field_name(name, "[[json]]")?, path.clone()));
        }
    }
    Ok(mapping)
}

fn field_name(name: &str, table: &str) -> Result<FieldName, Error> {
    let known = FieldName::ALL.map(FieldName::name).join(", ");
    FieldName::from_name(name)
        .ok_or_else(|| Error(format!("{table}: `{name}` is no field; there are {known}")))
}
