//! `morgue.toml`: what the user decides about an archive.

mod formats;

use std::{collections::BTreeMap, ops::RangeInclusive};

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use morgue_core::{Written, Wrong, nearest};
use serde::Deserialize;

use crate::{
    article::{Field, FieldName, Trust},
    extract::{self, template::Template},
    read::{JsonMapping, ReadRules},
};

use super::{SETTINGS_NAME, convert::Converter};
use formats::{CONVERT, ConvertTable, LAYOUT, LayoutTable, READ, ReadTable};

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
    /// Commands that turn files into text; the first whose files fit is used.
    pub converters: Vec<Converter>,
    /// A digest of everything here that decides what an article looks like.
    pub digest: String,
}

/// `morgue.toml` as it is written.
#[derive(Deserialize)]
#[serde(default)]
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
    read: Vec<ReadTable>,
    layout: Vec<LayoutTable>,
    convert: Vec<ConvertTable>,
}

/// Its keys.
const SETTINGS: &[&str] = &[
    "corpus",
    "index",
    "ignore",
    "memory_mb",
    "records_max",
    "passages_max",
    "template",
    "defaults",
    "sources",
    "json",
    "read",
    "layout",
    "convert",
];

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
            read: Vec::new(),
            layout: Vec::new(),
            convert: Vec::new(),
        }
    }
}

/// The text that `morgue init` writes: every setting with what it does, at its default.
pub const COMMENTED: &str = include_str!("morgue.toml");

impl Settings {
    /// Reads the text of a `morgue.toml`; an empty one gives the defaults.
    pub fn parse(text: &str) -> Result<Settings, Wrong> {
        let written = Written::parse(text)?;
        check_keys(&written)?;
        let file: SettingsFile = written.read()?;
        let each = |list: &'static str| move |n: usize| [list.to_owned(), n.to_string()];
        let at =
            |path: [String; 2], key: &str, reason: String| written.wrong(&[&path[0], &path[1], key], reason);
        for (name, value) in &file.defaults {
            check_value(name, value).map_err(|it| written.wrong(&["defaults", name], it))?;
        }
        for (n, table) in file.template.iter().enumerate() {
            for (name, value) in &table.constants {
                let path = ["template", &n.to_string(), name];
                check_value(name, value).map_err(|it| written.wrong(&path, it))?;
            }
        }
        let templates = (0..).map(each("template")).zip(file.template).map(|(path, table)| {
            template(table).map_err(|it| at(path, "path", format!("[[template]]: {it}")))
        });
        let templates = templates.collect::<Result<Vec<_>, _>>()?;
        let mappings = (0..).map(each("json")).zip(&file.json).map(|(path, table)| {
            json_mapping(table).map_err(|it| at(path, "path", format!("[[json]]: {it}")))
        });
        let mappings = mappings.collect::<Result<Vec<_>, _>>()?;
        let forced = tables(&written, "read", &file.read, formats::forced)?;
        let layouts = tables(&written, "layout", &file.layout, formats::layout)?;
        let converters = tables(&written, "convert", &file.convert, formats::converter)?;
        let defaults: Vec<Field> =
            file.defaults.iter().filter_map(|(name, value)| default(name, value)).collect();
        let in_range = |key: &str, value: usize, range: RangeInclusive<usize>| match range.contains(&value) {
            true => Ok(value),
            false => Err(written.wrong(
                &[key],
                format!("`{key}` is {value}, and may be from {} to {}", range.start(), range.end()),
            )),
        };
        let memory_mb = in_range("memory_mb", file.memory_mb, MEMORY_MB)?;
        let records_max = in_range("records_max", file.records_max, RECORDS_MAX)?;
        let passages_max = in_range("passages_max", file.passages_max, PASSAGES_MAX)?;
        let ignore = globs(&file.ignore)
            .map_err(|(n, it)| written.wrong(&["ignore", &n.to_string()], format!("`ignore`: {it}")))?;
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
            ignore,
            memory_bytes: memory_mb * 1_000_000,
            templates,
            defaults,
            sources: file.sources,
            read: ReadRules {
                records_max,
                passages_max,
                json: mappings,
                forced,
                layouts,
                ..ReadRules::default()
            },
            converters,
            digest: digest.finalize().to_hex()[..16].to_owned(),
        })
    }
}

impl Settings {
    /// The command for the file of that name.
    pub(super) fn converter(&self, name: &str) -> Option<&Converter> {
        self.converters.iter().find(|it| it.files.is_match(name))
    }

    /// A digest of what these settings say of the one file of that name.
    pub(super) fn digest_of(&self, name: &str) -> String {
        let converter = self.converter(name).map(Converter::digested).unwrap_or_default();
        format!("{} {} {converter}", self.digest, self.read.digested(name))
    }
}

