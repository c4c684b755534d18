//! A checked query → tantivy: one exhaustive match for what a clause is true of, one for its hits.
//!
//! What a clause means is said by `query::evaluate`; a property test holds this translation to it.
//! Words of a passage score by BM25 over passages alone; words that stand in the headline add a
//! tenth; conditions add nothing.

mod of_articles;

use tantivy::{
    Score, Searcher, Term,
    query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, TermSetQuery},
    schema::Field,
};

use morgue_core::analyze::{self, Forms};
use morgue_core::article::{Language, Stance};
use morgue_query::{
    CheckedQuery, Clause, Filter, Lengths, QuoteClause, Shape, TextField, TextPattern, ValueField,
    WordPattern, whole_value,
};

use super::{
    Snapshot, article_filter,
    boolean::{BoxedQuery, any_term, excluded, having, union, unscored},
    conjunction::ProximityWord,
    cost::{CONDITION, Found, LOOKED_UP, OPENED, POSITIONS, QueryCost},
    failure::Result,
    join::PassagesOfQuotes,
    proximity::ProximityQuery,
    schema::{Fields, Unit},
};

/// What a word in the headline is worth beside one in the passage. More than a tenth was measured
/// to hurt.
const HEADLINE_WEIGHT: Score = 0.1;

impl Snapshot {
    /// The documents of a unit that are hits of the query.
    pub(super) fn translate(&self, unit: Unit, query: &CheckedQuery) -> Result<BoxedQuery> {
        self.translation(unit)?.hits(&query.root)
    }

    /// What translates the parts of a query for a unit.
    pub(super) fn translation(&self, unit: Unit) -> Result<Translation<'_>> {
        Ok(Translation {
            snapshot: self,
            unit,
            languages: self.known_languages()?,
            cost: QueryCost::default(),
        })
    }
}

/// Whether the words of whole articles have all of the terms: exact forms stand in passages alone.
pub(super) fn all_stems(terms: &[Term]) -> bool {
    terms.iter().all(|it| it.value().as_str().is_some_and(analyze::is_stem_term))
}

/// Translates the clauses of a query for documents of one unit.
pub(super) struct Translation<'a> {
    snapshot: &'a Snapshot,
    unit: Unit,
    languages: &'a [Option<Language>],
    cost: QueryCost,
}

