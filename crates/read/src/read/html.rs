//! Web pages, also as SingleFile saves them, into the blocks of the article and the fields of its
//! metadata.

mod beside;
mod body;
mod clean;
mod clutter;
mod json_ld;
mod metadata;
mod page;
mod statement;

use std::panic::{AssertUnwindSafe, catch_unwind};

use scraper::Html;
use trafilatura::{ExtractionFocus, Options};

use super::{
    Block, BlockKind, Documents, Problem, RawDocument,
    encoding::{self, Decoded},
    format::{Format, Source, Start},
    press::{self, Export, NoExport},
    sheet::{self, Kind},
    text,
};
use clean::Clean;
use morgue_core::article::{Field, FieldName};
use page::Page;

/// A web page.
pub(super) const FORMAT: Format = Format {
    name: "HTML",
    told_by: "a doctype or a tag at the start; tags, with the name",
    article: "the file",
    extensions: &["html", "htm", "xhtml", "shtml"],
    fits,
    read: documents,
};

fn fits(start: &Start<'_>) -> bool {
    let text = start.lower.as_str();
    let named = start.is_named(&FORMAT);
    if text.starts_with("<?xml") || text.starts_with("<!doctype") {
        return text.contains("<html") || text.starts_with("<!doctype html") || named;
    }
    let of_markdown = start.is_named(&super::markdown::FORMAT) && !text.starts_with("<html");
    let front_matter = super::markdown::front_matter(start.text);
    starts_with_tag(text) && !of_markdown
        || named && !front_matter && HTML_TAGS.iter().any(|it| has_tag(text, it))
}

fn documents(source: Source<'_>) -> Result<Documents<'_>, Problem> {
    let Source { rules, layout, is_forced, .. } = source;
    let file = source.whole()?;
    let declared = encoding::declared_in_markup(&file.bytes);
    let decoded = encoding::decode(file.bytes, declared.as_deref());
    let problem = file.problem.map(Err);
    if layout.is_some() || !is_forced && press::is_hinted_at(&decoded.text) {
        let lines = Box::new(lines(&decoded.text)?.into_iter().map(Ok));
        let notes = decoded.notes.clone();
        match press::read(Export { kind: Kind::Page, lines, rules, layout, notes }) {
            Ok(documents) => return Ok(Box::new(documents.chain(problem))),
            Err(NoExport::Unknown(problem)) => return Err(problem),
            Err(NoExport::Other(_)) => (),
        }
    }
    Ok(Box::new(std::iter::once(read(decoded, rules.passages_max)).chain(problem)))
}

/// The lines of a page.
pub(super) fn lines(page: &str) -> Result<Vec<sheet::Line>, Problem> {
    let clean = clean::clean(page).map_err(too_deep)?;
    too_large(&clean)?;
    Ok(sheet::lines_of_page(&Html::parse_document(&clean.html)))
}

/// Elements that begin a page or a piece of one.
const HTML_TAGS: &[&str] = &[
    "html", "head", "body", "title", "meta", "link", "script", "style", "div", "article", "main", "section",
    "header", "p", "h1", "h2", "table", "span", "br", "a", "ul", "ol", "figure", "img", "b", "i", "em",
    "strong", "font", "center",
];

fn starts_with_tag(start: &str) -> bool {
    start.starts_with("<!--") || HTML_TAGS.iter().any(|it| is_tag(start, it))
}

fn has_tag(text: &str, name: &str) -> bool {
    text.match_indices('<').any(|(at, _)| is_tag(&text[at..], name))
}

/// Whether `text` begins with `<name>` or `<name …`.
fn is_tag(text: &str, name: &str) -> bool {
    text.strip_prefix('<')
        .and_then(|it| it.strip_prefix(name))
        .is_some_and(|it| it.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace()))
}

