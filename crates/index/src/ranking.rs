//! What the hits of a query are ranked by: data that a backend weighs, made of the query alone.

use morgue_query::{CheckedQuery, Clause, QuoteClause, TextPattern, WordPattern};

/// Words with at most one stop word between them in the query are a pair.
const PAIR_GAP_MAX: u32 = 2;

/// A query with so many pieces of evidence is brief.
const BRIEF_MAX: usize = 4;

/// What speaks for a hit of a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// Patterns of the query, and words that were added to it.
    pub evidence: Vec<Evidence>,
    /// Words of the query that follow each other.
    pub pairs: Vec<Pair>,
    /// Whether the query has few of them: a heading rather than a sentence.
    pub brief: bool,
    /// The words of the query, if it is nothing but words: a headline that is just these is what was
    /// looked for.
    pub title: Option<Vec<String>>,
}

/// A pattern that speaks for a text it stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What to find.
    pub pattern: TextPattern,
    /// How much it counts beside the others.
    pub weight: f32,
}

/// What a word of single letters may weigh beside the other words of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LettersCap {
    /// Half of the lightest of them: `J` of `J Smith`, which is a rare word, and says nothing. As
    /// often as it may stand in a text, BM25 gives it less than twice the score of one occurrence.
    HalfOfLightest,
    /// As the weightiest of them: `R&D`, of which the same letters stand in any list.
    Weightiest,
}

impl Evidence {
    /// What it may weigh if it is a word of single letters.
    pub(crate) fn letters_cap(&self) -> Option<LettersCap> {
        let TextPattern::Word(WordPattern::Stem { form, .. }) = &self.pattern else { return None };
        // Characters of scripts without spaces are words by themselves, and have no case.
        let is_letter = |it: &str| it.chars().all(char::is_lowercase) && it.chars().count() == 1;
        match form.split('&').count() {
            1 if is_letter(form) => Some(LettersCap::HalfOfLightest),
            2.. if form.split('&').all(is_letter) => Some(LettersCap::Weightiest),
            _ => None,
        }
    }
}

/// Two of the evidence, as they follow each other in the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Where the first stands in the evidence.
    pub first: usize,
    /// Where the second stands.
    pub second: usize,
    /// How many words further it stands in the query.
    pub gap: u32,
}

impl Ranking {
    /// What a query asks for. `typed` are its words in running text, as
    /// [`plain_words`](morgue_query::plain_words) gives them: each counts as often as it was typed,
    /// and those that follow each other are pairs. What else the query wants to find counts once.
    /// Stop words count only where there is nothing else.
    pub fn of(query: &CheckedQuery, typed: &[WordPattern]) -> Ranking {
        let mut patterns = Vec::new();
        collect(&query.root, &mut patterns);
        let form = |it: &WordPattern| match it {
            WordPattern::Stem { form, .. } => Some(form.clone()),
            _ => None,
        };
        let title: Option<Vec<String>> = typed.iter().map(form).collect();
        let typed: Vec<TextPattern> = typed.iter().cloned().map(TextPattern::Word).collect();
        let (made_of_typed, others): (Vec<&TextPattern>, Vec<&TextPattern>) =
            patterns.into_iter().filter(|it| !typed.contains(it)).partition(|it| is_made_of(it, &typed));
        let title = title.filter(|it| others.is_empty() && !it.is_empty());
        let all: Vec<(Option<u32>, TextPattern)> = (0..)
            .map(Some)
            .zip(typed.clone())
            .chain(others.into_iter().map(|it| (None, it.clone())))
            .collect();
        let nothing_else = all.iter().all(|it| it.1.is_stop_word());
        let mut ranking = Ranking { title, ..Ranking::default() };
        let mut last: Option<(u32, usize)> = None;
        for (at, pattern) in all {
            if pattern.is_stop_word() && !nothing_else {
                continue;
            }
            let place = ranking.count(pattern);
            let Some(at) = at else { continue };
            if let Some((last_at, first)) = last
                && first != place
                && at - last_at <= PAIR_GAP_MAX
            {
                ranking.pairs.push(Pair { first, second: place, gap: at - last_at });
            }
            last = Some((at, place));
        }
        ranking.brief = ranking.evidence.len() <= BRIEF_MAX;
        for pattern in made_of_typed.into_iter().filter_map(written_as_one) {
            ranking.count(pattern);
        }
        ranking
    }

    /// Counts a pattern once more; where it stands in the evidence.
    fn count(&mut self, pattern: TextPattern) -> usize {
        match self.evidence.iter().position(|it| it.pattern == pattern) {
            Some(known) => {
                self.evidence[known].weight += 1.0;
                known
            }
            None => {
                self.evidence.push(Evidence { pattern, weight: 1.0 });
                self.evidence.len() - 1
            }
        }
    }
}

/// Whether it is what `law-and-order` stands for, whose parts are among the words.
fn is_made_of(pattern: &TextPattern, words: &[TextPattern]) -> bool {
    match pattern {
        TextPattern::Phrase { parts, slop: 0 } => {
            parts.iter().all(|part| words.iter().any(|it| *it == TextPattern::Word(part.clone())))
        }
        TextPattern::AnyOf(any) => any.first().is_some_and(|it| is_made_of(it, words)),
        _ => false,
    }
}

/// Of what `mill-race` stands for the form `millrace`, which has none of its parts.
fn written_as_one(pattern: &TextPattern) -> Option<TextPattern> {
    let TextPattern::AnyOf(any) = pattern else { return None };
    match any.as_slice() {
        [TextPattern::Phrase { .. }, TextPattern::Word(WordPattern::Stem { form, .. })] => {
            Some(TextPattern::Word(WordPattern::Exact(form.clone())))
        }
        _ => None,
    }
}

/// The patterns that a hit may be found by, each once.
fn collect<'q>(clause: &'q Clause, into: &mut Vec<&'q TextPattern>) {
    match clause {
        Clause::Text(pattern) => add(pattern, into),
        Clause::And(all) | Clause::Or(all) | Clause::AtLeast { of: all, .. } => {
            all.iter().for_each(|it| collect(it, into));
        }
        Clause::Quoted(quote) => collect_of_quote(quote, into),
        Clause::Filter(filter) => filter.sought().into_iter().for_each(|it| add(it, into)),
        Clause::Everything | Clause::Not(_) => (),
    }
}

fn collect_of_quote<'q>(clause: &'q QuoteClause, into: &mut Vec<&'q TextPattern>) {
    match clause {
        QuoteClause::Said(pattern) => add(pattern, into),
        QuoteClause::And(all) | QuoteClause::Or(all) => all.iter().for_each(|it| collect_of_quote(it, into)),
        QuoteClause::Speaker(_)
        | QuoteClause::Role(_)
        | QuoteClause::Kind(_)
        | QuoteClause::Stance(_)
        | QuoteClause::Not(_) => (),
    }
}

fn add<'q>(pattern: &'q TextPattern, into: &mut Vec<&'q TextPattern>) {
    if !into.contains(&pattern) {
        into.push(pattern);
    }
}
