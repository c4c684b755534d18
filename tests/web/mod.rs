//! `morgue serve` through the program and real connections.

mod client;
mod pages;
mod safety;

pub(crate) use client::{Answer, Server};
