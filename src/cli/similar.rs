//! `morgue similar`: other versions of an article, and articles like it.

use anyhow::Result;
use clap::Args;
use morgue_core::{count, number};

use crate::{
    archive::{Archive, WhichArticle},
    render,
    search::{ChangedPart, SimilarRequest},
};

use super::{
    Outcome,
    args::{FormatArgs, choice, ensure_index},
    output::Output,
};

/// Show the other versions of an article with what differs, then articles like it
///
/// Versions are found when the corpus is read: wire stories cut, reordered, retitled or edited. Without an ARTICLE, every story
/// of the archive that is there in several versions.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  morgue similar corpus/voa/2017/06/23-is-foothold.txt\n  morgue similar c3f9 --only quotes,numbers --min-change 2\n  morgue similar"
)]
pub(super) struct SimilarArgs {
    /// An article's id, the beginning of one, or its path
    article: Option<String>,
    /// How many related articles at most
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Only changes of these parts of the copies, related articles aside; with commas between: quotes,numbers
    #[arg(long, value_name = "PART", value_parser = choice::<ChangedPart>(), value_delimiter = ',', requires = "article")]
    only: Vec<ChangedPart>,
    /// Only copies with changes of at least so many words, related articles aside: of a passage the words that differ, of one that
    /// was added or cut all
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, requires = "article")]
    min_change: usize,
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
    let request = SimilarRequest { limit: args.limit, only: args.only.clone(), words_min: args.min_change };
    let Some(results) = archive.similar(&WhichArticle(article.clone()), &request)? else {
        output.say(format!("the archive has no article `{article}`"));
        return Ok(Outcome::Nothing);
    };
    render::write(&results, format, &look, output.results())?;
    let (copies, related) = (results.copies.len(), results.n_related);
    if request.is_narrow() {
        let others = match results.n_alike {
            0 => String::new(),
            n => format!("; {} more without such a change", number(n)),
        };
        output.say(format!("{}{others}", count(copies, "copy")));
        return Ok(Outcome::of(copies > 0));
    }
    let shown = results.related.len();
    let of = if shown < related { format!("{} of ", number(shown)) } else { String::new() };
    output.say(format!("{}, {of}{}", count(copies, "copy"), count(related, "related article")));
    Ok(Outcome::of(copies + related > 0))
}
