//! Input that is broken or made to break: each is named, and nothing hangs, panics or grows without
//! bound.
//!
//! No time is measured: what once took quadratic time would keep the run for minutes.

use std::io::{BufReader, Read, Write as _};

use flate2::{Compression, write::GzEncoder};
use morgue::read::{self, ReadRules};
use proptest::prelude::*;

use super::{read_all, shown};

fn read_default(content: &[u8], name: &str) -> String {
    shown(content, name, &ReadRules::default())
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).expect("in memory");
    encoder.finish().expect("in memory")
}

const STORY: &str = "The harbor board met on Monday.\n\nIt voted to close the east pier.\n";

#[test]
fn deep_pages_are_refused() {
    for tag in ["<div>", "<span>", "<blockquote>", "<ul><li>", "<table><tr><td>"] {
        let page = format!("<html><body>{}<p>{STORY}</p>", tag.repeat(20_000));
        let read = read_default(page.as_bytes(), "deep.html");
        assert!(
            read.contains("PROBLEM nests 513 tags deep or more; more than 512 is not read"),
            "{tag}: {read}"
        );
    }
}

#[test]
fn pages_that_are_deep_or_long_within_the_limits_are_read() {
    let story = "<p>The harbor board met on Monday and voted to close the east pier for the winter.</p>";
    let deep = format!("<html><body>{}{}", "<div>".repeat(480), story.repeat(5));
    assert!(read_default(deep.as_bytes(), "deep.html").contains("east pier"));
    let long = format!("<html><body><article>{}</article>", story.repeat(60_000));
    assert!(read_default(long.as_bytes(), "long.html").matches("east pier").count() >= 60_000);
}

#[test]
fn floods_of_names_repeats_and_classes_are_survived() {
    let keys: String = (0..200_000).map(|it| format!("\"k{it}\": {it}, ")).collect();
    let record = format!("{{{keys}\"Title\": \"Pier\", \"text\": \"The board met.\"}}\n");
    assert!(read_default(record.as_bytes(), "a.jsonl").contains("headline: Pier"));
    let metas: String = (0..20_000).map(|it| format!("<meta name=author content=a{it}>")).collect();
    let nested = format!("<div class='{}'>", "story ".repeat(500)).repeat(80);
    let lines = "The harbor board met on Monday.<br><br>".repeat(20_000);
    let page = format!("<html><head>{metas}</head><body>{nested}{lines}");
    assert!(read_default(page.as_bytes(), "a.html").contains("harbor board"));
}

#[test]
fn a_news_item_of_very_many_components_takes_linear_time() {
    let story = "<NewsComponent><NewsLines><HeadLine>Pier</HeadLine></NewsLines>\
                 <ContentItem><DataContent><p>The board met.</p></DataContent></ContentItem></NewsComponent>";
    let content = format!(
        "<NewsML><NewsItem><NewsComponent>{}</NewsComponent></NewsItem></NewsML>",
        story.repeat(10_000)
    );
    assert_eq!(read_all(content.as_bytes(), "a.xml", &ReadRules::default()).len(), 10_000);
    let deep = format!("<nitf><body><body.content>{}", "<block>".repeat(100_000));
    assert!(read_default(deep.as_bytes(), "a.xml").contains("PROBLEM"));
}

#[test]
fn unclosed_marks_and_floods_of_attributes_are_survived() {
    let story =
        "<p>The harbor board met on Monday and voted to close the east pier for the winter.</p>".repeat(8);
    for flood in [
        "<b>".repeat(20_000),
        (0..20_000).map(|it| format!("<div><font size={it}></div>x")).collect(),
        format!("<p {}>", (0..50_000).map(|it| format!("a{it}=1 ")).collect::<String>()),
        "<!".repeat(50_000),
        "<a href='".to_owned() + &"x".repeat(200_000) + "'>",
    ] {
        let page = format!("<html><body>{story}{flood}</body></html>");
        let read = read_default(page.as_bytes(), "flood.html");
        assert!(read.contains("east pier") || read.contains("PROBLEM"), "{}", &read[..read.len().min(300)]);
    }
}

