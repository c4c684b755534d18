//! Cuts a written date into its pieces.

/// A text longer than this, in bytes, is no date.
const LENGTH_MAX: usize = 120;

/// A piece of a written date.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number { value: u64, digits: usize },
    Word(String),
    Mark(char),
}

/// Cuts a text into numbers, words and marks; spaces only part them. `None` without a number: that
/// is no date.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let text = text.trim();
    if text.len() > LENGTH_MAX || !text.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    let text = text.to_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    let text = text.replace(['年', '月', '년', '월'], "-").replace(['日', '号', '일'], " ").replace('−', "-");
    let mut tokens: Vec<Token> = Vec::new();
    let mut apart = true;
    for c in text.chars() {
        match (c, tokens.last_mut()) {
            ('0'..='9', Some(Token::Number { value, digits })) if !apart => {
                *value = value.saturating_mul(10).saturating_add(u64::from(c) - u64::from('0'));
                *digits += 1;
            }
            ('0'..='9', _) => tokens.push(Token::Number { value: u64::from(c) - u64::from('0'), digits: 1 }),
            (c, Some(Token::Word(word))) if c.is_alphabetic() && !apart => word.push(c),
            (c, _) if c.is_alphabetic() => tokens.push(Token::Word(c.to_string())),
            (c, _) if c.is_whitespace() => (),
            (c, _) => tokens.push(Token::Mark(c)),
        }
        apart = c.is_whitespace();
    }
    Some(tokens)
}
