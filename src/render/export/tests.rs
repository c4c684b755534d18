//! Whatever titles, notes and tags hold, each format carries it, and its readers read it back.

use proptest::prelude::*;
use scraper::{Html, Selector};

use super::*;
use crate::{
    archive::{DossierItem, Whereabouts},
    article::Published,
    list::{Block, PassageWords, State},
};

/// Everything that people write into a list, with what it stands beside.
#[derive(Clone, Debug)]
struct Words {
    title: String,
    note: String,
    tag: String,
    passage: String,
    said_by: String,
    source: String,
    introduction: String,
}

fn plain_words() -> Words {
    let text = || "t".to_owned();
    Words {
        title: text(),
        note: text(),
        tag: text(),
        passage: text(),
        said_by: text(),
        source: text(),
        introduction: text(),
    }
}

fn item(words: &Words) -> DossierItem {
    DossierItem {
        named: "c3f9a1b27d-91e0a2".to_owned(),
        id: "c3f9a1b27d-91e0a2".parse().ok(),
        title: words.title.clone(),
        source: Some(words.source.clone()),
        date: Published::from_iso("2019-01-02"),
        byline: Some("Leda Moss and Post staff".to_owned()),
        url: Some("https://post.example/a_b?c=1&d=%7B".to_owned()),
        path: Some("corpus/a b#1.txt".to_owned()),
        place: None,
        section: None,
        language: Some("en".to_owned()),
        state: Some(State::Reading),
        tags: vec![words.tag.clone()],
        new: None,
        blocks: vec![
            Block::Note(words.note.clone()),
            Block::Passage(PassageWords {
                ordinal: Some(3),
                text: words.passage.clone(),
                said_by: words.said_by.clone(),
            }),
        ],
        versions: Vec::new(),
        whereabouts: Whereabouts::Missing,
    }
}

fn dossier_with(item: DossierItem, introduction: &str) -> Dossier {
    Dossier {
        name: "harbour".to_owned(),
        title: item.title.clone(),
        introduction: introduction.to_owned(),
        query: Some(item.title.clone()),
        order: None,
        created: None,
        refreshed: None,
        items: vec![item],
        notes: Vec::new(),
    }
}

fn options() -> ExportOptions<'static> {
    ExportOptions {
        text: Text::Passages,
        made: Timestamp::UNIX_EPOCH,
        to_archive: "../".to_owned(),
        receipt: None,
        scope: None,
    }
}

