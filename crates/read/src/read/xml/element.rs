//! An element of XML with what it holds.

/// An element, with everything inside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::read) struct Element {
    pub(in crate::read) name: Name,
    /// Names as written, prefix included, and values, references resolved.
    pub(in crate::read) attributes: Vec<(String, String)>,
    pub(in crate::read) children: Vec<Node>,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::read) enum Node {
    Element(Element),
    /// Text, references resolved; CDATA too. Pieces that follow each other are one.
    Text(String),
}

/// The name of an element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Name {
    /// As written before the colon; empty without one.
    pub(in crate::read) prefix: String,
    pub(in crate::read) local: String,
}

impl Name {
    pub(in crate::read) fn of(written: &str) -> Name {
        let (prefix, local) = written.split_once(':').unwrap_or(("", written));
        Name { prefix: prefix.to_owned(), local: local.to_owned() }
    }
}

impl Element {
    /// The elements directly in it, in order.
    pub(in crate::read) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|it| match it {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Those of one name, whatever its prefix.
    pub(in crate::read) fn all<'a>(&'a self, local: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |it| it.name.local == local)
    }

    /// The first of one name.
    pub(in crate::read) fn child(&self, local: &str) -> Option<&Element> {
        self.elements().find(|it| it.name.local == local)
    }

    /// The first element at the end of a path of names, `body.head/hedline/hl1`: the first of each
    /// name is entered.
    pub(in crate::read) fn at(&self, path: &str) -> Option<&Element> {
        path.split('/').try_fold(self, |element, name| element.child(name))
    }

    /// The text or an attribute at the end of a path: `body.head/distributor`, `docdata@status`,
    /// `@guid`; `None` where it is blank.
    pub(in crate::read) fn value(&self, path: &str) -> Option<String> {
        let (path, attribute) = path.split_once('@').map_or((path, None), |(it, name)| (it, Some(name)));
        let element = if path.is_empty() { self } else { self.at(path)? };
        match attribute {
            Some(name) => element.attribute(name).map(str::to_owned),
            None => Some(element.line()).filter(|it| !it.is_empty()),
        }
    }

    /// It and all elements in it, each before what it holds.
    pub(in crate::read) fn within(&self) -> impl Iterator<Item = &Element> {
        let mut waiting = vec![self];
        std::iter::from_fn(move || {
            let next = waiting.pop()?;
            let at = waiting.len();
            waiting.extend(next.elements());
            waiting[at..].reverse();
            Some(next)
        })
    }

    /// The value of an attribute, by its name without a prefix.
    pub(in crate::read) fn attribute(&self, local: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(name, _)| name.rsplit(':').next() == Some(local));
        found.map(|(_, value)| value.trim()).filter(|it| !it.is_empty())
    }

    /// All text in the element, white space collapsed.
    pub(in crate::read) fn line(&self) -> String {
        let text = self.text();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// All text in it as it stands.
    pub(in crate::read) fn text(&self) -> String {
        let mut text = String::new();
        let mut waiting: Vec<&Node> = self.children.iter().rev().collect();
        while let Some(node) = waiting.pop() {
            match node {
                Node::Text(it) => text.push_str(it),
                Node::Element(it) => waiting.extend(it.children.iter().rev()),
            }
        }
        text
    }
}
