//! The written names of a block as a table that every rule reads.

use std::collections::HashMap;

use morgue_core::article::{Appearance, Spoken};

use super::{corrections::Corrections, name::Name, trade::Trade};

/// Written names in an order of their own, and what the roles say that articles give to them.
pub(super) struct NameTable<'a> {
    pub spoken: Vec<&'a Spoken>,
    pub names: Vec<Name>,
    pub corrections: &'a Corrections,
    trades: HashMap<&'a str, Trade>,
}

impl<'a> NameTable<'a> {
    pub(super) fn new(spoken: &'a [Spoken], corrections: &'a Corrections) -> NameTable<'a> {
        let mut spoken: Vec<&Spoken> = spoken.iter().collect();
        spoken.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
        let names: Vec<Name> = spoken.iter().map(|it| Name::read(&it.name, it.kind)).collect();
        let mut trades: HashMap<&str, Trade> = HashMap::new();
        for (role, _) in spoken.iter().flat_map(|it| &it.appearances).flat_map(|it| &it.roles) {
            trades.entry(role).or_insert_with(|| Trade::from_role(role));
        }
        NameTable { spoken, names, corrections, trades }
    }

    /// What the roles of an appearance say, each with its quotes.
    pub(super) fn trades<'b>(&'b self, of: &'b Appearance) -> impl Iterator<Item = (&'b Trade, usize)> {
        of.roles.iter().filter_map(|(role, n)| Some((self.trades.get(&**role)?, *n)))
    }
}
