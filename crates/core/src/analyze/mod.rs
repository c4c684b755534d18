//! Cuts text into words with spans, folds and stems them: one definition for index, query and
//! highlights.
//!
//! In: the text of a passage, of a field or of a query. Out: words in order; a word's place in that
//! order is its position. Method: `cutter` cuts by rules for news text (`U.S.`, `O'Malley`, `AT&T`,
//! `1,200`), `fold` takes case and accents away, `stem` applies the Snowball stemmer of the
//! article's language. Never fails, never looks outside its argument; memory is a copy of the text
//! and a word.
//!
//! An indexed word gives two terms at its position: its *exact term*, `talks`, and its *stem term*,
//! `en/talk`. Other ways to write what stands there (`variants`) give *variant terms*: `e-mail`
//! gives `en/email/2` at the position of `e`, the 2 for its two words. No form holds a slash, so
//! these never meet: patterns over spelling (`=talks`, `talk*`, `t?lks`, `talks~1`) run over terms
//! without a slash, a plain word over stem and variant terms.

mod cutter;
mod fold;
mod marks;
mod sentence;
mod spelling;
mod stem;
mod stop;
mod variants;
mod word;
mod words;

#[cfg(test)]
mod tests;

pub use fold::{fold, is_apostrophe};
pub use marks::{Capitals, SENTENCE_MARK};
pub use sentence::begins_sentence;
pub use spelling::{Variety, other_spellings};
pub use stem::{
    STEM_MARK, Stemmer, is_stem_term, is_variant_term, n_words, query_terms, stem_prefix, stem_term,
};
pub use stop::is_stop_word;
pub use variants::{JOINED_WORDS_MAX, Spelling, Variant, Variants, joined_words, spellings};
pub use word::{FORM_BYTES_MAX, Forms, Word, WordRef};
pub use words::{for_each_word, pattern_words, words};
