//! A candidate → its features, each a name that a person can read: where it stands, what it is, and what the rules say.
//!
//! No word of a text is a feature but verbs of the lexicon: else only classes, signs, and places.

use super::{
    candidates::{Candidate, CandidatePhrase},
    instance::Instance,
};
use crate::{
    label::Label,
    lexicon::Classes,
    syntax::{cue::Cue, subject::SubjectPlace},
    text::token::Token,
    weights::{Part, cue_class, part},
};

impl Instance<'_> {
    /// The features of a candidate.
    pub(super) fn features(&self, candidate: &Candidate, take: &mut impl FnMut(&[Part<'_>])) {
        match candidate {
            Candidate::Phrase(mention) => self.mention(mention, take),
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
        take(&[part!("earlier"), self.state, claim]);
        take(&[part!("earlier"), self.state, claim, back]);
        take(&[part!("earlier"), claim, self.shape.length]);
        take(&[part!("earlier"), claim, back, self.around(self.quote, true)]);
        take(&[part!("earlier"), self.rule]);
        take(&[part!("earlier"), claim, self.shape.beside_words]);
    }

    fn nobody(&self, take: &mut impl FnMut(&[Part<'_>])) {
        let (before, after) = (self.around(self.quote, true), self.around(self.quote + 1, false));
        let length = self.shape.length;
        let reported = self.likely(self.quote, &[Label::Leading, Label::Trailing]);
        take(&[part!("nobody"), part!("reported"), reported]);
        take(&[part!("nobody"), length, part!("reported"), reported]);
        take(&[part!("nobody")]);
        take(&[part!("nobody"), length]);
        take(&[part!("nobody"), length, self.rule]);
        take(&[part!("nobody"), length, part!("before"), before]);
        take(&[part!("nobody"), length, part!("after"), after]);
        take(&[part!("nobody"), part!("between"), before, after]);
        take(&[part!("nobody"), length, part!("ends"), self.shape.ending]);
        take(&[part!("nobody"), length, self.capitals()]);
        take(&[part!("nobody"), self.shape.beside_words, self.cued()]);
        take(&[part!("nobody"), self.state]);
        let last_speaker = if self.before.is_some() { part!("after a quote") } else { part!("first") };
        take(&[part!("nobody"), length, last_speaker]);
    }

    fn mention(&self, mention: &CandidatePhrase, take: &mut impl FnMut(&[Part<'_>])) {
        let kind = self.kind(mention);
        let side = self.side(mention);
        if mention.ruled {
            take(&[part!("ruled")]);
            take(&[part!("ruled"), self.rule]);
            take(&[part!("ruled"), self.rule, self.shape.length]);
            take(&[part!("ruled"), self.rule, side]);
            take(&[part!("ruled"), self.rule, kind]);
        }
        take(&[part!("mention"), side, kind]);
        take(&[part!("mention"), side, self.shape.length]);
        take(&[part!("mention"), side, part!("ends"), self.shape.ending]);
        let tokens = &mention.phrase.tokens;
        let (prev, next) = (self.around(tokens.start, true), self.around(tokens.end, false));
        let owner = if mention.owner { part!("owner") } else { part!("") };
        take(&[part!("mention"), side, owner, part!("after"), prev]);
        take(&[part!("mention"), side, owner, part!("before"), next]);
        take(&[part!("mention"), side, owner, part!("between"), prev, next]);
        take(&[part!("mention"), side, owner, part!("to quote"), self.gap(mention.head() + 1, tokens.start)]);
        if let Some(noun) = self.hangs_on(tokens.start) {
            take(&[part!("of"), noun, side, self.gap(mention.head() + 1, tokens.start)]);
            take(&[part!("of"), noun, side, next]);
        }
        if mention.owner {
            take(&[
                part!("owner of"),
                self.owned(tokens.end),
                side,
                self.gap(mention.head() + 1, tokens.start),
            ]);
        }
        take(&[part!("mention"), side, owner, kind, part!("after"), prev]);
        take(&[part!("mention"), side, owner, kind, part!("before"), next]);
        let opens = self.shape.opens;
        take(&[part!("mention"), side, opens]);
        take(&[part!("mention"), side, opens, part!("ends"), self.shape.ending, self.shape.length]);
        take(&[part!("mention"), side, opens, self.shape.beside_words, kind]);
        if self.first_in_sentence(mention) {
            take(&[part!("mention"), side, part!("first of its sentence")]);
            take(&[part!("mention"), side, part!("first of its sentence"), part!("ends"), self.shape.ending]);
            take(&[part!("mention"), side, part!("first of its sentence"), part!("before"), next, opens]);
        }
        take(&[part!("mention"), side, part!("nearer ones"), self.nearer(mention)]);
        if let Some(last) = self.before.and_then(|it| it.subject.as_ref()) {
            let again = last.phrase.tokens == *tokens && last.sentence == mention.sentence;
            take(&[
                part!("mention"),
                side,
                if again { part!("spoke before") } else { part!("another spoke before") },
                self.shape.ending,
            ]);
        }
        let head = mention.head();
        let opening = self.likely(head, &[Label::Opening]);
        let closing = self.likely(head, &[Label::Closing]);
        let reported = self.likely(head, &[Label::Leading, Label::Trailing]);
        let quoted = self.likely(self.quote, &[Label::Leading]);
        take(&[part!("mention"), side, part!("opening"), opening]);
        take(&[part!("mention"), side, part!("closing"), closing]);
        take(&[part!("mention"), side, part!("reported"), reported]);
        take(&[part!("mention"), side, kind, part!("opening"), opening]);
        take(&[part!("mention"), side, kind, part!("closing"), closing]);
        take(&[part!("mention"), side, part!("leading quotation"), quoted, part!("closing"), closing]);
        take(&[part!("mention"), side, part!("leading quotation"), quoted, part!("opening"), opening]);
        take(&[
            part!("mention"),
            side,
            part!("nearer ones"),
            self.nearer(mention),
            part!("opening"),
            opening,
            part!("closing"),
            closing,
        ]);
        match mention.cue.and_then(|it| self.passage.cues[mention.sentence].get(it)) {
            Some(cue) => self.subject(mention, cue, side, kind, take),
            None => {
                take(&[part!("no cue"), side, kind]);
                self.between(mention.head() + 1, tokens.start, part!("no cue"), side, take);
            }
        }
    }

    /// Of a mention that is the subject of a cue.
    fn subject(
        &self,
        mention: &CandidatePhrase,
        cue: &Cue,
        side: Part<'static>,
        kind: Part<'static>,
        take: &mut impl FnMut(&[Part<'_>]),
    ) {
        let class = cue_class(cue);
        let form = form(cue);
        let place = match cue.place {
            SubjectPlace::Before => part!("before"),
            SubjectPlace::Apposed => part!("apposed"),
            SubjectPlace::After => part!("after"),
            SubjectPlace::Shared => part!("shared"),
            SubjectPlace::Nowhere => part!("nowhere"),
        };
        let gap = self.gap(cue.end, cue.clause.min(cue.at));
        let turned = if cue.at < self.quote { part!("cue before") } else { part!("cue after") };
        take(&[part!("cue"), class, side]);
        take(&[part!("cue"), class, turned, part!("to quote"), gap]);
        take(&[part!("cue"), class, form, turned]);
        let verb = &self.tokens()[cue.at];
        let verb = Part::new(&self.passage.text[verb.start..verb.end]);
        take(&[part!("verb"), verb, turned]);
        take(&[part!("verb"), verb, turned, part!("to quote"), gap]);
        take(&[part!("cue"), place, turned, part!("to quote"), gap]);
        take(&[part!("cue"), place, class, turned]);
        take(&[part!("cue"), turned, part!("ends"), self.shape.ending, gap]);
        take(&[part!("cue"), turned, self.shape.length, class]);
        take(&[part!("cue"), kind, form]);
        take(&[part!("cue"), kind, class]);
        let opener = self.around(cue.clause.min(mention.phrase.tokens.start), true);
        take(&[part!("cue"), turned, part!("clause after"), opener]);
        take(&[part!("cue"), turned, class, part!("clause after"), opener]);
        take(&[part!("cue"), turned, part!("followed by"), self.around(cue.end, false), side]);
        self.between(cue.end, cue.clause, part!("cue"), turned, take);
        self.rivals(mention, cue, class, turned, take);
    }

    /// What other cues of the sentence stand beside a cue.
    fn rivals(
        &self,
        mention: &CandidatePhrase,
        cue: &Cue,
        class: Part<'static>,
        turned: Part<'static>,
        take: &mut impl FnMut(&[Part<'_>]),
    ) {
        let all = &self.passage.cues[mention.sentence];
        let with = |it: &&Cue| it.subject.is_some() && it.at != cue.at;
        let outer = all.iter().rfind(|it| with(it) && it.at < cue.at && it.at < self.quote);
        let inner = all.iter().find(|it| with(it) && it.at > cue.at && it.at < self.quote);
        let later = all.iter().find(|it| with(it) && it.at > self.quote && it.at > cue.at);
        for (which, rival) in [(part!("outer"), outer), (part!("inner"), inner), (part!("later"), later)] {
            let name = rival.map_or(part!("none"), cue_class);
            take(&[part!("cue"), turned, class, which, name]);
            if let Some(rival) = rival {
                let same = rival.subject.as_ref().map(|it| &it.tokens) == Some(&mention.phrase.tokens);
                let near = self.gap(rival.end, rival.clause.min(rival.at));
                take(&[part!("cue"), turned, which, name, part!("to quote"), near]);
                take(&[
                    part!("cue"),
                    turned,
                    which,
                    if same { part!("same subject") } else { part!("other subject") },
                ]);
                let opener = self.around(rival.clause, true);
                take(&[part!("cue"), turned, which, part!("clause after"), opener]);
            }
        }
    }

    /// Which signs and words stand between `end` … `start` and the quotation.
    fn between(
        &self,
        end: usize,
        start: usize,
        what: Part<'static>,
        side: Part<'static>,
        take: &mut impl FnMut(&[Part<'_>]),
    ) {
        const LOOK: usize = 60;
        let tokens = self.tokens();
        let range =
            if end <= self.quote { end..self.quote } else { self.quote + 1..start.max(self.quote + 1) };
        let range = range.start..range.end.min(range.start + LOOK);
        let Some(gap) = tokens.get(range) else { return };
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
        for (name, test) in tests {
            if gap.iter().any(test) {
                take(&[what, side, part!("past"), name]);
            }
        }
    }
}

/// What may stand in a gap, by its name.
type Test = (Part<'static>, fn(&Token) -> bool);

fn form(cue: &Cue) -> Part<'static> {
    match cue.classes {
        it if it.any(Classes::GERUND) => part!("-ing"),
        it if it.any(Classes::THIRD) => part!("third"),
        it if it.any(Classes::BASE) => part!("base"),
        _ => part!("past"),
    }
}
