//! A parsed passage → its drafts: what is attributed, by which cue, to which phrase.
//!
//! Sentence by sentence: every quotation goes to the cue beside it, every cue without one takes the clause it
//! reports. A sentence that is all quotation goes on with the speaker before it until the passage ends.

mod content;
mod cue_choice;
pub(crate) mod draft;
pub(crate) mod pieces;

use std::ops::Range;

use morgue_core::article::Rule;

use crate::{
    lexicon::Classes,
    passage::Parsed,
    syntax::{
        cue::{Cue, CueKind},
        subject::{SubjectPlace, main_subject, nearest_subject, speaks},
    },
};
use cue_choice::{cue_of, goes_on, names};
use draft::{Draft, Subject};

/// The drafts of a passage, in the order of their content.
pub(crate) fn drafts(passage: &Parsed<'_>) -> Vec<Draft> {
    let tokens = &passage.tokens;
    let mut found: Vec<Draft> = Vec::new();
    // Quotations that nothing before them claims.
    let mut waiting: Vec<usize> = Vec::new();
    // Who goes on speaking, and the sentence up to which their quotation runs without a break.
    let mut speaking: Option<(Draft, usize)> = None;
    for (index, sentence) in passage.sentences.iter().enumerate() {
        let quotes: Vec<usize> = sentence.clone().filter(|it| tokens[*it].is_quote()).collect();
        let bare = tokens[sentence.clone()].iter().all(|it| !it.is_word());
        if bare && !quotes.is_empty() {
            match &mut speaking {
                Some((draft, until)) => {
                    go_on(passage, draft, &quotes, *until + 1 == index, &mut found);
                    *until = index;
                }
                None => waiting.extend(quotes),
            }
            continue;
        }
        let cues = &passage.cues[index];
        let mut drafted = sentence_drafts(passage, index, sentence, cues, &quotes, &mut waiting);
        if let Some((draft, until)) = &mut speaking
            && !waiting.is_empty()
            && !drafted.iter().any(|it| it.quoted)
        {
            go_on(passage, draft, &waiting, *until + 1 == index, &mut found);
            waiting.clear();
            *until = index;
        }
        let spoken = drafted.iter().filter(|it| it.subject.is_some());
        let quoted = spoken.clone().rfind(|it| it.quoted);
        if let Some(draft) = quoted.or_else(|| spoken.clone().find(|it| it.speech)) {
            claim(passage, &mut waiting, draft, &mut found);
            let until = if draft.quoted { index } else { usize::MAX - 1 };
            speaking = Some((draft.clone(), until));
        }
        found.append(&mut drafted);
    }
    found.extend(waiting.into_iter().filter_map(|it| passage.inside(it)).map(Draft::unclaimed));
    found.retain(|it| !it.content.is_empty());
    found.sort_by_key(|it| it.content[0].start);
    found
}

/// Gives a sentence that is all quotation to who speaks: as more of their last quote when it follows at once.
fn go_on(passage: &Parsed<'_>, draft: &Draft, quotes: &[usize], at_once: bool, found: &mut Vec<Draft>) {
    let spans = quotes.iter().filter_map(|it| passage.inside(*it));
    let last = found.iter_mut().rev().find(|it| it.cue == draft.cue && it.quoted);
    match last {
        Some(last) if at_once => last.content.extend(spans),
        _ => {
            found.push(Draft {
                content: spans.collect(),
                cue: None,
                rule: Rule::SameSpeaker,
                confidence: 0.7,
                quoted: true,
                ..draft.clone()
            });
        }
    }
}

/// Gives the waiting quotations to the speaker of `draft`.
fn claim(passage: &Parsed<'_>, waiting: &mut Vec<usize>, draft: &Draft, found: &mut Vec<Draft>) {
    for quote in waiting.drain(..) {
        if let Some(span) = passage.inside(quote) {
            let rule = Rule::SpeakerNamedAfter;
            found.push(Draft { content: vec![span], cue: None, rule, confidence: 0.7, ..draft.clone() });
        }
    }
}

fn sentence_drafts(
    passage: &Parsed<'_>,
    index: usize,
    sentence: &Range<usize>,
    cues: &[Cue],
    quotes: &[usize],
    waiting: &mut Vec<usize>,
) -> Vec<Draft> {
    let (taken, mut left) = shared_out(passage, sentence, cues, quotes);
    let tokens = &passage.tokens;
    let mut found: Vec<Draft> = (0..cues.len())
        .filter_map(|at| {
            let theirs = taken.iter().find(|(it, _)| *it == at).map(|(_, it)| it.as_slice());
            draft_of(content::Clause { passage, sentence, cues, at }, theirs, index)
        })
        .collect();
    for (cue, theirs) in &taken {
        let own = tokens[cues[*cue].at].start;
        for quote in theirs {
            let span = tokens[*quote].start..tokens[*quote].end;
            for draft in found.iter_mut().filter(|it| it.cue.as_ref().is_none_or(|it| it.start != own)) {
                draft.content = pieces::without(passage, &draft.content, &span);
            }
        }
    }
    found.retain(|it| !it.content.is_empty());
    // A reported clause may reach over quotations that have no cue of their own.
    left.retain(|it| {
        let span = tokens[*it].start..tokens[*it].end;
        !found.iter().any(|draft| draft.content.iter().any(|it| it.start < span.end && span.start < it.end))
    });
    for quote in left {
        uncued(passage, index, sentence, cues, quote, &mut found, waiting);
    }
    found
}

