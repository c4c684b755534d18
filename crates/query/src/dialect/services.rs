//! Reads the searches of Lexis, Factiva and Westlaw: words side by side are a phrase or
//! alternatives, operators have each their strength.

use super::{
    super::{DEPTH_MAX, Error, ErrorKind, Field, Function, Nearness, Node, NodeKind, QuerySpan},
    tokens::{Token, TokenKind, cut, error, refused},
    whole::in_articles,
};

/// The operator that begins at the first of the tokens: what it does, how strongly it binds, how
/// many of them it takes.
type Operator = fn(&[Token]) -> Option<(Join, u32, usize)>;

/// What one service's language is made of.
pub(super) struct Service {
    /// The operator that begins at the first of the tokens.
    pub(super) operator: Operator,
    /// What a word is refused for, and what to write instead.
    pub(super) refusal: fn(&str) -> Option<(String, &'static str)>,
    /// The word in morgue's own truncation; `Err` says why it cannot be.
    pub(super) word: fn(&str) -> Result<String, &'static str>,
    /// Whether words are found in the form typed only.
    pub(super) exact: bool,
    /// How strongly parts that stand side by side bind as alternatives; `None` if words side by
    /// side are a phrase.
    pub(super) side_by_side: Option<u32>,
    /// What begins at the parser's place and is no word, bracket or operator: a segment, a field, a
    /// function.
    pub(super) special: fn(&mut Parser<'_>) -> Result<Option<Node>, Error>,
}

/// What an operator does with its two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    And,
    Or,
    AndNot,
    Near { nearness: Nearness, negated: bool },
}

/// Reads a search of the service.
pub(super) fn read(text: &str, service: &Service) -> Result<Node, Error> {
    let mut parser = Parser { text, service, tokens: cut(text)?, at: 0, depth: 0 };
    if parser.tokens.is_empty() {
        return Err(error(text, ErrorKind::Empty, QuerySpan { start: 0, end: text.len() }));
    }
    let root = parser.expression(0)?;
    match parser.tokens.get(parser.at) {
        Some(stray) if stray.kind == TokenKind::Close => {
            Err(error(text, ErrorKind::StrayBracket, stray.span))
        }
        Some(_) => parser.refused("two parts side by side", BETWEEN),
        None => Ok(in_articles(root, Vec::new())),
    }
}

/// What to write between two parts that stand side by side.
const BETWEEN: &str = "write AND or OR between them";

pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    service: &'t Service,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    /// The token so many places ahead.
    pub(super) fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    /// Goes on by so many tokens.
    pub(super) fn skip(&mut self, n: usize) {
        self.at += n;
    }

    /// Where the next token stands, or the end of the text.
    pub(super) fn here(&self) -> QuerySpan {
        let end = QuerySpan { start: self.text.len(), end: self.text.len() };
        self.peek(0).map_or(end, |it| it.span)
    }

    /// Where the last token stood that was taken.
    pub(super) fn last(&self) -> QuerySpan {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(self.here(), |it| it.span)
    }

    /// Whether the token so many places ahead is a bracket right behind the one before.
    pub(super) fn opens_behind(&self, ahead: usize) -> bool {
        let before = ahead.checked_sub(1).and_then(|it| self.peek(it));
        let open = self.peek(ahead).filter(|it| it.kind == TokenKind::Open);
        before.zip(open).is_some_and(|(before, open)| before.span.end == open.span.start)
    }

    pub(super) fn refused<T>(&self, what: impl Into<String>, hint: &'static str) -> Result<T, Error> {
        Err(refused(self.text, what, hint, self.here()))
    }

    fn expression(&mut self, least: u32) -> Result<Node, Error> {
        let here = self.here();
        if self.depth == DEPTH_MAX {
            return Err(error(self.text, ErrorKind::TooDeep, here));
        }
        self.depth += 1;
        let mut left = self.operand()?;
        // Operators of one kind side by side nest from the left: they count as levels.
        let mut levels = self.depth;
        while let Some((join, strength, n)) = self.operator() {
            if strength < least {
                break;
            }
            let operator = self.here();
            self.skip(n);
            let right = match self.peek(0) {
                Some(_) => self.expression(strength + 1)?,
                None => return Err(self.missing(operator)),
            };
            if matches!(join, Join::Near { .. }) {
                levels += 1;
                if levels > DEPTH_MAX {
                    return Err(error(self.text, ErrorKind::TooDeep, operator));
                }
            }
            left = joined(left, right, join);
        }
        self.depth -= 1;
        Ok(left)
    }

    /// The operator that stands here, or that no operator does between two parts.
    fn operator(&self) -> Option<(Join, u32, usize)> {
        let typed = (self.service.operator)(&self.tokens[self.at..]);
        typed.or_else(|| {
            let next = self.peek(0).filter(|it| it.kind != TokenKind::Close);
            next.and(self.service.side_by_side).map(|strength| (Join::Or, strength, 0))
        })
    }

    fn missing(&self, operator: QuerySpan) -> Error {
        let typed = self.text.get(operator.start..operator.end).unwrap_or_default().to_owned();
        error(self.text, ErrorKind::MissingOperand(typed), operator)
    }

    /// A bracket, a field or function, or words side by side.
    pub(super) fn operand(&mut self) -> Result<Node, Error> {
        let here = self.here();
        if (self.service.operator)(&self.tokens[self.at..]).is_some() {
            return Err(self.missing(here));
        }
        if let Some(node) = (self.service.special)(self)? {
            return Ok(node);
        }
        match self.peek(0).map(|it| &it.kind) {
            Some(TokenKind::Open) => self.brackets(),
            Some(TokenKind::Word(_) | TokenKind::Quoted(_)) => self.words(),
            Some(TokenKind::Close) | None => {
                Err(match self.at.checked_sub(1).and_then(|it| self.tokens.get(it)) {
                    Some(before) if before.kind != TokenKind::Open => self.missing(before.span),
                    _ => error(self.text, ErrorKind::Empty, here),
                })
            }
        }
    }

