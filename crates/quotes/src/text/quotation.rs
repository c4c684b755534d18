//! Tokens of a passage → its quotations: the stretches between quotation marks.
//!
//! Curly, angled and corner marks say themselves whether they open; straight and doubled ones (`"`, `''`) are read
//! by the characters beside them, else by turns. A quotation that no mark closes ends with its passage. Single
//! marks are told from apostrophes last, outside the double ones only. What is nested inside is not reported.

use crate::{
    lexicon::Classes,
    text::lexer::{Shape, Token},
};

/// What lies between one pair of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// Index of the opening mark among the tokens.
    pub open: usize,
    /// One past the last token: after the closing mark if there is one.
    pub end_token: usize,
    /// First byte inside the marks.
    pub start: usize,
    /// One past the last byte inside.
    pub end: usize,
    /// Whether it still waits for its closing mark at the end of the passage.
    pub left_open: bool,
    /// Between single marks.
    pub single: bool,
    /// The classes of all words inside.
    pub inside: Classes,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    Either,
    None,
}

/// Finds the quotations, in order and disjoint; those without a word in them are left out.
pub(crate) fn quotations(text: &str, tokens: &[Token]) -> Vec<Quotation> {
    if tokens.first().is_some_and(|it| it.classes.any(Classes::DIALOGUE)) {
        return dialogue(text, tokens);
    }
    let mut found = double(text, tokens);
    if tokens.iter().any(is_single) {
        let singles = single(text, tokens, &found);
        found.extend(singles);
        found.sort_by_key(|it| it.start);
    }
    found.retain(|it| tokens[it.open + 1..it.end_token].iter().any(is_word));
    for it in &mut found {
        let words = tokens[it.open + 1..it.end_token].iter();
        it.inside = words.fold(Classes::NONE, |all, word| all | word.classes);
    }
    found
}

/// Quotations of a paragraph of dialogue: a dash opens it, one that leans on the next word opens what the reporter
/// puts between, and one that leans on the word before opens the rest: `—No, gracias —dijo Lund—. Otro día.`
fn dialogue(text: &str, tokens: &[Token]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open = Some(0);
    for (index, token) in tokens.iter().enumerate().skip(1).filter(|it| it.1.classes.any(Classes::DIALOGUE)) {
        let before = text[..token.start].chars().next_back();
        let after = text[token.end..].chars().next();
        let aside = before.is_some_and(char::is_whitespace) && after.is_some_and(char::is_alphanumeric);
        let back = before.is_some_and(|it| !it.is_whitespace()) && !after.is_some_and(char::is_alphanumeric);
        if aside && let Some(from) = open {
            found.extend(spoken(tokens, from, index));
            open = None;
        } else if back && open.is_none() {
            open = Some(index);
        }
    }
    found.extend(open.and_then(|from| spoken(tokens, from, tokens.len())));
    found
}

/// The words of a dialogue between the dash at `open` and the token `end`, without the signs before them.
fn spoken(tokens: &[Token], open: usize, end: usize) -> Option<Quotation> {
    let inside = &tokens[open + 1..end];
    let first = inside.iter().find(|it| is_word(it) || matches!(it.first, '¿' | '¡'))?;
    let last = inside.last()?;
    Some(Quotation {
        open,
        end_token: end,
        start: first.start,
        end: last.end,
        left_open: false,
        single: false,
        inside: Classes::NONE,
    })
    .filter(|_| inside.iter().any(is_word))
}

fn is_word(token: &Token) -> bool {
    !matches!(token.shape, Shape::Mark | Shape::Punct)
}

fn is_single(token: &Token) -> bool {
    token.shape == Shape::Mark
        && matches!(token.first, '\'' | '‘' | '’' | '‚' | '‛' | '‹' | '›')
        && token.end - token.start == token.first.len_utf8()
}

fn double(text: &str, tokens: &[Token]) -> Vec<Quotation> {
    let reversed = tokens.iter().find(|it| matches!(it.first, '«' | '»')).is_some_and(|it| {
        it.first == '»' && text[it.end..].chars().next().is_some_and(|next| !next.is_whitespace())
    });
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (index, token) in tokens.iter().enumerate() {
        let role = if token.shape == Shape::Mark { role(text, token, reversed) } else { Role::None };
        match (open, role) {
            (None, Role::Open | Role::Either) => open = Some(index),
            (Some(from), Role::Close | Role::Either) => {
                found.push(closed(tokens, from, index, false));
                open = None;
            }
            (Some(from), Role::Open) => open = reopened(tokens, from, index, &mut found),
            _ => (),
        }
    }
    if let Some(from) = open {
        let end = tokens.last().map_or(0, |it| it.end);
        found.push(Quotation {
            open: from,
            end_token: tokens.len(),
            start: tokens[from].end,
            end,
            left_open: true,
            single: false,
            inside: Classes::NONE,
        });
    }
    found
}

/// An opening mark inside an open quotation. A straight one is mostly a closing mark set badly; a curly one opens
/// the next quotation if the words before it come to an end, and is nested otherwise.
fn reopened(tokens: &[Token], from: usize, index: usize, found: &mut Vec<Quotation>) -> Option<usize> {
    let curly = matches!(tokens[index].first, '“' | '„' | '«' | '»');
    if !curly {
        found.push(closed(tokens, from, index, false));
        return None;
    }
    let before = tokens[index - 1];
    if index > from + 1 && matches!(before.first, '.' | ',' | '!' | '?' | '’' | '\'') {
        found.push(Quotation { end: before.end, end_token: index, ..closed(tokens, from, index, false) });
        return Some(index);
    }
    Some(from)
}

