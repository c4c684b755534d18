//! The clauses of a query, each on its own, and the query without it.
//!
//! A page prints them as chips. What was typed is kept letter for letter wherever what is left of
//! it still reads the same; elsewhere the query is printed anew in morgue's own language.

use super::{Node, NodeKind, Query, QuerySpan, parse, value::changed};

/// One of the conditions that a query joins with `AND`.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedClause {
    /// Where it was typed.
    pub span: QuerySpan,
    /// The clause in morgue's own language; alternatives with their brackets.
    pub text: String,
    /// The query without the clause, in morgue's own language; empty if nothing is left.
    pub without: String,
    /// The clause as a query of its own, which can be checked.
    pub alone: Query,
}

impl Query {
    /// The members of the `AND` at the top, in order; of any other query the whole as one. A `NOT`
    /// is one clause, an `OR` is one clause, brackets are one clause.
    ///
    /// Each is made when it is asked for, and costs about as much as parsing the query.
    pub fn clauses(&self) -> impl Iterator<Item = TypedClause> {
        let is_whole = self.parts().len() == 1;
        self.parts().iter().enumerate().map(move |(at, node)| TypedClause {
            span: node.span,
            text: match node.kind {
                NodeKind::And(_) | NodeKind::Or(_) if !is_whole => format!("({node})"),
                _ => printed(node),
            },
            without: self.less(|it, _| it == at),
            alone: Query { text: self.text.clone(), root: node.clone(), notes: Vec::new() },
        })
    }

    /// The nodes of the clauses.
    pub(super) fn parts(&self) -> &[Node] {
        match &self.root.kind {
            NodeKind::And(nodes) => nodes,
            _ => std::slice::from_ref(&self.root),
        }
    }

    /// The query less some of its clauses, told by their place among them, in morgue's own
    /// language; empty if nothing is left.
    pub(super) fn less(&self, leave_out: impl Fn(usize, &Node) -> bool) -> String {
        let is_out = |it: &(usize, &Node)| leave_out(it.0, it.1);
        let (out, left): (Vec<_>, Vec<_>) = self.parts().iter().enumerate().partition(is_out);
        let left: Vec<Node> = left.into_iter().map(|it| it.1.clone()).collect();
        let Some(left) = joined(left) else { return String::new() };
        let expected = unplaced(&left);
        let reads_so = |it: &String| parse(it).is_ok_and(|it| unplaced(&it.root) == expected);
        let spans: Vec<QuerySpan> = out.into_iter().map(|it| it.1.span).collect();
        let cut = [Operator::None, Operator::Before, Operator::Behind];
        let mut typed = cut.into_iter().filter_map(|it| cut_out(&self.text, &spans, it));
        typed.find(reads_so).unwrap_or_else(|| left.to_string())
    }
}

/// A clause as people type it, with `-` before what is left out where that can be read.
pub(super) fn printed(clause: &Node) -> String {
    let long = clause.to_string();
    if let (NodeKind::Not(_), Some(rest)) = (&clause.kind, long.strip_prefix("NOT ")) {
        let short = format!("-{rest}");
        if parse(&short).is_ok_and(|it| unplaced(&it.root) == unplaced(clause)) {
            return short;
        }
    }
    long
}

/// Nodes joined with `AND`; `None` without one.
pub(super) fn joined(mut nodes: Vec<Node>) -> Option<Node> {
    let (first, last) = (nodes.first()?.span, nodes.last()?.span);
    let span = QuerySpan { start: first.start, end: last.end };
    if nodes.len() == 1 { nodes.pop() } else { Some(Node { span, kind: NodeKind::And(nodes) }) }
}

/// The tree as if it had been typed nowhere, so that it can be compared.
pub(super) fn unplaced(node: &Node) -> Node {
    Node { span: QuerySpan { start: 0, end: 0 }, ..changed(node, &unplaced) }
}

/// Which operator goes with a clause that is cut out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    None,
    Before,
    Behind,
}

/// The text without these parts of it, which follow each other, and without the operators beside
/// them; a blank stands in place of each.
fn cut_out(text: &str, spans: &[QuerySpan], operator: Operator) -> Option<String> {
    let mut left = String::with_capacity(text.len());
    let mut from = 0;
    for span in spans {
        push_apart(&mut left, text.get(from..span.start)?);
        if operator == Operator::Before {
            left.truncate(without_operator(left.trim_end(), str::strip_suffix).len());
        }
        from = span.end;
        if operator == Operator::Behind {
            let rest = without_operator(text.get(from..)?.trim_start(), str::strip_prefix);
            from = text.len() - rest.len();
        }
    }
    push_apart(&mut left, text.get(from..)?);
    Some(left.trim().to_owned())
}

fn without_operator<'t>(text: &'t str, strip: fn(&'t str, &'static str) -> Option<&'t str>) -> &'t str {
    ["AND", "and", "&&"].into_iter().find_map(|it| strip(text, it)).unwrap_or(text)
}

/// Adds text with one blank between, but for the insides of brackets.
fn push_apart(left: &mut String, text: &str) {
    left.truncate(left.trim_end().len());
    let text = if left.is_empty() { text } else { text.trim_start() };
    if !left.is_empty() && !left.ends_with('(') && !text.starts_with(')') {
        left.push(' ');
    }
    left.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::super::{Dialect, parse_as};

    /// Each clause, and the query without it.
    fn clauses(typed: &str) -> Vec<(String, String)> {
        super::parse(typed).unwrap().clauses().map(|it| (it.text, it.without)).collect()
    }

    #[test]
    fn a_query_less_each_of_its_clauses() {
        for (typed, clauses_of_it) in [
            ("strike", vec![("strike", "")]),
            ("dock strike", vec![("dock", "strike"), ("strike", "dock")]),
            (
                "Strike  “port  authority” since:2012",
                vec![
                    ("Strike", "“port  authority” since:2012"),
                    ("\"port authority\"", "Strike since:2012"),
                    ("since:2012", "Strike  “port  authority”"),
                ],
            ),
            (
                "flood -source:\"The Lobby Door\"",
                vec![("flood", "-source:\"The Lobby Door\""), ("-source:\"The Lobby Door\"", "flood")],
            ),
            ("(dock OR port) strike", vec![("(dock OR port)", "strike"), ("strike", "(dock OR port)")]),
            ("dock OR port strike", vec![("dock OR (port strike)", "")]),
            (
                "dock AND strike AND pay",
                vec![("dock", "strike AND pay"), ("strike", "dock AND pay"), ("pay", "dock AND strike")],
            ),
            ("dam w/5 siren", vec![("dam w/5 siren", "")]),
            (
                "(speaker:lange) (speaker:ortiz)",
                vec![("(speaker:lange)", "(speaker:ortiz)"), ("(speaker:ortiz)", "(speaker:lange)")],
            ),
            ("(dam siren)", vec![("dam", "(siren)"), ("siren", "(dam)")]),
            // What is left would be read otherwise: printed anew.
            ("and dam siren", vec![("\"and\"", "dam siren"), ("dam", "and siren"), ("siren", "and dam")]),
        ] {
            let expected: Vec<(String, String)> =
                clauses_of_it.into_iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
            assert_eq!(clauses(typed), expected, "{typed}");
        }
    }

    #[test]
    fn of_another_dialect_the_rest_is_in_morgues_own() {
        let query = parse_as("strike! & dock", Dialect::Westlaw).unwrap();
        let without: Vec<String> = query.clauses().map(|it| it.without).collect();
        assert!(without.iter().all(|it| super::parse(it).is_ok() && !it.contains('!')), "{without:?}");
    }
}
