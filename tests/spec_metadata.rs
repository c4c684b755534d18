//! What is known of an article and where it comes from: the tables `spec/metadata.toml` and
//! `spec/dates.toml`.

use std::collections::BTreeMap;

use morgue::{
    article::{
        Article, ArticlePlace, Field, FieldName, Metadata, Origin, Passage, PassageKind, Published, Trust,
    },
    extract::{self, Context, sidecar, template::Template},
    read::{Block, BlockKind, RawDocument},
};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dates {
    case: Vec<DateCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DateCase {
    written: String,
    fact: Option<String>,
    r#in: Option<String>,
    date: Option<String>,
    instant: Option<String>,
}

#[test]
fn dates_are_only_as_fine_as_written() {
    let table: Dates = toml::from_str(include_str!("spec/dates.toml")).expect("dates.toml");
    for case in table.case {
        let trust = if case.r#in.is_some() { Trust::Structured } else { Trust::Text };
        let field = Field::new(FieldName::Date, &case.written, trust, "test", "here");
        let article = article("Body text.", vec![field], "a.txt", &Context::default());
        let said = format!("{} ({})", case.written, case.fact.unwrap_or_default());
        let date = article.metadata.date.as_ref().map(|it| it.value);
        assert_eq!(date.map(|it| it.to_string()), case.date, "{said}");
        assert_eq!(date.and_then(Published::instant), case.instant, "{said}");
        let rejected = article.metadata.rejected.iter().any(|(_, it)| it.value == case.written);
        assert_eq!(rejected, date.is_none(), "{said} is a value or listed");
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

/// One article; `text` is paragraphs parted by blank lines, `# ` and `## ` before headings, `! `
/// before captions and `* ` before items of lists, as a format that knows of them would tell.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    fact: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    path: Option<String>,
    /// Lines beside the headline of a page.
    #[serde(default)]
    beside: Vec<String>,
    #[serde(default)]
    fields: Vec<CaseField>,
    #[serde(default)]
    sidecar: String,
    #[serde(default)]
    template: Option<String>,
    #[serde(default)]
    defaults: BTreeMap<String, String>,
    #[serde(default)]
    sources: BTreeMap<String, String>,
    /// Field → value; an empty value: the field is absent.
    #[serde(default)]
    expect: BTreeMap<String, String>,
    /// Field → the rule that found it.
    #[serde(default)]
    rule: BTreeMap<String, String>,
    /// Field → the values that lost, in the order they were weighed.
    #[serde(default)]
    lost: BTreeMap<String, Vec<String>>,
    /// All passages, `kind: text`.
    passages: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseField {
    name: String,
    value: String,
    #[serde(default)]
    rule: Option<String>,
}

#[test]
fn metadata_is_found_and_says_where() {
    let table: Cases = toml::from_str(include_str!("spec/metadata.toml")).expect("metadata.toml");
    for case in &table.case {
        check(case);
    }
}

fn check(case: &Case) {
    let fact = &case.fact;
    let path = case.path.as_deref().unwrap_or("a.txt");
    let name = |name: &str| FieldName::from_name(name).unwrap_or_else(|| panic!("{fact}: field {name}"));
    let fields = case.fields.iter().map(|it| {
        let rule = it.rule.as_deref().unwrap_or("given");
        Field::new(name(&it.name), &it.value, Trust::Structured, rule, "head")
    });
    let template = case.template.as_deref().map(|it| Template::new(it, Vec::new()).expect(fact));
    let defaults = case.defaults.iter();
    let context = Context {
        sidecar: sidecar::parse(&case.sidecar, "a.meta.toml").expect(fact),
        path: template.and_then(|it| it.fields(path)).unwrap_or_default(),
        defaults: defaults
            .map(|(field, value)| Field::new(name(field), value, Trust::Default, "default", "morgue.toml"))
            .collect(),
        sources: case.sources.clone(),
    };
    let raw = RawDocument {
        blocks: blocks(&case.text),
        beside: blocks(&case.beside.join("\n\n")),
        fields: fields.collect(),
        ..RawDocument::default()
    };
    let place = ArticlePlace::file(path.to_owned());
    let article = extract::extract(raw, place, &context).expect(fact);
    for (field, expected) in &case.expect {
        let found = value(&article.metadata, name(field)).map_or(String::new(), |(value, _, _)| value);
        assert_eq!(&found, expected, "{fact}: {field}");
    }
    for (field, expected) in &case.rule {
        let origin = value(&article.metadata, name(field)).map(|(_, origin, _)| origin.rule);
        assert_eq!(origin.as_ref(), Some(expected), "{fact}: rule of {field}");
    }
    for (field, expected) in &case.lost {
        let lost = value(&article.metadata, name(field)).map(|(_, _, lost)| lost).unwrap_or_else(|| {
            let rejected = article.metadata.rejected.iter().filter(|(it, _)| *it == name(field));
            rejected.map(|(_, it)| it.value.clone()).collect()
        });
        assert_eq!(&lost, expected, "{fact}: lost candidates of {field}");
    }
    if let Some(expected) = &case.passages {
        let passages: Vec<String> =
            article.passages().iter().map(|it| format!("{}: {}", it.kind.name(), it.text)).collect();
        assert_eq!(&passages, expected, "{fact}");
    }
}

/// The value of a field as text, where it comes from, and what lost to it.
fn value(metadata: &Metadata, name: FieldName) -> Option<(String, Origin, Vec<String>)> {
    macro_rules! told {
        ($field:ident) => {
            metadata.$field.as_ref().map(|it| {
                let lost = it.candidates.iter().map(|it| it.value.clone()).collect();
                (it.value.to_string(), it.origin.clone(), lost)
            })
        };
    }
    match name {
        FieldName::Headline => told!(headline),
        FieldName::Source => told!(source),
        FieldName::Date => told!(date),
        FieldName::Byline => told!(byline),
        FieldName::Place => told!(place),
        FieldName::Section => told!(section),
        FieldName::Language => told!(language),
        FieldName::Url => told!(url),
        FieldName::Correction => told!(correction),
    }
}

#[track_caller]
fn article(text: &str, fields: Vec<Field>, path: &str, context: &Context) -> Article {
    let raw = RawDocument { blocks: blocks(text), fields, ..RawDocument::default() };
    extract::extract(raw, ArticlePlace::file(path.to_owned()), context).expect("a passage")
}

fn blocks(text: &str) -> Vec<Block> {
    let marks = [
        ("# ", BlockKind::Heading(1)),
        ("## ", BlockKind::Heading(2)),
        ("! ", BlockKind::Caption),
        ("* ", BlockKind::Item),
    ];
    text.split("\n\n")
        .map(|text| text.trim().replace('\n', " "))
        .filter(|it| !it.is_empty())
        .enumerate()
        .map(|(idx, text)| {
            let marked = marks.iter().find_map(|(mark, kind)| Some((*kind, text.strip_prefix(mark)?)));
            let (kind, text) = marked.unwrap_or((BlockKind::Paragraph, &text));
            Block { kind, text: text.to_owned(), bytes: None, place: format!("paragraph {}", idx + 1) }
        })
        .collect()
}

#[test]
fn a_document_without_a_passage_is_no_article() {
    let raw = RawDocument { blocks: blocks("Share on Facebook\n\n* * *"), ..RawDocument::default() };
    let place = ArticlePlace::file("a.html".to_owned());
    assert_eq!(extract::extract(raw, place, &Context::default()), None);
}

/// Lines as they stand on pages, to be put together in any order.
const LINES: [&str; 18] = [
    "Ferry Strike Ends After Nine Days",
    "By Ann Lee and Bo Diaz",
    "June 23, 2017",
    "PORT ELLIS (Reuters) — The ferry strike ended on Friday after nine days, both sides said.",
    "“We will sail tomorrow,” said Ms. Ortiz, the harbor master. “All of us.”",
    "Port Ellis harbor, at dawn",
    "Port Ellis harbor, at dawn Port Ellis harbor, at dawn",
    "Home | News | Sport",
    "Home > News > Harbor",
    "Share on Facebook",
    "Leave a Reply",
    "This story was originally posted on Harbour Courier (Shipping Desk).",
    "What comes next",
    "HarbourCourierOnline News",
    "1963-17-01",
    "\u{a0}\u{200b}",
    "—",
    "(((((",
];

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(&LINES[..]).prop_map(str::to_owned),
        1 => "\\PC{0,60}",
        1 => "[A-Z ,.()—:0-9-]{0,50}",
    ]
}

fn any_block() -> impl Strategy<Value = Block> {
    let kind = prop_oneof![
        6 => Just(BlockKind::Paragraph),
        1 => Just(BlockKind::Heading(1)),
        1 => Just(BlockKind::Caption),
        1 => Just(BlockKind::Item),
    ];
    (any_text(), kind).prop_map(|(text, kind)| Block { kind, text, bytes: None, place: "line 1".to_owned() })
}

fn any_field() -> impl Strategy<Value = Field> {
    let name = proptest::sample::select(&FieldName::ALL[..]);
    let trust = proptest::sample::select(&Trust::ALL[..]);
    (name, trust, any_text()).prop_map(|(name, trust, value)| Field::new(name, &value, trust, "any", "any"))
}

proptest! {
    #[test]
    fn passages_are_of_the_text_and_each_stands_once(
        blocks in proptest::collection::vec(any_block(), 0..14),
        fields in proptest::collection::vec(any_field(), 0..5),
        path in "[a-z/_.-]{0,20}",
    ) {
        let all: String = blocks.iter().map(|it| it.text.as_str()).collect();
        let given: Vec<String> = fields.iter().filter(|it| it.name == FieldName::Headline)
            .map(|it| letters(&it.value)).collect();
        let raw = RawDocument { blocks, fields: fields.clone(), ..RawDocument::default() };
        let context = Context::default();
        let place = ArticlePlace::file(path);
        let Some(article) = extract::extract(raw.clone(), place.clone(), &context) else { return Ok(()) };
        for passage in article.passages() {
            prop_assert!(!passage.text.is_empty());
            prop_assert_eq!(passage.text.trim(), passage.text.as_str());
            let found = letters(&all).contains(&letters(&passage.text));
            let headline = passage.kind == PassageKind::Headline
                && given.iter().any(|it| it.contains(&letters(&passage.text)));
            prop_assert!(found || headline, "{} is of the text", passage.text);
        }
        let captions = |pair: &[Passage]| pair.iter().all(|it| it.kind == PassageKind::Caption);
        for pair in article.passages().windows(2) {
            prop_assert!(!captions(pair) || pair[0].text != pair[1].text);
        }
        prop_assert_eq!(count(&article.metadata, &fields), fields_with_text(&fields), "no value is lost");
        let again = extract::extract(raw, place, &context).map(|it| it.id);
        prop_assert_eq!(again, Some(article.id));
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

/// How many of the fields given are listed, as values or candidates; those of a byline may be
/// joined, each cut to its name.
fn count(metadata: &Metadata, fields: &[Field]) -> usize {
    let listed = |field: &Field| {
        let same = |origin: &Origin| origin == &field.origin;
        let of_field = value(metadata, field.name);
        let won = of_field.as_ref().is_some_and(|(_, origin, _)| same(origin));
        let lost = of_field.is_some_and(|(_, _, lost)| lost.iter().any(|it| it.contains(field.value.trim())));
        let mut bylines = metadata.byline.iter().flat_map(|it| &it.candidates);
        let lost = lost || field.name == FieldName::Byline && bylines.any(|it| same(&it.origin));
        won || lost || metadata.rejected.iter().any(|(name, it)| *name == field.name && same(&it.origin))
    };
    fields.iter().filter(|it| !it.value.trim().is_empty()).filter(|it| listed(it)).count()
}

fn fields_with_text(fields: &[Field]) -> usize {
    fields.iter().filter(|it| !it.value.trim().is_empty()).count()
}

/// Hostile documents: what grows is one paragraph, the number of blocks, or the number and length
/// of fields.
#[test]
fn a_hostile_document_takes_no_more_than_its_length() {
    let place = || ArticlePlace::file("a/".repeat(2_000));
    let long = |text: &str| text.repeat(500_000 / text.len());
    for text in ["A | ", "by ", "( ", "a. B ", "PORT ", "1 ", "— ", "\u{301}", "Ferry Strike"] {
        let name_fields = FieldName::ALL.into_iter().flat_map(|name| {
            let field = |value: &str| Field::new(name, value, Trust::Structured, "h1", "head");
            std::iter::repeat_n(field(&text.repeat(20)), 300).chain([field(&long(text))])
        });
        let block = |text: String| Block {
            kind: BlockKind::Paragraph,
            text,
            bytes: None,
            place: "line 1".to_owned(),
        };
        let blocks = std::iter::repeat_n(block(text.repeat(9)), 3_000).chain([block(long(text))]);
        let raw =
            RawDocument { blocks: blocks.collect(), fields: name_fields.collect(), ..RawDocument::default() };
        extract::extract(raw, place(), &Context::default());
    }
}
