//! Feeds: RSS 0.9 to 2.0, Atom 0.3 and 1.0, JSON Feed, and the exports of blogs that are such
//! feeds.
//!
//! An item is one article. Its full text is taken where the feed has it, or else its teaser, never
//! both. XML is read item by item, so that an export of 2 GB takes the memory of its largest item,
//! and a broken item costs itself. The crate feed-rs, which the tests use, holds a feed as a whole,
//! answers one error for all of it, and gives no word of a date that it cannot read.

mod atom;
mod content;
mod date;
mod items;
mod json_feed;
mod markup;
mod rss;

pub(super) use atom::FORMAT as ATOM;
pub(super) use content::{Content, choose};
pub(super) use items::{About, Item, ItemKind, Items, Values};
pub(super) use json_feed::FORMAT as JSON_FEED;
pub(super) use rss::FORMAT as RSS;
