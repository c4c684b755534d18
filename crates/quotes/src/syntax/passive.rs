//! Verbs whose subject does not report: passives, `quoted Lund as saying`, `asked whether`.

use crate::{
    lexicon::Classes,
    syntax::{
        apposition::apposed_subject,
        phrase::{Phrase, phrase_after, phrase_before, speaks},
        subject::skip_auxiliaries,
    },
    text::token::{Token, TokenKind},
};

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
        it.is(Classes::VERBS | Classes::THAT | Classes::WHO | Classes::AND | Classes::WH)
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
    let verb = (lo..last).rev().take(TOKENS_BACK).find(|it| tokens[*it].is(Classes::VERBS))?;
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
    let past = verb.is(Classes::HEARER) && !verb.is(Classes::PRESENT | Classes::GERUND | Classes::FINITE);
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
