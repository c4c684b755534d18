//! Every quote of a person, and who is quoted.

use crate::support::Newsroom;

fn newsroom() -> Newsroom {
    Newsroom::new()
        .settings("[[template]]\npath = \"{source}/{date}.txt\"\n")
        .article(
            "Post/2019-01-02.txt",
            "Harbour plan\n\n“The harbour will be dredged,” Home Minister Rosa Lund told the council.\n\n\
             “It should have been done years ago,” she said.\n\n\
             “I disagree,” said Karl Lund, a fisherman. Police said nobody was hurt.\n",
        )
        .article(
            "Courier/2021-07-08.txt",
            "New prime minister\n\nRosa Lund, the prime minister, said that taxes would not rise.\n",
        )
        .ingested()
}

fn texts(newsroom: &Newsroom, args: &[&str]) -> Vec<String> {
    let ran = newsroom.run(["quotes"].into_iter().chain(args.iter().copied()).chain(["--format", "jsonl"]));
    ran.json_lines().iter().map(|it| it["text"].as_str().unwrap().trim_end_matches(',').to_owned()).collect()
}

#[test]
fn a_full_name_is_one_person_newest_first() {
    let newsroom = newsroom();
    assert_eq!(
        texts(&newsroom, &["Rosa Lund"]),
        ["that taxes would not rise", "The harbour will be dredged", "It should have been done years ago"]
    );
    assert_eq!(texts(&newsroom, &["rosa lund", "--sort", "oldest"])[2], "that taxes would not rise");
    assert_eq!(texts(&newsroom, &["Rosa Lund", "--direct"]).len(), 2);
    assert_eq!(texts(&newsroom, &["Rosa Lund", "--since", "2020"]), ["that taxes would not rise"]);
    assert_eq!(texts(&newsroom, &["Rosa Lund", "--source", "post"]).len(), 2);
    assert_eq!(texts(&newsroom, &["Rosa Lund", "dredged"]), ["The harbour will be dredged"]);
}

#[test]
fn a_surname_of_two_asks_which_and_all_gives_both() {
    let newsroom = newsroom();
    let ran = newsroom.run(["quotes", "lund"]);
    ran.expect_status(2);
    assert!(ran.stdout.is_empty());
    for line in ["`lund` is several people", "3 in 2  Rosa Lund, ", "1 in 1  Karl Lund, fisherman", "--all"] {
        assert!(ran.stderr.contains(line), "no {line:?} in {}", ran.stderr);
    }
    let ran = newsroom.run(["quotes", "lund", "--all"]);
    assert!(ran.found().contains("I disagree"));
    assert!(ran.stderr.contains("fits 2 speakers: Rosa Lund (3), Karl Lund (1)"), "{}", ran.stderr);
    assert_eq!(texts(&newsroom, &["karl"]), ["I disagree"]);
    let ran = newsroom.run(["quotes", "nobody"]);
    ran.expect_status(1);
    assert!(ran.stderr.contains("nobody called `nobody` is quoted"), "{}", ran.stderr);
}

#[test]
fn a_name_may_be_typed_with_a_title_or_initials() {
    let newsroom = newsroom();
    for typed in
        ["Minister Rosa Lund", "Mrs. Rosa Lund", "R. Lund", "Rosa T. Lund", "Rosa Lund (independent)"]
            .into_iter()
            // Karl Lund is no minister, and no woman.
            .chain(["Mrs Lund", "Minister Lund", "Rosa T. Lund III", "Lund, Rosa"])
    {
        assert_eq!(texts(&newsroom, &[typed]).len(), 3, "{typed}");
    }
    assert_eq!(texts(&newsroom, &["Mr Lund"]).len(), 1);
    let ran = newsroom.run(["quotes", "Mr Karl Lund"]);
    assert!(ran.stderr.contains("nobody is quoted as `Mr Karl Lund`: read as `Karl Lund`"), "{}", ran.stderr);
    newsroom.run(["quotes", "Professor Lund"]).expect_status(2);
    newsroom.run(["quotes", "T. Lund"]).expect_status(1);
}

