//! Elements of XML written as HTML, for what reads HTML: the XHTML in an Atom entry.

use crate::read::xml::{Element, Node};

/// What an element holds, as HTML. Recurses as deep as elements nest, which `xml` bounds.
pub(super) fn markup(element: &Element) -> String {
    let mut out = String::new();
    element.children.iter().for_each(|it| write(it, &mut out));
    out
}

/// Elements that hold nothing; `</br>` would be a second one.
const EMPTY: [&str; 9] = ["br", "hr", "img", "input", "link", "meta", "source", "wbr", "area"];

fn write(node: &Node, out: &mut String) {
    let element = match node {
        Node::Text(text) => return escape(text, out),
        Node::Element(element) => element,
    };
    let name = element.name.local.to_ascii_lowercase();
    let is_name = name.chars().all(|it| it.is_ascii_alphanumeric());
    if is_name {
        out.push('<');
        out.push_str(&name);
        for (name, value) in &element.attributes {
            if name.chars().all(|it| it.is_ascii_alphanumeric() || it == '-') {
                out.push(' ');
                out.push_str(name);
                out.push_str("=\"");
                escape(value, out);
                out.push('"');
            }
        }
        out.push('>');
    }
    element.children.iter().for_each(|it| write(it, out));
    if is_name && !EMPTY.contains(&name.as_str()) {
        out.push_str("</");
        out.push_str(&name);
        out.push('>');
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}
