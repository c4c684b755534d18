//! Tokens of a masked sentence → noun phrases that can be speakers: `he`, `Ms. Lund`, `a senior
//! official`.
//!
//! A chunker without part-of-speech tags: the closed classes, the verbs of the lexicon and the
//! signs end a phrase, every other word belongs to it. A phrase is its core only: what follows in
//! apposition or after a preposition is not in it.

use std::ops::Range;

use crate::{
    lexicon::{Classes, any},
    text::token::{Token, TokenKind},
};

/// A noun phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub tokens: Range<usize>,
    pub kind: PhraseKind,
}

/// What a noun phrase is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PhraseKind {
    /// `she`.
    Pronoun,
    /// `who`, after the phrase it belongs to.
    Relative,
    /// Left out: the verb stands for it (`Dijo que …`).
    Dropped,
    /// It ends in a name: these tokens.
    Name(Range<usize>),
    /// It ends in a common noun.
    Noun,
}

/// Words that end a phrase.
const STOPS: Classes = any!(WHO | THAT | IF | WH | AND | OF | AUXILIARY | NOT | REFLEXIVE | TIME | ACCORDING);

/// Longest phrase, in tokens.
const TOKENS_MAX: usize = 16;

/// The phrase that begins at `at` and ends before `hi`.
pub(crate) fn phrase_after(tokens: &[Token], at: usize, hi: usize) -> Option<Phrase> {
    let first = tokens.get(at).filter(|_| at < hi)?;
    if first.is(Classes::PRONOUN) && !opens_noun(tokens, at, hi) {
        return Some(Phrase { tokens: at..at + 1, kind: PhraseKind::Pronoun });
    }
    let mut chunk = Chunk { tokens, at, hi, end: at, names: 0, nouns: 0 };
    while chunk.end < hi.min(at + TOKENS_MAX) && chunk.takes() {
        chunk.end += 1;
    }
    let phrase = phrase_of(tokens, at..chunk.end)?;
    Some(with_holder(tokens, hi, &phrase).unwrap_or(phrase))
}

/// `Ambassador to the United States Ada Lund`, `Head of Nuclear Medicine Dr Ada Lund`: an office
/// with what it is over and who holds it.
fn with_holder(tokens: &[Token], hi: usize, office: &Phrase) -> Option<Phrase> {
    let last = office.tokens.end.checked_sub(1)?;
    let over = tokens.get(last + 1).filter(|_| last + 1 < hi)?;
    let holds = tokens[last].classes.any(Classes::TITLE | Classes::ROLE) && !tokens[last].is(Classes::SPOKES);
    if office.kind != PhraseKind::Noun || !holds || !over.is(Classes::OF) {
        return None;
    }
    let article = tokens.get(last + 2).is_some_and(|it| it.is(Classes::DEFINITE));
    let start = last + 2 + usize::from(article);
    let end = (start..hi).find(|it| !tokens[*it].in_name()).unwrap_or(hi);
    let name = name_at_end(tokens, start..end.max(start))?;
    let front = &tokens[name.start.checked_sub(1).filter(|it| *it >= start)?];
    let apart = is_portfolio(front) || front.classes.any(Classes::PLACE | Classes::BODY | Classes::COURTESY);
    (apart && name.len() > 1)
        .then_some(Phrase { tokens: office.tokens.start..end, kind: PhraseKind::Name(name) })
}

/// A phrase as it grows, token by token.
struct Chunk<'a> {
    tokens: &'a [Token],
    at: usize,
    hi: usize,
    end: usize,
    /// Name words since the last common noun.
    names: usize,
    /// Common nouns and adjectives.
    nouns: usize,
}

