//! The text of an item: HTML or plain, whole or a teaser.

use crate::read::{Block, BlockKind, Problem, html, text, xml::Element};

use super::markup::markup;

/// A text as a feed gives it.
#[derive(Debug)]
pub(in crate::read) enum Content {
    /// HTML, or text with references: `AT&amp;T`.
    Html(String),
    /// Text that means what it says.
    Plain(String),
}

impl Content {
    /// What an element holds: HTML that is escaped, or as elements of XML.
    pub(in crate::read) fn of(element: &Element) -> Content {
        Content::Html(match element.elements().next() {
            Some(_) => markup(element),
            None => element.text(),
        })
    }

    /// Its blocks; what leads elsewhere is cut off their end.
    fn blocks(&self, passages_max: usize) -> Result<Vec<Block>, Problem> {
        let text = match self {
            Content::Plain(text) => return Ok(text::blocks_of(text, passages_max)),
            Content::Html(text) => text,
        };
        let mut blocks = match html::linked(text, passages_max) {
            Some(blocks) => blocks?,
            None => {
                let blocks =
                    text::blocks_of(&text::joined_sentences(&html::plain_paragraphs(text)), passages_max);
                blocks.into_iter().map(|it| (it, false)).collect()
            }
        };
        let leads_elsewhere = |(it, is_link): &(Block, bool)| {
            *is_link && it.text.len() <= LINK_BYTES_MAX || is_footer(&it.text)
        };
        while blocks.last().is_some_and(leads_elsewhere) {
            blocks.pop();
        }
        Ok(blocks.into_iter().map(|(it, _)| it).collect())
    }
}

/// A link that is longer than the longest headline is text.
const LINK_BYTES_MAX: usize = 160;

/// The blocks of an item and what was lost of them: those of its full text, unless there is none or
/// its teaser says more.
pub(in crate::read) fn choose(
    full: Option<Content>,
    teaser: Option<Content>,
    passages_max: usize,
) -> (Vec<Block>, Vec<String>) {
    let mut notes = Vec::new();
    let mut read = |content: Option<Content>| {
        content.map_or(Ok(Vec::new()), |it| it.blocks(passages_max)).unwrap_or_else(|problem| {
            notes.push(format!("some of its text was left out: it {}", problem.reason));
            Vec::new()
        })
    };
    let (full, teaser) = (read(full), read(teaser));
    let letters = |blocks: &[Block]| blocks.iter().map(|it| it.text.len()).sum::<usize>();
    let blocks = if letters(&full) >= letters(&teaser) { full } else { teaser };
    (blocks, notes)
}

/// Adds what the feed says of pictures, unless the text says it.
pub(in crate::read) fn add_captions(item: &Element, blocks: &mut Vec<Block>) {
    let pictures = item.within().filter(|it| it.name.prefix == "media" && it.name.local == "content");
    let pictures = pictures.filter(|it| it.attribute("medium").is_none_or(|it| it == "image"));
    for picture in pictures.take(CAPTIONS_MAX) {
        let said = ["description", "text"].into_iter().find_map(|it| picture.child(it));
        let text = html::plain(&said.map(Element::line).unwrap_or_default());
        if !text.is_empty() && blocks.iter().all(|it| !it.text.contains(&text)) {
            let place = format!("paragraph {}", blocks.len() + 1);
            blocks.push(Block { kind: BlockKind::Caption, text, bytes: None, place });
        }
    }
}

/// How many captions of an item's pictures are read.
const CAPTIONS_MAX: usize = 50;

/// How WordPress ends the items of a feed, in its languages: `The post … appeared first on …`. Each
/// with the words before and behind the headline.
const FOOTERS: &[(&str, &str)] = &[
    ("The post ", " appeared first on "),
    ("The post ", " first appeared on "),
    ("Der Beitrag ", " erschien zuerst auf "),
    ("L’article ", " est apparu en premier sur "),
    ("L'article ", " est apparu en premier sur "),
    ("Cet article ", " est apparu en premier sur "),
    ("La entrada ", " se publicó primero en "),
    ("La entrada ", " apareció primero en "),
    ("L'articolo ", " proviene da "),
    ("L’articolo ", " proviene da "),
    ("O post ", " apareceu primeiro em "),
    ("Het bericht ", " verscheen eerst op "),
    ("Artykuł ", " pochodzi z serwisu "),
    ("Inlägget ", " dök först upp på "),
    ("Indlægget ", " blev først udgivet på "),
    ("Innlegget ", " dukket først opp på "),
    ("Сообщение ", " появились сначала на "),
    ("Запись ", " впервые появилась "),
];

/// A longer line is no footer.
const FOOTER_BYTES_MAX: usize = 600;

fn is_footer(line: &str) -> bool {
    let wordpress = FOOTERS
        .iter()
        .any(|(start, middle)| line.strip_prefix(start).is_some_and(|rest| rest.contains(middle)));
    let mark = line.trim_matches(['[', ']', '.', '…', ' ', '»', '(', ')']);
    line.len() <= FOOTER_BYTES_MAX && wordpress
        || ["continue reading", "read more", "weiterlesen", "lire la suite", "seguir leyendo", "leer más"]
            .contains(&mark.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &Content) -> Vec<String> {
        content.blocks(100).expect("small").into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn text_is_read_as_what_it_is() {
        for (html, expected) in [
            ("The mayor resigned.", &["The mayor resigned."][..]),
            ("Osby &amp; Sons &#8217;s ferry", &["Osby & Sons ’s ferry"]),
            ("One.\n\nTwo.", &["One.", "Two."]),
            ("The pier is open,\nand ferries sail\nagain.", &["The pier is open, and ferries sail again."]),
            ("The pier is open.\nFerries sail.", &["The pier is open.", "Ferries sail."]),
            ("Open piers:\n\nnorth,\n\nsouth", &["Open piers:", "north,", "south"]),
            ("<p>One.<p>Two.", &["One.", "Two."]),
            ("One.<br><br>Two.", &["One.", "Two."]),
            ("<img src='t.gif' width=1> One.", &["One."]),
            ("<p>One.</p><ul><li><a href=x>Two</a></li><li><a href=y>Three</a></li></ul>", &["One."]),
            ("<p>One.</p><p>The post <a href=x>One</a> appeared first on <a href=y>Osby</a>.</p>", &["One."]),
            ("<a href=x>Comments</a>", &[]),
            ("<p>One, <a href=x>two</a></p>", &["One, two"]),
        ] {
            assert_eq!(read(&Content::Html(html.to_owned())), expected, "{html}");
        }
        assert_eq!(read(&Content::Plain("if a<b> and &amp;".to_owned())), ["if a<b> and &amp;"]);
    }
}
