//! A query explained: as an indented tree, or as JSON.

use std::io::{self, Write};

use morgue_core::{count, number};
use serde::Serialize;

use crate::{
    article::FieldName,
    query::{Explained, Judged},
    search::{ArticleExplanation, Explanation, Matched},
};

use super::{
    Format, Row,
    json::{self, object},
    rows,
    terminal::{version, visible},
};

/// The most words or names that text shows; JSON has them all.
const SHOWN_MAX: usize = 8;

/// How a query was read, as `docs/output.md` promises it.
pub(crate) fn explanation_row(it: &Explanation) -> impl Row {
    let words = it.words.iter().map(|it| {
        object! {
            word: &it.typed,
            forms: it.forms.iter().map(|it| object! { form: &it.0, uses: it.1 }).collect::<Vec<_>>(),
            n_forms: it.n_forms,
            cut: it.is_cut(),
        }
    });
    let names = it.names.iter().map(|it| {
        object! {
            field: it.field,
            words: &it.typed,
            names: it.names.iter().map(|it| object! { name: &it.0, quotes: it.1 }).collect::<Vec<_>>(),
        }
    });
    object! {
        query: &it.typed,
        read_as: &it.read_as,
        tree: Tree::new(&it.root),
        articles: it.of_articles.as_ref().map(Tree::new),
        words: words.collect::<Vec<_>>(),
        names: names.collect::<Vec<_>>(),
        notes: &it.notes,
    }
}

#[derive(Serialize)]
#[cfg_attr(feature = "web", derive(schemars::JsonSchema))]
struct Tree<'a> {
    kind: &'static str,
    says: &'a str,
    of: Vec<Tree<'a>>,
}

impl<'a> Tree<'a> {
    fn new(it: &'a Explained) -> Tree<'a> {
        Tree { kind: it.kind, says: &it.says, of: it.of.iter().map(Tree::new).collect() }
    }
}

/// Writes how a query is read. CSV and Markdown have no table for it and are text too.
pub fn explanation(it: &Explanation, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text | Format::Csv | Format::Markdown => text(it, out),
        Format::Json => json::document(&explanation_row(it), out),
        Format::Jsonl => json::lines([explanation_row(it)], out),
    }
}

fn text(it: &Explanation, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "read as   {}", visible(&it.read_as))?;
    writeln!(out, "finds     passages with")?;
    tree(&it.root, 5, out)?;
    if let Some(of_articles) = &it.of_articles {
        writeln!(out, "and then  articles with")?;
        tree(of_articles, 5, out)?;
    }
    for word in &it.words {
        let shown = word
            .forms
            .iter()
            .map(|(form, uses)| format!("{form} ({})", number(usize::try_from(*uses).unwrap_or(usize::MAX))));
        line(&word.typed, "in no word of the archive", shown, word.n_forms, out)?;
    }
    for name in &it.names {
        let shown = name.names.iter().map(|(name, quotes)| match quotes {
            Some(n) => format!("{name} ({})", count(*n, "quote")),
            None => name.clone(),
        });
        line(&format!("{}:{}", name.field, name.typed), "no name", shown, name.names.len(), out)?;
    }
    Ok(())
}

fn tree(it: &Explained, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    let colon = if it.of.is_empty() { "" } else { ":" };
    writeln!(out, "{:indent$}{}{colon}", "", visible(&it.says), indent = 2 * depth)?;
    it.of.iter().try_for_each(|part| tree(part, depth + 1, out))
}

fn line(
    what: &str,
    none: &str,
    all: impl Iterator<Item = String>,
    n: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let shown: Vec<String> = all.take(SHOWN_MAX).collect();
    let shown = match n.saturating_sub(shown.len()) {
        _ if shown.is_empty() => none.to_owned(),
        0 => shown.join(", "),
        rest => format!("{} and {} more", shown.join(", "), number(rest)),
    };
    writeln!(out, "{:<9} {}", visible(what), visible(&shown))
}

