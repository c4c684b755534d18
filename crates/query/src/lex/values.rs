//! Cuts the values of fields that take them as they stand: dates, codes, paths and addresses.

use super::{Error, ErrorKind, Field, Lexer, TokenKind};

impl Lexer<'_> {
    /// Reads what follows the field's colon: one value, several with commas, or several in
    /// brackets.
    pub(super) fn values(&mut self, field: Field) -> Result<(), Error> {
        if self.peek(0) == Some('(') {
            return self.values_in_brackets(field);
        }
        self.value(field)?;
        while self.peek(0) == Some(',') && !self.is_blank(1) {
            self.mark(TokenKind::Comma { tight: true });
            self.value(field)?;
        }
        Ok(())
    }

    /// Reads `(a, b)` or `(a OR b)`; a bracket that is left open is found by the parser.
    fn values_in_brackets(&mut self, field: Field) -> Result<(), Error> {
        self.mark(TokenKind::Open);
        let mut after_value = false;
        while let Some(c) = self.peek(0) {
            let from = self.at;
            match c {
                ' ' => self.at += 1,
                ',' => {
                    self.mark(TokenKind::Comma { tight: false });
                    after_value = false;
                }
                ')' => {
                    self.mark(TokenKind::Close);
                    return Ok(());
                }
                // `or` is also the code of a language.
                _ if self.stands("OR") || (after_value && self.stands("or")) => {
                    self.push(TokenKind::Comma { tight: false }, from, from + 2);
                    self.at += 2;
                    after_value = false;
                }
                _ if after_value || c == '(' => {
                    let to = self.value_end().max(from + 1);
                    return self.error(ErrorKind::ValuesWithoutComma(field), from, to);
                }
                _ => {
                    self.value(field)?;
                    after_value = true;
                }
            }
        }
        Ok(())
    }

    /// Reads one value as it was typed.
    fn value(&mut self, field: Field) -> Result<(), Error> {
        let from = self.at;
        let (inner, to) = if self.peek(0) == Some('"') {
            let Some(close) = self.closing_mark() else {
                return self.error(ErrorKind::UnclosedQuote, from, from + 1);
            };
            (self.span(from + 1, close), close + 1)
        } else {
            let to = self.value_end();
            (self.span(from, to), to)
        };
        let text = self.text[inner.start..inner.end].trim();
        if text.is_empty() {
            return self.error(ErrorKind::MissingValue(field), from, to);
        }
        self.at = to;
        self.push(TokenKind::Value(text.to_owned()), from, to);
        Ok(())
    }

    /// Where a value without quotation marks ends.
    fn value_end(&self) -> usize {
        self.while_at(self.at, |it| !matches!(it, ' ' | '(' | ')' | ',' | '"'))
    }

    /// Whether the word stands here, whole.
    fn stands(&self, word: &str) -> bool {
        let to = self.value_end();
        self.string(self.at, to) == word
    }
}
