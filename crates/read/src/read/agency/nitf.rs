//! NITF, the News Industry Text Format of the IPTC, versions 2 and 3: one story a file, also as the
//! content of NewsML.
//!
//! Elements are those of its DTD. The New York Times Annotated Corpus is NITF with `class`
//! attributes: the story stands in the block `full_text` and its beginning once more in
//! `lead_paragraph`; headlines and bylines have an online and a normalized form.

use super::{
    prose,
    records::{self, Context, Kind},
    story::{NO_TEXT, Story, letters, status_note},
};
use crate::read::{
    Block, BlockKind, Problem, RawDocument,
    format::Format,
    xml::{Element, Name, Node, Role},
};
use morgue_core::article::FieldName;

/// NITF.
pub(in crate::read) const FORMAT: Format = Format {
    name: "NITF",
    told_by: "the root element `nitf`",
    article: "the file",
    extensions: &["nitf"],
    fits: |start| start.xml_root.is_some_and(|it| it.eq_ignore_ascii_case("nitf")),
    read: |source| records::documents(source, KIND),
};

const KIND: Kind = Kind { role, read, none: "holds no `nitf` element" };

fn role(path: &[Name]) -> Role {
    let is_nitf = path.last().is_some_and(|it| it.local.eq_ignore_ascii_case("nitf"));
    if is_nitf { Role::Record } else { Role::Skip }
}

fn read(nitf: &Element, context: &Context<'_>) -> Vec<Result<RawDocument, Problem>> {
    let mut story = Story::new("nitf", context.place);
    add(nitf, &mut story, context.passages_max);
    vec![story.finish(NO_TEXT)]
}

/// Where values stand, the best place first; all are candidates.
const VALUES: &[(FieldName, &[&str])] = &[
    (
        FieldName::Date,
        &[
            "head/pubdata@date.publication",
            "body/body.head/dateline/story.date@norm",
            "head/docdata/date.issue@norm",
            "head/docdata/date.release@norm",
            "body/body.head/dateline/story.date",
        ],
    ),
    (FieldName::Section, &["head/pubdata@position.section"]),
    (FieldName::Language, &["@lang", "body@lang", "@baselang"]),
];

/// Names of the outlet or the agency. Only the first that is there counts: those behind it are
/// whoever holds rights, or codes.
const SOURCES: &[&str] = &[
    "body/body.head/distributor",
    "head/pubdata@name",
    "body/body.head/rights/rights.owner",
    "head/docdata/doc.copyright@holder",
    "head/docdata/doc.rights@owner",
    "body/body.head/copyrite/copyrite.holder",
    "head/docdata/doc-id@regsrc",
    "head/docdata/del-list/from-src@src-name",
];

/// Names of `meta` elements.
const METAS: &[(&str, FieldName)] = &[
    ("online_sections", FieldName::Section),
    ("dsk", FieldName::Section),
    ("correction_text", FieldName::Correction),
    ("alternate_url", FieldName::Url),
];

/// Adds what an `nitf` element says to a story.
pub(super) fn add(nitf: &Element, story: &mut Story, passages_max: usize) {
    story.name = story.name.take().or_else(|| nitf.value("head/docdata/doc-id@id-string"));
    let empty = Element::default();
    let body = nitf.child("body").unwrap_or(nitf);
    let head = body.child("body.head").unwrap_or(&empty);
    let decks = add_headlines(nitf, head, story);
    for (name, paths) in VALUES {
        paths.iter().for_each(|path| story.add(*name, &nitf.value(path).unwrap_or_default(), path));
    }
    if let Some((path, source)) = SOURCES.iter().find_map(|it| Some((it, nitf.value(it)?))) {
        story.add(FieldName::Source, &source, path);
    }
    add_bylines(body, head, story);
    add_place(nitf, body, head, story);
    add_head(nitf, story);
    let mut text = text(body, passages_max, story);
    if !is_annotated(nitf)
        && let Some(summary) = head.child("abstract")
    {
        let mut lead = prose::blocks(summary, passages_max, &mut story.notes);
        lead.retain(|it| !is_repeated(&it.text, &text));
        text.splice(0..0, lead);
    }
    story.blocks.extend(decks);
    story.blocks.append(&mut text);
    if let Some(tagline) = body.at("body.end/tagline") {
        let mut lines = prose::blocks(tagline, passages_max, &mut story.notes);
        // Some agencies put the writer's address there.
        lines.retain(|it| it.text.contains(' ') && !(it.text.contains('@') && it.text.len() < 100));
        story.blocks.append(&mut lines);
    }
}

