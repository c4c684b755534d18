//! What an article has shown so far, kept as far as later phrases go back to it: who spoke, and who
//! was named most often. Memory does not grow with the quotes.

use std::{
    collections::{HashMap, VecDeque},
    rc::Rc,
};

use morgue_core::article::{Speaker, SpeakerKind};

use crate::{
    entities::{
        Entities, Mention,
        name::{Entity, EntityKind, Gender},
    },
    work,
};

/// Who a phrase refers to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Referent {
    pub speaker: Speaker,
    /// Its index among the entities, if the article names it.
    pub entity: Option<usize>,
    /// How sure, from 0 to 1.
    pub confidence: f32,
}

/// Who spoke before: what a pronoun may go back to.
#[derive(Debug)]
pub(super) struct PastSpeaker {
    /// Ordinal of the passage.
    pub passage: usize,
    pub who: Referent,
}

/// The last speakers of an article, in reading order.
#[derive(Debug, Default)]
pub(super) struct PastSpeakers {
    /// The last [`SPEAKERS_BACK`] of all.
    recent: VecDeque<Rc<PastSpeaker>>,
    /// The last that the article names.
    named: Option<Rc<PastSpeaker>>,
    /// The last group or body.
    group_or_body: Option<Rc<PastSpeaker>>,
    /// The last body.
    body: Option<Rc<PastSpeaker>>,
}

/// How many speakers are remembered, the last ones. Where one of them had no name, a description
/// is never guessed.
const SPEAKERS_BACK: usize = 20;

impl PastSpeakers {
    /// Notes who spoke in a passage.
    pub(super) fn note(&mut self, passage: usize, who: &Referent) {
        let it = Rc::new(PastSpeaker { passage, who: who.clone() });
        if who.entity.is_some() {
            self.named = Some(Rc::clone(&it));
        }
        if matches!(who.speaker.kind, SpeakerKind::Group | SpeakerKind::Organisation) {
            self.group_or_body = Some(Rc::clone(&it));
        }
        if who.speaker.kind == SpeakerKind::Organisation {
            self.body = Some(Rc::clone(&it));
        }
        if self.recent.len() == SPEAKERS_BACK {
            self.recent.pop_front();
        }
        self.recent.push_back(it);
    }

    /// Who spoke last.
    pub(super) fn last(&self) -> Option<&PastSpeaker> {
        self.recent.back().map(Rc::as_ref)
    }

    /// Who of those that the article names spoke last.
    pub(super) fn last_named(&self) -> Option<&PastSpeaker> {
        self.named.as_deref()
    }

    /// The group or body that spoke last.
    pub(super) fn last_group_or_body(&self) -> Option<&PastSpeaker> {
        self.group_or_body.as_deref()
    }

    /// The body that spoke last.
    pub(super) fn last_body(&self) -> Option<&PastSpeaker> {
        self.body.as_deref()
    }

    /// Whether one of the last speakers is somebody without a name.
    pub(super) fn any_unnamed(&self) -> bool {
        self.recent.iter().any(|it| it.who.speaker.kind == SpeakerKind::Unknown)
    }
}

/// Counts the mentions of people, in reading order.
#[derive(Debug, Default)]
pub(super) struct Interviewees {
    /// How many mentions of the article are counted.
    n_counted: usize,
    /// How often each entity is named.
    counts: HashMap<usize, usize>,
    /// The most that one has, how many have as much, and one of these.
    most: usize,
    n_with_most: usize,
    leader: usize,
}

impl Interviewees {
    /// The one person named most often before a passage; no earlier one may be asked for later.
    pub(super) fn before(&mut self, passage: usize, entities: &Entities) -> Option<usize> {
        let ahead = entities.mentions[self.n_counted..].iter().take_while(|it| it.passage < passage);
        for mention in ahead {
            work::step();
            self.n_counted += 1;
            if entities.meant(mention).kind != EntityKind::Person {
                continue;
            }
            let count = self.counts.entry(mention.entity).or_default();
            *count += 1;
            if *count > self.most {
                (self.most, self.n_with_most, self.leader) = (*count, 1, mention.entity);
            } else if *count == self.most {
                self.n_with_most += 1;
            }
        }
        (self.n_with_most == 1).then_some(self.leader)
    }
}

/// The first mention in each passage of a person whom a pronoun of that gender may mean.
pub(super) fn first_of_gender(entities: &Entities, gender: Gender) -> Vec<Mention> {
    let mut first: Vec<Mention> = Vec::new();
    for mention in &entities.mentions {
        let entity = entities.meant(mention);
        if first.last().is_none_or(|it| it.passage != mention.passage)
            && entity.kind == EntityKind::Person
            && gender_fit(entity, gender).is_some()
        {
            first.push(*mention);
        }
    }
    first
}

/// How well a pronoun's gender fits; `None` when it does not.
pub(super) fn gender_fit(entity: &Entity, gender: Gender) -> Option<i32> {
    let person = match entity.kind {
        EntityKind::Person => 4,
        EntityKind::Unsure => 0,
        EntityKind::Body => return None,
    };
    match entity.gender {
        Some(it) if it == gender => Some(person + 4),
        Some(_) if entity.gender_sure => None,
        Some(_) if entity.either => Some(person - 2),
        Some(_) => Some(person - 8),
        None => Some(person),
    }
}
