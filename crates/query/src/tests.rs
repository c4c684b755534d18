//! Properties of parsing and printing.

use jiff::civil::Date;
use proptest::prelude::*;

use super::*;
use morgue_core::analyze;
use morgue_core::article::{
    Article, ArticlePlace, Language, Metadata, Origin, Passage, PassageKind, Resolved, Trust,
};

/// The tree without its spans, in a form that compares.
fn shape(node: &Node) -> String {
    match &node.kind {
        NodeKind::Word { .. } | NodeKind::Phrase { .. } | NodeKind::Value(_) => format!("{:?}", node.kind),
        NodeKind::Field { field, value } => format!("{}:{}", field.name(), shape(value)),
        NodeKind::And(nodes) => format!("And{:?}", nodes.iter().map(shape).collect::<Vec<_>>()),
        NodeKind::Or(nodes) => format!("Or{:?}", nodes.iter().map(shape).collect::<Vec<_>>()),
        NodeKind::Not(node) => format!("Not {}", shape(node)),
        NodeKind::Group(node) => format!("Group {}", shape(node)),
        NodeKind::Near { left, right, nearness, negated } => {
            format!("{nearness:?} {negated} [{}, {}]", shape(left), shape(right))
        }
        NodeKind::Function { function, of } => format!("{function:?}({})", shape(of)),
    }
}

/// What reporters type, in any order, and anything else.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "peace",
            "talks",
            " ",
            " ",
            " ",
            "(",
            ")",
            "\"",
            "“",
            "”",
            " AND ",
            " OR ",
            " NOT ",
            " and ",
            " or ",
            " not ",
            " -",
            "-",
            "source:",
            "said:",
            "speaker:",
            "date:",
            "path:",
            "kind:",
            ",",
            ", ",
            "=",
            "~1",
            "~3",
            "*",
            "?",
            "wom?n",
            "negotiat*",
            "law-and-order",
            "U.S.",
            "O’Malley",
            "3:15",
            "http://a.b/c",
            "2017..2018",
            "hedline:",
            "Re:",
            "東京",
            "—",
            "–",
            "ＡＮＤ",
            "&",
            "/",
            " w/5 ",
            " pre/2 ",
            " NEAR/3 ",
            " w/s ",
            " NOT w/p ",
            " NEAR ",
            " ADJ2 ",
            "atleast3(",
            "caps(",
            "ALLCAPS(",
            "hlead(",
            "lead:",
            "article:(",
            "words:>800",
            ":",
            "'",
            "1,200",
        ])
        .prop_map(str::to_owned),
        "[a-z]{1,3}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|it| it.concat())
}

fn facet() -> impl Strategy<Value = Facet> {
    prop::sample::select(Facet::ALL)
}

fn today() -> Date {
    "2017-08-30".parse().unwrap()
}

fn checked(text: &str) -> CheckedQuery {
    check(&parse(text).unwrap(), today()).unwrap()
}

/// An article without headline, one passage for each text.
fn article(language: Option<Language>, texts: &[&str]) -> Article {
    let passages = texts.iter().filter_map(|it| Passage::new(PassageKind::Body, it)).collect();
    let origin = Origin { trust: Trust::Default, rule: String::new(), place: String::new() };
    let language = language.map(|value| Resolved { value, origin, candidates: Vec::new() });
    let metadata = Metadata { language, ..Metadata::default() };
    Article::new(ArticlePlace::file("a.txt".to_owned()), metadata, passages).unwrap()
}

/// Words of two languages in several forms, with accents and without.
fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "talk",
        "talks",
        "talking",
        "résumés",
        "resume",
        "negociación",
        "negociacion",
        "negociaciones",
        "canción",
        "canciones",
        "news",
        "Trump’s",
        "we’ll",
        "U.S.",
        "us",
        "AT&T",
        "université",
        "universites",
        "Köhler",
        "köhler",
        "Koehler",
        "koehler",
        "Kohler",
        "email",
        "abc13",
    ])
}

