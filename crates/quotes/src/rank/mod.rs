//! Ranks the candidates for the speaker of a quotation.
//!
//! ```text
//! draft of the rules + cues ─▶ candidates ─▶ features ─▶ weights ─▶ the likeliest
//! ```
//!
//! A conditional log-linear model (a ranker, after O'Keefe et al., EMNLP 2012, and Denis and
//! Baldridge, EMNLP 2008): a candidate's score is the sum of the weights of its features, its
//! probability the softmax over the candidates of the quotation. The rules propose, and what they
//! decided is a feature; no name is a feature, and no word but the verbs of the lexicon.
//! `weights.txt` lists the features by readable names; `examples/train_attribution` writes it.

mod candidates;
mod features;
mod instance;

pub(super) use candidates::Phrases;
pub(super) use instance::{Context, Instance};

use std::{ops::Range, sync::LazyLock};

use morgue_core::article::{PassageSpan, Rule};

use crate::{
    drafts::draft::{Draft, Subject},
    passage::Parsed,
    syntax::subject::SubjectPlace,
    weights::{Part, Sums, Table, key, key_of, line, name, whole},
};
use candidates::{Candidate, CandidatePhrase};

/// The weights of features.
#[derive(Clone, Debug)]
pub struct Ranker {
    weights: Table,
}

static ENGLISH: LazyLock<Ranker> = LazyLock::new(|| Ranker::read(include_str!("weights.txt")));

impl Ranker {
    /// The weights that are compiled into the program.
    pub fn english() -> &'static Ranker {
        &ENGLISH
    }

    /// Reads lines of a weight in hundredths and the name of a feature. Other lines are skipped;
    /// `#` starts a comment.
    pub fn read(text: &str) -> Ranker {
        let rows: Vec<(u64, [i16; 1])> =
            text.lines().filter_map(line).map(|(row, name)| (key_of(name), row)).collect();
        Ranker { weights: Table::new(&rows) }
    }

    /// Who most likely speaks; of equals the first. Candidates that are one phrase, as the subject
    /// of several cues, are one.
    pub(super) fn best(&self, instance: &Instance<'_>, phrases: &mut Phrases) -> Option<Ranked> {
        let candidates = instance.candidates(phrases);
        let scores: Vec<f32> = candidates.iter().map(|it| self.score(instance, it)).collect();
        let largest = scores.iter().copied().fold(f32::MIN, f32::max);
        let shares: Vec<f32> = scores.iter().map(|it| (it - largest).exp()).collect();
        let all: f32 = shares.iter().sum();
        let together = |it: &Candidate| -> f32 {
            candidates.iter().zip(&shares).filter(|(other, _)| other.same(it)).map(|(_, share)| share).sum()
        };
        let mut best: Option<(f32, f32, usize)> = None;
        for (at, candidate) in candidates.iter().enumerate() {
            let (whole, own) = (together(candidate), shares[at]);
            if best.is_none_or(|(it, part, _)| (whole, own) > (it, part)) {
                best = Some((whole, own, at));
            }
        }
        let (share, _, at) = best?;
        let candidate = candidates.into_iter().nth(at)?;
        Some(Ranked { candidate, probability: share / all })
    }

    fn score(&self, instance: &Instance<'_>, candidate: &Candidate) -> f32 {
        let mut sum = Sums::default();
        instance.features(candidate, &mut |parts: &[Part<'_>]| self.weights.add(key(parts), &mut sum));
        whole(sum.row::<1>())[0]
    }
}

/// A candidate and its probability.
pub(super) struct Ranked {
    candidate: Candidate,
    /// From 0 to 1.
    probability: f32,
}

/// Who speaks a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// The subject of the draft.
    Subject,
    /// The last speaker before.
    LastSpeaker,
    /// Nobody that the text names.
    Nobody,
}

impl Choice {
    /// What the rules decide.
    pub(super) fn by_rules(draft: &Draft, fallback: Rule) -> Choice {
        match (&draft.subject, &draft.cue) {
            (Some(_), _) => Choice::Subject,
            (None, None) if fallback != Rule::SameSpeaker => Choice::LastSpeaker,
            _ => Choice::Nobody,
        }
    }

    /// What the ranker decides, which is written into the draft.
    pub(super) fn by_ranker(ranked: Ranked, passage: &Parsed<'_>, draft: &mut Draft) -> Choice {
        draft.confidence = ranked.probability;
        let CandidatePhrase { phrase, sentence, cue, antecedent, owner, .. } = match ranked.candidate {
            Candidate::Phrase(it) => it,
            Candidate::LastSpeaker => return Choice::LastSpeaker,
            Candidate::Nobody => {
                draft.rule = Rule::NoSpeaker;
                return Choice::Nobody;
            }
        };
        if draft.subject.as_ref().is_some_and(|it| it.phrase.tokens.end == phrase.tokens.end) {
            return Choice::Subject;
        }
        let cue = cue.and_then(|it| passage.cues(sentence).get(it));
        draft.rule = match cue.map(|it| it.place) {
            _ if owner => Rule::Owner,
            None => Rule::NearestSpeaker,
            Some(SubjectPlace::Before) => Rule::AnotherCueBefore,
            Some(SubjectPlace::After) => Rule::AnotherInvertedCue,
            Some(_) => Rule::AnotherCue,
        };
        let clear = |it: &Range<usize>| {
            draft.content.iter().all(|other| other.end <= it.start || it.end <= other.start)
        };
        draft.cue = cue.map(|it| passage.cue_bytes(it)).filter(clear);
        draft.subject = Some(Box::new(Subject { phrase, antecedent, sentence }));
        Choice::Subject
    }
}

/// A quotation whose speaker is to be chosen, as a trainer sees it.
#[derive(Clone, Debug)]
pub struct ObservedInstance {
    /// The quotation, marks included.
    pub quotation: PassageSpan,
    /// Who may speak it.
    pub candidates: Vec<ObservedCandidate>,
}

/// Who may speak a quotation.
#[derive(Clone, Debug)]
pub struct ObservedCandidate {
    /// Where the text names them; nowhere when it is nobody.
    pub mention: Option<PassageSpan>,
    /// The names of its features.
    pub features: Vec<String>,
}

/// An instance with the names of the features of its candidates, given where the last speaker is
/// named.
pub(super) fn observed(
    instance: &Instance<'_>,
    phrases: &mut Phrases,
    last: Option<PassageSpan>,
) -> Option<ObservedInstance> {
    let observed = |candidate: Candidate| {
        let mut features = Vec::new();
        instance.features(&candidate, &mut |parts: &[Part<'_>]| features.push(name(parts)));
        let mention = match &candidate {
            Candidate::Phrase(it) => instance.passage.span(it.phrase.tokens.clone()),
            Candidate::LastSpeaker => last,
            Candidate::Nobody => None,
        };
        ObservedCandidate { mention, features }
    };
    let quotation = instance.passage.span(instance.quote..instance.quote + 1)?;
    Some(ObservedInstance {
        quotation,
        candidates: instance.candidates(phrases).into_iter().map(observed).collect(),
    })
}
