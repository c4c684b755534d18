//! The masked sentences of an article → its cast: every person and body that it names, and which one each name means.
//!
//! Full names make the members; a bare surname or first name is given to the member it fits, told from its rivals by
//! title, gender, and who was named last. Titles and appositions around a name become the member's role.

pub(crate) mod name;
mod role;

use std::{collections::HashMap, ops::Range};

use crate::{
    entities::name::{Found, Gender, Named, names_in},
    passage::Parsed,
};

/// Somebody or some body that the article names.
#[derive(Debug)]
pub(crate) struct Member {
    /// The fullest name in the article, without titles.
    pub name: String,
    /// The folded words of that name, suffixes left out.
    pub words: Vec<String>,
    /// `jr`, `iii`, where the article gives it.
    pub generation: Option<String>,
    /// Whether it has two surnames, of which the first may stand alone.
    pub families: bool,
    /// What it is.
    pub named: Named,
    /// Its gender.
    pub gender: Option<Gender>,
    /// Whether a title or noun says so, not the given name alone.
    pub gender_sure: bool,
    /// Its role, as the article words it first.
    pub role: Option<String>,
    /// How often it is named.
    pub n_names: usize,
}

impl Member {
    /// Whether the name is that of a father or a son: both say which, and not the same.
    fn is_of_other_generation(&self, found: &Found) -> bool {
        self.generation.is_some() && found.generation.is_some() && self.generation != found.generation
    }
}

/// A place in the article where a member is named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Naming {
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
    /// Who.
    pub member: usize,
}

/// All that an article names.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    /// The members in the order of their first full name.
    pub members: Vec<Member>,
    /// Every naming, in reading order.
    pub namings: Vec<Naming>,
    by_word: HashMap<String, Vec<usize>>,
}

