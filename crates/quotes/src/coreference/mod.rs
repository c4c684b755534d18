//! A phrase that speaks → who that is, under the fullest name in the article.
//!
//! Names are looked up in the cast. A pronoun goes to the person whom gender allows and who stands nearest: named
//! in the same sentence or passage, leading its sentence, or speaking last. A definite description (`the minister`)
//! goes to the one member with that role; any other stays what the article says.

mod pronoun;

use std::{collections::BTreeMap, ops::Range};

use morgue_core::article::{Speaker, SpeakerKind};

use crate::{
    entities::{
        Cast, Naming,
        name::{Gender, Named},
    },
    fold::fold,
    lexicon::Classes,
    passage::Parsed,
    syntax::phrase::{Phrase, PhraseKind, name_at_end, phrase_after},
    text::token::{Token, TokenKind},
};

/// Where a phrase stands.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The passage.
    pub passage: &'a Parsed<'a>,
    /// Index of the sentence in it.
    pub sentence: usize,
}

/// Somebody who speaks, and the member of the cast if it is one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Identified {
    /// Who.
    pub speaker: Speaker,
    /// Index in the cast.
    pub member: Option<usize>,
    /// How sure, from 0 to 1.
    pub confidence: f32,
}

/// Who spoke before: what a pronoun may go back to.
#[derive(Clone, Debug)]
pub(crate) struct Spoken {
    /// Ordinal of the passage.
    pub passage: usize,
    /// Who.
    pub who: Identified,
}

/// Identifies the speakers of one article, in reading order.
#[derive(Debug)]
pub(crate) struct Identifier<'a> {
    cast: &'a Cast,
    spoken: Vec<Spoken>,
}

