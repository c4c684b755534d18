//! The results of a search as data: one document, a document a line, or a table.

use std::{io, sync::Arc};

use axum::http::header;

use super::wish::Wish;
use crate::{
    archive::{Receipt, RequestRow, hit_of_search, hits_of_search},
    query::parse_as,
    render::{self, HitsCsv, Row, object},
    search::{CountsResults, Results, SearchRequest},
    web::{
        address::Address,
        asked::Asked,
        page::receipts,
        problem::{Problem, ProblemKind},
        reply::{Form, Reply},
    },
};

/// What was found, with what was asked for.
pub(super) struct Found<'a> {
    pub(super) wish: &'a Wish<'a>,
    pub(super) results: &'a Results,
    pub(super) counts: &'a CountsResults,
    pub(super) receipt: Option<&'a Receipt>,
}

impl Found<'_> {
    fn next(&self) -> Option<Address> {
        let next = self.wish.next(self.results.hits.len(), self.results.total)?;
        Some(self.wish.at(next))
    }
}

/// Answers with data.
pub(super) fn answer(wish: &Wish<'_>) -> Result<Reply, Problem> {
    let asked = wish.asked;
    if let Some(name) = wish.counted().filter(|_| asked.form != Form::Json) {
        let detail = format!("rows of hits hold no counts; `{name}` is answered by `/search.json`");
        return Err(Problem::new(ProblemKind::BadParameter, detail));
    }
    if asked.form != Form::Json
        && asked.params.text("size").is_empty()
        && asked.params.text("after").is_empty()
    {
        return whole(wish);
    }
    let (results, counts) = asked.archive.search_with_counts(&wish.request, &wish.counts, asked.today)?;
    let receipt = receipts::wanted(asked, || {
        (RequestRow::for_search(&wish.request, asked.today), hits_of_search(&results))
    })?;
    let receipt = receipt.as_ref();
    let found = Found { wish, results: &results, counts: &counts, receipt };
    let reply = match asked.form {
        Form::Json | Form::Page => Reply::json(&document(&found)),
        Form::Lines => Reply::lines_with(render::hit_rows(&results), asked.generation, receipt),
        Form::Csv => Reply::csv(render::Render::table(&results)),
    };
    let reply = receipts::carried(asked, reply, receipt);
    Ok(match found.next() {
        Some(next) => reply.with(header::LINK, format!("<{}>; rel=\"next\"", asked.absolute(&next))),
        None => reply,
    })
}

/// The document of `/search.json`.
pub(super) fn document<'a>(found: &'a Found<'a>) -> impl Row + 'a {
    let Found { wish, results, counts, receipt } = found;
    let cursor = wish.next(results.hits.len(), results.total).map(|it| wish.cursor(it));
    object! {
        query: wish.query(),
        /// The query in morgue's own language, with everything that was left out.
        read_as: read_as(wish),
        total: object! {
            /// How many results there are to page through; copies further on are counted.
            results: results.total,
            /// Passages that match, those of every copy.
            passages: counts.passages,
            /// Articles that match, every copy.
            articles: counts.articles,
            /// How many of the results are articles that have all words in different passages.
            apart: results.apart,
            /// How many more are folded as copies, up to the end of this page.
            folded: results.folded,
            /// Whether `results` is exact: nothing is folded, or this is the last page.
            exact: !wish.request.selection.fold || cursor.is_none(),
        },
        /// What one should know of how the query was read, a sentence each.
        notes: wish.asked.said(&results.notes),
        /// That nothing has all of the query, a sentence.
        relaxed: &results.relaxed,
        /// As `morgue search --format json`.
        hits: render::hit_rows(results).collect::<Vec<_>>(),
        /// Counts of articles, of the fields in `facets`.
        facets: render::value_rows(counts).collect::<Vec<_>>(),
        /// Counts over time, with `timeline=1`.
        timeline: render::bar_rows(counts),
        /// What `after` is for the next page.
        next: cursor,
        /// The next page.
        next_url: found.next().map(|it| wish.asked.absolute(&it)),
        generation: wish.asked.generation,
        /// Whether the index is another than that of the page before.
        index_changed: wish.index_changed,
        /// What was asked and found, to run again by `POST /replay`; with `receipt=1`.
        receipt: *receipt,
    }
}

/// A query in morgue's own language; `None` if it cannot be read.
fn read_as(wish: &Wish<'_>) -> Option<String> {
    let typed = &wish.request.query;
    parse_as(&typed.text, typed.dialect).ok().map(|it| it.to_string())
}

/// All results, written as they are read. Of a receipt the id stands before the first of them, so
/// they are found twice.
fn whole(wish: &Wish<'_>) -> Result<Reply, Problem> {
    let asked = wish.asked;
    let Asked { archive, today, generation, form, .. } = asked;
    let (archive, today, generation) = (Arc::clone(archive), *today, *generation);
    let mut request = wish.request.clone();
    // What is wrong with the query is told before the first line; so is that nothing has all of it.
    request.selection.limit = 1;
    let relaxed = archive.search(&request, today)?.relaxed.is_some();
    request.selection.limit = usize::MAX;
    let mut receipt = None;
    if receipts::is_wanted(asked) {
        let mut hits = Vec::new();
        archive.each_hit(&request, today, |_, hit| {
            hits.push(hit_of_search(hit));
            Ok(())
        })?;
        receipt = Some(receipts::receipt(asked, RequestRow::for_search(&request, today), hits)?);
    }
    let told = receipt.clone();
    let reply = match form {
        Form::Csv => Reply::stream_of_csv(Box::new(move |out| {
            let mut table = HitsCsv::new(request.context, out)?;
            let write = |extent, hit: &_| Ok(table.write(hit, extent)?);
            archive.each_hit(&request, today, write).map_err(io::Error::other)?;
            table.finish()
        })),
        Form::Page | Form::Json | Form::Lines => Reply::stream_of_lines(Box::new(move |out| {
            let mut count = 0;
            let SearchRequest { context, .. } = request;
            let write = |_, hit: &_| {
                count += 1;
                Ok(render::json_lines([render::hit_row(hit, context, relaxed)], out)?)
            };
            archive.each_hit(&request, today, write).map_err(io::Error::other)?;
            Reply::end_of_lines(count, (generation, receipt.as_ref()), out)
        })),
    };
    Ok(receipts::carried(asked, reply, told.as_ref()))
}
