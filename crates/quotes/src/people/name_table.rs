//! The written names of an archive as a table that every rule reads.

use morgue_core::article::Spoken;

use super::{company::Company, corrections::Corrections, name::Name};

/// The written names of an archive in an order of their own, and who is quoted beside whom.
pub(super) struct NameTable<'a> {
    pub spoken: Vec<&'a Spoken>,
    pub names: Vec<Name>,
    pub company: Company,
    pub corrections: &'a Corrections,
}

impl<'a> NameTable<'a> {
    pub(super) fn new(spoken: &'a [Spoken], corrections: &'a Corrections) -> NameTable<'a> {
        let mut spoken: Vec<&Spoken> = spoken.iter().collect();
        spoken.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
        let names: Vec<Name> = spoken.iter().map(|it| Name::read(&it.name, it.kind)).collect();
        let company = Company::new(&spoken, &names);
        NameTable { spoken, names, company, corrections }
    }
}