#[test]
fn two_people_of_one_name_are_asked_for_by_what_tells_them_apart() {
    let newsroom = Newsroom::new()
        .settings("[[template]]\npath = \"{source}/{date}.txt\"\n")
        .article("Post/2013-01-02.txt", "Fog\n\n“The port is shut,” Chief Constable Tom Berg said.\n")
        .article("Post/2016-01-02.txt", "Nets\n\n“The bank is ours,” said Tom Berg, a skipper.\n")
        .article("Post/2019-01-02.txt", "Inquiry\n\n“I am sorry,” Chief Constable Tom Berg said.\n")
        .ingested();
    let ran = newsroom.run(["quotes", "Tom Berg"]);
    ran.expect_status(2);
    for line in ["Tom Berg (chief constable)", "Tom Berg (skipper)"] {
        assert!(ran.stderr.contains(line), "no {line:?} in {}", ran.stderr);
    }
    assert_eq!(texts(&newsroom, &["Tom Berg (skipper)"]), ["The bank is ours"]);
    assert_eq!(texts(&newsroom, &["tom berg (constable)"]), ["I am sorry", "The port is shut"]);
    let pair = &newsroom.run(["speakers", "--similar", "--format", "jsonl"]).json_lines()[0];
    assert_eq!((&pair["standing"], &pair["likeness"]), (&"apart".into(), &"same name".into()));
    assert_eq!(pair["against"], serde_json::json!(["work: police / sea at one time"]));
    for format in ["text", "json", "csv", "markdown"] {
        let ran = newsroom.run(["speakers", "--similar", "--format", format]);
        assert!(ran.found().contains("skipper") && ran.stdout.contains("police / sea"), "{}", ran.stdout);
    }
    // One person after all, and no rebuild for it.
    newsroom.write("people.toml", "[[person]]\nname = \"Tom Berg\"\n");
    assert_eq!(texts(&newsroom, &["Tom Berg"]).len(), 3);
    newsroom.run(["speakers", "--similar"]).expect_status(1);
    newsroom.write("people.toml", "[[person]]\nname = \"Thomas Berg\"\nnames = [\"Tom Berg (skipper)\"]\n");
    assert_eq!(texts(&newsroom, &["Thomas Berg"]), ["The bank is ours"]);
}

#[test]
fn a_role_given_by_hand_is_shown_instead_of_those_of_the_articles() {
    let newsroom = newsroom();
    newsroom.write("people.toml", "[[person]]\nname = \"Rosa Lund\"\nrole = \"stateswoman\"\n");
    let rows = newsroom.run(["quotes", "Rosa Lund", "--format", "jsonl"]).json_lines();
    assert!(rows.iter().all(|it| it["speaker"]["role"] == "stateswoman"), "{rows:?}");
    let person = &newsroom.run(["speakers", "rosa", "--format", "jsonl"]).json_lines()[0];
    assert_eq!(person["roles"][0]["role"], "stateswoman");
}

#[test]
fn each_quote_has_its_article_and_role() {
    let rows = newsroom().run(["quotes", "Rosa Lund", "--sort", "oldest", "--format", "jsonl"]).json_lines();
    let first = &rows[0];
    for key in
        ["article", "path", "headline", "source", "date", "passage", "content", "cue", "mention", "rule"]
    {
        assert!(first.get(key).is_some(), "{key}");
    }
    assert_eq!(first["speaker"]["role"], "Home Minister");
    assert_eq!(rows[1]["speaker"]["name"], "Rosa Lund");
    assert_eq!(rows[2]["kind"], "indirect");
    assert_eq!(rows[1]["person"]["name"], "Rosa Lund");
    assert_eq!(rows[1]["person"]["role"], "Home Minister");
}

