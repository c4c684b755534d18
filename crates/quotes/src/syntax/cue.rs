//! A masked sentence → its cues: the words that report, each with the phrase that does the
//! reporting.
//!
//! `Lund, the mayor, told reporters` has the cue `told` and the subject `Lund`. A cue's subject
//! stands before it, perhaps behind an apposition, or right after it (`said Lund`), or is shared
//! with an earlier verb (`smiled and said`, `…, adding`).

use std::ops::Range;

use crate::{
    lexicon::{Classes, any},
    syntax::{
        noun::is_noun_here,
        passive,
        phrase::{Phrase, PhraseKind, core_before, is_noun, phrase_after},
        subject::{self, PlacedSubject, SubjectPlace, Verb, skip_auxiliaries},
    },
    text::token::{Token, TokenKind},
};

/// Words that report, in one sentence.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    /// The token of the verb, or `according`, or the colon.
    pub at: usize,
    /// One past its last token: after `to` of `according to`.
    pub end: usize,
    pub kind: CueKind,
    /// The classes of its verb.
    pub classes: Classes,
    /// Who reports.
    pub subject: Option<Phrase>,
    /// Where the subject stands.
    pub place: SubjectPlace,
    /// First token of the reporting clause: of its subject or its verb, whatever comes first.
    pub clause: usize,
    /// The phrase that a relative subject (`who`) belongs to.
    pub antecedent: Option<Phrase>,
    /// Whether its construction leaves no doubt who reports: `called Q by Lund`, `quoted Lund as
    /// saying Q`.
    pub sure: bool,
}

impl Cue {
    /// Whether it is one of speech, not of thought or judgement.
    pub(crate) fn is_speech(&self) -> bool {
        self.kind == CueKind::According || self.classes.any(Classes::SPEECH)
    }

    /// Whether it needs marks right beside it.
    pub(crate) fn is_weak(&self) -> bool {
        self.kind == CueKind::Verb && !self.classes.any(Classes::CUE.without(Classes::MARKS))
    }

    /// Whether it stands behind a quotation and says what something is called: `Q, as Lund called
    /// it`, `Q was how Lund put it`.
    pub(crate) fn names(&self, tokens: &[Token], quote: usize) -> bool {
        let gap = tokens.get(quote + 1..self.clause).unwrap_or_default();
        let gap = if let [first, rest @ ..] = gap
            && first.is_sign(',')
        {
            rest
        } else {
            gap
        };
        let own = self.subject.is_some()
            && self.place == SubjectPlace::Before
            && !self.classes.any(Classes::GERUND);
        own && match gap {
            [one] => one.is(Classes::AGENT) && one.is(Classes::IF),
            [be, how] => be.is(Classes::BE) && how.is(Classes::WH) && !how.is(Classes::WHO | Classes::IF),
            _ => false,
        }
    }
}

/// What kind of cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CueKind {
    /// A verb.
    Verb,
    /// `according to`.
    According,
}

/// Adds the cues of `sentence`, in order.
pub(crate) fn cues(tokens: &[Token], sentence: Range<usize>, found: &mut Vec<Cue>) {
    let first = found.len();
    let mut at = sentence.start;
    while at < sentence.end {
        if let Some(end) = according_end(tokens, &sentence, at) {
            found.extend(according(tokens, &sentence, at, end));
            at = end - 1;
        } else if let Some((cue, quoting)) = quoted_as(tokens, &sentence, at) {
            // The words are not of who quotes them.
            if let Some(of) = found[first..].iter().rposition(|it| it.at == quoting) {
                found.remove(first + of);
            }
            found.push(cue);
        } else if let Some(cue) = utterance(tokens, &sentence, at) {
            found.push(cue);
        } else if reports(tokens, &sentence, at) && !is_noun_here(tokens, &sentence, at) {
            let earlier = found[first..]
                .iter()
                .rev()
                .find(|it| it.kind == CueKind::Verb && it.subject.is_some() && !it.sure);
            let cue = verb(tokens, &sentence, at, earlier);
            found.extend(cue);
        }
        at += 1;
    }
}

/// Whether the verb at `at` can report here: some do only where `that` follows (`held that`).
fn reports(tokens: &[Token], sentence: &Range<usize>, at: usize) -> bool {
    tokens[at].is(Classes::CUE) || takes_clause(tokens, sentence, at)
}

