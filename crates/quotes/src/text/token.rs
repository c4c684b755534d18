//! The tokens of masked sentences: words and signs outside quotation marks, and whole quotations.

use std::ops::Range;

use crate::{
    lexicon::{Classes, any},
    text::lexer::{Offset, offset},
    work,
};

/// A word or sign outside quotation marks, or a whole quotation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    start: Offset,
    end: Offset,
    pub kind: TokenKind,
    /// Its classes; none for a quotation.
    pub classes: Classes,
    /// Its first character.
    pub first: char,
    /// Whether it is a quotation that ends in a stop or comma.
    pub closes: bool,
    /// Whether it is a word of two letters or more, all capitals and no full stops: `MP`, `ABC`.
    pub upper: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A word that is no name.
    Word,
    /// A capitalized word that may be part of a name.
    Name,
    /// A number.
    Number,
    /// The end of a contraction.
    Clitic,
    /// A sign.
    Punct,
    /// The quotation of that index.
    Quote(Offset),
}

impl Token {
    /// A token of those bytes.
    pub(crate) fn new(bytes: Range<usize>, kind: TokenKind, classes: Classes, first: char) -> Token {
        Token {
            start: offset(bytes.start),
            end: offset(bytes.end),
            kind,
            classes,
            first,
            closes: false,
            upper: false,
        }
    }

    /// First byte in the passage, of a quotation its opening mark.
    pub(crate) fn start(&self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub(crate) fn end(&self) -> usize {
        self.end as usize
    }

    /// Its text in that of its passage.
    pub(crate) fn text<'a>(&self, passage: &'a str) -> &'a str {
        &passage[self.start()..self.end()]
    }

    /// Whether it is a word, name, number or clitic.
    pub(crate) fn is_word(&self) -> bool {
        work::step();
        !matches!(self.kind, TokenKind::Punct | TokenKind::Quote(_))
    }

    /// Whether it is a quotation.
    pub(crate) fn is_quote(&self) -> bool {
        work::step();
        matches!(self.kind, TokenKind::Quote(_))
    }

    /// Whether it is a name word.
    pub(crate) fn is_name(&self) -> bool {
        work::step();
        self.kind == TokenKind::Name
    }

    /// Whether it is that sign.
    pub(crate) fn is_sign(&self, sign: char) -> bool {
        work::step();
        self.kind == TokenKind::Punct && self.first == sign
    }

    /// Whether it is a comma or dash, which set a phrase apart.
    pub(crate) fn sets_apart(&self) -> bool {
        work::step();
        self.kind == TokenKind::Punct && matches!(self.first, ',' | '-' | '—' | '–' | '(' | ')' | '―')
    }

    /// Whether it ends a sentence, outside quotation marks.
    pub(crate) fn ends_sentence(&self) -> bool {
        work::step();
        self.kind == TokenKind::Punct && matches!(self.first, '.' | '?' | '!' | '…' | '。')
    }

    /// Whether it is a small word that may stand inside a name after `before`: one that joins nouns
    /// too (`de`) only behind a name.
    pub(crate) fn is_particle(&self, before: Option<&Token>) -> bool {
        self.is(Classes::PARTICLE) && (!self.is(Classes::GENITIVE) || before.is_some_and(Token::is_name))
    }

    /// Whether a name, or a particle of one, may go on with it.
    pub(crate) fn in_name(&self) -> bool {
        self.is_name() || self.is(Classes::PARTICLE)
    }

    /// Makes a surname of it: whatever else the word means, it does not mean here.
    pub(crate) fn make_surname(&mut self) {
        let kept = any!(GIVEN | SURNAME | SUFFIX | HE | SHE | FAMILIES);
        let given = self.classes.any(Classes::GIVEN);
        self.kind = TokenKind::Name;
        self.classes = self.classes.only(if given { kept } else { Classes::SURNAME });
    }

    /// Whether it has any of the classes and is a word, not a name.
    pub(crate) fn is(&self, classes: Classes) -> bool {
        work::step();
        self.classes.any(classes) && !matches!(self.kind, TokenKind::Name)
    }
}
