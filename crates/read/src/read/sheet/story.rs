//! The lines of a document as one article, where the user wants it read as text.

use super::Lines;
use crate::read::{Block, BlockKind, Documents, RawDocument, ReadRules};

/// One article of all lines that are not blank; an error of the lines follows it.
pub(in crate::read) fn documents<'a>(lines: Lines<'a>, rules: &ReadRules) -> Documents<'a> {
    let mut article = RawDocument::default();
    let mut problem = None;
    for line in lines {
        match line {
            Ok(line) if line.is_blank() => (),
            Ok(line) if article.blocks.len() <= rules.passages_max => {
                let kind = line.look.heading.map_or(BlockKind::Paragraph, BlockKind::Heading);
                let place = line.place();
                article.blocks.push(Block { kind, text: line.text, bytes: None, place });
            }
            Ok(_) => break,
            Err(error) => problem = Some(error),
        }
    }
    let article = Some(article).filter(|it| !it.blocks.is_empty());
    Box::new(article.into_iter().map(Ok).chain(problem.map(Err)))
}
