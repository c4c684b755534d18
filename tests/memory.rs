//! Memory that reading takes, counted: it grows no faster than the file, and not at all with the
//! records of a file.
//!
//! A binary of its own, since every allocation of it is counted.

#![expect(clippy::disallowed_methods, reason = "the test makes files")]

use std::{fs, path::Path};

use flate2::{Compression, write::GzEncoder};
use morgue::{
    archive::{Archive, extract_file},
    copies::{Sketch, families},
};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The most bytes that were in use at once while `f` ran, beside those before.
fn peak(f: impl FnOnce()) -> usize {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    f();
    MEMORY.peak_usage() - before
}

/// The most that extracting a file takes.
fn peak_of_extract(folder: &Path, name: &str, content: &[u8]) -> usize {
    let path = folder.join(name);
    fs::write(&path, content).expect("a file");
    let archive = Archive::find(folder, None, None).expect("an archive");
    peak(|| extract_file(&archive, &path).expect("a file").for_each(drop))
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    std::io::Write::write_all(&mut encoder, content).expect("in memory");
    encoder.finish().expect("in memory")
}

/// One test, so that no other allocates meanwhile.
#[test]
fn memory_grows_no_faster_than_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("morgue.toml"), "passages_max = 1000\n").expect("settings");
    // Words, patterns and tables that are made once.
    peak_of_extract(folder, "first.html", b"<html><body><p>\xe2\x80\x9cNo,\xe2\x80\x9d said Ann Lee.");

    // What a file of bytes takes for each of them: the text, a copy of it in its article, and what
    // grows by doubling.
    for (name, unit, bytes_each) in [
        ("newlines.txt", "\n", 4),
        ("blank.txt", "a\n\n", 4),
        ("lines.txt", "a\n", 4),
        ("returns.txt", "a\r\n", 4),
        ("pages.txt", "a\n\u{c}", 4),
        ("header.txt", "title: x\n", 4),
        ("hyphens.txt", "twenty-two and a well-\nknown pier that was closed for the winter\n", 12),
        ("blank.json", "{\"a\": 1},\n", 6),
        ("empty.json", "{},", 6),
        ("text.json", "{\"text\": \"a\"},\n", 6),
        ("blank.md", "a\n\n", 100),
        ("blank.html", "\n", 40),
    ] {
        let content = |bytes: usize| {
            let text = unit.repeat(bytes / unit.len());
            match name.rsplit_once('.') {
                Some((_, "json")) => format!("[{}]", text.trim_end().trim_end_matches(',')),
                Some((_, "html")) => format!("<html><body><p>One line of text.{text}"),
                _ => format!("Words\n{text}"),
            }
        };
        let [small, large] =
            [1 << 16, 1 << 18].map(|bytes| peak_of_extract(folder, name, content(bytes).as_bytes()));
        let each = large.saturating_sub(small) / (3 << 16);
        assert!(each <= bytes_each, "{name}: {small} and {large} bytes, {each} for each byte");
    }

    // What a file of records takes for each of them: nothing.
    for (name, head, unit) in [
        ("text.jsonl.gz", "", "{\"text\": \"a\"}\n"),
        ("empty.jsonl.gz", "", "{}\n"),
        ("broken.jsonl.gz", "", "{\"text\": \n"),
        ("blank.jsonl.gz", "{\"text\": \"a\"}\n", "\n"),
        ("reuters.sgm.gz", "<!DOCTYPE lewis SYSTEM>\n", "<REUTERS><TEXT><BODY>x</BODY></TEXT></REUTERS>\n"),
        ("trec.sgm.gz", "", "<DOC>\n<DOCNO> a </DOCNO>\n<TEXT>\nA story.\n</TEXT>\n</DOC>\n"),
        ("open.sgm.gz", "<!DOCTYPE lewis SYSTEM>\n<REUTERS>", "x"),
    ] {
        let content = |bytes: usize| gzip((head.to_owned() + &unit.repeat(bytes / unit.len())).as_bytes());
        // Both have more than the 64 KiB by which a format is known.
        let [small, large] = [1 << 17, 1 << 18].map(|bytes| peak_of_extract(folder, name, &content(bytes)));
        let each = large.saturating_sub(small) * unit.len() / (1 << 17);
        assert!(each <= 4, "{name}: {small} and {large} bytes, {each} for each record");
    }

    // What finding copies takes for each article beside its sketch, with nothing in common and with
    // everything.
    let sketch = |article: u64, print: u32, n: u32| Sketch {
        article,
        prints: (0..n).map(|it| print.wrapping_mul(0x9e37_79b9).wrapping_add(it)).collect(),
        ..Sketch::default()
    };
    for (what, n_prints, is_shared, bytes_each) in
        [("no text", 0, false, 100), ("one word", 1, true, 200), ("a story", 30, false, 300)]
    {
        let peak_of = |n: u32| {
            let print = |it| if is_shared { 7 } else { it };
            let sketches: Vec<Sketch> = (0..n).map(|it| sketch(u64::from(it), print(it), n_prints)).collect();
            peak(|| drop(families(sketches)))
        };
        let [small, large] = [40_000, 80_000].map(peak_of);
        let each = large.saturating_sub(small) / 40_000;
        assert!(each <= bytes_each, "{what}: {small} and {large} bytes, {each} for each article");
    }
}
