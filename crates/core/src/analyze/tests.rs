//! What is a word, as tables a reporter can read.

use proptest::prelude::*;

use super::*;
use crate::article::Language;

/// The forms, each with the text its span shows when that is not the form itself.
fn cut(text: &str) -> String {
    let shown = words(text).map(|it| {
        let shown = it.span.of(text);
        if shown == it.form { it.form } else { format!("{}[{shown}]", it.form) }
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn words_of_news_text() {
    for (text, words) in [
        ("", ""),
        ("Peace talks resumed.", "peace[Peace] talks resumed"),
        ("Trump’s plan, the workers' vote", "trump[Trump] plan the workers vote"),
        ("TRUMP'S", "trump[TRUMP]"),
        ("don’t ask Sen. O’Malley", "dont[don’t] ask sen[Sen] omalley[O’Malley]"),
        ("We’re sure he’ll stay; I’d go", "we[We] sure he stay i[I] go"),
        ("He would've. Sa’d can't", "he[He] would sad[Sa’d] cant[can't]"),
        ("law-and-order", "law and order"),
        ("in the U.S. and the U.K.", "in the us[U.S.] and the uk[U.K.]"),
        ("the U.S., J.R.R. Tolkien, J. Edgar", "the us[U.S.] jrr[J.R.R.] tolkien[Tolkien] j[J] edgar[Edgar]"),
        ("U.S.-led; the U.S.’s role", "us[U.S.] led the us[U.S.] role"),
        ("at 9 a.m. on the U.S Senate", "at 9 am[a.m.] on the us[U.S] senate[Senate]"),
        ("Plan B. And I...I", "plan[Plan] b[B] and[And] i[I] i[I]"),
        ("3.5 million, 1,200 and 1,234,567", "3.5 million 1200[1,200] and 1234567[1,234,567]"),
        ("2016,2017 and 3:15", "2016 2017 and 3 15"),
        ("$5.3bn at 10.30pm", "5.3bn at 10.30pm"),
        ("AT&T, Q&A and a & b", "at&t[AT&T] q&a[Q&A] and a b"),
        ("C++ or C#, a+b, #tag", "c++[C++] or c#[C#] a b tag"),
        ("’90s ‘quoted’ ''We will''", "90s quoted we[We] will"),
        ("l’homme d'Orsay dell'arte D’Souza", "l homme d orsay[Orsay] dell arte dsouza[D’Souza]"),
        ("ABC'13, 6'2 and ’Ndr’13", "abc[ABC] 13 6 2 and ndr[Ndr] 13"),
        ("and/or a@b.com www.example.com", "and or a b com www example com"),
        ("zero\u{ad}hyphen", "zerohyphen[zero\u{ad}hyphen]"),
    ] {
        assert_eq!(cut(text), words, "{text}");
    }
}

#[test]
fn accents_and_scripts() {
    for (text, forms) in [
        ("Café RÉSUMÉ naïve", "cafe resume naive"),
        ("Straße Ørsted Wałęsa Ælfric İstanbul", "strasse orsted walesa aelfric istanbul"),
        ("cafe\u{301}", "cafe"),
        ("ＡＢＣ１２", "abc12"),
        ("ﬁnance CO₂", "finance co2"),
        ("東京タワー", "東 京 タ ワ ー"),
        ("ガ", "ガ"),
        ("서울 시", "서울 시"),
        ("हिन्दी", "हिन्दी"),
        ("الأُمَّة", "الامه"),
        ("پاکستان کی", "پاكستان كي"),
        ("١٢٣ ۴۵", "123 45"),
        ("Йод ΛΌΓΟΣ λόγος", "иод λογοσ λογοσ"),
        ("ـ", ""),
    ] {
        let found: Vec<String> = words(text).map(|it| it.form).collect();
        assert_eq!(found.join(" "), forms, "{text}");
    }
}

#[test]
fn terms_of_a_word_by_language() {
    let spanish = Language::from_tag("es");
    for (text, language, term) in [
        ("talks", Some(Language::ENGLISH), "en/talk"),
        ("Talking", Some(Language::ENGLISH), "en/talk"),
        ("résumés", Some(Language::ENGLISH), "en/resum"),
        ("talks", None, "en/talk"),
        ("talks", Language::from_tag("ur"), "ur/talks"),
        ("negociaciones", spanish, "es/negoci"),
        ("negociación", spanish, "es/negoci"),
    ] {
        let word = words(text).next().unwrap();
        assert_eq!(stem_term(word.forms(), language), term, "{text}");
        assert_eq!(Stemmer::for_language(language).term(word.forms()), term, "{text}");
        assert!(is_stem_term(term) && !is_stem_term(&word.form));
    }
    let plain_terms = |typed: &str, languages: &[Option<Language>]| {
        let word = words(typed).next().unwrap();
        let (variants, plain): (Vec<String>, Vec<String>) =
            query_terms(word.forms(), languages).into_iter().partition(|it| it.matches('/').count() > 1);
        (plain.join(" "), variants.join(" "))
    };
    let english = [Some(Language::ENGLISH)];
    assert_eq!(
        plain_terms("Negociación", &[Some(Language::ENGLISH), spanish, None]).0,
        "en/negociacion es/negoci negociacion"
    );
    for (typed, plain, variants) in [
        ("negociación", "en/negociacion", "en/negociacion/2 en/negociacion/3"),
        ("emails", "en/email", "en/email/2 en/email/3"),
        ("Koehler", "en/koehler", "en/koehler/1 en/koehler/2 en/koehler/3"),
        ("Köhler", "en/koehler en/kohler", "en/koehler/1 en/koehler/2 en/koehler/3 en/kohler/2 en/kohler/3"),
        ("32", "en/32", ""),
        ("a", "en/a", ""),
    ] {
        let expected = (plain.to_owned(), variants.to_owned());
        assert_eq!(plain_terms(typed, &english), expected, "{typed}");
    }
    for (term, n) in [("talk", 1), ("en/talk", 1), ("/sentence", 1), ("en/email/2", 2), ("de/mull/1", 1)] {
        assert_eq!(n_words(term), n, "{term}");
    }
}

#[test]
fn patterns_keep_their_wildcards() {
    for (text, forms) in [
        ("Negotiat*", "negotiat*"),
        ("anti-terror*", "anti terror*"),
        ("wom?n", "wom?n"),
        ("O’Mal*", "omal*"),
        ("*gate", "*gate"),
        ("l’hom*", "l hom*"),
    ] {
        let found: Vec<String> = pattern_words(text).into_iter().map(|it| it.form).collect();
        assert_eq!(found.join(" "), forms, "{text}");
    }
}

#[test]
fn a_long_run_is_one_word_cut() {
    let run = "é".repeat(100_000);
    let found: Vec<Word> = words(&run).collect();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].form.len(), found[0].span.end()), (100, run.len()));
}