impl<'a> Identifier<'a> {
    /// Nobody has spoken yet.
    pub(crate) fn new(cast: &'a Cast) -> Identifier<'a> {
        Identifier { cast, spoken: Vec::new() }
    }

    /// Notes who spoke, for the pronouns to come.
    pub(crate) fn note(&mut self, passage: usize, who: &Identified) {
        self.spoken.push(Spoken { passage, who: who.clone() });
    }

    /// Who the phrase is; `None` for words that stand for nobody to be found.
    pub(crate) fn identify(
        &self,
        phrase: &Phrase,
        antecedent: Option<&Phrase>,
        place: Place<'_>,
    ) -> Option<Identified> {
        match &phrase.kind {
            PhraseKind::Name(range) => self.named(range, place),
            PhraseKind::Noun => self.described(phrase, place),
            PhraseKind::Relative => self.identify(antecedent?, None, place),
            PhraseKind::Pronoun => self.pronoun(phrase, place),
            PhraseKind::Dropped => self.dropped(phrase, place),
        }
    }

    /// Whether a member of the cast is surely a person, and another passage names it too.
    pub(crate) fn is_person_of_story(&self, member: usize, passage: usize) -> bool {
        let elsewhere = |it: &Naming| it.member == member && it.passage != passage;
        self.cast.members[member].named == Named::Person && self.cast.namings.iter().any(elsewhere)
    }

    /// Whom an interview is with: the one person whom the passages before the first question name most often.
    pub(crate) fn interviewed(&self, first_question: usize) -> Option<Identified> {
        let person = |it: &usize| self.cast.members[*it].named == Named::Person;
        let before = self.cast.namings.iter().take_while(|it| it.passage < first_question);
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        before.map(|it| it.member).filter(person).for_each(|it| *counts.entry(it).or_default() += 1);
        let most = *counts.values().max()?;
        let mut likely = counts.iter().filter(|it| *it.1 == most).map(|it| *it.0);
        let who = likely.next()?;
        likely.next().is_none().then(|| self.member(who, 0.7))
    }

    /// Who a verb without a subject goes back to: whoever spoke last in this or the last passage, else the name that led
    /// the sentence before.
    fn dropped(&self, verb: &Phrase, place: Place<'_>) -> Option<Identified> {
        let several = place.passage.tokens[verb.tokens.start].is(Classes::PLURAL);
        let fits = |kind| (kind == SpeakerKind::Group) == several;
        let last = self.spoken.last().filter(|it| it.passage + 1 >= place.passage.ordinal);
        if let Some(last) = last.filter(|it| fits(it.who.speaker.kind)) {
            return Some(Identified { confidence: 0.7, ..last.who.clone() });
        }
        let before = self.cast.namings_before(place.passage.ordinal, verb.tokens.start);
        let near = self.cast.namings[..before].iter().rev().take(NAMINGS_BACK);
        let mut near = near.take_while(|it| it.passage + 1 >= place.passage.ordinal);
        let leading = near.find(|it| it.leads && self.cast.members[it.member].named != Named::Body);
        leading.filter(|_| !several).map(|it| self.member(it.member, 0.55))
    }

    fn named(&self, range: &Range<usize>, place: Place<'_>) -> Option<Identified> {
        match self.cast.naming(place.passage.ordinal, range) {
            Some(naming) => Some(self.member(naming.member, 0.95)),
            None => {
                let name = words(place.passage.text, &place.passage.tokens[range.clone()]);
                Some(unlisted(name, SpeakerKind::Person, None, 0.7))
            }
        }
    }

    fn member(&self, index: usize, confidence: f32) -> Identified {
        let member = &self.cast.members[index];
        let kind = match member.named {
            Named::Person | Named::Perhaps => SpeakerKind::Person,
            Named::Body => SpeakerKind::Organisation,
        };
        let speaker = Speaker { name: member.name.clone(), kind, role: member.role.clone() };
        Identified { speaker, member: Some(index), confidence }
    }

    fn described(&self, phrase: &Phrase, place: Place<'_>) -> Option<Identified> {
        let tokens = &place.passage.tokens;
        let mut core = phrase.tokens.clone();
        let mut definite = false;
        while core.len() > 1 && tokens[core.start].is(Classes::DETERMINER | Classes::POSSESSIVE) {
            definite |=
                tokens[core.start].is(Classes::POSSESSIVE | Classes::DEMONSTRATIVE | Classes::DEFINITE);
            core.start += 1;
        }
        let head = tokens.get(core.end.checked_sub(1)?)?;
        if head.is(Classes::SPOKES)
            && let Some(body) = self.spoken_for(&core, place)
        {
            let role = words(place.passage.text, &tokens[core.end - 1..core.end]);
            return Some(Identified { speaker: Speaker { role: Some(role), ..body.speaker }, ..body });
        }
        let owned = tokens[core.clone()].iter().any(|it| it.kind == TokenKind::Clitic);
        if (definite || owned)
            && head.classes.any(Classes::ROLE)
            && let Some(named) = self.named_after(phrase, place)
        {
            return Some(named);
        }
        if definite
            && head.classes.any(Classes::ROLE)
            && let Some(index) = self.holder(place, head)
        {
            return Some(self.member(index, 0.7));
        }
        let possessed =
            !head.classes.any(Classes::ROLE | Classes::GROUP | Classes::BODY) || head.is(Classes::DOCUMENT);
        if possessed && let Some(owner) = self.owner(phrase, place) {
            return Some(owner);
        }
        if let Some(named) = self.apposed_to(phrase, place) {
            return Some(named);
        }
        // `The billionaire said`, `the Osby Republican said`: nobody holds that role, so it is who was spoken of.
        let party = head.is_name() && head.classes.any(Classes::PEOPLE_OF) && core.len() <= 3;
        // `its chief engineer`, `the mayor of Berg` are somebody else.
        let bare = tokens[phrase.tokens.start].is(Classes::DEFINITE | Classes::DEMONSTRATIVE)
            && !owned
            && !tokens.get(core.end).is_some_and(|it| it.is(Classes::OF));
        // `The second source`: where somebody unnamed has spoken, a description may be theirs and is never guessed.
        const SPOKEN_BACK: usize = 20;
        let unnamed = |it: &Spoken| it.who.speaker.kind == SpeakerKind::Unknown;
        let told = !self.spoken.iter().rev().take(SPOKEN_BACK).any(unnamed);
        if bare
            && told
            && !introduced(place, phrase.tokens.start, head)
            && (head.classes.any(Classes::ROLE) || party)
        {
            if let Some(last) = self.spoken.last().filter(|it| it.passage + 1 >= place.passage.ordinal)
                && last.who.speaker.kind == SpeakerKind::Person
                && (party || last.who.speaker.role.is_none())
            {
                return Some(Identified { confidence: 0.5, ..last.who.clone() });
            }
            if let Some(index) = self.spoken_of(place, phrase.tokens.start) {
                return Some(self.member(index, 0.5));
            }
        }
        let name = without_clitics(place.passage.text, tokens, &core);
        let whole = words(place.passage.text, &tokens[phrase.tokens.clone()]);
        if head.classes.any(Classes::GROUP) {
            return Some(unlisted(name, SpeakerKind::Group, None, 0.85));
        }
        if head.classes.any(Classes::BODY | Classes::DOCUMENT) {
            let index = definite.then(|| self.body_like(place, &core)).flatten();
            return Some(match index {
                Some(index) => self.member(index, 0.7),
                None => unlisted(name, SpeakerKind::Organisation, None, 0.8),
            });
        }
        let confidence = if head.classes.any(Classes::ROLE) { 0.7 } else { 0.4 };
        Some(unlisted(if definite { name } else { whole }, SpeakerKind::Unknown, None, confidence))
    }

    /// The person whose plan or tone it is: `her plan`, `Lund’s tone`.
    fn owner(&self, phrase: &Phrase, place: Place<'_>) -> Option<Identified> {
        let tokens = &place.passage.tokens;
        let first = &tokens[phrase.tokens.start];
        if first.is(Classes::POSSESSIVE) && first.is(Classes::HE | Classes::SHE) {
            let gender = if first.is(Classes::HE) { Gender::He } else { Gender::She };
            let (index, sure) = self.antecedent(gender, phrase.tokens.start, place)?;
            return Some(self.member(index, sure * 0.8));
        }
        let clitic = phrase.tokens.clone().find(|it| tokens[*it].kind == TokenKind::Clitic)?;
        let range = name_at_end(tokens, phrase.tokens.start..clitic)?;
        let naming = self.cast.naming(place.passage.ordinal, &range)?;
        Some(self.member(naming.member, 0.7))
    }

    /// Whom an apposition describes: `Lund, a native of Osby who`.
    fn apposed_to(&self, phrase: &Phrase, place: Place<'_>) -> Option<Identified> {
        let tokens = &place.passage.tokens;
        // `As they praised Berg, the fans sang`: several are no apposition of one.
        let several = tokens.get(phrase.tokens.end.checked_sub(1)?)?.is(Classes::GROUP);
        let comma = phrase.tokens.start.checked_sub(1).filter(|it| tokens[*it].is_sign(',') && !several)?;
        let last = comma.checked_sub(1).filter(|it| tokens[*it].is_name())?;
        let naming = self.cast.naming(place.passage.ordinal, &(last..comma))?;
        Some(self.member(naming.member, 0.8))
    }

    /// Whom the name set apart behind a description names: `said the mayor of Osby, Ada Lund`.
    fn named_after(&self, phrase: &Phrase, place: Place<'_>) -> Option<Identified> {
        const TOKENS_AHEAD: usize = 8;
        let tokens = &place.passage.tokens;
        let hi = place.passage.sentences.get(place.sentence)?.end;
        let ends = |it: &usize| {
            let token = &tokens[*it];
            token.kind == TokenKind::Punct
                || token.is_quote()
                || token.is(Classes::CUE | Classes::VERB | Classes::WHO)
        };
        let comma = (phrase.tokens.end..hi.min(phrase.tokens.end + TOKENS_AHEAD)).find(ends)?;
        let name = comma + 1;
        let end =
            (name..hi).find(|it| !tokens[*it].is_name() && !tokens[*it].is(Classes::PARTICLE)).unwrap_or(hi);
        let closed = end == hi || tokens[end].kind == TokenKind::Punct;
        if !tokens[comma].is_sign(',') || end < name + 2 || !closed {
            return None;
        }
        let naming = self.cast.naming(place.passage.ordinal, &(name..end))?;
        let person = self.cast.members[naming.member].named != Named::Body;
        (person && naming.token == name).then(|| self.member(naming.member, 0.9))
    }

    /// The body that an unnamed spokesman speaks for: what stands before the noun, or after `for` or `of`.
    fn spoken_for(&self, core: &Range<usize>, place: Place<'_>) -> Option<Identified> {
        let tokens = &place.passage.tokens;
        let mut before = core.start..core.end - 1;
        while !before.is_empty() && tokens[before.end - 1].kind == TokenKind::Clitic {
            before.end -= 1;
        }
        if tokens[before.clone()].iter().any(Token::is_name) {
            let name = words(place.passage.text, &tokens[before.clone()]);
            let listed = self
                .cast
                .naming(place.passage.ordinal, &before)
                .filter(|it| self.cast.members[it.member].named == Named::Body);
            return Some(match listed {
                Some(it) => self.member(it.member, 0.8),
                None => unlisted(name, SpeakerKind::Organisation, None, 0.8),
            });
        }
        if !tokens.get(core.end)?.is(Classes::OF) {
            return None;
        }
        let of = phrase_after(tokens, core.end + 1, tokens.len().min(core.end + 12))?;
        match &of.kind {
            PhraseKind::Name(range) => {
                let naming = self.cast.naming(place.passage.ordinal, range)?;
                let body = self.member(naming.member, 0.8);
                let kind = SpeakerKind::Organisation;
                Some(Identified { speaker: Speaker { kind, role: None, ..body.speaker }, ..body })
            }
            PhraseKind::Noun => {
                let it = self.described(&of, place)?;
                (it.speaker.kind != SpeakerKind::Person).then_some(Identified {
                    speaker: Speaker { kind: SpeakerKind::Organisation, ..it.speaker },
                    ..it
                })
            }
            PhraseKind::Pronoun | PhraseKind::Relative | PhraseKind::Dropped => None,
        }
    }

    /// The one person that this passage or the one before names, when it leads its sentence.
    fn spoken_of(&self, place: Place<'_>, token: usize) -> Option<usize> {
        let before = self.cast.namings_before(place.passage.ordinal, token);
        let near = self.cast.namings[..before].iter().rev().take(NAMINGS_BACK);
        let near = near.take_while(|it| it.passage + 1 >= place.passage.ordinal);
        let mut leading = near.filter(|it| it.leads && self.cast.members[it.member].named == Named::Person);
        let first = leading.next()?.member;
        leading.all(|it| it.member == first).then_some(first)
    }

    /// The member last named before `place` whose role holds the noun.
    fn holder(&self, place: Place<'_>, head: &Token) -> Option<usize> {
        let noun = place.passage.text.get(head.start..head.end)?.to_lowercase();
        let before = self.cast.namings_before(place.passage.ordinal, place.passage.token_at(head.start));
        let mut nearest = None;
        for naming in self.cast.namings[..before].iter().rev().take(NAMINGS_BACK) {
            let member = &self.cast.members[naming.member];
            let holds =
                member.role.as_ref().is_some_and(|it| it.to_lowercase().split(' ').any(|word| word == noun));
            if holds {
                nearest = nearest.or(Some(naming.member));
            }
        }
        nearest
    }

    /// The body last named whose name ends in the same noun: `the ministry` after `the Foreign Ministry`.
    fn body_like(&self, place: Place<'_>, core: &Range<usize>) -> Option<usize> {
        if core.len() != 1 {
            return None;
        }
        let tokens = &place.passage.tokens;
        let noun = fold(&place.passage.text[tokens[core.start].start..tokens[core.start].end]);
        let before = self.cast.namings_before(place.passage.ordinal, core.start);
        self.cast.namings[..before].iter().rev().take(NAMINGS_BACK).map(|it| it.member).find(|it| {
            let member = &self.cast.members[*it];
            member.named == Named::Body && member.words.len() > 1 && member.words.last() == Some(&noun)
        })
    }
}

/// Whether the passage has spoken of somebody new by that noun: `an organizer … the organizer` is nobody with a name.
fn introduced(place: Place<'_>, before: usize, head: &Token) -> bool {
    const TOKENS_BETWEEN: usize = 3;
    const LOOK_BACK: usize = 120;
    let tokens = &place.passage.tokens;
    let word = |it: &Token| &place.passage.text[it.start..it.end];
    let new = |it: &Token| it.is(Classes::DETERMINER) && !it.is(Classes::DEFINITE | Classes::DEMONSTRATIVE);
    let is_new = |at: usize| tokens[at.saturating_sub(TOKENS_BETWEEN)..at].iter().any(new);
    (before.saturating_sub(LOOK_BACK)..before)
        .any(|at| word(&tokens[at]).eq_ignore_ascii_case(word(head)) && is_new(at))
}

/// How many namings back a pronoun or description may reach.
const NAMINGS_BACK: usize = 40;

/// The text of a phrase without possessive endings and titles: `Ms. Lund’s campaign` is `Lund campaign`.
fn without_clitics(text: &str, tokens: &[Token], range: &Range<usize>) -> String {
    let clitic = range.clone().find(|it| tokens[*it].kind == TokenKind::Clitic);
    let Some(clitic) = clitic else { return words(text, &tokens[range.clone()]) };
    // `the teachers’ union` is called so.
    let Some(owner) = name_at_end(tokens, range.start..clitic) else {
        return words(text, &tokens[range.clone()]);
    };
    format!("{} {}", words(text, &tokens[owner]), words(text, &tokens[clitic + 1..range.end]))
}

fn unlisted(name: String, kind: SpeakerKind, role: Option<String>, confidence: f32) -> Identified {
    Identified { speaker: Speaker { name, kind, role }, member: None, confidence }
}

/// The text of the tokens, white space made single spaces.
fn words(text: &str, tokens: &[Token]) -> String {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => {
            text[first.start..last.end].split_whitespace().collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    }
}
