//! A query held against one article, clause by clause: what it has of it, where, and what it has
//! instead.

use super::{
    CheckedQuery, Clause, Filter, Page, QuoteClause, TextField, TextPattern, WordPattern,
    explain::{of_clause, of_filter},
};
use morgue_core::article::{Article, FieldName, Language, Quote, Stance};

/// A clause of a query, held against an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// What the clause asks for, in words.
    pub says: String,
    /// Whether a passage that has all of the query has it. If none has, whether the article has it:
    /// then each clause of an `AND` may be met by another passage.
    pub holds: bool,
    /// The ordinals of the passages that have it; none of a condition on the article.
    pub passages: Vec<usize>,
    /// What the article has in the place of what is asked for.
    pub instead: Option<String>,
    /// Its parts.
    pub of: Vec<Judged>,
}

/// How a query fits an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The query, clause by clause.
    pub root: Judged,
    /// The ordinals of the passages that have all of it.
    pub passages: Vec<usize>,
    /// Whether the article has all of it, perhaps in different passages.
    pub has_all: bool,
}

/// Holds a query against an article; `quotes` are the article's.
pub fn judge(query: &CheckedQuery, article: &Article, quotes: &[Quote]) -> Verdict {
    fn pages<'a>(article: &'a Article, quotes: &'a [Quote]) -> Vec<Page<'a>> {
        (0..article.passages().len()).filter_map(|it| Page::new(article, it, quotes)).collect()
    }
    let as_said = quotes.iter().map(|it| Quote { stance: Stance::Said, ..it.clone() }).collect::<Vec<_>>();
    let (pages, pages_as_said) = (pages(article, quotes), pages(article, &as_said));
    let mut judge = Judge { article, quotes, pages, pages_as_said, found: Vec::new() };
    let passages = judge.hits(&query.root, false);
    judge.found.clone_from(&passages);
    let of_article = query.of_articles().map(|it| it.condition);
    let has_all =
        of_article.is_some_and(|it| judge.pages.first().is_some_and(|first| first.is_hit_of(&it.root)));
    Verdict { root: judge.clause(&query.root, false), has_all: has_all || !passages.is_empty(), passages }
}

struct Judge<'a> {
    article: &'a Article,
    quotes: &'a [Quote],
    pages: Vec<Page<'a>>,
    /// The same as if all quotes had been said: what a part of a condition that names a stance is
    /// asked of, if it names none itself.
    pages_as_said: Vec<Page<'a>>,
    /// The passages that have all of the query: what holds, holds in one of them. Where there are
    /// none, each clause is asked of the article.
    found: Vec<usize>,
}

impl<'a> Judge<'a> {
    /// The passages as a clause is to see them; `of_stance` if it is a part of a condition that
    /// names a stance.
    fn pages(&self, clause: &Clause, of_stance: bool) -> &[Page<'a>] {
        let names_stance = matches!(clause, Clause::Quoted(it) if it.names_stance());
        if of_stance && !names_stance { &self.pages_as_said } else { &self.pages }
    }

    fn hits(&self, clause: &Clause, of_stance: bool) -> Vec<usize> {
        let pages = self.pages(clause, of_stance).iter().enumerate();
        pages.filter(|it| it.1.is_hit_of(clause)).map(|it| it.0).collect()
    }

    fn clause(&self, clause: &Clause, of_stance: bool) -> Judged {
        let explained = of_clause(clause);
        let parts_of_stance = of_stance || matches!(clause, Clause::Quoted(it) if it.names_stance());
        let of: Vec<Judged> = parts(clause).iter().map(|it| self.clause(it, parts_of_stance)).collect();
        let says = match (clause, explained.of.as_slice()) {
            (Clause::Quoted(_), [one]) if of.is_empty() => format!("a quote: {}", one.says),
            _ => explained.says,
        };
        let holds = if self.found.is_empty() {
            self.holds_in_article(clause, of_stance, &of)
        } else {
            self.found.iter().any(|it| self.pages(clause, of_stance)[*it].matches(clause))
        };
        match clause {
            Clause::Filter(filter) if !matches!(filter, Filter::PassageKind(_)) => {
                let instead = if holds { None } else { self.value(filter) };
                Judged { says: of_filter(filter).says, holds, passages: Vec::new(), instead, of }
            }
            Clause::Everything | Clause::Not(_) => {
                Judged { says, holds, passages: Vec::new(), instead: None, of }
            }
            _ => {
                let instead = if holds { None } else { self.instead(clause) };
                Judged { says, holds, passages: self.hits(clause, of_stance), instead, of }
            }
        }
    }

