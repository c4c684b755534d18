use std::io::Cursor;

use super::*;
use crate::read::{
    ReadRules,
    xml::{Part, Parts, Role},
};

fn read(xml: &str) -> String {
    let stream = Box::new(Cursor::new(format!("<c>{xml}</c>")));
    let mut parts = Parts::new(stream, &ReadRules::default(), |_| Role::Record).expect("a string");
    let Some(Ok(Part::Record { element, .. })) = parts.next() else { panic!("no element") };
    let kind = |it: &Block| match it.kind {
        BlockKind::Paragraph => "",
        BlockKind::Heading(_) => "# ",
        BlockKind::Caption => "[caption] ",
        BlockKind::Correction | BlockKind::Item => "- ",
    };
    let blocks = blocks(&element, 100, &mut Vec::new());
    blocks.iter().map(|it| format!("{}{}", kind(it), it.text)).collect::<Vec<_>>().join(" | ")
}

#[test]
fn elements_become_blocks() {
    let long = "word ".repeat(30);
    for (xml, expected) in [
        ("<p>a</p>\n<p> b\n c </p>", "a | b c"),
        ("<p>a <br/>b</p>", "a b"),
        ("<p>a<br/>b<br/><br/>c</p>", "a b | c"),
        ("<p>a<br/> <br/>c</p>", "a | c"),
        (&format!("<p>{long}<br/>c</p>"), &format!("{} | c", long.trim())),
        ("<p>the <Company>Pier Co</Company>, not <em>th</em>is</p>", "the Pier Co, not this"),
        ("<p>a <o:p>b</o:p> c</p>", "a b c"),
        ("<x:p>a</x:p><x:p>b</x:p>", "a | b"),
        ("<p>a</p><hl2>b</hl2><h3>c</h3><p>_____</p>", "a | # b | # c"),
        ("<block><p>a</p><block><p>b</p></block></block>c", "a | b | c"),
        ("<ul><li>a</li><li><p>b</p></li></ul>", "- a | - b"),
        ("<table><tr><td>a</td><td>1</td></tr><tr><td>b</td></tr></table>", "a 1 | b"),
        (
            "<media><media-reference/><media-caption><p>a</p></media-caption><media-producer>B</media-producer></media>",
            "[caption] a",
        ),
        ("<note noteclass='editorsnote'><p>a</p></note><note><p>b</p></note>", "b"),
        ("<section class='main'><p>a</p></section><section class='notepad'><p>b</p></section>", "a"),
        (
            "<idf><group type='body'><element type='subheadline1'>a</element><element type='body'>b <strong>c</strong></element><object><data><text>d</text></data></object></group></idf>",
            "# a | b c",
        ),
        (
            "<idf><element type='dateline'>A</element><object type='x-im/image'><data><text>b</text></data></object></idf>",
            "[caption] b",
        ),
        ("<pre>a b\n\nc</pre>", "a b | c"),
        ("<block>&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;</block>", "a | b"),
        ("<block><p>a</p><![CDATA[<p>b</p>]]></block><p>&lt;b&gt;c&lt;/b&gt; d</p>", "a | b | c d"),
        ("<p>&lt;PIER.N&gt; fell, 2 &lt; 3</p>", "<PIER.N> fell, 2 < 3"),
        ("<p>a<fn><p>note</p></fn> b</p><p>c</p>", "a b | note | c"),
        ("plain text\n\nof two", "plain text | of two"),
        ("plain <q>text</q>\n\nof two", "plain text | of two"),
        ("&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b &amp;amp; c&lt;/p&gt;", "a | b & c"),
        ("<![CDATA[<html><head><title>t</title></head><body><p>a</p></body></html>]]>", "a"),
    ] {
        assert_eq!(read(xml), expected, "{xml}");
    }
}

#[test]
fn a_value_is_a_line_without_tags() {
    for (value, expected) in [
        (" a\n b ", "a b"),
        ("<p>a &amp; <b>b</b></p>", "a & b"),
        ("a < b", "a < b"),
        ("a &amp; b &#8211; c & d", "a & b – c & d"),
        ("", ""),
    ] {
        assert_eq!(line(value), expected, "{value}");
    }
}
