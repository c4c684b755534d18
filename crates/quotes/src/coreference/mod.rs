//! A phrase that speaks → who that is, under the fullest name in the article.
//!
//! Names are looked up among the entities. A pronoun goes to the person whom gender allows and who
//! stands nearest: named in the same sentence or passage, leading its sentence, or speaking last. A
//! definite description (`the minister`) goes to the one entity with that role; any other stays
//! what the article says.

mod history;
mod pronoun;

pub(crate) use history::Referent;

use std::ops::Range;

use morgue_core::article::{Speaker, SpeakerKind};

use crate::{
    coreference::history::{Interviewees, PastSpeakers},
    entities::{
        Entities, Mention,
        name::{Entity, EntityKind, Gender, gender_of},
    },
    fold::fold,
    lexicon::Classes,
    passage::{Parsed, Sentence},
    syntax::phrase::{Phrase, PhraseKind, name_at_end, phrase_after},
    text::token::{Token, TokenKind},
};

/// Identifies the speakers of one article, in reading order.
pub(crate) struct Resolver<'a> {
    entities: &'a Entities,
    /// All passages of the article.
    passages: &'a [Parsed<'a>],
    past: PastSpeakers,
    interviewees: Interviewees,
    /// For each gender the first mention in each passage of a person who may have it, in order.
    first_of_gender: [Vec<Mention>; 2],
}

