//! One article, found by its id, the beginning of its id, or its path.

use std::fmt;

use anyhow::Result;
use jiff::civil::Date;

use crate::{
    article::{Article, ArticleId, Quote, Span},
    index::{self, Snapshot},
    search::{self, ArticleExplanation, Reason, TypedQuery, Version},
};

use super::Archive;

/// An article of the archive as somebody names it: an id, the beginning of one, a path, or the
/// address of an article in a file of several: `export.docx#17`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhichArticle(pub String);

/// An article as indexed.
pub struct Shown {
    /// The article.
    pub article: Article,
    /// Its quotes, in reading order.
    pub quotes: Vec<Quote>,
    /// Why each is its speaker's, in the same order; empty when nobody asked.
    pub reasons: Vec<Reason>,
    /// What a query marks in each passage; empty when nobody asked.
    pub marks: Vec<Vec<Span>>,
}

/// A name that fits several articles.
#[derive(Debug)]
pub struct SeveralArticles {
    /// As it was typed.
    pub typed: String,
    /// The first of them, by date.
    pub articles: Vec<Version>,
    /// Whether there are more.
    pub has_more: bool,
}

/// So many articles are named when a name fits several.
const NAMED_MAX: usize = 10;

impl Archive {
    /// The article of that name; `None` when there is none. Fails with [`SeveralArticles`] when
    /// there are several.
    pub fn article(&self, which: &WhichArticle) -> Result<Option<Shown>> {
        let snapshot = self.snapshot()?;
        let ids = self.ids(&snapshot, &which.0)?;
        match ids.as_slice() {
            [] => Ok(None),
            [id] => Ok(snapshot.article(*id)?.map(|(article, quotes)| Shown {
                article,
                quotes,
                reasons: Vec::new(),
                marks: Vec::new(),
            })),
            several => Err(SeveralArticles::read(&which.0, &snapshot, several)?.into()),
        }
    }

    /// Adds to an article why each of its quotes is its speaker's.
    pub fn explain(&self, shown: &mut Shown) -> Result<()> {
        let snapshot = self.snapshot()?;
        shown.reasons = search::reasons(&self.people(&snapshot), &shown.article, &shown.quotes)?;
        Ok(())
    }

    /// Adds to an article what a query marks in it, and gives what should be known of that.
    pub fn mark(&self, shown: &mut Shown, typed: &TypedQuery, today: Date) -> Result<Vec<String>> {
        let (marks, notes) = search::marks(typed, &shown.article, &shown.quotes, today)?;
        shown.marks = marks;
        Ok(notes)
    }

    /// Says why a query finds an article or does not; `None` if there is no such article.
    pub fn explain_article(
        &self,
        typed: &TypedQuery,
        which: &WhichArticle,
        today: Date,
    ) -> Result<Option<ArticleExplanation>> {
        let Some(Shown { article, quotes, .. }) = self.article(which)? else { return Ok(None) };
        Ok(Some(search::explain_article(&*self.snapshot()?, typed, (article, &quotes), today)?))
    }

    /// The ids that a word names: an id, the beginning of one, or a path.
    pub(super) fn ids(&self, snapshot: &Snapshot, name: &str) -> Result<Vec<ArticleId>> {
        let prefix = name.to_ascii_lowercase();
        if !prefix.is_empty() && prefix.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-') {
            let ids = snapshot.ids_from(&prefix, NAMED_MAX + 1)?;
            if !ids.is_empty() {
                return Ok(ids);
            }
        }
        let path = name.strip_prefix("./").unwrap_or(name);
        let mut paths = vec![path.to_owned()];
        if let Ok(present) = self.present_file(std::path::Path::new(name)) {
            paths.push(present.path);
        }
        for path in paths {
            let articles = snapshot.articles_of_file(&path)?;
            if !articles.is_empty() {
                return Ok(articles.into_iter().map(|it| it.1).collect());
            }
        }
        Ok(Vec::new())
    }
}

impl SeveralArticles {
    fn read(typed: &str, snapshot: &Snapshot, ids: &[ArticleId]) -> Result<SeveralArticles, index::Error> {
        let named = &ids[..ids.len().min(NAMED_MAX)];
        let articles = search::Versions::default().read(snapshot, named.to_vec())?;
        Ok(SeveralArticles { typed: typed.to_owned(), articles, has_more: ids.len() > NAMED_MAX })
    }
}

impl std::error::Error for SeveralArticles {}

impl fmt::Display for SeveralArticles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` names several articles:", self.typed)?;
        for it in &self.articles {
            write!(f, "\n  {}  {}", it.article, it.headline.as_deref().unwrap_or_default())?;
        }
        if self.has_more { write!(f, "\n  …") } else { Ok(()) }
    }
}