impl Chunk<'_> {
    /// Whether the phrase goes on with the token at `end`.
    fn takes(&mut self) -> bool {
        let token = &self.tokens[self.end];
        let next = self.tokens.get(self.end + 1).filter(|_| self.end + 1 < self.hi);
        let (first, bare) = (self.end == self.at, self.names == 0 && self.nouns == 0);
        let nominal = next.is_some_and(|it| it.is_name() || is_noun(it));
        match token.kind {
            TokenKind::Quote(_) | TokenKind::Punct => return false,
            TokenKind::Number => return true,
            TokenKind::Clitic => return !first && nominal,
            TokenKind::Name => {
                self.names += 1;
                return true;
            }
            TokenKind::Word => (),
        }
        if token.is(Classes::DETERMINER | Classes::POSSESSIVE) && !token.is(Classes::THAT) {
            first || self.end == self.at + 1 && bare
        } else if first && token.is(Classes::DEMONSTRATIVE) && next.is_some_and(is_noun)
            || token.is_particle(self.end.checked_sub(1).map(|it| &self.tokens[it]))
                && next.is_some_and(Token::in_name)
        {
            true
        } else if token.is(Classes::GENITIVE) {
            let office = self.names > 0 && self.tokens[self.end - 1].classes.any(Classes::TITLE);
            office && next.is_some_and(Token::is_name)
        } else if token.is(STOPS | Classes::PRONOUN) {
            false
        } else if token.is(Classes::ADVERB) && !token.is(Classes::NO_ADVERB) {
            !first && bare && nominal
        } else {
            self.takes_noun(token, next)
        }
    }

    /// Whether a word of no closed class belongs to it as a noun or adjective.
    fn takes_noun(&mut self, token: &Token, next: Option<&Token>) -> bool {
        let verb = token.is(Classes::CUE | Classes::VERB);
        let speaking_next = next.is_some_and(|it| it.is(Classes::SPEAKING));
        let fits = if self.names > 0 {
            token.is(Classes::SPEAKING) || speaking_next && !verb
        } else if verb {
            let attribute = self.end > self.at
                || !token.is(Classes::CUE) && next.is_some_and(|it| it.is_name() || is_noun(it));
            self.nouns == 0 && (attribute || token.is(Classes::SPEAKING))
                || noun_after(self.tokens, self.at, self.end, self.hi)
                || speaking_next
        } else {
            true
        };
        if fits {
            self.nouns += 1;
            self.names = 0;
        }
        fits
    }
}

/// The phrase whose last token is `last`, begun after `lo`. Its head comes before any preposition:
/// of `a spokesman for the ministry` it is `a spokesman`.
pub(crate) fn phrase_before(tokens: &[Token], lo: usize, last: usize) -> Option<Phrase> {
    const CHAIN_MAX: usize = 6;
    let nearest = core_before(tokens, lo, last)?;
    let nearest = with_offices(tokens, lo, nearest);
    let officer = || officer_before(tokens, lo, &nearest);
    if let Some(officer) = portfolio_before(tokens, lo, &nearest).or_else(officer) {
        return Some(officer);
    }
    let mut head = nearest.clone();
    for _ in 0..CHAIN_MAX {
        let Some(joint) = head.tokens.start.checked_sub(1).filter(|it| *it > lo) else { break };
        if !tokens[joint].is(Classes::OF) || tokens[joint].is(Classes::IF) {
            break;
        }
        match core_before(tokens, lo, joint - 1) {
            Some(earlier) if !matches!(earlier.kind, PhraseKind::Pronoun) || earlier.tokens.start == lo => {
                head = earlier;
            }
            _ => break,
        }
    }
    // `At a rally in Ohio Lund said`: all of the chain but its last name hangs on a preposition.
    let hangs = head.tokens.start.checked_sub(1).is_some_and(|it| it >= lo && tokens[it].is(Classes::OF));
    Some(if hangs { nearest } else { head })
}

/// The phrase with the other offices in front of it, where a clause begins with them: `Q, chairman
/// and editor Ada Lund`.
fn with_offices(tokens: &[Token], lo: usize, nearest: Phrase) -> Phrase {
    const OFFICES_MAX: usize = 4;
    let office = |it: usize| tokens[it].is(Classes::ROLE) || tokens[it].is_name() && is_office(&tokens[it]);
    let mut start = nearest.tokens.start;
    let PhraseKind::Name(name) = &nearest.kind else { return nearest };
    if !(start..name.start).any(office) {
        return nearest;
    }
    let mut found = false;
    for _ in 0..OFFICES_MAX {
        let opens = |it: usize| {
            it == lo
                || tokens[it - 1].is_quote()
                || tokens[it - 1].is_sign(',') && it >= lo + 2 && tokens[it - 2].is_quote()
        };
        if found && opens(start) {
            return Phrase { tokens: start..nearest.tokens.end, ..nearest };
        }
        let Some(joint) = start.checked_sub(1).filter(|it| *it > lo) else { break };
        if !(tokens[joint].is(Classes::AND) || tokens[joint].is_sign(',')) || !office(joint - 1) {
            break;
        }
        start = joint - 1;
        while start > lo && tokens[start - 1].kind == TokenKind::Word && is_noun(&tokens[start - 1]) {
            start -= 1;
        }
        found = true;
    }
    nearest
}

