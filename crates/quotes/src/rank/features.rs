//! The features of a candidate, by readable names: where it stands, what it is, and what the rules
//! say.
//!
//! Of the words of a text only verbs of the lexicon are features.

use std::ops::Range;

use super::{
    candidates::{Candidate, CandidatePhrase},
    instance::Instance,
};
use crate::{
    label::Label,
    lexicon::Classes,
    syntax::{cue::Cue, subject::SubjectPlace},
    text::token::Token,
    weights::{NONE, Part, cue_class, features, part},
};

impl Instance<'_> {
    /// Calls `take` with the parts of each feature's name of a candidate.
    pub(super) fn features(&self, candidate: &Candidate, take: &mut impl FnMut(&[Part<'_>])) {
        match candidate {
            Candidate::Phrase(phrase) => self.phrase(phrase, take),
            Candidate::LastSpeaker => self.last_speaker(take),
            Candidate::Nobody => self.nobody(take),
        }
    }

    fn last_speaker(&self, take: &mut impl FnMut(&[Part<'_>])) {
        let back = match self.context.back {
            None => part!("never"),
            Some(0) => part!("here"),
            Some(1) => part!("1 back"),
            Some(2) => part!("2 back"),
            Some(_) => part!("3 back"),
        };
        let claim = if self.draft.subject.is_some() { part!("claimed") } else { part!("unclaimed") };
        let before = self.tag_before(self.quote);
        let Instance { rule, fallback, length, beside_words, .. } = *self;
        features!(take:
            ["earlier", fallback, claim]
            ["earlier", fallback, claim, back]
            ["earlier", claim, length]
            ["earlier", claim, back, before]
            ["earlier", rule]
            ["earlier", claim, beside_words]
        );
    }

    fn nobody(&self, take: &mut impl FnMut(&[Part<'_>])) {
        let (before, after) = (self.tag_before(self.quote), self.tag_at(self.quote + 1));
        let reported = self.likely(self.quote, &[Label::Leading, Label::Trailing]);
        let (capitals, cued) = (self.capitals(), self.cued());
        let order = if self.before.is_some() { part!("after a quote") } else { part!("first") };
        let Instance { rule, fallback, length, ending, beside_words, .. } = *self;
        features!(take:
            ["nobody", "reported", reported]
            ["nobody", length, "reported", reported]
            ["nobody"]
            ["nobody", length]
            ["nobody", length, rule]
            ["nobody", length, "before", before]
            ["nobody", length, "after", after]
            ["nobody", "between", before, after]
            ["nobody", length, "ends", ending]
            ["nobody", length, capitals]
            ["nobody", beside_words, cued]
            ["nobody", fallback]
            ["nobody", length, order]
        );
    }

    fn phrase(&self, candidate: &CandidatePhrase, take: &mut impl FnMut(&[Part<'_>])) {
        let Instance { rule, length, ending, beside_words, opens, .. } = *self;
        let (kind, side) = (self.kind(candidate), self.side(candidate));
        let tokens = &candidate.phrase.tokens;
        let (prev, next) = (self.tag_before(tokens.start), self.tag_at(tokens.end));
        let (distance, nearer) = (self.distance(tokens), self.nearer(candidate));
        let owner = if candidate.owner { part!("owner") } else { part!("") };
        if candidate.ruled {
            features!(take:
                ["ruled"]
                ["ruled", rule]
                ["ruled", rule, length]
                ["ruled", rule, side]
                ["ruled", rule, kind]
            );
        }
        features!(take:
            ["mention", side, kind]
            ["mention", side, length]
            ["mention", side, "ends", ending]
            ["mention", side, owner, "after", prev]
            ["mention", side, owner, "before", next]
            ["mention", side, owner, "between", prev, next]
            ["mention", side, owner, "to quote", distance]
        );
        if let Some(noun) = self.hangs_on(tokens.start) {
            features!(take:
                ["of", noun, side, distance]
                ["of", noun, side, next]
            );
        }
        if candidate.owner {
            let owned = self.owned(tokens.end);
            features!(take: ["owner of", owned, side, distance]);
        }
        features!(take:
            ["mention", side, owner, kind, "after", prev]
            ["mention", side, owner, kind, "before", next]
            ["mention", side, opens]
            ["mention", side, opens, "ends", ending, length]
            ["mention", side, opens, beside_words, kind]
        );
        if self.first_in_sentence(candidate) {
            features!(take:
                ["mention", side, "first of its sentence"]
                ["mention", side, "first of its sentence", "ends", ending]
                ["mention", side, "first of its sentence", "before", next, opens]
            );
        }
        features!(take: ["mention", side, "nearer ones", nearer]);
        if let Some(last) = self.before.and_then(|it| it.subject.as_ref()) {
            let again = last.phrase.tokens == *tokens && last.sentence == candidate.sentence;
            let spoke = if again { part!("spoke before") } else { part!("another spoke before") };
            features!(take: ["mention", side, spoke, ending]);
        }
        let head = candidate.head();
        let opening = self.likely(head, &[Label::Opening]);
        let closing = self.likely(head, &[Label::Closing]);
        let reported = self.likely(head, &[Label::Leading, Label::Trailing]);
        let quoted = self.likely(self.quote, &[Label::Leading]);
        features!(take:
            ["mention", side, "opening", opening]
            ["mention", side, "closing", closing]
            ["mention", side, "reported", reported]
            ["mention", side, kind, "opening", opening]
            ["mention", side, kind, "closing", closing]
            ["mention", side, "leading quotation", quoted, "closing", closing]
            ["mention", side, "leading quotation", quoted, "opening", opening]
            ["mention", side, "nearer ones", nearer, "opening", opening, "closing", closing]
        );
        match candidate.cue.and_then(|it| self.passage.cues(candidate.sentence).get(it)) {
            Some(cue) => self.subject(candidate, cue, take),
            None => {
                features!(take: ["no cue", side, kind]);
                self.between(tokens.clone(), part!("no cue"), side, take);
            }
        }
    }

    /// The features of a phrase that is the subject of a cue.
    fn subject(&self, candidate: &CandidatePhrase, cue: &Cue, take: &mut impl FnMut(&[Part<'_>])) {
        let Instance { length, ending, .. } = *self;
        let (kind, side) = (self.kind(candidate), self.side(candidate));
        let (class, form) = (cue_class(cue), form(cue));
        let turned = if cue.at < self.quote { part!("cue before") } else { part!("cue after") };
        let place = match cue.place {
            SubjectPlace::Before => part!("before"),
            SubjectPlace::Apposed => part!("apposed"),
            SubjectPlace::After => part!("after"),
            SubjectPlace::Shared => part!("shared"),
            SubjectPlace::Nowhere => part!("nowhere"),
        };
        let distance = self.distance(&(cue.clause.min(cue.at)..cue.end));
        let verb = &self.passage.tokens[cue.at];
        let verb = Part::new(verb.text(self.passage.text));
        let opener = self.tag_before(cue.clause.min(candidate.phrase.tokens.start));
        let follows = self.tag_at(cue.end);
        features!(take:
            ["cue", class, side]
            ["cue", class, turned, "to quote", distance]
            ["cue", class, form, turned]
            ["verb", verb, turned]
            ["verb", verb, turned, "to quote", distance]
            ["cue", place, turned, "to quote", distance]
            ["cue", place, class, turned]
            ["cue", turned, "ends", ending, distance]
            ["cue", turned, length, class]
            ["cue", kind, form]
            ["cue", kind, class]
            ["cue", turned, "clause after", opener]
            ["cue", turned, class, "clause after", opener]
            ["cue", turned, "followed by", follows, side]
        );
        self.between(cue.clause..cue.end, part!("cue"), turned, take);
        // Other cues of the sentence.
        let all = self.passage.cues(candidate.sentence);
        let with = |it: &&Cue| it.subject.is_some() && it.at != cue.at;
        let outer = all.iter().rfind(|it| with(it) && it.at < cue.at && it.at < self.quote);
        let inner = all.iter().find(|it| with(it) && it.at > cue.at && it.at < self.quote);
        let later = all.iter().find(|it| with(it) && it.at > self.quote && it.at > cue.at);
        for (which, rival) in [(part!("outer"), outer), (part!("inner"), inner), (part!("later"), later)] {
            let name = rival.map_or(NONE, cue_class);
            features!(take: ["cue", turned, class, which, name]);
            let Some(rival) = rival else { continue };
            let same = rival.subject.as_ref().map(|it| &it.tokens) == Some(&candidate.phrase.tokens);
            let subject = if same { part!("same subject") } else { part!("other subject") };
            let distance = self.distance(&(rival.clause.min(rival.at)..rival.end));
            let opener = self.tag_before(rival.clause);
            features!(take:
                ["cue", turned, which, name, "to quote", distance]
                ["cue", turned, which, subject]
                ["cue", turned, which, "clause after", opener]
            );
        }
    }

    /// Which signs and words stand between a range of tokens and the quotation.
    fn between(
        &self,
        range: Range<usize>,
        what: Part<'static>,
        side: Part<'static>,
        take: &mut impl FnMut(&[Part<'_>]),
    ) {
        const LOOK: usize = 60;
        let gap = if range.end <= self.quote {
            range.end..self.quote
        } else {
            self.quote + 1..range.start.max(self.quote + 1)
        };
        let Some(gap) = self.passage.tokens.get(gap.start..gap.end.min(gap.start + LOOK)) else { return };
        let tests: [Test; 10] = [
            (part!("comma"), Token::sets_apart),
            (part!("colon"), |it| it.is_sign(':')),
            (part!("semicolon"), |it| it.is_sign(';')),
            (part!("quotation"), Token::is_quote),
            (part!("that"), |it| it.is(Classes::THAT)),
            (part!("who"), |it| it.is(Classes::WHO)),
            (part!("if"), |it| it.is(Classes::IF)),
            (part!("and"), |it| it.is(Classes::AND)),
            (part!("verb"), |it| it.is(Classes::AUXILIARY | Classes::VERB | Classes::CUE)),
            (part!("name"), Token::is_name),
        ];
        for (name, _) in tests.into_iter().filter(|(_, test)| gap.iter().any(test)) {
            features!(take: [what, side, "past", name]);
        }
    }
}

/// What may stand in a gap, and its name.
type Test = (Part<'static>, fn(&Token) -> bool);

fn form(cue: &Cue) -> Part<'static> {
    match cue.classes {
        it if it.any(Classes::GERUND) => part!("-ing"),
        it if it.any(Classes::THIRD) => part!("third"),
        it if it.any(Classes::BASE) => part!("base"),
        _ => part!("past"),
    }
}
