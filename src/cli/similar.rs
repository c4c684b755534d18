//! `morgue similar`: other versions of an article, and articles like it.

use anyhow::Result;
use clap::Args;
use morgue_core::{count, number};

use crate::{
    archive::{Archive, WhichArticle},
    render,
};

use super::{
    Outcome,
    args::{FormatArgs, ensure_index},
    output::Output,
};

/// Show the other versions of an article with what differs, then articles like it
///
/// Versions are found when the corpus is read: wire stories cut, reordered, retitled or edited. Without an ARTICLE, every story
/// of the archive that is there in several versions.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue similar corpus/voa/2017/06/23-is-foothold.txt\n  morgue similar c3f9 --format json\n  morgue similar"
)]
pub(super) struct SimilarArgs {
    /// An article's id, the beginning of one, or its path
    article: Option<String>,
    /// How many related articles at most
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &SimilarArgs, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    ensure_index(archive, output)?;
    let (format, look) = (args.format.format, output.look());
    let Some(article) = &args.article else {
        let families = archive.families()?;
        render::write(families.as_slice(), format, &look, output.results())?;
        let n_articles: usize = families.iter().map(Vec::len).sum();
        output.say(match families.len() {
            0 => "no article has a copy".to_owned(),
            n => format!("{} in {}", count(n, "story"), count(n_articles, "version")),
        });
        return Ok(Outcome::of(!families.is_empty()));
    };
    let Some(results) = archive.similar(&WhichArticle(article.clone()), args.limit)? else {
        output.say(format!("the archive has no article `{article}`"));
        return Ok(Outcome::Nothing);
    };
    render::write(&results, format, &look, output.results())?;
    let (copies, related) = (results.copies.len(), results.n_related);
    let shown = results.related.len();
    let of = if shown < related { format!("{} of ", number(shown)) } else { String::new() };
    output.say(format!("{}, {of}{}", count(copies, "copy"), count(related, "related article")));
    Ok(Outcome::of(copies + related > 0))
}
