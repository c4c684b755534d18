//! Lucene's classic syntax.
//!
//! Words side by side are alternatives; `+` requires, `-`, `!` and `NOT` exclude, `AND` is taken
//! before `OR`. Words are found in the form typed. Weights (`^2`) and regular expressions are
//! refused.

use super::{
    super::{DEPTH_MAX, Error, ErrorKind, Field, Nearness, Node, NodeKind, QuerySpan, Within, lex::plain},
    dates::{Comparison, condition, days, field_value},
    services::text_node,
    tokens::{LETTER_AT_END, error, percent, refused},
    whole::in_articles,
};

/// Reads a search in Lucene's syntax.
pub(super) fn read(text: &str) -> Result<Node, Error> {
    let whole = QuerySpan { start: 0, end: text.len() };
    if text.len() > super::super::QUERY_BYTES_MAX {
        return Err(error(text, ErrorKind::TooLong, whole));
    }
    let mut chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, plain(c))).collect();
    chars.push((text.len(), ' '));
    let mut reader = Reader { text, chars, at: 0, depth: 0, optional: Vec::new() };
    let root = reader.list()?;
    reader.skip_blanks();
    if reader.peek() == Some(')') {
        return reader.fail(ErrorKind::StrayBracket, reader.at);
    }
    let Some(root) = root else { return Err(error(text, ErrorKind::Empty, whole)) };
    if matches!(root.kind, NodeKind::Not(_)) {
        return Err(refused(text, "an exclusion alone", "add what is to be found", whole));
    }
    let optional = reader.optional;
    Ok(in_articles(root, optional))
}

struct Reader<'t> {
    text: &'t str,
    /// The plain characters with their bytes in `text`, and a blank at the end.
    chars: Vec<(usize, char)>,
    at: usize,
    depth: usize,
    /// What need not be there, since something else is required: shown where it is.
    optional: Vec<Node>,
}

