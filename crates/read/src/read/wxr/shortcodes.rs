//! The shortcodes of WordPress: words in brackets that a site replaces when it shows a post.
//!
//! `[caption]` holds a caption, `[gallery]` and `[embed]` hold none; of those nobody knows the text
//! stays. A word in brackets is a shortcode when it is known here, has attributes, ends in a slash
//! or is closed: `[sic]` and `[the mayor]` are text.

use std::collections::HashMap;

/// The text with its shortcodes as HTML, or gone.
pub(super) fn resolved(text: &str) -> String {
    let closings = closings(text);
    let mut out = String::with_capacity(text.len());
    let (mut at, mut in_code) = (0, false);
    while let Some(found) = text[at..].find('[') {
        let start = at + found;
        let before = &text[at..start];
        out.push_str(before);
        in_code = is_in_code(before, in_code);
        at = start + 1;
        // `[[gallery]]` is how one writes of a shortcode.
        if text[at..].starts_with('[') {
            out.push_str("[[");
            at += 1;
            continue;
        }
        let code = code(&text[start..]).filter(|it| !in_code && is_shortcode(it, start, &closings));
        let Some(code) = code else {
            out.push('[');
            continue;
        };
        at = start + code.length;
        if code.closes {
            out.push_str(match code.name {
                name if is_caption(name) => "</figure>",
                name if is_block(name) => "\n\n",
                _ => "",
            });
        } else if is_caption(code.name) {
            out.push_str("<figure>");
            if let Some(caption) = attribute(code.attributes, "caption") {
                out.push_str(&format!("<figcaption>{caption}</figcaption>"));
            }
            if let Some(length) = unclosed(&text[at..], code.name) {
                out.push_str(&format!("{}</figure>", &text[at..at + length]));
                at += length;
            }
        } else if is_block(code.name) {
            out.push_str("\n\n");
        } else if EMPTY.contains(&code.name) && !code.attributes.ends_with('/') {
            // What stands between it and its end is an address or a setting.
            let close = format!("[/{}]", code.name);
            if closings.get(code.name).is_some_and(|last| *last > at)
                && let Some(end) = text[at..].find(&close)
            {
                at += end + close.len();
            }
        }
    }
    out.push_str(&text[at..]);
    out
}

/// Shortcodes without a text, those of WordPress itself and of its common extensions.
const EMPTY: &[&str] = &[
    "gallery",
    "embed",
    "audio",
    "video",
    "playlist",
    "wp_video",
    "youtube",
    "vimeo",
    "soundcloud",
    "tweet",
    "twitter",
    "instagram",
    "facebook",
    "googlemaps",
    "contact-form",
    "contact-field",
    "polldaddy",
    "slideshow",
    "archives",
    "recent_posts",
    "jetpack_subscription_form",
    "ad",
    "adsense",
    "sociable",
    "googlevideo",
    "flickr",
];

/// Shortcodes that set blocks: those of the common builders of pages begin with a word of their
/// own.
const BLOCK_PREFIXES: &[&str] = &["vc_", "et_pb_", "fusion_", "av_"];
const BLOCKS: &[&str] = &[
    "accordion",
    "blockquote",
    "box",
    "callout",
    "col",
    "column",
    "columns",
    "divider",
    "infobox",
    "intro",
    "one_half",
    "one_half_last",
    "one_third",
    "one_third_last",
    "panel",
    "pullquote",
    "quote",
    "row",
    "section",
    "sidebar",
    "spacer",
    "su_box",
    "su_column",
    "su_note",
    "su_quote",
    "su_row",
    "tab",
    "tabs",
    "toggle",
    "two_third",
    "two_third_last",
];

fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name) || BLOCK_PREFIXES.iter().any(|it| name.starts_with(it))
}

/// Whether what follows a text stands in `<code>`, where brackets are shown.
fn is_in_code(text: &str, was: bool) -> bool {
    match (text.rfind("<code"), text.rfind("</code")) {
        (None, None) => was,
        (opened, closed) => opened > closed,
    }
}

/// The length of a caption that nobody closes: it ends with its paragraph.
fn unclosed(text: &str, name: &str) -> Option<usize> {
    let window = &text[..text.floor_char_boundary(CODE_BYTES_MAX)];
    let end = window.find(&format!("[/{name}]"));
    let is_closed = end.is_some_and(|end| !window[..end].contains(&format!("[{name}")));
    (!is_closed).then(|| text.find("\n\n").unwrap_or(text.len()))
}

