use super::*;

#[test]
fn the_line_of_the_publication_has_paper_and_day() {
    for (info, expected_paper, expected_day) in [
        ("Harbor Courier ; Port Ellis [Port Ellis]08 May 2010: AA.2.", "Harbor Courier", Some("08 May 2010")),
        (
            "Harbor Courier, Late Edition (East Coast); Port Ellis, Osl. [Port Ellis, Osl]. 08 May 2010: A.1.",
            "Harbor Courier",
            Some("08 May 2010"),
        ),
        (
            "Harbor, Sea and Land; Port Ellis [Port Ellis]May 2010: 4-6.",
            "Harbor, Sea and Land",
            Some("May 2010"),
        ),
        ("Harbor Courier [Port Ellis]", "Harbor Courier", None),
        ("Harbor Courier", "Harbor Courier", None),
        ("", "", None),
    ] {
        assert_eq!(paper(info), expected_paper, "{info}");
        assert_eq!(day(info), expected_day, "{info}");
    }
}

#[test]
fn a_line_says_how_many_documents_there_are() {
    for (text, expected) in [
        ("Document 1 of 500", Some(500)),
        ("Dokument 3 von 12", Some(12)),
        ("Documento 3 de 12", Some(12)),
        ("Document 13 of 12", None),
        ("Document 1 of 12 was lost", None),
        ("Document 1 of", None),
    ] {
        assert_eq!(total(text), expected, "{text}");
    }
}

#[test]
fn labels_end_a_text_only_at_its_end() {
    let tail = "Title: Lamp\n\nPublication title: Courier\n\nProQuest document ID: 9";
    for (text, expected) in [
        ("It burnt.\n\n", 2),
        ("It burnt.\n\nLocation: unknown.\n\nIt went out.\n\n", 6),
        ("It burnt.\n\nTitle: a book.\n\n", 4),
        ("It burnt.\nLocation: unknown.\nIt went out.\n\n", 4),
    ] {
        let lines: Vec<Line> = format!("{text}{tail}")
            .lines()
            .map(|it| Line { text: it.to_owned(), bytes: Some(0..0), ..Line::default() })
            .collect();
        assert_eq!(ending::start(&lines), expected, "{text}");
    }
    let one = [Line { text: "Location: unknown".to_owned(), ..Line::default() }];
    assert_eq!(ending::start(&one), 1);
}
