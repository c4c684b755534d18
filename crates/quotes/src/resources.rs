//! What the engine knows of each language: its lexicon, and models trained on articles whose
//! attributions are marked.

use morgue_core::article::Language;

use crate::{label::Labeler, lexicon::Lexicon, rank::Ranker, term::Terms};

/// A lexicon, and the models that revise what the rules propose with it.
#[derive(Clone, Copy, Debug)]
pub struct Resources<'a> {
    /// The words that the rules ask for. An empty one finds only what stands between marks, without
    /// speakers.
    pub lexicon: &'a Lexicon,
    /// Tells terms and titles between marks from what is said; without one only how they are
    /// written does.
    pub terms: Option<&'a Terms>,
    /// Finds where reported words begin and end; without one they stay as the rules have them.
    pub labeler: Option<&'a Labeler>,
    /// Chooses who speaks what stands between marks.
    pub ranker: &'a Ranker,
}

impl Resources<'static> {
    /// The resources for a language. An article whose language is unknown counts as English, the
    /// language of the first archives.
    pub fn for_language(language: Option<Language>) -> Resources<'static> {
        let english = matches!(language, None | Some(Language::ENGLISH));
        let lexicon = match language {
            _ if english => Lexicon::english(),
            Some(Language::SPANISH) => Lexicon::spanish(),
            _ => Lexicon::empty(),
        };
        Resources {
            lexicon,
            terms: english.then(Terms::english),
            labeler: english.then(Labeler::english),
            ranker: Ranker::english(),
        }
    }
}
