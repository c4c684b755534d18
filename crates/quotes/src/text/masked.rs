//! Lexemes and quotations of a passage → its masked sentences: the words outside the marks, each
//! quotation one token. Masked, `“We won. At last,” said Ms. Lund.` reads `Q said Ms. Lund .`,
//! which is what the rules of attribution are about.

use std::ops::Range;

use crate::{
    lexicon::{Classes, any},
    text::{
        dateline,
        lexer::{Lexeme, Shape, offset, party_state},
        quotation::Quotation,
        token::{Token, TokenKind},
    },
};

/// A passage with its quotations masked.
#[derive(Debug)]
pub(crate) struct Masked {
    /// Its tokens in order.
    pub tokens: Vec<Token>,
    /// Its sentences: ranges of tokens, in order, without gaps.
    pub sentences: Vec<Range<usize>>,
}

/// Classes whose words are no part of a name even when a sentence begins with them.
const NO_NAME: Classes = any!(
    PRONOUN
        | POSSESSIVE
        | DETERMINER
        | WHO
        | THAT
        | WH
        | IF
        | AND
        | OF
        | AUXILIARY
        | NOT
        | ADVERB
        | GERUND
        | ACCORDING
        | SOURCE
        | FINITE
        | TIME
        | GROUP
);

/// Classes that make a capital a name wherever it stands.
const NAME_WORDS: Classes = any!(GIVEN | TITLE | PLACE | OUTLET | PEOPLE_OF | PARTICLE);

/// What follows a subject rather than an adjective.
const VERBAL: Classes = any!(AUXILIARY | CUE | VERB | ADVERB | OF | AND | WHO | NOT | REFLEXIVE);

/// Folds the quotations of a passage and cuts it into sentences. Where all words have capitals
/// (`capitalized`), a verb is no name for having one.
pub(crate) fn mask(text: &str, lexemes: &[Lexeme], quotations: &[Quotation], capitalized: bool) -> Masked {
    let mut tokens = Vec::with_capacity(lexemes.len());
    let mut index = 0;
    let mut next_quote = 0;
    while let Some(lexeme) = lexemes.get(index) {
        if let Some(quotation) = quotations.get(next_quote)
            && quotation.open == index
        {
            if is_nickname(text, lexemes, quotation) {
                index = quotation.end_lexeme;
                next_quote += 1;
                continue;
            }
            let bytes = lexeme.start()..lexemes[quotation.end_lexeme - 1].end();
            let kind = TokenKind::Quote(offset(next_quote));
            let last = text[..quotation.end].trim_end().chars().next_back();
            let closes = matches!(last, Some(',' | '.' | '?' | '!' | '…'));
            let mut token = Token::new(bytes, kind, Classes::NONE, lexeme.first);
            token.closes = closes;
            tokens.push(token);
            index = quotation.end_lexeme;
            next_quote += 1;
            continue;
        }
        if lexeme.shape == Shape::Mark
            && !(index > 0
                && lexemes[index - 1].end() == lexeme.start()
                && lexemes[index - 1].shape != Shape::Mark)
        {
            // A stray mark says nothing.
            index += 1;
            continue;
        }
        let aside = aside_length(text, &lexemes[index..], lexemes[..index].last());
        if aside > 0 {
            index += aside;
            continue;
        }
        let kind = match kind_of(lexeme, &lexemes[..index], &lexemes[index + 1..]) {
            TokenKind::Name if capitalized && (is_verb(lexeme) || is_small(lexeme)) => TokenKind::Word,
            kind => kind,
        };
        // A capital inside a sentence makes a name of a function word: `Will`, `May`.
        let classes = if kind == TokenKind::Name { lexeme.classes.without(NO_NAME) } else { lexeme.classes };
        let mut token = Token::new(lexeme.start()..lexeme.end(), kind, classes, lexeme.first);
        token.upper = lexeme.shape == Shape::Upper && !text[lexeme.start()..lexeme.end()].contains('.');
        tokens.push(token);
        index += 1;
    }
    let mut sentences = sentences(text, &tokens, quotations);
    let dateline = dateline::length(text, &tokens);
    if let Some(first) = sentences.first_mut().filter(|it| dateline > 0 && dateline < it.end) {
        first.start = dateline;
        sentences.insert(0, 0..dateline);
    }
    Masked { tokens, sentences }
}

/// Whether a quotation is what somebody is called, between a given name and a surname: `Tom “Red”
/// Lund`.
fn is_nickname(text: &str, lexemes: &[Lexeme], quotation: &Quotation) -> bool {
    const BYTES_MAX: usize = 16;
    let inside = text[quotation.start..quotation.end].trim();
    let before = quotation.open.checked_sub(1).map(|it| &lexemes[it]);
    let capital = |it: &Lexeme| it.shape == Shape::Capital && !it.classes.any(NO_NAME);
    inside.len() <= BYTES_MAX
        && inside.starts_with(char::is_uppercase)
        && inside.ends_with(char::is_alphanumeric)
        && before.is_some_and(|it| capital(it) && it.classes.any(Classes::GIVEN))
        && lexemes.get(quotation.end_lexeme).is_some_and(capital)
}