/// Clauses over the words `a`, `b` and `c`. A negation of a negation is left out: it shows its
/// words once simplified.
fn clause() -> impl Strategy<Value = Clause> {
    let word = |form: &str| Clause::Text(TextPattern::Word(WordPattern::Exact(form.to_owned())));
    let leaf = prop_oneof![
        prop::sample::select(vec![word("a"), word("b"), word("c"), Clause::Everything]),
        prop::sample::select(vec![PassageKind::Body, PassageKind::Caption])
            .prop_map(|it| Clause::Filter(Filter::PassageKind(it))),
        prop::sample::select(vec![word("a"), word("b")]).prop_map(|it| Clause::Not(Box::new(it))),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Clause::And),
            prop::collection::vec(inner, 1..4).prop_map(Clause::Or),
        ]
    })
}

fn language() -> impl Strategy<Value = Option<Language>> {
    prop::sample::select(vec![None, Some("en"), Some("es"), Some("fr"), Some("ur")])
        .prop_map(|it| it.and_then(Language::from_tag))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn highlights_are_sorted_and_disjoint(query in typed(), text in typed(), language in language()) {
        // A passage is trimmed, and spans are of what it keeps.
        let text = format!("{} peace talks", text.trim_start());
        if let Ok(query) = parse(&query).and_then(|it| check(&it, today()))
            && let Some(spans) = evaluate(&query, &article(language, &[&text]), 0, &[])
        {
            prop_assert!(spans.windows(2).all(|it| it[0].end() < it[1].start()));
            prop_assert!(spans.iter().all(|it| !it.of(&text).is_empty()));
        }
    }

    #[test]
    fn simplifying_changes_no_meaning(clause in clause(), texts in prop::collection::vec("[abc]( [abc]){0,3}", 1..4)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let article = article(None, &texts);
        let whole = CheckedQuery { root: clause.clone() };
        let simplified = CheckedQuery { root: simplify::simplify(clause) };
        for ordinal in 0..texts.len() {
            let found = evaluate(&simplified, &article, ordinal, &[]);
            prop_assert_eq!(found, evaluate(&whole, &article, ordinal, &[]), "{:?}", simplified);
        }
    }

    /// An index holds the exact and the stem terms of a passage; looking the terms of a word up
    /// there is its meaning.
    #[test]
    fn the_terms_of_a_word_find_what_the_evaluator_finds(
        typed in word(),
        text in prop::collection::vec(prop_oneof![word(), Just("e-mails"), Just("ABC'13")], 1..4),
        language in language(),
        others in prop::collection::vec(language(), 0..3),
    ) {
        let text = text.join(" ");
        let mut terms = Vec::new();
        let (mut stemmer, mut variants) = (analyze::Stemmer::for_language(language), analyze::Variants::new(language));
        analyze::for_each_word(&text, |word| {
            terms.push(stemmer.term(word.forms()).to_owned());
            terms.push(word.form.to_owned());
            variants.add(&text, word, |it| terms.push(stemmer.variant_term(it.forms, it.n_words)));
        });
        let languages = [others, vec![language]].concat();
        let asked = analyze::words(typed).next().unwrap();
        let found = analyze::query_terms(asked.forms(), &languages).iter().any(|it| terms.contains(it));
        let meant = evaluate(&checked(typed), &article(language, &[&text]), 0, &[]).is_some();
        prop_assert_eq!(found, meant, "{} in {}", typed, text);
    }
}

#[test]
fn plain_words_can_be_relaxed_and_fields_stay() {
    let strict = checked("peace talks truce source:star -war");
    assert_eq!(strict.n_asked(), 3);
    assert_eq!(strict.any(), checked("(peace OR talks OR truce) source:star -war"));
    assert_eq!(strict.relaxed(3), strict);
    assert!(matches!(&strict.relaxed(2).root, Clause::And(clauses)
        if matches!(&clauses[0], Clause::AtLeast { n: 2, of } if of.len() == 3)));
    let two_of_three = checked("peace talks truce").relaxed(2);
    let found = |text| evaluate(&two_of_three, &article(None, &[text]), 0, &[]);
    assert_eq!(found("peace and a truce").map(|it| it.len()), Some(2));
    assert_eq!(found("peace and a truck"), None);
    for whole in ["peace", "peace OR talks", "said:peace talks", "source:star", "-peace"] {
        assert_eq!(checked(whole).any(), checked(whole), "{whole}");
    }
    for (all, any) in [
        ("peace talks said:war", "(peace OR talks) said:war"),
        ("peace talks speaker:lund role:mayor", "(peace OR talks) speaker:lund role:mayor"),
        ("peace (talks OR truce) war", "peace OR talks OR truce OR war"),
        ("(peace talks) OR war", "peace OR talks OR war"),
        ("what did they say of peace talks", "say OR peace OR talks"),
        ("what of the peace", "peace"),
    ] {
        assert_eq!(checked(all).any(), checked(any), "{all}");
    }
    assert_eq!(checked("(peace talks) OR (war truce mill)").n_asked(), 3);
    assert_eq!(checked("what of the peace").n_asked(), 1);
    assert!(checked("what of the peace").has_stop_words() && !checked("the what").has_stop_words());
}

