//! What stands beside a text: captions, boxes and corrections, each below a label, and the notices
//! of the service.

use crate::read::{Block, BlockKind, sheet::Line};

/// What a label beside a text says that the lines below it are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    Caption,
    Text,
    Correction,
    /// Notes of the service and of the page: `Suite page 17`.
    Note,
}

/// How labels begin, in lower case.
const LABELS: [(&str, Beside); 12] = [
    ("illustration", Beside::Caption),
    ("ilustraci", Beside::Caption),
    ("photo", Beside::Caption),
    ("encadré", Beside::Text),
    ("sidebar", Beside::Text),
    ("recuadro", Beside::Text),
    ("rectificat", Beside::Correction),
    ("rectificac", Beside::Correction),
    ("correction", Beside::Correction),
    ("erratum", Beside::Correction),
    ("note", Beside::Note),
    ("nota", Beside::Note),
];

/// The blocks beside a text, and the lines that correct it.
pub(super) fn read<'a>(lines: &[&'a Line]) -> (Vec<Block>, Vec<&'a Line>) {
    let mut beside = Beside::Note;
    let (mut blocks, mut corrections) = (Vec::new(), Vec::new());
    for line in lines.iter().filter(|it| it.is_marked("aside")) {
        beside = label(&line.text).map_or(beside, |it| it.0);
        let text = value(&line.text);
        let kind = match beside {
            _ if text.is_empty() => continue,
            Beside::Caption => BlockKind::Caption,
            Beside::Text => BlockKind::Paragraph,
            Beside::Correction => {
                corrections.push(*line);
                continue;
            }
            Beside::Note => continue,
        };
        blocks.push(Block { kind, text: text.to_owned(), bytes: None, place: line.place() });
    }
    (blocks, corrections)
}

/// A line without the label before it.
pub(super) fn value(text: &str) -> &str {
    label(text).map_or(text, |it| it.1)
}

/// What a label says, and what stands behind it: `Illustration(s) : The mole`.
fn label(text: &str) -> Option<(Beside, &str)> {
    let (name, value) = text.split_once(':')?;
    let name = name.trim().trim_end_matches("(s)").trim_end_matches("(es)").to_lowercase();
    let found = LABELS.iter().find(|it| name.starts_with(it.0))?;
    (name.len() <= LABEL_BYTES_MAX).then_some((found.1, value.trim()))
}

/// `rectification` has 13 bytes; `note to readers` is no label of the service.
const LABEL_BYTES_MAX: usize = 16;

/// Whether a line says where an article appeared.
pub(super) fn is_notice(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["cet article est paru dans", "this article appeared in", "este artículo fue publicado en"]
        .iter()
        .any(|it| lower.starts_with(it))
}

/// The address of the page where an article appeared.
pub(super) fn link(line: &Line) -> Option<&str> {
    let mut marks = line.look.begins.split_whitespace().filter(|_| is_notice(&line.text));
    marks.find_map(|it| it.strip_prefix("href=")).filter(|it| it.starts_with("http"))
}
