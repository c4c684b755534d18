//! Nodes over running text to patterns: words, phrases, proximity, functions.

use super::{
    ErrorKind, Function, Glob, Letters, Nearness, Node, NodeKind, TextField, TextPattern, Within, WordPattern,
};
use morgue_core::analyze::{self, Forms};

/// The most `*` and `?` in one word: as regular expressions over a dictionary they take time that
/// doubles with each. Eight after a `*` compile in some 40 ms.
pub const WILDCARDS_MAX: usize = 8;

/// The most words under one operator of proximity, all its operands together: each is looked up at
/// every step.
pub const PROXIMITY_WORDS_MAX: usize = 200;

/// How words are sought: in any inflection, or as they are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    Stemmed,
    /// Exact forms, of running text.
    Exact,
    /// Exact forms, of names, roles and other short values: they have no sentences.
    Name,
}

impl Spelling {
    /// Names are not inflected, headlines are.
    pub(super) fn of(field: TextField) -> Spelling {
        match field {
            TextField::Headline => Spelling::Stemmed,
            TextField::Byline | TextField::Place | TextField::Section | TextField::Source => Spelling::Name,
        }
    }

    fn nearness(self, nearness: Nearness) -> Nearness {
        let one_sentence = self == Spelling::Name && nearness.within == Within::Sentence;
        Nearness { within: if one_sentence { Within::Passage } else { nearness.within }, ..nearness }
    }
}

/// What is wrong, and with which node.
pub(super) type Wrong<'n> = (ErrorKind, &'n Node);

/// The pattern that a node over running text stands for.
pub(super) fn pattern(node: &Node, spelling: Spelling) -> Result<TextPattern, Wrong<'_>> {
    match &node.kind {
        NodeKind::Near { left, right, nearness, negated } => {
            let outer = nearness.to_string();
            let (left, right) = (operand(left, spelling, &outer)?, operand(right, spelling, &outer)?);
            if n_words(&left) + n_words(&right) > PROXIMITY_WORDS_MAX {
                return Err((ErrorKind::ManyOperands, node));
            }
            let (left, right, nearness) = (Box::new(left), Box::new(right), spelling.nearness(*nearness));
            Ok(match negated {
                false => TextPattern::Near { left, right, nearness },
                true => TextPattern::NotNear { left, right, nearness },
            })
        }
        NodeKind::Function { function, of } => {
            let pattern = operand(of, spelling, &format!("{function}( )"))?;
            Ok(match function {
                Function::AtLeast(n) => TextPattern::AtLeast { n: *n, of: Box::new(pattern) },
                Function::Letters(_) if spelling == Spelling::Name => {
                    return Err((ErrorKind::LettersOfNames, node));
                }
                Function::Letters(letters) => written(pattern, *letters),
            })
        }
        _ => words(node, spelling),
    }
}

/// The pattern of what stands inside an operator of proximity or a function, where no `AND` can.
fn operand<'n>(node: &'n Node, spelling: Spelling, outer: &str) -> Result<TextPattern, Wrong<'n>> {
    let refused = |inner| Err((ErrorKind::NoOperand { inner, outer: outer.to_owned() }, node));
    match &node.kind {
        NodeKind::And(_) => refused("`AND`"),
        NodeKind::Not(_) => refused("`NOT`"),
        NodeKind::Field { .. } | NodeKind::Group(_) => refused("a field"),
        NodeKind::Or(nodes) => {
            let any = nodes.iter().map(|it| operand(it, spelling, outer)).collect::<Result<_, _>>()?;
            Ok(TextPattern::AnyOf(any))
        }
        NodeKind::Word { .. }
        | NodeKind::Phrase { .. }
        | NodeKind::Value(_)
        | NodeKind::Near { .. }
        | NodeKind::Function { .. } => pattern(node, spelling),
    }
}

fn n_words(pattern: &TextPattern) -> usize {
    match pattern {
        TextPattern::Word(_) => 1,
        TextPattern::Phrase { parts, .. } => parts.len(),
        TextPattern::AnyOf(any) => any.iter().map(n_words).sum(),
        TextPattern::Near { left, right, .. } | TextPattern::NotNear { left, right, .. } => {
            n_words(left) + n_words(right)
        }
        TextPattern::AtLeast { of, .. } => n_words(of),
    }
}

/// The pattern with each of its words written so; what was asked of a word's letters further inside
/// goes first.
fn written(pattern: TextPattern, letters: Letters) -> TextPattern {
    let word = |it: WordPattern| match it {
        WordPattern::Written { .. } => it,
        other => WordPattern::Written { letters, word: Box::new(other) },
    };
    let boxed = |it: Box<TextPattern>| Box::new(written(*it, letters));
    match pattern {
        TextPattern::Word(it) => TextPattern::Word(word(it)),
        TextPattern::Phrase { parts, slop } => {
            TextPattern::Phrase { parts: parts.into_iter().map(word).collect(), slop }
        }
        TextPattern::AnyOf(any) => {
            TextPattern::AnyOf(any.into_iter().map(|it| written(it, letters)).collect())
        }
        TextPattern::Near { left, right, nearness } => {
            TextPattern::Near { left: boxed(left), right: boxed(right), nearness }
        }
        TextPattern::NotNear { left, right, nearness } => {
            TextPattern::NotNear { left: boxed(left), right: boxed(right), nearness }
        }
        TextPattern::AtLeast { n, of } => TextPattern::AtLeast { n, of: boxed(of) },
    }
}

