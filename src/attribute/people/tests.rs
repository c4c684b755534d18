//! Who is who, as a table: written names, and the people they come to.

use super::*;

fn row(name: &str, n_quotes: usize) -> SpeakerRow {
    let kind = if name.ends_with("Ministry") { SpeakerKind::Organisation } else { SpeakerKind::Person };
    SpeakerRow { name: name.to_owned(), kind, roles: Vec::new(), n_quotes, n_articles: 1 }
}

/// The people that the names come to, each as its names joined with ` = `.
#[track_caller]
fn check(names: &[&str], corrections: &str, expected: &[&str]) {
    let rows: Vec<SpeakerRow> = names.iter().enumerate().map(|(index, it)| row(it, 100 - index)).collect();
    let corrections = Corrections::parse(corrections).unwrap();
    let joined = |rows: &[SpeakerRow]| -> Vec<String> {
        let people = people(rows, &corrections);
        people
            .iter()
            .map(|it| it.names.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(" = "))
            .collect()
    };
    let mut found = joined(&rows);
    let reversed: Vec<SpeakerRow> = rows.iter().rev().cloned().collect();
    assert_eq!(found, joined(&reversed), "the order of the rows does not matter");
    found.sort();
    let mut expected: Vec<String> = expected.iter().map(|it| (*it).to_owned()).collect();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn names_are_joined_only_when_nobody_else_could_be_meant() {
    check(&["Ada Lund", "Ada M. Lund", "Ada Maria Lund"], "", &["Ada Lund = Ada M. Lund = Ada Maria Lund"]);
    check(&["José Peña", "Jose Pena"], "", &["José Peña = Jose Pena"]);
    check(&["Jonas R. Okonjo-Veld", "J. R. Okonjo-Veld"], "", &["Jonas R. Okonjo-Veld = J. R. Okonjo-Veld"]);
    check(&["Jonas Veld", "Jana Veld", "J. Veld"], "", &["Jonas Veld", "Jana Veld", "J. Veld"]);
    check(&["Ada A. Lund", "Ada B. Lund", "Ada Lund"], "", &["Ada A. Lund", "Ada B. Lund", "Ada Lund"]);
    check(&["Tom Berg", "Tom Berg Jr."], "", &["Tom Berg", "Tom Berg Jr."]);
    check(&["Ada Lund", "Bo Lund", "Lund"], "", &["Ada Lund", "Bo Lund", "Lund"]);
    check(&["the Water Ministry", "Water Ministry"], "", &["the Water Ministry = Water Ministry"]);
}

#[test]
fn corrections_decide() {
    let one = "[[person]]\nname = \"Ada Lund\"\nnames = [\"Ada Berg\", \"Lund\"]\n";
    check(&["Ada Lund", "Ada Berg", "Lund"], one, &["Ada Lund = Ada Berg = Lund"]);
    let two = "[[apart]]\nnames = [\"Tom Berg\", \"Tom P. Berg\"]\n";
    check(&["Tom Berg", "Tom P. Berg"], two, &["Tom Berg", "Tom P. Berg"]);
}

#[test]
fn a_corrected_person_has_that_name_and_role() {
    let corrections = "[[person]]\nname = \"Ada Lund\"\nnames = [\"A. Lund\"]\nrole = \"mayor of Osby\"\n";
    let found = people(&[row("A. Lund", 3)], &Corrections::parse(corrections).unwrap());
    assert_eq!(
        (found[0].name.as_str(), found[0].roles.as_slice()),
        ("Ada Lund", ["mayor of Osby".to_owned()].as_slice())
    );
    assert_eq!(matches(&found[0], "ada lund"), Some(MatchStrength::Full));
}

#[test]
fn a_typed_name_fits_by_its_words() {
    let found = people(&[row("Sara Ó Briain-Lund", 1)], &Corrections::default());
    for (typed, strength) in [
        ("Sara Ó Briain-Lund", Some(MatchStrength::Full)),
        ("sara o briain lund", Some(MatchStrength::Full)),
        ("lund", Some(MatchStrength::Part)),
        ("Lund Sara", Some(MatchStrength::Part)),
        ("Lun", None),
        ("Bo Lund", None),
        ("", None),
    ] {
        assert_eq!(matches(&found[0], typed), strength, "{typed}");
    }
}

#[test]
fn a_faulty_people_toml_is_named() {
    for (text, message) in [
        ("[[person]]\nnmae = \"Ada\"\n", "people.toml: unknown field `nmae`"),
        ("[[person]]\nname = \"Ada\"\n[[person]]\nname = \"ADA\"\n", "people.toml gives `ADA` to two people"),
    ] {
        let error = Corrections::parse(text).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn a_person_taken_for_a_body_in_one_article_is_still_that_person() {
    let taken = |kind, n_quotes| SpeakerRow { kind, ..row("Ada Lund", n_quotes) };
    let rows = [taken(SpeakerKind::Organisation, 9), taken(SpeakerKind::Person, 3)];
    let people = people(&rows, &Corrections::default());
    assert_eq!(people.len(), 1);
    assert_eq!((people[0].kind, people[0].n_quotes), (SpeakerKind::Person, 12));
}
