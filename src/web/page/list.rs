//! `/lists/{name}`: one reading list, in order, with notes and passages; and what can be done to
//! it.

mod change;
mod view;

use axum::http::StatusCode;
use maud::Markup;

use super::{
    layout::{self, Section},
    receipts::{self, RECEIPT},
};
use crate::{
    archive::{Dossier, DossierItem, Receipt, RequestRow, Whereabouts, hits_of_dossier},
    list::{Order, State},
    render::{self, Render as _, Row, object},
    web::{
        asked::Asked,
        body::BODY_BYTES_MAX,
        params::{Param, Takes},
        problem::Problem,
        reply::{Form, Reply},
        route::{Route, Verb},
        schema::schema_of,
    },
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[
    Route {
        path: "/lists/{name}",
        verb: Verb::Get,
        forms: &Form::ALL,
        params: LIST,
        about: "A reading list: entries in order, with states, notes and passages.",
        answer: list,
        schema: Some(|g| schema_of(g, |it: &'static Dossier| answer_row(it, None))),
        examples: &[],
    },
    post("/lists/{name}/entries", &[ARTICLES, BACK], "Adds articles and passages.", change::add),
    post("/lists/{name}/entry", ENTRY, "Changes an entry: state, tags, note, place.", change::edit),
    post(
        "/lists/{name}/remove",
        &[ARTICLES, BACK],
        "Takes entries out; a refresh does not bring them back.",
        change::remove,
    ),
    post(
        "/lists/{name}/restore",
        &[Param::new("text", Takes::Text(1 << 20), "The entry, as the file had it."), PLACE, BACK],
        "Puts an entry back that was taken out.",
        change::restore,
    ),
    post("/lists/{name}/move", &[ARTICLE, TO, BACK], "Moves an entry to another place.", change::move_entry),
    post("/lists/{name}/sort", &[ORDER, WAS, BACK], "Puts the entries into an order.", change::sort),
    post("/lists/{name}/refresh", &[BACK], "Adds what the saved query finds since.", change::refresh),
    post(
        "/lists/{name}/rename",
        &[Param::new("to", Takes::Text(200), "The new name.")],
        "Gives the list another name.",
        change::rename,
    ),
    Route {
        path: "/lists/{name}/delete",
        verb: Verb::Get,
        forms: &[Form::Page],
        params: &[],
        about: "Asks whether the list is to be deleted.",
        answer: confirm,
        schema: None,
        examples: &[],
    },
    post("/lists/{name}/delete", &[], "Deletes the list with its notes; the articles stay.", change::delete),
];

const ARTICLES: Param = Param::new(
    "article",
    Takes::Texts(1024),
    "An article by its id or path, and perhaps `#` and the number of a passage.",
);
const ARTICLE: Param = Param::new("article", Takes::Text(1024), "The entry, by its id, path or number.");
const BACK: Param = Param::new("back", Takes::Text(16 << 10), "The page of this server to go to then.");
const PLACE: Param =
    Param::new("place", Takes::Number(1, 100_000, 1), "The place among the entries, from 1.");
const TO: Param = Param::new("to", Takes::Number(1, 100_000, 1), "The new place, from 1.");
const WAS: Param = Param::new(
    "was",
    Takes::Text(16),
    "What the page said of what the form replaces, to see what changed meanwhile.",
);
const ORDER: Param = Param::new("order", Takes::Choice(orders), "Which come first.");

const LIST: &[Param] = &[
    Param::new(
        "show",
        Takes::Choice(|| Shown::ALL.iter().map(|it| it.name()).collect()),
        "Which entries the page shows; data has all.",
    ),
    RECEIPT,
    Param::new("taken", Takes::Number(1, usize::MAX, 1), "The number of what was just taken out."),
    Param::new("found", Takes::Number(0, usize::MAX, 0), "How many entries a refresh just added."),
];

/// Which entries a page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    All,
    /// In this state.
    In(State),
    /// With notes.
    Noted,
    /// Brought by a refresh.
    New,
    /// No longer in the archive.
    Missing,
}

impl Shown {
    const ALL: [Shown; 7] = [
        Shown::All,
        Shown::In(State::Unread),
        Shown::In(State::Reading),
        Shown::In(State::Read),
        Shown::Noted,
        Shown::New,
        Shown::Missing,
    ];

    /// Its name in an address.
    fn name(self) -> &'static str {
        match self {
            Shown::All => "all",
            Shown::In(state) => state.name(),
            Shown::Noted => "noted",
            Shown::New => "new",
            Shown::Missing => "missing",
        }
    }

    /// What the reader asks for.
    fn of(asked: &Asked) -> Shown {
        let name = asked.params.text("show");
        Shown::ALL.into_iter().find(|it| it.name() == name).unwrap_or_default()
    }
    /// Whether an entry is among them.
    fn takes(self, item: &DossierItem) -> bool {
        match self {
            Shown::All => true,
            Shown::In(state) => item.state == Some(state),
            Shown::Noted => !item.note().is_empty(),
            Shown::New => item.new.is_some(),
            Shown::Missing => matches!(item.whereabouts, Whereabouts::Missing),
        }
    }
}

/// The longest note in bytes.
const NOTE_BYTES_MAX: usize = 1 << 18;

// A form escapes a byte as three: one whose texts are as long as they may be arrives.
const _: () = assert!(texts_bytes_max(ENTRY) * 3 + (1 << 10) <= BODY_BYTES_MAX);

/// How long the texts of some parameters may be in all.
const fn texts_bytes_max(params: &[Param]) -> usize {
    let (mut all, mut at) = (0, 0);
    while at < params.len() {
        if let Takes::Text(bytes_max) = params[at].takes {
            all += bytes_max;
        }
        at += 1;
    }
    all
}

/// What the form of an entry sends.
const ENTRY: &[Param] = &[
    ARTICLE,
    Param::new("state", Takes::Choice(states), "How far it was read."),
    Param::new("tags", Takes::Text(2000), "Its tags, with commas between."),
    Param::new("note", Takes::Text(NOTE_BYTES_MAX), "Its note."),
    WAS,
    PLACE,
    BACK,
];

fn states() -> Vec<&'static str> {
    State::ALL.iter().map(|it| it.name()).collect()
}