#[test]
fn floods_in_feeds_and_exports_are_survived() {
    let feed = |items: &str| format!("<rss><channel><title>Pier</title>{items}</channel></rss>");
    let post = |text: &str| {
        let item = format!("<item><title>Pier</title><content:encoded>{text}</content:encoded></item>");
        feed(&format!("<wp:wxr_version>1.2</wp:wxr_version>{item}"))
    };
    let item = "<item><title>Pier</title><description>The board met.</description></item>";
    let deep = format!("<item><title>Pier</title><description>{}</description></item>", "<b>".repeat(50_000));
    for (content, expected) in [
        (feed(&item.repeat(20_000)), "headline: Pier"),
        (feed(&deep.repeat(3)), "PROBLEM record 1"),
        (feed(&"<item>".repeat(100_000)), "PROBLEM record 1"),
        (
            feed(&format!("<item><title>Pier</title>{}</item>", "<category>a</category>".repeat(50_000))),
            "Pier",
        ),
        (post(&"[".repeat(300_000)), "headline: Pier"),
        (post(&"[embed]x".repeat(100_000)), "headline: Pier"),
        (post(&format!("{}{}", "[box]".repeat(100_000), "[/box]".repeat(100_000))), "headline: Pier"),
        (post(&"\n\n".repeat(500_000)), "headline: Pier"),
        (format!("<feed xmlns='http://www.w3.org/2005/Atom'>{}", "<entry".repeat(50_000)), "PROBLEM"),
        (format!("<opml><body>{}", "<outline xmlUrl='a'>".repeat(50_000)), "PROBLEM"),
    ] {
        let read = read_default(content.as_bytes(), "a.xml");
        let start = |text: &str| text.chars().take(200).collect::<String>();
        assert!(read.contains(expected), "{}: {}", start(&content), start(&read));
    }
}

#[test]
fn compressed_files_are_read_and_bombs_stopped() {
    let story = STORY.as_bytes();
    let plain = read_default(story, "a.txt");
    let two_members = [gzip(&story[..20]), gzip(&story[20..])].concat();
    assert_eq!(shown_text(&two_members, "a.txt.gz"), texts(&plain));
    let zst = zstd::encode_all(story, 3).expect("in memory");
    assert_eq!(shown_text(&zst, "a.txt.zst"), texts(&plain));

    let zeros = gzip(&vec![b' '; 60 << 20]);
    assert!(read_default(&zeros, "a.txt.gz").contains("unpacks to more than 500 times its own size"));
    let zeros = zstd::encode_all(&*vec![b' '; 60 << 20], 3).expect("in memory");
    assert!(read_default(&zeros, "a.txt.zst").contains("unpacks to more than 500 times its own size"));
    let rules = ReadRules { unpacked_bytes_max: 1 << 20, ..ReadRules::default() };
    let long = gzip(STORY.repeat(40_000).as_bytes());
    assert!(
        shown(&long, "a.txt.gz", &rules).contains("PROBLEM unpacks to more than 1 MiB, which is the limit")
    );
    assert!(read_default(&gzip(&gzip(story)), "a.txt.gz").contains("packed twice"));
}

#[test]
fn what_came_before_a_cut_is_kept() {
    let lines: String = (0..20_000_u32)
        .map(|it| format!("Line {} of the minutes.\n", it.wrapping_mul(2_654_435_761)))
        .collect();
    for (packed, name) in [
        (gzip(lines.as_bytes()), "a.txt.gz"),
        (zstd::encode_all(lines.as_bytes(), 3).expect("in memory"), "a.txt.zst"),
    ] {
        let read = read_default(&packed[..packed.len() / 2], name);
        assert!(read.contains("Line 0 of the minutes."), "{name}");
        assert!(
            read.contains("PROBLEM is cut short: its compressed data has no end"),
            "{name}: {}",
            &read[read.len() - 200..]
        );
    }
}

