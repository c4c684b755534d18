//! `morgue search --names`: how much there is of each of many names, and the best of it.

use std::path::Path;

use anyhow::{Result, ensure};
use morgue_core::number;

use crate::{archive::Archive, render, search::names};

use super::{
    super::{Outcome, count, output::Output, read_text, today},
    SearchArgs, ensure_index,
};

/// So many hits are given of a name unless asked otherwise.
const LIMIT: usize = 3;

pub(super) fn run(args: &SearchArgs, file: &Path, archive: &Archive, output: &mut Output) -> Result<Outcome> {
    let wanted = names(&read_text(file)?);
    ensure!(!wanted.is_empty(), "{}: there is no name in it; one a line", file.display());
    ensure_index(archive, output)?;
    let request = args.request(archive, LIMIT, args.group.unwrap_or_default());
    let mut writer = render::Names::new(args.format.of_results()?, output.look(), args.context);
    let (mut found, mut unread) = (0, 0);
    archive.names((&wanted, 0), &request, today(), &mut |of| {
        found += usize::from(of.articles > 0);
        if of.problem.is_some() {
            unread += 1;
        }
        Ok(writer.write(of, output.results())?)
    })?;
    writer.finish(output.results())?;
    output.say(format!("{} of {} found", number(found), count(wanted.len(), "name")));
    if unread > 0 {
        output.complain(format!("{} could not be looked for", count(unread, "line")));
        return Ok(Outcome::Failed);
    }
    Ok(Outcome::of(found > 0))
}