/// `Secretary of State Ada Lund`, `Chancellor of the Exchequer Ada Lund`: the whole phrase, if what
/// follows `of` ends in a full name; `Bank of Osby Governor Lund`, if that holds an office. `A
/// spokesman for Ada Lund` is somebody else.
fn officer_before(tokens: &[Token], lo: usize, nearest: &Phrase) -> Option<Phrase> {
    let PhraseKind::Name(name) = &nearest.kind else { return None };
    let of =
        nearest.tokens.start.checked_sub(1).filter(|it| *it > lo && tokens[*it].is(Classes::GENITIVE))?;
    let holds = |it: &Token| it.classes.any(Classes::TITLE | Classes::ROLE);
    let hers = tokens[nearest.tokens.start].classes.any(Classes::ROLE);
    let of_body = !hers && tokens[of - 1].is_name() && tokens[of - 1].classes.any(Classes::BODY);
    if of_body && tokens[nearest.tokens.start..name.start].iter().any(is_office) {
        let body = core_before(tokens, lo, of - 1)?;
        let tokens = body.tokens.start..nearest.tokens.end;
        return Some(Phrase { tokens, kind: PhraseKind::Name(name.clone()) });
    }
    let over = nearest.tokens.start + usize::from(tokens[nearest.tokens.start].is(Classes::DETERMINER));
    let full = |it: &usize| *it + 1 < name.end && is_given_alone(&tokens[*it]);
    let given = (over + 1..name.end).find(full)?;
    let honors = |it: &Token| it.classes.any(Classes::SHORT | Classes::COURTESY);
    if !(tokens[of - 1].is_name() && holds(&tokens[of - 1])) || tokens[over..given].iter().any(honors) {
        return None;
    }
    let office = core_before(tokens, lo, of - 1)?;
    Some(Phrase { tokens: office.tokens.start..nearest.tokens.end, kind: PhraseKind::Name(given..name.end) })
}

/// `Deputy Director for Rural Water Supply Ada Lund`, `minister of water and sanitation Ada Lund`:
/// the whole phrase, if what the office is over stands right before the name.
fn portfolio_before(tokens: &[Token], lo: usize, nearest: &Phrase) -> Option<Phrase> {
    const JOINTS_MAX: usize = 3;
    let PhraseKind::Name(name) = &nearest.kind else { return None };
    let mut start = nearest.tokens.start;
    let holds =
        |it: &Token| it.classes.any(Classes::TITLE | Classes::ROLE) && !it.classes.any(Classes::PORTFOLIO);
    let over = |it: &Token| is_portfolio(it) || it.classes.any(Classes::BODY | Classes::PLACE);
    if start == name.start || !over(&tokens[name.start - 1]) || tokens[start..name.start].iter().any(holds) {
        return None;
    }
    for _ in 0..JOINTS_MAX {
        let joint = start.checked_sub(1).filter(|it| *it > lo)?;
        let front = &tokens[joint - 1];
        let over = tokens[joint].is(Classes::OF) && holds(front) && !front.is(Classes::SPOKES);
        let joins = tokens[joint].is(Classes::AND | Classes::OF) && is_portfolio(front);
        // `chairperson of the committee on mineral resources Ada Lund`
        let of_body =
            tokens[joint].is(Classes::PURPOSE | Classes::GENITIVE) && front.classes.any(Classes::BODY);
        if !(over || joins || of_body) {
            return None;
        }
        start = core_before(tokens, lo, joint - 1)?.tokens.start;
        if over {
            return Some(Phrase { tokens: start..nearest.tokens.end, kind: nearest.kind.clone() });
        }
    }
    None
}

