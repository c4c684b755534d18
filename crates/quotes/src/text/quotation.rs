//! Lexemes of a passage → its quotations: the stretches between quotation marks.
//!
//! Curly, angled and corner marks say themselves whether they open; straight and doubled ones (`"`,
//! `''`) are read by the characters beside them, else by turns. A quotation that no mark closes
//! ends with its passage. Single marks are told from apostrophes last, outside the double ones
//! only. What is nested inside is not reported.

use crate::{
    lexicon::Classes,
    text::lexer::{Lexeme, Shape},
};

/// What lies between one pair of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// Index of the opening mark among the lexemes.
    pub open: usize,
    /// One past the last lexeme: after the closing mark if there is one.
    pub end_lexeme: usize,
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
    /// Whether it holds a term, a title or a name, and nobody's words …
    pub term: bool,
    /// … and whether that is not sure.
    pub doubtful: bool,
}

impl Quotation {
    /// What stands between its marks, in the text of its passage.
    pub(crate) fn text<'a>(&self, passage: &'a str) -> &'a str {
        &passage[self.start..self.end]
    }

    /// Ends a quotation whose closing mark was forgotten before who said it, at the end of its
    /// passage: `“We should go, the mayor said.`
    pub(crate) fn close_before_cue(&mut self, lexemes: &[Lexeme]) {
        const WORDS_MAX: usize = 6;
        let Some((last, rest)) = lexemes.split_last().filter(|_| self.left_open) else { return };
        let comma = rest.iter().rposition(|it| it.shape == Shape::Punct).filter(|it| rest[*it].first == ',');
        let Some(comma) = comma.filter(|it| last.first == '.' && *it > self.open + 1) else { return };
        let clause = &rest[comma + 1..];
        let says = |it: &Lexeme| it.classes.any(Classes::SAY) && it.shape == Shape::Lower;
        // `…, I said.`, `…, he said.` may still be told between the marks.
        let named = |it: &[Lexeme]| {
            let opens = it.first().is_some_and(|it| {
                it.classes.any(Classes::DEFINITE)
                    || it.shape == Shape::Capital && !it.classes.any(Classes::PRONOUN | Classes::POSSESSIVE)
            });
            opens && !it.iter().any(|it| it.classes.any(Classes::OF | Classes::PRONOUN))
        };
        let reports = match clause {
            [subject @ .., verb] if says(verb) => named(subject),
            [verb, subject @ ..] if says(verb) => named(subject),
            _ => false,
        };
        if reports && clause.len() <= WORDS_MAX {
            self.end = lexemes[comma].end();
            self.end_lexeme = comma + 1;
            self.left_open = false;
        }
    }
}

