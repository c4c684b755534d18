//! `/help`: the pages of `docs/` that readers need, from the very files.

mod markdown;

use maud::{Markup, html};

use super::{
    layout::{self, Section},
    parts,
};
use crate::web::{
    asked::Asked,
    problem::{Problem, ProblemKind},
    reply::{Form, Reply},
    route::{Route, Verb},
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[
    get("/help", "The pages of help there are.", index),
    get("/help/{page}", "A page of help.", help),
    get("/problems/{kind}", "What a kind of problem is.", problem),
];

const fn get(path: &'static str, about: &'static str, answer: fn(&Asked) -> Result<Reply, Problem>) -> Route {
    Route {
        path,
        verb: Verb::Get,
        forms: &[Form::Page],
        params: &[],
        about,
        answer,
        schema: None,
        examples: &[],
    }
}

/// A page of `docs/`.
struct Doc {
    /// The name of its file, without `.md`.
    name: &'static str,
    /// What it is for, in a few words.
    about: &'static str,
    text: &'static str,
}

macro_rules! docs {
    ($($name:literal: $about:literal;)*) => {
        /// The pages for those who use morgue, in the order they are offered.
        const DOCS: &[Doc] = &[$(Doc {
            name: $name,
            about: $about,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/", $name, ".md")),
        }),*];
    };
}

docs! {
    "query-language": "How to ask: words, phrases, fields, dates, what stands near what";
    "serve": "These pages: keys, lists, printing, who can read them";
    "quotes": "Who said it: how quotes are found, and how far to trust them";
    "copies": "Versions of one story: folded, compared";
    "lists": "Reading lists: the files, notes, states, refreshing";
    "exports": "Exports: formats, citations, receipts";
    "formats": "Which files are read, and what of them";
    "output": "The shapes of JSON and tables";
    "api": "The same pages for programs";
    "glossary": "The words that are used here";
}

fn index(asked: &Asked) -> Result<Reply, Problem> {
    let content = html! {
        div.opening { h1 { "Help" } }
        section.section aria-label="Pages of help" {
            dl {
                @for doc in DOCS {
                    dt { a href={ "/help/" (doc.name) } { (markdown::title(doc.text)) } }
                    dd { (doc.about) }
                }
            }
        }
    };
    Ok(page(asked, "Help", &content))
}

fn help(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.part(0);
    let doc = DOCS.iter().find(|it| it.name == name);
    let doc = doc.ok_or_else(|| Problem::not_found(format!("there is no page of help `{name}`")))?;
    let is_here = |name: &str| DOCS.iter().any(|it| it.name == name);
    let content = html! { article.help { (markdown::html(doc.text, &is_here)) } };
    Ok(page(asked, &markdown::title(doc.text), &content))
}

fn problem(asked: &Asked) -> Result<Reply, Problem> {
    let kind = ProblemKind::ALL.iter().find(|it| it.slug() == asked.part(0));
    let kind = kind.ok_or_else(|| Problem::not_found(format!("there is no problem `{}`", asked.part(0))))?;
    let content = html! {
        div.opening {
            h1 { (kind.title()) }
            p { (parts::prose(about(*kind))) }
            p.soft { "Programs are told of it as " code { "/problems/" (kind.slug()) } ", with the status " (kind.status().as_u16()) "." }
            p { a href="/help/api" { "The API" } }
        }
    };
    Ok(page(asked, kind.title(), &content))
}

/// Why it happens, and what to do about it.
fn about(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::QuerySyntax => {
            "A part of the query cannot be read: a mark that is not closed, a field that there is not, a date that is none. \
             `query` has what was asked, `span` the place in it, counted in code points; `detail` says what is wrong there. \
             Nothing was searched, so that no hits of another query are taken for those of this one."
        }
        ProblemKind::QueryTooCostly => {
            "The query would read more of the index than a page may, or it took longer than two seconds. Patterns with few \
             letters cost most: a longer beginning, a date or an outlet beside it makes the query cheaper."
        }
        ProblemKind::AmbiguousName => {
            "Several people have this name, and none of them is meant more likely than the others. `names` has their full \
             names, each of which means one person; `all=1` gives the quotes of all."
        }
        ProblemKind::AmbiguousArticle => {
            "What was typed is the beginning of several ids. More of the id tells the articles apart."
        }
        ProblemKind::UnknownParameter => {
            "The page does not take a parameter of this name. It is refused rather than left out, since the answer would be \
             one to another question. `suggestion` has the nearest name that there is."
        }
        ProblemKind::BadParameter => {
            "A parameter has a value that it cannot have: no number, one out of its range, a word that is not among the \
             choices, or it is given twice. `detail` says what it takes."
        }
        ProblemKind::NotFound => {
            "There is no such page, article, person or list in the archive as it is now. An article whose words were changed \
             has another id since; a search for its headline finds it."
        }
        ProblemKind::MethodNotAllowed => {
            "A page is read by GET, and changed by POST where it has a form. The header `Allow` has the methods of this page."
        }
        ProblemKind::NotAcceptable => {
            "`Accept` names no form that the page has. `detail` lists them; the end of the address (`.json`, `.csv`) asks for \
             one too, and wins."
        }
        ProblemKind::UnsupportedMediaType => {
            "What is sent to change something is a form: `application/x-www-form-urlencoded`, as browsers send it."
        }
        ProblemKind::TooSlow => "The form did not arrive whole within ten seconds. It can be sent again.",
        ProblemKind::ContentTooLarge => "A form has at most 1 MB. Nothing of it was taken.",
        ProblemKind::AddressTooLong => {
            "An address has at most 16 KB. A query may be shorter with a pattern, or the names of a long list be counted by \
             `/names`, which takes them as a form."
        }
        ProblemKind::CursorGone => {
            "The place in the results is none that a page gave, or too far. Ask again without `after`, \
             from the beginning."
        }
        ProblemKind::Conflict => {
            "Somebody else changed the same words meanwhile, in another window or in an editor. Nothing was written: the page \
             shows what stands there now beside what was typed, and takes it again on top of that."
        }
        ProblemKind::Refused => {
            "The archive cannot do it, and `detail` says why: a list of that name is there already, a name cannot be one of a \
             file, a list has no such entry, or its file cannot be read. Nothing was changed."
        }
        ProblemKind::ReadOnly => {
            "The server was started with `--read-only`. Lists can be read and exported, and not changed."
        }
        ProblemKind::Unauthorized => {
            "The token is missing, or is that of a server which has ended. Open the address that `morgue serve` printed; \
             programs send the token as `Authorization: Bearer`."
        }
        ProblemKind::CrossOrigin => {
            "The browser says that a page of another site sent the request. Only this server's own pages may; a link that is \
             followed from elsewhere is answered."
        }
        ProblemKind::WrongHost => {
            "The request is for another name or port than the server's own. A page of another site may have led its name to \
             this machine. `--host-name` adds a name that is this machine's."
        }
        ProblemKind::Busy => "Two searches run at a time and 64 wait. `Retry-After` says when to ask again.",
        ProblemKind::NoIndex => {
            "The index is missing, damaged, or of another version of morgue. `morgue check` says which, `morgue ingest \
             --rebuild` makes it anew; articles and lists are not touched."
        }
        ProblemKind::ArchiveUnreadable => {
            "The settings in `morgue.toml`, or the folder, cannot be read. `detail` has the place; once it is mended the next \
             page shows the archive."
        }
        ProblemKind::Internal => {
            "A fault of morgue itself. Nothing of the archive was changed by it; `morgue check` says whether the index is whole."
        }
    }
}

fn page(asked: &Asked, title: &str, content: &Markup) -> Reply {
    Reply::page(layout::page(asked, Some(Section::Help), title, content))
}
