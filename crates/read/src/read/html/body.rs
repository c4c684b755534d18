//! Finds the article in a page: which of its blocks are the story.
//!
//! The crate `trafilatura` proposes a text. The blocks it took are found again in the page itself,
//! so that paragraphs, headings and captions are as a browser shows them. Then the page's own
//! construction repairs the proposal: blocks that stand where the story's blocks stand, in elements
//! of the same kind, belong to it; those that do not, end it.

use std::collections::{HashMap, HashSet};

use super::{
    clutter,
    page::{Leaf, Page},
};
use crate::read::{Block, BlockKind, correction_note};

/// The blocks of the story in reading order; empty when the page has none.
///
/// Without a proposal, blocks of running text are one.
pub(super) fn blocks(page: &Page, proposed: Option<&str>) -> Vec<Block> {
    let taken = proposed.map_or_else(|| running_text(page), |it| taken(page, it));
    page.chosen(&repaired(page, &taken))
}

/// Marks the blocks that are long and hardly link anywhere; where none is long, short ones do.
fn running_text(page: &Page) -> Vec<bool> {
    let marked = clutter::marked(page, 0);
    let at_least = |chars: usize| -> Vec<bool> {
        let runs = |leaf: &Leaf| {
            let own = leaf.kind == BlockKind::Paragraph && !marked[leaf.element];
            own && leaf.chars >= chars && leaf.link_chars * 4 < leaf.chars
        };
        page.leaves.iter().map(runs).collect()
    };
    let long = at_least(RUNNING_CHARS_MIN);
    if long.contains(&true) { long } else { at_least(RUNNING_CHARS_MIN / 4) }
}

/// Most labels and teasers are shorter.
const RUNNING_CHARS_MIN: usize = 60;

/// The proposal, with what the construction of the page adds and takes away.
fn repaired(page: &Page, taken: &[bool]) -> Vec<bool> {
    let Some(story) = Story::of(page, taken) else { return taken.to_vec() };
    let elsewhere = clutter::elsewhere(page);
    let corrects = |leaf: &Leaf| {
        let plain = matches!(leaf.kind, BlockKind::Paragraph | BlockKind::Item);
        let linked = leaf.link_chars * 2 >= leaf.chars;
        plain && !linked && !elsewhere[leaf.element] && correction_note::is_note(&leaf.text)
    };
    let decide = |(at, leaf): (usize, &Leaf)| {
        let place = &story.places[at];
        if page.elements[leaf.element].hidden {
            return false;
        }
        if corrects(leaf) {
            return true;
        }
        match (taken[at], at < story.first, at > story.last) {
            (true, true, _) => story.leads(page, leaf, place),
            (true, _, true) => story.trails(leaf, place),
            (true, false, false) => place.core || !place.clutter,
            (false, false, false) => story.joins(page, leaf, place),
            (false, true, _) => story.begins(leaf, place),
            (false, _, true) => false,
        }
    };
    let mut taken: Vec<bool> = page.leaves.iter().enumerate().map(decide).collect();
    story.drop_other_articles(page, &mut taken);
    drop_teasers(page, &mut taken);
    drop_addresses_to_the_reader(page, &mut taken, story.first);
    taken
}

/// Drops lists of other stories below the line that announces them, and an excerpt that the story
/// repeats.
fn drop_teasers(page: &Page, taken: &mut [bool]) {
    let mut announced = false;
    for (leaf, taken) in page.leaves.iter().zip(taken.iter_mut()) {
        let prompts = clutter::prompts(leaf);
        let leads_away = leaf.link_chars * 10 >= leaf.chars * 9;
        if prompts || announced && leads_away || clutter::shouted_link(leaf) {
            *taken = false;
        }
        announced = prompts || announced && leads_away;
    }
    let kept: Vec<usize> = (0..taken.len()).filter(|it| taken[*it]).collect();
    for pair in kept.windows(4) {
        let whole = &page.leaves[pair[0]].text;
        let excerpt = whole.trim_end_matches(['.', '…', ' ', '[', ']']);
        let repeated = |it: &usize| {
            let text = &page.leaves[*it].text;
            excerpt.len() >= 60 && text.len() > whole.len() && text.starts_with(excerpt)
        };
        if pair[1..].iter().any(repeated) {
            taken[pair[0]] = false;
        }
    }
}

/// Drops what speaks to the reader about the outlet. It comes last or first, and only there is it
/// told from the story by its words.
fn drop_addresses_to_the_reader(page: &Page, taken: &mut [bool], first: usize) {
    for at in (first + 1..taken.len()).rev() {
        let leaf = &page.leaves[at];
        if taken[at] && leaf.kind != BlockKind::Caption && !correction_note::is_note(&leaf.text) {
            if !clutter::closing(&leaf.text) {
                break;
            }
            taken[at] = false;
        }
    }
    let opening =
        (0..taken.len()).filter(|at| taken[*at] && !matches!(page.leaves[*at].kind, BlockKind::Heading(1)));
    if let Some(at) = opening.take(1).next()
        && clutter::opening(&page.leaves[at].text)
    {
        taken[at] = false;
    }
}

