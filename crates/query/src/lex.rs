//! Cuts a query into tokens: words, phrases, operators, brackets, fields and their values.
//!
//! Curly marks, dashes and full-width characters are read as the plain ones; spans stay in the
//! typed text. What holds no letter and is no operator (`-` between spaces, `…`, `?`) is prose and
//! gives no token.

mod operators;
mod values;

use std::borrow::Cow;

use super::{Error, ErrorKind, Field, Function, Nearness, Note, QuerySpan, Takes, suggest};
use morgue_core::analyze;

/// A token and where it was typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: QuerySpan,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// Without blanks, cut to its first and last word; `exact` when `=` stood before it.
    Word {
        text: String,
        exact: bool,
        distance: Option<u8>,
    },
    /// Between quotation marks, with blanks or a slop.
    Phrase {
        text: String,
        exact: bool,
        slop: u32,
    },
    /// The value of a field that takes its text as it stands.
    Value(String),
    /// A field's name and its colon.
    Field(Field),
    Open,
    Close,
    /// `tight` when no blank stands beside it.
    Comma {
        tight: bool,
    },
    And(Case),
    Or(Case),
    Not,
    /// `w/5`
    Near(Nearness),
    /// The name of a function; its bracket follows.
    Function(Function),
}

/// How an operator was typed: in lower case it may be a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Lower,
}

/// What a query was cut into.
pub(super) struct Lexed {
    pub(super) tokens: Vec<Token>,
    pub(super) notes: Vec<Note>,
}

/// Cuts a query into tokens.
pub(super) fn lex(text: &str) -> Result<Lexed, Error> {
    let mut chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, plain(c))).collect();
    chars.push((text.len(), ' '));
    let mut lexer = Lexer { text, chars, at: 0, tokens: Vec::new(), notes: Vec::new() };
    lexer.run()?;
    Ok(Lexed { tokens: lexer.tokens, notes: lexer.notes })
}

/// The character that a mark of typography stands for.
pub(super) fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '〝' | '〞' => '"',
        '–' | '−' | '‐' | '‑' => '-',
        '—' | '―' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ if c.is_whitespace() || c.is_control() => ' ',
        _ => c,
    }
}

/// Whether a `%` between these is one of a figure: `3.5%`, `4 % of`, but not `100%dockers`.
pub(super) fn is_of_figure(before: &str, after: &str) -> bool {
    before.trim_end().ends_with(|it: char| it.is_ascii_digit()) && !after.starts_with(char::is_alphanumeric)
}

struct Lexer<'t> {
    text: &'t str,
    /// The plain characters with their bytes in `text`, and a blank at the end.
    chars: Vec<(usize, char)>,
    /// The next character.
    at: usize,
    tokens: Vec<Token>,
    notes: Vec<Note>,
}

