//! A cue and its sentence → the spans it reports.
//!
//! What is reported follows the cue (`said that …`, `called the plan …`), comes before it (`…, Lund
//! said`), or both (`the plan, Lund said, had failed`). A clause ends with its sentence, or where
//! the next cue of equal rank begins.

use std::{iter::once, ops::Range};

use crate::{
    drafts::pieces::pieces,
    lexicon::Classes,
    passage::Sentence,
    syntax::{
        cue::{Cue, CueKind},
        phrase::{is_noun, phrase_after},
        subject::{SubjectPlace, skip_auxiliaries},
    },
    text::token::{Token, TokenKind},
};

/// A cue in its sentence.
#[derive(Clone, Copy)]
pub(crate) struct Clause<'a> {
    pub sentence: Sentence<'a>,
    pub cue: &'a Cue,
    /// Its place among the cues of the sentence.
    pub at: usize,
}

impl Clause<'_> {
    /// The spans that the cue reports, given the quotations that are its own.
    pub(crate) fn with_quotes(&self, quotes: &[usize]) -> Vec<Range<usize>> {
        let Clause { sentence: Sentence { tokens, .. }, cue, .. } = *self;
        let mut spans = Vec::new();
        let (before, after): (Vec<usize>, Vec<usize>) = quotes.iter().partition(|it| **it < cue.clause);
        if let (Some(first), Some(last)) = (before.first(), before.last()) {
            // `… “velvet gloves” in its dealings, Lund said`: the words up to the comma belong to
            // it.
            let apart = cue.clause > last + 1 && tokens[cue.clause - 1].sets_apart();
            // `“…,” a neighbor, Tom Berg, said`
            let apposed = phrase_after(tokens, last + 1, cue.clause);
            let apart = apart && apposed.is_none_or(|it| it.tokens.end + 1 != cue.clause);
            let hi = if apart || cue.kind == CueKind::According { cue.clause } else { last + 1 };
            spans.push(self.leading_words(*first)..hi);
        }
        if let (Some(first), Some(last)) = (after.first(), after.last()) {
            let from = self.start().min(*first);
            let opens = Classes::THAT | Classes::OF | Classes::ADVERB | Classes::TIME;
            let direct = tokens[from..*first].iter().all(|it| !it.is_word() || it.is(opens))
                || tokens[*first - 1].is_sign(':')
                || tokens[*first - 1].sets_apart();
            let lo = if direct { *first } else { from };
            let hi = self.end().max(last + 1);
            let goes_on = tokens.get(last + 1).filter(|_| last + 1 < hi).is_some_and(Token::is_word);
            // `said “…,” the Herald reported`: the second cue reports both.
            let outer = self.sentence.cues[self.at + 1..].iter().any(|it| it.clause == last + 1)
                // `a clerk who Lund said “…” has resigned`
                || cue.clause > 0 && tokens[cue.clause - 1].is(Classes::WHO);
            let ends = first == last && (!goes_on || outer);
            // `When Lund said “…,” the crowd rose`: what follows is the main clause.
            let opener = cue.clause.checked_sub(1).filter(|it| *it >= self.sentence.start);
            let main_follows = opener.is_some_and(|it| tokens[it].is(Classes::IF)) && tokens[*last].closes;
            let hi = if direct && ends || main_follows { last + 1 } else { hi };
            spans.push(lo..hi);
        }
        pieces(self.sentence.passage, spans)
    }

    /// The first token of what is reported before the cue: the words before `quote` too when the
    /// clause runs into it.
    fn leading_words(&self, quote: usize) -> usize {
        let tokens = self.sentence.tokens;
        let lo = self.floor();
        if self.cue.kind == CueKind::According {
            return lo.min(quote);
        }
        let speech = |it: &&Cue| it.at < quote && it.classes.any(Classes::SPEECH) && it.subject.is_some();
        let earlier = self.sentence.cues[..self.at].iter().any(|it| speech(&it));
        let set_apart = quote > lo && tokens[quote - 1].kind == TokenKind::Punct;
        if earlier || set_apart { quote } else { lo.min(quote) }
    }

    /// The first token after the last colon or semicolon of the sentence before the cue.
    fn floor(&self) -> usize {
        let tokens = self.sentence.tokens;
        let breaks = |it: &usize| tokens[*it].is_sign(';') || tokens[*it].is_sign(':');
        let start = self.behind_dateline();
        (start..self.cue.clause).rev().find(breaks).map_or(start, |it| it + 1)
    }

    /// The first token of the sentence, after `OSBY, Mich. (AP) —`.
    fn behind_dateline(&self) -> usize {
        const DATELINE_TOKENS_MAX: usize = 9;
        let tokens = self.sentence.tokens;
        let start = self.sentence.start;
        let place = tokens
            .get(start)
            .is_some_and(|it| it.is_name() && is_capitals(it.text(self.sentence.passage.text)));
        if start > 0 || !place {
            return start;
        }
        let dash =
            |it: &usize| tokens[*it].kind == TokenKind::Punct && matches!(tokens[*it].first, '-' | '–' | '—');
        let mut ahead = start..self.cue.clause.min(DATELINE_TOKENS_MAX);
        let dash = ahead.find(dash);
        let plain = |it: usize| {
            tokens[it].is_name()
                || tokens[it].kind == TokenKind::Punct
                || tokens[it].is(Classes::TIME)
                || tokens[it].kind == TokenKind::Number
        };
        dash.filter(|it| (start..*it).all(plain)).map_or(start, |it| it + 1)
    }

    /// What a cue without quotations reports; `None` when it reports nothing of its own.
    pub(crate) fn reported(&self) -> Option<Vec<Range<usize>>> {
        let cue = self.cue;
        cue.subject.as_ref()?;
        let weak = cue.classes.any(Classes::MARKS) && !cue.classes.any(Classes::CUE.without(Classes::MARKS));
        // `Lund wrote a letter:` only introduces what follows.
        let introduces = self.at + 1 == self.sentence.cues.len()
            && self.sentence.tokens[self.sentence.end - 1].is_sign(':');
        let spans = if introduces || self.is_relative() {
            return None;
        } else if cue.kind == CueKind::According {
            self.according()?
        } else if weak {
            return None;
        } else if let Some(span) = self.around_cue() {
            span
        } else {
            let (from, end) = (self.start(), self.end());
            if from >= end || !self.opens_content(from, end) {
                return None;
            }
            // `Lund has written 300 letters, according to the Herald`
            let verb =
                |it: &Token| it.is(Classes::VERBS | Classes::THAT | Classes::WH) && !it.is(Classes::TIME);
            let bare = !cue.classes.any(Classes::SAY) && !self.sentence.tokens[from..end].iter().any(verb);
            if bare && self.sentence.cues.iter().any(|it| it.kind == CueKind::According) {
                return None;
            }
            once(from..end).collect()
        };
        Some(pieces(self.sentence.passage, spans)).filter(|it| !it.is_empty())
    }

    /// `the letters that Lund asked the bank to find`: the cue only tells which letters.
    fn is_relative(&self) -> bool {
        let Clause { sentence: Sentence { tokens, start, .. }, cue, .. } = *self;
        let Some(that) = cue.clause.checked_sub(1).filter(|it| *it > start && self.at == 0) else {
            return false;
        };
        let noun = tokens[that - 1].kind == TokenKind::Word && is_noun(&tokens[that - 1]);
        let own = tokens.get(cue.end).is_some_and(|it| it.is(Classes::THAT | Classes::WH));
        let verb = tokens[start..that].iter().any(|it| it.is(Classes::VERBS));
        tokens[that].is(Classes::THAT) && noun && !own && !verb && cue.place == SubjectPlace::Before
    }

    /// `…, Lund said.` and `…, Lund said, …`: the clause before, and what it goes on with after.
    fn around_cue(&self) -> Option<Vec<Range<usize>>> {
        let Clause { sentence: Sentence { tokens, .. }, cue, .. } = *self;
        let lo = self.floor();
        let comma = cue.clause.checked_sub(1).filter(|it| *it > lo && tokens[*it].sets_apart())?;
        let reports = Classes::SPEECH | Classes::THINK | Classes::SHOW;
        if cue.place == SubjectPlace::Shared || !cue.classes.any(reports) {
            return None;
        }
        let end = self.end();
        let from = self.after_verb().min(end);
        let rest = &tokens[from..end];
        let verb = tokens[lo..comma].iter().any(|it| it.is(Classes::VERBS));
        // `Repairs, say builders like Lund, a mason, will take years`
        let resumes = |it: &usize| {
            let next = tokens.get(it + 1).filter(|_| it + 1 < end);
            tokens[*it].sets_apart()
                && next.is_some_and(|it| it.is(Classes::VERBS) && !it.is(Classes::GERUND))
        };
        if cue.place == SubjectPlace::After
            && !verb
            && let Some(resumed) = (from..end).find(resumes)
        {
            return Some(vec![lo..comma, resumed + 1..end]);
        }
        if rest.first().is_some_and(Token::sets_apart) {
            let aside = cue.place == SubjectPlace::After
                || rest.get(1).is_some_and(|it| {
                    it.is(Classes::OF | Classes::WHO | Classes::THAT | Classes::GERUND) && verb
                });
            let both = [lo..comma, from + 1..end];
            return Some(if aside { both[..1].to_vec() } else { both.to_vec() });
        }
        let opens = rest
            .first()
            .is_none_or(|it| it.is(Classes::OF | Classes::TIME | Classes::ADVERB) || it.is_sign('('));
        let ends = rest.is_empty()
            || !rest.iter().any(|it| it.is(Classes::THAT))
                && (opens
                    || cue.place == SubjectPlace::After
                    || cue.classes.any(Classes::HEARER) && !rest.iter().any(|it| it.is(Classes::VERBS)));
        (ends && verb).then(|| once(lo..comma).collect())
    }

    /// `According to Lund, …`, `…, according to Lund` and `The fund, according to Lund, has grown`.
    fn according(&self) -> Option<Vec<Range<usize>>> {
        let Clause { sentence: Sentence { tokens, .. }, cue, .. } = *self;
        let (lo, last) = (self.floor(), last_token(self.sentence));
        let comma = (cue.end..last).find(|it| tokens[*it].sets_apart());
        if cue.at == lo {
            let from = comma? + 1;
            // `According to Lund, a judge in Osby, …`: not what Lund is.
            let next = (from..last).find(|it| tokens[*it].sets_apart());
            let apposed = next.filter(|it| !tokens[from..*it].iter().any(|it| it.is(Classes::VERBS)));
            return Some(once(apposed.map_or(from, |it| it + 1)..last).collect());
        }
        let verb = tokens[lo..cue.at].iter().any(|it| it.is(Classes::VERBS));
        match comma {
            Some(comma) if !verb => Some(vec![lo..cue.at, comma + 1..last]),
            _ => Some(once(lo..cue.at).collect()),
        }
    }

    /// The token after the cue's verb, and after its subject if that follows.
    fn after_verb(&self) -> usize {
        let cue = self.cue;
        match (&cue.subject, cue.place) {
            (Some(subject), SubjectPlace::After) => subject.tokens.end,
            _ => cue.end,
        }
    }

    /// Where the content after a cue begins: behind its subject, its hearer, and words of time and
    /// place.
    fn start(&self) -> usize {
        const LOOK_AHEAD: usize = 14;
        let tokens = self.sentence.tokens;
        let hi = self.sentence.end;
        let mut at = self.behind_hearer(self.after_verb());
        // `As Lund said, …`
        if tokens.get(self.sentence.start).is_some_and(|it| it.is(Classes::IF | Classes::AGENT))
            && tokens.get(at).is_some_and(|it| at < hi && it.is_sign(','))
        {
            return at + 1;
        }
        // `said in a statement on Monday that`: only if no verb comes before `that`.
        for index in at..hi.min(at + LOOK_AHEAD) {
            let token = &tokens[index];
            if token.is(Classes::THAT) {
                // `… group that has been`: a relative, not what opens the clause.
                let relative = index > at && tokens.get(index + 1).is_some_and(|it| it.is(Classes::VERBS));
                if relative { break } else { return index }
            }
            let ends = Classes::AUXILIARY | Classes::PRONOUN | Classes::WHO;
            if token.is(ends)
                || token.is_quote()
                || token.is(Classes::CUE | Classes::VERB) && !token.is(Classes::SPEAKING)
            {
                break;
            }
        }
        while at < hi {
            let token = &tokens[at];
            let next = tokens.get(at + 1);
            let existential = token.is(Classes::ADVERB) && next.is_some_and(|it| it.is(Classes::BE));
            let time = token.is(Classes::TIME)
                || token.is(Classes::OF) && next.is_some_and(|it| it.is(Classes::TIME))
                || token.is(Classes::ADVERB) && !token.is(Classes::NOT) && !existential;
            if !time {
                break;
            }
            at += 1;
        }
        at
    }

    /// Past the phrase that listens: `told reporters`.
    fn behind_hearer(&self, at: usize) -> usize {
        let tokens = self.sentence.tokens;
        let hi = self.sentence.end;
        if !self.cue.classes.any(Classes::HEARER) {
            return at;
        }
        let Some(hearer) = phrase_after(tokens, at, hi) else { return at };
        let follows = tokens.get(hearer.tokens.end).filter(|_| hearer.tokens.end < hi);
        let clause = follows.is_some_and(|it| it.is(Classes::VERBS) && !it.is(Classes::GERUND));
        if clause { at } else { hearer.tokens.end }
    }

    /// Whether what follows the cue at `from` can be what it reports.
    fn opens_content(&self, from: usize, end: usize) -> bool {
        let tokens = self.sentence.tokens;
        let classes = self.cue.classes;
        let first = &tokens[from];
        let speech = Classes::SPEECH | Classes::THINK | Classes::SHOW;
        let verb = || {
            let window = &tokens[from..end.min(from + VERB_WITHIN)];
            window.iter().any(|it| it.is(Classes::VERBS) || it.kind == TokenKind::Clitic)
        };
        if first.kind == TokenKind::Punct && !first.is_sign(':') {
            return false;
        }
        if first.is(Classes::THAT | Classes::WH) && !first.is(Classes::WHO)
            || first.is(Classes::IF) && classes.any(Classes::SAY)
        {
            return true;
        }
        let nominal = first.is_name()
            || is_noun(first)
            || first.is(Classes::DETERMINER | Classes::POSSESSIVE | Classes::PRONOUN)
            || first.is_quote();
        if classes.any(Classes::OBJECT) && (nominal || first.is(Classes::OF)) {
            return true;
        }
        if !classes.any(speech) {
            return false;
        }
        if first.is(Classes::INFINITIVE) {
            let next = tokens.get(from + 1);
            return classes.any(Classes::REPORT | Classes::THINK)
                && next.is_some_and(|it| {
                    it.kind == TokenKind::Word
                        && !it.is(Classes::DETERMINER | Classes::POSSESSIVE | Classes::PRONOUN)
                });
        }
        let clause = first.is(Classes::PRONOUN)
            || first.is(Classes::ADVERB | Classes::AUXILIARY | Classes::GERUND) && classes.any(Classes::SAY)
            || first.is(Classes::AND | Classes::IF) && verb();
        clause || nominal && (verb() || !classes.any(Classes::SAY))
    }

    /// Where the clause after a cue ends: with the sentence, or before the next cue that reports on
    /// its own.
    fn end(&self) -> usize {
        let Clause { sentence: Sentence { tokens, .. }, cue, .. } = *self;
        let mut end = last_token(self.sentence);
        // `was called a fool by Lund`
        let agent = cue.subject.as_ref().map(|it| it.tokens.start).filter(|it| *it > cue.end);
        if let Some(agent) = agent.filter(|_| cue.place == SubjectPlace::Before) {
            return agent - 1;
        }
        for next in &self.sentence.cues[self.at + 1..] {
            // `Lund, who told Berg he would go, said`: this cue stands in an aside of the next.
            let encloses = next.subject.as_ref().is_some_and(|it| it.tokens.end <= cue.clause)
                && matches!(next.place, SubjectPlace::Before | SubjectPlace::Apposed)
                && next.at >= cue.end;
            if encloses && cue.place != SubjectPlace::After {
                let (before, _) = skip_auxiliaries(tokens, cue.end, next.at);
                end = end.min(before.map_or(cue.end, |it| it + 1));
                break;
            }
            let apart = next.clause.checked_sub(1).filter(|it| *it > cue.end).map(|it| &tokens[it]);
            let gerund = next.classes.any(Classes::GERUND);
            let parallel = next.kind == CueKind::According
                || apart.is_some_and(|it| it.sets_apart() || it.is_quote() && it.closes)
                    && (gerund || next.place != SubjectPlace::Shared && self.closes(next))
                || apart.is_some_and(|it| it.is(Classes::AND)) && next.place == SubjectPlace::Shared;
            if parallel {
                end = end.min(next.clause);
                break;
            }
        }
        let trailing =
            |it: &Token| it.kind == TokenKind::Punct && !matches!(it.first, ')' | '%') || it.is(Classes::AND);
        while end > cue.end && trailing(&tokens[end - 1]) {
            end -= 1;
        }
        end
    }

    /// Whether another cue closes the sentence, so that it reports what comes before.
    fn closes(&self, cue: &Cue) -> bool {
        let from = match (&cue.subject, cue.place) {
            (Some(subject), SubjectPlace::After) => subject.tokens.end,
            _ => cue.end,
        };
        from >= last_token(self.sentence)
    }
}

fn is_capitals(word: &str) -> bool {
    word.chars().filter(|it| it.is_alphabetic()).all(char::is_uppercase)
}

/// Tokens within which a bare clause shows its verb.
const VERB_WITHIN: usize = 16;

/// One past the last token of the sentence that is not its final stop.
fn last_token(Sentence { tokens, start, end, .. }: Sentence<'_>) -> usize {
    let mut end = end;
    while end > start
        && tokens[end - 1].kind == TokenKind::Punct
        && !matches!(tokens[end - 1].first, ')' | ']' | '%')
    {
        end -= 1;
    }
    end
}
