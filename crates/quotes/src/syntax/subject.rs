//! A verb of a masked sentence → the phrase that is its subject, and where it stands.
//!
//! `Lund said`, `Lund, the mayor, said`, `said Lund`, `Lund smiled and said`: right before the
//! verb, behind an apposition, after it, or shared with an earlier verb.

use std::ops::Range;

use crate::{
    lexicon::{Classes, any},
    syntax::phrase::{Phrase, PhraseKind, core_before, is_noun, phrase_after, phrase_before},
    text::token::{Token, TokenKind},
};

/// Where the subject of a cue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SubjectPlace {
    /// Right before the verb.
    Before,
    /// Before the verb, with an apposition between.
    Apposed,
    /// After the verb.
    After,
    /// At an earlier verb.
    Shared,
    Nowhere,
}

/// A subject and where it stands.
pub(crate) struct PlacedSubject {
    pub subject: Option<Phrase>,
    pub place: SubjectPlace,
    /// First token of the clause: of the subject or the verb, whatever comes first.
    pub clause: usize,
    /// The phrase that a relative subject (`who`) belongs to.
    pub antecedent: Option<Phrase>,
}

impl PlacedSubject {
    /// A verb that names no subject: a passive.
    pub(crate) fn nowhere(at: usize) -> PlacedSubject {
        PlacedSubject { subject: None, place: SubjectPlace::Nowhere, clause: at, antecedent: None }
    }

    /// The subject of a verb that its sentence begins with: `Said Lund: …`
    pub(crate) fn first(tokens: &[Token], at: usize, hi: usize) -> PlacedSubject {
        match phrase_after(tokens, past_adverbs(tokens, at + 1, hi), hi) {
            Some(subject) => PlacedSubject::at(subject, SubjectPlace::After, at),
            None => PlacedSubject::nowhere(at),
        }
    }

    /// The same, with a verb form that tells its person by itself as its own subject, where what
    /// was found is none: `Dijo que …`, `Tras la reunión dijo que …`.
    pub(crate) fn or_dropped(self, tokens: &[Token], lo: usize, at: usize) -> PlacedSubject {
        // `se dijo`: nobody says it.
        let bare = at == lo || !tokens[at - 1].is(Classes::REFLEXIVE);
        let token = &tokens[at];
        let finite = token.is(Classes::FINITE) || token.is(Classes::PARTICIPLE);
        let hangs = |it: &Phrase| it.tokens.start > lo && tokens[it.tokens.start - 1].is(Classes::OF);
        let none = match (&self.subject, self.place) {
            (None, _) => true,
            (Some(it), SubjectPlace::After) => it.kind == PhraseKind::Noun && !speaks(tokens, it),
            (Some(it), SubjectPlace::Before) => it.kind == PhraseKind::Noun && hangs(it),
            _ => false,
        };
        if !(finite && bare && none) {
            return self;
        }
        let subject = Phrase { tokens: at..at + 1, kind: PhraseKind::Dropped };
        PlacedSubject { antecedent: None, ..PlacedSubject::at(subject, SubjectPlace::Before, at) }
    }

    fn at(subject: Phrase, place: SubjectPlace, clause: usize) -> PlacedSubject {
        PlacedSubject { subject: Some(subject), place, clause, antecedent: None }
    }
}

/// A verb with the token before it and its auxiliaries.
pub(crate) struct Verb<'a> {
    /// All tokens of the passage.
    pub tokens: &'a [Token],
    /// First token of the sentence.
    pub lo: usize,
    /// One past its last token.
    pub hi: usize,
    pub at: usize,
    /// The last token before the verb and its auxiliaries.
    pub last: usize,
    /// Whether it is an -ing form without `be`.
    pub participle: bool,
}