impl Translation<'_> {
    pub(super) fn fields(&self) -> &Fields {
        self.snapshot.fields()
    }

    pub(super) fn searcher(&self) -> &Searcher {
        &self.snapshot.searcher
    }

    /// The passages that are hits of the query, without scores.
    pub(super) fn passages(&self, query: &CheckedQuery) -> Result<BoxedQuery> {
        let hits = vec![(Occur::Must, self.hits(&query.root)?)];
        Ok(Box::new(self.snapshot.of_unit(self.unit, hits)))
    }

    /// What the clause is true of.
    fn matching(&self, clause: &Clause) -> Result<BoxedQuery> {
        if self.unit != Unit::Article && Self::is_about_articles(clause) {
            return self.of_articles(std::slice::from_ref(clause));
        }
        Ok(match clause {
            Clause::Everything => unscored(Box::new(AllQuery)),
            Clause::Text(pattern) => union(vec![self.in_words(pattern)?, self.in_headline(pattern)?]),
            Clause::Quoted(quote) => self.quoted(quote)?,
            Clause::Filter(filter) => unscored(self.filter(filter)?),
            Clause::And(all) => self.all_of(all, None)?,
            Clause::Or(any) => union(any.iter().map(|it| self.matching(it)).collect::<Result<_>>()?),
            Clause::Not(inner) => excluded(vec![], vec![self.matching(inner)?]),
            Clause::AtLeast { n, of } => self.at_least(*n, of)?,
        })
    }

    /// The hits of the clause: what it is true of with words to show in the document itself, as
    /// `query::evaluate` has it.
    fn hits(&self, clause: &Clause) -> Result<BoxedQuery> {
        Ok(match clause {
            Clause::Everything | Clause::Quoted(_) | Clause::Filter(_) | Clause::Not(_) => {
                self.matching(clause)?
            }
            // Passages are not scored here (`ranking`).
            Clause::Text(pattern) if self.unit == Unit::Passage => self.in_words(pattern)?,
            Clause::Text(pattern) => {
                let headline = (Occur::Should, self.in_headline(pattern)?);
                Box::new(BooleanQuery::new(vec![(Occur::Must, self.in_words(pattern)?), headline]))
            }
            Clause::Or(any) => union(any.iter().map(|it| self.hits(it)).collect::<Result<_>>()?),
            Clause::And(all) => self.all_of(all, self.shown(all)?)?,
            Clause::AtLeast { n, of } => {
                excluded(std::iter::once(self.at_least(*n, of)?).chain(self.shown(of)?).collect(), Vec::new())
            }
        })
    }

    /// That one of the clauses with words has some to show; it adds nothing to the score.
    fn shown(&self, clauses: &[Clause]) -> Result<Option<BoxedQuery>> {
        let with_words = clauses.iter().filter(|it| it.has_words());
        let hits = with_words.map(|it| self.hits(it)).collect::<Result<Vec<_>>>()?;
        Ok((!hits.is_empty()).then(|| unscored(union(hits))))
    }

    fn all_of(&self, clauses: &[Clause], also: Option<BoxedQuery>) -> Result<BoxedQuery> {
        let mut wanted = Vec::from_iter(also);
        let mut unwanted = Vec::new();
        let (of_articles, others): (Vec<Clause>, Vec<Clause>) = match self.unit {
            Unit::Article => (Vec::new(), clauses.to_vec()),
            _ => clauses.iter().cloned().partition(Self::is_about_articles),
        };
        if !of_articles.is_empty() {
            wanted.push(unscored(self.of_articles(&of_articles)?));
        }
        for clause in &others {
            match clause {
                Clause::Not(inner) => unwanted.push(self.matching(inner)?),
                other => wanted.push(self.matching(other)?),
            }
        }
        Ok(excluded(wanted, unwanted))
    }

    fn at_least(&self, n: usize, of: &[Clause]) -> Result<BoxedQuery> {
        let clauses = of.iter().map(|it| self.matching(it)).collect::<Result<_>>()?;
        Ok(Box::new(BooleanQuery::union_with_minimum_required_clauses(clauses, n)))
    }

    /// The pattern in the words of the document: a passage's text, a quote's content.
    fn in_words(&self, pattern: &TextPattern) -> Result<BoxedQuery> {
        let fields = self.snapshot.fields();
        self.pattern(if self.unit == Unit::Quote { fields.said } else { fields.text }, pattern)
    }

    fn in_headline(&self, pattern: &TextPattern) -> Result<BoxedQuery> {
        let found = self.pattern(self.snapshot.fields().headline, pattern)?;
        Ok(Box::new(BoostQuery::new(found, HEADLINE_WEIGHT)))
    }

    fn pattern(&self, field: Field, pattern: &TextPattern) -> Result<BoxedQuery> {
        match pattern {
            TextPattern::Word(WordPattern::Written { .. })
            | TextPattern::Phrase { .. }
            | TextPattern::Near { .. }
            | TextPattern::NotNear { .. }
            | TextPattern::AtLeast { .. } => Ok(Box::new(self.near(field, pattern)?)),
            TextPattern::Word(word) => {
                let terms = self.terms(field, word)?;
                Ok(match word {
                    WordPattern::Stem { .. } | WordPattern::Exact(_) => any_term(terms),
                    // Hundreds of terms, each as good as the other.
                    WordPattern::Prefix(_)
                    | WordPattern::Wildcard(_)
                    | WordPattern::Fuzzy { .. }
                    | WordPattern::Written { .. } => {
                        Box::new(ConstScoreQuery::new(Box::new(TermSetQuery::new(terms)), 1.0))
                    }
                })
            }
            TextPattern::AnyOf(any) => {
                Ok(union(any.iter().map(|it| self.pattern(field, it)).collect::<Result<_>>()?))
            }
        }
    }

    /// The pattern over a field as terms, whose documents are checked by their positions.
    pub(super) fn near(&self, field: Field, pattern: &TextPattern) -> Result<ProximityQuery> {
        let (shape, words) = Shape::new(pattern);
        let words = words.into_iter().map(|it| {
            let (spelling, letters) = it.parts();
            let found = self.cost.terms(field, spelling, || self.look_up(field, spelling))?;
            self.spend(found.n * POSITIONS + found.terms.len() as u64 * OPENED)?;
            Ok(ProximityWord { terms: found.terms.to_vec(), letters })
        });
        Ok(ProximityQuery {
            field,
            shape,
            words: words.collect::<Result<_>>()?,
            candidates: self.candidates(field, pattern)?,
            scored: self.scored(field, pattern)?,
        })
    }

    /// The documents that have the words a pattern cannot do without.
    fn candidates(&self, field: Field, pattern: &TextPattern) -> Result<BoxedQuery> {
        let word = |it: &WordPattern| -> Result<BoxedQuery> {
            let terms = self.terms(field, it.parts().0)?;
            // A set of terms is collected before the first document is looked at: good for many
            // terms only.
            Ok(if terms.len() > 16 { Box::new(TermSetQuery::new(terms)) } else { any_term(terms) })
        };
        let both = |left, right| -> Result<BoxedQuery> {
            let sides = vec![self.candidates(field, left)?, self.candidates(field, right)?];
            Ok(Box::new(BooleanQuery::intersection(sides)))
        };
        Ok(match pattern {
            TextPattern::Word(it) => word(it)?,
            TextPattern::Phrase { parts, .. } => {
                Box::new(BooleanQuery::intersection(parts.iter().map(word).collect::<Result<_>>()?))
            }
            TextPattern::AnyOf(any) => {
                union(any.iter().map(|it| self.candidates(field, it)).collect::<Result<_>>()?)
            }
            TextPattern::Near { left, right, .. } => both(left, right)?,
            TextPattern::NotNear { left: of, .. } | TextPattern::AtLeast { of, .. } => {
                self.candidates(field, of)?
            }
        })
    }

    /// A term for each word that a match has: the rarest way to write a word stands for it, since
    /// more terms would only raise the weight of a long list.
    fn scored(&self, field: Field, pattern: &TextPattern) -> Result<Vec<Term>> {
        let word = |it: &WordPattern| -> Result<Option<Term>> {
            Ok(self.terms(field, it.parts().0)?.into_iter().next())
        };
        Ok(match pattern {
            TextPattern::Word(it) => Vec::from_iter(word(it)?),
            TextPattern::Phrase { parts, .. } => {
                parts.iter().filter_map(|it| word(it).transpose()).collect::<Result<_>>()?
            }
            TextPattern::Near { left, right, .. } => {
                [self.scored(field, left)?, self.scored(field, right)?].concat()
            }
            // One of them stands there; the first for all, whichever it is.
            TextPattern::AnyOf(any) => any.first().map_or(Ok(Vec::new()), |it| self.scored(field, it))?,
            TextPattern::NotNear { left: of, .. } | TextPattern::AtLeast { of, .. } => {
                self.scored(field, of)?
            }
        })
    }

    /// The terms of a field that fit, those of all segments.
    pub(super) fn terms(&self, field: Field, pattern: &WordPattern) -> Result<Vec<Term>> {
        Ok(self.found(field, pattern)?.terms.to_vec())
    }

    /// The same, with where their postings lie.
    pub(super) fn found(&self, field: Field, pattern: &WordPattern) -> Result<Found> {
        let found = self.cost.terms(field, pattern, || self.look_up(field, pattern))?;
        self.spend(found.n + found.terms.len() as u64 * LOOKED_UP)?;
        Ok(found)
    }

    fn look_up(&self, field: Field, pattern: &WordPattern) -> Result<Found> {
        let forms = match pattern {
            WordPattern::Stem { form, accented } => {
                analyze::query_terms(Forms { form, accented }, self.languages)
            }
            WordPattern::Exact(form) => vec![form.clone()],
            WordPattern::Written { word, .. } => return self.look_up(field, word),
            WordPattern::Prefix(_) | WordPattern::Wildcard(_) | WordPattern::Fuzzy { .. } => {
                let expansion = self.snapshot.forms(field, pattern)?;
                let forms = &expansion.forms;
                let terms = forms.iter().map(|it| Term::from_field_text(field, &it.0)).collect();
                return Ok(Found { terms, n: forms.iter().map(|it| it.1).sum(), places: None });
            }
        };
        let mut terms: Vec<Term> = forms.iter().map(|it| Term::from_field_text(field, it)).collect();
        let mut is_there = vec![false; terms.len()];
        let mut places = Vec::new();
        for segment in self.snapshot.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut infos = Vec::new();
            for (term, is_there) in terms.iter().zip(&mut is_there) {
                if let Some(info) = inverted.get_term_info(term)? {
                    infos.push(info);
                    *is_there = true;
                }
            }
            places.push(infos);
        }
        // Most words are written in no other way, and then are one term.
        let mut is_there = is_there.iter();
        terms.retain(|it| is_there.next() == Some(&true) || !is_variant(it));
        let n = places.iter().flatten().map(|it| u64::from(it.doc_freq)).sum();
        Ok(Found { terms: terms.into(), n, places: Some(places.into()) })
    }

    /// Counts what is read for the query; fails when that is too much.
    fn spend(&self, cost: u64) -> Result<()> {
        self.cost.spend(cost, self.snapshot.n_passages()?)
    }

    fn filter(&self, filter: &Filter) -> Result<BoxedQuery> {
        let fields = self.snapshot.fields();
        Ok(match filter {
            // An article's own document does not have it.
            Filter::Field(TextField::Headline, pattern) if self.unit == Unit::Article => {
                let in_headline = self.pattern(fields.headline, pattern)?;
                let passages = vec![(Occur::Must, in_headline)];
                self.articles_of(&self.snapshot.of_unit(Unit::Passage, passages))?
            }
            Filter::Field(name, pattern) => {
                let field = self.snapshot.text_field(*name);
                self.pattern(field, pattern)?
            }
            Filter::Value(of, value) => {
                let field = match of {
                    ValueField::Source => fields.source_name,
                    ValueField::Section => fields.section_name,
                    ValueField::Place => fields.place_name,
                };
                self.any_value(field, |it| whole_value(it).is_some_and(|it| it == *value))?
            }
            Filter::Language(language) => having(fields.language, language.code()),
            Filter::PassageKind(kind) => having(fields.passage_kind, kind.name()),
            Filter::Published(days) => {
                Box::new(article_filter::published(&self.snapshot.searcher, self.articles()?, *days)?)
            }
            Filter::PublishedWithin(days) => {
                Box::new(article_filter::published_within(&self.snapshot.searcher, self.articles()?, *days)?)
            }
            Filter::Added(days) => {
                Box::new(article_filter::added(&self.snapshot.searcher, self.articles()?, *days)?)
            }
            Filter::Path(glob) => self.any_value(fields.file, |it| glob.matches(&it.to_lowercase()))?,
            Filter::Url(glob) => self.any_value(fields.url, |it| glob.matches(&it.to_lowercase()))?,
            Filter::Part(part, pattern) => self.part(*part, pattern)?,
            Filter::Length(Lengths { min, max }) => {
                Box::new(article_filter::with_length(&self.snapshot.searcher, self.articles()?, *min..=*max)?)
            }
            Filter::OnList { articles, .. } => self.with_words_of(articles)?,
            Filter::SomePassage(clause) => self.some_passage(clause)?,
        })
    }

    /// The same for documents of another unit.
    fn of(&self, unit: Unit) -> Translation<'_> {
        Translation { snapshot: self.snapshot, unit, languages: self.languages, cost: self.cost.clone() }
    }

    fn any_value(&self, field: Field, fits: impl Fn(&str) -> bool) -> Result<BoxedQuery> {
        let values = self.snapshot.values(field, "", fits)?;
        Ok(Box::new(TermSetQuery::new(values.keys().map(|it| Term::from_field_text(field, it)))))
    }

    /// The documents in a passage with a quote of which the clause is true: found among the quotes,
    /// and joined by passage.
    ///
    /// Quotes that were not said are among them if the clause names a stance. Over the documents of
    /// quotes it is a condition on the quote itself.
    fn quoted(&self, clause: &QuoteClause) -> Result<BoxedQuery> {
        if self.unit == Unit::Quote {
            return self.quote(clause);
        }
        let snapshot = self.snapshot;
        self.spend(snapshot.n_passages()? * CONDITION)?;
        let quotes = self.of(Unit::Quote);
        let condition = quotes.quote(clause)?;
        let mut units = vec![having(self.fields().unit, Unit::Quote.term())];
        if clause.names_stance() {
            units.push(having(self.fields().unit, Unit::Unsaid.term()));
        }
        let units = unscored(Box::new(BooleanQuery::union(units)));
        let query = BooleanQuery::new(vec![(Occur::Must, condition), (Occur::Must, units)]);
        let passages = snapshot.searcher.search_with_statistics_provider(
            &query,
            &PassagesOfQuotes,
            &snapshot.statistics(Unit::Quote),
        )?;
        Ok(Box::new(passages))
    }

    /// A condition on one quote, over the documents of quotes.
    fn quote(&self, clause: &QuoteClause) -> Result<BoxedQuery> {
        let fields = self.snapshot.fields();
        Ok(match clause {
            QuoteClause::Said(pattern) => self.pattern(fields.said, pattern)?,
            QuoteClause::Speaker(pattern) => unscored(self.pattern(fields.speaker, pattern)?),
            QuoteClause::Role(pattern) => unscored(self.pattern(fields.role, pattern)?),
            QuoteClause::Kind(kind) => unscored(having(fields.quote_kind, kind.name())),
            QuoteClause::Stance(Stance::Said) => unscored(having(fields.unit, Unit::Quote.term())),
            QuoteClause::Stance(stance) => unscored(having(fields.stance, stance.name())),
            QuoteClause::And(all) => {
                let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
                for clause in all {
                    match clause {
                        QuoteClause::Not(inner) => unwanted.push(self.quote(inner)?),
                        other => wanted.push(self.quote(other)?),
                    }
                }
                excluded(wanted, unwanted)
            }
            QuoteClause::Or(any) => union(any.iter().map(|it| self.quote(it)).collect::<Result<_>>()?),
            QuoteClause::Not(inner) => excluded(vec![], vec![self.quote(inner)?]),
        })
    }
}

/// Whether it is the term of a variant, of one word or several.
fn is_variant(term: &Term) -> bool {
    term.value().as_str().is_some_and(analyze::is_variant_term)
}