/// Whether `that` follows a verb that reports only then, or stands behind where and when:
/// `posted on his page that`.
fn takes_clause(tokens: &[Token], sentence: &Range<usize>, at: usize) -> bool {
    const TOKENS_BETWEEN: usize = 6;
    if !tokens[at].is(Classes::CLAUSE) {
        return false;
    }
    let ends = Classes::AUXILIARY | Classes::CUE | Classes::VERB | Classes::WHO;
    let mut ahead = tokens[at + 1..sentence.end].iter().take(TOKENS_BETWEEN + 1).peekable();
    let aside = ahead.peek().is_some_and(|it| it.is(Classes::OF | Classes::TIME | Classes::ADVERB));
    let first = ahead.peek().is_some_and(|it| it.is(Classes::THAT));
    let behind = ahead
        .take_while(|it| it.kind != TokenKind::Punct && !it.is_quote() && !it.is(ends))
        .any(|it| it.is(Classes::THAT));
    first || aside && behind
}

/// `quoted Lund as saying`, `was quoted as saying`: the cue `saying`, and the verb that quotes.
fn quoted_as(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<(Cue, usize)> {
    if !tokens[at].is(Classes::GERUND) || !tokens[at].is(Classes::SPEECH) {
        return None;
    }
    let (subject, quoting) = passive::quoted(tokens, sentence.start, at.checked_sub(1)?)?;
    let clause = subject.tokens.start;
    let cue = Cue {
        at,
        end: at + 1,
        kind: CueKind::Verb,
        classes: tokens[at].classes,
        subject: Some(subject),
        place: SubjectPlace::Before,
        clause,
        antecedent: None,
        sure: true,
    };
    Some((cue, quoting))
}

/// A noun that reports: `her answer: Q`, `Q is Lund’s verdict`, `in the words of Lund, Q`.
fn utterance(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<Cue> {
    const ADJECTIVES_MAX: usize = 3;
    const WORDS_BEHIND_MAX: usize = 8;
    if !tokens[at].is(Classes::UTTERANCE) {
        return None;
    }
    let (lo, hi) = (sentence.start, sentence.end);
    let cue = |subject: Phrase, end: usize, clause: usize, place: SubjectPlace| Cue {
        at,
        end,
        kind: CueKind::Verb,
        classes: Classes::REPORT,
        subject: Some(subject),
        place,
        clause,
        antecedent: None,
        sure: true,
    };
    let quote_at = |it: usize| it < hi && tokens[it].is_quote();
    // `in the words of Lund, Q`
    if at >= lo + 2
        && tokens[at - 1].is(Classes::DEFINITE)
        && tokens[at - 2].is(Classes::OF)
        && tokens.get(at + 1).is_some_and(|it| it.is(Classes::GENITIVE))
    {
        let who = phrase_after(tokens, at + 2, hi)?;
        // `in the words of the mayor, Ada Lund, Q`
        let apart = Some(who.tokens.end).filter(|it| *it < hi && tokens[*it].sets_apart());
        let named = apart.and_then(|it| phrase_after(tokens, it + 1, hi));
        let named = named.filter(|it| {
            who.kind == PhraseKind::Noun
                && matches!(it.kind, PhraseKind::Name(_))
                && it.tokens.end < hi
                && tokens[it.tokens.end].sets_apart()
        });
        let subject = named.unwrap_or(who);
        let end = subject.tokens.end;
        let told = quote_at(end) || end < hi && tokens[end].sets_apart() && quote_at(end + 1);
        let closes = at >= lo + 3 && (tokens[at - 3].is_quote() || at >= lo + 4 && tokens[at - 4].is_quote());
        return (told || closes).then(|| cue(subject, end, at - 2, SubjectPlace::After));
    }
    // Whose it is.
    let owner = (lo..at).rev().take(ADJECTIVES_MAX + 1).find_map(|it| {
        let adjectives =
            tokens[it + 1..at].iter().all(|it| it.kind == TokenKind::Word && !it.is(Classes::OF));
        let owner = match tokens[it].kind {
            _ if !adjectives => None,
            TokenKind::Clitic if !tokens[it].is(Classes::MODAL | Classes::HAVE) => {
                it.checked_sub(1).and_then(|last| core_before(tokens, lo, last))
            }
            TokenKind::Word if tokens[it].is(Classes::POSSESSIVE) && tokens[it].is(OWNERS) => {
                Some(Phrase { tokens: it..it + 1, kind: PhraseKind::Pronoun })
            }
            _ => None,
        };
        owner.filter(|it| it.kind != PhraseKind::Noun || tokens[it.tokens.end - 1].is(Classes::SPEAKING))
    })?;
    // `Q is her answer`
    let start = owner.tokens.start;
    if start > lo && tokens[start - 1].is(Classes::OF) {
        return None;
    }
    if start > lo + 1 && tokens[start - 1].is(Classes::BE) {
        let quote = start - 2;
        let follows =
            tokens[quote].is_quote() || quote > lo && tokens[quote].is_sign(',') && quote_at(quote - 1);
        if follows {
            return Some(cue(owner, at + 1, start - 1, SubjectPlace::Before));
        }
    }
    // `her answer to the farmers: Q`, `her answer was Q`
    let behind = (at + 1..hi.min(at + 2 + WORDS_BEHIND_MAX)).find(|it| {
        let ends = Classes::AUXILIARY | Classes::THAT | Classes::WH | Classes::CUE;
        tokens[*it].kind == TokenKind::Punct || tokens[*it].is_quote() || tokens[*it].is(ends)
    })?;
    let verb = tokens[behind].is(Classes::BE) || tokens[behind].is_sign(':');
    let opens =
        quote_at(behind + 1) || behind + 1 < hi && tokens[behind + 1].is_sign(':') && quote_at(behind + 2);
    (verb && opens).then(|| cue(owner, behind + 1, start, SubjectPlace::Before))
}

/// Pronouns of whoever may say something.
const OWNERS: Classes = any!(HE | SHE | THEY | THING);

/// Where the words at `at` end that name a source as `according to` does, if they do.
fn according_end(tokens: &[Token], sentence: &Range<usize>, at: usize) -> Option<usize> {
    let next = tokens.get(at + 1).filter(|_| at + 1 < sentence.end)?;
    let token = &tokens[at];
    if token.is(Classes::ACCORDING) && next.is(Classes::OF) {
        Some(at + 2)
    } else if token.is(Classes::SOURCE) {
        // `según dijo Lund`
        Some(if next.is(Classes::FINITE) && next.is(Classes::CUE) { at + 2 } else { at + 1 })
    } else {
        None
    }
}

fn according(tokens: &[Token], sentence: &Range<usize>, at: usize, end: usize) -> Option<Cue> {
    let subject = phrase_after(tokens, subject::past_adverbs(tokens, end, sentence.end), sentence.end)?;
    // `de acuerdo con`
    let at = at
        .checked_sub(1)
        .filter(|it| *it >= sentence.start && tokens[*it].is(Classes::GENITIVE))
        .unwrap_or(at);
    Some(Cue {
        at,
        end,
        kind: CueKind::According,
        classes: Classes::ACCORDING,
        subject: Some(subject),
        place: SubjectPlace::After,
        clause: at,
        antecedent: None,
        sure: false,
    })
}

fn verb(tokens: &[Token], sentence: &Range<usize>, at: usize, earlier: Option<&Cue>) -> Option<Cue> {
    let lo = sentence.start;
    let (before, passive) = skip_auxiliaries(tokens, lo, at);
    let gerund = tokens[at].is(Classes::GERUND);
    let joined = before == at.checked_sub(1) && before.is_some_and(|it| tokens[it].is(Classes::AND));
    let present = tokens[at].is(Classes::BASE | Classes::THIRD);
    let agent = if gerund || present { None } else { passive::agent(tokens, at, sentence.end, passive) };
    if let Some(subject) = agent {
        let clause = before.map_or(lo, |it| it + 1);
        return Some(by(tokens, at, subject, clause));
    }
    // `talk to or yell at`: a base form that is joined to another is no finite verb.
    if is_participle(tokens, sentence, at) || joined && tokens[at].is(Classes::BASE) {
        return None;
    }
    let auxiliaries = &tokens[before.map_or(lo, |it| it + 1)..at];
    if tokens[at].is(Classes::PARTICIPLE) && !auxiliaries.iter().any(|it| it.is(Classes::HAVE)) {
        return None;
    }
    let earlier = earlier.and_then(|it| it.subject.clone());
    let found = match before {
        _ if passive && !gerund => PlacedSubject::nowhere(at),
        _ if passive::is_asked(tokens, lo, sentence.end, at, before) => PlacedSubject::nowhere(at),
        None => PlacedSubject::first(tokens, at, sentence.end),
        Some(last) => {
            let verb = Verb { tokens, lo, hi: sentence.end, at, last, participle: gerund && !passive };
            let placed = verb.subject(earlier);
            let finite = placed.place == SubjectPlace::Before && placed.antecedent.is_none() && !gerund;
            if let Some(subject) = placed.subject.as_ref().filter(|_| finite)
                && subject.kind != PhraseKind::Relative
                && !agrees(tokens, subject, at, last)
            {
                return None;
            }
            placed
        }
    };
    let found = if passive { found } else { found.or_dropped(tokens, lo, at) };
    let PlacedSubject { subject, place, clause, antecedent } = found;
    let kind = CueKind::Verb;
    let clause_only = takes_clause(tokens, sentence, at);
    let classes = if clause_only { tokens[at].classes | Classes::REPORT } else { tokens[at].classes };
    // `a cap that said Q`
    let bearer = antecedent.as_ref().or(subject.as_ref().filter(|_| place == SubjectPlace::Before));
    let bears = |it: &Phrase| tokens[it.tokens.end - 1].classes.any(Classes::BEARS);
    let quote = |it: usize| tokens.get(it).is_some_and(Token::is_quote);
    let sign = tokens.get(at + 1).is_some_and(|it| it.kind == TokenKind::Punct);
    let sure = bearer.is_some_and(bears) && (quote(at + 1) || sign && quote(at + 2));
    Some(Cue { at, end: at + 1, kind, classes, subject, place, clause, antecedent, sure })
}

/// A passive whose agent reports: `described by Lund as Q`, `called Q by Lund`.
fn by(tokens: &[Token], at: usize, subject: Phrase, clause: usize) -> Cue {
    let near = subject.tokens.start == at + 2;
    let place = if near { SubjectPlace::After } else { SubjectPlace::Before };
    Cue {
        at,
        end: at + 1,
        kind: CueKind::Verb,
        classes: tokens[at].classes,
        subject: Some(subject),
        place,
        clause,
        antecedent: None,
        sure: true,
    }
}

/// Whether the form at `at` is a participle behind its noun: `the hacker known as Rook`, `a plan
/// backed by`.
fn is_participle(tokens: &[Token], sentence: &Range<usize>, at: usize) -> bool {
    let form = tokens[at].is(Classes::BASE | Classes::THIRD | Classes::GERUND);
    let before = at.checked_sub(1).filter(|it| *it >= sentence.start).map(|it| &tokens[it]);
    let noun = before.is_some_and(|it| it.is_name() || is_noun(it) || it.is(Classes::SPEAKING));
    let after = tokens.get(at + 1).filter(|_| at + 1 < sentence.end);
    // `what Lund described as`
    let opens = Classes::WHO | Classes::WH | Classes::THAT;
    let own = || {
        let subject = core_before(tokens, sentence.start, at - 1)?;
        subject.tokens.start.checked_sub(1).filter(|it| *it >= sentence.start && tokens[*it].is(opens))
    };
    let agent = after.is_some_and(|it| it.is(Classes::AGENT));
    !form && noun && !tokens[at].is(Classes::SAY) && agent && own().is_none()
}

/// Whether a present form agrees with the phrase before it, so that it is a verb and not the
/// phrase's last noun: a base form follows `to`, a modal or a plural, a third person something that
/// can speak.
fn agrees(tokens: &[Token], subject: &Phrase, at: usize, last: usize) -> bool {
    let head = &tokens[last];
    let bare = last + 1 == at;
    let speaks = subject.kind != PhraseKind::Noun || head.is(Classes::SPEAKING);
    if tokens[at].is(Classes::BASE) && bare {
        return head.is(Classes::GROUP | Classes::THEY | Classes::FIRST | Classes::PLURAL)
            || head.is_name()
                && subject.tokens.len() <= 3
                && !tokens[subject.tokens.start].is(Classes::DETERMINER)
            || head.kind == TokenKind::Word && !speaks && tokens[at].is(Classes::SAY);
    }
    if tokens[at].is(Classes::THIRD) && bare {
        // `two Lund notes`, `the deleted Lund emails`, `her Lund posts`
        let start = subject.tokens.start;
        let counted = tokens[start].is(Classes::DETERMINER | Classes::POSSESSIVE)
            && !tokens[start].is(Classes::DEFINITE);
        let participle = start.checked_sub(1).is_some_and(|it| {
            let before = it.checked_sub(1).map(|it| &tokens[it]);
            tokens[it].is(Classes::VERB | Classes::CUE)
                && !tokens[it].is(Classes::BASE | Classes::THIRD | Classes::GERUND)
                && before.is_some_and(|it| it.is(Classes::OF | Classes::DETERMINER | Classes::POSSESSIVE))
        });
        let named = matches!(subject.kind, PhraseKind::Name(_));
        let past = |it: &Token| it.is(Classes::VERB | Classes::CUE) && !it.is(Classes::SPEAKING);
        let participle = participle || tokens[subject.tokens.clone()].iter().any(past);
        if named && (counted || participle) && !tokens[at].is(Classes::SAY) {
            return false;
        }
        // `the use of executive orders`
        let opens = Classes::DETERMINER | Classes::POSSESSIVE | Classes::PRONOUN;
        let lone = subject.kind == PhraseKind::Noun && !tokens[subject.tokens.start].is(opens);
        let hangs = subject.tokens.start.checked_sub(1).is_some_and(|it| tokens[it].is(Classes::OF));
        if lone && hangs && !tokens[at].is(Classes::SAY) {
            return false;
        }
        return speaks && !head.is(Classes::GROUP);
    }
    true
}
