use super::*;

fn condition(field: Facet, value: &str) -> Condition {
    let exclude = value.starts_with('-');
    Condition { field, value: Some(value.trim_start_matches('-').to_owned()), exclude }
}

#[test]
fn a_facet_adds_its_value_to_what_was_typed() {
    for (typed, field, value, narrowed_to) in [
        ("", Facet::Source, "Harbour Courier", "source:=\"Harbour Courier\""),
        ("  ", Facet::Source, "-Star", "-source:=Star"),
        ("strike", Facet::Source, "Harbour Courier", "strike source:=\"Harbour Courier\""),
        ("strike  “pay”, ", Facet::Year, "2018", "strike  “pay”, date:2018"),
        ("dock OR port", Facet::Month, "2018-05", "(dock OR port) date:=2018-05"),
        ("(dock OR port)", Facet::Place, "Port Ellis", "(dock OR port) place:=\"Port Ellis\""),
        ("dam w/5 siren", Facet::Language, "es", "dam w/5 siren lang:es"),
        ("-dam", Facet::Section, "Local News", "-dam section:=\"Local News\""),
        ("dam", Facet::Kind, "-caption", "dam -kind:caption"),
        ("dam siren", Facet::Speaker, "Ada Rusk", "dam siren speaker:\"Ada Rusk\""),
        // The name of a field, an operator as the name of a paper.
        ("dam", Facet::Source, "NOT", "dam source:=\"NOT\""),
        ("dam", Facet::Source, "said:", "dam source:=\"said:\""),
        // A condition on quotes of its own: not the quote that has the word.
        ("said:dam", Facet::Speaker, "Ada Rusk", "said:dam (speaker:\"Ada Rusk\")"),
        ("-said:dam", Facet::Kind, "direct", "-said:dam kind:direct"),
        // At the end, `and` is a word.
        ("dams and", Facet::Year, "2018", "dams \"and\" date:2018"),
        ("cats and", Facet::Language, "en", "cats \"and\" lang:en"),
        // Asked for already, in other letters too.
        (
            "source:=\"Harbour  Courier\" dam",
            Facet::Source,
            "Harbour Courier",
            "source:=\"Harbour  Courier\" dam",
        ),
        ("dam -kind:caption", Facet::Kind, "-caption", "dam -kind:caption"),
        ("said:dam (speaker:\"ada rusk\")", Facet::Speaker, "Ada Rusk", "said:dam (speaker:\"ada rusk\")"),
        // The whole value goes for its words.
        (
            "source:\"harbour  courier\" dam",
            Facet::Source,
            "Harbour Courier",
            "dam source:=\"Harbour Courier\"",
        ),
        ("dam source:star", Facet::Source, "-Star", "dam source:star -source:=Star"),
        ("source:=STAR", Facet::Source, "Star", "source:=Star"),
        // The opposite gives way.
        (
            "dam -source:\"Harbour Courier\" pay",
            Facet::Source,
            "Harbour Courier",
            "dam pay source:=\"Harbour Courier\"",
        ),
        ("dam source:=Star", Facet::Source, "-Star", "dam -source:=Star"),
        ("source:=Star", Facet::Source, "-Star", "-source:=Star"),
        ("dam NOT lang:es", Facet::Language, "es", "dam lang:es"),
    ] {
        let text = narrowed(typed, Dialect::Morgue, &condition(field, value)).unwrap();
        assert_eq!(text, narrowed_to, "{typed}");
    }
}

#[test]
fn what_has_no_value_can_be_asked_for_by_date_alone() {
    let none = |field, exclude| Condition { field, value: None, exclude }.text();
    assert_eq!(none(Facet::Year, false).as_deref(), Some("-date:0001..9999"));
    assert_eq!(none(Facet::Month, true).as_deref(), Some("date:0001..9999"));
    for field in [Facet::Source, Facet::Speaker, Facet::Place, Facet::Section, Facet::Language, Facet::Kind] {
        assert_eq!(none(field, false), None, "{field}");
        assert!(narrowed("dam", Dialect::Morgue, &Condition { field, value: None, exclude: false }).is_err());
    }
}

#[test]
fn a_hostile_value_is_words_or_cannot_be_asked_for() {
    for (name, text) in [
        ("The \"Real\" Herald", Some("source:=\"The Real Herald\"")),
        ("«Le Phare» (matin)", Some("source:=\"Le Phare (matin)\"")),
        ("a\\b", Some("source:=a\\b")),
        ("Who*", Some("source:=Who")),
        ("*", None),
        ("What? Now!", Some("source:=\"What Now!\"")),
        ("Herald~2", Some("source:=\"Herald~2\"")),
        ("x\" OR source:\"y", Some("source:=\"x OR source: y\"")),
        ("50% News", Some("source:=\"50 News\"")),
        ("-Herald", Some("source:=\"-Herald\"")),
        ("=Herald", Some("source:=\"=Herald\"")),
        ("AT&T", Some("source:=AT&T")),
        ("a,b", Some("source:=\"a,b\"")),
        ("東京", Some("source:=東京")),
        ("", None),
        ("  ", None),
        ("— … ★ \"", None),
    ] {
        let asked = Condition { field: Facet::Source, value: Some(name.to_owned()), exclude: false }.text();
        assert_eq!(asked.as_deref(), text, "{name}");
    }
    for (field, wrong) in [
        (Facet::Kind, "direct\" OR x"),
        (Facet::Language, "english"),
        (Facet::Language, ""),
        (Facet::Year, "2018 OR x"),
        (Facet::Month, "2018-13"),
    ] {
        let value = Some(wrong.to_owned());
        assert_eq!(Condition { field, value, exclude: false }.text(), None, "{wrong}");
    }
}

