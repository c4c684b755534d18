//! The content of a kept file.

use std::ops::Deref;

use crate::embedded;

/// The content of a kept file: a map of memory, of which only what is looked at is read; or bytes
/// that were made just now.
#[derive(Clone, Debug)]
pub struct Kept(Backend);

#[derive(Clone, Debug)]
enum Backend {
    Embedded(embedded::KeptBytes),
}

impl Kept {
    pub(crate) fn embedded(bytes: embedded::KeptBytes) -> Kept {
        Kept(Backend::Embedded(bytes))
    }
}

impl From<Vec<u8>> for Kept {
    fn from(bytes: Vec<u8>) -> Kept {
        Kept::embedded(embedded::KeptBytes::new(bytes))
    }
}

impl Deref for Kept {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        let Backend::Embedded(it) = &self.0;
        it
    }
}
