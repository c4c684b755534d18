//! Who speaks in invented sentences, as their clauses tell.

use morgue_core::article::{Passage, PassageKind};

use crate::attribute;

/// Paragraphs, parted by `¶`, and what is said in them by whom: by nobody where the name is empty.
type Case = (&'static str, &'static [(&'static str, &'static str)]);

/// Checks that each stretch lies in a quote of its speaker and in no quote of anybody else.
#[track_caller]
fn check(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let passages: Vec<Passage> =
            text.split('¶').filter_map(|it| Passage::new(PassageKind::Body, it)).collect();
        let quotes = attribute(&passages, None);
        let mut said: Vec<(String, String)> = Vec::new();
        for quote in &quotes {
            let name = quote.speaker.as_ref().map_or(String::new(), |it| it.name.clone());
            let text = &passages[quote.passage].text;
            said.extend(quote.content.iter().map(|it| (it.of(text).to_owned(), name.clone())));
        }
        let ok = expected.iter().all(|(words, speaker)| {
            let of = |it: &&(String, String)| it.0.contains(words) || words.contains(it.0.as_str());
            let mut names = said.iter().filter(of).map(|it| it.1.as_str());
            if speaker.is_empty() {
                names.all(str::is_empty)
            } else {
                let speakers: Vec<&str> = speaker.split('|').collect();
                names.clone().all(|it| speakers.contains(&it))
                    && speakers.iter().all(|it| names.clone().any(|name| name == *it))
            }
        });
        if !ok {
            wrong.push(format!("{text}\n    got {said:?}\n    not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn inner_and_outer_reports_have_their_own_speakers() {
    check(&[
        (
            "A porter who saw the fight recalled that the driver said, “I will be back with my brothers,” the sheriff’s office said.",
            &[("I will be back with my brothers", "driver")],
        ),
        (
            "The guard told jurors that the cook shouted, “Nobody leaves this kitchen,” prosecutors said.",
            &[("Nobody leaves this kitchen", "cook")],
        ),
        (
            "The union claimed “that we sold the quay for a song,” Moreno recalled.",
            &[("that we sold the quay", "union")],
        ),
        (
            "The bishop insisted “that no bell was ever rung,” Ada Lund remembered.",
            &[("that no bell was ever rung", "bishop")],
        ),
        (
            "According to the Osby Ledger, one reader on Chatterly posted: “Who paid for the new fence?”",
            &[("Who paid for the new fence?", "one reader")],
        ),
        (
            "According to Ada Lund, Tom Berg told the crew: “Leave the nets where they are.”",
            &[("Leave the nets where they are", "Tom Berg")],
        ),
        (
            "Chairs scraped as the man chairing the session warned that the firm wished to “carve up” the park.",
            &[("carve up", "man")],
        ),
        (
            "Cameras clicked while the woman holding the banner said the council had “sold the river.”",
            &[("sold the river", "woman")],
        ),
        (
            "Ada Lund said that Tom Berg had called the ferry “a floating coffin.”",
            &[("a floating coffin", "Tom Berg")],
        ),
    ]);
}

#[test]
fn relative_clauses_have_their_own_speakers() {
    check(&[
        (
            "Olaf Stein, whom Mira Holt has called “a bully,” said he would run again.",
            &[("a bully", "Mira Holt"), ("he would run again", "Olaf Stein")],
        ),
        (
            "Jan Ruud, whom the mayor described as “a thief,” told the court that he was innocent.",
            &[("a thief", "mayor"), ("that he was innocent", "Jan Ruud")],
        ),
        (
            "Eze, who was represented by the secretary, Captain Musa Bello, urged traders to “stay calm.”",
            &[("stay calm", "Eze")],
        ),
        (
            "A nurse who has accused former governor Olaf Stein of fraud said on Monday that Stein had offered her a house.",
            &[("that Stein had offered her a house", "A nurse")],
        ),
        (
            "Mira Holt, who has criticized Olaf Stein, said the vote was rigged.",
            &[("the vote was rigged", "Mira Holt")],
        ),
        (
            "A clerk who Mira Holt said “never read a file” has resigned.",
            &[("never read a file", "Mira Holt")],
        ),
        (
            "The pilot, whose brother told the Ledger he was tired, said the fog came fast.",
            &[("the fog came fast", "pilot")],
        ),
        (
            "Olaf Stein, who Mira Holt said was “asleep at the wheel,” denied it.",
            &[("asleep at the wheel", "Mira Holt")],
        ),
    ]);
}

#[test]
fn of_a_passive_who_stands_behind_by_speaks() {
    check(&[
        ("The plan was described by Mira Holt as “a bad joke.”", &[("a bad joke", "Mira Holt")]),
        ("Olaf Stein was called “a fool” by Mira Holt.", &[("a fool", "Mira Holt")]),
        ("Olaf Stein was told by Mira Holt that “the door is shut.”", &[("the door is shut", "Mira Holt")]),
        (
            "The verdict was hailed by the farmers’ union as “a new dawn.”",
            &[("a new dawn", "farmers’ union")],
        ),
        ("The raid, denounced by Mira Holt as “theft,” took an hour.", &[("theft", "Mira Holt")]),
        (
            "Stein was warned by the bank that the loan would be called in.",
            &[("that the loan would be called in", "bank")],
        ),
        ("“A wasted year” was how Mira Holt put it.", &[("A wasted year", "Mira Holt")]),
        ("The Ledger quoted Mira Holt as saying “the well is dry.”", &[("the well is dry", "Mira Holt")]),
        (
            "Mira Holt was quoted by the Ledger as saying “the well is dry.”",
            &[("the well is dry", "Mira Holt")],
        ),
        ("Mira Holt was quoted as saying that the well was dry.", &[("that the well was dry", "Mira Holt")]),
    ]);
}

#[test]
fn of_a_gerund_the_noun_before_it_speaks() {
    check(&[
        (
            "Stein has lost ground because of blunders, including a trade adviser to his party admitting that the candidate cannot read a budget.",
            &[("that the candidate cannot read a budget", "a trade adviser")],
        ),
        (
            "The talks ended badly, with Mira Holt saying “we were robbed” on her way out.",
            &[("we were robbed", "Mira Holt")],
        ),
        (
            "The row grew on Friday, with the bishop warning that the roof would fall.",
            &[("that the roof would fall", "bishop")],
        ),
        ("Olaf Stein left early, saying the heat was too much.", &[("the heat was too much", "Olaf Stein")]),
    ]);
}

#[test]
fn asides_between_subject_and_verb_do_not_speak() {
    check(&[
        (
            "“It shook the cups,” a shopkeeper, Olaf Stein, wrote on his page.",
            &[("It shook the cups", "Olaf Stein")],
        ),
        ("“It shook the cups,” said the mayor of Dunby, Mira Holt.", &[("It shook the cups", "Mira Holt")]),
        (
            "Mayor Mira Holt spoke. Holt, in her first speech since meeting the builders on Feb. 12, said the wall was “full of holes.”",
            &[("full of holes", "Mira Holt")],
        ),
        (
            "Jorun, the clerk of Dunby, in his first interview since dining on March 3, said the safe was empty.",
            &[("the safe was empty", "Jorun")],
        ),
        ("Olaf Stein, via the Ledger, said that Holt was “all talk.”", &[("all talk", "Olaf Stein")]),
        (
            "Mira Holt, 54, a widow of Dunby, who lost her house in 2019, said the rain never stopped.",
            &[("the rain never stopped", "Mira Holt")],
        ),
        ("Mira Holt, along with two lawyers, said the deal was dead.", &[("the deal was dead", "Mira Holt")]),
        (
            "Olaf Stein, speaking to the Ledger at the harbor on Tuesday, said the boats were lost.",
            &[("the boats were lost", "Olaf Stein")],
        ),
        (
            "Repairs, say builders like Olaf Stein, a mason, will take years.",
            &[("Repairs", "builders"), ("will take years", "builders")],
        ),
    ]);
}

#[test]
fn two_who_speak_together_are_both_found() {
    check(&[
        ("Mira Holt and Olaf Stein said they would sue.", &[("they would sue", "Mira Holt|Olaf Stein")]),
        (
            "“We will sue,” Mira Holt and Olaf Stein said in a letter.",
            &[("We will sue", "Mira Holt|Olaf Stein")],
        ),
        ("“We will sue,” said Mira Holt and Olaf Stein.", &[("We will sue", "Mira Holt|Olaf Stein")]),
        (
            "Senators Mira Holt and Olaf Stein told reporters that the bill was dead.",
            &[("that the bill was dead", "Mira Holt|Olaf Stein")],
        ),
        ("Holt and Sons said it had sold the yard.", &[("it had sold the yard", "Sons")]),
        (
            "Mira Holt spoke first. The crowd cheered Holt, and Olaf Stein said the bill was dead.",
            &[("the bill was dead", "Olaf Stein")],
        ),
    ]);
}

#[test]
fn questions_are_of_who_asks() {
    check(&[
        (
            "Asked by Olaf Stein whether the dam would hold, Mira Holt said: “Yes.”",
            &[("whether the dam would hold", "Olaf Stein"), ("Yes.", "Mira Holt")],
        ),
        (
            "Asked if the dam would hold, Mira Holt said she did not know.",
            &[("if the dam would hold", ""), ("she did not know", "Mira Holt")],
        ),
        (
            "When asked whether she would run, Holt replied: “Never.”",
            &[("whether she would run", ""), ("Never.", "Holt")],
        ),
        (
            "Told that the dam had burst, Mira Holt said: “We warned them.”",
            &[("that the dam had burst", ""), ("We warned them.", "Mira Holt")],
        ),
        ("Mira Holt asked whether the dam would hold.", &[("whether the dam would hold", "Mira Holt")]),
        ("“Will the dam hold?” Olaf Stein asked Mira Holt.", &[("Will the dam hold?", "Olaf Stein")]),
    ]);
}

#[test]
fn verbs_that_report_are_known_and_nouns_are_not_taken_for_them() {
    check(&[
        ("“We sleep on the quay,” Olaf Stein shares.", &[("We sleep on the quay", "Olaf Stein")]),
        ("Olaf Stein clarified that the quay was shut.", &[("that the quay was shut", "Olaf Stein")]),
        ("Olaf Stein narrated how the quay fell.", &[("how the quay fell", "Olaf Stein")]),
        ("“We should have gone,” rued Olaf Stein.", &[("We should have gone", "Olaf Stein")]),
        ("The judge held that the sale was void.", &[("that the sale was void", "judge")]),
        ("Olaf Stein enjoined traders to keep off the quay.", &[("keep off the quay", "Olaf Stein")]),
        ("Mira Holt opined that rain would come.", &[("that rain would come", "Mira Holt")]),
        ("“Wait for the tide,” Mira Holt cautions.", &[("Wait for the tide", "Mira Holt")]),
        ("“Nice weather for ducks,” deadpanned Mira Holt.", &[("Nice weather for ducks", "Mira Holt")]),
        ("“They lied to us,” Mira Holt hit out.", &[("They lied to us", "Mira Holt")]),
        ("“And it rained,” chipped in Olaf Stein.", &[("And it rained", "Olaf Stein")]),
        ("Mira Holt submitted that the sale was void.", &[("that the sale was void", "Mira Holt")]),
        ("Mira Holt charged that the sale was fixed.", &[("that the sale was fixed", "Mira Holt")]),
        (
            "Mira Holt further disclosed that the mine would open in May.",
            &[("that the mine would open in May", "Mira Holt")],
        ),
        ("“No one was spared,” Mira Holt bemoaned.", &[("No one was spared", "Mira Holt")]),
        ("“It is their turn,” echoed Olaf Stein.", &[("It is their turn", "Olaf Stein")]),
        (
            "The pile of missing Mira Holt letters that Olaf Stein asked the bank to find is not known.",
            &[("that Olaf Stein", "")],
        ),
        (
            "The number of deleted Mira Holt emails that Olaf Stein wanted the court to see is secret.",
            &[("that Olaf Stein", "")],
        ),
        ("Two Mira Holt notes that were lost have turned up.", &[("that were lost", "")]),
    ]);
}

#[test]
fn nouns_and_things_report_too() {
    check(&[
        ("“Greed,” is Olaf Stein’s first answer.", &[("Greed", "Olaf Stein")]),
        ("“Lazy Lou,” as the Ledger called her, won again.", &[("Lazy Lou", "Ledger")]),
        (
            "Mira Holt left at noon. Her verdict on the dam: “Too late, too low and too dear.”",
            &[("Too late, too low and too dear", "Mira Holt")],
        ),
        (
            "Mira Holt spoke for an hour. Her message: “Leave the river to the fish.”",
            &[("Leave the river to the fish", "Mira Holt")],
        ),
        ("In the words of Mira Holt, “the river is ours.”", &[("the river is ours", "Mira Holt")]),
        (
            "“The river is ours, and nobody will take it from us.”¶— Mira Holt, mayor of Dunby",
            &[("The river is ours", "Mira Holt")],
        ),
        ("Olaf Stein wore a cap that said “Save the Dam.”", &[("Save the Dam", "cap")]),
        (
            "Olaf Stein stood beside a sign that read “Keep out of the dam.”",
            &[("Keep out of the dam", "sign")],
        ),
        ("Mira Holt held up a banner saying “The dam must go.”", &[("The dam must go", "banner")]),
    ]);
}

#[test]
fn contents_end_where_their_clause_does() {
    check(&[
        (
            "Holt has written more than 300 letters since May, mostly to the bank, according to Paperwatch.",
            &[("Holt has written more than 300 letters since May, mostly to the bank", "Paperwatch")],
        ),
        (
            "“We must mend the roof, the sexton said.¶“No,” said Mira Holt.",
            &[("We must mend the roof", "sexton"), ("No,", "Mira Holt")],
        ),
        (
            "“We saw the leak,” said Dr. Mira Holt. But since the repair, “nobody in the village may drink it. They sell it by the cup. Why is that?” Olaf Stein of Fresh Springs told the Ledger that the council was silent.",
            &[
                ("nobody in the village may drink it", "Mira Holt"),
                ("that the council was silent", "Olaf Stein"),
            ],
        ),
    ]);
}
