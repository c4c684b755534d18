//! Explains why a quote is its speaker's: the rule, and the chain from what the text says to the
//! full name.
//!
//! `he` → `Bugti` → `Sarfraz Bugti`: the mention, the nearest name of that speaker before it, the
//! full name.

use morgue_core::article::{Passage, PassageSpan, Quote, Rule, Span};

use crate::fold::name_words;

/// Why a quote is somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The rule that decided.
    pub rule: Rule,
    /// From what the text says at the quote to the speaker's name; empty when nobody is named.
    pub chain: Vec<Link>,
}

/// A step from a mention to a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub text: String,
    /// Where the article has them; `None` for the full name, which no place of the article need
    /// have.
    pub place: Option<PassageSpan>,
}

/// How many passages back a name may stand.
const PASSAGES_BACK: usize = 60;
/// How many bytes of a passage are searched.
const BYTES_BACK: usize = 4000;

/// Explains a quote of an article with these passages.
pub fn explain(quote: &Quote, passages: &[Passage]) -> Explanation {
    let rule = quote.rule;
    let mut chain: Vec<Link> = Vec::new();
    let text =
        |it: PassageSpan| passages.get(it.passage).and_then(|passage| passage.text.get(it.span.range()));
    if let Some(mention) = quote.mention
        && let Some(text) = text(mention)
    {
        chain.push(Link { text: text.to_owned(), place: Some(mention) });
    }
    let Some(speaker) = &quote.speaker else { return Explanation { rule, chain } };
    let words = name_words(&speaker.name);
    let names = |it: &str| name_words(it).iter().any(|it| words.contains(it));
    if let Some(mention) = quote.mention
        && chain.first().is_some_and(|it| !names(&it.text))
        && let Some(name) = name_before(mention, &words, passages)
    {
        chain.extend(text(name).map(|it| Link { text: it.to_owned(), place: Some(name) }));
    }
    if chain.last().is_none_or(|it| it.text != speaker.name) {
        chain.push(Link { text: speaker.name.clone(), place: None });
    }
    Explanation { rule, chain }
}

/// The nearest name before a mention that has one of the words.
fn name_before(mention: PassageSpan, words: &[String], passages: &[Passage]) -> Option<PassageSpan> {
    let first = (mention.passage + 1).saturating_sub(PASSAGES_BACK);
    (first..=mention.passage).rev().find_map(|passage| {
        let text = passages.get(passage)?.text.as_str();
        let end = if passage == mention.passage { mention.span.start() } else { text.len() };
        let mut from = end.saturating_sub(BYTES_BACK);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let mut best: Option<Span> = None;
        let mut at = from;
        for word in text.get(from..end)?.split_inclusive(|it: char| !(it.is_alphanumeric() || it == '-')) {
            let bare = word.trim_end_matches(|it: char| !(it.is_alphanumeric() || it == '-'));
            let named =
                bare.starts_with(char::is_uppercase) && name_words(bare).iter().any(|it| words.contains(it));
            if named {
                let span = Span::new(at, at + bare.len())?;
                // `Sarfraz Bugti` is one name.
                best = match best {
                    Some(known) if text[known.end()..span.start()].trim().is_empty() => {
                        Span::new(known.start(), span.end())
                    }
                    _ => Some(span),
                };
            }
            at += word.len();
        }
        Some(PassageSpan { passage, span: best? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribute;
    use morgue_core::article::PassageKind;

    #[test]
    fn the_way_from_a_pronoun_to_a_name_is_told() {
        for (text, expected) in [
            ("Sara Lund came.\nLund sat. “We won,” she said.", "she → Lund → Sara Lund"),
            ("“We won,” Sara Lund said.", "Sara Lund"),
            ("Sara Lund came. “We won,” Ms. Lund said.", "Ms. Lund → Sara Lund"),
            ("“We won at last.”", ""),
        ] {
            let passages: Vec<Passage> =
                text.lines().filter_map(|it| Passage::new(PassageKind::Body, it)).collect();
            let quotes = attribute(&passages, None);
            let chain: Vec<String> =
                explain(&quotes[0], &passages).chain.into_iter().map(|it| it.text).collect();
            assert_eq!(chain.join(" → "), expected, "{text}");
        }
    }
}
