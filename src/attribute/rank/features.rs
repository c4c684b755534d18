//! A candidate → its features, each a name that a person can read: where it stands, what it is, and what the rules say.
//!
//! No word of a text is a feature but verbs of the lexicon: else only classes, signs, and places.

use super::super::{
    cue::{Cue, CueKind},
    label::Label,
    lexicon::Classes,
    skeleton::Unit,
    subject::Place,
};
use super::{
    candidates::{Candidate, Mention},
    question::Question,
};

/// Takes the names of features, each given in parts.
pub(super) struct Sink<'a> {
    name: String,
    take: &'a mut dyn FnMut(&str),
}

impl Sink<'_> {
    pub(super) fn new(take: &mut dyn FnMut(&str)) -> Sink<'_> {
        Sink { name: String::with_capacity(80), take }
    }

    fn add(&mut self, parts: &[&str]) {
        self.name.clear();
        for part in parts {
            if !self.name.is_empty() {
                self.name.push(' ');
            }
            self.name.push_str(part);
        }
        (self.take)(&self.name);
    }
}

impl Question<'_> {
    /// The features of a candidate.
    pub(super) fn features(&self, candidate: &Candidate, sink: &mut Sink<'_>) {
        match candidate {
            Candidate::Mention(mention) => self.mention(mention, sink),
            Candidate::Earlier => self.earlier(sink),
            Candidate::Nobody => self.nobody(sink),
        }
    }

    fn earlier(&self, sink: &mut Sink<'_>) {
        let back = match self.scene.back {
            None => "never",
            Some(0) => "here",
            Some(1) => "1 back",
            Some(2) => "2 back",
            Some(_) => "3 back",
        };
        let claim = if self.draft.subject.is_some() { "claimed" } else { "unclaimed" };
        sink.add(&["earlier", self.scene.state, claim]);
        sink.add(&["earlier", self.scene.state, claim, back]);
        sink.add(&["earlier", claim, self.length()]);
        sink.add(&["earlier", claim, back, self.around(self.quote, true)]);
        sink.add(&["earlier", self.draft.rule]);
        sink.add(&["earlier", claim, self.beside_words()]);
    }

    fn nobody(&self, sink: &mut Sink<'_>) {
        let (before, after) = (self.around(self.quote, true), self.around(self.quote + 1, false));
        let length = self.length();
        let reported = self.likely(self.quote, &[Label::Leading, Label::Trailing]);
        sink.add(&["nobody", "reported", reported]);
        sink.add(&["nobody", length, "reported", reported]);
        sink.add(&["nobody"]);
        sink.add(&["nobody", length]);
        sink.add(&["nobody", length, self.draft.rule]);
        sink.add(&["nobody", length, "before", before]);
        sink.add(&["nobody", length, "after", after]);
        sink.add(&["nobody", "between", before, after]);
        sink.add(&["nobody", length, "ends", self.ending()]);
        sink.add(&["nobody", length, self.capitals()]);
        sink.add(&["nobody", self.beside_words(), self.cued()]);
        sink.add(&["nobody", self.scene.state]);
        let earlier = if self.before.is_some() { "after a quote" } else { "first" };
        sink.add(&["nobody", length, earlier]);
    }

    fn mention(&self, mention: &Mention, sink: &mut Sink<'_>) {
        let kind = self.kind(mention);
        let side = self.side(mention);
        if mention.ruled {
            sink.add(&["ruled"]);
            sink.add(&["ruled", self.draft.rule]);
            sink.add(&["ruled", self.draft.rule, self.length()]);
            sink.add(&["ruled", self.draft.rule, side]);
            sink.add(&["ruled", self.draft.rule, kind]);
        }
        sink.add(&["mention", side, kind]);
        sink.add(&["mention", side, self.length()]);
        sink.add(&["mention", side, "ends", self.ending()]);
        let units = &mention.phrase.units;
        let (prev, next) = (self.around(units.start, true), self.around(units.end, false));
        let owner = if mention.owner { "owner" } else { "" };
        sink.add(&["mention", side, owner, "after", prev]);
        sink.add(&["mention", side, owner, "before", next]);
        sink.add(&["mention", side, owner, "between", prev, next]);
        sink.add(&["mention", side, owner, "to quote", self.gap(mention.head() + 1, units.start)]);
        if let Some(noun) = self.hangs_on(units.start) {
            sink.add(&["of", noun, side, self.gap(mention.head() + 1, units.start)]);
            sink.add(&["of", noun, side, next]);
        }
        if mention.owner {
            sink.add(&["owner of", self.owned(units.end), side, self.gap(mention.head() + 1, units.start)]);
        }
        sink.add(&["mention", side, owner, kind, "after", prev]);
        sink.add(&["mention", side, owner, kind, "before", next]);
        let opens = if self.opens() { "quote opens" } else { "quote inside" };
        sink.add(&["mention", side, opens]);
        sink.add(&["mention", side, opens, "ends", self.ending(), self.length()]);
        sink.add(&["mention", side, opens, self.beside_words(), kind]);
        if self.first_in_sentence(mention) {
            sink.add(&["mention", side, "first of its sentence"]);
            sink.add(&["mention", side, "first of its sentence", "ends", self.ending()]);
            sink.add(&["mention", side, "first of its sentence", "before", next, opens]);
        }
        sink.add(&["mention", side, "nearer ones", self.nearer(mention)]);
        if let Some(last) = self.before.and_then(|it| it.subject.as_ref()) {
            let again = last.phrase.units == *units && last.sentence == mention.sentence;
            sink.add(&[
                "mention",
                side,
                if again { "spoke before" } else { "another spoke before" },
                self.ending(),
            ]);
        }
        let head = mention.head();
        let opening = self.likely(head, &[Label::Opening]);
        let closing = self.likely(head, &[Label::Closing]);
        let reported = self.likely(head, &[Label::Leading, Label::Trailing]);
        let quoted = self.likely(self.quote, &[Label::Leading]);
        sink.add(&["mention", side, "opening", opening]);
        sink.add(&["mention", side, "closing", closing]);
        sink.add(&["mention", side, "reported", reported]);
        sink.add(&["mention", side, kind, "opening", opening]);
        sink.add(&["mention", side, kind, "closing", closing]);
        sink.add(&["mention", side, "leading quotation", quoted, "closing", closing]);
        sink.add(&["mention", side, "leading quotation", quoted, "opening", opening]);
        sink.add(&[
            "mention",
            side,
            "nearer ones",
            self.nearer(mention),
            "opening",
            opening,
            "closing",
            closing,
        ]);
        match mention.cue.and_then(|it| self.cues[mention.sentence].get(it)) {
            Some(cue) => self.subject(mention, cue, side, kind, sink),
            None => {
                sink.add(&["no cue", side, kind]);
                self.between(mention.head() + 1, units.start, "no cue", side, sink);
            }
        }
    }

    /// Of a mention that is the subject of a cue.
    fn subject(&self, mention: &Mention, cue: &Cue, side: &str, kind: &str, sink: &mut Sink<'_>) {
        let class = class(cue);
        let form = form(cue);
        let place = match cue.place {
            Place::Before => "before",
            Place::Apposed => "apposed",
            Place::After => "after",
            Place::Shared => "shared",
            Place::Nowhere => "nowhere",
        };
        let gap = self.gap(cue.end, cue.clause.min(cue.at));
        let turned = if cue.at < self.quote { "cue before" } else { "cue after" };
        sink.add(&["cue", class, side]);
        sink.add(&["cue", class, turned, "to quote", gap]);
        sink.add(&["cue", class, form, turned]);
        let verb = &self.units()[cue.at];
        let verb = self.source.text[verb.start..verb.end].to_lowercase();
        sink.add(&["verb", &verb, turned]);
        sink.add(&["verb", &verb, turned, "to quote", gap]);
        sink.add(&["cue", place, turned, "to quote", gap]);
        sink.add(&["cue", place, class, turned]);
        sink.add(&["cue", turned, "ends", self.ending(), gap]);
        sink.add(&["cue", turned, self.length(), class]);
        sink.add(&["cue", kind, form]);
        sink.add(&["cue", kind, class]);
        let opener = self.around(cue.clause.min(mention.phrase.units.start), true);
        sink.add(&["cue", turned, "clause after", opener]);
        sink.add(&["cue", turned, class, "clause after", opener]);
        sink.add(&["cue", turned, "followed by", self.around(cue.end, false), side]);
        self.between(cue.end, cue.clause, "cue", turned, sink);
        self.rivals(mention, cue, class, turned, sink);
    }

    /// What other cues of the sentence stand beside a cue.
    fn rivals(&self, mention: &Mention, cue: &Cue, class: &str, turned: &str, sink: &mut Sink<'_>) {
        let all = &self.cues[mention.sentence];
        let with = |it: &&Cue| it.subject.is_some() && it.at != cue.at;
        let outer = all.iter().rfind(|it| with(it) && it.at < cue.at && it.at < self.quote);
        let inner = all.iter().find(|it| with(it) && it.at > cue.at && it.at < self.quote);
        let later = all.iter().find(|it| with(it) && it.at > self.quote && it.at > cue.at);
        for (which, rival) in [("outer", outer), ("inner", inner), ("later", later)] {
            let name = rival.map_or("none", self::class);
            sink.add(&["cue", turned, class, which, name]);
            if let Some(rival) = rival {
                let same = rival.subject.as_ref().map(|it| &it.units) == Some(&mention.phrase.units);
                let near = self.gap(rival.end, rival.clause.min(rival.at));
                sink.add(&["cue", turned, which, name, "to quote", near]);
                sink.add(&["cue", turned, which, if same { "same subject" } else { "other subject" }]);
                let opener = self.around(rival.clause, true);
                sink.add(&["cue", turned, which, "clause after", opener]);
            }
        }
    }

    /// Which signs and words stand between `end` … `start` and the quotation.
    fn between(&self, end: usize, start: usize, what: &str, side: &str, sink: &mut Sink<'_>) {
        const LOOK: usize = 60;
        let units = self.units();
        let range =
            if end <= self.quote { end..self.quote } else { self.quote + 1..start.max(self.quote + 1) };
        let range = range.start..range.end.min(range.start + LOOK);
        let Some(gap) = units.get(range) else { return };
        let tests: [Test; 10] = [
            ("comma", Unit::sets_apart),
            ("colon", |it| it.is_sign(':')),
            ("semicolon", |it| it.is_sign(';')),
            ("quotation", Unit::is_quote),
            ("that", |it| it.is(Classes::THAT)),
            ("who", |it| it.is(Classes::WHO)),
            ("if", |it| it.is(Classes::IF)),
            ("and", |it| it.is(Classes::AND)),
            ("verb", |it| it.is(Classes::AUXILIARY | Classes::VERB | Classes::CUE)),
            ("name", Unit::is_name),
        ];
        for (name, test) in tests {
            if gap.iter().any(test) {
                sink.add(&[what, side, "past", name]);
            }
        }
    }
}

/// What may stand in a gap, by its name.
type Test = (&'static str, fn(&Unit) -> bool);

fn class(cue: &Cue) -> &'static str {
    if cue.kind == CueKind::According {
        return "according";
    }
    let names = [
        (Classes::SAY, "say"),
        (Classes::REPORT, "report"),
        (Classes::THINK, "think"),
        (Classes::SHOW, "show"),
        (Classes::OBJECT, "object"),
    ];
    names.iter().find(|(class, _)| cue.classes.any(*class)).map_or("marks", |(_, name)| name)
}

fn form(cue: &Cue) -> &'static str {
    match cue.classes {
        it if it.any(Classes::GERUND) => "-ing",
        it if it.any(Classes::THIRD) => "third",
        it if it.any(Classes::BASE) => "base",
        _ => "past",
    }
}
