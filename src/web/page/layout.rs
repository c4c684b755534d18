//! What every page has: its head, the way to the other pages, and the keys.

use maud::{DOCTYPE, Markup, html};

use crate::web::{
    address::Address,
    asked::Asked,
    assets::{SCRIPT_ADDRESS, STYLE_ADDRESS},
};

/// A part of the library, as the masthead names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Search,
    People,
    Lists,
    Status,
    Help,
}

impl Section {
    const ALL: [Section; 5] =
        [Section::Search, Section::People, Section::Lists, Section::Status, Section::Help];

    fn name(self) -> &'static str {
        match self {
            Section::Search => "Search",
            Section::People => "People",
            Section::Lists => "Lists",
            Section::Status => "Status",
            Section::Help => "Help",
        }
    }

    fn address(self) -> Address {
        Address::to(&[match self {
            Section::Search => "search",
            Section::People => "people",
            Section::Lists => "lists",
            Section::Status => "status",
            Section::Help => "help",
        }])
    }
}

/// What keys do, and what does the same without them.
const KEYS: [(&[&str], &str, &str); 12] = [
    (&["/"], "to the query box", "the box itself"),
    (&["j", "k"], "next, previous hit", "the headlines"),
    (&["Enter", "o", "O"], "open; O in a new tab", "the headline"),
    (&[".", ","], "next, previous match or change", "the arrows beside a passage"),
    (&["]", "["], "next, previous article of the result", "the line above the article"),
    (&["x"], "choose the hit", "choose"),
    (&["a", "A"], "add to the last list, to another", "Add to a list"),
    (&["u"], "take it off the list again", "Undo, below the page"),
    (&["n", "s"], "note, state", "Note, State"),
    (&["e"], "export", "Exports"),
    (&["Esc"], "leave a box, back to the hit", "the headline"),
    (&["?"], "these keys", "Keys"),
];

/// A whole page. `here` is the part that it belongs to, `title` what the browser calls it.
pub(super) fn page(asked: &Asked, here: Option<Section>, title: &str, content: &Markup) -> Markup {
    frame(Some(asked), here, title, content)
}

/// A page that is shown without having been asked anything: a refusal.
pub(super) fn bare_page(title: &str, content: &Markup) -> Markup {
    frame(None, None, title, content)
}

fn frame(asked: Option<&Asked>, here: Option<Section>, title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " – morgue" }
                link rel="stylesheet" href=(*STYLE_ADDRESS);
                @if asked.is_some_and(|it| it.keys) {
                    script type="module" src=(*SCRIPT_ADDRESS) {}
                }
            }
            body {
                a.skip href="#main" { "To the content" }
                header.masthead {
                    a.name href="/search" { "morgue" }
                    nav.row aria-label="Pages" {
                        @for section in Section::ALL {
                            a href=(section.address()) aria-current=[(here == Some(section)).then_some("page")] {
                                (section.name())
                            }
                        }
                    }
                }
                main #main { (content) }
                footer { @if let Some(asked) = asked { (keys(asked)) } }
            }
        }
    }
}

fn keys(asked: &Asked) -> Markup {
    html! {
        details #keys {
            summary { "Keys" }
            table {
                thead { tr { th scope="col" { "Key" } th scope="col" { "Does" } th scope="col" { "Without the key" } } }
                tbody {
                    @for (keys, does, without) in KEYS {
                        tr {
                            th scope="row" { @for key in keys { kbd { (key) } " " } }
                            td { (does) }
                            td { (without) }
                        }
                    }
                    tr {
                        th scope="row" { kbd { "g" } " then " kbd { "s" } " " kbd { "p" } " " kbd { "l" } }
                        td { "to Search, People, Lists" }
                        td { "the links above" }
                    }
                }
            }
            form.row method="post" action="/keys" {
                input type="hidden" name="back" value=(asked.address);
                input type="hidden" name="on" value=(if asked.keys { "0" } else { "1" });
                button { @if asked.keys { "Turn single keys off" } @else { "Turn single keys on" } }
            }
        }
    }
}