#[test]
fn speakers_have_roles_counts_and_dates() {
    let newsroom = newsroom();
    let rows = newsroom.run(["speakers", "--format", "jsonl"]).json_lines();
    let first = &rows[0];
    assert_eq!(
        (&first["name"], &first["quotes"], &first["articles"]),
        (&"Rosa Lund".into(), &3.into(), &2.into())
    );
    assert_eq!((&first["first"], &first["last"]), (&"2019-01-02".into(), &"2021-07-08".into()));
    let roles: Vec<&str> =
        first["roles"].as_array().unwrap().iter().map(|it| it["role"].as_str().unwrap()).collect();
    assert!(
        roles.contains(&"Home Minister") && roles.iter().any(|it| it.contains("prime minister")),
        "{roles:?}"
    );
    assert_eq!(
        (&first["roles"][0]["first"], &first["roles"][0]["articles"]),
        (&"2019-01-02".into(), &1.into())
    );
    assert!(newsroom.run(["speakers", "rosa"]).found().contains("Home Minister, 2019"));
    let names = |args: &[&str]| -> Vec<String> {
        let ran = newsroom.run(["speakers", "--format", "jsonl"].into_iter().chain(args.iter().copied()));
        ran.json_lines().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
    };
    assert!(!names(&[]).contains(&"Police".to_owned()), "groups are listed on demand");
    assert!(names(&["--all"]).iter().any(|it| it.eq_ignore_ascii_case("police")));
    assert_eq!(names(&["karl"]), ["Karl Lund"]);
    assert_eq!(names(&["--min", "2"]), ["Rosa Lund"]);
}

#[test]
fn corrections_by_hand_join_two_names_without_a_rebuild() {
    let newsroom = newsroom();
    newsroom.write("people.toml", "[[person]]\nname = \"Rosa Lund\"\nnames = [\"Karl Lund\"]\n");
    assert_eq!(texts(&newsroom, &["Rosa Lund"]).len(), 4);
    newsroom.write("people.toml", "[[person]\n");
    newsroom.run(["quotes", "lund"]).expect_status(2);
}

#[test]
fn conditions_hold_for_the_quote_itself() {
    let newsroom = newsroom();
    // Two quotes of one passage, one of each kind.
    newsroom.write(
        "corpus/Post/2022-01-01.txt",
        "Quay sold\n\nRosa Lund said that the quay was sold. “I am sorry,” Lund said.\n",
    );
    newsroom.run(["ingest"]).expect_status(0);
    assert_eq!(texts(&newsroom, &["Rosa Lund", "kind:direct", "date:2022"]), ["I am sorry"]);
    assert_eq!(texts(&newsroom, &["Rosa Lund", "said:quay"]), ["that the quay was sold"]);
    newsroom.run(["quotes", "lund", "--since", "2016 paint"]).expect_status(2);
    newsroom.run(["quotes", "lund", "a) OR (b", "--since", "2016"]).expect_status(2);
}

#[test]
fn a_search_within_quotes() {
    let newsroom = newsroom();
    let passages = |query: &str| newsroom.run(["search", query, "--format", "jsonl"]).json_lines().len();
    assert_eq!(passages("speaker:lund"), 4);
    assert_eq!(passages("speaker:\"rosa lund\" said:harbour"), 1);
    assert_eq!(passages("speaker:\"karl lund\" said:harbour"), 0);
    assert_eq!(passages("role:minister"), 3);
    assert_eq!(passages("said:council"), 0, "the council is told, it does not stand in the quote");
    assert_eq!(passages("kind:indirect speaker:rosa"), 1);
}