impl Verb<'_> {
    /// Finds its subject; `earlier` is that of the verb before it.
    pub(crate) fn subject(&self, earlier: Option<Phrase>) -> PlacedSubject {
        let Verb { tokens, lo, hi, at, last, participle } = *self;
        let token = &tokens[last];
        let after_quote = token.is_quote() || token.sets_apart() && last > lo && tokens[last - 1].is_quote();
        let apart = after_quote || token.sets_apart();
        let inverted = || inverted_subject(tokens, at, hi, after_quote);
        if apart
            && last + 1 == at
            && !tokens[at].is(Classes::GERUND)
            && let Some(subject) = inverted()
        {
            return PlacedSubject::at(subject, SubjectPlace::After, at);
        }
        let found = if participle {
            self.noun_beside().map(|it| PlacedSubject::at(it, SubjectPlace::Before, at))
        } else if after_quote {
            self.behind_relative()
        } else if apart {
            apposed_subject(tokens, lo, last)
                .map(|it| (it.tokens.start, it))
                .map(|(clause, it)| PlacedSubject::at(it, SubjectPlace::Apposed, clause))
        } else if token.is(Classes::WHO) || self.is_relative_that() {
            Some(self.relative())
        } else {
            phrase_before(tokens, lo, last)
                .map(|it| self.of_main_clause(it))
                .map(|it| counted(tokens, lo, last, it))
                .map(|it| (it.tokens.start, it))
                .map(|(clause, it)| PlacedSubject::at(it, SubjectPlace::Before, clause))
        };
        let found = found.filter(|it| it.subject.as_ref().is_none_or(|it| !is_number(tokens, it)));
        found.unwrap_or_else(|| match earlier.or_else(|| main_subject(tokens, lo, at)) {
            Some(subject) => PlacedSubject::at(subject, SubjectPlace::Shared, at),
            None => PlacedSubject::nowhere(at),
        })
    }

    /// The phrase before the verb, or what it belongs to if it only ends a clause that tells who
    /// that is: `a woman who has accused Berg said`, `the man reading the minutes said`, `a boy
    /// hurt in the blast said`.
    fn of_main_clause(&self, phrase: Phrase) -> Phrase {
        let Verb { tokens, lo, .. } = *self;
        let start = phrase.tokens.start;
        let clause = |it: &usize| {
            let token = &tokens[*it];
            let opens = Classes::THAT | Classes::AND | Classes::WH | Classes::IF;
            let who = token.is(Classes::WHO);
            token.kind == TokenKind::Punct || token.is_quote() || token.is(opens) && !who
        };
        let from = (lo..start).rev().find(clause).map_or(lo, |it| it + 1);
        if let Some(who) = (from.max(lo + 1)..start).rev().find(|it| tokens[*it].is(Classes::WHO)) {
            // Who reports or thinks may go on to what somebody else says.
            let reports = Classes::SPEECH | Classes::THINK | Classes::SHOW;
            let mut verbs = tokens[who + 1..start].iter().filter(|it| it.is(FINITE)).peekable();
            let own = verbs.peek().is_some() && verbs.all(|it| !it.is(reports));
            let end = if tokens[who - 1].sets_apart() { who.checked_sub(2) } else { Some(who - 1) };
            let noun = end.filter(|it| own && *it >= lo).and_then(|it| phrase_before(tokens, lo, it));
            return noun.unwrap_or(phrase);
        }
        let over = Classes::DOER | Classes::IF;
        let hangs = start > lo && tokens[start - 1].is(Classes::OF) && !tokens[start - 1].is(over);
        // `Lund has over the past few weeks said`
        const WORDS_MAX: usize = 3;
        let plain = |it: &usize| tokens[*it].kind == TokenKind::Word && !tokens[*it].is(FINITE | Classes::OF);
        let first = (from..start).rev().take(WORDS_MAX).take_while(plain).last().unwrap_or(start);
        let joint = first.checked_sub(1).filter(|it| *it > from && tokens[*it].is(Classes::OF));
        let auxiliary = joint.map(|it| it - 1).filter(|it| *it > lo && tokens[*it].is(Classes::AUXILIARY));
        if let Some(auxiliary) = auxiliary
            && !speaks(tokens, &phrase)
            && let Some(subject) = phrase_before(tokens, lo, auxiliary - 1)
            && speaks(tokens, &subject)
        {
            return subject;
        }
        let Some(verb) = start.checked_sub(1 + usize::from(hangs)).filter(|it| *it > from) else {
            return phrase;
        };
        let participle = tokens[verb].is(Classes::GERUND | Classes::ING)
            || hangs && tokens[verb].is(Classes::VERB | Classes::OBJECT) && !tokens[verb].is(PRESENT);
        let noun = tokens[verb - 1].is_name() || is_noun(&tokens[verb - 1]);
        let whose = phrase_before(tokens, lo, verb - 1).filter(|it| participle && noun && speaks(tokens, it));
        whose.unwrap_or(phrase)
    }

    /// Whom a relative clause that ends in a quotation belongs to: `Lund, whom Berg called Q, said`.
    fn behind_relative(&self) -> Option<PlacedSubject> {
        let Verb { tokens, lo, at, last, .. } = *self;
        if tokens[at].is(Classes::GERUND) || last + 1 != at {
            return None;
        }
        let quote = if tokens[last].is_quote() { last } else { last - 1 };
        let from = (lo..quote).rev().find(|it| tokens[*it].sets_apart()).map_or(lo, |it| it + 1);
        let who = (from..quote).find(|it| tokens[*it].is(Classes::WHO))?;
        tokens[who..quote].iter().find(|it| it.is(FINITE))?;
        let subject = match who.checked_sub(1).filter(|it| *it > lo)? {
            comma if tokens[comma].sets_apart() => apposed_subject(tokens, lo, comma),
            noun => phrase_before(tokens, lo, noun),
        }?;
        let clause = subject.tokens.start;
        Some(PlacedSubject::at(subject, SubjectPlace::Apposed, clause))
    }

    /// Of `with Lund saying`, `including an adviser to the party saying` who that is: the phrase
    /// behind the word that opens it.
    fn absolute(&self) -> Option<Phrase> {
        const TOKENS_BACK: usize = 14;
        let Verb { tokens, lo, at, last, .. } = *self;
        let ends = |it: &usize| {
            let token = &tokens[*it];
            let other = Classes::SPEAKING | Classes::ABSOLUTE | PRESENT;
            let verb = token.is(FINITE) && !token.is(other);
            token.kind == TokenKind::Punct
                || token.is_quote()
                || verb
                || token.is(Classes::WHO | Classes::THAT)
        };
        let back = (lo..=last).rev().take(TOKENS_BACK).take_while(|it| !ends(it));
        let opener = back.filter(|it| tokens[*it].is(Classes::ABSOLUTE)).last()?;
        let apart =
            opener == lo || tokens[opener - 1].kind == TokenKind::Punct || tokens[opener - 1].is_quote();
        phrase_after(tokens, opener + 1, at).filter(|it| apart && speaks(tokens, it))
    }

    /// `a sign saying`: the noun right before a participle, if it can speak and hangs on nothing.
    fn noun_beside(&self) -> Option<Phrase> {
        let Verb { tokens, lo, at, last, .. } = *self;
        if let Some(phrase) = self.absolute() {
            return Some(phrase);
        }
        let near = last + 1 == at && (tokens[last].is_name() || tokens[last].is(Classes::SPEAKING));
        let hangs = |it: &Phrase| it.tokens.start > lo && tokens[it.tokens.start - 1].is(Classes::OF);
        phrase_before(tokens, lo, last).filter(|it| near && !hangs(it))
    }

    /// Whether `that` before the verb is a relative, in a language that has one word for both:
    /// `Lund, que dijo`.
    fn is_relative_that(&self) -> bool {
        let Verb { tokens, lo, hi, at, last, .. } = *self;
        let before = last.checked_sub(1).filter(|it| *it >= lo).map(|it| &tokens[it]);
        if !tokens[last].is(Classes::THAT) {
            return false;
        }
        if tokens[at].is(Classes::FINITE) {
            return before.is_some_and(|it| it.is_name() || it.is(Classes::SPEAKING) || it.sets_apart());
        }
        // `a sign that read Q`, but `told reporters that reports …`
        let bears = |it: &Token| it.classes.any(Classes::BEARS);
        let noun = before.is_some_and(|it| it.kind == TokenKind::Word && is_noun(it) || bears(it));
        let past = !tokens[at].is(PRESENT) || tokens[at].is(Classes::SAY) && tokens[at].is(Classes::THIRD);
        let opens = Classes::THAT | Classes::WH | Classes::PRONOUN | Classes::DETERMINER;
        let next = tokens.get(at + 1).filter(|_| at + 1 < hi);
        let reports = next.is_some_and(|it| it.is_quote() || it.kind == TokenKind::Punct || it.is(opens));
        noun && past && last + 1 == at && reports
    }

    /// `who` and the phrase it belongs to: the nearest name, whatever that hangs on (`a speech by
    /// Ada Lund, who said`).
    fn relative(&self) -> PlacedSubject {
        let Verb { tokens, lo, last, .. } = *self;
        let end = last
            .checked_sub(1)
            .and_then(|it| if tokens[it].sets_apart() { it.checked_sub(1) } else { Some(it) });
        let antecedent = end.and_then(|end| {
            let name = core_before(tokens, lo, end).filter(|it| matches!(it.kind, PhraseKind::Name(_)));
            name.or_else(|| phrase_before(tokens, lo, end))
        });
        let subject = Phrase { tokens: last..last + 1, kind: PhraseKind::Relative };
        PlacedSubject { antecedent, ..PlacedSubject::at(subject, SubjectPlace::Before, last) }
    }
}