/// Whether the first letter of a word is a capital.
pub(crate) fn is_capitalized(word: &str) -> bool {
    word.chars().find(|it| it.is_alphabetic()).is_some_and(char::is_uppercase)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkRole {
    Open,
    Close,
    Either,
    None,
}

/// Finds the quotations, in order and disjoint; those without a word in them are left out.
pub(crate) fn quotations(text: &str, lexemes: &[Lexeme]) -> Vec<Quotation> {
    if lexemes.first().is_some_and(|it| it.classes.any(Classes::DIALOGUE)) {
        return dialogue(text, lexemes);
    }
    let mut found = double(text, lexemes);
    if lexemes.iter().any(is_single) {
        let singles = single(text, lexemes, &found);
        found.extend(singles);
        found.sort_by_key(|it| it.start);
    }
    found.retain(|it| lexemes[it.open + 1..it.end_lexeme].iter().any(is_word));
    for it in &mut found {
        let words = lexemes[it.open + 1..it.end_lexeme].iter();
        it.inside = words.fold(Classes::NONE, |all, word| all | word.classes);
    }
    found
}

/// Quotations of a paragraph of dialogue: a dash opens it, one that leans on the next word opens
/// what the reporter puts between, and one that leans on the word before opens the rest: `—No,
/// gracias —dijo Lund—. Otro día.`
fn dialogue(text: &str, lexemes: &[Lexeme]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open = Some(0);
    for (index, lexeme) in lexemes.iter().enumerate().skip(1).filter(|it| it.1.classes.any(Classes::DIALOGUE))
    {
        let before = text[..lexeme.start()].chars().next_back();
        let after = text[lexeme.end()..].chars().next();
        let aside = before.is_some_and(char::is_whitespace) && after.is_some_and(char::is_alphanumeric);
        let back = before.is_some_and(|it| !it.is_whitespace()) && !after.is_some_and(char::is_alphanumeric);
        if aside && let Some(from) = open {
            found.extend(spoken(lexemes, from, index));
            open = None;
        } else if back && open.is_none() {
            open = Some(index);
        }
    }
    found.extend(open.and_then(|from| spoken(lexemes, from, lexemes.len())));
    found
}

/// The words of a dialogue between the dash at `open` and the lexeme `end`, without the signs
/// before them.
fn spoken(lexemes: &[Lexeme], open: usize, end: usize) -> Option<Quotation> {
    let inside = &lexemes[open + 1..end];
    let first = inside.iter().find(|it| is_word(it) || matches!(it.first, '¿' | '¡'))?;
    let last = inside.last()?;
    Some(Quotation {
        open,
        end_lexeme: end,
        start: first.start(),
        end: last.end(),
        left_open: false,
        single: false,
        inside: Classes::NONE,
        term: false,
        doubtful: false,
    })
    .filter(|_| inside.iter().any(is_word))
}

fn is_word(lexeme: &Lexeme) -> bool {
    !matches!(lexeme.shape, Shape::Mark | Shape::Punct)
}

fn is_single(lexeme: &Lexeme) -> bool {
    lexeme.shape == Shape::Mark
        && matches!(lexeme.first, '\'' | '‘' | '’' | '‚' | '‛' | '‹' | '›')
        && lexeme.end() - lexeme.start() == lexeme.first.len_utf8()
}

fn double(text: &str, lexemes: &[Lexeme]) -> Vec<Quotation> {
    let reversed = lexemes.iter().find(|it| matches!(it.first, '«' | '»')).is_some_and(|it| {
        it.first == '»' && text[it.end()..].chars().next().is_some_and(|next| !next.is_whitespace())
    });
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (index, lexeme) in lexemes.iter().enumerate() {
        let role = if lexeme.shape == Shape::Mark { role(text, lexeme, reversed) } else { MarkRole::None };
        match (open, role) {
            (None, MarkRole::Open | MarkRole::Either) => open = Some(index),
            (Some(from), MarkRole::Close | MarkRole::Either) => {
                found.push(closed(lexemes, from, index, false));
                open = None;
            }
            (Some(from), MarkRole::Open) => open = reopened(lexemes, from, index, &mut found),
            _ => (),
        }
    }
    if let Some(from) = open {
        let end = lexemes.last().map_or(0, Lexeme::end);
        found.push(Quotation {
            open: from,
            end_lexeme: lexemes.len(),
            start: lexemes[from].end(),
            end,
            left_open: true,
            single: false,
            inside: Classes::NONE,
            term: false,
            doubtful: false,
        });
    }
    found
}

/// An opening mark inside an open quotation. A straight one is mostly a closing mark set badly; a
/// curly one opens the next quotation if the words before it come to an end, and is nested
/// otherwise.
fn reopened(lexemes: &[Lexeme], from: usize, index: usize, found: &mut Vec<Quotation>) -> Option<usize> {
    let curly = matches!(lexemes[index].first, '“' | '„' | '«' | '»');
    if !curly {
        found.push(closed(lexemes, from, index, false));
        return None;
    }
    let before = lexemes[index - 1];
    if index > from + 1 && matches!(before.first, '.' | ',' | '!' | '?' | '’' | '\'') {
        found.push(Quotation { end: before.end(), end_lexeme: index, ..closed(lexemes, from, index, false) });
        return Some(index);
    }
    Some(from)
}

fn closed(lexemes: &[Lexeme], from: usize, to: usize, single: bool) -> Quotation {
    Quotation {
        open: from,
        end_lexeme: to + 1,
        start: lexemes[from].end(),
        end: lexemes[to].start(),
        left_open: false,
        single,
        inside: Classes::NONE,
        term: false,
        doubtful: false,
    }
}

fn role(text: &str, lexeme: &Lexeme, reversed: bool) -> MarkRole {
    let before = text[..lexeme.start()].chars().next_back();
    let after = text[lexeme.end()..].chars().next();
    let free_before = before.is_none_or(|it| it.is_whitespace());
    let free_after = after.is_none_or(|it| it.is_whitespace());
    match lexeme.first {
        '“' if !free_before && (free_after || matches!(after, Some('.' | ',' | ';'))) => MarkRole::Close,
        '“' | '„' | '‟' | '「' | '『' => MarkRole::Open,
        '”' | '」' | '』' => MarkRole::Close,
        '«' | '»' => {
            if (lexeme.first == '«') == reversed {
                MarkRole::Close
            } else {
                MarkRole::Open
            }
        }
        '`' if lexeme.end() - lexeme.start() == 2 => MarkRole::Open,
        '"' | '\u{ff02}' | '\'' if lexeme.first != '\'' || lexeme.end() - lexeme.start() == 2 => {
            let opens = free_before || before.is_some_and(|it| "([{-—–―/".contains(it));
            let closes = free_after || after.is_some_and(|it| ")]},.;:!?-—–―/'’".contains(it));
            match (opens, closes) {
                (true, false) => MarkRole::Open,
                (false, true) => MarkRole::Close,
                _ => MarkRole::Either,
            }
        }
        _ => MarkRole::None,
    }
}

/// Quotations between single marks, outside `double`.
fn single(text: &str, lexemes: &[Lexeme], double: &[Quotation]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    // A closing mark after a bare letter may be the apostrophe of `workers’`: kept until a better
    // one comes.
    let mut doubtful: Option<usize> = None;
    let mut covered = double.iter().peekable();
    for (index, lexeme) in lexemes.iter().enumerate() {
        while covered.next_if(|it| it.end_lexeme <= index).is_some() {}
        let outside = covered.peek().is_none_or(|it| index < it.open);
        if !outside || !is_single(lexeme) {
            continue;
        }
        let before = text[..lexeme.start()].chars().next_back();
        let after = text[lexeme.end()..].chars().next();
        if opens_single(lexeme, lexemes.get(index + 1), before, after) {
            if let (Some(from), Some(to)) = (open, doubtful) {
                found.push(closed(lexemes, from, to, true));
            }
            (open, doubtful) = (Some(index), None);
        } else if let Some(from) = open
            && closes_single(lexeme, before, after)
        {
            if before.is_some_and(|it| it == 's') {
                doubtful = doubtful.or(Some(index));
            } else {
                found.push(closed(lexemes, from, index, true));
                (open, doubtful) = (None, None);
            }
        }
    }
    if let (Some(from), Some(to)) = (open, doubtful) {
        found.push(closed(lexemes, from, to, true));
    }
    // One that reaches round a double quotation was opened by an apostrophe.
    found.retain(|it| {
        let next = double.get(double.partition_point(|other| other.end <= it.start));
        next.is_none_or(|other| it.end <= other.start)
    });
    found
}

fn opens_single(lexeme: &Lexeme, next: Option<&Lexeme>, before: Option<char>, after: Option<char>) -> bool {
    let free_before = before.is_none_or(|it| it.is_whitespace() || "([{—–-".contains(it));
    let word_after = after.is_some_and(char::is_alphabetic);
    let elision = next.is_some_and(|it| it.classes.any(Classes::ELISION));
    matches!(lexeme.first, '\'' | '‘' | '‚' | '‹') && free_before && word_after && !elision
}

fn closes_single(lexeme: &Lexeme, before: Option<char>, after: Option<char>) -> bool {
    matches!(lexeme.first, '\'' | '’' | '‘' | '›')
        && before.is_some_and(|it| !it.is_whitespace())
        && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lexicon::Lexicon, text::lexer::lexemes};

    fn inside(text: &str) -> String {
        let lexemes = lexemes(text, Lexicon::english());
        let found = quotations(text, &lexemes);
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