#[test]
fn why_a_quote_is_somebodys_is_said_where_it_is_asked() {
    let newsroom = Newsroom::new()
        .settings("[[template]]\npath = \"{source}/{date}.txt\"\n")
        .article(
            "Post/2016-03-01.txt",
            "Quay\n\nMayor Ada Lund said that the quay would stay. “It is ours,” she said.\n",
        )
        .article("Post/2016-03-09.txt", "Crane\n\n“The crane goes,” Lund said on Monday.\n")
        .ingested();
    let ran = newsroom.run(["quotes", "Ada Lund", "--why"]);
    for why in ["Lund → Ada Lund (only one of that surname)", "she → Ada Lund"] {
        assert!(ran.stdout.contains(why), "{why}: {}", ran.stdout);
    }
    let ran = newsroom.run(["quotes", "Ada Lund", "--why", "--format", "jsonl"]);
    assert!(ran.stdout.contains("\"person_reason\":\"only one of that surname\""), "{}", ran.stdout);
    let ran = newsroom.run(["quotes", "Ada Lund"]);
    assert!(!ran.stdout.contains("why:"), "{}", ran.stdout);
    let ran = newsroom.run(["speakers", "Lund"]);
    assert!(ran.stdout.contains("also Lund (1, only one of that surname)"), "{}", ran.stdout);
}

#[test]
fn a_name_that_nobody_has_is_answered_with_those_who_are_near() {
    let newsroom = Newsroom::new()
        .settings("")
        .article("a.txt", "One\n\n“The pier is closed,” said Henrike Vastergaard, the harbour master.\n")
        .article(
            "b.txt",
            "Two\n\n“It will rain,” said Tilde Vastergaard.\n\n“Never,” said Bo MacBride, a baker.\n",
        )
        .article(
            "c.txt",
            "Three\n\n“The pier opens,” said Henrike Vastergaard.\n\nThe harbour master said it was safe.\n",
        )
        .ingested();
    let said = |args: &[&str]| {
        let ran = newsroom.run(args.iter().copied());
        ran.expect_status(1);
        ran.stderr
    };
    for typed in ["Henrike Vestergaard", "Vastergard, Henrike", "Hendrike Vastergaard"] {
        let quotes = said(&["quotes", typed]);
        let nobody = format!("nobody called `{typed}` is quoted\n");
        assert!(quotes.starts_with(&nobody), "{quotes}");
        let near = "did you mean `Henrike Vastergaard` (";
        assert!(quotes.contains(near) && said(&["speakers", typed]).contains(near), "{quotes}");
    }
    // A part of a name, a first name that no bearer has, a name in two words.
    let both = said(&["quotes", "Vastergrad"]);
    assert!(
        both.contains("`Henrike Vastergaard`") && both.contains("`Tilde Vastergaard` (1 quote)"),
        "{both}"
    );
    assert!(said(&["quotes", "Gudrun Vastergaard"]).contains("`Tilde Vastergaard`"));
    assert!(said(&["quotes", "Mac Bride"]).contains("`Bo MacBride` (1 quote)"));
    assert!(!said(&["quotes", "Qqqq"]).contains("did you mean"));
    // Two of three words are one's name, the last is another's.
    let three = said(&["quotes", "Henrike Vastergaard MacBride"]);
    assert!(three.contains("`Henrike Vastergaard`") && !three.contains("`Bo MacBride`"), "{three}");
    // A small word is no role.
    assert!(!said(&["quotes", "the"]).contains("is a role"));
    let titled = newsroom.run(["speakers", "Ms Vastergaard", "Mr Bo MacBride"]);
    assert!(titled.found().contains("Henrike Vastergaard"), "{}", titled.stdout);
    assert!(titled.stderr.contains("read as `Bo MacBride`"), "{}", titled.stderr);
    let baker = said(&["quotes", "baker"]);
    assert!(
        baker.contains("`baker` is a role, of Bo MacBride (1); `morgue search 'role:\"baker\"'`"),
        "{baker}"
    );
}

#[test]
fn a_role_that_unnamed_speakers_have_too_names_who_holds_it() {
    let newsroom = Newsroom::new()
        .article("a.txt", "One\n\n“The pier is closed,” said Henrike Vastergaard, the mayor.\n")
        .article("b.txt", "Two\n\n“The pier is safe,” the mayor said.\n")
        .ingested();
    for command in ["quotes", "speakers"] {
        let ran = newsroom.run([command, "mayor"]);
        ran.expect_status(0);
        assert!(ran.stderr.contains("is a role, of Henrike Vastergaard (1)"), "{}", ran.stderr);
    }
}

