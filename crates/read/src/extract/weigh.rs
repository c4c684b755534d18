//! Weighs the candidates for one field of the metadata: the most trusted that can be understood
//! wins.
//!
//! Every value that lost stays listed in the order it was weighed, also the ones that nobody could
//! understand.

use morgue_core::article::{Candidate, Field, FieldName, Resolved};

/// A longer value, in bytes, means nothing.
const VALUE_BYTES_MAX: usize = 4_000;

/// What a value means, and how it stands among values as trusted as itself.
pub(super) struct Reading<T> {
    /// The value understood.
    pub(super) value: T,
    /// 0 is the best; equals keep the order they were found in.
    pub(super) rank: u8,
}

impl<T> Reading<T> {
    /// A value as good as any other of its trust.
    pub(super) fn plain(value: T) -> Reading<T> {
        Reading { value, rank: 0 }
    }
}

/// The candidates for one field in the order of their weight.
pub(super) struct Weighed<T> {
    entries: Vec<(Field, Option<T>)>,
    name: FieldName,
}

/// Puts the fields called `name` in order: by trust, then by the rank that `understand` gives, then
/// as found.
pub(super) fn weigh<T>(
    name: FieldName,
    fields: &[Field],
    understand: impl Fn(&Field) -> Option<Reading<T>>,
) -> Weighed<T> {
    let mut ranked: Vec<(u8, Field, Option<T>)> = fields
        .iter()
        .filter(|it| it.name == name && !it.value.trim().is_empty())
        .map(|field| match Some(field).filter(|it| it.value.len() <= VALUE_BYTES_MAX).and_then(&understand) {
            Some(Reading { value, rank }) => (rank, field.clone(), Some(value)),
            None => (u8::MAX, field.clone(), None),
        })
        .collect();
    ranked.sort_by_key(|(rank, field, _)| (field.origin.trust, *rank));
    Weighed { entries: ranked.into_iter().map(|(_, field, value)| (field, value)).collect(), name }
}

impl<T> Weighed<T> {
    /// The index of the first that was understood.
    pub(super) fn best(&self) -> Option<usize> {
        self.entries.iter().position(|(_, value)| value.is_some())
    }

    /// The candidates in order, with what they mean.
    pub(super) fn entries(&self) -> &[(Field, Option<T>)] {
        &self.entries
    }

    /// Makes the first that was understood the value. None was: they go to `rejected`.
    pub(super) fn resolve(self, rejected: &mut Vec<(FieldName, Candidate)>) -> Option<Resolved<T>> {
        let best = self.best();
        self.resolve_as(best, rejected)
    }

    /// Makes the entry at `winner` the value, or rejects them all.
    pub(super) fn resolve_as(
        self,
        winner: Option<usize>,
        rejected: &mut Vec<(FieldName, Candidate)>,
    ) -> Option<Resolved<T>> {
        let mut won = None;
        let mut candidates = Vec::new();
        for (idx, (field, value)) in self.entries.into_iter().enumerate() {
            match value {
                Some(value) if Some(idx) == winner => won = Some((value, field.origin)),
                _ => candidates.push(Candidate { value: field.value, origin: field.origin }),
            }
        }
        let Some((value, origin)) = won else {
            rejected.extend(candidates.into_iter().map(|it| (self.name, it)));
            return None;
        };
        Some(Resolved { value, origin, candidates })
    }
}
