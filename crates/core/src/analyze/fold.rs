//! Takes away from a word what spelling varies in: case, accents, widths, ligatures, letter
//! variants.
//!
//! Method: compatibility decomposition (NFKD, Unicode Annex 15), lower case, the accents of Latin,
//! Greek, Cyrillic, Hebrew and Arabic dropped, letters that Unicode does not decompose mapped by
//! hand, and composed again (NFC), so that Hangul and kana keep their syllables. Vowel signs of
//! Indic scripts are letters of the word and stay.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds a text without cutting it into words: what is no letter, digit or mark is kept as it
/// stands.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text.chars(), &mut folded);
    folded
}

/// Appends the folded characters.
pub(super) fn fold_into(chars: impl Iterator<Item = char>, to: &mut String) {
    to.extend(chars.nfkd().flat_map(char::to_lowercase).filter(|it| !is_accent(*it)).flat_map(letters).nfc());
}

/// Appends the characters in lower case and composed, accents kept.
pub(super) fn lower_into(chars: impl Iterator<Item = char>, to: &mut String) {
    to.extend(chars.nfkc().flat_map(char::to_lowercase).nfc());
}

/// Whether it is written for an apostrophe: `'`, `’`, and what keyboards and scans put there.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2bb}' | '\u{2bc}' | '\u{ff07}')
}

/// Invisible characters inside words: soft hyphen, the joiners of Persian, word joiner, byte order
/// mark.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether a word that has begun goes on with it.
pub(super) fn is_part_of_word(c: char) -> bool {
    (c.is_alphanumeric() && !is_apostrophe(c)) || is_combining_mark(c) || is_joiner(c)
}

/// Whether it belongs to a script written without spaces, where each character is taken as a word.
pub(super) fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}'           // Thai, Lao
        | '\u{1000}'..='\u{109f}'       // Burmese
        | '\u{1780}'..='\u{17ff}'       // Khmer
        | '\u{3005}'..='\u{3007}'       // ideographic iteration mark, zero
        | '\u{3040}'..='\u{30ff}'       // kana
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'       // ideographs
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'       // half-width kana
        | '\u{20000}'..='\u{3ffff}')
}

/// Marks that spelling leaves out or varies in.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}')
}

/// What a letter that Unicode leaves whole is written as.
fn letters(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'þ' => ('t', Some('h')),
        'ø' => ('o', None),
        'ð' | 'đ' => ('d', None),
        'ł' => ('l', None),
        'ħ' => ('h', None),
        'ı' => ('i', None),
        'ς' => ('σ', None),
        'ٱ' => ('ا', None),
        'ى' | 'ی' => ('ي', None),
        'ة' | 'ہ' | 'ھ' | 'ە' => ('ه', None),
        'ک' => ('ك', None),
        '٠'..='٩' => (digit(c, '٠'), None),
        '۰'..='۹' => (digit(c, '۰'), None),
        // `½` and `⑴` decompose with marks that would part words.
        '(' | ')' | '/' | ' ' => return [None, None].into_iter().flatten(),
        _ => (c, None),
    };
    [Some(first), second].into_iter().flatten()
}

/// The ASCII digit of the same value, in a row of digits that begins at `zero`.
fn digit(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}
