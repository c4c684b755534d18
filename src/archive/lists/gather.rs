//! What a query finds for a list: an article once, its near copies beside it, not too many of one
//! source.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use anyhow::Result;
use jiff::civil::Date;
use morgue_core::{count, number};

use crate::{
    article::{Article, ArticleId, FieldName, PassageKind, Quote},
    index::{Families, Snapshot},
    list::{Order, PassageWords, one_line, story},
    search::{self, Articles, Hit, Results, Selection, SharedArticle, TypedQuery},
};

use super::{Archive, Skip, passage_words, title_of, told, whereabouts::copies};

/// What to find for a list.
#[derive(Clone, Debug, Default)]
pub struct Gather {
    /// The query, as typed.
    pub query: String,
    /// So many articles at most.
    pub max: Option<usize>,
    /// So many of one source at most.
    pub per_source: Option<usize>,
    /// Which come first.
    pub order: Order,
    /// So many of the matching passages of each article are quoted.
    pub passages: usize,
}

/// What was found.
#[derive(Clone, Default)]
pub struct Gathered {
    /// In the order that was asked for.
    pub finds: Vec<Find>,
    /// The words of the articles that were found and left out for their number.
    pub passed: BTreeSet<String>,
    /// What the user should know, a sentence each.
    pub notes: Vec<String>,
}

/// An article for a list.
#[derive(Clone)]
pub struct Find {
    /// The article.
    pub article: Arc<Article>,
    /// Its quotes.
    pub quotes: Arc<Vec<Quote>>,
    /// The ordinals of the passages to quote.
    pub passages: Vec<usize>,
    /// Its copies in other places.
    pub versions: Vec<Arc<Article>>,
    /// All versions of its story in the archive, found or not, itself left out.
    pub kin: Vec<ArticleId>,
}

impl Find {
    /// An article without versions, with these passages to quote.
    pub(super) fn new((article, quotes): SharedArticle, passages: Vec<usize>) -> Find {
        Find { article, quotes, passages, versions: Vec::new(), kin: Vec::new() }
    }

    /// Whether that article is this one, a copy of it, or another version of its story.
    pub(super) fn is_version_of(&self, id: ArticleId) -> bool {
        let mut own = self.versions.iter().map(|it| it.id).chain([self.article.id]);
        own.any(|it| it.same_content(id)) || self.kin.iter().any(|it| it.same_content(id))
    }

    /// The passages with who speaks in them, in the article's order.
    pub(super) fn new_passages(&self) -> Vec<PassageWords> {
        let ordinals: BTreeSet<usize> = self.passages.iter().copied().collect();
        ordinals.into_iter().filter_map(|it| passage_words(&self.article, &self.quotes, it)).collect()
    }
}

/// An article that was taken out by hand.
struct Removed {
    id: ArticleId,
    title: String,
    /// Whether its words are nowhere in the archive any more.
    is_gone: bool,
}

impl Removed {
    fn of(snapshot: &Snapshot, (id, title): &(ArticleId, String)) -> Result<Removed> {
        let is_gone = copies(snapshot, *id, 1)?.is_empty();
        Ok(Removed { id: *id, title: title.clone(), is_gone })
    }

    /// Whether the find is this article, a version of it, or what its file has by now.
    fn is(&self, snapshot: &Snapshot, find: &Find) -> Result<bool> {
        if find.is_version_of(self.id) || !self.id.same_place(find.article.id) {
            return Ok(find.is_version_of(self.id));
        }
        if one_line(&title_of(&find.article)).trim() == self.title {
            return Ok(true);
        }
        // In a file of several articles another may stand in its place by now.
        let file = snapshot.file(&find.article.place.path)?;
        Ok(self.is_gone && file.is_some_and(|it| it.articles == 1))
    }
}

/// So many passages of a query are looked at: a list that takes more is not read by anybody.
const PASSAGES_LOOKED_AT: usize = 5_000;