/// The quotations of a sentence with the cue that reports each, and those that none does.
fn shared_out(
    passage: &Parsed<'_>,
    sentence: &Range<usize>,
    cues: &[Cue],
    quotes: &[usize],
) -> (Vec<(usize, Vec<usize>)>, Vec<usize>) {
    let mut taken: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut left: Vec<usize> = Vec::new();
    let spoken: Vec<usize> =
        quotes.iter().copied().filter(|it| !names(passage, sentence, cues, *it)).collect();
    for (index, &quote) in spoken.iter().enumerate() {
        // `A is Q and Q, Lund said`: a quotation goes with the one after it, up to the cue.
        let next = || {
            let next = *spoken.get(index + 1)?;
            let cue = cue_of(passage, sentence, cues, next)?;
            (cues[cue].clause > next).then_some(cue)
        };
        let chosen = cue_of(passage, sentence, cues, quote).or_else(next);
        let before = index.checked_sub(1).map(|it| spoken[it]);
        let around = before.and_then(|before| {
            let (cue, _) =
                taken.iter().find(|(cue, theirs)| theirs.contains(&before) && cues[*cue].clause > before)?;
            goes_on(&passage.tokens, cues, *cue, quote, chosen).then_some(*cue)
        });
        match around.or(chosen) {
            Some(cue) => match taken.iter_mut().find(|(it, _)| *it == cue) {
                Some((_, theirs)) => theirs.push(quote),
                None => taken.push((cue, vec![quote])),
            },
            None => left.push(quote),
        }
    }
    (taken, left)
}

/// What one cue reports: its quotations, or a clause without marks.
fn draft_of(clause: content::Clause<'_>, quotes: Option<&[usize]>, sentence: usize) -> Option<Draft> {
    let cue = &clause.cues[clause.at];
    let (content, (rule, confidence)) = match quotes {
        Some(quotes) => (clause.with_quotes(quotes), rule_of(cue)),
        None => (clause.reported()?, reported_by(cue)),
    };
    let antecedent = cue.antecedent.clone();
    Some(Draft {
        content,
        cue: Some(clause.passage.cue_bytes(cue)),
        subject: cue.subject.clone().map(|phrase| Subject { phrase, antecedent, sentence }),
        rule,
        confidence,
        quoted: quotes.is_some(),
        speech: cue.is_speech(),
    })
}

/// A quotation that no cue of its sentence claims: the subject of the sentence speaks, or who spoke before it,
/// unless the marks hold a word of doubt.
fn uncued(
    passage: &Parsed<'_>,
    index: usize,
    sentence: &Range<usize>,
    cues: &[Cue],
    quote: usize,
    found: &mut Vec<Draft>,
    waiting: &mut Vec<usize>,
) {
    const SPEECH_WORDS_MIN: usize = 4;
    let tokens = &passage.tokens;
    let Some(quotation) = passage.quotation(&tokens[quote]) else { return };
    let n_words = passage.n_words(quotation);
    let colon = quote > sentence.start && tokens[quote - 1].is_sign(':');
    let opens = tokens[sentence.start..quote].iter().all(|it| !it.is_word() || it.is(Classes::ADVERB));
    if opens && n_words >= SPEECH_WORDS_MIN {
        waiting.push(quote);
        return;
    }
    if n_words + 1 < SPEECH_WORDS_MIN && !colon || quotation.single && n_words < SPEECH_WORDS_MIN {
        return;
    }
    let Some(content) = passage.inside(quote) else { return };
    // `Lund was asked Q`: whoever asks is not named.
    let passive = cues.iter().any(|it| it.place == SubjectPlace::Nowhere && it.at < quote);
    let phrase = if colon { nearest_subject(tokens, sentence.start, quote) } else { None };
    let phrase = phrase.or_else(|| main_subject(tokens, sentence.start, quote));
    let phrase = phrase.filter(|it| speaks(tokens, it) && !passive);
    let subject = phrase.map(|phrase| Subject { phrase, antecedent: None, sentence: index });
    let (rule, confidence) = match (&subject, colon) {
        (Some(_), true) => (Rule::Colon, 0.8),
        (Some(_), false) => (Rule::SubjectOfSentence, 0.6),
        (None, _) if passive || n_words < SPEECH_WORDS_MIN => (Rule::NoSpeaker, 0.3),
        (None, _) => {
            waiting.push(quote);
            return;
        }
    };
    let content = vec![content];
    found.push(Draft { content, cue: None, subject, rule, confidence, quoted: true, speech: false });
}

/// The rule that a clause without marks is attributed by: speech is surest, a judgement need not have been spoken.
pub(crate) fn reported_by(cue: &Cue) -> (Rule, f32) {
    if cue.kind == CueKind::According {
        (Rule::AccordingTo, 0.9)
    } else if cue.classes.any(Classes::SAY) {
        (Rule::Reported, 0.9)
    } else if cue.classes.any(Classes::REPORT) {
        (Rule::Reported, 0.75)
    } else if cue.classes.any(Classes::THINK) {
        (Rule::Thought, 0.5)
    } else if cue.classes.any(Classes::SHOW) {
        (Rule::Shown, 0.5)
    } else {
        (Rule::Judged, 0.4)
    }
}

fn rule_of(cue: &Cue) -> (Rule, f32) {
    if cue.kind == CueKind::According {
        return (Rule::AccordingTo, 0.9);
    }
    match cue.place {
        SubjectPlace::Before => (Rule::Cue, 0.95),
        SubjectPlace::Apposed => (Rule::CueAfterApposition, 0.92),
        SubjectPlace::After => (Rule::InvertedCue, 0.95),
        SubjectPlace::Shared => (Rule::SharedSubject, 0.8),
        SubjectPlace::Nowhere => (Rule::CueWithoutSubject, 0.4),
    }
}