#[test]
fn a_passage_stands_once_with_its_quotes_marked() {
    let newsroom = Newsroom::new()
        .article(
            "a.txt",
            "One\n\nIvo Brandt, the mayor, called the pier “a debt of the last council.” “It will be paid,” Brandt said.\n\n\
             Brandt said that the school would wait.\n\n\
             “The money is there,” Brandt told the council. “We found it in the ferry’s account.\n\n\
             “Nobody had looked into that account for eleven years.\n\n\
             “It was never anybody’s account.”\n",
        )
        .ingested();
    let ran = newsroom.run(["quotes", "Ivo Brandt"]);
    insta::assert_snapshot!(ran.found());
    assert_eq!(ran.stderr, "6 quotes, a quotation over several paragraphs counted in each\n");
    assert_eq!(texts(&newsroom, &["Ivo Brandt"]).len(), 6);
    // The signs are not those of the text.
    let signs = Newsroom::new()
        .article("a.txt", "One\n\n“We [[all of us]] will row,” said Ivo Brandt, the mayor.\n")
        .ingested();
    let ran = signs.run(["quotes", "Ivo Brandt"]);
    assert!(ran.found().contains("“⟦We [[all of us]] will row,⟧”"), "{}", ran.stdout);
}

/// Three paragraphs of one quotation among other quotes, the sure direct one last in its article.
fn long_quotation() -> Newsroom {
    Newsroom::new()
        .settings("[[template]]\npath = \"{date}.txt\"\n")
        .article(
            "2019-03-04.txt",
            "Ferry fares\n\nInes Holm, the ferry master, said that fares would rise, and “not by a little.”\n\n\
             “We counted the boats in March. We counted them again in June.\n\n\
             “Three were missing by then. Two of them never came back.\n\n\
             “That is why fares rise,” Holm said.\n\n\
             Holm said that the pier, or “what holds it up,” was rotten. “It leans,” Holm said.\n",
        )
        .article("2018-03-04.txt", "Fog\n\n“The fog is late,” said Ines Holm, the ferry master.\n")
        .ingested()
}

#[test]
fn the_number_of_quotes_is_one_whatever_the_options() {
    let newsroom = long_quotation();
    let all = texts(&newsroom, &["holm"]);
    let n = all.len();
    let continued = newsroom.run(["quotes", "holm", "--format", "jsonl"]);
    let continued = continued.json_lines().iter().filter(|it| it["rule"] == "continued").count();
    assert!(continued > 0);
    let many = format!("{n} quotes, a quotation over several paragraphs counted in each");
    for options in [&[][..], &["--timeline"], &["--format", "csv"], &["--export", "markdown"]] {
        let ran = newsroom.run(["quotes", "holm"].into_iter().chain(options.iter().copied()));
        assert!(ran.stderr.starts_with(&many), "{options:?}: {}", ran.stderr);
    }
    let limited = newsroom.run(["quotes", "holm", "--limit", "1"]);
    assert!(limited.stderr.contains(&format!("of {many}")), "{}", limited.stderr);
    let speakers = newsroom.run(["speakers", "holm"]);
    assert!(speakers.stdout.starts_with(&format!("{n} in 2")), "{}", speakers.stdout);
    let facets = newsroom.run(["facets", "speaker"]);
    assert!(facets.stdout.contains(&n.to_string()), "{}", facets.stdout);
}

