//! From conditions on articles, as the services mean them, to morgue's tree: `a AND b` finds the
//! articles that have both anywhere, and of these the passages that have one of them.

use super::super::{Field, Function, Node, NodeKind};

/// The tree that finds, in articles of which `root` is true, the passages with its words and the
/// `further` ones.
pub(super) fn in_articles(root: Node, further: Vec<Node>) -> Node {
    let mut sought = Vec::new();
    words(&root, &mut sought);
    sought.extend(further);
    if is_text(&root) && sought.len() <= 1 || is_alternatives(&root) {
        return root;
    }
    let span = root.span;
    let mut all = match condition(root) {
        Node { kind: NodeKind::And(all), .. } => all,
        other => vec![other],
    };
    match sought.len() {
        0 => (),
        1 => all.extend(sought.pop()),
        _ => all.push(Node { span, kind: NodeKind::Or(sought) }),
    }
    if all.len() > 1 {
        return Node { span, kind: NodeKind::And(all) };
    }
    all.pop().unwrap_or(Node { span, kind: NodeKind::Value(String::new()) })
}

/// Whether it is found in one passage, whatever the rest of the article: words, phrases, proximity.
fn is_text(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Word { .. } | NodeKind::Phrase { .. } | NodeKind::Near { .. } => true,
        NodeKind::Function { function, .. } => !matches!(function, Function::AtLeast(_)),
        NodeKind::Or(_)
        | NodeKind::And(_)
        | NodeKind::Not(_)
        | NodeKind::Group(_)
        | NodeKind::Field { .. }
        | NodeKind::Value(_) => false,
    }
}

fn is_alternatives(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Or(nodes) if nodes.iter().all(|it| is_text(it) || is_alternatives(it)))
}

/// What must be true of the article.
fn condition(node: Node) -> Node {
    let Node { span, kind } = node;
    let each = |nodes: Vec<Node>| nodes.into_iter().map(condition).collect();
    let kind = match kind {
        NodeKind::And(nodes) => NodeKind::And(each(nodes)),
        NodeKind::Or(nodes) => NodeKind::Or(each(nodes)),
        NodeKind::Not(inner) => NodeKind::Not(Box::new(condition(*inner))),
        NodeKind::Field { .. } | NodeKind::Group(_) => kind,
        text => NodeKind::Field { field: Field::Article, value: Box::new(Node { span, kind: text }) },
    };
    Node { span, kind }
}

/// The words that a passage can show.
fn words(node: &Node, into: &mut Vec<Node>) {
    match &node.kind {
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|it| words(it, into)),
        NodeKind::Function { function: Function::AtLeast(_), of } => words(of, into),
        NodeKind::Not(_) | NodeKind::Group(_) | NodeKind::Field { .. } | NodeKind::Value(_) => (),
        NodeKind::Word { .. }
        | NodeKind::Phrase { .. }
        | NodeKind::Near { .. }
        | NodeKind::Function { .. } => into.push(node.clone()),
    }
}