/// Verb forms that may be a clause's own.
const FINITE: Classes = any!(AUXILIARY | VERB | CUE);

/// Verb forms that are nouns too.
const PRESENT: Classes = any!(BASE | THIRD);

/// A phrase that only counts with those it counts: `almost half of respondents`.
fn counted(tokens: &[Token], lo: usize, last: usize, phrase: Phrase) -> Phrase {
    let Range { mut start, end } = phrase.tokens;
    let of = tokens.get(end).is_some_and(|it| end < last && it.is(Classes::GENITIVE));
    let several = tokens[last].is(Classes::GROUP | Classes::PLURAL);
    if !(phrase.kind == PhraseKind::Noun && tokens[end - 1].is(Classes::QUANTITY) && of && several) {
        return phrase;
    }
    if start > lo && tokens[start - 1].is(Classes::ADVERB) {
        start -= 1;
    }
    Phrase { tokens: start..last + 1, kind: PhraseKind::Noun }
}

/// Whether the phrase is a number and nothing else.
fn is_number(tokens: &[Token], phrase: &Phrase) -> bool {
    tokens[phrase.tokens.clone()].iter().all(|it| it.kind == TokenKind::Number)
}

/// Who did what the passive at `at` says: behind `by` at once (`described by Lund as Q`), or behind
/// what was said (`was called Q by Lund`).
pub(crate) fn agent(tokens: &[Token], at: usize, hi: usize, passive: bool) -> Option<Phrase> {
    const TOKENS_AHEAD: usize = 12;
    let doer = |it: usize| {
        let phrase = phrase_after(tokens, it + 1, hi)?;
        let does = tokens[it + 1].is(Classes::GERUND | Classes::ING);
        (speaks(tokens, &phrase) && !does).then_some(phrase)
    };
    if tokens.get(at + 1).is_some_and(|it| at + 1 < hi && it.is(Classes::DOER)) {
        // `a bill backed by Lund, …` reports nothing.
        let told = Classes::AGENT | Classes::THAT | Classes::WH | Classes::IF;
        let told = if tokens[at].is(Classes::OBJECT) { told | Classes::OF } else { told };
        let reports = |it: &Phrase| {
            let next = tokens.get(it.tokens.end).filter(|_| it.tokens.end < hi);
            next.is_some_and(|it| it.is_quote() || it.is(told))
        };
        return doer(at + 1).filter(reports);
    }
    if !passive || !tokens[at].is(Classes::OBJECT | Classes::HEARER | Classes::SPEECH) {
        return None;
    }
    let ends = |it: &Token| {
        it.is(FINITE | Classes::THAT | Classes::WHO | Classes::AND | Classes::WH)
            || it.kind == TokenKind::Punct
    };
    let ahead = (at + 1..hi.min(at + 1 + TOKENS_AHEAD)).take_while(|it| !ends(&tokens[*it]));
    let by = ahead.into_iter().find(|it| tokens[*it].is(Classes::DOER))?;
    let marked = tokens[at + 1..by].iter().any(Token::is_quote);
    doer(by).filter(|_| !marked || tokens[by - 1].is_quote() && tokens[at].is(Classes::OBJECT))
}