#[test]
fn a_limit_changes_no_order_and_cuts_no_quotation() {
    let newsroom = long_quotation();
    for sort in ["newest", "oldest", "relevance"] {
        let all = texts(&newsroom, &["holm", "--sort", sort]);
        for limit in 1..=all.len() {
            let n = limit.to_string();
            let some = texts(&newsroom, &["holm", "--sort", sort, "--limit", &n]);
            assert!(some.len() >= limit, "{sort} {limit}: {some:?}");
            assert_eq!(some, all[..some.len()], "{sort} {limit}");
            let next = all.get(some.len());
            assert!(next.is_none_or(|it| !it.starts_with("Three were")), "{sort} {limit}");
            // The parts make the whole.
            let parts: Vec<String> = (0..all.len())
                .step_by(limit)
                .flat_map(|at| {
                    texts(&newsroom, &["holm", "--sort", sort, "-n", &n, "--offset", &at.to_string()])
                })
                .collect();
            assert_eq!(parts, all, "{sort} {limit}");
        }
    }
    let first = newsroom.run(["quotes", "holm", "--limit", "1"]);
    let all = newsroom.run(["quotes", "holm"]);
    assert!(all.stdout.starts_with(first.stdout.trim_end()), "{}\n{}", first.stdout, all.stdout);
}

#[test]
fn several_quotes_of_a_passage_are_named_by_their_numbers() {
    let newsroom = long_quotation();
    let printed = newsroom.run(["quotes", "holm"]);
    assert!(printed.stdout.contains(" · [1] mixed, [2] direct · "), "{}", printed.stdout);
    assert!(printed.stdout.contains("\n  direct · corpus/2018-03-04.txt"), "{}", printed.stdout);
}

#[test]
fn a_quote_of_low_confidence_is_called_doubtful_and_comes_last() {
    let newsroom = Newsroom::new()
        .article(
            "a.txt",
            "One\n\nIvo Brandt came late.\n\nThe striker told the Ledger that the pier had been \
             \"looked at twice, and found good enough\".\n\nBrandt was not there.\n\n“It will be paid,” Brandt said.\n",
        )
        .ingested();
    let text = newsroom.run(["quotes", "brandt"]).found().to_owned();
    assert_eq!(text.matches("(doubtful, 0.").count(), 1, "{text}");
    for quote in newsroom.run(["quotes", "brandt", "--format", "jsonl"]).json_lines() {
        let confidence = quote["confidence"].as_f64().unwrap();
        let entry = text.split("\n\n").find(|it| it.contains(quote["text"].as_str().unwrap())).unwrap();
        let doubtful = format!("(doubtful, {confidence})");
        assert_eq!(entry.contains(&doubtful), confidence < 0.5, "{entry}");
        assert_eq!(text.starts_with(entry), confidence >= 0.5, "{text}");
    }
}

/// Somebody who said one thing, denied another, and is expected to say a third.
fn unsaid() -> Newsroom {
    Newsroom::new()
        .settings("[[template]]\npath = \"{source}/{date}.txt\"\n")
        .article(
            "Post/2019-01-02.txt",
            "Ferry fares\n\n“The ferry will stay,” said Ada Lund, the mayor.\n\n\
             Lund denied ever saying “the ferry is free.”\n\n\
             Lund is expected to say that the pier will close.\n\n\
             “We shall see,” said Karl Berg, a fisherman.\n",
        )
        .ingested()
}

