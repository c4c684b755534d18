//! What a word of a text is.

use crate::article::Span;

/// The longest form in bytes; a longer one (a line of Base64) is cut here, in text and query alike.
///
/// The longest words of running text stay under 50 bytes; 100 leaves room for scripts of three
/// bytes a letter.
pub const FORM_BYTES_MAX: usize = 100;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The bytes it stands in, without a possessive `’s` or an ending `’ll`.
    pub span: Span,
    /// Its exact form: lower case, without accents; at most [`FORM_BYTES_MAX`] bytes, never empty,
    /// no slash in it.
    pub form: String,
    /// Lower case with its accents, which most stemmers need.
    pub accented: String,
}

/// A [`Word`] lent for the time of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordRef<'a> {
    /// See [`Word::span`].
    pub span: Span,
    /// See [`Word::form`].
    pub form: &'a str,
    /// See [`Word::accented`].
    pub accented: &'a str,
    /// Whether both forms are just what the span has, in the small letters of ASCII.
    pub plain: bool,
}

/// How a word is written, in the two ways that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forms<'a> {
    /// See [`Word::form`].
    pub form: &'a str,
    /// See [`Word::accented`].
    pub accented: &'a str,
}

impl<'a> WordRef<'a> {
    /// A copy that can be kept.
    pub fn to_word(self) -> Word {
        Word { span: self.span, form: self.form.to_owned(), accented: self.accented.to_owned() }
    }

    /// How it is written.
    pub fn forms(self) -> Forms<'a> {
        Forms { form: self.form, accented: self.accented }
    }
}

impl Word {
    /// How it is written.
    pub fn forms(&self) -> Forms<'_> {
        Forms { form: &self.form, accented: &self.accented }
    }
}
