//! Drafts what a passage attributes: which words, by which cue, to which phrase.
//!
//! Sentence by sentence: every quotation goes to the cue beside it, every cue without one takes the
//! clause it reports. A sentence that is all quotation goes on with the speaker before it until the
//! passage ends.

mod content;
pub(crate) mod cue_choice;
pub(crate) mod draft;
pub(crate) mod pieces;

use std::ops::Range;

use morgue_core::article::Rule;

use crate::text::token::Token;
use crate::{
    lexicon::Classes,
    passage::{Parsed, Sentence},
    syntax::{
        cue::{Cue, CueKind},
        phrase::{PhraseKind, speaks},
        subject::{SubjectPlace, main_subject, nearest_subject},
    },
};
use content::Clause;
use cue_choice::{choose_cue, goes_on, holds};
use draft::{Draft, Subject};

/// The drafts of a passage, in the order of their content.
pub(crate) fn drafts(passage: &Parsed<'_>) -> Vec<Draft> {
    let tokens = &passage.tokens;
    let mut found = Found::default();
    // Quotations that nothing before them claims.
    let mut waiting: Vec<usize> = Vec::new();
    let mut speaking: Option<Speaking> = None;
    for (index, range) in passage.sentences.iter().enumerate() {
        let quotes: Vec<usize> = range.clone().filter(|it| passage.is_said(&tokens[*it])).collect();
        let bare = tokens[range.clone()].iter().all(|it| !it.is_word());
        if bare && !quotes.is_empty() {
            match &mut speaking {
                Some(speaking) => speaking.go_on(passage, index, &quotes, &mut found),
                None => waiting.extend(quotes),
            }
            continue;
        }
        let drafted = sentence_drafts(passage.sentence(index), &quotes, &mut waiting);
        if let Some(speaking) = &mut speaking
            && !waiting.is_empty()
            && !drafted.iter().any(|it| it.quoted)
        {
            speaking.go_on(passage, index, &waiting, &mut found);
            waiting.clear();
        }
        let spoken = || drafted.iter().filter(|it| it.subject.is_some());
        let quoted = spoken().rfind(|it| it.quoted);
        if let Some(draft) = quoted.or_else(|| spoken().find(|it| it.speech)) {
            let draft = Draft { content: Vec::new(), ..draft.clone() };
            give_waiting(passage, &mut waiting, &draft, &mut found);
            let own = drafted.iter().rposition(|it| it.cue == draft.cue && it.quoted);
            let quote = own.map(|it| found.drafts.len() + it).filter(|_| draft.cue.is_some());
            let until = draft.quoted.then_some(index);
            speaking = Some(Speaking { draft, quote, until });
        }
        drafted.into_iter().for_each(|it| found.push(it));
    }
    let mut found = found.drafts;
    found.extend(waiting.into_iter().filter_map(|it| {
        let draft = Draft::unclaimed(passage.inside(it)?);
        Some(subject_before(passage, it, &draft).unwrap_or(draft))
    }));
    found.retain(|it| !it.content.is_empty());
    found.extend(doubtful(passage, &found));
    found.sort_by_key(|it| it.content[0].start);
    found
}

/// The quotations that are rather terms than words of somebody, and that no draft holds: if they
/// are reported, then by nobody who could be named.
fn doubtful(passage: &Parsed<'_>, drafts: &[Draft]) -> Vec<Draft> {
    let tokens = &passage.tokens;
    let terms: Vec<usize> = (0..tokens.len()).filter(|it| passage.is_doubtful(&tokens[*it])).collect();
    if terms.is_empty() {
        return Vec::new();
    }
    let mut held = vec![false; tokens.len()];
    for content in drafts.iter().flat_map(|it| &it.content) {
        held[passage.tokens_in(content)].fill(true);
    }
    let free = terms.into_iter().filter(|it| !held[*it]);
    free.filter_map(|it| passage.inside(it)).map(Draft::unclaimed).collect()
}

/// The drafts of a passage so far.
#[derive(Default)]
struct Found {
    drafts: Vec<Draft>,
    /// The last of them with a quotation and no cue.
    last_uncued: Option<usize>,
}

impl Found {
    fn push(&mut self, draft: Draft) {
        if draft.quoted && draft.cue.is_none() {
            self.last_uncued = Some(self.drafts.len());
        }
        self.drafts.push(draft);
    }
}

