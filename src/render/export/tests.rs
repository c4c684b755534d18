//! Whatever titles, notes and tags hold, each format carries it, and its readers read it back.

use proptest::prelude::*;
use scraper::{Html, Selector};

use super::*;
use crate::{
    archive::{DossierItem, Whereabouts},
    article::Published,
    list::{
        Block, PassageWords, State,
        import::{self, ImportFormat, Reference},
    },
};

fn item(title: &str, note: &str, tag: &str, passage: &str) -> DossierItem {
    DossierItem {
        id: "c3f9a1b27d-91e0a2".parse().ok(),
        title: title.to_owned(),
        source: Some("The Post".to_owned()),
        date: Published::from_iso("2019-01-02"),
        byline: Some("Leda Moss and Post staff".to_owned()),
        url: Some("https://post.example/a_b?c=1&d=%7B".to_owned()),
        path: Some("corpus/a b#1.txt".to_owned()),
        place: None,
        section: None,
        language: Some("en".to_owned()),
        state: Some(State::Reading),
        tags: vec![tag.to_owned()],
        new: None,
        blocks: vec![
            Block::Note(note.to_owned()),
            Block::Passage(PassageWords {
                ordinal: Some(3),
                text: passage.to_owned(),
                said_by: "Rosa Lund".to_owned(),
            }),
        ],
        versions: Vec::new(),
        whereabouts: Whereabouts::Missing,
    }
}

fn dossier_with(item: DossierItem) -> Dossier {
    Dossier {
        name: "harbour".to_owned(),
        title: item.title.clone(),
        introduction: String::new(),
        query: Some(item.title.clone()),
        created: None,
        refreshed: None,
        items: vec![item],
        notes: Vec::new(),
    }
}

fn exported(dossier: &Dossier, format: ExportFormat) -> String {
    let options = ExportOptions {
        text: Text::Passages,
        made: Timestamp::UNIX_EPOCH,
        to_archive: "../".to_owned(),
        receipt: None,
    };
    let mut out = Vec::new();
    export(dossier, format, &options, &mut out).expect("a vector takes every byte");
    String::from_utf8(out).expect("text is UTF-8")
}

fn imported(text: &str, format: ImportFormat) -> Result<Reference, TestCaseError> {
    let references = import::read(text, format).map_err(|it| TestCaseError::fail(format!("{it}\n{text}")))?;
    prop_assert_eq!(references.len(), 1, "{}", text);
    Ok(references[0].clone())
}

/// The text of the first element that the selector fits, as an HTML parser sees it.
fn html_text(page: &str, selector: &str) -> String {
    let page = Html::parse_document(page);
    let found = page.select(&Selector::parse(selector).expect("a selector")).next();
    found.map(|it| it.text().collect()).unwrap_or_default()
}

/// The attributes and texts of an XML document, as an XML parser sees them.
fn xml_values(text: &str) -> Result<Vec<String>, TestCaseError> {
    use quick_xml::{Reader, events::Event};
    let mut reader = Reader::from_str(text);
    let mut values = vec![String::new()];
    loop {
        let event = reader.read_event().map_err(|it| TestCaseError::fail(format!("{it}: {text}")))?;
        match event {
            Event::Eof => return Ok(values),
            Event::Start(start) | Event::Empty(start) => {
                for attribute in start.attributes() {
                    let attribute = attribute.map_err(|it| TestCaseError::fail(it.to_string()))?;
                    let value = quick_xml::escape::unescape(&attribute.value).map(|it| it.into_owned());
                    values.push(value.map_err(|it| TestCaseError::fail(it.to_string()))?);
                }
                values.push(String::new());
            }
            Event::End(_) => values.push(String::new()),
            Event::Text(text) => values.last_mut().expect("one is there").push_str(&text),
            Event::GeneralRef(name) => {
                let named = quick_xml::escape::unescape(&format!("&{};", &*name)).map(|it| it.into_owned());
                values
                    .last_mut()
                    .expect("one is there")
                    .push_str(&named.map_err(|it| TestCaseError::fail(it.to_string()))?);
            }
            _ => {}
        }
    }
}

