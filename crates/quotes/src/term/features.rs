//! The features of a quotation that may be a term, by readable names: what stands in its marks, the
//! words beside them, and the cues of its sentence.

use std::ops::Range;

use super::traits::{capitals, length, voice, word};
use crate::{
    lexicon::Classes,
    passage::Sentence,
    syntax::{
        cue::Cue,
        phrase::{PhraseKind, is_noun, speaks},
    },
    text::token::{Token, TokenKind},
    weights::{NONE, Part, cue_class, ending, features as named, part, tag},
};

/// How many cues on each side of a quotation are looked at.
const CUES_NEAR: usize = 4;
/// How far before a quotation what names it may stand, in tokens.
const NAMING_TOKENS: usize = 4;

/// Calls `take` with the parts of each feature's name.
pub(super) fn features(sentence: Sentence<'_>, quote: usize, take: &mut impl FnMut(&[Part<'_>])) {
    let Sentence { passage, tokens, cues, start, end, .. } = sentence;
    let Some(quotation) = passage.quotation(&tokens[quote]) else { return };
    let text = quotation.text(passage.text);
    let token = |at: Option<usize>| at.filter(|it| (start..end).contains(it)).map(|it| &tokens[it]);
    let near = |by: isize| token(quote.checked_add_signed(by));
    let kind = |by: isize| near(by).map_or(part!("an end"), tag);
    let word = |by: isize| near(by).map_or(part!("an end"), |it| word(it, passage.text));
    let (length, capitals, voice) =
        (length(passage.n_words(quotation)), capitals(text), voice(quotation.inside));
    let last = ending(passage.last_char(quotation));
    let naming = naming(&tokens[quote.saturating_sub(NAMING_TOKENS).max(start)..quote]);
    let inside = noun_phrase(near(-1), near(1));
    let (before, far, subject) = cue_before(cues, tokens, quote);
    let after = cue_after(cues, tokens, quote);
    let beside = beside(tokens, start..end, quote);
    named!(take:
        ["any"]
        ["length", length]
        ["capitals", capitals, length]
        ["voice", voice, length]
        ["ends", last, voice]
        ["ends", last, capitals]
        ["before", (kind(-1)), length]
        ["before", (kind(-1)), capitals]
        ["before", (kind(-2)), (kind(-1))]
        ["word before", (word(-1))]
        ["after", (kind(1)), last]
        ["after", (kind(1)), length]
        ["round", (kind(-1)), (kind(1))]
        ["naming", naming]
        ["naming", naming, length]
        ["naming", naming, capitals]
        ["naming", naming, (kind(-2))]
        ["naming", naming, before, far]
        ["phrase", inside, length]
        ["phrase", inside, before]
        ["cue", before, far]
        ["cue", before, subject]
        ["cue", before, far, capitals]
        ["cue", before, far, voice]
        ["cue", before, subject, length]
        ["cue after", after, last]
        ["cue after", after, voice]
        ["cue after", after, before]
        ["beside", beside, length]
        ["beside", beside, before]
    );
}

/// What before a quotation gives it a name: the nearest such word, and whether it stands right
/// before.
fn naming(before: &[Token]) -> Part<'static> {
    let names = |it: &Token| it.classes.any(Classes::NAMING);
    let works = |it: &Token| it.classes.any(Classes::WORK | Classes::OUTLET);
    // `titled: Q`, `under the headline, Q`
    match before.iter().rev().find(|it| it.kind != TokenKind::Punct) {
        Some(it) if names(it) => return part!("named"),
        Some(it) if works(it) => return part!("work"),
        _ => (),
    }
    if before.iter().any(names) {
        part!("named near")
    } else if before.iter().any(works) {
        part!("work near")
    } else {
        NONE
    }
}

/// Whether the marks stand inside a phrase: behind an article or adjective, before a noun.
fn noun_phrase(before: Option<&Token>, after: Option<&Token>) -> Part<'static> {
    let opens = before
        .is_some_and(|it| it.is(Classes::DETERMINER | Classes::POSSESSIVE) || it.kind == TokenKind::Clitic);
    let adjective = before.is_some_and(is_noun);
    let noun = after.is_some_and(|it| it.is_name() || is_noun(it));
    match (opens, adjective, noun) {
        (true, _, true) => part!("the Q noun"),
        (true, _, false) => part!("the Q"),
        (_, true, true) => part!("noun Q noun"),
        (_, true, false) => part!("noun Q"),
        (_, _, true) => part!("Q noun"),
        _ => NONE,
    }
}

/// The nearest cue before a quotation: what kind it is, how far, and who its subject is.
fn cue_before(cues: &[Cue], tokens: &[Token], quote: usize) -> (Part<'static>, Part<'static>, Part<'static>) {
    let next = cues.partition_point(|it| it.at < quote);
    let Some(cue) = cues[..next].iter().rev().take(CUES_NEAR).find(|it| it.end <= quote) else {
        return (NONE, NONE, NONE);
    };
    let far = match quote - cue.end {
        0 => part!("0"),
        1 if tokens[cue.end].kind == TokenKind::Punct => part!("0, sign"),
        1 => part!("1"),
        2..=3 => part!("2"),
        4..=7 => part!("4"),
        _ => part!("8"),
    };
    let subject = match &cue.subject {
        None => part!("nobody"),
        Some(it) if !speaks(tokens, it) => part!("thing"),
        Some(it) => match it.kind {
            PhraseKind::Pronoun => part!("pronoun"),
            PhraseKind::Name(_) => part!("name"),
            _ => part!("noun"),
        },
    };
    (cue_class(cue), far, subject)
}

/// The nearest cue after a quotation: what kind it is, and whether its clause begins at once.
fn cue_after(cues: &[Cue], tokens: &[Token], quote: usize) -> Part<'static> {
    let next = cues.partition_point(|it| it.at < quote);
    let Some(cue) = cues[next..].iter().take(CUES_NEAR).find(|it| it.clause > quote) else { return NONE };
    let at_once =
        cue.clause == quote + 1 || cue.clause == quote + 2 && tokens[quote + 1].kind == TokenKind::Punct;
    match (at_once, cue.is_speech()) {
        (true, true) => part!("speech at once"),
        (true, false) => part!("cue at once"),
        (false, true) => part!("speech"),
        (false, false) => part!("cue"),
    }
}

/// What other quotations and words its sentence has.
fn beside(tokens: &[Token], range: Range<usize>, quote: usize) -> Part<'static> {
    let quotes = tokens[range.clone()].iter().filter(|it| it.is_quote()).take(2).count();
    let words = tokens[range.clone()].iter().any(Token::is_word);
    let opens = !tokens[range.start..quote].iter().any(Token::is_word);
    match (quotes, words, opens) {
        (_, false, _) => part!("bare"),
        (1, true, true) => part!("one, opens"),
        (1, true, false) => part!("one"),
        (_, true, true) => part!("several, opens"),
        (_, true, false) => part!("several"),
    }
}
