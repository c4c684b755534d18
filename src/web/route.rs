//! A page, or a form that is sent to one: all that the server, the checks of parameters and the
//! description of the API know of it.

use super::{
    asked::Asked,
    params::Param,
    problem::Problem,
    reply::{Form, Reply},
};

/// A page, or a form that is sent to one.
pub(super) struct Route {
    /// Its path, with a name for each part that may be anything: `/a/{article}`.
    pub(super) path: &'static str,
    /// Whether it is read or changes something.
    pub(super) verb: Verb,
    /// The forms it can be had in.
    pub(super) forms: &'static [Form],
    /// What it takes in its address, or in the form that is sent.
    pub(super) params: &'static [Param],
    /// What it is, a sentence.
    pub(super) about: &'static str,
    /// Makes the answer.
    pub(super) answer: fn(&Asked) -> Result<Reply, Problem>,
    /// The shape of its JSON.
    pub(super) schema: Option<fn(&mut schemars::SchemaGenerator) -> schemars::Schema>,
    /// Addresses that the description gives as examples; they hold for the sample archive.
    pub(super) examples: &'static [&'static str],
}

/// What a request does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// It reads, by GET.
    Get,
    /// It asks by POST: what is sent is too long for an address, or about this browser alone.
    /// Nothing of the archive is changed.
    Ask,
    /// It changes something, by POST.
    Change,
}

impl Verb {
    /// Whether it sends something, rather than to read an address.
    pub(super) fn sends(self) -> bool {
        self != Verb::Get
    }
}
