//! The whole value of a field, as it is asked for: `source:="Daily Star"`.

use super::{
    Field, Node, NodeKind,
    lex::{plain, trimmed, without_runs},
};

/// The value letter for letter, as a query can have it between quotation marks; `None` without a
/// letter or a digit.
///
/// Signs that a query reads otherwise are blanks: quotation marks, `*`, `?`, `%` and what controls.
/// Runs of blanks are one, and dashes are all the same.
pub fn whole_value(value: &str) -> Option<String> {
    let sign = |c: char| match plain(c) {
        '"' | '*' | '?' | '%' => ' ',
        plain => plain,
    };
    let value = without_runs(&value.chars().map(sign).collect::<String>());
    trimmed(&value).map(|_| value)
}

/// The whole value that a word or a phrase behind `=` asks for; `None` of any other node, and of a
/// pattern.
pub(super) fn asked(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::Word { text, exact: true, distance: None }
        | NodeKind::Phrase { text, exact: true, slop: 0 }
            if !text.contains(['*', '?']) =>
        {
            whole_value(text)
        }
        _ => None,
    }
}

/// The same node, each field in it asked for by words alone, as other services do.
pub(super) fn by_words(of: &Node) -> Node {
    fn unmarked(of: &Node) -> Node {
        let mut node = changed(of, &unmarked);
        if let NodeKind::Word { exact, .. } | NodeKind::Phrase { exact, .. } = &mut node.kind {
            *exact = false;
        }
        node
    }
    match &of.kind {
        NodeKind::Field { field: Field::Source | Field::Section | Field::Place, .. } => unmarked(of),
        _ => changed(of, &by_words),
    }
}

/// The node with each of its operands changed.
pub(super) fn changed(of: &Node, change: &dyn Fn(&Node) -> Node) -> Node {
    let boxed = |it: &Node| Box::new(change(it));
    let each = |nodes: &[Node]| nodes.iter().map(change).collect();
    let kind = match &of.kind {
        NodeKind::Word { .. } | NodeKind::Phrase { .. } | NodeKind::Value(_) => of.kind.clone(),
        NodeKind::Field { field, value } => NodeKind::Field { field: *field, value: boxed(value) },
        NodeKind::And(nodes) => NodeKind::And(each(nodes)),
        NodeKind::Or(nodes) => NodeKind::Or(each(nodes)),
        NodeKind::Not(inner) => NodeKind::Not(boxed(inner)),
        NodeKind::Group(inner) => NodeKind::Group(boxed(inner)),
        NodeKind::Near { left, right, nearness, negated } => {
            NodeKind::Near { left: boxed(left), right: boxed(right), nearness: *nearness, negated: *negated }
        }
        NodeKind::Function { function, of } => NodeKind::Function { function: *function, of: boxed(of) },
    };
    Node { span: of.span, kind }
}

/// The node that asks for a whole value; `None` where none can be asked for.
pub(super) fn node(value: &str) -> Option<NodeKind> {
    let text = whole_value(value)?;
    Some(match text.contains(' ') {
        true => NodeKind::Phrase { text, exact: true, slop: 0 },
        false => NodeKind::Word { text, exact: true, distance: None },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_as_it_was_written() {
        for (value, whole) in [
            ("Daily Star", Some("Daily Star")),
            ("daily  star ", Some("daily star")),
            ("The \"Real\" Herald", Some("The Real Herald")),
            ("«Le Phare» (matin)", Some("Le Phare (matin)")),
            ("50% Off", Some("50 Off")),
            ("*Star*", Some("Star")),
            ("Star,", Some("Star,")),
            ("Paris – Nord", Some("Paris - Nord")),
            ("What? Now!", Some("What Now!")),
            ("東京", Some("東京")),
            ("— … ★ \"", None),
            ("", None),
        ] {
            assert_eq!(whole_value(value).as_deref(), whole, "{value}");
            // What was written so is its own whole value.
            assert_eq!(whole.and_then(whole_value).as_deref(), whole, "{value}");
        }
    }
}