/// `quoted Lund as saying`, `Lund was quoted by the Herald as saying`: whose words they are, and
/// the verb that quotes, given the token before `saying`.
pub(crate) fn quoted(tokens: &[Token], lo: usize, last: usize) -> Option<(Phrase, usize)> {
    const TOKENS_BACK: usize = 16;
    // `as having said`
    let last = if tokens[last].is(Classes::HAVE) { last.checked_sub(1)? } else { last };
    if !(tokens[last].is(Classes::AGENT) && tokens[last].is(Classes::IF)) {
        return None;
    }
    let verb = (lo..last).rev().take(TOKENS_BACK).find(|it| tokens[*it].is(FINITE))?;
    if !tokens[verb].is(Classes::OBJECT) {
        return None;
    }
    let (before, passive) = skip_auxiliaries(tokens, lo, verb);
    let by = tokens.get(verb + 1).is_some_and(|it| it.is(Classes::AGENT));
    let subject = match before {
        Some(before) if (passive || by) && tokens[before].sets_apart() => apposed_subject(tokens, lo, before),
        Some(before) if passive || by => phrase_before(tokens, lo, before),
        _ => phrase_after(tokens, verb + 1, last),
    };
    Some((subject?, verb))
}

/// Whether the verb at `at` says what somebody was asked or told, and `before` is the token before
/// it: `Asked by Berg whether …`, `when told that …`, `Lund, asked if …, said`.
pub(crate) fn is_asked(tokens: &[Token], lo: usize, hi: usize, at: usize, before: Option<usize>) -> bool {
    let verb = &tokens[at];
    let past = verb.is(Classes::HEARER) && !verb.is(PRESENT | Classes::GERUND | Classes::FINITE);
    let asked = Classes::WH | Classes::IF | Classes::THAT | Classes::OF;
    if !past || !tokens.get(at + 1).is_some_and(|it| at + 1 < hi && it.is(asked)) {
        return false;
    }
    let Some(before) = before else { return true };
    if before + 1 != at {
        return false;
    }
    if tokens[before].is(Classes::IF) {
        return true;
    }
    // What follows has its own verb of speech: `Lund, asked if the dam held, said`.
    let answers = |comma: usize| {
        let next = comma + 1;
        let reports = |it: usize| it < hi && tokens[it].is(Classes::CUE) && !tokens[it].is(Classes::GERUND);
        let subject = || phrase_after(tokens, next, hi).is_some_and(|it| reports(it.tokens.end));
        reports(next) || subject()
    };
    tokens[before].is_sign(',')
        && (at + 1..hi).any(|it| tokens[it].is_sign(',') && answers(it))
        && before > lo
}

