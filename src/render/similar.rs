//! Copies with what differs in each, related articles, and families, for people and as rows.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    archive::{Copy, RelatedArticle, SimilarArticles},
    article::Article,
    copies::Difference,
    search::Version,
};

use super::{
    Look, Render, markdown,
    rows::{ArticleRow, VersionRow},
    table::{Table, article_columns, article_row, cell, cells},
    terminal::{self, FAINT, HEADLINE, visible},
};

/// A line of JSON: a copy with what differs, or a related article with its score.
#[derive(Serialize)]
struct SimilarRow<'a> {
    relation: &'static str,
    score: Option<f64>,
    #[serde(flatten)]
    article: ArticleRow<'a>,
    difference: Option<DifferenceRow<'a>>,
    words: &'a [String],
}

#[derive(Serialize)]
struct DifferenceRow<'a> {
    headline: bool,
    added: Vec<PassageRow<'a>>,
    cut: Vec<PassageRow<'a>>,
    changed: Vec<ChangeRow<'a>>,
    same: usize,
    reordered: bool,
}

#[derive(Serialize)]
struct PassageRow<'a> {
    passage: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct ChangeRow<'a> {
    here: PassageRow<'a>,
    there: PassageRow<'a>,
}

#[derive(Serialize)]
struct FamilyRow<'a> {
    family: usize,
    articles: Vec<VersionRow<'a>>,
}

impl Render for SimilarArticles {
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        let mut first = true;
        let mut title = |title: &str, out: &mut dyn Write| -> io::Result<()> {
            if !std::mem::take(&mut first) {
                writeln!(out)?;
            }
            writeln!(out, "{}", look.styled(HEADLINE, title))
        };
        if !self.copies.is_empty() {
            title("Copies", out)?;
        }
        for copy in &self.copies {
            writeln!(out)?;
            terminal::heading(&copy.article, &[], look, out)?;
            look.lines("  ", &visible(&summary(&copy.difference)), out)?;
            let Difference { added, cut, changed, .. } = &copy.difference;
            let there = |it: &usize| passage(&copy.article, *it).text;
            let here = |it: &usize| passage(&self.article, *it).text;
            for ordinal in cut {
                look.lines("  - ", &visible(here(ordinal)), out)?;
            }
            for change in changed {
                look.lines("  - ", &visible(here(&change.here)), out)?;
                look.lines("  + ", &visible(there(&change.there)), out)?;
            }
            for ordinal in added {
                look.lines("  + ", &visible(there(ordinal)), out)?;
            }
        }
        if !self.related.is_empty() {
            title("Related", out)?;
        }
        for RelatedArticle { article, words, .. } in &self.related {
            writeln!(out)?;
            terminal::heading(article, &[], look, out)?;
            look.lines("  ", &look.styled(FAINT, &format!("both have {}", named(words))), out)?;
        }
        Ok(())
    }

    /// Copies first.
    fn rows(&self) -> impl Iterator<Item: Serialize> {
        let copies = self.copies.iter().map(|it| SimilarRow {
            relation: "copy",
            score: None,
            article: ArticleRow::new(&it.article),
            difference: Some(difference(&self.article, it)),
            words: &[],
        });
        let related = self.related.iter().map(|it| SimilarRow {
            relation: "related",
            score: Some(score(it.score)),
            article: ArticleRow::new(&it.article),
            difference: None,
            words: &it.words,
        });
        copies.chain(related)
    }

    fn table(&self) -> Table<'_> {
        let after = ["headline_changed", "added", "cut", "changed", "same", "reordered", "words"];
        let copy = |Copy { article, difference }: &Copy| {
            let Difference { headline, added, cut, changed, same, reordered } = difference;
            let own = cells([headline, &added.len(), &cut.len(), &changed.len(), same, reordered]);
            article_row(cells([&"copy", &""]), article, own)
        };
        let related = |it: &RelatedArticle| {
            let own = cells([&"", &"", &"", &"", &"", &"", &it.words.join("; ")]);
            article_row(cells([&"related", &score(it.score)]), &it.article, own)
        };
        let rows = self.copies.iter().map(copy).chain(self.related.iter().map(related));
        Table::new(article_columns(&["relation", "score"], &after), rows)
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        if !self.copies.is_empty() {
            writeln!(out, "## Copies\n")?;
        }
        for Copy { article, difference } in &self.copies {
            let (headline, reference) = (markdown::headline(article), markdown::reference(article));
            writeln!(out, "- {headline}, {reference}: {}", summary(difference))?;
        }
        if !self.related.is_empty() {
            writeln!(out, "{}## Related\n", if self.copies.is_empty() { "" } else { "\n" })?;
        }
        for RelatedArticle { article, words, .. } in &self.related {
            let (headline, reference) = (markdown::headline(article), markdown::reference(article));
            writeln!(out, "- {headline}, {reference}: {}", markdown::escaped(&named(words)))?;
        }
        Ok(())
    }
}