/// Adds the headlines; gives the lines below them.
fn add_headlines(nitf: &Element, head: &Element, story: &mut Story) -> Vec<Block> {
    let mut decks = Vec::new();
    // AP calls the element `headline` where NITF is the content of NewsML-G2.
    let hedline = head.child("hedline").or_else(|| head.child("headline"));
    if let Some(hedline) = hedline {
        let lines: Vec<String> = hedline.all("hl1").take(LINES_MAX).map(Element::line).collect();
        lines.iter().for_each(|it| story.add(FieldName::Headline, it, "hl1"));
        if hedline.elements().next().is_none() {
            story.add(FieldName::Headline, &hedline.line(), "hedline");
        }
        for hl2 in hedline.all("hl2").take(LINES_MAX) {
            let line = hl2.line();
            let online = hl2.attribute("class") == Some("online_headline");
            if online || !story.has(FieldName::Headline) {
                story.add(FieldName::Headline, &line, "hl2");
            } else if !is_slug(&line) && !lines.contains(&line) {
                let kind = BlockKind::Heading(2);
                decks.push(Block { kind, text: line, bytes: None, place: String::new() });
            }
        }
    }
    if !story.has(FieldName::Headline) {
        story.add(FieldName::Headline, &nitf.value("head/title").unwrap_or_default(), "head/title");
    }
    decks.retain(|it| !it.text.is_empty());
    decks
}

/// A story has a few headlines and writers; further ones are not read.
const LINES_MAX: usize = 20;

/// Whether a line is in capitals only: keywords by which agencies file a story.
fn is_slug(line: &str) -> bool {
    line.chars().any(char::is_uppercase) && !line.chars().any(char::is_lowercase)
}

/// Adds who wrote it, without what they are: `byttl`.
fn add_bylines(body: &Element, head: &Element, story: &mut Story) {
    let given: Vec<&Element> = head.all("byline").take(LINES_MAX).collect();
    let of_text = || body.within().filter(|it| it.name.local == "byline").take(1).collect();
    let bylines: Vec<&Element> = if given.is_empty() { of_text() } else { given };
    let normalized = |it: &Element| it.attribute("class") == Some("normalized_byline");
    let any_printed = bylines.iter().any(|it| !normalized(it));
    for byline in bylines.into_iter().filter(|it| !any_printed || !normalized(it)) {
        let mut bare = byline.clone();
        bare.children.retain(|it| !is_element(it, &["byttl", "location", "virtloc"]));
        let names = spaced(&bare);
        // `By Ann Lee in <location>`
        let names = names.strip_suffix(" in").unwrap_or(&names);
        story.add(FieldName::Byline, names, "byline");
    }
}

/// The text of a byline, a space at each tag: `By<person>Ann Lee</person>`.
fn spaced(byline: &Element) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut waiting: Vec<&Node> = byline.children.iter().rev().collect();
    while let Some(node) = waiting.pop() {
        match node {
            Node::Text(text) => words.extend(text.split_whitespace()),
            Node::Element(element) => waiting.extend(element.children.iter().rev()),
        }
    }
    words.join(" ").replace(" ,", ",").replace(" .", ".")
}

fn is_element(node: &Node, names: &[&str]) -> bool {
    matches!(node, Node::Element(it) if names.contains(&it.name.local.as_str()))
}

