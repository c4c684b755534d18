//! The XML of Factiva's interface for programs: `PPSResponse`, and the articles of `ArchiveDoc`.
//!
//! Words that were searched for are marked up inside of words and sentences (`<hlt>`), which means
//! nothing.

use super::records::{as_correction, difference};
use crate::read::{
    Block, BlockKind, Documents, Problem, RawDocument, container,
    format::{Format, Source},
    xml::{Element, Name, Part, Parts, Role},
};
use morgue_core::article::{Field, FieldName, Trust};

pub(in crate::read) const FORMAT: Format = Format {
    name: "Factiva XML",
    told_by: "the root element `PPSResponse`, `ppsArticleResponse` or `ArchiveDoc`",
    article: "an `article` element",
    extensions: &[],
    fits: |start| {
        let is_root = |it: &str| ROOTS.iter().any(|root| root.eq_ignore_ascii_case(it));
        start.xml_root.is_some_and(is_root)
    },
    read,
};

const ROOTS: [&str; 6] = [
    "PPSResponse",
    "ppsArticleResponse",
    "ppsArticleResultSet",
    "GetArticleResponse",
    "DistDoc",
    "ArchiveDoc",
];

/// The fields and the paths of their values; the first that holds a value is used.
const FIELDS: [(FieldName, &[&str]); 6] = [
    (FieldName::Headline, &["headline", "HandL/Title/Headline", "Title/Headline"]),
    (FieldName::Byline, &["byline", "author"]),
    (FieldName::Source, &["sourceName", "SrcName"]),
    (
        FieldName::Date,
        &[
            "publicationDate/dateTime",
            "publicationDate/date",
            "publicationDate",
            "PubData/PubDate",
            "PubDate",
        ],
    ),
    (FieldName::Section, &["sectionName", "columnName"]),
    (FieldName::Language, &["baseLanguage"]),
];

/// The elements that hold paragraphs of the text, in its order.
const TEXT: [&str; 5] = ["leadParagraph", "leadParagraphs", "tailParagraphs", "LeadPara", "TailParas"];

/// How deep in a file articles are looked for.
const AROUND_MAX: usize = 8;

fn role(path: &[Name]) -> Role {
    match path.last() {
        Some(name) if name.local.eq_ignore_ascii_case("article") => Role::Record,
        _ if path.len() < AROUND_MAX => Role::Enter,
        _ => Role::Skip,
    }
}

fn read(source: Source<'_>) -> Result<Documents<'_>, Problem> {
    let rules = source.rules;
    let opened = container::peek(source.stream, container::HEAD_BYTES)?;
    let said = count(&String::from_utf8_lossy(&opened.head));
    let mut parts = Parts::new(opened.stream, rules, role)?;
    let mut ended = false;
    Ok(Box::new(std::iter::from_fn(move || {
        loop {
            match parts.next() {
                Some(Ok(Part::Record { element, place, notes })) => {
                    return Some(document(&element, &place, notes, rules.passages_max));
                }
                Some(Ok(Part::About { .. })) => (),
                Some(Err(problem)) => return Some(Err(problem)),
                None if ended => return None,
                None => {
                    ended = true;
                    let found = Parts::count(&parts);
                    let reason = match said {
                        _ if found == 0 => "holds no article".to_owned(),
                        said => difference(found, said?)?,
                    };
                    return Some(Err(Problem { place: String::new(), reason }));
                }
            }
        }
    })))
}

/// The number of articles that the element around them gives: `<ppsarticleResultSet count="3">`.
fn count(head: &str) -> Option<usize> {
    let (_, behind) = head.split_once("ResultSet ")?;
    let (attributes, _) = behind.split_once('>')?;
    let (_, value) = attributes.split_once("count=\"")?;
    value.split('"').next()?.parse().ok()
}

fn document(
    article: &Element,
    place: &str,
    notes: Vec<String>,
    passages_max: usize,
) -> Result<RawDocument, Problem> {
    let mut fields = Vec::new();
    for (name, paths) in FIELDS {
        let found = paths.iter().find_map(|path| Some((path, value(at(article, path)?)?)));
        if let Some((path, value)) = found {
            let place = format!("{place}, {path}");
            fields.push(Field::new(
                name,
                &value,
                Trust::Structured,
                &format!("factiva {}", name.name()),
                &place,
            ));
        }
    }
    let mut blocks = blocks(article, &TEXT, place, passages_max);
    let captions = self::blocks(article, &["artWork"], place, passages_max);
    blocks.extend(captions.into_iter().map(|it| Block { kind: BlockKind::Caption, ..it }));
    for block in self::blocks(article, &["corrections"], place, passages_max) {
        let (name, rule) = (FieldName::Correction, "factiva correction");
        fields.push(Field::new(name, &block.text, Trust::Structured, rule, &block.place));
        blocks.push(as_correction(block));
    }
    let has_headline = fields.iter().any(|it| it.name == FieldName::Headline);
    if blocks.is_empty() && !has_headline {
        return Err(Problem { place: place.to_owned(), reason: "has neither headline nor text".to_owned() });
    }
    let name = at(article, "accessionNo").and_then(value);
    Ok(RawDocument { name, among_records: true, blocks, fields, notes, ..RawDocument::default() })
}

/// The paragraphs within the elements of some names.
fn blocks(article: &Element, names: &[&str], place: &str, passages_max: usize) -> Vec<Block> {
    let texts = article.within().filter(|it| names.iter().any(|name| is_named(it, name)));
    let paragraphs =
        texts.flat_map(|it| it.within()).filter(|it| is_named(it, "paragraph") || is_named(it, "Para"));
    let lines = paragraphs.filter_map(|it| Some(it.line()).filter(|it| !it.is_empty()));
    let what = names.first().filter(|it| !TEXT.contains(it)).unwrap_or(&"text");
    let what = if *what == "text" { "paragraph" } else { what };
    lines
        .take(passages_max + 1)
        .zip(1..)
        .map(|(text, at)| Block {
            kind: BlockKind::Paragraph,
            text,
            bytes: None,
            place: format!("{place}, {what} {at}"),
        })
        .collect()
}

/// The first element at the end of a path, whatever the case of the names.
fn at<'a>(element: &'a Element, path: &str) -> Option<&'a Element> {
    path.split('/').try_fold(element, |it, name| it.elements().find(|it| is_named(it, name)))
}

fn is_named(element: &Element, name: &str) -> bool {
    element.name.local.eq_ignore_ascii_case(name)
}

/// The text of an element, or else its attribute `value`.
fn value(element: &Element) -> Option<String> {
    let text = element.line();
    let given = || element.attribute("value").map(str::to_owned);
    Some(text).filter(|it| !it.is_empty()).or_else(given)
}
