//! Finds the lines of a page beside its headline, where sites print who wrote a story and when.
//!
//! They stand between the headline and the first paragraph; one line above the headline counts too
//! when it has a time of day. Lines of comments and of other stories are left out.

use super::{clutter, page::Page};
use crate::read::{Block, BlockKind};
use morgue_core::article::{Field, FieldName};

/// So many blocks below the headline are looked at; sites set share bars and decks there too.
const BLOCKS_MAX: usize = 15;

/// A line is at most so long, in characters without white space.
const CHARS_MAX: usize = 200;

/// The first paragraph of the story with so many bytes ends the lines above it.
const STORY_BYTES_MIN: usize = 80;

/// A line without a number may name who wrote the story, and then is short.
const NAMES_CHARS_MAX: usize = 60;

/// The lines beside the headline that may say who wrote the story and when; none when the page shows no headline.
pub(super) fn lines(page: &Page, fields: &[Field], story: &[Block]) -> Vec<Block> {
    let letters = |it: &str| -> String {
        it.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let headlines = fields.iter().filter(|it| it.name == FieldName::Headline).map(|it| letters(&it.value));
    let headlines: Vec<String> = headlines.collect();
    let says_it = |at: &usize| headlines.contains(&letters(&page.leaves[*at].text));
    let first_order = |at: &usize| page.leaves[*at].kind == BlockKind::Heading(1);
    let leaves = || 0..page.leaves.len();
    let headline = leaves().filter(first_order).find(says_it).or_else(|| leaves().find(says_it));
    let Some(headline) = headline.or_else(|| leaves().find(first_order)) else { return Vec::new() };
    let first = story.iter().find(|it| it.kind == BlockKind::Paragraph && it.text.len() >= STORY_BYTES_MIN);
    let is_story = |at: &usize| first.is_some_and(|it| it.text == page.leaves[*at].text);
    let below = (headline + 1..page.leaves.len()).take(BLOCKS_MAX).take_while(|at| !is_story(at));
    let clock = |at: &usize| {
        let text = page.leaves[*at].text.as_str();
        text.contains(':') && text.bytes().any(|it| it.is_ascii_digit())
    };
    let above = headline.checked_sub(1).filter(clock);
    let elsewhere = clutter::elsewhere(page);
    let fits = |at: &usize| {
        let leaf = &page.leaves[*at];
        let plain = matches!(leaf.kind, BlockKind::Paragraph | BlockKind::Item);
        let numbered = leaf.text.bytes().any(|it| it.is_ascii_digit());
        let chars_max = if numbered { CHARS_MAX } else { NAMES_CHARS_MAX };
        let post = clutter::embedded_post(page, leaf.element);
        plain && leaf.chars <= chars_max && !elsewhere[leaf.element] && !post
    };
    let block = |at: usize| Block {
        kind: BlockKind::Paragraph,
        text: page.leaves[at].text.clone(),
        bytes: None,
        place: format!("block {} of the page", at + 1),
    };
    below.chain(above).filter(fits).map(block).collect()
}