#[test]
fn encodings_are_recognized_and_damage_is_counted() {
    let text = "Die Bürgermeisterin sagte: „Wir schließen die Mole.“";
    let utf_16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (content, note) in [
        (text.as_bytes().to_vec(), None),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), None),
        (utf_16, Some("note: read as UTF-16LE by its byte order mark")),
        (
            b"Die B\xfcrgermeisterin sagte: \x84Wir schlie\xdfen die Mole.\x93".to_vec(),
            Some("note: read as windows-1252 by its bytes"),
        ),
    ] {
        let read = read_default(&content, "a.txt");
        assert!(read.contains(text), "{read}");
        assert_eq!(read.lines().find(|it| it.starts_with("note")), note, "{read}");
    }
    let damaged = [text.as_bytes(), b" \xff\xff ", text.as_bytes()].concat();
    assert!(
        read_default(&damaged, "a.txt")
            .contains("note: 2 byte sequences are no valid UTF-8 and were replaced")
    );
}

#[test]
fn what_is_no_text_is_named() {
    for (content, name, problem) in [
        (&b""[..], "a.txt", "PROBLEM is empty"),
        (b"  \n\n ", "a.md", "PROBLEM is empty but for white space"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.html", "PROBLEM is a PNG image, which holds no article"),
        (b"%PDF-1.4 abc", "a.txt", "PROBLEM is a PDF document, and those are not read yet"),
        (b"abc\0def", "a.txt", "PROBLEM holds zero bytes, so it is no text"),
        (b"<html><body></body></html>", "a.html", "PROBLEM no article text found"),
        (b"{\"headline\": \"x\"}", "a.json", "PROBLEM has no text"),
        (b"[]", "a.json", "PROBLEM holds no record"),
    ] {
        assert_eq!(read_default(content, name).trim(), problem, "{name}");
    }
}

#[test]
fn nested_json_and_yaml_bombs_are_refused() {
    let deep = format!("{{\"text\": {}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(
        read_default(deep.as_bytes(), "a.json")
            .contains("PROBLEM is no valid JSON: recursion limit exceeded")
    );
    let mut bomb = "---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let alias = format!("*a{}", level - 1);
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![alias; 9].join(", "));
    }
    bomb += "title: Harbor board\n---\n\nThe board met.\n";
    let read = read_default(bomb.as_bytes(), "a.md");
    assert!(read.contains("note: the front matter could not be parsed"), "{read}");
    assert!(read.contains("headline: Harbor board") && read.contains("The board met."), "{read}");
}

#[test]
fn a_huge_line_is_left_out_and_not_held() {
    let rules = ReadRules { record_bytes_max: 1 << 10, ..ReadRules::default() };
    let long = "x".repeat(5_000);
    let text = format!("First line of the story, which is short.\n\n{long}\n\nLast line of it.\n");
    let read = shown(text.as_bytes(), "a.txt", &rules);
    assert!(
        read.contains("PROBLEM line 3: is 5001 bytes long and was left out; lines are read up to 1 KiB"),
        "{read}"
    );
    assert!(read.contains("Last line of it."), "{read}");
    let lines = format!("{{\"text\": \"One.\"}}\n{{\"text\": \"{long}\"}}\n{{\"text\": \"Three.\"}}\n");
    let read = shown(lines.as_bytes(), "a.jsonl", &rules);
    assert!(
        read.contains("One.") && read.contains("Three.") && read.contains("PROBLEM line 2: is 50"),
        "{read}"
    );
}

#[test]
fn a_page_that_is_too_large_is_named_with_its_size() {
    let rules = ReadRules { file_bytes_max: 1 << 20, ..ReadRules::default() };
    let page = format!("<html><body>{}", "<p>The harbor board met on Monday.</p>".repeat(80_000));
    let read = shown(page.as_bytes(), "a.html", &rules);
    assert_eq!(read.trim(), "PROBLEM holds 2968 KiB, and files of this format are read up to 1 MiB");
}

/// Text that never ends: only what is read can be held.
struct Endless;

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        buffer.fill(b'x');
        Ok(buffer.len())
    }
}