/// Steps back over auxiliaries, negations and adverbs: the token before them, and whether the verb
/// is passive.
pub(crate) fn skip_auxiliaries(tokens: &[Token], lo: usize, at: usize) -> (Option<usize>, bool) {
    let mut passive = false;
    let mut index = at;
    while index > lo {
        let token = &tokens[index - 1];
        let auxiliary = token.is(Classes::AUXILIARY) && !(token.kind == TokenKind::Clitic && index < at);
        let adverb = token.is(Classes::ADVERB) && !token.is(Classes::NO_ADVERB) || token.is(Classes::NOT);
        // `Lund on Monday said`: a time with its preposition.
        let time =
            token.is(Classes::TIME) || token.is(Classes::OF) && index < at && tokens[index].is(Classes::TIME);
        if !(auxiliary || adverb || time && index > lo + 1) {
            break;
        }
        // Only the auxiliary nearest to the verb makes it passive.
        passive |= token.is(Classes::BE)
            && !passive
            && tokens[index..at].iter().all(|it| !it.is(Classes::AUXILIARY));
        index -= 1;
    }
    (index.checked_sub(1).filter(|it| *it >= lo), passive)
}

/// The first token from `at` on that is no adverb and tells no time: the subject may stand behind
/// them (`dijo ayer Lund`) where verb forms tell their person.
pub(crate) fn past_adverbs(tokens: &[Token], at: usize, hi: usize) -> usize {
    let finite = at.checked_sub(1).is_some_and(|it| tokens[it].is(Classes::FINITE));
    let mut from = at;
    while finite && from < hi {
        let token = &tokens[from];
        let time = tokens.get(from + 1).is_some_and(|it| from + 1 < hi && it.is(Classes::TIME));
        let skipped = token.is(Classes::TIME) || token.is(Classes::ADVERB) && !token.is(Classes::NOT);
        if !(skipped || time && token.is(Classes::DETERMINER)) {
            break;
        }
        from += 1;
    }
    from
}

