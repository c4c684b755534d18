//! What the arguments of several commands have in common.

use std::ffi::OsString;

use anyhow::Result;
use clap::{
    Args,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};
use morgue_core::Choice;

use crate::{
    archive::{Archive, UpdateOptions},
    query::Dialect,
    render::Format,
    search::{TimelineBy, TypedQuery},
};

use super::output::Output;

/// Reads the name of a value of `T`; the help lists all of them.
pub(super) fn choice<T: Choice + Send + Sync>() -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(possible_values::<T>())
        .try_map(|name| T::CHOICES.iter().find(|it| it.1 == name).map(|it| it.0).ok_or("no such value"))
}

/// The names of all values of `T` with their help.
pub(super) fn possible_values<T: Choice>() -> impl Iterator<Item = PossibleValue> {
    T::CHOICES.iter().map(|(_, name, help)| PossibleValue::new(*name).help(*help))
}

/// How to write results.
#[derive(Args)]
pub(super) struct FormatArgs {
    /// How to write the results
    #[arg(long, value_parser = choice::<Format>(), default_value_t, value_name = "FORMAT")]
    pub(super) format: Format,
}

/// Whose language a query is written in.
#[derive(Args)]
pub(super) struct DialectArgs {
    /// Whose query language it is: morgue's own, or that of the service it was pasted from
    #[arg(long, value_parser = choice::<Dialect>(), default_value_t, value_name = "DIALECT")]
    dialect: Dialect,
}

impl DialectArgs {
    /// The query that these words are, put together with spaces.
    pub(super) fn query(&self, words: &[String], any: bool) -> TypedQuery {
        TypedQuery { text: words.join(" "), dialect: self.dialect, any }
    }
}

/// Ingests the corpus when there is no index yet, and says so.
pub(super) fn ensure_index(archive: &Archive, output: &mut Output) -> Result<()> {
    if !archive.has_index() && archive.has_corpus() {
        output.say("no index yet: reading the corpus first");
        super::ingest::ingest(archive, &UpdateOptions::default(), None, output)?;
    }
    Ok(())
}

/// What to say where a word stands right behind an option that takes its value after `=` only, and
/// looks like that value: it is read as a name or a word of the query.
pub(super) fn misplaced_value(args: &[OsString]) -> Option<String> {
    let words: Vec<_> = args.iter().map(|it| it.to_string_lossy()).take_while(|it| it != "--").collect();
    words.windows(2).find_map(|pair| {
        let (option, word) = (pair[0].as_ref(), pair[1].as_ref());
        let looks_like_it = match option {
            "--timeline" => TimelineBy::from_name(word).is_some(),
            "--receipt" => word.contains('.') && !word.starts_with('-'),
            _ => false,
        };
        let said = format!("`{word}` is not the value of `{option}`, which would be `{option}={word}`");
        looks_like_it.then_some(said)
    })
}