/// The phrase whose last token is `last`, without what it hangs on.
pub(crate) fn core_before(tokens: &[Token], lo: usize, last: usize) -> Option<Phrase> {
    let token = tokens.get(last).filter(|_| last >= lo)?;
    if token.is(Classes::PRONOUN) && !token.is(Classes::DETERMINER) || token.is(Classes::INDEFINITE) {
        return Some(Phrase { tokens: last..last + 1, kind: PhraseKind::Pronoun });
    }
    let mut start = last + 1;
    while start > lo && last + 1 - start < TOKENS_MAX {
        let token = &tokens[start - 1];
        let before = start.checked_sub(2).filter(|it| *it >= lo).map(|it| &tokens[it]);
        let in_front = tokens.get(start).filter(|_| start <= last);
        let opens = token.is(Classes::DETERMINER | Classes::POSSESSIVE) && !token.is(Classes::WHO);
        let fits = match token.kind {
            TokenKind::Quote(_) | TokenKind::Punct => false,
            TokenKind::Number => true,
            TokenKind::Name => in_front.is_none_or(joins_name),
            TokenKind::Clitic => in_front.is_some(),
            TokenKind::Word if opens => start <= last,
            TokenKind::Word if token.is_particle(before) => in_front.is_some_and(Token::in_name),
            TokenKind::Word if token.is(STOPS | Classes::PRONOUN) => false,
            TokenKind::Word if token.is(Classes::ADVERB) && !token.is(Classes::NO_ADVERB) => {
                start <= last && before.is_some_and(|it| it.is(Classes::DETERMINER))
            }
            TokenKind::Word if token.is(Classes::CUE | Classes::VERB) => {
                let form = token.is(Classes::BASE | Classes::THIRD);
                let noun_place = before.is_some_and(|it| {
                    it.is(Classes::DETERMINER | Classes::POSSESSIVE)
                        || form && it.is(Classes::OF) && !it.is(Classes::INFINITIVE)
                        || matches!(it.kind, TokenKind::Clitic | TokenKind::Number)
                });
                noun_place
                    || token.is(Classes::SPEAKING)
                        && (start <= last || before.is_none_or(|it| !it.is(Classes::PRONOUN)))
            }
            TokenKind::Word => true,
        };
        if !fits {
            break;
        }
        start -= 1;
        if opens && !before.is_some_and(|it| it.is(Classes::DETERMINER)) {
            break;
        }
    }
    // A phrase does not begin with the end of a contraction.
    while start <= last && tokens[start].kind == TokenKind::Clitic {
        start += 1;
    }
    phrase_of(tokens, start..last + 1)
}

/// Whether a name may stand right before `token` inside one phrase.
fn joins_name(token: &Token) -> bool {
    match token.kind {
        TokenKind::Name | TokenKind::Clitic | TokenKind::Number => true,
        TokenKind::Word => !token.is(Classes::DETERMINER | Classes::POSSESSIVE),
        TokenKind::Punct | TokenKind::Quote(_) => false,
    }
}

fn phrase_of(tokens: &[Token], mut range: Range<usize>) -> Option<Phrase> {
    while range.end > range.start && tokens.get(range.end - 1)?.kind == TokenKind::Clitic {
        range.end -= 1;
    }
    let core = tokens.get(range.clone())?;
    if !core.iter().any(|it| it.is_name() || it.kind == TokenKind::Word && is_noun(it)) {
        return None;
    }
    let kind = match name_at_end(tokens, range.clone()) {
        Some(name) => PhraseKind::Name(name),
        None => PhraseKind::Noun,
    };
    Some(Phrase { tokens: range, kind })
}

