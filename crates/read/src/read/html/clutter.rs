//! Tells the parts of a page that are not its story by how the page marks them.

use super::page::{Leaf, Page};
use crate::read::BlockKind;

/// Parts of a mark (class, id or role) that name something else than the story. They are only asked
/// within the story's own element, where the marks of the story itself are known.
const MARKS: &[&str] = &[
    "newsletter",
    "signup",
    "sign-up",
    "subscri",
    "related",
    "promo",
    "share",
    "sharing",
    "social",
    "recommend",
    "outbrain",
    "taboola",
    "advert",
    "sponsor",
    "comment",
    "byline",
    "author",
    "footer",
    "breadcrumb",
    "tag-list",
    "taglist",
    "read-more",
    "readmore",
    "read-also",
    "popular",
    "trending",
    "most-read",
    "widget",
    "sidebar",
    "toolbar",
    "cookie",
    "consent",
    "more-stories",
    "teaser",
    "also-like",
    "linkback",
    "follow",
    "inread",
    "paywall",
    "login",
    "carousel",
    "navigation",
    "pagination",
    "disclaimer",
    "copyright",
    "hidden",
    "print-only",
    "screen-reader",
    "sr-only",
    "visually-hidden",
];
const TAGS: &[&str] = &["nav", "aside", "footer", "form", "dialog", "label", "menu"];

/// Parts of a mark that name the readers' comments, other stories, or what an archive adds to the
/// pages it saves: what is dated there is not the story.
const ELSEWHERE: &[&str] = &[
    "comment",
    "disqus",
    "livefyre",
    "related",
    "recommend",
    "outbrain",
    "taboola",
    "popular",
    "trending",
    "most-read",
    "mostread",
    "most_read",
    "most-viewed",
    "latest-news",
    "latest-stories",
    "more-stories",
    "more-news",
    "read-next",
    "up-next",
    "also-like",
    "teaser",
    "sidebar",
    "wm-ipp",
    "wayback",
];

/// Whether a mark (class, id, role) names what is not the story.
pub(super) fn names_elsewhere(tag: &str, marks: &str) -> bool {
    // Marks of the whole page speak of all that is on it: `comments-open`, `has-sidebar`.
    let whole = matches!(tag, "html" | "body" | "main");
    !whole && (tag == "nav" || ELSEWHERE.iter().any(|it| marks.contains(it)))
}

/// For each element, whether it or one around it is marked as something else than the story. An
/// element that holds a heading of the first order holds the story, whatever it is called.
pub(super) fn elsewhere(page: &Page) -> Vec<bool> {
    let mut holds_story = vec![false; page.elements.len()];
    for leaf in page.leaves.iter().filter(|it| it.kind == BlockKind::Heading(1)) {
        page.ancestors(leaf.element).for_each(|it| holds_story[it] = true);
    }
    let mut elsewhere: Vec<bool> = Vec::with_capacity(page.elements.len());
    for (at, element) in page.elements.iter().enumerate() {
        let inherited = at > 0 && elsewhere[element.parent];
        let own = !holds_story[at] && names_elsewhere(&element.tag, &element.marks);
        elsewhere.push(inherited || own);
    }
    elsewhere
}

/// For each element, whether it or one around it below `root` is marked as something else than the
/// story.
pub(super) fn marked(page: &Page, root: usize) -> Vec<bool> {
    let mut marked: Vec<bool> = Vec::with_capacity(page.elements.len());
    for (at, element) in page.elements.iter().enumerate() {
        // Parents stand before their children; what is marked around the root does not count.
        let inherited = at > root && marked[element.parent];
        let own =
            || TAGS.contains(&element.tag.as_str()) || MARKS.iter().any(|mark| element.marks.contains(mark));
        marked.push(at > root && (inherited || own()));
    }
    marked
}

/// Whether the element is marked as the lines between headline and story, which repeat it.
pub(super) fn deck(page: &Page, element: usize) -> bool {
    const MARKS: &[&str] =
        &["dek", "deck", "subtitle", "subhead", "standfirst", "summary", "excerpt", "description", "caption"];
    page.ancestors(element).take(3).any(|it| {
        let element = &page.elements[it];
        MARKS.iter().any(|mark| element.marks.contains(mark)) || TAGS.contains(&element.tag.as_str())
    })
}