/// Reads a page; one without an article is a problem.
fn read(decoded: Decoded, passages_max: usize) -> Result<RawDocument, Problem> {
    let clean = clean::clean(&decoded.text).map_err(too_deep)?;
    let mut notes = decoded.notes;
    drop(decoded.text);
    too_large(&clean)?;
    let html = Html::parse_document(&clean.html);
    let mut json_ld = json_ld::read(&clean.json_ld);
    let published_text = json_ld.body.take();
    let (fields, mut said) = metadata::read(&html, json_ld, clean.singlefile.as_deref());
    notes.append(&mut said);
    let page = Page::of(&html);
    let small = clean.tags <= PROPOSED_TAGS_MAX && clean.depths <= PROPOSED_DEPTHS_MAX;
    let proposed = if small { Some(main_text(&clean.html)?) } else { None };
    let mut blocks = body::blocks(&page, proposed.as_deref());
    mark_headline(&mut blocks, &fields);
    if let Some(text) = published_text.filter(|it| outweighs(it, &blocks)) {
        blocks = self::text::blocks_of(&plain_paragraphs(&text), passages_max);
        notes.push("the text was taken from json-ld articleBody".to_owned());
    }
    let beside = beside::lines(&page, &fields, &blocks);
    if blocks.is_empty() {
        return Err(Problem { place: String::new(), reason: "no article text found".to_owned() });
    }
    Ok(RawDocument { blocks, beside, fields, notes, ..RawDocument::default() })
}

fn too_large(clean: &Clean) -> Result<(), Problem> {
    let reason = if clean.html.len() > MARKUP_BYTES_MAX {
        format!("holds more than {} MiB of markup", MARKUP_BYTES_MAX >> 20)
    } else if clean.tags > TAGS_MAX {
        format!("has {} tags; more than {TAGS_MAX} are not read", clean.tags)
    } else {
        return Ok(());
    };
    Err(Problem { place: String::new(), reason })
}

/// What is left of a page without scripts, styles and embedded data may have so many bytes. Parsing
/// time grows with size times depth; a book has 1 MiB.
const MARKUP_BYTES_MAX: usize = 16 << 20;
/// A parsed tag with its text takes half a kilobyte and more; a long news page has some thousand.
const TAGS_MAX: usize = 400_000;
/// The extraction crate takes seconds for a page of 40 000 tags, and a minute for one of 175 000 at
/// a depth of 250 (measured); larger pages than these are judged by their construction alone. The
/// 90 saved news pages have 100 to 1 400 tags, and their depths add up to 400 to 18 000.
const PROPOSED_TAGS_MAX: usize = 30_000;
const PROPOSED_DEPTHS_MAX: usize = 600_000;

/// The blocks of a piece of HTML within a record, of the story when it is a whole page; `None` when
/// the text has no tags.
pub(super) fn fragment(text: &str, passages_max: usize) -> Option<Result<Vec<Block>, Problem>> {
    if is_page(text) {
        let decoded = Decoded { text: text.to_owned(), offset: None, notes: Vec::new() };
        return Some(read(decoded, passages_max).map(|it| it.blocks));
    }
    is_tagged(text).then(|| Ok(page_of(text)?.blocks()))
}

/// The same, each block with whether all of it is a link.
pub(super) fn linked(text: &str, passages_max: usize) -> Option<Result<Vec<(Block, bool)>, Problem>> {
    if is_page(text) {
        let blocks = fragment(text, passages_max)?;
        return Some(blocks.map(|it| it.into_iter().map(|it| (it, false)).collect()));
    }
    is_tagged(text).then(|| {
        let page = page_of(text)?;
        let links = page.leaves.iter().map(|it| it.link_chars == it.chars);
        Ok(page.blocks().into_iter().zip(links).collect())
    })
}

fn page_of(text: &str) -> Result<Page, Problem> {
    let clean = clean::clean(text).map_err(too_deep)?;
    too_large(&clean)?;
    Ok(Page::of(&Html::parse_fragment(&clean.html)))
}

fn is_page(text: &str) -> bool {
    let start = text.trim_start().get(..9).unwrap_or_default().to_ascii_lowercase();
    start == "<!doctype" || start.starts_with("<html")
}

