//! The features of a token with those beside it, by readable names.

use super::{
    quotation::QuotationTraits,
    view::{TokenContext, Traits, Window},
};
use crate::weights::Part;

/// Defines a list of features: the name of each kind, and a function that calls `take` with the
/// number of each kind, counted from `first`, and the other parts of the feature's name.
macro_rules! feature_list {
    ($names:ident = $function:ident($($value:ident: $type:ty),+) { $($name:literal: $($part:expr),+;)+ }) => {
        const $names: &[&str] = &[$($name),+];

        fn $function($($value: $type,)+ first: usize, take: &mut impl FnMut(usize, &[Part<'_>])) {
            let mut kind = first;
            $(take(kind, &[$($part),+]); kind += 1;)+
            debug_assert_eq!(kind, first + $names.len());
        }
    };
}

// Two tokens of five stand in sentences with neither cue nor quotation, and hardly one of them is
// reported.
feature_list! {
    SILENT = silent(near: &Window<'_, '_>, context: &TokenContext<'_>) {
        "silent": context.sentence_before, context.place;
        "silent word": near.word(0);
        "silent words": near.word(-1), near.word(0);
        "silent tags": near.tag(-1), near.tag(0), near.tag(1);
        "silent ending": near.ending(0);
    }
}

feature_list! {
    CLAUSE = clause(near: &Window<'_, '_>, context: &TokenContext<'_>, traits: &Traits<'_>) {
        "word": near.word(0);
        "word-1": near.word(-1);
        "word+1": near.word(1);
        "word-2": near.word(-2);
        "word+2": near.word(2);
        "words-1": near.word(-1), near.word(0);
        "words+1": near.word(0), near.word(1);
        "tags": near.tag(-1), near.tag(0), near.tag(1);
        "tags-2": near.tag(-2), near.tag(-1), near.tag(0);
        "ending": near.ending(0);
        "ending+1": near.ending(1);
        "ruled": near.ruled(-1), near.ruled(0), near.ruled(1);
        "ruled by": near.ruled(0), near.rule(0);
        "ruled tag": near.ruled(0), near.tag(0);
        "ruled word": near.ruled(0), near.word(0);
        "ruled next": near.ruled(0), near.ruled(1), near.tag(1);
        "ruled last": near.ruled(0), near.ruled(-1), near.tag(-1);
        "place": context.place, near.tag(0), context.sentence_before;
        "before": traits.before.class, traits.before.far, near.tag(0);
        "before word": traits.before.word, traits.since;
        "before since": traits.before.class, traits.since, near.tag(0);
        "before since ruled": traits.before.class, traits.since, near.ruled(0);
        "before subject": traits.before.class, traits.before.subject, traits.since;
        "before break": traits.before.class, traits.last_break, traits.verbs;
        "before ends": traits.before.word, traits.last_break, near.tag(0);
        "after": traits.after.class, traits.after.far, near.tag(0);
        "after ruled": traits.after.class, traits.after.subject, near.ruled(0);
        "cues": traits.before.class, traits.after.class, near.ruled(0);
    }
}

feature_list! {
    QUOTATION = quotation(
        near: &Window<'_, '_>,
        context: &TokenContext<'_>,
        traits: &Traits<'_>,
        quote: &QuotationTraits<'_>
    ) {
        "quote": quote.length, near.ruled(0);
        "quote voice": quote.voice, quote.length, near.ruled(0);
        "quote voice last": quote.voice, quote.length, near.tag(-1);
        "quote voice next": quote.voice, quote.length, near.tag(1), quote.last_char;
        "quote voice cue": quote.voice, traits.before.class, traits.before.far;
        "quote voice cue after": quote.voice, traits.after.class, traits.after.far;
        "quote before two": near.tag(-2), near.tag(-1), quote.voice;
        "quote words before": near.word(-2), near.word(-1);
        "quote words round": near.word(-1), near.word(1);
        "quote words after": near.word(1), near.word(2);
        "quote among": quote.among, traits.sentence, quote.voice;
        "quote verbs": traits.before.class, traits.verbs, traits.last_break;
        "quote rule": quote.length, near.rule(0);
        "quote tags": near.tag(-1), near.tag(1), quote.length;
        "quote words": near.word(-1), quote.length;
        "quote next": near.word(1), quote.length;
        "quote ends": quote.last_char, near.tag(1), quote.length;
        "quote capitals": quote.capitals, quote.length, near.tag(-1);
        "quote title": quote.capitals, quote.voice, quote.length, quote.last_char;
        "quote title ruled": quote.capitals, quote.voice, quote.length, near.ruled(0);
        "quote title last": quote.capitals, quote.voice, near.word(-1);
        "quote title next": quote.capitals, quote.last_char, near.tag(1);
        "quote title cue": quote.capitals, quote.length, traits.before.class, traits.before.far;
        "quote cues": traits.before.class, traits.after.class, quote.length;
        "quote before": traits.before.word, traits.before.far, quote.length;
        "quote first word": quote.first_word, quote.length;
        "quote first word cue": quote.first_word, traits.before.class, traits.before.far;
        "quote last word": quote.last_word, quote.length;
        "quote first word last": near.tag(-1), quote.first_word, quote.length;
        "quote work": quote.work, quote.capitals, quote.length;
        "quote work voice": quote.work, quote.voice, quote.length;
        "quote work cue": quote.work, quote.capitals, traits.before.class, traits.before.far;
        "quote work last": quote.work, quote.capitals, near.tag(-1);
        "quote sentence": traits.sentence, context.sentence_before, quote.length;
    }
}

/// How many kinds of features there are.
pub(super) const N_KINDS: usize = SILENT.len() + CLAUSE.len() + QUOTATION.len();

/// The names of the kinds, in the order of their numbers.
pub(super) fn names() -> Vec<&'static str> {
    [SILENT, CLAUSE, QUOTATION].concat()
}

/// Calls `take` with the number of each kind of feature of a token, a place in [`names`], and the
/// other parts of its name.
pub(super) fn features(
    near: &Window<'_, '_>,
    context: &TokenContext<'_>,
    take: &mut impl FnMut(usize, &[Part<'_>]),
) {
    let Some(traits) = &context.traits else { return silent(near, context, 0, take) };
    clause(near, context, traits, SILENT.len(), take);
    if let Some(quote) = &traits.quotation {
        quotation(near, context, traits, quote, SILENT.len() + CLAUSE.len(), take);
    }
}