/// How many lexemes an aside takes that only says where a name belongs or that a rank is held no
/// more: `(retd)`, and with the comma before it `Ala.` in `of Harlow, Ala., says` and `R-Fla.` in
/// `Sen. Lund, R-Fla., said`; 0 when none begins.
fn aside_length(text: &str, lexemes: &[Lexeme], before: Option<&Lexeme>) -> usize {
    const RETIRED: [&str; 7] = ["retd", "rtd", "ret", "ret'd", "retd.", "retired", "r"];
    let word = |it: &Lexeme| &text[it.start()..it.end()];
    let named = before.is_some_and(|it| matches!(it.shape, Shape::Capital | Shape::Upper));
    match lexemes {
        [open, inner, rest @ ..] if named && open.first == '(' && open.shape == Shape::Punct => {
            let retired = RETIRED.iter().any(|it| word(inner).trim_end_matches('.').eq_ignore_ascii_case(it));
            let close = rest.iter().take(2).position(|it| it.first == ')');
            close.filter(|_| retired).map_or(0, |it| it + 3)
        }
        [comma, inner, next, ..] if named && comma.first == ',' && next.first == ',' => {
            let state = inner.classes.any(Classes::STATE) || party_state(word(inner)).is_some();
            if state { 2 } else { 0 }
        }
        _ => 0,
    }
}

fn kind_of(lexeme: &Lexeme, all_before: &[Lexeme], all_after: &[Lexeme]) -> TokenKind {
    let (before, after) = (all_before.last(), all_after.first());
    match lexeme.shape {
        Shape::Number => TokenKind::Number,
        Shape::Clitic => TokenKind::Clitic,
        // What is left of the marks are the apostrophes of plurals: `workers’`.
        Shape::Mark => TokenKind::Clitic,
        Shape::Punct => TokenKind::Punct,
        Shape::Lower => TokenKind::Word,
        // `US`, but `us`
        Shape::Upper if !lexeme.classes.any(NO_NAME) || lexeme.classes.any(Classes::PLACE) => TokenKind::Name,
        Shape::Capital | Shape::Upper => {
            if lexeme.classes.any(Classes::FIRST | Classes::TIME) {
                return TokenKind::Word;
            }
            let initial = before.is_none_or(|it| matches!(it.first, '.' | '?' | '!' | ':' | '…' | '•' | '*'))
                || before.is_some_and(|it| it.shape == Shape::Mark) && !goes_on(all_before)
                || ends_dateline(all_before);
            let known = lexeme.classes.any(NO_NAME);
            let named_after = after.is_some_and(|it| matches!(it.shape, Shape::Capital | Shape::Upper));
            let given = lexeme.classes.any(Classes::GIVEN) && named_after;
            // `Lund Brothers Inc`, `Osby Growers Association`
            let named_on = |it: &Lexeme| it.classes.any(Classes::BODY) && it.shape != Shape::Lower;
            // `Inspector General of Police Ada Lund`, `Director of Public Prosecutions`
            let over =
                named_after && before.is_some_and(|it| it.classes.any(Classes::GENITIVE | Classes::PURPOSE));
            // `Federation of Tea Growers`
            let members = matches!(all_before, [.., body, of, front]
                if body.classes.any(Classes::BODY)
                    && body.shape != Shape::Lower
                    && of.classes.any(Classes::GENITIVE)
                    && front.shape == Shape::Capital);
            let company = (after.is_some_and(named_on) || over || members)
                && !initial
                && lexeme.classes.any(Classes::GROUP);
            let cue = initial && lexeme.classes.any(Classes::CUE) && !given && !named_after;
            // Titles run on in capitals: function words between them stay words. `Good news came`:
            // a capital that only begins the sentence, before a word that is no verb.
            let past = lexeme.classes.any(Classes::CUE | Classes::VERB)
                && !lexeme.classes.any(Classes::BASE | Classes::THIRD | Classes::GIVEN)
                && !named_after
                && !before.is_some_and(|it| matches!(it.shape, Shape::Lower | Shape::Number));
            let plain = initial
                && lexeme.shape == Shape::Capital
                && !lexeme.classes.any(NAME_WORDS)
                && after.is_some_and(|it| it.shape == Shape::Lower && !it.classes.any(VERBAL));
            // `Part of the trouble`
            let share = initial
                && lexeme.shape == Shape::Capital
                && !lexeme.classes.any(NAME_WORDS | Classes::BODY | Classes::ROLE)
                && after.is_some_and(|it| it.classes.any(Classes::GENITIVE))
                && all_after.get(1).is_some_and(|it| it.shape == Shape::Lower);
            let plain = plain || share;
            if (known && !given && !company && (initial || !strange_capital(lexeme))) || cue || plain || past
            {
                TokenKind::Word
            } else {
                TokenKind::Name
            }
        }
    }
}