/// Finds the cast of an article.
pub(crate) fn cast(passages: &[Parsed<'_>]) -> Cast {
    let mut found = Vec::new();
    for it in passages {
        for (sentence, range) in it.sentences.iter().enumerate() {
            names_in(it.text, &it.tokens, range, &mut |name| {
                found.push(Found { passage: it.ordinal, sentence, ..name });
            });
        }
    }
    share_families(&mut found);
    let mut cast = Cast::default();
    for it in found.iter().filter(|it| it.full) {
        cast.add_full(it);
    }
    for it in found {
        if let Some(member) = cast.member_of(&it) {
            cast.learn(member, &it);
            let Found { passage, sentence, token, end, leads, .. } = it;
            cast.namings.push(Naming { passage, sentence, token, end, leads, member });
        }
    }
    cast
}

/// Gives `Ada` of `Ada and Tom Lund` her family name, if she is never called by the bare name elsewhere.
fn share_families(found: &mut [Found]) {
    let mut alone: HashMap<String, usize> = HashMap::new();
    for it in found.iter().filter(|it| it.words.len() == 1) {
        *alone.entry(it.words[0].clone()).or_default() += 1;
    }
    for index in 1..found.len() {
        let (before, rest) = found.split_at_mut(index);
        let (one, other) = (&mut before[index - 1], &rest[0]);
        let joined = one.joined && one.passage == other.passage && one.end + 1 == other.token;
        if joined
            && one.words.len() == 1
            && other.words.len() == 2
            && other.named != Named::Body
            && alone[&one.words[0]] == 1
        {
            one.words.push(other.words[1].clone());
            if let Some(family) = other.text.split_whitespace().last() {
                one.text = format!("{} {family}", one.text);
            }
            one.full = true;
            // Of a couple whose given names tell nothing, custom names the man first.
            if one.gender.is_none() && other.gender.is_none() {
                one.gender = Some(Gender::He);
                rest[0].gender = Some(Gender::She);
            }
        }
    }
}

impl Cast {
    /// The naming whose name covers or ends the tokens `range` of a passage.
    pub(crate) fn naming(&self, passage: usize, range: &Range<usize>) -> Option<Naming> {
        let from = self.namings.partition_point(|it| (it.passage, it.end) < (passage, range.end));
        let naming = *self.namings.get(from)?;
        (naming.passage == passage && naming.token < range.end && naming.end >= range.end).then_some(naming)
    }

    /// How many namings come before that place.
    pub(crate) fn namings_before(&self, passage: usize, token: usize) -> usize {
        self.namings.partition_point(|it| (it.passage, it.token) < (passage, token))
    }

    fn add_full(&mut self, found: &Found) {
        let Some(family) = found.words.last() else { return };
        let mut rivals = self.by_word.get(family).cloned().unwrap_or_default();
        // The first of two surnames may stand alone elsewhere.
        if let [_, first_family, _] = found.words.as_slice()
            && found.families
        {
            rivals.extend(self.by_word.get(first_family).into_iter().flatten());
        }
        let same = |it: &usize| {
            let member = &self.members[*it];
            if member.is_of_other_generation(found) {
                return false;
            }
            same_name(&member.words, &found.words)
                || found.families && found.words.starts_with(&member.words)
                || member.families && member.words.starts_with(&found.words)
        };
        match rivals.into_iter().find(same) {
            Some(index) => {
                let member = &mut self.members[index];
                member.families |= found.families;
                if member.generation.is_none() {
                    member.generation.clone_from(&found.generation);
                }
                if found.words.len() > member.words.len() {
                    member.name.clone_from(&found.text);
                    member.words.clone_from(&found.words);
                }
                if found.named == Named::Person {
                    member.named = Named::Person;
                }
            }
            None => self.add(found),
        }
    }

    fn add(&mut self, found: &Found) {
        let index = self.members.len();
        for word in &found.words {
            let known = self.by_word.entry(word.clone()).or_default();
            if known.len() < RIVALS_MAX {
                known.push(index);
            }
        }
        self.members.push(Member {
            name: found.text.clone(),
            words: found.words.clone(),
            generation: found.generation.clone(),
            families: found.families,
            named: found.named,
            gender: found.gender,
            gender_sure: found.gender_sure,
            role: None,
            n_names: 0,
        });
    }

    fn learn(&mut self, index: usize, found: &Found) {
        // A surname that two people have may be given to the wrong one: it teaches no role.
        let rivals = found.words.last().and_then(|it| self.by_word.get(it)).map_or(0, Vec::len);
        let sure = found.full || rivals < 2;
        let member = &mut self.members[index];
        member.n_names += 1;
        if found.gender.is_some() && (member.gender.is_none() || found.gender_sure && !member.gender_sure) {
            member.gender = found.gender;
            member.gender_sure = found.gender_sure;
        }
        // `mayor of Osby` tells more than `Mayor`.
        let bare = member.role.as_ref().is_none_or(|it| !it.contains(' '));
        if sure && bare && found.role.as_ref().is_some_and(|it| member.role.is_none() || it.contains(' ')) {
            member.role.clone_from(&found.role);
        }
        if found.named == Named::Person && member.named == Named::Perhaps {
            member.named = Named::Person;
        }
    }

    /// Whose name it is; a name that nobody else has makes a new member.
    fn member_of(&mut self, found: &Found) -> Option<usize> {
        let family = found.words.last()?;
        let rivals = self.by_word.get(family).cloned().unwrap_or_default();
        let same = |it: &usize| {
            let member = &self.members[*it];
            !member.is_of_other_generation(found) && same_name(&member.words, &found.words)
        };
        if let Some(index) = rivals.iter().copied().find(same).filter(|_| found.full) {
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
        Some(self.members.len() - 1)
    }

    /// How well a shorter name fits a member; `None` if it cannot be theirs.
    fn fit(&self, index: usize, found: &Found) -> Option<isize> {
        let member = &self.members[index];
        let is_body = |it| it == Named::Body;
        if is_body(member.named) != is_body(found.named)
            && (found.named != Named::Perhaps || found.gender.is_some())
            || found.words.len() > SURNAME_WORDS_MAX
            || member.is_of_other_generation(found)
        {
            return None;
        }
        let mut doubt = 0;
        if let (Some(one), Some(other)) = (member.gender, found.gender)
            && one != other
        {
            if member.gender_sure {
                return None;
            }
            // `Mr. Lindsay`: a given name tells less than a title.
            doubt = 600;
        }
        let at_end = member.words.ends_with(&found.words);
        let given = found.words.len() == 1 && member.words.first() == found.words.first();
        // `Calderón` is Inés Calderón Ibáñez.
        let first_family =
            member.families && found.words.len() == 1 && member.words.get(1) == found.words.first();
        if !(at_end || given || first_family) {
            return None;
        }
        // Named last, and named in full more often, is meant rather than the rival.
        let last = self.namings.iter().rev().take(NAMINGS_BACK).position(|it| it.member == index);
        let recent = last.map_or(0, |it| isize::try_from(NAMINGS_BACK - it).unwrap_or_default());
        let names = isize::try_from(member.n_names.min(20)).unwrap_or_default();
        // `Senator Lund` is the Lund who is a senator.
        let holds = |role: &String| member.role.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(role));
        let office = isize::from(found.role.as_ref().is_some_and(holds)) * 250;
        let longer = isize::from(member.words.len() > found.words.len()) * 300;
        Some(longer + isize::from(at_end) * 1000 + names * 10 + recent + office - doubt)
    }
}

/// A longer name is no surname alone: `van der Berg`, `de la Torre`.
const SURNAME_WORDS_MAX: usize = 3;
/// Members that share a word, at most: beyond that a word tells nothing.
const RIVALS_MAX: usize = 32;
/// How many namings back count as recent.
const NAMINGS_BACK: usize = 30;

/// Whether two names are one: the same first and last words, or one with middle names or initials added.
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
