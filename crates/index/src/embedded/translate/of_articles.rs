//! Conditions on articles: they stand for all documents of the articles that meet them.

use std::ops::Range;

use tantivy::{
    DocId, Term,
    query::{BooleanQuery, Occur, Query, TermSetQuery},
};

use morgue_core::article::ArticleId;
use morgue_query::{ArticlePart, Clause, Filter, TextPattern, WordPattern};

use super::{
    super::{
        article_filter,
        boolean::{BoxedQuery, any_term, having},
        cost::CONDITION,
        failure::Result,
        matching::Documents,
        ranking::Articles,
        schema::{LEAD, Unit},
    },
    Translation, all_stems,
};

/// Articles of the same words that are looked up for an entry of a list.
const COPIES_MAX: usize = 1000;

impl Translation<'_> {
    /// The documents of articles that have the same words as one of these.
    pub(super) fn with_words_of(&self, articles: &[ArticleId]) -> Result<BoxedQuery> {
        let mut ids = Vec::new();
        for article in articles {
            ids.extend(self.snapshot.ids_from(&article.words(), COPIES_MAX)?);
        }
        let field = self.snapshot.fields().article;
        let terms = ids.into_iter().map(|it| Term::from_field_text(field, &it.to_string()));
        Ok(Box::new(TermSetQuery::new(terms)))
    }

    /// The documents of articles of which all the clauses are true, which are about articles alone.
    /// They are asked of the articles' own documents first.
    pub(super) fn of_articles(&self, all: &[Clause]) -> Result<BoxedQuery> {
        let own = self.of(Unit::Article);
        let matching = vec![(Occur::Must, own.all_of(all, None)?)];
        self.articles_of(&self.snapshot.of_unit(Unit::Article, matching))
    }

    /// The documents of articles with a passage that is a hit of the clause.
    pub(super) fn some_passage(&self, clause: &Clause) -> Result<BoxedQuery> {
        if let Some(whole) = self.in_whole_articles(clause)? {
            // An article's own document has the stems of all its words.
            return Ok(whole);
        }
        let hits = vec![(Occur::Must, self.of(Unit::Passage).hits(clause)?)];
        self.articles_of(&self.snapshot.of_unit(Unit::Passage, hits))
    }

    /// All documents of articles that have one that the query finds.
    pub(super) fn articles_of(&self, query: &dyn Query) -> Result<BoxedQuery> {
        let (searcher, articles) = (&self.snapshot.searcher, self.articles()?);
        let mut of_segments = searcher.search(query, &Documents)?.into_iter();
        let filter = article_filter::filter(searcher, articles, |_| {
            let mut found = of_segments.next().unwrap_or_default().into_iter().peekable();
            Ok(move |documents: &Range<DocId>| {
                let mut any = false;
                while found.next_if(|it| *it < documents.end).is_some() {
                    any = true;
                }
                any
            })
        });
        Ok(Box::new(filter?))
    }

    /// The clause over the words of whole articles, where these have all its terms.
    pub(super) fn in_whole_articles(&self, clause: &Clause) -> Result<Option<BoxedQuery>> {
        let Clause::Text(TextPattern::Word(word @ WordPattern::Stem { .. })) = clause else {
            return Ok(None);
        };
        let fields = self.snapshot.fields();
        if !all_stems(&self.terms(fields.text, word)?) {
            return Ok(None);
        }
        Ok(Some(any_term(self.terms(fields.whole, word)?)))
    }

    /// The documents of articles that have the pattern in a passage of that part: found among
    /// passages, joined by article.
    pub(super) fn part(&self, part: ArticlePart, pattern: &TextPattern) -> Result<BoxedQuery> {
        let (n, pattern) = match pattern {
            TextPattern::AtLeast { n, of } => (*n, of.as_ref()),
            other => (1, other),
        };
        let fields = self.snapshot.fields();
        let near = self.near(fields.text, pattern)?;
        let lead = having(fields.part, LEAD);
        let in_lead = BooleanQuery::intersection(vec![near.candidates.box_clone(), lead]);
        let (searcher, articles) = (&self.snapshot.searcher, self.articles()?);
        let filter = article_filter::filter(searcher, articles, |segment| {
            let occurrences = match part {
                ArticlePart::Whole => near.occurrences(searcher, segment)?,
                ArticlePart::Lead => near.occurrences_among(&in_lead, searcher, segment)?,
            };
            let mut occurrences = occurrences.into_iter().peekable();
            Ok(move |documents: &Range<DocId>| {
                let mine = std::iter::from_fn(|| occurrences.next_if(|it| it.0 < documents.end));
                mine.map(|it| u64::from(it.1)).sum::<u64>() >= u64::from(n)
            })
        });
        Ok(Box::new(filter?))
    }

    /// The articles, for a condition that is asked of each.
    pub(super) fn articles(&self) -> Result<&Articles> {
        self.spend(self.snapshot.n_passages()? * CONDITION)?;
        Ok(self.snapshot.articles_of_segments()?)
    }

    /// Whether a clause asks only what passages an article has.
    pub(super) fn is_about_articles(clause: &Clause) -> bool {
        match clause {
            Clause::Filter(Filter::SomePassage(_)) => true,
            Clause::Not(inner) => Self::is_about_articles(inner),
            Clause::And(all) | Clause::Or(all) | Clause::AtLeast { of: all, .. } => {
                all.iter().all(Self::is_about_articles)
            }
            Clause::Everything | Clause::Text(_) | Clause::Quoted(_) | Clause::Filter(_) => false,
        }
    }
}
