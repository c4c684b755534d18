//! Finds the section an article stood in: a field of the format, or the line of breadcrumbs above a
//! headline.

use super::{
    lexicon::{List, contains},
    url::host,
    weigh::{Reading, Weighed, weigh},
};
use morgue_core::article::{Field, FieldName};

/// Weighs the sections given; of a path such as `News/World` the whole is kept as written.
///
/// A list of tags (`game,news,slider`) is no section: the first of them that sites call a section
/// counts, behind a section that stands alone.
pub(super) fn section(fields: &[Field]) -> Weighed<String> {
    weigh(FieldName::Section, fields, |field| {
        let value = field.value.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(tags) = tags(&value) {
            let section = tags.into_iter().find(|it| contains(List::Section, &it.to_lowercase()))?;
            return Some(Reading { value: section.to_owned(), rank: 1 });
        }
        let lower = value.to_lowercase();
        let named = value.chars().any(char::is_alphabetic) && value.chars().count() <= 80;
        let nothing = contains(List::NoSection, &lower) || host(&lower).is_some();
        (named && !nothing).then(|| Reading::plain(value))
    })
}

/// The tags of a list: three and more between commas, or two without a space or a capital; `Arts,
/// Culture` is a section.
fn tags(value: &str) -> Option<Vec<&str>> {
    let mark = [';', '|', ','].into_iter().find(|it| value.contains(*it))?;
    let tags: Vec<&str> = value.split(mark).map(str::trim).filter(|it| !it.is_empty()).collect();
    let joined = tags
        .last()
        .is_some_and(|it| ["and ", "& ", "und ", "et ", "y "].iter().any(|joiner| it.starts_with(joiner)));
    let tight = !value.contains(&format!("{mark} "));
    let small = tags.iter().all(|it| it.starts_with(char::is_lowercase));
    (tags.len() >= 3 && !joined || tags.len() == 2 && (mark != ',' || tight || small)).then_some(tags)
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
