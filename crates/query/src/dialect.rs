//! Searches pasted from other services, read as those services would read them, into the same tree
//! as morgue's own.
//!
//! What those services find are articles, so `AND`, `NOT` and frequency are about whole articles
//! here (`whole`); words near each other and phrases stand in one passage. What has no counterpart
//! is refused, never read otherwise.

mod dates;
mod factiva;
mod lexis;
mod lucene;
mod services;
mod tokens;
mod westlaw;
mod whole;

use morgue_core::choices;

use super::{Error, Note, Query, parse, value::by_words};

choices! {
    /// Whose language a query is written in.
    #[derive(Default)]
    pub enum Dialect {
        #[default]
        Morgue = "morgue": "morgue's own",
        Lexis = "lexis": "Lexis and Nexis: terms and connectors",
        Factiva = "factiva": "Factiva: free text search",
        Westlaw = "westlaw": "Westlaw: terms and connectors",
        Lucene = "lucene": "Lucene's classic syntax, as in Media Cloud and Datashare",
    }
}

/// Reads a query as typed for another service; [`parse`] for morgue's own language.
pub fn parse_as(text: &str, dialect: Dialect) -> Result<Query, Error> {
    let root = match dialect {
        Dialect::Morgue => return parse(text),
        Dialect::Lexis => services::read(text, &lexis::LEXIS)?,
        Dialect::Factiva => services::read(text, &factiva::FACTIVA)?,
        Dialect::Westlaw => services::read(text, &westlaw::WESTLAW)?,
        Dialect::Lucene => lucene::read(text)?,
    };
    // A name is found by its words there, whatever the form of words in a text.
    let root = by_words(&root);
    Ok(Query { text: text.to_owned(), root, notes: vec![Note::ReadAs(dialect)] })
}
