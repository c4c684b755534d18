//! `morgue show`: one article as indexed.

use anyhow::Result;
use clap::Args;

use crate::{
    archive::{Archive, WhichArticle},
    render::{self, ArticleView},
};

use super::{
    Outcome,
    args::{DialectArgs, FormatArgs},
    output::Output,
};

/// Show one article as indexed, its quotes marked and their speakers named
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue show c3f9a1 --origins\n  morgue show c3f9a1 --explain\n  morgue show c3f9a1 --query 'strike talks'\n  morgue show corpus/voa/islamic-state.txt"
)]
pub(super) struct ShowArgs {
    /// An article's id, the beginning of one, or its path
    article: String,
    /// Where each value of the metadata came from, and which others lost
    #[arg(long)]
    origins: bool,
    /// Why each quote is its speaker's: the rule, the way from what the text says to the name, the confidence
    #[arg(long)]
    explain: bool,
    /// Mark and number what this query finds in it
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    #[command(flatten)]
    dialect: DialectArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &ShowArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let Some(mut shown) = archive.article(&WhichArticle(args.article.clone()))? else {
        output.say(format!("the archive has no article `{}`", args.article));
        return Ok(Outcome::Nothing);
    };
    if args.explain {
        archive.explain(&mut shown)?;
    }
    let mut notes = Vec::new();
    if let Some(query) = &args.query {
        notes = archive.mark(
            &mut shown,
            &args.dialect.query(archive, std::slice::from_ref(query), false),
            super::today(),
        )?;
        let n = shown.marks.iter().map(Vec::len).sum();
        notes.push(super::count(n, "mark"));
    }
    let look = output.look();
    let view = ArticleView { shown: &shown, origins: args.origins };
    render::write(&view, args.format.format, &look, output.results())?;
    notes.iter().for_each(|it| output.say(it));
    Ok(Outcome::Found)
}
