//! The words around a name → the role they give: `home minister for Balochistan`, `Prime Minister`.

use std::ops::Range;

use crate::{
    lexicon::Classes,
    passage::Sentence,
    syntax::phrase::{PhraseKind, core_before, is_given_alone, is_noun, name_at_end, phrase_before},
    text::token::{Token, TokenKind},
};

/// Longest role in tokens.
const ROLE_TOKENS_MAX: usize = 24;

/// The role of the name at `name`, which ends the run of capitals `run` (titles first).
pub(crate) fn role(sentence: Sentence<'_>, run: &Range<usize>, name: &Range<usize>) -> Option<String> {
    let own = |range| without_relations(sentence.tokens, range);
    let range = apposed(sentence, name)
        .and_then(own)
        .or_else(|| over_portfolio(sentence, name.start).and_then(own))
        .or_else(|| in_front(sentence, run, name).and_then(own))
        .or_else(|| before_brackets(sentence, run).and_then(own))
        .or_else(|| before_comma(sentence, run, name))
        .or_else(|| behind(sentence, name))?;
    Some(sentence.passage.words(without_owner(sentence.tokens, range)))
}

/// A role without the noun whose it is: `the company’s chairman`, but `Kenya’s president`.
fn without_owner(tokens: &[Token], range: Range<usize>) -> Range<usize> {
    match &tokens[range.clone()] {
        [owner, clitic, _, ..] if owner.kind == TokenKind::Word && clitic.kind == TokenKind::Clitic => {
            range.start + 2..range.end
        }
        _ => range,
    }
}

/// The role without what somebody is to somebody else: of `rival Senator` it is `Senator`, of `his
/// wife` nothing.
fn without_relations(tokens: &[Token], mut range: Range<usize>) -> Option<Range<usize>> {
    let from = range.start;
    // `brother and chief of staff`
    let relates =
        |it: usize| tokens[it].classes.any(Classes::RELATION) || it > from && tokens[it].is(Classes::AND);
    while range.start < range.end && relates(range.start) {
        range.start += 1;
    }
    // `son of the mayor`: the office is somebody else's.
    if range.is_empty() || tokens[range.start].is(Classes::OF) {
        return None;
    }
    let related = |it: &Token| it.classes.any(Classes::RELATION);
    // `younger brother of the mayor`
    let of_other = |it: usize| related(&tokens[it]) && tokens[it + 1].is(Classes::GENITIVE);
    if (range.start..range.end - 1).any(of_other) {
        return None;
    }
    let office = |it: &Token| names_office(it) && !related(it);
    let whole = &tokens[range.clone()];
    (!whole.is_empty() && (whole.iter().any(office) || !whole.iter().any(related))).then_some(range)
}

/// `Sarah Lund, mayor of Osby, said`
fn apposed(sentence: Sentence<'_>, name: &Range<usize>) -> Option<Range<usize>> {
    let tokens = sentence.tokens;
    let comma = name.end;
    if !tokens.get(comma).filter(|_| comma < sentence.end)?.sets_apart() {
        return None;
    }
    let mut from = comma + 1;
    // An age comes first: `Lund, 52, a baker,`
    if tokens.get(from).is_some_and(|it| it.kind == TokenKind::Number)
        && tokens.get(from + 1).is_some_and(|it| it.is_sign(','))
    {
        from += 2;
    }
    // `Lund, now also the mayor of Osby,`
    while tokens.get(from).is_some_and(|it| it.is(Classes::ADVERB)) {
        from += 1;
    }
    if tokens
        .get(from)
        .filter(|_| from < sentence.end)
        .is_some_and(|it| it.is(Classes::DETERMINER) && !it.is(Classes::PRONOUN))
    {
        from += 1;
    }
    // `Lund, a weaver`: whatever follows the indefinite article describes a person.
    let mut role = tokens.get(from - 1).is_some_and(is_indefinite)
        && tokens.get(from).is_some_and(|it| is_noun(it) && !it.is(Classes::TIME | Classes::PLURAL));
    let mut end = from;
    while end < sentence.end.min(from + ROLE_TOKENS_MAX) {
        let token = &tokens[end];
        let closes = token.is_quote() || token.kind == TokenKind::Punct;
        // `Pakistan’s bureau chief`, but `Lund, the mayor’s here`
        let owner = token.kind == TokenKind::Clitic && end > from;
        let clause = !owner && token.is(Classes::WHO | Classes::AUXILIARY | Classes::PRONOUN | Classes::IF)
            || role
                && token.is(Classes::SPEECH)
                && !token.is(Classes::BASE | Classes::GERUND | Classes::SPEAKING)
            || !role
                && token.is(Classes::CUE | Classes::VERB | Classes::OF)
                && !token.classes.any(Classes::ROLE);
        let past = role
            && token.is(Classes::CUE | Classes::VERB)
            && !token.is(Classes::BASE | Classes::THIRD | Classes::GERUND | Classes::SPEAKING)
            && tokens.get(end + 1).is_some_and(|it| it.is(Classes::OF | Classes::DETERMINER));
        if closes || clause || past {
            break;
        }
        role |= token.classes.any(Classes::ROLE);
        end += 1;
    }
    let list = tokens.get(from).is_some_and(|it| it.is(Classes::AND));
    let closed = end >= sentence.end
        || tokens[end].sets_apart()
        || tokens[end].kind == TokenKind::Punct
        || tokens[end].is(Classes::WHO)
        // `…, met Ada Lund, a spokesman said.`: somebody else says so.
        || role
            && tokens[end].is(Classes::CUE | Classes::VERB)
            && tokens.get(end + 1).is_some_and(Token::is_word)
        || tokens[end].is_quote();
    (role && end > from && closed && !list && !names_another(tokens, from..end)).then_some(from..end)
}

