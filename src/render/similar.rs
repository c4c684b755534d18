//! Copies with what differs in each, related articles, and families, for people and as rows.

use std::{
    io::{self, Write},
    ops::Range,
};

use crate::{
    article::Article,
    copies::{Difference, Edit},
    search::{Comparison, Copy, RelatedArticle, SimilarArticles, Version},
};
use morgue_core::{count, number};

use super::{
    Look, Render, Row,
    json::object,
    markdown, rows,
    table::{Table, article_columns, article_row, cell, cells},
    terminal::{self, ADDED, CUT, FAINT, HEADLINE, visible},
};

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
            look.lines("  ", &visible(&summary(copy)), out)?;
            if copy.difference.headline {
                let (mine, theirs) = (headline(&self.article), headline(&copy.article));
                look.lines("  ~ ", &edited(&copy.difference.headline_edits, mine, theirs, look), out)?;
            }
            let Difference { added, cut, changed, .. } = &copy.difference;
            let there = |it: &usize| passage(&copy.article, *it);
            let here = |it: &usize| passage(&self.article, *it);
            for ordinal in cut {
                look.lines("  - ", &visible(here(ordinal)), out)?;
            }
            for change in changed {
                let words = edited(&change.edits, here(&change.here), there(&change.there), look);
                look.lines("  ~ ", &words, out)?;
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
    fn rows(&self) -> impl Iterator<Item: Row> {
        let copies = self.copies.iter().map(|it| ("copy", None, &it.article, Some(it), &[][..]));
        let related = self.related.iter();
        let related = related.map(|it| ("related", Some(score(it.score)), &it.article, None, &it.words[..]));
        copies.chain(related).map(|(relation, score, article, copy, words)| {
            let difference = copy.map(|it| difference_row(&self.article, it));
            similar_row(relation, score, article, difference, words)
        })
    }

    fn table(&self) -> Table<'_> {
        let after = ["headline_changed", "added", "cut", "changed", "same", "reordered", "words"];
        let copy = |Copy { article, difference, .. }: &Copy| {
            let Difference { headline, added, cut, changed, same, reordered, .. } = difference;
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
        for copy in &self.copies {
            let (headline, reference) =
                (markdown::headline(&copy.article), markdown::reference(&copy.article));
            writeln!(out, "- {headline}, {reference}: {}", summary(copy))?;
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

    fn rows(&self) -> impl Iterator<Item: Row> {
        self.iter().zip(1..).map(|(it, n)| object! { family: n, articles: rows::versions(it) })
    }

    fn table(&self) -> Table<'_> {
        let row = |(n, it): (usize, &Version)| {
            cells([
                &n,
                &it.article,
                &it.place.address(),
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

fn similar_row<'a, D: Row>(
    relation: &'static str,
    score: Option<f64>,
    article: &'a Article,
    difference: Option<D>,
    words: &'a [String],
) -> impl Row + use<'a, D> {
    object! {
        relation,
        score,
        #[serde(flatten)]
        article: rows::article(article),
        difference,
        words,
    }
}

/// Two articles side by side, as JSON: the earlier one, and the later one as a row of
/// [`SimilarArticles`].
pub fn comparison(compared: &Comparison) -> impl Row {
    let Comparison { here, there, is_version, .. } = compared;
    let relation = if *is_version { "copy" } else { "none" };
    object! {
        here: rows::article(here),
        there: similar_row(relation, None, &there.article, Some(difference_row(here, there)), &[]),
        /// Whether the dates tell which of them was first.
        order_known: !compared.is_order_unknown(),
        /// Changes that were not asked for.
        hidden: there.n_hidden,
    }
}

/// What a copy has otherwise, as JSON.
fn difference_row<'a>(article: &'a Article, copy: &'a Copy) -> impl Row + use<'a> {
    let Difference { headline: other_headline, headline_edits, added, cut, changed, same, reordered } =
        &copy.difference;
    let here = |it| passage_row(article, it);
    let there = |it| passage_row(&copy.article, it);
    let changed = changed.iter().map(|it| {
        let texts = (passage(article, it.here), passage(&copy.article, it.there));
        object! { here: here(it.here), there: there(it.there), words: word_rows(&it.edits, texts) }
    });
    object! {
        headline: other_headline,
        headline_words: other_headline
            .then(|| word_rows(headline_edits, (headline(article), headline(&copy.article)))),
        added: added.iter().map(|it| there(*it)).collect::<Vec<_>>(),
        cut: cut.iter().map(|it| here(*it)).collect::<Vec<_>>(),
        changed: changed.collect::<Vec<_>>(),
        same,
        reordered,
    }
}

fn passage_row(article: &Article, ordinal: usize) -> impl Row {
    object! { passage: ordinal, text: passage(article, ordinal) }
}

fn passage(article: &Article, ordinal: usize) -> &str {
    article.passages().get(ordinal).map_or("", |it| &it.text)
}

fn headline(article: &Article) -> &str {
    article.metadata.headline.as_ref().map_or("", |it| &it.value)
}

/// The words of two versions: `["=", "the pier cost "]`, `["-", "nine "]`, `["+", "9 "]`. Those of
/// `=` and `+` are the other version, those of `=` and `-` this one but for its spaces and the form
/// of its quotation marks.
fn word_rows<'a>(edits: &[Edit], (here, there): (&'a str, &'a str)) -> Vec<(&'static str, &'a str)> {
    let mut rows = Vec::new();
    for Edit { here: mine, there: theirs, same } in edits {
        let (mine, theirs) = (here.get(mine.clone()), there.get(theirs.clone()));
        let sides = if *same { [("=", theirs), ("=", None)] } else { [("-", mine), ("+", theirs)] };
        rows.extend(
            sides.into_iter().filter_map(|(sign, it)| Some((sign, it?))).filter(|it| !it.1.is_empty()),
        );
    }
    rows
}

/// The other version with what was cut and added: in color, else as `[-nine-]{+9+}`.
fn edited(edits: &[Edit], here: &str, there: &str, look: &Look) -> String {
    let mut out = String::new();
    for Edit { here: mine, there: theirs, same } in edits {
        let side = |text: &str, range: &Range<usize>| text.get(range.clone()).unwrap_or_default().to_owned();
        let (mine, theirs) = (side(here, mine), side(there, theirs));
        if *same {
            out.push_str(&visible(&theirs));
            continue;
        }
        for (style, open, close, words) in [(CUT, "[-", "-]", &mine), (ADDED, "{+", "+}", &theirs)] {
            let words = words.trim();
            if !words.is_empty() {
                let (open, close) = if look.color { ("", "") } else { (open, close) };
                out.push_str(&format!("{open}{}{close}", look.styled(style, words)));
            }
        }
        // The space behind stands outside of the signs.
        if [&mine, &theirs].into_iter().any(|it| it.ends_with(char::is_whitespace)) {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

/// Two places are enough for a share.
fn score(score: f64) -> f64 {
    (score * 100.0).round() / 100.0
}

/// What a copy has otherwise, in words: `2 passages cut, 1 changed, another headline, 3 the same; 1
/// other change not shown`.
pub fn summary(copy: &Copy) -> String {
    let Difference { headline, added, cut, changed, same, reordered, .. } = &copy.difference;
    let mut parts = Vec::new();
    for (n, what) in [(added.len(), "added"), (cut.len(), "cut"), (changed.len(), "changed")] {
        match n {
            0 => (),
            n if parts.is_empty() => parts.push(format!("{} {what}", count(n, "passage"))),
            n => parts.push(format!("{} {what}", number(n))),
        }
    }
    parts.extend(reordered.then(|| "in another order".to_owned()));
    parts.extend(headline.then(|| "another headline".to_owned()));
    if parts.is_empty() {
        return "the same text".to_owned();
    }
    parts.push(format!("{} the same", number(*same)));
    let hidden = match copy.n_hidden {
        0 => String::new(),
        n => format!("; {} not shown", count(n, "other change")),
    };
    parts.join(", ") + &hidden
}

/// The most words that text names.
const WORDS_NAMED_MAX: usize = 8;

fn named(words: &[String]) -> String {
    words[..words.len().min(WORDS_NAMED_MAX)].join(", ")
}
