//! Words that are written in more than one way: what finds them, and what is marked.

use crate::support::Newsroom;

/// What the first hit of a search marks, and how many hits there are.
fn marked(newsroom: &Newsroom, query: &str) -> (Vec<String>, usize) {
    let hits = newsroom.run(["search", query, "--format", "jsonl"]).json_lines();
    let Some(hit) = hits.first() else { return (Vec::new(), 0) };
    let text: Vec<char> = hit["text"].as_str().expect("a text").chars().collect();
    let spans = hit["highlights"].as_array().expect("spans").iter();
    let place = |it: &serde_json::Value| usize::try_from(it.as_u64().expect("a place")).expect("a place");
    let marks = spans.map(|it| text[place(&it[0])..place(&it[1])].iter().collect());
    (marks.collect(), hits.len())
}

fn assert_marked(newsroom: &Newsroom, rows: &[(&str, &[&str])]) {
    for (query, marks) in rows {
        assert_eq!(marked(newsroom, query).0, *marks, "{query}");
    }
}

#[test]
fn linked_words_are_found_as_one_and_marked_whole() {
    let newsroom = Newsroom::new()
        .article(
            "a.txt",
            "Air show\n\nThe MiG-29 flew low, said pre-school teachers, after a 4-1 vote in 1991-92; the XYZ'24 \
             meeting saw it on solid.js screens.\n\n“The co-op pays,” Ada Rusk, a clerk, said.\n",
        )
        .article("b.txt", "Prices\n\nPreschools cost more, and so does the coop.\n")
        .ingested();
    assert_marked(
        &newsroom,
        &[
            ("mig29", &["MiG-29"]),
            ("MiG-29", &["MiG-29"]),
            ("=mig29", &[]),
            ("\"the mig29 flew\"", &["The MiG-29 flew"]),
            ("mig29 pre/2 low", &["MiG-29", "low"]),
            ("mig29 pre/1 low", &[]),
            ("allcaps(xyz)", &["XYZ"]),
            ("xyz24", &["XYZ'24"]),
            ("solidjs", &["solid.js"]),
            ("41", &[]),
            ("199192", &[]),
            ("said:coop", &["co-op"]),
            ("speaker:rusk said:coops", &["co-op"]),
        ],
    );
    for query in ["preschool", "pre-school", "pre-schools", "=preschools OR =pre-school"] {
        assert_eq!(marked(&newsroom, query).1, 2, "{query}");
    }
    assert_eq!(marked(&newsroom, "=preschools").1, 1);
    assert_eq!(marked(&newsroom, "article:coop").1, 5, "the passages of both articles");
}

#[test]
fn a_word_broken_at_the_end_of_a_line_is_found_in_both_ways() {
    let newsroom = Newsroom::new()
        .article(
            "a.txt",
            "Ferry timetable\n\nThe ferry company said on Monday that the new timetable of the winter was prelim-\n\
             inary, and that the long-\nawaited boat to the islands in the west would come in the spring, when the\n\
             pier is mended and the harbor is open to all who want to use it for their work.\n",
        )
        .ingested();
    assert_marked(
        &newsroom,
        &[
            ("preliminary", &["prelim-inary"]),
            ("long-awaited", &["long-awaited"]),
            ("longawaited", &["long-awaited"]),
            ("awaited", &["awaited"]),
            ("\"was preliminary and that\"", &["was prelim-inary, and that"]),
        ],
    );
}

#[test]
fn umlauts_are_spelled_out_in_german_and_in_names() {
    let german = "Rat stimmt zu\n\nDer Rat hat am Dienstag den Plan für die Brücke beschlossen. Herr Grüneböhm sagte, die \
                  Gebäude am Ufer würden nicht verkauft, und die Bürger können darüber abstimmen.\n";
    let english =
        "Visit\n\nMr. Schröder saw a blue door in Israel, and does not like poems or über-rich men.\n";
    let newsroom = Newsroom::new()
        .article("rat.txt", german)
        .article("visit.txt", english)
        .article("letter.txt", "Letter\n\nMs. Schroeder wrote from the coast.\n")
        .ingested();
    assert_marked(
        &newsroom,
        &[
            ("grueneboehm", &["Grüneböhm"]),
            ("grunebohm", &["Grüneböhm"]),
            ("gebaeude", &["Gebäude"]),
            ("Gebäude", &["Gebäude"]),
            ("koennen", &["können"]),
            ("=koennen", &[]),
            ("blue", &["blue"]),
            ("blu", &[]),
            ("israel", &["Israel"]),
            ("isral", &[]),
            ("does", &["does"]),
            ("poem", &["poems"]),
            ("pom", &[]),
            ("ueber", &[]),
        ],
    );
    for query in ["schroeder", "Schröder"] {
        assert_eq!(marked(&newsroom, query).1, 2, "{query}");
    }
    assert_eq!(marked(&newsroom, "schroder").1, 1);
}

