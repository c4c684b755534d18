//! Articles with their marked attributions, as `make_gold.py` of the evaluation data writes them: a
//! line for each, offsets in code points.

use std::ops::Range;

use morgue::article::{Passage, PassageKind};
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    attributions: Vec<Marked>,
}

#[derive(Deserialize)]
struct Marked {
    content: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    source: Vec<[usize; 2]>,
}

/// What is attributed, by which words, to whom; in bytes of the article's text.
pub(crate) struct Attribution {
    pub(crate) content: Vec<Range<usize>>,
    pub(crate) cue: Vec<Range<usize>>,
    pub(crate) source: Vec<Range<usize>>,
}

/// An article cut into passages as `morgue annotate` does.
pub(crate) struct Article {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) passages: Vec<Passage>,
    /// The byte at which each passage begins.
    pub(crate) offsets: Vec<usize>,
    pub(crate) attributions: Vec<Attribution>,
}

impl Article {
    /// Reads a line.
    pub(crate) fn read(line: &str) -> Result<Article, serde_json::Error> {
        let Line { id, text, attributions } = serde_json::from_str(line)?;
        let points = CodePoints::new(&text);
        let bytes = |spans: &[[usize; 2]]| {
            spans.iter().map(|it| points.byte(it[0])..points.byte(it[1])).collect::<Vec<_>>()
        };
        let attributions = attributions
            .iter()
            .map(|it| Attribution {
                content: bytes(&it.content),
                cue: bytes(&it.cue),
                source: bytes(&it.source),
            })
            .collect();
        let (mut passages, mut offsets, mut at) = (Vec::new(), Vec::new(), 0);
        for line in text.split_inclusive('\n') {
            if let Some(passage) = Passage::new(PassageKind::Body, line) {
                offsets.push(at + line.len() - line.trim_start().len());
                passages.push(passage);
            }
            at += line.len();
        }
        Ok(Article { id, text, passages, offsets, attributions })
    }

    /// Who published it: its name begins with that.
    pub(crate) fn outlet(&self) -> &str {
        self.id.split('_').next().unwrap_or_default()
    }
}

/// The byte of each code point of a text.
pub(crate) struct CodePoints(Vec<usize>);

impl CodePoints {
    pub(crate) fn new(text: &str) -> CodePoints {
        CodePoints(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    pub(crate) fn byte(&self, point: usize) -> usize {
        self.0.get(point).or(self.0.last()).copied().unwrap_or(0)
    }

    pub(crate) fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|it| *it < byte)
    }
}
