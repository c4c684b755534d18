//! `/export`: a result, or what was chosen of it, as a file that other programs read.

use std::{
    io::{self, Write},
    sync::Arc,
};

use axum::http::header;
use jiff::Timestamp;

use super::receipts::{self, RECEIPT};
use crate::{
    archive::{Archive, Dossier, HitRow, Receipt, RequestRow, Wanted, hits_of_dossier, hits_of_search},
    query::{Grouping, Order},
    render::{self, EXPORT_HITS_MAX, ExportFormat, ExportOptions, Scope, Text},
    search::{SearchRequest, Selection},
    web::{
        asked::Asked,
        params::{Param, Takes},
        problem::{Problem, ProblemKind},
        reply::{Body, Form, Reply, Stream},
        route::{Route, Verb},
    },
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[
    Route {
        path: "/lists/{name}/export",
        verb: Verb::Get,
        forms: &[Form::Page],
        params: &[TO, STYLE, RECEIPT],
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
    RECEIPT,
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
    if wanted.is_empty() {
        return all_of(asked, format, text);
    }
    if params.flag(RECEIPT.name) {
        let detail = "a receipt is of a query, and articles by name are none";
        return Err(Problem::new(ProblemKind::BadParameter, detail));
    }
    let dossier = asked.archive.dossier_of_articles(&wanted, "Chosen articles", asked.today)?;
    Ok(attachment("chosen", format, written(&dossier, format, text, (None, None))?))
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
    let dossier = asked.archive.dossier(&name)?;
    let receipt = receipts::wanted(asked, || {
        (RequestRow::for_list(&name, &dossier, asked.today), hits_of_dossier(&dossier))
    })?;
    let body = written(&dossier, format, text, (None, receipt.as_ref()))?;
    let reply = attachment(&file_name(&name.to_string()), format, body);
    Ok(receipts::carried(asked, reply, receipt.as_ref()))
}

/// An export as a body, with how much of all it has and its receipt.
fn written(
    dossier: &Dossier,
    format: ExportFormat,
    text: Text,
    about: (Option<&Scope>, Option<&Receipt>),
) -> anyhow::Result<Body> {
    let mut body = Vec::new();
    write(dossier, format, text, about, &mut body)?;
    Ok(Body::Whole(body.into()))
}

fn write(
    dossier: &Dossier,
    format: ExportFormat,
    text: Text,
    (scope, receipt): (Option<&Scope>, Option<&Receipt>),
    out: &mut dyn Write,
) -> io::Result<()> {
    let options = ExportOptions { text, made: Timestamp::now(), to_archive: String::new(), receipt, scope };
    render::export(dossier, format, &options, out)
}

/// All that the query finds. What is wrong with the query is told at once; the export, which may
/// take longer than a page may, is made while it is sent. With a receipt it is made before, since
/// the id of that is told first.
fn all_of(asked: &Asked, format: ExportFormat, text: Text) -> Result<Reply, Problem> {
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
    let name = file_name(params.text("q"));
    if receipts::is_wanted(asked) {
        let (dossier, scope, hits) = found(&archive, &request, today)?;
        let receipt = receipts::receipt(asked, RequestRow::for_search(&request, today), hits)?;
        let body = written(&dossier, format, text, (Some(&scope), Some(&receipt)))?;
        return Ok(receipts::carried(asked, attachment(&name, format, body), Some(&receipt)));
    }
    let stream: Stream = Box::new(move |out| {
        let (dossier, scope, _) = found(&archive, &request, today).map_err(io::Error::other)?;
        write(&dossier, format, text, (Some(&scope), None), out)
    });
    Ok(attachment(&name, format, Body::Stream(stream)))
}

/// What is found, how much of all that is, and the same for a receipt.
fn found(
    archive: &Archive,
    request: &SearchRequest,
    today: jiff::civil::Date,
) -> anyhow::Result<(Dossier, Scope, Vec<HitRow>)> {
    let results = archive.search(request, today)?;
    let hits = hits_of_search(&results);
    let dossier = archive.dossier_of(&results, &request.query.text, request.selection.fold, today)?;
    let scope = Scope {
        extent: results.extent(&request.selection),
        read_as: RequestRow::for_search(request, today).reading(),
        relaxed: results.relaxed,
        archive: archive.state()?,
        timeline: None,
        of_quotes: false,
    };
    Ok((dossier, scope, hits))
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
