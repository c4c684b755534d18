//! The passages of an article → the turns of a transcript: `LUND: We will not sell.`, `Q. And next
//! year?`
//!
//! A passage is a turn when it begins with a label and a colon, and the article has more of them:
//! one colon alone is a list, a place or a heading (`Weather: rain`). A turn is what its speaker
//! uttered, word for word.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use morgue_core::article::PassageKind;

use crate::{
    lexicon::Classes,
    passage::Parsed,
    text::token::{Token, TokenKind},
};

/// Longest label, in tokens, without its colon.
const LABEL_TOKENS_MAX: usize = 7;
/// Turns of labels in capitals that an article needs …
const TURNS_MIN: usize = 2;
/// … and turns of labels written as names are, which lists have too.
const NAMED_TURNS_MIN: usize = 3;
/// The least share of named turns, as one in so many passages.
const NAMED_TURNS_SHARE: usize = 3;

/// What one passage is in a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Somebody begins to speak.
    Begins {
        /// The tokens of the label, without its colon.
        label: Range<usize>,
        /// Where the words begin, in bytes.
        words: usize,
    },
    /// Who spoke before goes on.
    GoesOn,
}

/// How a label is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    /// `LUND`, `Q`.
    Capitals,
    /// `Ada Lund`.
    Name,
}

/// The tokens of a label, where the words behind it begin, and how it is written.
type TurnLabel = (Range<usize>, usize, Written);

/// Which passages are turns, one entry for each; none are where the article is no transcript.
pub(crate) fn turns(passages: &[Parsed<'_>]) -> Vec<Option<Turn>> {
    let found: Vec<Option<TurnLabel>> = passages.iter().map(label).collect();
    let is_body = |it: &&Parsed<'_>| it.kind == PassageKind::Body;
    let n_body = passages.iter().filter(is_body).count();
    let mut capitals: BTreeMap<&str, usize> = BTreeMap::new();
    let mut names = capitals.clone();
    for (passage, label) in passages.iter().zip(&found) {
        if let Some((label, _, written)) = label {
            let tokens = &passage.tokens[label.clone()];
            let text = &passage.text[tokens[0].start()..tokens[tokens.len() - 1].end()];
            let counts = if *written == Written::Capitals { &mut capitals } else { &mut names };
            *counts.entry(text).or_default() += 1;
        }
    }
    let n_capitals: usize = capitals.values().sum();
    let n_names: usize = names.values().sum();
    // `LOOK: …`, `VIDEO: …` are labels too; whoever speaks does so more than once, or hears as much
    // as they say.
    let surnames: BTreeSet<&str> = capitals.keys().filter_map(|it| it.split_whitespace().last()).collect();
    let in_capitals = n_capitals >= TURNS_MIN
        && (surnames.len() < n_capitals || n_capitals * 2 >= n_body)
        && (capitals.len() > 1 || n_capitals > TURNS_MIN);
    let by_name = n_names >= NAMED_TURNS_MIN
        && names.len() > 1
        && n_names * NAMED_TURNS_SHARE >= n_body
        && names.len() < n_names;
    let taken = |written: Written| match written {
        Written::Capitals => in_capitals,
        Written::Name => by_name,
    };
    let mut speaking = false;
    // A story with a stretch of transcript in it goes on as a story.
    let n_turns = found.iter().flatten().filter(|it| taken(it.2)).count();
    let throughout = n_turns * 2 >= n_body;
    let turn = |(passage, label): (&Parsed<'_>, Option<TurnLabel>)| {
        if let Some((label, words, _)) = label.filter(|it| taken(it.2)) {
            speaking = true;
            return Some(Turn::Begins { label, words });
        }
        let spoken = passage.kind == PassageKind::Body && !is_aside(passage);
        speaking &= passage.kind == PassageKind::Body;
        (speaking && throughout && spoken).then_some(Turn::GoesOn)
    };
    passages.iter().zip(found).map(turn).collect()
}

/// `(APPLAUSE)`, `[Music plays.]`: nobody's words.
fn is_aside(passage: &Parsed<'_>) -> bool {
    let text = passage.text.trim();
    text.starts_with(['(', '[']) && text.ends_with([')', ']'])
}

/// The label that a passage begins with, and where its words begin.
fn label(passage: &Parsed<'_>) -> Option<TurnLabel> {
    let tokens = &passage.tokens;
    if passage.kind != PassageKind::Body {
        return None;
    }
    // `Q. And next year?`: the full stop belongs to the letter.
    let first = tokens.first()?;
    let letter = first.classes.any(Classes::ASKS | Classes::ANSWERS) && first.first.is_uppercase();
    let dotted = letter && first.text(passage.text).ends_with('.');
    let colon =
        if dotted { 0 } else { tokens.iter().take(LABEL_TOKENS_MAX + 1).position(|it| it.is_sign(':'))? };
    let end = if dotted { 1 } else { colon };
    let label = &tokens[..end];
    // `DEAR ABBY:` opens a letter, and what follows is its writer's.
    if first.text(passage.text).eq_ignore_ascii_case("dear") {
        return None;
    }
    let last = label.last()?;
    let words =
        tokens.get(colon + 1).filter(|it| it.is_word() || it.is_quote() || it.kind == TokenKind::Punct)?;
    let text = &passage.text[first.start()..last.end()];
    let capitals = letter && end == 1
        || text.chars().filter(|it| it.is_alphabetic()).nth(1).is_some()
            && !text.contains(char::is_lowercase);
    let named = label.iter().all(|it| {
        it.is_name() || it.classes.any(Classes::TITLE) || it.kind == TokenKind::Punct && it.first == '.'
    }) && label.iter().any(Token::is_name);
    let signs = |it: &Token| it.kind == TokenKind::Punct && !matches!(it.first, '.' | ',' | '(' | ')');
    let written = if capitals && !label.iter().any(signs) {
        Written::Capitals
    } else if named {
        Written::Name
    } else {
        return None;
    };
    Some((0..end, words.start(), written))
}
