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
        (
            "The deputy remembered that the farmer said, “You will hear from my lawyer,” a spokeswoman for the court said.",
            &[("You will hear from my lawyer", "farmer")],
        ),
        (
            "The mother said her son told the judge, “I was asleep,” the Tide reported.",
            &[("I was asleep", "son")],
        ),
        (
            "Karl Moe testified that the boss had warned him: “Keep your mouth shut.”",
            &[("Keep your mouth shut", "boss")],
        ),
        (
            "Nothing the mayor said “will mend the pumps,” Rosa Vint replied.",
            &[("will mend the pumps", "Rosa Vint")],
        ),
        (
            "“Ask the mayor,” Karl Moe said, “or read the law,” he added.",
            &[("Ask the mayor", "Karl Moe"), ("or read the law", "Karl Moe")],
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
            "Jan Ruud, whom Ada Lund described as “a thief,” told the court that he was innocent.",
            &[("a thief", "Ada Lund"), ("that he was innocent", "Jan Ruud")],
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
        (
            "Karl Moe, whom Rosa Vint once labeled “a windbag,” told reporters that he would not resign.",
            &[("a windbag", "Rosa Vint"), ("that he would not resign", "Karl Moe")],
        ),
        (
            "The bill, which Rosa Vint called “a gift to bankers,” passed on Tuesday.",
            &[("a gift to bankers", "Rosa Vint")],
        ),
        ("A porter who knows Rosa Vint said the hall was empty.", &[("the hall was empty", "A porter")]),
        (
            "A man arrested near the harbor said that he had slept in a boat.",
            &[("that he had slept in a boat", "A man")],
        ),
        (
            "In what Rosa Vint, the treasurer, called “a dark week,” two banks closed.",
            &[("a dark week", "Rosa Vint")],
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
        (
            "The harbor was dubbed “the largest bathtub in the world” by Rosa Vint.",
            &[("the largest bathtub in the world", "Rosa Vint")],
        ),
        (
            "Karl Moe was quoted in the Tide as saying that “the pumps had failed.”",
            &[("the pumps had failed", "Karl Moe")],
        ),
        (
            "“A disaster from start to finish” was how Rosa Vint described it.",
            &[("A disaster from start to finish", "Rosa Vint")],
        ),
        (
            "The book was printed by Friday, said Rosa Vint.",
            &[("The book was printed by Friday", "Rosa Vint")],
        ),
        ("Olaf Stein was asked by the Tide why he left.", &[("why he left", "Tide")]),
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
        (
            "His troubles grew, including a former aide to his wife telling reporters that he never paid rent.",
            &[("that he never paid rent", "a former aide")],
        ),
        (
            "With Karl Moe insisting that the pumps worked, the board voted.",
            &[("that the pumps worked", "Karl Moe")],
        ),
        ("Rosa Vint emailed voters, saying the pumps were safe.", &[("the pumps were safe", "Rosa Vint")]),
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
            &[("will take years", "builders")],
        ),
        ("“I heard a bang,” a passer-by, Karl Moe, told the Tide.", &[("I heard a bang", "Karl Moe")]),
        (
            "Vint, in her first remarks since the flood of Nov. 3, said the pumps were “museum pieces.”",
            &[("museum pieces", "Vint")],
        ),
        (
            "Rosa Vint has over the past few weeks warned that the pumps would fail.",
            &[("that the pumps would fail", "Rosa Vint")],
        ),
        ("“We lost money,” chairman, founder and owner Karl Moe said.", &[("We lost money", "Karl Moe")]),
        (
            "Almost half of farmers said the pumps were old.",
            &[("the pumps were old", "Almost half of farmers")],
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
        (
            "Karl Moe, Rosa Vint and Tom Ask said they would walk out.",
            &[("they would walk out", "Karl Moe|Rosa Vint|Tom Ask")],
        ),
        (
            "Rosa Vint and Karl Moe, both members of the board, said the vote was rigged.",
            &[("the vote was rigged", "Rosa Vint|Karl Moe")],
        ),
        (
            "Rosa Vint and her husband said they would walk out.",
            &[("they would walk out", "Rosa Vint|husband")],
        ),
        (
            "Rosa Vint met Karl Moe. Vint and Moe said the pumps were old.",
            &[("the pumps were old", "Rosa Vint|Karl Moe")],
        ),
        ("“The pumps are old,” said Rosa Vint, and Karl Moe agreed.", &[("The pumps are old", "Rosa Vint")]),
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
        (
            "Karl Moe, asked if he would quit, said he would not.",
            &[("if he would quit", ""), ("he would not", "Karl Moe")],
        ),
        ("Rosa Vint was asked whether the pumps were safe.", &[("whether the pumps were safe", "")]),
        (
            "“Did you know?” the judge asked. “No,” Karl Moe replied.",
            &[("Did you know?", "judge"), ("No,", "Karl Moe")],
        ),
        ("“No comment,” Rosa Vint told the Tide when asked about the pumps.", &[("No comment", "Rosa Vint")]),
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
        ("“The pumps are fine,” Rosa Vint averred.", &[("The pumps are fine", "Rosa Vint")]),
        ("The judge ruled that the pumps must stop.", &[("that the pumps must stop", "judge")]),
        (
            "Karl Moe posted on his page that the pumps had failed.",
            &[("that the pumps had failed", "Karl Moe")],
        ),
        ("The leaked Rosa Vint emails that were lost have turned up.", &[("that were lost", "")]),
        ("The Nov. 8 vote was a farce, Karl Moe said.", &[("The Nov. 8 vote was a farce", "Karl Moe")]),
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
        ("Karl Moe’s verdict: “Too small.”", &[("Too small", "Karl Moe")]),
        ("“Ignorance,” was Karl Moe’s short answer.", &[("Ignorance", "Karl Moe")]),
        ("“A wasted year,” as Rosa Vint put it, ended on Friday.", &[("A wasted year", "Rosa Vint")]),
        ("Rosa Vint carried a placard that read “No pumps, no peace.”", &[("No pumps, no peace", "placard")]),
        (
            "“The sea always wins, and we should let it.”¶- Karl Moe¶The pumps failed.",
            &[("The sea always wins", "Karl Moe")],
        ),
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
        (
            "The board has lost 14 members since June, most of them women, according to Tidewatch.",
            &[("The board has lost 14 members since June, most of them women", "Tidewatch")],
        ),
        (
            "“The gate must stay shut, said Karl Moe.¶“No,” Vint replied.",
            &[("The gate must stay shut", "Karl Moe")],
        ),
        (
            "“The gate must stay shut. We went back, he said.¶“So we stayed.”",
            &[("We went back, he said", "")],
        ),
    ]);
}
