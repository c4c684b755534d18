//! Two versions of a passage → which words differ.

use std::ops::Range;

use similar::{Algorithm, DiffOp};

/// A stretch of two versions of a text: the same in both, or replaced. Of a replaced one either
/// side may be empty: words were added or cut. The stretches follow each other and cover both
/// texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes in this text.
    pub here: Range<usize>,
    /// The bytes in the other.
    pub there: Range<usize>,
    /// Whether the words are the same.
    pub same: bool,
}

/// Texts of more words than this are one replaced stretch between their common beginning and end:
/// the time grows with the product of the words and of those that differ.
const WORDS_MAX: usize = 4000;

/// Compares two texts word by word. Signs are words of their own; white space does not count, nor
/// whether quotation marks and apostrophes are straight.
pub fn word_edits(here: &str, there: &str) -> Vec<Edit> {
    let (mine, theirs) = (tokens(here), tokens(there));
    let words = |tokens: &[Range<usize>], text: &'_ str| -> Vec<String> {
        tokens
            .iter()
            .map(|it| text[it.clone()].trim_end().replace(['‘', '’'], "'").replace(['“', '”'], "\""))
            .collect()
    };
    let (my_words, their_words) = (words(&mine, here), words(&theirs, there));
    let bytes = |tokens: &[Range<usize>], of: Range<usize>, text: &str| {
        let place = |at: usize| tokens.get(at).map_or(text.len(), |it| it.start);
        place(of.start)..place(of.end)
    };
    let mut edits: Vec<Edit> = Vec::new();
    for (same, of_mine, of_theirs) in stretches(&my_words, &their_words) {
        let (of_mine, of_theirs) = (bytes(&mine, of_mine, here), bytes(&theirs, of_theirs, there));
        match edits.last_mut() {
            Some(last) if last.same == same => {
                last.here.end = of_mine.end;
                last.there.end = of_theirs.end;
            }
            _ => edits.push(Edit { here: of_mine, there: of_theirs, same }),
        }
    }
    edits
}

/// How many words differ: of each replaced stretch those of the longer side.
pub fn n_words_changed(edits: &[Edit], here: &str, there: &str) -> usize {
    let changed = edits.iter().filter(|it| !it.same);
    changed.map(|it| n_words(&here[it.here.clone()]).max(n_words(&there[it.there.clone()]))).sum()
}

/// How many words a text has, signs aside.
pub fn n_words(text: &str) -> usize {
    tokens(text).iter().filter(|it| text[(*it).clone()].contains(char::is_alphanumeric)).count()
}

/// Whether each stretch is the same, and which tokens of both it has.
fn stretches(mine: &[String], theirs: &[String]) -> Vec<(bool, Range<usize>, Range<usize>)> {
    if mine.len().max(theirs.len()) <= WORDS_MAX {
        let ops = similar::capture_diff_slices(Algorithm::Myers, mine, theirs);
        return ops
            .iter()
            .map(|it| (matches!(it, DiffOp::Equal { .. }), it.old_range(), it.new_range()))
            .collect();
    }
    let begin = mine.iter().zip(theirs).take_while(|(a, b)| a == b).count();
    let rest = mine.len().min(theirs.len()) - begin;
    let end = mine.iter().rev().zip(theirs.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (mine_end, their_end) = (mine.len() - end, theirs.len() - end);
    let all = [
        (true, 0..begin, 0..begin),
        (false, begin..mine_end, begin..their_end),
        (true, mine_end..mine.len(), their_end..theirs.len()),
    ];
    all.into_iter().filter(|it| !it.1.is_empty() || !it.2.is_empty()).collect()
}

/// Words with the white space behind them; each sign that stands within no word or number is one.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            match tokens.last_mut() {
                Some(last) => last.end = start + c.len_utf8(),
                None => tokens.push(start..start + c.len_utf8()),
            }
            continue;
        }
        let mut end = start + c.len_utf8();
        while c.is_alphanumeric() {
            let rest = &text[end..];
            let mut next = rest.chars();
            match (next.next(), next.next()) {
                (Some(it), _) if it.is_alphanumeric() => end += it.len_utf8(),
                // `didn’t`, `twenty-two`, `1,200.50`.
                (Some(it), Some(after)) if "'’-.,".contains(it) && after.is_alphanumeric() => {
                    end += it.len_utf8();
                }
                _ => break,
            }
        }
        while chars.next_if(|it| it.0 < end).is_some() {}
        tokens.push(start..end);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As `[-cut-]{+added+}`, spaces left as they are.
    fn shown(here: &str, there: &str) -> String {
        let mut out = String::new();
        for Edit { here: mine, there: theirs, same } in word_edits(here, there) {
            let (mine, theirs) = (&here[mine], &there[theirs]);
            match (same, mine.is_empty(), theirs.is_empty()) {
                (true, ..) => out.push_str(theirs),
                (_, false, false) => out.push_str(&format!("[-{mine}-]{{+{theirs}+}}")),
                (_, false, true) => out.push_str(&format!("[-{mine}-]")),
                _ => out.push_str(&format!("{{+{theirs}+}}")),
            }
        }
        out
    }

    #[test]
    fn words_that_differ() {
        for (here, there, expected) in [
            ("The pier cost nine men.", "The pier cost 9 men.", "The pier cost [-nine -]{+9 +}men."),
            ("It won’t close.", "It will close, he said.", "It [-won’t -]{+will +}close{+, he said+}."),
            ("a  b", "a b", "a b"),
            ("", "new words", "{+new words+}"),
            ("\"Don't,\" she said", "“Don’t!” she said", "“Don’t[-,-]{+!+}” she said"),
            ("1,200 left", "1,300 left", "[-1,200 -]{+1,300 +}left"),
        ] {
            assert_eq!(shown(here, there), expected);
        }
        assert_eq!(n_words_changed(&word_edits("a b, c", "a d e f"), "a b, c", "a d e f"), 3);
    }

    #[test]
    fn a_text_without_end_takes_no_time_without_end() {
        let (here, there) = ("ab cd ".repeat(100_000), "cd ef ".repeat(100_000));
        assert_eq!(word_edits(&here, &there).iter().filter(|it| !it.same).count(), 1);
    }

    proptest! {
        #[test]
        fn the_stretches_give_both_texts_back(here in "[ab,. é’\"]{0,40}", there in "[ab,. é'”]{0,40}") {
            let edits = word_edits(&here, &there);
            let mine: String = edits.iter().map(|it| &here[it.here.clone()]).collect();
            let theirs: String = edits.iter().map(|it| &there[it.there.clone()]).collect();
            prop_assert_eq!((&mine, &theirs), (&here, &there));
            let plain = |it: &str| it.replace('’', "'").replace('”', "\"");
            let words = |it: &str| plain(it).split_whitespace().collect::<String>();
            for it in edits.iter().filter(|it| it.same) {
                prop_assert_eq!(words(&here[it.here.clone()]), words(&there[it.there.clone()]));
            }
        }
    }
}
