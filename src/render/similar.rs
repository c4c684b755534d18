//! Copies with what differs in each, related articles, and families, for people and as rows.

use std::io::{self, Write};

use ::csv::Writer;
use serde::Serialize;

use crate::{
    archive::{Copy, RelatedArticle, SimilarArticles},
    article::Article,
    copies::Difference,
    search::Version,
};

use super::{
    csv::{article_cells, start, write},
    markdown,
    rows::{ArticleRow, VersionRow},
    terminal::{self, FAINT, HEADLINE, Look, visible},
};

/// A line of JSON: a copy with what differs, or a related article with its score.
#[derive(Serialize)]
pub(super) struct SimilarRow<'a> {
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
pub(super) struct FamilyRow<'a> {
    family: usize,
    articles: Vec<VersionRow<'a>>,
}

/// The rows of JSON: copies first.
pub(super) fn rows(results: &SimilarArticles) -> Vec<SimilarRow<'_>> {
    let copies = results.copies.iter().map(|it| SimilarRow {
        relation: "copy",
        score: None,
        article: ArticleRow::new(&it.article),
        difference: Some(difference(&results.article, it)),
        words: &[],
    });
    let related = results.related.iter().map(|it| SimilarRow {
        relation: "related",
        score: Some(score(it.score)),
        article: ArticleRow::new(&it.article),
        difference: None,
        words: &it.words,
    });
    copies.chain(related).collect()
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
pub(super) fn score(score: f64) -> f64 {
    (score * 100.0).round() / 100.0
}

pub(super) fn family_rows(families: &[Vec<Version>]) -> Vec<FamilyRow<'_>> {
    (1..)
        .zip(families)
        .map(|(n, family)| FamilyRow { family: n, articles: family.iter().map(VersionRow::new).collect() })
        .collect()
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

/// For people.
pub(super) fn text(results: &SimilarArticles, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut first = true;
    let mut title = |title: &str, out: &mut dyn Write| -> io::Result<()> {
        if !std::mem::take(&mut first) {
            writeln!(out)?;
        }
        writeln!(out, "{}", look.styled(HEADLINE, title))
    };
    if !results.copies.is_empty() {
        title("Copies", out)?;
    }
    for copy in &results.copies {
        writeln!(out)?;
        terminal::heading(&copy.article, &[], look, out)?;
        look.lines("  ", &visible(&summary(&copy.difference)), out)?;
        let Difference { added, cut, changed, .. } = &copy.difference;
        let there = |it: &usize| passage(&copy.article, *it).text;
        let here = |it: &usize| passage(&results.article, *it).text;
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
    if !results.related.is_empty() {
        title("Related", out)?;
    }
    for RelatedArticle { article, words, .. } in &results.related {
        writeln!(out)?;
        terminal::heading(article, &[], look, out)?;
        look.lines("  ", &look.styled(FAINT, &format!("both have {}", named(words))), out)?;
    }
    Ok(())
}

/// So many words are named for people.
const WORDS_NAMED_MAX: usize = 8;

fn named(words: &[String]) -> String {
    words[..words.len().min(WORDS_NAMED_MAX)].join(", ")
}

/// For documents and messages.
pub(super) fn markdown(results: &SimilarArticles, out: &mut dyn Write) -> io::Result<()> {
    if !results.copies.is_empty() {
        writeln!(out, "## Copies\n")?;
    }
    for Copy { article, difference } in &results.copies {
        let (headline, reference) = (markdown::headline(article), markdown::reference(article));
        writeln!(out, "- {headline}, {reference}: {}", summary(difference))?;
    }
    if !results.related.is_empty() {
        writeln!(out, "{}## Related\n", if results.copies.is_empty() { "" } else { "\n" })?;
    }
    for RelatedArticle { article, words, .. } in &results.related {
        let (headline, reference) = (markdown::headline(article), markdown::reference(article));
        writeln!(out, "- {headline}, {reference}: {}", markdown::escaped(&named(words)))?;
    }
    Ok(())
}

/// Families for people: the headlines and places of each.
pub(super) fn families_text(families: &[Vec<Version>], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for (n, family) in families.iter().enumerate() {
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

/// Families as nested lists.
pub(super) fn families_markdown(families: &[Vec<Version>], out: &mut dyn Write) -> io::Result<()> {
    for (n, family) in (1..).zip(families) {
        writeln!(out, "{n}. {} versions", family.len())?;
        for version in family {
            let headline = version.headline.as_deref().unwrap_or("(no headline)");
            writeln!(out, "   - {}, {}", markdown::escaped(headline), markdown::version(version))?;
        }
    }
    Ok(())
}

/// The copies of an article, then what is related to it: a row each.
pub(super) fn csv(results: &SimilarArticles, out: &mut dyn Write) -> io::Result<()> {
    let last = ["headline_changed", "added", "cut", "changed", "same", "reordered", "words"];
    let mut writer = start(out, &["relation", "score"], &last)?;
    for copy in &results.copies {
        let mut row = vec!["copy".to_owned(), String::new()];
        row.extend(article_cells(&copy.article));
        let it = &copy.difference;
        row.push(it.headline.to_string());
        row.extend([it.added.len(), it.cut.len(), it.changed.len(), it.same].map(|it| it.to_string()));
        row.extend([it.reordered.to_string(), String::new()]);
        write(&mut writer, row)?;
    }
    for related in &results.related {
        let mut row = vec!["related".to_owned(), score(related.score).to_string()];
        row.extend(article_cells(&related.article));
        row.extend(vec![String::new(); 6]);
        row.push(related.words.join("; "));
        write(&mut writer, row)?;
    }
    writer.flush()
}

/// The versions of each family, a row each.
pub(super) fn families_csv(families: &[Vec<Version>], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::from_writer(out);
    write(&mut writer, ["family", "article", "path", "headline", "source", "date"])?;
    for (n, family) in (1..).zip(families) {
        for version in family {
            let row = [
                n.to_string(),
                version.article.to_string(),
                version.place.path.clone(),
                version.headline.clone().unwrap_or_default(),
                version.source.clone().unwrap_or_default(),
                version.date.map(|it| it.to_string()).unwrap_or_default(),
            ];
            write(&mut writer, row)?;
        }
    }
    writer.flush()
}
