//! Who is one with whom so far: a union-find of senses that the corrections can refuse.

use std::collections::BTreeMap;

use super::{corrections::Corrections, sense::Sense};

/// Groups of senses that are one person.
pub(super) struct Groups<'a> {
    parent: Vec<usize>,
    /// Why each sense was joined to another.
    reasons: Vec<&'static str>,
    senses: &'a [Sense],
    corrections: &'a Corrections,
    /// The senses that the corrections speak of.
    decided: Vec<usize>,
}

impl<'a> Groups<'a> {
    pub(super) fn new(senses: &'a [Sense], corrections: &'a Corrections) -> Groups<'a> {
        let decided = (0..senses.len()).filter(|it| corrections.names(&senses[*it].key));
        let decided = if corrections.is_empty() { Vec::new() } else { decided.collect() };
        let parent = (0..senses.len()).collect();
        Groups { parent, reasons: vec!["same words"; senses.len()], senses, corrections, decided }
    }

    pub(super) fn root(&self, mut index: usize) -> usize {
        while self.parent[index] != index {
            index = self.parent[index];
        }
        index
    }

    /// Why a sense belongs to its group.
    pub(super) fn reason(&self, index: usize) -> &'static str {
        self.reasons[index]
    }

    /// Joins two senses and what they are joined with, unless a correction keeps any of them apart.
    pub(super) fn join(&mut self, one: usize, other: usize, reason: &'static str) {
        let (root, child) = (self.root(one), self.root(other));
        if root != child && !self.kept_apart(root, child) {
            self.parent[child] = root;
            self.reasons[other] = reason;
            if self.reasons[one] == "same words" {
                self.reasons[one] = reason;
            }
        }
    }

    /// Whether the corrections say that a name is somebody else's than this group's.
    pub(super) fn refuses(&self, root: usize, key: &str) -> bool {
        self.senses_of(root).any(|it| self.corrections.keeps_apart(&self.senses[it].key, key))
    }

    fn senses_of(&self, group: usize) -> impl Iterator<Item = usize> {
        self.decided.iter().copied().filter(move |it| self.root(*it) == group)
    }

    fn kept_apart(&self, root: usize, child: usize) -> bool {
        self.senses_of(root).any(|one| {
            self.senses_of(child)
                .any(|other| self.corrections.keeps_apart(&self.senses[one].key, &self.senses[other].key))
        })
    }

    pub(super) fn members(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for index in 0..self.parent.len() {
            found.entry(self.root(index)).or_default().push(index);
        }
        found
    }
}