/// The name that a phrase ends in, without the titles before it; `None` when it ends in a common
/// noun or an office.
pub(crate) fn name_at_end(tokens: &[Token], range: Range<usize>) -> Option<Range<usize>> {
    let mut start = range.end;
    while start > range.start {
        let token = &tokens[start - 1];
        let inside = start < range.end;
        let before = start.checked_sub(2).filter(|it| *it >= range.start).map(|it| &tokens[it]);
        if token.is_name() || inside && token.is_particle(before) && tokens[start].in_name() {
            start -= 1;
        } else {
            break;
        }
    }
    let mut run = start..range.end;
    if run.is_empty() {
        return None;
    }
    // `Secretary of State Ada Lund`, `Chancellor of the Exchequer Ada Lund`: the office reaches
    // over the preposition.
    let article = start > 0 && tokens[start - 1].is(Classes::DETERMINER);
    let of = start - usize::from(article);
    // `Bank of Osby`, but `Bank of Osby Governor Ada Lund`.
    let of_body = of >= range.start + 2
        && (tokens[of - 1].is(Classes::GENITIVE)
            || !article
                && tokens[of - 1].is(Classes::PURPOSE | Classes::INFINITIVE)
                && tokens[of - 2].classes.any(Classes::OVER))
        && tokens[of - 2].is_name()
        && tokens[of - 2].classes.any(Classes::BODY);
    let body = is_body(tokens, &run);
    let holder = run.len() > 1 && tokens[run.start..run.end - 1].iter().any(is_office);
    if of_body && (body || !holder) {
        let names = tokens[range.start..of - 1].iter().rev().take_while(|it| it.is_name()).count();
        return Some(of - 1 - names..range.end);
    }
    if body {
        return Some(run);
    }
    let office = of >= 2
        && tokens[of - 1].is(Classes::OF)
        && tokens[of - 2].is_name()
        && tokens[of - 2].classes.any(Classes::TITLE | Classes::ROLE)
        && !tokens[of - 2].classes.any(Classes::RELATION)
        && (tokens[of - 1].is(Classes::GENITIVE) || tokens[of - 2].classes.any(Classes::ROLE));
    let joined = of > 0 && tokens[of - 1].is(Classes::OF | Classes::AND);
    if office || joined || start > 0 && is_portfolio(&tokens[start - 1]) {
        match behind_portfolio(tokens, &run) {
            Some(from) if from == run.end && office => return None,
            Some(from) if from < run.end && (office || run.end >= from + 2) => run.start = from,
            _ if office && of >= range.start + 2 && run.len() > 1 => {
                let given = run.clone().find(|it| tokens[*it].classes.any(Classes::GIVEN) && *it > run.start);
                run.start = given.unwrap_or(run.start + 1);
            }
            _ => (),
        }
    }
    let titles_end = name_end(tokens, &run);
    run.end = titles_end;
    let last_title = last_title(tokens, &run);
    let name = match last_title {
        // `SP said`: letters that are a title before a name only.
        Some(at) if at + 1 == run.end && is_bare_letters(&tokens[at]) && run.len() == 1 => run,
        // `Prime Minister`, `Press Secretary`: an office without a name.
        Some(at) if at + 1 == run.end => return None,
        // `Sri Lanka`
        Some(at) if tokens[at].classes.any(Classes::PLACE) && tokens[at + 1].classes.any(Classes::PLACE) => {
            run
        }
        Some(at) => at + 1..run.end,
        None => run,
    };
    // `the Kenyan`: whoever was spoken of.
    let nation = name.len() == 1
        && tokens[name.start].classes.any(Classes::NATION)
        && name.start.checked_sub(1).is_some_and(|it| tokens[it].is(Classes::DEFINITE));
    if nation {
        return None;
    }
    Some(without_origin(tokens, name))
}

/// Where the name behind what an office is over begins, by the last word for that in `run`:
/// `Rural Water Supply Ada Lund`, `Refugee Council Ada Lund`; the end of the run if nothing
/// follows.
fn behind_portfolio(tokens: &[Token], run: &Range<usize>) -> Option<usize> {
    const NAME_WORDS: usize = 2;
    let given = run.clone().skip(1).find(|it| is_given_alone(&tokens[*it]) && *it + 1 < run.end);
    let portfolio = run.clone().rev().find(|it| is_portfolio(&tokens[*it])).map(|it| it + 1);
    // `Ambassador to the United Kingdom Ada Lund`
    let before = tokens[..run.start].iter().rev().find(|it| !it.is(Classes::DEFINITE));
    let abroad = before.is_some_and(|it| it.is(Classes::INFINITIVE));
    let over = if abroad { any!(BODY | PLACE) } else { Classes::BODY };
    let body = run.clone().rev().find(|it| tokens[*it].classes.any(over)).map(|it| it + 1);
    let body = body.filter(|it| run.end == it + NAME_WORDS && is_person(&tokens[*it..run.end]));
    match (portfolio.max(body), given) {
        (Some(over), Some(given)) if given > over => Some(given),
        (None, Some(given)) if tokens[given - 1].classes.any(Classes::PLACE | Classes::BODY) => Some(given),
        (over, _) => over,
    }
}

/// Whether these words can be a person's name and nothing else that the lexicon knows.
fn is_person(words: &[Token]) -> bool {
    let thing =
        any!(BODY | OUTLET | DOCUMENT | PLACE | PEOPLE_OF | GROUP | TIME | WORK | TITLE | ROLE | PORTFOLIO);
    let is_thing = |it: &Token| it.classes.any(thing) && !it.classes.any(Classes::GIVEN);
    (2..=3).contains(&words.len()) && !words.iter().any(|it| it.upper || is_thing(it))
}

