//! References from elsewhere, found in the archive and put on a list.

use std::collections::HashMap;

use anyhow::Result;

use crate::{
    analyze,
    article::{FieldName, Published},
    index::Snapshot,
    list::{Entry, EntryContent, List, Version, import::Reference},
    search::{Articles, SharedArticle},
};

use super::{Archive, Find, ListName, new_entry, whereabouts::copies};

/// What became of references.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Titles of the entries that are new.
    pub added: Vec<String>,
    /// How many were on the list already.
    pub known: usize,
    /// What the archive does not hold.
    pub missing: Vec<String>,
    /// What fits several articles.
    pub ambiguous: Vec<String>,
    /// How many say nothing of which article they are of.
    pub unnamed: usize,
}

/// What is done with references that the archive does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unheld {
    /// They are reported only.
    Report,
    /// They become entries too.
    Keep,
}

enum Match {
    Article(SharedArticle),
    Several,
    Missing,
}

impl Archive {
    /// Adds the referenced articles to a list, which is made when there is none and something to
    /// stand on it. An article that is on it already keeps what the list says of it.
    pub fn import_list(
        &self,
        name: &ListName,
        references: &[Reference],
        unheld: Unheld,
        today: jiff::civil::Date,
    ) -> Result<Imported> {
        let snapshot = self.snapshot()?;
        let mut articles = Articles::new(&snapshot);
        let mut catalogue = None;
        let mut matches = Vec::new();
        for reference in references {
            matches.push(self.find_reference(&snapshot, &mut articles, &mut catalogue, reference)?);
        }
        let take = |list: &mut List| Ok(take_in(list, references, &matches, unheld));
        if self.has_list(name) {
            return self.edit_list(name, take);
        }
        let title = references.first().and_then(|it| it.list.clone());
        let title = title.unwrap_or_else(|| name.to_string());
        let front = crate::list::Front { title: Some(title), created: Some(today), ..Default::default() };
        let mut list = List::new(&front);
        let imported = take(&mut list)?;
        if !imported.added.is_empty() {
            self.create_list(name, &list)?;
        }
        Ok(imported)
    }

    fn find_reference(
        &self,
        snapshot: &Snapshot,
        articles: &mut Articles<'_>,
        catalogue: &mut Option<Catalogue>,
        reference: &Reference,
    ) -> Result<Match> {
        if let Some(id) = reference.id {
            let found = match articles.get(id)? {
                Some(article) => Some(article),
                None => copies(snapshot, id, 1)?.first().map(|it| articles.get(*it)).transpose()?.flatten(),
            };
            if let Some(article) = found {
                return Ok(Match::Article(article));
            }
        }
        if let Some(path) = &reference.path
            && let Some(article) = self.by_path(snapshot, articles, path)?
        {
            return Ok(Match::Article(article));
        }
        if reference.url.is_none() && reference.title.is_none() {
            return Ok(Match::Missing);
        }
        if catalogue.is_none() {
            *catalogue = Some(Catalogue::of(snapshot)?);
        }
        let places = catalogue.as_ref().map(|it| it.find(reference)).unwrap_or_default();
        let mut found: Vec<SharedArticle> = Vec::new();
        for (path, ordinal) in places {
            for (_, id) in snapshot.articles_of_file(&path)?.into_iter().filter(|it| it.0 == ordinal) {
                found.extend(articles.get(id)?);
            }
        }
        let first = found.first().map(|it| it.0.id);
        let one = first.is_some_and(|id| found.iter().all(|it| it.0.id.same_content(id)));
        Ok(match found.into_iter().next() {
            Some(article) if one => Match::Article(article),
            Some(_) => Match::Several,
            None => Match::Missing,
        })
    }

    /// The article at a path: of the archive, or from where the user is, or as a list links to it.
    fn by_path(
        &self,
        snapshot: &Snapshot,
        articles: &mut Articles<'_>,
        path: &str,
    ) -> Result<Option<SharedArticle>> {
        let path = path.strip_prefix("file://").unwrap_or(path);
        let from_lists = path.trim_start_matches("../");
        for path in std::iter::once(path).chain((from_lists != path).then_some(from_lists)) {
            // A path that is the beginning of several ids, or a file with several articles, is
            // none.
            if let [id] = self.ids(snapshot, path)?.as_slice() {
                return Ok(articles.get(*id)?);
            }
        }
        Ok(None)
    }
}

fn take_in(list: &mut List, references: &[Reference], matches: &[Match], unheld: Unheld) -> Imported {
    let mut imported = Imported::default();
    // Reprints in the same words are one article to a list, unless the list that is imported tells
    // them apart.
    let n_before = list.entries().count();
    for (reference, found) in references.iter().zip(matches) {
        match found {
            _ if !reference.is_named() => imported.unnamed += 1,
            Match::Article(article) => {
                let id = article.0.id;
                let is_known = |(n, it): (usize, &Entry)| {
                    let same = n < n_before || reference.list.is_none();
                    it.id.is_some_and(|it| it == id || same && it.same_content(id))
                };
                if list.entries().enumerate().any(is_known) {
                    imported.known += 1;
                    continue;
                }
                let find = Find::new(article.clone(), Vec::new());
                let entry = with_reference(new_entry(&find, None), reference);
                imported.added.push(entry.title.clone());
                list.push(&entry);
            }
            Match::Several => imported.ambiguous.push(reference.named()),
            Match::Missing => {
                imported.missing.push(reference.named());
                let entry = with_reference(EntryContent::default(), reference);
                match unheld {
                    Unheld::Report => {}
                    Unheld::Keep if list.entries().any(|it| is_entry(it, &entry)) => imported.known += 1,
                    Unheld::Keep => {
                        imported.added.push(entry.title.clone());
                        list.push(&entry);
                    }
                }
            }
        }
    }
    imported
}

