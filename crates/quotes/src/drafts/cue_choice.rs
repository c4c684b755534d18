//! A quotation and the cues of its sentence → the cue that reports it, if any.
//!
//! A quotation that ends in a comma is reported by what follows (`Q, Lund said`), any other by what
//! stands before it (`Lund said Q`); of several cues before it the one right beside it, else the
//! outermost that reports speech.

use crate::{
    lexicon::Classes,
    passage::Sentence,
    syntax::{
        cue::{Cue, CueKind},
        phrase::{PhraseKind, is_noun, phrase_after, speaks},
        subject::SubjectPlace,
    },
    text::token::{Token, TokenKind},
};

/// How many cues after a quotation may be the one that reports it: relative clauses have cues too.
const CUES_AHEAD: usize = 4;

/// The cue that reports the quotation at token `quote`.
pub(crate) fn choose_cue(sentence: Sentence<'_>, quote: usize) -> Option<usize> {
    let Sentence { passage, tokens, cues, .. } = sentence;
    let quotation = passage.quotation(&tokens[quote])?;
    let follows = |it: &usize| {
        let cue = &cues[*it];
        let gap = tokens.get(quote + 1..cue.clause).unwrap_or_default();
        let gerund = cue.classes.any(Classes::GERUND) && !gap.iter().any(|it| it.is(Classes::BE));
        let blocked = gerund || gap.iter().any(|it| it.is_quote() || it.is(Classes::WHO));
        // What is done by somebody says nothing of the quotation before it.
        let passive = cue.sure && !tokens[cue.at].is(Classes::UTTERANCE);
        cue.clause > quote && cue.subject.is_some() && !blocked && !passive
    };
    // `“Who is it for?” Lund told the Herald that …` reports what follows it.
    let stops = matches!(passage.last_char(quotation), Some('.' | '?' | '!' | '…'));
    let follows = |it: &usize| follows(it) && !(stops && has_own(tokens, &cues[*it], sentence.end));
    let first = cues.partition_point(|it| it.at < quote);
    let mut following = (first..cues.len().min(first + CUES_AHEAD)).filter(follows);
    let after = following.clone().next();
    let adjacent = following.find(|it| {
        let cue = &cues[*it];
        let light = Classes::ADVERB | Classes::TIME;
        let from = cue
            .subject
            .as_ref()
            .filter(|_| cue.place == SubjectPlace::Shared)
            .map_or(cue.clause, |it| it.tokens.start);
        let words = tokens[quote + 1..from.max(quote + 1)].iter().any(|it| it.is_word() && !it.is(light));
        let near =
            cue.subject.as_ref().is_some_and(|it| it.tokens.start > quote && it.tokens.start <= quote + 2);
        let only_judges =
            !cue.classes.any(Classes::CUE.without(Classes::OBJECT)) && cue.kind == CueKind::Verb;
        if cue.names(tokens, quote) {
            return true;
        }
        !words && !only_judges && (cue.place != SubjectPlace::Shared || near)
    });
    let before = cue_before(tokens, cues, quote);
    // `the lodge claimed “…,” Lund recalled`
    if before.is_some_and(|it| holds(tokens, &cues[it], quote)) {
        return before;
    }
    let ends_open = matches!(passage.last_char(quotation), Some(',' | '?' | '!' | '—' | '-' | '–'))
        || tokens.get(quote + 1).is_some_and(|it| quote + 1 < sentence.end && it.sets_apart());
    // `a clip that Berg called “tasteless,” Lund showed`
    let held = before.is_some_and(|it| {
        cues[it].end == quote && adjacent.is_some_and(|it| !cues[it].classes.any(Classes::SPEECH))
    });
    // `Lund pledges to “go,” as she put it`
    let aside = before.is_some_and(|it| is_beside(&tokens[cues[it].end..quote]))
        && adjacent.is_some_and(|it| cues[it].names(tokens, quote));
    if ends_open && !held && !aside && adjacent.is_some() {
        return adjacent;
    }
    before.or(adjacent).or_else(|| after.filter(|it| cues[*it].classes.any(Classes::SPEECH)))
}

/// Whether `that` opens what the cue reports behind it.
fn has_own(tokens: &[Token], cue: &Cue, hi: usize) -> bool {
    const TOKENS_AHEAD: usize = 6;
    let ends = |it: &Token| {
        it.is(Classes::AUXILIARY | Classes::CUE | Classes::VERB)
            || it.kind == TokenKind::Punct
            || it.is_quote()
    };
    let ahead = tokens[cue.end..hi.min(cue.end + TOKENS_AHEAD)].iter().take_while(|it| !ends(it));
    cue.place == SubjectPlace::Before && ahead.into_iter().any(|it| it.is(Classes::THAT))
}

/// Whether the quotation at `quote` goes on with the one before it round their cue, whatever aside
/// stands between: `Q, Lund wrote in a letter explaining why, Q`.
pub(crate) fn goes_on(sentence: Sentence<'_>, cue: usize, quote: usize, chosen: Option<usize>) -> bool {
    let Sentence { tokens, cues, .. } = sentence;
    let apart = quote > cues[cue].end && tokens[quote - 1].is_sign(',');
    let own = chosen.is_some_and(|it| {
        let gap = tokens.get(cues[it].end..quote);
        cues[it].clause > quote || cues[it].classes.any(Classes::SPEECH) && gap.is_some_and(is_beside)
    });
    apart && !own
}

