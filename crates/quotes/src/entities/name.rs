//! Finds the names in a masked sentence: runs of capitalized words, with what stands around them.
//!
//! Titles before a name and an apposition after it give gender and role; the words themselves tell
//! a body from a person.

use std::ops::Range;

use crate::{
    entities::role,
    fold::fold,
    lexicon::{Classes, any},
    passage::Sentence,
    syntax::phrase::{is_given_alone, is_noun, is_portfolio, name_at_end},
    text::token::{Token, TokenKind},
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
    /// Whether the given name is one of the other gender too.
    pub either: bool,
    pub role: Option<String>,
    /// Whether it is a place or a nation.
    pub place: bool,
    /// Whether it is one word behind `the`: no person, if it is nobody's surname.
    pub thing: bool,
    /// The offices of [`Classes::OFFICE`] that titles and appositions give.
    pub offices: Classes,
    /// Whether it is what one is to another: `his wife, Ada Lund`.
    pub related: bool,
    /// Its age in years.
    pub age: Option<u16>,
    /// Whether its name has the legal form of a company.
    pub company: bool,
    /// Whether it begins with a small word of surnames: `Van Den Akker`.
    pub particle: bool,
    /// Which word says what a body is: `ministry` of `Ministry of Health`, the last of others.
    pub head: usize,
    /// How many words stand before `bin` or another small word: `Mohd Faizal bin Omar`.
    pub n_given: usize,
    /// What it is called for short, folded: `orwu` of `Osby Rail Workers Union (ORWU)`.
    pub short: Option<String>,
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
    /// Whether it only says whose relative somebody is: `the mother of Ada Lund`.
    pub aside: bool,
    /// The entity, as far as this mention shows it.
    pub shows: Entity,
}

impl Entity {
    /// Whether the name is that of a father or a son: both say which, and not the same.
    pub(crate) fn is_of_other_generation(&self, other: &Entity) -> bool {
        self.generation.is_some() && other.generation.is_some() && self.generation != other.generation
    }

    /// Whether what stands beside a name, `Mr.`, `President` or an age, says that it is not this
    /// one's.
    pub(crate) fn contradicts(&self, found: &Entity) -> bool {
        let sure = self.gender_sure || !self.either;
        let gender = sure && found.gender_sure && self.gender.is_some() && found.gender != self.gender;
        let age = matches!((self.age, found.age), (Some(one), Some(other)) if one.abs_diff(other) > 1);
        let office = if self.offices == Classes::NONE {
            // The news names a president without a given name, and his wife or daughter with one.
            found.offices.any(Classes::HEAD) && (self.related || self.gender == Some(Gender::She))
        } else {
            found.offices != Classes::NONE && !self.offices.any(found.offices)
        };
        gender || age || office || self.is_of_other_generation(found)
    }

    /// Takes over what another mention of the full name says.
    pub(crate) fn show(&mut self, found: &Entity) {
        self.offices = self.offices | found.offices;
        self.related |= found.related;
        self.company |= found.company;
        if self.short.is_none() {
            self.short.clone_from(&found.short);
        }
        self.age = self.age.or(found.age);
        if found.gender.is_some() && (self.gender.is_none() || found.gender_sure && !self.gender_sure) {
            self.gender = found.gender;
            self.gender_sure = found.gender_sure;
        }
    }

