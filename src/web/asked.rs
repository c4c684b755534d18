//! What is asked of a page, checked.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    archive::{Archive, ListName},
    query::Dialect,
    search::{Door, TypedQuery},
};

use super::{
    address::Address,
    on_lists::{KeptLists, OnLists},
    params::Params,
    problem::Problem,
    reply::Form,
    taken_off::TakenOff,
};

/// A request for a page, or a form that was sent, after all checks.
pub(super) struct Asked {
    /// The archive at one state, which all of the page is made of.
    pub(super) archive: Arc<Archive>,
    /// The number of that state.
    pub(super) generation: u64,
    /// What stands in the places of the route's path, decoded: `{article}`.
    pub(super) path: Vec<String>,
    /// The page's own address as asked, in its form: `/search.json?q=…`.
    pub(super) address: String,
    /// The parameters of the address, or of the form that was sent.
    pub(super) params: Params,
    /// The form of the answer.
    pub(super) form: Form,
    /// The day it is.
    pub(super) today: Date,
    /// What holds for every page.
    pub(super) here: Arc<Here>,
    /// Whether single keys do something, as the reader's cookie says.
    pub(super) keys: bool,
    /// Whether the program prefers an answer with a receipt.
    pub(super) prefers_receipt: bool,
}

/// What holds for every page of a server.
#[derive(Clone, Debug)]
pub(super) struct Here {
    /// Where the server is: `http://127.0.0.1:7878`, for addresses that stand in data.
    pub(super) origin: String,
    /// Whether nothing can be changed.
    pub(super) read_only: bool,
    /// Whether no token is asked for.
    pub(super) is_open: bool,
    /// The cookie that keeps whether single keys do something.
    pub(super) keys_cookie: String,
    /// What was taken off lists last.
    pub(super) taken_off: Arc<TakenOff>,
    /// The lists as they were read last.
    pub(super) lists: Arc<KeptLists>,
}

impl Asked {
    /// The text in the path at a place, empty where there is none.
    pub(super) fn part(&self, n: usize) -> &str {
        self.path.get(n).map_or("", String::as_str)
    }

    /// The reading list that the first part of the path names; fails where there is none.
    pub(super) fn list(&self) -> Result<ListName, Problem> {
        let text = self.part(0);
        // A name that no list can have is not found either.
        let name = ListName::new(text).ok().filter(|it| self.archive.has_list(it));
        name.ok_or_else(|| Problem::not_found(format!("there is no list `{text}`")))
    }

    /// The reading lists, and what is on them.
    pub(super) fn on_lists(&self) -> Arc<OnLists> {
        self.here.lists.of(&self.archive)
    }

    /// The query of a parameter, as the archive reads it.
    pub(super) fn query(&self, name: &str) -> TypedQuery {
        let text = self.params.text(name);
        TypedQuery {
            text: text.to_owned(),
            dialect: Dialect::default(),
            any: self.params.flag("any"),
            shelf: self.archive.shelf([text]),
        }
    }

    /// Where a form leads once it was taken: back to the page of ours that it names, or to `to`.
    pub(super) fn back_or(&self, to: Address) -> Address {
        Address::back(self.params.text("back")).unwrap_or(to)
    }

    /// The same, asked at another address: for a form that is answered with a page, which can be
    /// read there only.
    pub(super) fn at(&self, address: &Address) -> Asked {
        Asked {
            archive: self.archive.clone(),
            path: self.path.clone(),
            address: address.to_string(),
            params: self.params.clone(),
            here: self.here.clone(),
            ..*self
        }
    }

    /// Notes as they are said to whoever asked.
    pub(super) fn said(&self, notes: &[String]) -> Vec<String> {
        let door = if self.form == Form::Page { Door::Page } else { Door::Data };
        notes.iter().map(|it| door.says(it).into_owned()).collect()
    }

    /// An address with where the server is, for data.
    pub(super) fn absolute(&self, address: &Address) -> String {
        format!("{}{address}", self.here.origin)
    }
}
