//! Cuts a pasted search at blanks, brackets and quotation marks; typography is read as in morgue's
//! own language.

use super::super::{
    Error, ErrorKind, QUERY_BYTES_MAX, QuerySpan,
    lex::{is_of_figure, plain},
};

/// A piece of a pasted search, and where it was typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: QuerySpan,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// Characters that stand together.
    Word(String),
    /// What stands between quotation marks.
    Quoted(String),
    Open,
    Close,
}

impl Token {
    /// Its text when it is a word.
    pub(super) fn word(&self) -> Option<&str> {
        if let TokenKind::Word(word) = &self.kind { Some(word) } else { None }
    }

    /// Whether it is this word, in any case.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.word().is_some_and(|it| it.eq_ignore_ascii_case(word))
    }
}

/// An error that shows the place.
pub(super) fn error(text: &str, kind: ErrorKind, span: QuerySpan) -> Error {
    Error { kind, span, text: text.to_owned() }
}

/// What has no counterpart here, and what to write instead.
pub(super) fn refused(text: &str, what: impl Into<String>, hint: &'static str, span: QuerySpan) -> Error {
    error(text, ErrorKind::Dialect { what: what.into(), hint }, span)
}

/// Whether a `%` stands there that is part of no figure.
pub(super) fn has_percent(text: &str) -> bool {
    text.match_indices('%').any(|(at, sign)| !is_of_figure(&text[..at], &text[at + sign.len()..]))
}

/// The refusal of a `%` that is part of no figure: elsewhere it is an operator.
pub(super) fn percent(text: &str) -> Option<(String, &'static str)> {
    has_percent(text).then(|| ("`%`".to_owned(), "leave it out; NOT excludes, as `%` does on Westlaw"))
}

/// What to write for a word with `?` at its end, which prose has too.
pub(super) const LETTER_AT_END: &str = "`?` is one letter inside a word: write resign* for any ending";

/// Cuts the text; a comma or a semicolon parts like a blank, but in numbers.
pub(super) fn cut(text: &str) -> Result<Vec<Token>, Error> {
    let whole = QuerySpan { start: 0, end: text.len() };
    if text.len() > QUERY_BYTES_MAX {
        return Err(error(text, ErrorKind::TooLong, whole));
    }
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, plain(c))).collect();
    let byte = |at: usize| chars.get(at).map_or(text.len(), |it| it.0);
    let string = |from: usize, to: usize| -> String { chars[from..to].iter().map(|it| it.1).collect() };
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&(_, c)) = chars.get(at) {
        let from = at;
        let kind = match c {
            ' ' | ',' | ';' => {
                at += 1;
                continue;
            }
            '(' => TokenKind::Open,
            ')' => TokenKind::Close,
            '"' => {
                let length = chars[at + 1..].iter().position(|it| it.1 == '"');
                let Some(length) = length else {
                    let span = QuerySpan { start: byte(at), end: byte(at + 1) };
                    return Err(error(text, ErrorKind::UnclosedQuote, span));
                };
                at += length + 1;
                TokenKind::Quoted(string(from + 1, at))
            }
            _ => {
                while chars.get(at + 1).is_some_and(|it| !matches!(it.1, ' ' | ',' | ';' | '(' | ')' | '"')) {
                    at += 1;
                }
                TokenKind::Word(string(from, at + 1))
            }
        };
        at += 1;
        tokens.push(Token { kind, span: QuerySpan { start: byte(from), end: byte(at) } });
    }
    Ok(tokens)
}
