//! Finds the names in a masked sentence: runs of capitalized words, with what stands around them.
//!
//! Titles before a name and an apposition after it give gender and role; the words themselves tell
//! a body from a person.

use std::ops::Range;

use crate::{
    entities::role,
    fold::fold,
    lexicon::Classes,
    passage::Sentence,
    syntax::phrase::{is_noun, name_at_end},
    text::token::Token,
};

/// Gender as far as the text shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    He,
    She,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntityKind {
    /// A person.
    Person,
    /// Perhaps a person: two or more capitalized words and nothing else to go by.
    Unsure,
    /// A body or a place.
    Body,
}

/// A person or body, as far as the article, or one mention alone, tells of it.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    /// The fullest name, without titles.
    pub name: String,
    /// The folded words of that name, suffixes left out.
    pub words: Vec<String>,
    /// `jr`, `iii`: what tells a son from his father.
    pub generation: Option<String>,
    /// Whether the name is a given name and two surnames, of which the first may stand alone.
    pub families: bool,
    pub kind: EntityKind,
    pub gender: Option<Gender>,
    /// Whether a title or noun shows the gender, not the given name alone.
    pub gender_sure: bool,
    pub role: Option<String>,
    /// How often it is named.
    pub n_names: usize,
}

/// A name as found, before it is known whose it is.
pub(crate) struct NameMention {
    /// Ordinal of the passage.
    pub passage: usize,
    /// Index of the sentence in it.
    pub sentence: usize,
    /// First token of the name, after its titles.
    pub token: usize,
    /// One past its last token.
    pub end: usize,
    /// Whether it is the first name of its sentence.
    pub leads: bool,
    /// Whether it has a given and a family name.
    pub full: bool,
    /// Whether `and` and another name follow.
    pub joined: bool,
    /// The entity, as far as this mention shows it.
    pub shows: Entity,
}

impl Entity {
    /// Whether the name is that of a father or a son: both say which, and not the same.
    pub(crate) fn is_of_other_generation(&self, other: &Entity) -> bool {
        self.generation.is_some() && other.generation.is_some() && self.generation != other.generation
    }
}

/// Words behind a surname that tell people of one name apart, folded.
const GENERATIONS: [&str; 5] = ["jr", "sr", "ii", "iii", "iv"];

/// Words of a name at most; longer runs of capitals are headlines or lists.
const NAME_WORDS_MAX: usize = 6;

/// Calls `take` with each name in the sentence.
pub(crate) fn name_mentions(sentence: Sentence<'_>, take: &mut dyn FnMut(NameMention)) {
    let tokens = sentence.tokens;
    let mut at = sentence.start;
    let mut first = true;
    while at < sentence.end {
        if !begins_name(tokens, at, sentence.end) {
            at += 1;
            continue;
        }
        let from = at;
        while at < sentence.end && continues_name(tokens, from, at, sentence.end) {
            at += 1;
        }
        if let Some(mut found) = name(sentence, from..at) {
            found.leads = first;
            first = false;
            take(found);
        }
    }
}

fn begins_name(tokens: &[Token], at: usize, hi: usize) -> bool {
    let token = &tokens[at];
    // A single letter is a conjunction somewhere: `y`, `e`.
    let particle = token.is_particle(None) && token.end() - token.start() > 1;
    token.is_name()
        || particle && at > 0 && at + 1 < hi && tokens[at + 1].is_name() && !tokens[at - 1].is_name()
}

fn continues_name(tokens: &[Token], from: usize, at: usize, hi: usize) -> bool {
    let token = &tokens[at];
    if token.is_name() {
        return !is_headline_verb(tokens, from, at);
    }
    let name_next = at + 1 < hi && tokens[at + 1].is_name();
    // `van der Berg`, `de la Torre`
    let leads_on =
        name_next || at + 2 < hi && tokens[at + 1].is(Classes::PARTICLE) && tokens[at + 2].is_name();
    token.is(Classes::PARTICLE) && leads_on && (at == from || tokens[at - 1].in_name())
        || at > from && reaches_over(tokens, at, hi)
}

/// Whether an office goes on behind it: `Secretary of State`, `Chancellor of the Exchequer`.
fn reaches_over(tokens: &[Token], at: usize, hi: usize) -> bool {
    let is_title = |it: usize| tokens[it].classes.any(Classes::TITLE);
    let name_at = |it: usize| it < hi && tokens[it].is_name();
    let article = |it: usize| it < hi && tokens[it].is(Classes::DETERMINER);
    if tokens[at].is(Classes::GENITIVE) {
        is_title(at - 1) && (name_at(at + 1) || article(at + 1) && name_at(at + 2))
    } else {
        article(at) && at > 1 && tokens[at - 1].is(Classes::GENITIVE) && is_title(at - 2) && name_at(at + 1)
    }
}

/// Whether a capitalized word is the verb of a headline: `Ada Lund Wins Osby`.
fn is_headline_verb(tokens: &[Token], from: usize, at: usize) -> bool {
    let classes = tokens[at].classes;
    at >= from + 2
        && classes.any(Classes::CUE | Classes::VERB)
        && classes.any(Classes::THIRD)
        && !classes.any(Classes::GIVEN | Classes::BODY | Classes::DOCUMENT)
}

