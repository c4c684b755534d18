//! What is said of a file many times over: the first are kept by name, the rest is counted.

use morgue_core::number;

/// So many of one file are kept.
const KEPT_MAX: usize = 100;

/// The problems or the notes of a file.
#[derive(Debug, Default)]
pub struct Named {
    kept: Vec<String>,
    more: usize,
}

impl Named {
    /// Keeps a text, or counts it; not where it says the same as the one before.
    pub fn add(&mut self, text: String) {
        if self.kept.len() >= KEPT_MAX {
            self.more += 1;
        } else if self.kept.last() != Some(&text) {
            self.kept.push(text);
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// What was kept, and how many more there were.
    pub fn into_lines(mut self) -> Vec<String> {
        if self.more > 0 {
            self.kept.push(format!("and {} more", number(self.more)));
        }
        self.kept
    }
}
