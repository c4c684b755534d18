//! A unit with those beside it → its features, each a name that a person can read.

use super::{
    part::Part,
    view::{END, Traits},
};

/// Calls `take` with the parts of the name of each feature of unit `at`.
pub(super) fn features(traits: &[Traits<'_>], at: usize, mut take: impl FnMut(&[Part<'_>])) {
    macro_rules! add {
        ($name:literal $(, $part:expr)*) => {{
            const NAME: Part<'static> = Part::new($name);
            take(&[NAME, $($part),*]);
        }};
    }
    let beside = |by: isize| at.checked_add_signed(by).and_then(|it| traits.get(it));
    let word = |by: isize| beside(by).map_or(END, |it| it.word);
    let tag = |by: isize| beside(by).map_or(END, |it| it.tag);
    let ruled = |by: isize| beside(by).map_or(END, |it| it.ruled);
    let it = &traits[at];
    add!("word", it.word);
    add!("word-1", word(-1));
    add!("word+1", word(1));
    add!("word-2", word(-2));
    add!("word+2", word(2));
    add!("words-1", word(-1), it.word);
    add!("words+1", it.word, word(1));
    add!("words-2", word(-2), word(-1));
    add!("words+2", word(1), word(2));
    add!("tags", tag(-1), it.tag, tag(1));
    add!("tags-2", tag(-2), tag(-1), it.tag);
    add!("tags+2", it.tag, tag(1), tag(2));
    add!("ending", it.ending);
    add!("ending+1", beside(1).map_or(END, |it| it.ending));
    add!("ruled", ruled(-1), it.ruled, ruled(1));
    add!("ruled by", it.ruled, it.rule);
    add!("ruled tag", it.ruled, it.tag);
    add!("ruled word", it.ruled, it.word);
    add!("ruled next", it.ruled, ruled(1), tag(1));
    add!("ruled last", it.ruled, ruled(-1), tag(-1));
    add!("ruled sentence", it.ruled, it.sentence);
    add!("sentence", it.sentence, it.sentence_before);
    add!("place", it.place, it.tag, it.sentence_before);
    let (before, after) = (&it.cue_before, &it.cue_after);
    add!("before", before.class, before.far, it.tag);
    add!("before word", before.word, it.since);
    add!("before word near", before.word, before.far, it.tag);
    add!("before since", before.class, it.since, it.tag);
    add!("before since ruled", before.class, it.since, it.ruled);
    add!("before subject", before.class, before.subject, it.since);
    add!("before verbs", before.class, it.verbs, it.tag);
    add!("before break", before.class, it.last_break, it.verbs);
    add!("before breaks", before.class, it.breaks, it.verbs, it.tag);
    add!("before ends", before.word, it.last_break, it.tag);
    add!("after", after.class, after.far, it.tag);
    add!("after word", after.word, after.far);
    add!("after ruled", after.class, after.subject, it.ruled);
    add!("cues", before.class, after.class, it.ruled);
    add!("cues since", before.class, after.class, it.since);
    if it.tag.text == "quotation" {
        add!("quote", it.length, it.ruled);
        add!("quote voice", it.voice, it.length, it.ruled);
        add!("quote voice last", it.voice, it.length, tag(-1));
        add!("quote voice next", it.voice, it.length, tag(1), it.last_char);
        add!("quote voice cue", it.voice, before.class, before.far);
        add!("quote voice cue after", it.voice, after.class, after.far);
        add!("quote before two", tag(-2), tag(-1), it.voice);
        add!("quote words before", word(-2), word(-1));
        add!("quote words round", word(-1), word(1));
        add!("quote words after", word(1), word(2));
        add!("quote among", it.among, it.sentence, it.voice);
        add!("quote verbs", before.class, it.verbs, it.last_break);
        add!("quote rule", it.length, it.rule);
        add!("quote tags", tag(-1), tag(1), it.length);
        add!("quote words", word(-1), it.length);
        add!("quote next", word(1), it.length);
        add!("quote ends", it.last_char, tag(1), it.length);
        add!("quote capitals", it.capitals, it.length, tag(-1));
        add!("quote title", it.capitals, it.voice, it.length, it.last_char);
        add!("quote title ruled", it.capitals, it.voice, it.length, it.ruled);
        add!("quote title last", it.capitals, it.voice, word(-1));
        add!("quote title next", it.capitals, it.last_char, tag(1));
        add!("quote title cue", it.capitals, it.length, before.class, before.far);
        add!("quote cues", before.class, after.class, it.length);
        add!("quote before", before.word, before.far, it.length);
        add!("quote sentence", it.sentence, it.sentence_before, it.length);
    }
}
