//! A draft → whether the article says that its words were uttered.
//!
//! What decides stands before the cue: its auxiliaries and the verbs it hangs on (`declined to
//! say`, `is expected to say`), and what opens its clause (`if he had said`, `did he say`).

use std::ops::Range;

use morgue_core::article::Stance;

use crate::{
    drafts::draft::Draft,
    lexicon::Classes,
    passage::Parsed,
    text::token::{Token, TokenKind},
};

/// Farthest word that decides, in tokens before the cue: `did not even once say`.
const TOKENS_BEFORE: usize = 7;

/// Whether the article says that the words of a draft were uttered; without a cue it does.
pub(super) fn stance(draft: &Draft, passage: &Parsed<'_>) -> Stance {
    let Some(cue) = &draft.cue else { return Stance::Said };
    let tokens = passage.tokens.as_slice();
    let at = passage.token_at(cue.start);
    let index = passage.sentences.partition_point(|it| it.end <= at);
    let Some(sentence) = passage.sentences.get(index).filter(|_| !tokens[at].is(Classes::ACCORDING)) else {
        return Stance::Said;
    };
    let subject = draft.subject.as_ref().map(|it| it.phrase.tokens.clone());
    let clause = Clause { tokens, sentence: sentence.clone(), at, subject };
    clause.by_verb().or_else(|| clause.by_opener()).unwrap_or_default()
}

/// The clause of a cue.
struct Clause<'a> {
    /// All tokens of the passage.
    tokens: &'a [Token],
    sentence: Range<usize>,
    /// The token of the cue.
    at: usize,
    subject: Option<Range<usize>>,
}

impl Clause<'_> {
    /// What the auxiliaries of the cue, and the verbs it hangs on, say.
    fn by_verb(&self) -> Option<Stance> {
        let Clause { tokens, at, .. } = *self;
        let behind_subject = self.subject.as_ref().filter(|it| it.end <= at).map_or(0, |it| it.end);
        let lo = self.sentence.start.max(behind_subject).max(at.saturating_sub(TOKENS_BEFORE));
        let mut before = at;
        // The verb that the next one back may make its infinitive or gerund.
        let mut hangs = tokens[at].is(Classes::GERUND);
        let (mut not, mut denies, mut found) = (false, false, None);
        while before > lo {
            before -= 1;
            let token = &tokens[before];
            let supposed = token.is(Classes::SUPPOSES) && token.is(Classes::MODAL);
            let perfect = token.is(Classes::HAVE) && before > lo;
            if token.is(Classes::NOT) || token.is(Classes::DENIES) && token.is(Classes::ADVERB) {
                not = true;
            } else if token.is(Classes::DENIES) && hangs {
                denies = true;
            } else if token.is(Classes::EXPECTS) && (hangs || token.is(Classes::MODAL)) {
                found = found.or(Some(Stance::Expected));
            } else if supposed {
                found = found.or(Some(Stance::Hypothetical));
            } else if perfect && tokens[before - 1].is(Classes::MODAL) {
                // `would have said`; `will have said` is no matter.
                found = found.or(Some(Stance::Hypothetical));
            } else if token.is(Classes::INFINITIVE) {
                // `is to say`: nothing stands between.
                if before > lo && tokens[before - 1].is(Classes::BE) {
                    found = found.or(Some(Stance::Expected));
                }
                hangs = true;
            } else if !token.is(Classes::AUXILIARY | Classes::ADVERB | Classes::OF) {
                break;
            }
        }
        match (denies, not) {
            // `did not decline to say`
            (true, true) => None,
            (true, false) | (false, true) => Some(Stance::Denied),
            (false, false) => found,
        }
    }

    /// What opens the clause says: the word before its subject, or the subject itself.
    fn by_opener(&self) -> Option<Stance> {
        let Clause { tokens, ref sentence, .. } = *self;
        let subject = self.subject.as_ref().filter(|it| it.end <= self.at && it.start >= sentence.start)?;
        let asks = tokens[sentence.clone()].iter().rev().find(|it| it.kind != TokenKind::Clitic);
        let asked = asks.is_some_and(|it| it.is_sign('?'));
        let its = |class| tokens[subject.clone()].iter().any(|it| it.is(class));
        if its(Classes::DENIES) {
            return Some(Stance::Denied);
        }
        if asked && its(Classes::WHO) && subject.start == sentence.start {
            return Some(Stance::Questioned);
        }
        let at = |back: usize| {
            subject.start.checked_sub(back).filter(|it| *it >= sentence.start).map(|it| &tokens[it])
        };
        let opener = at(1)?;
        let before = at(2);
        if opener.is(Classes::AUXILIARY) {
            let denied = before.is_some_and(|it| it.is(Classes::DENIES | Classes::NOT));
            // `Had he said so, she would`
            let imagined = opener.is(Classes::HAVE) && before.is_none_or(|it| it.kind == TokenKind::Punct);
            return match (denied, asked, imagined) {
                (true, ..) => Some(Stance::Denied),
                (_, true, _) => Some(Stance::Questioned),
                (_, _, true) => Some(Stance::Hypothetical),
                _ => None,
            };
        }
        // `asked whether Berg had said`, but `asked whether he would go, Berg said`
        let doubted = before.is_some_and(|it| it.is(Classes::DOUBTS));
        if opener.is(Classes::WH) && opener.is(Classes::DOUBTS) || opener.is(Classes::CONDITION) && doubted {
            return Some(Stance::Questioned);
        }
        let imagined =
            opener.is(Classes::CONDITION) || opener.is(Classes::SUPPOSES) && !opener.is(Classes::MODAL);
        imagined.then_some(Stance::Hypothetical)
    }
}
