//! Markdown of `docs/` → HTML: headings have the ids that links name, links between the pages lead
//! to pages of help, and HTML in the text is text.

use std::collections::HashMap;

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html::push_html};

/// The first heading of a page.
pub(super) fn title(text: &str) -> String {
    let first = text.lines().find_map(|it| it.strip_prefix("# "));
    first.unwrap_or("Help").replace('`', "")
}

/// A page as HTML. `is_here` tells the pages that are pages of help; others are named only.
pub(super) fn html(text: &str, is_here: &dyn Fn(&str) -> bool) -> Markup {
    let events: Vec<Event<'_>> = Parser::new_ext(text, Options::ENABLE_TABLES).collect();
    let mut ids = ids(&events).into_iter();
    // Whether each link that is open is kept.
    let mut links = Vec::new();
    let mut shown = Vec::with_capacity(events.len());
    for event in events {
        match event {
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                let id = ids.next().map(CowStr::from);
                shown.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let to = target(&dest_url, is_here);
                links.push(to.is_some());
                if let Some(to) = to {
                    shown.push(Event::Start(Tag::Link { link_type, dest_url: to.into(), title, id }));
                }
            }
            Event::End(TagEnd::Link) => {
                if links.pop().unwrap_or(false) {
                    shown.push(Event::End(TagEnd::Link));
                }
            }
            // Pictures of the repository are not part of the program.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => (),
            Event::Html(text) | Event::InlineHtml(text) => shown.push(Event::Text(text)),
            other => shown.push(other),
        }
    }
    let mut out = String::new();
    push_html(&mut out, shown.into_iter());
    html! { (PreEscaped(out)) }
}

/// Where a link leads; `None` where these pages have no such place.
fn target(link: &str, is_here: &dyn Fn(&str) -> bool) -> Option<String> {
    if link.starts_with('#') || link.starts_with("https://") {
        return Some(link.to_owned());
    }
    let (path, place) = link.split_once('#').map_or((link, ""), |(path, place)| (path, place));
    let name = path.strip_prefix("docs/").unwrap_or(path).strip_suffix(".md")?;
    let place = if place.is_empty() { String::new() } else { format!("#{place}") };
    is_here(name).then(|| format!("/help/{name}{place}"))
}

/// The ids of the headings in order, as the places that host the documents make them: lower case,
/// `-` for spaces, signs left out; the second of a name is `name-1`.
fn ids(events: &[Event<'_>]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let mut used: HashMap<String, usize> = HashMap::new();
    let mut heading: Option<String> = None;
    for event in events {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let words = heading.take().unwrap_or_default().to_lowercase();
                let kept = words.chars().filter(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_'));
                let id: String = kept.map(|it| if it == ' ' { '-' } else { it }).collect();
                let n = used.entry(id.clone()).or_default();
                ids.push(if *n == 0 { id.clone() } else { format!("{id}-{n}") });
                *n += 1;
            }
            _ => (),
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages_of_help_and_html_is_text() {
        let is_here = |name: &str| name == "lists";
        for (text, shown) in [
            ("[a](lists.md#notes)", "<p><a href=\"/help/lists#notes\">a</a></p>\n"),
            ("[a](evaluation.md)", "<p>a</p>\n"),
            ("[a](javascript:alert)", "<p>a</p>\n"),
            ("<script>x</script> b", "&lt;script&gt;x&lt;/script&gt; b"),
            ("a <b>b</b>", "<p>a &lt;b&gt;b&lt;/b&gt;</p>\n"),
            ("# `w/5` and near", "<h1 id=\"w5-and-near\"><code>w/5</code> and near</h1>\n"),
            ("## Notes\n\n## Notes", "<h2 id=\"notes\">Notes</h2>\n<h2 id=\"notes-1\">Notes</h2>\n"),
        ] {
            assert_eq!(html(text, &is_here).into_string(), shown, "{text}");
        }
    }
}