/// Whether a part of a list must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    Excluded,
    Free,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        // The blank at the end is no character of the text.
        self.chars.get(self.at).filter(|it| it.0 < self.text.len()).map(|it| it.1)
    }

    fn byte(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.text.len(), |it| it.0)
    }

    fn span(&self, from: usize) -> QuerySpan {
        QuerySpan { start: self.byte(from), end: self.byte(self.at.max(from)) }
    }

    fn fail<T>(&self, kind: ErrorKind, from: usize) -> Result<T, Error> {
        let span = QuerySpan { start: self.byte(from), end: self.byte(self.at.max(from + 1)) };
        Err(error(self.text, kind, span))
    }

    fn refuse<T>(&self, what: impl Into<String>, hint: &'static str, from: usize) -> Result<T, Error> {
        self.fail(ErrorKind::Dialect { what: what.into(), hint }, from)
    }

    fn skip_blanks(&mut self) {
        while self.peek() == Some(' ') {
            self.at += 1;
        }
    }

    fn string(&self, from: usize, to: usize) -> String {
        self.chars[from..to].iter().map(|it| it.1).collect()
    }

    /// Takes the word or sign when it stands here, whole.
    fn takes(&mut self, word: &str) -> bool {
        let end = self.at + word.chars().count();
        let stands = self.chars.get(self.at..end).is_some_and(|it| it.iter().map(|it| it.1).eq(word.chars()));
        let is_whole = !word.ends_with(char::is_alphabetic)
            || self.chars.get(end).is_none_or(|it| matches!(it.1, ' ' | '(' | ')' | '"'));
        if stands && is_whole {
            self.at = end;
        }
        stands && is_whole
    }

    /// Parts side by side, up to the end or a closing bracket; `None` when there is none.
    fn list(&mut self) -> Result<Option<Node>, Error> {
        let from = self.at;
        let mut groups: Vec<(Need, Vec<Node>)> = Vec::new();
        let mut operator: Option<(bool, usize)> = None;
        loop {
            self.skip_blanks();
            if matches!(self.peek(), None | Some(')')) {
                break;
            }
            let here = self.at;
            let is_and = self.takes("AND") || self.takes("&&");
            if is_and || self.takes("OR") || self.takes("||") {
                if groups.is_empty() || operator.is_some() {
                    return self.fail(ErrorKind::MissingOperand(self.string(here, self.at)), here);
                }
                operator = Some((is_and, here));
                continue;
            }
            let Some((need, node)) = self.part()? else { continue };
            match groups.last_mut() {
                // `-a AND b`: what is excluded stays so alone, and the other is required.
                Some((Need::Excluded, _)) if operator.is_some_and(|it| it.0) => {
                    let need = if need == Need::Free { Need::Required } else { need };
                    groups.push((need, vec![node]));
                }
                // `a AND NOT b` is one group; so is `a AND -b`.
                Some((_, group)) if operator.is_some_and(|it| it.0) => group.push(match need {
                    Need::Excluded => negated(node),
                    Need::Required | Need::Free => node,
                }),
                _ => groups.push((need, vec![node])),
            }
            operator = None;
        }
        if let Some((_, at)) = operator {
            return self.fail(ErrorKind::MissingOperand(self.string(at, self.at).trim().to_owned()), at);
        }
        Ok(self.listed(groups, from))
    }

    /// What a list of groups means: all that is required, none that is excluded; without anything
    /// required, any of the rest.
    fn listed(&mut self, groups: Vec<(Need, Vec<Node>)>, from: usize) -> Option<Node> {
        let span = self.span(from);
        let node = |kind| Node { span, kind };
        let one = |mut nodes: Vec<Node>, join: fn(Vec<Node>) -> NodeKind| match nodes.len() {
            0 | 1 => nodes.pop(),
            _ => Some(node(join(nodes))),
        };
        let (mut required, mut excluded, mut free) = (Vec::new(), Vec::new(), Vec::new());
        for (need, group) in groups {
            let Some(group) = one(group, NodeKind::And) else { continue };
            match need {
                Need::Required => required.push(group),
                Need::Excluded => excluded.push(negated(group)),
                Need::Free => free.push(group),
            }
        }
        if required.is_empty() {
            required.extend(one(free, NodeKind::Or));
        } else {
            self.optional.extend(free.into_iter().filter(|it| !matches!(it.kind, NodeKind::Field { .. })));
        }
        required.extend(excluded);
        one(required, NodeKind::And)
    }

    /// A part with its sign; `None` for a sign or a mark alone.
    fn part(&mut self) -> Result<Option<(Need, Node)>, Error> {
        let need = if self.takes("NOT") || self.takes("!") || self.takes("-") {
            Need::Excluded
        } else if self.takes("+") {
            Need::Required
        } else {
            Need::Free
        };
        self.skip_blanks();
        let from = self.at;
        let node = self.primary()?;
        if self.peek() == Some('^') && self.at > from {
            return self.refuse("a weight", "leave out `^` and its number", self.at);
        }
        Ok(node.map(|it| (need, it)))
    }

    fn primary(&mut self) -> Result<Option<Node>, Error> {
        let from = self.at;
        match self.peek() {
            None | Some(')') => Ok(None),
            Some('(') => self.brackets(),
            Some('"') => self.phrase(),
            Some('/') => self.refuse("a regular expression", "use * and ? instead", from),
            Some('[' | '{') => self.refuse("a range here", "write date:[2017-01 TO 2017-06]", from),
            Some(_) => self.word(),
        }
    }

    fn brackets(&mut self) -> Result<Option<Node>, Error> {
        let open = self.at;
        if self.depth == DEPTH_MAX {
            return self.fail(ErrorKind::TooDeep, open);
        }
        self.depth += 1;
        self.at += 1;
        let inner = self.list()?;
        self.depth -= 1;
        if self.peek() != Some(')') {
            self.at = open + 1;
            return self.fail(ErrorKind::UnclosedBracket, open);
        }
        self.at += 1;
        let span = self.span(open);
        Ok(inner.map(|it| Node { span, kind: it.kind }))
    }

    /// The digits after `~`, when one stands here.
    fn tilde(&mut self) -> Option<String> {
        (self.peek() == Some('~')).then(|| {
            let from = self.at + 1;
            self.at = from;
            while self.peek().is_some_and(|it| it.is_ascii_digit() || it == '.') {
                self.at += 1;
            }
            self.string(from, self.at)
        })
    }

    fn phrase(&mut self) -> Result<Option<Node>, Error> {
        let from = self.at;
        let length = self.chars[from + 1..].iter().position(|it| it.1 == '"');
        let Some(length) = length else { return self.fail(ErrorKind::UnclosedQuote, from) };
        self.at = from + length + 2;
        if let Some((what, hint)) = percent(&self.string(from + 1, self.at - 1)) {
            return self.refuse(what, hint, from);
        }
        // Lucene reads no patterns between quotation marks.
        let text = self.string(from + 1, self.at - 1).replace(['*', '?'], " ");
        let slop = self.tilde().map_or(Ok(0), |it| it.parse::<u32>());
        let Ok(slop) = slop else { return self.refuse("this distance", "write a whole number: ~5", from) };
        let span = self.span(from);
        let Some(node) = text_node(&text, true, span) else { return Ok(None) };
        let NodeKind::Phrase { text, .. } = &node.kind else { return Ok(Some(node)) };
        let words: Vec<&str> = text.split(' ').collect();
        match (words.as_slice(), slop) {
            (_, 0) => Ok(Some(node)),
            (_, 1) => {
                Ok(Some(Node { span, kind: NodeKind::Phrase { text: text.clone(), exact: true, slop } }))
            }
            // Two words may change places, which costs two of the moves.
            ([first, last], _) => Ok(either_order(first, last, slop, span)),
            _ => self.refuse(
                "three or more words that may change places",
                "write two, or join pairs with AND",
                from,
            ),
        }
    }

    /// A word, or a field with its value.
    fn word(&mut self) -> Result<Option<Node>, Error> {
        let from = self.at;
        let mut text = String::new();
        while let Some(c) = self.peek() {
            match c {
                ' ' | '(' | ')' | '"' | '~' | '^' => break,
                '\\' => {
                    self.at += 1;
                    // No word has a quotation mark, and none could be printed back.
                    text.extend(self.peek().map(|it| if it == '"' { ' ' } else { it }));
                }
                ':' => {
                    self.at += 1;
                    if self.depth == DEPTH_MAX {
                        return self.fail(ErrorKind::TooDeep, from);
                    }
                    self.depth += 1;
                    let node = self.field(&text, from);
                    self.depth -= 1;
                    return node;
                }
                c => text.push(c),
            }
            self.at += 1;
        }
        let typed = self.string(from, self.at);
        if let Some((what, hint)) = percent(&typed.replace("\\%", "")) {
            return self.refuse(what, hint, from);
        }
        if typed.ends_with('?') && !typed.ends_with("\\?") && typed.contains(char::is_alphanumeric) {
            return self.refuse(format!("`{typed}`"), LETTER_AT_END, from);
        }
        let distance = self.tilde();
        let span = self.span(from);
        let Some(node) = text_node(&text, true, span) else {
            if self.at == from {
                // A mark that begins nothing.
                self.at += 1;
            }
            return Ok(None);
        };
        let distance = match distance.as_deref() {
            None | Some("0") => return Ok(Some(node)),
            Some("" | "2") => 2,
            Some("1") => 1,
            Some(_) => return self.refuse("this edit distance", "write ~1 or ~2", from),
        };
        match node.kind {
            NodeKind::Word { text, .. } => {
                Ok(Some(Node { span, kind: NodeKind::Word { text, exact: false, distance: Some(distance) } }))
            }
            _ => self.fail(ErrorKind::EditsInPattern, from),
        }
    }

    fn field(&mut self, name: &str, from: usize) -> Result<Option<Node>, Error> {
        let field = match name.to_ascii_lowercase().as_str() {
            "text" | "content" | "body" | "article_text" => return self.primary(),
            "title" | "headline" => Field::Headline,
            "author" | "byline" | "creator" => Field::Byline,
            "source" | "publisher" | "media_name" => Field::Source,
            "language" | "lang" => Field::Lang,
            "date" | "publish_date" | "publication_date" | "published" => return self.date(from),
            "url" => Field::Url,
            "path" => Field::Path,
            _ => {
                return self.refuse(
                    format!("the field `{name}`"),
                    "there are title, author, source, language, date, url, path, text",
                    from,
                );
            }
        };
        if matches!(field, Field::Lang | Field::Url | Field::Path) {
            let value = self.value();
            return match value.as_str() {
                "" => self.fail(ErrorKind::MissingValue(field), from),
                _ => Ok(Some(field_value(field, value, self.span(from)))),
            };
        }
        match self.primary()? {
            Some(value) if !has_field(&value) => {
                let span = self.span(from);
                Ok(Some(Node { span, kind: NodeKind::Field { field, value: Box::new(value) } }))
            }
            Some(_) => self.fail(ErrorKind::NestedField(field), from),
            None => self.fail(ErrorKind::MissingValue(field), from),
        }
    }

    /// A value as it stands, with or without quotation marks.
    fn value(&mut self) -> String {
        let quoted = self.peek() == Some('"');
        self.at += usize::from(quoted);
        let from = self.at;
        let ends = |c: char| if quoted { c == '"' } else { matches!(c, ' ' | '(' | ')') };
        while self.peek().is_some_and(|it| !ends(it)) {
            self.at += 1;
        }
        let value = self.string(from, self.at);
        self.at += usize::from(quoted && self.peek().is_some());
        value
    }

    /// `2017-06`, `[2017-01-01 TO 2017-06-30]`, `{… TO *]`, `>=2017`.
    fn date(&mut self, from: usize) -> Result<Option<Node>, Error> {
        const HINT: &str = "write date:2017-06, date:[2017-01-01 TO 2017-06-30] or date:>=2017";
        let brackets = self.peek().filter(|it| matches!(it, '[' | '{'));
        let Some(open) = brackets else {
            let typed = self.value();
            let (comparison, value) = Comparison::split(&typed).unwrap_or((Comparison::On, &typed));
            let node = days(value).and_then(|it| condition(comparison, it, self.span(from)));
            return node.map_or_else(|| self.refuse("this date", HINT, from), |it| Ok(Some(it)));
        };
        let inner_from = self.at + 1;
        while self.peek().is_some_and(|it| !matches!(it, ']' | '}')) {
            self.at += 1;
        }
        let Some(close) = self.peek() else { return self.refuse("this range", HINT, from) };
        let inner = self.string(inner_from, self.at).replace('"', "");
        self.at += 1;
        let Some((first, last)) = inner.split_once(" TO ") else {
            return self.refuse("this range", HINT, from);
        };
        let ends = [
            (first.trim(), if open == '[' { Comparison::NotBefore } else { Comparison::After }),
            (last.trim(), if close == ']' { Comparison::NotAfter } else { Comparison::Before }),
        ];
        let mut all = Vec::new();
        for (value, comparison) in ends.into_iter().filter(|it| it.0 != "*") {
            match days(value).and_then(|it| condition(comparison, it, self.span(from))) {
                Some(node) => all.push(node),
                None => return self.refuse(format!("`{value}`"), HINT, from),
            }
        }
        match all.len() {
            0 => Ok(Some(field_value(Field::Date, "0001..9999".to_owned(), self.span(from)))),
            1 => Ok(all.pop()),
            _ => Ok(Some(Node { span: self.span(from), kind: NodeKind::And(all) })),
        }
    }
}

fn negated(node: Node) -> Node {
    Node { span: node.span, kind: NodeKind::Not(Box::new(node)) }
}

fn has_field(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Field { .. } => true,
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().any(has_field),
        NodeKind::Not(inner) => has_field(inner),
        _ => false,
    }
}

/// In this order with so many words between, or in the other with two fewer.
fn either_order(first: &str, last: &str, slop: u32, span: QuerySpan) -> Option<Node> {
    let pre = |first: &str, last: &str, n| {
        let nearness = Nearness { within: Within::Words(n), ordered: true };
        let (left, right) = (text_node(first, true, span)?, text_node(last, true, span)?);
        let (left, right) = (Box::new(left), Box::new(right));
        Some(Node { span, kind: NodeKind::Near { left, right, nearness, negated: false } })
    };
    let forward = pre(first, last, slop.saturating_add(1))?;
    let backward = pre(last, first, slop - 1)?;
    Some(Node { span, kind: NodeKind::Or(vec![forward, backward]) })
}
