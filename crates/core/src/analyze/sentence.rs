//! Tells where a sentence begins, for `w/s`: one definition for index and evaluator.
//!
//! Method: a sentence begins at a word that follows a full stop, a question or an exclamation mark
//! and is not written in lower case, unless the stop belongs to an initial (`J. Lange`) or an
//! abbreviation (`Gen. Lange`). After an abbreviation that may well end a sentence (`Inc.`, `U.S.`)
//! only a word that often opens one (`The`, `She`) does. English abbreviations; marks of all
//! scripts. It is wrong now and then, as readers are.

use crate::article::Span;

/// Abbreviations that stand before a name, a number or a further word.
const NEVER_LAST: &[&str] = &[
    "adm", "ald", "atty", "brig", "capt", "cmdr", "col", "cpl", "dr", "ft", "gen", "gov", "hon", "lt", "maj",
    "messrs", "mr", "mrs", "ms", "msgr", "mt", "pfc", "pres", "prof", "pvt", "rep", "rev", "sen", "sgt",
    "st", "supt", "vs",
];

/// Abbreviations that may end a sentence.
const SELDOM_LAST: &[&str] = &[
    "apr", "assn", "aug", "ave", "blvd", "bros", "co", "corp", "dec", "dept", "etc", "feb", "inc", "jan",
    "jr", "ltd", "mar", "no", "nov", "oct", "rd", "sep", "sept", "sr",
];

/// Words that open sentences and seldom follow an abbreviation in capitals inside one.
const OPENERS: &[&str] = &[
    "a",
    "after",
    "all",
    "although",
    "an",
    "and",
    "as",
    "asked",
    "at",
    "because",
    "before",
    "but",
    "by",
    "for",
    "he",
    "her",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "it",
    "its",
    "many",
    "meanwhile",
    "most",
    "mr",
    "mrs",
    "ms",
    "my",
    "no",
    "not",
    "now",
    "on",
    "one",
    "our",
    "she",
    "since",
    "so",
    "some",
    "still",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "to",
    "we",
    "what",
    "when",
    "where",
    "while",
    "who",
    "why",
    "with",
    "yes",
    "you",
];

/// Whether a sentence begins at `word`, the next word of `text` after `before`.
pub fn begins_sentence(text: &str, before: Span, word: Span) -> bool {
    let between = &text[before.end()..word.start()];
    let before = before.of(text);
    if between == " " && !before.ends_with('.') {
        return false;
    }
    let word = word.of(text);
    if word.starts_with(char::is_lowercase) {
        return false;
    }
    if between.contains(['!', '?', '…', '。', '！', '？', '؟', '۔', '।', '։', '።']) {
        return true;
    }
    let stop_in_word = before.ends_with('.');
    let after_stop = if stop_in_word { Some(between) } else { between.rsplit_once('.').map(|it| it.1) };
    // A comma says that the stop was that of an abbreviation.
    if !after_stop.is_some_and(|it| it.contains(char::is_whitespace) && !it.starts_with([',', ';', ':'])) {
        return false;
    }
    let is_listed = |list: &[&str], word: &str| list.iter().any(|it| it.eq_ignore_ascii_case(word));
    let is_number = before == "No" && word.starts_with(|it: char| it.is_ascii_digit());
    if is_initial(before) || is_number || is_listed(NEVER_LAST, before) {
        return false;
    }
    !(stop_in_word || is_listed(SELDOM_LAST, before)) || is_listed(OPENERS, word)
}

/// Whether it is one letter in capitals: `J. Lange`. `I` is a word.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|it| it.is_uppercase() && it != 'I') && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::words;

    /// The words at which a sentence begins, the first of all left out.
    fn openers(text: &str) -> Vec<&str> {
        let spans: Vec<Span> = words(text).map(|it| it.span).collect();
        let pairs = spans.windows(2).filter(|it| begins_sentence(text, it[0], it[1]));
        pairs.map(|it| it[1].of(text)).collect()
    }

    #[test]
    fn sentences_begin_after_their_ends() {
        for (text, expected) in [
            ("The strike ended. Talks go on.", "Talks"),
            ("“Never!” she cried. “We stay.” Nobody moved.", "We Nobody"),
            ("“Are you sure?” he asked.", ""),
            ("Is it over? 300 men wait … They know.", "300 They"),
            ("Mr. Lange met Gen. J. R. Ortiz of St. Selby.", ""),
            ("He left the U.S. The envoy stayed.", "The"),
            ("The U.S. Senate met on Nov. 3.", ""),
            ("Harbor Inc. Chairman Diaz spoke at 3.15 p.m. and left.", ""),
            ("See herald.example for No. 5 of the list.", ""),
            ("He paid 3.5 million. Half was gone.", "Half"),
            ("和平会談が始まった。次の", "次"),
            ("So do I. Then we left.", "Then"),
            ("NO DEAL. MARKETS FALL.", "MARKETS"),
            ("At 5 p.m., The Lantern went to Acme Inc., Mr. Lund said. In the U.S., They wait.", "In"),
        ] {
            assert_eq!(openers(text).join(" "), expected, "{text}");
        }
    }
}
