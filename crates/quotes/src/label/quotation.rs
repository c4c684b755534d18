//! What the features of the labeler read of a quotation: how long it is, how it is written, whose
//! words it may be.

use std::ops::Range;

use crate::{
    lexicon::Classes,
    passage::Sentence,
    term::traits::{capitals, length, small, voice},
    text::quotation::Quotation,
    weights::{NONE, Part, ending, part},
};

/// What features may ask of a quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct QuotationTraits<'a> {
    /// Its length, how it ends and how it is written.
    pub length: Part<'static>,
    pub last_char: Part<'static>,
    pub capitals: Part<'static>,
    /// Whose words they may be.
    pub voice: Part<'static>,
    /// What beside it has titles, as songs and programmes do.
    pub work: Part<'static>,
    /// How many quotations its sentence has, and which it is.
    pub among: Part<'static>,
    /// Its first and last words, unless they begin with a capital.
    pub first_word: Part<'a>,
    pub last_word: Part<'a>,
}

/// What the quotation of token `at` of a sentence is, the `nth` of so many in it.
pub(super) fn quotation_traits<'a>(
    sentence: Sentence<'a>,
    at: usize,
    quotation: &Quotation,
    (nth, of): (usize, usize),
) -> QuotationTraits<'a> {
    let passage = sentence.passage;
    let text = quotation.text(passage.text);
    QuotationTraits {
        length: length(passage.n_words(quotation)),
        last_char: ending(passage.last_char(quotation)),
        capitals: capitals(text),
        voice: voice(quotation.inside),
        work: work(sentence, at),
        among: match nth {
            _ if of == 1 => part!("only"),
            1 => part!("first"),
            n if n == of => part!("last"),
            _ => part!("middle"),
        },
        first_word: small(text.split_whitespace().next()),
        last_word: small(text.split_whitespace().next_back()),
    }
}

/// What near a quotation has titles.
fn work(sentence: Sentence<'_>, at: usize) -> Part<'static> {
    const TOKENS_BEFORE: usize = 4;
    const TOKENS_AFTER: usize = 3;
    let first = sentence.start.max(at.saturating_sub(TOKENS_BEFORE));
    let last = sentence.end.min(at + 1 + TOKENS_AFTER);
    let any = |range: Range<usize>, class| sentence.tokens[range].iter().any(|it| it.classes.any(class));
    if any(first..at, Classes::WORK) {
        part!("work before")
    } else if any(at + 1..last, Classes::WORK) {
        part!("work after")
    } else if any(first..at, Classes::OUTLET) {
        part!("outlet before")
    } else if any(sentence.range(), Classes::WORK) {
        part!("work in sentence")
    } else {
        NONE
    }
}