/// The pattern that a word or a phrase stands for.
fn words(node: &Node, spelling: Spelling) -> Result<TextPattern, Wrong<'_>> {
    let (text, exact, slop, distance) = match &node.kind {
        NodeKind::Word { text, exact, distance } => (text, *exact, 0, *distance),
        NodeKind::Phrase { text, exact, slop } => (text, *exact, *slop, None),
        NodeKind::Value(text) => (text, false, 0, None),
        NodeKind::Field { .. }
        | NodeKind::Group(_)
        | NodeKind::And(_)
        | NodeKind::Or(_)
        | NodeKind::Not(_)
        | NodeKind::Near { .. }
        | NodeKind::Function { .. } => return Err((ErrorKind::Empty, node)),
    };
    let spelling = if exact { Spelling::Exact } else { spelling };
    let in_phrase = matches!(node.kind, NodeKind::Phrase { .. });
    let cut = analyze::pattern_words(text);
    let parts = |words: &[analyze::Word]| {
        let mut parts = Vec::new();
        for word in words {
            parts.extend(word_pattern(word, spelling, in_phrase).map_err(|it| (it, node))?);
        }
        Ok(parts)
    };
    // In names, `Jean-Luc` is two.
    let joined = (spelling == Spelling::Stemmed).then(|| analyze::joined_words(text, &cut)).flatten();
    let spelled_out = (spelling == Spelling::Name).then(|| spelled_out(&cut)).flatten();
    let other = joined.or(spelled_out);
    let other = other.map(|it| in_a_row(parts(&it)?, slop, node)).transpose()?;
    let parts = parts(&cut)?;
    if let Some(distance) = distance {
        if text.contains(['*', '?']) {
            return Err((ErrorKind::EditsInPattern, node));
        }
        let [WordPattern::Stem { form, .. } | WordPattern::Exact(form)] = parts.as_slice() else {
            return Err((ErrorKind::EditsInPattern, node));
        };
        // More than half of the letters stay, or nearly every word fits.
        if form.chars().count() <= 2 * usize::from(distance) {
            return Err((ErrorKind::TooShortToEdit(form.clone()), node));
        }
        return Ok(TextPattern::Word(WordPattern::Fuzzy { form: form.clone(), distance }));
    }
    let parted = in_a_row(parts, slop, node)?;
    Ok(match other {
        Some(other) => TextPattern::AnyOf(vec![parted, other]),
        None => parted,
    })
}

/// The words of a name with `ae`, `oe` and `ue` for their umlauts; `None` where they have none.
fn spelled_out(words: &[analyze::Word]) -> Option<Vec<analyze::Word>> {
    let mut has_umlaut = false;
    let spelled = words.iter().map(|word| {
        let mut spellings = analyze::spellings(word.forms()).into_iter().skip(1);
        let Some(other) = spellings.next() else { return word.clone() };
        has_umlaut = true;
        let Forms { form, accented } = other.forms();
        analyze::Word { span: word.span, form: form.to_owned(), accented: accented.to_owned() }
    });
    let spelled = spelled.collect();
    has_umlaut.then_some(spelled)
}

/// Words that follow each other, or the only one.
fn in_a_row(mut parts: Vec<WordPattern>, slop: u32, node: &Node) -> Result<TextPattern, Wrong<'_>> {
    match (parts.len(), parts.pop()) {
        (1, Some(part)) => Ok(TextPattern::Word(part)),
        (_, Some(last)) => {
            parts.push(last);
            Ok(TextPattern::Phrase { parts, slop })
        }
        (_, None) => Err((ErrorKind::Empty, node)),
    }
}

/// What one word must fit; `None` for a lone `?`, and a `*` cut off from the characters of a script
/// without spaces.
fn word_pattern(
    word: &analyze::Word,
    spelling: Spelling,
    in_phrase: bool,
) -> Result<Option<WordPattern>, ErrorKind> {
    let form = word.form.trim_end_matches('?');
    let letters = form.chars().filter(|it| !matches!(it, '*' | '?')).count();
    if letters == form.chars().count() {
        return Ok((!form.is_empty()).then(|| match spelling {
            Spelling::Exact | Spelling::Name => WordPattern::Exact(form.to_owned()),
            Spelling::Stemmed => WordPattern::Stem {
                form: form.to_owned(),
                accented: word.accented.trim_end_matches('?').to_owned(),
            },
        }));
    }
    if form.chars().count() - letters > WILDCARDS_MAX {
        return Err(ErrorKind::ManyWildcards(form.to_owned()));
    }
    match letters {
        0 if in_phrase => Err(ErrorKind::StarInPhrase),
        0 => Ok(None),
        1 => Err(ErrorKind::ShortPattern(form.to_owned())),
        _ => match form.strip_suffix('*') {
            Some(prefix) if !prefix.contains(['*', '?']) => Ok(Some(WordPattern::Prefix(prefix.to_owned()))),
            _ => Ok(Some(WordPattern::Wildcard(Glob::new(form)))),
        },
    }
}