#[test]
fn single_letters_do_not_outweigh_other_words() {
    // Of the two articles only one has the surname twice; the other has the rare letter.
    let filler =
        "The council met on Monday and spoke of roads, schools and the price of bread.\n\n".repeat(3);
    let mut newsroom = Newsroom::new()
        .article("letter.txt", format!("Notes\n\n{filler}Q. Q. Q. and Lund were named at the end.\n"))
        .article("surname.txt", format!("Notes\n\n{filler}Q. Lund spoke, and Lund left.\n"));
    for n in 0..12 {
        newsroom = newsroom.article(&format!("{n}.txt"), format!("Lund {n}\n\nLund was seen at pier {n}.\n"));
    }
    let newsroom = newsroom.ingested();
    let first =
        |query: &str| newsroom.run(["search", query, "--format", "jsonl"]).json_lines()[0]["path"].clone();
    assert_eq!(first("q lund"), "corpus/surname.txt");
    // No passage has all three: a letter again and again does not stand for a surname.
    let newsroom = Newsroom::new()
        .article("letters.txt", "X and X\n\nThe X and X company of X said that X was sold.\n")
        .article(
            "name.txt",
            "Vote\n\nOn the harbor a motion by Hallam was lost, and the council went home late.\n",
        )
        .article("other.txt", "Bread\n\nThe price of bread rose on the harbor.\n")
        .ingested();
    assert_eq!(
        newsroom.run(["search", "--any", "x hallam", "--format", "jsonl"]).json_lines()[0]["path"],
        "corpus/name.txt"
    );
}

#[test]
fn codes_and_numbers_have_a_plural() {
    let newsroom = Newsroom::new()
        .article(
            "hangar.txt",
            "Hangar\n\nThree C-130s, a pair of T38s and the old 727s stood in the rain beside the MiG-29s.\n",
        )
        .article("decade.txt", "Decade\n\nThe hall was built in the 1970s, and was sold in the 90s.\n")
        .ingested();
    for (query, status) in [
        ("C-130", 0),
        ("C130", 0),
        ("C130s", 0),
        ("T38", 0),
        ("T-38", 0),
        ("727", 0),
        ("MiG-29", 0),
        ("mig29", 0),
        ("=727", 1),
        ("1970", 1),
        ("1970s", 0),
        ("90", 1),
    ] {
        newsroom.run(["search", query]).expect_status(status);
    }
}

#[test]
fn names_are_found_with_and_without_umlauts() {
    let newsroom = Newsroom::new()
        .article(
            "a.txt",
            "---\nbyline: Jörg Müller\nsource: Münchner Bote\nsection: küche\nplace: Lübeck\n---\n\
             Vote\n\n\"The bridge stays shut,\" said Mayor Ute Schröder on Monday.\n",
        )
        .article(
            "b.txt",
            "---\nbyline: Dieter Boettcher\n---\nRain\n\n\"It rains,\" said the skipper Karl Moeller.\n",
        )
        .ingested();
    for query in [
        "byline:mueller",
        "byline:müller",
        "byline:\"joerg muller\"",
        "byline:\"joerg mueller\"",
        "byline:muell*",
        "source:muenchner",
        "section:kueche",
        "place:luebeck",
        "speaker:schroeder",
        "speaker:\"ute schroeder\"",
        "byline:böttcher",
        "speaker:\"karl möller\"",
    ] {
        newsroom.run(["search", query]).expect_status(0);
    }
    for query in ["byline:muoller", "byline:bottcher", "speaker:moller"] {
        newsroom.run(["search", query]).expect_status(1);
    }
    for (name, found) in [("schroeder", "Schröder"), ("Ute Schroeder", "Schröder"), ("möller", "Moeller")]
    {
        for command in ["quotes", "speakers"] {
            let said = newsroom.run([command, name]).expect_status(0).stdout.clone();
            assert!(said.contains(found), "{command} {name}: {said}");
        }
    }
}

#[test]
fn only_a_word_that_is_spelled_so_is_a_hint() {
    let newsroom = Newsroom::new()
        .article(
            "fr.txt",
            "Le conseil\n\nLe ministre a dit que le centre de la ville et le registre des membres \
             seraient ouverts à tous les habitants dès le mois de septembre, avec un litre de vin.\n",
        )
        .article(
            "en.txt",
            "The council\n\nThe minister registered the members, and the administration of the \
             center was praised by everybody who had expertise in such things.\n",
        )
        .ingested();
    for query in ["minister", "register", "center", "member", "administer", "liter", "expertise"] {
        let said = newsroom.run(["search", query]).stderr.clone();
        assert!(!said.contains("spelling"), "{query}: {said}");
    }
    let short = newsroom.run(["search", "4", "xy", "0990"]);
    assert!(!short.stderr.contains("did you mean"), "{}", short.stderr);
}

#[test]
fn the_other_spelling_is_a_hint() {
    let newsroom = Newsroom::new()
        .article(
            "a.txt",
            "Play\n\nThe theatre by the river closed, and neighbours travelled to the tier of four.\n",
        )
        .article("b.txt", "Again\n\nA theater opened; the theatre did not. They tire for want of metres.\n")
        .ingested();
    let said =
        |query: &str, status: i32| newsroom.run(["search", query]).expect_status(status).stderr.clone();
    let theater = said("theater", 0);
    assert!(
        theater.contains("`theatre` (British spelling) is in 2 passages; write `theater OR theatre`"),
        "{theater}"
    );
    let theatre = said("theatre", 0);
    assert!(
        theatre.contains("`theater` (American spelling) is in 1 passage; write `theatre OR theater`"),
        "{theatre}"
    );
    let neighbor = said("neighbor", 1);
    assert!(
        neighbor.contains(
            "no passage has `neighbor`; did you mean `neighbours` (British spelling), which 1 passage has?"
        ),
        "{neighbor}"
    );
    let headline = said("headline:theater", 1);
    assert!(!headline.contains("spelling"), "{headline}");
    for query in ["theater OR theatre", "tire", "four", "metres", "traveled", "=theater", "river"] {
        let said = said(query, 0);
        assert!(!said.contains("spelling"), "{query}: {said}");
    }
}
