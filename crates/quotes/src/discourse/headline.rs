//! A headline → what somebody says in it after a colon: `Lund: the mill stays`.
//!
//! Most colons of headlines set apart a place or a topic (`Aldmere: rain`), so the label must be a
//! person whom the story names too.

use morgue_core::article::{Quote, Rule, Span, Stance};

use crate::{
    coreference::Resolver,
    passage::{Parsed, kind_of},
    syntax::phrase::{PhraseKind, phrase_after},
};

/// Longest label, in tokens.
const LABEL_TOKENS_MAX: usize = 6;
/// Fewest words after the colon.
const WORDS_MIN: usize = 2;

/// The quote of a headline that begins with a person's name and a colon.
pub(crate) fn after_colon(passage: &Parsed<'_>, resolver: &Resolver<'_>) -> Option<Quote> {
    let tokens = &passage.tokens;
    let colon = tokens.iter().take(LABEL_TOKENS_MAX + 1).position(|it| it.is_sign(':'))?;
    let phrase = phrase_after(tokens, 0, colon).filter(|it| it.tokens == (0..colon))?;
    let sentence = passage.sentence(0);
    let named = matches!(phrase.kind, PhraseKind::Name(_));
    let who = resolver.resolve(&phrase, None, sentence).filter(|_| named)?;
    let in_story = who.entity.is_some_and(|it| resolver.is_person_of_story(it, passage.ordinal));
    let n_words = tokens[colon..].iter().filter(|it| it.is_word() || it.is_quote()).count();
    if !in_story || n_words < WORDS_MIN {
        return None;
    }
    let content = match &tokens[colon + 1..] {
        [only] if only.is_quote() => passage.inside(colon + 1)?,
        _ => passage.trimmed(tokens[colon].end()..passage.text.len())?,
    };
    let content = vec![Span::new(content.start, content.end)?];
    let mention = passage.span(0..colon)?;
    Some(Quote {
        stance: Stance::Said,
        passage: passage.ordinal,
        kind: kind_of(&content, &passage.quotations),
        content,
        cue: None,
        mention: Some(mention),
        confidence: 0.8 * who.confidence,
        speaker: Some(who.speaker),
        rule: Rule::HeadlineColon,
    })
}