/// Families of copies, each with its versions.
impl Render for [Vec<Version>] {
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        for (n, family) in self.iter().enumerate() {
            if n > 0 {
                writeln!(out)?;
            }
            for version in family {
                let headline = version.headline.as_deref().unwrap_or("(no headline)");
                look.lines("", &look.styled(HEADLINE, headline), out)?;
                look.lines("  ", &look.styled(FAINT, &terminal::version(version)), out)?;
            }
        }
        Ok(())
    }

    fn rows(&self) -> impl Iterator<Item: Serialize> {
        (1..)
            .zip(self)
            .map(|(n, it)| FamilyRow { family: n, articles: it.iter().map(VersionRow::new).collect() })
    }

    fn table(&self) -> Table<'_> {
        let row = |(n, it): (usize, &Version)| {
            cells([
                &n,
                &it.article,
                &it.place.path,
                &cell(it.headline.as_ref()),
                &cell(it.source.as_ref()),
                &cell(it.date),
            ])
        };
        let versions = (1..).zip(self).flat_map(|(n, family)| family.iter().map(move |it| (n, it)));
        Table::new(["family", "article", "path", "headline", "source", "date"], versions.map(row))
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        for (n, family) in (1..).zip(self) {
            writeln!(out, "{n}. {} versions", family.len())?;
            for version in family {
                let headline = version.headline.as_deref().unwrap_or("(no headline)");
                writeln!(out, "   - {}, {}", markdown::escaped(headline), markdown::version(version))?;
            }
        }
        Ok(())
    }
}

fn difference<'a>(article: &'a Article, copy: &'a Copy) -> DifferenceRow<'a> {
    let Difference { headline, added, cut, changed, same, reordered } = &copy.difference;
    let here = |it: &usize| passage(article, *it);
    let there = |it: &usize| passage(&copy.article, *it);
    DifferenceRow {
        headline: *headline,
        added: added.iter().map(there).collect(),
        cut: cut.iter().map(here).collect(),
        changed: changed
            .iter()
            .map(|it| ChangeRow { here: here(&it.here), there: there(&it.there) })
            .collect(),
        same: *same,
        reordered: *reordered,
    }
}

fn passage(article: &Article, ordinal: usize) -> PassageRow<'_> {
    PassageRow { passage: ordinal, text: article.passages().get(ordinal).map_or("", |it| &it.text) }
}

/// Two places are enough for a share.
fn score(score: f64) -> f64 {
    (score * 100.0).round() / 100.0
}

/// `2 passages cut, 1 changed, another headline`.
fn summary(difference: &Difference) -> String {
    let Difference { headline, added, cut, changed, same, reordered } = difference;
    let mut parts = Vec::new();
    for (n, what) in [(added.len(), "added"), (cut.len(), "cut"), (changed.len(), "changed")] {
        match n {
            0 => (),
            1 if parts.is_empty() => parts.push(format!("1 passage {what}")),
            n if parts.is_empty() => parts.push(format!("{n} passages {what}")),
            n => parts.push(format!("{n} {what}")),
        }
    }
    parts.extend(reordered.then(|| "in another order".to_owned()));
    parts.extend(headline.then(|| "another headline".to_owned()));
    if parts.is_empty() {
        return "the same text".to_owned();
    }
    parts.push(format!("{same} the same"));
    parts.join(", ")
}

/// So many words are named for people.
const WORDS_NAMED_MAX: usize = 8;

fn named(words: &[String]) -> String {
    words[..words.len().min(WORDS_NAMED_MAX)].join(", ")
}
