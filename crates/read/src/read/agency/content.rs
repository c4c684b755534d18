//! Reads what an element holds that carries the text of a story: NITF, XHTML, HTML without its
//! namespace, escaped markup or plain text.

use std::io::Cursor;

use super::{nitf, prose, story::Story};
use crate::read::{
    ReadRules,
    xml::{Element, Node, Part, Parts, Role},
};
use morgue_core::article::FieldName;

/// What stands in `holder`, as a part of `story`.
pub(super) fn part(holder: &Element, story: &Story, passages_max: usize) -> Story {
    let mut part = story.another();
    if holder.elements().next().is_none()
        && let Some(element) = parsed(&holder.text())
    {
        let children = vec![Node::Element(element)];
        add(&Element { children, ..Element::default() }, &mut part, passages_max);
    } else {
        add(holder, &mut part, passages_max);
    }
    part
}

/// Elements of results, drawings and other data.
const NO_TEXT: &[&str] =
    &["chart", "events-content", "mrss", "sports-content", "sportsML", "svg", "weather-content"];

fn add(holder: &Element, part: &mut Story, passages_max: usize) {
    if let Some(nitf) = holder.within().find(|it| it.name.local.eq_ignore_ascii_case("nitf")) {
        nitf::add(nitf, part, passages_max);
        return;
    }
    if let Some(data) = holder.elements().find(|it| NO_TEXT.contains(&it.name.local.as_str())) {
        part.notes.push(format!("its `{}` holds data and no text, and was not read", data.name.local));
        return;
    }
    let named = |name: &'static str| holder.within().find(|it| it.name.local.eq_ignore_ascii_case(name));
    if let Some(language) = named("html").and_then(|it| it.attribute("lang")) {
        part.add(FieldName::Language, language, "html@lang");
    }
    if let Some(title) = named("head").and_then(|it| it.child("title")) {
        part.add(FieldName::Headline, &title.line(), "html title");
    }
    let body = named("body").unwrap_or(holder);
    part.blocks = prose::blocks(body, passages_max, &mut part.notes);
}

/// The element that a text is, when it was put into CDATA as a whole: NITF or XHTML with its
/// declaration.
fn parsed(text: &str) -> Option<Element> {
    let start = text.trim_start();
    let opens = |name: &str| start.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
    if !opens("<?xml") && !opens("<nitf") {
        return None;
    }
    let rules = ReadRules { record_bytes_max: text.len(), ..ReadRules::default() };
    let stream = Box::new(Cursor::new(start.as_bytes()));
    let mut parts = Parts::new(stream, &rules, |_| Role::Record).ok()?;
    match parts.next()? {
        Ok(Part::Record { element, .. }) => Some(element),
        _ => None,
    }
}
