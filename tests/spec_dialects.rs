//! How searches pasted from other services are read: the table of `dialects.toml`, and that each
//! reading is a query.

use std::collections::BTreeSet;

use morgue::query::{self, Dialect};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    reading: Vec<ReadingRow>,
    error: Vec<ErrorRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadingRow {
    dialect: String,
    write: String,
    read_as: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrorRow {
    dialect: String,
    write: String,
    says: String,
}

fn spec() -> Spec {
    toml::from_str(include_str!("spec/dialects.toml")).expect("a table")
}

fn dialect(name: &str) -> Dialect {
    Dialect::from_name(name).expect("a dialect")
}

fn today() -> jiff::civil::Date {
    jiff::civil::date(2017, 8, 30)
}

#[test]
fn pasted_searches_are_read_as_the_table_says() {
    let mut wrong = String::new();
    for row in spec().reading {
        let read = query::parse_as(&row.write, dialect(&row.dialect));
        let read_as = match &read {
            Ok(query) => query.to_string(),
            Err(error) => error.to_string(),
        };
        if read_as != row.read_as {
            wrong.push_str(&format!("write = '{}'\nread_as = '{read_as}'\n", row.write));
            continue;
        }
        // What is shown as the reading means the same when it is typed.
        let checked = query::check(&read.expect("a query"), today()).expect("a query");
        let again = query::parse(&read_as).and_then(|it| query::check(&it, today()));
        assert_eq!(again.expect("a query"), checked, "{read_as}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_a_dialect_cannot_be_read_for_is_refused() {
    let mut wrong = String::new();
    for row in spec().error {
        let read =
            query::parse_as(&row.write, dialect(&row.dialect)).and_then(|it| query::check(&it, today()));
        let says = read.map_or_else(|it| it.to_string(), |it| format!("{it:?}"));
        if says != row.says.trim_end() {
            wrong.push_str(&format!("write = '{}'\nsays = \'\'\'\n{says}\n\'\'\'\n", row.write));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_example_of_a_dialect_in_the_handbook_is_in_the_table() {
    let spec = spec();
    let readings = spec.reading.iter().map(|it| (it.dialect.as_str(), it.write.as_str()));
    let errors = spec.error.iter().map(|it| (it.dialect.as_str(), it.write.as_str()));
    let tested: BTreeSet<(&str, &str)> = readings.chain(errors).collect();
    let handbook = include_str!("../docs/query-language.md");
    let examples = handbook.lines().filter_map(|line| {
        let (name, rest) = line.strip_prefix("| ")?.split_once(" | `")?;
        let known = Dialect::from_name(name).is_some();
        known.then_some((name, rest.split_once("` |")?.0))
    });
    let shown: Vec<(&str, &str)> = examples.collect();
    assert!(shown.len() > 10, "the table of dialects was found");
    let untested: Vec<_> = shown.iter().filter(|it| !tested.contains(*it)).collect();
    assert!(untested.is_empty(), "in docs/query-language.md but not in dialects.toml: {untested:?}");
}

mod hostile {
    use super::*;
    use proptest::prelude::*;

    fn typed() -> impl Strategy<Value = String> {
        let pieces = [
            "peace",
            "talks",
            " ",
            " ",
            " ",
            "(",
            ")",
            "\"",
            " AND ",
            " OR ",
            " NOT ",
            " and not ",
            " w/5 ",
            " pre/2 ",
            " near3 ",
            " adj2 ",
            " same ",
            "!",
            "*",
            "?",
            "$",
            "+",
            "-",
            "~",
            "~2",
            "^2",
            ":",
            "title:",
            "date:",
            "[2017 TO *]",
            "hd=",
            "wc>100",
            "date aft ",
            "2017",
            "1/2/2017",
            "hlead(",
            "atleast3(",
            "atleast3 ",
            "caps(",
            " % ",
            "#",
            " +s ",
            "da(aft ",
            "/",
            "\\",
            "東京",
            "’",
        ];
        let piece = prop_oneof![
            proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned),
            "[a-z]{1,3}",
            any::<String>(),
        ];
        proptest::collection::vec(piece, 0..14).prop_map(|it| it.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_read_or_shows_its_place(text in typed(), which in 1..Dialect::ALL.len()) {
            match query::parse_as(&text, Dialect::ALL[which]) {
                Ok(read) => {
                    let Ok(checked) = query::check(&read, today()) else { return Ok(()) };
                    let shown = read.to_string();
                    let again = query::parse(&shown).and_then(|it| query::check(&it, today()));
                    prop_assert_eq!(again.as_ref(), Ok(&checked), "`{}` read as `{}`", text, shown);
                }
                Err(error) => {
                    prop_assert!(error.span.start <= error.span.end && error.span.end <= text.len());
                    prop_assert_eq!(error.to_string().lines().count(), 3, "{}", error);
                }
            }
        }
    }

    #[test]
    fn letters_of_several_bytes_stand_where_operators_have_one() {
        for text in ["/𑍩/", "/é5/", "//5/", "é$2", "é!", "hd=é", "date é", "w/é", "𑍩=𑍩"] {
            for dialect in Dialect::ALL.iter().copied() {
                let _ = query::parse_as(text, dialect).and_then(|it| query::check(&it, today()));
            }
        }
    }

    #[test]
    fn a_sign_of_a_pattern_that_no_word_holds_is_not_lost_before_a_tilde() {
        let read =
            query::parse_as("*\u{fffc}sluice~2", Dialect::Lucene).and_then(|it| query::check(&it, today()));
        assert!(read.is_err(), "{read:?}");
    }

    #[test]
    fn a_field_that_ends_the_search_is_told_in_its_place() {
        for text in ["hd=", "hd= ", "mill hd=  "] {
            let error = query::parse_as(text, Dialect::Factiva).expect_err(text);
            assert!(error.span.start <= error.span.end && error.span.end <= text.len(), "{error:?}");
        }
    }

    #[test]
    fn deep_nesting_is_an_error_not_a_crash() {
        for text in [
            "(".repeat(8000),
            "caps(".repeat(1600),
            "atleast3 ".repeat(900),
            "text:".repeat(1600),
            "a w/5 ".repeat(1300) + "a",
        ] {
            for dialect in Dialect::ALL.iter().copied() {
                let _ = query::parse_as(&text, dialect).and_then(|it| query::check(&it, today()));
            }
        }
    }
}