impl<'a> Resolver<'a> {
    /// A resolver before anybody has spoken.
    pub(crate) fn new(entities: &'a Entities, passages: &'a [Parsed<'a>]) -> Resolver<'a> {
        Resolver {
            entities,
            passages,
            past: PastSpeakers::default(),
            interviewees: Interviewees::default(),
            first_of_gender: [Gender::He, Gender::She].map(|it| history::first_of_gender(entities, it)),
        }
    }

    /// Notes who spoke, for the pronouns to come.
    pub(crate) fn note(&mut self, passage: usize, who: &Referent) {
        self.past.note(passage, who);
    }

    /// Who the phrase is; `None` for words that stand for nobody to be found.
    pub(crate) fn resolve(
        &self,
        phrase: &Phrase,
        antecedent: Option<&Phrase>,
        sentence: Sentence<'_>,
    ) -> Option<Referent> {
        match &phrase.kind {
            PhraseKind::Name(range) => self.named(range, sentence),
            PhraseKind::Noun => self.described(phrase, sentence),
            PhraseKind::Relative => self.resolve(antecedent?, None, sentence),
            PhraseKind::Pronoun => self.pronoun(phrase, sentence),
            PhraseKind::Dropped => self.dropped(phrase, sentence),
        }
    }

    /// Whether an entity is surely a person, and another passage names it too.
    pub(crate) fn is_person_of_story(&self, entity: usize, passage: usize) -> bool {
        let elsewhere = |it: &Mention| it.entity == entity && it.passage != passage;
        self.entities.list[entity].kind == EntityKind::Person && self.entities.mentions.iter().any(elsewhere)
    }

    /// Whom an interview is with: the one person whom the passages before the first question name
    /// most often. Interviews of one article are asked for in reading order.
    pub(crate) fn interviewed(&mut self, first_question: usize) -> Option<Referent> {
        let who = self.interviewees.before(first_question, self.entities)?;
        Some(self.entity(who, 0.7))
    }

    /// Who a verb without a subject goes back to: whoever spoke last in this or the last passage,
    /// else the name that led the sentence before.
    fn dropped(&self, verb: &Phrase, sentence: Sentence<'_>) -> Option<Referent> {
        let several = sentence.tokens[verb.tokens.start].is(Classes::PLURAL);
        let fits = |kind| (kind == SpeakerKind::Group) == several;
        let last = self.past.last().filter(|it| is_near(it.passage, sentence));
        if let Some(last) = last.filter(|it| fits(it.who.speaker.kind)) {
            return Some(Referent { confidence: 0.7, ..last.who.clone() });
        }
        let mut near =
            self.mentions_before(sentence, verb.tokens.start).take_while(|it| is_near(it.passage, sentence));
        let leading = near.find(|it| it.leads && self.entities.meant(it).kind != EntityKind::Body);
        leading.filter(|_| !several).map(|it| self.entity(it.entity, 0.55))
    }

    fn named(&self, range: &Range<usize>, sentence: Sentence<'_>) -> Option<Referent> {
        match self.entities.mention(sentence.passage.ordinal, range) {
            Some(mention) => Some(self.entity(mention.entity, 0.95)),
            None => {
                let name = sentence.passage.words(range.clone());
                Some(unlisted(name, SpeakerKind::Person, None, 0.7))
            }
        }
    }

    fn entity(&self, index: usize, confidence: f32) -> Referent {
        let entity = &self.entities.list[index];
        let kind = match entity.kind {
            EntityKind::Person | EntityKind::Unsure => SpeakerKind::Person,
            EntityKind::Body => SpeakerKind::Organisation,
        };
        let speaker = Speaker { name: entity.name.clone(), kind, role: entity.role.clone() };
        Referent { speaker, entity: Some(index), confidence }
    }

    fn described(&self, phrase: &Phrase, sentence: Sentence<'_>) -> Option<Referent> {
        let tokens = sentence.tokens;
        let mut core = phrase.tokens.clone();
        let mut definite = false;
        while core.len() > 1 && tokens[core.start].is(Classes::DETERMINER | Classes::POSSESSIVE) {
            definite |=
                tokens[core.start].is(Classes::POSSESSIVE | Classes::DEMONSTRATIVE | Classes::DEFINITE);
            core.start += 1;
        }
        let head = tokens.get(core.end.checked_sub(1)?)?;
        if head.is(Classes::SPOKES)
            && let Some(master) = self.spoken_for(&core, sentence)
        {
            let role = sentence.passage.words(core.end - 1..core.end);
            if master.speaker.kind == SpeakerKind::Organisation {
                return Some(Referent { speaker: Speaker { role: Some(role), ..master.speaker }, ..master });
            }
            // Whoever speaks for a person is somebody else.
            let name = format!("a {} for {}", role.to_lowercase(), master.speaker.name);
            return Some(unlisted(name, SpeakerKind::Unknown, None, 0.7));
        }
        if let Some(share) = share_of_group(phrase, sentence) {
            return Some(unlisted(share, SpeakerKind::Group, None, 0.8));
        }
        if head.classes.any(Classes::ROLE)
            && let Some(named) = self.named_after(phrase, sentence)
        {
            return Some(named);
        }
        if definite
            && head.classes.any(Classes::ROLE)
            && let Some(index) = self.holder(sentence, head)
        {
            return Some(self.entity(index, 0.7));
        }
        let possessed =
            !head.classes.any(Classes::ROLE | Classes::GROUP | Classes::BODY) || head.is(Classes::DOCUMENT);
        if possessed && let Some(owner) = self.owner(phrase, sentence) {
            return Some(owner);
        }
        if let Some(named) = self.apposed_to(phrase, sentence) {
            return Some(named);
        }
        if let Some(found) = self.spoken_of_as(phrase, &core, sentence) {
            return Some(found);
        }
        let name = without_clitics(sentence.passage, &core);
        let whole = sentence.passage.words(phrase.tokens.clone());
        if head.classes.any(Classes::GROUP) {
            return Some(unlisted(name, SpeakerKind::Group, None, 0.85));
        }
        if head.classes.any(Classes::BODY | Classes::DOCUMENT) {
            let like = || {
                let named_so = self.body_like(sentence, &core);
                named_so.or_else(|| self.company(sentence, &core)).or_else(|| self.any_body(sentence, &core))
            };
            let index = definite.then(like).flatten();
            return Some(match index {
                Some(index) => self.entity(index, 0.7),
                None => unlisted(name, SpeakerKind::Organisation, None, 0.8),
            });
        }
        let confidence = if head.classes.any(Classes::ROLE) { 0.7 } else { 0.4 };
        Some(unlisted(if definite { name } else { whole }, SpeakerKind::Unknown, None, confidence))
    }

    /// Who was spoken of, by a word that says no name: `the billionaire`, `the Osby Republican`,
    /// `the Kenyan`, `the 29-year-old`.
    fn spoken_of_as(&self, phrase: &Phrase, core: &Range<usize>, sentence: Sentence<'_>) -> Option<Referent> {
        let tokens = sentence.tokens;
        let head = &tokens[core.end - 1];
        let nation = head.is_name() && head.classes.any(Classes::NATION) && core.len() <= 2;
        let party = nation || head.is_name() && head.classes.any(Classes::PEOPLE_OF) && core.len() <= 3;
        let age = || head.text(sentence.passage.text).split('-').next()?.parse::<u16>().ok();
        let age = if head.first.is_numeric() { age() } else { None };
        let any_trade = party || head.classes.any(Classes::TRAIT);
        // `its chief engineer`, `the mayor of Berg` are somebody else.
        let owned = tokens[core.clone()].iter().any(|it| it.kind == TokenKind::Clitic);
        let bare = tokens[phrase.tokens.start].is(Classes::DEFINITE | Classes::DEMONSTRATIVE)
            && !owned
            && !tokens.get(core.end).is_some_and(|it| it.is(Classes::OF));
        if !bare
            || !(head.classes.any(Classes::ROLE) || party)
            || introduced(sentence, phrase.tokens.start, head)
        {
            return None;
        }
        if age.is_some() {
            let of_age = |it: &&Mention| self.entities.meant(it).age == age;
            if let Some(found) = self.mentions_before(sentence, phrase.tokens.start).find(of_age) {
                return Some(self.entity(found.entity, 0.8));
            }
        }
        // `The second source`: where somebody unnamed has spoken, a description may be theirs and
        // never guessed.
        if self.past.any_unnamed() && !(nation || age.is_some()) {
            return None;
        }
        let gender = gender_of(head);
        let fits = |entity: &Entity| {
            let same =
                gender.is_none() || !entity.gender_sure || entity.gender.is_none() || entity.gender == gender;
            let aged = age.is_none() || entity.age.is_none() || entity.age == age;
            // `The Osby senator` is the Lund whose role is `Sen.`.
            let office = entity.offices.any(head.classes.only(Classes::OFFICE));
            same && aged && (any_trade || office || entity.role.is_none())
        };
        if let Some(last) = self.past.last().filter(|it| is_near(it.passage, sentence))
            && last.who.speaker.kind == SpeakerKind::Person
            && last
                .who
                .entity
                .map_or(any_trade || last.who.speaker.role.is_none(), |it| fits(&self.entities.list[it]))
        {
            return Some(Referent { confidence: 0.5, ..last.who.clone() });
        }
        let index = self.spoken_of(sentence, phrase.tokens.start)?;
        fits(&self.entities.list[index]).then(|| self.entity(index, 0.5))
    }

    /// The person whose plan or tone it is: `her plan`, `Lund’s tone`.
    fn owner(&self, phrase: &Phrase, sentence: Sentence<'_>) -> Option<Referent> {
        let tokens = sentence.tokens;
        let first = &tokens[phrase.tokens.start];
        if first.is(Classes::POSSESSIVE) && first.is(Classes::HE | Classes::SHE) {
            let gender = if first.is(Classes::HE) { Gender::He } else { Gender::She };
            let (index, sure) = self.antecedent(gender, phrase.tokens.start, sentence)?;
            return Some(self.entity(index, sure * 0.8));
        }
        let clitic = phrase.tokens.clone().find(|it| tokens[*it].kind == TokenKind::Clitic)?;
        let range = name_at_end(tokens, phrase.tokens.start..clitic)?;
        let mention = self.entities.mention(sentence.passage.ordinal, &range)?;
        Some(self.entity(mention.entity, 0.7))
    }

    /// Whom an apposition describes: `Lund, a native of Osby who`.
    fn apposed_to(&self, phrase: &Phrase, sentence: Sentence<'_>) -> Option<Referent> {
        let tokens = sentence.tokens;
        // `As they praised Berg, the fans sang`: several are no apposition of one.
        let several = tokens.get(phrase.tokens.end.checked_sub(1)?)?.is(Classes::GROUP);
        let comma = phrase.tokens.start.checked_sub(1).filter(|it| tokens[*it].is_sign(',') && !several)?;
        let last = comma.checked_sub(1).filter(|it| tokens[*it].is_name())?;
        // `According to the Herald, one reader wrote`
        let aside = tokens[sentence.start..comma].iter().rev().take_while(|it| it.kind != TokenKind::Punct);
        if aside.into_iter().any(|it| it.is(Classes::ACCORDING)) {
            return None;
        }
        let mention = self.entities.mention(sentence.passage.ordinal, &(last..comma))?;
        Some(self.entity(mention.entity, 0.8))
    }

    /// Whom the name set apart behind a description names: `said the mayor of Osby, Ada Lund`.
    fn named_after(&self, phrase: &Phrase, sentence: Sentence<'_>) -> Option<Referent> {
        const TOKENS_AHEAD: usize = 8;
        let tokens = sentence.tokens;
        let hi = sentence.end;
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
        let closed = end == hi
            || tokens[end].kind == TokenKind::Punct
            || tokens[end].is(Classes::CUE | Classes::VERB)
                && !tokens[end].is(Classes::BASE | Classes::GERUND);
        if !tokens[comma].is_sign(',') || end < name + 2 || !closed {
            return None;
        }
        let mention = self.entities.mention(sentence.passage.ordinal, &(name..end))?;
        let person = self.entities.meant(&mention).kind != EntityKind::Body;
        (person && mention.token == name).then(|| self.entity(mention.entity, 0.9))
    }

    /// The body or person that an unnamed spokesman speaks for: what stands before the noun, or
    /// after `for` or `of`.
    fn spoken_for(&self, core: &Range<usize>, sentence: Sentence<'_>) -> Option<Referent> {
        let tokens = sentence.tokens;
        let mut before = core.start..core.end - 1;
        while !before.is_empty() && tokens[before.end - 1].kind == TokenKind::Clitic {
            before.end -= 1;
        }
        if tokens[before.clone()].iter().any(Token::is_name) {
            let name = sentence.passage.words(before.clone());
            let listed = self.entities.mention(sentence.passage.ordinal, &before);
            let kind = listed.map(|it| self.entities.meant(&it).kind);
            return Some(match listed {
                Some(it) if kind != Some(EntityKind::Unsure) => self.entity(it.entity, 0.8),
                _ => unlisted(name, SpeakerKind::Organisation, None, 0.8),
            });
        }
        if !tokens.get(core.end)?.is(Classes::OF) {
            return None;
        }
        let of = phrase_after(tokens, core.end + 1, tokens.len().min(core.end + 12))?;
        match &of.kind {
            PhraseKind::Name(range) => {
                let mention = self.entities.mention(sentence.passage.ordinal, range)?;
                let body = self.entity(mention.entity, 0.8);
                let kind = match self.entities.meant(&mention) {
                    it if it.kind == EntityKind::Person || it.role.is_some() => SpeakerKind::Person,
                    _ => SpeakerKind::Organisation,
                };
                Some(Referent { speaker: Speaker { kind, role: None, ..body.speaker }, ..body })
            }
            PhraseKind::Noun => {
                let it = self.described(&of, sentence)?;
                (it.speaker.kind != SpeakerKind::Person).then_some(Referent {
                    speaker: Speaker { kind: SpeakerKind::Organisation, ..it.speaker },
                    ..it
                })
            }
            PhraseKind::Pronoun | PhraseKind::Relative | PhraseKind::Dropped => None,
        }
    }

    /// The one person that this passage or the one before names, when it leads its sentence.
    fn spoken_of(&self, sentence: Sentence<'_>, token: usize) -> Option<usize> {
        let near = self.mentions_before(sentence, token).take_while(|it| is_near(it.passage, sentence));
        let person = |it: &Entity| {
            it.kind == EntityKind::Person || it.kind == EntityKind::Unsure && it.words.len() > 1 && !it.thing
        };
        let mut leading = near.filter(|it| it.leads && person(self.entities.meant(it)));
        let first = leading.next()?.entity;
        leading.all(|it| it.entity == first).then_some(first)
    }

    /// The entity last named before `sentence` whose role holds the noun.
    fn holder(&self, sentence: Sentence<'_>, head: &Token) -> Option<usize> {
        let noun = sentence.passage.text.get(head.start()..head.end())?.to_lowercase();
        let holds = |role: &String| role.to_lowercase().split(' ').any(|word| word == noun);
        let mut before = self.mentions_before(sentence, sentence.passage.token_at(head.start()));
        let mention = before.find(|it| self.entities.meant(it).role.as_ref().is_some_and(holds))?;
        Some(mention.entity)
    }

    /// The body last named whose name has the same noun: `the ministry` after `the Foreign
    /// Ministry`, `the health department` after `the Department of Health`.
    fn body_like(&self, sentence: Sentence<'_>, core: &Range<usize>) -> Option<usize> {
        const WORDS_MAX: usize = 2;
        if core.len() > WORDS_MAX {
            return None;
        }
        let tokens = sentence.tokens;
        let words: Vec<String> =
            core.clone().map(|it| fold(tokens[it].text(sentence.passage.text))).collect();
        let named_so = |it: &&Mention| {
            let entity = self.entities.meant(it);
            entity.kind == EntityKind::Body
                && entity.words.len() > 1
                && entity.words.get(entity.head) == words.last()
                && words.iter().all(|word| entity.words.contains(word))
        };
        self.mentions_before(sentence, core.start).find(named_so).map(|it| it.entity)
    }

    /// The body that `the agency` is: the one that spoke last near by, else the only one that leads
    /// a sentence there.
    fn any_body(&self, sentence: Sentence<'_>, core: &Range<usize>) -> Option<usize> {
        if core.len() != 1 || !sentence.tokens[core.start].is(Classes::ANY_BODY) {
            return None;
        }
        let is_body = |it: &usize| {
            let entity = &self.entities.list[*it];
            entity.kind == EntityKind::Body && !entity.place
        };
        let last = self.past.last_body().filter(|it| is_near(it.passage, sentence));
        if let Some(last) = last.and_then(|it| it.who.entity).filter(is_body) {
            return Some(last);
        }
        let near = self.mentions_before(sentence, core.start).take_while(|it| is_near(it.passage, sentence));
        let mut leading = near.filter(|it| it.leads).map(|it| it.entity).filter(is_body);
        let first = leading.next()?;
        leading.all(|it| it == first).then_some(first)
    }

    /// The company that `the company` is: the one that spoke last near by, else the only one named
    /// so far.
    fn company(&self, sentence: Sentence<'_>, core: &Range<usize>) -> Option<usize> {
        if core.len() != 1 || !sentence.tokens[core.start].is(Classes::FIRM) {
            return None;
        }
        let is_company = |it: &usize| self.entities.list[*it].company;
        let last = self.past.last_body().filter(|it| is_near(it.passage, sentence));
        if let Some(last) = last.and_then(|it| it.who.entity).filter(is_company) {
            return Some(last);
        }
        let mut named = self.mentions_before(sentence, core.start).map(|it| it.entity).filter(is_company);
        let first = named.next()?;
        named.all(|it| it == first).then_some(first)
    }

    /// The mentions before a token that a pronoun or description may reach, the nearest first.
    fn mentions_before(&self, sentence: Sentence<'_>, token: usize) -> impl Iterator<Item = &Mention> {
        self.entities.mentions_before(sentence.passage.ordinal, token).take(MENTIONS_BACK)
    }
}

/// The words of a phrase that is a share of several people: `almost half of respondents`.
fn share_of_group(phrase: &Phrase, sentence: Sentence<'_>) -> Option<String> {
    const TOKENS_AHEAD: usize = 6;
    let tokens = sentence.tokens;
    let Range { start, end } = phrase.tokens;
    if !tokens[end - 1].is(Classes::QUANTITY) || !tokens.get(end)?.is(Classes::GENITIVE) {
        return None;
    }
    let of = phrase_after(tokens, end + 1, sentence.end.min(end + TOKENS_AHEAD))?;
    let whole = &tokens[of.tokens.end - 1];
    let several = of.kind == PhraseKind::Noun && whole.is(Classes::GROUP | Classes::PLURAL);
    let adverb = start > sentence.start && tokens[start - 1].is(Classes::ADVERB);
    several.then(|| sentence.passage.words(start - usize::from(adverb)..of.tokens.end))
}

/// Whether the passage has spoken of somebody new by that noun: `an organizer … the organizer` is
/// nobody with a name.
fn introduced(sentence: Sentence<'_>, before: usize, head: &Token) -> bool {
    const TOKENS_BETWEEN: usize = 3;
    const LOOK_BACK: usize = 120;
    let tokens = sentence.tokens;
    let word = |it: &Token| it.text(sentence.passage.text);
    let new = |it: &Token| it.is(Classes::DETERMINER) && !it.is(Classes::DEFINITE | Classes::DEMONSTRATIVE);
    let is_new = |at: usize| tokens[at.saturating_sub(TOKENS_BETWEEN)..at].iter().any(new);
    (before.saturating_sub(LOOK_BACK)..before)
        .any(|at| word(&tokens[at]).eq_ignore_ascii_case(word(head)) && is_new(at))
}

/// Whether a passage is that of the sentence, the one before, or a later one.
fn is_near(passage: usize, sentence: Sentence<'_>) -> bool {
    passage + 1 >= sentence.passage.ordinal
}

/// How many mentions back a pronoun or description may reach.
const MENTIONS_BACK: usize = 40;

/// The text of a phrase without possessive endings and titles: `Ms. Lund’s campaign` is `Lund
/// campaign`.
fn without_clitics(passage: &Parsed<'_>, range: &Range<usize>) -> String {
    let tokens = &passage.tokens;
    let clitic = range.clone().find(|it| tokens[*it].kind == TokenKind::Clitic);
    let Some(clitic) = clitic else { return passage.words(range.clone()) };
    // `the teachers’ union` is called so.
    let Some(owner) = name_at_end(tokens, range.start..clitic) else {
        return passage.words(range.clone());
    };
    format!("{} {}", passage.words(owner), passage.words(clitic + 1..range.end))
}

fn unlisted(name: String, kind: SpeakerKind, role: Option<String>, confidence: f32) -> Referent {
    Referent { speaker: Speaker { name, kind, role }, entity: None, confidence }
}
