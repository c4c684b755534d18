//! The dateline of a passage, whose place is no speaker: `PUERTO ALMADRA, March 3 (CPA) —`.

use crate::text::token::{Token, TokenKind};

/// A longer beginning, in tokens, is no dateline.
const TOKENS_MAX: usize = 16;

/// How many tokens the dateline takes, its dash included; 0 when there is none.
///
/// It begins with a word of three or more letters in capitals, holds names, numbers and signs only,
/// and ends at a dash that stands apart.
pub(crate) fn length(text: &str, tokens: &[Token]) -> usize {
    let capitals = |it: &Token| {
        let word = it.text(text);
        word.chars().filter(|it| it.is_alphabetic()).count() >= 3 && !word.contains(char::is_lowercase)
    };
    if !tokens.first().is_some_and(capitals) {
        return 0;
    }
    for (at, token) in tokens.iter().enumerate().take(TOKENS_MAX) {
        let dash = ['-', '–', '—', '―'].iter().any(|it| token.is_sign(*it));
        let apart = text[..token.start()].ends_with([' ', ')'])
            && !text[token.end()..].starts_with(char::is_alphanumeric)
            || token.first != '-';
        if dash && apart {
            return at + 1;
        }
        // A word in lower case begins the story; months and weekdays are words of the calendar.
        if token.is_quote()
            || token.kind == TokenKind::Word && token.text(text).starts_with(char::is_lowercase)
        {
            return 0;
        }
    }
    0
}
