//! A parsed page as the list of its blocks of text, in reading order, each with the elements it
//! stands in.
//!
//! A block is the text that a browser sets as one: between two starts or ends of block elements, or
//! two `<br>`.

use scraper::{ElementRef, Html, Node};

use crate::read::{Block, BlockKind, tags};

/// The elements and texts of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The elements that hold blocks, parents before children; the first is the root.
    pub(super) elements: Vec<Element>,
    pub(super) leaves: Vec<Leaf>,
}

/// An element that sets its content apart.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) parent: usize,
    pub(super) depth: usize,
    pub(super) tag: String,
    /// The words of its `class` that have no digits: what kind of element it is to the site's
    /// designer.
    pub(super) class: String,
    /// Its `class`, `id` and `role` in lower case, each with spaces around.
    pub(super) marks: String,
    /// It or an element around it is not shown by a browser, or marked so that it is read by
    /// nobody.
    pub(super) hidden: bool,
    /// The innermost `<article>` it stands in.
    pub(super) article: Option<usize>,
    /// What text directly in it is.
    kind: BlockKind,
}

/// A block of text.
#[derive(Debug)]
pub(super) struct Leaf {
    /// The element it stands in directly, an index of [`Page::elements`].
    pub(super) element: usize,
    pub(super) kind: BlockKind,
    /// White space collapsed, not blank.
    pub(super) text: String,
    /// How many of its characters, white space apart, are link text, and how many there are.
    pub(super) link_chars: usize,
    pub(super) chars: usize,
}

impl Page {
    /// Lists the blocks of a page. Nesting beyond what the parser was given is not followed.
    pub(super) fn of(html: &Html) -> Page {
        let mut walk = Walk::default();
        walk.element(html.root_element(), 0, Inline::default());
        walk.flush();
        walk.mark_captions();
        walk.page
    }

    /// All blocks of text.
    pub(super) fn blocks(&self) -> Vec<Block> {
        self.chosen(&vec![true; self.leaves.len()])
    }

    /// The blocks of text that are marked.
    pub(super) fn chosen(&self, marked: &[bool]) -> Vec<Block> {
        let leaves = self.leaves.iter().zip(marked).filter(|(_, marked)| **marked);
        leaves
            .enumerate()
            .map(|(at, (leaf, _))| Block {
                kind: leaf.kind,
                text: leaf.text.clone(),
                bytes: None,
                place: format!("paragraph {}", at + 1),
            })
            .collect()
    }

    /// The elements that a leaf stands in, innermost first.
    pub(super) fn ancestors(&self, element: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = Some(element);
        std::iter::from_fn(move || {
            let at = next?;
            next = (at != 0).then(|| self.elements[at].parent);
            Some(at)
        })
    }
}

/// How the text at hand is set.
#[derive(Clone, Copy, Default)]
struct Inline {
    link: bool,
    preformatted: bool,
}

#[derive(Default)]
struct Walk {
    page: Page,
    /// Index of the innermost block element.
    at: usize,
    depth: usize,
    text: String,
    link_chars: usize,
    /// A single `<br>` was the last thing.
    broken: bool,
    /// The block element in which a picture stood, with no text since.
    image: Option<usize>,
    /// Leaves that may be the caption of the picture above them.
    under_image: Vec<usize>,
}

/// Text directly below a picture may be its caption, when it is no longer and no sentence.
const CAPTION_CHARS_MAX: usize = 160;

/// The pre-scan bounds depth at 512; what a parser adds when it repairs a page stays well below
/// this.
const DEPTH_MAX: usize = 700;

impl Walk {
    fn element(&mut self, element: ElementRef<'_>, parent: usize, inline: Inline) {
        let tag = element.value().name();
        if tags::SKIPPED.contains(&tag) || self.depth > DEPTH_MAX {
            return;
        }
        self.depth += 1;
        match tag {
            "br" => self.line_break(),
            "img" => self.image = self.text.trim().is_empty().then_some(self.at),
            _ if tags::BLOCKS.contains(&tag) || self.page.elements.is_empty() => {
                self.flush();
                let at = self.page.elements.len();
                let around = self.page.elements.get(parent).map(|it| (parent, it));
                let described = describe(element, at, around);
                self.page.elements.push(described);
                self.at = at;
                let inline = Inline { preformatted: inline.preformatted || tag == "pre", ..inline };
                self.children(element, at, inline);
                self.flush();
                self.at = parent;
            }
            _ => {
                // Hidden inline elements are labels for screen readers and remains of scripts.
                if !hidden(element) {
                    let link = inline.link || tag == "a" && element.attr("href").is_some();
                    self.children(element, parent, Inline { link, ..inline });
                }
            }
        }
        self.depth -= 1;
    }

