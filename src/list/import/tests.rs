//! Files as other programs write them.

use proptest::prelude::*;

use super::*;

fn one(text: &str) -> Reference {
    let references = read(text, guess(text)).unwrap_or_else(|it| panic!("{it}"));
    assert_eq!(references.len(), 1, "{references:?}");
    references[0].clone()
}

fn note(text: &str) -> Block {
    Block::Note(text.to_owned())
}

#[test]
fn a_format_is_told_by_its_text() {
    for (text, format) in [
        ("[{\"id\":\"x\"}]", ImportFormat::CslJson),
        ("\u{feff}TY  - NEWS\nER  - \n", ImportFormat::Ris),
        ("% made by hand\n@article{x,\n}", ImportFormat::Bibtex),
        ("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL>", ImportFormat::Bookmarks),
        ("corpus/a.txt\nhttps://post.example/1\n", ImportFormat::Plain),
    ] {
        assert_eq!(guess(text), format, "{text}");
    }
}

#[test]
fn each_format_gives_what_it_says() {
    let csl = one(
        r#"[{"id":"moss2019","type":"article-newspaper","title":"Harbour plan","container-title":"The Post","author":[{"family":"Moss","given":"Leda"},{"literal":"Post staff"}],"issued":{"date-parts":[["2019",1,2]]},"URL":"https://post.example/1","keyword":"a; b"}]"#,
    );
    let ris = one(
        "TY  - NEWS\nTI  - Harbour plan\nT2  - The Post\nAU  - Moss, Leda\nAU  - Post staff\nDA  - 2019/01/02/\nUR  - https://post.example/1\nKW  - a\nKW  - b\nER  - \n",
    );
    let bibtex = one(
        "@article{moss, title = {{Harbour plan}}, journal = \"The Post\", author = {Moss, Leda and {Post staff}}, year = 2019, month = jan, day = 2, url = {https://post.example/1}, keywords = {a, b}}",
    );
    for reference in [&csl, &ris, &bibtex] {
        assert_eq!(reference.title.as_deref(), Some("Harbour plan"));
        assert_eq!(reference.source.as_deref(), Some("The Post"));
        assert_eq!(reference.byline.as_deref(), Some("Leda Moss and Post staff"));
        assert_eq!(reference.date, Published::from_iso("2019-01-02"), "{reference:?}");
        assert_eq!(reference.url.as_deref(), Some("https://post.example/1"));
        assert_eq!(reference.tags, ["a", "b"]);
    }
    let text = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><H3>News</H3>\n<DL><p>\n<DT><A HREF=\"https://post.example/1\" TAGS=\"a,b\">Harbour &amp; plan</A>\n<DD>two\nlines\n<DT><A HREF=\"b.txt\">B</A>\n</DL><p></DL>";
    let bookmarks = read(text, guess(text)).unwrap();
    assert_eq!(bookmarks[0].title.as_deref(), Some("Harbour & plan"));
    assert_eq!(bookmarks[0].blocks, [note("two\nlines")]);
    assert_eq!(bookmarks[1].path.as_deref(), Some("b.txt"));
    let text = "<!-- <A HREF=c> --><DT><a class='x' href = 'https://post.example/2?a=1&amp;b=%7B' ICON=\"data:,>\">A <b>bold</b> &lt;b&gt; caf&eacute;, 1 < 2</a>\n<DD>1 &lt; 2\n<DT><A HREF=bare/>C";
    let bookmarks = read(text, ImportFormat::Bookmarks).unwrap();
    assert_eq!(bookmarks[0].url.as_deref(), Some("https://post.example/2?a=1&b=%7B"));
    assert_eq!(bookmarks[0].title.as_deref(), Some("A bold <b> café, 1 < 2"));
    assert_eq!(bookmarks[0].blocks, [note("1 < 2")]);
    assert_eq!((bookmarks[1].path.as_deref(), bookmarks.len()), (Some("bare/"), 2));
    let plain = read("# seen\n- corpus/a.txt\n\nhttps://post.example/1\n", ImportFormat::Plain).unwrap();
    assert_eq!(plain[0].path.as_deref(), Some("corpus/a.txt"));
    assert_eq!(plain[1].url.as_deref(), Some("https://post.example/1"));
}

