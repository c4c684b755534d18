//! Pages and an API for the browser of one's own machine: `morgue serve`.
//!
//! ```text
//! server ─▶ guard ─▶ routes ─▶ page/…  ─▶ archive (held: one state for a whole page)
//! bytes     who asks  which     one file a page: a request is filled, asked, written
//! ```
//!
//! A page is a function of what was asked (`asked`): it fills the requests that the command
//! line fills too, hands them to the archive, and writes what comes back as a page or as data. It
//! runs on a thread of the pool (`pool`), never on one that serves connections.

#![expect(non_camel_case_types, reason = "the fields of an `object!` are of type parameters of their names")]

mod address;
mod asked;
mod assets;
mod body;
mod connections;
mod cursor;
mod guard;
mod library;
mod on_lists;
mod openapi;
mod page;
mod params;
mod pool;
mod problem;
mod reply;
mod response;
mod route;
mod routes;
mod schema;
mod server;
mod start;
mod streams;
mod taken_off;

pub use start::{ServeOptions, Serving, serve};