/// Whether it is a word for what an office is over.
pub(crate) fn is_portfolio(token: &Token) -> bool {
    token.classes.any(Classes::PORTFOLIO) && !token.classes.any(Classes::GIVEN)
}

/// Where a run of names ends without the letters of honor behind it: `Ada Lund MP`, `Ada Lund QC`,
/// but `Osby North MP`, `ABC MLA`.
fn name_end(tokens: &[Token], run: &Range<usize>) -> usize {
    let mut end = run.end;
    while end > run.start + 1 && tokens[end - 1].classes.any(Classes::POSTNOMINAL) {
        let seat = any!(PLACE | PEOPLE_OF | BODY);
        let names = &tokens[run.start..end - 1];
        let member = tokens[end - 1].classes.any(Classes::TITLE);
        let article = run.start.checked_sub(1).is_some_and(|it| tokens[it].is(Classes::DETERMINER));
        let is_seat = |it: &Token| it.classes.any(seat) && !it.classes.any(Classes::GIVEN);
        let plain = |it: &Token| !it.upper || it.classes.any(Classes::POSTNOMINAL);
        let bearer =
            names.iter().all(plain) && (!member || names.len() > 1 && !article && !names.iter().any(is_seat));
        if !bearer {
            break;
        }
        end -= 1;
    }
    end
}

/// The last title before the name in a run of capitals.
fn last_title(tokens: &[Token], run: &Range<usize>) -> Option<usize> {
    let first = &tokens[run.start];
    // `Fan Ada Lund` is a fan, `Fan Lund` has a family name before it.
    let fan = first.classes.any(Classes::ROLE) && run.len() > 2 && is_given_alone(&tokens[run.start + 1]);
    let title = |it: &Token| {
        it.classes.any(Classes::TITLE) || it.classes.any(Classes::ROLE) && !it.classes.any(Classes::PORTFOLIO)
    };
    // `Sardar Khan`, but `Sardar Tom Khan`
    let honors = first.classes.any(Classes::COURTESY) && run.len() > 2;
    let given = first.classes.any(Classes::GIVEN) && !first.classes.any(Classes::SHORT) && !honors;
    if given && run.len() <= 3 && !fan {
        return None;
    }
    // `Ada King III`: before a suffix stands the surname.
    let is_suffix = |it: usize| it > run.start + 1 && tokens[it].classes.any(Classes::SUFFIX);
    let titles_end = if is_suffix(run.end - 1) { run.end - 2 } else { run.end };
    // `Treasury Secretary James Baker`: behind titles and a given name stands a surname,
    // whatever else it means.
    let is_surname = titles_end >= run.start + 3 && is_given_alone(&tokens[titles_end - 2]);
    // `Wing Commander Arif Chaudhry`: a word that only honors is a surname at the end.
    let honor = run.len() > 1 && tokens[titles_end - 1].classes.any(Classes::COURTESY);
    (run.start..titles_end - usize::from(is_surname || honor))
        .rev()
        .find(|it| title(&tokens[*it]) && !(tokens[*it].classes.any(Classes::GIVEN) && *it > run.start))
}

/// Whether it is letters that may be the name of a body too: `SP`, `CP`.
fn is_bare_letters(token: &Token) -> bool {
    token.upper && token.classes.any(Classes::LETTERS) && !token.classes.any(Classes::ROLE)
}

/// A name without the team, party, country or nation before it: `Rams WR Tom Berg`, `ABC Tom Berg`,
/// `Libya Tom Berg`, `Kenyan Tom Berg`.
fn without_origin(tokens: &[Token], mut name: Range<usize>) -> Range<usize> {
    const LETTERS_MIN: usize = 3;
    let letters = (name.start..name.end).rev().find(|it| {
        let token = &tokens[*it];
        let length = token.end() - token.start();
        token.upper && !token.classes.any(Classes::GIVEN) && (*it > name.start || length >= LETTERS_MIN)
    });
    if let Some(at) = letters.filter(|it| is_person(&tokens[*it + 1..name.end])) {
        name.start = at + 1;
    }
    while name.len() > 2 {
        let first = &tokens[name.start];
        let given = tokens[name.start + 1].classes.any(Classes::GIVEN);
        let origin = first.classes.any(Classes::PEOPLE_OF) && given
            || first.classes.any(Classes::PLACE)
                && !first.classes.any(Classes::GIVEN)
                && is_given_alone(&tokens[name.start + 1])
                && is_person(&tokens[name.start + 1..name.end])
            || first.classes.any(Classes::NATION) && is_person(&tokens[name.start + 1..name.end]);
        // `New Zealander Ada Lund`, `South African Ada Lund`
        let two_words = first.classes.any(Classes::PEOPLE_OF | Classes::PLACE)
            && tokens[name.start + 1].classes.any(Classes::NATION)
            && is_person(&tokens[name.start + 2..name.end]);
        if !(origin || two_words) {
            break;
        }
        name.start += if two_words { 2 } else { 1 };
    }
    name
}

