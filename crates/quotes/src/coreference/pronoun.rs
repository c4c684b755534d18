//! A pronoun → whom it stands for: whoever gender allows and who stands nearest, or spoke last.

use morgue_core::article::SpeakerKind;

use super::{Referent, Resolver, history::gender_fit, is_near};
use crate::{
    entities::{
        Mention,
        name::{EntityKind, Gender},
    },
    lexicon::Classes,
    passage::Sentence,
    syntax::{
        phrase::{Phrase, PhraseKind},
        subject::main_subject,
    },
    text::token::Token,
};

impl Resolver<'_> {
    pub(crate) fn pronoun(&self, phrase: &Phrase, sentence: Sentence<'_>) -> Option<Referent> {
        let token = &sentence.tokens[phrase.tokens.start];
        let gender = match (token.is(Classes::HE), token.is(Classes::SHE)) {
            (true, false) => Gender::He,
            (false, true) => Gender::She,
            _ => return self.plural(token, sentence),
        };
        if let Some(unnamed) = self.unnamed_before(gender, phrase.tokens.start, sentence) {
            return Some(unnamed);
        }
        match self.antecedent(gender, phrase.tokens.start, sentence) {
            Some((index, sure)) => Some(self.entity(index, sure)),
            None => self.spokesperson_before(sentence),
        }
    }

    /// Whoever spoke last for a body: `A spokeswoman for the ministry said … “Q,” she added.`
    fn spokesperson_before(&self, sentence: Sentence<'_>) -> Option<Referent> {
        let last = self.past.last().filter(|it| is_near(it.passage, sentence))?;
        let speaker = &last.who.speaker;
        (speaker.kind == SpeakerKind::Organisation && speaker.role.is_some())
            .then(|| Referent { confidence: 0.6, ..last.who.clone() })
    }

    /// Somebody without a name who spoke last in this passage, when it names nobody whom the
    /// pronoun could mean: `A technician said that … “Q,” he said.`
    fn unnamed_before(&self, gender: Gender, token: usize, sentence: Sentence<'_>) -> Option<Referent> {
        let last = self.past.last().filter(|it| it.passage == sentence.passage.ordinal)?;
        let first = &self.first_of_gender[gender as usize];
        let first = first.get(first.partition_point(|it| it.passage < last.passage));
        let rival = first.is_some_and(|it| (it.passage, it.token) < (last.passage, token));
        (last.who.speaker.kind == SpeakerKind::Unknown && !rival)
            .then(|| Referent { confidence: 0.7, ..last.who.clone() })
    }

    /// The person a singular pronoun stands for: each mention before it is weighed, the best wins.
    pub(crate) fn antecedent(
        &self,
        gender: Gender,
        token: usize,
        sentence: Sentence<'_>,
    ) -> Option<(usize, f32)> {
        let spoke_last = self.past.last_named();
        // `“Q,” he said.`: rather who spoke in the passage before than whom it told of.
        let opens_with_quotation =
            sentence.index == 0 && sentence.tokens.first().is_some_and(Token::is_quote);
        let mut best: Option<(i32, usize)> = None;
        let mut weights: Vec<(usize, i32)> = Vec::new();
        for mention in self.mentions_before(sentence, token) {
            let entity = self.entities.meant(mention);
            let Some(fit) = gender_fit(entity, gender) else { continue };
            let mut weight = fit + nearness(mention, sentence) + if mention.leads { 5 } else { 0 };
            // That somebody spoke does not outweigh a name of the other gender.
            if fit >= 0 && spoke_last.is_some_and(|it| it.who.entity == Some(mention.entity)) {
                weight += match spoke_last
                    .map(|it| sentence.passage.ordinal - it.passage.min(sentence.passage.ordinal))
                {
                    Some(0) => 8,
                    Some(1) if opens_with_quotation => 8,
                    // Whoever speaks and is then a he or she is a person.
                    Some(1) if entity.kind == EntityKind::Unsure => 8,
                    Some(1) => 4,
                    _ => 1,
                };
            }
            match weights.iter_mut().find(|(it, _)| *it == mention.entity) {
                Some((_, known)) => *known = (*known).max(weight),
                None => weights.push((mention.entity, weight)),
            }
        }
        for (entity, weight) in &weights {
            if best.is_none_or(|(it, _)| *weight > it) {
                best = Some((*weight, *entity));
            }
        }
        let (weight, entity) = best?;
        let second =
            weights.iter().filter(|(it, _)| *it != entity).map(|(_, it)| *it).max().unwrap_or(i32::MIN);
        Some((entity, if weight.saturating_sub(second) > 4 { 0.85 } else { 0.65 }))
    }

    /// `they`, `it`: the group or body that spoke last near by.
    fn plural(&self, token: &Token, sentence: Sentence<'_>) -> Option<Referent> {
        let last = if token.is(Classes::THEY) {
            self.past.last_group_or_body()
        } else if token.is(Classes::THING) {
            self.past.last_body()
        } else {
            None
        };
        if let Some(last) = last.filter(|it| is_near(it.passage, sentence)) {
            return Some(Referent { confidence: 0.6, ..last.who.clone() });
        }
        if token.is(Classes::THEY) {
            return self.leading_group(sentence);
        }
        Some(self.entity(self.leading_body(token, sentence)?, 0.5))
    }

    /// The group that `they` are who say something though no group has spoken: the one that is the
    /// subject of the nearest sentence before, in this passage or the last.
    fn leading_group(&self, sentence: Sentence<'_>) -> Option<Referent> {
        const SENTENCES_BACK: usize = 4;
        // The subject stands near the beginning, and every `they` may ask for it.
        const TOKENS: usize = 60;
        let last = sentence.passage.ordinal.checked_sub(1).and_then(|it| self.passages.get(it));
        let here = (0..sentence.index).rev().map(|it| sentence.passage.sentence(it));
        let before = last.into_iter().flat_map(|it| (0..it.sentences.len()).rev().map(|at| it.sentence(at)));
        here.chain(before).take(SENTENCES_BACK).find_map(|it| {
            let phrase = main_subject(it.tokens, it.start, it.end.min(it.start + TOKENS))?;
            let head = &it.tokens[phrase.tokens.end.checked_sub(1)?];
            let group = phrase.kind == PhraseKind::Noun && head.is(Classes::GROUP | Classes::BODY);
            // Asked of nouns only: a pronoun would ask for those before it in turn.
            let who = if group { self.resolve(&phrase, None, it) } else { None }?;
            matches!(who.speaker.kind, SpeakerKind::Group | SpeakerKind::Organisation)
                .then_some(Referent { confidence: 0.5, ..who })
        })
    }

    /// The body that `it` is which says something though no body has spoken: the one that leads the
    /// nearest sentence with a name that leads, in this passage or the last.
    fn leading_body(&self, token: &Token, sentence: Sentence<'_>) -> Option<usize> {
        let tokens = sentence.tokens;
        let at = sentence.passage.token_at(token.start());
        let says =
            tokens[at + 1..sentence.end].iter().find(|it| !it.is(Classes::AUXILIARY | Classes::ADVERB));
        if !token.is(Classes::THING) || !says.is_some_and(|it| it.is(Classes::SPEECH)) {
            return None;
        }
        let mut near = self.mentions_before(sentence, at).take_while(|it| is_near(it.passage, sentence));
        let mention = near.find(|it| it.leads)?;
        let body = self.entities.meant(mention);
        (body.kind == EntityKind::Body && !body.place).then_some(mention.entity)
    }
}

/// Weight of a mention by the passages and sentences between it and the pronoun.
fn nearness(mention: &Mention, sentence: Sentence<'_>) -> i32 {
    if mention.passage == sentence.passage.ordinal {
        match sentence.index.saturating_sub(mention.sentence) {
            0 => 9,
            1 => 10,
            2 => 8,
            _ => 6,
        }
    } else {
        match sentence.passage.ordinal - mention.passage {
            1 => 4,
            2 => 1,
            3 => -2,
            _ => -5,
        }
    }
}