/// How the blocks of the story stand in the page.
struct Story {
    places: Vec<Place>,
    /// The first and the last block that the proposal took where most of the story stands.
    first: usize,
    last: usize,
}

/// Where a leaf stands, compared with the story.
struct Place {
    /// Within the smallest element that holds nearly all of the story.
    inside: bool,
    /// In elements of the same kinds as much of the story.
    core: bool,
    /// Directly beside blocks of the story.
    beside: bool,
    /// In an element marked as something else than the story.
    clutter: bool,
}

/// The smallest element with so much of the story's text is its root.
const ROOT_SHARE_MIN: f64 = 0.8;
/// Elements of one kind with so much of the story's text are where it stands.
const CORE_SHARE_MIN: f64 = 0.08;
/// … provided so much of their text was taken.
const CORE_TAKEN_MIN: f64 = 0.5;

impl Story {
    /// `None` when the proposal is too little to learn from.
    fn of(page: &Page, taken: &[bool]) -> Option<Story> {
        // Some sites name every paragraph differently; then only the tags tell.
        Story::by_kind(page, taken, true).or_else(|| Story::by_kind(page, taken, false))
    }

    fn by_kind(page: &Page, taken: &[bool], classes: bool) -> Option<Story> {
        let weight = |at: usize| {
            let leaf = &page.leaves[at];
            let running = matches!(leaf.kind, BlockKind::Paragraph | BlockKind::Item);
            if taken[at] && running && leaf.link_chars * 2 < leaf.chars { leaf.chars } else { 0 }
        };
        let total: usize = (0..page.leaves.len()).map(weight).sum();
        let root = root(page, &weight, total)?;
        let keys = keys(page, root, classes);
        let key = |at: usize| keys[page.leaves[at].element];
        let marked = clutter::marked(page, root);
        let mut groups: HashMap<usize, (usize, usize)> = HashMap::new();
        let mut parents: HashMap<usize, usize> = HashMap::new();
        for (at, leaf) in page.leaves.iter().enumerate() {
            let Some(key) = key(at) else { continue };
            let group = groups.entry(key).or_default();
            group.0 += weight(at);
            group.1 += leaf.chars;
            *parents.entry(parent(page, leaf)).or_default() += weight(at);
        }
        let share = |chars: usize| chars as f64 / total as f64;
        let core = |at: usize| {
            key(at).and_then(|it| groups.get(&it)).is_some_and(|(taken, all)| {
                share(*taken) >= CORE_SHARE_MIN && *taken as f64 >= CORE_TAKEN_MIN * *all as f64
            })
        };
        let places: Vec<Place> = page
            .leaves
            .iter()
            .enumerate()
            .map(|(at, leaf)| Place {
                inside: key(at).is_some(),
                core: core(at),
                beside: parents.get(&parent(page, leaf)).is_some_and(|it| share(*it) >= CORE_SHARE_MIN),
                clutter: key(at).is_some() && marked[leaf.element],
            })
            .collect();
        let first = (0..taken.len()).find(|at| taken[*at] && places[*at].core && weight(*at) > 0)?;
        let last = (0..taken.len()).rfind(|at| taken[*at] && places[*at].core && weight(*at) > 0)?;
        Some(Story { places, first, last })
    }

    /// Drops the articles that follow below a heading such as "Related articles" in `<article>`
    /// elements of their own. Such headings also begin boxes within a story, so that the heading
    /// alone ends nothing.
    fn drop_other_articles(&self, page: &Page, taken: &mut [bool]) {
        let inside = |at: &usize| self.places[*at].inside;
        let Some(ending) =
            (self.first + 1..taken.len()).find(|at| inside(at) && clutter::ending(page, &page.leaves[*at]))
        else {
            return;
        };
        let article = |at: usize| page.elements[page.leaves[at].element].article;
        let own: HashSet<Option<usize>> = (0..ending).filter(|at| taken[*at]).map(article).collect();
        taken[ending] = false;
        for (at, taken) in taken.iter_mut().enumerate().skip(ending) {
            *taken &= own.contains(&article(at));
        }
    }

    /// Whether a block that was taken before the story's beginning is its headline or its first
    /// words.
    fn leads(&self, page: &Page, leaf: &Leaf, place: &Place) -> bool {
        match leaf.kind {
            BlockKind::Heading(level) => level == 1,
            BlockKind::Caption => place.inside,
            BlockKind::Item => place.core && !place.clutter,
            BlockKind::Paragraph if place.inside => !place.clutter && (place.beside || leaf.chars >= 60),
            // The first paragraph is often set in an element of its own; so is a deck, and that is
            // no part of the text.
            BlockKind::Paragraph | BlockKind::Correction => {
                let own = page.elements[leaf.element].tag == "p" && leaf.chars >= 60;
                own && leaf.link_chars * 3 < leaf.chars && !clutter::deck(page, leaf.element)
            }
        }
    }