#[test]
fn words_beside_others_give_way_to_more_and_nothing_else_does() {
    let more = ["war", "mill"].map(pattern_of);
    for (typed, widened) in [
        ("peace", Some("peace OR war OR mill")),
        ("peace talks -truce", Some("((peace talks) OR war OR mill) -truce")),
        ("peace source:star", Some("(peace OR war OR mill) source:star")),
        (
            "(peace date:2017) OR (talks date:2016)",
            Some("((peace OR war OR mill) date:2017) OR ((talks OR war OR mill) date:2016)"),
        ),
        (
            "(peace -truce) OR (talks -truce)",
            Some("((peace OR war OR mill) -truce) OR ((talks OR war OR mill) -truce)"),
        ),
        (
            "((peace date:2017) OR talks) source:star",
            Some("(((peace OR war OR mill) date:2017) OR talks OR war OR mill) source:star"),
        ),
        ("peace speaker:lund said:talks", Some("(peace OR war OR mill) speaker:lund said:talks")),
        ("speaker:lund said:talks", None),
        ("lead:peace", None),
        ("source:star -peace", None),
    ] {
        let expected = widened.map(checked);
        assert_eq!(checked(typed).widened(&more), expected, "{typed}");
    }
}

fn pattern_of(typed: &str) -> TextPattern {
    let Clause::Text(pattern) = checked(typed).root else { panic!("{typed} is no word") };
    pattern
}

#[test]
fn what_is_pasted_means_what_it_says() {
    for (pasted, same) in [
        ("atleast3 (peace)", "atleast3(peace)"),
        ("peace date>=2017 date<=2018-06", "peace since:2017 until:2018-06"),
        ("http://example.com/foo?bar=1", "http://example.com/foo/bar=1"),
        ("WWW.example.com/foo?bar=1", "WWW.example.com/foo/bar=1"),
        ("\"http://example.com/foo?bar=1\"", "http://example.com/foo/bar=1"),
        ("\"http://example.com/foo?bar=1 \"", "http://example.com/foo/bar=1"),
        ("\"http://example.com/foo?bar=1—\"", "http://example.com/foo/bar=1"),
        ("(said:peace)", "said:peace"),
    ] {
        assert_eq!(checked(pasted), checked(same), "{pasted}");
    }
}

#[test]
fn what_is_excluded_is_known() {
    let query =
        checked("peace -war -(mill OR \"the dam\") -(truce strike) -(law -order) -source:star -said:law");
    assert_eq!(query.excluded().len(), 3, "{query:?}");
    assert!(checked("peace talks").excluded().is_empty());
}

#[test]
fn days_that_follow_each_other_are_one_run() {
    for (typed, same) in [
        ("date:2017-06-01,2017-06-02,2017-06-03", "date:2017-06-01..2017-06-03"),
        ("date:2017-06,2017-08,2017-07", "date:2017-06..2017-08"),
        ("date:2017 OR since:2016-05", "since:2016-05"),
        ("until:2016 OR date:2017", "until:2017"),
        ("peace OR date:2017 OR date:2018", "peace OR date:2017..2018"),
    ] {
        assert_eq!(checked(typed), checked(same), "{typed}");
    }
    assert_ne!(checked("date:2016,2018"), checked("date:2016..2018"));
}

fn fits_speaker(typed: &str, name: &str) -> bool {
    let query = checked(typed);
    let Clause::Quoted(QuoteClause::Speaker(pattern)) = &query.root else { panic!("{query:?}") };
    name_fits(name, pattern)
}