/// The subject right after the verb: `said Lund`.
///
/// Right after a quotation nearly anything may be one; after other words only what ends the clause.
fn inverted_subject(tokens: &[Token], at: usize, hi: usize, after_quote: bool) -> Option<Phrase> {
    let from = past_adverbs(tokens, at + 1, hi);
    // `Q, chipped in Lund`
    let marks = tokens[at].is(Classes::MARKS) && !tokens[at].is(Classes::SPEECH);
    let parted =
        after_quote && marks && tokens.get(from).is_some_and(|it| from < hi && it.is(Classes::PARTED));
    let from = from + usize::from(parted);
    let next = tokens.get(from).filter(|_| from < hi)?;
    if !tokens[at].is(Classes::SAY | Classes::REPORT | Classes::MARKS | Classes::THINK) {
        return None;
    }
    if next.is(Classes::THAT | Classes::OF | Classes::ADVERB | Classes::TIME | Classes::WH)
        && !next.is(Classes::NO_ADVERB)
    {
        return None;
    }
    let hearer = tokens[at].is(Classes::HEARER) && !tokens[at].is(Classes::SAY);
    // `…, told the Herald he would go`: who listens.
    if tokens[at].is(Classes::HEARER) && !hearer && !tokens[at].is(Classes::FINITE) {
        return None;
    }
    let subject = phrase_after(tokens, from, hi)?;
    // `Lund, que llegó tarde, pidió calma`: the verb's object, where the subject need not be said.
    if tokens[at].is(Classes::FINITE) && !after_quote && !speaks(tokens, &subject) {
        return None;
    }
    // `…, told reporters` names who listens.
    if tokens[at].is(Classes::HEARER)
        && (subject.kind == PhraseKind::Noun || hearer && subject.kind == PhraseKind::Pronoun)
    {
        return None;
    }
    // `said the Flood Office (FO) had called`: what follows the bracket tells.
    let behind = match tokens.get(subject.tokens.end) {
        Some(it) if it.is_sign('(') => {
            let closes = (subject.tokens.end..hi).find(|it| tokens[*it].is_sign(')'));
            closes.map_or(subject.tokens.end, |it| it + 1)
        }
        _ => subject.tokens.end,
    };
    let follows = tokens.get(behind).filter(|_| behind < hi);
    let fits = if after_quote {
        // `…, said it would sell`: a clause follows, so this is what was said.
        subject.kind != PhraseKind::Pronoun
            || !follows.is_some_and(|it| it.is(Classes::AUXILIARY | Classes::CUE | Classes::VERB))
    } else {
        !tokens[at].is(Classes::HEARER)
            && (follows.is_none_or(|it| it.kind == TokenKind::Punct || it.is(Classes::WHO | Classes::TIME))
                || follows.is_some_and(|it| it.is(Classes::OF)) && is_parenthesis(tokens, at, &subject, hi))
    };
    fits.then_some(subject)
}

/// Whether a clause between commas ends with its subject: `…, say experts like Lund, …`.
fn is_parenthesis(tokens: &[Token], at: usize, subject: &Phrase, hi: usize) -> bool {
    let rest = &tokens[subject.tokens.end..hi];
    let end = rest.iter().take_while(|it| it.kind != TokenKind::Punct && !it.is_quote());
    let speaker = speaks(tokens, subject) || tokens[subject.tokens.end - 1].is(Classes::PLURAL);
    tokens[at].is(Classes::SAY) && speaker && !end.into_iter().any(|it| it.is(FINITE))
}

/// The subject of a verb that stands after the comma at `comma`: `Lund, the mayor of Osby, said`.
fn apposed_subject(tokens: &[Token], lo: usize, comma: usize) -> Option<Phrase> {
    const SEGMENTS_MAX: usize = 8;
    let mut end = comma;
    let mut fallback: Option<Phrase> = None;
    for _ in 0..SEGMENTS_MAX {
        // `Lund (R-Osby) said`: what stands in brackets is never the subject.
        if tokens[end].is_sign(')')
            && let Some(open) = (lo..end).rev().find(|it| tokens[*it].is_sign('(')).filter(|it| *it > lo)
        {
            if let Some(phrase) = phrase_before(tokens, lo, open - 1) {
                return Some(phrase);
            }
            end = open;
        }
        let start = (lo..end)
            .rev()
            .find(|it| tokens[*it].sets_apart() || opening_quote(tokens, lo, *it))
            .map_or(lo, |it| it + 1);
        if let Some(first) = tokens.get(start).filter(|_| start < end) {
            let aside = opens_aside(first, tokens, start) || names_role_of_relative(tokens, lo, start);
            match phrase_after(tokens, start, end) {
                Some(phrase) if !aside => return Some(phrase),
                Some(phrase) if !first.is(Classes::WHO | Classes::OF | Classes::IF) => {
                    fallback = fallback.or(Some(phrase));
                }
                _ => {
                    // `in what Lund, the mayor, called`
                    let opens = Classes::WH | Classes::WHO | Classes::THAT;
                    let relative = first.is(Classes::WHO);
                    let mut openers = (start..end).rev().filter(|it| !relative || *it == start);
                    let opener = openers
                        .find(|it| tokens[*it].is(opens) || *it == start && tokens[*it].is(Classes::IF));
                    let whole = opener.and_then(|it| phrase_after(tokens, it + 1, end));
                    if let Some(phrase) = whole.filter(|it| it.tokens.end == end && speaks(tokens, it)) {
                        return Some(phrase);
                    }
                    // `But Lund, the mayor, said`
                    let skipped = (start..end).find(|it| !tokens[*it].is(Classes::AND | Classes::ADVERB));
                    if let Some(next) = skipped.filter(|it| *it > start)
                        && let Some(phrase) = phrase_after(tokens, next, end)
                    {
                        return Some(phrase);
                    }
                    // `In Osby last night Lund, the mayor, said`: the last name before the comma.
                    if start == lo
                        && !first.is(Classes::WHO)
                        && let Some(phrase) = phrase_before(tokens, start, end - 1)
                        && matches!(phrase.kind, PhraseKind::Name(_))
                        && fallback.is_some()
                    {
                        return Some(phrase);
                    }
                }
            }
        }
        match start.checked_sub(1).filter(|it| {
            *it > lo
                && tokens[*it].sets_apart()
                && !(tokens[*it - 1].is_quote() && opening_quote(tokens, lo, *it - 1))
        }) {
            Some(earlier) => end = earlier,
            None => break,
        }
    }
    fallback
}

