//! A verb of a masked sentence → the phrase that is its subject, and where it stands.
//!
//! `Lund said`, `Lund, the mayor, said`, `said Lund`, `Lund smiled and said`: right before the
//! verb, behind an apposition, after it, or shared with an earlier verb.

use crate::{
    lexicon::Classes,
    syntax::{
        apposition::apposed_subject,
        clause::{absolute, behind_relative, counted, of_main_clause},
        phrase::{Phrase, PhraseKind, core_before, is_noun, phrase_after, phrase_before, speaks},
    },
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
            if tokens[at].is(Classes::GERUND) || last + 1 != at {
                None
            } else {
                behind_relative(tokens, lo, last).map(|it| {
                    let clause = it.tokens.start;
                    PlacedSubject::at(it, SubjectPlace::Apposed, clause)
                })
            }
        } else if apart {
            apposed_subject(tokens, lo, last)
                .map(|it| (it.tokens.start, it))
                .map(|(clause, it)| PlacedSubject::at(it, SubjectPlace::Apposed, clause))
        } else if token.is(Classes::WHO) || self.is_relative_that() {
            Some(self.relative())
        } else {
            phrase_before(tokens, lo, last)
                .map(|it| of_main_clause(tokens, lo, it))
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

    /// `a sign saying`: the noun right before a participle, if it can speak and hangs on nothing.
    fn noun_beside(&self) -> Option<Phrase> {
        let Verb { tokens, lo, at, last, .. } = *self;
        if let Some(phrase) = absolute(tokens, lo, at) {
            return Some(phrase);
        }
        let near = last + 1 == at && (tokens[last].is_name() || tokens[last].is(Classes::SPEAKING));
        // `held up a banner saying`: what bears words says them, whatever it hangs on.
        let bears = tokens[last].classes.any(Classes::BEARS);
        let hangs = |it: &Phrase| it.tokens.start > lo && tokens[it.tokens.start - 1].is(Classes::OF);
        phrase_before(tokens, lo, last).filter(|it| near && (bears || !hangs(it)))
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
        let past =
            !tokens[at].is(Classes::PRESENT) || tokens[at].is(Classes::SAY) && tokens[at].is(Classes::THIRD);
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

/// Whether the phrase is a number and nothing else.
fn is_number(tokens: &[Token], phrase: &Phrase) -> bool {
    tokens[phrase.tokens.clone()].iter().all(|it| it.kind == TokenKind::Number)
}

/// Steps back over auxiliaries, negations and adverbs: the token before them, and whether the verb
/// is passive.
pub(crate) fn skip_auxiliaries(tokens: &[Token], lo: usize, at: usize) -> (Option<usize>, bool) {
    let mut passive = false;
    let mut index = at;
    while index > lo {
        if let Some(before) = before_time(tokens, lo, index) {
            index = before;
            continue;
        }
        let token = &tokens[index - 1];
        let auxiliary = token.is(Classes::AUXILIARY) && !(token.kind == TokenKind::Clitic && index < at);
        let adverb = token.is(Classes::ADVERB) && !token.is(Classes::NO_ADVERB) || token.is(Classes::NOT);
        // `Lund on Monday said`: a time with its preposition.
        let time =
            token.is(Classes::TIME) || token.is(Classes::OF) && index < at && tokens[index].is(Classes::TIME);
        // `the woman reading the minutes warned`: no time behind a definite article.
        let thing = time && index >= 2 && tokens[index - 2].is(Classes::DEFINITE);
        if !(auxiliary || adverb || time && !thing && index > lo + 1) {
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

/// Where a time that ends at `end` begins, if a verb's auxiliary stands before it: `has over the
/// past few weeks`.
fn before_time(tokens: &[Token], lo: usize, end: usize) -> Option<usize> {
    const WORDS_MAX: usize = 5;
    if !tokens[end - 1].is(Classes::TIME) {
        return None;
    }
    let from = (lo..end - 1).rev().take(WORDS_MAX).find(|it| tokens[*it].is(Classes::OF))?;
    let measures = |it: &Token| {
        it.is(Classes::DETERMINER | Classes::ADVERB)
            || it.kind == TokenKind::Number
            || it.kind == TokenKind::Word && is_noun(it)
    };
    let auxiliary = from > lo && tokens[from - 1].is(Classes::AUXILIARY);
    (auxiliary && from + 2 < end && tokens[from + 1..end - 1].iter().all(measures)).then_some(from)
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
    let end = past_brackets(tokens, subject.tokens.end, hi);
    let follows = tokens.get(end).filter(|_| end < hi);
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
    tokens[at].is(Classes::SAY) && speaker && !end.into_iter().any(|it| it.is(Classes::VERBS))
}

/// The first token from `at` on that is not in brackets: behind `(WFO)`.
fn past_brackets(tokens: &[Token], at: usize, hi: usize) -> usize {
    const WORDS_MAX: usize = 4;
    if !(at < hi && tokens[at].is_sign('(')) {
        return at;
    }
    let close = (at..hi).take(WORDS_MAX).find(|it| tokens[*it].is_sign(')'));
    close.map_or(at, |it| it + 1)
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