#[test]
fn a_quotation_in_a_note_of_another_program_is_no_passage() {
    for text in [
        r#"[{"title":"x","note":"> a\n> b"}]"#,
        "TY  - NEWS\nTI  - x\nN1  - > a > b\nER  - \n",
        "@misc{x, title={x}, annote={> a > b}}",
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<H1>Bookmarks</H1><DL><DT><A HREF=x>x</A><DD>> a > b</DL>",
    ] {
        let reference = one(text);
        assert!(matches!(reference.blocks.as_slice(), [Block::Note(_)]), "{reference:?}");
        assert_eq!(reference.list, None);
    }
}

#[test]
fn notes_that_were_changed_elsewhere_count() {
    let text = |note: &str| {
        format!(
            r#"[{{"title":"x","note":"{note}","custom":{{"morgue":{{"list":"l","blocks":[{{"passage":2,"text":"p","said_by":""}},{{"note":"old"}}]}}}}}}]"#
        )
    };
    assert_eq!(one(&text("old")).blocks[1], note("old"));
    assert_eq!(one(&text("new")).blocks[0], note("new"));
    assert_eq!(one(&text("new")).blocks.len(), 2);
}

#[test]
fn a_date_is_as_fine_as_it_is_given() {
    for (text, expected) in [
        ("TY  - NEWS\nTI  - x\nDA  - 2019///\nER  - ", Some("2019")),
        ("TY  - NEWS\nTI  - x\nDA  - 2019/03//\nER  - ", Some("2019-03")),
        ("TY  - NEWS\nTI  - x\nPY  - 2019\nER  - ", Some("2019")),
        ("TY  - NEWS\nTI  - x\nER  - ", None),
        ("[{\"title\":\"x\",\"issued\":{\"date-parts\":[[2019,3]]}}]", Some("2019-03")),
        ("[{\"title\":\"x\",\"issued\":{\"raw\":\"2019-03-04T10:00\"}}]", Some("2019-03-04")),
        ("@misc{x, title={x}, date={2019-03}}", Some("2019-03")),
        ("@misc{x, title={x}, year={2019}, month={March}}", Some("2019-03")),
    ] {
        assert_eq!(one(text).date, expected.and_then(Published::from_iso), "{text}");
    }
}

#[test]
fn a_file_made_to_hurt_is_refused_or_read() {
    let abbreviations: String = (0..40).map(|n| format!("@string{{a{} = a{n} # a{n}}}\n", n + 1)).collect();
    let bomb = format!("@string{{a0 = \"xxxxxxxxxx\"}}\n{abbreviations}@article{{x, title = a40}}\n");
    for (text, format, words) in [
        (bomb, ImportFormat::Bibtex, "abbreviations stand for more"),
        (
            format!("@article{{x, title={{{}", "{".repeat(1_000_000)),
            ImportFormat::Bibtex,
            "deep in each other",
        ),
        (
            format!("@article{{x, title={{{}}}}}", "\\textbf{".repeat(50_000)),
            ImportFormat::Bibtex,
            "deep in each",
        ),
        (
            "@string{a = b}\n@string{b = a}\n@article{x, title = a}".to_owned(),
            ImportFormat::Bibtex,
            "abbreviation",
        ),
        ("[".repeat(1_000_000), ImportFormat::CslJson, "no JSON"),
    ] {
        let Err(error) = read(&text, format) else { panic!("{format:?} is read: {words}") };
        assert!(error.reason.contains(words), "{error}");
    }
    for (text, format, n) in [
        (
            "@article{x, crossref={y}, title={a}}\n@article{y, crossref={x}, title={b}}",
            ImportFormat::Bibtex,
            2,
        ),
        ("@article{x, title={a}}\n@article{x, title={b}}", ImportFormat::Bibtex, 2),
        (
            "@string{p = \"The \"}\n@string{post = p # {Post}}\n@article{x, title=post # \" wins\"}",
            ImportFormat::Bibtex,
            1,
        ),
    ] {
        let references = read(text, format).unwrap_or_else(|it| panic!("{it}: {text}"));
        assert_eq!(references.len(), n, "{text}");
    }
    let post = read("@string{Post = {The Post}}\n@article{x, title=post # \" wins\"}", ImportFormat::Bibtex)
        .unwrap();
    assert_eq!(post[0].title.as_deref(), Some("The Post wins"));
    for piece in [
        "<DL><DT><A HREF=\"x\">a</A><DD>",
        "<a href=x>",
        "<p><dd><li><b><a href=x>a",
        "<a href=x b=\"",
        "<a <",
    ] {
        let references = read(&piece.repeat(100_000), ImportFormat::Bookmarks).unwrap();
        assert_eq!(references.is_empty(), piece == "<a <", "{piece}");
    }
    let long = format!("TY  - NEWS\nTI  - x\nN1  - a\n{}ER  - \n", "goes on and on\n".repeat(100_000));
    let references = read(&long, ImportFormat::Ris).unwrap();
    let [Block::Note(text)] = references[0].blocks.as_slice() else { panic!("no note") };
    assert!(text.len() > 1_000_000 && !text.contains('\n'));
}