/// Whether a text is HTML, and not one with a `<` in it.
pub(super) fn is_tagged(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let name: String = text[at + 1..].chars().take(11).take_while(char::is_ascii_alphanumeric).collect();
        let ends = text[at + 1 + name.len()..].starts_with(['>', ' ', '/', '\n']);
        ends && FRAGMENT_TAGS.contains(&name.to_ascii_lowercase().as_str())
    })
}

/// Tags that show a string to be HTML and not a text with a `<` in it.
const FRAGMENT_TAGS: &[&str] = &[
    "p",
    "br",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "figure",
    "figcaption",
    "section",
    "article",
    "span",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "table",
];

fn too_deep(depth: usize) -> Problem {
    let reason = format!("nests {depth} tags deep or more; more than {} is not read", clean::DEPTH_MAX);
    Problem { place: String::new(), reason }
}

/// The text that the extraction crate takes for the article; empty when it finds none.
///
/// Precision first (F1 0.969 on the public benchmark of 181 pages, 0.960 without); what is too
/// short or odd for that is tried again without.
fn main_text(html: &str) -> Result<String, Problem> {
    for focus in [ExtractionFocus::FavorPrecision, ExtractionFocus::Balanced] {
        let options = Options::default().with_fallback(true).with_focus(focus).with_exclude_comments(true);
        // The crate is large and not ours; whatever a page provokes in it must not end a run over
        // an archive.
        match catch_unwind(AssertUnwindSafe(|| trafilatura::extract(html, &options))) {
            Ok(Ok(result)) if !result.content_text.trim().is_empty() => return Ok(result.content_text),
            Ok(_) => (),
            Err(_) => {
                let reason = "the extraction of its text failed".to_owned();
                return Err(Problem { place: String::new(), reason });
            }
        }
    }
    Ok(String::new())
}

/// Leaves one heading of the first order, the headline: the block near the top that says what the
/// page says it is, else the first such heading if nothing stands before it. Sites use the order
/// within stories too.
fn mark_headline(blocks: &mut Vec<Block>, fields: &[Field]) {
    let letters = |it: &str| -> String {
        it.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let headlines = fields.iter().filter(|it| it.name == FieldName::Headline).map(|it| letters(&it.value));
    let headlines: Vec<String> = headlines.collect();
    let says_it = |block: &Block| headlines.contains(&letters(&block.text));
    let first_order = |block: &Block| block.kind == BlockKind::Heading(1);
    let at = blocks.iter().take(4).position(says_it).or_else(|| blocks.iter().take(1).position(first_order));
    let mut index = 0;
    blocks.retain(|block| {
        index += 1;
        at.is_none_or(|at| index - 1 <= at || index > 6 || !says_it(block))
    });
    for (index, block) in blocks.iter_mut().enumerate() {
        if Some(index) == at {
            block.kind = BlockKind::Heading(1);
        } else if first_order(block) {
            block.kind = BlockKind::Heading(2);
        }
    }
}

/// Whether the text that the publisher gives in JSON-LD is so much longer that the page must hide
/// most of it.
fn outweighs(text: &str, blocks: &[Block]) -> bool {
    let found: usize = blocks.iter().map(|it| it.text.len()).sum();
    text.len() > 200 && found * 5 < text.len() * 2
}

/// Text of JSON-LD, which may hold tags and character references, with a line a paragraph.
pub(super) fn plain_paragraphs(text: &str) -> String {
    match fragment(text, usize::MAX - 1) {
        Some(Ok(blocks)) => blocks.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("\n\n"),
        _ => text.lines().map(plain).collect::<Vec<_>>().join("\n"),
    }
}

/// A value as one line of text: character references decoded, tags and white space gone.
pub(super) fn plain(value: &str) -> String {
    let text = if value.contains(['&', '<']) && value.len() < 1 << 16 {
        let fragment = clean::clean(value).map(|it| it.html).unwrap_or_default();
        Html::parse_fragment(&fragment).root_element().text().collect::<String>()
    } else {
        value.to_owned()
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
