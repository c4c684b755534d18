//! What of the difference between two versions is wanted.

use std::ops::Range;

use crate::{
    article::{Article, Quote, QuoteKind},
    copies::{Difference, Edit, n_words, n_words_changed},
};

use super::{ChangedPart, SimilarRequest};

/// An article with its quotes.
type WithQuotes<'a> = (&'a Article, &'a [Quote]);

/// The difference without the changes that are not wanted, and how many these are; `None` if not all
/// are wanted and none is left.
pub(super) fn narrow(
    mut difference: Difference,
    [here, there]: [WithQuotes<'_>; 2],
    request: &SimilarRequest,
) -> Option<(Difference, usize)> {
    if !request.is_narrow() {
        return Some((difference, 0));
    }
    let n_changes = |it: &Difference| {
        usize::from(it.headline)
            + usize::from(it.reordered)
            + it.added.len()
            + it.cut.len()
            + it.changed.len()
    };
    let n_before = n_changes(&difference);
    let text = |of: WithQuotes<'_>, passage: usize| {
        of.0.passages().get(passage).map_or("", |it| &it.text).to_owned()
    };
    let wants = |part| request.only.is_empty() || request.only.contains(&part);
    let all = request.only.is_empty();
    let headline =
        |of: &Article| of.metadata.headline.as_ref().map(|it| it.value.clone()).unwrap_or_default();
    let (mine, theirs) = (headline(here.0), headline(there.0));
    let edits = &difference.headline_edits;
    difference.headline &= n_words_changed(edits, &mine, &theirs) >= request.words_min
        && (wants(ChangedPart::Headline)
            || wants(ChangedPart::Numbers) && changes_number(edits, &mine, &theirs));
    if !difference.headline {
        difference.headline_edits.clear();
    }
    difference.changed.retain(|it| {
        let (mine, theirs) = (text(here, it.here), text(there, it.there));
        n_words_changed(&it.edits, &mine, &theirs) >= request.words_min
            && (all
                || wants(ChangedPart::Numbers) && changes_number(&it.edits, &mine, &theirs)
                || wants(ChangedPart::Quotes)
                    && it.edits.iter().filter(|it| !it.same).any(|edit| {
                        is_quoted(here.1, it.here, &edit.here) || is_quoted(there.1, it.there, &edit.there)
                    }))
    });
    let whole = |of: WithQuotes<'_>, passage: usize| {
        let text = text(of, passage);
        n_words(&text) >= request.words_min
            && (all
                || wants(ChangedPart::Numbers) && has_number(&text)
                || wants(ChangedPart::Quotes) && is_quoted(of.1, passage, &(0..text.len())))
    };
    difference.cut.retain(|it| whole(here, *it));
    difference.added.retain(|it| whole(there, *it));
    difference.reordered = false;
    let n = n_changes(&difference);
    (n > 0).then_some((difference, n_before - n))
}

/// Whether words of a quote with marks that was said lie within these bytes of a passage.
fn is_quoted(quotes: &[Quote], passage: usize, bytes: &Range<usize>) -> bool {
    let said = quotes.iter().filter(|it| it.passage == passage && it.is_said());
    let with_marks = said.filter(|it| it.kind != QuoteKind::Indirect);
    with_marks.flat_map(|it| &it.content).any(|it| it.start() < bytes.end && bytes.start < it.end())
}

fn changes_number(edits: &[Edit], here: &str, there: &str) -> bool {
    let changed = edits.iter().filter(|it| !it.same);
    changed.into_iter().any(|it| has_number(&here[it.here.clone()]) || has_number(&there[it.there.clone()]))
}

/// Numbers in words that articles write, from small to large; `one` is mostly none.
const NUMBER_WORDS: &str = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds \
    thousand thousands million millions billion billions trillion dozen dozens half thirds quarters";

fn has_number(text: &str) -> bool {
    let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    let is = |at: Option<usize>, of: &[&str]| {
        at.and_then(|it| words.get(it)).is_some_and(|it| of.contains(&it.as_str()))
    };
    // `a third of the seats`, but `the third paper` and `the last quarter`.
    let is_part = |n: usize| {
        is(Some(n), &["third", "quarter"])
            && is(n.checked_sub(1), &["a", "one"])
            && (n + 1 == words.len() || is(Some(n + 1), &["of"]))
    };
    text.contains(|it: char| it.is_numeric())
        || words.iter().any(|it| NUMBER_WORDS.split_whitespace().any(|number| number == it))
        || (0..words.len()).any(is_part)
}