/// Whether what stands behind a name is another person with a title: `Ada Lund, Chairman Tom Berg`.
fn names_another(tokens: &[Token], range: Range<usize>) -> bool {
    let Range { start, .. } = range;
    let titled =
        tokens[start].is_name() && tokens[range.clone()].iter().any(|it| it.classes.any(Classes::TITLE));
    titled
        && name_at_end(tokens, range).is_some_and(|it| it.start > start && is_given_alone(&tokens[it.start]))
}

/// Whether it is the indefinite article.
fn is_indefinite(token: &Token) -> bool {
    let other =
        Classes::DEFINITE | Classes::PRONOUN | Classes::THEY | Classes::DEMONSTRATIVE | Classes::INDEFINITE;
    token.is(Classes::DETERMINER) && !token.is(other)
}

/// `Prime Minister Sarah Lund`, `the campaign spokesman Sarah Lund`
fn in_front(sentence: Sentence<'_>, run: &Range<usize>, name: &Range<usize>) -> Option<Range<usize>> {
    let tokens = sentence.tokens;
    const WORDS_MAX: usize = 10;
    // `Oil Minister Sheikh Omar Haddad`: what honors him is no part of what he is.
    let first_lady = |it: usize| {
        let word = |it: usize| tokens[it].text(sentence.passage.text);
        it > sentence.start
            && word(it).eq_ignore_ascii_case("lady")
            && word(it - 1).eq_ignore_ascii_case("first")
    };
    let honors = |it: &usize| tokens[*it].classes.any(Classes::COURTESY) && !first_lady(*it);
    let mut end = name.start - (run.start..name.start).rev().take_while(honors).count();
    // `Tan Sri Omar Haddad`: an honor of two words, of which the first is a surname elsewhere.
    let is = |it: usize, word: &str| tokens[it].text(sentence.passage.text) == word;
    if end > run.start && end < name.start && is(end, "Sri") && is(end - 1, "Tan") {
        end -= 1;
    }
    let mut start = end;
    let mut role = false;
    // `trade sanctions President Lund`: a small word before an office with a capital is no part of
    // it, if it is none itself.
    let capital = (run.start..end).any(|it| names_office(&tokens[it]));
    while start > sentence.start && end - start < WORDS_MAX {
        let token = &tokens[start - 1];
        const ACRONYM_BYTES_MAX: usize = 6;
        let word = || token.text(sentence.passage.text);
        let shouted = token.upper && word().len() > ACRONYM_BYTES_MAX;
        let part = if start > run.start {
            !token.classes.any(Classes::COURTESY) || first_lady(start - 1)
        } else if start == run.start && token.is_name() {
            // The run begins behind the verb of a headline.
            false
        } else if role && word().eq_ignore_ascii_case("first") {
            true
        } else {
            let word = token.kind == TokenKind::Word;
            // `Fire chief Ada Lund`: a capital begins the sentence with a noun.
            let first = start - 1 == sentence.start && token.first.is_uppercase() && token.is(Classes::BASE);
            let verb = token.is(Classes::CUE | Classes::VERB) && !token.is(Classes::ROLE | Classes::BODY);
            let noun = !capital && role && (first || !verb && is_noun(token));
            let acting = role && token.first.is_uppercase() && token.is(Classes::TITLE);
            word && (acting
                || token.is(Classes::ROLE)
                || token.is(Classes::BODY) && (!capital || token.first.is_uppercase())
                || noun)
                || token.is_name() && role
                || token.kind == TokenKind::Clitic
                    && role
                    && start - 1 > sentence.start
                    && tokens[start - 2].is_name()
        };
        if !part || shouted {
            break;
        }
        role |= names_office(token) || first_lady(start - 1);
        start -= 1;
    }
    // `42-year-old baker`
    let aged = |it: &Token| it.kind == TokenKind::Word && it.first.is_numeric();
    while start < end
        && (matches!(tokens[start].kind, TokenKind::Clitic | TokenKind::Number) || aged(&tokens[start]))
    {
        start += 1;
    }
    (role && start < end).then(|| over_joint(tokens, sentence.start, &(start..end))..end)
}

