//! `morgue serve` through the program and real connections.

mod bad_input;
mod browser;
mod client;
mod docs;
mod lists;
mod openapi;
mod pages;
mod reading;
mod receipts;
mod safety;
mod search;
mod shape;

pub(crate) use client::{Answer, Server};
