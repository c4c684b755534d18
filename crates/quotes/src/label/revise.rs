//! Revises the contents of drafts by how likely each token is reported.
//!
//! Unlikely tokens are cut off, likely ones beside a draft are added, and a likely run that no
//! draft claims becomes a draft of its own, reported by the cue beside it.

use std::ops::Range;

use morgue_core::article::Rule;

use super::{Label, Scores};
use crate::{
    drafts::{
        clause_rule,
        draft::{Draft, Subject},
        pieces::pieces,
        reports_terms,
    },
    lexicon::Classes,
    passage::Parsed,
    syntax::{cue::Cue, phrase::speaks, subject::main_subject},
    text::token::{Token, TokenKind},
};

/// A token is reported from this probability on …
const REPORTED_MIN: f32 = 0.45;
/// … and a quotation from this.
const QUOTED_MIN: f32 = 0.5;
/// Words without marks that no rule claims must be this likely, and this many.
const UNCLAIMED_MIN: f32 = 0.65;
const UNCLAIMED_WORDS_MIN: usize = 4;
/// Farthest cue of what no rule claims, in tokens.
const CUE_TOKENS_MAX: usize = 12;

/// The drafts of a passage with their contents revised, in the order of their content.
pub(crate) fn revised(passage: &Parsed<'_>, drafts: Vec<Draft>, likely: &[Scores]) -> Vec<Draft> {
    let revision = Revision { passage, likely };
    let tokens = &passage.tokens;
    let mut contents: Vec<Vec<Range<usize>>> =
        drafts.iter().map(|it| it.content.iter().map(|it| tokens_of(tokens, it)).collect()).collect();
    let owners = owners(&contents, tokens.len());
    let mut unclaimed = Vec::new();
    for sentence in &passage.sentences {
        for run in revision.runs(sentence) {
            revision.share_out(run, &drafts, &owners, &mut contents, &mut unclaimed);
        }
    }
    let mut found: Vec<Draft> = drafts
        .into_iter()
        .zip(contents)
        .filter_map(|(draft, content)| revision.draft(draft, &content))
        .collect();
    found.extend(unclaimed.into_iter().filter_map(|it| revision.unclaimed(it)));
    found.sort_by_key(|it| it.content[0].start);
    found
}

/// The draft that holds each token; of nested drafts the outer one.
fn owners(contents: &[Vec<Range<usize>>], n_tokens: usize) -> Vec<Option<usize>> {
    let size = |it: &usize| contents[*it].iter().map(ExactSizeIterator::len).sum::<usize>();
    let mut by_size: Vec<usize> = (0..contents.len()).collect();
    by_size.sort_by_key(size);
    let mut owners = vec![None; n_tokens];
    for draft in by_size {
        for range in &contents[draft] {
            owners[range.clone()].fill(Some(draft));
        }
    }
    owners
}

/// The tokens that a span of bytes touches.
fn tokens_of(tokens: &[Token], span: &Range<usize>) -> Range<usize> {
    tokens.partition_point(|it| it.end() <= span.start)..tokens.partition_point(|it| it.start() < span.end)
}

struct Revision<'a> {
    passage: &'a Parsed<'a>,
    likely: &'a [Scores],
}