fn orders() -> Vec<&'static str> {
    Order::ALL.iter().map(|it| it.name()).collect()
}

/// A form that is sent to a list.
const fn post(
    path: &'static str,
    params: &'static [Param],
    about: &'static str,
    answer: fn(&Asked) -> Result<Reply, Problem>,
) -> Route {
    Route {
        path,
        verb: Verb::Change,
        forms: &[Form::Page],
        params,
        about,
        answer,
        schema: None,
        examples: &[],
    }
}

fn list(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    if asked.form == Form::Page
        && let Err(error) = asked.archive.list(&name)
    {
        let content = view::unreadable(&name, &format!("{error:#}"));
        return Ok(
            Reply::page(page(asked, &name.to_string(), &content)).status(StatusCode::UNPROCESSABLE_ENTITY)
        );
    }
    let dossier = asked.archive.dossier(&name)?;
    let made = || (RequestRow::for_list(&name, &dossier, asked.today), hits_of_dossier(&dossier));
    let receipt = receipts::wanted(asked, made)?;
    let receipt = receipt.as_ref();
    let reply = match asked.form {
        Form::Page => {
            let (request, hits) = made();
            let receipt = receipts::receipt(asked, request, hits)?;
            let content = view::list(asked, &name, (&dossier, &receipt));
            Reply::page(page(asked, &dossier.title, &content))
        }
        Form::Json => Reply::json(&answer_row(&dossier, receipt)),
        Form::Lines => Reply::lines_with(dossier.rows(), asked.generation, receipt),
        Form::Csv => Reply::csv(dossier.table()),
    };
    Ok(receipts::carried(asked, reply, receipt))
}

/// The list as `morgue list show --format json` has it, with the receipt where one was asked for.
fn answer_row(dossier: &Dossier, receipt: Option<&Receipt>) -> impl Row {
    object! {
        #[serde(flatten)]
        dossier: render::dossier_row(dossier),
        #[serde(flatten)]
        receipt: receipt.map(|it| object! { receipt: it }),
    }
}

fn confirm(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.list()?;
    Ok(Reply::page(page(
        asked,
        "Delete a list",
        &view::confirm(asked, &name, asked.archive.list(&name).ok().as_ref()),
    )))
}

fn page(asked: &Asked, title: &str, content: &Markup) -> Markup {
    layout::page(asked, Some(Section::Lists), title, content)
}
