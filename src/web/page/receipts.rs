//! Receipts of answers, as the command line makes them of exports: what was asked and found, to
//! check or to run again.

use axum::http::HeaderName;
use jiff::Timestamp;
use maud::{Markup, html};

use crate::{
    archive::{HitRow, Receipt, RequestRow},
    render,
    web::{
        address::Address,
        asked::Asked,
        params::{Param, RECEIPT_PARAM, Takes},
        problem::Problem,
        reply::Reply,
    },
};

/// The parameter of pages that have one.
pub(super) const RECEIPT: Param = Param::new(
    RECEIPT_PARAM,
    Takes::Flag,
    "1 for a receipt of what was asked and found, as the header `Prefer: receipt` asks for it.",
);

/// Whether the answer is to carry a receipt.
pub(super) fn is_wanted(asked: &Asked) -> bool {
    asked.params.flag(RECEIPT_PARAM) || asked.prefers_receipt && !asked.params.has(RECEIPT_PARAM)
}

/// The receipt of a request that gave these hits.
pub(super) fn receipt(asked: &Asked, request: RequestRow, hits: Vec<HitRow>) -> Result<Receipt, Problem> {
    Ok(asked.archive.receipt(request, hits, Timestamp::now())?)
}

/// The same, if the answer is to carry one.
pub(super) fn wanted(
    asked: &Asked,
    request: impl FnOnce() -> (RequestRow, Vec<HitRow>),
) -> Result<Option<Receipt>, Problem> {
    let made = || {
        let (request, hits) = request();
        receipt(asked, request, hits)
    };
    is_wanted(asked).then(made).transpose()
}

/// An answer, with what says that it carries the receipt.
pub(super) fn carried(asked: &Asked, reply: Reply, receipt: Option<&Receipt>) -> Reply {
    let Some(receipt) = receipt else { return reply };
    let reply = reply.with(HeaderName::from_static("morgue-receipt"), &receipt.id);
    if !asked.prefers_receipt {
        return reply;
    }
    reply.with(HeaderName::from_static("preference-applied"), "receipt")
}

/// A page, with what says that it carries the receipt where that was asked for.
pub(super) fn on_page(asked: &Asked, page: Reply, receipt: &Receipt) -> Reply {
    carried(asked, page, is_wanted(asked).then_some(receipt))
}

/// What a page says of its receipt: the id, which leads to the whole; or the whole, if that is
/// asked for.
pub(super) fn section(asked: &Asked, receipt: &Receipt) -> Markup {
    if !is_wanted(asked) {
        let to = Address::back(&asked.address).map(|it| asked_for(&it).at("receipt"));
        return html! {
            p.soft {
                @match to { Some(to) => a href=(to) { "Receipt" }, None => "Receipt" }
                " " (receipt.id) ": what was asked and found, to check or to run again."
            }
        };
    }
    whole(receipt, "Receipt")
}

/// A receipt whole, and the way to run it again.
pub(super) fn whole(receipt: &Receipt, title: &str) -> Markup {
    html! {
        section.section #receipt aria-labelledby="of-receipt" {
            h2 #of-receipt { (title) ", " (receipt.id) }
            (form(&text(receipt)))
        }
    }
}

/// The same address, asking for the receipt.
fn asked_for(address: &Address) -> Address {
    address.clone().without(RECEIPT_PARAM).with(RECEIPT_PARAM, "1")
}

/// A receipt as its file has it.
fn text(receipt: &Receipt) -> String {
    let mut text = Vec::new();
    let written = render::receipt(receipt, &mut text);
    debug_assert!(written.is_ok(), "a vector takes all that is written");
    String::from_utf8_lossy(&text).into_owned()
}

/// The box that a receipt is run again from.
pub(super) fn form(text: &str) -> Markup {
    html! {
        form method="post" action=(Address::to(&["replay"])) {
            p {
                label for="replay" { "What was asked and found" } br;
                textarea #replay name="receipt" rows="10" cols="72" required spellcheck="false" { (text) }
            }
            p.row { button { "Run it again" } }
        }
    }
}
