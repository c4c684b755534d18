//! A list that is exported and imported is the same list, whatever people wrote into it.

use std::fs;

use morgue::{
    archive::{Archive, ListName, Unheld},
    article::{Described, Published},
    list::{
        Block, Entry, EntryContent, Front, List, PassageWords, State, Version,
        import::{self, ImportFormat},
    },
    render::{self, ExportFormat, ExportOptions},
    search::{SearchRequest, Selection, TypedQuery},
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};

use crate::support::{Newsroom, text::any_text};

const FORMATS: [(ExportFormat, ImportFormat); 4] = [
    (ExportFormat::CslJson, ImportFormat::CslJson),
    (ExportFormat::Bibtex, ImportFormat::Bibtex),
    (ExportFormat::Ris, ImportFormat::Ris),
    (ExportFormat::Bookmarks, ImportFormat::Bookmarks),
];

const STORY: &str = "The council agreed to dredge the harbour from spring on, and to pay for it with a loan.\n\n\
    “The harbour will be dredged,” Home Minister Rosa Lund told the council on Monday evening.";

/// Two versions of one story, one that stands alone, and what no archive has.
fn newsroom() -> Newsroom {
    let article = |title: &str, url: &str, text: &str, byline: &str| {
        serde_json::json!({ "title": title, "date": "2019-01-02", "source": "The Post", "url": url, "text": text, "author": byline })
            .to_string()
    };
    Newsroom::new()
        .article(
            "plan.json",
            article("Harbour plan passes", "https://post.example/plan", STORY, "By Leda Moss"),
        )
        .article(
            "wire.json",
            article("Harbour to be dredged", "", &format!("{STORY}\n\nNobody objected."), "Post staff"),
        )
        .article(
            "her ring (1).json",
            article(
                "Herring return",
                "https://post.example/herring?a=1",
                "Herring are back.\n\nThey had been away.",
                "",
            ),
        )
        .ingested()
}

/// An entry of one of the archive's articles (1 to 3), of one that it does not have, or of a page.
fn any_entry() -> impl Strategy<Value = (usize, EntryContent)> {
    let words = prop::array::uniform8(any_text());
    let blocks =
        prop::collection::vec((any_text(), any_text(), prop::option::of(0..30_usize), any::<bool>()), 0..4);
    let date = prop::sample::select(vec![None, Some("2019"), Some("2019-03"), Some("2018-12-31")]);
    let state = prop::sample::select(State::ALL);
    (0..5_usize, words, blocks, date, state).prop_map(|(which, words, blocks, date, state)| {
        let [title, source, byline, tag, other_tag, label, link, _] = words;
        let block = |(text, said_by, ordinal, is_note): (String, String, Option<usize>, bool)| match is_note {
            true => Block::Note(text),
            false => Block::Passage(PassageWords { ordinal, text, said_by }),
        };
        let version = Version {
            label,
            link: format!("../corpus/{}", link.trim()),
            id: "c3f9a1b27d-91e0a2".parse().ok(),
        };
        let entry = EntryContent {
            title,
            source: Some(source),
            date: date.and_then(Published::from_iso),
            byline: Some(byline),
            state,
            tags: vec![tag, other_tag],
            versions: vec![version.clone(), Version { id: None, ..version }],
            blocks: blocks.into_iter().map(block).collect(),
            ..EntryContent::default()
        };
        (which, entry)
    })
}

/// What a list says of an entry.
fn said(entry: &Entry, format: ExportFormat) -> String {
    let mut blocks: Vec<Block> = Vec::new();
    for block in &entry.blocks {
        match (blocks.last_mut(), block) {
            // Only a quotation of nothing keeps two notes apart.
            (Some(Block::Note(above)), Block::Note(text)) => {
                *above = format!("{above}\n\n{}", kept(text, format));
            }
            (_, Block::Note(text)) => blocks.push(Block::Note(kept(text, format))),
            (_, Block::Passage(it)) => blocks.push(Block::Passage(PassageWords {
                text: kept(&it.text, format),
                said_by: kept(&it.said_by, format),
                ..it.clone()
            })),
        }
    }
    let text = |it: &Option<String>| it.as_deref().map(|it| kept(it, format));
    let versions: Vec<_> =
        entry.versions.iter().map(|it| (kept(&it.label, format), &it.link, it.id)).collect();
    let tags: Vec<String> = entry.tags.iter().map(|it| kept(it, format)).collect();
    format!(
        "{:#?}",
        (
            (
                kept(&entry.title, format),
                &entry.link,
                entry.id,
                text(&entry.source),
                entry.date,
                text(&entry.byline)
            ),
            (entry.state, tags, versions, blocks)
        )
    )
}