    fn children(&mut self, element: ElementRef<'_>, at: usize, inline: Inline) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.add(text, inline),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child, at, inline);
                    }
                }
                _ => (),
            }
        }
    }

    fn add(&mut self, text: &str, inline: Inline) {
        for c in text.chars() {
            // A soft hyphen says where a word may be broken, a zero-width space likewise: no part
            // of the word.
            if matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}') {
                continue;
            }
            if inline.preformatted && c == '\n' {
                self.line_break();
            } else if c.is_whitespace() {
                if !self.text.is_empty() && !self.text.ends_with(' ') {
                    self.text.push(' ');
                }
            } else {
                self.broken = false;
                self.text.push(c);
                self.link_chars += usize::from(inline.link);
            }
        }
    }

    /// One break is white space, two are the end of a paragraph.
    fn line_break(&mut self) {
        if self.broken {
            self.flush();
        } else {
            self.broken = true;
            if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if text.chars().any(char::is_alphanumeric) {
            let chars = text.chars().filter(|it| !it.is_whitespace()).count();
            let image = self.image.take();
            let within = |image: usize| image == self.at || self.page.elements[image].parent == self.at;
            let under_image = image.is_some_and(within) && chars <= CAPTION_CHARS_MAX;
            if under_image && !text.ends_with(['.', '!', '?', '”', '"', ':']) {
                self.under_image.push(self.page.leaves.len());
            }
            let leaf = Leaf {
                element: self.at,
                kind: self.page.elements[self.at].kind,
                text: text.to_owned(),
                link_chars: self.link_chars,
                chars,
            };
            self.page.leaves.push(leaf);
        }
        (self.link_chars, self.broken) = (0, false);
    }

    /// Text below a picture is its caption when it stands alone in its element: not when the story
    /// goes on there.
    fn mark_captions(&mut self) {
        let mut leaves_in = vec![0; self.page.elements.len()];
        self.page.leaves.iter().for_each(|it| leaves_in[it.element] += 1);
        for at in &self.under_image {
            let leaf = &mut self.page.leaves[*at];
            if leaves_in[leaf.element] == 1 && leaf.kind == BlockKind::Paragraph {
                leaf.kind = BlockKind::Caption;
            }
        }
    }
}

/// Describes an element; what it inherits comes from its parent, so that no block has to look up
/// all its ancestors.
fn describe(element: ElementRef<'_>, at: usize, parent: Option<(usize, &Element)>) -> Element {
    let tag = element.value().name();
    let attr = |name: &str| {
        let value = element.attr(name).unwrap_or_default();
        &value[..value.floor_char_boundary(MARK_BYTES_MAX)]
    };
    let marks = format!(" {} {} {} ", attr("class"), attr("id"), attr("role")).to_lowercase();
    let class = attr("class").split_whitespace().filter(|it| !it.contains(|c: char| c.is_ascii_digit()));
    let around = parent.map(|(_, it)| it);
    Element {
        parent: parent.map_or(0, |(at, _)| at),
        depth: around.map_or(0, |it| it.depth + 1),
        tag: tag.to_owned(),
        class: class.collect::<Vec<_>>().join(" "),
        hidden: hidden(element) || around.is_some_and(|it| it.hidden),
        article: if tag == "article" { Some(at) } else { around.and_then(|it| it.article) },
        kind: kind(tag, &marks, around.map_or(BlockKind::Paragraph, |it| it.kind)),
        marks,
    }
}

/// Longer attributes do not tell more of what an element is.
const MARK_BYTES_MAX: usize = 200;

/// What text directly in an element is, by the element and what text around it is.
fn kind(tag: &str, marks: &str, around: BlockKind) -> BlockKind {
    match tag {
        "h1" => BlockKind::Heading(1),
        "h2" => BlockKind::Heading(2),
        "h3" => BlockKind::Heading(3),
        "h4" => BlockKind::Heading(4),
        "h5" => BlockKind::Heading(5),
        "h6" => BlockKind::Heading(6),
        "figcaption" | "figure" | "caption" => BlockKind::Caption,
        "li" | "dd" | "dt" => BlockKind::Item,
        _ if marks.contains("caption") => BlockKind::Caption,
        "div" | "section" | "article" | "main" | "td" => BlockKind::Paragraph,
        // A heading that was never closed goes on over the paragraphs below it.
        "p" if matches!(around, BlockKind::Heading(_)) => BlockKind::Paragraph,
        _ => around,
    }
}

fn hidden(element: ElementRef<'_>) -> bool {
    let style = element.attr("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || style.contains("display:none")
}