/// Who goes on speaking.
struct Speaking {
    /// The draft that names them, without its content.
    draft: Draft,
    /// The draft with its cue and a quotation, among all; `None` also if it has no cue.
    quote: Option<usize>,
    /// The sentence up to which their quotation runs without a break; `None` before it begins.
    until: Option<usize>,
}

impl Speaking {
    /// Gives quotations of the sentence `index` to who speaks: as more of their last quote when
    /// they follow at once.
    fn go_on(&mut self, passage: &Parsed<'_>, index: usize, quotes: &[usize], found: &mut Found) {
        let content = quotes.iter().filter_map(|it| passage.inside(*it));
        let at_once = self.until.is_some_and(|it| it + 1 == index);
        let last = if self.draft.cue.is_some() { self.quote } else { found.last_uncued };
        match last.filter(|_| at_once) {
            Some(last) => found.drafts[last].content.extend(content),
            None => found.push(Draft {
                content: content.collect(),
                cue: None,
                rule: Rule::SameSpeaker,
                confidence: 0.7,
                quoted: true,
                ..self.draft.clone()
            }),
        }
        self.until = Some(index);
    }
}

/// Gives the waiting quotations to the speaker of `draft`, which has no content.
fn give_waiting(passage: &Parsed<'_>, waiting: &mut Vec<usize>, draft: &Draft, found: &mut Found) {
    for quote in waiting.drain(..) {
        if let Some(span) = passage.inside(quote) {
            let rule = Rule::SpeakerNamedAfter;
            found.push(Draft { content: vec![span], cue: None, rule, confidence: 0.7, ..draft.clone() });
        }
    }
}

/// A quotation that nothing claims, as spoken by the person who is the subject of the sentence
/// before it: `Lund was blunt. “Nobody asked us.”` Not behind another quotation or cue, whose
/// speaker may have gone on.
fn subject_before(passage: &Parsed<'_>, quote: usize, unclaimed: &Draft) -> Option<Draft> {
    // A sentence that tells of a person is no longer, and its quotation follows at once.
    const TOKENS_MAX: usize = 200;
    const SIGNS_MAX: usize = 4;
    let index = passage.sentences.partition_point(|it| it.end <= quote);
    let sentence = passage.sentence(index.checked_sub(1)?);
    let tokens = &passage.tokens;
    let before = passage.sentences[index].start..quote;
    if sentence.range().len() > TOKENS_MAX || before.len() > SIGNS_MAX {
        return None;
    }
    let opens = !tokens[before].iter().any(Token::is_word);
    let quoted = tokens[sentence.range()].iter().any(|it| passage.is_said(it));
    if !opens || quoted || sentence.cues.iter().any(Cue::is_speech) {
        return None;
    }
    let phrase = main_subject(tokens, sentence.start, sentence.end)?;
    let person = match &phrase.kind {
        PhraseKind::Name(_) => true,
        PhraseKind::Pronoun => tokens[phrase.tokens.start].is(Classes::HE | Classes::SHE | Classes::THEY),
        _ => false,
    };
    person.then(|| Draft {
        subject: Some(Box::new(Subject { phrase, antecedent: None, sentence: index - 1 })),
        rule: Rule::SubjectBefore,
        confidence: 0.5,
        ..unclaimed.clone()
    })
}

fn sentence_drafts(sentence: Sentence<'_>, quotes: &[usize], waiting: &mut Vec<usize>) -> Vec<Draft> {
    let Sentence { passage, tokens, cues, .. } = sentence;
    let (taken, mut left) = assign_cues(sentence, quotes);
    let mut found: Vec<Draft> = (0..cues.len())
        .filter_map(|at| {
            let theirs = taken.iter().find(|(it, _)| *it == at).map(|(_, it)| it.as_slice());
            cue_draft(Clause { sentence, at, cue: &cues[at] }, theirs)
        })
        .collect();
    for (cue, theirs) in &taken {
        let own = tokens[cues[*cue].at].start();
        for quote in theirs {
            let span = tokens[*quote].start()..tokens[*quote].end();
            for draft in found.iter_mut().filter(|it| it.cue.as_ref().is_none_or(|it| it.start != own)) {
                draft.content = pieces::without(passage, &draft.content, &span);
            }
        }
    }
    found.retain(|it| !it.content.is_empty());
    // A reported clause may reach over quotations that have no cue of their own.
    left.retain(|it| {
        let span = tokens[*it].start()..tokens[*it].end();
        !found.iter().any(|draft| draft.content.iter().any(|it| it.start < span.end && span.start < it.end))
    });
    for quote in left {
        uncued(sentence, quote, &mut found, waiting);
    }
    found
}