fn name(sentence: Sentence<'_>, run: Range<usize>) -> Option<NameMention> {
    let Sentence { passage, tokens, .. } = sentence;
    let range = name_at_end(tokens, run.clone())?;
    if range.len() > NAME_WORDS_MAX {
        return None;
    }
    let title = run.start..range.start;
    let word = |it: &usize| fold(tokens[*it].text(passage.text));
    let words: Vec<String> = range
        .clone()
        .filter(|it| !tokens[*it].classes.any(Classes::SUFFIX) || *it == range.start)
        .map(|it| word(&it))
        .collect();
    let is_generation = |it: &String| GENERATIONS.contains(&it.as_str());
    let suffix = range.end.checked_sub(1).filter(|it| *it > range.start).map(|it| word(&it));
    let kind = kind(tokens, &title, &range);
    let (gender, gender_sure) = gender(sentence, &run, &range);
    let shows = Entity {
        name: passage.words(range.clone()),
        generation: suffix.filter(is_generation),
        families: words.len() == 3 && tokens[range.start].classes.any(Classes::FAMILIES),
        role: role::role(sentence, &run, &range).filter(|_| kind != EntityKind::Body),
        words,
        kind,
        gender,
        gender_sure,
        n_names: 0,
    };
    Some(NameMention {
        passage: passage.ordinal,
        sentence: sentence.index,
        token: range.start,
        end: range.end,
        leads: false,
        full: shows.words.len() >= 2 && !opens_surname(&tokens[range.start]),
        joined: tokens.get(range.end).is_some_and(|it| it.is(Classes::AND)),
        shows,
    })
}

/// Whether a name that begins with it is a surname alone: `de la Torre`, `De la Torre`.
fn opens_surname(token: &Token) -> bool {
    token.is(Classes::PARTICLE)
        || token.classes.any(Classes::PARTICLE)
            && token.classes.any(Classes::GENITIVE)
            && !token.classes.any(Classes::GIVEN)
}

/// What a name names, by its own words and the title or article before it.
fn kind(tokens: &[Token], title: &Range<usize>, range: &Range<usize>) -> EntityKind {
    let all = &tokens[range.clone()];
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return EntityKind::Unsure };
    // `Ministerio de Pesca`: bodies whose first word says what they are.
    let headed = all.len() > 1 && first.classes.any(Classes::BODY) && all[1].classes.any(Classes::PARTICLE);
    let bodily = last.classes.any(Classes::BODY | Classes::DOCUMENT | Classes::OUTLET) || headed;
    let given = first.classes.any(Classes::GIVEN) && all.len() >= 2;
    let is_article = |it: &Token| it.is(Classes::DETERMINER) && !it.is(Classes::PRONOUN);
    let article = title.start.checked_sub(1).is_some_and(|it| is_article(&tokens[it]));
    let place = all.iter().all(|it| it.classes.any(Classes::PLACE | Classes::PEOPLE_OF));
    let outlet = all.iter().any(|it| it.classes.any(Classes::OUTLET));
    if !title.is_empty() && !bodily {
        EntityKind::Person
    } else if bodily || place || outlet || article && !given && all.len() > 1 {
        EntityKind::Body
    } else if given {
        EntityKind::Person
    } else {
        EntityKind::Unsure
    }
}

/// The gender that the words of and round a name show, and whether more than the given name does.
fn gender(sentence: Sentence<'_>, run: &Range<usize>, range: &Range<usize>) -> (Option<Gender>, bool) {
    let tokens = sentence.tokens;
    let noun = |it: usize| {
        tokens[it].is(Classes::ROLE | Classes::COURTESY).then(|| gender_of(&tokens[it])).flatten()
    };
    let title = (run.start..range.start).rev().find_map(|it| gender_of(&tokens[it]));
    let in_front = || run.start.checked_sub(1).filter(|it| *it >= sentence.start).and_then(noun);
    let apposed = || {
        const TOKENS_AHEAD: usize = 6;
        let from = range.end + 1;
        let inside = |it: &usize| is_noun(&tokens[*it]) || tokens[*it].is(Classes::DETERMINER);
        let comma = tokens.get(range.end).is_some_and(|it| it.is_sign(','));
        let mut near = (from..sentence.end.min(from + TOKENS_AHEAD)).take_while(inside);
        if comma { near.find_map(noun) } else { None }
    };
    let sure = title.or_else(in_front).or_else(apposed);
    let first = &tokens[range.start];
    let given = range.len() >= 2 && first.classes.any(Classes::GIVEN);
    (sure.or_else(|| given.then(|| gender_of(first)).flatten()), sure.is_some())
}

fn gender_of(token: &Token) -> Option<Gender> {
    match (token.classes.any(Classes::HE), token.classes.any(Classes::SHE)) {
        (true, false) => Some(Gender::He),
        (false, true) => Some(Gender::She),
        _ => None,
    }
}
