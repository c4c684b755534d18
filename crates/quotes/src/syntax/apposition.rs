//! What stands between commas before a verb → the subject behind it: `Lund, the mayor, said`.

use crate::{
    lexicon::Classes,
    syntax::phrase::{Phrase, PhraseKind, core_before, is_noun, phrase_after, phrase_before, speaks},
    text::token::{Token, TokenKind},
};

/// The subject of a verb that stands after the comma at `comma`: `Lund, the mayor of Osby, said`.
pub(crate) fn apposed_subject(tokens: &[Token], lo: usize, comma: usize) -> Option<Phrase> {
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

/// Whether the quotation at `at` opens its clause (`Q, Lund said`) rather than ends a phrase
/// (`author of Q`).
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