#[test]
fn what_was_not_said_is_listed_when_all_stances_are_asked_for() {
    let newsroom = unsaid();
    assert_eq!(texts(&newsroom, &["Ada Lund"]), ["The ferry will stay"]);
    let ran = newsroom.run(["quotes", "Ada Lund"]);
    let left_out = "1 quote; 2 more that the articles deny or only expect (`--all-stances` shows them)";
    assert!(ran.stderr.contains(left_out), "{}", ran.stderr);
    let ran = newsroom.run(["quotes", "Karl Berg"]);
    assert!(!ran.stderr.contains("stances"), "{}", ran.stderr);

    let all = ["quotes", "Ada Lund", "--all-stances"];
    let rows = newsroom.run(all.into_iter().chain(["--sort", "oldest", "--format", "jsonl"])).json_lines();
    let mut given: Vec<_> = rows.iter().map(|it| (it["stance"].as_str(), it["text"].as_str())).collect();
    given.sort_unstable();
    assert_eq!(
        given,
        [
            (Some("denied"), Some("the ferry is free.")),
            (Some("expected"), Some("that the pier will close")),
            (Some("said"), Some("The ferry will stay,")),
        ]
    );
    assert!(rows.iter().all(|it| it["person"]["name"] == "Ada Lund"), "{rows:?}");
    let ran = newsroom.run(all);
    for line in ["[[the ferry is free.]]", "direct, denied", "indirect, expected"] {
        assert!(ran.found().contains(line), "no {line:?} in {}", ran.stdout);
    }
    assert!(ran.stderr.contains("3 quotes") && !ran.stderr.contains("more that"), "{}", ran.stderr);
    for (format, denied) in [("markdown", "(direct, denied)"), ("csv", ",denied,")] {
        let ran = newsroom.run(all.into_iter().chain(["--format", format]));
        assert!(ran.found().contains(denied), "no {denied:?} in {}", ran.stdout);
    }
}

#[test]
fn a_filter_and_a_kind_hold_for_what_was_not_said() {
    let newsroom = unsaid();
    assert_eq!(texts(&newsroom, &["Ada Lund", "--all-stances", "--indirect"]), ["that the pier will close"]);
    assert_eq!(texts(&newsroom, &["Ada Lund", "--all-stances", "free"]), ["the ferry is free."]);
    assert_eq!(texts(&newsroom, &["Ada Lund", "stance:expected"]), ["that the pier will close"]);
    let ran = newsroom.run(["quotes", "Ada Lund", "free"]);
    let none = "no quote found; 1 that the articles deny or only expect";
    assert!(ran.expect_status(1).stderr.contains(none), "{}", ran.stderr);
    // What the words leave out is not told of either.
    let ran = newsroom.run(["quotes", "Ada Lund", "stay"]);
    assert!(ran.stderr.contains("1 quote") && !ran.stderr.contains("stances"), "{}", ran.stderr);
}

/// Each count of the archive is of what was said.
#[test]
fn nothing_counts_what_was_not_said() {
    let newsroom = unsaid();
    let people = newsroom.run(["speakers", "--format", "jsonl"]).json_lines();
    let counts: Vec<_> = people.iter().map(|it| (it["name"].as_str(), it["quotes"].as_u64())).collect();
    assert_eq!(counts, [(Some("Ada Lund"), Some(1)), (Some("Karl Berg"), Some(1))]);
    let ran = newsroom.run(["facets", "speaker"]);
    let counted = |line: &str| {
        line.contains("Ada Lund") && line.split_whitespace().filter(|it| *it == "1").count() == 3
    };
    assert!(ran.found().lines().any(counted), "{}", ran.stdout);
    for (query, n) in [
        ("speaker:lund", 1),
        ("speaker:\"ada lund\" kind:indirect", 0),
        ("said:free", 0),
        ("role:mayor", 1),
        ("stance:denied", 1),
        ("speaker:lund stance:denied,expected", 2),
        ("speaker:lund stance:expected -stance:said", 1),
    ] {
        let ran = newsroom.run(["search", query, "--format", "jsonl"]);
        assert_eq!(ran.json_lines().len(), n, "{query}");
    }
    let kinds = newsroom.run(["facets", "kind", "--format", "json"]);
    let kinds: serde_json::Value = serde_json::from_str(kinds.found()).expect("JSON");
    assert!(!kinds.to_string().contains("indirect"), "{kinds}");
    let status = newsroom.run(["status"]);
    assert!(status.found().contains("2 quotes"), "{}", status.stdout);
    newsroom.run(["check"]).expect_status(0);
    let bars = newsroom.run(["quotes", "Ada Lund", "--timeline", "--format", "csv"]);
    assert!(bars.found().contains("month,2019-01,,,1\n"), "{}", bars.stdout);
}

