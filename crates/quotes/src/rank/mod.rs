//! The candidates of a quotation → who most likely speaks it, and how likely.
//!
//! ```text
//! draft of the rules + cues ─▶ candidates ─▶ features ─▶ weights ─▶ the likeliest
//! ```
//!
//! A conditional log-linear model (a ranker, after O'Keefe et al., EMNLP 2012, and Denis and Baldridge, EMNLP 2008):
//! each candidate's score is the sum of the weights of its features, and its probability the softmax over the candidates of the same
//! quotation. The rules stay: they propose, and what they decided is a feature. `weights.txt` is a list of named features that
//! a person can read; `examples/train_attribution` writes it. No name is a feature, and no word but the verbs of the lexicon.

mod candidates;
mod features;
mod instance;

pub(super) use candidates::Candidate;
pub(super) use instance::Context;

use std::{ops::Range, sync::LazyLock};

use morgue_core::article::{PassageSpan, Rule};

use crate::{
    drafts::draft::{Draft, Subject},
    label::Scores,
    passage::Parsed,
    syntax::subject::SubjectPlace,
    weights::{Part, Sums, Table, key, key_of, line, name, whole},
};
use candidates::CandidatePhrase;
use instance::{Instance, QuoteShape};

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

    /// Reads lines of a weight in hundredths and the name of a feature; `#` starts a comment. Other lines are passed over.
    pub fn read(text: &str) -> Ranker {
        let rows: Vec<(u64, [i16; 1])> =
            text.lines().filter_map(line).map(|(row, name)| (key_of(name), row)).collect();
        Ranker { weights: Table::new(&rows) }
    }

    fn score(&self, instance: &Instance<'_>, candidate: &Candidate) -> f32 {
        let mut sum = Sums::default();
        instance.features(candidate, &mut |parts: &[Part<'_>]| self.weights.add(key(parts), &mut sum));
        whole(sum.row::<1>())[0]
    }
}

/// A quotation whose speaker is asked for, as a trainer sees it.
#[derive(Clone, Debug, Default)]
pub struct ObservedInstance {
    /// The quotation, marks included.
    pub quotation: Option<PassageSpan>,
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

/// A candidate and its probability.
pub(super) struct Ranked {
    /// Who.
    pub candidate: Candidate,
    /// From 0 to 1.
    pub probability: f32,
}

/// Who has a claim to a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// The subject of the draft.
    Subject,
    /// The last speaker before.
    LastSpeaker,
    /// Nobody.
    Nobody,
}

impl Choice {
    /// What the rules decide.
    pub(super) fn by_rules(draft: &Draft, state: Rule) -> Choice {
        match (&draft.subject, &draft.cue) {
            (Some(_), _) => Choice::Subject,
            (None, None) if state != Rule::SameSpeaker => Choice::LastSpeaker,
            _ => Choice::Nobody,
        }
    }
}

/// The quotations of one passage whose speakers are asked for.
pub(super) struct Panel<'a> {
    /// The passage.
    pub passage: &'a Parsed<'a>,
    /// How likely each of its tokens has each label; empty without a labeler.
    pub likely: &'a [Scores],
}