/// The quotations of a sentence with the cue that reports each, and those that none does.
fn assign_cues(sentence: Sentence<'_>, quotes: &[usize]) -> (Vec<(usize, Vec<usize>)>, Vec<usize>) {
    let Sentence { cues, .. } = sentence;
    let mut taken: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut left: Vec<usize> = Vec::new();
    for (index, &quote) in quotes.iter().enumerate() {
        // `A is Q and Q, Lund said`: a quotation goes with the one after it, up to the cue.
        let next = || {
            let next = *quotes.get(index + 1)?;
            let cue = choose_cue(sentence, next)?;
            (cues[cue].clause > next).then_some(cue)
        };
        let chosen = choose_cue(sentence, quote).or_else(next);
        let before = index.checked_sub(1).map(|it| quotes[it]);
        let around = before.and_then(|before| {
            let (cue, _) =
                taken.iter().find(|(cue, theirs)| theirs.contains(&before) && cues[*cue].clause > before)?;
            goes_on(sentence, *cue, quote, chosen).then_some(*cue)
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
fn cue_draft(clause: Clause<'_>, quotes: Option<&[usize]>) -> Option<Draft> {
    let Clause { sentence, cue, .. } = clause;
    let (content, (rule, confidence)) = match quotes {
        Some(quotes) => (clause.with_quotes(quotes), quotation_rule(cue)),
        None => (clause.reported()?, clause_rule(cue)),
    };
    if quotes.is_none() && !reports_terms(cue) && content.iter().any(|it| holds_term(sentence, it)) {
        return None;
    }
    let antecedent = cue.antecedent.clone();
    Some(Draft {
        content,
        cue: Some(sentence.passage.cue_bytes(cue)),
        subject: cue
            .subject
            .clone()
            .map(|phrase| Box::new(Subject { phrase, antecedent, sentence: sentence.index })),
        rule,
        confidence,
        quoted: quotes.is_some(),
        speech: cue.is_speech(),
        sure: cue.sure
            || quotes.is_some_and(|it| {
                it.iter().any(|it| {
                    holds(clause.sentence.tokens, cue, *it) || cue.names(clause.sentence.tokens, *it)
                })
            }),
    })
}

/// Whether what a cue reports counts though the only words between marks in it are terms: a verb of
/// judgement has marks or nothing.
pub(crate) fn reports_terms(cue: &Cue) -> bool {
    cue.is_speech() || cue.classes.any(Classes::THINK)
}

/// Whether bytes of a sentence touch a term.
fn holds_term(sentence: Sentence<'_>, bytes: &Range<usize>) -> bool {
    let passage = sentence.passage;
    passage.tokens[passage.tokens_in(bytes)].iter().any(|it| it.is_quote() && !passage.is_said(it))
}

/// A quotation that no cue of its sentence claims: the subject of the sentence speaks, or who spoke
/// before it, unless the marks hold a word of doubt.
fn uncued(sentence: Sentence<'_>, quote: usize, found: &mut Vec<Draft>, waiting: &mut Vec<usize>) {
    const SPEECH_WORDS_MIN: usize = 4;
    let Sentence { passage, tokens, cues, .. } = sentence;
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
    let subject =
        phrase.map(|phrase| Box::new(Subject { phrase, antecedent: None, sentence: sentence.index }));
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
    found.push(Draft {
        content,
        cue: None,
        subject,
        rule,
        confidence,
        quoted: true,
        speech: false,
        sure: false,
    });
}

/// The rule that a clause without marks is attributed by: speech is surest, a judgement need not
/// have been spoken.
pub(crate) fn clause_rule(cue: &Cue) -> (Rule, f32) {
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

fn quotation_rule(cue: &Cue) -> (Rule, f32) {
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
