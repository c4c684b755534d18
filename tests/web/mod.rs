//! `morgue serve` through the program and real connections.

mod browser;
mod client;
mod pages;

pub(crate) use client::{Answer, Server};
