//! BibTeX and BibLaTeX, read with the crate `biblatex`.

use biblatex::{Bibliography, ChunksExt, Entry};

use super::{Error, Reference, State, date_of, given, line_at, ordinals, tags_of};

pub(super) fn read(text: &str) -> Result<Vec<Reference>, Error> {
    // The crate keeps the command; a sign that no text has stands for it meanwhile, so that a note that spells it out is none.
    let text = &text.replace("\\par{}", PARAGRAPH);
    let parsed = Bibliography::parse(text).map_err(|error| Error {
        line: line_at(text, error.span.start),
        reason: format!("no BibTeX: {}", error.kind),
    })?;
    Ok(parsed.iter().map(reference).collect())
}

/// The last sign for private use: nobody's text has it, and the crate does not take it for a space.
const PARAGRAPH: &str = "\u{10fffd}";

fn reference(entry: &Entry) -> Reference {
    let text = |key: &str| entry.get(key).and_then(|it| given(&it.format_verbatim()));
    let date = text("date").and_then(|it| crate::article::Published::from_iso(it.split(['T', '/']).next()?));
    let parts = || date_of(text("year").as_deref(), text("month").as_deref(), text("day").as_deref());
    let people = entry.author().unwrap_or_default();
    let name = |it: &biblatex::Person| {
        let parts = [&it.given_name, &it.prefix, &it.name, &it.suffix];
        parts.into_iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    };
    let people: Vec<String> = people.iter().map(name).collect();
    let key = entry.key.rsplit_once("-").and_then(|(rest, place)| {
        let words = rest.get(rest.len().checked_sub(10)?..)?;
        format!("{words}-{place}").parse().ok()
    });
    // The crate keeps a file's type with its path.
    let path =
        text("file").map(|it| it.trim_start_matches(':').split(":pdf").next().unwrap_or_default().to_owned());
    Reference {
        title: text("title"),
        source: ["journaltitle", "journal", "publisher"].into_iter().find_map(text),
        date: date.or_else(parts),
        byline: given(&people.join(" and ")),
        url: text("url"),
        path: path.map(|it| super::super::markup::decoded(&it)),
        id: text("morgue-article").and_then(|it| it.parse().ok()).or(key),
        note: ["annote", "annotation"]
            .into_iter()
            .find_map(text)
            .unwrap_or_default()
            .split(PARAGRAPH)
            .map(str::trim)
            .collect::<Vec<_>>()
            .join("\n\n"),
        tags: text("keywords").map(|it| tags_of(&it)).unwrap_or_default(),
        state: text("morgue-state").and_then(|it| State::from_name(&it)),
        passages: text("morgue-passages").map(|it| ordinals(&it)).unwrap_or_default(),
    }
}
