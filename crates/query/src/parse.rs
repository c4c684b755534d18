//! Tokens to tree, by recursive descent: `OR` loosest, then `AND` or nothing, then `NOT`, then
//! proximity, then fields, functions and brackets.
//!
//! Depth is bounded, so no query exhausts the stack.

use super::{
    Error, ErrorKind, Field, Function, Nearness, Node, NodeKind, Note, Query, QuerySpan, Takes,
    lex::{Case, Lexed, Token, TokenKind, lex},
};

/// The longest query in bytes: some 200 lines, more than anyone types and less than a pasted book.
pub const QUERY_BYTES_MAX: usize = 8 * 1024;

/// The deepest nesting of brackets, fields and negations; far within a thread's 2 MB of stack.
pub const DEPTH_MAX: usize = 64;

/// Reads a query as typed.
///
/// Ordinary prose is always a query; what looks like an operator or a field and is none is an
/// [`Error`].
pub fn parse(text: &str) -> Result<Query, Error> {
    parse_with(text, |it| it)
}

/// Reads a query as typed by somebody who looks for any of its words: `and`, `or` and `not` in
/// small letters are words too, and a mark or bracket without its other half is left out.
pub fn parse_words(text: &str) -> Result<Query, Error> {
    let mut read = text.to_owned();
    for _ in 0..STRAY_MAX {
        let stray = match parse_words_whole(&read) {
            Ok(mut query) => {
                if read != text {
                    query.notes.push(Note::StrayMark);
                }
                return Ok(Query { text: text.to_owned(), ..query });
            }
            Err(error) if is_of_half(&error.kind) => error.span.start,
            Err(error) => return Err(Error { text: text.to_owned(), ..error }),
        };
        let Some(mark) = read.get(stray..).and_then(|it| it.chars().next()) else { break };
        read.replace_range(stray..stray + mark.len_utf8(), &" ".repeat(mark.len_utf8()));
    }
    parse_words_whole(text)
}

/// So many marks without their other half are left out of prose.
const STRAY_MAX: usize = 16;

/// So many words beside a single operator may be a headline; fewer are a query.
const HEADLINE_WORDS_MIN: usize = 4;

fn is_of_half(kind: &ErrorKind) -> bool {
    matches!(kind, ErrorKind::UnclosedQuote | ErrorKind::UnclosedBracket | ErrorKind::StrayBracket)
}

fn parse_words_whole(text: &str) -> Result<Query, Error> {
    let word = |text: &str| TokenKind::Word { text: text.to_owned(), exact: false, distance: None };
    parse_with(text, |it| match it {
        TokenKind::And(Case::Lower) => word("and"),
        TokenKind::Or(Case::Lower) => word("or"),
        other => other,
    })
}

fn parse_with(text: &str, read: impl Fn(TokenKind) -> TokenKind) -> Result<Query, Error> {
    let whole = QuerySpan { start: 0, end: text.len() };
    let error = |kind| Err(Error { kind, span: whole, text: text.to_owned() });
    if text.len() > QUERY_BYTES_MAX {
        return error(ErrorKind::TooLong);
    }
    let Lexed { tokens, notes } = lex(text)?;
    let tokens = tokens.into_iter().map(|it| Token { kind: read(it.kind), ..it }).collect();
    let mut parser = Parser { text, tokens, at: 0, depth: 0, notes };
    if parser.may_be_headline() {
        parser.note(Note::CapitalOperator);
    }
    let root = parser.any_of(Inside::Nothing)?;
    if let Some(stray) = parser.tokens.get(parser.at) {
        return parser.error(ErrorKind::StrayBracket, stray.span);
    }
    match root {
        None => error(ErrorKind::Empty),
        Some(root) => Ok(Query { text: text.to_owned(), root, notes: parser.notes }),
    }
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// The next token.
    at: usize,
    depth: usize,
    notes: Vec<Note>,
}

/// Where an expression stands: inside the brackets of a field, commas mean OR and no field may
/// stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Nothing,
    Field,
}