#[test]
fn a_full_name_may_have_a_middle_name() {
    for (name, fits) in [
        ("Marta Ortiz", true),
        ("Marta L. Ortiz", true),
        ("Mayor Marta Lund Ortiz", true),
        ("Marta Lund de Ortiz", false),
        ("Ortiz Marta", false),
        ("Marta", false),
    ] {
        assert_eq!(fits_speaker("speaker:\"marta ortiz\"", name), fits, "{name}");
    }
    assert!(!fits_speaker("speaker:=\"marta ortiz\"", "Marta L. Ortiz"));
    assert!(!fits_speaker("speaker:jean-luc", "Jean Pierre Luc"));
}

#[test]
fn a_query_tells_how_it_was_read() {
    for (typed, notes) in [
        ("peace talks", vec![]),
        ("peace talks OR truce", vec![Note::MixedAndOr]),
        ("(peace talks) OR truce", vec![]),
        ("peace OR truce", vec![]),
        ("source:(voa news, star)", vec![]),
        ("war and peace", vec![Note::LowerCaseOperator]),
        ("\"war and peace\"", vec![]),
        ("and then", vec![]),
        ("he said: we will not sell", vec![Note::FieldWithBlank]),
        ("peace % talks", vec![Note::Percent]),
        ("peace %talks", vec![Note::Percent]),
        ("peace%talks", vec![Note::Percent]),
        ("\"peace % talks\"", vec![Note::Percent]),
        ("=\"peace %talks\"", vec![Note::Percent]),
        ("40%talks", vec![Note::Percent]),
        ("\"4 % of 30% more\"", vec![]),
        ("Three Big Promises NOT Kept", vec![Note::CapitalOperator]),
        ("what the mayor said AND did", vec![Note::CapitalOperator]),
        ("peace NOT talks", vec![]),
        ("peace talks here -war", vec![]),
        ("bread AND (wine OR beer) cheese meat", vec![]),
        ("wages rose 3.5% or 4 % in May", vec![Note::LowerCaseOperator, Note::MixedAndOr]),
        ("http://example.com/a%20b", vec![]),
    ] {
        assert_eq!(parse(typed).unwrap().notes, notes, "{typed}");
    }
}

#[test]
fn a_query_has_a_longest_length_and_a_deepest_nesting() {
    for (typed, message) in [
        ("a".repeat(QUERY_BYTES_MAX + 1), "the query is too long"),
        (format!("{}x{}", "(".repeat(65), ")".repeat(65)), "the query is nested too deeply"),
    ] {
        let error = parse(&typed).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
        assert!(error.lines().all(|it| it.chars().count() < 200), "{error}");
    }
}

#[test]
fn a_query_has_most_patterns_and_most_words_beside_one_operator() {
    let error = |typed: &str| check(&parse(typed).unwrap(), today()).unwrap_err().kind;
    let patterns: Vec<String> = (0..9).map(|it| format!("*ab{it}")).collect();
    assert_eq!(error(&patterns.join(" OR ")), ErrorKind::ManyPatterns);
    let words: Vec<String> = (0..200).map(|it| format!("a{it}")).collect();
    assert_eq!(error(&format!("({}) w/5 b", words.join(" OR "))), ErrorKind::ManyOperands);
}

