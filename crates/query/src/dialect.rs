//! Searches pasted from other services, read as those services would read them, into the same tree as morgue's own.
//!
//! What those services find are articles, so `AND`, `NOT` and frequency are about whole articles here (`whole`); words near
//! each other and phrases stand in one passage. What has no counterpart is refused, never read otherwise.

mod dates;
mod factiva;
mod lexis;
mod lucene;
mod services;
mod tokens;
mod whole;

use std::fmt;

use super::{Error, Note, Query, parse};

/// Whose language a query is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// morgue's own.
    #[default]
    Morgue,
    /// Lexis and Nexis: terms and connectors.
    Lexis,
    /// Factiva: free text search.
    Factiva,
    /// Lucene's classic syntax, as Media Cloud and Datashare take it.
    Lucene,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Dialect; 4] = [Dialect::Morgue, Dialect::Lexis, Dialect::Factiva, Dialect::Lucene];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Morgue => "morgue",
            Dialect::Lexis => "lexis",
            Dialect::Factiva => "factiva",
            Dialect::Lucene => "lucene",
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Reads a query as typed for another service; [`parse`] for morgue's own language.
pub fn parse_as(text: &str, dialect: Dialect) -> Result<Query, Error> {
    let root = match dialect {
        Dialect::Morgue => return parse(text),
        Dialect::Lexis => services::read(text, &lexis::LEXIS)?,
        Dialect::Factiva => services::read(text, &factiva::FACTIVA)?,
        Dialect::Lucene => lucene::read(text)?,
    };
    Ok(Query { text: text.to_owned(), root, notes: vec![Note::ReadAs(dialect)] })
}
