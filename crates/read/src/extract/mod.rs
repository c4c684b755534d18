//! Turns a raw document into an article: its metadata with origins, and its passages without
//! clutter.
//!
//! In: blocks and fields as the format has them, and what stands beside the file (sidecar, path
//! template, defaults). Out: an article, or nothing when no passage is left. Never fails, and never
//! guesses what nobody gave: not from the clock, not from the time of a file. One rule of the
//! metadata a file; [`extract`] is their order.

mod byline;
mod clutter;
mod correction;
mod date;
mod dateline;
mod editors_code;
mod file_day;
mod headline;
mod language;
mod lexicon;
mod line;
mod lines;
mod passages;
mod place_name;
mod printed;
mod section;
mod shape;
pub mod sidecar;
mod source;
pub mod template;
pub mod template_hint;
pub use language::language_of;
mod url;
mod weigh;
mod date_tokens;
mod written_date;
mod written_time;
mod zone;

use std::collections::BTreeMap;

use crate::read::{BlockKind, RawDocument};
use dateline::{Dateline, DatelineDate};
use line::Line;
use morgue_core::article::{Article, ArticlePlace, Field, FieldName, Metadata, Trust};

/// What is known of a document from outside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// Values of the sidecars, the file's own before its folder's.
    pub sidecar: Vec<Field>,
    /// Values of the path templates that fit the file's path.
    pub path: Vec<Field>,
    /// Defaults of the settings.
    pub defaults: Vec<Field>,
    /// Names of outlets by their hosts and short names.
    pub sources: BTreeMap<String, String>,
}

/// Why a value that somebody wrote down for a field is none; `None` where it can be read, or any text
/// will do.
pub fn wrong_value(field: FieldName, value: &str) -> Option<String> {
    match field {
        FieldName::Date if written_date::read_date(value).is_none() => {
            Some(format!("`{value}` is no date, as `2017-06-23` or `2017` is"))
        }
        FieldName::Language if language::read_language(value).is_none() => {
            Some(format!("`{value}` is no language, as `en` or `Spanish` is"))
        }
        _ => None,
    }
}

/// Makes an article of a raw document; `None` when there is no passage in it.
///
/// Values are weighed by trust: sidecar, the file's structured metadata, its text, its path,
/// defaults. The losers stay listed with the winner, and values that cannot be understood are never
/// lost.
pub fn extract(raw: RawDocument, place: ArticlePlace, context: &Context) -> Option<Article> {
    let name = raw.name;
    let printed = printed::printed(&raw.beside, &raw.fields);
    let bylines = lines::bylines_beside(&raw.beside);
    let lines::Sorted { lines, found } = lines::sort_out(raw.blocks, &raw.fields);
    let mut fields = context.sidecar.clone();
    fields.extend(raw.fields);
    fields.extend(found);
    fields.extend(bylines);
    let known = |it: &Field| fields.iter().any(|known| known.name == it.name && known.value == it.value);
    let days: Vec<Field> =
        printed.iter().filter_map(printed::Printed::field).filter(|it| !known(it)).collect();
    fields.extend(days);
    fields.extend(context.path.iter().cloned());
    fields.extend(context.defaults.iter().cloned());
    fields.extend(byline::days(&fields));
    // A template that reads a day has read the path.
    let read_by_template = context.path.iter().any(|it| written_date::is_day(&it.value));
    let names_the_article = !raw.among_records && !read_by_template;
    fields.extend(file_day::of_path(&place.path).filter(|_| names_the_article));
    fields.extend(correction::of_lines(&lines));
    let from_line = headline_of_lines(&lines, &fields, &place.path);
    fields.extend(from_line.iter().map(|(_, field)| field.clone()));

    let mut metadata = Metadata::default();
    let rejected = &mut metadata.rejected;
    metadata.headline = headline::headline(&fields).resolve(rejected);
    let headline = metadata.headline.as_ref();
    let origin = from_line.iter().find(|(_, field)| headline.is_some_and(|it| it.origin == field.origin));
    let dateline = dateline::find(&fields, &lines);
    let passages =
        passages::passages(lines, headline.map(|it| it.value.as_str()), origin.map(|(line, _)| *line));

    fields.extend(dateline.iter().flat_map(|(it, place)| fields_of_dateline(it, place)));
    metadata.url = url::url(&fields).resolve(rejected);
    if let Some(url) = &metadata.url {
        fields.extend(url::date_of_address(&url.value));
        fields.extend(source::of_address(&url.value));
    }
    fields.extend(source::of_titles(&fields));
    let sources = source::source(&fields, &context.sources);
    let best = source::best(&sources);
    metadata.source = sources.resolve_as(best, rejected);
    let day = dateline.as_ref().and_then(|(it, place)| Some((it.date?, place.as_str())));
    metadata.date = date::date(&fields, &printed, day, rejected);
    metadata.byline = byline::byline(&fields, rejected);
    metadata.correction = correction::correction(&fields).resolve(rejected);
    metadata.place = dateline::place(&fields).resolve(rejected);
    metadata.section = section::section(&fields).resolve(rejected);
    metadata.language = language::choose(fields, language::detect(&passages), rejected);
    Article::new(place, metadata, passages).map(|it| it.named(name))
}

/// The lines that may be the headline, as fields, with their indexes: headings of the first rank,
/// or the first line.
fn headline_of_lines(lines: &[Line], fields: &[Field], path: &str) -> Vec<(usize, Field)> {
    let field = |(idx, line): (usize, &Line), rule: &str| {
        (idx, Field::new(FieldName::Headline, &line.text, Trust::Text, rule, &line.place))
    };
    let titles: Vec<(usize, Field)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.kind == BlockKind::Heading(1))
        .take(3)
        .map(|it| field(it, "heading 1"))
        .collect();
    let given =
        fields.iter().any(|it| it.name == FieldName::Headline && it.origin.trust <= Trust::Structured);
    if given || !titles.is_empty() {
        return titles;
    }
    // A line above the headline (the name of a section, a slogan) is no headline itself: the second
    // line may be.
    for (idx, line) in lines.iter().enumerate().take(2).filter(|(_, it)| it.kind != BlockKind::Caption) {
        let after = lines[idx + 1..].iter().map(|it| it.text.as_str());
        if correction::is_correction(lines, idx) || editors_code::is_code(&line.text) {
            continue;
        }
        if let Some(rule) = headline::first_line_rule(&line.text, after, path) {
            return vec![field((idx, line), rule)];
        }
        if shape::count_words(&line.text) > 4 {
            break;
        }
    }
    Vec::new()
}

/// What a dateline says of place, day and, when no other outlet is known, source.
fn fields_of_dateline(dateline: &Dateline, place: &str) -> Vec<Field> {
    let field = |name, value: &str, trust| Field::new(name, value, trust, "dateline", place);
    let mut fields = vec![field(FieldName::Place, &dateline.place, Trust::Text)];
    if let Some(DatelineDate::Full(date)) = dateline.date {
        fields.push(field(FieldName::Date, &date.to_string(), Trust::Text));
    }
    fields.extend(dateline.agency.iter().map(|it| field(FieldName::Source, it, Trust::Default)));
    fields
}