impl Lexer<'_> {
    fn run(&mut self) -> Result<(), Error> {
        while let Some(c) = self.peek(0) {
            let from = self.at;
            match c {
                '(' => self.mark(TokenKind::Open),
                ')' => self.mark(TokenKind::Close),
                ',' => {
                    let tight = !self.is_blank(-1) && !self.is_blank(1);
                    self.mark(TokenKind::Comma { tight });
                }
                '"' => self.phrase(false)?,
                '=' if self.peek(1) == Some('"') => {
                    self.at += 1;
                    self.phrase(true)?;
                }
                '-' if self.negates() => self.mark(TokenKind::Not),
                _ if c.is_alphanumeric() || matches!(c, '=' | '*' | '?' | '&' | '|') => self.run_of_text()?,
                _ => {
                    self.percent(self.at);
                    self.at += 1;
                }
            }
            debug_assert!(self.at > from, "each turn takes a character");
        }
        Ok(())
    }

    /// Whether a `%` stands there that is part of no figure: it is left out, and that is said.
    fn percent(&mut self, at: usize) -> bool {
        let found = self.chars[at].1 == '%'
            && !is_of_figure(&self.text[..self.byte(at)], &self.text[self.byte(at + 1)..]);
        if found {
            self.note(Note::Percent);
        }
        found
    }

    /// What stands there, with a blank for each `%` that is left out.
    fn without_percents(&mut self, from: usize, to: usize) -> String {
        (from..to).map(|at| if self.percent(at) { ' ' } else { self.chars[at].1 }).collect()
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).map(|it| it.1)
    }

    /// Whether the character so far from here is a blank or an end.
    fn is_blank(&self, offset: isize) -> bool {
        self.at.checked_add_signed(offset).and_then(|at| self.chars.get(at)).is_none_or(|it| it.1 == ' ')
    }

    fn byte(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.text.len(), |it| it.0)
    }

    fn span(&self, from: usize, to: usize) -> QuerySpan {
        QuerySpan { start: self.byte(from), end: self.byte(to) }
    }

    fn error<T>(&self, kind: ErrorKind, from: usize, to: usize) -> Result<T, Error> {
        Err(Error { kind, span: self.span(from, to), text: self.text.to_owned() })
    }

    fn push(&mut self, kind: TokenKind, from: usize, to: usize) {
        self.tokens.push(Token { kind, span: self.span(from, to) });
    }

    fn mark(&mut self, kind: TokenKind) {
        self.push(kind, self.at, self.at + 1);
        self.at += 1;
    }

    /// Whether the dash here says NOT: right before what it negates, with nothing right before
    /// itself.
    fn negates(&self) -> bool {
        let free = self.at == 0 || matches!(self.chars[self.at - 1].1, ' ' | '(' | ':' | ',');
        free && self.peek(1).is_some_and(|it| it.is_alphanumeric() || matches!(it, '"' | '(' | '=' | '*'))
    }

    fn string(&self, from: usize, to: usize) -> String {
        self.chars[from..to].iter().map(|it| it.1).collect()
    }

    /// Reads `"…"` and what is joined to its end.
    fn phrase(&mut self, exact: bool) -> Result<(), Error> {
        let from = self.at;
        let Some(close) = self.closing_mark() else {
            return self.error(ErrorKind::UnclosedQuote, from, from + 1);
        };
        let typed = self.without_percents(from + 1, close);
        // Behind `=` signs at the ends may be those of a value.
        let text = words_of(&typed).map(|it| match exact && !typed.contains(['*', '?']) {
            true => without_runs(&typed),
            false => it,
        });
        self.at = close + 1;
        let mut slop = 0;
        if self.peek(0) == Some('~') {
            let digits_from = self.at + 1;
            let to = self.while_at(digits_from, |it| it.is_ascii_digit());
            if to == digits_from {
                return self.error(ErrorKind::Slop, self.at, to);
            }
            // More words than any passage has: the same as no bound.
            slop = self.string(digits_from, to).parse().unwrap_or(u32::MAX);
            self.at = to;
        }
        let from = if exact { from - 1 } else { from };
        match text {
            None => (),
            Some(text) if slop == 0 && !text.contains(' ') => {
                self.push(TokenKind::Word { text, exact, distance: None }, from, self.at);
            }
            Some(text) => self.push(TokenKind::Phrase { text, exact, slop }, from, self.at),
        }
        Ok(())
    }

    /// Where the quotation mark that closes the one here stands.
    fn closing_mark(&self) -> Option<usize> {
        let to = self.while_at(self.at + 1, |it| it != '"');
        (to < self.chars.len()).then_some(to)
    }

    fn while_at(&self, from: usize, f: impl Fn(char) -> bool) -> usize {
        let rest = self.chars.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|it| f(it.1)).count()
    }

    /// Reads what stands together up to a blank, a bracket, a quotation mark or a comma that is no
    /// part of a number.
    fn run_of_text(&mut self) -> Result<(), Error> {
        let from = self.at;
        let is_digit = |at: usize| self.chars.get(at).is_some_and(|it| it.1.is_ascii_digit());
        let mut to = from;
        while let Some((_, c)) = self.chars.get(to) {
            let parts = matches!(c, ' ' | '(' | ')' | '"' | ';');
            let in_number = to > from && is_digit(to - 1) && is_digit(to + 1);
            if parts || (*c == ',' && !in_number) {
                break;
            }
            to += 1;
        }
        let run = self.string(from, to);
        if self.field(&run, from)? {
            return Ok(());
        }
        if let Some((name, _)) = run.strip_prefix('=').and_then(|it| it.split_once(':'))
            && Field::from_name(name).is_some()
        {
            return self.error(ErrorKind::ExactField, from, from + 1);
        }
        if self.operator_or_function(&run, from, to)? {
            return Ok(());
        }
        self.at = to;
        let run = if is_address(&run) { run } else { self.without_percents(from, to) };
        let operator = match run.as_str() {
            "AND" | "&&" => Some(TokenKind::And(Case::Upper)),
            "OR" | "||" | "|" => Some(TokenKind::Or(Case::Upper)),
            "NOT" => Some(TokenKind::Not),
            "and" => Some(TokenKind::And(Case::Lower)),
            "or" => Some(TokenKind::Or(Case::Lower)),
            _ => None,
        };
        if let Some(operator) = operator {
            self.push(operator, from, to);
            return Ok(());
        }
        self.word(&run, from, to)
    }

    /// Reads `w/5`, and `caps` and `hlead` before a bracket.
    fn operator_or_function(&mut self, run: &str, from: usize, to: usize) -> Result<bool, Error> {
        let before_bracket = self.chars[to].1 == '(';
        let before_blank = self.chars[to].1 == ' ' && self.chars.get(to + 1).is_some_and(|it| it.1 == '(');
        let kind = if let Some(nearness) = operators::near(run) {
            let Ok(nearness) = nearness else { return self.error(ErrorKind::NoDistance, from, to) };
            TokenKind::Near(nearness)
        } else if let Some(function) =
            operators::function(run).filter(|_| before_bracket || (before_blank && may_stand_apart(run)))
        {
            let Ok(function) = function else { return self.error(ErrorKind::AtLeastNone, from, to) };
            TokenKind::Function(function)
        } else if before_bracket && run.eq_ignore_ascii_case("hlead") {
            TokenKind::Field(Field::Lead)
        } else {
            if operators::is_nearly_near(run) {
                self.note(Note::NearWithoutDistance);
            }
            return Ok(false);
        };
        self.at = to;
        self.push(kind, from, to);
        Ok(true)
    }

    fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn word(&mut self, run: &str, from: usize, to: usize) -> Result<(), Error> {
        let (exact, rest) = match run.strip_prefix('=') {
            Some(rest) => (true, rest),
            None => (false, run),
        };
        let (base, edits) = match rest.rsplit_once('~') {
            Some((base, edits)) if edits.bytes().all(|it| it.is_ascii_digit()) => (base, Some(edits)),
            _ => (rest, None),
        };
        let Some(text) = words_of(base) else { return Ok(()) };
        let distance = match edits {
            None => None,
            Some("" | "1") => Some(1),
            Some("2") => Some(2),
            Some(other) => {
                let tilde = to - other.len() - 1;
                return self.error(ErrorKind::Distance(other.to_owned()), tilde, to);
            }
        };
        if distance.is_some() && (analyze::words(&text).nth(1).is_some() || text.contains(['*', '?'])) {
            return self.error(ErrorKind::EditsInPattern, from, to);
        }
        self.push(
            match text.contains(' ') {
                // Where a `%` was left out.
                true => TokenKind::Phrase { text, exact, slop: 0 },
                false => TokenKind::Word { text, exact, distance },
            },
            from,
            to,
        );
        Ok(())
    }

    /// Reads a field's name and colon at the start of `run`, and its values when it takes them as
    /// they stand.
    fn field(&mut self, run: &str, from: usize) -> Result<bool, Error> {
        let name: String = run.chars().take_while(|it| it.is_ascii_alphabetic() || *it == '_').collect();
        let after = from + name.len();
        let mark = self.chars[after].1;
        let field = Field::from_name(&name);
        if matches!(mark, '<' | '>') {
            return match field {
                // `words>800`
                Some(Field::Words) => {
                    self.at = after;
                    self.push(TokenKind::Field(Field::Words), from, after);
                    self.values(Field::Words).map(|()| true)
                }
                // `date>=2017`
                Some(Field::Date) if self.chars.get(after + 1).is_some_and(|it| it.1 == '=') => {
                    let field = if mark == '>' { Field::Since } else { Field::Until };
                    self.at = after + 2;
                    self.push(TokenKind::Field(field), from, after + 2);
                    self.values(field).map(|()| true)
                }
                Some(field) if field.takes() == Takes::Value => {
                    self.error(ErrorKind::Comparison(field), from, after + 1)
                }
                _ => Ok(false),
            };
        }
        if name.is_empty() || mark != ':' {
            return Ok(false);
        }
        let Some(field) = field else {
            self.no_field(&name, from, after)?;
            return Ok(false);
        };
        // `He said: we …`
        if self.chars.get(after + 1).is_none_or(|it| it.1 == ' ') {
            self.note(Note::FieldWithBlank);
            return Ok(false);
        }
        self.at = after + 1;
        self.push(TokenKind::Field(field), from, after + 1);
        if field.takes() == Takes::Value {
            self.values(field)?;
        }
        Ok(true)
    }

    /// Objects to `name:` when it reads as a field rather than as prose (`Exclusive: …`,
    /// `http://…`, `Re:vote`).
    fn no_field(&self, name: &str, from: usize, colon: usize) -> Result<(), Error> {
        let next = self.chars.get(colon + 1).map_or(' ', |it| it.1);
        if !next.is_alphanumeric() && !matches!(next, '"' | '(' | '=' | '*' | '<' | '>') {
            return Ok(());
        }
        let suggestion = suggest::field(name);
        let reads_as_field = name.len() > 1 && name.bytes().all(|it| it.is_ascii_lowercase() || it == b'_');
        if suggestion.is_none() && !reads_as_field {
            return Ok(());
        }
        self.error(ErrorKind::UnknownField { name: name.to_owned(), suggestion }, from, colon)
    }
}

