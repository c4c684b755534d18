//! `morgue serve` through the program and real connections.

mod client;
mod lists;
mod pages;
mod reading;
mod safety;
mod search;

pub(crate) use client::{Answer, Server};