impl Parser<'_> {
    fn error<T>(&self, kind: ErrorKind, span: QuerySpan) -> Result<T, Error> {
        Err(Error { kind, span, text: self.text.to_owned() })
    }

    fn kind(&self, at: usize) -> Option<&TokenKind> {
        self.tokens.get(at).map(|it| &it.kind)
    }

    fn peek(&self) -> Option<TokenKind> {
        self.kind(self.at).cloned()
    }

    /// The next token, which there is.
    fn bump(&mut self) -> QuerySpan {
        self.at += 1;
        self.tokens[self.at - 1].span
    }

    fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Whether there are only words, more than a few, with one operator in capitals among them.
    fn may_be_headline(&self) -> bool {
        let is_word = |it: &&Token| matches!(it.kind, TokenKind::Word { exact: false, distance: None, .. });
        let is_capital = |it: &&Token| {
            matches!(it.kind, TokenKind::And(Case::Upper) | TokenKind::Or(Case::Upper) | TokenKind::Not)
                && self.text[it.span.start..it.span.end].starts_with(char::is_alphabetic)
        };
        let n_words = self.tokens.iter().filter(is_word).count();
        n_words >= HEADLINE_WORDS_MIN
            && self.tokens.iter().filter(is_capital).count() == 1
            && n_words + 1 == self.tokens.len()
    }

    /// Alternatives with `OR`, and inside a field with commas.
    fn any_of(&mut self, inside: Inside) -> Result<Option<Node>, Error> {
        let mut branches: Vec<Node> = Vec::new();
        let mut pending: Option<QuerySpan> = None;
        let (mut has_or, mut has_bare_and) = (false, false);
        loop {
            let from = self.at;
            match self.all_of(inside, pending.is_some())? {
                Some(branch) => {
                    has_bare_and |= matches!(branch.kind, NodeKind::And(_)) && !self.is_bracketed(from);
                    branches.push(branch);
                }
                None => {
                    if let Some(operator) = pending {
                        return self.missing_operand(operator);
                    }
                }
            }
            match self.kind(self.at) {
                Some(TokenKind::Or(case)) => {
                    if branches.is_empty() {
                        return self.missing_operand(self.tokens[self.at].span);
                    }
                    if *case == Case::Lower {
                        self.note(Note::LowerCaseOperator);
                    }
                    has_or = true;
                    pending = Some(self.bump());
                }
                Some(TokenKind::Comma { .. }) => {
                    pending = None;
                    self.bump();
                }
                _ => break,
            }
        }
        if has_or && has_bare_and {
            self.note(Note::MixedAndOr);
        }
        Ok(joined(branches, NodeKind::Or))
    }

    /// Whether the expression read since `from` is one pair of brackets.
    fn is_bracketed(&self, from: usize) -> bool {
        let mut depth = 0_usize;
        for at in from..self.at {
            match self.kind(at) {
                Some(TokenKind::Open) => depth += 1,
                Some(TokenKind::Close) => depth = depth.saturating_sub(1),
                _ => (),
            }
            if depth == 0 {
                return at + 1 == self.at;
            }
        }
        false
    }

    /// Operands side by side or with `AND`; `None` when there is none here.
    fn all_of(&mut self, inside: Inside, after_operator: bool) -> Result<Option<Node>, Error> {
        let mut operands: Vec<Node> = Vec::new();
        let mut pending: Option<QuerySpan> = None;
        let mut after_operator = after_operator;
        while let Some(token) = self.peek() {
            let joins = !operands.is_empty() && self.begins_operand(self.at + 1);
            match token {
                TokenKind::Close => break,
                TokenKind::Comma { .. } if inside == Inside::Field => break,
                TokenKind::Comma { .. } => {
                    self.bump();
                    continue;
                }
                TokenKind::Or(Case::Upper) => break,
                TokenKind::Or(Case::Lower) if joins => break,
                TokenKind::And(Case::Upper) => {
                    let span = self.tokens[self.at].span;
                    if operands.is_empty() || pending.is_some() {
                        return self.missing_operand(span);
                    }
                    pending = Some(self.bump());
                    after_operator = true;
                    continue;
                }
                TokenKind::And(Case::Lower) if joins && pending.is_none() => {
                    self.note(Note::LowerCaseOperator);
                    pending = Some(self.bump());
                    after_operator = true;
                    continue;
                }
                _ => (),
            }
            if let Some(operand) = self.operand(inside, after_operator)? {
                operands.push(operand);
                pending = None;
            }
            after_operator = false;
        }
        if let Some(operator) = pending {
            return self.missing_operand(operator);
        }
        Ok(joined(operands, NodeKind::And))
    }

    fn missing_operand<T>(&self, operator: QuerySpan) -> Result<T, Error> {
        let typed = self.text[operator.start..operator.end].to_owned();
        self.error(ErrorKind::MissingOperand(typed), operator)
    }

    /// Whether an operand begins at the token; a lower-case operator there would be one too many.
    fn begins_operand(&self, at: usize) -> bool {
        matches!(
            self.kind(at),
            Some(
                TokenKind::Word { .. }
                    | TokenKind::Phrase { .. }
                    | TokenKind::Field(_)
                    | TokenKind::Function(_)
                    | TokenKind::Open
                    | TokenKind::Not
            )
        )
    }

    /// Whether the lower-case word `not` stands here as an operator: after another one, before an
    /// operand.
    fn is_lower_not(&self, after_operator: bool) -> bool {
        let is_not = matches!(
            self.kind(self.at),
            Some(TokenKind::Word { text, exact: false, distance: None }) if text == "not"
        );
        let span = self.tokens[self.at].span;
        let is_bare = self.text.get(span.start..span.end) == Some("not");
        after_operator && is_not && is_bare && self.begins_operand(self.at + 1)
    }

    /// A negated or plain operand; `None` when it is nothing but prose, as `()`.
    fn operand(&mut self, inside: Inside, after_operator: bool) -> Result<Option<Node>, Error> {
        let lower_not = self.is_lower_not(after_operator);
        if !lower_not && self.kind(self.at) != Some(&TokenKind::Not) {
            return self.near(inside);
        }
        if lower_not {
            self.note(Note::LowerCaseOperator);
        }
        let operator = self.bump();
        let inner = if self.begins_operand(self.at) || self.is_lower_operator_word() {
            self.nested(operator, |it| it.operand(inside, false))?
        } else {
            None
        };
        let Some(inner) = inner else { return self.missing_operand(operator) };
        let span = QuerySpan { start: operator.start, end: inner.span.end };
        Ok(Some(Node { span, kind: NodeKind::Not(Box::new(inner)) }))
    }

    /// Operands with operators of proximity between them, grouped from the left.
    fn near(&mut self, inside: Inside) -> Result<Option<Node>, Error> {
        let Some(mut left) = self.primary(inside)? else { return Ok(None) };
        let mut depth = self.depth;
        while let Some((nearness, negated)) = self.near_operator() {
            if negated {
                self.bump();
            }
            let operator = self.bump();
            depth += 1;
            if depth > DEPTH_MAX {
                return self.error(ErrorKind::TooDeep, operator);
            }
            let due = self.begins_operand(self.at) || self.is_lower_operator_word();
            let is_not = self.kind(self.at) == Some(&TokenKind::Not);
            let right = if due && !is_not { self.primary(inside)? } else { None };
            let Some(right) = right else { return self.missing_operand(operator) };
            let span = QuerySpan { start: left.span.start, end: right.span.end };
            let (left_node, right) = (Box::new(left), Box::new(right));
            left = Node { span, kind: NodeKind::Near { left: left_node, right, nearness, negated } };
        }
        Ok(Some(left))
    }

    /// The operator of proximity that stands here, and whether `NOT` stands before it.
    fn near_operator(&self) -> Option<(Nearness, bool)> {
        let near =
            |at| if let Some(TokenKind::Near(nearness)) = self.kind(at) { Some(*nearness) } else { None };
        if let Some(nearness) = near(self.at) {
            return Some((nearness, false));
        }
        let is_not = self.kind(self.at) == Some(&TokenKind::Not)
            || self
                .tokens
                .get(self.at)
                .is_some_and(|it| self.text.get(it.span.start..it.span.end) == Some("not"));
        near(self.at + 1).filter(|_| is_not).map(|it| (it, true))
    }

    /// Whether a lower-case `and` or `or` stands here: where an operand is due, it is a word.
    fn is_lower_operator_word(&self) -> bool {
        matches!(self.kind(self.at), Some(TokenKind::And(Case::Lower) | TokenKind::Or(Case::Lower)))
    }

    fn nested<T>(
        &mut self,
        span: QuerySpan,
        f: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if self.depth == DEPTH_MAX {
            return self.error(ErrorKind::TooDeep, span);
        }
        self.depth += 1;
        let result = f(self);
        self.depth -= 1;
        result
    }

    /// A word, phrase, bracket or field. The caller has seen a token that is no comma and no
    /// closing bracket.
    fn primary(&mut self, inside: Inside) -> Result<Option<Node>, Error> {
        let Some(token) = self.peek() else { return Ok(None) };
        let span = self.bump();
        let kind = match token {
            TokenKind::Word { text, exact, distance } => NodeKind::Word { text, exact, distance },
            TokenKind::Phrase { text, exact, slop } => NodeKind::Phrase { text, exact, slop },
            TokenKind::Value(text) => NodeKind::Value(text),
            TokenKind::And(_) | TokenKind::Or(_) => {
                let text = self.text[span.start..span.end].to_owned();
                NodeKind::Word { text, exact: false, distance: None }
            }
            TokenKind::Open => return self.brackets(span, inside),
            TokenKind::Field(field) => {
                if inside == Inside::Field {
                    return self.error(ErrorKind::NestedField(field), span);
                }
                return self.nested(span, |it| it.field(field, span)).map(Some);
            }
            TokenKind::Function(function) => {
                return self.nested(span, |it| it.function(function, span, inside)).map(Some);
            }
            TokenKind::Near(_) => return self.missing_operand(span),
            TokenKind::Close | TokenKind::Comma { .. } | TokenKind::Not => return Ok(None),
        };
        Ok(Some(Node { span, kind }))
    }

    fn brackets(&mut self, open: QuerySpan, inside: Inside) -> Result<Option<Node>, Error> {
        let inner = self.nested(open, |it| it.any_of(inside))?;
        if self.kind(self.at) != Some(&TokenKind::Close) {
            return self.error(ErrorKind::UnclosedBracket, open);
        }
        let close = self.bump();
        let span = QuerySpan { start: open.start, end: close.end };
        Ok(inner.map(|it| match it.kind {
            NodeKind::Field { field, .. } if field.is_of_quotes() => {
                Node { span, kind: NodeKind::Group(Box::new(it)) }
            }
            kind => Node { span, kind },
        }))
    }

    /// One value of a field, negated or not; no operator joins it without brackets.
    fn field_value(&mut self) -> Result<Option<Node>, Error> {
        if self.kind(self.at) != Some(&TokenKind::Not) {
            return self.primary(Inside::Field);
        }
        let operator = self.bump();
        let due = self.begins_operand(self.at) || self.is_lower_operator_word();
        let inner = if due { self.nested(operator, Self::field_value)? } else { None };
        let Some(inner) = inner else { return self.missing_operand(operator) };
        let span = QuerySpan { start: operator.start, end: inner.span.end };
        Ok(Some(Node { span, kind: NodeKind::Not(Box::new(inner)) }))
    }

    /// A function of what stands in the brackets that follow.
    fn function(&mut self, function: Function, name: QuerySpan, inside: Inside) -> Result<Node, Error> {
        match self.primary(inside)? {
            Some(of) => {
                let span = QuerySpan { start: name.start, end: of.span.end };
                Ok(Node { span, kind: NodeKind::Function { function, of: Box::new(of) } })
            }
            None => self.missing_operand(name),
        }
    }

    /// What is asked of a field: one value, several joined by commas, or brackets.
    fn field(&mut self, field: Field, name: QuerySpan) -> Result<Node, Error> {
        let mut values: Vec<Node> = Vec::new();
        loop {
            let due = match self.kind(self.at) {
                Some(TokenKind::Not) => field.takes() == Takes::Words,
                Some(TokenKind::Field(inner)) => {
                    let inner = *inner;
                    return self.error(ErrorKind::NestedField(inner), self.tokens[self.at].span);
                }
                Some(TokenKind::Value(_)) => true,
                _ => self.begins_operand(self.at) || self.is_lower_operator_word(),
            };
            let value = if due { self.field_value()? } else { None };
            let Some(value) = value else {
                return self.error(ErrorKind::MissingValue(field), name);
            };
            values.push(value);
            let joined_to = self.tokens[self.at - 1].span.end;
            let goes_on = self
                .tokens
                .get(self.at)
                .is_some_and(|it| it.kind == TokenKind::Comma { tight: true } && it.span.start == joined_to);
            if !goes_on {
                break;
            }
            self.bump();
        }
        let end = values.last().map_or(name.end, |it| it.span.end);
        let span = QuerySpan { start: name.start, end };
        match joined(values, NodeKind::Or) {
            Some(value) => Ok(Node { span, kind: NodeKind::Field { field, value: Box::new(value) } }),
            None => self.error(ErrorKind::MissingValue(field), name),
        }
    }
}

/// The nodes under one that `join` makes, or the only one; `None` when there is none.
fn joined(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> NodeKind) -> Option<Node> {
    let (first, last) = (nodes.first()?.span, nodes.last()?.span);
    if nodes.len() == 1 {
        return nodes.pop();
    }
    Some(Node { span: QuerySpan { start: first.start, end: last.end }, kind: join(nodes) })
}