/// The cue before a quotation that reports it: one right beside it, else the outermost that reports
/// speech (`he says he believes Q`), else the nearest.
fn cue_before(tokens: &[Token], cues: &[Cue], quote: usize) -> Option<usize> {
    const CUES_BACK: usize = 10;
    let end = cues.partition_point(|it| it.at < quote);
    let near = end.saturating_sub(CUES_BACK)..end;
    let fitting: Vec<usize> = near.filter(|it| may_report(tokens, &cues[*it], quote)).collect();
    let nearest = *fitting.last()?;
    let last = &cues[nearest];
    let gap = &tokens[last.end..quote];
    let named = last.subject.as_ref().is_some_and(|it| matches!(it.kind, PhraseKind::Name(_)));
    let own = last.classes.any(Classes::SPEECH)
        || last.is_weak()
        || named && matches!(last.place, SubjectPlace::Before | SubjectPlace::Apposed);
    if is_beside(gap) && own {
        return Some(nearest);
    }
    // A cue right after a quotation has what it reports.
    let spent = |it: &Cue| {
        it.clause
            .checked_sub(1)
            .is_some_and(|it| tokens[it].is_quote() || it > 0 && tokens[it - 1].is_quote())
    };
    let outer = fitting.iter().copied().find(|it| cues[*it].is_speech() && !spent(&cues[*it]));
    outer.or_else(|| fitting.iter().copied().find(|it| cues[*it].is_speech())).or(Some(nearest))
}

/// Whether a cue stands right before the quotation with a subject of its own, so that it reports it
/// whatever reports both: `she recalled that the man said “…,” the office said`.
pub(crate) fn holds(tokens: &[Token], cue: &Cue, quote: usize) -> bool {
    let Some(subject) = &cue.subject else { return false };
    let named = speaks(tokens, subject) || subject.kind == PhraseKind::Noun;
    let own = matches!(cue.place, SubjectPlace::Before | SubjectPlace::Apposed) && named;
    let verb = !tokens[cue.at].is(Classes::UTTERANCE | Classes::GERUND);
    // `will say “no”`
    let auxiliaries = tokens.get(subject.tokens.end..cue.at).unwrap_or_default();
    let said = !auxiliaries.iter().any(|it| it.is(Classes::MODAL | Classes::NOT));
    // `As Lund said, Q, Berg replied`
    let opener = cue.clause.checked_sub(1).map(|it| &tokens[it]);
    let aside = opener.is_some_and(|it| it.is(Classes::WH | Classes::IF));
    // `Nothing the president said “will do,” Berg replied`
    let bare = opener.is_some_and(|it| it.is_name() || is_noun(it) || it.is(Classes::INDEFINITE));
    let relative = opener.is_some_and(|it| it.is(Classes::WHO));
    let Some(mut gap) = tokens.get(cue.end..quote).filter(|_| cue.at < quote) else { return false };
    // `told the crew: Q`
    if cue.classes.any(Classes::HEARER)
        && let Some(hearer) = phrase_after(tokens, cue.end, quote)
    {
        gap = &tokens[hearer.tokens.end..quote];
    }
    let speech = cue.classes.any(Classes::SPEECH | Classes::MARKS);
    let beside = match gap {
        [] => !cue.is_weak() || tokens[quote].closes,
        [one] => one.is_sign(':') || one.is_sign(',') && !aside || one.is(Classes::BE) && relative,
        _ => false,
    };
    // `Lund said that Berg had called the ferry Q`
    let names = cue.classes.any(Classes::NAMES) && is_beside(gap);
    (beside && speech || names) && own && verb && said && !bare
}

/// Whether nothing between a cue and a quotation ends what the cue reports.
fn may_report(tokens: &[Token], cue: &Cue, quote: usize) -> bool {
    let gap = &tokens[cue.end..quote];
    if cue.subject.is_none() || gap.iter().any(|it| it.is_sign(';')) {
        return false;
    }
    // `Asked by Berg if the dam held, she said it was Q`
    if cue.sure && gap.iter().rev().skip(1).any(Token::sets_apart) {
        return false;
    }
    if cue.is_speech() {
        return true;
    }
    // `Lund mentioned the plan, and the crowd chanted Q`: a judgement ends with its clause; what is
    // thought in a relative clause is an aside.
    let words = gap.len().saturating_sub(1);
    let clause_ends = gap.iter().take(words).any(Token::sets_apart);
    let aside =
        cue.clause.checked_sub(1).is_some_and(|it| tokens[it].is(Classes::THAT | Classes::WH | Classes::WHO));
    if cue.is_weak() {
        is_beside(gap) && !gap.windows(2).any(|it| it[0].is(Classes::OF) && it[1].is_word())
    } else {
        !clause_ends && (!aside || is_beside(gap))
    }
}

/// Whether a gap between a cue and a quotation is short and holds no other verb.
fn is_beside(gap: &[Token]) -> bool {
    const GAP_MAX: usize = 4;
    let verb =
        |it: &Token| it.is(Classes::AUXILIARY | Classes::CUE | Classes::VERB) && !it.is(Classes::ADVERB);
    gap.len() <= GAP_MAX && !gap.iter().any(verb)
}
