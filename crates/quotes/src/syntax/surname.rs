//! The tokens of an article → its surnames that mean something else too: `Baker`, `King`,
//! `White`.
//!
//! A trade, title, color or place that is the surname of somebody in the article is a name there:
//! `James Baker … Baker said`. Without a full name a word that the lexicon lists as a surname is
//! one where it stands as a surname does: `Treasury Secretary Baker`, `Mr. Baker`, `Baker said`.

use std::collections::HashSet;

use crate::{
    fold::fold,
    lexicon::{Classes, any},
    syntax::phrase::is_given_alone,
    text::token::{Token, TokenKind},
};

/// The readings that a surname may have besides. Of others (`The`, `He`) there is no doubt.
const READINGS: Classes = any!(
    TITLE
        | ROLE
        | PLACE
        | PEOPLE_OF
        | BODY
        | GROUP
        | OUTLET
        | DOCUMENT
        | TIME
        | SAY
        | REPORT
        | MARKS
        | OBJECT
        | VERB
);

/// Readings that a word keeps behind a given name unless the lexicon lists it as a surname: offices
/// and bodies, which are written with a capital too (`Carter Administration`).
const STRONG: Classes =
    any!(TITLE | BODY | GROUP | OUTLET | DOCUMENT | TIME | SAY | REPORT | MARKS | OBJECT | VERB);

/// A passage as the search for surnames needs it.
pub(crate) struct Text<'a> {
    /// Whether it tells the story; a headline teaches no surname.
    pub in_story: bool,
    pub text: &'a str,
    pub tokens: &'a mut [Token],
}

/// Makes names of the words that are surnames in this article: they lose every other reading.
pub(crate) fn settle(texts: &mut [Text<'_>]) {
    let mut surnames: HashSet<String> = HashSet::new();
    for Text { text, tokens, .. } in texts.iter().filter(|it| it.in_story) {
        let found = (0..tokens.len()).filter(|it| is_doubtful(&tokens[*it]) && is_surname(tokens, *it));
        surnames.extend(found.map(|it| fold(tokens[it].text(text))));
    }
    if surnames.is_empty() {
        return;
    }
    for Text { text, tokens, .. } in texts {
        for at in 0..tokens.len() {
            if is_doubtful(&tokens[at])
                && !keeps_reading(tokens, at)
                && surnames.contains(&fold(tokens[at].text(text)))
            {
                tokens[at].make_surname();
            }
        }
    }
}

/// Whether a capitalized word has a reading besides that of a name.
fn is_doubtful(token: &Token) -> bool {
    token.first.is_uppercase()
        && token.classes.any(READINGS)
        && matches!(token.kind, TokenKind::Name | TokenKind::Word)
}

/// Whether the word stands where only a surname does.
fn is_surname(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let listed = token.classes.any(Classes::SURNAME);
    let next = tokens.get(at + 1);
    let next_name = next.is_some_and(|it| it.is_name() && !it.classes.any(Classes::SUFFIX));
    if next_name || !(listed || token.is_name()) {
        return false;
    }
    let before = at.checked_sub(1).map(|it| &tokens[it]);
    if !before.is_some_and(Token::is_name) {
        let thing =
            any!(PLACE | BODY | OUTLET | DOCUMENT | GROUP | TIME | SAY | REPORT | MARKS | OBJECT | VERB);
        return listed && !token.classes.any(thing) && stands_alone(before, next);
    }
    // `Ken Treasurer, who`: a title behind a given name is followed by another name, or none.
    let behind_given = before.is_some_and(|it| is_given_alone(it) && it.classes.any(any!(HE | SHE)));
    let titled = token.classes.any(Classes::TITLE) && !token.classes.any(STRONG.without(Classes::TITLE));
    if !listed && token.classes.any(STRONG) && !(titled && behind_given) {
        return false;
    }
    // Over initials to the given name or title: `James A. Baker`.
    let first = (0..at).rev().find(|it| !is_initial(&tokens[*it]));
    let front = first.map(|it| &tokens[it]).filter(|it| it.is_name());
    let initials = first.is_none_or(|it| it + 1 < at);
    match front {
        None => initials,
        // `Sri Lanka`
        Some(front) if front.classes.any(Classes::PLACE) && token.classes.any(Classes::PLACE) => false,
        Some(front) if is_given_alone(front) => true,
        Some(_) if initials => true,
        // `Mr. Baker`, `Sen. White`, but `Mr. President`.
        Some(front) if front.classes.any(Classes::COURTESY | Classes::SHORT) => {
            listed || !token.classes.any(Classes::TITLE | Classes::ROLE)
        }
        // `Treasury Secretary Baker`; `Chief Judge` is an office.
        Some(front) => listed && front.classes.any(Classes::TITLE) && !token.classes.any(Classes::TITLE),
    }
}

/// `Baker said`, `said Baker`, `Baker’s`: without an article or another name beside it.
fn stands_alone(before: Option<&Token>, next: Option<&Token>) -> bool {
    let opens = |it: &Token| {
        it.kind == TokenKind::Punct || it.is_quote() || it.is(Classes::AND | Classes::THAT | Classes::SAY)
    };
    let reports = |it: &Token| it.is(Classes::SPEECH) && !it.is(Classes::GERUND | Classes::BASE);
    before.is_none_or(opens) && next.is_some_and(reports)
        || before.is_some_and(|it| it.is(Classes::SAY)) && next.is_none_or(|it| it.ends_sentence())
}

/// Whether a word that is a surname elsewhere in the article is none here: `the king`, `King
/// Hussein`, `the White House`, `in London`.
fn keeps_reading(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let before = at.checked_sub(1).map(|it| &tokens[it]);
    let named_before = before.is_some_and(Token::is_name);
    let next_name = tokens.get(at + 1).is_some_and(|it| it.is_name() && !it.classes.any(Classes::SUFFIX));
    let dated = token.classes.any(Classes::TIME)
        && (tokens.get(at + 1).is_some_and(|it| it.kind == TokenKind::Number)
            || before.is_some_and(|it| it.kind == TokenKind::Number || it.is(Classes::OF)));
    let fixed = any!(TITLE | PEOPLE_OF | PLACE | TIME | OUTLET);
    before.is_some_and(|it| it.is(Classes::DETERMINER | Classes::POSSESSIVE))
        || next_name && !named_before && token.classes.any(fixed)
        || token.classes.any(Classes::PLACE) && !named_before && before.is_some_and(|it| it.is(Classes::OF))
        || dated
}

/// Whether it is a letter with a full stop.
fn is_initial(token: &Token) -> bool {
    token.is_name() && token.end() - token.start() == token.first.len_utf8() + 1
}
