//! Remembers what was read from an index.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use morgue_core::system::stop;

/// What the cell holds; read when it is first asked for.
pub(super) fn once<T, E>(cell: &OnceLock<T>, read: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
    match cell.get() {
        Some(known) => Ok(known),
        None => {
            // It is kept for others.
            let read = stop::to_the_end(read)?;
            Ok(cell.get_or_init(|| read))
        }
    }
}

/// At most `max` values by key; when one more comes, the others are forgotten.
pub(super) struct Memo<K, V> {
    known: Mutex<HashMap<K, Arc<V>>>,
    max: usize,
}

impl<K: Eq + Hash, V> Memo<K, V> {
    pub(super) fn new(max: usize) -> Memo<K, V> {
        Memo { known: Mutex::default(), max }
    }

    /// The value of a key; read when it is not known.
    pub(super) fn get<E>(&self, key: K, read: impl FnOnce() -> Result<V, E>) -> Result<Arc<V>, E> {
        if let Some(known) = self.known().get(&key) {
            return Ok(Arc::clone(known));
        }
        // Others may look things up meanwhile.
        let value = Arc::new(stop::to_the_end(read)?);
        let mut known = self.known();
        if known.len() >= self.max {
            known.clear();
        }
        known.insert(key, Arc::clone(&value));
        Ok(value)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<K, Arc<V>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
