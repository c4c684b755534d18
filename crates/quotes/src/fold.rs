//! Names as written → their folded form, in which they are compared: lower case, no accents, no
//! possessive, no full stops.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds one word of a name.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.bytes().filter(|it| *it != b'.').map(|it| char::from(it.to_ascii_lowercase())).collect();
    }
    word.nfkd()
        .filter(|it| !is_combining_mark(*it) && !matches!(*it, '.' | '\u{ad}'))
        .flat_map(char::to_lowercase)
        .map(|it| match it {
            '’' | '‘' | 'ʼ' => '\'',
            'ø' => 'o',
            'ł' => 'l',
            'đ' => 'd',
            'ı' => 'i',
            it => it,
        })
        .collect()
}

/// The folded words of a name; a hyphen separates words, an apostrophe is left out.
pub fn name_words(name: &str) -> Vec<String> {
    let words = name
        .split(|it: char| !it.is_alphanumeric() && !is_combining_mark(it) && !matches!(it, '\'' | '’' | '.'));
    words.map(|it| fold(it).replace('\'', "")).filter(|it| !it.is_empty()).collect()
}