/// Whether the segment at `start` only names somebody in a relative clause: of `Lund, who came with
/// the clerk, Tom Berg, said` the clerk.
fn names_role_of_relative(tokens: &[Token], lo: usize, start: usize) -> bool {
    let Some(comma) = start.checked_sub(1).filter(|it| *it > lo && tokens[*it].sets_apart()) else {
        return false;
    };
    let from = (lo..comma).rev().find(|it| tokens[*it].sets_apart()).map_or(lo, |it| it + 1);
    let relative = from > lo && tokens[from].is(Classes::WHO);
    let role =
        || core_before(tokens, lo, comma - 1).filter(|it| it.kind == PhraseKind::Noun && speaks(tokens, it));
    relative && tokens[start].is_name() && role().is_some()
}

/// Whether the quotation at `at` stands before what is said of it, rather than inside a phrase:
/// `author of Q`.
fn opening_quote(tokens: &[Token], lo: usize, at: usize) -> bool {
    tokens[at].is_quote() && (at == lo || tokens[at].closes || !tokens[at - 1].is_word())
}

/// Whether the phrase at `start` looks like an apposition or another aside rather than a subject.
fn opens_aside(first: &Token, tokens: &[Token], start: usize) -> bool {
    let indefinite = first.is(Classes::DETERMINER) && !first.is(Classes::PRONOUN);
    let role = first.classes.any(Classes::ROLE) && first.kind == TokenKind::Word;
    let bare = first.kind == TokenKind::Word && is_noun(first) && !first.is(Classes::GROUP);
    let title = first.is_name()
        && first.classes.any(Classes::TITLE | Classes::PEOPLE_OF | Classes::SUFFIX | Classes::PLACE)
        && tokens.get(start + 1).is_none_or(|it| !it.is_name() || it.classes.any(Classes::PEOPLE_OF));
    // `Ada Lund, Osby’s mayor, said`
    let whose = first.is_name()
        && start > 0
        && tokens[start - 1].sets_apart()
        && phrase_after(tokens, start, tokens.len()).is_some_and(|it| {
            let owned = tokens[it.tokens.clone()].iter().any(|it| it.kind == TokenKind::Clitic);
            owned && it.kind == PhraseKind::Noun && tokens[it.tokens.end - 1].is(Classes::ROLE)
        });
    indefinite
        || role
        || whose
        || bare
        || title
        || first.kind == TokenKind::Number
        || first.is(Classes::WHO
            | Classes::OF
            | Classes::IF
            | Classes::GERUND
            | Classes::ADVERB
            | Classes::POSSESSIVE
            | Classes::TIME
            | Classes::AND
            | Classes::CUE
            | Classes::VERB)
}

/// Whether the phrase can be somebody who speaks: a name, a pronoun, a noun for a speaker.
pub(crate) fn speaks(tokens: &[Token], phrase: &Phrase) -> bool {
    match &phrase.kind {
        PhraseKind::Name(_) | PhraseKind::Relative | PhraseKind::Dropped => true,
        PhraseKind::Pronoun => !tokens[phrase.tokens.start].is(Classes::FIRST | Classes::SECOND),
        PhraseKind::Noun => {
            phrase.tokens.end.checked_sub(1).is_some_and(|it| tokens[it].is(Classes::SPEAKING))
        }
    }
}

