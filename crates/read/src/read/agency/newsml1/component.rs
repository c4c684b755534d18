//! The components of a `NewsItem` in a flat list, each with what it takes over from those around
//! it.

use crate::read::xml::Element;

/// A `NewsComponent`, or the `NewsItem` itself.
pub(super) struct Component<'a> {
    pub(super) element: &'a Element,
    parent: Option<usize>,
    /// Its children that hold values, looked for once: a component may have very many others.
    values: Vec<&'a Element>,
    is_list: bool,
    /// The innermost component that has a headline, this one or one around it; else the item. That
    /// of a rendition is the one around all renditions.
    pub(super) head: usize,
    /// The component whose contents are renditions of one text, this one among them.
    pub(super) slot: usize,
    pub(super) language: Option<String>,
    pub(super) part: Part,
}

impl<'a> Component<'a> {
    /// The value at the end of a path, as [`Element::value`] has it.
    pub(super) fn value(&self, path: &str) -> Option<String> {
        match path.split_once('/') {
            Some((first, rest)) => self.child(first)?.value(rest),
            None => self.element.value(path),
        }
    }

    /// Its first child of a name, of those that hold values.
    pub(super) fn child(&self, name: &str) -> Option<&'a Element> {
        self.values.iter().find(|it| it.name.local == name).copied()
    }
}

/// Names of children that hold values.
const VALUES: &[&str] = &["NewsLines", "AdministrativeMetadata", "DescriptiveMetadata", "Identification"];

/// What a component is to its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Headline,
    Lead,
    Body,
    Caption,
    /// Notes, keywords and the like, which are no text of the story.
    Other,
}

/// Words of the `FormalName` of a `Role`, in lower case, and what they mean, the first that fits;
/// other roles are the text.
const ROLES: &[(&str, Part)] = &[
    ("bildunterschrift", Part::Caption),
    ("caption", Part::Caption),
    ("legend", Part::Caption),
    ("légende", Part::Caption),
    ("soustitre", Part::Lead),
    ("subheadline", Part::Lead),
    ("subtitle", Part::Lead),
    ("untertitel", Part::Lead),
    ("headline", Part::Headline),
    ("title", Part::Headline),
    ("titel", Part::Headline),
    ("titre", Part::Headline),
    ("abstract", Part::Lead),
    ("chapeau", Part::Lead),
    ("entradilla", Part::Lead),
    ("lead", Part::Lead),
    ("summary", Part::Lead),
    ("vorspann", Part::Lead),
    ("keyword", Part::Other),
    ("ednote", Part::Other),
    ("notetoeditor", Part::Other),
    ("advisory", Part::Other),
    ("signature", Part::Other),
];

/// The item and its components, each before those in it.
pub(super) fn components(item: &Element) -> Vec<Component<'_>> {
    let mut list: Vec<Component<'_>> = Vec::new();
    let mut waiting = vec![(item, None)];
    while let Some((element, parent)) = waiting.pop() {
        let at = list.len();
        let component = describe(element, at, parent, &list);
        list.push(component);
        let start = waiting.len();
        waiting.extend(element.all("NewsComponent").map(|it| (it, Some(at))));
        waiting[start..].reverse();
    }
    list
}

fn describe<'a>(
    element: &'a Element,
    at: usize,
    parent: Option<usize>,
    list: &[Component<'a>],
) -> Component<'a> {
    let around = parent.and_then(|it| list.get(it));
    let mut values = Vec::new();
    for child in element.elements().filter(|it| VALUES.contains(&it.name.local.as_str())) {
        if values.iter().all(|it: &&Element| it.name != child.name) {
            values.push(child);
        }
    }
    let of = |name: &str| values.iter().find(|it| it.name.local == name);
    let of_lines = of("NewsLines").is_some_and(|it| it.value("HeadLine").is_some());
    // Belga gives the headline as a component of its own.
    let of_part = || element.all("NewsComponent").any(|it| part(it) == Some(Part::Headline));
    let headed = !is_piece(element) && (of_lines || of_part());
    // Renditions may be components of components.
    let in_list = around.filter(|it| it.is_list || list[it.slot].is_list);
    let language = of("DescriptiveMetadata").and_then(|it| it.value("Language@FormalName"));
    let language = language.or_else(|| element.attribute("lang").map(str::to_owned));
    Component {
        element,
        parent,
        is_list: element.attribute("EquivalentsList") == Some("yes"),
        head: around.filter(|_| !headed || in_list.is_some()).map_or(at, |it| it.head),
        slot: in_list.map_or(at, |it| it.slot),
        language: language.map(|it| it.to_lowercase()).or_else(|| around.and_then(|it| it.language.clone())),
        values,
        part: part(element).or(around.map(|it| it.part)).unwrap_or(Part::Body),
    }
}

/// Whether a component is a piece of the story around it, whatever lines it has.
fn is_piece(element: &Element) -> bool {
    let named = element.value("Role@FormalName").is_some_and(|it| it.eq_ignore_ascii_case("body"));
    named || part(element).is_some_and(|it| it != Part::Body)
}

/// What the role of a component says; `None` when it has none.
fn part(element: &Element) -> Option<Part> {
    let role = element.value("Role@FormalName")?.to_lowercase();
    let role: String = role.chars().filter(|it| it.is_alphanumeric()).collect();
    Some(ROLES.iter().find(|it| role.contains(it.0)).map_or(Part::Body, |it| it.1))
}

/// A component and those around it, innermost first.
pub(super) fn chain<'a, 'b>(
    list: &'b [Component<'a>],
    inner: usize,
) -> impl Iterator<Item = &'b Component<'a>> {
    std::iter::successors(list.get(inner), |it| list.get(it.parent?))
}

/// Whether a `MediaType` is text.
pub(super) fn is_text(kind: &str) -> bool {
    let kind = kind.to_lowercase();
    let others =
        ["animation", "audio", "complexdata", "graphic", "image", "photo", "picture", "video", "sound"];
    !others.iter().any(|it| kind.contains(it))
}

/// Whether a `ContentItem` carries text; encoded data stands in an `Encoding`.
pub(super) fn holds_text(content: &Element) -> bool {
    content.child("DataContent").is_some()
        && content.value("MediaType@FormalName").is_none_or(|it| is_text(&it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::xml::{Name, Node};

    #[test]
    fn a_role_says_what_a_component_is() {
        for (role, expected) in [
            ("Main", Part::Body),
            ("Main Text", Part::Body),
            ("Title", Part::Headline),
            ("Subtitle", Part::Lead),
            ("Sous-titre", Part::Lead),
            ("Photo Caption", Part::Caption),
            ("Keywords", Part::Other),
        ] {
            let attributes = vec![("FormalName".to_owned(), role.to_owned())];
            let named = Element { name: Name::of("Role"), attributes, ..Element::default() };
            let component = Element { children: vec![Node::Element(named)], ..Element::default() };
            assert_eq!(part(&component), Some(expected), "{role}");
        }
        assert_eq!(part(&Element::default()), None);
    }
}
