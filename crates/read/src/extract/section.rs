//! Finds the section an article stood in: a field of the format, or the line of breadcrumbs above a
//! headline.

use super::{
    lexicon::{List, contains},
    url::host,
    weigh::{Reading, Weighed, weigh},
};
use morgue_core::article::{Field, FieldName};

/// Weighs the sections given; of a path such as `News/World` the whole is kept as written.
pub(super) fn section(fields: &[Field]) -> Weighed<String> {
    weigh(FieldName::Section, fields, |field| {
        let value = field.value.split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = value.to_lowercase();
        let named = value.chars().any(char::is_alphabetic) && value.chars().count() <= 80;
        let nothing = contains(List::NoSection, &lower) || host(&lower).is_some();
        (named && !nothing).then(|| Reading::plain(value))
    })
}

/// The section in a line of breadcrumbs, `Home > World > Asia`: the first after the start page.
pub(super) fn of_breadcrumbs(line: &str) -> Option<&str> {
    if line.len() > 200 {
        return None;
    }
    let mark = ['>', '»', '›', '→'].into_iter().find(|it| line.contains(*it))?;
    let mut crumbs = line.split(mark).map(str::trim);
    let is_start = contains(List::StartPage, &crumbs.next()?.to_lowercase());
    let section = crumbs.next().filter(|it| !it.is_empty() && it.split_whitespace().count() <= 4)?;
    is_start.then_some(section)
}