/// The others who do what the phrase does, by name: of `Ada Lund and Tom Berg said` and `said Ada
/// Lund and Tom Berg` each is the other's. `phrase` lies in the sentence `lo..hi`.
pub(crate) fn together(tokens: &[Token], lo: usize, hi: usize, phrase: &Phrase) -> Vec<Phrase> {
    const NAMES_MAX: usize = 4;
    let is_name = |it: &Phrase| matches!(it.kind, PhraseKind::Name(_));
    let joins = |it: usize| it > lo && it < hi && tokens[it].is(Classes::JOINS);
    let mut names = vec![phrase.clone()];
    if joins(phrase.tokens.end) {
        names.extend(phrase_after(tokens, phrase.tokens.end + 1, hi).filter(is_name));
    }
    let mut first = phrase.tokens.start;
    while names.len() < NAMES_MAX
        && let Some(joint) = first.checked_sub(1)
        && (joins(joint) || names.len() > 1 && joint > lo && tokens[joint].is_sign(','))
        && let Some(name) = core_before(tokens, lo, joint - 1).filter(is_name)
    {
        first = name.tokens.start;
        names.insert(0, name);
    }
    let end = names.last().map_or(first, |it| it.tokens.end);
    let before = first.checked_sub(1).filter(|it| *it >= lo).map(|it| &tokens[it]);
    let opens = before.is_none_or(|it| {
        it.is_quote() || it.kind == TokenKind::Punct || it.is(Classes::THAT | Classes::IF | Classes::AND)
    });
    let light = Classes::AUXILIARY | Classes::ADVERB | Classes::TIME;
    // `Ada Lund and Tom Berg, both of Osby, said`
    let apposed = Some(end).filter(|it| *it < hi && tokens[*it].is_sign(','));
    let behind_apposition = apposed.and_then(|it| (it + 1..hi).find(|it| tokens[*it].is_sign(',')));
    let from = behind_apposition.map_or(end, |it| it + 1);
    let verb = (from..hi).find(|it| !tokens[*it].is(light)).is_some_and(|it| tokens[it].is(Classes::CUE));
    let ends = tokens.get(end).filter(|_| end < hi).is_none_or(|it| {
        it.is_quote() || it.kind == TokenKind::Punct || it.is(Classes::WHO | Classes::OF | Classes::TIME)
    });
    let behind = before.is_some_and(|it| it.is(Classes::CUE)) && ends;
    let whole = names.len() > 1 && (opens && verb || behind);
    names.retain(|it| whole && it != phrase);
    names
}

/// The subject of the last verb before `hi`: of `she smiled and he gave a hint:` it is `he`.
pub(crate) fn nearest_subject(tokens: &[Token], lo: usize, hi: usize) -> Option<Phrase> {
    let verb = Classes::AUXILIARY | Classes::VERB | Classes::CUE;
    // `The Lund campaign`, but `the Senate put it so`.
    let speaker = Classes::BODY | Classes::OUTLET | Classes::PLACE | Classes::PEOPLE_OF | Classes::PLURAL;
    let after_name = |it: usize| {
        let named = it > lo + 1 && tokens[it - 1].is_name() && !tokens[it - 1].classes.any(speaker);
        named && tokens[it].is(Classes::BASE) && tokens[it - 2].is(Classes::DEFINITE)
    };
    let noun =
        |it: usize| it > lo && tokens[it - 1].is(Classes::DETERMINER | Classes::POSSESSIVE) || after_name(it);
    let finite = |it: &usize| tokens[*it].is(verb) && !tokens[*it].is(Classes::GERUND) && !noun(*it);
    let verbs = (lo..hi).rev().filter(finite);
    verbs.take(4).find_map(|it| {
        let (before, _) = skip_auxiliaries(tokens, lo, it);
        phrase_before(tokens, lo, before?).filter(|it| speaks(tokens, it))
    })
}

/// The first phrase of the sentence that can be its subject, asides before it skipped.
pub(crate) fn main_subject(tokens: &[Token], lo: usize, hi: usize) -> Option<Phrase> {
    let mut at = lo;
    while at < hi {
        let token = &tokens[at];
        let aside =
            token.is(Classes::OF | Classes::IF | Classes::GERUND | Classes::TIME | Classes::ACCORDING);
        if token.is_quote() || token.kind == TokenKind::Punct || token.is(Classes::AND) && at == lo {
            at += 1;
        } else if aside {
            // On to the comma that ends the aside; without one there is no telling.
            at = (at..hi).find(|it| tokens[*it].sets_apart())? + 1;
        } else if token.is(Classes::ADVERB | Classes::WH | Classes::AND) {
            at += 1;
        } else {
            let phrase = phrase_after(tokens, at, hi)?;
            // `Ten years earlier, she said`
            let comma = (phrase.tokens.end..hi)
                .find(|it| !tokens[*it].is(Classes::ADVERB))
                .filter(|it| tokens[*it].is_sign(','));
            match comma {
                Some(comma) if !speaks(tokens, &phrase) => at = comma + 1,
                _ => return Some(phrase),
            }
        }
    }
    None
}