/// The text that is looked for: [`trimmed`], and of an address without its `?`.
fn words_of(text: &str) -> Option<String> {
    trimmed(text).and_then(|it| trimmed(&of_address(&it)))
}

/// The text with one blank for each run of them, and none at its ends.
pub(super) fn without_runs(text: &str) -> String {
    text.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text without the `?` of an address: there it begins what is asked of a server, and stands
/// for no letter.
fn of_address(text: &str) -> Cow<'_, str> {
    if is_address(text) { Cow::Owned(text.replace('?', "/")) } else { Cow::Borrowed(text) }
}

fn is_address(text: &str) -> bool {
    let begins = |with: &str| text.get(..with.len()).is_some_and(|it| it.eq_ignore_ascii_case(with));
    !text.contains(' ') && (text.contains("://") || begins("www."))
}

/// Whether the text is one word without quotation marks, too.
pub(super) fn may_stand_bare(text: &str) -> bool {
    let word = TokenKind::Word { text: text.to_owned(), exact: false, distance: None };
    text != "not"
        && !may_stand_apart(text)
        && lex(text).is_ok_and(|it| it.tokens.len() == 1 && it.tokens[0].kind == word)
}

/// Whether a function of that name is one also with a blank before its bracket: `atleast3 (peace)`,
/// as no prose is written.
pub(super) fn may_stand_apart(name: &str) -> bool {
    matches!(operators::function(name), Some(Ok(Function::AtLeast(_)) | Err(())))
}

/// The text from its first word to its last; `None` when there is no letter in it. Question marks
/// at its end are prose.
pub(super) fn trimmed(text: &str) -> Option<String> {
    let mut text = text;
    loop {
        let words = analyze::pattern_words(text);
        words.iter().find(|it| it.form.chars().any(|c| !matches!(c, '*' | '?')))?;
        let cut = &text[words.first()?.span.start()..words.last()?.span.end()];
        let cut = cut.trim_end_matches('?');
        if cut.len() == text.len() {
            return Some(without_runs(text));
        }
        // What stood before a question mark may be no part of a word now: `0'?`.
        text = cut;
    }
}
