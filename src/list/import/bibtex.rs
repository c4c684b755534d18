//! BibTeX and BibLaTeX, read with the crate `biblatex`.
//!
//! What the crate would follow without end is kept from it: nesting, abbreviations made of
//! abbreviations, `crossref`.

use std::collections::HashMap;

use biblatex::{Bibliography, ChunksExt, Entry, Field, ParseError, RawBibliography, RawChunk, Spanned};

use super::{Error, Reference, State, blocks_of, date_of, given, line_at, tags_of, versions_of};

/// The fields that are read. Others, as long abstracts, may hold what they like.
const FIELDS: [&str; 19] = [
    "title",
    "author",
    "journaltitle",
    "journal",
    "publisher",
    "date",
    "year",
    "month",
    "day",
    "url",
    "file",
    "keywords",
    "annote",
    "annotation",
    "morgue-article",
    "morgue-state",
    "morgue-byline",
    "morgue-also",
    "morgue-list",
];

/// The crate follows braces by calling itself; real files have three or four.
const BRACES_DEEP_MAX: usize = 100;

/// So much text may all abbreviations and all their uses have.
const ABBREVIATED_BYTES_MAX: usize = 8 << 20;

pub(super) fn read(text: &str) -> Result<Vec<Reference>, Error> {
    // The crate keeps the commands; signs that no text has stand for them meanwhile, so that a note
    // that spells one out has none.
    let text = &text
        .replace("\\par{}", PARAGRAPH)
        .replace("\\newline{}", NEW_LINE)
        .replace("\\nobreakspace{}", FIRM_SPACE);
    check_depth(text)?;
    let wrong = |error: ParseError| Error {
        line: line_at(text, error.span.start),
        reason: format!("no BibTeX: {}", error.kind),
    };
    let mut raw = RawBibliography::parse(text).map_err(wrong)?;
    // Two entries of one key are two articles all the same.
    let keys: Vec<String> =
        raw.entries.iter().enumerate().map(|(n, it)| format!("{n} {}", it.v.key.v)).collect();
    for (entry, key) in raw.entries.iter_mut().zip(&keys) {
        entry.v.key.v = key;
        entry.v.fields.retain(|it| FIELDS.iter().any(|known| it.key.v.eq_ignore_ascii_case(known)));
    }
    spell_out(&mut raw).map_err(|(at, reason)| Error { line: line_at(text, at), reason })?;
    let parsed = Bibliography::from_raw(raw).map_err(wrong)?;
    Ok(parsed.iter().map(reference).collect())
}

fn check_depth(text: &str) -> Result<(), Error> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > BRACES_DEEP_MAX {
            let reason = format!("no BibTeX: braces stand more than {BRACES_DEEP_MAX} deep in each other");
            return Err(Error { line: line_at(text, at), reason });
        }
    }
    Ok(())
}

/// Puts the text of abbreviations in their place. As in BibTeX one is made only of those defined
/// before it. Fails with the place and a reason.
fn spell_out(raw: &mut RawBibliography<'_>) -> Result<(), (usize, String)> {
    let mut spelled: HashMap<String, Field<'_>> = HashMap::new();
    let mut left = ABBREVIATED_BYTES_MAX;
    for pair in &raw.abbreviations {
        let value = spell(&pair.value.v, &spelled, &mut left)?;
        spelled.insert(pair.key.v.to_ascii_lowercase(), value);
    }
    raw.abbreviations.clear();
    for pair in raw.entries.iter_mut().flat_map(|it| &mut it.v.fields) {
        pair.value.v = spell(&pair.value.v, &spelled, &mut left)?;
    }
    Ok(())
}

/// A value with its abbreviations spelled out; those that are not defined stay, for the crate knows
/// the months.
fn spell<'s>(
    value: &Field<'s>,
    spelled: &HashMap<String, Field<'s>>,
    left: &mut usize,
) -> Result<Field<'s>, (usize, String)> {
    let mut out: Field<'s> = Vec::new();
    for chunk in value {
        let known = match chunk.v {
            RawChunk::Abbreviation(name) => spelled.get(&name.to_ascii_lowercase()),
            RawChunk::Normal(_) => None,
        };
        let Some(known) = known else {
            out.push(chunk.clone());
            continue;
        };
        let bytes = |it: &Spanned<RawChunk<'_>>| match it.v {
            RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text.len() + 1,
        };
        *left = left.checked_sub(known.iter().map(bytes).sum()).ok_or_else(|| {
            (
                chunk.span.start,
                format!("abbreviations stand for more than {} MiB", ABBREVIATED_BYTES_MAX >> 20),
            )
        })?;
        out.extend(known.iter().cloned());
    }
    Ok(out)
}

/// The last signs for private use: nobody's text has them, and the crate does not take them for
/// spaces.
const PARAGRAPH: &str = "\u{10fffd}";
const NEW_LINE: &str = "\u{10fffc}";
const FIRM_SPACE: &str = "\u{10fffb}";

/// A text of several lines.
fn lines(text: &str) -> String {
    let lines = text.replace(PARAGRAPH, "\n\n").replace(NEW_LINE, "\n");
    // The space behind a command is the command's.
    lines.replace("\n ", "\n")
}

fn reference(entry: &Entry) -> Reference {
    let text =
        |key: &str| entry.get(key).and_then(|it| given(&it.format_verbatim().replace(FIRM_SPACE, "\u{a0}")));
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
    let list = text("morgue-list");
    let note = ["annote", "annotation"].into_iter().find_map(text).map(|it| lines(&it)).unwrap_or_default();
    Reference {
        title: text("title"),
        source: ["journaltitle", "journal", "publisher"].into_iter().find_map(text),
        date: date.or_else(parts),
        byline: text("morgue-byline").or_else(|| given(&people.join(" and "))),
        url: text("url"),
        path: path.map(|it| super::super::markup::decoded(&it)),
        id: text("morgue-article").and_then(|it| it.parse().ok()).or(key),
        blocks: blocks_of(&note, list.as_ref()),
        tags: text("keywords").map(|it| tags_of(&it, list.as_ref())).unwrap_or_default(),
        state: text("morgue-state").and_then(|it| State::from_name(&it)),
        versions: text("morgue-also").map(|it| versions_of(&lines(&it))).unwrap_or_default(),
        list,
    }
}
