//! A verb form → whether it is a noun where it stands: `his claim`, `two reports`.

use std::ops::Range;

use crate::{
    lexicon::Classes,
    syntax::phrase::is_noun,
    text::token::{Token, TokenKind},
};

/// Whether the verb form at `at` is used as a noun: `his claim`, `a report`.
pub(crate) fn is_noun_here(tokens: &[Token], sentence: &Range<usize>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|it| *it >= sentence.start).map(|it| &tokens[it]) else {
        return false;
    };
    let token = &tokens[at];
    let after = tokens.get(at + 1).filter(|_| at + 1 < sentence.end);
    // `the last claim`, `a back-handed compliment`
    let form = token.is(Classes::BASE | Classes::THIRD);
    let farther = at.checked_sub(2).filter(|it| *it >= sentence.start).map(|it| &tokens[it]);
    if form
        && before.kind == TokenKind::Word
        && (is_noun(before) && !before.is(Classes::SPEAKING) || before.is(Classes::ADVERB | Classes::VERB))
        && farther.is_some_and(|it| {
            it.is(Classes::DETERMINER | Classes::POSSESSIVE) && !it.is(Classes::PRONOUN | Classes::THEY)
        })
    {
        return true;
    }
    // `one of his recent reads`
    let marks = !token.is(Classes::CUE.without(Classes::MARKS));
    let noun = before.kind == TokenKind::Word && is_noun(before) && !before.is(Classes::SPEAKING);
    // `her first remarks`
    let ordinal = before.is(Classes::ADVERB) && !token.is(Classes::SAY);
    if form && ordinal && farther.is_some_and(|it| it.is(Classes::POSSESSIVE)) {
        return true;
    }
    if form && marks && noun && farther.is_some_and(|it| it.is(Classes::POSSESSIVE)) {
        return true;
    }
    if token.is(Classes::BASE) && token.is(Classes::ADVERB) {
        return true;
    }
    if before.kind == TokenKind::Number
        && !token.is(Classes::SAY | Classes::GERUND)
        && after.is_some_and(|it| it.is_name() || is_noun(it))
    {
        return true;
    }
    if before.kind == TokenKind::Clitic {
        return !before.is(Classes::MODAL | Classes::HAVE) && !token.is(Classes::GERUND | Classes::SAY);
    }
    before.is(Classes::DETERMINER | Classes::POSSESSIVE)
        && !before.is(Classes::INDEFINITE | Classes::WHO | Classes::PRONOUN)
        || before.is(Classes::POSSESSIVE) && !token.is(Classes::SAY)
        || before.is(Classes::PEOPLE_OF)
        || before.is(Classes::OF) && !token.is(Classes::GERUND) && !before.is(Classes::INFINITIVE)
        || after.is_some_and(|it| it.kind == TokenKind::Clitic)
}
