//! Forms that are sent to a list. Each does what a command of `morgue list` does, and leads back.

use axum::http::StatusCode;

use super::{page, view};
use crate::{
    archive::{Edited, EntryEdit, ListName, Wanted},
    list::{Order, State},
    web::{address::Address, asked::Asked, problem::Problem, reply::Reply},
};

/// Leads to where the form says, or to the list.
fn back(asked: &Asked, name: &ListName) -> Reply {
    let to = Address::back(asked.params.text("back"));
    Reply::see_other(&to.unwrap_or_else(|| Address::list(&name.to_string())))
}

/// Adds articles and passages.
pub(super) fn add(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let wanted: Vec<Wanted> = asked.params.texts("article").map(|it| Wanted(it.to_owned())).collect();
    asked.archive.add_articles(&name, &wanted)?;
    Ok(back(asked, &name))
}

/// Changes an entry; shows what was changed meanwhile rather than write over it.
pub(super) fn edit(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let (which, params) = (asked.params.text("article"), &asked.params);
    let given = |name: &str| params.has(name).then(|| params.text(name).to_owned());
    let tags =
        |it: String| it.split(',').map(|it| it.trim().trim_start_matches('#').to_owned()).collect::<Vec<_>>();
    let edit = EntryEdit {
        state: State::from_name(params.text("state")),
        tags: given("tags").map(tags).map(|it| it.into_iter().filter(|it| !it.is_empty()).collect()),
        // A browser sends lines as the network ends them.
        note: given("note").map(|it| it.replace("\r\n", "\n")),
        place: params.text("place").parse().ok(),
        seen: given("was").filter(|it| !it.is_empty()),
    };
    match asked.archive.edit_entry(&name, which, &edit)? {
        Edited::Done(_) => Ok(back(asked, &name)),
        Edited::Conflict(now) => {
            let content = view::conflict(&name, which, &edit, &now);
            Ok(Reply::page(page(asked, "Changed meanwhile", &content)).status(StatusCode::CONFLICT))
        }
    }
}

/// Takes an entry out, and offers to put it back.
pub(super) fn remove(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let taken = asked.archive.take_out(&name, asked.params.text("article"))?;
    Ok(Reply::page(page(asked, "Taken out", &view::taken_out(&name, &taken))))
}

/// Puts an entry back that was taken out.
pub(super) fn restore(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let place = asked.params.text("place").parse().unwrap_or(usize::MAX);
    let text = asked.params.text("text").replace("\r\n", "\n");
    asked.archive.put_back(&name, &text, place)?;
    Ok(back(asked, &name))
}

/// Puts the entries into an order.
pub(super) fn sort(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let order = Order::from_name(asked.params.text("order")).unwrap_or_default();
    asked.archive.sort_list(&name, order, asked.today)?;
    Ok(back(asked, &name))
}

/// Adds what the saved query finds since.
pub(super) fn refresh(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let refreshed = asked.archive.refresh_list(&name, true, asked.today)?;
    Ok(Reply::page(page(asked, "Refreshed", &view::refreshed(&name, &refreshed))))
}

/// Gives the list another name.
pub(super) fn rename(asked: &Asked) -> Result<Reply, Problem> {
    let (name, to) = (asked.list()?, ListName::new(asked.params.text("to").trim())?);
    asked.archive.rename_list(&name, &to)?;
    Ok(Reply::see_other(&Address::list(&to.to_string())))
}

/// Deletes the list.
pub(super) fn delete(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    asked.archive.delete_lists(&[name])?;
    Ok(Reply::see_other(&Address::to(&["lists"])))
}