impl Revision<'_> {
    fn tokens(&self) -> &[Token] {
        &self.passage.tokens
    }

    fn probability(&self, token: usize) -> f32 {
        self.likely[token][Label::Leading as usize] + self.likely[token][Label::Trailing as usize]
    }

    fn is_reported(&self, token: usize) -> bool {
        let enough = if self.tokens()[token].is_quote() { QUOTED_MIN } else { REPORTED_MIN };
        self.probability(token) >= enough
    }

    /// Whether a token is reported by a cue after it.
    fn leads(&self, token: usize) -> bool {
        self.likely[token][Label::Leading as usize] > self.likely[token][Label::Trailing as usize]
    }

    /// The longest stretches of a sentence that are reported.
    fn runs(&self, sentence: &Range<usize>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for at in sentence.clone().filter(|it| self.is_reported(*it)) {
            match found.last_mut() {
                Some(last) if last.end == at => last.end = at + 1,
                _ => found.push(at..at + 1),
            }
        }
        found
    }

    /// Adds what no draft holds of a run to the draft beside it.
    fn share_out(
        &self,
        run: Range<usize>,
        drafts: &[Draft],
        owners: &[Option<usize>],
        contents: &mut [Vec<Range<usize>>],
        unclaimed: &mut Vec<Range<usize>>,
    ) {
        let owners = &owners[run.clone()];
        if owners.iter().all(Option::is_none) {
            unclaimed.push(run);
            return;
        }
        let mut at = 0;
        while at < owners.len() {
            if owners[at].is_some() {
                at += 1;
                continue;
            }
            let end = (at..owners.len()).find(|it| owners[*it].is_some()).unwrap_or(owners.len());
            let left = at.checked_sub(1).and_then(|it| owners[it]);
            let right = owners.get(end).copied().flatten();
            // A draft does not take in its own cue.
            let gap = run.start + at..run.start + end;
            let verb = |it: &Token| it.is(Classes::CUE);
            let clause = Classes::AUXILIARY | Classes::VERB;
            let goes_on = self.tokens()[gap.start].is(clause);
            let fits = |it: &usize| {
                // Nor does what surely ends before another cue.
                if drafts[*it].sure && (goes_on || self.tokens()[gap.clone()].iter().any(verb)) {
                    return false;
                }
                let cue = drafts[*it].cue.as_ref().map(|it| tokens_of(self.tokens(), it));
                cue.is_none_or(|it| it.end <= gap.start || gap.end <= it.start)
            };
            let (first, second) = if self.leads(gap.start) { (right, left) } else { (left, right) };
            if let Some(owner) = first.filter(&fits).or(second.filter(&fits)) {
                contents[owner].push(gap);
            }
            at = end;
        }
    }

    /// The draft with that content, as far as it is reported; none when nothing of it is.
    fn draft(&self, draft: Draft, content: &[Range<usize>]) -> Option<Draft> {
        let tokens = self.tokens();
        let mut held: Vec<usize> =
            content.iter().cloned().flatten().filter(|it| self.is_reported(*it)).collect();
        // What a verb of speech reports stays as the rules have it where the labeler would leave
        // nothing of it.
        if held.is_empty() && draft.speech && !draft.quoted {
            return Some(draft);
        }
        // The words between marks of a construction that reports are reported.
        if draft.sure {
            held.extend(content.iter().cloned().flatten().filter(|it| tokens[*it].is_quote()));
        }
        held.sort_unstable();
        held.dedup();
        // Nor does `according to` report less than two thirds of its sentence.
        let n_tokens: usize = content.iter().map(ExactSizeIterator::len).sum();
        if draft.rule == Rule::AccordingTo && !draft.quoted && 3 * held.len() < 2 * n_tokens {
            return Some(draft);
        }
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for at in held {
            match ranges.last_mut() {
                Some(last) if last.end == at => last.end = at + 1,
                // Signs alone between two pieces do not part them.
                Some(last)
                    if (last.end..at).all(|it| tokens[it].kind == TokenKind::Punct)
                        && !tokens[last.end - 1].is_quote() =>
                {
                    last.end = at + 1;
                }
                _ => ranges.push(at..at + 1),
            }
        }
        ranges.retain(|it| tokens[it.clone()].iter().any(|it| it.kind != TokenKind::Punct));
        let marked = |it: &Token| self.passage.is_said(it) || draft.quoted && self.passage.is_doubtful(it);
        let quoted = ranges.iter().any(|it| tokens[it.clone()].iter().any(marked));
        let content = self.spans(&ranges);
        (!content.is_empty()).then_some(Draft { content, quoted, ..draft })
    }

    fn spans(&self, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut found = Vec::with_capacity(ranges.len());
        for range in ranges {
            match range.len() {
                1 if self.tokens()[range.start].is_quote() => found.extend(self.passage.inside(range.start)),
                _ => found.extend(pieces(self.passage, [range.clone()])),
            }
        }
        found
    }

    /// What no rule claims, as reported by the cue beside it, or by the subject of the sentence.
    fn unclaimed(&self, run: Range<usize>) -> Option<Draft> {
        let tokens = self.tokens();
        let marked = tokens[run.clone()].iter().any(|it| self.passage.is_said(it));
        let n_words = tokens[run.clone()].iter().filter(|it| it.is_word()).count();
        let likely = run.clone().map(|it| self.probability(it)).fold(0.0, f32::max);
        if !marked && (n_words < UNCLAIMED_WORDS_MIN || likely < UNCLAIMED_MIN) {
            return None;
        }
        let sentences = &self.passage.sentences;
        let index = sentences.partition_point(|it| it.end <= run.start);
        let sentence = sentences.get(index)?;
        let cues = self.passage.cues(index);
        let free = |it: &&Cue| it.subject.is_some();
        // `Asked whether he would go, Lund said`: nobody says what is asked.
        let asked = cues.iter().any(|it| it.subject.is_none() && it.end == run.start);
        let before = || cues.iter().rev().filter(free).find(|it| it.end <= run.start);
        let after = || cues.iter().filter(free).find(|it| it.clause >= run.end);
        let cue = if self.leads(run.start) { after().or_else(before) } else { before().or_else(after) };
        let cue = cue.filter(|it| {
            run.start.saturating_sub(it.end).max(it.clause.saturating_sub(run.end)) <= CUE_TOKENS_MAX
        });
        let (phrase, antecedent, (rule, confidence)) = match cue {
            // Words beside a term that nobody says are the article's own.
            it if !marked
                && tokens[run.clone()].iter().any(Token::is_quote)
                && !it.is_some_and(reports_terms) =>
            {
                return None;
            }
            _ if asked && !marked => (None, None, (Rule::ReadsAsReported, 0.4)),
            Some(it) => (it.subject.clone(), it.antecedent.clone(), clause_rule(it)),
            // Words between marks without a cue may be anybody's, or a title: the ranker says.
            None if marked => (None, None, (Rule::ReadsAsReported, 0.4)),
            None => {
                let phrase = main_subject(tokens, sentence.start, run.start).filter(|it| speaks(tokens, it));
                (phrase, None, (Rule::ReadsAsReported, 0.4))
            }
        };
        let draft = Draft {
            content: Vec::new(),
            cue: cue.filter(|_| !asked).map(|it| self.passage.cue_bytes(it)),
            subject: phrase.map(|phrase| Box::new(Subject { phrase, antecedent, sentence: index })),
            rule,
            confidence,
            quoted: false,
            speech: false,
            sure: false,
        };
        self.draft(draft, &[run])
    }
}