fn is_caption(name: &str) -> bool {
    name == "caption" || name == "wp_caption"
}

/// A word in brackets.
struct Code<'a> {
    name: &'a str,
    attributes: &'a str,
    closes: bool,
    /// Its bytes, brackets included.
    length: usize,
}

/// How many bytes the attributes of a shortcode have at most.
const CODE_BYTES_MAX: usize = 4_000;

/// The word in brackets at the start of a text.
fn code(text: &str) -> Option<Code<'_>> {
    let window = &text[..text.floor_char_boundary(CODE_BYTES_MAX)];
    let end = window.find(']')?;
    let inner = window[1..end].trim_end();
    let closes = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let length =
        inner.find(|it: char| !it.is_ascii_alphanumeric() && it != '_' && it != '-').unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(length);
    let is_name = name.starts_with(|it: char| it.is_ascii_alphabetic());
    let is_apart = attributes.is_empty() || attributes.starts_with([' ', '\n', '\t', '/', '\u{a0}']);
    let nests = attributes.contains(['[', '\u{0}']);
    (is_name && is_apart && !nests).then_some(Code { name, attributes, closes, length: end + 1 })
}

/// Where each name is closed last.
fn closings(text: &str) -> HashMap<&str, usize> {
    let mut closings = HashMap::new();
    for (at, _) in text.match_indices("[/") {
        if let Some(code) = code(&text[at..]).filter(|it| it.closes && it.attributes.is_empty()) {
            closings.insert(code.name, at);
        }
    }
    closings
}

fn is_shortcode(code: &Code<'_>, at: usize, closings: &HashMap<&str, usize>) -> bool {
    let known = EMPTY.contains(&code.name) || is_caption(code.name);
    let attributes = code.attributes.trim();
    let alone = attributes.is_empty() || attributes.contains(['=', '/']);
    let has_value = attributes.split_once('=').is_some_and(|(name, value)| {
        let name = name.rsplit(|it: char| it.is_whitespace()).next().unwrap_or_default();
        !name.is_empty() && !value.is_empty()
    });
    let closed = closings.get(code.name).is_some_and(|last| *last > at);
    known && alone || code.closes || has_value || attributes.ends_with('/') || closed
}

/// The value of an attribute in quotes.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = attributes.split_once(&format!("{name}="))?;
    let quote = rest.chars().next().filter(|it| "\"'".contains(*it))?;
    rest[1..].split(quote).next().filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn shortcodes_go_and_brackets_stay() {
        for (text, expected) in [
            ("He said [sic] that [the mayor] lied [1].", "He said [sic] that [the mayor] lied [1]."),
            (
                "[caption id=\"a\" width=\"3\"]<img src=x> The weir[/caption] Text",
                "<figure><img src=x> The weir</figure> Text",
            ),
            (
                "[caption caption=\"The weir\"]<img src=x>[/caption]",
                "<figure><figcaption>The weir</figcaption><img src=x></figure>",
            ),
            ("One [gallery ids=\"1,2\"] two [gallery] three", "One  two  three"),
            ("[embed width=\"3\"]https://osby.example/v[/embed]Text", "Text"),
            ("[embed]one[/embed] a [embed]two[/embed]b", " a b"),
            (
                "[box]Kept[/box] [button link=\"x\"]Too[/button] [divider/] [spacer /]",
                "\n\nKept\n\n Too \n\n \n\n",
            ),
            ("[[gallery]] is a shortcode", "[[gallery]] is a shortcode"),
            ("Open [ and ] and [x", "Open [ and ] and [x"),
            ("[video the court saw] and [ad hoc]", "[video the court saw] and [ad hoc]"),
            ("[vc_row][vc_column width=\"1/2\"]Text[/vc_column][/vc_row]", "\n\n\n\nText\n\n\n\n"),
            ("One [highlight color=\"x\"]word[/highlight].", "One word."),
            ("<code>[gallery]</code> and [gallery]", "<code>[gallery]</code> and "),
            (
                "[caption id=\"a\"]<img src=x> The weir\n\nText",
                "<figure><img src=x> The weir</figure>\n\nText",
            ),
            (
                "[caption id=\"a\"]One\n\nText [caption id=\"b\"]Two[/caption]",
                "<figure>One</figure>\n\nText <figure>Two</figure>",
            ),
        ] {
            assert_eq!(resolved(text), expected, "{text}");
        }
    }
}
