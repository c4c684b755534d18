//! `morgue list`: reading lists.

mod change;
mod files;

use anyhow::Result;
use clap::{Args, Subcommand};
use morgue_core::number;

use crate::{
    archive::{Archive, Gather, ListChange, ListName, Refreshed},
    list::Order,
    render,
};

use super::{
    Outcome,
    args::{FormatArgs, choice, ensure_index},
    output::Output,
};

/// Keep reading lists: articles and passages on one matter, in order, with notes
///
/// A list is a Markdown file in the archive's lists/, which you may edit by hand as well. Without a
/// command, all lists are shown with their counts. ARTICLE is an id, the beginning of one or a
/// path; of an article on a list also its number there.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue list new harbour 'harbour dredg* since:2019' --order story\n  morgue list add harbour corpus/post/plan.txt#3\n  morgue list note harbour 3 'call her back'\n  morgue list refresh --all"
)]
pub(super) struct ListArgs {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    format: FormatArgs,
}

#[derive(Subcommand)]
enum Action {
    New(NewArgs),
    Add(AddArgs),
    Show(ShowArgs),
    Note(change::NoteArgs),
    Mark(change::MarkArgs),
    Tag(change::TagArgs),
    Move(change::MoveArgs),
    Remove(change::RemoveArgs),
    Sort(change::SortArgs),
    Rename(change::RenameArgs),
    Delete(change::DeleteArgs),
    Refresh(RefreshArgs),
    Export(files::ListExportArgs),
    Import(files::ListImportArgs),
}

/// Make a list, of what a query finds when one is given; the query is saved for `refresh`
#[derive(Args)]
#[command(
    after_help = "Example: morgue list new harbour 'harbour dredg*' --max 30 --per-source 10 --order story"
)]
struct NewArgs {
    /// The list's name, which is that of its file
    name: String,
    /// The query; several words are put together with spaces
    query: Vec<String>,
    /// What people call it [default: its name]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[command(flatten)]
    gather: GatherArgs,
}

/// Add what a query finds, or articles and passages by name
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue list add harbour --query 'speaker:lund dredg*'\n  morgue list add harbour c3f9a1 corpus/post/plan.txt#3"
)]
struct AddArgs {
    /// The list
    name: String,
    /// Articles; `#3` behind one is its passage 3, as `passage` in the JSON of a search
    #[arg(value_name = "ARTICLE[#PASSAGE]", required_unless_present = "query")]
    articles: Vec<String>,
    /// Add what this query finds; the list's saved query stays
    #[arg(long, short = 'Q', conflicts_with = "articles")]
    query: Option<String>,
    #[command(flatten)]
    gather: GatherArgs,
}

/// How much of what a query finds, and in which order.
#[derive(Args)]
struct GatherArgs {
    /// How many articles at most; the best are taken, the others not offered again
    #[arg(long, value_name = "N")]
    max: Option<usize>,
    /// How many of one source at most
    #[arg(long, value_name = "N")]
    per_source: Option<usize>,
    /// Which come first
    #[arg(long, value_parser = choice::<Order>(), default_value_t, value_name = "ORDER")]
    order: Order,
    /// How many of an article's matching passages are quoted; 0 for none
    #[arg(long, value_name = "N", default_value_t = 1)]
    passages: usize,
}

impl GatherArgs {
    fn gather(&self, query: String) -> Gather {
        Gather {
            query,
            max: self.max,
            per_source: self.per_source,
            order: self.order,
            passages: self.passages,
        }
    }
}

/// Show a list with its notes and passages
#[derive(Args)]
#[command(after_help = "Example: morgue list show harbour")]
struct ShowArgs {
    /// The list
    name: String,
    #[command(flatten)]
    format: FormatArgs,
}

/// Add what the saved query finds since, marked as new, and find moved articles again
///
/// What you removed never comes back. An article that is gone stays on the list, marked as missing.
#[derive(Args)]
#[command(after_help = "Examples:\n  morgue list refresh harbour --dry-run\n  morgue list refresh --all")]
struct RefreshArgs {
    /// The lists
    #[arg(required_unless_present = "all", value_name = "NAME")]
    names: Vec<String>,
    /// Every list
    #[arg(long, conflicts_with = "names")]
    all: bool,
    /// Say what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl ListArgs {
    /// Whether it prints lists to read on a screen, and changes none.
    pub(super) fn pages(&self) -> bool {
        matches!(self.action, None | Some(Action::Show(_) | Action::Export(_)))
    }
}

