//! How a query is read, through the binary: its words, names and dates in an archive, and searches
//! of other services.

use crate::support::Newsroom;

fn newsroom() -> Newsroom {
    Newsroom::new()
        .settings(
            "[[template]]\npath = \"{source}_{date}_{slug}.txt\"\n[defaults]\nlanguage = \"en\"\n\
             [sources]\npost = \"Orle Evening Post\"\n",
        )
        .article(
            "post_2019-03-04_siren.txt",
            "Siren silent in flood\n\nThe siren at Ferrin stayed silent.\n\n\
             “Nobody had signed the form,” Ada Rusk, a technician, said. “I had no right to ring it.”\n",
        )
        .article("post_2020-05_dam.txt", "Dam repairs begin\n\nThe sirens were replaced. The form is gone.\n")
        .ingested()
}

#[test]
fn a_query_is_explained_in_words() {
    let ran =
        newsroom().run(["explain", "speaker:rusk said:(sign* w/3 form) -replaced date:2019-03 source:post"]);
    insta::assert_snapshot!(ran.found(), @r"
    read as   speaker:rusk said:(sign* w/3 form) NOT replaced date:2019-03 source:post
    finds     passages with
              all of these:
                not this:
                  `replaced` in any form in the passage, or in the headline of its article
                published from 2019-03-01 to 2019-03-31, or perhaps so
                `post` as it is spelled in the source
                a quote in the passage of which this is true:
                  all of these:
                    `rusk` as it is spelled in the name of its speaker
                    these two at most 3 steps apart in its words:
                      a word that begins with `sign`
                      `form` in any form
    replaced  en/replac (1)
    sign*     signed (1)
    form      en/form (1)
    source:post Orle Evening Post
    speaker:rusk Ada Rusk (1 quote)
    ");
}

#[test]
fn and_as_json() {
    let ran = newsroom().run(["explain", "siren w/s form", "--format", "json"]);
    let explained: serde_json::Value = serde_json::from_str(ran.found()).unwrap();
    assert_eq!(explained["read_as"], "siren w/s form");
    assert_eq!(explained["tree"]["kind"], "near");
    assert_eq!(explained["tree"]["of"][0]["says"], "`siren` in any form");
    assert_eq!(explained["words"][0]["word"], "siren");
    assert_eq!(explained["words"][0]["forms"][0]["form"], "en/siren");
    assert_eq!(explained["words"][0]["cut"], false);
    for other in ["csv", "markdown"] {
        newsroom().run(["explain", "siren", "--format", other]).expect_status(2);
    }
}

#[test]
fn a_query_is_explained_without_an_index_and_a_wrong_one_shows_its_place() {
    let empty = Newsroom::new();
    let ran = empty.run(["explain", "peace w/5 talks"]);
    ran.expect_status(0);
    assert!(ran.stderr.contains("no index"), "{}", ran.stderr);
    let ran = empty.run(["explain", "peace w/0 talks"]);
    ran.expect_status(2);
    assert!(ran.stderr.contains("^^^"), "{}", ran.stderr);
}

#[test]
fn searches_pasted_from_elsewhere_say_how_they_were_read() {
    let newsroom = newsroom();
    let ran = newsroom.run(["search", "--dialect", "lexis", "siren! AND silent AND NOT dam"]);
    assert!(ran.found().contains("The siren at Ferrin stayed silent."), "{}", ran.stdout);
    assert!(ran.stderr.contains("read as Lexis does"), "{}", ran.stderr);
    assert!(ran.stderr.contains("article:siren* article:silent NOT article:dam"), "{}", ran.stderr);
    let ran = newsroom.run(["quotes", "rusk", "--dialect", "factiva", "signed w/3 form"]);
    assert!(ran.found().contains("Nobody had signed the form"), "{}", ran.stdout);
    let ran = newsroom.run(["search", "--dialect", "lucene", "siren^2"]);
    ran.expect_status(2);
    assert!(ran.stderr.contains("a weight cannot be read here"), "{}", ran.stderr);
}

#[test]
fn and_and_or_without_brackets_are_told_of_in_one_line() {
    let ran = newsroom().run(["search", "siren silent OR form"]);
    ran.expect_status(0);
    let told: Vec<&str> = ran.stderr.lines().filter(|it| it.contains("read as")).collect();
    assert_eq!(
        told,
        [
            "`AND`, also between words side by side, is taken before `OR`; brackets change that; read as: (siren silent) OR form"
        ]
    );
}