#[test]
fn an_article_and_a_hit_say_what_was_not_said() {
    let newsroom = unsaid();
    let ran = newsroom.run(["show", "corpus/Post/2019-01-02.txt"]);
    for line in ["— Ada Lund, mayor (direct)", "(direct, denied)", "(indirect, expected)"] {
        assert!(ran.found().contains(line), "no {line:?} in {}", ran.stdout);
    }
    let ran = newsroom.run(["show", "corpus/Post/2019-01-02.txt", "--format", "json"]);
    let article: serde_json::Value = serde_json::from_str(ran.found()).expect("JSON");
    assert_eq!(article["passages"][2]["quotes"][0]["stance"], "denied");
    assert_eq!(article["passages"][1]["quotes"][0]["stance"], "said");
    let ran = newsroom.run(["search", "free"]);
    assert!(ran.found().contains("— Ada Lund, mayor (denied)"), "{}", ran.stdout);
    let hit = &newsroom.run(["search", "free", "--format", "jsonl"]).json_lines()[0];
    assert_eq!(hit["quotes"][0]["stance"], "denied");
}

#[test]
fn somebody_of_whom_nothing_was_said_is_nobodys_person() {
    let newsroom = Newsroom::new()
        .article("a.txt", "Pier\n\nThe mayor, Ada Lund, is expected to say that the pier will close.\n")
        .ingested();
    newsroom.run(["speakers"]).expect_status(1);
    let ran = newsroom.run(["quotes", "Ada Lund"]);
    ran.expect_status(1);
    assert!(ran.stderr.contains("nobody called `Ada Lund` is quoted"), "{}", ran.stderr);
    let search = "speaker:\"Ada Lund\" stance:denied,hypothetical,expected,questioned";
    assert!(ran.stderr.contains(search), "{}", ran.stderr);
    assert!(newsroom.run(["search", search]).found().contains("pier will close"));
}

#[test]
fn a_quote_sheet_has_all_stances_if_asked_and_its_receipt_says_so() {
    let newsroom = unsaid();
    let sheet = ["quotes", "Ada Lund", "--export", "csv", "--receipt=sheet.json"];
    let ran = newsroom.run(sheet);
    assert!(!ran.found().contains("free"), "{}", ran.stdout);
    let ran = newsroom.run(sheet.into_iter().chain(["--all-stances"]));
    assert!(ran.found().contains("the ferry is free.") && ran.stdout.contains(",denied,"), "{}", ran.stdout);
    let receipt = std::fs::read_to_string(newsroom.path("sheet.json")).expect("a receipt");
    let receipt: serde_json::Value = serde_json::from_str(&receipt).expect("JSON");
    assert_eq!(
        (&receipt["request"]["all_stances"], receipt["hits"].as_array().map(Vec::len)),
        (&true.into(), Some(3))
    );
    let ran = newsroom.run(["replay", "sheet.json"]);
    assert!(ran.expect_status(0).stderr.contains("as they were"), "{}", ran.stderr);
}

#[test]
fn an_explanation_of_a_stance_holds_each_part_against_the_same_quote() {
    let newsroom = unsaid();
    for (query, holds, parts) in [
        ("speaker:lund stance:denied", true, [true, true]),
        ("said:free stance:expected", false, [true, true]),
        ("said:dredged stance:denied", false, [false, true]),
        ("speaker:lund kind:indirect", false, [true, false]),
    ] {
        let ran =
            newsroom.run(["explain", query, "--article", "corpus/Post/2019-01-02.txt", "--format", "json"]);
        let explained: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
        let tree = &explained["tree"];
        assert_eq!(tree["holds"], holds, "{query}: {tree:#}");
        let of: Vec<_> = tree["of"].as_array().expect("parts").iter().map(|it| it["holds"] == true).collect();
        assert_eq!(of, parts, "{query}: {tree:#}");
    }
}