    /// What stands in the brackets that open here.
    pub(super) fn brackets(&mut self) -> Result<Node, Error> {
        let open = self.here();
        self.skip(1);
        let inner = self.expression(0)?;
        match self.peek(0).map(|it| &it.kind) {
            Some(TokenKind::Close) => self.skip(1),
            Some(_) => return self.refused("two parts side by side", BETWEEN),
            None => return Err(error(self.text, ErrorKind::UnclosedBracket, open)),
        }
        Ok(Node { span: QuerySpan { start: open.start, end: self.last().end }, kind: inner.kind })
    }

    /// The words that stand side by side from here: a phrase. The next word or quotation alone
    /// where these are alternatives.
    fn words(&mut self) -> Result<Node, Error> {
        let from = self.here().start;
        let mut typed: Vec<String> = Vec::new();
        let first = self.at;
        while let Some(token) = self.peek(0) {
            let text = match &token.kind {
                TokenKind::Word(_) | TokenKind::Quoted(_) if self.at > first && self.ends_words() => break,
                TokenKind::Word(word) | TokenKind::Quoted(word) => word.clone(),
                TokenKind::Open | TokenKind::Close => break,
            };
            if matches!(text.as_str(), "&&" | "||" | "|") {
                return self.refused(format!("`{text}`"), "write AND or OR");
            }
            if let Some((what, hint)) = (self.service.refusal)(&text) {
                return self.refused(what, hint);
            }
            for word in text.split(' ').filter(|it| !it.is_empty()) {
                match (self.service.word)(word) {
                    Ok(word) => typed.push(word),
                    Err(hint) => return self.refused(format!("`{word}`"), hint),
                }
            }
            self.skip(1);
        }
        // Behind a field that ends the search no word was taken: `hd= `.
        let span = QuerySpan { start: from, end: self.last().end.max(from) };
        let typed = typed.join(" ");
        text_node(&typed, self.service.exact, span).ok_or_else(|| match typed.is_empty() {
            true => error(self.text, ErrorKind::Empty, span),
            false => refused(self.text, format!("`{typed}`"), "leave it out: no word is in it", span),
        })
    }

    /// Whether words that began before end here: at an operator, a field or a function.
    fn ends_words(&self) -> bool {
        self.service.side_by_side.is_some()
            || (self.service.operator)(&self.tokens[self.at..]).is_some()
            || self.opens_behind(1)
    }

    /// The field with the brackets that open here, or with the words.
    pub(super) fn field(&mut self, field: Field, from: QuerySpan) -> Result<Node, Error> {
        let value = if self.peek(0).is_some_and(|it| it.kind == TokenKind::Open) {
            self.brackets()?
        } else {
            self.words()?
        };
        if let Some(inner) = field_inside(&value) {
            return Err(error(self.text, ErrorKind::NestedField(inner), value.span));
        }
        let span = QuerySpan { start: from.start, end: value.span.end };
        Ok(Node { span, kind: NodeKind::Field { field, value: Box::new(value) } })
    }

    /// The function of the brackets or of the word that stand here.
    pub(super) fn function(&mut self, function: Function, from: QuerySpan) -> Result<Node, Error> {
        if self.depth == DEPTH_MAX {
            return Err(error(self.text, ErrorKind::TooDeep, from));
        }
        self.depth += 1;
        let of = self.operand()?;
        self.depth -= 1;
        let span = QuerySpan { start: from.start, end: of.span.end };
        Ok(Node { span, kind: NodeKind::Function { function, of: Box::new(of) } })
    }
}

fn field_inside(node: &Node) -> Option<Field> {
    match &node.kind {
        NodeKind::Field { field, .. } => Some(*field),
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().find_map(field_inside),
        NodeKind::Not(inner) | NodeKind::Group(inner) | NodeKind::Function { of: inner, .. } => {
            field_inside(inner)
        }
        NodeKind::Near { left, right, .. } => field_inside(left).or_else(|| field_inside(right)),
        NodeKind::Word { .. } | NodeKind::Phrase { .. } | NodeKind::Value(_) => None,
    }
}

/// The node of words side by side; `None` when there is no letter in them.
pub(super) fn text_node(text: &str, exact: bool, span: QuerySpan) -> Option<Node> {
    let text = super::super::lex::trimmed(text)?;
    let is_pattern = text.contains(['*', '?']);
    let kind = if text.contains(' ') {
        NodeKind::Phrase { text, exact, slop: 0 }
    } else {
        NodeKind::Word { text, exact: exact && !is_pattern, distance: None }
    };
    Some(Node { span, kind })
}

/// Both under one operator; lists of one kind become one list.
fn joined(left: Node, right: Node, join: Join) -> Node {
    let span = QuerySpan { start: left.span.start, end: right.span.end };
    let kind = match join {
        Join::Near { nearness, negated } => {
            NodeKind::Near { left: Box::new(left), right: Box::new(right), nearness, negated }
        }
        Join::Or => NodeKind::Or(match left.kind {
            NodeKind::Or(mut nodes) => {
                nodes.push(right);
                nodes
            }
            _ => vec![left, right],
        }),
        Join::And | Join::AndNot => {
            let right = match join {
                Join::AndNot => Node { span: right.span, kind: NodeKind::Not(Box::new(right)) },
                _ => right,
            };
            NodeKind::And(match left.kind {
                NodeKind::And(mut nodes) => {
                    nodes.push(right);
                    nodes
                }
                _ => vec![left, right],
            })
        }
    };
    Node { span, kind }
}