/// Whether a run of names is that of a body by its last word, which its titles then belong to:
/// `Foreign Ministry`, `General Motors Corp`, but not `Mr. House`.
fn is_body(tokens: &[Token], run: &Range<usize>) -> bool {
    let last = &tokens[run.end - 1];
    let person = Classes::TITLE | Classes::ROLE | Classes::GIVEN;
    let honors = |it: &Token| it.classes.any(Classes::COURTESY);
    run.len() > 1
        && last.classes.any(Classes::BODY)
        && (last.classes.any(Classes::FORM)
            || !last.classes.any(person) && !tokens[run.clone()].iter().any(honors))
}

/// Whether it is an office or trade, rather than what only honors.
pub(crate) fn is_office(token: &Token) -> bool {
    token.classes.any(Classes::TITLE | Classes::ROLE) && !token.classes.any(Classes::COURTESY)
}

/// Whether it is a given name and no title, role or place, as in `South Carolina Republican`.
pub(crate) fn is_given_alone(token: &Token) -> bool {
    token.classes.any(Classes::GIVEN) && !token.classes.any(Classes::TITLE | Classes::ROLE | Classes::PLACE)
}

/// Whether the determiner or possessive at `at` opens a phrase with a noun.
fn opens_noun(tokens: &[Token], at: usize, hi: usize) -> bool {
    tokens[at].is(Classes::POSSESSIVE | Classes::DETERMINER)
        && !tokens[at].is(Classes::THING)
        && tokens.get(at + 1).filter(|_| at + 1 < hi).is_some_and(|it| it.is_name() || is_noun(it))
}

/// Whether the verb form at `end` is the noun that ends the phrase begun at `at`: `the final
/// results of`.
fn noun_after(tokens: &[Token], at: usize, end: usize, hi: usize) -> bool {
    let opened = tokens[at].is(Classes::DETERMINER | Classes::POSSESSIVE) || tokens[at].is_name();
    let form = tokens[end].is(Classes::BASE | Classes::THIRD);
    let before = &tokens[end - usize::from(end > at)];
    let next = tokens.get(end + 1).filter(|_| end + 1 < hi);
    let verb_next = next.is_none_or(|it| {
        it.is(Classes::AUXILIARY | Classes::OF | Classes::AND | Classes::WHO)
            || it.is(Classes::CUE | Classes::VERB) && !it.is(Classes::BASE | Classes::GERUND)
            || it.kind == TokenKind::Punct
    });
    opened
        && form
        && !before.is(Classes::SPEAKING)
        && verb_next
        && !next.is_some_and(|it| it.is(Classes::INFINITIVE))
}

/// Whether it may be a common noun or an adjective.
pub(crate) fn is_noun(token: &Token) -> bool {
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Word => {
            !token.is(STOPS | Classes::PRONOUN | Classes::DETERMINER)
                && (token.is(Classes::SPEAKING)
                    || !token.is(Classes::CUE | Classes::VERB | Classes::ADVERB)
                    || token.is(Classes::NO_ADVERB))
        }
        _ => false,
    }
}

/// Whether the phrase can be somebody who speaks: a name, a pronoun, a noun for a speaker.
pub(crate) fn speaks(tokens: &[Token], phrase: &Phrase) -> bool {
    match &phrase.kind {
        PhraseKind::Name(_) | PhraseKind::Relative | PhraseKind::Dropped => true,
        PhraseKind::Pronoun => !tokens[phrase.tokens.start].is(Classes::FIRST | Classes::SECOND),
        PhraseKind::Noun => {
            phrase.tokens.end.checked_sub(1).is_some_and(|it| tokens[it].is(Classes::SPEAKING))
        }
    }
}
