//! Files as other programs write them.

use super::*;

fn one(text: &str) -> Reference {
    let references = read(text, guess(text)).unwrap_or_else(|it| panic!("{it}"));
    assert_eq!(references.len(), 1, "{references:?}");
    references[0].clone()
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
    assert_eq!(bookmarks[0].note, "two\nlines");
    assert_eq!(bookmarks[1].path.as_deref(), Some("b.txt"));
    let plain = read("# seen\n- corpus/a.txt\n\nhttps://post.example/1\n", ImportFormat::Plain).unwrap();
    assert_eq!(plain[0].path.as_deref(), Some("corpus/a.txt"));
    assert_eq!(plain[1].url.as_deref(), Some("https://post.example/1"));
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
