//! Forms that are sent to a list. Each does what a command of `morgue list` does, and leads back.

use axum::http::StatusCode;

use super::{page, view};
use crate::{
    archive::{Edited, EntryEdit, ListName, Sorted, Wanted},
    list::{Order, State, tags},
    web::{
        address::Address,
        asked::Asked,
        problem::{Problem, ProblemKind},
        reply::Reply,
    },
};

/// Leads to where the form says, or to the list.
fn back(asked: &Asked, name: &ListName) -> Reply {
    Reply::see_other(&asked.back_or(Address::list(&name.to_string())))
}

/// The articles or entries that a form names, at least one.
fn named(asked: &Asked) -> Result<Vec<String>, Problem> {
    let named = asked.params.texts("article").map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    let named: Vec<String> = named.collect();
    if named.is_empty() {
        return Err(Problem::new(ProblemKind::BadParameter, "`article` names nothing"));
    }
    Ok(named)
}

/// Adds articles and passages.
pub(super) fn add(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let wanted: Vec<Wanted> = named(asked)?.into_iter().map(Wanted).collect();
    asked.archive.add_articles(&name, &wanted)?;
    Ok(back(asked, &name))
}

/// Changes an entry; shows what was changed meanwhile rather than write over it.
pub(super) fn edit(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let (which, params) = (asked.params.text("article"), &asked.params);
    let given = |name: &str| params.has(name).then(|| params.text(name));
    let edit = EntryEdit {
        state: State::from_name(params.text("state")),
        tags: given("tags").map(tags),
        // A browser sends lines as the network ends them.
        note: given("note").map(|it| it.replace("\r\n", "\n")),
        place: params.text("place").parse().ok(),
        seen: given("was").filter(|it| !it.is_empty()).map(str::to_owned),
    };
    if (edit.note.is_some() || edit.tags.is_some()) && edit.seen.is_none() {
        return Err(Problem::new(
            ProblemKind::BadParameter,
            "`note` and `tags` replace what stands there, so `was` comes with them",
        ));
    }
    match asked.archive.edit_entry(&name, which, &edit)? {
        Edited::Done(_) => Ok(back(asked, &name)),
        Edited::Conflict(now) => {
            let content = view::conflict(asked, &name, which, &edit, &now);
            Ok(conflict(asked, &name, &content))
        }
    }
}

/// The page that shows what was changed meanwhile.
fn conflict(asked: &Asked, name: &ListName, content: &maud::Markup) -> Reply {
    let asked = asked.at(&Address::list(&name.to_string()));
    Reply::page(page(&asked, "Changed meanwhile", content)).status(StatusCode::CONFLICT)
}

/// Takes entries out. The list then offers to put it back, if it was one.
pub(super) fn remove(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let which = named(asked)?;
    let list = Address::list(&name.to_string());
    let to = match which.as_slice() {
        [which] => {
            let taken = asked.archive.take_out(&name, which)?;
            let number = asked.here.taken_off.keep(&name.to_string(), taken);
            list.with("taken", &number.to_string())
        }
        several => {
            asked.archive.remove_entries(&name, several)?;
            list
        }
    };
    Ok(Reply::see_other(&asked.back_or(to)))
}

/// Puts an entry back that was taken out.
pub(super) fn restore(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let place = asked.params.text("place").parse().unwrap_or(usize::MAX);
    let text = asked.params.text("text").replace("\r\n", "\n");
    asked.archive.put_back(&name, &text, place)?;
    Ok(back(asked, &name))
}

/// Moves an entry.
pub(super) fn move_entry(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let to = asked.params.number(&super::TO);
    asked.archive.move_entry(&name, asked.params.text("article"), to)?;
    let list = Address::list(&name.to_string()).at(&format!("e{to}"));
    Ok(Reply::see_other(&asked.back_or(list)))
}

/// Puts the entries into an order.
pub(super) fn sort(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let order = Order::from_name(asked.params.text("order")).unwrap_or_default();
    let seen = Some(asked.params.text("was")).filter(|it| !it.is_empty());
    match asked.archive.sort_list(&name, order, seen, asked.today)? {
        Sorted::Done => Ok(back(asked, &name)),
        Sorted::Conflict(now) => {
            let content = view::moved_meanwhile(&name, order, &now);
            Ok(conflict(asked, &name, &content))
        }
    }
}

/// Adds what the saved query finds since.
pub(super) fn refresh(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let refreshed = asked.archive.refresh_list(&name, true, asked.today)?;
    let found = refreshed.change.added.len().to_string();
    Ok(Reply::see_other(&asked.back_or(Address::list(&name.to_string()).with("found", &found))))
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
