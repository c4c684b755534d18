//! The generated articles as other programs write them: web pages, an export of a press database
//! as DOCX, an agency's XML, a feed.

use std::io::Write as _;

use super::generated;

/// One article in its parts.
struct Story {
    headline: String,
    source: String,
    date: String,
    paragraphs: Vec<String>,
}

fn stories(n: usize) -> impl Iterator<Item = Story> {
    generated::articles(n).map(|it| {
        let mut paragraphs: Vec<String> = it.text.trim_end().split("\n\n").map(str::to_owned).collect();
        let headline = paragraphs.remove(0);
        let (source, rest) = it.name.split_once('_').expect("a source and a date");
        Story { headline, source: source.replace('-', " "), date: rest[..10].to_owned(), paragraphs }
    })
}

fn marked(paragraphs: &[String], before: &str, after: &str) -> String {
    paragraphs.iter().map(|it| format!("{before}{it}{after}")).collect()
}

/// Saved pages, each with some navigation around the story.
pub(crate) fn pages(n: usize) -> Vec<String> {
    let page = |it: Story| {
        let Story { headline, source, date, paragraphs } = it;
        let links: String =
            (0..20).map(|it| format!("<li><a href=\"/{it}\">Section {it}</a></li>")).collect();
        format!(
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{headline} - {source}</title>\
             <meta property=\"og:site_name\" content=\"{source}\">\
             <meta property=\"article:published_time\" content=\"{date}\"></head><body><nav><ul>{links}</ul></nav>\
             <article><h1>{headline}</h1>{}</article><footer><ul>{links}</ul></footer></body></html>",
            marked(&paragraphs, "<p>", "</p>")
        )
    };
    stories(n).map(page).collect()
}

/// A DOCX of all articles, laid out as Nexis Uni does.
pub(crate) fn docx(n: usize) -> Vec<u8> {
    let paragraph = |text: &str, bold: bool| {
        let look = if bold { "<w:rPr><w:b/></w:rPr>" } else { "" };
        format!("<w:p><w:pPr><w:spacing w:before=\"120\"/></w:pPr><w:r>{look}<w:t>{text}</w:t></w:r></w:p>")
    };
    let mut document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>".to_owned();
    for (story, number) in stories(n).zip(1..) {
        let date: jiff::civil::Date = story.date.parse().expect("a date");
        let (printed, year) = (date.strftime("%B %-d, %Y").to_string(), date.year());
        for (text, bold) in [
            (story.headline.as_str(), true),
            (story.source.as_str(), false),
            (printed.as_str(), false),
            (&format!("Copyright {year} {}", story.source), false),
            (&format!("Length: {} words", 100 + number), false),
            ("Body", true),
        ] {
            document.push_str(&paragraph(text, bold));
        }
        story.paragraphs.iter().for_each(|it| document.push_str(&paragraph(it, false)));
        for (text, bold) in [(format!("Load-Date: {printed}"), false), ("End of Document".to_owned(), true)] {
            document.push_str(&paragraph(&text, bold));
        }
    }
    document.push_str("</w:body></w:document>");
    zipped("word/document.xml", document.as_bytes())
}

fn zipped(name: &str, content: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut file);
    let new = archive.new_file(name).compression_method(rawzip::CompressionMethod::DEFLATE);
    let (mut entry, config) = new.start().expect("a member");
    let packer = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
    let mut writer = config.wrap(packer);
    writer.write_all(content).expect("memory");
    let (packer, descriptor) = writer.finish().expect("memory");
    packer.finish().expect("memory");
    entry.finish(descriptor).expect("memory");
    archive.finish().expect("memory");
    file
}

/// Files of an agency in NITF.
pub(crate) fn nitf(n: usize) -> Vec<String> {
    let file = |it: Story| {
        let Story { headline, source, date, paragraphs } = it;
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><nitf><head><title>{headline}</title><docdata>\
             <date.issue norm=\"{}\"/></docdata><pubdata name=\"{source}\"/></head><body><body.head><hedline>\
             <hl1>{headline}</hl1></hedline></body.head><body.content>{}</body.content></body></nitf>",
            date.replace('-', ""),
            marked(&paragraphs, "<p>", "</p>\n")
        )
    };
    stories(n).map(file).collect()
}

/// A feed of all articles with their full text.
pub(crate) fn feed(n: usize) -> String {
    let item = |it: Story| {
        let Story { headline, date, paragraphs, .. } = it;
        format!(
            "<item><title>{headline}</title><dc:date>{date}</dc:date><content:encoded><![CDATA[{}]]></content:encoded></item>\n",
            marked(&paragraphs, "<p>", "</p>\n")
        )
    };
    let items: String = stories(n).map(item).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Harbour Courier</title>{items}</channel></rss>"
    )
}
