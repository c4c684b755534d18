//! Finds the people and bodies that an article names, and which of them each name means.
//!
//! Full names make the entities. A bare surname or first name belongs to the entity it fits; title,
//! gender and who was named last decide between rivals. Titles and appositions around a name become
//! the entity's role.

pub(crate) mod name;
mod role;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, ops::Range};

use crate::{
    entities::name::{Entity, EntityKind, Gender, NameMention, name_mentions},
    fold::fold,
    lexicon::Classes,
    passage::Parsed,
    syntax::phrase::is_given_alone,
    work,
};

/// A place in the article where an entity is named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    /// Ordinal of the passage.
    pub passage: usize,
    /// Index of the sentence in it.
    pub sentence: usize,
    /// First token of the name.
    pub token: usize,
    /// One past its last token.
    pub end: usize,
    /// Whether it is the first name of its sentence.
    pub leads: bool,
    /// Whether it only says whose relative somebody is.
    pub aside: bool,
    pub entity: usize,
}

/// All that an article names.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    /// In the order of their first full names.
    pub list: Vec<Entity>,
    /// Every mention, in reading order.
    pub mentions: Vec<Mention>,
    by_word: HashMap<String, Vec<usize>>,
}

/// Gives `Ada` of `Ada and Tom Lund` her family name, if she is never called by the bare name
/// elsewhere.
fn share_families(found: &mut [NameMention]) {
    let mut alone: HashMap<String, usize> = HashMap::new();
    for it in found.iter().filter(|it| it.shows.words.len() == 1) {
        *alone.entry(it.shows.words[0].clone()).or_default() += 1;
    }
    for index in 1..found.len() {
        let (before, rest) = found.split_at_mut(index);
        let (one, other) = (&mut before[index - 1], &mut rest[0]);
        let joined = one.joined && one.passage == other.passage && one.end + 1 == other.token;
        let full = &mut one.full;
        let (one, other) = (&mut one.shows, &mut other.shows);
        if joined
            && one.words.len() == 1
            && other.words.len() == 2
            && other.kind != EntityKind::Body
            && alone[&one.words[0]] == 1
        {
            one.words.push(other.words[1].clone());
            if let Some(family) = other.name.split_whitespace().last() {
                one.name = format!("{} {family}", one.name);
            }
            *full = true;
            // Of a couple whose given names tell nothing, custom names the man first.
            if one.gender.is_none() && other.gender.is_none() {
                one.gender = Some(Gender::He);
                other.gender = Some(Gender::She);
            }
        }
    }
}

