//! Which articles are versions of one story.

use std::collections::{BTreeMap, HashMap};

use morgue_core::article::ArticleId;

/// The families of copies: articles that are versions of one story, two and more each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Families {
    /// The family of each article that has one, by keys. A family is called by its smallest key.
    family: HashMap<u64, u64>,
    members: BTreeMap<u64, Vec<u64>>,
}

impl Families {
    /// Takes the members of each family.
    pub(crate) fn of(families: Vec<Vec<u64>>) -> Families {
        let mut all = Families::default();
        for members in families {
            for article in &members {
                all.family.insert(*article, members[0]);
            }
            all.members.insert(members[0], members);
        }
        all
    }

    /// A number for the family of an article, the same for all its members; `None` when it has no
    /// copies.
    pub fn family(&self, article: ArticleId) -> Option<u64> {
        self.family.get(&article.key()).copied()
    }

    /// The other members of an article's family, by id; none when it has no copies.
    pub fn copies(&self, article: ArticleId) -> Vec<ArticleId> {
        let members = self.family(article).and_then(|it| self.members.get(&it));
        let others = members.into_iter().flatten().filter(|it| **it != article.key());
        others.map(|it| ArticleId::from_key(*it)).collect()
    }

    /// The members of each family, by id.
    pub fn iter(&self) -> impl Iterator<Item = Vec<ArticleId>> + '_ {
        self.members.values().map(|it| it.iter().map(|it| ArticleId::from_key(*it)).collect())
    }

    /// Whether no article has a copy.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The families that `other` does not have, member for member: what each is called, and its
    /// members.
    pub(crate) fn not_in<'a>(&'a self, other: &'a Families) -> impl Iterator<Item = (u64, &'a [u64])> {
        let all = self.members.iter().map(|(family, members)| (*family, members.as_slice()));
        all.filter(|(family, members)| other.members.get(family).is_none_or(|it| it != members))
    }
}