fn exported(dossier: &Dossier, format: ExportFormat) -> String {
    let options = options();
    let mut out = Vec::new();
    export(dossier, format, &options, &mut out).expect("a vector takes every byte");
    String::from_utf8(out).expect("text is UTF-8")
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

/// Its words apart by single spaces. What cannot be printed is `�` in some formats and space in
/// others.
fn flat(text: &str) -> String {
    xml::one_line(text).replace('\u{fffd}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn spaceless(text: &str) -> String {
    flat(text).split_whitespace().collect()
}

fn any_words() -> impl Strategy<Value = Words> {
    prop::array::uniform7(any_text()).prop_map(
        |[title, note, tag, passage, said_by, source, introduction]| Words {
            title,
            note,
            tag,
            passage,
            said_by,
            source,
            introduction,
        },
    )
}

/// Text with something to read in it, with all that formats stumble over; what comes first is any
/// of it, too.
fn any_text() -> impl Strategy<Value = String> {
    (crate::list::any_text::any_text(), "[a-z]", any::<bool>()).prop_map(|(rest, first, before)| match before
    {
        true => format!("{first}{rest}"),
        false => format!("{rest}{first}"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_page_shows_the_words_and_nothing_of_them_is_markup(words in any_words()) {
        let dossier = dossier_with(item(&words), &words.introduction);
        let page = exported(&dossier, ExportFormat::Html);
        prop_assert_eq!(flat(&html_text(&page, "article h2 .headline")), flat(&words.title));
        prop_assert_eq!(flat(&html_text(&page, "title")), flat(&words.title));
        prop_assert_eq!(flat(&html_text(&page, ".source")), flat(&words.source));
        prop_assert!(spaceless(&html_text(&page, "header")).contains(&spaceless(&words.introduction)));
        holds_blocks(&page, &words)?;
        let parsed = Html::parse_document(&page);
        let scripts = parsed.select(&Selector::parse("script, b, img, iframe").expect("a selector")).count();
        prop_assert_eq!(scripts, 0);

        // A page of the book is XML, and the same to a parser of HTML.
        let chapter = epub::chapter(1, &dossier.items[0], &options());
        let values = xml_values(&chapter)?;
        prop_assert!(values.iter().any(|it| flat(it) == flat(&words.title)), "{:?}", values);
        holds_blocks(&chapter, &words)?;
    }

    #[test]
    fn feeds_and_outlines_hold_the_words(words in any_words()) {
        let dossier = dossier_with(item(&words), &words.introduction);
        let opml = xml_values(&exported(&dossier, ExportFormat::Opml))?;
        for text in [&words.title, &words.note, &words.source, &words.tag] {
            prop_assert!(opml.iter().any(|it| flat(it) == flat(text)), "{:?}: {:?}", text, opml);
        }
        let credited = format!("{} — {} · paragraph 3", words.passage, words.said_by);
        prop_assert!(opml.iter().any(|it| flat(it) == flat(&credited)), "{:?}", opml);

        let atom = exported(&dossier, ExportFormat::Atom);
        let values = xml_values(&atom)?;
        prop_assert!(values.iter().any(|it| flat(it) == flat(&words.title)), "{:?}", values);
        prop_assert!(values.iter().any(|it| flat(it) == flat(&words.tag)), "{:?}", values);
        let feed = feed_rs::parser::parse(atom.as_bytes()).map_err(|it| TestCaseError::fail(it.to_string()))?;
        holds_blocks(&feed.entries[0].content.clone().and_then(|it| it.body).unwrap_or_default(), &words)?;

        let feed: serde_json::Value = serde_json::from_str(&exported(&dossier, ExportFormat::JsonFeed)).expect("JSON");
        prop_assert_eq!(feed["items"][0]["title"].as_str().map(flat), Some(flat(&words.title)));
        prop_assert_eq!(feed["items"][0]["tags"][0].as_str(), Some(words.tag.as_str()), "exactly");
        holds_blocks(feed["items"][0]["content_html"].as_str().unwrap_or_default(), &words)?;

        let json: serde_json::Value = serde_json::from_str(&exported(&dossier, ExportFormat::Json)).expect("JSON");
        let entry = &json["entries"][0];
        let exact = [
            (&entry["headline"], &words.title), (&entry["note"], &words.note), (&entry["source"], &words.source),
            (&entry["tags"][0], &words.tag), (&entry["blocks"][1]["text"], &words.passage),
            (&entry["blocks"][1]["said_by"], &words.said_by), (&json["introduction"], &words.introduction),
        ];
        for (value, text) in exact {
            prop_assert_eq!(value.as_str(), Some(text.as_str()), "exactly");
        }
    }

    #[test]
    fn a_table_and_text_hold_the_words(words in any_words()) {
        let dossier = dossier_with(item(&words), &words.introduction);
        let table = exported(&dossier, ExportFormat::Csv);
        let mut table = ::csv::Reader::from_reader(table.as_bytes());
        let row = table.records().next().expect("a row").expect("of its width");
        let visible = |it: &str| crate::render::visible(it).into_owned();
        for (column, text) in [(3, &words.title), (4, &words.source), (12, &words.tag), (13, &words.note)] {
            let cell = row.get(column).unwrap_or_default();
            prop_assert_eq!(visible(cell), visible(&csv::inert(text.clone())));
        }

        // A renderer shows the words of the Markdown as they are, and none of them is markup.
        let text = exported(&dossier, ExportFormat::Markdown);
        use pulldown_cmark::Options as Markdown;
        let github = Markdown::ENABLE_TABLES | Markdown::ENABLE_FOOTNOTES | Markdown::ENABLE_STRIKETHROUGH
            | Markdown::ENABLE_TASKLISTS | Markdown::ENABLE_GFM;
        let mut shown = String::new();
        for event in pulldown_cmark::Parser::new_ext(&text, github) {
            use pulldown_cmark::{Event, Tag};
            match event {
                Event::Text(text) | Event::Code(text) => shown.push_str(&text),
                Event::SoftBreak | Event::HardBreak | Event::End(_) => shown.push('\n'),
                Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Emphasis | Tag::Strong | Tag::Link { .. }
                    | Tag::BlockQuote(_) | Tag::List(None) | Tag::Item) => {}
                odd => prop_assert!(false, "{:?}: {}", odd, text),
            }
        }
        let shown = spaceless(&shown);
        for words in [&words.title, &words.note, &words.source, &words.passage, &words.said_by, &words.introduction] {
            prop_assert!(shown.contains(&spaceless(&visible(words))), "{:?}: {}", words, text);
        }
    }
}

/// Whether the HTML shows note and passage as they are.
fn holds_blocks(page: &str, words: &Words) -> Result<(), TestCaseError> {
    prop_assert_eq!(spaceless(&html_text(page, ".note")), spaceless(&words.note));
    prop_assert_eq!(spaceless(&html_text(page, "blockquote p")), spaceless(&words.passage));
    let credit = format!("— {} · paragraph 3", words.said_by);
    prop_assert_eq!(spaceless(&html_text(page, ".said-by")), spaceless(&credit));
    Ok(())
}

#[test]
fn a_cell_is_no_formula() {
    for (cell, expected) in [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\tplain", "'\tplain"),
        ("＝1+1", "'＝1+1"),
        ("＠SUM(A1)", "'＠SUM(A1)"),
        ("﹣1", "'﹣1"),
        ("−1", "'−1"),
        (" \r\n=1", "' \r\n=1"),
        ("\u{a0}\u{3000}=1", "'\u{a0}\u{3000}=1"),
        ("\u{feff}\u{200b}=1", "'\u{feff}\u{200b}=1"),
        ("\u{202e}\0+1", "'\u{202e}\0+1"),
        ("'=1", "''=1"),
        ("' \u{2060}-1", "'' \u{2060}-1"),
        ("a=1", "a=1"),
        (" a", " a"),
        ("'Tis a plan", "'Tis a plan"),
        ("“=1”", "“=1”"),
        ("", ""),
    ] {
        assert_eq!(csv::inert(cell.to_owned()), expected);
    }
}

#[test]
fn a_feed_claims_no_day_that_nobody_knows() {
    for (date, published) in [("2019-01-02", Some("2019-01-02T00:00:00Z")), ("2019-01", None), ("2019", None)]
    {
        let article = DossierItem { date: Published::from_iso(date), ..item(&plain_words()) };
        let dossier = dossier_with(article, "");
        let feed: serde_json::Value =
            serde_json::from_str(&exported(&dossier, ExportFormat::JsonFeed)).expect("JSON");
        assert_eq!(feed["items"][0]["date_published"].as_str(), published);
        assert_eq!(exported(&dossier, ExportFormat::Atom).contains("<published>"), published.is_some());
    }
}

#[test]
fn a_link_leads_to_a_page_or_nowhere() {
    let evil = DossierItem { url: Some("javascript:alert(1)".to_owned()), ..item(&plain_words()) };
    let dossier = dossier_with(evil, "");
    for format in [ExportFormat::Html, ExportFormat::Atom, ExportFormat::Bookmarks, ExportFormat::Opml] {
        assert!(!exported(&dossier, format).contains("javascript:"), "{format:?}");
    }
}

#[test]
fn a_file_that_is_named_like_an_address_is_a_file() {
    for path in ["javascript:alert(1)", "data:text/html,x"] {
        let article = DossierItem { url: None, path: Some(path.to_owned()), ..item(&plain_words()) };
        let dossier = dossier_with(article, "");
        let beside = ExportOptions { to_archive: String::new(), ..options() };
        for format in [ExportFormat::Html, ExportFormat::Bookmarks] {
            let mut out = Vec::new();
            export(&dossier, format, &beside, &mut out).expect("a vector takes every byte");
            let page = Html::parse_document(&String::from_utf8(out).expect("text is UTF-8"));
            let links = Selector::parse("a").expect("a selector");
            let mut addresses = page.select(&links).filter_map(|it| it.value().attr("href"));
            assert!(addresses.all(|it| it.starts_with("./") || it.starts_with('#')), "{format:?}: {path}");
        }
    }
}
