//! The pages, one file each, and what all of them have around their content.

mod article;
mod chart;
mod compare;
mod explain;
mod export;
mod layout;
mod names;
mod parts;
mod people;
mod person;
mod problem;
mod search;

pub(super) use problem::problem;

use super::route::Route;

/// The routes of all pages.
pub(super) const ROUTES: &[&[Route]] = &[
    search::ROUTES,
    article::ROUTES,
    compare::ROUTES,
    people::ROUTES,
    person::ROUTES,
    names::ROUTES,
    explain::ROUTES,
    export::ROUTES,
];