/// Text with what the rules look at, more often than chance would have it.
fn tricky_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[a-zA-Zé0-9'’.,&+#* \u{ad}\u{301}東ไ/-]{0,12}",
        Just("U.S.’s".to_owned()),
        Just("l’œuvre".to_owned()),
    ];
    proptest::collection::vec(piece, 0..6).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_words_in_order_that_fit_the_rules(text in tricky_text()) {
        let mut end = 0;
        for word in words(&text) {
            prop_assert!(word.span.start() >= end, "spans are in order and disjoint");
            end = word.span.end();
            prop_assert!(!word.span.of(&text).is_empty(), "a span is on character boundaries");
            prop_assert!(!word.form.is_empty() && word.form.len() <= FORM_BYTES_MAX);
            prop_assert!(!word.form.contains(['/', ' ', '*', '\'', '’']), "{}", word.form);
            prop_assert_eq!(word.form.to_lowercase(), word.form.clone());
        }
        pattern_words(&text);
    }

    #[test]
    fn no_word_with_the_stem_is_passed_over(word in "[a-z]{1,12}|[yY]?[aeiouyst']{1,6}[a-z]{0,5}|[dlt]ying|[a-z]{1,2}(ed|ing|ies|s|ly)", text in tricky_text()) {
        for language in [None, Some("en"), Some("es"), Some("id"), Some("ar")] {
            let stemmer = Stemmer::for_language(language.and_then(Language::from_tag));
            for word in words(&word).chain(words(&text)) {
                let stem = stemmer.stem(word.forms());
                prop_assert!(stemmer.may_give(&word.form, &stem), "{:?}", word);
                prop_assert!(stemmer.may_share(&word.form, &stem), "{:?}", word);
            }
        }
    }

    #[test]
    fn every_stemmer_takes_any_word(text in tricky_text()) {
        for algorithm in frostem::Algorithm::all() {
            for word in words(&text) {
                algorithm_stem(*algorithm, &word.accented);
            }
        }
    }
}

fn algorithm_stem(algorithm: frostem::Algorithm, word: &str) {
    let _ = frostem::Stemmer::new(algorithm).stem(word);
}
