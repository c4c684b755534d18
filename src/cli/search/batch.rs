//! `morgue search --batch`: thousands of queries from one process.

use std::path::Path;

use anyhow::{Result, anyhow, bail};

use crate::{
    archive::{Archive, batch_queries},
    query::Grouping,
    render::{self, Format},
};

use super::{
    super::{Outcome, output::Output, read_text, today},
    LIMIT, SearchArgs, SearchFormat, TrecId, ensure_index,
};

/// A TREC run has so many hits of a query unless asked otherwise.
const TREC_LIMIT: usize = 1000;

pub(super) fn run(args: &SearchArgs, file: &Path, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let (queries, problems) = batch_queries(&read_text(file)?);
    ensure_index(archive, output)?;
    let (mut found, mut failed) = (false, !problems.is_empty());
    for problem in problems {
        output.error(&anyhow!("{}: {problem}", file.display()));
    }
    match args.format {
        SearchFormat::Trec => {
            let request = args.request(archive, TREC_LIMIT, args.group.unwrap_or(Grouping::Article));
            archive.batch_places(&queries, &request, today(), &mut |query, places| {
                let places = match places {
                    Ok(places) => places,
                    Err(error) => {
                        failed = true;
                        output.error(&error);
                        return Ok(());
                    }
                };
                found |= !places.is_empty();
                let by_id = args.trec_id == TrecId::Article;
                Ok(render::trec(&query.id, &places, args.offset, by_id, output.results())?)
            })?;
        }
        SearchFormat::Results(Format::Jsonl) => {
            let request = args.request(archive, LIMIT, args.group.unwrap_or_default());
            archive.batch(&queries, &request, today(), &mut |query, results| {
                let results = match results {
                    Ok(results) => results,
                    Err(error) => {
                        failed = true;
                        output.error(&error);
                        return Ok(());
                    }
                };
                found |= !results.hits.is_empty();
                Ok(render::batch_lines(&query.id, &results, output.results())?)
            })?;
        }
        SearchFormat::Results(_) => {
            bail!("a batch is written with --format trec or --format jsonl");
        }
    }
    Ok(if failed { Outcome::Failed } else { Outcome::of(found) })
}
