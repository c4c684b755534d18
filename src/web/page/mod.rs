//! The pages, one file each, and what all of them have around their content.

mod chart;
mod explain;
mod export;
mod layout;
mod names;
mod parts;
mod problem;
mod search;

pub(super) use problem::problem;

use super::route::Route;

/// The routes of all pages.
pub(super) const ROUTES: &[&[Route]] = &[search::ROUTES, names::ROUTES, explain::ROUTES, export::ROUTES];
