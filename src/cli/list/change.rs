//! `morgue list note`, `mark`, `tag`, `move`, `remove`, `sort`, `rename`, `delete`: what people do
//! to lists and their entries.

use std::num::NonZeroUsize;

use anyhow::Result;
use clap::Args;
use morgue_core::number;

use crate::{
    archive::{Archive, ListName},
    list::{Order, State},
};

use super::{
    super::{
        args::{choice, place},
        output::Output,
    },
    Outcome, entries,
};

/// Add a note to an entry, below what is there
#[derive(Args)]
#[command(after_help = "Example: morgue list note harbour 3 'she denies it two years later'")]
pub(super) struct NoteArgs {
    /// The list
    name: String,
    /// The entry
    #[arg(value_name = "ARTICLE")]
    article: String,
    /// The note
    #[arg(required = true)]
    text: Vec<String>,
    /// Put it in the place of the notes there
    #[arg(long)]
    replace: bool,
}

pub(super) fn note(args: &NoteArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let text = args.text.join(" ");
    let which = std::slice::from_ref(&args.article);
    let titles = archive.edit_entries(&ListName::new(&args.name)?, which, |entry| {
        match args.replace {
            true => entry.replace_note(&text),
            false => entry.add_note(&text),
        }
        entry.set_seen();
    })?;
    output.say(format!("noted: {}", titles.concat()));
    Ok(Outcome::Found)
}

/// Say how far you are with entries
#[derive(Args)]
#[command(after_help = "Example: morgue list mark harbour read 1 2 c3f9a1")]
pub(super) struct MarkArgs {
    /// The list
    name: String,
    /// How far
    #[arg(value_parser = choice::<State>())]
    state: State,
    /// The entries
    #[arg(required = true, value_name = "ARTICLE")]
    articles: Vec<String>,
}

pub(super) fn mark(args: &MarkArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let name = ListName::new(&args.name)?;
    let titles = archive.edit_entries(&name, &args.articles, |it| it.set_state(args.state))?;
    output.say(format!("{} marked {}", entries(titles.len()), args.state));
    Ok(Outcome::Found)
}

/// Give an entry tags, or take them away
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue list tag harbour 3 tender lund\n  morgue list tag harbour 3 lund --remove"
)]
pub(super) struct TagArgs {
    /// The list
    name: String,
    /// The entry
    #[arg(value_name = "ARTICLE")]
    article: String,
    /// The tags
    #[arg(required = true, value_name = "TAG")]
    tags: Vec<String>,
    /// Take them away
    #[arg(long)]
    remove: bool,
}

pub(super) fn tag(args: &TagArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let which = std::slice::from_ref(&args.article);
    let titles = archive.edit_entries(&ListName::new(&args.name)?, which, |entry| {
        let mut tags = entry.tags.clone();
        for tag in args.tags.iter().map(|it| it.trim_start_matches('#').to_owned()) {
            tags.retain(|it| *it != tag);
            if !args.remove {
                tags.push(tag);
            }
        }
        entry.set_tags(&tags);
        entry.set_seen();
    })?;
    output.say(format!("tagged: {}", titles.concat()));
    Ok(Outcome::Found)
}

/// Move an entry to another place
#[derive(Args)]
#[command(after_help = "Example: morgue list move harbour c3f9a1 1")]
pub(super) struct MoveArgs {
    /// The list
    name: String,
    /// The entry
    #[arg(value_name = "ARTICLE")]
    article: String,
    /// Its new number
    #[arg(value_name = "NUMBER", value_parser = place)]
    to: NonZeroUsize,
}

pub(super) fn move_entry(args: &MoveArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let title = archive.move_entry(&ListName::new(&args.name)?, &args.article, args.to.get())?;
    output.say(format!("moved: {title}"));
    Ok(Outcome::Found)
}

/// Take entries out; a refresh does not bring them back
#[derive(Args)]
#[command(after_help = "Example: morgue list remove harbour 3 c3f9a1")]
pub(super) struct RemoveArgs {
    /// The list
    name: String,
    /// The entries
    #[arg(required = true, value_name = "ARTICLE")]
    articles: Vec<String>,
}

pub(super) fn remove(args: &RemoveArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let titles = archive.remove_entries(&ListName::new(&args.name)?, &args.articles)?;
    output.say_some(&titles.iter().map(|it| format!("removed: {it}")).collect::<Vec<_>>());
    Ok(Outcome::Found)
}

/// Put the entries into an order
#[derive(Args)]
#[command(after_help = "Example: morgue list sort harbour date")]
pub(super) struct SortArgs {
    /// The list
    name: String,
    /// Which come first
    #[arg(value_parser = choice::<Order>())]
    order: Order,
}

pub(super) fn sort(args: &SortArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let order = args.order;
    archive.sort_list(&ListName::new(&args.name)?, order, None, crate::cli::today())?;
    output.say(format!("sorted by {}", order.name()));
    Ok(Outcome::Found)
}

/// Give a list another name; never that of another list
#[derive(Args)]
#[command(after_help = "Example: morgue list rename harbour harbour-2019")]
pub(super) struct RenameArgs {
    /// The list
    name: String,
    /// Its new name
    #[arg(value_name = "NEW")]
    to: String,
}

pub(super) fn rename(args: &RenameArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let (name, to) = (ListName::new(&args.name)?, ListName::new(&args.to)?);
    archive.rename_list(&name, &to)?;
    output.say(format!("lists/{name}.md is lists/{to}.md now"));
    Ok(Outcome::Found)
}

/// Delete lists with their notes, for good; articles stay
#[derive(Args)]
#[command(after_help = "Example: morgue list delete harbour")]
pub(super) struct DeleteArgs {
    /// The lists
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
}

pub(super) fn delete(args: &DeleteArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let mut names: Vec<ListName> = Vec::new();
    for name in &args.names {
        let name = ListName::new(name)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    for (name, deleted) in names.iter().zip(archive.delete_lists(&names)?) {
        let what = deleted.map_or_else(String::new, |it| {
            let noted =
                if it.noted > 0 { format!(", {} with notes", number(it.noted)) } else { String::new() };
            format!(": {}{noted}", entries(it.entries))
        });
        output.say(format!("lists/{name}.md is deleted{what}"));
    }
    Ok(Outcome::Found)
}
