//! A query held against one article, clause by clause: what it has of it, where, and what it has
//! instead.

use super::{
    CheckedQuery, Clause, Filter, Page, TextField, TextPattern, WordPattern,
    explain::{of_clause, of_filter},
};
use morgue_core::article::{Article, FieldName, Language, Quote};

/// A clause of a query, held against an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// What the clause asks for, in words.
    pub says: String,
    /// Whether the article has it. Of all clauses of an `AND`, each may be met by another passage.
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
    let ordinals = 0..article.passages().len();
    let pages = ordinals.filter_map(|it| Page::new(article, it, quotes)).collect();
    let judge = Judge { article, pages };
    let passages = judge.hits(&query.root);
    let of_article = query.of_articles().map(|it| it.condition);
    let has_all = match &of_article {
        Some(condition) => judge.pages.first().is_some_and(|it| it.is_hit_of(&condition.root)),
        None => false,
    };
    Verdict { root: judge.clause(&query.root), has_all: has_all || !passages.is_empty(), passages }
}

struct Judge<'a> {
    article: &'a Article,
    pages: Vec<Page<'a>>,
}

impl Judge<'_> {
    fn hits(&self, clause: &Clause) -> Vec<usize> {
        let pages = self.pages.iter().enumerate();
        pages.filter(|it| it.1.is_hit_of(clause)).map(|it| it.0).collect()
    }

    fn clause(&self, clause: &Clause) -> Judged {
        let each = |all: &[Clause]| all.iter().map(|it| self.clause(it)).collect::<Vec<_>>();
        let says = of_clause(clause).says;
        match clause {
            Clause::Everything => Judged { says, holds: true, ..Judged::nothing() },
            Clause::Filter(Filter::PassageKind(_)) | Clause::Quoted(_) => {
                self.in_passages(clause, says, None)
            }
            Clause::Text(pattern) => self.in_passages(clause, says, self.other_forms(pattern)),
            Clause::Filter(filter) => {
                let holds = self.pages.first().is_some_and(|it| it.is_hit_of(clause));
                let instead = if holds { None } else { self.value(filter) };
                Judged { says: of_filter(filter).says, holds, instead, ..Judged::nothing() }
            }
            Clause::And(all) => {
                let of = each(all);
                Judged {
                    says,
                    holds: of.iter().all(|it| it.holds),
                    passages: self.hits(clause),
                    of,
                    instead: None,
                }
            }
            Clause::Or(any) => {
                let of = each(any);
                Judged {
                    says,
                    holds: of.iter().any(|it| it.holds),
                    passages: self.hits(clause),
                    of,
                    instead: None,
                }
            }
            Clause::AtLeast { n, of } => {
                let of = each(of);
                let holds = of.iter().filter(|it| it.holds).count() >= *n;
                Judged { says, holds, passages: self.hits(clause), of, instead: None }
            }
            Clause::Not(inner) => {
                let inner = self.clause(inner);
                Judged { says, holds: !inner.holds, of: vec![inner], ..Judged::nothing() }
            }
        }
    }

    /// A clause that some passages are hits of; `instead` if none is.
    fn in_passages(&self, clause: &Clause, says: String, instead: Option<String>) -> Judged {
        let passages = self.hits(clause);
        let holds = !passages.is_empty();
        Judged { says, holds, instead: instead.filter(|_| !holds), passages, of: Vec::new() }
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
            Filter::Language(_) => {
                let language = self.article.metadata.language.as_ref().map(|it| it.value);
                Some(language.map_or("its language is unknown".to_owned(), |it: Language| {
                    format!("its language is {it}")
                }))
            }
            Filter::Published(_) => of_field(FieldName::Date),
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

impl Judged {
    fn nothing() -> Judged {
        Judged { says: String::new(), holds: false, passages: Vec::new(), instead: None, of: Vec::new() }
    }
}
