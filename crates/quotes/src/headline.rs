//! A headline → what somebody says in it after a colon: `Lund: the mill stays`.
//!
//! Most colons of headlines set apart a place or a topic (`Aldmere: rain`), so the label must be a person whom the
//! story names too.

use std::borrow::Cow;

use morgue_core::article::{PassageSpan, Quote, Span};

use super::{
    assign::inside,
    identity::{Identifier, Place},
    phrase::{PhraseKind, phrase_after},
    pieces,
    read::{Read, kind_of},
};

/// Longest label, in units.
const LABEL_UNITS_MAX: usize = 6;
/// Fewest words after the colon.
const WORDS_MIN: usize = 2;

/// The quote of a headline that begins with a person's name and a colon.
pub(super) fn after_colon(ordinal: usize, read: &Read<'_>, identifier: &Identifier<'_>) -> Option<Quote> {
    let units = &read.skeleton.units;
    let colon = units.iter().take(LABEL_UNITS_MAX + 1).position(|it| it.is_sign(':'))?;
    let phrase = phrase_after(units, 0, colon).filter(|it| it.units == (0..colon))?;
    let place = Place { passage: ordinal, sentence: 0, text: read.text, skeleton: &read.skeleton };
    let named = matches!(phrase.kind, PhraseKind::Name(_));
    let who = identifier.identify(&phrase, None, place).filter(|_| named)?;
    let in_story = who.member.is_some_and(|it| identifier.is_person_of_story(it, ordinal));
    let n_words = units[colon..].iter().filter(|it| it.is_word() || it.is_quote()).count();
    if !in_story || n_words < WORDS_MIN {
        return None;
    }
    let content = match &units[colon + 1..] {
        [only] if only.is_quote() => inside(read.source(), colon + 1)?,
        _ => pieces::trimmed(read.text, units[colon].end..read.text.len())?,
    };
    let content = vec![Span::new(content.start, content.end)?];
    let mention = Span::new(units[0].start, units[colon - 1].end)?;
    Some(Quote {
        passage: ordinal,
        kind: kind_of(&content, &read.quotations),
        content,
        cue: None,
        mention: Some(PassageSpan { passage: ordinal, span: mention }),
        confidence: 0.8 * who.confidence,
        speaker: Some(who.speaker),
        rule: Cow::Borrowed("headline before a colon"),
    })
}