/// Writes why a query finds an article or does not. CSV and Markdown have no table for it and are
/// text too.
pub fn article_explanation(it: &ArticleExplanation, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text | Format::Csv | Format::Markdown => text_of_article(it, out),
        Format::Json => json::document(&article_explanation_row(it), out),
        Format::Jsonl => json::lines([article_explanation_row(it)], out),
    }
}

/// What of the article the query finds.
fn matched(it: &ArticleExplanation) -> Option<Matched> {
    match it.verdict.passages.is_empty() {
        false => Some(Matched::Passage),
        true => it.verdict.has_all.then_some(Matched::Article),
    }
}

fn article_explanation_row(it: &ArticleExplanation) -> impl Row {
    object! {
        query: &it.typed,
        read_as: &it.read_as,
        article: it.article.id.to_string(),
        path: it.article.place.address(),
        r#match: matched(it).map(Matched::name),
        passages: &it.verdict.passages,
        tree: JudgedTree::new(&it.verdict.root),
        copies: rows::versions(&it.copies),
        notes: &it.notes,
    }
}

#[derive(Serialize)]
#[cfg_attr(feature = "web", derive(schemars::JsonSchema))]
struct JudgedTree<'a> {
    says: &'a str,
    holds: bool,
    passages: &'a [usize],
    instead: Option<&'a str>,
    of: Vec<JudgedTree<'a>>,
}

impl<'a> JudgedTree<'a> {
    fn new(it: &'a Judged) -> JudgedTree<'a> {
        JudgedTree {
            says: &it.says,
            holds: it.holds,
            passages: &it.passages,
            instead: it.instead.as_deref(),
            of: it.of.iter().map(JudgedTree::new).collect(),
        }
    }
}

fn text_of_article(it: &ArticleExplanation, out: &mut dyn Write) -> io::Result<()> {
    let headline = it.article.metadata.text(FieldName::Headline).unwrap_or_else(|| "(no headline)".into());
    writeln!(out, "read as   {}", visible(&it.read_as))?;
    writeln!(out, "article   {} · {}", visible(&headline), visible(&it.article.place.address()))?;
    let found = match matched(it) {
        Some(Matched::Passage) => format!("in {}", of_passages(&it.verdict.passages)),
        Some(Matched::Article) => "in different passages of the article".to_owned(),
        None => "not found".to_owned(),
    };
    writeln!(out, "found     {found}")?;
    judged(&it.verdict.root, 0, out)?;
    if !it.copies.is_empty() {
        let named: Vec<String> = it.copies.iter().map(version).collect();
        writeln!(
            out,
            "copies    {}; of a passage that several have a search shows one, unless `--no-fold`",
            visible(&named.join("; "))
        )?;
    }
    Ok(())
}

fn judged(it: &Judged, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    let holds = if it.holds { "yes" } else { "no" };
    let colon = if it.of.is_empty() { "" } else { ":" };
    let (passages, instead) = (of_passages(&it.passages), it.instead.as_deref().unwrap_or_default());
    let behind: Vec<&str> = [passages.as_str(), instead].into_iter().filter(|it| !it.is_empty()).collect();
    let behind = if behind.is_empty() { String::new() } else { format!(" · {}", behind.join(" · ")) };
    let says = visible(&it.says);
    writeln!(out, "{holds:<10}{:indent$}{says}{colon}{}", "", visible(&behind), indent = 2 * depth)?;
    it.of.iter().try_for_each(|part| judged(part, depth + 1, out))
}

/// `passages 2, 5 and 9 more`; nothing without any.
fn of_passages(ordinals: &[usize]) -> String {
    let shown: Vec<String> = ordinals.iter().take(SHOWN_MAX).map(usize::to_string).collect();
    let rest = ordinals.len() - shown.len();
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    match ordinals.len() {
        0 => String::new(),
        1 => format!("passage {}", shown[0]),
        _ => format!("passages {}{more}", shown.join(", ")),
    }
}
