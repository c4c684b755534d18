//! What stands on the user's reading lists, as far as a query can ask for it.

use super::{CheckedQuery, Filter, TextPattern, evaluate::name_fits};
use morgue_core::article::ArticleId;

/// The entries of all reading lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// In no order; an article may be on several lists.
    pub entries: Vec<Listed>,
    /// Why lists could not be read, a sentence each.
    pub problems: Vec<String>,
}

/// An entry of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The list's name.
    pub list: String,
    /// What people call it.
    pub title: Option<String>,
    /// The entry's tags.
    pub tags: Vec<String>,
    /// The notes on it.
    pub notes: Vec<String>,
    /// Its article, and the other versions that the list names.
    pub articles: Vec<ArticleId>,
}

/// What of an entry is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListField {
    /// `list:`, the name or the title of its list.
    List,
    /// `tag:`, one of its tags.
    Tag,
    /// `note:`, one of the notes on it.
    Note,
}

impl Shelf {
    /// The articles of entries that the pattern fits, each once, in order.
    pub(super) fn articles(&self, field: ListField, pattern: &TextPattern) -> Vec<ArticleId> {
        let fits = |text: &String| name_fits(text, pattern);
        let fitting = self.entries.iter().filter(|it| match field {
            ListField::List => fits(&it.list) || it.title.as_ref().is_some_and(fits),
            ListField::Tag => it.tags.iter().any(fits),
            ListField::Note => it.notes.iter().any(fits),
        });
        let mut articles: Vec<ArticleId> = fitting.flat_map(|it| it.articles.iter().copied()).collect();
        articles.sort_unstable();
        articles.dedup();
        articles
    }

    /// What the user should know about lists that a query asks for: those that cannot be read, and
    /// those that there are where none is of the name asked for.
    pub fn notes(&self, query: &CheckedQuery) -> Vec<String> {
        if !query.has_filter(|it| matches!(it, Filter::OnList { .. })) {
            return Vec::new();
        }
        let mut notes = self.problems.clone();
        let finds_none = |it: &Filter| matches!(it, Filter::OnList { field: ListField::List, articles, .. } if articles.is_empty());
        if query.has_filter(finds_none) {
            let mut names: Vec<&str> = self.entries.iter().map(|it| it.list.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            notes.push(match names.as_slice() {
                [] => "no reading list has any article yet".to_owned(),
                names => format!("no article is on a list of that name; the lists are {}", names.join(", ")),
            });
        }
        notes
    }
}
