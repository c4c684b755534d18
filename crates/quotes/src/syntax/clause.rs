//! The phrase before a verb, in a sentence of several clauses → the subject of the verb: not the
//! last noun of a clause that only tells who that is.

use std::ops::Range;

use crate::{
    lexicon::Classes,
    syntax::{
        apposition::apposed_subject,
        phrase::{Phrase, PhraseKind, is_noun, phrase_after, phrase_before, speaks},
    },
    text::token::{Token, TokenKind},
};

/// The phrase before the verb, or what it belongs to if it only ends a clause that tells who
/// that is: `a woman who has accused Berg said`, `the man reading the minutes said`, `a boy
/// hurt in the blast said`.
pub(crate) fn of_main_clause(tokens: &[Token], lo: usize, phrase: Phrase) -> Phrase {
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
        let mut verbs = tokens[who + 1..start].iter().filter(|it| it.is(Classes::VERBS)).peekable();
        let own = verbs.peek().is_some() && verbs.all(|it| !it.is(reports));
        let end = if tokens[who - 1].sets_apart() { who.checked_sub(2) } else { Some(who - 1) };
        let noun = end.filter(|it| own && *it >= lo).and_then(|it| phrase_before(tokens, lo, it));
        return noun.unwrap_or(phrase);
    }
    let over = Classes::DOER | Classes::IF;
    let hangs = start > lo && tokens[start - 1].is(Classes::OF) && !tokens[start - 1].is(over);
    let Some(verb) = start.checked_sub(1 + usize::from(hangs)).filter(|it| *it > from) else {
        return phrase;
    };
    let participle = tokens[verb].is(Classes::GERUND | Classes::ING)
        || hangs && tokens[verb].is(Classes::VERB | Classes::OBJECT) && !tokens[verb].is(Classes::PRESENT);
    let noun = tokens[verb - 1].is_name() || is_noun(&tokens[verb - 1]);
    let whose = phrase_before(tokens, lo, verb - 1).filter(|it| participle && noun && speaks(tokens, it));
    whose.unwrap_or(phrase)
}

/// Whom a relative clause that ends in a quotation belongs to: `Lund, whom Berg called Q, said`.
pub(crate) fn behind_relative(tokens: &[Token], lo: usize, last: usize) -> Option<Phrase> {
    let quote = if tokens[last].is_quote() { last } else { last - 1 };
    let from = (lo..quote).rev().find(|it| tokens[*it].sets_apart()).map_or(lo, |it| it + 1);
    let who = (from..quote).find(|it| tokens[*it].is(Classes::WHO))?;
    tokens[who..quote].iter().find(|it| it.is(Classes::VERBS))?;
    match who.checked_sub(1).filter(|it| *it > lo)? {
        comma if tokens[comma].sets_apart() => apposed_subject(tokens, lo, comma),
        noun => phrase_before(tokens, lo, noun),
    }
}

/// Of `with Lund saying`, `including an adviser to the party saying` who that is: the phrase
/// behind the word that opens it.
pub(crate) fn absolute(tokens: &[Token], lo: usize, at: usize) -> Option<Phrase> {
    const TOKENS_BACK: usize = 14;
    let ends = |it: &usize| {
        let token = &tokens[*it];
        let other = Classes::SPEAKING | Classes::ABSOLUTE | Classes::PRESENT;
        let verb = token.is(Classes::VERBS) && !token.is(other);
        token.kind == TokenKind::Punct || token.is_quote() || verb || token.is(Classes::WHO | Classes::THAT)
    };
    let back = (lo..at).rev().take(TOKENS_BACK).take_while(|it| !ends(it));
    let opener = back.filter(|it| tokens[*it].is(Classes::ABSOLUTE)).last()?;
    let apart = opener == lo || tokens[opener - 1].kind == TokenKind::Punct || tokens[opener - 1].is_quote();
    phrase_after(tokens, opener + 1, at).filter(|it| apart && speaks(tokens, it))
}

/// A phrase that only counts with those it counts: `almost half of respondents`.
pub(crate) fn counted(tokens: &[Token], lo: usize, last: usize, phrase: Phrase) -> Phrase {
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
