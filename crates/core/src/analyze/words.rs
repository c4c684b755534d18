//! The words of a text, as index, query and highlights share them; [`cutter`](super::cutter) says
//! how text is cut into them.

use super::{
    cutter::Cutter,
    word::{Word, WordRef},
};

/// Cuts `text` into its words, in order.
pub fn words(text: &str) -> impl Iterator<Item = Word> {
    let mut cutter = Cutter::<false>::new(text);
    std::iter::from_fn(move || cutter.next_word().map(WordRef::to_word))
}

/// Calls `f` with each word of `text`, in order; the fast way, which copies no word.
pub fn for_each_word(text: &str, mut f: impl FnMut(WordRef<'_>)) {
    let mut cutter = Cutter::<false>::new(text);
    while let Some(word) = cutter.next_word() {
        f(word);
    }
}

/// Cuts a pattern of a query into words as [`words`] does, but `*` and `?` count as letters and
/// stay in the forms.
pub fn pattern_words(text: &str) -> Vec<Word> {
    let mut cutter = Cutter::<true>::new(text);
    std::iter::from_fn(move || cutter.next_word().map(WordRef::to_word)).collect()
}
