//! What a pattern of a query stands for in an archive.

use std::collections::BTreeMap;

/// The most words that a pattern is taken for; of more, those that are used most. Each costs memory
/// while it is read.
pub const FORMS_MAX: usize = 5_000;

/// The words that a pattern fits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expansion {
    /// With the passages (quotes, for `said:` and speakers) that have each, the most used first; at
    /// most [`FORMS_MAX`]. A stem stands after its language: `en/talk`; that
    /// of a variant before the number of its words: `en/email/2`.
    pub forms: Vec<(String, u64)>,
    /// How many there are in all.
    pub n_forms: usize,
}

impl Expansion {
    /// Whether there are more words than are looked for.
    pub fn is_cut(&self) -> bool {
        self.n_forms > self.forms.len()
    }

    /// Takes the words with their uses.
    pub(crate) fn of(forms: BTreeMap<String, u64>) -> Expansion {
        let n_forms = forms.len();
        let mut forms = Vec::from_iter(forms);
        forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        forms.truncate(FORMS_MAX);
        Expansion { forms, n_forms }
    }
}