/// `Chief Executive Officer (CEO) Ada Lund`
fn before_brackets(sentence: Sentence<'_>, run: &Range<usize>) -> Option<Range<usize>> {
    const WORDS_MAX: usize = 3;
    let Sentence { tokens, start: lo, .. } = sentence;
    let close = run.start.checked_sub(1).filter(|it| *it > lo && tokens[*it].is_sign(')'))?;
    let open = (lo..close).rev().take(WORDS_MAX).find(|it| tokens[*it].is_sign('('))?;
    let last = open.checked_sub(1).filter(|it| *it >= lo && names_office(&tokens[*it]))?;
    let core = core_before(tokens, lo, last)?.tokens;
    let clitic = core.clone().rev().find(|it| tokens[*it].kind == TokenKind::Clitic);
    let article = tokens[core.start].is(Classes::DETERMINER | Classes::POSSESSIVE);
    Some(clitic.map_or(core.start + usize::from(article), |it| it + 1)..open)
}

/// `Ada Lund MP`: the letters behind a name that are an office.
fn behind(sentence: Sentence<'_>, name: &Range<usize>) -> Option<Range<usize>> {
    let office = sentence.tokens.get(name.end).filter(|_| name.end < sentence.end)?;
    (office.is_name() && office.classes.any(Classes::POSTNOMINAL) && office.classes.any(Classes::ROLE))
        .then_some(name.end..name.end + 1)
}

/// The office that ends before `end` with what it is over: `Inspector General of Police`, `MEC for
/// Health and Welfare`, `minister of state for mines`.
fn over_portfolio(sentence: Sentence<'_>, end: usize) -> Option<Range<usize>> {
    const WORDS_MAX: usize = 14;
    let Sentence { tokens, start: lo, .. } = sentence;
    let last = end.checked_sub(1).filter(|it| *it > lo)?;
    let office_alone = |it: &Token| {
        it.classes.any(Classes::TITLE | Classes::ROLE | Classes::COURTESY)
            && !it.classes.any(Classes::PORTFOLIO)
    };
    if !(tokens[last].is_name() || tokens[last].is(Classes::PORTFOLIO)) || office_alone(&tokens[last]) {
        return None;
    }
    let mut at = last;
    while at > lo && end - at < WORDS_MAX {
        let joint = &tokens[at];
        let office = &tokens[at - 1];
        let over =
            joint.is(Classes::GENITIVE | Classes::PURPOSE) || joint.is(Classes::OF) && office.is_name();
        if over && names_office(office) && !office.classes.any(Classes::RELATION | Classes::SPOKES) {
            let core = core_before(tokens, lo, at - 1)?.tokens;
            let article = tokens[core.start].is(Classes::DETERMINER | Classes::POSSESSIVE);
            // `minister of state for mines`
            let earlier =
                core.start.checked_sub(1).filter(|it| *it > lo && tokens[*it].is(Classes::GENITIVE));
            return match earlier.and_then(|it| over_portfolio(sentence, it + 1 + core.len())) {
                Some(wider) if !article => Some(wider.start..end),
                _ => Some(core.start + usize::from(article)..end),
            };
        }
        // `Governor Ada Lund and former Mayor`: somebody else.
        let other = joint.is_name() && office_alone(joint) || is_given_alone(joint);
        let part = !other && joint.is_name()
            || joint.kind == TokenKind::Clitic
            || joint.is(Classes::OF | Classes::DEFINITE)
            || joint.is(Classes::AND) && office.classes.any(Classes::PORTFOLIO)
            || joint.kind == TokenKind::Word && is_noun(joint);
        if !part {
            return None;
        }
        at -= 1;
    }
    None
}

