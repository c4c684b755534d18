//! The pages, one file each, and what all of them have around their content.

mod advice;
mod article;
mod chart;
mod compare;
mod explain;
mod export;
mod help;
mod keys;
mod layout;
mod list;
mod lists;
mod names;
mod parts;
mod people;
mod person;
mod problem;
mod receipts;
mod replay;
mod search;
mod sheet;
mod status;

pub(super) use problem::problem;

use super::{on_lists, route::Route};

/// The routes of all pages.
pub(super) const ROUTES: &[&[Route]] = &[
    search::ROUTES,
    article::ROUTES,
    compare::ROUTES,
    people::ROUTES,
    person::ROUTES,
    lists::ROUTES,
    list::ROUTES,
    names::ROUTES,
    explain::ROUTES,
    export::ROUTES,
    replay::ROUTES,
    status::ROUTES,
    help::ROUTES,
    keys::ROUTES,
    sheet::ROUTES,
];
