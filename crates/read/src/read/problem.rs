//! Why something could not be read.

/// Why a file, or one document of it, could not be read; its text is shown to the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}{}{reason}", if place.is_empty() { "" } else { ": " })]
pub struct Problem {
    /// The place in the file, `line 17`; empty for the whole file.
    pub place: String,
    /// What is wrong, in lower case without a full stop.
    pub reason: String,
}