#[test]
fn a_line_of_two_hundred_megabytes_is_measured_not_held() {
    let source = BufReader::new(
        b"{\"text\": \"".chain(Endless.take(200 << 20)).chain(&b"\"}\n{\"text\": \"Two.\"}\n"[..]),
    );
    let found: Vec<_> = read::documents(source, "a.jsonl", &ReadRules::default()).collect();
    assert_eq!(found.len(), 2);
    let problem = found[0].as_ref().expect_err("the long line").to_string();
    assert_eq!(problem, "line 1: is 200 MiB long, and records are read up to 16 MiB");
    assert_eq!(found[1].as_ref().expect("the short one").blocks[0].text, "Two.");
}

fn texts(shown: &str) -> Vec<String> {
    shown
        .lines()
        .filter(|it| it.starts_with('¶'))
        .map(|it| it.split("   [").next().unwrap_or(it).to_owned())
        .collect()
}

fn shown_text(content: &[u8], name: &str) -> Vec<String> {
    read_all(content, name, &ReadRules::default())
        .into_iter()
        .flat_map(|it| it.expect("a sound file").blocks)
        .map(|it| format!("¶       {}", it.text))
        .collect()
}

const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=x>",
    "</div>",
    "<li>",
    "<b>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<h1>",
    "<br>",
    "&amp;",
    "&#5;",
    "{\"text\":\"",
    "\"}",
    "[",
    "]",
    "---\n",
    "+++\n",
    "title: ",
    "- ",
    "* ",
    "> ",
    "```\n",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    "\u{c}",
    "said ",
    "The mayor ",
    "“",
    "é",
    "\u{feff}",
    "<REUTERS>",
    "</REUTERS>",
    "<TEXT>",
    "<BODY>",
    "</BODY>",
    "<DATE>",
    "word-\n",
    "By: x\n",
    "Date: y\n",
    "<",
    ">",
    "\"",
    "'",
    "=",
    "![alt](x)",
    "[link](y)",
    "\u{200b}",
    "<table><tr><td>",
    "</table>",
    "<nitf><body>",
    "<hedline><hl1>",
    "<block>",
    "<newsMessage><itemSet>",
    "<newsItem><contentSet>",
    "<inlineXML>",
    "</newsItem>",
    "<NewsML><NewsItem>",
    "<NewsComponent EquivalentsList='yes'>",
    "<ContentItem><DataContent>",
    "</NewsItem>",
    "<![CDATA[",
    "]]>",
    "&lt;",
    "{\"uri\":\"u\",\"pubstatus\":\"usable\",\"body_html\":\"",
];

fn any_content() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..300),
        proptest::collection::vec(proptest::sample::select(PIECES), 0..120)
            .prop_map(|it| it.concat().into_bytes()),
        (proptest::collection::vec(proptest::sample::select(PIECES), 0..60), any::<u8>(), 0_usize..200)
            .prop_map(|(pieces, byte, at)| {
                let mut bytes = pieces.concat().into_bytes();
                bytes.insert(at.min(bytes.len()), byte);
                bytes
            }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_reading_panic(content in any_content(), name in "[a-z]{0,3}(\\.(txt|md|html|json|jsonl|sgm|xml|gz))?") {
        let rules = ReadRules { file_bytes_max: 1 << 16, record_bytes_max: 200, ..ReadRules::default() };
        for document in read::documents(&content[..], &name, &rules).flatten() {
            for block in &document.blocks {
                prop_assert!(!block.text.trim().is_empty());
                if let Some(bytes) = &block.bytes {
                    prop_assert!(bytes.start < bytes.end && bytes.end <= content.len());
                }
            }
        }
    }
}

/// A ZIP file of deflated members.
fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(content).expect("in memory");
        let packed = encoder.finish().expect("in memory");
        let size = |it: usize| u32::try_from(it).expect("small").to_le_bytes();
        let mut shared = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        shared.extend([size(packed.len()), size(content.len())].concat());
        shared.extend(u16::try_from(name.len()).expect("short").to_le_bytes());
        shared.extend([0, 0]);
        directory.extend([b"PK\x01\x02\x14\0", shared.as_slice(), &[0; 10], &size(out.len())].concat());
        directory.extend(name.as_bytes());
        out.extend([b"PK\x03\x04", shared.as_slice(), name.as_bytes(), &packed].concat());
    }
    let count = u16::try_from(members.len()).unwrap_or(u16::MAX).to_le_bytes();
    let start = u32::try_from(out.len()).expect("small").to_le_bytes();
    let length = u32::try_from(directory.len()).expect("small").to_le_bytes();
    out.extend(directory);
    out.extend([b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count, &length, &start, &[0, 0]].concat());
    out
}

