//! `morgue serve` through the program and real connections.

mod client;
mod lists;
mod pages;
mod safety;
mod search;

pub(crate) use client::{Answer, Server};