    /// Whether the article has it, in any passages. `of` are its parts.
    fn holds_in_article(&self, clause: &Clause, of_stance: bool, of: &[Judged]) -> bool {
        let n_held = || of.iter().filter(|it| it.holds).count();
        match clause {
            Clause::Everything => true,
            Clause::And(_) => n_held() == of.len(),
            Clause::Or(_) => n_held() > 0,
            Clause::AtLeast { n, .. } => n_held() >= *n,
            Clause::Not(_) => n_held() == 0,
            Clause::Text(_) | Clause::Quoted(_) | Clause::Filter(_) => {
                !self.hits(clause, of_stance).is_empty()
            }
        }
    }

    /// What the article has where a clause on running text or quotes does not hold.
    fn instead(&self, clause: &Clause) -> Option<String> {
        match clause {
            Clause::Text(pattern) => self.other_forms(pattern),
            Clause::Quoted(QuoteClause::Speaker(_)) => {
                let said = self.quotes.iter().filter(|it| it.is_said());
                let mut names: Vec<&str> =
                    said.filter_map(|it| Some(it.speaker.as_ref()?.name.as_str())).collect();
                names.sort_unstable();
                names.dedup();
                Some(match names.as_slice() {
                    [] => "it quotes nobody by name".to_owned(),
                    names => format!("it quotes {}", names.join(", ")),
                })
            }
            _ => None,
        }
    }

    /// `talk in other forms: “talks”, “talking”`: what the article has where one form was asked for.
    fn other_forms(&self, pattern: &TextPattern) -> Option<String> {
        let TextPattern::Word(WordPattern::Exact(form)) = pattern else { return None };
        let any_form = TextPattern::Word(WordPattern::Stem { form: form.clone(), accented: form.clone() });
        let mut forms: Vec<String> = Vec::new();
        for (page, passage) in self.pages.iter().zip(self.article.passages()) {
            for span in page.marks(&CheckedQuery { root: Clause::Text(any_form.clone()) }) {
                let word = span.of(&passage.text).to_lowercase();
                if !forms.contains(&word) {
                    forms.push(word);
                }
            }
        }
        (!forms.is_empty()).then(|| format!("it has other forms of it: {}", forms.join(", ")))
    }

    /// What the article has of what a condition asks for.
    fn value(&self, filter: &Filter) -> Option<String> {
        let of_field = |field: FieldName| {
            Some(match self.article.metadata.text(field) {
                Some(value) => format!("its {} is {value}", field.name()),
                None => format!("its {} is unknown", field.name()),
            })
        };
        match filter {
            Filter::Field(TextField::Headline, _) => of_field(FieldName::Headline),
            Filter::Field(TextField::Byline, _) => of_field(FieldName::Byline),
            Filter::Field(TextField::Place, _) => of_field(FieldName::Place),
            Filter::Field(TextField::Section, _) => of_field(FieldName::Section),
            Filter::Field(TextField::Source, _) => of_field(FieldName::Source),
            Filter::Value(field, _) => of_field(field.name()),
            Filter::Language(_) => {
                let language = self.article.metadata.language.as_ref().map(|it| it.value);
                Some(language.map_or("its language is unknown".to_owned(), |it: Language| {
                    format!("its language is {it}")
                }))
            }
            Filter::Published(_) | Filter::PublishedWithin(_) => of_field(FieldName::Date),
            Filter::Added(_) => {
                self.article.metadata.added.map(|it| format!("the archive has it since {it}"))
            }
            Filter::Path(_) => Some(format!("its path is {}", self.article.place.path)),
            Filter::Url(_) => of_field(FieldName::Url),
            Filter::Length(_) => Some(format!("it has {} words", super::n_words(self.article))),
            Filter::OnList { .. } | Filter::PassageKind(_) | Filter::Part(..) | Filter::SomePassage(_) => {
                None
            }
        }
    }
}

/// The clauses that a clause is made of: of a phrase or words near each other each word, of
/// conditions on one quote each.
fn parts(clause: &Clause) -> Vec<Clause> {
    match clause {
        Clause::And(all) | Clause::Or(all) | Clause::AtLeast { of: all, .. } => all.clone(),
        Clause::Not(inner) => vec![(**inner).clone()],
        Clause::Quoted(QuoteClause::And(all) | QuoteClause::Or(all)) => {
            all.iter().cloned().map(Clause::Quoted).collect()
        }
        Clause::Quoted(QuoteClause::Not(inner)) => vec![Clause::Quoted((**inner).clone())],
        Clause::Text(TextPattern::Word(_)) => Vec::new(),
        Clause::Text(pattern) => {
            let words = pattern.words().into_iter();
            words.map(|it| Clause::Text(TextPattern::Word(it.clone()))).collect()
        }
        Clause::Everything | Clause::Quoted(_) | Clause::Filter(_) => Vec::new(),
    }
}
