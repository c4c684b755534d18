//! A name → the others who do what it does: `Ada Lund and Tom Berg said`.

use crate::{
    lexicon::Classes,
    syntax::phrase::{Phrase, PhraseKind, core_before, phrase_after},
    text::token::{Token, TokenKind},
};

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
