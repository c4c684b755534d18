//! What is read from files of each format: one case a file in the folder of its format, its
//! snapshot beside it, and hostile input made on the spot.

mod hostile;
mod hostile_press;
mod mutated;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use morgue::{
    article::FieldName,
    read::{self, BlockKind, JsonMapping, Problem, RawDocument, ReadRules},
};

#[test]
#[expect(clippy::disallowed_methods, reason = "the cases are files")]
fn every_case_reads_as_its_snapshot_says() {
    for folder in folders() {
        let format = folder.file_name().expect("a folder").to_string_lossy().into_owned();
        for case in cases(&folder) {
            let name = case.file_name().expect("a file").to_string_lossy().into_owned();
            let content = fs::read(&case).expect("a case");
            let read = shown(&content, &format!("{format}/{name}"), &mapped());
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(&folder);
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| insta::assert_snapshot!(name, read));
        }
    }
}

#[test]
fn every_format_is_documented() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md")).expect("docs");
    let layouts = read::press_layouts().map(|it| it.0);
    for name in read::FORMATS.iter().map(|it| it.name).chain(layouts) {
        assert!(page.contains(&format!("\n| {name}")), "docs/formats.md has no row of {name}");
    }
}

/// The folders of cases, one a format.
fn folders() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(folder).expect("the formats").map(|it| it.expect("entry").path()).collect();
    folders.retain(|it| it.is_dir());
    folders.sort();
    assert!(folders.len() >= 6, "{folders:?}");
    folders
}

fn cases(folder: &Path) -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder).expect("folder of a format").map(|it| it.expect("entry").path()).collect();
    cases.retain(|it| it.extension().is_none_or(|it| it != "snap" && it != "new"));
    cases.sort();
    assert!(cases.len() >= 2, "a good case and a malformed one in {}", folder.display());
    cases
}

/// Rules with a mapping for the case that needs one.
fn mapped() -> ReadRules {
    let mapping = JsonMapping {
        path: Some(globset::Glob::new("json/mapped*").unwrap().compile_matcher()),
        fields: vec![
            (FieldName::Headline, "titel.haupt".to_owned()),
            (FieldName::Date, "stand.erschienen".to_owned()),
            (FieldName::Byline, "verfasser.0.name".to_owned()),
        ],
        text: Some("absaetze".to_owned()),
    };
    ReadRules { json: vec![mapping], ..ReadRules::default() }
}

fn read_all(content: &[u8], name: &str, rules: &ReadRules) -> Vec<Result<RawDocument, Problem>> {
    read::documents(content, name, rules).collect()
}

/// The documents and problems in a form a person can check.
fn shown(content: &[u8], name: &str, rules: &ReadRules) -> String {
    let mut out = String::new();
    for item in read_all(content, name, rules) {
        match item {
            Ok(document) => show(&document, (!packed(name)).then_some(content), &mut out),
            Err(problem) => writeln!(out, "PROBLEM {problem}").expect("a string"),
        }
        out.push('\n');
    }
    out
}

fn packed(name: &str) -> bool {
    name.ends_with(".gz") || name.ends_with(".zst")
}

fn show(document: &RawDocument, content: Option<&[u8]>, out: &mut String) {
    for field in &document.fields {
        let (rule, place) = (&field.origin.rule, &field.origin.place);
        writeln!(out, "{}: {}   [{rule}; {place}]", field.name.name(), field.value).expect("a string");
    }
    for note in &document.notes {
        writeln!(out, "note: {note}").expect("a string");
    }
    for line in &document.beside {
        writeln!(out, "beside: {}", line.text).expect("a string");
    }
    for block in &document.blocks {
        let kind = match block.kind {
            BlockKind::Paragraph => "¶".to_owned(),
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::Caption => "caption".to_owned(),
            BlockKind::Item => "item".to_owned(),
            BlockKind::Correction => "correction".to_owned(),
        };
        write!(out, "{kind:<7} {}   [{}", block.text, block.place).expect("a string");
        if let Some(bytes) = &block.bytes {
            if let Some(content) = content {
                // The bytes are those of the file: they begin and end as the block does.
                let slice = String::from_utf8_lossy(&content[bytes.clone()]);
                let (first, last) =
                    (block.text.split_whitespace().next(), block.text.split_whitespace().last());
                assert_eq!(slice.split_whitespace().next(), first, "start of {}", block.place);
                assert_eq!(slice.split_whitespace().last(), last, "end of {}", block.place);
            }
            write!(out, "; bytes {}..{}", bytes.start, bytes.end).expect("a string");
        }
        out.push_str("]\n");
    }
}