pub(super) fn run(args: &ListArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let Some(action) = &args.action else { return all(args, archive, output) };
    if !matches!(action, Action::Rename(_) | Action::Delete(_)) {
        ensure_index(archive, output)?;
    }
    match action {
        Action::Rename(args) => change::rename(args, archive, output),
        Action::Delete(args) => change::delete(args, archive, output),
        Action::New(args) => new(args, archive, output),
        Action::Add(args) => add(args, archive, output),
        Action::Show(args) => show(args, archive, output),
        Action::Note(args) => change::note(args, archive, output),
        Action::Mark(args) => change::mark(args, archive, output),
        Action::Tag(args) => change::tag(args, archive, output),
        Action::Move(args) => change::move_entry(args, archive, output),
        Action::Remove(args) => change::remove(args, archive, output),
        Action::Sort(args) => change::sort(args, archive, output),
        Action::Refresh(args) => refresh(args, archive, output),
        Action::Export(args) => files::export(args, archive, output),
        Action::Import(args) => files::import(args, archive, output),
    }
}

/// Every list with its counts. A list that cannot be read is named, and the others are shown all
/// the same.
fn all(args: &ListArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let lists = archive.lists()?;
    let look = output.look();
    render::write(lists.as_slice(), args.format.format, &look, output.results())?;
    for problem in lists.iter().filter_map(|it| it.problem.as_ref()) {
        output.complain(format!("morgue: {problem}"));
    }
    output.say(super::count(lists.len(), "list"));
    Ok(match lists.iter().any(|it| it.problem.is_some()) {
        true => Outcome::Failed,
        false => Outcome::of(!lists.is_empty()),
    })
}

fn new(args: &NewArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let name = ListName::new(&args.name)?;
    let query = args.query.join(" ");
    let gather = (!query.trim().is_empty()).then(|| args.gather.gather(query));
    let change = archive.new_list(&name, args.title.clone(), gather.as_ref(), super::today())?;
    say_change(&change, output);
    output.say(format!("lists/{name}.md is written: {}", entries(change.added.len())));
    Ok(Outcome::of(gather.is_none() || !change.added.is_empty()))
}

fn add(args: &AddArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let name = ListName::new(&args.name)?;
    let change = match &args.query {
        Some(query) => archive.add_found(&name, &args.gather.gather(query.clone()), super::today())?,
        None => {
            let wanted: Vec<_> = args.articles.iter().cloned().map(crate::archive::Wanted).collect();
            archive.add_articles(&name, &wanted)?
        }
    };
    say_added(&change, output);
    Ok(Outcome::of(!change.added.is_empty() || change.known + change.passages + change.versions > 0))
}

/// What came onto a list, and in how many words.
pub(super) fn say_added(change: &ListChange, output: &mut Output) {
    say_change(change, output);
    output.say(summary(change));
}

fn say_change(change: &ListChange, output: &mut Output) {
    for note in &change.notes {
        output.say(note);
    }
}

/// `2 entries added, 1 passage; 3 were there already`.
fn summary(change: &ListChange) -> String {
    let mut parts = vec![format!("{} added", entries(change.added.len()))];
    if change.passages > 0 {
        parts.push(format!("{} added to entries", super::count(change.passages, "passage")));
    }
    if change.versions > 0 {
        parts.push(format!("{} named", super::count(change.versions, "other version")));
    }
    if change.known > 0 {
        parts.push(format!("{} there already", number(change.known)));
    }
    parts.join(", ")
}

fn entries(n: usize) -> String {
    super::count(n, "entry")
}

fn show(args: &ShowArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let dossier = archive.dossier(&ListName::new(&args.name)?)?;
    let look = output.look();
    render::write(&dossier, args.format.format, &look, output.results())?;
    output.say_some(&dossier.notes);
    output.say(entries(dossier.items.len()));
    Ok(Outcome::of(!dossier.items.is_empty()))
}

fn refresh(args: &RefreshArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let names = match args.all {
        true => archive.list_names()?,
        false => args.names.iter().map(|it| ListName::new(it)).collect::<Result<_>>()?,
    };
    let mut failed = false;
    for name in &names {
        match archive.refresh_list(name, !args.dry_run, super::today()) {
            Ok(refreshed) => say_refreshed(name, &refreshed, output)?,
            Err(error) if args.all => {
                failed = true;
                output.error(&error);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(if failed { Outcome::Failed } else { Outcome::Found })
}

/// What a refresh did: its news on standard output, their number on standard error.
pub(super) fn say_refreshed(name: &ListName, refreshed: &Refreshed, output: &mut Output) -> Result<()> {
    let Refreshed { change, moved, changed, missing, back } = refreshed;
    let look = output.look();
    for (what, titles) in
        [("new", &change.added), ("moved", moved), ("changed", changed), ("missing", missing), ("back", back)]
    {
        render::list_news(&name.to_string(), what, titles, &look, output.results())?;
    }
    say_change(change, output);
    let mut parts = vec![format!("{} new", number(change.added.len()))];
    let counts = [
        (moved.len(), "moved"),
        (changed.len(), "changed"),
        (missing.len(), "missing"),
        (back.len(), "back"),
    ];
    parts.extend(counts.into_iter().filter(|it| it.0 > 0).map(|(n, what)| format!("{} {what}", number(n))));
    if change.versions > 0 {
        parts.push(super::count(change.versions, "other version"));
    }
    output.say(format!("{name}: {}", parts.join(", ")));
    Ok(())
}
