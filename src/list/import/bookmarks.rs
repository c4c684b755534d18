//! Netscape bookmarks: links, each perhaps with a description below.

use scraper::{ElementRef, Html, Node};

use super::{Reference, State, given, ordinals, tags_of};

pub(super) fn read(text: &str) -> Vec<Reference> {
    let page = Html::parse_document(text);
    let mut references: Vec<Reference> = Vec::new();
    let mut described = false;
    for node in page.root_element().descendants() {
        let Some(element) = ElementRef::wrap(node) else { continue };
        match element.value().name() {
            "a" => {
                references.push(reference(element));
                described = false;
            }
            "dd" if !described => {
                if let Some(last) = references.last_mut() {
                    last.note = own_text(element);
                    described = true;
                }
            }
            _ => {}
        }
    }
    references
}

/// The text up to the first element: those after it are other bookmarks.
fn own_text(element: ElementRef<'_>) -> String {
    let texts = element.children().map_while(|it| match it.value() {
        Node::Text(text) => Some(text.to_string()),
        _ => None,
    });
    texts.collect::<String>().trim().to_owned()
}

fn reference(link: ElementRef<'_>) -> Reference {
    let value = |name: &str| link.value().attr(name).and_then(given);
    let href = value("href");
    let is_web = |it: &String| it.contains("://");
    Reference {
        title: given(&link.text().collect::<String>()),
        source: value("source"),
        date: value("date").and_then(|it| crate::article::Published::from_iso(&it)),
        byline: None,
        url: href.clone().filter(is_web),
        path: value("path").or(href.filter(|it| !is_web(it))),
        id: value("article").and_then(|it| it.parse().ok()),
        note: String::new(),
        tags: value("tags").map(|it| tags_of(&it)).unwrap_or_default(),
        state: value("state").and_then(|it| State::from_name(&it)),
        passages: value("passages").map(|it| ordinals(&it)).unwrap_or_default(),
    }
}