/// Gives a body what stands in brackets behind its name and abbreviates it: `Osby Rail Workers
/// Union (ORWU)`.
fn name_for_short(found: &mut [NameMention], passages: &[Parsed<'_>]) {
    for index in 1..found.len() {
        let (before, rest) = found.split_at_mut(index);
        let (whole, short) = (&mut before[index - 1], &rest[0]);
        let [word] = short.shows.words.as_slice() else { continue };
        let beside = whole.passage == short.passage && whole.end + 1 == short.token;
        let tokens = &passages[whole.passage].tokens;
        let is_sign = |at: usize, sign| tokens.get(at).is_some_and(|it| it.is_sign(sign));
        let bracketed = is_sign(whole.end, '(') && is_sign(short.end, ')');
        if beside && bracketed && abbreviates(word, &whole.shows) {
            whole.shows.short = Some(word.clone());
            whole.shows.kind = EntityKind::Body;
        }
    }
}

/// Whether a word abbreviates the name: by its initials, with or without small words, or of a body
/// by letters in the order in which its words have them (`Neboke`).
fn abbreviates(short: &str, whole: &Entity) -> bool {
    const SMALL: [&str; 6] = ["of", "the", "for", "and", "on", "to"];
    let initials = |all: bool| {
        let words = whole.words.iter().filter(|it| all || !SMALL.contains(&it.as_str()));
        words.filter_map(|it| it.chars().next()).collect::<String>()
    };
    if whole.words.len() < 2 || whole.kind == EntityKind::Person {
        return false;
    }
    let mut letters = whole.words.iter().flat_map(|it| it.chars());
    let same_start = whole.words[0].chars().next() == short.chars().next();
    initials(false) == short
        || initials(true) == short
        || whole.kind == EntityKind::Body
            && same_start
            && short.chars().all(|it| letters.any(|other| other == it))
}

impl Entities {
    /// Finds the entities of an article: those of its story first, which headlines then name.
    pub(crate) fn find(passages: &[Parsed<'_>]) -> Entities {
        let mut found = Vec::new();
        let mut headed = Vec::new();
        for passage in passages {
            let list = if passage.is_story() { &mut found } else { &mut headed };
            for index in 0..passage.sentences.len() {
                name_mentions(passage.sentence(index), &mut |it| list.push(it));
            }
        }
        share_families(&mut found);
        name_for_short(&mut found, passages);
        let mut entities = Entities::default();
        for it in found.iter().filter(|it| it.full) {
            entities.add_full(&it.shows);
        }
        for it in headed.iter().filter(|it| it.full) {
            entities.add_headed(&it.shows, &passages[it.passage]);
        }
        for it in found.iter().filter(|it| !it.full) {
            entities.add_other_bearer(&it.shows);
        }
        for it in found {
            if let Some(entity) = entities.resolve(&it) {
                entities.learn(entity, &it);
                let NameMention { passage, sentence, token, end, leads, aside, .. } = it;
                entities.mentions.push(Mention { passage, sentence, token, end, leads, aside, entity });
            }
        }
        for passage in passages.iter().filter(|it| !it.is_story()) {
            entities.name_in_headline(passage);
        }
        entities.mentions.sort_by_key(|it| (it.passage, it.token));
        entities
    }

    /// The mention whose name covers or ends the tokens `range` of a passage.
    pub(crate) fn mention(&self, passage: usize, range: &Range<usize>) -> Option<Mention> {
        let from = self.mentions.partition_point(|it| (it.passage, it.end) < (passage, range.end));
        let mention = *self.mentions.get(from)?;
        (mention.passage == passage && mention.token < range.end && mention.end >= range.end)
            .then_some(mention)
    }

    /// The mentions before that place, the nearest first.
    pub(crate) fn mentions_before(&self, passage: usize, token: usize) -> impl Iterator<Item = &Mention> {
        let n_before = self.mentions.partition_point(|it| (it.passage, it.token) < (passage, token));
        self.mentions[..n_before].iter().rev().inspect(|_| work::step())
    }

    /// The entity that a mention means.
    pub(crate) fn meant(&self, mention: &Mention) -> &Entity {
        &self.list[mention.entity]
    }

    fn add_full(&mut self, found: &Entity) {
        let Some(family) = found.words.last() else { return };
        let mut rivals = self.by_word.get(family).cloned().unwrap_or_default();
        // The first of two surnames may stand alone elsewhere.
        if let [_, first_family, _] = found.words.as_slice()
            && found.families
        {
            rivals.extend(self.by_word.get(first_family).into_iter().flatten());
        }
        // The first two words may stand alone elsewhere: `Ahmad Fadzil Rosman`, `Ahmad Fadzil`.
        if let [_, second, _, ..] = found.words.as_slice() {
            rivals.extend(self.by_word.get(second).into_iter().flatten());
        }
        let same = |it: &usize| {
            let entity = &self.list[*it];
            if entity.is_of_other_generation(found) {
                return false;
            }
            same_name(&entity.words, &found.words)
                || is_shorter(entity, found)
                || is_shorter(found, entity)
                || found.families && found.words.starts_with(&entity.words)
                || entity.families && entity.words.starts_with(&found.words)
        };
        match rivals.into_iter().find(same) {
            Some(index) => {
                let entity = &mut self.list[index];
                entity.families |= found.families;
                if entity.generation.is_none() {
                    entity.generation.clone_from(&found.generation);
                }
                // `Ted Lund`, later `Ted Lund South Osby`: the form that came first is the name.
                let begins = found.words.starts_with(&entity.words) && !found.families;
                if begins && let Some(family) = found.words.last() {
                    let known = self.by_word.entry(family.clone()).or_default();
                    if known.len() < RIVALS_MAX && !known.contains(&index) {
                        known.push(index);
                    }
                }
                if found.words.len() > entity.words.len() && !begins {
                    entity.name.clone_from(&found.name);
                    let words = std::mem::replace(&mut entity.words, found.words.clone());
                    for word in found.words.iter().filter(|it| !words.contains(it)) {
                        let known = self.by_word.entry(word.clone()).or_default();
                        if known.len() < RIVALS_MAX {
                            known.push(index);
                        }
                    }
                }
                let entity = &mut self.list[index];
                if found.kind == EntityKind::Person {
                    entity.kind = EntityKind::Person;
                }
                entity.show(found);
            }
            None => self.add(found),
        }
    }

    /// Adds a person whom a headline names in full, if the story names nobody so: `Ada Lund: mill
    /// stays`. Where all words have capitals no name can be told from other words.
    fn add_headed(&mut self, found: &Entity, passage: &Parsed<'_>) {
        let known = found.words.last().is_none_or(|it| self.by_word.contains_key(it));
        // `Vint Quietly Backs House Speaker Ada Lund`
        let titled = found.role.is_some() && found.words.len() == 2 && !passage.is_shouted();
        if found.kind == EntityKind::Person && !known && (titled || !passage.is_capitalized()) {
            self.add_full(found);
            if let Some(added) = self.list.last_mut().filter(|it| it.words == found.words) {
                added.role.clone_from(&found.role);
            }
        }
    }

    /// Adds the bearer of a bare name that cannot be any of those named in full: `President Lund`
    /// where the article names his wife, `Mrs. Lund` where it names her husband.
    fn add_other_bearer(&mut self, found: &Entity) {
        if found.kind == EntityKind::Body || !found.tells() {
            return;
        }
        let Some(family) = found.words.last() else { return };
        let rivals = self.by_word.get(family).into_iter().flatten().map(|it| &self.list[*it]);
        let mut bearers =
            rivals.filter(|it| it.kind != EntityKind::Body && it.words.ends_with(&found.words)).peekable();
        if bearers.peek().is_some() && bearers.all(|it| it.contradicts(found)) {
            self.add(found);
            let index = self.list.len() - 1;
            self.list[index].role.clone_from(&found.role);
        }
    }

    /// Adds the mentions of a headline: the story's names in it, whole or by surname. All other
    /// capitals of headlines are words.
    fn name_in_headline(&mut self, passage: &Parsed<'_>) {
        for sentence in 0..passage.sentences.len() {
            let range = passage.sentences[sentence].clone();
            let mut leads = true;
            let mut at = range.start;
            while at < range.end {
                match self.named_at(passage, at, range.end) {
                    Some((entity, end)) => {
                        let passage = passage.ordinal;
                        let aside = false;
                        self.mentions.push(Mention {
                            passage,
                            sentence,
                            token: at,
                            end,
                            leads,
                            aside,
                            entity,
                        });
                        leads = false;
                        at = end;
                    }
                    None => at += 1,
                }
            }
        }
    }

    /// The entity whose name stands at a token of a headline, and where it ends; of several the
    /// one with the longest name there, then the one named most often.
    fn named_at(&self, passage: &Parsed<'_>, at: usize, hi: usize) -> Option<(usize, usize)> {
        let tokens = &passage.tokens;
        let is_capital = |it: usize| it < hi && tokens[it].is_word() && tokens[it].first.is_uppercase();
        if !is_capital(at) {
            return None;
        }
        let word = |it: usize| fold(tokens[it].text(passage.text));
        let first = word(at);
        let body_next = tokens.get(at + 1).is_some_and(|it| it.classes.any(Classes::BODY));
        let given_before = at.checked_sub(1).is_some_and(|it| is_given_alone(&tokens[it]));
        let found = self.by_word.get(&first)?.iter().filter_map(|index| {
            work::step();
            let entity = &self.list[*index];
            let n_words = entity.words.len();
            let whole = (at..at + n_words).all(is_capital)
                && (0..n_words).all(|it| {
                    entity.words[it] == first && it == 0 || it > 0 && entity.words[it] == word(at + it)
                });
            let body = entity.kind == EntityKind::Body;
            let surname = !body && !body_next && !given_before && entity.words.last() == Some(&first);
            let company = entity.company && entity.words.first() == Some(&first);
            let length = if whole { n_words } else { usize::from(surname || company) };
            (length > 0).then_some((length, entity.n_names, *index))
        });
        let (length, _, index) = found.max_by_key(|it| (it.0, it.1, usize::MAX - it.2))?;
        Some((index, at + length))
    }

    fn add(&mut self, found: &Entity) {
        let index = self.list.len();
        for word in found.words.iter().chain(&found.short) {
            let known = self.by_word.entry(word.clone()).or_default();
            if known.len() < RIVALS_MAX {
                known.push(index);
            }
        }
        self.list.push(Entity { role: None, ..found.clone() });
    }

    fn learn(&mut self, index: usize, found: &NameMention) {
        let NameMention { full, shows: ref found, .. } = *found;
        // A surname that two people have may be given to the wrong one: it teaches no role.
        let rivals = found.words.last().and_then(|it| self.by_word.get(it)).map_or(0, Vec::len);
        let sure = full || rivals < 2;
        let entity = &mut self.list[index];
        entity.n_names += 1;
        if found.thing && entity.words == found.words && entity.kind == EntityKind::Unsure {
            entity.kind = EntityKind::Body;
        }
        if found.gender.is_some() && (entity.gender.is_none() || found.gender_sure && !entity.gender_sure) {
            entity.gender = found.gender;
            entity.gender_sure = found.gender_sure;
        }
        // `mayor of Osby` tells more than `Mayor`.
        let bare = entity.role.as_ref().is_none_or(|it| !it.contains(' '));
        if sure && bare && found.role.as_ref().is_some_and(|it| entity.role.is_none() || it.contains(' ')) {
            entity.role.clone_from(&found.role);
        }
        if found.kind == EntityKind::Person && entity.kind == EntityKind::Unsure {
            entity.kind = EntityKind::Person;
        }
    }

    /// Whose name it is; a name that nobody else has makes a new entity.
    fn resolve(&mut self, found: &NameMention) -> Option<usize> {
        let NameMention { full, shows: ref found, .. } = *found;
        let family = found.words.last()?;
        let rivals = self.by_word.get(family).cloned().unwrap_or_default();
        let same = |it: &usize| {
            let entity = &self.list[*it];
            let same = same_name(&entity.words, &found.words)
                || is_shorter(found, entity)
                || is_shorter(entity, found);
            !entity.is_of_other_generation(found) && same
        };
        if let Some(index) = rivals.iter().copied().find(same).filter(|_| full) {
            return Some(index);
        }
        let best = rivals
            .into_iter()
            .filter_map(|it| Some((self.fit(it, found)?, it)))
            .max_by_key(|(fit, it)| (*fit, usize::MAX - it));
        if let Some((_, index)) = best {
            return Some(index);
        }
        self.add(found);
        Some(self.list.len() - 1)
    }

    /// How well a shorter name fits an entity; `None` if it cannot be theirs.
    fn fit(&self, index: usize, found: &Entity) -> Option<isize> {
        let entity = &self.list[index];
        if entity.short.is_some() && entity.short.as_ref() == found.words.last() && found.words.len() == 1 {
            return Some(isize::MAX);
        }
        let is_body = |it| it == EntityKind::Body;
        if is_body(entity.kind) != is_body(found.kind)
            && (found.kind != EntityKind::Unsure || found.gender.is_some())
            || found.words.len() > SURNAME_WORDS_MAX
            // `Osby` is not the Bank of Osby.
            || found.place && !entity.place && is_body(entity.kind)
            || entity.contradicts(found)
        {
            return None;
        }
        // `Ford` is Ford Motor Co as well as Henry Ford.
        let company = entity.company && found.words.len() == 1 && entity.words.first() == found.words.first();
        let at_end = entity.words.ends_with(&found.words) || company;
        let given_names = &entity.words[..entity.n_given.clamp(1, entity.words.len())];
        let given = found.words.len() == 1 && given_names.contains(&found.words[0]);
        // `Calderón` is Inés Calderón Ibáñez.
        let first_family =
            entity.families && found.words.len() == 1 && entity.words.get(1) == found.words.first();
        if !(at_end || given || first_family) {
            return None;
        }
        // The entity named last, and named more often, is meant rather than its rival.
        let last =
            self.mentions.iter().rev().take(MENTIONS_BACK).position(|it| it.entity == index && !it.aside);
        let recent = last.map_or(0, |it| isize::try_from(MENTIONS_BACK - it).unwrap_or_default());
        let names = isize::try_from(entity.n_names.min(20)).unwrap_or_default();
        // `Senator Lund` is the Lund who is a senator.
        let holds = |role: &String| entity.role.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(role));
        let office = isize::from(found.role.as_ref().is_some_and(holds)) * 250;
        // Whoever is known by a bare name alone is called by it, if not as somebody's wife; so is
        // a company rather than its daughters.
        let exact = entity.words == found.words;
        let bare = exact && (entity.offices != Classes::NONE || entity.company);
        let longer = isize::from(!exact || entity.tells() || entity.company) * 300;
        let person = isize::from(!company) * 60;
        // `Mr. Lindsay`: a given name tells less than a title.
        let other_gender = found.gender_sure && entity.gender.is_some() && entity.gender != found.gender;
        let doubt = isize::from(other_gender) * 600;
        let surname = isize::from(at_end) * 1000 + person + isize::from(bare) * 100;
        Some(surname + longer + names * 10 + recent + office - doubt)
    }
}

/// A longer name is no surname alone: `van der Berg`, `de la Torre`.
const SURNAME_WORDS_MAX: usize = 3;
/// Members that share a word, at most: beyond that a word tells nothing.
const RIVALS_MAX: usize = 32;
/// How many mentions back count as recent.
const MENTIONS_BACK: usize = 30;

/// Whether a name of two words or more is part of a person's longer one: `Ahmad Fadzil` of `Ahmad
/// Fadzil Rosman`, `Van Den Akker` of `Peter Van Den Akker`.
fn is_shorter(short: &Entity, long: &Entity) -> bool {
    let body = short.kind == EntityKind::Body || long.kind == EntityKind::Body;
    let ends = long.words.ends_with(&short.words);
    short.words.len() >= 2
        && short.words.len() < long.words.len()
        && !body
        && (short.particle && ends
            || long.kind == EntityKind::Person && (ends || long.words.starts_with(&short.words)))
        && !long.contradicts(short)
}

/// Whether two names are one: the same first and last words, or one with middle names or initials
/// added.
fn same_name(one: &[String], other: &[String]) -> bool {
    if one == other {
        return true;
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.len() >= 2
        && short.first() == long.first()
        && short.last() == long.last()
        && short.iter().all(|it| long.contains(it) || it.chars().count() == 1)
}
