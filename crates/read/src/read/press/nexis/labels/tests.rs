use super::*;

#[test]
fn labels_are_in_order() {
    let sorted: Vec<&str> = LABELS.iter().map(|it| it.0).collect();
    assert!(sorted.is_sorted(), "{:?}", sorted.windows(2).find(|it| it[0] > it[1]));
    assert!(END_MARKS.is_sorted());
}

#[test]
fn marks_are_read_in_several_languages() {
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
    for (line, expected) in [
        ("Kategorie: Hafen", true),
        ("Person(en): Ida Osby", true),
        ("Kategorie:", true),
        ("Time 12:30", false),
        ("See http://port.example", false),
        ("The crew said: nothing", false),
        ("Osby: We sail again.", false),
    ] {
        assert_eq!(is_unknown_label(line), expected, "{line}");
    }
    assert_eq!(part("Body"), Some(Body));
    assert_eq!(part("BODY:"), Some(Body));
    assert_eq!(part("Classification"), Some(Closing));
    assert_eq!(part("Copyright"), None);
    assert_eq!(part("Subject"), None);
}
