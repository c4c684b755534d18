//! Who speaks in invented articles, as the names in them tell.

use morgue_core::article::{Passage, PassageKind};

use crate::attribute;

/// What a case is about, its headline, its paragraphs, and who speaks its quotes in order.
type Case = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

#[track_caller]
fn check(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (what, headline, paragraphs, expected) in cases {
        let headline = Passage::new(PassageKind::Headline, headline);
        let story = paragraphs.iter().filter_map(|it| Passage::new(PassageKind::Body, it));
        let passages: Vec<Passage> = headline.into_iter().chain(story).collect();
        let quotes = attribute(&passages, None);
        let name = |it: &morgue_core::article::Quote| {
            it.speaker.as_ref().map_or(String::new(), |it| it.name.clone())
        };
        let found: Vec<String> = quotes.iter().map(name).collect();
        if found != *expected {
            wrong.push(format!("{what}: {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn a_surname_that_is_a_trade_color_title_or_place_is_a_name() {
    check(&[
        ("trade", "", &["Treasurer Tom Baker met bankers.", "Baker said the mill stays."], &["Tom Baker"]),
        (
            "trade behind a title",
            "",
            &["James Baker spoke.", "Treasury Secretary Baker said rates would fall."],
            &["James Baker"],
        ),
        (
            "trade behind Mr.",
            "",
            &["James A. Baker III came.", "Mr. Baker said rates would fall."],
            &["James A. Baker III"],
        ),
        ("inverted", "", &["Ada Weaver came.", "“The mill stays,” said Weaver."], &["Ada Weaver"]),
        (
            "possessive",
            "",
            &["Ada Carpenter came.", "“The mill stays,” Carpenter’s letter said."],
            &["Ada Carpenter"],
        ),
        ("color", "", &["Ilse White leads the fleet.", "White said the quay was gone."], &["Ilse White"]),
        (
            "color behind a title",
            "",
            &["Mayor Ilse Green came.", "Mayor Green said the quay was gone."],
            &["Ilse Green"],
        ),
        ("title", "", &["Tom King owns the mill.", "King said it would stay."], &["Tom King"]),
        (
            "title of his own",
            "",
            &["Judge Ada Judge sat in Osby.", "Judge said the case was over."],
            &["Ada Judge"],
        ),
        (
            "head of government",
            "",
            &["Prime Minister Tom Major came.", "Major said the talks were over."],
            &["Tom Major"],
        ),
        ("clergy", "", &["Eva Bishop keeps the lock.", "“It is shut,” Bishop said."], &["Eva Bishop"]),
        ("place", "", &["Jack London came.", "London said it took a year."], &["Jack London"]),
        (
            "month",
            "",
            &["Prime Minister Theresa May spoke.", "May said the talks were over."],
            &["Theresa May"],
        ),
        ("body", "", &["Frank Church chairs the board.", "Church said the mill stays."], &["Frank Church"]),
        (
            "unknown given name",
            "",
            &["Zsolt Baker owns the mill.", "Mr. Baker said it stays."],
            &["Zsolt Baker"],
        ),
        (
            "no full name, behind an office",
            "",
            &["Treasury Secretary Baker said rates would fall."],
            &["Baker"],
        ),
        ("no full name at all", "", &["The mill stays.", "Baker said rates would fall."], &["Baker"]),
        ("no full name, behind Mr.", "", &["Mr. Bishop said rates would fall."], &["Bishop"]),
    ]);
}

#[test]
fn a_trade_title_or_place_that_is_nobody_s_name_stays_one() {
    check(&[
        ("the trade", "", &["Tom Lund came.", "A baker said the mill stays."], &["A baker"]),
        ("an office", "", &["Ada Lund, the mayor, came.", "The mayor said the mill stays."], &["Ada Lund"]),
        ("the title of another", "", &["Tom King came.", "King Harald said the war was over."], &["Harald"]),
        ("a place", "", &["The fleet left Boston.", "Washington said the war was over."], &["Washington"]),
    ]);
}

#[test]
fn headlines_name_people_of_the_story_and_make_none() {
    check(&[
        (
            "verb",
            "Lund Says Mill Stays",
            &["Mayor Tom Lund came.", "Lund said the mill stays."],
            &["Tom Lund"],
        ),
        (
            "capitals",
            "LUND HINTS MILL MAY STAY",
            &["Mayor Lund came.", "Lund said the mill stays."],
            &["Lund"],
        ),
        ("verb in another form", "Lund Warns Osby on Trade", &["“We go,” Lund said."], &["Lund"]),
        (
            "several verbs",
            "LUND REPEATS WARNING",
            &["Lund said the mill stays.", "“I go,” he said."],
            &["Lund", "Lund"],
        ),
        ("no verb", "Lund Mill Plan", &["Lund said the mill stays."], &["Lund"]),
        (
            "trade",
            "Baker Sees Stronger Crown",
            &["Tom Baker came.", "Baker said rates would fall."],
            &["Tom Baker"],
        ),
        (
            "quote in it",
            "‘The Mill Stays,’ Says Lund",
            &["Tom Lund came.", "‘The mill stays,’ he said."],
            &["Tom Lund", "Tom Lund"],
        ),
    ]);
}

#[test]
fn a_bare_name_is_not_that_of_somebody_it_contradicts() {
    check(&[
        (
            "president and wife",
            "",
            &["Barbara Lund opened the school.", "President Lund said the war was over."],
            &["Lund"],
        ),
        (
            "and the bare surname after them",
            "",
            &[
                "President Lund said the war was over.",
                "His wife, Barbara Lund, came too.",
                "Lund said rates would fall.",
            ],
            &["Lund", "Lund"],
        ),
        (
            "Mr. of a woman",
            "",
            &["Barbara Lund opened the school.", "Mr. Lund said the war was over."],
            &["Lund"],
        ),
        ("Mrs. of a man", "", &["Dennis Holt owns the mill.", "Mrs. Holt said it stays."], &["Holt"]),
        (
            "two houses",
            "",
            &["Rep. Joseph Berg came.", "Sen. Berg said the bill was dead.", "“It is not,” Rep. Berg said."],
            &["Berg", "Joseph Berg"],
        ),
        ("age", "", &["Tom Vint, 52, keeps the lock.", "“I swim,” said Vint, 12, of Osby."], &["Vint"]),
        (
            "president named in full",
            "",
            &["President Corazon Lund came.", "President Lund said the war was over."],
            &["Corazon Lund"],
        ),
        (
            "initial and nickname",
            "",
            &["Robert J. Lund came.", "Sen. Lund said the bill was dead."],
            &["Robert J. Lund"],
        ),
        ("former office", "", &["Former Gov. Ada Lund came.", "Lund said the bill was dead."], &["Ada Lund"]),
    ]);
}

#[test]
fn bodies_have_their_whole_names() {
    check(&[
        ("letters", "", &["S and P said it would rate them."], &["S and P"]),
        ("growers", "", &["The Osby Growers Association said it would sell."], &["Osby Growers Association"]),
        ("form in capitals", "", &["Osby Lund PLC said it would sell."], &["Osby Lund PLC"]),
        ("acronym", "", &["Lately OMC cut jobs.", "OMC said it would sell."], &["OMC"]),
        (
            "ministry of",
            "",
            &["A Ministry of Finance spokesman said it would sell."],
            &["Ministry of Finance"],
        ),
        ("of", "", &["The Bank of Osby said rates would fall."], &["Bank of Osby"]),
        ("an office of it", "", &["Bank of Osby Governor Ada Lund said rates would fall."], &["Ada Lund"]),
        (
            "and its bearer by surname",
            "",
            &["Ada Lund came.", "Bank of Osby Governor Lund said rates would fall."],
            &["Ada Lund"],
        ),
        ("title", "", &["General Mills Corp said it would sell."], &["General Mills Corp"]),
        ("titled ministry", "", &["The Foreign Ministry said talks would go on."], &["Foreign Ministry"]),
        (
            "genitive",
            "",
            &["Osbyco’s Savings Trust Inc said it would sell."],
            &["Osbyco’s Savings Trust Inc"],
        ),
        ("company of another", "", &["Osbyco Inc’s Lund Mills Co said it would sell."], &["Lund Mills Co"]),
        ("brothers", "", &["The lead manager Lund Brothers Inc said it would sell."], &["Lund Brothers Inc"]),
        ("and company", "", &["Lund and Co sold it.", "Lund said it would sell."], &["Lund and Co"]),
        (
            "of in a company",
            "",
            &["Vint Life Association of Osby Ltd sold it.", "Vint said it would sell."],
            &["Vint Life Association of Osby Ltd"],
        ),
        (
            "and",
            "",
            &["The Mills and Exchange Commission said talks would go on."],
            &["Mills and Exchange Commission"],
        ),
        ("two", "", &["Ada Lund and Osby Mills Co came.", "“We go,” Lund said."], &["Ada Lund"]),
    ]);
}

#[test]
fn roles_are_whole_offices() {
    for (text, expected) in [
        ("The Mill Alliance of Prime Minister Ada Lund won. Lund said it was old.", "Prime Minister"),
        ("They showed the mill to Minister Ada Lund, a spokesman said. Lund said it was old.", "Minister"),
        ("Bank of Osby Governor Ada Lund said rates would fall.", "Bank of Osby Governor"),
        (
            "Ada Lund, president of the Osby Reserve Bank of St. Anne, said rates would fall.",
            "president of the Osby Reserve Bank of St. Anne",
        ),
        (
            "Ada Lund, president of the millers’ association said rates would fall.",
            "president of the millers’ association",
        ),
        ("After new trade sanctions President Ada Lund said rates would fall.", "President"),
        (
            "House Ways and Means Committee Chairman Ada Lund said rates would fall.",
            "House Ways and Means Committee Chairman",
        ),
        ("Ada Lund, also the chairman of Osby Mills, said rates would fall.", "chairman of Osby Mills"),
        ("Secretary of State Ada Lund said talks would go on.", "Secretary of State"),
        (
            "Treasury Secretary Ada Lund, Chairman Tom Berg and others met. Lund said rates would fall.",
            "Treasury Secretary",
        ),
        ("Ada Lund, sister and chief of staff, said rates would fall.", "chief of staff"),
        // What is somebody else's is no role.
        ("Ada Lund, daughter of the mayor of Osby, said rates would fall.", ""),
        ("Ada Lund, niece of the Republican front-runner, said rates would fall.", ""),
    ] {
        let passages: Vec<Passage> = Passage::new(PassageKind::Body, text).into_iter().collect();
        let quotes = attribute(&passages, None);
        let roles: Vec<&str> = quotes.iter().filter_map(|it| it.speaker.as_ref()?.role.as_deref()).collect();
        assert_eq!(roles.first().copied().unwrap_or_default(), expected, "{text}");
    }
}

#[test]
fn bodies_are_not_people() {
    check(&[
        (
            "the company",
            "",
            &["Osbyco Inc cut jobs.", "The company said it would sell the mill."],
            &["Osbyco Inc"],
        ),
        (
            "two companies",
            "",
            &["Osbyco Inc sued Lund Mills Co.", "The company said it would sell the mill."],
            &["company"],
        ),
        (
            "the company that spoke",
            "",
            &[
                "Osbyco Inc sued Lund Mills Co.",
                "Osbyco said it would sell the mill.",
                "The company said it was old.",
            ],
            &["Osbyco Inc", "Osbyco Inc"],
        ),
        (
            "a place is not its bank",
            "",
            &["The Bank of Canada met.", "Canada said it would sell wheat."],
            &["Canada"],
        ),
        (
            "the article",
            "",
            &["The Landesbank raised rates.", "It added that prices were low."],
            &["Landesbank"],
        ),
        (
            "a company by its first word",
            "",
            &["Osbyco Inc cut jobs.", "Osbyco said it would sell the mill."],
            &["Osbyco Inc"],
        ),
        (
            "its daughter",
            "",
            &["Osbyco Inc and Osbyco Pipeline Co cut jobs.", "Osbyco said it would sell the mill."],
            &["Osbyco Inc"],
        ),
    ]);
}

/// Texts, and under each words of its quotes with who says them.
const NAMES: &str = include_str!("names.txt");

#[test]
fn names_and_roles_are_read_as_in_the_table() {
    let mut passages: Vec<Passage> = Vec::new();
    let mut quotes = Vec::new();
    let (mut wrong, mut n_checked) = (Vec::new(), 0);
    for line in NAMES.lines().filter(|it| !it.starts_with('#') && !it.is_empty()) {
        let Some(expected) = line.strip_prefix("  ") else {
            passages = line.split('¶').filter_map(|it| Passage::new(PassageKind::Body, it.trim())).collect();
            quotes = attribute(&passages, None);
            continue;
        };
        let Some((words, who)) = expected.split_once(" = ") else { panic!("no speaker in {line:?}") };
        let (name, role) = who.split_once(" | ").map_or((who, None), |(name, role)| (name, Some(role)));
        let says = |it: &&morgue_core::article::Quote| {
            let text = passages[it.passage].text.as_str();
            let said = text.find(words).map(|at| at..at + words.len());
            it.content.iter().any(|span| {
                said.as_ref().is_some_and(|said| span.start() < said.end && said.start < span.end())
            })
        };
        let speakers: Vec<_> = quotes.iter().filter(says).filter_map(|it| it.speaker.as_ref()).collect();
        let fits = |it: &&morgue_core::article::Speaker| {
            it.name == name && role.is_none_or(|role| it.role.as_deref().unwrap_or("-") == role)
        };
        if !speakers.iter().any(fits) {
            wrong.push(format!("{words:?}: {speakers:?}, not {who}"));
        }
        n_checked += 1;
    }
    assert!(wrong.is_empty(), "{} of {n_checked}:\n{}", wrong.len(), wrong.join("\n"));
}
