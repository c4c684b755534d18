//! What the arguments of several commands have in common.

use std::{ffi::OsString, num::NonZeroUsize};

use anyhow::Result;
use clap::{
    Args,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
    error::{ContextKind, ContextValue, ErrorKind},
};
use morgue_core::Choice;

use crate::{
    archive::{Archive, UpdateOptions},
    query::{Dialect, Field},
    render::Format,
    search::{TimelineBy, TimelineRequest, TypedQuery},
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

/// Whether to count over time, and how.
#[derive(Args)]
pub(super) struct TimelineArgs {
    /// Count all that matches over time as well, a bar a day, month or year, over the whole time
    /// that is asked for
    #[arg(long, value_name = "BY", value_parser = choice::<TimelineBy>(), num_args = 0..=1, require_equals = true, default_missing_value = "auto")]
    timeline: Option<TimelineBy>,
    /// Say of each bar of the timeline how many percent of all its articles match
    #[arg(long, requires = "timeline")]
    share: bool,
}

impl TimelineArgs {
    /// The timeline that is asked for, if any.
    pub(super) fn request(&self) -> Option<TimelineRequest> {
        self.timeline.map(|by| TimelineRequest { by, share: self.share })
    }
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
    pub(super) fn query(&self, archive: &Archive, words: &[String], any: bool) -> TypedQuery {
        let text = words.join(" ");
        let shelf = archive.shelf([text.as_str()]);
        TypedQuery { text, dialect: self.dialect, any, shelf }
    }
}

/// Ingests the corpus when there is no index yet, and says so.
pub(super) fn ensure_index(archive: &Archive, output: &mut Output) -> Result<()> {
    if !archive.has_index() && archive.has_corpus() {
        output.say("no index yet: reading the corpus first");
        let options = UpdateOptions { today: Some(super::today()), ..UpdateOptions::default() };
        super::ingest::ingest(archive, &options, None, output)?;
    }
    Ok(())
}

/// What clap says of arguments that are no good. Where a field of the query is taken for an option,
/// that is said in place of the option that is spelled nearly so.
pub(super) fn explained(mut error: clap::Error) -> clap::Error {
    let option = match (error.kind(), error.get(ContextKind::InvalidArg)) {
        (ErrorKind::UnknownArgument, Some(ContextValue::String(it))) => it.clone(),
        _ => return error,
    };
    let name = option.trim_start_matches("--");
    let in_query = matches!(error.get(ContextKind::Usage), Some(ContextValue::StyledStr(it)) if it.to_string().contains("[QUERY]"));
    if in_query && Field::from_name(name).is_some() {
        error.remove(ContextKind::SuggestedArg);
        // It shows the option that was suggested.
        error.remove(ContextKind::Usage);
        let tip = format!("it is a field of the query: `{name}:…`, as in `morgue search strike {name}:…`");
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

/// Reads the place of an entry on a list.
pub(super) fn place(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "the places of a list are numbered from 1".to_owned())
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