/// Whether it is a verb and nothing that a name has.
fn is_verb(lexeme: &Lexeme) -> bool {
    lexeme.classes.any(Classes::CUE | Classes::VERB) && !lexeme.classes.any(NAME_WORDS)
}

/// Whether a dateline with its agency ends there: `OSBY, March 3 (CPA) —`.
fn ends_dateline(before: &[Lexeme]) -> bool {
    matches!(before, [.., close, dash] if close.first == ')' && matches!(dash.first, '—' | '–' | '-'))
}

/// Whether it is an adverb or a word of a closed class and nothing that a name has: `Vint Finally
/// Backs Lund`, `LUND TO STAY`.
fn is_small(lexeme: &Lexeme) -> bool {
    lexeme.classes.any(NO_NAME.without(any!(GROUP | TIME))) && !lexeme.classes.any(NAME_WORDS)
}

/// Whether a sentence goes on behind a closing mark: `“We have time,” Brand said`.
fn goes_on(before: &[Lexeme]) -> bool {
    before.len().checked_sub(2).is_some_and(|it| before[it].first == ',')
}

/// Whether the capital of a known word inside a sentence says that it is a name after all.
fn strange_capital(lexeme: &Lexeme) -> bool {
    !lexeme.classes.any(Classes::PRONOUN | Classes::DETERMINER | Classes::POSSESSIVE | Classes::GROUP)
}

/// Longest sentence in tokens; longer ones are cut, so that time stays linear.
const SENTENCE_TOKENS_MAX: usize = 300;

fn sentences(text: &str, tokens: &[Token], quotations: &[Quotation]) -> Vec<Range<usize>> {
    let mut found = Vec::with_capacity(1);
    let mut from = 0;
    for at in 0..tokens.len() {
        if at - from >= SENTENCE_TOKENS_MAX || ends_here(text, tokens, quotations, at) {
            found.push(from..at + 1);
            from = at + 1;
        }
    }
    if from < tokens.len() {
        found.push(from..tokens.len());
    }
    found
}

/// Whether a sentence ends with token `at`.
fn ends_here(text: &str, tokens: &[Token], quotations: &[Quotation], at: usize) -> bool {
    let token = &tokens[at];
    let Some(next) = tokens.get(at + 1) else { return true };
    let begins = next.is_quote()
        || next.first.is_uppercase()
        || next.first.is_numeric()
        || matches!(next.first, '(' | '[' | '•');
    match token.kind {
        TokenKind::Quote(index) => {
            let last = text[..quotations[index as usize].end].trim_end().chars().next_back();
            match last {
                Some('.' | '…' | '。') => next.is_quote() || next.first.is_uppercase(),
                Some('?' | '!') => {
                    next.is_quote()
                        || next.first.is_uppercase()
                            && (next.kind == TokenKind::Word || !cue_follows(tokens, at + 1))
                }
                _ => false,
            }
        }
        // `(She did not.) Then`
        TokenKind::Punct if matches!(token.first, ')' | ']') => {
            let stops = at.checked_sub(1).is_some_and(|it| {
                tokens[it].ends_sentence() || matches!(tokens[it].kind, TokenKind::Quote(index) if text[..quotations[index as usize].end].ends_with('.'))
            });
            stops && begins
        }
        _ if token.ends_sentence() => begins,
        // `on Oct. 4`, but `in Oct. Lund came`
        _ if token.classes.any(Classes::TIME) && token.text(text).ends_with('.') => {
            next.first.is_uppercase() && next.is_word()
        }
        // The full stop of an abbreviation may end a sentence too; a word that only begins one
        // tells.
        TokenKind::Name | TokenKind::Word => {
            token.text(text).ends_with('.')
                && token.end() - token.start() > 3
                && !token.classes.any(Classes::TITLE)
                && next.first.is_uppercase()
                && next.kind == TokenKind::Word
                && next
                    .classes
                    .any(Classes::PRONOUN | Classes::DETERMINER | Classes::POSSESSIVE | Classes::IF)
        }
        _ => false,
    }
}

/// Whether the words from `from` on report the question or cry before them: `“Why?” Lund asked.`
fn cue_follows(tokens: &[Token], from: usize) -> bool {
    const CLAUSE_TOKENS_MAX: usize = 14;
    for token in tokens.iter().skip(from).take(CLAUSE_TOKENS_MAX) {
        if token.ends_sentence() || token.is_quote() {
            return false;
        }
        if token.is(Classes::SAY | Classes::REPORT | Classes::MARKS) && !token.is(Classes::GERUND) {
            return true;
        }
    }
    false
}