    /// Whether the mention says more than the name, so that it can contradict somebody.
    pub(crate) fn tells(&self) -> bool {
        self.gender_sure || self.offices != Classes::NONE || self.age.is_some()
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
        let run = from..at;
        // The verb of a headline begins no name.
        if at < sentence.end && tokens[at].is_name() {
            at += 1;
        }
        if let Some(mut found) = name(sentence, run) {
            found.leads = first;
            // `Kenya’s Ada Lund won`: she leads.
            first &=
                found.shows.place && tokens.get(found.end).is_some_and(|it| it.kind == TokenKind::Clitic);
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
        || at > from && (reaches_over(tokens, from, at, hi) || joins_company(tokens, at, hi))
}

/// Whether the name of a body goes on behind a genitive or `and`: `Osby’s Savings Inc`, `Lund and
/// Co`, `Mills and Exchange Commission`.
fn joins_company(tokens: &[Token], at: usize, hi: usize) -> bool {
    let names = tokens[at + 1..hi].iter().take_while(|it| it.is_name());
    let (n_names, last) = names.enumerate().last().map_or((0, None), |(index, it)| (index + 1, Some(it)));
    let Some(last) = last.filter(|_| tokens[at - 1].is_name()) else { return false };
    let company = last.classes.any(Classes::FORM);
    let right = at + 1..at + 1 + n_names;
    let n_bodies = tokens[right.clone()].iter().filter(|it| it.classes.any(Classes::BODY)).count();
    if tokens[at].kind == TokenKind::Clitic {
        // `Osby’s Lund Mills Co` is a company of another.
        let alone = !tokens[at - 1].classes.any(Classes::BODY | Classes::PLACE | Classes::GIVEN);
        return company && alone && (n_names == 1 || n_bodies > 1 && n_bodies + 1 >= n_names);
    }
    let all_body = n_bodies == n_names;
    tokens[at].is(Classes::AND)
        && (all_body && (company || n_names > 1)
            || n_names == 1 && is_letter(&tokens[at - 1]) && is_letter(last)
            || n_names == 1
                && right.end + 1 < hi
                && tokens[right.end].kind == TokenKind::Clitic
                && tokens[right.end + 1].classes.any(Classes::FORM))
}

/// Whether it is a capital letter alone: `S and P`.
fn is_letter(token: &Token) -> bool {
    token.is_name() && token.end() - token.start() == 1
}

/// Whether it is an acronym in a sentence that is not all capitals: `SEC`.
fn is_acronym(sentence: Sentence<'_>, token: &Token) -> bool {
    const LETTERS_MAX: usize = 5;
    let word = token.text(sentence.passage.text);
    let small = |it: &Token| it.kind == TokenKind::Word && it.first.is_lowercase();
    (2..=LETTERS_MAX).contains(&word.len())
        && word.bytes().all(|it| it.is_ascii_uppercase())
        && !token.classes.any(Classes::GIVEN | Classes::SUFFIX | Classes::TITLE | Classes::BODY)
        && sentence.tokens[sentence.start..sentence.end].iter().any(small)
}

/// Whether an office or body goes on behind it: `Secretary of State`, `Chancellor of the
/// Exchequer`, `Bank of Osby`.
fn reaches_over(tokens: &[Token], from: usize, at: usize, hi: usize) -> bool {
    let office = any!(TITLE | BODY | ROLE);
    let is_title = |it: usize| {
        tokens[it].classes.any(office) && !tokens[it].classes.any(Classes::RELATION) && tokens[it].is_name()
    };
    let name_at = |it: usize| it < hi && tokens[it].is_name();
    let article = |it: usize| it < hi && tokens[it].is(Classes::DETERMINER);
    let is_office = |it: usize| {
        tokens[it].is_name()
            && tokens[it].classes.any(Classes::TITLE)
            && tokens[it].classes.any(Classes::ROLE)
    };
    let is_body = |it: usize| tokens[it].is_name() && tokens[it].classes.any(Classes::OVER);
    // `the Alliance of Prime Minister Lund` is a body of hers.
    let hers = tokens[at - 1].classes.any(Classes::BODY)
        && tokens.get(at + 1).is_some_and(|it| it.classes.any(Classes::ROLE));
    let token = &tokens[at];
    if token.is(Classes::GENITIVE) && !hers {
        is_title(at - 1) && (name_at(at + 1) || article(at + 1) && name_at(at + 2))
    } else if token.is(Classes::OF) && !hers {
        // `Institute for Fair Water`, `Deputy Director for Rural Roads`
        let over = token.is(Classes::PURPOSE)
            || token.is(Classes::INFINITIVE)
                && tokens
                    .get(at + 1)
                    .is_some_and(|it| it.classes.any(Classes::CUE | Classes::VERB | Classes::PURPOSE));
        over && name_at(at + 1) && (is_body(at - 1) && !is_person_at(tokens, at + 1, hi) || is_office(at - 1))
    } else if token.is(Classes::AND) {
        // `Department of Health and Social Care`
        const WORDS_AHEAD: usize = 3;
        let over = |it: &usize| is_portfolio(&tokens[*it]);
        let names = (at + 1..hi.min(at + 1 + WORDS_AHEAD)).take_while(|it| name_at(*it));
        is_portfolio(&tokens[at - 1])
            && tokens[from..at].iter().any(|it| it.is(Classes::OF))
            && names.take(WORDS_AHEAD).find(over).is_some()
    } else {
        article(at) && at > 1 && tokens[at - 1].is(Classes::GENITIVE) && is_title(at - 2) && name_at(at + 1)
    }
}

/// Whether a person's name begins there: `a campaign for Ada Lund`.
fn is_person_at(tokens: &[Token], at: usize, hi: usize) -> bool {
    is_given_alone(&tokens[at]) && at + 1 < hi && tokens[at + 1].is_name()
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
    let mut range = name_at_end(tokens, run.clone())?;
    let joint = range.start.checked_sub(1).filter(|it| *it >= run.start).map(|it| &tokens[it]);
    if joint.is_some_and(|it| it.kind == TokenKind::Clitic || it.is(Classes::AND)) {
        range.start = run.start;
    }
    // `Eventually GM`: what stands before an acronym is no given name of its.
    let last = &tokens[range.end - 1];
    let acronym = is_acronym(sentence, last) && !tokens[range.start].classes.any(Classes::GIVEN);
    if acronym && !tokens[range.start..range.end - 1].iter().any(|it| is_acronym(sentence, it)) {
        range.start = range.end - 1;
    }
    // `TALKS FAIL IN OSBY Ada Lund`: a headline that the story goes on behind.
    const CAPITALS_MAX: usize = 2;
    let n_capitals = tokens[range.clone()].iter().filter(|it| it.upper).count();
    if range.len() > NAME_WORDS_MAX || n_capitals > CAPITALS_MAX {
        return None;
    }
    let title = run.start..range.start;
    let word = |it: &usize| fold(tokens[*it].text(passage.text));
    let is_extra = |it: usize| tokens[it].classes.any(Classes::SUFFIX | Classes::FORM);
    let named = |it: usize| tokens[it].in_name() && !is_extra(it) || it == range.start;
    // `Lund and Co` is called Lund.
    let last = range.clone().rev().find(|it| named(*it)).unwrap_or(range.start);
    let words: Vec<String> =
        (range.start..=last).filter(|it| !is_extra(*it) || *it == range.start).map(|it| word(&it)).collect();
    let company = range.len() > 1 && tokens[range.end - 1].classes.any(Classes::FORM);
    let is_generation = |it: &String| GENERATIONS.contains(&it.as_str());
    let suffix = range.end.checked_sub(1).filter(|it| *it > range.start).map(|it| word(&it));
    let kind = kind(tokens, &title, &range);
    // `the Bundesbank said`, but `the Lund plan`.
    let thing = kind == EntityKind::Unsure
        && range.len() == 1
        && (acronym || run.start.checked_sub(1).is_some_and(|it| tokens[it].is(Classes::DEFINITE)))
        && !tokens.get(range.end).is_some_and(|it| it.is_name() || is_noun(it) || it.is(Classes::TIME));
    let (gender, gender_sure) = gender(sentence, &run, &range);
    let (offices, related) = offices(sentence, &run, &range);
    let joint = range.clone().find(|it| *it > range.start && tokens[*it].is(Classes::OF));
    let n_headed =
        joint.map_or(words.len(), |joint| (range.start..joint).filter(|it| !is_extra(*it)).count());
    let shows = Entity {
        name: passage.words(range.clone()),
        generation: suffix.filter(is_generation),
        families: words.len() == 3 && tokens[range.start].classes.any(Classes::FAMILIES),
        role: role::role(sentence, &run, &range).filter(|_| kind != EntityKind::Body),
        kind,
        gender,
        gender_sure,
        either: tokens[range.start].classes.any(Classes::EITHER),
        thing,
        place: tokens[range.clone()].iter().all(|it| it.classes.any(Classes::PLACE | Classes::PEOPLE_OF)),
        offices,
        related,
        age: age(sentence, range.end),
        company,
        head: n_headed.clamp(1, words.len().max(1)) - 1,
        n_given: range.clone().skip(1).position(|it| tokens[it].is(Classes::PARTICLE)).map_or(0, |it| it + 1),
        particle: tokens[range.start].classes.any(Classes::PARTICLE),
        short: None,
        words,
        n_names: 0,
    };
    Some(NameMention {
        passage: passage.ordinal,
        sentence: sentence.index,
        token: range.start,
        end: range.end,
        leads: false,
        full: company || shows.words.len() >= 2 && !opens_surname(&tokens[range.start]),
        joined: tokens.get(range.end).is_some_and(|it| it.is(Classes::AND)),
        aside: run.start >= sentence.start + 2
            && tokens[run.start - 1].is(Classes::GENITIVE)
            && tokens[run.start - 2].is(Classes::RELATION),
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
    let headed = all.windows(2).any(|it| {
        it[0].classes.any(Classes::BODY)
            && (it[1].is(Classes::GENITIVE | Classes::PURPOSE | Classes::INFINITIVE)
                || it[1].classes.any(Classes::PARTICLE))
    });
    // `Song said` of Song Haifeng
    let named = all.len() == 1 && first.classes.any(Classes::GIVEN);
    let bodily = !named && last.classes.any(Classes::BODY | Classes::DOCUMENT | Classes::OUTLET) || headed;
    let given = first.classes.any(Classes::GIVEN) && all.len() >= 2;
    let is_article = |it: &Token| it.is(Classes::DETERMINER) && !it.is(Classes::PRONOUN);
    let article = title.start.checked_sub(1).is_some_and(|it| is_article(&tokens[it]));
    let place = all.iter().all(|it| it.classes.any(Classes::PLACE | Classes::PEOPLE_OF));
    let outlet = all.iter().any(|it| it.classes.any(Classes::OUTLET));
    let titled = tokens[title.clone()].iter().any(|it| it.classes.any(Classes::TITLE | Classes::ROLE));
    if titled && !bodily {
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

/// The offices that the title before a name and the apposition behind it give, and whether these
/// say what it is to somebody else. An office that was held or is sought says nothing.
fn offices(sentence: Sentence<'_>, run: &Range<usize>, range: &Range<usize>) -> (Classes, bool) {
    const TOKENS_AHEAD: usize = 5;
    let tokens = sentence.tokens;
    let comma = tokens.get(range.end).is_some_and(|it| it.is_sign(','));
    let from = range.end + 1;
    let to = if comma { sentence.end.min(from + TOKENS_AHEAD) } else { from };
    let inside =
        |it: &usize| is_noun(&tokens[*it]) || tokens[*it].is(Classes::DETERMINER | Classes::POSSESSIVE);
    let apposed = (from..to).take_while(inside);
    // `his wife Ada Lund`, `his wife, Ada Lund`
    let before = tokens[sentence.start..run.start].iter().rev();
    let mut related = before.skip_while(|it| it.is_sign(',')).take(1).any(|it| it.is(Classes::RELATION));
    let mut offices = Classes::NONE;
    for at in (run.start..range.start).chain(apposed) {
        offices = offices | tokens[at].classes.only(Classes::OFFICE);
        related |= tokens[at].classes.any(Classes::RELATION);
    }
    (offices, related)
}

/// The age behind a name that ends at `end`: `Lund, 52, said`.
fn age(sentence: Sentence<'_>, end: usize) -> Option<u16> {
    let [before, number, after] = sentence.tokens.get(end..end + 3)? else { return None };
    let apart = before.sets_apart() && after.kind == TokenKind::Punct && end + 2 < sentence.end;
    if apart { number.text(sentence.passage.text).parse().ok() } else { None }
}

/// The gender that a title, noun or given name tells.
pub(crate) fn gender_of(token: &Token) -> Option<Gender> {
    match (token.classes.any(Classes::HE), token.classes.any(Classes::SHE)) {
        (true, false) => Some(Gender::He),
        (false, true) => Some(Gender::She),
        _ => None,
    }
}
