use super::*;

fn lines(texts: &[&str]) -> Vec<Line> {
    let line = |(text, number): (&&str, usize)| Line { text: (*text).to_owned(), number, ..Line::default() };
    texts.iter().zip(1..).map(line).collect()
}

#[test]
fn an_accession_number_ends_a_record() {
    for (text, expected) in [
        ("Document HRBR000020190304ef340001a", Some("HRBR000020190304ef340001a")),
        ("AN  Document HRBR000020190304ef340001a", Some("HRBR000020190304ef340001a")),
        ("Документ PRTVST0020190305ef350001b", Some("PRTVST0020190305ef350001b")),
        ("HRBR000020190304ef340001a", None),
        ("Document the repairs", None),
        ("See also the Document HRBR000020190304ef340001a", None),
        ("Document HRBR00009x190304ef340001a", None),
    ] {
        assert_eq!(accession(text), expected, "{text}");
    }
}

#[test]
fn a_number_and_a_word_above_a_year_count_words() {
    for (texts, expected) in [
        (&["877 Wörter", "9 Januar 1993"][..], true),
        (&["1,254 words", "", "4 March 2019"], true),
        (&["1.254 parole", "4 marzo 2019"], true),
        (&["1 254 mots", "4 mars 2019"], true),
        (&["877 W\u{fffd}rter", "9 Januar 1993"], true),
        (&["12 people", "were hurt"], false),
        (&["12 people were hurt", "4 March 2019"], false),
        (&["March 12", "2019"], false),
        (&["254 words"], false),
    ] {
        assert_eq!(is_word_count(&lines(texts)), expected, "{texts:?}");
    }
}

/// Which of the lines above the number of words are section, headline and byline.
#[test]
fn the_place_of_a_line_tells_what_it_is() {
    for (head, expected) in [
        (&["Ferry stays in port"][..], "headline=Ferry stays in port"),
        (
            &["Harbor Desk; 2", "Ferry stays in port", "By Ann Lee"],
            "section=Harbor Desk; 2 headline=Ferry stays in port byline=By Ann Lee",
        ),
        (
            &["Le bac reste à quai", "Cora Whitlow", "Envoyée spéciale"],
            "headline=Le bac reste à quai byline=Cora Whitlow",
        ),
        (
            &["Harbor", "Ferry stays in port for a third week"],
            "section=Harbor headline=Ferry stays in port for a third week",
        ),
        (
            &["A, 4 words", "B", "C", "D", "E", "Ferry stays", "By Ann Lee"],
            "section=E headline=Ferry stays byline=By Ann Lee",
        ),
        (&[], ""),
    ] {
        let mut texts = head.to_vec();
        texts.extend(["12 words", "4 March 2019", "The Harbor Courier", "A text."]);
        let lines = lines(&texts);
        let lines: Vec<&Line> = lines.iter().collect();
        let parts = untagged::parts(&lines, crate::read::sheet::Kind::Rtf).expect("a count of words");
        let values =
            values(&parts).into_iter().filter(|it| !matches!(it.0, FieldName::Date | FieldName::Source));
        let shown: Vec<String> = values.map(|it| format!("{}={}", it.0.name(), it.1)).collect();
        assert_eq!(shown.join(" "), expected, "{head:?}");
    }
}
