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
fn a_surname_of_two_gives_both_and_says_so() {
    let newsroom = newsroom();
    let ran = newsroom.run(["quotes", "lund"]);
    assert!(ran.found().contains("I disagree"));
    assert!(ran.stderr.contains("fits 2 speakers: Rosa Lund (3), Karl Lund (1)"), "{}", ran.stderr);
    let ran = newsroom.run(["quotes", "nobody"]);
    ran.expect_status(1);
    assert!(ran.stderr.contains("nobody called `nobody` is quoted"), "{}", ran.stderr);
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