/// The text as a format keeps it, as `docs/exports.md` has it.
fn kept(text: &str, format: ExportFormat) -> String {
    let printable = |it: char| if matches!(it, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { it };
    let lines = text.trim().split('\n').map(|line| match format {
        ExportFormat::Bibtex => {
            let space = |it: char| if it.is_whitespace() && it != '\u{a0}' { ' ' } else { printable(it) };
            line.trim().chars().map(space).collect()
        }
        ExportFormat::Bookmarks | ExportFormat::Ris => line.chars().map(printable).collect(),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn an_export_imports_as_the_same_list() {
    let newsroom = newsroom();
    let archive = Archive::find(&newsroom.path(""), None, None).unwrap();
    let all = archive.search(
        &SearchRequest {
            query: TypedQuery { text: "harbour OR herring".to_owned(), ..TypedQuery::default() },
            selection: Selection { limit: 100, ..Selection::default() },
            ..SearchRequest::default()
        },
        jiff::civil::date(2020, 1, 1),
    );
    let mut ids: Vec<(String, _)> =
        all.unwrap().hits.iter().map(|it| (it.article.place().path.clone(), it.article.id())).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3);
    let list = (any_text(), prop::collection::vec(any_entry(), 1..4));
    let config = Config { cases: 60, failure_persistence: None, ..Config::default() };
    let law = |(title, entries): (String, Vec<(usize, EntryContent)>)| -> Result<(), TestCaseError> {
        let mut list = List::new(&Front {
            title: Some(morgue::list::one_line(&format!("x{title}"))),
            ..Front::default()
        });
        let mut taken = Vec::new();
        for (n, (which, mut entry)) in entries.into_iter().enumerate() {
            if taken.contains(&which) {
                continue;
            }
            taken.push(which);
            entry.title.insert(0, 'x');
            match ids.get(which) {
                Some((path, id)) => {
                    (entry.link, entry.id) = (format!("../{path}"), Some(*id));
                    // What a list leaves out the archive fills in.
                    entry.source = entry.source.map(|it| format!("x{it}"));
                    entry.byline = entry.byline.map(|it| format!("x{it}"));
                    entry.date = entry.date.or_else(|| Published::from_iso("2019-01-02"));
                }
                None if which == 3 => {
                    (entry.link, entry.id) =
                        (format!("../corpus/gone{n}.txt"), "aaaaaaaaaa-bbbbbb".parse().ok());
                }
                None => entry.link = format!("https://post.example/gone?n={n}&x=%20"),
            }
            list.push(&entry);
        }
        newsroom.write("lists/one.md", list.print());
        returns(&newsroom, &archive)
    };
    TestRunner::new(config).run(&list, law).unwrap_or_else(|it| panic!("{it}"));
}

/// Exports and imports the list `one` in each format.
fn returns(newsroom: &Newsroom, archive: &Archive) -> Result<(), TestCaseError> {
    let [one, two] = ["one", "two"].map(|it| ListName::new(it).unwrap());
    let list = archive.list(&one).map_err(|it| TestCaseError::fail(it.to_string()))?;
    let dossier = archive.dossier(&one).unwrap();
    for (format, import) in FORMATS {
        let mut text = Vec::new();
        let options = ExportOptions {
            text: Default::default(),
            made: jiff::Timestamp::UNIX_EPOCH,
            to_archive: "./".to_owned(),
            receipt: None,
            scope: None,
        };
        render::export(&dossier, format, &options, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        prop_assert_eq!(import::guess(&text), import, "{}", &text);
        let references =
            import::read(&text, import).map_err(|it| TestCaseError::fail(format!("{it}\n{text}")))?;
        let _ = fs::remove_file(newsroom.path("lists/two.md"));
        archive.import_list(&two, &references, Unheld::Keep, jiff::civil::date(2020, 1, 1)).unwrap();
        let again = archive.list(&two).unwrap();
        let title = |it: &List| kept(it.front().title.as_deref().unwrap_or_default().trim(), format);
        prop_assert_eq!(title(&again), title(&list), "{}", &text);
        let said = |list: &List| list.entries().map(|it| said(it, format)).collect::<Vec<_>>();
        let (was, is) = (said(&list), said(&again));
        if was != is {
            let (was, is) = (was.join("\n"), is.join("\n"));
            let differ: Vec<_> = was.lines().zip(is.lines()).filter(|it| it.0 != it.1).take(6).collect();
            prop_assert!(false, "{:?}: {:#?}\n{}\n{}", format, differ, &text, list.print());
        }
    }
    Ok(())
}
