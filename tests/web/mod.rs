//! `morgue serve` through the program and real connections.

mod browser;
mod client;
mod pages;
mod reading;

pub(crate) use client::{Answer, Server};
