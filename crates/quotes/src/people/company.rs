//! Who is quoted in which article: the company that people keep.

use std::collections::{BTreeMap, HashMap};

use morgue_core::article::{SpeakerKind, Spoken};

use super::name::Name;

/// The named people of each article.
#[derive(Debug, Default)]
pub(super) struct Company {
    /// For each article who is quoted, as places in `labels`.
    of_article: HashMap<u64, Vec<u32>>,
    /// The label of each written name, if it is a person's full one.
    of_row: Vec<Option<u32>>,
    /// The first written form of each name, and in how many articles it is quoted.
    labels: Vec<(String, u32)>,
    /// Somebody in more articles than this tells nobody apart.
    articles_max: u32,
}

impl Company {
    pub(super) fn new(spoken: &[&Spoken], names: &[Name]) -> Company {
        let mut company = Company::default();
        let mut known: HashMap<&[String], u32> = HashMap::new();
        for (spoken, name) in spoken.iter().zip(names) {
            if name.kind != SpeakerKind::Person || name.words.len() < 2 {
                company.of_row.push(None);
                continue;
            }
            let next = u32::try_from(company.labels.len()).unwrap_or(u32::MAX);
            let label = *known.entry(&name.words).or_insert(next);
            if label == next {
                company.labels.push((spoken.name.clone(), 0));
            }
            company.of_row.push(Some(label));
            for it in &spoken.appearances {
                let present = company.of_article.entry(it.article).or_default();
                if !present.contains(&label) {
                    present.push(label);
                    company.labels[label as usize].1 += 1;
                }
            }
        }
        let n_articles = u32::try_from(company.of_article.len()).unwrap_or(u32::MAX);
        company.articles_max = (n_articles / 20).max(3);
        company
    }

    /// Who is quoted in the article and in few others.
    pub(super) fn rare(&self, article: u64) -> impl Iterator<Item = u32> {
        let present = self.of_article.get(&article).map(Vec::as_slice).unwrap_or_default();
        present.iter().copied().filter(|it| self.labels[*it as usize].1 <= self.articles_max)
    }

    /// The names of some of them, in alphabetical order.
    pub(super) fn named(&self, labels: impl Iterator<Item = u32>) -> Vec<&str> {
        let names: BTreeMap<&str, ()> = labels.map(|it| (self.labels[it as usize].0.as_str(), ())).collect();
        names.into_keys().collect()
    }

    /// The label of a written name: one for all of the same words.
    pub(super) fn label(&self, row: usize) -> Option<u32> {
        self.of_row.get(row).copied().flatten()
    }
}
