//! Bytes of a text → code points, in which outputs count.

use super::Span;

/// The code points before any byte of a text, without counting from its start each time.
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    /// Code points before each multiple of [`STRIDE`] bytes.
    before: Vec<usize>,
}

/// Bytes that are counted anew each time: with a number for every 64, a table is an eighth of its
/// text.
const STRIDE: usize = 64;

impl CodePoints<'_> {
    /// Counts those of a text.
    pub fn of(text: &str) -> CodePoints<'_> {
        let mut before = Vec::with_capacity(text.len() / STRIDE + 2);
        let mut n = 0;
        for block in text.as_bytes().chunks(STRIDE) {
            before.push(n);
            n += starts(block);
        }
        before.push(n);
        CodePoints { text, before }
    }

    /// Code points before the byte `at`, which lies on the boundary of one.
    pub fn before(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = at / STRIDE;
        self.before[block.min(self.before.len() - 1)] + starts(&self.text.as_bytes()[block * STRIDE..at])
    }

    /// A span of bytes as one of code points, half open.
    pub fn span(&self, span: Span) -> [usize; 2] {
        [self.before(span.start()), self.before(span.end())]
    }
}

/// How many code points start in the bytes: all but continuation bytes do.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|it| (**it as i8) >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_counted_as_by_counting_from_the_start() {
        for unit in ["a", "é", "東a", "😀 b", ""] {
            let text = unit.repeat(100);
            let code_points = CodePoints::of(&text);
            let places: Vec<usize> = text.char_indices().map(|it| it.0).chain([text.len()]).collect();
            for (n, at) in places.iter().enumerate() {
                assert_eq!(code_points.before(*at), n, "{unit}");
            }
        }
    }
}
