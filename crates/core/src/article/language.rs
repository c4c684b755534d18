//! The language of an article.

use std::fmt;

/// An ISO 639 language code of two or three lower-case letters: `en`, `es`, `fil`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language {
    code: [u8; 3],
}

impl Language {
    /// English.
    pub const ENGLISH: Language = Language { code: *b"en\0" };
    /// Spanish.
    pub const SPANISH: Language = Language { code: *b"es\0" };

    /// Reads a language tag, taking its primary part: `en-GB` and `en_US` are `en`.
    /// `None` when that part is not two or three letters.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.trim().split(['-', '_']).next()?;
        let letters = primary.len() == 2 || primary.len() == 3;
        (letters && primary.bytes().all(|it| it.is_ascii_alphabetic())).then(|| {
            let mut code = [0; 3];
            for (to, from) in code.iter_mut().zip(primary.bytes()) {
                *to = from.to_ascii_lowercase();
            }
            Language { code }
        })
    }

    /// The code's letters.
    pub fn code(&self) -> &str {
        let length = if self.code[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.code[..length]).expect("ASCII letters")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