impl<'a> Panel<'a> {
    fn instance<'q>(
        &'q self,
        draft: &'q Draft,
        before: Option<&'q Draft>,
        context: Context,
    ) -> Option<Instance<'q>> {
        let quote = self.quotation(draft)?;
        let sentences = &self.passage.sentences;
        let sentence = sentences.partition_point(|it| it.end <= quote);
        (sentence < sentences.len()).then_some(Instance {
            passage: self.passage,
            likely: self.likely,
            draft,
            before,
            quote,
            sentence,
            context,
            rule: Part::new(draft.rule.name()),
            state: Part::new(context.state.name()),
            shape: QuoteShape::of(self.passage, quote, sentence),
        })
    }

    /// The candidates of a draft that holds a quotation, each with the names of its features.
    pub(super) fn observed(
        &self,
        draft: &Draft,
        before: Option<&Draft>,
        context: Context,
        last: Option<PassageSpan>,
    ) -> ObservedInstance {
        let Some(instance) = self.instance(draft, before, context) else {
            return ObservedInstance::default();
        };
        let quotation = self.passage.span(instance.quote..instance.quote + 1);
        let observed = |candidate: Candidate| {
            let mut features = Vec::new();
            instance.features(&candidate, &mut |parts: &[Part<'_>]| features.push(name(parts)));
            let mention = match &candidate {
                Candidate::Phrase(it) => self.passage.span(it.phrase.tokens.clone()),
                Candidate::LastSpeaker => last,
                Candidate::Nobody => None,
            };
            ObservedCandidate { mention, features }
        };
        ObservedInstance {
            quotation,
            candidates: self.candidates(&instance).into_iter().map(observed).collect(),
        }
    }

    /// Writes the choice into the draft.
    pub(super) fn settle(&self, ranked: Ranked, draft: &mut Draft) -> Choice {
        draft.confidence = ranked.probability;
        let mention = match ranked.candidate {
            Candidate::Phrase(mention) => mention,
            Candidate::LastSpeaker => return Choice::LastSpeaker,
            Candidate::Nobody => {
                draft.rule = Rule::NoSpeaker;
                return Choice::Nobody;
            }
        };
        if draft.subject.as_ref().is_some_and(|it| it.phrase.tokens.end == mention.phrase.tokens.end) {
            return Choice::Subject;
        }
        let cue = mention.cue.and_then(|it| self.passage.cues[mention.sentence].get(it));
        draft.rule = match cue.map(|it| it.place) {
            _ if mention.owner => Rule::Owner,
            None => Rule::NearestSpeaker,
            Some(SubjectPlace::Before) => Rule::AnotherCueBefore,
            Some(SubjectPlace::After) => Rule::AnotherInvertedCue,
            Some(_) => Rule::AnotherCue,
        };
        let bytes = cue.map(|it| self.passage.cue_bytes(it));
        let clear = |it: &Range<usize>| {
            draft.content.iter().all(|other| other.end <= it.start || it.end <= other.start)
        };
        draft.cue = bytes.filter(clear);
        let CandidatePhrase { phrase, sentence, antecedent, .. } = mention;
        draft.subject = Some(Subject { phrase, antecedent, sentence });
        Choice::Subject
    }

    fn candidates(&self, instance: &Instance<'_>) -> Vec<Candidate> {
        let mut all = candidates::candidates(self.passage, instance.draft, instance.quote, instance.sentence);
        if instance.context.back.is_none() {
            all.retain(|it| !matches!(it, Candidate::LastSpeaker));
        }
        all
    }

    /// Who most likely speaks a draft that holds a quotation; of equals the first. Candidates that are one phrase, as the subject of
    /// several cues, are one.
    pub(super) fn best(
        &self,
        ranker: &Ranker,
        draft: &Draft,
        before: Option<&Draft>,
        context: Context,
    ) -> Option<Ranked> {
        let instance = self.instance(draft, before, context)?;
        let candidates = self.candidates(&instance);
        let scores: Vec<f32> = candidates.iter().map(|it| ranker.score(&instance, it)).collect();
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

    /// The token of the draft's quotation: of several the one nearest to its cue, else the first.
    fn quotation(&self, draft: &Draft) -> Option<usize> {
        let tokens = &self.passage.tokens;
        let cue = draft.cue.as_ref().map_or(0, |it| self.passage.token_at(it.start));
        let inside = draft.content.iter().flat_map(|it| {
            let from = tokens.partition_point(|token| token.end <= it.start);
            (from..tokens.len()).take_while(|at| tokens[*at].start < it.end)
        });
        inside.filter(|it| tokens[*it].is_quote()).min_by_key(|it| it.abs_diff(cue))
    }
}
