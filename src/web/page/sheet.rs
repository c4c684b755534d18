//! `/people/{name}/export`: the quotes of a person as a quote sheet, to print or hand over.

use axum::http::header;
use jiff::Timestamp;

use super::{
    person,
    receipts::{self, RECEIPT},
};
use crate::{
    archive::{RequestRow, hits_of_quotes},
    attribute::people::Person,
    query::Order,
    render::{self, ExportOptions, Scope, SheetFormat, Text},
    search::QuotesRequest,
    web::{
        asked::Asked,
        params::{Param, Takes},
        problem::Problem,
        reply::{Form, Reply},
        route::{Route, Verb},
    },
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[Route {
    path: "/people/{name}/export",
    verb: Verb::Get,
    forms: &[Form::Page],
    params: PARAMS,
    about: "Every quote of a person as a quote sheet, as `morgue quotes --export` writes it.",
    answer: sheet,
    schema: None,
    examples: &[],
}];

const PARAMS: &[Param] = &[
    Param::query("Only quotes that match this query."),
    person::KIND,
    Param::new("sort", Takes::Choice(person::orders), "Which come first; the oldest where nothing is said."),
    person::FOLD,
    person::ALL,
    person::EXACTLY,
    person::ALL_STANCES,
    Param::new("to", Takes::Choice(formats), "The format."),
    RECEIPT,
];

fn formats() -> Vec<&'static str> {
    SheetFormat::ALL.iter().map(|it| it.name()).collect()
}

fn sheet(asked: &Asked) -> Result<Reply, Problem> {
    let mut request: QuotesRequest = person::request(asked, 0, usize::MAX);
    request.selection.order = Order::from_name(asked.params.text("sort")).unwrap_or(Order::Oldest);
    let results = asked.archive.quotes(&request, asked.today)?;
    if results.speakers.is_empty() {
        return Err(Problem::not_found(format!("nobody called `{}` is quoted", request.name)));
    }
    let names: Vec<String> = results.speakers.iter().map(Person::full_name).collect();
    let scope = Scope {
        extent: results.extent(0),
        read_as: RequestRow::for_quotes(&request, asked.today).reading(),
        relaxed: None,
        archive: asked.archive.state()?,
        timeline: None,
        of_quotes: true,
    };
    let receipt = receipts::wanted(asked, || {
        (RequestRow::for_quotes(&request, asked.today), hits_of_quotes(&results))
    })?;
    let options = ExportOptions {
        text: Text::Passages,
        made: Timestamp::now(),
        to_archive: String::new(),
        receipt: receipt.as_ref(),
        scope: Some(&scope),
    };
    let format = SheetFormat::from_name(asked.params.text("to")).unwrap_or(SheetFormat::Html);
    let mut body = Vec::new();
    render::quote_sheet(&format!("Quotes of {}", names.join(", ")), &results, format, &options, &mut body)
        .map_err(anyhow::Error::from)?;
    let (media_type, extension) = match format {
        SheetFormat::Html | SheetFormat::DocxHtml => ("text/html; charset=utf-8", "html"),
        SheetFormat::Markdown => ("text/markdown; charset=utf-8", "md"),
        SheetFormat::Csv => ("text/csv; charset=utf-8", "csv"),
    };
    // It is saved and never shown as a page of this server: its words are the corpus's.
    let name = format!("attachment; filename=\"quotes.{extension}\"");
    let reply = Reply::bytes(media_type, body).with(header::CONTENT_DISPOSITION, name);
    Ok(receipts::carried(asked, reply, receipt.as_ref()))
}
