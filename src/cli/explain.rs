//! `morgue explain`: how a query is read.

use anyhow::Result;
use clap::Args;

use crate::{
    archive::{Archive, WhichArticle},
    render::{self, Format},
};

use super::{
    Outcome,
    args::{DialectArgs, FormatArgs},
    output::Output,
};

/// Say how a query is read, and what its words, names and dates stand for in this archive
///
/// The tree of the query in words, as it is run; with `--format json` for programs.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue explain 'speaker:bugti since:30d negotiat*'\n  morgue explain --dialect lexis 'hlead(strike! w/5 dock!)' --format json\n  morgue explain 'strike talks since:2017' --article c3f9a1"
)]
pub(super) struct ExplainArgs {
    /// The query; several words are put together with spaces
    #[arg(required = true)]
    query: Vec<String>,
    /// Why this article is found or is not, clause by clause: its id, the beginning of one, or its path
    #[arg(long, value_name = "ARTICLE")]
    article: Option<String>,
    #[command(flatten)]
    dialect: DialectArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &ExplainArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let format = args.format.format;
    let typed = args.dialect.query(archive, &args.query, false);
    anyhow::ensure!(
        matches!(format, Format::Text | Format::Json | Format::Jsonl),
        "a query is explained as text, json or jsonl, not as {format}"
    );
    let (found, notes) = match &args.article {
        Some(article) => {
            let which = WhichArticle(article.clone());
            let Some(explanation) = archive.explain_article(&typed, &which, super::today())? else {
                output.say(format!("the archive has no article `{article}`"));
                return Ok(Outcome::Nothing);
            };
            render::article_explanation(&explanation, format, output.results())?;
            (explanation.verdict.has_all, explanation.notes)
        }
        None => {
            let explanation = archive.explain_query(&typed, super::today())?;
            render::explanation(&explanation, format, output.results())?;
            (true, explanation.notes)
        }
    };
    for note in &notes {
        output.say(note);
    }
    Ok(Outcome::of(found))
}
