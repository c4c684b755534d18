use std::io::Cursor;

use super::*;

fn shown(line: Result<Line, Problem>) -> String {
    let line = match line {
        Ok(line) => line,
        Err(problem) => return format!("PROBLEM {problem}"),
    };
    let heading = line.look.heading.map(|it| format!("h{it} ")).unwrap_or_default();
    let cell = line.look.cell.map(|it| format!("cell{it} ")).unwrap_or_default();
    let page = if line.look.new_page { "page " } else { "" };
    let bold = if line.look.bold { "bold " } else { "" };
    format!("{page}{heading}{cell}{bold}{}", line.text)
}

fn read(body: &str) -> String {
    let styles = "<w:styles><w:style w:styleId='berschrift2'><w:name w:val='heading 2'/></w:style>\
        <w:style w:styleId='Fett'><w:name w:val='Fett'/><w:rPr><w:b/></w:rPr></w:style></w:styles>";
    let rules = ReadRules::default();
    let styles = super::styles(Box::new(Cursor::new(styles)), &rules).expect("styles");
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let lines = lines_of(Box::new(Cursor::new(document)), styles, &rules).expect("a string");
    lines.map(shown).collect::<Vec<_>>().join(" | ")
}

#[test]
fn paragraphs_and_rows_become_lines() {
    for (body, expected) in [
        (
            "<w:p><w:r><w:t>One</w:t></w:r><w:r><w:t xml:space='preserve'> two &amp; </w:t></w:r></w:p>",
            "One two &",
        ),
        ("<w:p/><w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", " | a b | c"),
        ("<w:p><w:r><w:t>a</w:t></w:r><w:r><w:br w:type='page'/><w:t>b</w:t></w:r></w:p>", "a | page b"),
        (
            "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>",
            "a | page b",
        ),
        ("<w:p><w:pPr><w:pStyle w:val='berschrift2'/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", "h2 a"),
        ("<w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", "h1 a"),
        ("<w:p><w:pPr><w:outlineLvl w:val='9'/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", "a"),
        ("<w:p><w:pPr><w:pStyle w:val='Fett'/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", "bold a"),
        ("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r></w:p>", "bold a"),
        ("<w:p><w:r><w:rPr><w:b w:val='0'/></w:rPr><w:t>a</w:t></w:r></w:p>", "a"),
        ("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r></w:p>", "ab"),
        (
            "<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:ins><w:r><w:t>a</w:t></w:r></w:ins>\
             <w:r><w:rPr><w:vanish/></w:rPr><w:t>y</w:t></w:r></w:p>",
            "a",
        ),
        (
            "<w:p><w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>a</w:t></w:r>\
             </w:hyperlink></w:p>",
            "a",
        ),
        (
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:sdt><w:sdtContent><w:tc>\
             <w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
            "cell0 a | cell1 b",
        ),
    ] {
        assert_eq!(read(body), expected, "{body}");
    }
}

#[test]
fn the_text_of_a_box_stands_once_and_behind_its_paragraph() {
    let text_box = "<w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p><w:r><w:t>be</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>{text_box}</w:drawing>\
         </mc:Choice><mc:Fallback><w:pict>{text_box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>\
         <w:r><w:t>fore</w:t></w:r></w:p>"
    );
    assert_eq!(read(&body), "before | box");
}

#[test]
fn what_nests_without_end_is_named() {
    let nested = format!(
        "{}{}<w:p><w:r><w:t>b</w:t></w:r></w:p>",
        "<w:tbl>".repeat(100_000),
        "</w:tbl>".repeat(100_000)
    );
    assert_eq!(read(&nested), "PROBLEM paragraph 1: nests elements more than 256 deep | b");
    let runs = format!("<w:p>{}</w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>", "<w:ins>".repeat(100_000));
    assert!(read(&runs).starts_with("PROBLEM paragraph 1: "), "{}", read(&runs));
}