#[test]
fn what_is_wrong_is_named_by_its_line() {
    for (text, format, line) in [
        ("[\n{]", ImportFormat::CslJson, 2),
        ("3", ImportFormat::CslJson, 1),
        ("TY  - NEWS\nTI  - a\n", ImportFormat::Ris, 2),
        ("TY  - NEWS\nTY  - NEWS\n", ImportFormat::Ris, 2),
        ("hello", ImportFormat::Ris, 1),
        ("@article{x,\n title = {a,\n", ImportFormat::Bibtex, 2),
    ] {
        let Err(error) = read(text, format) else { panic!("{text} is read") };
        assert!(error.line >= line, "{text}: {error}");
    }
}

/// What the formats are made of, whole and torn.
const PIECES: &[&str] = &[
    "TY  - NEWS\n",
    "TI  - x\n",
    "ER  - \n",
    "DA  - 2019/01/02/\n",
    "DA  - 99999/99/99/",
    "N1  - ",
    "AU  - ,",
    "U2  - 99999999999999999999",
    "@article{",
    "@string{a = \"b\"}",
    "@comment{",
    "@preamble{",
    "a,",
    "title = {{x}}",
    "author = {Lund, Rosa and {Post",
    "month = jan # \"~\" # feb,",
    "year = -1,",
    "date = {2019/..},",
    "crossref = {a},",
    "}",
    "{",
    "\"",
    "\\",
    "\\par{}",
    "\\\"{o}",
    "$",
    "#",
    "%",
    "=",
    ",",
    "[",
    "]",
    "{\"title\":\"x\"}",
    "\"issued\":{\"date-parts\":[[2019,13,-1]]}",
    "{\"items\":",
    ":",
    "null",
    "1e999",
    "[[[[[[[[[[",
    "\\u0000",
    "\\ud800",
    "<!DOCTYPE NETSCAPE-Bookmark-file-1>",
    "<DL><p>",
    "<DT><A HREF=\"x\" TAGS=\",,\">",
    "</A>",
    "<DD>",
    "<DL>",
    "</DL>",
    "<!--",
    "<A HREF=",
    "&#x0;",
    "https://post.example/1",
    "corpus/a.txt",
    "- ",
    "\u{feff}",
    "\r\n",
    "\n",
    " ",
    "\t",
    "\0",
    "é",
    "🗞️",
    "\u{202e}",
    "\u{10fffd}",
];

fn any_file() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(|it| it.to_string()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|it| it.concat())
}

/// A good file with a stretch of it taken out, said twice or put elsewhere.
fn torn_file() -> impl Strategy<Value = String> {
    let good = prop::sample::select(vec![
        "TY  - NEWS\nTI  - Harbour plan\nAU  - Moss, Leda\nDA  - 2019/01/02/\nUR  - https://post.example/1\nER  - \n",
        "@article{moss, title = {{Harbour \\& plan}}, author = {Moss, Leda and {Post staff}}, year = 2019, month = jan, url = {https://post.example/1}}\n",
        "[{\"id\":\"moss\",\"title\":\"Harbour\",\"author\":[{\"family\":\"Moss\"}],\"issued\":{\"date-parts\":[[2019,1,2]]}}]",
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF=\"https://post.example/1\" TAGS=\"a,b\">Harbour</A>\n<DD>note\n</DL>",
    ]);
    (good, any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(
        |(good, a, b, c)| {
            let place = |it: prop::sample::Index| it.index(good.len() + 1);
            let (from, to) = (place(a).min(place(b)), place(a).max(place(b)));
            let mut torn = good.to_owned();
            let piece: String = torn.drain(from..to).collect();
            torn.insert_str(place(c).min(torn.len()), &piece.repeat(c.index(3)));
            torn
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_text_is_references_or_an_error_with_its_line(text in prop_oneof![any_file(), torn_file(), ".{0,60}"]) {
        let lines = text.lines().count().max(1);
        for format in ImportFormat::ALL {
            match read(&text, *format) {
                Ok(references) => prop_assert!(references.iter().all(|it| !it.named().is_empty())),
                Err(error) => prop_assert!((1..=lines).contains(&error.line), "{}: {}", error, text),
            }
        }
    }
}