impl Archive {
    /// Finds articles for a list, those of `skip` left out.
    pub(super) fn gather(&self, gather: &Gather, skip: &Skip, today: Date) -> Result<Gathered> {
        let snapshot = self.snapshot()?;
        let results = self.matching(&snapshot, &gather.query, today)?;
        let mut gathered = Gathered::default();
        if results.total > results.hits.len() {
            gathered.notes.push(format!(
                "the query finds {} and articles; the best {} are looked at",
                count(results.total, "passage"),
                number(results.hits.len())
            ));
        }
        let mut articles = Articles::new(&snapshot);
        let finds = folded(by_article(&results.hits, &mut articles, gather.passages)?, snapshot.families()?);
        let removed = skip.removed.iter().map(|it| Removed::of(&snapshot, it));
        let removed: Vec<Removed> = removed.collect::<Result<_>>()?;
        let mut n_new = 0;
        let mut of_source: HashMap<String, usize> = HashMap::new();
        for mut find in finds {
            let id = find.article.id;
            let mut was_removed = false;
            for removed in &removed {
                was_removed = was_removed || removed.is(&snapshot, &find)?;
            }
            if was_removed || skip.passed.contains(&id.words()) {
                continue;
            }
            if skip.listed.iter().any(|it| find.is_version_of(*it)) {
                // Its copies become versions of the entry; what it quotes was chosen by then.
                find.passages.clear();
                gathered.finds.push(find);
                continue;
            }
            let source = find.article.metadata.text(FieldName::Source).map(|it| it.to_lowercase());
            let n = source.map_or(0, |it| {
                let n = of_source.entry(it).or_default();
                *n += 1;
                *n
            });
            let full = gather.max.is_some_and(|max| n_new >= max);
            if full || gather.per_source.is_some_and(|max| n > max) {
                gathered.passed.insert(id.words());
            } else {
                n_new += 1;
                gathered.finds.push(find);
            }
        }
        if !gathered.passed.is_empty() {
            gathered
                .notes
                .push(format!("{} more found, and left out for want of room", number(gathered.passed.len())));
        }
        gathered.finds = ordered(&snapshot, gathered.finds, gather.order)?;
        Ok(gathered)
    }

    /// The articles of a query, best first.
    pub(super) fn ranks(&self, query: &str, today: Date) -> Result<Vec<ArticleId>> {
        let snapshot = self.snapshot()?;
        let mut ids: Vec<ArticleId> = Vec::new();
        for hit in self.matching(&snapshot, query, today)?.hits {
            if !ids.contains(&hit.article.id) {
                ids.push(hit.article.id);
            }
        }
        Ok(ids)
    }

    /// The best passages that fit the query as it stands: for a list it is never relaxed.
    fn matching(&self, snapshot: &Snapshot, text: &str, today: Date) -> Result<Results> {
        let typed = TypedQuery { text: text.to_owned(), shelf: self.shelf([text]), ..TypedQuery::default() };
        let query = search::prepare(&typed, today)?;
        let best = Selection { limit: PASSAGES_LOOKED_AT, ..Selection::default() };
        let found = search::find_both(snapshot, &query.checked, &query.ranking, &best)?;
        let hits = search::hits_of_both(snapshot, &query.checked, &found, 0, 0)?;
        Ok(Results { hits, total: found.total(), ..Results::default() })
    }
}

/// The hits by article, in the order of each article's best, at most `n` passages of each.
pub(super) fn by_article(hits: &[Hit], articles: &mut Articles<'_>, n: usize) -> Result<Vec<Find>> {
    let mut finds: Vec<Find> = Vec::new();
    let mut places: HashMap<ArticleId, usize> = HashMap::new();
    for hit in hits {
        let id = hit.article.id;
        let place = match places.get(&id) {
            Some(place) => *place,
            None => {
                let Some(article) = articles.get(id)? else { continue };
                places.insert(id, finds.len());
                finds.push(Find::new(article, Vec::new()));
                finds.len() - 1
            }
        };
        let passages = &mut finds[place].passages;
        let also = hit.also.iter().map(|it| it.passage);
        for ordinal in std::iter::once(hit.passage).chain(also) {
            let is_headline = hit.article.passages[&ordinal].kind == PassageKind::Headline;
            if passages.len() < n && !is_headline && !passages.contains(&ordinal) {
                passages.push(ordinal);
            }
        }
    }
    Ok(finds)
}

/// Versions of one story put together: the first found stands for all.
pub(super) fn folded(finds: Vec<Find>, families: &Families) -> Vec<Find> {
    let mut folded: Vec<Find> = Vec::new();
    let mut places: HashMap<Story, usize> = HashMap::new();
    for mut find in finds {
        let id = find.article.id;
        let story = families.family(id).map_or_else(|| Story::Alone(id.words()), Story::Family);
        match places.get(&story) {
            Some(place) => folded[*place].versions.push(find.article),
            None => {
                places.insert(story, folded.len());
                find.kin = families.copies(id);
                folded.push(find);
            }
        }
    }
    folded
}

/// What articles that are put together have in common.
#[derive(PartialEq, Eq, Hash)]
enum Story {
    /// They are versions of one story.
    Family(u64),
    /// Their words.
    Alone(String),
}

/// The finds, best first, in another order.
fn ordered(snapshot: &Snapshot, mut finds: Vec<Find>, order: Order) -> Result<Vec<Find>> {
    let day = |find: &Find| find.article.metadata.published().map(|it| it.days().0);
    match order {
        Order::Relevance => {}
        Order::Date => finds.sort_by_key(|it| (day(it).is_none(), day(it))),
        Order::Story => {
            let tales = finds.iter().map(|it| told(snapshot, &it.article, day(it)));
            let tales: Vec<_> = tales.collect::<Result<_>>()?;
            finds = story::order(&tales).into_iter().map(|it| finds[it].clone()).collect();
        }
    }
    Ok(finds)
}
