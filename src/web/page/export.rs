//! `/export`: a result, or what was chosen of it, as a file that other programs read.

use std::{io, sync::Arc};

use axum::http::header;
use jiff::Timestamp;

use crate::{
    archive::{Archive, Dossier, RequestRow, Wanted},
    query::{Grouping, Order},
    render::{self, EXPORT_HITS_MAX, ExportFormat, ExportOptions, Scope, Text},
    search::{SearchRequest, Selection},
    web::{
        asked::Asked,
        params::{Param, Takes},
        problem::Problem,
        reply::{Body, Form, Reply},
        route::{Route, Verb},
    },
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[
    Route {
        path: "/lists/{name}/export",
        verb: Verb::Get,
        forms: &[Form::Page],
        params: &[TO, STYLE],
        about: "A reading list, as `morgue list export` writes it.",
        answer: list,
        schema: None,
        examples: &[],
    },
    Route {
        path: "/export",
        verb: Verb::Get,
        forms: &[Form::Page],
        params: PARAMS,
        about: "All results of a query, or articles by name, as `morgue search --export` writes them.",
        answer: export,
        schema: None,
        examples: &[],
    },
];

const TO: Param = Param::new("to", Takes::Choice(formats), "The format.");
const STYLE: Param = Param::new(
    "style",
    Takes::Choice(|| vec!["passages", "full"]),
    "Whether whole articles are exported, where the format carries text; EPUB has them anyway.",
);

const PARAMS: &[Param] = &[
    Param::query("The query; all that it finds is exported."),
    Param::new(
        "article",
        Takes::Texts(256),
        "Rather than what a query finds: an article by its id, and perhaps `#` and a passage.",
    ),
    TO,
    STYLE,
    Param::new(
        "sort",
        Takes::Choice(|| Order::ALL.iter().map(|it| it.name()).collect()),
        "Which results come first.",
    ),
    Param::new(
        "group",
        Takes::Choice(|| Grouping::ALL.iter().map(|it| it.name()).collect()),
        "What one result is.",
    ),
    Param::new("fold", Takes::Flag, "0 to give what several versions of a story have several times."),
    Param::new("expand", Takes::Flag, "1 to look for related words too."),
    Param::new("any", Takes::Flag, "1 for any of the words rather than all."),
];

fn formats() -> Vec<&'static str> {
    ExportFormat::ALL.iter().map(|it| it.name()).collect()
}

fn export(asked: &Asked) -> Result<Reply, Problem> {
    let params = &asked.params;
    let (format, text) = wish(asked);
    let wanted: Vec<Wanted> = params.texts("article").map(|it| Wanted(it.to_owned())).collect();
    let (name, body) = if wanted.is_empty() {
        (file_name(params.text("q")), Body::Stream(all_of(asked, format, text)?))
    } else {
        ("chosen".to_owned(), Body::Whole(chosen(asked, &wanted, format, text)?))
    };
    Ok(attachment(&name, format, body))
}

/// The format that is asked for, and whether whole articles are.
fn wish(asked: &Asked) -> (ExportFormat, Text) {
    let format = ExportFormat::from_name(asked.params.text("to")).unwrap_or(ExportFormat::Markdown);
    let text = match (asked.params.text("style"), format) {
        ("full", _) | ("", ExportFormat::Epub) => Text::Full,
        _ => Text::Passages,
    };
    (format, text)
}

fn attachment(name: &str, format: ExportFormat, body: Body) -> Reply {
    let reply = Reply { body, ..Reply::bytes(format.media_type(), Vec::new()) };
    let name = format!("attachment; filename=\"{name}.{}\"", format.extension());
    reply.with(header::CONTENT_DISPOSITION, name)
}

/// The reading list that the path names.
fn list(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    let (format, text) = wish(asked);
    let body = written(&asked.archive.dossier(&name)?, format, text, None)?;
    Ok(attachment(&file_name(&name.to_string()), format, Body::Whole(body)))
}

fn written(
    dossier: &Dossier,
    format: ExportFormat,
    text: Text,
    scope: Option<&Scope>,
) -> anyhow::Result<Vec<u8>> {
    let options =
        ExportOptions { text, made: Timestamp::now(), to_archive: String::new(), receipt: None, scope };
    let mut body = Vec::new();
    render::export(dossier, format, &options, &mut body)?;
    Ok(body)
}

/// The articles that are named, with the passages that are.
fn chosen(asked: &Asked, wanted: &[Wanted], format: ExportFormat, text: Text) -> Result<Vec<u8>, Problem> {
    let dossier = asked.archive.dossier_of_articles(wanted, "Chosen articles", asked.today)?;
    Ok(written(&dossier, format, text, None)?)
}

/// All that the query finds. What is wrong with the query is told at once; the export, which may
/// take longer than a page may, is made while it is sent.
fn all_of(asked: &Asked, format: ExportFormat, text: Text) -> Result<crate::web::reply::Stream, Problem> {
    let params = &asked.params;
    let selection = Selection {
        limit: 1,
        offset: 0,
        order: Order::from_name(params.text("sort")).unwrap_or_default(),
        grouping: Grouping::from_name(params.text("group")).unwrap_or_default(),
        fold: params.text("fold") != "0",
    };
    let query = asked.query("q");
    let mut request = SearchRequest { query, expand: params.flag("expand"), selection, context: 0 };
    asked.archive.search(&request, asked.today)?;
    request.selection.limit = EXPORT_HITS_MAX;
    let (archive, today) = (Arc::clone(&asked.archive), asked.today);
    Ok(Box::new(move |out| {
        let body = made(&archive, &request, today, format, text).map_err(io::Error::other)?;
        out.write_all(&body)
    }))
}

fn made(
    archive: &Archive,
    request: &SearchRequest,
    today: jiff::civil::Date,
    format: ExportFormat,
    text: Text,
) -> anyhow::Result<Vec<u8>> {
    let results = archive.search(request, today)?;
    let dossier = archive.dossier_of(&results, &request.query.text, request.selection.fold, today)?;
    let scope = Scope {
        extent: results.extent(&request.selection),
        read_as: RequestRow::for_search(request, today).reading(),
        relaxed: results.relaxed,
        archive: archive.state()?,
        timeline: None,
        of_quotes: false,
    };
    written(&dossier, format, text, Some(&scope))
}

/// What a format is called where it is offered.
pub(super) fn label(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Markdown => "Markdown",
        ExportFormat::Html => "Web page",
        ExportFormat::Epub => "E-book (EPUB)",
        ExportFormat::CslJson => "Zotero, pandoc (CSL)",
        ExportFormat::Bibtex => "BibTeX",
        ExportFormat::Ris => "RIS",
        ExportFormat::Csv => "Table (CSV)",
        ExportFormat::Json => "Everything (JSON)",
        ExportFormat::Bookmarks => "Bookmarks",
        ExportFormat::Opml => "Outline (OPML)",
        ExportFormat::JsonFeed => "JSON Feed",
        ExportFormat::Atom => "Atom feed",
    }
}

/// The query as the name of a file.
fn file_name(query: &str) -> String {
    let words = query.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let mut name = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    name.truncate(40);
    if name.is_empty() { "search".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_what_was_asked_for() {
        for (query, name) in [
            ("siren since:2012 -source:\"The Lobby Door\"", "siren-since-2012-source-the-lobby-door"),
            ("../../etc\r\npasswd\"", "etc-passwd"),
            ("уголь", "search"),
        ] {
            assert_eq!(file_name(query), name);
        }
    }
}