/// Where the office that `office` ends begins, if its body has `of` or `and` in its name: `Bank of
/// Osby Governor`, `Ways and Means Committee Chairman`.
fn over_joint(tokens: &[Token], lo: usize, office: &Range<usize>) -> usize {
    let start = office.start;
    let article = start > lo && tokens[start - 1].is(Classes::DETERMINER);
    let end = start - usize::from(article);
    if end < lo + 2 || !tokens[start].is_name() {
        return start;
    }
    let joint = &tokens[end - 1];
    let names = tokens[lo..end - 1].iter().rev().take_while(|it| it.is_name()).count();
    let before = &tokens[end - 1 - names..end - 1];
    let is_person = |it: &Token| it.classes.any(Classes::GIVEN | Classes::TITLE);
    let is_body = |it: &Token| it.classes.any(Classes::BODY);
    let joins = if joint.is(Classes::GENITIVE) {
        before.last().is_some_and(is_body) && !tokens[start].classes.any(Classes::ROLE)
    } else {
        // `Ada Lund and President Berg` are two.
        joint.is(Classes::AND)
            && !article
            && !before.iter().any(is_person)
            && !is_person(&tokens[start])
            && tokens[office.clone()].iter().any(is_body)
    };
    if joins && names > 0 { end - 1 - names } else { start }
}

/// `The party's leader, Sarah Lund, said`
fn before_comma(sentence: Sentence<'_>, run: &Range<usize>, name: &Range<usize>) -> Option<Range<usize>> {
    let tokens = sentence.tokens;
    let comma = run.start.checked_sub(1).filter(|it| *it > sentence.start && tokens[*it].is_sign(','))?;
    // `Malaysia’s prime minister, Ada Lund said`
    let reports = |it: &Token| it.is(Classes::CUE) && !it.is(Classes::GERUND | Classes::BASE);
    if !tokens.get(name.end).is_none_or(|it| it.is_sign(',') || it.is_sign('.') || reports(it)) {
        return None;
    }
    if let Some(office) = over_portfolio(sentence, comma) {
        return without_relations(tokens, office);
    }
    let phrase = phrase_before(tokens, sentence.start, comma - 1)?;
    let head = tokens.get(phrase.tokens.end.checked_sub(1)?)?;
    let letters = head.classes.any(Classes::LETTERS) && head.classes.any(Classes::TITLE);
    let names = phrase.kind == PhraseKind::Noun || letters;
    // `His wife, Sarah Lund`: what she is to somebody else, not what she is.
    let related = tokens[phrase.tokens.start].is(Classes::POSSESSIVE);
    let from = phrase.tokens.start + usize::from(tokens[phrase.tokens.start].is(Classes::DETERMINER));
    let office = names && !related && (letters || head.classes.any(Classes::ROLE)) && from < comma;
    // `a neighbor, Ada Lund`, but `his neighbor, Ada Lund`
    let indefinite = is_indefinite(&tokens[phrase.tokens.start]) && from + 1 == comma;
    if indefinite && office {
        Some(from..comma)
    } else {
        without_relations(tokens, from..comma).filter(|_| office)
    }
}

/// Whether the token names an office or trade, rather than only honoring (`Mr.`) or dating it
/// (`former`).
fn names_office(token: &Token) -> bool {
    token.classes.any(Classes::ROLE) && !token.first.is_numeric()
        || token.classes.any(Classes::TITLE)
            && token.classes.any(Classes::SHORT)
            && !token.classes.any(Classes::COURTESY)
}