/// What `memory_mb` may be: tantivy asks for 15 MB at least.
const MEMORY_MB: RangeInclusive<usize> = 15..=65_536;
/// What `records_max` may be: articles of an index are numbered with 32 bits.
const RECORDS_MAX: RangeInclusive<usize> = 1..=1_000_000_000;
/// What `passages_max` may be: an article is written to the index as a whole, some kilobytes of
/// memory for each passage.
const PASSAGES_MAX: RangeInclusive<usize> = 1..=10_000_000;

/// Fails at the first key that means nothing, with the one that was probably meant.
fn check_keys(written: &Written<'_>) -> Result<(), Wrong> {
    written.expect_keys(&[], "setting", SETTINGS)?;
    let n_templates = written.len(&["template"]);
    let n_mappings = written.len(&["json"]);
    check_fields(written, &["defaults"], &[])?;
    for n in 0..n_templates {
        check_fields(written, &["template", &n.to_string()], &["path"])?;
    }
    for n in 0..n_mappings {
        check_fields(written, &["json", &n.to_string()], &["path", "text"])?;
    }
    for (table, keys) in [("read", READ), ("layout", LAYOUT), ("convert", CONVERT)] {
        for n in 0..written.len(&[table]) {
            written.expect_keys(&[table, &n.to_string()], &format!("key of [[{table}]]"), keys)?;
        }
    }
    Ok(())
}

/// The same of a table whose keys are fields and `others`.
fn check_fields(written: &Written<'_>, path: &[&str], others: &[&str]) -> Result<(), Wrong> {
    let is_known = |it: &&str| others.contains(it) || FieldName::from_name(it).is_some();
    let Some(key) = written.keys(path).into_iter().find(|it| !is_known(it)) else { return Ok(()) };
    let other = nearest(key, others.iter().copied());
    let reason = match other {
        Some(meant) => format!("no key of [[{}]] is called `{key}`; did you mean `{meant}`?", path[0]),
        None => extract::sidecar::unknown(key),
    };
    Err(written.wrong(&[path, &[key]].concat(), reason))
}

/// The set of patterns; fails with the number of the first that is none.
fn globs(patterns: &[String]) -> Result<GlobSet, (usize, globset::Error)> {
    let mut set = GlobSetBuilder::new();
    for (n, pattern) in patterns.iter().enumerate() {
        set.add(Glob::new(pattern).map_err(|it| (n, it))?);
        // As in .gitignore, a name without a slash is meant at any depth.
        if !pattern.contains('/') {
            set.add(Glob::new(&format!("**/{pattern}")).map_err(|it| (n, it))?);
        }
    }
    set.build().map_err(|it| (0, it))
}

/// Fails where the value of a field is none.
fn check_value(name: &str, value: &str) -> Result<(), String> {
    match FieldName::from_name(name).and_then(|it| extract::wrong_value(it, value)) {
        Some(reason) => Err(format!("`{name}`: {reason}")),
        None => Ok(()),
    }
}

fn template(table: TemplateTable) -> Result<Template, String> {
    let constants = table.constants.into_iter();
    let constants = constants.filter_map(|(name, value)| Some((FieldName::from_name(&name)?, value)));
    Template::new(&table.path, constants.collect()).map_err(|it| it.to_string())
}

fn default(name: &str, value: &str) -> Option<Field> {
    Some(Field::new(FieldName::from_name(name)?, value, Trust::Default, "default", SETTINGS_NAME))
}

/// What the tables of a list mean; fails at the key that a table is wrong in.
fn tables<T, R>(
    written: &Written<'_>,
    list: &str,
    tables: &[T],
    read: fn(&T) -> Result<R, (&'static str, String)>,
) -> Result<Vec<R>, Wrong> {
    let each = tables.iter().enumerate().map(|(n, table)| {
        read(table).map_err(|(key, reason)| {
            written.wrong(&[list, &n.to_string(), key], format!("[[{list}]]: {reason}"))
        })
    });
    each.collect()
}

fn json_mapping(table: &JsonTable) -> Result<JsonMapping, globset::Error> {
    // As in a shell, `*` stays within a folder; `**` crosses them.
    let glob = GlobBuilder::new(&table.path).literal_separator(true).build()?;
    let mut mapping = JsonMapping { path: Some(glob.compile_matcher()), ..JsonMapping::default() };
    for (name, path) in &table.fields {
        if name == "text" {
            mapping.text = Some(path.clone());
        } else if let Some(field) = FieldName::from_name(name) {
            mapping.fields.push((field, path.clone()));
        }
    }
    Ok(mapping)
}
