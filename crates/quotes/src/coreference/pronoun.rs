//! A pronoun → whom it stands for: whoever gender allows and who stands nearest, or spoke last.

use morgue_core::article::SpeakerKind;

use super::{Identified, Identifier, NAMINGS_BACK, Place};
use crate::{
    entities::{
        Member,
        name::{Gender, Named},
    },
    lexicon::Classes,
    syntax::phrase::Phrase,
    text::token::Token,
};

impl Identifier<'_> {
    pub(crate) fn pronoun(&self, phrase: &Phrase, place: Place<'_>) -> Option<Identified> {
        let token = &place.passage.tokens[phrase.tokens.start];
        let gender = match (token.is(Classes::HE), token.is(Classes::SHE)) {
            (true, false) => Gender::He,
            (false, true) => Gender::She,
            _ => return self.plural(token, place),
        };
        if let Some(unnamed) = self.unnamed_before(gender, phrase.tokens.start, place) {
            return Some(unnamed);
        }
        match self.antecedent(gender, phrase.tokens.start, place) {
            Some((index, sure)) => Some(self.member(index, sure)),
            None => self.spokesperson_before(place),
        }
    }

    /// Whoever spoke last for a body: `A spokeswoman for the ministry said … “Q,” she added.`
    fn spokesperson_before(&self, place: Place<'_>) -> Option<Identified> {
        let last = self.spoken.last().filter(|it| it.passage + 1 >= place.passage.ordinal)?;
        let speaker = &last.who.speaker;
        (speaker.kind == SpeakerKind::Organisation && speaker.role.is_some())
            .then(|| Identified { confidence: 0.6, ..last.who.clone() })
    }

    /// Somebody without a name who spoke last in this passage, when it names nobody whom the pronoun could mean:
    /// `A technician said that … “Q,” he said.`
    fn unnamed_before(&self, gender: Gender, token: usize, place: Place<'_>) -> Option<Identified> {
        let last = self.spoken.last().filter(|it| it.passage == place.passage.ordinal)?;
        let before = self.cast.namings_before(place.passage.ordinal, token);
        let here =
            self.cast.namings[..before].iter().rev().take_while(|it| it.passage == place.passage.ordinal);
        let rival = here
            .map(|it| &self.cast.members[it.member])
            .any(|it| it.named == Named::Person && gender_fit(it, gender).is_some());
        (last.who.speaker.kind == SpeakerKind::Unknown && !rival)
            .then(|| Identified { confidence: 0.7, ..last.who.clone() })
    }

    /// The person a singular pronoun stands for: each naming before it is weighed, the best wins.
    pub(crate) fn antecedent(&self, gender: Gender, token: usize, place: Place<'_>) -> Option<(usize, f32)> {
        let before = self.cast.namings_before(place.passage.ordinal, token);
        let spoke_last = self.spoken.iter().rev().find(|it| it.who.member.is_some());
        let mut best: Option<(i32, usize)> = None;
        let mut weights: Vec<(usize, i32)> = Vec::new();
        for naming in self.cast.namings[..before].iter().rev().take(NAMINGS_BACK) {
            let member = &self.cast.members[naming.member];
            let Some(fit) = gender_fit(member, gender) else { continue };
            let mut weight =
                fit + nearness(naming.passage, naming.sentence, place) + if naming.leads { 5 } else { 0 };
            if spoke_last.is_some_and(|it| it.who.member == Some(naming.member)) {
                weight += match spoke_last
                    .map(|it| place.passage.ordinal - it.passage.min(place.passage.ordinal))
                {
                    Some(0) => 8,
                    Some(1) => 4,
                    _ => 1,
                };
            }
            match weights.iter_mut().find(|(it, _)| *it == naming.member) {
                Some((_, known)) => *known = (*known).max(weight),
                None => weights.push((naming.member, weight)),
            }
        }
        for (member, weight) in &weights {
            if best.is_none_or(|(it, _)| *weight > it) {
                best = Some((*weight, *member));
            }
        }
        let (weight, member) = best?;
        let second =
            weights.iter().filter(|(it, _)| *it != member).map(|(_, it)| *it).max().unwrap_or(i32::MIN);
        Some((member, if weight.saturating_sub(second) > 4 { 0.85 } else { 0.65 }))
    }

    /// `they`, `it`: the group or body that spoke last near by.
    fn plural(&self, token: &Token, place: Place<'_>) -> Option<Identified> {
        let kinds: &[SpeakerKind] = if token.is(Classes::THEY) {
            &[SpeakerKind::Group, SpeakerKind::Organisation]
        } else if token.is(Classes::THING) {
            &[SpeakerKind::Organisation]
        } else {
            return None;
        };
        let near = self.spoken.iter().rev().take_while(|it| it.passage + 1 >= place.passage.ordinal);
        near.map(|it| &it.who)
            .find(|it| kinds.contains(&it.speaker.kind))
            .map(|it| Identified { confidence: 0.6, ..it.clone() })
    }
}

/// How well a pronoun's gender fits; `None` when it does not.
fn gender_fit(member: &Member, gender: Gender) -> Option<i32> {
    let person = match member.named {
        Named::Person => 4,
        Named::Perhaps => 0,
        Named::Body => return None,
    };
    match member.gender {
        Some(it) if it == gender => Some(person + 4),
        Some(_) if member.gender_sure => None,
        Some(_) => Some(person - 8),
        None => Some(person),
    }
}

/// Weight of a naming by the passages and sentences between it and the pronoun.
fn nearness(passage: usize, sentence: usize, place: Place<'_>) -> i32 {
    if passage == place.passage.ordinal {
        match place.sentence.saturating_sub(sentence) {
            0 => 9,
            1 => 10,
            2 => 8,
            _ => 6,
        }
    } else {
        match place.passage.ordinal - passage {
            1 => 4,
            2 => 1,
            3 => -2,
            _ => -5,
        }
    }
}