/// Whether the entry is what the new one would be: by id, else by link, else by title.
fn is_entry(entry: &Entry, new: &EntryContent) -> bool {
    match (entry.id, new.id) {
        (Some(a), Some(b)) => a == b,
        _ if new.link.is_empty() => entry.link.is_empty() && entry.title == new.title,
        _ => entry.link == new.link,
    }
}

/// The entry with what the reference says: its words on the article count, as those in a list do.
fn with_reference(mut entry: EntryContent, reference: &Reference) -> EntryContent {
    if let Some(title) = &reference.title {
        entry.title.clone_from(title);
    }
    if entry.title.is_empty() {
        entry.title = reference.named();
    }
    let held = !entry.link.is_empty();
    if !held {
        let path = reference.path.as_deref().map(|it| super::link_to(it.trim_start_matches("../")));
        entry.link = reference.url.clone().or(path).unwrap_or_default();
        entry.id = reference.id;
    }
    // Of an article that it holds the archive knows these better than a reference, but not better
    // than a list.
    if !held || reference.list.is_some() {
        entry.source = reference.source.clone().or(entry.source);
        entry.date = reference.date.or(entry.date);
        entry.byline = reference.byline.clone().or(entry.byline);
    }
    entry.tags.clone_from(&reference.tags);
    entry.state = reference.state.unwrap_or_default();
    entry.blocks.clone_from(&reference.blocks);
    let linked =
        |it: &Version| Version { link: super::link_to(it.link.trim_start_matches("../")), ..it.clone() };
    entry.versions = reference.versions.iter().map(linked).collect();
    entry
}

/// Where articles lie, by address and by headline.
struct Catalogue {
    by_url: HashMap<String, Vec<(String, usize)>>,
    by_title: HashMap<String, Vec<Titled>>,
}

/// Path, ordinal, date and source of an article.
type Titled = (String, usize, Option<Published>, Option<String>);

impl Catalogue {
    fn of(snapshot: &Snapshot) -> Result<Catalogue> {
        let mut catalogue = Catalogue { by_url: HashMap::new(), by_title: HashMap::new() };
        snapshot.each_metadata(|path, ordinal, metadata| {
            if let Some(url) = metadata.text(FieldName::Url) {
                catalogue.by_url.entry(bare_url(&url)).or_default().push((path.to_owned(), ordinal));
            }
            if let Some(headline) = metadata.text(FieldName::Headline) {
                let source = metadata.text(FieldName::Source).map(|it| it.to_lowercase());
                let titled = (path.to_owned(), ordinal, metadata.published(), source);
                catalogue.by_title.entry(bare_title(&headline)).or_default().push(titled);
            }
        })?;
        Ok(catalogue)
    }

    /// By address; else by headline, where no date or source of the two says otherwise.
    fn find(&self, reference: &Reference) -> Vec<(String, usize)> {
        let by_url = reference.url.as_ref().and_then(|it| self.by_url.get(&bare_url(it)));
        by_url.cloned().unwrap_or_else(|| self.find_title(reference))
    }

    fn find_title(&self, reference: &Reference) -> Vec<(String, usize)> {
        let Some(found) = reference.title.as_ref().and_then(|it| self.by_title.get(&bare_title(it))) else {
            return Vec::new();
        };
        let agrees = |date: &Option<Published>, source: &Option<String>| {
            let dates = match (date, reference.date) {
                (Some(a), Some(b)) => a.days().0 <= b.days().1 && b.days().0 <= a.days().1,
                _ => true,
            };
            let sources = match (source, &reference.source) {
                (Some(a), Some(b)) => *a == b.to_lowercase(),
                _ => true,
            };
            dates && sources
        };
        let fits = found.iter().filter(|it| agrees(&it.2, &it.3));
        fits.map(|it| (it.0.clone(), it.1)).collect()
    }
}

/// The address without what differs between two that lead to one page.
fn bare_url(url: &str) -> String {
    let url = url.trim();
    let rest = url.split_once("://").map_or(url, |it| it.1);
    let rest = rest.split('#').next().unwrap_or(rest);
    let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
    let kept: Vec<&str> = query.split('&').filter(|it| !it.is_empty() && !it.starts_with("utm_")).collect();
    let page = page.strip_prefix("www.").unwrap_or(page).trim_end_matches('/');
    let (host, path) = page.split_once('/').unwrap_or((page, ""));
    format!("{}/{path}?{}", host.to_lowercase(), kept.join("&"))
}

/// The words of a headline.
fn bare_title(title: &str) -> String {
    let words: Vec<String> = analyze::words(title).map(|it| it.form).collect();
    words.join(" ")
}