/// Whether the element is a post of somebody, set within a story that reports on it.
pub(super) fn embedded_post(page: &Page, element: usize) -> bool {
    page.ancestors(element).take(3).any(|it| {
        let element = &page.elements[it];
        element.tag == "blockquote" && element.marks.contains("twitter-tweet")
    })
}

/// First words of a line that leads away from the story, when most of the line is a link.
const PROMPTS: &[&str] = &[
    "read more",
    "read also",
    "read next",
    "also read",
    "more:",
    "related",
    "see also",
    "see more",
    "watch:",
    "watch now",
    "listen:",
    "recommended",
    "continue reading",
    "click here",
    "don't miss",
    "up next",
    "in case you missed",
    "more on",
    "more from",
    "more stories",
    "you may also",
    "further reading",
    "lesen sie",
    "mehr zum thema",
    "lire aussi",
    "à lire aussi",
    "leia também",
    "leia mais",
    "veja também",
    "lee también",
    "ver también",
    "baca juga",
    "leggi anche",
    "lees ook",
    "читайте также",
];

/// Whether a block only leads to another story.
pub(super) fn prompts(leaf: &Leaf) -> bool {
    let text = leaf.text.trim_start_matches(['[', '(', '>', '»', '•', '–', ' ']).to_lowercase();
    let prompted = PROMPTS.iter().any(|it| text.starts_with(it));
    prompted && (leaf.link_chars * 2 >= leaf.chars || leaf.chars <= 30)
}

/// Whether a block at the end speaks to the reader about the outlet, not about the story.
pub(super) fn closing(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "follow ",
        "sign up",
        "subscribe",
        "get the latest",
        "get our",
        "have a tip",
        "got a tip",
        "listen to ",
        "read more",
        "share this",
        "like us on",
        "download the",
        "to read more",
        "for more ",
        "click here",
        "copyright",
        "©",
        "all rights reserved",
        "join the conversation",
        "contact the author",
        "contact us",
        "related:",
        "tags:",
        "filed under",
        "topics:",
        "advertisement",
        "photo:",
        "photos:",
        "image:",
        "main image",
        "more:",
        "watch:",
        "want more",
        "leave a comment",
        "(c) ",
        "follow:",
    ];
    const PARTS: &[&str] = &[
        "may be reached at",
        "can be reached at",
        "follow him on",
        "follow her on",
        "follow us on",
        "on twitter at",
        "newsletter",
        "on facebook and twitter",
        "on twitter and facebook",
        "all rights reserved",
        "email address",
        "sign up for",
        "subscribe to",
    ];
    let text = text.to_lowercase();
    let short = text.chars().count() <= 300;
    short && (STARTS.iter().any(|it| text.starts_with(it)) || PARTS.iter().any(|it| text.contains(it)))
}

/// Whether a block at the beginning only advertises the outlet's letters.
pub(super) fn opening(text: &str) -> bool {
    let text = text.to_lowercase();
    text.chars().count() <= 300 && ["sign up for", "subscribe to"].iter().any(|it| text.contains(it))
}

/// Whether a block is a link in capitals to another story, as some outlets set them between
/// paragraphs.
pub(super) fn shouted_link(leaf: &Leaf) -> bool {
    leaf.link_chars == leaf.chars
        && leaf.chars >= 20
        && !leaf.text.chars().any(char::is_lowercase)
        && leaf.text.chars().any(char::is_uppercase)
}

/// Whether a block is a heading below which other stories or the readers' comments are.
pub(super) fn ending(page: &Page, leaf: &Leaf) -> bool {
    const TEXTS: &[&str] = &[
        "related",
        "you may also",
        "you might also",
        "more stories",
        "more from",
        "more on this",
        "most read",
        "most popular",
        "recommended",
        "read next",
        "up next",
        "trending",
        "latest news",
        "comments",
        "leave a comment",
        "leave a reply",
        "share this",
        "about the author",
        "você pode gostar",
        "veja também",
        "leia também",
        "relacionados",
        "artículos relacionados",
        "también te puede",
        "das könnte sie",
        "mehr zum thema",
        "à lire aussi",
        "sur le même sujet",
        "potrebbe interessarti",
        "lees ook",
        "artikel terkait",
        "baca juga",
        "похожие",
        "читайте также",
    ];
    let heading =
        matches!(leaf.kind, BlockKind::Heading(2..)) || page.elements[leaf.element].marks.contains("related");
    let text = leaf.text.to_lowercase();
    heading && leaf.chars <= 60 && TEXTS.iter().any(|it| text.starts_with(it))
}
