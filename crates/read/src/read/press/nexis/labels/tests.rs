use super::*;

#[test]
fn labels_are_in_order() {
    let sorted: Vec<&str> = LABELS.iter().map(|it| it.0).collect();
    assert!(sorted.is_sorted(), "{:?}", sorted.windows(2).find(|it| it[0] > it[1]));
    assert!(END_MARKS.is_sorted());
}

#[test]
fn marks_are_read_in_several_languages() {
    for (line, expected) in [
        ("1 of 10 DOCUMENTS", Some((1, 10))),
        ("2001 of 2,146 DOCUMENTS", Some((2001, 2146))),
        ("Dokument 3 von 10", Some((3, 10))),
        ("Document 3 de 10", Some((3, 10))),
        ("3 van 10 DOCUMENTEN", Some((3, 10))),
        ("Documento 3 de 10", Some((3, 10))),
        ("FOCUS - 3 of 10 DOCUMENTS", Some((3, 10))),
        ("3 of 10", None),
        ("One of 10 documents", None),
        ("Document 3 of 10 was lost", None),
    ] {
        assert_eq!(number(line), expected, "{line}");
    }
    for line in ["End of Document", "Ende des Dokuments", "Fin du document", "Einde van document"] {
        assert!(is_end(line), "{line}");
    }
    assert!(!is_end("The end of document handling"));
    assert_eq!(before_end("Load-Date: July 4, 2019 End of Document"), Some("Load-Date: July 4, 2019"));
    assert_eq!(before_end("Until the end of document"), None);
}

#[test]
fn labels_are_told_from_sentences() {
    for (line, expected) in [
        ("LÄNGE: 12 Wörter", Some((Length, "12 Wörter"))),
        ("LONGUEUR : 12 mots", Some((Length, "12 mots"))),
        ("Byline: Ann Lee", Some((Field(FieldName::Byline), "Ann Lee"))),
        ("1,285 words", Some((Length, "1,285 words"))),
        ("length: 3", None),
        ("LONDON: The mayor", None),
    ] {
        assert_eq!(labeled(line).map(|it| (it.meaning, it.value)), expected, "{line}");
    }
    assert_eq!(part("Body"), Some(Body));
    assert_eq!(part("BODY:"), Some(Body));
    assert_eq!(part("Classification"), Some(Closing));
    assert_eq!(part("Copyright"), None);
    assert_eq!(part("Subject"), None);
}