fn closed(tokens: &[Token], from: usize, to: usize, single: bool) -> Quotation {
    Quotation {
        open: from,
        end_token: to + 1,
        start: tokens[from].end,
        end: tokens[to].start,
        left_open: false,
        single,
        inside: Classes::NONE,
    }
}

fn role(text: &str, token: &Token, reversed: bool) -> Role {
    let before = text[..token.start].chars().next_back();
    let after = text[token.end..].chars().next();
    let free_before = before.is_none_or(|it| it.is_whitespace());
    let free_after = after.is_none_or(|it| it.is_whitespace());
    match token.first {
        '“' if !free_before && (free_after || matches!(after, Some('.' | ',' | ';'))) => Role::Close,
        '“' | '„' | '‟' | '「' | '『' => Role::Open,
        '”' | '」' | '』' => Role::Close,
        '«' | '»' => {
            if (token.first == '«') == reversed {
                Role::Close
            } else {
                Role::Open
            }
        }
        '`' if token.end - token.start == 2 => Role::Open,
        '"' | '\u{ff02}' | '\'' if token.first != '\'' || token.end - token.start == 2 => {
            let opens = free_before || before.is_some_and(|it| "([{-—–―/".contains(it));
            let closes = free_after || after.is_some_and(|it| ")]},.;:!?-—–―/'’".contains(it));
            match (opens, closes) {
                (true, false) => Role::Open,
                (false, true) => Role::Close,
                _ => Role::Either,
            }
        }
        _ => Role::None,
    }
}

/// Quotations between single marks, outside `double`.
fn single(text: &str, tokens: &[Token], double: &[Quotation]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    // A closing mark after a bare letter may be the apostrophe of `workers’`: kept until a better one comes.
    let mut doubtful: Option<usize> = None;
    let mut covered = double.iter().peekable();
    for (index, token) in tokens.iter().enumerate() {
        while covered.next_if(|it| it.end_token <= index).is_some() {}
        let outside = covered.peek().is_none_or(|it| index < it.open);
        if !outside || !is_single(token) {
            continue;
        }
        let before = text[..token.start].chars().next_back();
        let after = text[token.end..].chars().next();
        if opens_single(token, tokens.get(index + 1), before, after) {
            if let (Some(from), Some(to)) = (open, doubtful) {
                found.push(closed(tokens, from, to, true));
            }
            (open, doubtful) = (Some(index), None);
        } else if let Some(from) = open
            && closes_single(token, before, after)
        {
            if before.is_some_and(|it| it == 's') {
                doubtful = doubtful.or(Some(index));
            } else {
                found.push(closed(tokens, from, index, true));
                (open, doubtful) = (None, None);
            }
        }
    }
    if let (Some(from), Some(to)) = (open, doubtful) {
        found.push(closed(tokens, from, to, true));
    }
    // One that reaches round a double quotation was opened by an apostrophe.
    found.retain(|it| !double.iter().any(|other| it.start < other.end && other.start < it.end));
    found
}

fn opens_single(token: &Token, next: Option<&Token>, before: Option<char>, after: Option<char>) -> bool {
    let free_before = before.is_none_or(|it| it.is_whitespace() || "([{—–-".contains(it));
    let word_after = after.is_some_and(char::is_alphabetic);
    let elision = next.is_some_and(|it| it.classes.any(Classes::ELISION));
    matches!(token.first, '\'' | '‘' | '‚' | '‹') && free_before && word_after && !elision
}

fn closes_single(token: &Token, before: Option<char>, after: Option<char>) -> bool {
    matches!(token.first, '\'' | '’' | '‘' | '›')
        && before.is_some_and(|it| !it.is_whitespace())
        && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lexicon::Lexicon, text::lexer::tokens};

    fn inside(text: &str) -> String {
        let tokens = tokens(text, Lexicon::english());
        let found = quotations(text, &tokens);
        found.iter().map(|it| text[it.start..it.end].to_owned()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn every_kind_of_marks_is_read() {
        for (text, expected) in [
            ("“We won,” she said, “at last.”", "We won,|at last."),
            ("\"We won,\" she said, \"at last.\"", "We won,|at last."),
            ("''We won,'' she said. ``At last.''", "We won,|At last."),
            ("‘We won,’ she said. ‘It’s the workers’ day.’", "We won,|It’s the workers’ day."),
            ("'We won,' she said.", "We won,"),
            ("« Nous avons gagné », dit-elle.", " Nous avons gagné "),
            ("»Wir haben gewonnen«, sagte sie.", "Wir haben gewonnen"),
            ("„Wir haben gewonnen“, sagte sie.", "Wir haben gewonnen"),
            ("「勝った」と彼女は言った。", "勝った"),
            ("“She told me ‘never’ and left,” he said.", "She told me ‘never’ and left,"),
            ("“It goes on into the next paragraph.", "It goes on into the next paragraph."),
            ("The workers' union and the miners' union met.", ""),
            ("Rock 'n' roll in the '90s", ""),
            ("A 6'2\" man", ""),
        ] {
            assert_eq!(inside(text), expected, "{text}");
        }
    }
}