#[test]
fn what_is_known_to_a_month_is_no_day() {
    for (field, value, text) in [
        (Facet::Year, "2018", Some("date:2018")),
        (Facet::Month, "2018-03", Some("date:=2018-03")),
        (Facet::Day, "2018-03-09", Some("date:=2018-03-09")),
        (Facet::Month, "2018", None),
        (Facet::Day, "2018", None),
        (Facet::Day, "2018-03", None),
    ] {
        assert_eq!(condition(field, value).text().as_deref(), text, "{field} {value}");
    }
}

#[test]
fn a_range_of_time_replaces_the_one_before() {
    for (typed, since, until, text) in [
        ("dam", Some("2012"), None, "dam since:2012"),
        ("dam", Some("2012-01"), Some("2018-05-03"), "dam since:2012-01 until:2018-05-03"),
        ("", None, Some("yesterday"), "until:yesterday"),
        ("dam since:2001 siren date:..2007", Some("2012"), None, "dam siren since:2012"),
        ("since:2001", None, None, ""),
        ("dam date>=2001", Some(" "), None, "dam"),
        ("dam OR siren", None, Some("30d"), "(dam OR siren) until:30d"),
        ("dam -date:2013", Some("2012"), None, "dam -date:2013 since:2012"),
        ("dam AND date:2013 AND siren", Some("2012"), None, "dam AND siren since:2012"),
        ("dam", Some("2012 OR \"x"), None, "dam since:\"2012 OR x\""),
    ] {
        assert_eq!(timed(typed, Dialect::Morgue, since, until).unwrap(), text, "{typed}");
    }
}

#[test]
fn a_bar_of_a_timeline_replaces_the_time_before() {
    for (typed, period, text) in [
        ("dam", "2018-03", "dam date:=2018-03"),
        ("dam since:2012 until:2018", "2013", "dam date:=2013"),
        ("date:=2018-03 dam -date:2013", "2018-03-09", "dam -date:2013 date:=2018-03-09"),
        ("dam OR weir", "2018", "(dam OR weir) date:=2018"),
    ] {
        assert_eq!(dated(typed, Dialect::Morgue, period).unwrap(), text, "{typed}");
    }
}

#[test]
fn words_within_what_was_found() {
    for (typed, more, text) in [
        ("dam", "siren", "dam siren"),
        ("", "siren OR horn", "siren OR horn"),
        ("dam", " ", "dam"),
        ("dam OR weir", "siren", "(dam OR weir) siren"),
        ("dam OR weir", "siren OR horn", "(dam OR weir) (siren OR horn)"),
        ("dam siren", "-horn", "dam siren -horn"),
        ("dam w/5 siren", "w", "dam w/5 siren w"),
        ("dam", "and siren", "dam \"and\" siren"),
    ] {
        assert_eq!(within(typed, Dialect::Morgue, more).unwrap(), text, "{typed}");
    }
    assert!(within("dam", Dialect::Morgue, "(siren").is_err());
}

#[test]
fn of_another_dialect_the_query_is_printed_in_morgues_own() {
    let year = condition(Facet::Year, "2018");
    let text = narrowed("strike! w/5 dock", Dialect::Lexis, &year).unwrap();
    assert_eq!(text, "strike* w/5 dock date:2018");
    assert_eq!(within("strike walkout", Dialect::Westlaw, "dock").unwrap(), "(strike OR walkout) dock");
}

#[test]
fn a_query_that_cannot_be_read_is_an_error_and_so_is_one_that_gets_too_long() {
    assert!(narrowed("(dam", Dialect::Morgue, &condition(Facet::Year, "2018")).is_err());
    let long = "dam ".repeat(super::super::QUERY_BYTES_MAX / 4 - 1);
    let error = narrowed(&long, Dialect::Morgue, &condition(Facet::Source, "Harbour Courier")).unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooLong);
}

#[test]
fn a_speaker_is_asked_for_under_several_names() {
    let names = |all: &str| all.split(", ").map(str::to_owned).collect::<Vec<_>>();
    for (typed, all, exclude, narrowed) in [
        ("weir", "Ada Lund", false, "weir speaker:\"Ada Lund\""),
        ("weir", "Ada Lund, A. M. Lund, Lund", false, "weir speaker:(\"Ada Lund\" OR \"A. M. Lund\")"),
        ("a OR b", "Ada Lund, Lund", true, "(a OR b) -speaker:\"Ada Lund\""),
        ("", "police", false, "speaker:police"),
    ] {
        let found = narrowed_to_speaker(typed, Dialect::Morgue, &names(all), exclude);
        assert_eq!(found.as_deref().ok(), Some(narrowed), "{typed} {all}");
        let again = narrowed_to_speaker(narrowed, Dialect::Morgue, &names(all), exclude);
        assert_eq!(again.ok().as_deref(), Some(narrowed), "once is enough");
    }
    assert!(narrowed_to_speaker("weir", Dialect::Morgue, &[], false).is_err());
}