/// Adds where it was reported from.
fn add_place(nitf: &Element, body: &Element, head: &Element, story: &mut Story) {
    let of_text = || body.within().find(|it| it.name.local == "dateline");
    if let Some(dateline) = head.child("dateline").or_else(of_text) {
        let mut bare = dateline.clone();
        bare.children.retain(|it| !is_element(it, &["story.date"]));
        match dateline.child("location") {
            Some(location) => story.add(FieldName::Place, &location.line(), "dateline/location"),
            None => story.add(FieldName::Place, &as_dateline(&bare.line()), "dateline"),
        }
    }
    story.add(FieldName::Place, &nitf.value("head/docdata/evloc@city").unwrap_or_default(), "evloc@city");
}

/// `OSBY, Jan. 1 -`: a line with a day is read as a dateline when a dash ends it.
pub(super) fn as_dateline(line: &str) -> String {
    let dated = line.contains(|it: char| it.is_ascii_digit()) || line.ends_with(')');
    if dated && !line.ends_with(['-', '–', '—']) { format!("{line} -") } else { line.to_owned() }
}

/// Adds what `head` says besides: address, status, `meta` elements.
fn add_head(nitf: &Element, story: &mut Story) {
    // Elsewhere `ex-ref` refers to an edition.
    let address = nitf.value("head/pubdata@ex-ref").filter(|it| it.starts_with("http") && is_annotated(nitf));
    story.add(FieldName::Url, &address.unwrap_or_default(), "head/pubdata@ex-ref");
    let status = nitf.value("head/docdata@management-status").unwrap_or_default();
    story.notes.extend(status_note(&status));
    for (name, field) in METAS {
        let mut metas = nitf.child("head").into_iter().flat_map(|it| it.all("meta"));
        let meta = metas.find(|it| it.attribute("name") == Some(name));
        let value = meta.and_then(|it| it.attribute("content")).unwrap_or_default();
        story.add(*field, value, &format!("meta {name}"));
    }
    let corrections = nitf.within().filter(|it| it.attribute("class") == Some("correction_text"));
    corrections.take(1).for_each(|it| story.add(FieldName::Correction, &it.line(), "correction_text"));
}

/// The blocks of the story's text.
fn text(body: &Element, passages_max: usize, story: &mut Story) -> Vec<Block> {
    let contents: Vec<&Element> = body.all("body.content").collect();
    let contents = if contents.is_empty() { vec![body] } else { contents };
    let mut blocks = Vec::new();
    for content in contents {
        match annotated(content) {
            Some(text) => {
                blocks.extend(prose::blocks(text, passages_max, &mut story.notes));
                let notes = content.all("block");
                let notes = notes.filter(|it| it.attribute("class") == Some("correction_text"));
                for note in notes.take(1) {
                    let correction = prose::blocks(note, passages_max, &mut story.notes).into_iter();
                    blocks.extend(correction.map(|it| Block { kind: BlockKind::Correction, ..it }));
                }
            }
            None => blocks.extend(prose::blocks(content, passages_max, &mut story.notes)),
        }
    }
    blocks
}

/// The block that holds the whole story, or else its beginning, where blocks are marked so.
fn annotated(content: &Element) -> Option<&Element> {
    let of_class = |class: &str| content.all("block").find(|it| it.attribute("class") == Some(class));
    of_class("full_text").or_else(|| of_class("lead_paragraph"))
}

/// Whether the file is of the annotated corpus: its abstracts were written by its indexers, and
/// `ex-ref` is the address of its article.
fn is_annotated(nitf: &Element) -> bool {
    let mut metas = nitf.child("head").into_iter().flat_map(|it| it.all("meta"));
    let mut contents = nitf.child("body").into_iter().flat_map(|it| it.all("body.content"));
    metas.any(|it| it.attribute("name") == Some("online_sections"))
        || contents.any(|it| annotated(it).is_some())
}

/// Whether the first blocks of a text begin as `lead` does.
fn is_repeated(lead: &str, text: &[Block]) -> bool {
    let start: String = letters(lead).take(LEAD_LETTERS).collect();
    let top: String = text.iter().take(LEAD_BLOCKS).flat_map(|it| letters(&it.text)).collect();
    top.contains(&start)
}

/// An abstract is the lead when its first words stand in the first paragraphs: a line or so of
/// them, for many are cut at a length.
const LEAD_LETTERS: usize = 60;
const LEAD_BLOCKS: usize = 4;