#[test]
fn word_documents_made_to_break_are_named() {
    let document = |body: &str| format!("<w:document><w:body>{body}</w:body></w:document>");
    let read = |members: &[(&str, &[u8])]| read_default(&zip(members), "a.docx");
    let line = "<w:p><w:r><w:t>The board met.</w:t></w:r></w:p>";
    let no_export = "PROBLEM is a Word document and no export of a press database";
    assert!(read(&[("word/document.xml", document(line).as_bytes())]).starts_with(no_export));
    let elsewhere = read(&[("../../word/document.xml", document(line).as_bytes())]);
    assert!(elsewhere.contains("without its text"), "{elsewhere}");
    let bomb = document(&format!("<w:p><w:r><w:t>{}", " ".repeat(64 << 20)));
    let bomb = read(&[("word/document.xml", bomb.as_bytes())]);
    assert!(bomb.contains("500 times its own size") || bomb.contains("one piece of it"), "{bomb}");
    let many = document(&line.repeat(50_000));
    assert!(read(&[("word/document.xml", many.as_bytes())]).starts_with(no_export));
    let nested = document(&"<w:tbl><w:tr><w:tc>".repeat(50_000));
    assert!(read(&[("word/document.xml", nested.as_bytes())]).starts_with("PROBLEM paragraph 1: "));
    let styles = "<w:style>".repeat(100_000);
    let text = document(line);
    assert!(
        read(&[("word/styles.xml", styles.as_bytes()), ("word/document.xml", text.as_bytes())])
            .starts_with(no_export)
    );
    let mut cut = zip(&[("word/document.xml", document(line).as_bytes())]);
    let half = cut.len() / 2;
    cut[half..half + 20].fill(0xff);
    assert!(read_default(&cut, "a.docx").starts_with("PROBLEM "));
}

#[test]
fn directories_of_a_million_members_are_refused() {
    let entry = [b"PK\x01\x02".as_slice(), &[0; 24], &[1, 0], &[0; 16], b"a"].concat();
    let mut file = b"PK\x03\x04word/".to_vec();
    let start = u32::try_from(file.len()).expect("small").to_le_bytes();
    file.extend(entry.repeat(1_000_000));
    let length = u32::try_from(entry.len() * 1_000_000).expect("small").to_le_bytes();
    file.extend([b"PK\x05\x06\0\0\0\0".as_slice(), &[0xff; 4], &length, &start, &[0, 0]].concat());
    assert!(read_default(&file, "a.docx").starts_with("PROBLEM "), "{}", read_default(&file, "a.docx"));
}

#[test]
fn exports_made_to_break_end() {
    let braces = format!("{{\\rtf1 {}", "{}".repeat(1_000_000));
    assert!(read_default(braces.as_bytes(), "a.rtf").starts_with("PROBLEM "));
    let words = format!("{{\\rtf1 {}}}", "\\u-10179?\\'ff\\bin-1 ".repeat(100_000));
    assert!(read_default(words.as_bytes(), "a.rtf").starts_with("PROBLEM "));
    let head = "1 of 1 DOCUMENT\n\nCourier\n\nMarch 3, 2018\n\nStrike\n\nLENGTH: 9 words\n\n";
    // Each of these once could be read again from every line.
    for flood in
        ["March 3, 2018\n\n", "Body\n\n", "SECTION: a\n\n", "BYLINE:\n", "Courier\n", "End of Document\n"]
    {
        let read = read_default(format!("{head}{}", flood.repeat(60_000)).as_bytes(), "a.txt");
        assert!(!read.is_empty(), "{flood}");
    }
    let rule = format!("{}\n", "_".repeat(67));
    let apa = format!("\"Mole\" vom 12.03.2014\n{}", rule.repeat(60_000));
    assert!(read_default(apa.as_bytes(), "a.txt").starts_with("PROBLEM "));
}
