//! The rules that attribute quotes: the one place that words them.

macro_rules! rules {
    ($($rule:ident $name:literal $meaning:literal)+) => {
        /// The rule that decided what a quote is and who speaks it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = concat!("`", $name, "`: ", $meaning, ".")] $rule,)+
        }

        impl Rule {
            /// All rules.
            pub const ALL: &[Rule] = &[$(Rule::$rule),+];

            /// The name in output, in the index, and among the features of the models.
            pub fn name(self) -> &'static str {
                match self {
                    $(Rule::$rule => $name,)+
                }
            }

            /// What it goes by, for a reader of the article.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Rule::$rule => $meaning,)+
                }
            }
        }
    };
}

rules! {
    Cue "cue" "the verb beside it reports it, and its subject stands before the verb"
    CueAfterApposition "cue after apposition"
        "the verb beside it reports it, and its subject stands before a description set apart"
    InvertedCue "inverted cue" "the verb beside it reports it, and its subject follows the verb"
    SharedSubject "shared subject" "the verb beside it reports it, and has its subject from an earlier verb"
    CueWithoutSubject "cue without subject" "the verb beside it reports it, and names nobody"
    AccordingTo "according to" "the words beside it name a source"
    Reported "reported" "a clause behind a verb of speech"
    Thought "thought" "a clause behind a verb of thought, which need not have been spoken"
    Shown "shown" "a clause behind a verb whose subject may be a document"
    Judged "judged" "what a verb of judgement names, which need not have been spoken"
    ReadsAsReported "reads as reported" "reads as reported"
    Colon "colon" "a colon leads to it, and the subject before the colon speaks"
    SubjectOfSentence "subject of the sentence" "no verb reports it; the subject of its sentence speaks"
    SubjectBefore "subject of the sentence before"
        "no verb reports it; the subject of the sentence before it speaks"
    SameSpeaker "same speaker until the paragraph ends"
        "sentences that are all quotation go on with the speaker before them"
    SpeakerNamedAfter "speaker named after" "a later sentence of the paragraph names the speaker"
    Continued "continued" "the quotation was still open when the paragraph before ended"
    IntroducedByColon "introduced by a colon" "the paragraph before ends in a colon and introduces the speaker"
    SpeakerOfPassageBefore "speaker of the passage before"
        "a paragraph that is all quotation goes on with the last speaker"
    AnotherCueBefore "another cue before"
        "another verb that reports has the likelier subject, by the weights of the ranker"
    AnotherInvertedCue "another inverted cue"
        "another verb that reports has the likelier subject, by the weights of the ranker"
    AnotherCue "another cue"
        "another verb that reports has the likelier subject, by the weights of the ranker"
    Owner "whose words they are" "it is their claim, plan or warning, by the weights of the ranker"
    NearestSpeaker "nearest speaker"
        "a phrase beside it, with no verb the lexicon knows, by the weights of the ranker"
    NoSpeaker "no speaker given" "nothing near it says who speaks"
    HeadlineColon "headline before a colon" "headline before a colon"
    Turn "turn of a transcript" "turn of a transcript"
    TurnGoesOn "turn goes on" "turn goes on"
    Answer "answer of an interview" "answer of an interview"
    MarksOnly "marks only: no lexicon of this language" "marks only: no lexicon of this language"
}

impl Rule {
    /// The rule of that name.
    pub fn from_name(name: &str) -> Option<Rule> {
        Rule::ALL.iter().copied().find(|it| it.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Rule;

    #[test]
    fn a_name_is_one_rule() {
        for rule in Rule::ALL {
            assert_eq!(Rule::from_name(rule.name()), Some(*rule));
        }
    }
}