/// Its words apart by single spaces. What cannot be printed is `�` in some formats and space in others.
fn flat(text: &str) -> String {
    xml::one_line(text).replace('\u{fffd}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text with all that formats stumble over.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z0-9 ]{1,10}",
        any::<char>().prop_map(|it| it.to_string()),
        prop::sample::select(vec![
            "\"",
            "'",
            "\\",
            "{",
            "}",
            "$",
            "&",
            "&amp;",
            "&#x41;",
            "#",
            "^",
            "_",
            "~",
            "%",
            "%41",
            "<b>",
            "</script>",
            "<!--",
            "]]>",
            "]",
            "[",
            "](",
            "`",
            "*",
            "=1+1",
            "@",
            "-",
            "--",
            "``",
            "''",
            "🗞️",
            "👩‍👩‍👧",
            "שלום",
            "مرحبا",
            "\u{202e}",
            "\u{0}",
            "\u{1b}[31m",
            "\u{7f}",
            "\u{85}",
            "\u{fffe}",
            "\r",
            "\n",
            "\n\n",
            "\t",
            "\u{2028}",
            "\\par",
            "\\input{x}",
            "ER  - ",
            "\nTY  - NEWS",
            "</DL>",
            "</title>",
            "and",
            " and ",
        ])
        .prop_map(str::to_owned),
    ];
    ("[a-z]", prop::collection::vec(piece, 0..10))
        .prop_map(|(first, rest)| format!("{first}{}", rest.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn text_survives_every_format(title in any_text(), note in any_text(), tag in any_text(), passage in any_text()) {
        let dossier = dossier_with(item(&title, &note, &tag, &passage));
        let (title, shown_note) = (flat(&title), flat(&note));

        for (format, import) in [
            (ExportFormat::CslJson, ImportFormat::CslJson),
            (ExportFormat::Bibtex, ImportFormat::Bibtex),
            (ExportFormat::Ris, ImportFormat::Ris),
            (ExportFormat::Bookmarks, ImportFormat::Bookmarks),
        ] {
            let text = exported(&dossier, format);
            prop_assert_eq!(import::guess(&text), import);
            let read = imported(&text, import)?;
            prop_assert_eq!(read.title.as_deref().map(flat), Some(title.clone()), "{}", text);
            prop_assert_eq!(flat(&read.note), shown_note.clone(), "{}", text);
            prop_assert_eq!(read.id, dossier.items[0].id);
            prop_assert_eq!(read.date, dossier.items[0].date);
            prop_assert_eq!(read.state, Some(State::Reading));
            prop_assert_eq!(read.passages, [3]);
            prop_assert_eq!(read.url.as_deref(), dossier.items[0].url.as_deref());
            prop_assert_eq!(read.path.as_deref(), dossier.items[0].path.as_deref(), "{}", text);
        }

        let page = exported(&dossier, ExportFormat::Html);
        prop_assert_eq!(flat(&html_text(&page, "article h2")), &*title);
        prop_assert_eq!(flat(&html_text(&page, "title")), &*title);
        let spaceless = |it: &str| flat(it).split_whitespace().collect::<String>();
        prop_assert_eq!(spaceless(&html_text(&page, ".note")), spaceless(&shown_note));
        prop_assert_eq!(spaceless(&html_text(&page, "blockquote p")), spaceless(&flat(&passage)));
        let parsed = Html::parse_document(&page);
        let scripts = parsed.select(&Selector::parse("script, b, img, iframe").expect("a selector")).count();
        prop_assert_eq!(scripts, 0);

        let opml = xml_values(&exported(&dossier, ExportFormat::Opml))?;
        prop_assert!(opml.iter().any(|it| flat(it) == title), "{:?}", opml);
        prop_assert!(opml.iter().any(|it| flat(it) == shown_note), "{:?}", opml);
        let atom = exported(&dossier, ExportFormat::Atom);
        let values = xml_values(&atom)?;
        prop_assert!(values.iter().any(|it| flat(it) == title), "{:?}", values);
        let feed = feed_rs::parser::parse(atom.as_bytes()).map_err(|it| TestCaseError::fail(it.to_string()))?;
        let content = feed.entries[0].content.clone().and_then(|it| it.body).unwrap_or_default();
        prop_assert_eq!(spaceless(&html_text(&content, ".note")), spaceless(&shown_note));

        let json: serde_json::Value = serde_json::from_str(&exported(&dossier, ExportFormat::Json)).expect("JSON");
        prop_assert_eq!(json["entries"][0]["headline"].as_str(), Some(dossier.items[0].title.as_str()), "exactly");
        prop_assert_eq!(json["entries"][0]["note"].as_str(), Some(note.as_str()), "exactly");
        let feed: serde_json::Value = serde_json::from_str(&exported(&dossier, ExportFormat::JsonFeed)).expect("JSON");
        prop_assert_eq!(feed["items"][0]["title"].as_str().map(flat), Some(title));

        let table = exported(&dossier, ExportFormat::Csv);
        let mut table = ::csv::Reader::from_reader(table.as_bytes());
        let row = table.records().next().expect("a row").expect("of its width");
        let (heading, noted) = (row.get(3).unwrap_or_default(), row.get(13).unwrap_or_default());
        let visible = |it: &str| crate::render::visible(it).into_owned();
        prop_assert_eq!(visible(heading), visible(&dossier.items[0].title));
        prop_assert_eq!(visible(noted.strip_prefix('\'').unwrap_or(noted)), visible(&note));

        // A renderer shows the words of the Markdown as they are.
        let text = exported(&dossier, ExportFormat::Markdown);
        let heading = text.lines().find_map(|it| it.strip_prefix("## ")).expect("a heading");
        let shown: String = pulldown_cmark::Parser::new(&format!("## {heading}")).filter_map(|it| match it {
            pulldown_cmark::Event::Text(text) | pulldown_cmark::Event::Code(text) => Some(text.to_string()),
            _ => None,
        }).collect();
        prop_assert_eq!(spaceless(&shown), spaceless(&visible(&dossier.items[0].title)), "{}", heading);
    }
}

#[test]
fn a_cell_is_no_formula() {
    for (cell, expected) in [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
    ] {
        assert_eq!(csv::inert(cell.to_owned()), expected);
    }
}

#[test]
fn a_link_leads_to_a_page_or_nowhere() {
    let mut evil = item("t", "n", "g", "p");
    evil.url = Some("javascript:alert(1)".to_owned());
    let dossier = dossier_with(evil);
    for format in [ExportFormat::Html, ExportFormat::Atom, ExportFormat::Bookmarks, ExportFormat::Opml] {
        assert!(!exported(&dossier, format).contains("javascript:"), "{format:?}");
    }
}
