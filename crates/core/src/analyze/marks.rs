//! What the index notes of a word beside its form and stem: whether it has capital letters, whether
//! it opens a sentence.
//!
//! A mark is a term at the word's position. It holds a slash, as stem terms do, so no form is ever
//! taken for one.

/// The mark of a word at which a new sentence begins; the first word of a text has none.
pub const SENTENCE_MARK: &str = "/sentence";

/// How a word is written, for `caps()` and its like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capitals {
    /// Without capital letters: `strike`, `300`.
    None,
    /// With one at least, but not all: `Strike`, `McCain`.
    Some,
    /// All its letters are capital: `STRIKE`, `U.S.`, `A`.
    All,
}

impl Capitals {
    /// What the text of a word has.
    pub fn of(word: &str) -> Capitals {
        let is_capital = |it: char| it.is_uppercase() || (it.is_alphabetic() && it.to_lowercase().ne([it]));
        if !word.chars().any(is_capital) {
            Capitals::None
        } else if word.chars().any(|it| it.is_alphabetic() && !is_capital(it)) {
            Capitals::Some
        } else {
            Capitals::All
        }
    }

    /// The term that marks it in an index; a word without capital letters has none.
    pub fn mark(self) -> Option<&'static str> {
        match self {
            Capitals::None => None,
            Capitals::Some => Some("/capital"),
            Capitals::All => Some("/capitals"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capital_letters_of_a_word() {
        for (word, capitals) in [
            ("strike", Capitals::None),
            ("300", Capitals::None),
            ("東", Capitals::None),
            ("Strike", Capitals::Some),
            ("McCain", Capitals::Some),
            ("éÉ", Capitals::Some),
            ("U.S.", Capitals::All),
            ("A", Capitals::All),
            ("3M", Capitals::All),
            ("AT&T", Capitals::All),
        ] {
            assert_eq!(Capitals::of(word), capitals, "{word}");
        }
    }
}
