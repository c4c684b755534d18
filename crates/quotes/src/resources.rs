//! What the engine knows of each language: its lexicon, and models trained on articles whose
//! attributions are marked.

use morgue_core::article::Language;

use crate::{label::Labeler, lexicon::Lexicon, rank::Ranker};

/// A lexicon, and the models that revise what the rules propose with it.
#[derive(Clone, Copy, Debug)]
pub struct Resources<'a> {
    /// The words that the rules ask for. An empty one finds only what stands between marks, without
    /// speakers.
    pub lexicon: &'a Lexicon,
    /// Finds where reported words begin and end; without one they stay as the rules have them.
    pub labeler: Option<&'a Labeler>,
    /// Chooses who speaks what stands between marks.
    pub ranker: &'a Ranker,
}

impl Resources<'static> {
    /// The resources for a language. An article whose language is unknown counts as English, the
    /// language of the first archives.
    pub fn for_language(language: Option<Language>) -> Resources<'static> {
        let (lexicon, labeler) = match language {
            None | Some(Language::ENGLISH) => (Lexicon::english(), Some(Labeler::english())),
            Some(Language::SPANISH) => (Lexicon::spanish(), None),
            Some(_) => (Lexicon::empty(), None),
        };
        Resources { lexicon, labeler, ranker: Ranker::english() }
    }
}