#[test]
fn the_place_is_shown_under_wide_and_unprintable_characters() {
    for (typed, shown) in [
        ("東京 a*", "  東京 a*\n       ^^ "),
        ("e\u{301}e\u{301} a*", "  e\u{301}e\u{301} a*\n     ^^ "),
        ("\u{1b}[31m a*", "   [31m a*\n        ^^ "),
    ] {
        let error = parse(typed).and_then(|it| check(&it, today())).unwrap_err().to_string();
        assert!(error.contains(shown), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_query_less_a_clause_is_the_tree_less_that_clause(text in typed()) {
        let Ok(query) = parse(&text) else { return Ok(()) };
        let clauses: Vec<TypedClause> = query.clauses().collect();
        let shapes: Vec<String> = clauses.iter().map(|it| shape(&it.alone.root)).collect();
        for (at, clause) in clauses.iter().enumerate() {
            let own = parse(&clause.text).map(|it| shape(&it.root));
            prop_assert_eq!(own.as_ref(), Ok(&shapes[at]), "`{}` of `{}`", clause.text, text);
            let rest: Vec<String> = [&shapes[..at], &shapes[at + 1..]].concat();
            let expected = match rest.as_slice() {
                [] => { prop_assert_eq!(&clause.without, ""); continue }
                [one] => one.clone(),
                several => format!("And{several:?}"),
            };
            let without = parse(&clause.without).map(|it| (shape(&it.root), it.to_string()));
            prop_assert!(without.is_ok(), "`{}` of `{}`", clause.without, text);
            let (found, printed) = without.unwrap();
            prop_assert_eq!(&found, &expected, "`{}` of `{}`", clause.without, text);
            prop_assert_eq!(shape(&parse(&printed).unwrap().root), expected, "`{}`", printed);
        }
    }

    #[test]
    fn a_narrowed_query_asks_for_one_thing_more(text in typed(), name in ".{0,12}", exclude in any::<bool>(), facet in facet()) {
        let condition = Condition { field: facet, value: Some(name), exclude };
        let narrowed = narrowed(&text, Dialect::Morgue, &condition);
        let (Ok(query), Some(clause)) = (parse(&text), condition.text()) else {
            let is_blank = text.trim().is_empty() && condition.text().is_some();
            prop_assert!(narrowed.is_err() != is_blank, "{:?} of `{}`", narrowed, text);
            return Ok(());
        };
        let one = parse(&clause).unwrap();
        prop_assert_eq!(one.clauses().count(), 1, "`{}`", clause);
        let narrowed = narrowed.unwrap();
        let read = parse(&narrowed);
        prop_assert!(read.is_ok(), "`{}` of `{}`", narrowed, text);
        let read = read.unwrap();
        let has_it = read.clauses().any(|it| shape(&it.alone.root).to_lowercase().contains(&shape(&one.root).to_lowercase()));
        prop_assert!(has_it, "`{}` of `{}`", narrowed, text);
        // What was asked for before is asked for still, the opposite of the condition aside.
        let opposite = Condition { exclude: !exclude, ..condition }.text().unwrap();
        if !query.to_string().to_lowercase().contains(&parse(&opposite).unwrap().to_string().to_lowercase()) {
            let shapes: Vec<String> = read.clauses().map(|it| shape(&it.alone.root)).collect();
            let as_one = shapes.contains(&shape(&query.root));
            prop_assert!(as_one || query.clauses().all(|it| shapes.contains(&shape(&it.alone.root))), "`{}` of `{}`", narrowed, text);
        }
    }

    #[test]
    fn words_within_a_query_are_beside_it(text in typed(), more in typed()) {
        let (Ok(query), Ok(more_query)) = (parse(&text), parse(&more)) else { return Ok(()) };
        let both = within(&text, Dialect::Morgue, &more).unwrap();
        let read = parse(&both);
        prop_assert!(read.is_ok(), "`{}`", both);
        let shapes: Vec<String> = read.unwrap().clauses().map(|it| shape(&it.alone.root)).collect();
        for part in [query, more_query] {
            let as_one = shapes.contains(&shape(&part.root));
            prop_assert!(as_one || part.clauses().all(|it| shapes.contains(&shape(&it.alone.root))), "`{}`", both);
        }
    }

    #[test]
    fn any_text_parses_or_shows_its_place(text in typed()) {
        match parse(&text) {
            Ok(query) => {
                let _ = check(&query, today());
                let printed = query.to_string();
                let again = parse(&printed);
                prop_assert!(again.is_ok(), "`{text}` printed as `{printed}`: {again:?}");
                prop_assert_eq!(shape(&again.unwrap().root), shape(&query.root), "`{}` printed as `{}`", text, printed);
            }
            Err(error) => {
                prop_assert!(error.span.start <= error.span.end && error.span.end <= text.len());
                prop_assert_eq!(error.to_string().lines().count(), 3, "{}", error);
            }
        }
    }
}

#[test]
fn deep_nesting_is_an_error_not_a_crash() {
    for query in ["(".repeat(8000), "-(".repeat(4000), "NOT ".repeat(2000) + "x", "said:(".repeat(1000)] {
        assert!(parse(&query).is_err());
    }
    assert!(parse(&format!("{}x{}", "(".repeat(64), ")".repeat(64))).is_ok());
}
