//! A token with those beside it → its features, each a name that a person can read.

use super::{
    quotation::QuotationTraits,
    view::{END, TokenContext, TokenView},
};
use crate::weights::Part;

/// What each kind of feature is called. Its weights lie by themselves, so that those asked for most stay in the nearest cache.
pub(super) const NAMES: [&str; 67] = [
    "silent",
    "silent word",
    "silent words",
    "silent tags",
    "silent ending",
    "word",
    "word-1",
    "word+1",
    "word-2",
    "word+2",
    "words-1",
    "words+1",
    "tags",
    "tags-2",
    "ending",
    "ending+1",
    "ruled",
    "ruled by",
    "ruled tag",
    "ruled word",
    "ruled next",
    "ruled last",
    "place",
    "before",
    "before word",
    "before since",
    "before since ruled",
    "before subject",
    "before break",
    "before ends",
    "after",
    "after ruled",
    "cues",
    "quote",
    "quote voice",
    "quote voice last",
    "quote voice next",
    "quote voice cue",
    "quote voice cue after",
    "quote before two",
    "quote words before",
    "quote words round",
    "quote words after",
    "quote among",
    "quote verbs",
    "quote rule",
    "quote tags",
    "quote words",
    "quote next",
    "quote ends",
    "quote capitals",
    "quote title",
    "quote title ruled",
    "quote title last",
    "quote title next",
    "quote title cue",
    "quote cues",
    "quote before",
    "quote first word",
    "quote first word cue",
    "quote last word",
    "quote first word last",
    "quote work",
    "quote work voice",
    "quote work cue",
    "quote work last",
    "quote sentence",
];

/// The number of a kind of feature, which must be in [`NAMES`]. Only asked for constants, so a name that is not there fails the build
/// and never a run.
const fn number(name: &str) -> usize {
    let mut at = 0;
    while at < NAMES.len() {
        if is(NAMES[at].as_bytes(), name.as_bytes()) {
            return at;
        }
        at += 1;
    }
    panic!("a feature without a number")
}

const fn is(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// Calls `take` with the kind of each feature of token `at`, a place in [`NAMES`], and the other parts of its name.
pub(super) fn features(
    views: &[TokenView<'_>],
    at: usize,
    context: &TokenContext<'_>,
    mut take: impl FnMut(usize, &[Part<'_>]),
) {
    macro_rules! add {
        ($name:literal, $($part:expr),*) => {{
            const NUMBER: usize = number($name);
            take(NUMBER, &[$($part),*]);
        }};
    }
    let beside = |by: isize| at.checked_add_signed(by).and_then(|it| views.get(it));
    let word = |by: isize| beside(by).map_or(END, |it| it.word);
    let tag = |by: isize| beside(by).map_or(END, |it| it.tag);
    let ruled = |by: isize| beside(by).map_or(END, |it| it.ruled);
    let (it, place, sentence_before) = (&views[at], context.place, context.sentence_before);
    // Two tokens of five stand in such sentences, and hardly one of them is reported.
    let Some(traits) = &context.traits else {
        add!("silent", sentence_before, place);
        add!("silent word", it.word);
        add!("silent words", word(-1), it.word);
        add!("silent tags", tag(-1), it.tag, tag(1));
        add!("silent ending", it.ending);
        return;
    };
    let (before, after, since, sentence) =
        (&traits.cue_before, &traits.cue_after, traits.since, traits.sentence);
    let (verbs, last_break) = (traits.verbs, traits.last_break);
    add!("word", it.word);
    add!("word-1", word(-1));
    add!("word+1", word(1));
    add!("word-2", word(-2));
    add!("word+2", word(2));
    add!("words-1", word(-1), it.word);
    add!("words+1", it.word, word(1));
    add!("tags", tag(-1), it.tag, tag(1));
    add!("tags-2", tag(-2), tag(-1), it.tag);
    add!("ending", it.ending);
    add!("ending+1", beside(1).map_or(END, |it| it.ending));
    add!("ruled", ruled(-1), it.ruled, ruled(1));
    add!("ruled by", it.ruled, it.rule);
    add!("ruled tag", it.ruled, it.tag);
    add!("ruled word", it.ruled, it.word);
    add!("ruled next", it.ruled, ruled(1), tag(1));
    add!("ruled last", it.ruled, ruled(-1), tag(-1));
    add!("place", place, it.tag, sentence_before);
    add!("before", before.class, before.far, it.tag);
    add!("before word", before.word, since);
    add!("before since", before.class, since, it.tag);
    add!("before since ruled", before.class, since, it.ruled);
    add!("before subject", before.class, before.subject, since);
    add!("before break", before.class, last_break, verbs);
    add!("before ends", before.word, last_break, it.tag);
    add!("after", after.class, after.far, it.tag);
    add!("after ruled", after.class, after.subject, it.ruled);
    add!("cues", before.class, after.class, it.ruled);
    if let Some(quotation_traits) = &traits.quotation_traits {
        let QuotationTraits { length, last_char, capitals, voice, work, among, first_word, last_word } =
            *quotation_traits;
        add!("quote", length, it.ruled);
        add!("quote voice", voice, length, it.ruled);
        add!("quote voice last", voice, length, tag(-1));
        add!("quote voice next", voice, length, tag(1), last_char);
        add!("quote voice cue", voice, before.class, before.far);
        add!("quote voice cue after", voice, after.class, after.far);
        add!("quote before two", tag(-2), tag(-1), voice);
        add!("quote words before", word(-2), word(-1));
        add!("quote words round", word(-1), word(1));
        add!("quote words after", word(1), word(2));
        add!("quote among", among, sentence, voice);
        add!("quote verbs", before.class, verbs, last_break);
        add!("quote rule", length, it.rule);
        add!("quote tags", tag(-1), tag(1), length);
        add!("quote words", word(-1), length);
        add!("quote next", word(1), length);
        add!("quote ends", last_char, tag(1), length);
        add!("quote capitals", capitals, length, tag(-1));
        add!("quote title", capitals, voice, length, last_char);
        add!("quote title ruled", capitals, voice, length, it.ruled);
        add!("quote title last", capitals, voice, word(-1));
        add!("quote title next", capitals, last_char, tag(1));
        add!("quote title cue", capitals, length, before.class, before.far);
        add!("quote cues", before.class, after.class, length);
        add!("quote before", before.word, before.far, length);
        add!("quote first word", first_word, length);
        add!("quote first word cue", first_word, before.class, before.far);
        add!("quote last word", last_word, length);
        add!("quote first word last", tag(-1), first_word, length);
        add!("quote work", work, capitals, length);
        add!("quote work voice", work, voice, length);
        add!("quote work cue", work, capitals, before.class, before.far);
        add!("quote work last", work, capitals, tag(-1));
        add!("quote sentence", sentence, sentence_before, length);
    }
}