    /// Whether a block that was not taken before the story's beginning stands in line with it.
    fn begins(&self, leaf: &Leaf, place: &Place) -> bool {
        let running = matches!(leaf.kind, BlockKind::Paragraph) && leaf.chars >= 80;
        running && place.core && place.beside && !place.clutter && leaf.link_chars * 3 < leaf.chars
    }

    /// Whether a block that was taken after the story's end still belongs to it.
    fn trails(&self, leaf: &Leaf, place: &Place) -> bool {
        let own =
            place.inside && !place.clutter && !clutter::prompts(leaf) && leaf.link_chars * 2 < leaf.chars;
        match leaf.kind {
            BlockKind::Paragraph | BlockKind::Correction | BlockKind::Item => {
                own && (place.beside || leaf.chars >= 150)
            }
            BlockKind::Caption => own,
            BlockKind::Heading(_) => false,
        }
    }

    /// Whether a block within the story that was not taken belongs to it nevertheless.
    fn joins(&self, page: &Page, leaf: &Leaf, place: &Place) -> bool {
        if place.inside && clutter::embedded_post(page, leaf.element) {
            return true;
        }
        if clutter::prompts(leaf) || !place.inside || place.clutter || leaf.link_chars * 10 > leaf.chars * 7 {
            return false;
        }
        place.core || place.beside
    }
}

/// The deepest element that holds [`ROOT_SHARE_MIN`] of the weight.
fn root(page: &Page, weight: &dyn Fn(usize) -> usize, total: usize) -> Option<usize> {
    let mut held = vec![0; page.elements.len()];
    for (at, leaf) in page.leaves.iter().enumerate() {
        held[leaf.element] += weight(at);
    }
    // Children stand after their parents.
    for at in (1..held.len()).rev() {
        held[page.elements[at].parent] += held[at];
    }
    let enough = |at: &usize| held[*at] > 0 && held[*at] as f64 >= ROOT_SHARE_MIN * total as f64;
    (0..page.elements.len()).filter(enough).max_by_key(|it| page.elements[*it].depth)
}

/// A number for each element within the root, the same for those that stand in elements of the same
/// kinds from the root down; `None` outside the root.
fn keys(page: &Page, root: usize, classes: bool) -> Vec<Option<usize>> {
    let mut numbers: HashMap<(usize, &str, &str), usize> = HashMap::new();
    let mut keys: Vec<Option<usize>> = Vec::with_capacity(page.elements.len());
    for (at, element) in page.elements.iter().enumerate() {
        // Parents stand before their children; the first element is its own parent.
        let around = if at == 0 { None } else { keys[element.parent] };
        let key = match around {
            _ if at == root => Some(0),
            None => None,
            Some(around) => {
                let next = numbers.len() + 1;
                let class = if classes { element.class.as_str() } else { "" };
                Some(*numbers.entry((around, &element.tag, class)).or_insert(next))
            }
        };
        keys.push(key);
    }
    keys
}

/// The element in which a leaf is one of several: that around its paragraph.
fn parent(page: &Page, leaf: &Leaf) -> usize {
    let own = page.elements[leaf.element].tag.as_str();
    let wraps =
        matches!(own, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "li" | "pre" | "center");
    if wraps { page.elements[leaf.element].parent } else { leaf.element }
}

/// Which leaves the proposed text holds, in its order.
fn taken(page: &Page, proposed: &str) -> Vec<bool> {
    let words: Vec<String> = words(proposed);
    let mut places: HashMap<&[String], Vec<usize>> = HashMap::new();
    for (at, shingle) in words.windows(SHINGLE).enumerate() {
        places.entry(shingle).or_default().push(at);
    }
    let mut at = 0;
    page.leaves
        .iter()
        .map(|leaf| {
            let leaf = self::words(&leaf.text);
            if leaf.is_empty() {
                return false;
            }
            if leaf.len() < SHINGLE {
                // A short leaf is all over the page; it counts where the text has just come to.
                let window = &words[at..words.len().min(at + 4 * SHINGLE)];
                let found = window.windows(leaf.len()).position(|it| it == leaf);
                if let Some(found) = found {
                    at += found + leaf.len();
                }
                return found.is_some();
            }
            let hits = leaf.windows(SHINGLE).filter(|it| places.contains_key(it)).count();
            let taken = hits * 10 >= (leaf.len() + 1 - SHINGLE) * 6;
            if taken
                && let Some(next) = leaf.windows(SHINGLE).rev().find_map(|it| {
                    let places = places.get(it)?;
                    places.get(places.partition_point(|place| *place < at))
                })
            {
                at = next + SHINGLE;
            }
            taken
        })
        .collect()
}

const SHINGLE: usize = 4;

/// The words in lower case, without marks.
fn words(text: &str) -> Vec<String> {
    text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_lowercase).collect()
}
